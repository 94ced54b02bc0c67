/* Merging two services: their fields that differ side by side, each taken from the left or the
 * right; the left one stays. See duplicates.h. */
#include <stdlib.h>
#include <string.h>

#include "db/merge.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duplicates.h"
#include "tui/format.h"
#include "tui/hits.h"
#include "tui/roll.h"
#include "tui/value.h"

enum { SIDES = 2, LEFT = 0, RIGHT = 1, FIELDS_MAX = 64 };

struct choice {
    const struct field *field;
    int side;
};

struct merge_view {
    struct view view;
    struct uuid ids[SIDES];
    struct seen seen[SIDES];
    struct names *names;
    struct record_list records; /* left, right */
    bool gone;
    struct choice choices[FIELDS_MAX]; /* of the fields that differ */
    struct sheet sheet;
    size_t starts[FIELDS_MAX + 1]; /* the sheet's row where each begins */
    struct roll roll;
    size_t top;
    int rows, columns;
};

static const struct value *value_of(const struct merge_view *v, const struct field *f, int side)
{
    return record_value(&v->records.rows[side], f->number);
}

/* The fields that differ; what only one side knows is taken from there. */
static size_t compare(struct merge_view *v)
{
    size_t count, found = 0;
    const struct field *fields = field_list(RECORD_SERVICE, &count);
    for (size_t i = 0; i < count && found < FIELDS_MAX; i++) {
        const struct value *left = value_of(v, &fields[i], LEFT);
        if (value_equal(left, value_of(v, &fields[i], RIGHT)))
            continue;
        v->choices[found++] = (struct choice){&fields[i], left->type == VALUE_NULL ? RIGHT : LEFT};
    }
    return found;
}

/* --- drawing */

static void add_side(const struct merge_view *v, const struct context *x, struct text *out,
                     const struct choice *c, int side)
{
    text_adds(out, c->side == side ? "● " : "○ ");
    size_t at = out->len;
    value_show(out, x->db, v->names, x->lang, c->field, value_of(v, c->field, side));
    if (out->len == at)
        text_adds(out, message_get(x->lang, MSG_CHANGE_NOTHING));
}

static void add_choice(struct merge_view *v, const struct context *x, const struct choice *c)
{
    struct text words[SIDES], label = TEXT_INIT;
    const char *texts[SIDES];
    enum style styles[SIDES];
    value_label(&label, x->lang, c->field);
    sheet_text(&v->sheet, 2, STYLE_TITLE, label.bytes);
    for (int side = 0; side < SIDES; side++) {
        text_init(&words[side]);
        add_side(v, x, &words[side], c, side);
        texts[side] = words[side].bytes;
        styles[side] = c->side == side ? STYLE_STRONG : STYLE_DIM;
    }
    sheet_beside(&v->sheet, SIDES, texts, styles);
    for (int side = 0; side < SIDES; side++)
        text_release(&words[side]);
    text_release(&label);
}

static void record_name(const struct merge_view *v, const struct context *x, int side,
                        struct text *out)
{
    bool other;
    const char *name = record_text_lang(&v->records.rows[side], FIELD_ID(SERVICE, name_km),
                                        names_lang(v->names, x->lang), &other);
    text_adds(out, name ? name : "");
}

static void add_heads(struct merge_view *v, const struct context *x)
{
    static const enum message heads[SIDES] = {MSG_MERGE_STAYS, MSG_MERGE_GOES};
    const enum style styles[SIDES] = {STYLE_STRONG, STYLE_NORMAL};
    struct text words[SIDES];
    const char *texts[SIDES];
    for (int side = 0; side < SIDES; side++) {
        text_init(&words[side]);
        text_addf(&words[side], "%s: ", message_get(x->lang, heads[side]));
        record_name(v, x, side, &words[side]);
        texts[side] = words[side].bytes;
    }
    sheet_beside(&v->sheet, SIDES, texts, styles);
    for (int side = 0; side < SIDES; side++)
        text_release(&words[side]);
}

static void scroll(struct merge_view *v)
{
    size_t rows = v->rows > 0 ? (size_t)v->rows : 1, last = v->sheet.count;
    size_t first = v->roll.selected > 0 ? v->starts[v->roll.selected] : 0;
    size_t end = v->roll.count > 0 && v->roll.selected + 1 < v->roll.count
                     ? v->starts[v->roll.selected + 1]
                     : last;
    if (end > v->top + rows)
        v->top = end - rows;
    if (first < v->top)
        v->top = first;
}

static void lay_out(struct merge_view *v, const struct context *x)
{
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 4 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    if (v->gone) {
        sheet_text(&v->sheet, 0, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
        return;
    }
    add_heads(v, x);
    sheet_gap(&v->sheet);
    for (size_t i = 0; i < v->roll.count; i++) {
        v->starts[i] = v->sheet.count;
        add_choice(v, x, &v->choices[i]);
    }
    v->starts[v->roll.count] = v->sheet.count;
    if (v->roll.count > 0)
        sheet_gap(&v->sheet);
    sheet_text(&v->sheet, 0, STYLE_DIM,
               message_get(x->lang, v->roll.count > 0 ? MSG_MERGE_HINT : MSG_MERGE_SAME));
    scroll(v);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct merge_view *v = (const struct merge_view *)view;
    (void)x;
    sheet_draw(&v->sheet, c, top, 1, bottom - top, v->top);
    size_t at = v->roll.count > 0 ? v->starts[v->roll.selected] : 0;
    if (v->gone || v->roll.count == 0 || at < v->top || at >= v->top + (size_t)(bottom - top))
        return;
    int row = top + (int)(at - v->top);
    canvas_paint(c, row, 0, c->columns, STYLE_SELECTED);
    canvas_fill(c, row, 1, 1, STYLE_SELECTED, SELECTED_MARK);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_MERGE_TITLE));
}

/* --- saving */

struct question {
    struct uuid ids[SIDES];
    struct seen seen[SIDES];
    struct field_value fields[FIELDS_MAX]; /* taken from the right */
    size_t count;
    struct record_list right; /* their texts live here */
    struct names *names;
    struct text name; /* of what stays */
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct question *q = state;
    struct text line = TEXT_INIT;
    message_format(&line, x->lang, MSG_MERGE_RESULT, "name", q->name.bytes, NULL);
    sheet_text(s, 0, STYLE_STRONG, line.bytes);
    for (size_t i = 0; i < q->count; i++) {
        const struct field *f = field_by_number(q->fields[i].field);
        text_clear(&line);
        value_label(&line, x->lang, f);
        text_adds(&line, ": ");
        value_show(&line, x->db, q->names, x->lang, f, &q->fields[i].value);
        sheet_text(s, 2, STYLE_NORMAL, line.bytes);
    }
    sheet_text(s, 0, STYLE_DIM, message_get(x->lang, MSG_MERGE_KEEPS));
    text_release(&line);
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    const struct question *q = state;
    const struct merge merge = {
        .kind = RECORD_SERVICE,
        .from = q->ids[RIGHT],
        .into = q->ids[LEFT],
        .from_seen = &q->seen[RIGHT],
        .into_seen = &q->seen[LEFT],
        .fields = q->fields,
        .field_count = q->count,
        .area = "",
        .actor = "",
        .reason = ask_text(a, 0),
    };
    struct arena arena = {0};
    struct change *changes;
    size_t count;
    struct save_result result;
    enum status status = merge_changes(x->db, &merge, &arena, &changes, &count);
    bool done = false;
    if (status == STATUS_OK)
        done = desk_save(x, changes, count, &result, NULL);
    else
        desk_say_failed(x, status);
    if (done)
        desk_say_saved(x, &result, message_get(x->lang, MSG_MERGE_SAVED));
    arena_release(&arena);
    return done ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_HANDLED;
}

static void release(void *state)
{
    struct question *q = state;
    record_list_release(&q->right);
    names_free(q->names);
    text_release(&q->name);
    free(q);
}

static void ask_save(const struct merge_view *v, const struct context *x)
{
    static const struct ask_ops ops = {MSG_MERGE_TITLE, head, NULL, save, release};
    if (v->gone || !desk_may_write(x, COMMAND_OPEN))
        return;
    struct question *q = mem_zalloc(1, sizeof *q);
    memcpy(q->ids, v->ids, sizeof q->ids);
    memcpy(q->seen, v->seen, sizeof q->seen);
    q->names = names_new(x->db, &x->lettering);
    text_init(&q->name);
    record_name(v, x, LEFT, &q->name);
    if (record_load(x->db, RECORD_SERVICE, &v->ids[RIGHT], &q->right) != STATUS_OK) {
        release(q);
        return;
    }
    for (size_t i = 0; i < v->roll.count; i++) {
        int number = v->choices[i].field->number;
        if (v->choices[i].side == RIGHT)
            q->fields[q->count++] =
                (struct field_value){number, *record_value(&q->right.rows[0], number)};
    }
    struct ask *a = ask_new(&ops, q);
    ask_add_text(a, MSG_UNDO_REASON, "");
    app_push(x->app, ask_view(a));
}

/* --- keys */

static void load(struct merge_view *v, const struct context *x)
{
    record_list_release(&v->records);
    v->records = (struct record_list){0};
    v->gone = false;
    for (int side = 0; side < SIDES; side++) {
        struct uuid into = v->ids[side];
        v->gone = v->gone || op_merged_into(x->db, &v->ids[side], &into) != STATUS_OK ||
                  !uuid_equal(&into, &v->ids[side]) ||
                  record_load(x->db, RECORD_SERVICE, &v->ids[side], &v->records) != STATUS_OK ||
                  op_seen(x->db, &v->ids[side], &v->seen[side]) != STATUS_OK;
    }
    size_t count = v->gone ? 0 : compare(v);
    roll_fit(&v->roll, count, count);
}

/* The other one stays. */
static void swap(struct merge_view *v, const struct context *x)
{
    struct uuid left = v->ids[LEFT];
    v->ids[LEFT] = v->ids[RIGHT];
    v->ids[RIGHT] = left;
    load(v, x);
    lay_out(v, x);
}

static void choose(struct merge_view *v, const struct context *x, int side)
{
    if (v->roll.count > 0)
        v->choices[v->roll.selected].side = side;
    lay_out(v, x);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct merge_view *v = (struct merge_view *)view;
    if (roll_command(&v->roll, command)) {
        scroll(v);
        return OUTCOME_HANDLED;
    }
    switch (command) {
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
        choose(v, x, command == COMMAND_LEFT ? LEFT : RIGHT);
        break;
    case COMMAND_NEXT_PANE:
        swap(v, x);
        break;
    case COMMAND_OPEN:
        ask_save(v, x);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct merge_view *v = (struct merge_view *)view;
    v->rows = rows;
    v->columns = columns;
    lay_out(v, x);
}

/* Somebody may have written: choices of fields that still differ stay as they are. */
static void reload(struct view *view, const struct context *x)
{
    struct merge_view *v = (struct merge_view *)view;
    struct choice before[FIELDS_MAX];
    size_t count = v->roll.count;
    memcpy(before, v->choices, sizeof before);
    names_forget(v->names);
    load(v, x);
    for (size_t i = 0; i < v->roll.count; i++)
        for (size_t k = 0; k < count; k++)
            if (before[k].field == v->choices[i].field)
                v->choices[i].side = before[k].side;
    lay_out(v, x);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct merge_view *v = (const struct merge_view *)view;
    *ret_service = v->ids[LEFT];
    return !v->gone;
}

static void close_view(struct view *view)
{
    struct merge_view *v = (struct merge_view *)view;
    record_list_release(&v->records);
    sheet_release(&v->sheet);
    names_free(v->names);
    free(v);
}

struct view *merge_new(const struct context *x, const struct uuid *left, const struct uuid *right)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_MERGE,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
    };
    struct merge_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->ids[LEFT] = *left;
    v->ids[RIGHT] = *right;
    v->names = names_new(x->db, &x->lettering);
    load(v, x);
    if (!v->gone)
        return &v->view;
    close_view(&v->view);
    return NULL;
}
