/* Pictures of the test terminal; see images.h. */
#include "tests/e2e/images.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/emulator.h"
#include "tests/e2e/grid.h"

void images_release(struct images *i)
{
    free(i->shown);
    *i = (struct images){0};
}

static void remove_at(struct images *i, size_t at)
{
    i->shown[at] = i->shown[--i->count];
}

static void add(struct images *i, struct image_at image)
{
    if (i->count == i->room) {
        i->room = i->room ? 2 * i->room : 64;
        i->shown = mem_realloc(i->shown, i->room, sizeof *i->shown);
    }
    i->shown[i->count++] = image;
}

void images_overwrite(struct emulator *e, int row, int first, int end)
{
    struct images *i = &e->images;
    for (size_t k = i->count; k-- > 0;) {
        const struct image_at *at = &i->shown[k];
        if (at->id == 0 && at->row == row && at->column < end && at->column + at->columns > first)
            remove_at(i, k);
    }
}

void images_clear(struct emulator *e)
{
    e->images.count = 0;
    memset(e->images.sent, 0, sizeof e->images.sent);
}

/* "0;1;q" or "0;1q", then the size: "1;1;W;H. One row high, and never on the last row, where it
 * would scroll the screen. */
bool images_sixel(struct emulator *e, const char *s)
{
    int width, height;
    const struct screen *at = grid_screen(e);
    const char *size = strchr(s, '"');
    if (!e->kind || !e->kind->sixel || !size || sscanf(size, "\"1;1;%d;%d", &width, &height) != 2 ||
        height > e->kind->cell_height || at->row == e->rows - 1)
        return false;
    int columns = (width + e->kind->cell_width - 1) / e->kind->cell_width;
    images_overwrite(e, at->row, at->column, at->column + columns);
    add(&e->images, (struct image_at){at->row, at->column, columns, 0, 0});
    e->images.transmitted++;
    return at->column + columns <= e->columns;
}

/* Value of a key in "Ga=t,i=5,q=2;...": a number, or the letter itself. 0: not there. */
static unsigned value_of(const char *s, char key)
{
    const char *end = s + strcspn(s, ";");
    for (const char *at = s + 1; at < end; at += strcspn(at, ",;") + 1) {
        if (at[0] != key || at[1] != '=')
            continue;
        bool digit = at[2] >= '0' && at[2] <= '9';
        return digit ? (unsigned)strtoul(at + 2, NULL, 10) : (unsigned char)at[2];
    }
    return 0;
}

static bool delete (struct emulator *e, const char *s)
{
    struct images *i = &e->images;
    unsigned what = value_of(s, 'd'), id = value_of(s, 'i'), placement = value_of(s, 'p');
    unsigned row = value_of(s, 'y');
    if (what == 'A')
        images_clear(e);
    for (size_t k = i->count; k-- > 0;) {
        const struct image_at *at = &i->shown[k];
        if (at->id == 0)
            continue;
        bool named = at->id == id && (placement == 0 || at->placement == placement);
        if (what == 'a' || ((what == 'i' || what == 'I') && named) ||
            (what == 'y' && at->row + 1 == (int)row))
            remove_at(i, k);
    }
    if (what == 'I' && id < sizeof i->sent)
        i->sent[id] = 0;
    return strchr("Aaiy", (int)what) || what == 'I';
}

static bool place(struct emulator *e, const char *s)
{
    struct images *i = &e->images;
    const struct screen *at = grid_screen(e);
    struct image_at image = {at->row, at->column, (int)value_of(s, 'c'), value_of(s, 'i'),
                             value_of(s, 'p')};
    for (size_t k = i->count; k-- > 0;)
        if (i->shown[k].id == image.id && i->shown[k].placement == image.placement)
            remove_at(i, k);
    add(i, image);
    return image.id < sizeof i->sent && i->sent[image.id] && value_of(s, 'r') == 1 &&
           value_of(s, 'C') == 1 && image.column + image.columns <= e->columns;
}

bool images_kitty(struct emulator *e, const char *s)
{
    unsigned action = value_of(s, 'a'), id = value_of(s, 'i');
    if (!e->kind || !e->kind->kitty || s[0] != 'G')
        return action == 'q'; /* asked, and not answered */
    if (action == 'q') {
        text_addf(&e->reply, "\033_Gi=%u;OK\033\\", id);
        return true;
    }
    if (action == 'd')
        return delete (e, s);
    if (action == 'p')
        return place(e, s);
    if (action == 't' && id > 0 && id < sizeof e->images.sent) {
        e->images.sent[id] = 1;
        e->images.transmitted++;
        return true;
    }
    return action == 0; /* a further piece of a picture */
}
