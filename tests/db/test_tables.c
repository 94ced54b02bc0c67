/* The checks of data/: the tables as they are pass, and each thing that can be wrong with them is
 * refused with the file, the line and the column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/check.h"

static const char *const files[] = {"area.tsv",
                                    "plan.tsv",
                                    "term.tsv",
                                    "body.tsv",
                                    "hotline.tsv",
                                    "office.tsv",
                                    "need.tsv",
                                    "synonym.tsv",
                                    "due.tsv",
                                    "training/area.tsv",
                                    "training/body.tsv",
                                    "training/hotline.tsv",
                                    "training/service.tsv",
                                    "training/phone.tsv",
                                    "training/event.tsv"};

struct place {
    char directory[256];
};

static const char *top(void)
{
    const char *given = getenv("CPDIR_TOP");
    return given ? given : ".";
}

static void file_path(char out[512], const char *directory, const char *file)
{
    assert_true(snprintf(out, 512, "%s/%s", directory, file) < 512);
}

static void read_all(const char *path, struct text *out)
{
    char block[4096];
    size_t got = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        text_add(out, block, got);
    }
    fclose(file);
}

static void write_all(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void copy_table(const struct place *place, const char *file)
{
    char from[512], to[512], data[300];
    struct text bytes = TEXT_INIT;
    snprintf(data, sizeof data, "%.250s/data", top());
    file_path(from, data, file);
    file_path(to, place->directory, file);
    read_all(from, &bytes);
    write_all(to, bytes.bytes, bytes.len);
    text_release(&bytes);
}

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    const char *temporary = getenv("TMPDIR");
    snprintf(place->directory, sizeof place->directory, "%.200s/tables-XXXXXX",
             temporary ? temporary : "/tmp");
    if (!mkdtemp(place->directory)) {
        free(place);
        return -1;
    }
    char training[512];
    file_path(training, place->directory, "training");
    if (mkdir(training, 0700) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        copy_table(place, files[i]);
    }
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];
        file_path(path, place->directory, files[i]);
        unlink(path);
    }
    char training[512];
    file_path(training, place->directory, "training");
    rmdir(training);
    rmdir(place->directory);
    free(place);
    return 0;
}

/* Changes the first `find` after `after` in a table; both must be there. */
static void spoil(const struct place *place, const char *file, const char *after, const char *find,
                  const char *put)
{
    char path[512];
    struct text bytes = TEXT_INIT;
    file_path(path, place->directory, file);
    read_all(path, &bytes);
    const char *from = strstr(bytes.bytes, after);
    const char *place_of = from ? strstr(from, find) : NULL;
    if (!place_of) {
        fail_msg("%s holds no '%s' after '%s'", file, find, after);
    }
    size_t at = (size_t)(place_of - bytes.bytes);
    text_remove(&bytes, at, strlen(find));
    text_insert(&bytes, at, put, strlen(put));
    write_all(path, bytes.bytes, bytes.len);
    text_release(&bytes);
}

static bool load_set(const struct place *place, enum db_set set, struct report *report)
{
    struct data data;
    bool good = data_load(place->directory, set, &data, report);
    data_release(&data);
    return good;
}

static bool load(const struct place *place, struct report *report)
{
    return load_set(place, DB_REAL, report);
}

static void the_tables_pass(void **state)
{
    struct report report = REPORT_INIT;
    for (int set = DB_REAL; set <= DB_TRAINING; set++) {
        bool good = load_set(*state, (enum db_set)set, &report);
        assert_string_equal(report.lines.bytes, "");
        assert_true(good);
    }
    report_release(&report);
}

/* One thing wrong at a time, and what must stand in the report. */
static const struct fault {
    const char *file, *after, *find, *put, *report;
} faults[] = {
    /* bytes and shape */
    {"area.tsv", "\n0703\t", "ឈូក", "ឈូ\u200Bក", ":3: km: invisible or control character U+200B"},
    {"area.tsv", "\n0703\t", "ឈូក", "ឈូក\u200D", ":3: km: invisible or control character U+200D"},
    {"area.tsv", "\n0703\t", "Chhuk", "Chhuk\u00A0",
     ":4: en: invisible or control character U+00A0"},
    {"area.tsv", "\n0703\t", "Chhuk", "\uFEFFChhuk",
     ":4: en: invisible or control character U+FEFF"},
    {"area.tsv", "\n0703\t", "Chhuk", "Ch\u202Ehuk",
     ":4: en: invisible or control character U+202E"},
    {"area.tsv", "\n0703\t", "Chhuk", "Chhuk\r", ":4: en: invisible or control character U+000D"},
    {"area.tsv", "\n0703\t", "Chhuk", "Chh\xFFuk", ":4: en: not UTF-8 at byte 4"},
    {"area.tsv", "\n0703\t", "Chhuk", "Chhuk ", ":4: en: space at an end, or two in a row"},
    {"area.tsv", "\n0806\t", "\n", "\textra\n", ": 5 columns, 4 wanted"},
    {"area.tsv", "\n0703\t", "\ts\t", "\t", ": 3 columns, 4 wanted"},
    {"term.tsv", "# code", "tiers", "tier", "the heading does not name the columns"},
    {"office.tsv", "## ", "# key", "key", "the heading does not name the columns"},
    /* areas */
    {"area.tsv", "\n0703\t", "ឈូក", "Chhuk", ":3: km: Latin letter U+0043 in a Khmer name"},
    {"area.tsv", "\n0703\t", "ឈូក", "ឈូ,ក", ":3: km: U+002C does not belong in a Khmer name"},
    {"area.tsv", "\n0703\t", "ឈូក", "", ":3: km: a Khmer name is wanted"},
    {"area.tsv", "\n0703\t", "Chhuk", "ឈូក", ":4: en: Khmer letter U+1788 in a Latin name"},
    {"area.tsv", "\n0703\t", "Chhuk", "Чhuk", ":4: en: U+0427 does not belong in a Latin name"},
    {"area.tsv", "\n0703\t", "Chhuk", "", ":4: en: a Latin name is wanted"},
    {"area.tsv", "\n070302\t", "តាកែន", "តាេកន", ":3: km: not in normal form"},
    {"area.tsv", "\n070303\t", "បឹងនិមល", "បឹងនិមលល្រ្គ", ":3: km: not in normal form"},
    {"area.tsv", "\n0703\t", "\ts\t", "\tx\t", ":2: kind: 'x' is no kind of unit"},
    {"area.tsv", "\n0703\t", "\ts\t", "\tk\t", ":1: code: 070301 has no parent of the right kind"},
    {"area.tsv", "\n0702\t", "0703\ts", "0704\ts", ":1: code: 070301 is out of order"},
    {"area.tsv", "\n0702\t", "070301", "070401",
     ":1: code: 070401 has no parent of the right kind"},
    {"area.tsv", "\n0702\t", "070302", "070301", ":1: code: 070301 stands twice"},
    {"area.tsv", "\n0702\t", "070302", "070300", ":1: code: 070300 is out of order"},
    {"area.tsv", "\n0702\t", "070302", "70302", ":1: code: '70302': a code of 6 digits is wanted"},
    {"area.tsv", "\n0702\t", "070302", "0703O2",
     ":1: code: '0703O2': a code of 6 digits is wanted"},
    {"area.tsv", "\n0702\t", "070302\tu\tតាកែន\tTakaen\n", "", "1377 units of kind u, 1378 wanted"},
    {"area.tsv", "\n0702\t", "070302\tu\tតាកែន\tTakaen\n", "",
     "1651 units of level 3, 1652 wanted"},
    {"area.tsv", "\n12\t", "12\tc", "12\tp", "0 units of kind c, 1 wanted"},
    {"area.tsv", "\n23\t", "23\tp", "24\tp", "province 23 is missing"},
    /* classification and plan */
    {"term.tsv", "\nB1\t", "B1", "B2", ":1: code: B2 stands twice"},
    {"term.tsv", "\nB1\t", "B1", "C1", ":1: code: 'C1' is neither a group nor a kind"},
    {"term.tsv", "\nB1\t", "1 2 3", "", ":3: tiers: ''"},
    {"term.tsv", "\nB1\t", "1 2 3", "1,2,3", ":3: tiers: '1,2,3'"},
    {"term.tsv", "\nB1\t", "\tyes\t", "\tmaybe\t", ":6: attested: 'maybe' is none of: yes part no"},
    {"term.tsv", "\nB1\t", "2.2 3.2", "2.2 3.9", ":10: outputs: 3.9 does not stand in plan.tsv"},
    {"term.tsv", "\nB1\t", "2.2 3.2", "2.2 2.2", ":10: outputs: 2.2 stands twice"},
    {"term.tsv", "\nA2\t", "cd738c25", "cd738c2", ":9: oscar: 'cd738c2-"},
    {"term.tsv", "\nA2\t", "police_other_service", "Police", ":7: primero: codes of small Latin"},
    {"term.tsv", "\nB1\t", "B1\t6", "B1\t7", ":2: rank: 7 stands twice"},
    {"term.tsv", "\nB1\t", "B1\t6", "B1\t", ":2: rank: '': a number from 1 to 42"},
    {"term.tsv", "\nB1\t", "B1\t6", "B1\t43", ":2: rank: '43': a number from 1 to 42"},
    {"need.tsv", "\nN2\t", "N2", "N3", ":1: code: 'N3' where N2 is wanted"},
    {"need.tsv", "\nN2\t", "now", "soon", ":2: urgency: 'soon' is none of: now hours72 days"},
    {"need.tsv", "\nN2\t", "A2 A1", "A2 A9", ":3: kinds: A9 does not stand in term.tsv"},
    {"need.tsv", "\nN2\t", "A2 A1", "A2 A2", ":3: kinds: A2 stands twice"},
    {"need.tsv", "\nN2\t", "A2 A1", "A2 A", ":3: kinds: 'A' is no kind of service"},
    {"need.tsv", "\nN13\t", "\nN14", "\n## N14", "13 needs, 14 wanted"},
    {"synonym.tsv", "\nsafe house\t", "A3", "A9", ":3: value: there is no A9"},
    {"synonym.tsv", "\nsafe house\t", "A3", "A", ":3: value: there is no A"},
    {"synonym.tsv", "\nsafe house\t", "type", "sort", ":2: kind: 'sort' is no kind of filter"},
    {"synonym.tsv", "\nsafe house\t", "safe house", "Shelters", ":1: words: the same as 'shelter'"},
    {"synonym.tsv", "\nsafe house\t", "safe house", "...",
     ":1: words: nothing that could be typed"},
    {"synonym.tsv", "\nsafe house\t", "safe house", "saf\u00E9 house", "is on no plain keyboard"},
    {"synonym.tsv", "\nsafe house\t", "safe house", "safe \u200Bhouse",
     "invisible or control character U+200B"},
    {"synonym.tsv", "\nsafe house\t", "ours", "", ":5: source: may not be empty"},
    {"synonym.tsv", "\nsafe house\t", "\t\tours", "\treview\tours", ":4: review: must be empty"},
    {"synonym.tsv", "\nផ្ទះសុវត្ថិភាព\t", "review", "", ":4: review: Khmer of our own wants review"},
    {"synonym.tsv", "\nteen\t", "13-17", "13-x", ":3: value: '13-x' are no years"},
    {"synonym.tsv", "\nrape\t", "N3", "N15", ":3: value: there is no N15"},
    {"synonym.tsv", "\n24h\t", "all_day\t", "all_day\tyes", ":3: value: must be empty"},
    {"term.tsv", "\nH\t", "H\t", "# H\t", "7 groups and 43 kinds, 8 and 42 wanted"},
    {"plan.tsv", "\n1.1\t", "1.1\t", "2.1\t",
     ":1: code: '2.1' is neither a programme nor an output"},
    {"plan.tsv", "\n1.1\t", "1.1\t", "1.2\t", ":1: code: 1.2 stands twice"},
    {"plan.tsv", "\n5\t", "5\t", "6\t", ":1: code: '5.1' is neither a programme nor an output"},
    /* bodies */
    {"body.tsv", "\nmoi\t", "moi", "mosvy", ":1: key: mosvy stands twice"},
    {"body.tsv", "\nmoi\t", "moi", "MoI", ":1: key: a key of small Latin letters"},
    {"body.tsv", "\nmoi\t", "government", "state", ":2: sector: 'state' is none of"},
    {"body.tsv", "\nmosvy\t", "B3", "B9", ":3: serves: B9 does not stand in term.tsv"},
    {"body.tsv", "\nmoi\t", "Ministry of Interior", "", ":6: en: a Latin name is wanted"},
    {"body.tsv", "\nmoi\t", "ក្រសួងមហាផ្ទៃ", "MoI", ":7: km: Latin letter U+004D in a Khmer name"},
    {"body.tsv", "\nlac\t", "Gives legal aid.", "", ":8: what_en: missing in this language"},
    {"body.tsv", "\nlac\t", "ផ្តល់ជំនួយផ្នែកច្បាប់។", "", ":9: what_km: missing in this language"},
    {"body.tsv", "\ncncc\t", "admin@cncc.gov.kh", "admin", ":11: email: 'admin' is no e-mail"},
    {"body.tsv", "\ncncc\t", "\tcncc.gov.kh", "\tcncc", ":10: website: 'cncc' is no web address"},
    {"body.tsv", "\nmoi\t", "\thigh\t", "\tsure\t", ":12: confidence: 'sure' is none of"},
    {"body.tsv", "\nchc\t", "2023-11", "2023-13", ":13: asof: '2023-13' is no year, month or day"},
    {"body.tsv", "\nadhoc\t", "kawsangs/migrant-worker-mobile (GitHub)", "",
     ":14: source: may not be empty"},
    /* lines */
    {"hotline.tsv", "\nchc\t", "\t1280\t", "\t12\t", ":3: number: '12' is no telephone number"},
    {"hotline.tsv", "\nchc\t", "\t1280\t", "\t\t", ":3: number: '' is no telephone number"},
    {"hotline.tsv", "\nfire\t", "\t118\t", "\t119\t", ":3: number: 119 stands twice"},
    {"hotline.tsv", "\nfire\t", "\t118\t", "\t+855 12-311-112\t", ":3: number: 012 311 112 stands"},
    {"hotline.tsv", "\nchc\t", "\tchc\t", "\tnobody\t", ":2: body: nobody does not stand in body"},
    {"hotline.tsv", "\nchc\t", "\tchc\t", "\t\t", ":2: body: may not be empty"},
    {"hotline.tsv", "\nchc\t", "hotline", "siren", ":4: kind: 'siren' is none of"},
    {"hotline.tsv", "\nchc\t", "\tyes\t", "\tsometimes\t", ":7: all_day: 'sometimes' is none of"},
    {"hotline.tsv", "\nchc\t", "\t25\t", "\t250\t", ":8: max_age: '250' is no age"},
    {"hotline.tsv", "\npolice\t", "km en zh vi", "km english", ":9: languages: 'english' is no"},
    {"hotline.tsv", "\nchc\t", "A1 D3", "A1 D33", ":10: kinds: D33 does not stand in term.tsv"},
    {"hotline.tsv", "\nchc\t", "24 hours", "", ":13: hours_en: missing in this language"},
    {"hotline.tsv", "\nchc\t", "ឥតគិតថ្លៃ", "", ":16: cost_km: missing in this language"},
    {"hotline.tsv", "\nchc\t", "ឥតគិតថ្លៃ", "free", ":16: cost_km: Khmer text is wanted"},
    {"hotline.tsv", "\nchc\t\t", "\t\t", "\tchc\t", ":2: body: must be empty in a further row"},
    {"hotline.tsv", "\nfire\t", "fire", "chc", ":1: key: chc stands twice"},
    /* standing offices */
    {"office.tsv", "\nccwc\tu", "B1", "B2", "unit u has 0 offices of kind B1, 1 wanted"},
    {"office.tsv", "\nccwc\tt", "\tt\t", "\tu\t", "unit t has 0 offices of kind B1, 1 wanted"},
    {"office.tsv", "\nccwc\tt", "\tt\t", "\tz\t", ":2: unit: 'z' is none of"},
    {"office.tsv", "\nccwc\tu", "1 2 3", "3", ":6: tiers: '3' differs from the tiers of B1"},
    {"office.tsv", "\nccwc\tu", "ឃុំ{name}", "ឃុំ {name}", ":3: km: no space between the unit word"},
    {"office.tsv", "\nccwc\tu", "ឃុំ{name}", "ឃុំ", ":3: km: {name} is wanted, once"},
    {"office.tsv", "\nccwc\tu", "ឃុំ{name}", "CCWC{name}", ":3: km: Latin letter U+0043"},
    {"office.tsv", "\nccwc\tu", "{name} Commune", "{name} {name}",
     ":4: en: {name} is wanted, once"},
    {"office.tsv", "\nccwc\tu", "{name} Commune", "{name} ឃុំ", ":4: en: Khmer letter U+1783"},
    {"office.tsv", "\nccwc\tt", "(CCWC)\t\t", "(CCWC)\tB1\t",
     ":5: kinds: must be empty in a further"},
    /* due */
    {"due.tsv", "\n*\t", "*\t6", "A2\t6", ":1: kind: the first row and no other is *"},
    {"due.tsv", "\nA1\t", "A1\t", "*\t", ":1: kind: the first row and no other is *"},
    {"due.tsv", "\nA1\t", "A1\t", "A9\t", ":1: kind: 'A9' is no kind or group of term.tsv"},
    {"due.tsv", "\nA3\t", "A3\t", "A1\t", ":1: kind: A1 stands twice"},
    {"due.tsv", "\nA3\t", "\t1\t0", "\t61\t0", ":2: months: '61': a whole number from 0 to 60"},
    {"due.tsv", "\nA3\t", "\t1\t0", "\t1\tx", ":3: days: 'x': a whole number from 0 to 1000"},
    {"due.tsv", "\nA3\t", "\t1\t0", "\t0\t0", ":2: months: no time at all"},
    /* training */
    {"training/area.tsv", "\n990207\t", "990208\tu", "990209\ts",
     ":1: code: '990209': a code of 4 digits is wanted"},
    {"training/area.tsv", "\n9903\t", "990301\tu\tកោះត្រកួន\tKaoh Trakuon\n", "",
     "14 units of kind u, 15 wanted"},
    {"training/service.tsv", "\npolice99\t", "police99", "Police", ":1: key: a key of small"},
    {"training/service.tsv", "\npolice99\t", "\tpolice\t", "\tnobody\t",
     ":2: body: nobody does not stand in training/body.tsv"},
    {"training/service.tsv", "\npolice99\t", "\tA2\t", "\tA99\t", ":3: kinds: A99 does not"},
    {"training/service.tsv", "\npolice99\t", "990101", "070303", ":4: area: 070303 does not"},
    {"training/service.tsv", "\npolice99\t", "\t99\t", "\t\t", ":5: covers: may not be empty"},
    {"training/service.tsv", "\ngirlshouse\t", "10-17", "17-10", ":6: ages: '17-10' is no range"},
    {"training/service.tsv", "\ngirlshouse\t", "female", "girl", ":7: sex: 'girl' is none of"},
    {"training/service.tsv", "\npolice99\t", "24h", "always", ":8: hours: 'always': 24h, weekdays"},
    {"training/service.tsv", "\npolice99\t", "2025-10-01", "2025-10",
     ":9: since: '2025-10' is no day"},
    {"training/service.tsv", "\npolice99\t", "059000101", "012900101",
     ":10: phones: '012900101': a number that begins with 059 000 is wanted"},
    {"training/service.tsv", "\ngirlshouse\t", "3/12", "13/12", ":21: places: '13/12': free"},
    {"training/service.tsv", "\npolice99\t", "Takes reports", "ទទួល Takes", ":13: what_en: Khmer"},
    {"training/hotline.tsv", "\nchildline\t", "059 000 001", "1280",
     ":3: number: '1280': a number that begins with 059 000 is wanted"},
    {"training/phone.tsv", "\noffice/ccwc/990101\t", "059", "012", ":2: number: '"},
    {"training/phone.tsv", "\noffice/wccc/99\t", "wccc/99", "wccc/98",
     ":1: of: 'office/wccc/98' is"},
    {"training/event.tsv", "\n2026-06-24\t", "suspended", "burnt", ":3: what: 'burnt' is none of"},
    {"training/event.tsv", "\n2026-06-24\t", "service/home_saray", "service/house",
     ":2: of: 'service/house' is no entry"},
    {"training/event.tsv", "\n2026-06-22\t", "2026-06-24", "2026-01-24",
     ":1: day: 2026-01-24 is out"},
};

/* Refused, in the right table and for the right reason? */
static bool is_refused(const struct place *place, const struct fault *fault)
{
    struct report report = REPORT_INIT;
    spoil(place, fault->file, fault->after, fault->find, fault->put);
    bool training = strncmp(fault->file, "training/", 9) == 0;
    bool refused = !load_set(place, training ? DB_TRAINING : DB_REAL, &report) &&
                   strstr(report.lines.bytes, fault->report) &&
                   strncmp(report.lines.bytes, fault->file, strlen(fault->file)) == 0;
    if (!refused) {
        print_error("%s: '%s' for '%s' gave:\n%.400s\nwanted: %s\n", fault->file, fault->put,
                    fault->find, report.lines.bytes, fault->report);
    }
    report_release(&report);
    copy_table(place, fault->file);
    return refused;
}

static void every_fault_is_refused(void **state)
{
    size_t missed = 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        missed += !is_refused(*state, &faults[i]);
    }
    assert_int_equal(missed, 0);
}

static void a_fault_names_its_line(void **state)
{
    struct report report = REPORT_INIT;
    spoil(*state, "plan.tsv", "\n1.1\t", "1.1\t", "x\t");
    assert_false(load(*state, &report));
    assert_non_null(strstr(report.lines.bytes, "plan.tsv:4:1: code: 'x' is neither"));
    report_release(&report);
    copy_table(*state, "plan.tsv");
}

static void all_faults_are_reported_at_once(void **state)
{
    struct report report = REPORT_INIT;
    spoil(*state, "area.tsv", "0703\t", "Chhuk", "ឈូក");
    spoil(*state, "hotline.tsv", "\nchc\t", "\t1280\t", "\t12\t");
    assert_false(load(*state, &report));
    assert_int_equal(report.count, 2);
    assert_non_null(strstr(report.lines.bytes, "area.tsv:"));
    assert_non_null(strstr(report.lines.bytes, "hotline.tsv:"));
    report_release(&report);
    copy_table(*state, "area.tsv");
    copy_table(*state, "hotline.tsv");
}

static void a_missing_table_is_named(void **state)
{
    const struct place *place = *state;
    struct report report = REPORT_INIT;
    char path[512];
    file_path(path, place->directory, "term.tsv");
    assert_int_equal(unlink(path), 0);
    assert_false(load(place, &report));
    assert_non_null(strstr(report.lines.bytes, "term.tsv: cannot be read: "));
    report_release(&report);
    copy_table(place, "term.tsv");
}

static void an_empty_or_cut_table_is_refused(void **state)
{
    const struct place *place = *state;
    char path[512];
    struct report report = REPORT_INIT;
    file_path(path, place->directory, "plan.tsv");
    write_all(path, "", 0);
    assert_false(load(place, &report));
    assert_non_null(strstr(report.lines.bytes, "plan.tsv:0: no heading"));
    report_release(&report);
    write_all(path, "# code\ten\tkm\n1\tOne\t", 19);
    assert_false(load(place, &report));
    assert_non_null(strstr(report.lines.bytes, "plan.tsv:2: no line feed at the end"));
    report_release(&report);
    write_all(path, "# code\ten\tkm\n1\tO\0e\t\n", 20);
    assert_false(load(place, &report));
    assert_non_null(strstr(report.lines.bytes, "plan.tsv:2: a NUL byte"));
    report_release(&report);
    copy_table(place, "plan.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_pass),
        cmocka_unit_test(every_fault_is_refused),
        cmocka_unit_test(a_fault_names_its_line),
        cmocka_unit_test(all_faults_are_reported_at_once),
        cmocka_unit_test(a_missing_table_is_named),
        cmocka_unit_test(an_empty_or_cut_table_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
