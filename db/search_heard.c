/* Misspelt areas: what of the words means nothing as it is written, but sounds like the name of an
 * area. Latin spellings follow no rule and are listened to at once; Khmer ones only when nothing
 * else is found and some of it stands in no text. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_roman.h"
#include "db/search_words.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

enum {
    LETTERS_LEAST = 4, /* fewer sound like too much */
    HEARD_MOST = 3,    /* spans of one query that are asked for, a millisecond each */
    HEARD_WORDS = 3,   /* of one span */
    SPAN_LETTERS = 48, /* a longer one is no area */
    KHMER_BYTES = 3 * SPAN_LETTERS,
};

static bool is_latin(const struct text *key)
{
    size_t letters = 0;
    for (size_t i = 0; i < key->len; i++) {
        if ((unsigned char)key->bytes[i] >= 0x80)
            return false;
        letters += key->bytes[i] >= 'a' && key->bytes[i] <= 'z';
    }
    return letters >= LETTERS_LEAST && key->len < SPAN_LETTERS;
}

/* Several syllables and nothing else. */
static bool is_khmer(const struct text *key)
{
    for (size_t i = 0; i < key->len; i++)
        if ((unsigned char)key->bytes[i] < 0x80)
            return false;
    return key->len && key->len < KHMER_BYTES && khmer_syllable(key->bytes, key->len) < key->len;
}

/* Some word of the directory, of one of the spaces, begins with it. */
static enum status is_in_vocabulary(struct db *db, const char *spaces, const char *key, size_t len,
                                    bool *ret_there)
{
    sqlite3_stmt *s;
    struct text low = TEXT_INIT, high = TEXT_INIT;
    bool there = false;
    enum status status = STATUS_OK;
    for (const char *space = spaces; status == STATUS_OK && *space && !there; space++) {
        text_clear(&low);
        text_clear(&high);
        text_addc(&low, *space);
        text_add(&low, key, len);
        text_add(&high, low.bytes, low.len);
        text_adds(&high, "\x7F");
        status = db_query(db, QUERY_WORD_BEGINS, &s);
        if (status == STATUS_OK) {
            bind_text(s, ":low", low.bytes);
            bind_text(s, ":high", high.bytes);
            status = db_step(db, s, &there);
            sqlite3_reset(s);
            sqlite3_clear_bindings(s);
        }
    }
    text_release(&low);
    text_release(&high);
    *ret_there = there;
    return status;
}

/* The first two syllables, or three anywhere, stand in no text in a row. */
static enum status is_strange(struct db *db, const struct text *key, bool *ret_strange)
{
    const char *bytes = key->bytes, *space = "nt";
    size_t from = 0, last = 0, end = khmer_syllable(bytes, key->len);
    enum status status = STATUS_OK;
    bool there = true;
    while (status == STATUS_OK && there && end < key->len) {
        size_t next = end + khmer_syllable(bytes + end, key->len - end);
        status = is_in_vocabulary(db, space, bytes + from, next - from, &there);
        from = last;
        last = end;
        end = next;
        space = "3";
    }
    *ret_strange = !there;
    return status;
}

/* May the span be listened to as it is written? */
static enum status is_audible(struct db *db, const struct span *span, enum reading reading,
                              bool *ret_audible)
{
    *ret_audible = is_latin(&span->key);
    if (*ret_audible || reading <= READ_CERTAIN || !is_khmer(&span->key))
        return STATUS_OK;
    return is_strange(db, &span->key, ret_audible);
}

/* Of Khmer the end may be missing: the last vowel is what is often mistaken. */
static bool is_meant(const struct roman_match *match, const struct text *key)
{
    return !match->beginning || (is_khmer(key) && match->score >= ROMAN_SURE);
}

static enum status ask_areas(struct db *db, const struct span *span, int least, struct meaning *m)
{
    struct roman_list list = {0};
    enum status status = roman_areas(db, span->words->typed + span->at, span->len, 1, least, &list);
    if (status == STATUS_OK && list.count && is_meant(&list.rows[0], &span->key)) {
        *m = (struct meaning){.known = true, .kind = FILTER_AREA};
        memcpy(m->value, list.rows[0].code, AREA_CODE);
        for (size_t i = 0; i < list.count && m->area_count < GUESS_AREAS; i++)
            if (list.rows[i].name == 0)
                memcpy(m->areas[m->area_count++], list.rows[i].code, AREA_CODE);
    }
    roman_list_release(&list);
    return status;
}

/* From memory, or by asking. */
static enum status hear(struct db *db, const struct span *span, int least, struct meaning *m)
{
    struct text key = TEXT_INIT;
    enum status status = STATUS_OK;
    text_addf(&key, "%d %s", least, span->key.bytes);
    if (!meaning_recall(db, MEMORY_HEARD, &key, m)) {
        *m = (struct meaning){.known = false};
        if (span->words->heard < HEARD_MOST) {
            span->words->heard++;
            status = ask_areas(db, span, least, m);
            if (status == STATUS_OK)
                meaning_keep(db, MEMORY_HEARD, &key, m);
        }
    }
    text_release(&key);
    return status;
}

/* An area that was read in one word may be the beginning of one that is misspelt: Svay Reing. */
static bool is_short_area(const struct words *w, const struct segment *s)
{
    for (size_t i = 0; i < w->guess_count; i++)
        if (w->guesses[i].at == s->at && w->guesses[i].len == s->len)
            return w->guesses[i].kind == FILTER_AREA;
    return false;
}

/* May the segments be listened to: none of them means anything else, and one means nothing? Certain
 * are only whole words of which nothing in the directory begins so. */
static enum status may_listen(struct db *db, const struct words *w, enum reading reading,
                              size_t first, size_t end, bool *ret_may)
{
    bool may = true, unknown = false;
    enum status status = STATUS_OK;
    for (size_t i = first; status == STATUS_OK && may && i < end; i++) {
        const struct segment *s = &w->segments[i];
        struct text key = TEXT_INIT;
        bool known = false;
        if (s->filler || (s->used && !is_short_area(w, s)))
            may = false;
        if (may && !s->used && reading <= READ_CERTAIN) {
            key_make(&key, w->typed + s->at, s->len, KEY_STRICT);
            status = is_in_vocabulary(db, "nt", key.bytes, key.len, &known);
            may = !known && !(w->typing && i + 1 == w->segment_count);
        }
        unknown |= !s->used;
        text_release(&key);
    }
    *ret_may = may && unknown;
    return status;
}

static void take(struct words *w, size_t first, size_t end, const struct span *span,
                 const struct meaning *meaning)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->guess_count; i++)
        if (w->guesses[i].at < span->at || w->guesses[i].at >= span->at + span->len)
            w->guesses[kept++] = w->guesses[i];
    w->guess_count = kept;
    for (size_t i = first; i < end; i++)
        w->segments[i].used = true;
    words_add_guess(w, span->at, span->len, meaning);
}

/* The longest span from `first` on that sounds like an area. */
static enum status listen_from(struct db *db, const struct query *query, enum reading reading,
                               struct words *w, size_t first, struct meaning *m)
{
    struct span span = {.key = TEXT_INIT};
    int least = reading > READ_CERTAIN ? ROMAN_MAYBE : ROMAN_SURE;
    size_t end = first + HEARD_WORDS;
    enum status status = STATUS_OK;
    bool done = false, may = false;
    if (end > w->segment_count)
        end = w->segment_count;
    for (; status == STATUS_OK && !done && end > first; end--) {
        status = may_listen(db, w, reading, first, end, &may);
        if (status != STATUS_OK || !may)
            continue;
        span_of_segments(w, first, end, &span);
        status = is_audible(db, &span, reading, &may);
        if (status != STATUS_OK || !may)
            continue;
        status = hear(db, &span, least, m);
        done = status == STATUS_OK && m->known && !meaning_is_refused(query, m);
        if (done)
            take(w, first, end, &span, m);
    }
    text_release(&span.key);
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct guess *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

enum status words_listen(struct db *db, const struct query *query, enum reading reading,
                         struct words *w)
{
    struct meaning *m = NULL;
    enum status status = STATUS_OK;
    size_t before = w->guess_count;
    for (size_t i = 0; status == STATUS_OK && i < w->segment_count; i++) {
        if (w->guess_count == WORDS_GUESSES)
            break;
        if (!m)
            m = mem_zalloc(1, sizeof *m);
        status = listen_from(db, query, reading, w, i, m);
    }
    free(m);
    if (w->guess_count && before)
        qsort(w->guesses, w->guess_count, sizeof *w->guesses, compare);
    return status;
}
