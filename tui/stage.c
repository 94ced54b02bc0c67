/* Choosing a painter and keeping it at work; see stage.h. */
#include "tui/stage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
    WORTH_BYTES = 4096, /* shorter frames say nothing about the link */
    SLOW_RATE = 60,     /* bytes a ms: 480 kbit/s */
    SLOW_MS = 250,      /* that a person notices */
    QUICK_RATE = 600,
    FRAMES_BEFORE_CHANGE = 3 /* one may be the terminal's own hiccup */
};

static const char *environment(const char *name)
{
    return getenv(name);
}

static void judge(struct stage *s, int out, const struct answers *answers)
{
    struct winsize size = {0};
    if (ioctl(out, TIOCGWINSZ, &size) != 0)
        size = (struct winsize){0};
    terminal_judge(answers, environment, size.ws_row, size.ws_col, size.ws_xpixel, size.ws_ypixel,
                   &s->facts);
}

static int ruler_columns(void *state, const char *s, size_t len, int columns)
{
    struct easel *e = state;
    return e->painter->columns(e, s, len, columns);
}

static int ruler_reach(void *state, const char *s, size_t len, int columns, size_t at)
{
    struct easel *e = state;
    return e->painter->reach(e, s, len, columns, at);
}

static enum status take(struct stage *s, enum painter_id id)
{
    const struct facts *f = &s->facts;
    struct easel easel;
    enum status status = easel_open(id, &f->answers.palette, f->cell_width, f->cell_height, &easel);
    if (status != STATUS_OK)
        return status;
    s->easel = easel;
    s->easel.rows_from_one = f->brand == BRAND_KITTY;
    s->painter = id;
    s->easel.under = easel.painter->pixels && terminal_copies_under(f->brand);
    s->ruler = (struct ruler){ruler_columns, ruler_reach, &s->easel};
    return STATUS_OK;
}

/* The table's painter; what it lacks here becomes a fact, and the table is asked again. */
static void take_best(struct stage *s)
{
    for (;;) {
        s->verdict = terminal_decide(&s->facts);
        enum status status = take(s, s->verdict.painter);
        if (status == STATUS_OK)
            return;
        if (status == STATUS_NOT_FOUND)
            s->facts.font = false;
        else
            s->facts.cell_width = s->facts.cell_height = 0;
    }
}

void stage_open(struct stage *s, int in, int out, const char *wanted, bool (*stop)(void),
                struct text *typed)
{
    struct probe p;
    enum painter_id id;
    *s = (struct stage){.painter = PAINTER_TEXT};
    s->remote = environment("SSH_CONNECTION") || environment("SSH_TTY");
    probe_init(&p);
    s->broken = probe_run(&p, in, out, terminal_questions(environment), stop);
    text_add(typed, p.typed.bytes, p.typed.len);
    judge(s, out, &p.answers);
    probe_release(&p);
    take_best(s);
    if (!wanted || painter_parse(wanted, &id) != STATUS_OK || id == s->painter)
        return;
    struct text nothing = TEXT_INIT; /* the table's painter has not begun yet */
    struct easel best = s->easel;
    if (take(s, id) == STATUS_OK)
        easel_close(&best, &nothing);
    text_release(&nothing);
}

void stage_close(struct stage *s, struct text *out)
{
    easel_close(&s->easel, out);
}

/* What can be chosen by the key: nothing that is known to go wrong. */
static bool can_work(const struct facts *f, enum painter_id id)
{
    switch (id) {
    case PAINTER_KONSOLE:
        return f->brand == BRAND_KONSOLE;
    case PAINTER_OSC66:
        return f->brand == BRAND_KITTY && f->version >= 4000;
    case PAINTER_KITTY:
        return f->answers.kitty;
    case PAINTER_SIXEL:
        return f->answers.sixel && f->brand != BRAND_KONSOLE && f->brand != BRAND_TMUX &&
               f->brand != BRAND_SCREEN;
    case PAINTER_TEXT:
    case PAINTER_COUNT:
        break;
    }
    return true;
}

bool stage_next(struct stage *s, struct text *out)
{
    struct easel old = s->easel;
    for (int i = 1; i < PAINTER_COUNT; i++) {
        enum painter_id id = (enum painter_id)(((int)s->painter + i) % PAINTER_COUNT);
        if (!can_work(&s->facts, id) || take(s, id) != STATUS_OK)
            continue;
        easel_close(&old, out);
        text_adds(out, s->easel.painter->start);
        return true;
    }
    return false;
}

void stage_resize(struct stage *s, int in, int out_fd, struct text *typed, struct text *out)
{
    if (s->easel.painter->pixels && s->facts.answers.answered) {
        struct probe p;
        struct answers answers = s->facts.answers;
        bool font = s->facts.font;
        probe_init(&p);
        probe_run(&p, in, out_fd, PROBE_ASK_CELL, NULL);
        text_add(typed, p.typed.bytes, p.typed.len);
        answers.cell_width = p.answers.cell_width;
        answers.cell_height = p.answers.cell_height;
        answers.area_width = p.answers.area_width;
        answers.area_height = p.answers.area_height;
        judge(s, out_fd, &answers);
        s->facts.font = font;
        probe_release(&p);
    }
    if (easel_resize(&s->easel, s->facts.cell_width, s->facts.cell_height) == STATUS_OK)
        return;
    struct easel old = s->easel;
    if (take(s, PAINTER_TEXT) == STATUS_OK)
        easel_close(&old, out);
}

enum script stage_script(const struct stage *s)
{
    if (s->painter == s->verdict.painter)
        return s->verdict.script;
    return s->painter == PAINTER_TEXT ? SCRIPT_BOTH : SCRIPT_KM;
}

const struct ruler *stage_ruler(const struct stage *s)
{
    return s->easel.painter->ruler ? &s->ruler : NULL;
}

bool stage_note_speed(struct stage *s, size_t bytes, long ms)
{
    if (!s->remote || bytes < WORTH_BYTES)
        return false;
    size_t rate = bytes / (size_t)(ms > 0 ? ms : 1);
    bool slow = s->easel.levels == SIXEL_LEVELS_SLOW;
    bool counts = slow ? rate >= QUICK_RATE : rate <= SLOW_RATE && ms >= SLOW_MS;
    s->other_frames = counts ? s->other_frames + 1 : 0;
    if (s->other_frames < FRAMES_BEFORE_CHANGE)
        return false;
    s->other_frames = 0;
    s->easel.levels = slow ? SIXEL_LEVELS : SIXEL_LEVELS_SLOW;
    return slow;
}
