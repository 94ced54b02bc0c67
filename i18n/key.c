/* Search keys; see key.h. Text of one script, which is nearly all there is, is done without ICU. */
#include "i18n/key.h"

#include "i18n/fold.h"
#include "i18n/khmer.h"
#include "i18n/khmer_order.h"
#include "i18n/utf8.h"

/* White space and controls: both part words. */
static bool is_space(char32_t cp)
{
    if (cp < 0x80)
        return cp <= ' ' || cp == 0x7F;
    return cp <= 0xA0 || cp == 0x1680 || cp == 0x2028 || cp == 0x2029;
}

/* Where the key is written: white space waits until a word follows. */
struct sink {
    char *at;
    char *start;
    bool space;
};

static void put(struct sink *sink, char32_t cp)
{
    if (is_space(cp)) {
        sink->space = sink->at > sink->start;
        return;
    }
    if (sink->space) {
        *sink->at++ = ' ';
        sink->space = false;
    }
    sink->at += utf8_encode(cp, sink->at);
}

/* Three bytes, never white space, the bulk of what is indexed. */
static void put_khmer(struct sink *sink, char32_t cp)
{
    if (sink->space) {
        *sink->at++ = ' ';
        sink->space = false;
    }
    sink->at[0] = (char)(unsigned char)(0xE0 | cp >> 12);
    sink->at[1] = (char)(unsigned char)(0x80 | (cp >> 6 & 0x3F));
    sink->at[2] = (char)(unsigned char)(0x80 | (cp & 0x3F));
    sink->at += 3;
}

static char32_t lower(char32_t cp)
{
    return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

static void sink_open(struct sink *sink, struct text *out, size_t room)
{
    text_reserve(out, room);
    sink->at = sink->start = out->bytes + out->len;
    sink->space = false;
}

/* Makes the sink's bytes part of out. */
static void sink_close(struct sink *sink, struct text *out)
{
    if (sink->at == sink->start)
        return;
    out->len += (size_t)(sink->at - sink->start);
    *sink->at = '\0';
}

/* Goes on in out after `more` bytes of room were made; start stays the start of the key. */
static void sink_grow(struct sink *sink, struct text *out, size_t more)
{
    size_t used = (size_t)(sink->at - sink->start);
    out->len += used; /* so that it moves along */
    text_reserve(out, more);
    out->len -= used;
    sink->start = out->bytes + out->len;
    sink->at = sink->start + used;
}

static void put_folded(struct sink *sink, struct text *out, const char32_t *run, size_t n,
                       size_t rest)
{
    struct text folded = TEXT_INIT;
    fold_key(&folded, run, n);
    sink_grow(sink, out, folded.len + rest);
    for (size_t at = 0; at < folded.len;) {
        char32_t cp;
        at += utf8_decode(folded.bytes + at, folded.len - at, &cp);
        put(sink, cp);
    }
    text_release(&folded);
}

static void put_scalars(struct sink *sink, struct text *out, const struct scalars *x)
{
    for (size_t at = 0; at < x->len;) {
        bool plain;
        size_t end = scalars_foreign_end(x, at, &plain);
        if (!plain)
            put_folded(sink, out, x->at + at, end - at, (x->len - end) * 4 + 1);
        else
            for (; at < end; at++)
                put(sink, lower(x->at[at]));
        for (at = end; at < x->len && khmer_is_char(x->at[at]); at++)
            put_khmer(sink, x->at[at]);
    }
}

static bool is_ascii(const char *s, size_t len)
{
    unsigned char any = 0;
    for (size_t i = 0; i < len; i++)
        any |= (unsigned char)s[i];
    return any < 0x80;
}

void key_make(struct text *out, const char *s, size_t len, enum key_mode mode)
{
    struct sink sink;
    if (is_ascii(s, len)) {
        sink_open(&sink, out, len);
        for (size_t i = 0; i < len; i++)
            put(&sink, lower((unsigned char)s[i]));
        sink_close(&sink, out);
        return;
    }
    unsigned flags = ORDER_JOIN | ORDER_KEY | (mode == KEY_LOOSE ? ORDER_LOOSE : 0);
    struct scalars x;
    scalars_read(&x, s, len, flags);
    scalars_order(&x, flags);
    sink_open(&sink, out, x.len * 4 + 1);
    put_scalars(&sink, out, &x);
    sink_close(&sink, out);
    scalars_release(&x);
}
