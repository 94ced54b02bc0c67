/* The order of the parts of a Khmer syllable; see khmer_order.h. The rules are those of Unicode
 * Technical Note 61, stated case by case in tests/i18n/normal_pairs.tsv. Knows nothing of UTF-8
 * output or of what the result is for. */
#include "i18n/khmer_order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/mem.h"

enum { MARK_FIRST = 0x17B6, MARKS_MAX = 40 };

#define BIT(cp) (UINT64_C(1) << ((cp)-MARK_FIRST))

/* Vowels and signs above the base; U+17B6 with U+17C6 counts too. */
#define ABOVE                                                                                      \
    (BIT(0x17B7) | BIT(0x17B8) | BIT(0x17B9) | BIT(0x17BA) | BIT(0x17BE) | BIT(0x17D0) |           \
     BIT(0x17DD))
#define SHIFTERS (BIT(0x17C9) | BIT(0x17CA))
/* What the loose key leaves out: U+17C8-17D1 without the coeng, and U+17DD. */
#define LOOSE                                                                                      \
    (BIT(0x17C8) | SHIFTERS | BIT(0x17CB) | BIT(0x17CC) | BIT(0x17CD) | BIT(0x17CE) |              \
     BIT(0x17CF) | BIT(0x17D0) | BIT(0x17D1) | BIT(0x17DD))
/* Letters of the first series, as bits above U+1780. */
#define STRONG                                                                                     \
    (UINT64_C(0xF) | UINT64_C(0xF) << 0x05 | UINT64_C(0xF) << 0x0A | UINT64_C(0xF) << 0x0F |       \
     UINT64_C(0x7) << 0x15 | UINT64_C(0x7) << 0x1E | UINT64_C(1) << 0x22)

struct cluster {
    uint64_t letters; /* bits above U+1780 */
    uint64_t seen;    /* marks, BIT() */
    size_t count;
    char32_t marks[MARKS_MAX]; /* without coengs, in the order to write */
    bool joined;               /* ZWNJ at a shifter */
};

bool scalar_fades(char32_t cp)
{
    if (cp < 0x300)
        return cp == 0xAD;
    if (cp <= 0x36F || (cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF) ||
        (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE20 && cp <= 0xFE2F))
        return true;
    return u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* Writes what stands for a Khmer character to out; returns how many (0..3). */
static size_t spell_khmer(char32_t cp, char32_t *out, unsigned flags)
{
    out[0] = cp;
    if (cp < 0x17A3)
        return 1;
    switch (cp) {
    case 0x17A3:
        out[0] = 0x17A2;
        return 1;
    case 0x17A4:
        out[0] = 0x17A2;
        out[1] = 0x17B6;
        return 2;
    case 0x17A8:
        out[0] = 0x17A7;
        out[1] = 0x1780;
        return 2;
    case 0x17D8:
        out[0] = out[2] = 0x17D4;
        out[1] = 0x179B;
        return 3;
    case 0x17B4:
    case 0x17B5:
        return 0;
    case 0x17B2:
        if (flags & ORDER_KEY)
            out[0] = 0x17B1;
        return 1;
    default:
        if ((flags & ORDER_KEY) && khmer_is_digit(cp))
            out[0] = U'0' + (cp - 0x17E0);
        return 1;
    }
}

static bool is_dropped(char32_t cp, unsigned flags)
{
    if (cp < 0x80)
        return false;
    if (flags & ORDER_KEY)
        return scalar_fades(cp);
    return cp == ZWJ || (cp == ZWSP && (flags & ORDER_JOIN));
}

void scalars_read(struct scalars *ret, const char *s, size_t len, unsigned flags)
{
    /* No character becomes more code points than it has bytes. */
    char32_t *out = len <= SCALARS_SMALL ? ret->small : mem_realloc(NULL, len, sizeof *out);
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += khmer_decode(s + at, len - at, &cp);
        if (cp - 0x1780 < 0x80)
            n += spell_khmer(cp, out + n, flags);
        else if (!is_dropped(cp, flags))
            out[n++] = cp;
    }
    ret->at = out;
    ret->len = n;
}

void scalars_release(struct scalars *x)
{
    if (x->at != x->small)
        free(x->at);
}

static bool has(const struct cluster *c, char32_t cp)
{
    return c->seen & BIT(cp);
}

/* Marks keep the order of their classes, and inside a class the order typed. */
static void add_mark(struct cluster *c, char32_t cp, enum khmer_class class)
{
    if (has(c, cp))
        return;
    c->seen |= BIT(cp);
    size_t at = c->count++;
    for (; at > 0 && khmer_class(c->marks[at - 1]) > class; at--)
        c->marks[at] = c->marks[at - 1];
    c->marks[at] = cp;
}

static void remove_marks(struct cluster *c, uint64_t which)
{
    size_t n = 0;
    for (size_t i = 0; i < c->count; i++)
        if (!(which & BIT(c->marks[i])))
            c->marks[n++] = c->marks[i];
    c->count = n;
    c->seen &= ~which;
}

/* U+17C1 and another part of the same vowel become the vowel. */
static void merge_vowel(struct cluster *c, char32_t part, char32_t whole)
{
    remove_marks(c, BIT(part));
    if (has(c, whole)) {
        remove_marks(c, BIT(0x17C1));
        return;
    }
    for (size_t i = 0; i < c->count; i++)
        if (c->marks[i] == 0x17C1)
            c->marks[i] = whole;
    c->seen = (c->seen & ~BIT(0x17C1)) | BIT(whole);
}

/* The shifter that is drawn like U+17BB under a vowel above this cluster. */
static char32_t lowered_shifter(const struct cluster *c)
{
    bool ba = c->letters & (UINT64_C(1) << 0x14);
    return (c->letters & STRONG) && !ba ? 0x17CA : 0x17C9;
}

static char32_t last_shifter(const struct cluster *c)
{
    char32_t last = 0;
    for (size_t i = 0; i < c->count; i++)
        if (BIT(c->marks[i]) & SHIFTERS)
            last = c->marks[i];
    return last;
}

static void settle(struct cluster *c, unsigned flags)
{
    if (has(c, 0x17C1) && has(c, 0x17B8))
        merge_vowel(c, 0x17B8, 0x17BE);
    else if (has(c, 0x17C1) && has(c, 0x17B6))
        merge_vowel(c, 0x17B6, 0x17C4);
    bool above = (c->seen & ABOVE) || (has(c, 0x17B6) && has(c, 0x17C6));
    bool shifter = c->seen & SHIFTERS;
    c->joined = c->joined && above && last_shifter(c) == lowered_shifter(c);
    if (has(c, 0x17BB) && above && (!shifter || (flags & ORDER_LOOSE))) {
        remove_marks(c, BIT(0x17BB));
        if (!shifter)
            add_mark(c, lowered_shifter(c), KHMER_SHIFTER);
    }
    if ((flags & ORDER_LOOSE) && (c->seen & LOOSE))
        remove_marks(c, LOOSE);
}

/* Writes robat, the coengs already at out[1..len), the rest; returns the end. */
static size_t write_marks(const struct cluster *c, char32_t *out, size_t len)
{
    size_t i = 0;
    if (c->count && c->marks[0] == 0x17CC) {
        memmove(out + 2, out + 1, (len - 1) * sizeof *out);
        out[1] = 0x17CC;
        len++;
        i = 1;
    }
    bool joined = c->joined;
    for (; i < c->count; i++) {
        if (joined && khmer_class(c->marks[i]) > KHMER_SHIFTER) {
            out[len++] = ZWNJ;
            joined = false;
        }
        out[len++] = c->marks[i];
    }
    return len;
}

static bool is_ignored(char32_t cp)
{
    return cp == ZWSP || cp == ZWNJ || (cp >= 0x80 && !khmer_is_char(cp) && scalar_fades(cp));
}

/* Index of the next part of the syllable, or len when it has ended at `at`. *ret_joined: a ZWNJ is
 * passed on the way. */
static size_t next_part(const struct scalars *x, size_t at, bool coeng, bool *ret_joined)
{
    *ret_joined = false;
    for (; at < x->len; at++) {
        char32_t cp = x->at[at];
        enum khmer_class class = khmer_class(cp);
        if (class > KHMER_BASE || (class == KHMER_BASE && coeng))
            return at;
        if (!is_ignored(cp))
            break;
        *ret_joined = *ret_joined || cp == ZWNJ;
    }
    return x->len;
}

static uint64_t letter_bit(char32_t cp)
{
    return UINT64_C(1) << (cp - 0x1780);
}

/* out[1..len) are pairs of coeng and letter: those with ro go after any other. */
static void ro_last(char32_t *out, size_t len)
{
    size_t n = 2;
    for (size_t i = 2; i < len; i += 2)
        if (out[i] != 0x179A) {
            out[n] = out[i];
            n += 2;
        }
    for (; n < len; n += 2)
        out[n] = 0x179A;
}

/* Orders the syllable whose base is x->at[at], writing to x->at[*end...]; returns the index after
 * it. What is written never overtakes what was read. */
static size_t order_cluster(struct scalars *x, size_t at, size_t *end, unsigned flags)
{
    char32_t *out = x->at + *end;
    size_t len = 0;
    struct cluster c;
    c.letters = letter_bit(x->at[at]);
    c.seen = c.count = 0;
    c.joined = false;
    out[len++] = x->at[at++];
    bool coeng = false, after_shifter = false, joined;
    for (size_t next; (next = next_part(x, at, coeng, &joined)) < x->len; at = next + 1) {
        char32_t cp = x->at[next];
        enum khmer_class class = khmer_class(cp);
        if (joined && (after_shifter || class == KHMER_SHIFTER))
            c.joined = true;
        after_shifter = class == KHMER_SHIFTER;
        if (class == KHMER_BASE) {
            c.letters |= letter_bit(cp);
            out[len++] = KHMER_COENG;
            out[len++] = (flags & ORDER_KEY) && cp == 0x178A ? 0x178F : cp;
            coeng = false;
        } else if (class == KHMER_JOIN) {
            coeng = true;
        } else if (!((flags & ORDER_KEY) && cp == 0x17D3)) {
            add_mark(&c, cp, class);
        }
    }
    if (after_shifter && at < x->len && x->at[at] == ZWNJ) {
        c.joined = true;
        at++;
    }
    ro_last(out, len);
    if (c.count) {
        settle(&c, flags);
        len = write_marks(&c, out, len);
    }
    if (coeng)
        out[len++] = KHMER_COENG;
    *end += len;
    return at;
}

void scalars_order(struct scalars *x, unsigned flags)
{
    size_t n = 0;
    for (size_t at = 0; at < x->len;) {
        char32_t cp = x->at[at];
        enum khmer_class class = khmer_class(cp);
        if (class == KHMER_BASE) {
            if ((flags & ORDER_KEY) && cp == 0x178A && n && x->at[n - 1] == KHMER_COENG)
                x->at[at] = 0x178F; /* after a coeng without a base */
            at = order_cluster(x, at, &n, flags);
            continue;
        }
        at++;
        if (class > KHMER_BASE && class != KHMER_JOIN) {
            if ((flags & ORDER_KEY) && cp == 0x17D3)
                continue;
            if ((flags & ORDER_LOOSE) && (BIT(cp) & LOOSE))
                continue;
        } else if (cp == ZWNJ) {
            continue;
        }
        x->at[n++] = cp;
    }
    x->len = n;
}

size_t scalars_foreign_end(const struct scalars *x, size_t at, bool *ret_plain)
{
    *ret_plain = true;
    for (; at < x->len && !khmer_is_char(x->at[at]); at++)
        if (x->at[at] >= 0x80)
            *ret_plain = false;
    return at;
}
