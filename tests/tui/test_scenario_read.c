/* Reading scenario files: what is in them, every kind of bad one with its line and its reason in
 * both languages, own files beside the built-in ones. Over a fresh copy of the born directory. */
#include "tests/tui/playing.h"

#include <sys/stat.h>

static struct screen screen;

static int open_screen(void **state)
{
    (void)state;
    screen_open(&screen, LANG_EN, 24, 80);
    return 0;
}

static int close_screen(void **state)
{
    (void)state;
    screen_close(&screen);
    return 0;
}

static const char head[] = "title.en: T\ntitle.km: ត\nabout.en: A\nabout.km: អ\n";
#define CCWC "service: ccwc = Boeng Nimol Commune Committee for Women and Children (CCWC)\n"
#define TOLD "tell.en: Do it.\ntell.km: ធ្វើ។\n"
#define WHY  "why.en: So.\nwhy.km: ដូច្នេះ។\n"
#define ASK  "ask.en: What?\nask.km: អ្វី?\n"
#define ANSWER(right, text)                                                                        \
    "choice: " right "\ntext.en: " text "\ntext.km: ក\nwhy.en: So.\nwhy.km: ដូច្នេះ។\n"

static enum status read_bytes(const char *bytes, size_t len, struct scenario *s,
                              struct guide_fault *fault)
{
    return scenario_read(screen.db, "own/mine.scenario", bytes, len, s, fault);
}

static struct guide_fault refused(const char *rest)
{
    struct text file = TEXT_INIT;
    struct scenario s;
    struct guide_fault fault;
    text_addf(&file, "%s%s", head, rest);
    enum status status = read_bytes(file.bytes, file.len, &s, &fault);
    if (status == STATUS_OK)
        fail_msg("it was read:\n%s", rest);
    assert_int_equal(status, STATUS_INVALID);
    assert_string_equal(fault.file, "own/mine.scenario");
    text_release(&file);
    return fault;
}

static void a_file_becomes_steps(void **state)
{
    (void)state;
    const char *rest = "## a remark\ncase: N3 0703 f 14\n" CCWC
                       "\nstep: one\ntell.en: First,\n  then more.\ntell.km: ដំបូង\n"
                       "do: saved ccwc phone.number 059 000 111\npoints: 3\n"
                       "keys: search clear_text \"a b\" down*2 form.save\n" WHY
                       "not: command due\n" WHY "step: two\n" TOLD ASK ANSWER(
                           "wrong", "x") "next: end\n" ANSWER("right", "y") "step: three\n" TOLD;
    struct text file = TEXT_INIT;
    struct scenario s;
    struct guide_fault fault;
    text_addf(&file, "%s%s", head, rest);
    if (read_bytes(file.bytes, file.len, &s, &fault) != STATUS_OK)
        fail_msg("%d at %zu: %s", (int)fault.wrong, fault.line, fault.what);
    assert_string_equal(s.name, "mine");
    assert_string_equal(s.given.need, "N3");
    assert_string_equal(s.given.area, "0703");
    assert_int_equal(s.given.child.age, 14);
    assert_int_equal(s.count, 3);
    assert_string_equal(s.steps[0].tell.text[LANG_EN], "First, then more.");
    assert_int_equal(s.steps[0].act.kind, ACT_SAVED);
    assert_int_equal(s.steps[0].act.field->kind, RECORD_PHONE);
    assert_string_equal(s.steps[0].act.value.text.bytes, "+85559000111");
    assert_int_equal(s.steps[0].points, 3);
    assert_int_equal(s.steps[0].key_count, 6);
    assert_string_equal(s.steps[0].keys[2].words, "a b");
    assert_int_equal(s.steps[0].keys[5].context, CONTEXT_FORM);
    assert_int_equal(s.steps[0].not_count, 1);
    assert_int_equal(s.steps[0].nots[0].command, COMMAND_DUE);
    assert_int_equal(s.steps[1].choice_count, 2);
    assert_int_equal(s.steps[1].choices[0].next, 3);
    assert_int_equal(scenario_next(&s, 1), 2);
    assert_int_equal(s.steps[2].next, 3);
    scenario_release(&s);
    text_release(&file);
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
    static const struct {
        const char *rest; /* behind four good lines */
        enum guide_wrong wrong;
        size_t line;
        const char *what;
    } bad[] = {
        {"", GUIDE_EMPTY, 0, "step"},
        {"title.en: Again\n", GUIDE_TWICE, 5, "title.en"},
        {"hello\n", GUIDE_LINE, 5, "hello"},
        {"tell.en: too early\n", GUIDE_LINE, 5, "tell.en"},
        {"case: N99 0703\n", GUIDE_UNKNOWN, 5, "N99 0703"},
        {"case: N3 9999\n", GUIDE_UNKNOWN, 5, "N3 9999"},
        {"service: x = Nobody at all\n", GUIDE_UNKNOWN, 5, "Nobody at all"},
        {"service: x\n", GUIDE_UNKNOWN, 5, "x"},
        {CCWC CCWC, GUIDE_TWICE, 6, "ccwc"},
        {"step: a\ntell.en: Only English\n", GUIDE_EMPTY, 5, "tell.km"},
        {"step: A b\n", GUIDE_UNKNOWN, 5, "A b"},
        {"step: a\n" TOLD "step: a\n", GUIDE_TWICE, 8, "a"},
        {"step: a\n" TOLD "do: fly\n", GUIDE_UNKNOWN, 8, "fly"},
        {"step: a\n" TOLD "do: command fly\n", GUIDE_UNKNOWN, 8, "fly"},
        {"step: a\n" TOLD "do: open nobody\n", GUIDE_UNKNOWN, 8, "nobody"},
        {"step: a\n" TOLD "do: need N15\n", GUIDE_UNKNOWN, 8, "N15"},
        {"step: a\n" TOLD "do: need N3 4711\n", GUIDE_UNKNOWN, 8, "4711"},
        {"step: a\n" TOLD "do: area 4711\n", GUIDE_UNKNOWN, 8, "4711"},
        {"step: a\n" TOLD "do: need *\n", GUIDE_UNKNOWN, 8, "need *"},
        {CCWC "step: a\n" TOLD "do: saved ccwc shoe_size 44\n", GUIDE_UNKNOWN, 9, "shoe_size"},
        {CCWC "step: a\n" TOLD "do: saved ccwc minimum_age old\n", GUIDE_UNKNOWN, 9, "old"},
        {CCWC "step: a\n" TOLD "do: verified ccwc maybe\n", GUIDE_UNKNOWN, 9, "maybe"},
        {"step: a\n" TOLD "do: command search\n", GUIDE_EMPTY, 8, "why.km"},
        {"step: a\n" TOLD "do: command search\nwhy.en: So.\n", GUIDE_EMPTY, 8, "why.km"},
        {"step: a\n" TOLD "do: command search\nkeys: fly\n", GUIDE_UNKNOWN, 9, "fly"},
        {"step: a\n" TOLD "do: command search\nkeys: moon.save\n", GUIDE_UNKNOWN, 9, "moon.save"},
        {"step: a\n" TOLD "do: command search\nkeys: @nobody\n", GUIDE_UNKNOWN, 9, "nobody"},
        {"step: a\n" TOLD "do: command search\nkeys: \"open\n", GUIDE_UNKNOWN, 9, "\"open"},
        {"step: a\n" TOLD "do: command search\npoints: 10\n", GUIDE_UNKNOWN, 9, "10"},
        {"step: a\n" TOLD "do: command search\n" WHY "not: need *\n" WHY, GUIDE_UNKNOWN, 11, "*"},
        {"step: a\n" TOLD "do: command search\n" WHY "not: command due\n", GUIDE_EMPTY, 11,
         "why.km"},
        {"step: a\n" TOLD "do: command search\n" WHY "choice: right\n", GUIDE_LINE, 11, "choice"},
        {"step: a\n" TOLD ASK ANSWER("wrong", "x") ANSWER("wrong", "y"), GUIDE_NO_RIGHT, 5, "a"},
        {"step: a\n" TOLD ASK ANSWER("right", "x"), GUIDE_NO_RIGHT, 5, "a"},
        {"step: a\n" TOLD ASK, GUIDE_NO_RIGHT, 5, "a"},
        {"step: a\n" TOLD ANSWER("right", "x") ANSWER("wrong", "y"), GUIDE_EMPTY, 5, "ask.km"},
        {"step: a\n" TOLD ASK "choice: perhaps\n", GUIDE_UNKNOWN, 10, "perhaps"},
        {"step: a\n" TOLD "next: a\n", GUIDE_BACK, 8, "a"},
        {"step: a\n" TOLD "step: b\n" TOLD "next: a\n", GUIDE_BACK, 11, "a"},
        {"step: a\n" TOLD "next: nowhere\n", GUIDE_UNKNOWN, 8, "nowhere"},
        {"step: a\ntell.en: \xFF\n", GUIDE_BYTES, 6, ""},
        {"step: a\ntell.en: \xE2\x80\xAE\n", GUIDE_BYTES, 6, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct guide_fault fault = refused(bad[i].rest);
        if (fault.wrong != bad[i].wrong || fault.line != bad[i].line ||
            strcmp(fault.what, bad[i].what) != 0)
            fail_msg("%zu: %d at %zu \"%s\" is told of:\n%s", i, (int)fault.wrong, fault.line,
                     fault.what, bad[i].rest);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct text told = TEXT_INIT;
            scenario_add_fault(&told, (enum lang)lang, &fault);
            assert_non_null(strstr(told.bytes, "own/mine.scenario"));
            assert_null(strchr(told.bytes, '{'));
            text_release(&told);
        }
    }
}

static void a_file_of_10_mb_is_refused(void **state)
{
    enum { BIG = 10 << 20 };
    struct scenario s;
    struct guide_fault fault;
    char *bytes = mem_alloc(BIG);
    (void)state;
    memset(bytes, 'x', BIG);
    assert_int_equal(read_bytes(bytes, BIG, &s, &fault), STATUS_INVALID);
    assert_int_equal(fault.wrong, GUIDE_BIG);
    free(bytes);
}

/* Every beginning of a good file is read or refused. */
static void a_file_cut_anywhere_does_no_harm(void **state)
{
    struct text file = play_file("tests/tui/scenarios/02-line.scenario");
    (void)state;
    for (size_t len = 0; len <= file.len; len += 61) {
        struct scenario s;
        struct guide_fault fault;
        enum status status = read_bytes(file.bytes, len, &s, &fault);
        assert_true(status == STATUS_OK || status == STATUS_INVALID);
        if (status == STATUS_OK)
            scenario_release(&s);
    }
    text_release(&file);
}

/* Lines left out, doubled, moved and bytes changed: read or refused with a sentence. */
static void a_spoiled_file_does_no_harm(void **state)
{
    enum { TIMES = 300, LINES = 100 };
    struct text file = play_file("tests/tui/scenarios/01-girl.scenario");
    uint64_t random = 20261122;
    (void)state;
    for (int n = 0; n < TIMES; n++) {
        const char *lines[LINES];
        size_t count = 0;
        struct text spoiled = TEXT_INIT, told = TEXT_INIT;
        struct scenario s;
        struct guide_fault fault;
        for (char *at = file.bytes; *at && count < LINES; at = strchr(at, '\n') + 1)
            lines[count++] = at;
        for (size_t i = 0; i < count; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            unsigned r = (unsigned)(random >> 33);
            const char *line = r % 40 == 0 ? lines[r / 40 % count] : lines[i];
            if (r % 40 != 1)
                text_add(&spoiled, line, strcspn(line, "\n") + 1);
            if (r % 40 == 2)
                text_add(&spoiled, line, strcspn(line, "\n") + 1);
            if (r % 400 == 3)
                spoiled.bytes[r / 400 % spoiled.len] = (char)(r >> 12);
        }
        enum status status = read_bytes(spoiled.bytes, spoiled.len, &s, &fault);
        assert_true(status == STATUS_OK || status == STATUS_INVALID);
        if (status == STATUS_OK) {
            scenario_release(&s);
        } else {
            scenario_add_fault(&told, LANG_KM, &fault);
            assert_true(told.len > 20 && utf8_valid(told.bytes, told.len, NULL));
        }
        text_release(&spoiled);
        text_release(&told);
    }
    text_release(&file);
}

static void write_file(const char *folder, const char *name, const char *bytes, size_t len)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void own_files_stand_beside_the_built_in_ones(void **state)
{
    char folder[512];
    struct course bare, course;
    struct text good = play_file("tests/tui/scenarios/01-girl.scenario");
    (void)state;
    snprintf(folder, sizeof folder, "%s/own-scenarios",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_int_equal(course_load(screen.db, NULL, &bare), STATUS_OK);
    assert_int_equal(mkdir(folder, 0700), 0);
    write_file(folder, "girl.scenario", good.bytes, good.len);
    write_file(folder, "broken.scenario", "step: a\n", 8);
    write_file(folder, "notes.txt", "not a scenario", 14);
    assert_int_equal(course_load(screen.db, folder, &course), STATUS_OK);
    assert_int_equal(course.count, bare.count + 1);
    assert_int_equal(course.fault_count, bare.fault_count + 1);
    assert_true(course.entries[course.count - 1].own);
    assert_non_null(strstr(course.faults[course.fault_count - 1].file, "broken.scenario"));
    assert_non_null(course_find(&course, "girl"));
    assert_null(course_find(&course, "notes"));
    course_release(&course);
    course_release(&bare);
    text_release(&good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_becomes_steps),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(a_file_of_10_mb_is_refused),
        cmocka_unit_test(a_file_cut_anywhere_does_no_harm),
        cmocka_unit_test(a_spoiled_file_does_no_harm),
        cmocka_unit_test(own_files_stand_beside_the_built_in_ones),
    };
    return cmocka_run_group_tests(tests, open_screen, close_screen);
}
