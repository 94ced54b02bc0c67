/* Khmer by kitty's graphics protocol: each picture (token, cells, weight, colours) is sent once and
 * then only placed. What was sent is remembered in a table of pictures; where too many are there,
 * the one not seen for longest is replaced. Where no text is written under the
 * pictures their ground is clear: Konsole does not tell what its colours look like. */
#include "tui/painter.h"

#include <stdlib.h>
#include <string.h>

enum {
    PICTURES = 4096,   /* kept by the terminal; grows when more are on the screen at once */
    FIRST_ID = 0x6370, /* pictures of other programs may have small numbers */
    COLUMNS_MOST = 4096,
};

struct sent_picture {
    uint64_t hash; /* of picture and colours; 0: free */
    unsigned long used;
    size_t shown; /* placements on the screen */
};

struct sent_place {
    size_t picture;
    int row, column;
};

struct sent {
    struct sent_picture *pictures;
    size_t count;
    struct sent_place *places;
    size_t place_count, place_room;
    unsigned long clock;
};

static unsigned id_of(size_t picture)
{
    return FIRST_ID + (unsigned)picture;
}

static unsigned placement_at(int row, int column)
{
    return (unsigned)(row * COLUMNS_MOST + column + 1);
}

static struct sent *table(struct easel *e)
{
    if (!e->sent) {
        e->sent = mem_zalloc(1, sizeof *e->sent);
        e->sent->count = PICTURES;
        e->sent->pictures = mem_zalloc(PICTURES, sizeof *e->sent->pictures);
    }
    return e->sent;
}

static void forget(struct easel *e, struct text *out)
{
    if (!e->sent)
        return;
    for (size_t i = 0; out && i < e->sent->count; i++)
        if (e->sent->pictures[i].hash)
            pixel_kitty_forget(out, id_of(i));
    free(e->sent->pictures);
    free(e->sent->places);
    free(e->sent);
    e->sent = NULL;
}

static uint64_t with_colours(uint64_t hash, const struct picture *p)
{
    const unsigned char bytes[] = {p->ink.red,   p->ink.green,   p->ink.blue,
                                   p->paper.red, p->paper.green, p->paper.blue};
    for (size_t i = 0; i < sizeof bytes; i++)
        hash = (hash ^ bytes[i]) * 0x100000001B3u; /* FNV-1a */
    return hash ? hash : 1;
}

static size_t add_pictures(struct sent *s)
{
    size_t first = s->count;
    s->count *= 2;
    s->pictures = mem_realloc(s->pictures, s->count, sizeof *s->pictures);
    memset(s->pictures + first, 0, first * sizeof *s->pictures);
    return first;
}

/* The place of a picture in the table; *ret_new when the terminal does not have it there. */
static size_t find(struct sent *s, uint64_t hash, bool *ret_new)
{
    size_t oldest = s->count;
    for (size_t i = 0; i < s->count; i++) {
        const struct sent_picture *p = &s->pictures[i];
        if (p->hash == hash) {
            *ret_new = false;
            return i;
        }
        if (p->shown == 0 && (oldest == s->count || p->used < s->pictures[oldest].used))
            oldest = i;
    }
    if (oldest == s->count)
        oldest = add_pictures(s);
    s->pictures[oldest] = (struct sent_picture){.hash = hash};
    *ret_new = true;
    return oldest;
}

static void note_place(struct sent *s, size_t picture, const struct token_at *t)
{
    if (s->place_count == s->place_room) {
        s->place_room = s->place_room ? 2 * s->place_room : 64;
        s->places = mem_realloc(s->places, s->place_room, sizeof *s->places);
    }
    s->places[s->place_count++] = (struct sent_place){picture, t->row, t->column};
    s->pictures[picture].shown++;
}

/* kitty counts rows from 1, Konsole from 0: only where it is kitty a row can be named. */
static void clear_row(struct easel *e, int row, struct text *out)
{
    struct sent *s = e->sent;
    size_t kept = 0;
    for (size_t i = 0; s && i < s->place_count; i++) {
        const struct sent_place *p = &s->places[i];
        if (p->row != row) {
            s->places[kept++] = *p;
            continue;
        }
        s->pictures[p->picture].shown--;
        if (!e->rows_from_one)
            pixel_kitty_unplace(out, id_of(p->picture), placement_at(p->row, p->column));
    }
    if (!s || kept == s->place_count)
        return;
    s->place_count = kept;
    if (e->rows_from_one)
        pixel_kitty_unplace_row(out, row);
}

static bool draw(struct easel *e, const struct stroke *stroke, struct text *out)
{
    const struct token_at *t = stroke->token;
    struct picture picture;
    uint64_t hash;
    bool new;
    if (!easel_picture(e, stroke, &picture, &hash))
        return false;
    picture.clear = !e->under;
    if (picture.clear)
        picture.paper = picture.ink;
    struct sent *s = table(e);
    size_t at = find(s, with_colours(hash, &picture), &new);
    s->pictures[at].used = ++s->clock;
    if (new)
        pixel_kitty_send(out, &picture, id_of(at));
    note_place(s, at, t);
    easel_move(out, t->row, t->column);
    pixel_kitty_place(out, id_of(at), placement_at(t->row, t->column), t->columns);
    return true;
}

const struct painter painter_kitty = {
    .name = "kitty",
    .pixels = true,
    .ruler = true,
    .start = "",
    .stop = "\033_Ga=d,d=A,q=2\033\\",
    .columns = easel_columns,
    .reach = easel_reach,
    .clear_row = clear_row,
    .draw = draw,
    .forget = forget,
};
