/* Understanding typed words: which spans of them mean something. What a span may mean is not known
 * here (search_guess.c), nor what follows from it (search_query.c). */
#include "db/search_words.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/utf8.h"

enum { SPAN_SEGMENTS = 6 };

/* --- pieces
 * ---------------------------------------------------------------------------------------- */

enum gap { GAP_NONE, GAP_WEAK, GAP_SPACE };

/* White space, and the marks people put between words: commas, the Khmer full stop. */
static enum gap gap_at(const char *s, size_t len, size_t *ret_bytes)
{
    char32_t cp;
    *ret_bytes = utf8_decode(s, len, &cp);
    if (cp == ZWSP)
        return GAP_WEAK;
    bool mark = cp == ',' || cp == ';' || (cp >= 0x17D4 && cp <= 0x17D6);
    return cp <= ' ' || cp == 0xA0 || cp == 0x3000 || mark ? GAP_SPACE : GAP_NONE;
}

void words_split(const char *typed, struct words *ret_words)
{
    struct words *w = ret_words;
    *w = (struct words){.typed = typed};
    size_t len = strlen(typed), n;
    enum gap before = GAP_SPACE;
    for (size_t at = 0; at < len && w->segment_count < WORDS_SEGMENTS;) {
        enum gap gap = gap_at(typed + at, len - at, &n);
        if (gap != GAP_NONE) {
            before = gap > before ? gap : before;
            at += n;
            continue;
        }
        struct segment *segment = &w->segments[w->segment_count];
        segment->at = at;
        segment->weak_start = before == GAP_WEAK;
        if (w->segment_count)
            segment[-1].weak_end = segment->weak_start;
        while (at < len && gap_at(typed + at, len - at, &n) == GAP_NONE)
            at += n;
        segment->len = at - segment->at;
        w->segment_count++;
        before = GAP_NONE;
    }
    w->typing = before == GAP_NONE && w->segment_count > 0;
}

/* --- spans
 * -------------------------------------------------------------------------------------------- */

void span_of_bytes(struct words *w, size_t at, size_t len, struct span *span)
{
    text_clear(&span->key);
    span->words = w;
    span->at = at;
    span->len = len;
    key_make(&span->key, w->typed + at, len, KEY_STRICT);
}

void span_of_segments(struct words *w, size_t first, size_t end, struct span *span)
{
    const struct segment *from = &w->segments[first], *to = &w->segments[end - 1];
    span->first = first;
    span->end = end;
    span->last = w->typing && end == w->segment_count;
    span->loose = from->weak_start || to->weak_end;
    span->alone = first == 0 && end == w->segment_count;
    span_of_bytes(w, from->at, to->at + to->len - from->at, span);
}

bool meaning_is_refused(const struct query *query, const struct meaning *meaning)
{
    for (size_t i = 0; i < query->refused_count && i < QUERY_FILTERS; i++) {
        const struct filter *refused = &query->refused[i];
        if ((int)refused->kind != meaning->kind)
            continue;
        if (strcmp(refused->value, meaning->value) == 0)
            return true;
        for (size_t k = 0; k < meaning->area_count; k++)
            if (strcmp(refused->value, meaning->areas[k]) == 0)
                return true;
    }
    return false;
}

void words_add_guess(struct words *w, size_t at, size_t len, const struct meaning *meaning)
{
    if (w->guess_count == WORDS_GUESSES)
        return;
    struct guess *guess = &w->guesses[w->guess_count++];
    *guess = (struct guess){.kind = (enum filter_kind)meaning->kind,
                            .at = at,
                            .len = len,
                            .area_count = meaning->area_count};
    memcpy(guess->value, meaning->value, sizeof guess->value);
    memcpy(guess->areas, meaning->areas, sizeof guess->areas);
}

/* Notes what a span of segments means. */
static void take(struct words *w, size_t first, size_t end, const struct meaning *meaning)
{
    const struct segment *from = &w->segments[first], *to = &w->segments[end - 1];
    bool joins = meaning->kind == SYNONYM_FILLER || meaning->kind == SYNONYM_NEAR;
    for (size_t i = first; i < end; i++) {
        w->segments[i].filler |= joins;
        w->segments[i].near |= meaning->kind == SYNONYM_NEAR;
        w->segments[i].used |= !joins;
    }
    if (!joins)
        words_add_guess(w, from->at, to->at + to->len - from->at, meaning);
}

/* The longest span from `first` on that means something; *ret_end == first: none. */
static enum status longest_span(struct db *db, const struct query *query, enum reading reading,
                                struct words *w, size_t first, struct meaning *meaning,
                                size_t *ret_end)
{
    struct span span = {.key = TEXT_INIT};
    size_t end = first + SPAN_SEGMENTS;
    enum status status = STATUS_OK;
    if (end > w->segment_count)
        end = w->segment_count;
    for (; status == STATUS_OK && end > first; end--) {
        span_of_segments(w, first, end, &span);
        if (!span.key.len)
            continue;
        status = span_meaning(db, &span, reading, meaning);
        if (status == STATUS_OK && meaning->known && !meaning_is_refused(query, meaning))
            break;
    }
    text_release(&span.key);
    *ret_end = end;
    return status;
}

/* --- after the spans
 * ---------------------------------------------------------------------------------- */

/* A telephone number of which one or two digits are typed says nothing yet. */
static void wait_for_number(struct words *words)
{
    struct span span = {.key = TEXT_INIT};
    size_t last = words->segment_count;
    if (last && words->typing && !words->segments[last - 1].used) {
        span_of_segments(words, last - 1, last, &span);
        bool digits = span.key.len == strspn(span.key.bytes, "0123456789");
        if (digits && span.key.len > 0 && span.key.len <= 2 && *span.key.bytes == '0')
            words->segments[last - 1].used = true;
    }
    text_release(&span.key);
}

/* "near" stands before an area; other words that only join may lie between. */
static void widen_near(struct words *w)
{
    for (size_t g = 0; g < w->guess_count; g++) {
        struct guess *guess = &w->guesses[g];
        size_t i = 0;
        while (i < w->segment_count && w->segments[i].at < guess->at)
            i++;
        for (; guess->kind == FILTER_AREA && i > 0 && w->segments[i - 1].filler; i--)
            guess->near |= w->segments[i - 1].near;
    }
}

/* Words that only join say nothing beside what was understood. They stay when there is other text,
 * which may be a name with them in it, or when nothing else would be left to search for. */
static void drop_fillers(struct words *w, enum reading reading)
{
    size_t text = 0, fillers = 0;
    for (size_t i = 0; i < w->segment_count; i++) {
        text += !w->segments[i].used && !w->segments[i].filler;
        fillers += w->segments[i].filler;
    }
    bool bold = reading > READ_CERTAIN;
    if (!fillers || (bold ? !text && !w->guess_count : text || !w->guess_count))
        return;
    for (size_t i = 0; i < w->segment_count; i++) {
        struct segment *s = &w->segments[i];
        bool typed_now = w->typing && i + 1 == w->segment_count;
        if (s->filler && (bold || !typed_now))
            s->used = true;
    }
}

enum status words_understand(struct db *db, const struct query *query, enum reading reading,
                             struct words *words)
{
    struct meaning *meaning = mem_zalloc(1, sizeof *meaning);
    enum status status = STATUS_OK;
    for (size_t first = 0; status == STATUS_OK && first < words->segment_count;) {
        size_t end, parts = 1;
        if (words->guess_count == WORDS_GUESSES)
            break;
        status = longest_span(db, query, reading, words, first, meaning, &end);
        if (status != STATUS_OK)
            break;
        if (end > first) {
            take(words, first, end, meaning);
            first = end;
            continue;
        }
        status = words_part_run(db, query, reading, words, first, &parts);
        first += parts;
    }
    free(meaning);
    if (status == STATUS_OK)
        status = words_listen(db, query, reading, words);
    widen_near(words);
    drop_fillers(words, reading);
    wait_for_number(words);
    return status;
}

enum status search_value_of(struct db *db, enum filter_kind kind, const char *typed,
                            char ret_value[FILTER_VALUE])
{
    const struct synonym_list *list;
    struct text strict = TEXT_INIT, key = TEXT_INIT;
    enum status status = search_synonyms(db, &list);
    if (status != STATUS_OK)
        return status;
    key_make(&strict, typed, strlen(typed), KEY_STRICT);
    synonym_key(&key, strict.bytes, strict.len);
    const struct synonym *found = synonym_find(list, key.bytes);
    text_release(&strict);
    text_release(&key);
    if (!found || found->kind != (int)kind || strlen(found->value) >= FILTER_VALUE)
        return STATUS_NOT_FOUND;
    memcpy(ret_value, found->value, strlen(found->value) + 1);
    return STATUS_OK;
}
