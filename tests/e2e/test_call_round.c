/* The call round of a district before its meeting, in Khmer on 80x24, as a WCCC secretary does it:
 * twelve services are telephoned from the list of what is due; three numbers have changed, the
 * shelter is closed, the others are right, two NGOs are new. In the middle of a number the power
 * goes, and once more during a save. */
#define _GNU_SOURCE /* memmem */
#include "tests/tui/program.h"

#include <poll.h>
#include <signal.h>
#include <time.h>

#include "i18n/width.h"
#include "tests/e2e/pty.h"

#define KEYS_F7     "\033[18~"
#define KEYS_CTRL_S "\023"
#define MARK        "▸"

enum { SERVICES = 12, ID = 37, DRAFT_MS = 2000, SLACK_MS = 3000 /* sanitizers, a busy machine */ };

struct round {
    struct program p;
    struct pty pty;
    char home[300];
    char shelter[ID];
};

/* --- the command line
 * ------------------------------------------------------------------------------- */

#define MUST(r, ...)                                                                               \
    do {                                                                                           \
        if (RUN(&(r)->p, __VA_ARGS__))                                                             \
            fail_msg("%d: %s%s", (r)->p.code, (r)->p.out.bytes, (r)->p.err.bytes);                 \
    } while (0)

static size_t count_of(const struct text *t, const char *part)
{
    size_t count = 0;
    for (const char *at = t->bytes; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

/* Gives every service of the district a number, as they have been for a year. */
static void give_numbers(struct round *r)
{
    char ids[SERVICES][ID], owner[64], number[64];
    size_t count = 0;
    MUST(r, "due", "--area", "0204", "--format", "json", "--limit", "100");
    for (const char *at = r->p.out.bytes; (at = strstr(at, "{\"id\":\"")) != NULL; at++) {
        assert_true(count < SERVICES);
        snprintf(ids[count++], ID, "%s", at + 7);
    }
    assert_int_equal(count, SERVICES);
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(ids[i], r->shelter))
            continue;
        snprintf(owner, sizeof owner, "owner=%s", ids[i]);
        snprintf(number, sizeof number, "number=012 700 %03d", (int)i);
        MUST(r, "add", "phone", owner, number, "kind=mobile");
    }
}

static void keep_id(const struct round *r, char ret_id[ID])
{
    const char *at = strstr(r->p.out.bytes, "\"id\":\"");
    assert_non_null(at);
    snprintf(ret_id, ID, "%s", at + 6);
}

static void open_round(struct round *r)
{
    char path[600], id[ID], organization[64];
    *r = (struct round){0};
    program_open(&r->p);
    program_path(&r->p, "home", path);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(r->home, sizeof r->home, "HOME=%s/home", r->p.folder);
    MUST(r, "person", "--name", "Keeper", "--role", "approver", "--area", "KH");
    MUST(r, "add", "organization", "name_km=ផ្ទះសង្ឃឹម", "--format", "json");
    keep_id(r, id);
    snprintf(organization, sizeof organization, "organization=%s", id);
    MUST(r, "add", "service", "name_km=ជម្រកសង្ឃឹម", "name_en=Hope shelter", organization, "+",
         "term_link", "term=A3", "type=service_type", "+", "phone", "number=012 700 999", "+",
         "location", "area=0204", "confidentiality=public", "+", "service_at_location", "--format",
         "json");
    keep_id(r, r->shelter);
    give_numbers(r);
    MUST(r, "person", "--name", "សុខ តារា", "--office", "WCCC បវេល", "--role", "editor", "--area",
         "0204");
}

/* --- the screen
 * ------------------------------------------------------------------------------------- */

static void start(struct round *r)
{
    char program[512];
    const char *build = getenv("CPDIR_BUILD");
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {r->home, "CPDIR_LANG=km", "CPDIR_NOW=2026-07-01T02:00:00Z",
                                       NULL};
    struct pty_start how = {.argv = argv, .environment = environment};
    if (!pty_open(&r->pty, &how) || !pty_settle(&r->pty))
        fail_msg("the program did not come up:\n%s", r->pty.output.bytes);
}

static void fail_on_screen(struct round *r, const char *what)
{
    struct text screen;
    text_init(&screen);
    emulator_text(&r->pty.screen, &screen);
    fputs(screen.bytes, stderr);
    fail_msg("%s (ended: %d)", what, r->pty.ended);
}

static void press(struct round *r, const char *key)
{
    if (!pty_press(&r->pty, key))
        fail_on_screen(r, "no answer to a key");
}

static void type(struct round *r, const char *text)
{
    if (!pty_type(&r->pty, text))
        fail_on_screen(r, "no answer to typed text");
}

/* The screen puts room behind Khmer words: texts are compared without spaces. */
static void drop_spaces(struct text *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->len; i++)
        if (t->bytes[i] != ' ')
            t->bytes[kept++] = t->bytes[i];
    text_truncate(t, kept);
}

static bool shows(const struct round *r, const char *text)
{
    struct text screen, wanted;
    text_init(&screen);
    text_init(&wanted);
    emulator_text(&r->pty.screen, &screen);
    text_adds(&wanted, text);
    drop_spaces(&screen);
    drop_spaces(&wanted);
    bool found = strstr(screen.bytes, wanted.bytes) != NULL;
    text_release(&screen);
    text_release(&wanted);
    return found;
}

static void must_show(struct round *r, const char *text)
{
    if (!shows(r, text))
        fail_on_screen(r, text);
}

/* The row the person stands on. */
static void marked(const struct round *r, struct text *out)
{
    struct text edge;
    text_init(&edge);
    text_clear(out);
    for (int row = 1; row < r->pty.screen.rows && out->len == 0; row++) {
        text_clear(&edge);
        emulator_row(&r->pty.screen, row, 0, 2, &edge);
        if (strstr(edge.bytes, MARK))
            emulator_row(&r->pty.screen, row, 0, r->pty.screen.columns, out);
    }
    drop_spaces(out);
    text_release(&edge);
}

/* Goes down to the row that holds the text. */
static void choose(struct round *r, const char *text)
{
    enum { AT_MOST = 60 };
    struct text row, wanted;
    text_init(&row);
    text_init(&wanted);
    text_adds(&wanted, text);
    drop_spaces(&wanted);
    for (int i = 0; i < AT_MOST; i++) {
        marked(r, &row);
        if (strstr(row.bytes, wanted.bytes))
            break;
        press(r, KEYS_DOWN);
    }
    if (!strstr(row.bytes, wanted.bytes)) {
        fprintf(stderr, "the row is: %s\n", row.bytes);
        fail_on_screen(r, text);
    }
    text_release(&row);
    text_release(&wanted);
}

static void open_due(struct round *r)
{
    press(r, KEYS_HOME);
    choose(r, "បាត់ដំបង");
    press(r, KEYS_ENTER);
    choose(r, "បវេល");
    press(r, KEYS_ENTER);
    press(r, KEYS_F7);
    press(r, KEYS_ENTER);
    must_show(r, "ក្នុងចំណោម 12");
}

/* The form of what has changed, with the number open and empty. */
static void open_number(struct round *r)
{
    press(r, "2");
    choose(r, "▸ទូរស័ព្ទ៖");
    press(r, KEYS_ENTER);
    choose(r, "លេខទូរស័ព្ទ");
    press(r, "\025"); /* Ctrl+U */
}

static void save_form(struct round *r)
{
    press(r, KEYS_CTRL_S);
    press(r, KEYS_ENTER);
}

static void kill_program(struct round *r)
{
    assert_int_equal(kill(r->pty.pid, SIGKILL), 0);
    assert_true(pty_wait_end(&r->pty));
    pty_close(&r->pty);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The bytes of all drafts. */
static void read_drafts(const struct round *r, struct text *out)
{
    char command[700];
    snprintf(command, sizeof command,
             "cd '%s' && cat home/.local/state/cpdir/drafts/*.draft 2>/dev/null", r->p.folder);
    FILE *all = popen(command, "r");
    assert_non_null(all);
    char buffer[4096];
    size_t got;
    text_clear(out);
    while ((got = fread(buffer, 1, sizeof buffer, all)) > 0)
        text_add(out, buffer, got);
    pclose(all);
}

/* Milliseconds until what was typed stands in a draft. */
static int64_t wait_for_draft(const struct round *r, const char *typed)
{
    struct text drafts;
    int64_t from = now_ms();
    text_init(&drafts);
    for (;;) {
        read_drafts(r, &drafts);
        bool there = memmem(drafts.bytes, drafts.len, typed, strlen(typed)) != NULL;
        if (there || now_ms() - from > 4 * (DRAFT_MS + SLACK_MS))
            break;
        poll(NULL, 0, 20); /* the file may come at any time */
    }
    text_release(&drafts);
    return now_ms() - from;
}

/* --- the round
 * -------------------------------------------------------------------------------------- */

static void close_the_shelter(struct round *r)
{
    must_show(r, "ជម្រកសង្ឃឹម");
    choose(r, "ជម្រកសង្ឃឹម");
    press(r, "4");
    type(r, "បិទតាំងពីខែមុន");
    press(r, KEYS_ENTER);
    must_show(r, "1 ក្នុងចំណោម 12");
}

static void change_a_number(struct round *r)
{
    open_number(r);
    type(r, "០១២ ៨៨៨ ០០១"); /* as the Khmer keyboard sends digits */
    save_form(r);
    must_show(r, "2 ក្នុងចំណោម 12");
}

/* The power goes while a number is typed: it comes back with the draft. */
static void lose_power_in_the_form(struct round *r)
{
    open_number(r);
    type(r, "012 888 0");
    int64_t took = wait_for_draft(r, "012 888 0");
    print_message("the draft was written %lld ms after the last key\n", (long long)took);
    assert_in_range(took, 0, DRAFT_MS + SLACK_MS);
    kill_program(r);
    start(r);
    press(r, KEYS_ENTER); /* the draft */
    press(r, KEYS_ENTER); /* go on with it */
    must_show(r, "012 888 0");
    choose(r, "លេខទូរស័ព្ទ");
    press(r, KEYS_END);
    type(r, "02");
    save_form(r);
    press(r, KEYS_ESC);
    open_due(r);
    must_show(r, "3 ក្នុងចំណោម 12"); /* the draft kept that somebody was reached, too */
}

/* And once more between the last Enter and the answer: the number is saved, or its draft is there.
 */
static void lose_power_in_a_save(struct round *r)
{
    open_number(r);
    type(r, "012 888 003");
    assert_in_range(wait_for_draft(r, "012 888 003"), 0, DRAFT_MS + SLACK_MS);
    press(r, KEYS_CTRL_S);
    pty_send(&r->pty, KEYS_ENTER, 1, 1);
    kill_program(r);
    (void)RUN(&r->p, "find", "012888003", "--format", "json"); /* ends with 1 where it was not */
    bool saved = count_of(&r->p.out, "+85512888003") == 1;
    start(r);
    if (!saved) {
        press(r, KEYS_ENTER);
        press(r, KEYS_ENTER);
        must_show(r, "012 888 003");
        save_form(r);
    }
    press(r, KEYS_ESC);
    open_due(r);
    must_show(r, "4 ក្នុងចំណោម 12");
}

static void confirm_the_others(struct round *r)
{
    char done[64];
    for (int i = 5; i <= SERVICES; i++) {
        press(r, "1");
        snprintf(done, sizeof done, "%d ក្នុងចំណោម 12", i);
        must_show(r, done);
    }
}

/* One works in the district, the other in the whole country: that one is for others to approve. */
static void add_the_new(struct round *r, const char *name, bool local)
{
    press(r, "n");
    choose(r, "អង្គភាព");
    press(r, KEYS_ENTER);
    type(r, name);
    if (local) {
        choose(r, "+ទីកន្លែង៖");
        press(r, KEYS_ENTER);
        choose(r, "តំបន់ *");
        press(r, KEYS_ENTER);
        type(r, "បវេល");
        choose(r, "បវេល");
        press(r, KEYS_ENTER);
    }
    save_form(r);
    must_show(r, local ? "បានរក្សាទុក" : "សំណើ");
}

/* What was acknowledged is there, each change once, and the file is whole. */
static void hand_it_in(struct round *r)
{
    static const char *const numbers[] = {"012888001", "012888002", "012888003"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        MUST(r, "find", numbers[i], "--format", "json");
        assert_int_equal(count_of(&r->p.out, "{\"id\""), 1);
    }
    MUST(r, "show", r->shelter, "--format", "json");
    assert_non_null(strstr(r->p.out.bytes, "\"status\":\"closed\""));
    assert_int_equal(RUN(&r->p, "due", "--area", "0204", "--format", "json"), 1); /* nothing left */
    MUST(r, "proposals", "--format", "json");
    assert_int_equal(count_of(&r->p.out, "អង្គការជាតិកុមារ"), 1);
    assert_int_equal(count_of(&r->p.out, "អង្គការផ្កាឈូក"), 0);
    MUST(r, "check");
}

static void a_round_of_twelve_calls_survives_two_power_cuts(void **state)
{
    struct round *r = *state;
    start(r);
    open_due(r);
    close_the_shelter(r);
    change_a_number(r);
    lose_power_in_the_form(r);
    lose_power_in_a_save(r);
    confirm_the_others(r);
    press(r, KEYS_ESC);
    add_the_new(r, "អង្គការផ្កាឈូក", true);
    add_the_new(r, "អង្គការជាតិកុមារ", false);
    pty_send(&r->pty, "\033[21~", 5, 1);
    assert_true(pty_wait_end(&r->pty));
    pty_close(&r->pty);
    hand_it_in(r);
}

static int setup(void **state)
{
    struct round *r = calloc(1, sizeof *r);
    open_round(r);
    *state = r;
    return 0;
}

static int teardown(void **state)
{
    struct round *r = *state;
    program_close(&r->p);
    free(r);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_of_twelve_calls_survives_two_power_cuts),
    };
    (void)width_init(); /* the terminal beside it counts columns */
    return cmocka_run_group_tests(tests, setup, teardown);
}
