/* backup, restore, check and --as-of, run as the real program: what a person and a script see. */
#include "tests/tui/program.h"

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    program_open(p);
    *state = p;
    return 0;
}

static int close_program(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

#define OFFICE "f415883f-e85c-863d-90a7-274ec440cd0a" /* the social-affairs office of Chhuk */
#define FOLDER "home/.local/share/cpdir/"

static void be_editor(struct program *p)
{
    assert_int_equal(RUN(p, "person", "--name", "Sok", "--role", "editor", "--area", "KH"), 0);
}

static void rename_office(struct program *p, const char *name)
{
    struct text field = TEXT_INIT;
    text_addf(&field, "name_en=%s", name);
    if (RUN(p, "set", OFFICE, field.bytes) != 0)
        fail_msg("%s", p->err.bytes);
    text_release(&field);
}

/* The path in the one line of output. */
static void copied_to(const struct program *p, char path[512])
{
    assert_int_equal(sscanf(p->out.bytes, "Copied to %511s", path), 1);
    path[strlen(path) - 1] = '\0';
}

static void the_first_save_of_a_day_copies_the_directory(void **state)
{
    struct program *p = *state;
    struct stat st;
    char path[512];
    be_editor(p);
    assert_int_equal(RUN(p, "backup", "--list"), 1);
    assert_true(has(&p->err, "There is no copy yet"));
    rename_office(p, "Renamed");
    assert_int_equal(p->err.len, 0);
    assert_int_equal(RUN(p, "backup", "--list", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 1);
    assert_true(has(&p->out, "-2026-07-01-090000-daily.db\",\"time\":\"2026-07-01T02:00:00Z\""));
    assert_true(has(&p->out, "\"why\":\"daily\"}"));
    program_path(p, FOLDER "backups", path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    rename_office(p, "Again");
    assert_int_equal(RUN(p, "backup", "--list", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 2);
}

static void a_copy_is_made_listed_and_put_back(void **state)
{
    struct program *p = *state;
    char copy[512];
    be_editor(p);
    rename_office(p, "Before");
    assert_int_equal(RUN(p, "backup"), 0);
    copied_to(p, copy);
    rename_office(p, "After");
    assert_int_equal(RUN(p, "restore", copy), 0);
    assert_true(has(&p->out, "was put back. What was there before is in"));
    assert_int_equal(RUN(p, "show", OFFICE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"name_en\":\"Before\""));
    assert_int_equal(RUN(p, "backup", "--list"), 0);
    assert_int_equal(count_lines(&p->out), 3); /* daily, by hand, before the restore */
    assert_true(has(&p->out, "before a copy was put back"));
    rename_office(p, "Goes on");
    assert_int_equal(RUN(p, "check"), 0);
}

static void a_name_that_is_taken_is_refused(void **state)
{
    struct program *p = *state;
    char path[512];
    program_path(p, "mine.db", path);
    assert_int_equal(RUN(p, "backup", path), 0);
    assert_int_equal(RUN(p, "backup", path), 4);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "is there already"));
    assert_int_equal(RUN(p, "backup", "--list", path), 2);
}

static void what_is_no_copy_is_not_put_back(void **state)
{
    struct program *p = *state;
    char letter[512], nothing[512];
    be_editor(p);
    rename_office(p, "Kept");
    program_write(p, "letter.db", "Dear colleague, this is a letter.", 33);
    program_path(p, "letter.db", letter);
    program_path(p, "nothing.db", nothing);
    assert_int_equal(RUN(p, "restore", letter), 5);
    assert_true(has(&p->err, "is not a file of cpdir"));
    assert_int_equal(RUN(p, "restore", nothing), 5);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "show", OFFICE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"name_en\":\"Kept\""));
}

static void a_viewer_may_copy_and_check_but_not_put_back(void **state)
{
    struct program *p = *state;
    struct text before = TEXT_INIT, after = TEXT_INIT;
    char copy[512];
    assert_int_equal(RUN(p, "backup"), 0);
    copied_to(p, copy);
    assert_int_equal(RUN(p, "check"), 0);
    program_read(p, FOLDER "directory.db", &before);
    assert_int_equal(RUN(p, "restore", copy), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "check", "--repair"), 3);
    program_read(p, FOLDER "directory.db", &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.bytes, after.bytes, before.len);
    text_release(&before);
    text_release(&after);
}

static void a_damaged_directory_is_told_and_a_copy_helps(void **state)
{
    struct program *p = *state;
    char copy[512], path[512];
    be_editor(p);
    assert_int_equal(RUN(p, "backup"), 0);
    copied_to(p, copy);
    program_path(p, FOLDER "directory.db", path);
    FILE *f = fopen(path, "r+");
    assert_non_null(f);
    assert_int_equal(fseek(f, 4096 * 40, SEEK_SET), 0);
    for (int i = 0; i < 4096 * 200; i++)
        assert_int_equal(fputc(0x5a, f), 0x5a);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(RUN(p, "check"), 5);
    assert_true(has(&p->out, "WRONG") || has(&p->err, "is damaged"));
    assert_int_equal(RUN(p, "restore", copy), 0);
    assert_int_equal(RUN(p, "check"), 0);
}

static void check_says_step_by_step_what_it_found(void **state)
{
    static const char *const steps[] = {"file",  "references", "log",   "fold",
                                        "index", "access",     "backup"};
    struct program *p = *state;
    struct text row = TEXT_INIT;
    assert_int_equal(RUN(p, "check", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), sizeof steps / sizeof *steps);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        text_clear(&row);
        text_addf(&row, "{\"step\":\"%s\",\"verdict\":\"%s\",", steps[i],
                  i + 1 < sizeof steps / sizeof *steps ? "good" : "advice");
        assert_true(has(&p->out, row.bytes));
    }
    p->lang = "km";
    assert_int_equal(RUN(p, "check"), 0);
    assert_true(has(&p->out, "ល្អ"));
    text_release(&row);
}

static void a_day_in_the_past_shows_what_was_there(void **state)
{
    struct program *p = *state;
    be_editor(p);
    rename_office(p, "Renamed");
    assert_int_equal(RUN(p, "find", "renamed"), 0);
    assert_int_equal(RUN(p, "find", "renamed", "--as-of", "2026-06-30"), 1);
    assert_true(has(&p->err, "as it was on 30/06/2026"));
    assert_int_equal(RUN(p, "find", "renamed", "--as-of", "1/7/2026", "--format", "tsv"), 0);
    assert_int_equal(RUN(p, "show", OFFICE, "--as-of", "៣០/៦/២០២៦", "--format", "json"), 0);
    assert_false(has(&p->out, "Renamed"));
    assert_int_equal(RUN(p, "area", "07", "--as-of", "30/6/2026", "--format", "tsv"), 0);
    assert_int_equal(RUN(p, "area", "--as-of", "2/7/2026"), 3);
    assert_true(has(&p->err, "still to come"));
    assert_int_equal(RUN(p, "area", "--as-of", "31/2/2026"), 3);
    assert_one_line(&p->err);
}

static void a_full_disk_is_one_clear_sentence_and_loses_nothing(void **state)
{
    struct program *p = *state;
    be_editor(p);
    rename_office(p, "Kept");
    p->file_limit = 8192;
    assert_int_equal(RUN(p, "set", OFFICE, "name_en=Lost"), 5);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "There is no space left"));
    assert_int_equal(RUN(p, "backup"), 5);
    assert_one_line(&p->err);
    p->file_limit = 0;
    assert_int_equal(RUN(p, "show", OFFICE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"name_en\":\"Kept\""));
    assert_int_equal(RUN(p, "check"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_save_of_a_day_copies_the_directory),
        TEST(a_copy_is_made_listed_and_put_back),
        TEST(a_name_that_is_taken_is_refused),
        TEST(what_is_no_copy_is_not_put_back),
        TEST(a_viewer_may_copy_and_check_but_not_put_back),
        TEST(a_damaged_directory_is_told_and_a_copy_helps),
        TEST(check_says_step_by_step_what_it_found),
        TEST(a_day_in_the_past_shows_what_was_there),
        TEST(a_full_disk_is_one_clear_sentence_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
