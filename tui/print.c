/* Printing: what stands around a page, and where it goes. Knows nothing of what is on it. */
#include "tui/print.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "i18n/number.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/format.h"
#include "tui/training.h"

enum { ROW_WHERE, ROW_FILE, TO_FILE = 0, NAMES_TRIED = 100 };

struct print {
    struct text page;
    char *refused; /* a file that is there already: the next Enter replaces it */
};

/* --- the file */

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* XDG_DOCUMENTS_DIR="$HOME/Documents", as xdg-user-dirs writes it; a folder that is not there does
 * not count. */
static bool read_folder(const char *line, const char *home, struct text *out)
{
    static const char key[] = "XDG_DOCUMENTS_DIR=\"", in_home[] = "$HOME";
    const char *end;
    line += strspn(line, " \t");
    if (strncmp(line, key, strlen(key)) != 0 || !(end = strrchr(line + strlen(key), '"')))
        return false;
    line += strlen(key);
    text_clear(out);
    if (!strncmp(line, in_home, strlen(in_home))) {
        text_adds(out, home);
        line += strlen(in_home);
    }
    if (end > line)
        text_add(out, line, (size_t)(end - line));
    return out->len > 0 && *out->bytes == '/' && is_folder(out->bytes);
}

/* What the desktop calls the folder of documents; false: it does not say. */
static bool desktop_folder(const char *home, struct text *out)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    struct text path = TEXT_INIT;
    char line[4096];
    bool found = false;
    if (config && *config == '/')
        text_addf(&path, "%s/user-dirs.dirs", config);
    else
        text_addf(&path, "%s/.config/user-dirs.dirs", home);
    FILE *file = fopen(path.bytes, "r");
    while (file && !found && fgets(line, sizeof line, file))
        found = read_folder(line, home, out);
    if (file)
        fclose(file);
    text_release(&path);
    return found;
}

/* Where documents go: $XDG_DOCUMENTS_DIR, the desktop's folder of documents, ~/Documents where it
 * is there, the home folder; without a home where the program was started. */
void print_folder(struct text *out)
{
    const char *folder = getenv("XDG_DOCUMENTS_DIR"), *home = getenv("HOME");
    char here[4096];
    bool has_home = home && *home == '/';
    if (folder && *folder == '/') {
        text_adds(out, folder);
    } else if (has_home && desktop_folder(home, out)) {
        return;
    } else if (has_home) {
        text_clear(out);
        text_addf(out, "%s/Documents", home);
        if (!is_folder(out->bytes))
            text_truncate(out, strlen(home));
    } else {
        text_adds(out, getcwd(here, sizeof here) ? here : ".");
    }
}

/* A file name that is not taken: cpdir-0702-2026-07-01.txt, then ...-2.txt. */
static void suggest(const struct context *x, const char *area, struct text *out)
{
    struct text stem = TEXT_INIT;
    print_folder(&stem);
    text_adds(&stem, app_is_training(x->app) ? "/cpdir-training-" : "/cpdir-");
    if (*area)
        text_addf(&stem, "%s-", area);
    date_iso(&stem, date_from_time(x->now(x->clock)));
    for (int n = 1; n < NAMES_TRIED; n++) {
        text_clear(out);
        text_adds(out, stem.bytes);
        if (n > 1)
            text_addf(out, "-%d", n);
        text_adds(out, ".txt");
        if (access(out->bytes, F_OK) != 0)
            break;
    }
    text_release(&stem);
}

/* The path meant by what was typed: "~/" is the home directory. */
static char *path_of(const char *typed)
{
    struct text path = TEXT_INIT;
    const char *home = getenv("HOME");
    if (typed[0] == '~' && typed[1] == '/' && home) {
        text_adds(&path, home);
        typed++;
    }
    text_adds(&path, typed);
    return text_take(&path);
}

static bool write_all(int fd, const struct text *page)
{
    for (size_t at = 0; at < page->len;) {
        ssize_t did = write(fd, page->bytes + at, page->len - at);
        if (did < 0 && errno == EINTR)
            continue;
        if (did <= 0)
            return false;
        at += (size_t)did;
    }
    return true;
}

/* 0, or the error number; EEXIST where it is there and may not be replaced. */
static int write_file(const char *path, const struct text *page, bool replace)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (replace ? O_TRUNC : O_EXCL), 0600);
    if (fd < 0)
        return errno;
    errno = 0;
    bool done = write_all(fd, page) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && done)
        return errno;
    return done ? 0 : error ? error : EIO;
}

/* --- the printer */

/* Whether there is an lp on the PATH. */
static bool has_printer(void)
{
    const char *path = getenv("PATH");
    struct text file = TEXT_INIT;
    bool found = false;
    while (path && *path && !found) {
        size_t len = strcspn(path, ":");
        text_clear(&file);
        text_add(&file, path, len);
        text_adds(&file, "/lp");
        found = len > 0 && access(file.bytes, X_OK) == 0;
        path += len + (path[len] == ':');
    }
    text_release(&file);
    return found;
}

static void become_lp(int in)
{
    int nothing = open("/dev/null", O_WRONLY);
    dup2(in, STDIN_FILENO);
    if (nothing >= 0) {
        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
    }
    execlp("lp", "lp", (char *)NULL);
    _exit(127);
}

/* Hands the page to lp and waits until it has taken it. */
static bool print_page(const struct text *page)
{
    int ends[2], status = 0;
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        become_lp(ends[0]);
    }
    close(ends[0]);
    struct sigaction quiet = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &quiet, &before);
    bool done = child > 0 && write_all(ends[1], page);
    close(ends[1]);
    sigaction(SIGPIPE, &before, NULL);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return done && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* --- the form */

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct print *p = state;
    (void)p;
    sheet_text(s, 0, STYLE_NORMAL, message_get(x->lang, MSG_PRINT_WHY));
}

static void complain(struct ask *a, const struct context *x, enum message words, const char *file,
                     const char *why)
{
    struct text line = TEXT_INIT;
    message_format(&line, x->lang, words, "file", file, "why", why, NULL);
    ask_complain(a, ROW_FILE, line.bytes);
    text_release(&line);
}

static unsigned save_file(struct print *p, const struct context *x, struct ask *a)
{
    char *path = path_of(ask_text(a, ROW_FILE));
    bool replace = p->refused && strcmp(p->refused, path) == 0;
    int error = *path ? write_file(path, &p->page, replace) : ENOENT;
    free(p->refused);
    p->refused = NULL;
    if (error == EEXIST) {
        complain(a, x, MSG_PRINT_EXISTS, path, "");
        p->refused = path;
        return OUTCOME_HANDLED;
    }
    if (error) {
        complain(a, x, MSG_PRINT_FAILED, path, strerror(error));
        free(path);
        return OUTCOME_HANDLED;
    }
    struct text line = TEXT_INIT;
    message_format(&line, x->lang, MSG_PRINT_WRITTEN, "file", path, NULL);
    app_say(x->app, STYLE_NORMAL, line.bytes);
    text_release(&line);
    free(path);
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    struct print *p = state;
    if (ask_choice(a, ROW_WHERE) == TO_FILE)
        return save_file(p, x, a);
    if (!print_page(&p->page)) {
        ask_complain(a, ROW_WHERE, message_get(x->lang, MSG_PRINT_NO_PRINTER));
        return OUTCOME_HANDLED;
    }
    app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_PRINT_SENT));
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static void release(void *state)
{
    struct print *p = state;
    text_release(&p->page);
    free(p->refused);
    free(p);
}

void print_heading(const struct context *x, const struct view *of, struct text *out)
{
    const struct person *person = app_person(x->app);
    struct text day = TEXT_INIT;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_APP_TITLE));
    of->ops->title(of, x, out);
    text_addc(out, '\n');
    format_day(&day, date_days(date_from_time(x->now(x->clock))));
    bool known = *person->name;
    message_format(out, x->lang, known ? MSG_PRINT_DAY_BY : MSG_PRINT_DAY, "day", day.bytes, "name",
                   known ? person->name : "", NULL);
    text_adds(out, "\n\n");
    text_release(&day);
}

struct view *print_new(const struct context *x, const char *area, const struct text *page)
{
    static const struct ask_ops ops = {MSG_COMMAND_PRINT, head, NULL, save, release};
    static const enum message where[] = {MSG_PRINT_TO_FILE, MSG_PRINT_TO_PRINTER};
    struct print *p = mem_zalloc(1, sizeof *p);
    struct text file = TEXT_INIT;
    text_init(&p->page);
    if (app_is_training(x->app))
        training_mark_page(x->lang, &p->page, page->bytes, page->len);
    else
        text_add(&p->page, page->bytes, page->len);
    suggest(x, area, &file);
    struct ask *a = ask_new(&ops, p);
    ask_add_choice(a, MSG_PRINT_WHERE, where, has_printer() ? 2 : 1, TO_FILE);
    ask_add_text(a, MSG_PRINT_FILE, file.bytes);
    text_release(&file);
    return ask_view(a);
}
