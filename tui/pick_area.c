/* Choosing an area, around the list of pick.h. */
#include "tui/pick_area.h"

#include <stdlib.h>
#include <string.h>

#include "tui/pick.h"

struct picking {
    struct view view;
    struct names *names;
    struct pick pick;
    void (*taken)(void *to, const struct context *x, const char *code);
    void *to;
    int rows;
};

static unsigned run(struct view *v, const struct context *x, enum command command)
{
    struct picking *p = (struct picking *)v;
    struct value value;
    unsigned outcome = OUTCOME_HANDLED;
    switch (pick_command(&p->pick, x, p->names, command, p->rows, &value, &outcome)) {
    case PICK_TAKEN:
        p->taken(p->to, x,
                 value.type == VALUE_TEXT && strcmp(value.text.bytes, AREA_COUNTRY_CODE) != 0
                     ? value.text.bytes
                     : "");
        return OUTCOME_HANDLED | OUTCOME_POP;
    case PICK_LEFT:
    case PICK_MADE:
        return OUTCOME_HANDLED | OUTCOME_POP;
    case PICK_GOES_ON:
        break;
    }
    return outcome;
}

static unsigned type(struct view *v, const struct context *x, const char *s, size_t len)
{
    struct picking *p = (struct picking *)v;
    (void)pick_type(&p->pick, x, p->names, s, len);
    return OUTCOME_HANDLED;
}

static void title(const struct view *v, const struct context *x, struct text *out)
{
    (void)v;
    text_adds(out, message_get(x->lang, MSG_PICK_AREA_TITLE));
}

static void draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    pick_draw(&((const struct picking *)v)->pick, x, c, top, bottom);
}

static void resize(struct view *v, const struct context *x, int rows, int columns)
{
    (void)x;
    (void)columns;
    ((struct picking *)v)->rows = rows;
}

static void reload(struct view *v, const struct context *x)
{
    struct picking *p = (struct picking *)v;
    names_forget(p->names);
    pick_reload(&p->pick, x, p->names);
}

static void close_view(struct view *v)
{
    struct picking *p = (struct picking *)v;
    pick_close(&p->pick);
    names_free(p->names);
    free(p);
}

struct view *pick_area_new(const struct context *x, const char *now,
                           void (*taken)(void *to, const struct context *x, const char *code),
                           void *to)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_PICK,
        .takes_text = true,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .text = type,
        .close = close_view,
    };
    const struct value chosen = {.type = *now ? VALUE_TEXT : VALUE_NULL,
                                 .text = {now, strlen(now)}};
    struct picking *p = mem_zalloc(1, sizeof *p);
    p->view.ops = &ops;
    p->names = names_new(x->db, &x->lettering);
    p->taken = taken;
    p->to = to;
    p->rows = 1;
    pick_open(&p->pick, x, p->names, field_by_number(FIELD_ID(SERVICE_AREA, area)), &chosen, now,
              NULL);
    return &p->view;
}
