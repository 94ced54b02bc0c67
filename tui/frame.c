/* The bars; see frame.h. */
#include "tui/frame.h"

#include <string.h>

#include "db/restricted.h"
#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/key.h"
#include "tui/sheet.h"

enum { BAR_KEYS = 16, GAP = 2, MESSAGE_LINES = 3 };

static void add_past(struct text *marks, const struct frame *f)
{
    struct text day = TEXT_INIT;
    date_short(&day, date_from_time(*f->past));
    text_addc(marks, '[');
    message_format(marks, f->lang, MSG_AS_OF_MARK, "day", day.bytes, NULL);
    text_adds(marks, "] ");
    text_release(&day);
}

/* Marks at the right end of the top bar. Returns the column where they begin. */
static int draw_marks(struct canvas *c, const struct frame *f)
{
    struct text marks;
    text_init(&marks);
    if (f->training)
        text_addf(&marks, "[%s] ", message_get(f->lang, MSG_APP_TRAINING));
    if (f->read_only)
        text_addf(&marks, "[%s] ", message_get(f->lang, MSG_APP_READ_ONLY));
    if (f->past)
        add_past(&marks, f);
    if (f->unlocked > 0)
        text_addf(&marks, "[%s] ",
                  message_get(f->lang, f->unlocked > LEVEL_OFFICIALS ? MSG_APP_UNLOCKED_ALL
                                                                     : MSG_APP_UNLOCKED));
    text_adds(&marks, message_get(f->lang, MSG_APP_LANG));
    int width = canvas_measures(c, marks.bytes);
    int column = c->columns - width - 1;
    if (column < 0)
        column = 0;
    canvas_puts(c, 0, column, width, STYLE_BAR, marks.bytes);
    text_release(&marks);
    return column;
}

/* The person's name before the marks where it leaves room for the title; returns the column where
 * it begins. */
static int draw_person(struct canvas *c, const struct frame *f, int end, int title)
{
    int width = canvas_measures(c, f->person->name), column = end - width - 1;
    if (!*f->person->name || column - 1 < title)
        return end;
    canvas_puts(c, 0, column, width, STYLE_BAR, f->person->name);
    return column - 1;
}

static void draw_top(struct canvas *c, const struct frame *f)
{
    canvas_fill(c, 0, 0, c->columns, STYLE_BAR, 0);
    int end = draw_marks(c, f) - 1;
    struct text line;
    text_init(&line);
    text_adds(&line, message_get(f->lang, MSG_APP_TITLE));
    if (f->title[0])
        text_addf(&line, " · %s", f->title);
    int person = canvas_measures(c, f->person->name) + 2;
    if (f->title[0] && canvas_measures(c, line.bytes) > end - 1 - person) {
        text_clear(&line);
        text_adds(&line, f->title);
    }
    end = draw_person(c, f, end, canvas_measures(c, line.bytes) + 2);
    canvas_puts(c, 0, 1, end - 1, STYLE_BAR, line.bytes);
    text_release(&line);
}

struct bar_key {
    const struct key_row *row;
    int name;  /* columns */
    int label; /* columns */
};

static bool is_function_key(const struct key_row *row)
{
    return row->special >= SPECIAL_F1 && row->special <= SPECIAL_F12;
}

static int key_columns(const struct bar_key *k)
{
    return k->name + 1 + k->label;
}

/* Where something is filled in or chosen, the bar says first how to go on from there. */
static bool is_filling(enum key_context context)
{
    return context == CONTEXT_FORM || context == CONTEXT_PICK || context == CONTEXT_SUMMARY ||
           context == CONTEXT_SCENARIOS || context == CONTEXT_PRESENTER;
}

/* A function key that does nothing there. */
static bool is_idle(const struct key_row *row, enum key_context context)
{
    return is_filling(context) && row->special >= SPECIAL_F3 && row->special <= SPECIAL_F9;
}

/* Adds the keys of one context that the bar shows: function keys, or the others. */
static size_t collect(const struct canvas *c, struct bar_key *keys, size_t count,
                      enum key_context context, bool function_keys, enum lang lang)
{
    size_t rows;
    const struct key_row *row = key_rows(&rows);
    struct text name;
    text_init(&name);
    for (size_t i = 0; i < rows && count < BAR_KEYS; i++, row++) {
        if (!row->bar || row->context != context || is_function_key(row) != function_keys)
            continue;
        text_clear(&name);
        key_say(&name, row);
        keys[count++] = (struct bar_key){
            .row = row,
            .name = canvas_measures(c, name.bytes),
            .label = canvas_measures(c, message_get(lang, command_label(row->command))),
        };
    }
    text_release(&name);
    return count;
}

static int total(const struct bar_key *keys, size_t count, int gap)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += key_columns(&keys[i]) + (i ? gap : 0);
    return sum;
}

/* Takes out keys that the menu has as well until whole labels fit, those least missed first. */
static size_t thin_out(struct bar_key *keys, size_t count, int columns)
{
    static const enum special order[] = {SPECIAL_F8, SPECIAL_F7, SPECIAL_F5, SPECIAL_F4};
    for (size_t i = 0; i < sizeof order / sizeof *order && total(keys, count, 1) > columns; i++) {
        size_t kept = 0;
        for (size_t k = 0; k < count; k++)
            if (keys[k].row->special != order[i])
                keys[kept++] = keys[k];
        count = kept;
    }
    return count;
}

/* The menu leads to every other command, so these stay. */
static bool always_stays(enum command command)
{
    return command == COMMAND_HELP || command == COMMAND_MENU || command == COMMAND_QUIT;
}

/* Leaves keys out from the right until the labels of the others can be read whole. */
static size_t leave_out(struct bar_key *keys, size_t count, int columns)
{
    for (size_t at = count; at-- > 0 && total(keys, count, 1) > columns;) {
        if (always_stays(keys[at].row->command))
            continue;
        memmove(&keys[at], &keys[at + 1], (count - at - 1) * sizeof *keys);
        count--;
    }
    return count;
}

/* Makes the longest labels shorter until all keys fit. */
static void shorten(struct bar_key *keys, size_t count, int columns)
{
    while (total(keys, count, 1) > columns) {
        struct bar_key *longest = &keys[0];
        for (size_t i = 1; i < count; i++)
            if (keys[i].label > longest->label)
                longest = &keys[i];
        if (longest->label == 0)
            return;
        longest->label--;
    }
}

static void draw_key(struct canvas *c, int column, const struct bar_key *k, enum lang lang)
{
    struct text name;
    text_init(&name);
    key_say(&name, k->row);
    int row = c->rows - 1;
    canvas_puts(c, row, column, k->name, STYLE_KEY, name.bytes);
    canvas_fill(c, row, column + k->name, 1, STYLE_BAR, 0);
    canvas_fill(c, row, column + k->name + 1, k->label, STYLE_BAR, 0);
    canvas_puts(c, row, column + k->name + 1, k->label, STYLE_BAR,
                message_get(lang, command_label(k->row->command)));
    text_release(&name);
}

static void draw_keys(struct canvas *c, const struct frame *f)
{
    struct bar_key keys[BAR_KEYS];
    size_t count = 0;
    if (is_filling(f->keys))
        count = collect(c, keys, count, f->keys, false, f->lang);
    for (enum key_context at = f->keys;; at = key_parent(at)) {
        size_t before = count;
        count = collect(c, keys, count, at, true, f->lang);
        for (size_t i = before; i < count;)
            if (is_idle(keys[i].row, f->keys))
                memmove(&keys[i], &keys[i + 1], (--count - i) * sizeof *keys);
            else
                i++;
        if (at == CONTEXT_GLOBAL)
            break;
    }
    int width = c->columns - 1;
    count = thin_out(keys, count, width);
    int gap = total(keys, count, GAP) <= width ? GAP : 1;
    count = leave_out(keys, count, width);
    shorten(keys, count, width);
    size_t all = count;
    /* Others as far as there is room: those of the view itself, and those of every view. */
    if (!is_filling(f->keys))
        all = collect(c, keys, all, f->keys, false, f->lang);
    if (f->keys != CONTEXT_GLOBAL)
        all = collect(c, keys, all, CONTEXT_GLOBAL, false, f->lang);
    while (all > count && total(keys, all, gap) > width)
        all--;
    int column = 0;
    canvas_fill(c, c->rows - 1, 0, c->columns, STYLE_NORMAL, 0);
    for (size_t i = 0; i < all; i++) {
        draw_key(c, column, &keys[i], f->lang);
        column += key_columns(&keys[i]) + gap;
    }
}

/* The message on its line; a longer one takes lines of the view above it. */
static void draw_message(struct canvas *c, const struct frame *f)
{
    struct sheet s;
    sheet_init(&s, c->columns);
    s.ruler = c->ruler;
    sheet_text(&s, 0, f->says_style, f->says);
    int lines = s.count > MESSAGE_LINES ? MESSAGE_LINES : (int)s.count;
    int row = c->rows - 1 - (lines > 0 ? lines : 1);
    for (int i = row; i < c->rows - 1; i++)
        canvas_fill(c, i, 0, c->columns, STYLE_NORMAL, 0);
    sheet_draw(&s, c, row, 0, lines, 0);
    sheet_release(&s);
}

void frame_draw(struct canvas *c, const struct frame *f)
{
    draw_top(c, f);
    draw_message(c, f);
    draw_keys(c, f);
}

void frame_draw_too_small(struct canvas *c, enum lang lang)
{
    const char *s = message_get(lang, MSG_APP_TOO_SMALL);
    int row = 0;
    /* Word by word down the rows, so that the sentence can still be read in a narrow window. */
    while (*s && row < c->rows) {
        size_t len = 0, end = 0;
        for (;;) {
            size_t word = len + strcspn(s + len, " ");
            if (end > 0 && canvas_measure_with(c->ruler, s, word) > c->columns)
                break;
            end = word;
            if (!s[word])
                break;
            len = word + 1;
        }
        canvas_put(c, row++, 0, c->columns, STYLE_NORMAL, s, end);
        s += end;
        s += strspn(s, " ");
    }
}
