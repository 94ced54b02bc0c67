/* The small form; see ask.h. */
#include "tui/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/hits.h"
#include "tui/pick_area.h"

enum {
    WIDE = 64,        /* columns from which labels stand beside their rows */
    LABEL = 22,       /* columns of a label beside */
    INDENT = 2,       /* of labels */
    GAP = 2,          /* between choices */
    WHY_ROWS = 3,     /* lines of the reason it cannot be saved */
    CHOICE_LINES = 2, /* of the choices of one row */
    DOT = 0x25CF,
    RING = 0x25CB,
    LEFT_MARK = 0x25C2,
};

struct row {
    bool is_text, secret, is_save;
    enum message label;
    enum message choices[ASK_CHOICES];
    char *names[ASK_CHOICES]; /* instead of choices; owned */
    size_t count, chosen;
    struct edit edit;
    struct names *areas; /* it is an area; borrowed */
    char area[AREA_CODE];
};

struct ask {
    struct view view;
    const struct ask_ops *ops;
    void *state;
    struct row rows[ASK_ROWS];
    size_t count, at;
    struct text why;  /* it cannot be saved; "" nothing */
    struct text read; /* what ask_text hands out */
    bool typed;       /* something would be lost */
    bool warned;
};

static void add_row(struct ask *a, enum message label, bool is_text)
{
    struct row *r = &a->rows[a->count++];
    *r = (struct row){.is_text = is_text, .label = label};
    edit_init(&r->edit);
}

void ask_add_choice(struct ask *a, enum message label, const enum message *choices, size_t count,
                    size_t chosen)
{
    add_row(a, label, false);
    struct row *r = &a->rows[a->count - 1];
    memcpy(r->choices, choices, count * sizeof *choices);
    r->count = count;
    r->chosen = chosen;
}

void ask_add_names(struct ask *a, enum message label, const char *const *names, size_t count,
                   size_t chosen)
{
    add_row(a, label, false);
    struct row *r = &a->rows[a->count - 1];
    for (size_t i = 0; i < count && i < ASK_CHOICES; i++)
        r->names[r->count++] = mem_strdup(names[i]);
    r->chosen = chosen;
}

void ask_add_text(struct ask *a, enum message label, const char *text)
{
    add_row(a, label, true);
    edit_insert(&a->rows[a->count - 1].edit, text, strlen(text));
}

void ask_add_secret(struct ask *a, enum message label)
{
    ask_add_text(a, label, "");
    a->rows[a->count - 1].secret = true;
}

void ask_add_area(struct ask *a, enum message label, struct names *names, const char *code)
{
    add_row(a, label, false);
    a->rows[a->count - 1].areas = names;
    ask_set_area(a, a->count - 1, code);
}

void ask_add_save(struct ask *a)
{
    add_row(a, MSG_COMMAND_SAVE, false);
    a->rows[a->count - 1].is_save = true;
}

void ask_set_area(struct ask *a, size_t row, const char *code)
{
    snprintf(a->rows[row].area, AREA_CODE, "%s", code);
}

const char *ask_area(const struct ask *a, size_t row)
{
    return a->rows[row].area;
}

void ask_set_label(struct ask *a, size_t row, enum message label)
{
    a->rows[row].label = label;
}

void ask_set_text(struct ask *a, size_t row, const char *text)
{
    edit_clear(&a->rows[row].edit);
    edit_insert(&a->rows[row].edit, text, strlen(text));
}

void ask_set_choice(struct ask *a, size_t row, size_t choice)
{
    a->rows[row].chosen = choice;
}

void ask_go(struct ask *a, size_t row)
{
    a->at = row;
}

size_t ask_choice(const struct ask *a, size_t row)
{
    return a->rows[row].chosen;
}

const char *ask_text(struct ask *a, size_t row)
{
    const char *s = a->rows[row].edit.text.bytes;
    s += strspn(s, " ");
    size_t len = strlen(s);
    while (len > 0 && s[len - 1] == ' ')
        len--;
    text_clear(&a->read);
    text_add(&a->read, s, len);
    return a->read.bytes;
}

void ask_complain(struct ask *a, size_t row, const char *why)
{
    a->at = row;
    text_clear(&a->why);
    text_adds(&a->why, why);
}

/* --- drawing */

static const char *choice_words(const struct row *r, enum lang lang, size_t choice)
{
    return r->names[choice] ? r->names[choice] : message_get(lang, r->choices[choice]);
}

static int choice_columns(const struct row *r, const struct ruler *ruler, enum lang lang,
                          size_t choice)
{
    const char *words = choice_words(r, lang, choice);
    return 2 + canvas_measure_with(ruler, words, strlen(words));
}

/* Lines that all choices side by side take. */
static int choice_lines(const struct row *r, const struct ruler *ruler, enum lang lang, int columns)
{
    int lines = 1, column = 0;
    for (size_t i = 0; i < r->count; i++) {
        int width = choice_columns(r, ruler, lang, i);
        if (column > 0 && column + width > columns) {
            lines++;
            column = 0;
        }
        column += width + GAP;
    }
    return lines;
}

static int draw_choice(struct canvas *c, int row, int column, int columns, enum style style,
                       bool chosen, const char *words)
{
    canvas_fill(c, row, column, 1, chosen ? style : STYLE_NORMAL, chosen ? DOT : RING);
    return 2 + canvas_puts(c, row, column + 2, columns - 2, chosen ? style : STYLE_NORMAL, words);
}

static void draw_all(const struct row *r, enum lang lang, struct canvas *c, int row, int column,
                     int columns, enum style style)
{
    int at = 0;
    for (size_t i = 0; i < r->count; i++) {
        int width = choice_columns(r, c->ruler, lang, i);
        if (at > 0 && at + width > columns) {
            row++;
            at = 0;
        }
        draw_choice(c, row, column + at, columns - at, style, i == r->chosen,
                    choice_words(r, lang, i));
        at += width + GAP;
    }
}

/* Only the chosen one, between two arrows. */
static void draw_one(const struct row *r, enum lang lang, struct canvas *c, int row, int column,
                     int columns, enum style style, bool focus)
{
    struct text place = TEXT_INIT;
    text_addf(&place, "%zu/%zu", r->chosen + 1, r->count);
    canvas_puts(c, row, column + columns - (int)place.len, (int)place.len, STYLE_DIM, place.bytes);
    canvas_fill(c, row, column, 1, STYLE_DIM, focus ? LEFT_MARK : ' ');
    int used = draw_choice(c, row, column + 2, columns - 5 - (int)place.len, style, true,
                           choice_words(r, lang, r->chosen));
    canvas_fill(c, row, column + 3 + used, 1, STYLE_DIM, focus ? SELECTED_MARK : ' ');
    text_release(&place);
}

static void draw_text(const struct row *r, struct canvas *c, int row, int column, int columns,
                      bool focus)
{
    struct edit hidden = r->edit;
    text_init(&hidden.text);
    if (r->secret)
        for (size_t at = 0; at < r->edit.text.len; at++)
            if ((r->edit.text.bytes[at] & 0xC0) != 0x80)
                text_addc(&hidden.text, '*');
    hidden.cursor = hidden.text.len;
    const struct edit *shown = r->secret ? &hidden : &r->edit;
    canvas_fill(c, row, column, columns, STYLE_NORMAL, '_');
    if (focus)
        edit_draw(shown, c, row, column, columns, STYLE_CHOSEN);
    else if (shown->text.len > 0) {
        canvas_fill(c, row, column, columns, STYLE_NORMAL, 0);
        canvas_puts(c, row, column, columns, STYLE_NORMAL, shown->text.bytes);
    }
    text_release(&hidden.text);
}

static void draw_area(const struct row *r, enum lang lang, struct canvas *c, int row, int column,
                      int columns, bool focus)
{
    struct text path = TEXT_INIT;
    names_path_fit(r->areas, &path, lang, r->area, columns - 2);
    canvas_puts(c, row, column, columns - 2, focus ? STYLE_SELECTED : STYLE_CHOSEN, path.bytes);
    if (focus)
        canvas_fill(c, row, column + columns - 1, 1, STYLE_DIM, SELECTED_MARK);
    text_release(&path);
}

static bool is_wide(const struct canvas *c)
{
    return c->columns >= WIDE;
}

static int value_column(const struct canvas *c)
{
    return is_wide(c) ? INDENT + LABEL + 1 : INDENT + 2;
}

/* Lines of the row's value: one, but all choices where few more lines show them. */
static int value_lines(const struct row *r, const struct canvas *c, enum lang lang)
{
    int lines = r->is_text || r->areas || r->is_save
                    ? 1
                    : choice_lines(r, c->ruler, lang, c->columns - value_column(c) - 2);
    return lines <= (is_wide(c) ? CHOICE_LINES : 1) ? lines : 1;
}

static int row_lines(const struct row *r, const struct canvas *c, enum lang lang)
{
    return value_lines(r, c, lang) + (is_wide(c) || r->is_save ? 0 : 1);
}

static void draw_save(enum lang lang, struct canvas *c, int row, bool focus)
{
    struct text words = TEXT_INIT;
    text_addf(&words, "[ %s ]", message_get(lang, MSG_COMMAND_SAVE));
    canvas_puts(c, row, INDENT, c->columns - INDENT, focus ? STYLE_SELECTED : STYLE_NORMAL,
                words.bytes);
    text_release(&words);
}

static void draw_row(const struct ask *a, enum lang lang, struct canvas *c, int row, size_t index)
{
    const struct row *r = &a->rows[index];
    bool focus = index == a->at, wide = is_wide(c);
    enum style style = focus ? STYLE_SELECTED : STYLE_CHOSEN;
    int column = value_column(c), columns = c->columns - column - 2;
    if (focus)
        canvas_fill(c, row, 0, 1, STYLE_TITLE, SELECTED_MARK);
    if (r->is_save) {
        draw_save(lang, c, row, focus);
        return;
    }
    canvas_puts(c, row, INDENT, wide ? LABEL : c->columns - INDENT,
                focus ? STYLE_TITLE : STYLE_NORMAL, message_get(lang, r->label));
    if (!wide)
        row++;
    if (r->is_text)
        draw_text(r, c, row, column, columns, focus);
    else if (r->areas)
        draw_area(r, lang, c, row, column, columns, focus);
    else if (choice_lines(r, c->ruler, lang, columns) == value_lines(r, c, lang))
        draw_all(r, lang, c, row, column, columns, style);
    else
        draw_one(r, lang, c, row, column, columns, style, focus);
}

/* Lines kept below the rows: why it cannot be saved, and what Enter does. */
static void draw_foot(const struct ask *a, const struct context *x, struct canvas *c, int row,
                      int bottom)
{
    struct sheet s;
    sheet_init(&s, c->columns - 2 * INDENT);
    s.ruler = c->ruler;
    if (a->why.len > 0)
        sheet_text(&s, 0, STYLE_ERROR, a->why.bytes);
    else
        sheet_text(&s, 0, STYLE_DIM,
                   message_get(x->lang, a->rows[a->at].areas ? MSG_ASK_HINT_AREA : MSG_ASK_HINT));
    sheet_draw(&s, c, row, INDENT, bottom - row, 0);
    sheet_release(&s);
}

/* Lines of the foot: one, or as many as the reason takes. */
static int foot_lines(const struct ask *a, const struct canvas *c)
{
    int need = canvas_measures(c, a->why.bytes) / (c->columns - 2 * INDENT - 6) + 1;
    return need < WHY_ROWS ? need : WHY_ROWS;
}

/* The first row to be drawn so that the person's own is among those that fit. */
static size_t first_row(const struct ask *a, const struct canvas *c, enum lang lang, int lines)
{
    size_t first = a->at;
    lines -= row_lines(&a->rows[a->at], c, lang);
    while (first > 0 && lines >= row_lines(&a->rows[first - 1], c, lang))
        lines -= row_lines(&a->rows[--first], c, lang);
    return first;
}

/* What stands above the rows, as far as they leave room; returns the lines it took. */
static int draw_head(const struct ask *a, const struct context *x, struct canvas *c, int top,
                     int room)
{
    struct sheet s;
    sheet_init(&s, c->columns - 2 * INDENT);
    s.ruler = c->ruler;
    if (a->ops->head)
        a->ops->head(a->state, x, &s);
    int lines = (int)s.count < room ? (int)s.count : room;
    if (lines > 0)
        sheet_draw(&s, c, top, INDENT, lines, 0);
    sheet_release(&s);
    return lines > 0 ? lines : 0;
}

static void draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct ask *a = (const struct ask *)v;
    int foot = foot_lines(a, c), rows = 0;
    for (size_t i = 0; i < a->count; i++)
        rows += row_lines(&a->rows[i], c, x->lang);
    int head = draw_head(a, x, c, top, bottom - top - foot - rows), row = top + head;
    bool loose = head > 0 && row + 1 + rows + 1 + foot <= bottom;
    row += loose;
    for (size_t i = first_row(a, c, x->lang, bottom - foot - row); i < a->count; i++) {
        int lines = row_lines(&a->rows[i], c, x->lang);
        if (row + lines > bottom - foot)
            break;
        draw_row(a, x->lang, c, row, i);
        row += lines;
    }
    draw_foot(a, x, c, row + loose, bottom);
}

static void title(const struct view *v, const struct context *x, struct text *out)
{
    text_adds(out, message_get(x->lang, ((const struct ask *)v)->ops->title));
}

/* --- keys */

static void changed(struct ask *a)
{
    text_clear(&a->why);
    a->warned = false;
}

static void choose(struct ask *a, size_t choice)
{
    struct row *r = &a->rows[a->at];
    if (choice >= r->count)
        return;
    r->chosen = choice;
    changed(a);
    if (a->ops->chosen)
        a->ops->chosen(a->state, a, a->at);
}

/* Moves the choice or the cursor. */
static void sideways(struct ask *a, bool right)
{
    struct row *r = &a->rows[a->at];
    if (r->is_text)
        (void)(right ? edit_right(&r->edit) : edit_left(&r->edit));
    else if (!r->areas && (right || r->chosen > 0))
        choose(a, right ? r->chosen + 1 : r->chosen - 1);
}

static void area_taken(void *to, const struct context *x, const char *code)
{
    struct ask *a = to;
    (void)x;
    ask_set_area(a, a->at, code);
    a->at += a->at + 1 < a->count;
    a->typed = true;
    changed(a);
}

static struct view *pick_area(struct ask *a, const struct context *x)
{
    struct view *list = pick_area_new(x, a->rows[a->at].area, area_taken, a);
    app_push(x->app, list);
    return list;
}

static void change_text(struct ask *a, bool did)
{
    if (!did)
        return;
    a->typed = true;
    changed(a);
}

static unsigned leave(struct ask *a, const struct context *x)
{
    if (!a->typed || a->warned)
        return OUTCOME_HANDLED | OUTCOME_POP;
    a->warned = true;
    app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_ASK_LEAVE));
    return OUTCOME_HANDLED;
}

static unsigned run(struct view *v, const struct context *x, enum command command)
{
    struct ask *a = (struct ask *)v;
    struct row *r = &a->rows[a->at];
    switch (command) {
    case COMMAND_UP:
        a->at -= a->at > 0;
        break;
    case COMMAND_DOWN:
        a->at += a->at + 1 < a->count;
        break;
    case COMMAND_NEXT_PANE:
        a->at = (a->at + 1) % a->count;
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
        sideways(a, command == COMMAND_RIGHT);
        break;
    case COMMAND_HOME:
        edit_home(&r->edit);
        break;
    case COMMAND_END:
        edit_end(&r->edit);
        break;
    case COMMAND_DELETE_BACK:
        change_text(a, edit_delete_back(&r->edit));
        break;
    case COMMAND_DELETE:
        change_text(a, edit_delete(&r->edit));
        break;
    case COMMAND_CLEAR_TEXT:
        change_text(a, edit_clear(&r->edit));
        break;
    case COMMAND_SAVE:
        if (r->areas) {
            pick_area(a, x);
            return OUTCOME_HANDLED;
        }
        return a->ops->save(a->state, x, a) | OUTCOME_HANDLED;
    case COMMAND_BACK:
        return leave(a, x);
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned type(struct view *v, const struct context *x, const char *s, size_t len)
{
    enum { KHMER_ZERO = 0x17E0 };
    struct ask *a = (struct ask *)v;
    struct row *r = &a->rows[a->at];
    if (r->is_text) {
        change_text(a, edit_insert(&r->edit, s, len));
        return OUTCOME_HANDLED;
    }
    if (r->is_save)
        return OUTCOME_HANDLED;
    if (r->areas) { /* what is typed looks for the area */
        struct view *list = pick_area(a, x);
        return list->ops->text(list, x, s, len);
    }
    char32_t cp;
    utf8_decode(s, len, &cp);
    if (cp > '0' && cp <= '9')
        choose(a, cp - '1');
    else if (cp > KHMER_ZERO && cp <= KHMER_ZERO + 9)
        choose(a, cp - KHMER_ZERO - 1);
    return OUTCOME_HANDLED;
}

static void close_ask(struct view *v)
{
    struct ask *a = (struct ask *)v;
    for (size_t i = 0; i < a->count; i++) {
        edit_release(&a->rows[i].edit);
        for (size_t n = 0; n < ASK_CHOICES; n++)
            free(a->rows[i].names[n]);
    }
    if (a->ops->free)
        a->ops->free(a->state);
    text_release(&a->why);
    text_release(&a->read);
    free(a);
}

struct ask *ask_new(const struct ask_ops *ops, void *state)
{
    static const struct view_ops view_ops = {
        .keys = CONTEXT_ASK,
        .takes_text = true,
        .title = title,
        .draw = draw,
        .command = run,
        .text = type,
        .close = close_ask,
    };
    struct ask *a = mem_zalloc(1, sizeof *a);
    a->view.ops = &view_ops;
    a->ops = ops;
    a->state = state;
    text_init(&a->why);
    text_init(&a->read);
    return a;
}

struct view *ask_view(struct ask *a)
{
    return &a->view;
}
