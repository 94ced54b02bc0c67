/* The box of a scenario; see coach.h. */
#include <stdio.h>
#include <string.h>

#include "i18n/message.h"
#include "tui/coach_state.h"
#include "tui/sheet.h"

enum {
    ROWS_LEAST = 4, /* of the box: its title, two lines, its keys */
    ROWS_MOST = 10,
    SHARE = 3, /* the box takes one of so many rows */
    EDGE = 2,  /* rows of title and keys */
    MARGIN = 2,
    ANSWER = 6, /* columns before an answer */
    MARK = 0x25B8,
    LINE = 0x2500,
    DOWN_ARROW = 0x25BC,
    UP_ARROW = 0x25B2,
};

int coach_rows(int rows)
{
    int share = rows / SHARE;
    return share < ROWS_LEAST ? ROWS_LEAST : share > ROWS_MOST ? ROWS_MOST : share;
}

/* --- what is said
 * ------------------------------------------------------------------------------------ */

static void add_line(struct sheet *s, int indent, enum style style, enum lang lang,
                     enum message before, const char *text)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%s %s", message_get(lang, before), text);
    sheet_text(s, indent, style, line.bytes);
    text_release(&line);
}

static void add_verdict(const struct coach *k, enum lang lang, struct sheet *s)
{
    char points[16];
    struct text line = TEXT_INIT;
    if (k->says == SAYS_WRONG)
        add_line(s, 0, STYLE_WARNING, lang, MSG_SCENARIO_WRONG, k->why->text[lang]);
    if (k->says == SAYS_RIGHT) {
        snprintf(points, sizeof points, "%d", k->earned);
        message_format(&line, lang, MSG_SCENARIO_RIGHT_POINTS, "points", points, NULL);
        text_addf(&line, " %s", k->why->text[lang]);
        sheet_text(s, 0, STYLE_STRONG, line.bytes);
    }
    text_release(&line);
}

/* The next key, after a second hint the whole way from there. */
static void add_hint(const struct coach *k, enum lang lang, enum key_context in, struct sheet *s)
{
    const struct scenario_step *step = coach_step(k);
    struct text way = TEXT_INIT;
    for (size_t at = k->key_at; at < step->key_count;) {
        text_adds(&way, way.len ? "  " : "");
        at += scenario_add_key(&way, lang, step, at, in);
        if (!k->whole_way)
            break;
    }
    if (way.len)
        add_line(s, 0, STYLE_FILTER, lang,
                 k->whole_way ? MSG_SCENARIO_WAY_ON : MSG_SCENARIO_NEXT_KEY, way.bytes);
    else
        sheet_text(
            s, 0, STYLE_FILTER,
            message_get(lang, step->key_count ? MSG_SCENARIO_KEYS_DONE : MSG_SCENARIO_NO_HINT));
    text_release(&way);
}

static void add_choices(const struct coach *k, enum lang lang, struct sheet *s, size_t *rows)
{
    const struct scenario_step *step = coach_step(k);
    struct text label = TEXT_INIT;
    sheet_text(s, 0, STYLE_TITLE, step->ask.text[lang]);
    s->label_columns = ANSWER;
    for (size_t i = 0; i < step->choice_count; i++) {
        bool here = i == k->chosen;
        rows[i] = s->count;
        text_clear(&label);
        text_addcp(&label, here ? MARK : ' ');
        text_addc(&label, ' ');
        scenario_add_letter(&label, lang, i);
        text_addc(&label, ')');
        sheet_field(s, label.bytes,
                    k->tried[i] ? STYLE_DIM
                    : here      ? STYLE_SELECTED
                                : STYLE_NORMAL,
                    step->choices[i].text.text[lang]);
    }
    rows[step->choice_count] = s->count;
    text_release(&label);
}

/* Lays out all of it; rows: where each answer begins. */
static void lay_out(const struct coach *k, const struct coach_sight *at, struct sheet *s,
                    size_t *rows)
{
    enum lang lang = at->x->lang;
    const struct scenario_step *step = coach_step(k);
    add_verdict(k, lang, s);
    if (k->hinted && step->acts)
        add_hint(k, lang, at->top->ops->keys, s);
    if (k->answered) {
        sheet_gap(s);
        add_line(s, 0, STYLE_NORMAL, lang, MSG_SCENARIO_ANSWER,
                 step->choices[k->chosen].text.text[lang]);
        return;
    }
    sheet_text(s, 0, STYLE_NORMAL, step->tell.text[lang]);
    if (step->choice_count)
        add_choices(k, lang, s, rows);
}

/* --- the box
 * ----------------------------------------------------------------------------------------- */

static void draw_title(const struct coach *k, const struct context *x, struct canvas *c, int row)
{
    struct play_sum sum = play_sum(k->play, k->scenario);
    struct text line = TEXT_INIT;
    char at[24], count[24], points[24];
    snprintf(at, sizeof at, "%zu", k->step + 1);
    snprintf(count, sizeof count, "%zu", k->scenario->count);
    snprintf(points, sizeof points, "%d", sum.points);
    canvas_fill(c, row, 0, c->columns, STYLE_BORDER, LINE);
    message_format(&line, x->lang, MSG_SCENARIO_AT, "step", at, "count", count, "points", points,
                   NULL);
    int width = canvas_measures(c, line.bytes), left = c->columns - width - MARGIN - 1;
    canvas_fill(c, row, left, width + 2, STYLE_NORMAL, 0);
    canvas_puts(c, row, left + 1, width, STYLE_TITLE, line.bytes);
    text_clear(&line);
    text_addf(&line, " %s ", k->scenario->title.text[x->lang]);
    int room = left - 2 - MARGIN, title = canvas_measures(c, line.bytes);
    if (room > 8) {
        canvas_fill(c, row, MARGIN, title < room ? title : room, STYLE_NORMAL, 0);
        canvas_puts(c, row, MARGIN, room, STYLE_TITLE, line.bytes);
    }
    text_release(&line);
}

static int draw_key(struct canvas *c, int row, int column, enum lang lang, enum key_context context,
                    enum command command)
{
    struct text name = TEXT_INIT;
    const struct scenario_key key = {.context = context, .command = command};
    const char *label = message_get(lang, command_label(command));
    const struct key_row *key_row = scenario_key_row(&key, context);
    key_say(&name, key_row);
    int width = canvas_measures(c, name.bytes), all = width + 1 + canvas_measures(c, label);
    if (column + all < c->columns) {
        canvas_puts(c, row, column, width, STYLE_KEY, name.bytes);
        canvas_puts(c, row, column + width + 1, all - width - 1, STYLE_DIM, label);
        column += all + 2;
    }
    text_release(&name);
    return column;
}

/* Whether the command does something in the step as it stands. */
static bool is_offered(const struct coach *k, enum command command)
{
    const struct scenario_step *step = coach_step(k);
    bool asks = !k->answered && (step->acts || step->choice_count);
    switch (command) {
    case COMMAND_GO_ON:
        return k->focus && !step->acts;
    case COMMAND_HINT:
        return asks;
    case COMMAND_SKIP_STEP:
        return k->focus && asks;
    default:
        return k->focus || command == COMMAND_BOX;
    }
}

static void draw_keys(const struct coach *k, const struct context *x, struct canvas *c, int row)
{
    static const enum command order[] = {COMMAND_GO_ON, COMMAND_HINT, COMMAND_BOX,
                                         COMMAND_SKIP_STEP, COMMAND_LEAVE_SCENARIO};
    int column = MARGIN;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (is_offered(k, order[i]))
            column = draw_key(c, row, column, x->lang, k->focus ? CONTEXT_BOX : CONTEXT_GLOBAL,
                              order[i]);
}

/* First line shown: as far as it was scrolled, with the chosen answer in sight. */
static int first_line(struct coach *k, const struct sheet *s, const size_t *rows, int lines)
{
    const struct scenario_step *step = coach_step(k);
    int most = (int)s->count > lines ? (int)s->count - lines : 0;
    if (k->follow && step->choice_count && !k->answered) {
        int last = (int)rows[k->chosen + 1], first = (int)rows[k->chosen];
        k->top = k->top + lines < last ? last - lines : k->top;
        k->top = k->top > first ? first : k->top;
    }
    k->top = k->top > most ? most : k->top < 0 ? 0 : k->top;
    return k->top;
}

void coach_draw(struct coach *k, const struct coach_sight *at, struct canvas *c, int top,
                int bottom)
{
    struct sheet s;
    size_t rows[SCENARIO_CHOICES + 1] = {0};
    sheet_init(&s, c->columns - 2 * MARGIN);
    s.ruler = c->ruler;
    lay_out(k, at, &s, rows);
    int height = coach_rows(bottom - top), wanted = (int)s.count + EDGE;
    if (k->focus && wanted > height)
        height = wanted < bottom - top ? wanted : bottom - top;
    int from = bottom - height, lines = height - EDGE;
    for (int row = from; row < bottom; row++)
        canvas_fill(c, row, 0, c->columns, STYLE_NORMAL, 0);
    int first = first_line(k, &s, rows, lines);
    draw_title(k, at->x, c, from);
    sheet_draw(&s, c, from + 1, MARGIN, lines, (size_t)first);
    if (first > 0)
        canvas_fill(c, from + 1, c->columns - 1, 1, STYLE_STRONG, UP_ARROW);
    if ((int)s.count > first + lines)
        canvas_fill(c, bottom - EDGE, c->columns - 1, 1, STYLE_STRONG, DOWN_ARROW);
    draw_keys(k, at->x, c, bottom - 1);
    if (k->focus)
        canvas_cursor(c, -1, -1);
    sheet_release(&s);
}
