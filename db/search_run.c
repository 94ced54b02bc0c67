/* Khmer is mostly written without spaces: "ជម្រកសៀមរាប" is a shelter and a place. A piece of the
 * words is parted at its syllables (and where the script changes) into things that are known. */
#include <stdlib.h>
#include <string.h>

#include "db/search_words.h"
#include "i18n/khmer.h"

enum {
    RUN_UNITS = 40,  /* syllables, numbers or Latin words of a piece; longer ones are text */
    UNITS_MOST = 80, /* of one query */
    PIECE_UNITS = 12,
};

struct part {
    size_t units; /* of the piece that begins here; 0: one unit of text */
    int kind;
};

struct run_parts {
    struct db *db;
    const struct query *query;
    enum reading reading;
    struct words *words;
    const struct segment *segment;
    size_t ends[RUN_UNITS + 1]; /* bytes of the words; [0] is the beginning */
    size_t count;
    struct meaning *meaning;
};

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the units of the segment end; false: there are too many, or it is no run of Khmer. */
static bool find_units(struct run_parts *r)
{
    const char *typed = r->words->typed;
    size_t at = r->segment->at, end = at + r->segment->len;
    bool khmer = false;
    r->ends[0] = at;
    while (at < end) {
        if (r->count == RUN_UNITS)
            return false;
        if (is_ascii(typed[at])) {
            bool digit = is_digit(typed[at]);
            while (at < end && is_ascii(typed[at]) && is_digit(typed[at]) == digit)
                at++;
        } else {
            at += khmer_syllable(typed + at, end - at);
            khmer = true;
        }
        r->ends[++r->count] = at;
    }
    return khmer && r->count > 1;
}

/* Most pieces mean nothing, and a query is read several times while it is typed and counted: those
 * seen lately are remembered by a hash of 64 bits. */
static uint64_t *remembered(struct run_parts *r, const struct span *span, size_t at, size_t len,
                            uint64_t *ret_hash)
{
    enum { REMEMBERED = 4096 };
    struct search *search = search_cache(r->db);
    uint64_t hash = 0xCBF29CE484222325 ^ (r->reading > READ_CERTAIN) ^ (uint64_t)span->last << 1;
    for (size_t i = at; i < at + len; i++)
        hash = (hash ^ (unsigned char)r->words->typed[i]) * 0x100000001B3;
    if (!search->nothing)
        search->nothing = mem_zalloc(REMEMBERED, sizeof *search->nothing);
    *ret_hash = hash | 1;
    return &search->nothing[hash >> 20 & (REMEMBERED - 1)];
}

/* What the units from `first` on mean; known false: nothing. */
static enum status look(struct run_parts *r, struct span *span, size_t first, size_t units)
{
    span->first = 0;
    span->end = units;
    span->last = r->words->typing && first + units == r->count &&
                 r->segment->at + r->segment->len == strlen(r->words->typed);
    span->loose = true;
    span->alone = false;
    size_t at = r->ends[first], len = r->ends[first + units] - at;
    uint64_t hash, *slot = remembered(r, span, at, len, &hash);
    r->meaning->known = false;
    if (*slot == hash)
        return STATUS_OK;
    span_of_bytes(r->words, at, len, span);
    enum status status = span_meaning(r->db, span, r->reading, r->meaning);
    if (status == STATUS_OK && !r->meaning->known)
        *slot = hash;
    if (status == STATUS_OK && r->meaning->known &&
        (r->meaning->kind == FILTER_PHONE || meaning_is_refused(r->query, r->meaning)))
        r->meaning->known = false;
    return status;
}

static bool joins(int kind)
{
    return kind == SYNONYM_FILLER || kind == SYNONYM_NEAR;
}

/* From the last unit to the first: the best way to part what follows. Long pieces count more than
 * several short ones. A certain reading leaves no unit unexplained, a bold one takes no single
 * syllable for anything. */
static enum status find_parts(struct run_parts *r, bool bold, struct part parts[RUN_UNITS + 1],
                              bool *ret_any)
{
    struct span span = {.key = TEXT_INIT};
    long best[RUN_UNITS + 1] = {0};
    bool any = false;
    enum status status = STATUS_OK;
    for (size_t first = r->count; status == STATUS_OK && first-- > 0;) {
        best[first] = bold ? best[first + 1] : -1;
        parts[first] = (struct part){0};
        size_t most = r->count - first < PIECE_UNITS ? r->count - first : PIECE_UNITS;
        for (size_t units = 1; status == STATUS_OK && units <= most; units++) {
            long after = best[first + units];
            if (after < 0 || (units == r->count))
                continue;
            status = look(r, &span, first, units);
            if (status != STATUS_OK || !r->meaning->known || (bold && units == 1))
                continue;
            long value = after + (joins(r->meaning->kind) ? 1 : (long)(units * units) + 1);
            if (value > best[first]) {
                best[first] = value;
                parts[first] = (struct part){units, r->meaning->kind};
                any |= !joins(r->meaning->kind);
            }
        }
    }
    text_release(&span.key);
    *ret_any = any && best[0] > 0;
    return status;
}

static struct segment segment_of(const struct run_parts *r, size_t first, size_t end, int kind)
{
    return (struct segment){
        .at = r->ends[first],
        .len = r->ends[end] - r->ends[first],
        .weak_start = first > 0 || r->segment->weak_start,
        .weak_end = end < r->count || r->segment->weak_end,
        .used = kind >= 0 && !joins(kind),
        .filler = kind >= 0 && joins(kind),
        .near = kind == SYNONYM_NEAR,
    };
}

/* Words that only join are part of the text when they touch text: they may be the middle of a name.
 */
static void join_text(const struct run_parts *r, struct part parts[])
{
    bool text = false;
    for (size_t at = 0; at < r->count; at += parts[at].units ? parts[at].units : 1) {
        if (text && parts[at].units && joins(parts[at].kind)) {
            size_t units = parts[at].units;
            for (size_t i = 0; i < units; i++)
                parts[at + i] = (struct part){0};
        }
        text = !parts[at].units;
    }
}

/* The pieces as segments; text between them stays together. */
static size_t make_segments(const struct run_parts *r, struct part parts[],
                            struct segment out[RUN_UNITS])
{
    size_t n = 0;
    join_text(r, parts);
    for (size_t at = 0; at < r->count;) {
        size_t end = at;
        while (end < r->count && !parts[end].units)
            end++;
        if (end > at) {
            out[n++] = segment_of(r, at, end, -1);
        } else {
            end = at + parts[at].units;
            out[n++] = segment_of(r, at, end, parts[at].kind);
        }
        at = end;
    }
    return n;
}

/* Puts the pieces in the segment's place and notes what they mean. */
static enum status put_segments(struct run_parts *r, struct words *w, size_t segment,
                                const struct segment *pieces, size_t count)
{
    struct span span = {.key = TEXT_INIT};
    size_t after = w->segment_count - segment - 1;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (!pieces[i].used)
            continue;
        size_t first = 0, end = 0;
        while (r->ends[first] < pieces[i].at)
            first++;
        while (r->ends[end] < pieces[i].at + pieces[i].len)
            end++;
        status = look(r, &span, first, end - first);
        if (status == STATUS_OK)
            words_add_guess(w, pieces[i].at, pieces[i].len, r->meaning);
    }
    text_release(&span.key);
    memmove(&w->segments[segment + count], &w->segments[segment + 1], after * sizeof *pieces);
    memcpy(&w->segments[segment], pieces, count * sizeof *pieces);
    w->segment_count += count - 1;
    return status;
}

enum status words_part_run(struct db *db, const struct query *query, enum reading reading,
                           struct words *w, size_t segment, size_t *ret_count)
{
    struct segment own = w->segments[segment], pieces[RUN_UNITS];
    struct run_parts r = {db, query, reading, w, &own, {0}, 0, NULL};
    struct part parts[RUN_UNITS + 1];
    bool any = false;
    *ret_count = 1;
    if (!find_units(&r) || w->parted + r.count > UNITS_MOST)
        return STATUS_OK;
    w->parted += r.count;
    r.meaning = mem_zalloc(1, sizeof *r.meaning);
    enum status status = find_parts(&r, false, parts, &any);
    if (status == STATUS_OK && !any && reading > READ_CERTAIN)
        status = find_parts(&r, true, parts, &any);
    size_t count = status == STATUS_OK && any ? make_segments(&r, parts, pieces) : 0;
    if (count && w->segment_count + count <= WORDS_SEGMENTS &&
        w->guess_count + count <= WORDS_GUESSES) {
        status = put_segments(&r, w, segment, pieces, count);
        *ret_count = count;
    }
    free(r.meaning);
    return status;
}
