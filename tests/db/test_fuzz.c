/* Replays the fuzzer's corpus in the normal run, without the fuzzer, and holds search to its time
 * for whatever stands in the box. */
#include "seeded.h"

#include <dirent.h>
#include <time.h>

#include "tests/fuzz/fuzz_search.c"

/* What sanitizers, and a machine that does something else too, may cost. */
enum { MOST_MS = 50, SLOWER = 8, CHARACTERS = 4000 };

static void replay(const char *folder, const char *file)
{
    struct text name = TEXT_INIT;
    text_addf(&name, "%s/%s", folder, file);
    FILE *f = fopen(name.bytes, "r");
    assert_non_null(f);
    unsigned char data[16384];
    size_t size = fread(data, 1, sizeof data, f);
    fclose(f);
    text_release(&name);
    assert_int_equal(LLVMFuzzerTestOneInput(data, size), 0);
}

static void the_corpus_breaks_nothing(void **state)
{
    (void)state;
    const char *top = getenv("CPDIR_TOP");
    struct text path = TEXT_INIT;
    text_addf(&path, "%s/tests/fuzz/corpus/search", top ? top : ".");
    DIR *dir = opendir(path.bytes);
    assert_non_null(dir);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        replay(path.bytes, entry->d_name);
        count++;
    }
    closedir(dir);
    text_release(&path);
    assert_true(count >= 20);
}

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct slowest {
    struct db *db;
    double ms;
    char text[80];
};

static void time_one(void *context, const char *text)
{
    struct slowest *s = context;
    struct text words = TEXT_INIT;
    size_t at = 0, len = strlen(text);
    for (size_t n = 0; n < CHARACTERS && at < len; n++) {
        char32_t cp;
        at += utf8_decode(text + at, len - at, &cp);
    }
    text_add(&words, text, at);
    struct query query = {.words = words.bytes, .lang = LANG_KM, .want_facets = true};
    struct result r;
    double start = cpu_ms();
    assert_int_equal(search_run(s->db, &query, &r), STATUS_OK);
    double ms = cpu_ms() - start;
    result_release(&r);
    if (ms > s->ms) {
        s->ms = ms;
        snprintf(s->text, sizeof s->text, "%.60s", words.bytes);
    }
    text_release(&words);
}

/* Words people use, in any order, until there are as many characters. */
static void time_mixtures(struct slowest *s)
{
    static const char *const parts[] = {
        "kampot ",    "rattanakiri ", "shelter ", "ឈូក",       "ជម្រក ", "14 ",
        "girl ",      "012",          " 311",     "ក្",        "្រ",     "ា",
        "\u200B",     "safe house ",  "សុវត្ថិភាព",  "mondol",   "x",     "qzx ",
        "open now ",  "24h ",         "near ",    "under 5 ", "។",     "\xFF",
        "committee ", "batdambong ",  "ខ្ញុំ",       "និង"};
    uint64_t random = 20260701;
    for (int round = 0; round < 12; round++) {
        struct text text = TEXT_INIT;
        size_t kinds = 1 + random_below(&random, sizeof parts / sizeof *parts);
        while (text.len < 3 * CHARACTERS)
            text_adds(&text, parts[random_below(&random, kinds)]);
        time_one(s, text.bytes);
        text_release(&text);
    }
}

static void whatever_is_typed_takes_little_time(void **state)
{
    (void)state;
    char path[FIXTURE_PATH];
    fixture_path(path, "fuzz");
    struct slowest s = {.db = seeded_open(path)};
    time_one(&s, "first");
    s.ms = 0;
    hostile_each(time_one, &s);
    time_mixtures(&s);
    print_message("slowest: %.1f ms of processor time, '%s'\n", s.ms, s.text);
    assert_true(s.ms <= MOST_MS * SLOWER);
    db_close(s.db);
    fixture_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corpus_breaks_nothing),
        cmocka_unit_test(whatever_is_typed_takes_little_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
