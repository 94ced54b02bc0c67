/* For tests of drafts: the app with a folder of drafts of its own, left and begun again. */
#ifndef TESTS_TUI_KEPT_H
#define TESTS_TUI_KEPT_H

#include "tests/tui/screen.h"

#include "tui/form_view.h"

static const struct person approver = {
    .name = "Sok Dara", .office = "WCCC", .role = VALUE_ROLE_APPROVER};

struct kept {
    struct screen screen;
    char folder[512];
};

static inline void begin_app(struct kept *k, enum lang lang)
{
    struct app_options options = {.lang = lang,
                                  .now = test_now,
                                  .file = k->screen.path,
                                  .drafts = k->folder,
                                  .person = approver};
    k->screen.app = app_new(k->screen.db, &options);
    app_resize(k->screen.app, 24, 80);
    app_set_person(k->screen.app, &approver);
}

static inline void open_kept(struct kept *k, enum lang lang)
{
    const char *tmp = getenv("TMPDIR");
    screen_open(&k->screen, lang, 24, 80);
    app_free(k->screen.app);
    snprintf(k->folder, sizeof k->folder, "%s/drafts-%d/in/here", tmp ? tmp : "/tmp",
             (int)getpid());
    begin_app(k, lang);
}

static inline void close_kept(struct kept *k)
{
    char command[600];
    screen_close(&k->screen);
    snprintf(command, sizeof command, "rm -rf '%s'", k->folder);
    assert_int_equal(system(command), 0);
}

/* As after a crash: the app goes without a word, a new one begins on the same files. */
static inline void begin_again(struct kept *k, enum lang lang)
{
    app_free(k->screen.app);
    begin_app(k, lang);
}

static inline void type_into(struct form_data *d, struct box *b, const char *s)
{
    edit_set(&b->edit, s, strlen(s));
    form_box_read(d, b);
}

#endif
