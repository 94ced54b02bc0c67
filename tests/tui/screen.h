/* For the tests of views: the app on a canvas over a fresh copy of the born directory, keys by
 * name, and comparing what is drawn with files in tests/golden. CPDIR_GOLDEN=write writes those
 * files anew. */
#ifndef TESTS_TUI_SCREEN_H
#define TESTS_TUI_SCREEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/db.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tui/app.h"
#include "tui/identity.h"
#include "tui/key.h"

extern const unsigned char seed_start[], seed_end[], training_start[], training_end[];

enum { TEST_NOW = 1782871200 }; /* 2026-07-01T02:00:00Z, a Wednesday, 9:00 in Cambodia */

struct screen {
    char path[512];
    struct db *db;
    struct app *app;
    struct canvas canvas;
};

static int64_t test_now(void *clock)
{
    (void)clock;
    return TEST_NOW;
}

static int64_t test_now_ms(void *clock)
{
    (void)clock;
    return (int64_t)TEST_NOW * 1000;
}

static inline void screen_open_set(struct screen *s, enum db_set set, enum lang lang, int rows,
                                   int columns)
{
    bool training = set == DB_TRAINING;
    const unsigned char *from = training ? training_start : seed_start;
    const unsigned char *to = training ? training_end : seed_end;
    const char *folder = getenv("TMPDIR");
    assert_true(width_init());
    snprintf(s->path, sizeof s->path, "%s/view-%d.db", folder ? folder : "/tmp", (int)getpid());
    struct seed seed = {from, (size_t)(to - from)};
    assert_int_equal(db_create(s->path, seed, NULL), STATUS_OK);
    assert_int_equal(db_open_set(s->path, set, DB_READ_WRITE, &s->db, NULL), STATUS_OK);
    db_set_clock(s->db, test_now_ms, NULL);
    struct app_options options = {.lang = lang, .now = test_now, .training = training};
    if (training)
        options.person = identity_trainee(lang);
    s->app = app_new(s->db, &options);
    canvas_init(&s->canvas, rows, columns);
    app_resize(s->app, rows, columns);
}

static inline void screen_open(struct screen *s, enum lang lang, int rows, int columns)
{
    screen_open_set(s, DB_REAL, lang, rows, columns);
}

static inline void screen_close(struct screen *s)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    app_free(s->app);
    db_close(s->db);
    canvas_release(&s->canvas);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s%s", s->path, ends[i]);
        unlink(path);
    }
}

static inline void screen_draw(struct screen *s)
{
    canvas_reset(&s->canvas, s->canvas.rows, s->canvas.columns);
    app_draw(s->app, &s->canvas);
}

static inline void screen_resize(struct screen *s, int rows, int columns)
{
    canvas_reset(&s->canvas, rows, columns);
    app_resize(s->app, rows, columns);
}

static inline void screen_press(struct screen *s, enum special key, int times)
{
    while (times-- > 0)
        app_key(s->app, key, 0);
}

static inline void screen_type(struct screen *s, const char *words)
{
    for (size_t at = 0, len = strlen(words); at < len;) {
        char32_t cp;
        at += utf8_decode(words + at, len - at, &cp);
        app_key(s->app, SPECIAL_NONE, cp);
    }
}

/* What is on the screen, to be freed. */
static inline char *screen_text(struct screen *s)
{
    struct text out = TEXT_INIT;
    screen_draw(s);
    canvas_text(&s->canvas, &out);
    return text_take(&out);
}

static inline void assert_shows(struct screen *s, const char *words)
{
    char *text = screen_text(s);
    if (!strstr(text, words))
        fail_msg("\"%s\" is not on the screen:\n%s", words, text);
    free(text);
}

static inline void assert_hides(struct screen *s, const char *words)
{
    char *text = screen_text(s);
    if (strstr(text, words))
        fail_msg("\"%s\" is on the screen:\n%s", words, text);
    free(text);
}

static inline char *golden_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct text out = TEXT_INIT;
    char block[4096];
    size_t got;
    if (!file)
        return mem_strdup("");
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        text_add(&out, block, got);
    fclose(file);
    return text_take(&out);
}

static inline void golden_check(struct screen *s, const char *name, enum lang lang)
{
    char path[600];
    const char *top = getenv("CPDIR_TOP"), *mode = getenv("CPDIR_GOLDEN");
    snprintf(path, sizeof path, "%s/tests/golden/%s.%dx%d.%s.screen", top ? top : ".", name,
             s->canvas.columns, s->canvas.rows, lang == LANG_KM ? "km" : "en");
    char *now = screen_text(s);
    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(now, file);
        fclose(file);
    }
    char *wanted = golden_read(path);
    if (strcmp(now, wanted) != 0)
        fail_msg("%s differs; now it is:\n%s", path, now);
    free(now);
    free(wanted);
}

/* Goes somewhere from the first screen, then compares in all sizes and both languages. */
static inline void golden_everywhere(const char *name, void (*go)(struct screen *s))
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct screen s;
            screen_open(&s, (enum lang)lang, sizes[i][0], sizes[i][1]);
            go(&s);
            golden_check(&s, name, (enum lang)lang);
            screen_close(&s);
        }
    }
}

#endif
