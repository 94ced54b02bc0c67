/* Words near to a misspelt one; see search_near.h. */
#include "db/search_near.h"

#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "db/area_name.h"
#include "db/internal.h"
#include "db/search_index.h"
#include "db/search_memory.h"
#include "db/search_roman.h"
#include "db/synonym.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/utf8.h"

enum {
    LETTERS = 40,        /* of a word that is compared */
    LETTERS_LEAST = 3,   /* a shorter one is near to everything */
    WORDS_MOST = 3000,   /* of the directory that are looked at for one typed word */
    SYLLABLES_MOST = 24, /* of a run of Khmer */
    SCORE_LEAST = 20,    /* of an area that sounds like it (search_roman.h) */
};

/* --- distance
 * ----------------------------------------------------------------------------------------- */

static size_t letters_of(const char *s, size_t len, char32_t out[LETTERS])
{
    size_t n = 0;
    for (size_t at = 0; at < len && n < LETTERS;)
        at += utf8_decode(s + at, len - at, &out[n++]);
    return n;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(const char32_t *a, size_t n, const char32_t *b, size_t m, unsigned most)
{
    unsigned rows[3][LETTERS + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    if ((n > m ? n - m : m - n) > most)
        return most + 1;
    for (size_t k = 0; k <= m; k++)
        above[k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        unsigned best = row[0] = (unsigned)i;
        for (size_t k = 1; k <= m; k++) {
            row[k] =
                least(least(above[k] + 1, row[k - 1] + 1), above[k - 1] + (a[i - 1] != b[k - 1]));
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = least(row[k], before[k - 2] + 1);
            best = least(best, row[k]);
        }
        if (best > most)
            return most + 1;
        unsigned *swap = before;
        before = above;
        above = row;
        row = swap;
    }
    return least(above[m], most + 1);
}

unsigned near_distance(const char *a, size_t a_len, const char *b, size_t b_len, unsigned most)
{
    char32_t x[LETTERS], y[LETTERS];
    size_t n = letters_of(a, a_len, x), m = letters_of(b, b_len, y);
    return distance(x, n, y, m, most);
}

/* Edits allowed in a word of so many letters. */
static unsigned edits_of(size_t letters)
{
    return letters < 4 ? 0 : letters < 7 ? 1 : 2;
}

/* --- candidates
 * --------------------------------------------------------------------------------------- */

struct looker {
    struct db *db;
    struct text key; /* of what was typed */
    char32_t letters[LETTERS];
    size_t letter_count;
    unsigned most; /* edits allowed */
    size_t limit;
    struct near_word *rows; /* nearest first; the arena's, as their words */
    size_t count, room;
    struct arena arena;
};

static bool is_same(const struct near_word *word, const char *words, const struct synonym *meaning)
{
    const struct synonym *other = word->meaning;
    return strcmp(word->words, words) == 0 || (meaning && other && meaning->kind == other->kind &&
                                               strcmp(meaning->value, other->value) == 0);
}

static void add(struct looker *l, const char *words, const struct synonym *meaning, unsigned cost)
{
    size_t at = l->count;
    for (size_t i = 0; i < l->count; i++)
        if (is_same(&l->rows[i], words, meaning)) {
            if (cost < l->rows[i].cost) {
                l->rows[i].words = arena_strdup(&l->arena, words);
                l->rows[i].cost = cost;
            }
            return;
        }
    while (at > 0 && l->rows[at - 1].cost > cost)
        at--;
    if (at >= l->limit)
        return;
    l->rows = arena_grow(&l->arena, l->rows, l->count, &l->room, sizeof *l->rows);
    memmove(&l->rows[at + 1], &l->rows[at], (l->count - at) * sizeof *l->rows);
    l->rows[at] = (struct near_word){arena_strdup(&l->arena, words), cost, meaning};
    l->count += l->count < l->limit;
}

static unsigned edits(const struct looker *l, const char *word, size_t len)
{
    char32_t letters[LETTERS];
    size_t n = letters_of(word, len, letters);
    return distance(l->letters, l->letter_count, letters, n, l->most);
}

/* Of words as near as each other, what people say for a kind stands before a word of a name, and a
 * frequent word before a rare one. */
static unsigned cost_of(unsigned wrong, size_t letters, unsigned extra)
{
    return wrong * 100 / (unsigned)(letters ? letters : 1) * 2 + extra;
}

static enum status add_synonyms(struct looker *l)
{
    const struct synonym_list *list;
    struct text key = TEXT_INIT;
    enum status status = search_synonyms(l->db, &list);
    synonym_key(&key, l->key.bytes, l->key.len);
    char32_t letters[LETTERS], other[LETTERS];
    size_t n = letters_of(key.bytes, key.len, letters);
    unsigned most = edits_of(n);
    for (size_t i = 0; status == STATUS_OK && i < list->count; i++) {
        const struct synonym *s = &list->rows[i];
        size_t len = strlen(s->key);
        if (s->kind >= FILTER_KIND_COUNT || len + 3 * most < key.len || len > key.len + 3 * most)
            continue;
        size_t m = letters_of(s->key, len, other);
        unsigned wrong = distance(letters, n, other, m, most);
        if (wrong <= most)
            add(l, s->words, s, cost_of(wrong, n, m == n ? 0 : 1));
    }
    text_release(&key);
    return status;
}

static enum status add_areas(struct looker *l, const char *typed, size_t len)
{
    struct roman_list list = {0};
    enum status status = roman_areas(l->db, typed, len, 3, SCORE_LEAST, &list);
    size_t name = SIZE_MAX;
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        struct area_list area = {0};
        if (list.rows[i].name == name)
            continue;
        name = list.rows[i].name;
        status = area_add(l->db, list.rows[i].code, &area);
        if (status == STATUS_OK)
            add(l,
                (unsigned char)*l->key.bytes < 0x80 ? area.rows[0].name_en : area.rows[0].name_km,
                NULL, (unsigned)(100 - list.rows[i].score));
        area_list_release(&area);
    }
    roman_list_release(&list);
    return status;
}

/* --- words of the directory
 * --------------------------------------------------------------------------- */

/* Calls visit with each word of a space of the index that begins so, the space's letter taken off.
 */
static enum status each_word(struct looker *l, char space, const char *start, size_t len,
                             void (*visit)(struct looker *l, const char *word, int64_t n,
                                           const void *context),
                             const void *context)
{
    sqlite3_stmt *s;
    struct text low = TEXT_INIT, high = TEXT_INIT;
    bool row;
    text_addc(&low, space);
    text_add(&low, start, len);
    text_add(&high, low.bytes, low.len);
    text_adds(&high, len && (unsigned char)start[len - 1] >= 0x80 ? "\xEE\x80\x80" : "\x7F");
    enum status status = db_query(l->db, QUERY_WORDS_NEAR, &s);
    if (status == STATUS_OK) {
        bind_text_len(s, ":low", low.bytes, low.len);
        bind_text_len(s, ":high", high.bytes, high.len);
        bind_int(s, ":limit", WORDS_MOST);
        while ((status = db_step(l->db, s, &row)) == STATUS_OK && row)
            visit(l, column_text(s, 0) + 1, sqlite3_column_int64(s, 1), context);
        sqlite3_clear_bindings(s);
    }
    text_release(&low);
    text_release(&high);
    return status;
}

/* A word that is a synonym has been looked at already. */
static void add_word(struct looker *l, const char *word, int64_t n, const void *context)
{
    const struct synonym_list *synonyms = context;
    size_t len = strlen(word);
    unsigned wrong = edits(l, word, len);
    if (wrong < 1 || wrong > l->most)
        return;
    struct text key = TEXT_INIT;
    synonym_key(&key, word, len);
    if (!synonym_find(synonyms, key.bytes))
        add(l, word, NULL, cost_of(wrong, l->letter_count, n > 100 ? 5 : 10));
    text_release(&key);
}

/* Latin words of names: two letters right at the beginning, or those two swapped. */
static enum status add_latin(struct looker *l)
{
    const char *key = l->key.bytes;
    char swapped[2] = {key[1], key[0]};
    const struct synonym_list *synonyms;
    enum status status = search_synonyms(l->db, &synonyms);
    if (status == STATUS_OK)
        status = each_word(l, 'n', key, 2, add_word, synonyms);
    if (status == STATUS_OK && swapped[0] != swapped[1])
        status = each_word(l, 'n', swapped, 2, add_word, synonyms);
    return status;
}

/* --- Khmer
 * -------------------------------------------------------------------------------------------- */

struct syllable {
    size_t at, len; /* in the key */
    bool known;
};

/* The run with another syllable in the place of one. */
static void add_syllable(struct looker *l, const char *word, int64_t n, const void *context)
{
    const struct syllable *s = context;
    (void)n;
    size_t len = strlen(word);
    unsigned wrong = near_distance(l->key.bytes + s->at, s->len, word, len, 2);
    if (wrong < 1 || wrong > 2)
        return;
    struct text run = TEXT_INIT;
    text_add(&run, l->key.bytes, s->at);
    text_add(&run, word, len);
    text_add(&run, l->key.bytes + s->at + s->len, l->key.len - s->at - s->len);
    add(l, run.bytes, NULL, cost_of(wrong, l->letter_count, 10));
    text_release(&run);
}

static enum status is_known(struct looker *l, struct syllable *syllable)
{
    sqlite3_stmt *s;
    struct text word = TEXT_INIT;
    enum status status = db_query(l->db, QUERY_WORD_GET, &s);
    if (status != STATUS_OK)
        return status;
    text_addc(&word, 'y');
    text_add(&word, l->key.bytes + syllable->at, syllable->len);
    bind_text_len(s, ":word", word.bytes, word.len);
    status = db_step(l->db, s, &syllable->known);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    text_release(&word);
    return status;
}

/* One syllable is wrong: one that no name has, or else any of them. Its first letter is right. */
static enum status add_khmer(struct looker *l)
{
    struct syllable syllables[SYLLABLES_MOST];
    size_t count = 0, unknown = 0;
    enum status status = STATUS_OK;
    for (size_t at = 0; status == STATUS_OK && at < l->key.len && count < SYLLABLES_MOST; count++) {
        size_t len = khmer_syllable(l->key.bytes + at, l->key.len - at);
        syllables[count] = (struct syllable){at, len, false};
        status = is_known(l, &syllables[count]);
        unknown += !syllables[count].known;
        at += len;
    }
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (syllables[i].len >= 3 && (unknown ? !syllables[i].known : count <= 6))
            status =
                each_word(l, 'y', l->key.bytes + syllables[i].at, 3, add_syllable, &syllables[i]);
    return status;
}

static enum status look(struct looker *l, const char *typed, size_t len)
{
    key_make(&l->key, typed, len, KEY_STRICT);
    l->letter_count = letters_of(l->key.bytes, l->key.len, l->letters);
    l->most = edits_of(l->letter_count);
    bool latin = l->key.len > 1 && (unsigned char)l->key.bytes[0] < 0x80;
    if (l->letter_count < LETTERS_LEAST || l->letter_count >= LETTERS)
        return STATUS_OK;
    enum status status = add_synonyms(l);
    bool several = strchr(l->key.bytes, ' ') != NULL;
    if (status == STATUS_OK && !several)
        status = latin ? add_latin(l) : add_khmer(l);
    if (status == STATUS_OK && !several && !l->count)
        status = add_areas(l, typed, len);
    return status;
}

/* The words found, for as long as the file stays the same. */
static const struct near_list *keep(const struct looker *l, const struct text *key)
{
    struct arena *arena;
    struct near_list *list =
        memory_put(search_cache(l->db), MEMORY_NEAR, key->bytes, key->len, sizeof *list, &arena);
    struct near_word *rows = arena_alloc(arena, (l->count + 1) * sizeof *rows);
    for (size_t i = 0; i < l->count; i++) {
        rows[i] = l->rows[i];
        rows[i].words = arena_strdup(arena, rows[i].words);
    }
    *list = (struct near_list){rows, l->count};
    return list;
}

enum status near_words(struct db *db, const char *typed, size_t len, size_t limit,
                       const struct near_list **ret_list)
{
    struct looker l = {.db = db, .key = TEXT_INIT, .limit = limit};
    struct text key = TEXT_INIT;
    enum status status = STATUS_OK;
    text_addf(&key, "%zu ", limit);
    text_add(&key, typed, len);
    *ret_list = memory_get(search_cache(db), MEMORY_NEAR, key.bytes, key.len);
    if (!*ret_list) {
        status = look(&l, typed, len);
        if (status == STATUS_OK)
            *ret_list = keep(&l, &key);
    }
    text_release(&l.key);
    text_release(&key);
    arena_release(&l.arena);
    return status;
}
