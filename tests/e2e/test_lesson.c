/* A lesson as a trainer gives it, on 80x24 in Khmer: the list of scenarios, one played by the keys
 * of its own file, the summary, the training directory begun afresh, the same one shown to a group.
 */
#include "tests/tui/program.h"

#include "db/db.h"
#include "i18n/width.h"
#include "tests/e2e/pty.h"
#include "tui/course.h"

extern const unsigned char training_start[], training_end[];

#define KEYS_CTRL_T "\024"

struct lesson {
    struct program p;
    struct pty pty;
    struct db *db; /* a copy of the test's own, to read the scenarios */
    struct course course;
    char home[300], data[300];
};

static void fail_on_screen(struct lesson *l, const char *what)
{
    struct text screen;
    text_init(&screen);
    emulator_text(&l->pty.screen, &screen);
    fail_msg("%s (ended: %d):\n%s", what, l->pty.ended, screen.bytes);
}

static void press(struct lesson *l, const char *key)
{
    if (!pty_press(&l->pty, key))
        fail_on_screen(l, "no answer to a key");
}

static void type(struct lesson *l, const char *text)
{
    if (!pty_type(&l->pty, text))
        fail_on_screen(l, "no answer to typed text");
}

/* The screen puts room behind Khmer words: texts are compared without spaces and only as far as a
 * line goes. */
static void see(struct lesson *l, const char *words)
{
    struct text screen = TEXT_INIT, wanted = TEXT_INIT;
    emulator_text(&l->pty.screen, &screen);
    text_adds(&wanted, words);
    struct text *both[] = {&screen, &wanted};
    for (size_t t = 0; t < 2; t++) {
        size_t kept = 0;
        for (size_t i = 0; i < both[t]->len; i++)
            if (both[t]->bytes[i] != ' ')
                both[t]->bytes[kept++] = both[t]->bytes[i];
        text_truncate(both[t], kept);
    }
    if (!strstr(screen.bytes, wanted.bytes))
        fail_on_screen(l, words);
    text_release(&screen);
    text_release(&wanted);
}

/* What the key sends in this terminal. */
static const char *bytes_of(const struct key_row *row)
{
    static const struct {
        enum special special;
        const char *bytes;
    } keys[] = {
        {SPECIAL_UP, KEYS_UP},        {SPECIAL_DOWN, KEYS_DOWN},      {SPECIAL_LEFT, KEYS_LEFT},
        {SPECIAL_RIGHT, KEYS_RIGHT},  {SPECIAL_HOME, KEYS_HOME},      {SPECIAL_END, KEYS_END},
        {SPECIAL_PAGE_UP, KEYS_PGUP}, {SPECIAL_PAGE_DOWN, KEYS_PGDN}, {SPECIAL_ENTER, KEYS_ENTER},
        {SPECIAL_TAB, KEYS_TAB},      {SPECIAL_BACKSPACE, KEYS_BACK}, {SPECIAL_DELETE, KEYS_DELETE},
        {SPECIAL_ESCAPE, KEYS_ESC},   {SPECIAL_CTRL_U, "\025"},       {SPECIAL_CTRL_S, "\023"},
        {SPECIAL_F1, KEYS_F1},        {SPECIAL_F2, KEYS_F2},          {SPECIAL_F3, KEYS_F3},
        {SPECIAL_F4, "\033OS"},       {SPECIAL_F5, "\033[15~"},       {SPECIAL_F6, "\033[17~"},
        {SPECIAL_F7, "\033[18~"},     {SPECIAL_F8, "\033[19~"},       {SPECIAL_F9, "\033[20~"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].special == row->special)
            return keys[i].bytes;
    fail_msg("no bytes for key %d", (int)row->special);
    return "";
}

static void do_key(struct lesson *l, const struct scenario_key *key)
{
    if (key->words) {
        type(l, key->words);
        return;
    }
    const struct key_row *row = scenario_key_row(key, CONTEXT_GLOBAL);
    char one[] = {(char)row->latin, '\0'};
    press(l, row->special == SPECIAL_NONE ? one : bytes_of(row));
}

static void answer(struct lesson *l, const struct scenario_step *step)
{
    size_t right = 0;
    while (!step->choices[right].right)
        right++;
    for (size_t i = 0; i < right; i++)
        press(l, KEYS_DOWN);
    press(l, KEYS_ENTER);
    see(l, "ត្រឹមត្រូវ");
    press(l, KEYS_ENTER);
}

static void play(struct lesson *l, const struct scenario *s)
{
    for (size_t at = 0; at < s->count; at = scenario_next(s, at)) {
        const struct scenario_step *step = &s->steps[at];
        for (size_t i = 0; i < step->key_count; i++)
            do_key(l, &step->keys[i]);
        if (step->choice_count)
            answer(l, step);
        else if (!step->acts)
            press(l, KEYS_ENTER);
    }
}

static void open_lesson(struct lesson *l)
{
    char path[600], program[512];
    const char *build = getenv("CPDIR_BUILD");
    struct seed seed = {training_start, (size_t)(training_end - training_start)};
    *l = (struct lesson){0};
    program_open(&l->p);
    program_path(&l->p, "copy.db", path);
    assert_int_equal(db_create(path, seed, NULL), STATUS_OK);
    assert_int_equal(db_open_set(path, DB_TRAINING, DB_READ_WRITE, &l->db, NULL), STATUS_OK);
    assert_int_equal(course_load(l->db, NULL, &l->course), STATUS_OK);
    program_path(&l->p, "home", path);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(l->home, sizeof l->home, "HOME=%s/home", l->p.folder);
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    const char *const argv[] = {program, "--training", NULL};
    const char *const environment[] = {l->home, "CPDIR_LANG=km", NULL};
    struct pty_start how = {.argv = argv, .environment = environment};
    if (!pty_open(&l->pty, &how) || !pty_settle(&l->pty))
        fail_msg("the program did not come up:\n%s", l->pty.output.bytes);
}

static void close_lesson(struct lesson *l)
{
    pty_close(&l->pty);
    course_release(&l->course);
    db_close(l->db);
    program_close(&l->p);
}

static void a_lesson_is_played_reset_and_presented(void **state)
{
    struct lesson l;
    char points[64];
    (void)state;
    open_lesson(&l);
    const struct scenario *first = &l.course.entries[0].scenario;
    int most = 0;
    for (size_t at = 0; at < first->count; at = scenario_next(first, at))
        most += scenario_points(&first->steps[at]);
    press(&l, KEYS_CTRL_T);
    see(&l, first->title.text[LANG_KM]);
    press(&l, KEYS_ENTER);
    play(&l, first);
    snprintf(points, sizeof points, "%d ក្នុងចំណោម %d ពិន្ទុ", most, most);
    see(&l, points);
    press(&l, KEYS_CTRL_T);
    press(&l, "r");
    see(&l, "បានលេង៖ 1 ក្នុងចំណោម 10");
    press(&l, "p");
    see(&l, first->title.text[LANG_KM]);
    press(&l, " ");
    see(&l, "2/");
    press(&l, KEYS_END);
    const char *told = first->steps[first->count - 1].tell.text[LANG_KM];
    char *begin = mem_strndup(told, strcspn(told, " "));
    see(&l, begin);
    free(begin);
    pty_send(&l.pty, KEYS_F10, strlen(KEYS_F10), 1);
    assert_true(pty_wait_end(&l.pty));
    assert_true(pty_is_restored(&l.pty));
    close_lesson(&l);
}

int main(void)
{
    (void)width_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_is_played_reset_and_presented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
