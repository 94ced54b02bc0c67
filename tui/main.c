/* cpdir: reads the command line, chooses the language and hands over to a command, the line mode or
 * the screens. Nothing slow may happen here: most of the start-up time is what this file calls. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "i18n/width.h"
#include "tui/app.h"
#include "tui/cli.h"
#include "tui/loop.h"
#include "tui/plain.h"
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

static void run_screens(const struct console *io, struct directory *directory, struct term *term,
                        enum theme theme)
{
    struct app_options options = {.lang = io->lang,
                                  .theme = theme,
                                  .read_only = directory->read_only,
                                  .now = directory_now,
                                  .clock = directory};
    struct app *app = app_new(directory->db, &options);
    loop_run(app, term, directory->db);
    term_close(term);
    app_free(app);
}

/* The screens, or the line mode where it is wanted or the terminal can do no more. */
static int run_directory(const struct console *io, const struct request *request)
{
    enum theme theme;
    struct directory directory;
    struct term *term = NULL;
    int code = read_theme(io, request, &theme);
    if (code)
        return code;
    code = directory_open(io, request->options[OPTION_DB], &directory);
    if (!code && !request->options[OPTION_PLAIN] && !term_open(theme, getenv("CPDIR_PAINTER"), &term))
        run_screens(io, &directory, term, theme);
    else if (!code)
        code = plain_run(io, &directory);
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
