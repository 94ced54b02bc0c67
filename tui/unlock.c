/* The views that ask for a PIN; see unlock.h. */
#include "tui/unlock.h"

#include <stdlib.h>

#include "db/seal.h"
#include "i18n/khmer.h"
#include "i18n/number.h"
#include "i18n/utf8.h"
#include "tui/app.h"
#include "tui/hits.h"
#include "tui/sheet.h"

/* What the person is asked now. */
enum step {
    STEP_UNLOCK, /* the PIN */
    STEP_LEVEL,  /* whose PIN is set */
    STEP_NEW,    /* the new one */
    STEP_AGAIN,  /* the new one once more */
};

struct unlock_view {
    struct view view;
    bool changes; /* goes on to set a PIN */
    int needs;    /* goes on until this level is open; 0: any will do */
    enum step step;
    int level;              /* whose PIN is set */
    struct text pin;        /* as typed */
    struct text wanted;     /* the new one, typed first */
    struct text wrong;      /* why the last one was not taken; "" */
    enum pin_answer answer; /* that `wrong` tells */
    int64_t seconds;        /* it says how long to wait; 0: it does not */
};

void pin_init(struct text *pin)
{
    text_init(pin);
    text_reserve(pin, PIN_BYTES + UTF8_MAX);
}

void pin_release(struct text *pin)
{
    seal_wipe_text(pin);
}

static void forget(struct text *pin)
{
    seal_wipe(pin->bytes, pin->room);
    text_clear(pin);
}

void unlock_explain(enum lang lang, enum pin_answer answer, int64_t wait_ms, struct text *out)
{
    static const enum message says[] = {
        [PIN_RIGHT] = MSG_UNLOCK_DONE,  [PIN_WRONG] = MSG_UNLOCK_WRONG,
        [PIN_WAIT] = MSG_UNLOCK_WAIT,   [PIN_NONE] = MSG_UNLOCK_NONE,
        [PIN_SHORT] = MSG_UNLOCK_SHORT, [PIN_SIMPLE] = MSG_UNLOCK_SIMPLE,
        [PIN_TAKEN] = MSG_UNLOCK_TAKEN, [PIN_NOT_YOURS] = MSG_UNLOCK_NOT_YOURS,
    };
    struct text seconds = TEXT_INIT, count = TEXT_INIT;
    number_format(&seconds, (wait_ms + 999) / 1000);
    number_format(&count, PIN_MIN_CHARACTERS);
    message_format(out, lang, says[answer], "seconds", seconds.bytes, "count", count.bytes, NULL);
    if (answer == PIN_WRONG && wait_ms > 0) {
        text_addc(out, ' ');
        message_format(out, lang, MSG_UNLOCK_WAIT, "seconds", seconds.bytes, NULL);
    }
    text_release(&seconds);
    text_release(&count);
}

/* --- drawing
 * ---------------------------------------------------------------------------------------- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct unlock_view *v = (const struct unlock_view *)view;
    text_adds(out, message_get(x->lang, v->changes || v->step != STEP_UNLOCK ? MSG_UNLOCK_PIN_TITLE
                                                                             : MSG_UNLOCK_TITLE));
}

static enum message explanation(const struct unlock_view *v)
{
    switch (v->step) {
    case STEP_UNLOCK:
        return MSG_UNLOCK_ASK;
    case STEP_LEVEL:
        return MSG_UNLOCK_WHOSE;
    case STEP_NEW:
        return v->level == LEVEL_OFFICIALS ? MSG_UNLOCK_NEW_OFFICIALS : MSG_UNLOCK_NEW_FOCAL;
    case STEP_AGAIN:
        return MSG_UNLOCK_AGAIN;
    }
    return MSG_UNLOCK_ASK;
}

static size_t characters(const struct text *pin)
{
    size_t count = 0;
    for (size_t i = 0; i < pin->len; count++) {
        char32_t cp;
        i += utf8_decode(pin->bytes + i, pin->len - i, &cp);
    }
    return count;
}

static void draw_pin(const struct unlock_view *v, const struct context *x, struct canvas *c,
                     int row)
{
    enum { BULLET = 0x2022, BOX = 34 };
    const char *label = message_get(x->lang, MSG_UNLOCK_PIN);
    int width = canvas_measures(c, label), column = 2 + width + 1;
    int room = c->columns - column - 2 < BOX ? c->columns - column - 2 : BOX;
    int shown = (int)characters(&v->pin);
    if (shown > room - 1)
        shown = room - 1;
    canvas_puts(c, row, 2, width, STYLE_STRONG, label);
    canvas_fill(c, row, column, room, STYLE_SELECTED, 0);
    canvas_fill(c, row, column, shown, STYLE_SELECTED, BULLET);
    canvas_cursor(c, row, column + shown);
}

static void draw_levels(const struct unlock_view *v, const struct context *x, struct canvas *c,
                        int row)
{
    for (int level = 1; level < LEVEL_COUNT; level++, row++) {
        bool marked = level == v->level;
        enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
        canvas_fill(c, row, 0, c->columns, style, 0);
        if (marked)
            canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
        canvas_puts(c, row, 3, c->columns - 4, style,
                    message_get(x->lang, level == LEVEL_OFFICIALS ? MSG_UNLOCK_OF_OFFICIALS
                                                                  : MSG_UNLOCK_OF_FOCAL));
    }
}

/* Text from the row on; the row behind it. */
static int draw_text(const struct context *x, struct canvas *c, int row, int bottom,
                     enum style style, const char *text)
{
    struct sheet s;
    sheet_init(&s, c->columns - 4);
    s.ruler = x->lettering.ruler;
    sheet_text(&s, 0, style, text);
    if (row < bottom)
        sheet_draw(&s, c, row, 2, bottom - row, 0);
    row += (int)s.count;
    sheet_release(&s);
    return row;
}

/* What is typed and what was wrong with it stand first: a small window shows at least those. */
static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct unlock_view *v = (const struct unlock_view *)view;
    int row = top + 1;
    if (v->step == STEP_LEVEL)
        draw_levels(v, x, c, row);
    else
        draw_pin(v, x, c, row);
    row += v->step == STEP_LEVEL ? LEVEL_COUNT - 1 : 1;
    row = draw_text(x, c, row, bottom, STYLE_WARNING, v->wrong.bytes) + 1;
    row = draw_text(x, c, row, bottom, STYLE_NORMAL, message_get(x->lang, explanation(v)));
    if (v->step == STEP_NEW)
        (void)draw_text(x, c, row, bottom, STYLE_WARNING,
                        message_get(x->lang, MSG_UNLOCK_FORGOTTEN));
}

/* --- what happens
 * ----------------------------------------------------------------------------------- */

static void go(struct unlock_view *v, enum step step)
{
    v->step = step;
    forget(&v->pin);
    text_clear(&v->wrong);
}

static void complain(struct unlock_view *v, const struct context *x, enum pin_answer answer)
{
    int64_t wait = 0;
    forget(&v->pin);
    text_clear(&v->wrong);
    if (restricted_wait(x->db, &wait) != STATUS_OK)
        wait = 0;
    unlock_explain(x->lang, answer, wait, &v->wrong);
    v->answer = answer;
    v->seconds = (wait + 999) / 1000;
}

/* The wait counts down; once it is over the box is as it was. */
static bool tick(struct view *view, const struct context *x, int64_t ms)
{
    struct unlock_view *v = (struct unlock_view *)view;
    int64_t wait = 0;
    (void)ms;
    if (v->seconds == 0 || v->wrong.len == 0)
        return false;
    if (restricted_wait(x->db, &wait) != STATUS_OK || (wait + 999) / 1000 == v->seconds)
        return false;
    v->seconds = (wait + 999) / 1000;
    text_clear(&v->wrong);
    if (v->seconds > 0)
        unlock_explain(x->lang, v->answer, wait, &v->wrong);
    return true;
}

static void complain_failed(struct unlock_view *v, const struct context *x, enum status status)
{
    forget(&v->pin);
    v->seconds = 0;
    text_clear(&v->wrong);
    message_format(&v->wrong, x->lang,
                   status == STATUS_CORRUPT ? MSG_UNLOCK_DAMAGED : MSG_UNLOCK_FAILED, "detail",
                   db_error(x->db), NULL);
}

static unsigned leave(const struct context *x, enum message says)
{
    app_reload(x->app);
    app_say(x->app, STYLE_NORMAL, message_get(x->lang, says));
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static bool has_pin(struct db *db, int level)
{
    bool has = false;
    return restricted_has_pin(db, level, &has) != STATUS_OK || has;
}

/* It is open, but not as far as needed: by the PIN of that level, or a first one for it. */
static void go_on(struct unlock_view *v, const struct context *x)
{
    if (has_pin(x->db, v->needs)) {
        complain(v, x, PIN_NOT_YOURS);
        return;
    }
    v->level = v->needs;
    go(v, STEP_NEW);
}

static unsigned try_unlock(struct unlock_view *v, const struct context *x)
{
    enum pin_answer answer;
    enum status status = restricted_unlock(x->db, v->pin.bytes, v->pin.len, &answer);
    if (status != STATUS_OK) {
        complain_failed(v, x, status);
    } else if (answer != PIN_RIGHT) {
        complain(v, x, answer);
    } else if (v->needs > restricted_level(x->db)) {
        go_on(v, x);
    } else if (!v->changes) {
        return leave(x, MSG_UNLOCK_DONE);
    } else {
        v->level = restricted_level(x->db);
        go(v, STEP_LEVEL);
    }
    return OUTCOME_HANDLED;
}

static unsigned set_pin(struct unlock_view *v, const struct context *x)
{
    bool same = v->pin.len == v->wanted.len;
    for (size_t i = 0; same && i < v->pin.len; i++)
        same = v->pin.bytes[i] == v->wanted.bytes[i];
    if (!same) {
        go(v, STEP_NEW);
        text_adds(&v->wrong, message_get(x->lang, MSG_UNLOCK_DIFFERENT));
        return OUTCOME_HANDLED;
    }
    enum pin_answer answer;
    enum status status = restricted_set_pin(x->db, v->level, v->pin.bytes, v->pin.len, &answer);
    if (status == STATUS_OK && answer == PIN_RIGHT)
        return leave(x, MSG_UNLOCK_SET);
    v->step = STEP_NEW;
    if (status == STATUS_OK)
        complain(v, x, answer);
    else
        complain_failed(v, x, status);
    return OUTCOME_HANDLED;
}

/* Asks once more for a new PIN that would do. */
static void take_new(struct unlock_view *v, const struct context *x)
{
    enum pin_answer answer = restricted_judge_pin(v->pin.bytes, v->pin.len);
    if (answer != PIN_RIGHT) {
        complain(v, x, answer);
        return;
    }
    forget(&v->wanted);
    text_add(&v->wanted, v->pin.bytes, v->pin.len);
    go(v, STEP_AGAIN);
}

static unsigned take(struct unlock_view *v, const struct context *x)
{
    switch (v->step) {
    case STEP_UNLOCK:
        return try_unlock(v, x);
    case STEP_LEVEL:
        go(v, STEP_NEW);
        return OUTCOME_HANDLED;
    case STEP_NEW:
        take_new(v, x);
        return OUTCOME_HANDLED;
    case STEP_AGAIN:
        return set_pin(v, x);
    }
    return OUTCOME_HANDLED;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct unlock_view *v = (struct unlock_view *)view;
    switch (command) {
    case COMMAND_SAVE:
    case COMMAND_OPEN:
        return take(v, x);
    case COMMAND_DELETE_BACK:
        if (v->pin.len > 0)
            text_truncate(&v->pin, khmer_syllable_before(v->pin.bytes, v->pin.len, v->pin.len));
        break;
    case COMMAND_CLEAR_TEXT:
        forget(&v->pin);
        break;
    case COMMAND_UP:
    case COMMAND_DOWN:
        if (v->step == STEP_LEVEL)
            v->level = LEVEL_COUNT - v->level;
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
    case COMMAND_HOME:
    case COMMAND_END:
    case COMMAND_DELETE:
    case COMMAND_NEXT_PANE:
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned type(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct unlock_view *v = (struct unlock_view *)view;
    (void)x;
    text_clear(&v->wrong);
    if (v->step != STEP_LEVEL && v->pin.len + len <= PIN_BYTES)
        text_add(&v->pin, s, len);
    return OUTCOME_HANDLED;
}

static void close_unlock(struct view *view)
{
    struct unlock_view *v = (struct unlock_view *)view;
    pin_release(&v->pin);
    pin_release(&v->wanted);
    text_release(&v->wrong);
    free(v);
}

static struct unlock_view *new_view(void)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_ASK,
        .takes_text = true,
        .title = title,
        .draw = draw,
        .command = run,
        .text = type,
        .tick = tick,
        .close = close_unlock,
    };
    struct unlock_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->level = LEVEL_OFFICIALS;
    pin_init(&v->pin);
    pin_init(&v->wanted);
    text_init(&v->wrong);
    return v;
}

bool unlock_has_pin(struct db *db)
{
    return has_pin(db, LEVEL_OFFICIALS) || has_pin(db, LEVEL_FOCAL_PERSON);
}

struct view *unlock_new(const struct context *x)
{
    return unlock_for(x, LEVEL_PUBLIC);
}

struct view *unlock_for(const struct context *x, int level)
{
    struct unlock_view *v = new_view();
    v->needs = level;
    if (level > LEVEL_PUBLIC)
        v->level = level;
    if (!unlock_has_pin(x->db) ||
        (level > restricted_level(x->db) && restricted_level(x->db) > LEVEL_PUBLIC &&
         !has_pin(x->db, level)))
        v->step = STEP_NEW;
    return &v->view;
}

struct view *pin_new(const struct context *x)
{
    struct unlock_view *v = new_view();
    v->changes = true;
    if (!unlock_has_pin(x->db))
        v->step = STEP_LEVEL;
    return &v->view;
}
