/* Editing from the command line, run as the real program: persons, add, set, close, verify, merge,
 * undo, history, proposals, due, duplicates; what is refused, and that nothing is written then. */
#include "tests/tui/program.h"

#include "tests/bad_values.h"

#define CHHUK "0703"

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

/* --- helpers --------------------------------------------------------------------------------- */

static void be(struct program *p, const char *name, const char *role, const char *area)
{
    assert_int_equal(RUN(p, "person", "--name", name, "--role", role, "--area", area), 0);
}

/* The value of a JSON string key in the first line of the output that has it. */
static void value_of(const struct program *p, const char *key, char value[300])
{
    char mark[64];
    snprintf(mark, sizeof mark, "\"%s\":\"", key);
    const char *at = strstr(p->out.bytes, mark);
    if (!at)
        print_error("no %s in %s%s", key, p->out.bytes, p->err.bytes);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(value, 300, "%.*s", (int)strcspn(at, "\""), at);
}

/* The id of the social affairs office of Chhuk. */
static void office_id(struct program *p, char id[300])
{
    assert_int_equal(RUN(p, "find", "chhuk social affairs", "--limit", "1", "--format", "json"), 0);
    value_of(p, "id", id);
}

static void directory_bytes(struct program *p, struct text *out)
{
    struct text wal = TEXT_INIT;
    program_read(p, "home/.local/share/cpdir/directory.db", out);
    program_read(p, "home/.local/share/cpdir/directory.db-wal", &wal);
    text_add(out, wal.bytes, wal.len);
    text_release(&wal);
}

static void field_of(struct program *p, const char *id, const char *field, char value[300])
{
    assert_int_equal(RUN(p, "show", id, "--format", "json"), 0);
    value_of(p, field, value);
}

/* --- persons --------------------------------------------------------------------------------- */

static void nobody_is_at_the_keyboard_at_first(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "person"), 1);
    assert_one_line(&p->err);
    assert_int_equal(p->out.len, 0);
}

static void a_person_is_kept_and_shown(void **state)
{
    struct program *p = *state;
    struct stat file;
    char path[512];
    assert_int_equal(RUN(p, "person", "--name", "Sok Dara", "--office", "WCCC", "--role", "editor",
                         "--area", "Chhuk"),
                     0);
    assert_true(has(&p->out, "Sok Dara"));
    assert_true(has(&p->out, "Chhuk District"));
    assert_int_equal(RUN(p, "person", "--format", "json"), 0);
    assert_string_equal(
        p->out.bytes,
        "{\"name\":\"Sok Dara\",\"office\":\"WCCC\",\"role\":\"editor\",\"area\":\"" CHHUK "\"}\n");
    program_path(p, "home/.config/cpdir/person", path);
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
}

static void a_word_switches_back_to_somebody_who_was_here(void **state)
{
    struct program *p = *state;
    be(p, "Sok Dara", "editor", CHHUK);
    be(p, "Chan Thy", "approver", "07");
    assert_int_equal(RUN(p, "person"), 0);
    assert_true(has(&p->out, "Chan Thy"));
    assert_true(has(&p->out, "cpdir person NAME"));
    assert_int_equal(RUN(p, "person", "dara"), 0);
    assert_int_equal(strncmp(p->out.bytes, "Name: Sok Dara\n", 15), 0);
    assert_int_equal(RUN(p, "person", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 3);
    assert_int_equal(RUN(p, "person", "nobody"), 1);
    assert_one_line(&p->err);
}

static void a_new_name_begins_as_a_viewer(void **state)
{
    struct program *p = *state;
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(RUN(p, "person", "--name", "Guest"), 0);
    assert_true(has(&p->out, "Role: viewer"));
}

static void persons_that_cannot_be_are_refused(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "person", "--name", "A", "--role", "king"), 3);
    assert_int_equal(RUN(p, "person", "--name", "A", "--role", "editor"), 3);
    assert_int_equal(RUN(p, "person", "--name", "A\x1b[1m"), 3);
    assert_int_equal(RUN(p, "person", "--name", "A", "--role", "editor", "--area", "Atlantis"), 3);
    assert_int_equal(RUN(p, "person", "--role", "editor", "--area", "07"), 3);
    assert_int_equal(RUN(p, "person"), 1);
}

/* --- who may not write ----------------------------------------------------------------------- */

static void a_viewer_writes_nothing_with_any_command(void **state)
{
    struct program *p = *state;
    struct text before = TEXT_INIT, after = TEXT_INIT;
    char id[300];
    office_id(p, id);
    const char *const commands[][6] = {
        {"set", id, "response_time_en=soon"},
        {"add", "phone", "number=012345678"},
        {"close", id, "--reason", "gone"},
        {"verify", id, "--method=phone", "--result=still_right"},
        {"merge", id, id},
        {"undo"},
        {"redo", id},
        {"approve", id},
        {"reject", id, "--reason", "no"},
        {"review", "07", "on"},
    };
    directory_bytes(p, &before);
    for (int who = 0; who < 3; who++) {
        if (who)
            assert_int_equal(RUN(p, "person", "--name", who == 1 ? "Guest" : "Teacher", "--role",
                                 who == 1 ? "viewer" : "trainer"),
                             0);
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
            p->lang = i % 2 ? "km" : "en";
            const char *const *c = commands[i];
            assert_int_equal(RUN(p, c[0], c[1], c[2], c[3], c[4]), 3);
            assert_one_line(&p->err);
            assert_true(has(&p->err, "cpdir person"));
            assert_int_equal(p->out.len, 0);
            directory_bytes(p, &after);
            assert_int_equal(after.len, before.len);
            assert_memory_equal(after.bytes, before.bytes, before.len);
        }
        p->lang = "en";
    }
    text_release(&before);
    text_release(&after);
}

/* --- set ------------------------------------------------------------------------------------- */

static void a_field_is_set_and_told_in_the_history(void **state)
{
    struct program *p = *state;
    char id[300], value[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(
        RUN(p, "set", id, "response_time_en=3 days", "minimum_age=០", "--reason", "they called"),
        0);
    assert_true(has(&p->out, id));
    field_of(p, id, "response_time_en", value);
    assert_string_equal(value, "3 days");
    assert_int_equal(RUN(p, "history", id, "--format", "json"), 0);
    assert_true(has(&p->out,
                    "\"actor\":\"Sok Dara\",\"kind\":\"set\",\"field\":\"response_time_en\","
                    "\"old\":null,\"new\":\"3 days\",\"reason\":\"they called\""));
    assert_true(has(&p->out, "\"field\":\"minimum_age\",\"old\":null,\"new\":\"0\""));
    assert_int_equal(RUN(p, "history", id), 0);
    assert_true(has(&p->out, "Sok Dara"));
    assert_true(has(&p->out, "they called"));
    assert_int_equal(RUN(p, "set", id, "response_time_en=3 days"), 0);
    assert_true(has(&p->out, "says so already"));
    assert_int_equal(RUN(p, "set", id, "response_time_en="), 0);
    assert_int_equal(RUN(p, "history", id, "--format", "json"), 0);
    assert_true(has(&p->out, "\"old\":\"3 days\",\"new\":null"));
}

static void the_beginning_of_an_id_is_enough(void **state)
{
    struct program *p = *state;
    char id[300], start[9];
    office_id(p, id);
    snprintf(start, sizeof start, "%.8s", id);
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(RUN(p, "set", start, "response_time_en=soon"), 0);
    assert_true(has(&p->out, id));
    assert_int_equal(RUN(p, "show", start), 0);
    assert_int_equal(RUN(p, "history", start), 0);
    assert_int_equal(RUN(p, "set", "00", "response_time_en=x"), 3);
    assert_int_equal(RUN(p, "set", "zzzz", "response_time_en=x"), 3);
    assert_int_equal(RUN(p, "set", "00000000-0000", "response_time_en=x"), 1);
    assert_one_line(&p->err);
}

static void a_stale_version_is_told_and_nothing_is_written(void **state)
{
    struct program *p = *state;
    char id[300], version[300], value[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", CHHUK);
    field_of(p, id, "version", version);
    assert_int_equal(RUN(p, "set", id, "response_time_en=first", "--seen", version), 0);
    assert_int_equal(RUN(p, "set", id, "response_time_en=second", "--seen", version), 4);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "Sok Dara"));
    field_of(p, id, "response_time_en", value);
    assert_string_equal(value, "first");
    assert_int_equal(RUN(p, "set", id, "response_time_en=x", "--seen", "7"), 3);
}

static void a_dry_run_checks_and_writes_nothing(void **state)
{
    struct program *p = *state;
    struct text before = TEXT_INIT, after = TEXT_INIT;
    char id[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", CHHUK);
    directory_bytes(p, &before);
    assert_int_equal(RUN(p, "set", id, "response_time_en=soon", "--dry-run"), 0);
    assert_int_equal(RUN(p, "set", id, "response_time_en=soon", "--dry-run", "--format=json"), 0);
    assert_true(has(&p->out, "\"outcome\":\"would_write\""));
    assert_int_equal(RUN(p, "add", "phone", "owner=", "number=012345678", "--dry-run"), 3);
    directory_bytes(p, &after);
    assert_memory_equal(after.bytes, before.bytes, before.len);
    text_release(&before);
    text_release(&after);
}

static void wrong_words_are_told_apart(void **state)
{
    static const struct {
        const char *words[5];
        int code;
        const char *told;
    } rows[] = {
        {{"set", "ID", "response_time_en"}, 2, "FIELD=VALUE"},
        {{"set", "ID", "=x"}, 2, "FIELD=VALUE"},
        {{"set", "ID"}, 2, "set"},
        {{"set", "ID", "colour=red"},
         3,
         "meets_standard, source, confidence, as_of, suspended_by, status"},
        {{"set", "ID", "minimum_age=1", "minimum_age=2"}, 2, "minimum_age"},
        {{"set", "ID", "minimum_age=10", "maximum_age=5"}, 3, "Oldest age"},
        {{"set", "ID", "name_km=", "name_en="}, 3, "Name"},
        {{"set", "ID", "status=dead"}, 3, "status"},
        {{"set", "ID", "organization="}, 3, "Organization"},
        {{"add", "dragon", "name_en=x"}, 3, "dragon"},
        {{"add", "location", "area=Chhuk"}, 3, "0703 Kampot Province"},
        {{"add", "phone", "owner=ID", "number=12"}, 3, "Telephone"},
        {{"add", "phone", "number=012345678"}, 3, "Belongs to"},
        {{"close", "ID"}, 2, "--reason"},
        {{"verify", "ID", "--method=phone"}, 2, "--result"},
        {{"verify", "ID", "--method=dream", "--result=closed"}, 3, "phone, visit"},
        {{"merge", "ID", "ID"}, 3, "made one"},
    };
    struct program *p = *state;
    char id[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", CHHUK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char owner[310];
        const char *words[5];
        snprintf(owner, sizeof owner, "owner=%s", id);
        for (size_t j = 0; j < 5; j++) {
            words[j] = rows[i].words[j];
            if (words[j] && !strcmp(words[j], "ID"))
                words[j] = id;
            if (words[j] && !strcmp(words[j], "owner=ID"))
                words[j] = owner;
        }
        int code = RUN(p, words[0], words[1], words[2], words[3], words[4]);
        if (code != rows[i].code || !has(&p->err, rows[i].told) || count_lines(&p->err) != 1)
            fail_msg("row %zu: %d %s", i, code, p->err.bytes);
    }
}

/* --- add, close, verify, merge --------------------------------------------------------------- */

/* A new organization with a service in Chhuk and its number; the service's id. */
static void add_service(struct program *p, const char *name, const char *phone, char id[300])
{
    char of[320], number[64];
    snprintf(of, sizeof of, "name_en=%s", name);
    snprintf(number, sizeof number, "number=%s", phone);
    const char *const words[] = {"add",
                                 "organization",
                                 of,
                                 "sector=ngo",
                                 "+",
                                 "service",
                                 of,
                                 "+",
                                 "location",
                                 "area=070301",
                                 "+",
                                 "service_at_location",
                                 "+",
                                 "phone",
                                 number,
                                 "+",
                                 "term_link",
                                 "term=C1",
                                 "type=service_type",
                                 "--format",
                                 "json",
                                 NULL};
    if (program_run(p, words))
        fail_msg("%s", p->err.bytes);
    assert_int_equal(RUN(p, "find", phone, "--limit", "1", "--format", "json"), 0);
    value_of(p, "id", id);
}

static void an_entry_is_added_with_what_belongs_to_it_in_one_save(void **state)
{
    struct program *p = *state;
    char id[300], name[300];
    be(p, "Sok Dara", "editor", "KH");
    add_service(p, "Friends of Chhuk", "012 999 111", id);
    value_of(p, "name_en", name);
    assert_string_equal(name, "Friends of Chhuk");
    assert_true(has(&p->out, "\"types\":[\"C1\"]"));
    assert_true(has(&p->out, "\"area\":\"0703"));
    assert_int_equal(RUN(p, "undo"), 0);
    assert_int_equal(RUN(p, "find", "012999111"), 1);
    assert_int_equal(RUN(p, "redo"), 0);
    assert_int_equal(RUN(p, "find", "012999111"), 0);
}

static void verifying_and_closing_are_one_save(void **state)
{
    struct program *p = *state;
    char id[300], day[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(RUN(p, "verify", id, "--method", "phone", "--result", "still_right", "--note",
                         "the chief answered"),
                     0);
    assert_int_equal(RUN(p, "show", id, "--format", "json"), 0);
    assert_true(has(&p->out, "\"result\":\"still_right\",\"actor\":\"Sok Dara\""));
    assert_true(has(&p->out, "the chief answered"));
    value_of(p, "day", day);
    assert_string_equal(day, "2026-07-01");
    assert_int_equal(
        RUN(p, "verify", id, "--method", "visit", "--result", "closed", "--note", "moved away"), 0);
    assert_int_equal(RUN(p, "find", "chhuk social affairs office", "--area", CHHUK, "--status",
                         "closed", "--format", "json"),
                     0);
    assert_true(has(&p->out, id));
    assert_int_equal(RUN(p, "undo", id), 0);
    assert_int_equal(RUN(p, "show", id, "--format", "json"), 0);
    assert_true(has(&p->out, "\"status\":\"active\""));
    assert_true(has(&p->out, "\"result\":\"still_right\""));
    assert_int_equal(RUN(p, "close", id, "--reason", "no longer there"), 0);
    assert_int_equal(RUN(p, "show", id, "--format", "json"), 0);
    assert_true(has(&p->out, "\"status\":\"closed\""));
}

static void twins_are_found_and_merged_and_parted_again(void **state)
{
    struct program *p = *state;
    char a[300], b[300];
    be(p, "Sok Dara", "editor", "KH");
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK), 1);
    assert_one_line(&p->err);
    add_service(p, "Friends of Chhuk", "012 999 111", a);
    add_service(p, "Friend of Chhuk", "012 999 222", b);
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK, "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 1);
    assert_true(has(&p->out, a) && has(&p->out, b));
    assert_true(has(&p->out, "\"why\":[\"name_en\",\"place\"]"));
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK), 0);
    assert_true(has(&p->out, "nearly the same English name"));
    assert_int_equal(RUN(p, "merge", b, a, "name_en=Friends in Chhuk", "--reason", "one"), 0);
    assert_int_equal(RUN(p, "show", b, "--format", "json"), 0);
    assert_true(has(&p->out, "Friends in Chhuk"));
    assert_true(has(&p->out, "+85512999222"));
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK), 1);
    assert_int_equal(RUN(p, "undo"), 0);
    assert_int_equal(RUN(p, "find", "012999222", "--format", "json"), 0);
    assert_true(has(&p->out, b));
}

static void what_is_said_to_be_two_is_asked_no_more(void **state)
{
    struct program *p = *state;
    char a[300], b[300];
    be(p, "Sok Dara", "editor", "KH");
    assert_int_equal(RUN(p, "duplicates", "off"), 1);
    add_service(p, "Friends of Chhuk", "012 999 111", a);
    add_service(p, "Friend of Chhuk", "012 999 222", b);
    assert_int_equal(RUN(p, "duplicates", a, b, "off"), 0);
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK), 1);
    assert_int_equal(RUN(p, "duplicates", "off", "--format", "json"), 0);
    assert_true(has(&p->out, a) && has(&p->out, b) && has(&p->out, "Sok Dara"));
    assert_int_equal(RUN(p, "duplicates", "off"), 0);
    assert_true(has(&p->out, "Friends of Chhuk") && has(&p->out, "Friend of Chhuk"));
    assert_int_equal(RUN(p, "duplicates", b, a, "on"), 0);
    assert_int_equal(RUN(p, "duplicates", "--area", CHHUK), 0);
    assert_int_equal(RUN(p, "duplicates", a, a, "off"), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "duplicates", a, b, "perhaps"), 2);
    assert_int_equal(RUN(p, "duplicates", a, "off"), 2);
    be(p, "Sok Dara", "editor", "0801");
    assert_int_equal(RUN(p, "duplicates", a, b, "off"), 3);
    be(p, "Sok Dara", "viewer", "KH");
    assert_int_equal(RUN(p, "duplicates", a, b, "off"), 3);
}

static void what_something_depends_on_is_not_undone(void **state)
{
    struct program *p = *state;
    char id[300];
    be(p, "Sok Dara", "editor", "KH");
    add_service(p, "Friends of Chhuk", "012 999 111", id);
    be(p, "Chan Thy", "editor", "KH");
    assert_int_equal(RUN(p, "undo"), 1);
    assert_int_equal(RUN(p, "set", id, "name_en=Better name"), 0);
    assert_int_equal(RUN(p, "person", "Sok"), 0);
    assert_int_equal(RUN(p, "undo"), 4);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "Chan Thy"));
}

/* --- proposals ------------------------------------------------------------------------------- */

static void a_change_elsewhere_waits_for_an_approver(void **state)
{
    struct program *p = *state;
    char id[300], proposal[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", "08");
    assert_int_equal(RUN(p, "proposals"), 1);
    assert_int_equal(
        RUN(p, "set", id, "response_time_en=soon", "--reason", "heard it", "--format", "json"), 0);
    assert_true(has(&p->out, "\"outcome\":\"proposed\""));
    assert_true(has(&p->out, "\"area\":\"" CHHUK "\""));
    value_of(p, "proposal", proposal);
    assert_int_equal(RUN(p, "approve", proposal), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "proposals", "--area", CHHUK), 0);
    assert_true(has(&p->out, "heard it"));
    assert_true(has(&p->out, "Response time"));
    be(p, "Chan Thy", "approver", "07");
    assert_int_equal(RUN(p, "approve", proposal, "--reason", "right"), 0);
    assert_int_equal(RUN(p, "approve", proposal), 4);
    assert_int_equal(RUN(p, "reject", proposal), 2);
    assert_int_equal(RUN(p, "history", id, "--format", "json"), 0);
    assert_true(has(&p->out, "Sok Dara / Chan Thy"));
    assert_int_equal(RUN(p, "proposals", proposal, "--format", "json"), 0);
    assert_true(has(&p->out, "\"answer\":\"approved\""));
}

static void a_proposal_overtaken_by_a_change_is_not_written_unseen(void **state)
{
    struct program *p = *state;
    char id[300], proposal[300], value[300];
    office_id(p, id);
    be(p, "Sok Dara", "editor", "08");
    assert_int_equal(RUN(p, "set", id, "response_time_en=soon", "--format", "json"), 0);
    value_of(p, "proposal", proposal);
    be(p, "Chan Thy", "approver", "07");
    assert_int_equal(RUN(p, "set", id, "response_time_en=late"), 0);
    assert_int_equal(RUN(p, "approve", proposal), 4);
    assert_true(has(&p->err, "--anyway"));
    field_of(p, id, "response_time_en", value);
    assert_string_equal(value, "late");
    assert_int_equal(RUN(p, "approve", proposal, "--anyway"), 0);
    field_of(p, id, "response_time_en", value);
    assert_string_equal(value, "soon");
}

static void an_area_is_put_under_review(void **state)
{
    struct program *p = *state;
    char id[300];
    office_id(p, id);
    assert_int_equal(RUN(p, "review"), 1);
    be(p, "Chan Thy", "approver", "07");
    assert_int_equal(RUN(p, "review", "Chhuk", "maybe"), 2);
    assert_int_equal(RUN(p, "review", CHHUK, "on"), 0);
    assert_int_equal(RUN(p, "review", "--format", "tsv"), 0);
    assert_true(has(&p->out, "\n" CHHUK "\t"));
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(RUN(p, "set", id, "response_time_en=soon"), 0);
    assert_true(has(&p->out, "proposal"));
    assert_int_equal(RUN(p, "review", CHHUK, "off"), 3);
}

/* --- work lists ------------------------------------------------------------------------------ */

static void what_is_due_has_the_keys_in_order(void **state)
{
    static const char *const keys[] = {
        "{\"id\":",          ",\"name_km\":",           ",\"name_en\":",
        ",\"area\":\"",      ",\"due\":\"2026-07-01\"", ",\"why\":\"no_phone\"",
        ",\"verified\":null"};
    struct program *p = *state;
    assert_int_equal(RUN(p, "due", "--area", CHHUK, "--format", "json"), 0);
    size_t due = count_lines(&p->out);
    assert_true(due > 10);
    const char *at = p->out.bytes;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        at = strstr(at, keys[i]);
        assert_non_null(at);
    }
    assert_int_equal(RUN(p, "due", "--area", CHHUK, "--limit", "2", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 3);
    be(p, "Sok Dara", "editor", CHHUK);
    assert_int_equal(RUN(p, "due", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), due);
    char id[300];
    office_id(p, id);
    assert_int_equal(RUN(p, "verify", id, "--method=phone", "--result=still_right"), 0);
    assert_int_equal(RUN(p, "due"), 0);
    assert_true(has(&p->out, "1 of "));
    assert_false(has(&p->out, id));
    assert_int_equal(RUN(p, "due", "--limit", "0"), 3);
    assert_int_equal(RUN(p, "due", "--area", "Atlantis"), 3);
}

static void the_call_sheet_fits_a_page_in_both_languages(void **state)
{
    struct program *p = *state;
    for (int km = 0; km < 2; km++) {
        p->lang = km ? "km" : "en";
        assert_int_equal(RUN(p, "due", "--area", CHHUK, "--sheet"), 0);
        assert_true(has(&p->out, km ? "[ ] នៅត្រឹមត្រូវ" : "[ ] still right"));
        assert_true(has(&p->out, "________"));
        assert_false(has(&p->out, "\x1b"));
        if (!km)
            for (const char *line = p->out.bytes; *line; line += strcspn(line, "\n") + 1)
                assert_true(strcspn(line, "\n") <= 3 * 76);
    }
}

static void own_due_rules_count_and_wrong_ones_are_told(void **state)
{
    struct program *p = *state;
    char folder[512];
    assert_int_equal(RUN(p, "person", "--name", "Guest"), 0); /* makes the folder */
    program_path(p, "home/.config/cpdir", folder);
    program_write(p, "home/.config/cpdir/due.tsv", "*\t3\t0\n", 6);
    assert_int_equal(RUN(p, "due", "--area", CHHUK), 0);
    assert_true(has(&p->out, "since 01/07/2026"));
    assert_int_equal(p->err.len, 0);
    program_write(p, "home/.config/cpdir/due.tsv", "*\tx\n", 4);
    assert_int_equal(RUN(p, "due", "--area", CHHUK), 0);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "line 1"));
}

/* --- bad values ------------------------------------------------------------------------------ */

/* What the system's arguments cannot carry is tried elsewhere (test_value.c). */
static bool fits_an_argument(const struct bad_value *b)
{
    enum { ARGUMENT_MAX = 100000 };
    return !b->len && (!b->repeat || b->repeat * strlen(b->text) < ARGUMENT_MAX);
}

static void every_bad_value_is_refused_in_one_line(void **state)
{
    struct program *p = *state;
    struct text word = TEXT_INIT;
    be(p, "Sok Dara", "editor", "KH");
    for (size_t i = 0; i < sizeof bad_values / sizeof *bad_values; i++) {
        const struct bad_value *b = &bad_values[i];
        const struct field *field = field_by_number(b->field);
        if (!fits_an_argument(b))
            continue;
        text_clear(&word);
        text_addf(&word, "%s=", field->column);
        for (size_t j = 0; j < (b->repeat ? b->repeat : 1); j++)
            text_adds(&word, b->text);
        p->lang = i % 2 ? "km" : "en";
        int code = RUN(p, "add", kind_name(field->kind), word.bytes, "--dry-run");
        if (code != 3 || count_lines(&p->err) != 1)
            fail_msg("row %zu: %d %s", i, code, p->err.bytes);
        const char *label = message_get(i % 2 ? LANG_KM : LANG_EN, field->label);
        if (b->why != BAD_UTF8 && !has(&p->err, label))
            fail_msg("row %zu: no %s in %s", i, label, p->err.bytes);
    }
    text_release(&word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(nobody_is_at_the_keyboard_at_first),
        TEST(a_person_is_kept_and_shown),
        TEST(a_word_switches_back_to_somebody_who_was_here),
        TEST(a_new_name_begins_as_a_viewer),
        TEST(persons_that_cannot_be_are_refused),
        TEST(a_viewer_writes_nothing_with_any_command),
        TEST(a_field_is_set_and_told_in_the_history),
        TEST(the_beginning_of_an_id_is_enough),
        TEST(a_stale_version_is_told_and_nothing_is_written),
        TEST(a_dry_run_checks_and_writes_nothing),
        TEST(wrong_words_are_told_apart),
        TEST(an_entry_is_added_with_what_belongs_to_it_in_one_save),
        TEST(verifying_and_closing_are_one_save),
        TEST(twins_are_found_and_merged_and_parted_again),
        TEST(what_is_said_to_be_two_is_asked_no_more),
        TEST(what_something_depends_on_is_not_undone),
        TEST(a_change_elsewhere_waits_for_an_approver),
        TEST(a_proposal_overtaken_by_a_change_is_not_written_unseen),
        TEST(an_area_is_put_under_review),
        TEST(what_is_due_has_the_keys_in_order),
        TEST(the_call_sheet_fits_a_page_in_both_languages),
        TEST(own_due_rules_count_and_wrong_ones_are_told),
        TEST(every_bad_value_is_refused_in_one_line),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
