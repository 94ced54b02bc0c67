/* One line of typed text. Knows syllables, no keys. */
#include "tui/edit.h"

#include <string.h>

#include "i18n/khmer.h"

void edit_init(struct edit *e)
{
    text_init(&e->text);
    e->cursor = 0;
}

void edit_release(struct edit *e)
{
    text_release(&e->text);
    e->cursor = 0;
}

bool edit_insert(struct edit *e, const char *s, size_t len)
{
    if (len == 0 || e->text.len + len > EDIT_MAX)
        return false;
    text_insert(&e->text, e->cursor, s, len);
    e->cursor += len;
    return true;
}

bool edit_left(struct edit *e)
{
    if (e->cursor == 0)
        return false;
    e->cursor = khmer_syllable_before(e->text.bytes, e->text.len, e->cursor);
    return true;
}

bool edit_right(struct edit *e)
{
    if (e->cursor >= e->text.len)
        return false;
    e->cursor += khmer_syllable(e->text.bytes + e->cursor, e->text.len - e->cursor);
    return true;
}

bool edit_home(struct edit *e)
{
    bool moved = e->cursor > 0;
    e->cursor = 0;
    return moved;
}

bool edit_end(struct edit *e)
{
    bool moved = e->cursor < e->text.len;
    e->cursor = e->text.len;
    return moved;
}

bool edit_delete_back(struct edit *e)
{
    size_t end = e->cursor;
    if (!edit_left(e))
        return false;
    text_remove(&e->text, e->cursor, end - e->cursor);
    return true;
}

bool edit_delete(struct edit *e)
{
    size_t start = e->cursor;
    if (!edit_right(e))
        return false;
    text_remove(&e->text, start, e->cursor - start);
    e->cursor = start;
    return true;
}

bool edit_clear(struct edit *e)
{
    bool had = e->text.len > 0;
    text_clear(&e->text);
    e->cursor = 0;
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
