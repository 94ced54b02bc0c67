/* The canary: names, addresses, numbers and persons that only officials or the focal person may see
 * are stored, changed, moved, drafted and backed up; then somebody without a PIN does everything
 * the program can do. No byte of theirs may stand in any file or reach the terminal. And whoever is
 * a viewer changes nothing: every writing command ends with 3 and leaves the file as it was. */
#define _GNU_SOURCE /* memmem */
#include "tests/tui/program.h"

#include <ctype.h>
#include <ftw.h>
#include <signal.h>

#include "i18n/width.h"
#include "tests/e2e/pty.h"

/* What must never be seen. Numbers without their first 0, as they are stored; and as they are
 * shown. */
static const char *const canaries[] = {
    "zephyrquill",  "violetgrotto", "ambertrellis", "saffronlark", "indigomarsh", "copperwren",
    "ឆ្កែស្វាព្រះខ្ទឹម", "ផ្លូវលាក់សម្ងាត់",  "នាងកេសរកូលាប",  "77918273",    "78829364",    "79930475",
    "077 918 273",  "078 829 364",  "079 930 475",  "10.6180339",  "104.271828",
};
enum { CANARIES = sizeof canaries / sizeof *canaries, ID = 37 };

struct cage {
    struct program p;
    char home[300], documents[320], tmp[300];
    char service[ID], organization[ID], place[ID], phone[ID], person[ID];
};

/* --- looking for them
 * ------------------------------------------------------------------------------- */

/* The first canary in the bytes, whatever the case of Latin letters; NULL: none. */
static const char *find_canary(const char *bytes, size_t len)
{
    struct text low;
    const char *found = NULL;
    text_init(&low);
    text_add(&low, bytes, len);
    for (size_t i = 0; i < low.len; i++)
        low.bytes[i] = (char)tolower((unsigned char)low.bytes[i]);
    for (size_t i = 0; i < CANARIES && !found; i++)
        if (memmem(low.bytes, low.len, canaries[i], strlen(canaries[i])))
            found = canaries[i];
    text_release(&low);
    return found;
}

static size_t files_looked_at;

static int look_at_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)where;
    if (type != FTW_F || st->st_size == 0)
        return 0;
    struct text bytes;
    text_init(&bytes);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    text_reserve(&bytes, (size_t)st->st_size);
    bytes.len = fread(bytes.bytes, 1, (size_t)st->st_size, f);
    fclose(f);
    const char *found = find_canary(bytes.bytes, bytes.len);
    if (found)
        fail_msg("%s holds %s", path, found);
    files_looked_at++;
    text_release(&bytes);
    return 0;
}

static void no_file_holds_any(const struct cage *c)
{
    files_looked_at = 0;
    assert_int_equal(nftw(c->p.folder, look_at_file, 16, FTW_PHYS), 0);
    assert_true(files_looked_at >= 3);
}

static void assert_silent(const char *what, const struct text *said)
{
    const char *found = find_canary(said->bytes, said->len);
    if (found)
        fail_msg("%s says %s", what, found);
}

/* --- the command line
 * ------------------------------------------------------------------------------- */

enum { WORDS = 24 };

/* Runs a command of words separated by '|'; %s, %o, %p, %n are the service, organization, place and
 * phone. */
static int run(struct cage *c, const char *command)
{
    char *copy = strdup(command), *rest = copy, *word;
    const char *arguments[WORDS + 1];
    struct text made[WORDS];
    size_t count = 0;
    while ((word = strsep(&rest, "|")) != NULL && count < WORDS) {
        text_init(&made[count]);
        for (const char *s = word; *s; s++) {
            const char *id = s[0] != '%'   ? NULL
                             : s[1] == 's' ? c->service
                             : s[1] == 'o' ? c->organization
                             : s[1] == 'p' ? c->place
                             : s[1] == 'n' ? c->phone
                             : s[1] == 'h' ? c->p.folder
                                           : NULL;
            if (id)
                s++;
            text_add(&made[count], id ? id : s, id ? strlen(id) : 1);
        }
        arguments[count] = made[count].bytes;
        count++;
    }
    arguments[count] = NULL;
    int code = program_run(&c->p, arguments);
    for (size_t i = 0; i < count; i++)
        text_release(&made[i]);
    free(copy);
    return code;
}

static void must(struct cage *c, const char *command)
{
    if (run(c, command))
        fail_msg("%s: %d\n%s", command, c->p.code, c->p.err.bytes);
}

/* The id that the last command printed. */
static void keep_id(const struct cage *c, char ret_id[ID])
{
    const char *at = strstr(c->p.out.bytes, "\"id\":\"");
    assert_non_null(at);
    snprintf(ret_id, ID, "%s", at + 6);
}

static void store_hidden(struct cage *c)
{
    must(c,
         "add|location|area=070203|name_en=Zephyrquill|name_km=ឆ្កែស្វាព្រះខ្ទឹម|"
         "address_en=12 Violetgrotto Lane|address_km=ផ្លូវលាក់សម្ងាត់|directions_en=By the "
         "ambertrellis|latitude=10.6180339|longitude=104.271828|+|service_at_location|service=%s|"
         "+|phone|number=077 918 273|--pin-file|%h/pin1|--format|json");
    keep_id(c, c->place);
    must(c, "add|contact|owner=%s|name_en=Saffronlark|name_km=នាងកេសរកូលាប|"
            "email=saffronlark@example.org|--pin-file|%h/pin1|--format|json");
    keep_id(c, c->person);
    must(c, "add|contact|owner=%s|name_en=Indigomarsh|confidentiality=focal_person|--pin-file|"
            "%h/pin2");
    must(c, "add|phone|owner=%s|number=078 829 364|confidentiality=focal_person|--pin-file|%h/pin2|"
            "--format|json");
    keep_id(c, c->phone);
    must(c, "set|%n|number=079 930 475|--pin-file|%h/pin2");
    must(c, "set|%p|name_en=Copperwren|confidentiality=focal_person|--pin-file|%h/pin2");
    must(c, "set|%p|confidentiality=officials|--pin-file|%h/pin2");
    must(c, "verify|%s|--method|phone|--result|still_right");
}

static void open_cage(struct cage *c)
{
    char path[600];
    *c = (struct cage){0};
    program_open(&c->p);
    snprintf(c->tmp, sizeof c->tmp, "TMPDIR=%s/tmp", c->p.folder);
    snprintf(c->home, sizeof c->home, "HOME=%s/home", c->p.folder);
    snprintf(c->documents, sizeof c->documents, "XDG_DOCUMENTS_DIR=%s/home/Documents", c->p.folder);
    c->p.extra[0] = c->tmp;
    program_path(&c->p, "tmp", path);
    assert_int_equal(mkdir(path, 0700), 0);
    program_path(&c->p, "home", path);
    assert_int_equal(mkdir(path, 0700), 0);
    strcat(path, "/Documents");
    assert_int_equal(mkdir(path, 0700), 0);
    program_write(&c->p, "pin1", "482719\n", 7);
    program_write(&c->p, "pin2", "trapeang seven\n", 15);
    program_path(&c->p, "pin1", path);
    assert_int_equal(chmod(path, 0600), 0);
    program_path(&c->p, "pin2", path);
    assert_int_equal(chmod(path, 0600), 0);
    must(c, "person|--name|Keeper|--office|WCCC|--role|approver|--area|KH");
    must(c, "pin|officials|--new-pin-file|%h/pin1");
    must(c, "pin|focal_person|--pin-file|%h/pin1|--new-pin-file|%h/pin2");
    must(c, "add|organization|name_en=House of Hope|name_km=ផ្ទះសង្ឃឹម|--format|json");
    keep_id(c, c->organization);
    must(c, "add|service|name_en=Hope shelter|name_km=ជម្រកសង្ឃឹម|organization=%o|+|term_link|term=A3|"
            "type=service_type|+|service_area|area=0702|+|phone|number=1288|kind=hotline|--format|"
            "json");
    keep_id(c, c->service);
    store_hidden(c);
}

static void close_cage(struct cage *c)
{
    program_close(&c->p);
}

/* --- tests of the command line
 * ---------------------------------------------------------------------- */

static void with_a_pin_each_level_is_shown(void **state)
{
    struct cage *c = *state;
    must(c, "show|%s|--pin-file|%h/pin1|--format|json");
    assert_true(has(&c->p.out, "Violetgrotto") && has(&c->p.out, "Saffronlark"));
    assert_true(has(&c->p.out, "Copperwren") && has(&c->p.out, "77918273"));
    assert_false(has(&c->p.out, "Indigomarsh") || has(&c->p.out, "79930475"));
    must(c, "show|%s|--pin-file|%h/pin2");
    assert_true(has(&c->p.out, "Indigomarsh") && has(&c->p.out, "079 930 475"));
    assert_true(has(&c->p.out, "Violetgrotto"));
    must(c, "history|%p|--pin-file|%h/pin1");
    assert_true(has(&c->p.out, "Zephyrquill"));
    must(c, "history|%s|--pin-file|%h/pin1"); /* a shelter's, with what is sealed, marked */
    assert_true(has(&c->p.out, "Zephyrquill") && has(&c->p.out, "[for officials]"));
    assert_false(has(&c->p.out, "Indigomarsh") || has(&c->p.out, "[for the focal person]"));
    must(c, "history|%s|--pin-file|%h/pin2|--format|tsv");
    assert_true(has(&c->p.out, "Indigomarsh") && has(&c->p.out, "focal_person"));
    must(c, "--version"); /* nothing of that stays in the file of the output */
    no_file_holds_any(c);
}

static void without_a_pin_no_command_tells_it(void **state)
{
    static const char *const commands[] = {
        "find|--limit|100000|--format|text",
        "find|--limit|100000|--format|tsv",
        "find|--limit|100000|--format|json",
        "find|hope|--lang|km",
        "find|hope|--area|0702|--format|json",
        "find|--type|A3|--format|json",
        "show|%s",
        "show|%s|--lang|km",
        "show|%s|--format|tsv",
        "show|%s|--format|json",
        "show|%o|--format|json",
        "show|%p",
        "show|%n|--format|json",
        "area|0702|--format|json",
        "area|070203",
        "history|%s",
        "history|%s|--format|json",
        "history|%o",
        "history|%p",
        "history|%n|--format|json",
        "due|--area|0702|--limit|10000",
        "due|--area|0702|--format|json",
        "due|--area|0702|--sheet",
        "who|--area|0702|--format|json",
        "who|--area|0702",
        "plan|--area|0702|--format|json",
        "group|--area|0702|--format|json",
        "group|--area|0702",
        "meeting|--area|0702|--format|json",
        "meeting|--area|0702",
        "duplicates|--area|07",
        "proposals",
        "review",
        "show|%s|--as-of|2026-07-01",
        "check",
        "backup",
        "backup|--list",
        "person",
        "undo|%p",
        "undo|%s",
        "redo|%s",
        "close|%n|--reason|gone",
        "set|%p|name_en=New",
        "add|phone|owner=%p|number=012345678",
        "pin|officials|--pin-file|%h/in|--new-pin-file|%h/in",
    };
    struct cage *c = *state;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        (void)run(c, commands[i]);
        assert_in_range(c->p.code, 0, 5);
        assert_silent(commands[i], &c->p.out);
        assert_silent(commands[i], &c->p.err);
    }
    for (size_t i = 0; i < CANARIES; i++) { /* what is typed is not told back either */
        char command[200];
        snprintf(command, sizeof command, "find|%s", canaries[i]);
        assert_int_equal(run(c, command), 1);
    }
    must(c, "--version");
    no_file_holds_any(c);
}

#define KEYS_F4 "\033OS"
#define KEYS_F7 "\033[18~"
#define KEYS_F8 "\033[19~"
#define KEYS_F9 "\033[20~"

/* --- on the screen
 * ---------------------------------------------------------------------------------- */

static void start(struct cage *c, struct pty *pty)
{
    char program[512];
    const char *build = getenv("CPDIR_BUILD");
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {
        c->home, c->documents, c->tmp, "CPDIR_LANG=en", "CPDIR_NOW=2026-07-01T02:00:00Z", NULL};
    struct pty_start s = {.argv = argv, .environment = environment};
    if (!pty_open(pty, &s) || !pty_settle(pty))
        fail_msg("the program did not come up:\n%s", pty->output.bytes);
}

static void press(struct pty *pty, const char *key)
{
    if (!pty_press(pty, key))
        fail_msg("no answer to a key (ended: %d):\n%s", pty->ended,
                 pty->output.bytes + (pty->output.len > 2000 ? pty->output.len - 2000 : 0));
}

static void type(struct pty *pty, const char *text)
{
    if (!pty_type(pty, text))
        fail_msg("no answer to '%s'", text);
}

static void open_shelter(struct pty *pty)
{
    press(pty, KEYS_F3);
    type(pty, "hope shelter");
    press(pty, KEYS_ENTER);
    assert_true(pty_shows(pty, "1288"));
}

static void unlock(struct pty *pty, const char *pin)
{
    press(pty, "U");
    type(pty, pin);
    press(pty, KEYS_ENTER);
}

/* What was copied to the terminal's clipboard, out of base64. */
static void decode_copy(const struct pty *pty, struct text *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0;
    int have = 0;
    const char *sent = pty->screen.copied.bytes;
    const char *from = strrchr(sent, ';');
    for (const char *s = from ? from + 1 : sent; *s && strchr(digits, *s); s++) {
        bits = bits << 6 | (unsigned)(strchr(digits, *s) - digits);
        have += 6;
        if (have >= 8) {
            have -= 8;
            text_addc(out, (char)(bits >> have & 0xff));
        }
    }
}

static void without_a_pin_no_screen_shows_it(void **state)
{
    static const char *const keys[] = {
        "y",     "c",        KEYS_ESC,   KEYS_F2,    KEYS_F2,   KEYS_END,   KEYS_F1,  KEYS_ESC,
        KEYS_F8, KEYS_ENTER, KEYS_F7,    KEYS_ENTER, KEYS_DOWN, KEYS_ENTER, KEYS_ESC, KEYS_ESC,
        KEYS_F7, KEYS_DOWN,  KEYS_ENTER, KEYS_ENTER, KEYS_ESC,  KEYS_ESC,   KEYS_F9,  KEYS_ESC,
        KEYS_F3, KEYS_DOWN,  KEYS_ENTER, KEYS_F4,    KEYS_ESC};
    struct cage *c = *state;
    struct pty pty;
    start(c, &pty);
    open_shelter(&pty);
    assert_true(pty_shows(&pty, "The place is confidential."));
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !pty.ended; i++)
        press(&pty, keys[i]);
    unlock(&pty, "999991");
    pty_send(&pty, KEYS_F10, strlen(KEYS_F10), 1);
    assert_true(pty_wait_end(&pty));
    assert_silent("the screen", &pty.output);
    pty_close(&pty);
    no_file_holds_any(c);
}

static void unlocked_it_is_seen_but_never_copied_printed_or_drafted_in_clear(void **state)
{
    struct cage *c = *state;
    struct pty pty;
    struct text copied;
    text_init(&copied);
    start(c, &pty);
    open_shelter(&pty);
    unlock(&pty, "482719");
    assert_true(pty_shows(&pty, "UNLOCKED"));
    assert_true(pty_shows(&pty, "Violetgrotto") && pty_shows(&pty, "077 918 273"));
    press(&pty, "y");
    decode_copy(&pty, &copied);
    assert_true(has(&copied, "1288"));
    assert_silent("the clipboard", &copied);
    press(&pty, KEYS_F8); /* to a file in Documents */
    press(&pty, KEYS_ENTER);
    press(&pty, KEYS_F4); /* the form, and a word in its first field */
    press(&pty, KEYS_DOWN);
    type(&pty, "x");
    press(&pty, KEYS_DOWN);
    assert_true(pty_shows(&pty, "UNLOCKED"));
    assert_int_equal(kill(pty.pid, SIGKILL), 0);
    assert_true(pty_wait_end(&pty));
    pty_close(&pty);
    text_release(&copied);
    no_file_holds_any(c);
}

static void a_crash_while_unlocked_leaves_no_core(void **state)
{
    struct cage *c = *state;
    struct pty pty;
    char path[64], line[256];
    bool none = false;
    start(c, &pty);
    press(&pty, KEYS_ESC); /* drafts that wait */
    open_shelter(&pty);
    unlock(&pty, "trapeang seven");
    assert_true(pty_shows(&pty, "UNLOCKED"));
    snprintf(path, sizeof path, "/proc/%ld/limits", (long)pty.pid);
    FILE *limits = fopen(path, "r");
    assert_non_null(limits);
    while (fgets(line, sizeof line, limits))
        none = none || !strncmp(line, "Max core file size        0 ", 28);
    fclose(limits);
    assert_true(none);
    assert_int_equal(kill(pty.pid, SIGSEGV), 0);
    assert_true(pty_wait_end(&pty));
    pty_close(&pty);
    no_file_holds_any(c);
}

/* --- a viewer
 * --------------------------------------------------------------------------------------- */

static void a_viewer_writes_nothing(void **state)
{
    static const char *const commands[] = {
        "add|organization|name_en=New",
        "add|phone|owner=%s|number=012345678",
        "add|location|area=070203|confidentiality=officials|--pin-file|%h/pin1",
        "set|%s|name_en=New",
        "set|%n|number=012345678|--pin-file|%h/pin2",
        "close|%s|--reason|gone",
        "verify|%s|--method|phone|--result|closed",
        "merge|%s|%s",
        "undo",
        "undo|%s",
        "redo",
        "approve|%s",
        "reject|%s|--reason|no",
        "review|07|on",
        "restore|%h/in",
        "pin|officials|--pin-file|%h/pin1|--new-pin-file|%h/pin2",
    };
    struct cage *c = *state;
    struct text before, after;
    text_init(&before);
    text_init(&after);
    must(c, "person|--role|viewer");
    program_read(&c->p, "home/.local/share/cpdir/directory.db", &before);
    assert_true(before.len > 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (run(c, commands[i]) != 3)
            fail_msg("%s: %d\n%s%s", commands[i], c->p.code, c->p.out.bytes, c->p.err.bytes);
        assert_one_line(&c->p.err);
        program_read(&c->p, "home/.local/share/cpdir/directory.db", &after);
        if (after.len != before.len || memcmp(after.bytes, before.bytes, after.len) != 0)
            fail_msg("%s changed the file", commands[i]);
        assert_false(program_exists(&c->p, "home/.local/share/cpdir/directory.db-wal"));
    }
    text_release(&before);
    text_release(&after);
    no_file_holds_any(c);
}

static int setup(void **state)
{
    struct cage *c = calloc(1, sizeof *c);
    open_cage(c);
    *state = c;
    return 0;
}

static int teardown(void **state)
{
    close_cage(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_pin_each_level_is_shown),
        cmocka_unit_test(without_a_pin_no_command_tells_it),
        cmocka_unit_test(without_a_pin_no_screen_shows_it),
        cmocka_unit_test(unlocked_it_is_seen_but_never_copied_printed_or_drafted_in_clear),
        cmocka_unit_test(a_crash_while_unlocked_leaves_no_core),
        cmocka_unit_test(a_viewer_writes_nothing),
    };
    (void)width_init(); /* the terminal beside it counts columns */
    return cmocka_run_group_tests(tests, setup, teardown);
}
