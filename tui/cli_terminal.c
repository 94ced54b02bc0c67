/* `cpdir terminal`: what this terminal is, how Khmer is drawn on it, why, and what would be better.
 * Asks the terminal the program was started from, wherever its output goes. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/cli.h"
#include "tui/stage.h"

static void say(const struct cli *c, enum message label, const char *value)
{
    const char *unknown = message_get(c->io->lang, MSG_TERMINAL_UNKNOWN);
    fprintf(c->io->out, "%s: %s\n", message_get(c->io->lang, label), *value ? value : unknown);
}

static void say_message(const struct cli *c, enum message label, enum message value)
{
    say(c, label, message_get(c->io->lang, value));
}

static void say_name(const struct cli *c, const struct facts *f)
{
    struct text name = TEXT_INIT;
    const char *term = getenv("TERM");
    text_adds(&name, terminal_brand_name(f->brand));
    if (*f->answers.version)
        text_addf(&name, "%s%s", name.len ? ", " : "", f->answers.version);
    text_addf(&name, "%sTERM=%s", name.len ? ", " : "", term ? term : "");
    say(c, MSG_TERMINAL_NAME, name.bytes);
    text_release(&name);
}

static void say_answers(const struct cli *c, const struct facts *f)
{
    const struct answers *a = &f->answers;
    const char *yes = message_get(c->io->lang, MSG_TERMINAL_YES);
    const char *no = message_get(c->io->lang, MSG_TERMINAL_NO);
    struct text line = TEXT_INIT;
    if (!a->answered) {
        say_message(c, MSG_TERMINAL_ANSWERS, MSG_TERMINAL_NO_ANSWER);
        return;
    }
    text_addf(&line, "%d ms, DA1 %s, sixel: %s, kitty graphics: %s", a->ms, a->attributes,
              a->sixel ? yes : no, a->kitty ? yes : no);
    say(c, MSG_TERMINAL_ANSWERS, line.bytes);
    text_release(&line);
}

static void add_colour(struct text *out, bool known, struct colour k)
{
    if (known)
        text_addf(out, "%s#%02x%02x%02x", out->len ? ", " : "", k.red, k.green, k.blue);
}

static void say_cells(const struct cli *c, const struct facts *f)
{
    const struct answers *a = &f->answers;
    struct text width = TEXT_INIT, height = TEXT_INIT, line = TEXT_INIT;
    text_addf(&width, "%d", f->cell_width);
    text_addf(&height, "%d", f->cell_height);
    if (f->cell_width > 0)
        message_format(&line, c->io->lang, MSG_TERMINAL_PIXELS, "width", width.bytes, "height",
                       height.bytes, NULL);
    say(c, MSG_TERMINAL_CELL, line.bytes);
    text_clear(&line);
    add_colour(&line, a->has_ink, a->palette.ink);
    add_colour(&line, a->has_paper, a->palette.paper);
    say(c, MSG_TERMINAL_COLOURS, line.bytes);
    text_release(&width);
    text_release(&height);
    text_release(&line);
}

/* Some Khmer is written and the terminal asked where its cursor went. */
static void say_width(const struct cli *c, const struct facts *f, int tty)
{
    struct probe p;
    probe_init(&p);
    if (f->answers.answered)
        probe_run(&p, tty, tty, PROBE_ASK_WIDTHS, NULL);
    int vowel = p.answers.widths[0], subscript = p.answers.widths[1];
    enum message rule = vowel == 2 && subscript == 2   ? MSG_TERMINAL_WIDTH_WCWIDTH
                        : vowel == 1 && subscript == 2 ? MSG_TERMINAL_WIDTH_MARKS
                        : vowel == 1 && subscript == 1 ? MSG_TERMINAL_WIDTH_CLUSTER
                                                       : MSG_TERMINAL_UNKNOWN;
    say_message(c, MSG_TERMINAL_WIDTH, rule);
    probe_release(&p);
}

/* The font pictures are or would be drawn with. */
static void say_font(const struct cli *c)
{
    enum { ANY_WIDTH = 10, ANY_HEIGHT = 20 };
    struct shaper *shaper;
    struct text line = TEXT_INIT;
    if (shaper_open(ANY_WIDTH, ANY_HEIGHT, &shaper) == STATUS_OK) {
        text_addf(&line, "%s (%s)", shaper_font_name(shaper), shaper_font_file(shaper));
        shaper_close(shaper);
    }
    if (line.len > 0)
        say(c, MSG_TERMINAL_FONT, line.bytes);
    else
        say_message(c, MSG_TERMINAL_FONT, MSG_TERMINAL_NO);
    text_release(&line);
}

static void say_choice(const struct cli *c, const struct stage *s)
{
    const char *wanted = getenv("CPDIR_SCRIPT");
    enum script script = stage_script(s);
    if (wanted && script_parse(wanted, &script) != STATUS_OK)
        script = stage_script(s);
    struct text line = TEXT_INIT;
    text_addf(&line, "%s: %s", painter_get(s->painter)->name,
              message_get(c->io->lang, painter_message(s->painter)));
    say(c, MSG_TERMINAL_PAINTER, line.bytes);
    say_message(c, MSG_TERMINAL_WHY,
                s->painter == s->verdict.painter ? s->verdict.why : MSG_WHY_CHOSEN);
    say(c, MSG_TERMINAL_SCRIPT, script_name(script));
    say_message(c, MSG_TERMINAL_ADVICE, s->verdict.advice);
    text_release(&line);
}

int cli_terminal(struct cli *c)
{
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_TERMINAL, PROBLEM_PLAIN);
    const char *painter = c->request->options[OPTION_PAINTER];
    struct text typed = TEXT_INIT, nothing = TEXT_INIT;
    struct stage stage;
    stage_open(&stage, tty, tty, painter ? painter : getenv("CPDIR_PAINTER"), NULL, &typed);
    say_name(c, &stage.facts);
    say_answers(c, &stage.facts);
    say_cells(c, &stage.facts);
    say_width(c, &stage.facts, tty);
    say_font(c);
    say_choice(c, &stage);
    stage_close(&stage, &nothing);
    text_release(&typed);
    text_release(&nothing);
    close(tty);
    return EXIT_DONE;
}
