/* One app after the other; see screens.h. Knows nothing of views and keys. */
#include "tui/screens.h"

#include <stdlib.h>
#include <string.h>

#include "tui/course.h"
#include "tui/draft.h"
#include "tui/identity.h"
#include "tui/loop.h"

struct screens {
    const struct console *io;
    const char *given; /* --db, which names the file of the set `first` */
    enum db_set first;
    struct directory *directory;
    struct term *term;
    struct app_options options;
    struct app *app;
    struct course course; /* scenarios and how they went: outlasts a fresh lesson */
};

static void start(struct screens *s)
{
    struct app_options *o = &s->options;
    o->training = directory_is_training(s->directory);
    o->read_only = s->directory->read_only;
    o->person = o->training ? identity_trainee(o->lang) : identity_now();
    o->now = directory_now;
    o->clock = s->directory;
    o->ruler = stage_ruler(term_stage(s->term));
    o->file = s->directory->path;
    o->course = &s->course;
    s->app = app_new(s->directory->db, o);
    if (o->training)
        app_say(s->app, STYLE_NORMAL, message_get(o->lang, MSG_TRAINING_BEGIN));
}

static void stop(struct screens *s)
{
    app_keep_options(s->app, &s->options);
    app_free(s->app);
    s->app = NULL;
    directory_close(s->directory);
}

/* Opens the directory of the set. What it has to tell goes to `said`, not to the terminal that
 * shows the screens. */
static int open_set(const struct screens *s, enum db_set set, struct directory *ret_directory,
                    struct text *said)
{
    char *bytes = NULL;
    size_t len = 0;
    struct console quiet = *s->io;
    quiet.lang = s->options.lang;
    FILE *held = open_memstream(&bytes, &len);
    if (held)
        quiet.err = held;
    int code = directory_open(&quiet, set == s->first ? s->given : NULL, set, ret_directory);
    if (held)
        fclose(held);
    size_t name = held && !strncmp(bytes, "cpdir: ", 7) ? 7 : 0; /* as on standard error */
    text_add(said, held ? bytes + name : "", held ? strcspn(bytes + name, "\n") : 0);
    free(bytes);
    return code;
}

/* To the other directory; where that cannot be opened the person stays in this one. */
static bool change_set(struct screens *s, struct text *said)
{
    bool training = directory_is_training(s->directory);
    struct directory next = {0};
    int code = open_set(s, training ? DB_REAL : DB_TRAINING, &next, said);
    directory_close(&next);
    if (code)
        return false;
    stop(s);
    text_clear(said);
    return !open_set(s, training ? DB_REAL : DB_TRAINING, s->directory, said);
}

static bool reset(struct screens *s, struct text *said)
{
    struct text detail = TEXT_INIT;
    char *path = mem_strdup(s->directory->path);
    stop(s);
    enum status status = directory_reset(path, &detail);
    text_adds(said, message_get(s->options.lang,
                                status == STATUS_OK ? MSG_TRAINING_FRESH_NOW : MSG_TRAINING_STALE));
    struct text ignored = TEXT_INIT;
    bool open = !open_set(s, DB_TRAINING, s->directory, &ignored);
    text_release(&ignored);
    text_release(&detail);
    free(path);
    return open;
}

/* Goes where the person wants to be next. False: the screens are to be left. */
static bool go_on(struct screens *s, enum app_next next, struct text *said)
{
    bool stays = next != APP_QUIT;
    if (next == APP_SWITCH && !change_set(s, said) && !s->app)
        stays = false;
    if (next == APP_RESET)
        stays = reset(s, said);
    if (stays && !s->app)
        start(s);
    if (stays && next == APP_RESET && s->course.loaded) /* to the next one */
        (void)app_command(s->app, COMMAND_SCENARIOS);
    return stays;
}

void screens_run(const struct console *io, const char *given, struct directory *directory,
                 struct term *term, const struct app_options *wanted)
{
    struct text drafts = TEXT_INIT, said = TEXT_INIT;
    struct screens s = {.io = io,
                        .given = given,
                        .first = db_set_of(directory->db),
                        .directory = directory,
                        .term = term,
                        .options = *wanted};
    s.options.drafts = draft_folder(&drafts) ? drafts.bytes : NULL;
    start(&s);
    if (term_stage(term)->verdict.advice == MSG_ADVICE_FONT)
        app_say(s.app, STYLE_WARNING, message_get(s.options.lang, MSG_ADVICE_FONT));
    enum app_next next;
    do {
        loop_run(s.app, term, directory->db);
        next = app_take_next(s.app);
        text_clear(&said);
        if (!go_on(&s, next, &said))
            break;
        if (said.len)
            app_say(s.app, STYLE_WARNING, said.bytes);
    } while (next != APP_QUIT);
    term_close(term);
    if (said.len && !s.app)
        fprintf(io->err, "cpdir: %s\n", said.bytes);
    app_free(s.app);
    course_release(&s.course);
    text_release(&said);
    text_release(&drafts);
}
