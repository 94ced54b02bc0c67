/* The training directory as people and scripts meet it: its mark stands on everything that leaves
 * the program, it never mixes with the real one, and anybody may write in it. */
#include "db/search.h"
#include "tests/tui/program.h"
#include "tests/tui/screen.h"
#include "tui/directory.h"
#include "tui/draft.h"
#include "tui/training.h"

#define SENTENCE "*** TRAINING: all entries are invented. Not for a real child. ***\n"

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

/* --- what commands write --------------------------------------------------------------------- */

static const char own_file[] = "home/.local/share/cpdir/training.db";

/* The id of the first service found by the words. */
static void find_id(struct program *p, const char *words, char id[40])
{
    static const char mark[] = "{\"id\":\"";
    assert_int_equal(RUN(p, "--training", "find", words, "--format", "json"), 0);
    assert_int_equal(strncmp(p->out.bytes, mark, strlen(mark)), 0);
    snprintf(id, 40, "%.36s", p->out.bytes + strlen(mark));
}

enum { ARGUMENTS = 8 };

static const char *const listings[][ARGUMENTS] = {
    {"find", "clinic"},
    {"find", "clinic", "--facets"},
    {"show", "ID"},
    {"area"},
    {"area", "9902"},
    {"due"},
    {"duplicates"},
    {"coverage", "--area", "99"},
    {"coverage", "--rank"},
    {"pathway", "--need", "N3", "--area", "990202"},
    {"history", "ID"},
    {"person"},
    {"plan", "--area", "9902"},
    {"who", "--area", "99"},
    {"emergency", "--area", "9903"},
    {"scenarios"},
    {"check"},
};

static int run_listing(struct program *p, const char *id, const char *const words[ARGUMENTS],
                       const char *format)
{
    const char *arguments[ARGUMENTS + 4] = {"--training"};
    size_t count = 1;
    for (size_t i = 0; i < ARGUMENTS && words[i]; i++)
        arguments[count++] = strcmp(words[i], "ID") == 0 ? id : words[i];
    if (format) {
        arguments[count++] = "--format";
        arguments[count++] = format;
    }
    return program_run(p, arguments);
}

static bool ends_with(const char *line, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && memcmp(line + len - n, end, n) == 0;
}

/* Every line ends with the mark; tsv: the heading names its column. */
static void assert_rows_marked(const struct text *out, bool json)
{
    size_t line = 0;
    for (size_t at = 0; at < out->len; line++) {
        size_t len = strcspn(out->bytes + at, "\n");
        const char *end = json ? ",\"training\":true}" : line == 0 ? "\ttraining" : "\tyes";
        if (!ends_with(out->bytes + at, len, end))
            fail_msg("not marked: %.*s", (int)len, out->bytes + at);
        at += len + 1;
    }
    assert_true(line > 0);
}

static void every_listing_is_marked_in_every_format(void **state)
{
    struct program *p = *state;
    char id[40];
    find_id(p, "Green Leaf House for Girls", id);
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        assert_int_equal(run_listing(p, id, listings[i], NULL), 0);
        assert_int_equal(strncmp(p->out.bytes, SENTENCE, strlen(SENTENCE)), 0);
        assert_true(ends_with(p->out.bytes, p->out.len, SENTENCE));
        assert_int_equal(run_listing(p, id, listings[i], "json"), 0);
        assert_rows_marked(&p->out, true);
        assert_int_equal(run_listing(p, id, listings[i], "tsv"), 0);
        assert_rows_marked(&p->out, false);
    }
}

static void the_mark_is_in_the_language_of_the_person(void **state)
{
    struct program *p = *state;
    p->lang = "km";
    assert_int_equal(RUN(p, "--training", "due", "--sheet"), 0);
    assert_int_equal(strncmp(p->out.bytes, "*** ហ្វឹកហាត់៖", strlen("*** ហ្វឹកហាត់៖")), 0);
}

static void the_page_of_the_coverage_is_marked(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "--training", "coverage", "--area", "99", "--format", "html"), 0);
    assert_int_equal(strncmp(p->out.bytes, "<!", 2), 0);
    assert_true(has(&p->out, "<p class=\"training\">TRAINING: all entries are invented."));
    assert_int_equal(RUN(p, "coverage", "--area", "07", "--format", "html"), 0);
    assert_false(has(&p->out, "class=\"training\""));
}

static void the_line_mode_is_marked(void **state)
{
    struct program *p = *state;
    program_write(p, "in", "1\n1\nq\n", 6);
    assert_int_equal(RUN(p, "--training", "--plain"), 0);
    assert_true(has(&p->out, "\nTRAINING: all entries are invented. Not for a real child.\n"));
    assert_true(has(&p->out, "Rumduol Meas Province"));
}

static void the_real_directory_has_no_mark(void **state)
{
    struct program *p = *state;
    static const char *const formats[] = {"text", "tsv", "json"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        assert_int_equal(RUN(p, "find", "1280", "--format", formats[i]), 0);
        assert_false(has(&p->out, "raining"));
        assert_false(has(&p->out, "TRAINING"));
        assert_false(has(&p->out, "059 000"));
    }
}

/* --- never mixed ----------------------------------------------------------------------------- */

static void it_has_a_file_of_its_own(void **state)
{
    struct program *p = *state;
    char other[300];
    snprintf(other, sizeof other, "CPDIR_DB=%.200s/elsewhere.db", p->folder);
    p->extra[0] = other;
    assert_int_equal(RUN(p, "--training", "area"), 0);
    assert_true(program_exists(p, own_file));
    assert_false(program_exists(p, "elsewhere.db"));
    assert_false(program_exists(p, "home/.local/share/cpdir/directory.db"));
}

static void one_is_refused_as_the_other_in_one_sentence(void **state)
{
    static const char *const langs[] = {"en", "km"};
    struct program *p = *state;
    char training[512], real[512];
    program_path(p, own_file, training);
    program_path(p, "real.db", real);
    assert_int_equal(RUN(p, "--training", "area"), 0);
    assert_int_equal(RUN(p, "--db", real, "area", "07"), 0);
    for (size_t i = 0; i < 2; i++) {
        p->lang = langs[i];
        assert_int_equal(RUN(p, "--db", training, "area"), 3);
        assert_one_line(&p->err);
        assert_int_equal(p->out.len, 0);
        assert_true(has(&p->err, i ? "ហ្វឹកហាត់" : "is a training directory"));
        assert_int_equal(RUN(p, "--training", "--db", real, "area"), 3);
        assert_one_line(&p->err);
        assert_int_equal(p->out.len, 0);
        assert_true(has(&p->err, i ? "បញ្ជីពិត" : "is the real directory"));
        assert_true(has(&p->err, real));
        assert_int_equal(RUN(p, "--training", "--db", real, "reset"), 3);
        assert_one_line(&p->err);
    }
    assert_int_equal(RUN(p, "--training", "--db", training, "area"), 0);
}

static void a_copy_of_one_is_not_restored_as_the_other(void **state)
{
    struct program *p = *state;
    char copy[512], real_copy[512];
    program_path(p, "training-copy.db", copy);
    program_path(p, "real-copy.db", real_copy);
    assert_int_equal(RUN(p, "--training", "backup", copy), 0);
    assert_int_equal(RUN(p, "backup", real_copy), 0);
    assert_int_equal(RUN(p, "person", "--name", "Dara", "--role", "editor", "--area", "0703"), 0);
    assert_int_equal(RUN(p, "restore", copy), 3);
    assert_true(has(&p->err, "is a training directory"));
    assert_int_equal(RUN(p, "--training", "restore", real_copy), 3);
    assert_true(has(&p->err, "is the real directory"));
    assert_int_equal(RUN(p, "--training", "restore", copy), 0);
    assert_int_equal(RUN(p, "restore", real_copy), 0);
    assert_int_equal(RUN(p, "find", "1280"), 0);
}

/* --- writing, and fresh again ---------------------------------------------------------------- */

static void anybody_may_write_and_nobodys_name_is_kept(void **state)
{
    struct program *p = *state;
    char id[40];
    find_id(p, "Myna Wing drop-in house", id);
    assert_int_equal(
        RUN(p, "--training", "verify", id, "--method", "phone", "--result", "still_right"), 0);
    assert_int_equal(RUN(p, "--training", "history", id), 0);
    assert_true(has(&p->out, "Trainee"));
    assert_int_equal(RUN(p, "--training", "person", "--name", "Dara"), 3);
    assert_one_line(&p->err);
    assert_false(program_exists(p, "home/.config/cpdir/person"));
    assert_int_equal(RUN(p, "person"), 1);
}

static void reset_brings_back_the_same_bytes(void **state)
{
    struct program *p = *state;
    struct text fresh = TEXT_INIT, after = TEXT_INIT;
    char id[40];
    find_id(p, "Myna Wing drop-in house", id);
    program_read(p, own_file, &fresh);
    assert_true(fresh.len > 0);
    assert_int_equal(RUN(p, "--training", "close", id, "--reason", "moved"), 0);
    assert_int_equal(RUN(p, "--training", "find", "Myna", "Wing", "drop-in", "--status", "closed"),
                     0);
    assert_int_equal(RUN(p, "--training", "reset"), 0);
    assert_true(has(&p->out, "is fresh again"));
    program_read(p, own_file, &after);
    assert_int_equal(fresh.len, after.len);
    assert_memory_equal(fresh.bytes, after.bytes, fresh.len);
    text_release(&fresh);
    text_release(&after);
}

static void the_real_directory_is_never_reset(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "reset"), 3);
    assert_one_line(&p->err);
    assert_false(program_exists(p, "home/.local/share/cpdir/directory.db"));
}

static void every_lesson_begins_on_the_same_morning(void **state)
{
    struct program *p = *state;
    char *now = mem_strdup(getenv("CPDIR_NOW"));
    unsetenv("CPDIR_NOW");
    int code = RUN(p, "--training", "due");
    setenv("CPDIR_NOW", now, 1);
    free(now);
    assert_int_equal(code, 0);
    assert_true(has(&p->out, "This round, since 01/07/2026"));
}

/* --- screens --------------------------------------------------------------------------------- */

/* From the start to the page of a service. */
static void open_service(struct screen *s, const char *words)
{
    app_command(s->app, COMMAND_SEARCH);
    screen_type(s, words);
    screen_draw(s);
    screen_press(s, SPECIAL_DOWN, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void every_screen_is_marked(void **state)
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}};
    static const enum command commands[] = {COMMAND_HELP,  COMMAND_SEARCH,  COMMAND_MENU,
                                            COMMAND_DUE,   COMMAND_PATHWAY, COMMAND_COVERAGE,
                                            COMMAND_PERSON};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct screen s;
        screen_open_set(&s, DB_TRAINING, LANG_EN, sizes[i][0], sizes[i][1]);
        for (size_t j = 0; j < sizeof commands / sizeof *commands; j++) {
            app_command(s.app, commands[j]);
            char *text = screen_text(&s);
            text[strcspn(text, "\n")] = '\0';
            assert_non_null(strstr(text, "[TRAINING]"));
            free(text);
        }
        screen_close(&s);
    }
}

static void a_copied_card_is_marked(void **state)
{
    struct screen s;
    (void)state;
    screen_open_set(&s, DB_TRAINING, LANG_EN, 24, 80);
    open_service(&s, "rumduol child line");
    app_command(s.app, COMMAND_COPY);
    const char *card = app_take_copy(s.app);
    assert_non_null(card);
    assert_int_equal(
        strncmp(card, SENTENCE "Rumduol Child Line\n", strlen(SENTENCE "Rumduol Child Line\n")), 0);
    screen_close(&s);
}

static void a_printed_page_is_marked_above_and_below(void **state)
{
    struct text page = TEXT_INIT;
    (void)state;
    training_mark_page(LANG_EN, &page, "one\ntwo", 7);
    assert_string_equal(page.bytes, SENTENCE "one\ntwo\n" SENTENCE);
    text_release(&page);
    struct screen s;
    char path[600];
    screen_open_set(&s, DB_TRAINING, LANG_EN, 24, 80);
    app_command(s.app, COMMAND_DUE);
    app_command(s.app, COMMAND_PRINT);
    screen_press(&s, SPECIAL_DOWN, 2);
    screen_press(&s, SPECIAL_ENTER, 1);
    snprintf(path, sizeof path, "%s/cpdir-training-2026-07-01.txt", getenv("XDG_DOCUMENTS_DIR"));
    char *printed = golden_read(path);
    assert_int_equal(strncmp(printed, SENTENCE, strlen(SENTENCE)), 0);
    assert_true(ends_with(printed, strlen(printed), SENTENCE));
    free(printed);
    unlink(path);
    screen_close(&s);
}

static void the_screens_are_left_for_the_other_directory(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    assert_true(app_command(s.app, COMMAND_TRAINING) & OUTCOME_QUIT);
    assert_int_equal(app_take_next(s.app), APP_SWITCH);
    assert_int_equal(app_take_next(s.app), APP_QUIT);
    screen_close(&s);
}

static void only_training_begins_afresh(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    assert_false(app_command(s.app, COMMAND_RESET) & OUTCOME_QUIT);
    app_command(s.app, COMMAND_MENU);
    assert_hides(&s, "Begin afresh");
    screen_close(&s);
    screen_open_set(&s, DB_TRAINING, LANG_EN, 60, 200);
    app_command(s.app, COMMAND_MENU);
    assert_shows(&s, "Begin afresh");
    assert_true(app_command(s.app, COMMAND_RESET) & OUTCOME_QUIT);
    assert_int_equal(app_take_next(s.app), APP_RESET);
    screen_close(&s);
}

/* A form left half filled in, as a draft of that directory file. */
static void leave_draft(struct screen *s, const char *folder, const char *file)
{
    struct result found = {0};
    struct form_data d;
    struct draft draft;
    struct text bytes = TEXT_INIT;
    const struct query query = {.words = "rumduol child line", .limit = 1, .lang = LANG_EN};
    const struct draft_head head = {.file = file, .time_ms = 1, .area = "", .reason = ""};
    assert_int_equal(search_run(s->db, &query, &found), STATUS_OK);
    assert_int_equal(form_data_load(s->db, RECORD_SERVICE, &found.rows[0].id, &d), STATUS_OK);
    struct value half = {.type = VALUE_TEXT, .text = {.bytes = "half", .len = 4}};
    form_box_put(form_box(form_data_root(&d), FIELD_ID(SERVICE, name_en)), &half);
    draft_write(&d, &head, &bytes);
    assert_true(draft_claim(folder, &found.rows[0].id, &draft));
    assert_int_equal(draft_put(&draft, bytes.bytes, bytes.len), STATUS_OK);
    draft_release(&draft, false);
    text_release(&bytes);
    form_data_release(&d);
    result_release(&found);
}

static size_t count_drafts(const char *folder, const char *file)
{
    struct draft_list list = {0};
    draft_list_load(folder, file, &list);
    size_t count = list.count;
    draft_list_release(&list);
    return count;
}

static void a_reset_takes_the_drafts_of_its_file_away(void **state)
{
    struct screen s;
    struct text folder = TEXT_INIT;
    (void)state;
    setenv("XDG_STATE_HOME", getenv("TMPDIR"), 1);
    assert_true(draft_folder(&folder));
    screen_open_set(&s, DB_TRAINING, LANG_EN, 24, 80);
    leave_draft(&s, folder.bytes, s.path);
    leave_draft(&s, folder.bytes, "/elsewhere/directory.db");
    assert_int_equal(count_drafts(folder.bytes, s.path), 1);
    assert_int_equal(directory_reset(s.path, NULL), STATUS_OK);
    assert_int_equal(count_drafts(folder.bytes, s.path), 0);
    assert_int_equal(count_drafts(folder.bytes, "/elsewhere/directory.db"), 1);
    unsetenv("XDG_STATE_HOME");
    screen_close(&s);
    text_release(&folder);
}

static void a_trainer_may_change_everything_there(void **state)
{
    struct screen s;
    struct person trainer = {.name = "Sok", .role = VALUE_ROLE_TRAINER};
    (void)state;
    screen_open_set(&s, DB_TRAINING, LANG_EN, 24, 80);
    app_set_person(s.app, &trainer);
    assert_int_equal(app_person(s.app)->role, VALUE_ROLE_APPROVER);
    screen_close(&s);
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &trainer);
    assert_int_equal(app_person(s.app)->role, VALUE_ROLE_TRAINER);
    screen_close(&s);
}

int main(void)
{
#define CLI(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
    const struct CMUnitTest tests[] = {
        CLI(every_listing_is_marked_in_every_format),
        CLI(the_mark_is_in_the_language_of_the_person),
        CLI(the_page_of_the_coverage_is_marked),
        CLI(the_line_mode_is_marked),
        CLI(the_real_directory_has_no_mark),
        CLI(it_has_a_file_of_its_own),
        CLI(one_is_refused_as_the_other_in_one_sentence),
        CLI(a_copy_of_one_is_not_restored_as_the_other),
        CLI(anybody_may_write_and_nobodys_name_is_kept),
        CLI(reset_brings_back_the_same_bytes),
        CLI(the_real_directory_is_never_reset),
        CLI(every_lesson_begins_on_the_same_morning),
        cmocka_unit_test(every_screen_is_marked),
        cmocka_unit_test(a_copied_card_is_marked),
        cmocka_unit_test(a_printed_page_is_marked_above_and_below),
        cmocka_unit_test(the_screens_are_left_for_the_other_directory),
        cmocka_unit_test(only_training_begins_afresh),
        cmocka_unit_test(a_reset_takes_the_drafts_of_its_file_away),
        cmocka_unit_test(a_trainer_may_change_everything_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
