/* cpdir: reads the command line, chooses the language and hands over to a command, the line mode or
 * the screens. Nothing slow may happen here: most of the start-up time is what this file calls. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tui/cli.h"
#include "tui/plain.h"
#include "tui/screens.h"
#include "tui/theme.h"

static int read_theme(const struct console *io, const struct request *request,
                      enum theme *ret_theme)
{
    const char *name = request->options[OPTION_THEME];
    *ret_theme = theme_default();
    if (!name || !theme_parse(name, ret_theme))
        return EXIT_DONE;
    return problem_tell(
        io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
        PROBLEM({"option", "--theme"}, {"value", name}, {"list", "colour, mono, contrast"}));
}

/* How the person wants Khmer to be put on the screen. */
struct wish {
    const char *painter; /* name; NULL: whatever does best */
    bool has_script;
    enum script script;
};

/* An option that is no name is refused; a variable of the environment that is none is left out. */
static int read_wish(const struct console *io, const struct request *request, struct wish *ret_wish)
{
    const char *script = request->options[OPTION_SCRIPT];
    const char *painter = request->options[OPTION_PAINTER], *variable = getenv("CPDIR_SCRIPT");
    enum painter_id id;
    struct wish w = {.painter = painter ? painter : getenv("CPDIR_PAINTER")};
    if (script || variable)
        w.has_script = script_parse(script ? script : variable, &w.script) == STATUS_OK;
    if (script && !w.has_script)
        return problem_tell(
            io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "--script"}, {"value", script}, {"list", "km, both, latin"}));
    if (painter && strcmp(painter, "auto") && painter_parse(painter, &id) != STATUS_OK)
        return problem_tell(io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
                            PROBLEM({"option", "--painter"}, {"value", painter},
                                    {"list", "auto, text, konsole, osc66, kitty, sixel"}));
    *ret_wish = w;
    return EXIT_DONE;
}

/* Where only Latin letters can be read, messages are English, unless Khmer was asked for. */
static enum lang readable(const struct console *io, const struct request *request,
                          enum script script)
{
    return script == SCRIPT_LATIN && !request_lang_chosen(request) ? LANG_EN : io->lang;
}

/* The screens, or the line mode where it is wanted or the terminal can do no more. */
static int run_directory(const struct console *io, const struct request *request)
{
    struct app_options options = {.lang = io->lang};
    struct directory directory;
    enum db_set set = cli_set_wanted(request);
    struct term *term = NULL;
    struct wish wish = {0};
    int code = read_theme(io, request, &options.theme);
    if (!code)
        code = read_wish(io, request, &wish);
    if (code)
        return code;
    code = directory_open(io, request->options[OPTION_DB], set, &directory);
    bool screens =
        !code && !request->options[OPTION_PLAIN] && !term_open(options.theme, wish.painter, &term);
    struct console console = *io;
    if (!code) {
        options.script = wish.has_script ? wish.script
                         : screens       ? stage_script(term_stage(term))
                                         : SCRIPT_KM;
        options.lang = console.lang = readable(io, request, options.script);
    }
    if (screens)
        screens_run(&console, request->options[OPTION_DB], &directory, term, &options);
    else if (!code)
        code = plain_run(&console, &directory, options.script);
    directory_close(&directory);
    return code;
}

static int run(const struct console *io, const struct request *request)
{
    if (request->options[OPTION_HELP])
        cli_help(io, request);
    else if (request->options[OPTION_VERSION])
        fprintf(io->out, "cpdir %s\n", CPDIR_VERSION);
    else if (request->command)
        return cli_run(io, request);
    else
        return run_directory(io, request);
    return EXIT_DONE;
}

/* What was written must have arrived: a full disk is not silence. */
static int finish(const struct console *io, int code)
{
    if (!fflush(io->out) && !ferror(io->out))
        return code;
    return problem_tell(io, EXIT_DATABASE, MSG_PROBLEM_OUTPUT, PROBLEM_PLAIN);
}

int main(int argc, char **argv)
{
    struct console io = {request_lang(argc, argv), stdin, stdout, stderr};
    struct request request;
    size_t count;
    (void)width_init();
    (void)signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a full disk, not a crash */
    const struct command_rule *commands = cli_commands(&count);
    int code = request_parse(&io, argc, argv, commands, count, &request);
    if (!code)
        code = run(&io, &request);
    request_release(&request);
    return finish(&io, code);
}
