/* Typed text: moving, deleting, selecting, undo. Knows syllables, no keys. Boxes of several lines
 * are in edit_box.c. */
#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"

/* One change: `old` stood where `now` bytes stand since. */
struct edit_step {
    size_t at;
    char *old, *now;
    size_t old_len, now_len;
};

void edit_init(struct edit *e)
{
    *e = (struct edit){.max = EDIT_MAX};
    text_init(&e->text);
}

static void forget_from(struct edit *e, size_t step)
{
    for (size_t i = step; i < e->step_count; i++) {
        free(e->steps[i].old);
        free(e->steps[i].now);
    }
    e->step_count = step;
    if (e->step_at > step)
        e->step_at = step;
    e->joins = false;
}

void edit_release(struct edit *e)
{
    forget_from(e, 0);
    free(e->steps);
    free(e->lines.rows);
    text_release(&e->text);
    *e = (struct edit){.text = TEXT_INIT};
}

void edit_set(struct edit *e, const char *s, size_t len)
{
    forget_from(e, 0);
    text_clear(&e->text);
    text_add(&e->text, s, len);
    e->cursor = e->anchor = e->text.len;
    e->wrapped = 0;
}

size_t edit_selected(const struct edit *e, size_t *ret_at)
{
    bool ahead = e->anchor > e->cursor;
    *ret_at = ahead ? e->cursor : e->anchor;
    return ahead ? e->anchor - e->cursor : e->cursor - e->anchor;
}

/* Puts s in the place of [at, at + len), the cursor behind it. */
static void swap_text(struct edit *e, size_t at, size_t len, const char *s, size_t s_len)
{
    text_remove(&e->text, at, len);
    text_insert(&e->text, at, s, s_len);
    e->cursor = e->anchor = at + s_len;
    e->wrapped = 0;
}

/* Typing behind what was typed just now is one step with it, up to a space. */
static bool join_step(struct edit *e, size_t at, const char *s, size_t len)
{
    struct edit_step *last = e->step_at > 0 ? &e->steps[e->step_at - 1] : NULL;
    if (!e->joins || !last || last->old_len || last->at + last->now_len != at || len > 4 ||
        (last->now_len && last->now[last->now_len - 1] == ' ' && *s != ' '))
        return false;
    last->now = mem_realloc(last->now, last->now_len + len + 1, 1);
    memcpy(last->now + last->now_len, s, len);
    last->now_len += len;
    return true;
}

/* A change that can be taken back. */
static void replace(struct edit *e, size_t at, size_t len, const char *s, size_t s_len)
{
    if (e->step_at < e->step_count)
        forget_from(e, e->step_at);
    if (len > 0 || !join_step(e, at, s, s_len)) {
        if (e->step_count == EDIT_UNDO) {
            free(e->steps[0].old);
            free(e->steps[0].now);
            memmove(e->steps, e->steps + 1, (EDIT_UNDO - 1) * sizeof *e->steps);
            e->step_count--;
        }
        if (!e->steps)
            e->steps = mem_zalloc(EDIT_UNDO, sizeof *e->steps);
        e->steps[e->step_count++] = (struct edit_step){at, mem_strndup(e->text.bytes + at, len),
                                                       mem_strndup(s, s_len), len, s_len};
        e->step_at = e->step_count;
    }
    swap_text(e, at, len, s, s_len);
    e->joins = len == 0;
}

bool edit_undo(struct edit *e)
{
    if (e->step_at == 0)
        return false;
    const struct edit_step *s = &e->steps[--e->step_at];
    swap_text(e, s->at, s->now_len, s->old, s->old_len);
    e->joins = false;
    return true;
}

bool edit_redo(struct edit *e)
{
    if (e->step_at == e->step_count)
        return false;
    const struct edit_step *s = &e->steps[e->step_at++];
    swap_text(e, s->at, s->old_len, s->now, s->now_len);
    e->joins = false;
    return true;
}

bool edit_insert(struct edit *e, const char *s, size_t len)
{
    size_t at, selected = edit_selected(e, &at);
    if (len == 0 || e->text.len - selected + len > e->max)
        return false;
    replace(e, at, selected, s, len);
    return true;
}

/* Moves to `to`; the selection is held open or ends. */
static bool move_to(struct edit *e, size_t to, bool select)
{
    bool moved = e->cursor != to || (!select && e->anchor != to);
    e->cursor = to;
    if (!select)
        e->anchor = to;
    e->joins = false;
    return moved;
}

static size_t before(const struct edit *e)
{
    return e->cursor ? khmer_syllable_before(e->text.bytes, e->text.len, e->cursor) : 0;
}

static size_t after(const struct edit *e)
{
    if (e->cursor >= e->text.len)
        return e->text.len;
    return e->cursor + khmer_syllable(e->text.bytes + e->cursor, e->text.len - e->cursor);
}

bool edit_left(struct edit *e)
{
    size_t at, selected = edit_selected(e, &at);
    return move_to(e, selected ? at : before(e), false);
}

bool edit_right(struct edit *e)
{
    size_t at, selected = edit_selected(e, &at);
    return move_to(e, selected ? at + selected : after(e), false);
}

bool edit_home(struct edit *e)
{
    return move_to(e, 0, false);
}

bool edit_end(struct edit *e)
{
    return move_to(e, e->text.len, false);
}

bool edit_select_left(struct edit *e)
{
    return move_to(e, before(e), true);
}

bool edit_select_right(struct edit *e)
{
    return move_to(e, after(e), true);
}

bool edit_select_home(struct edit *e)
{
    return move_to(e, 0, true);
}

bool edit_select_end(struct edit *e)
{
    return move_to(e, e->text.len, true);
}

bool edit_select_all(struct edit *e)
{
    bool all = e->anchor == 0 && e->cursor == e->text.len;
    e->anchor = 0;
    return move_to(e, e->text.len, true) || !all;
}

static bool delete_range(struct edit *e, size_t from, size_t to)
{
    size_t at, selected = edit_selected(e, &at);
    if (selected) {
        from = at;
        to = at + selected;
    }
    if (from >= to)
        return false;
    replace(e, from, to - from, "", 0);
    return true;
}

bool edit_delete_back(struct edit *e)
{
    return delete_range(e, before(e), e->cursor);
}

bool edit_delete(struct edit *e)
{
    return delete_range(e, e->cursor, after(e));
}

bool edit_clear(struct edit *e)
{
    bool had = e->text.len > 0;
    e->anchor = e->cursor;
    if (had)
        replace(e, 0, e->text.len, "", 0);
    return had;
}

/* Where the cursor stands when the text is drawn from byte `from` on: behind its last word, without
 * the room that is kept there. */
static int cursor_column(const struct edit *e, const struct ruler *ruler, size_t from)
{
    return canvas_reach(ruler, e->text.bytes + from, e->text.len - from, e->cursor - from);
}

void edit_draw(const struct edit *e, struct canvas *c, int row, int column, int columns,
               enum style style)
{
    size_t from = 0;
    while (from < e->cursor && cursor_column(e, c->ruler, from) > columns - 1)
        from += khmer_syllable(e->text.bytes + from, e->text.len - from);
    if (from > e->cursor)
        from = e->cursor;
    canvas_fill(c, row, column, columns, style, 0);
    canvas_put(c, row, column, columns, style, e->text.bytes + from, e->text.len - from);
    int at = cursor_column(e, c->ruler, from);
    canvas_cursor(c, row, column + (at < columns ? at : columns - 1));
}
