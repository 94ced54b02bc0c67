/* libFuzzer entry for the box of search: the first byte chooses how it is asked, the rest is what
 * was typed, asked of the born directory; then the same text as a name by its sound. Built alone
 * with clang -fsanitize=fuzzer,address,undefined; the corpus is replayed by
 * tests/db/test_fuzz.c. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "db/search.h"
#include "db/search_roman.h"
#include "db/search_sound.h"
#include "i18n/roman.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tests/fuzz/fuzz_search.h"

enum {
    ASK_ENGLISH = 1,
    ASK_FACETS = 2,
    ASK_TEXT = 4, /* everything that was understood is refused */
    ASK_PAGE = 8,
    ASK_SOUND = 16,
};

extern const unsigned char seed_start[], seed_end[];

static struct db *open_born(void)
{
    const char *folder = getenv("TMPDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cpdir-fuzz-XXXXXX", folder ? folder : "/tmp");
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    struct db *db = NULL;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) || unlink(path) || !width_init() || db_create(path, seed, NULL) ||
        db_open(path, DB_READ_ONLY, &db, NULL))
        abort();
    unlink(path); /* stays as long as it is open */
    return db;
}

static void broken(const char *what)
{
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void check(const struct query *query, const struct result *r)
{
    if (r->count > query->limit)
        broken("more hits than asked for");
    if (r->filter_count > QUERY_FILTERS)
        broken("too many filters");
    if (r->total < (int64_t)r->count)
        broken("fewer hits in all than shown");
    size_t len = strlen(query->words);
    for (size_t i = 0; i < r->filter_count; i++)
        if (r->filters[i].guessed && r->filters[i].at + r->filters[i].len > len)
            broken("a filter out of words beyond their end");
    for (size_t i = 0; i < r->suggestion_count; i++)
        if (utf8_valid(query->words, len, NULL) && r->suggestions[i].words &&
            !utf8_valid(r->suggestions[i].words, strlen(r->suggestions[i].words), NULL))
            broken("a suggestion is not UTF-8");
}

static void ask(struct db *db, const char *words, unsigned how)
{
    struct query query = {.words = words,
                          .limit = 20,
                          .lang = how & ASK_ENGLISH ? LANG_EN : LANG_KM,
                          .want_facets = (how & ASK_FACETS) != 0,
                          .offset = how & ASK_PAGE ? 20 : 0};
    for (int round = 0; round < (how & ASK_TEXT ? 4 : 1); round++) {
        struct result r;
        if (search_run(db, &query, &r))
            broken(db_error(db));
        check(&query, &r);
        for (size_t i = 0; i < r.filter_count; i++)
            if (r.filters[i].guessed && query.refused_count < QUERY_FILTERS)
                query.refused[query.refused_count++] = r.filters[i];
        result_release(&r);
    }
}

static void hear(struct db *db, const char *words, size_t len)
{
    struct text latin = TEXT_INIT, letters = TEXT_INIT;
    struct roman_list areas;
    struct sound_list sounds;
    unsigned beginning;
    roman_latin(&latin, words, len);
    roman_letters(&letters, words, len);
    if (roman_distance(letters.bytes, letters.len, letters.bytes, letters.len, 0, &beginning))
        broken("a word is not near itself");
    if (utf8_valid(words, len, NULL) && !utf8_valid(latin.bytes, latin.len, NULL))
        broken("Latin letters are not UTF-8");
    if (roman_areas(db, words, len, 5, 0, &areas) || sound_words(db, words, len, true, &sounds))
        broken(db_error(db));
    roman_list_release(&areas);
    text_release(&latin);
    text_release(&letters);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct db *db; /* as the fuzzer has no end to close it at */
    if (!db)
        db = open_born();
    if (!size)
        return 0;
    char *words = mem_strndup((const char *)data + 1, size - 1);
    if (data[0] & ASK_SOUND)
        hear(db, words, strlen(words));
    ask(db, words, data[0]);
    free(words);
    return 0;
}
