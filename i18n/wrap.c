/* Lines and words; see wrap.h. ICU's break iterators are opened for each call: they are not to be
 * shared, and what is wrapped is a screen of text. */
#include "i18n/wrap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "i18n/khmer.h"
#include "i18n/width.h"

struct offsets {
    size_t *at;
    size_t count;
    size_t room;
};

static void offsets_add(struct offsets *o, size_t at)
{
    if (o->count && o->at[o->count - 1] == at)
        return;
    if (o->count == o->room) {
        o->room = o->room ? o->room * 2 : 64;
        o->at = mem_realloc(o->at, o->room, sizeof *o->at);
    }
    o->at[o->count++] = at;
}

/* Bytes of the blank at s: what may stand at the end of a line and is not shown there. 0: none. */
static size_t blank(const char *s, size_t len)
{
    if (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
        return 1;
    return len >= 3 && s[0] == '\xE2' && s[1] == '\x80' && s[2] == '\x8B' ? 3 : 0; /* ZWSP */
}

/* What is done without ICU's data: a break after every run of blanks. */
static void break_at_blanks(struct offsets *o, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t n = blank(s + at, len - at);
        at += n ? n : 1;
        if (n && (s[at - 1] == '\n' || at == len || !blank(s + at, len - at)))
            offsets_add(o, at);
    }
}

static bool break_with_icu(struct offsets *o, const char *s, size_t len, UBreakIteratorType type)
{
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, s, (int64_t)len, &status);
    UBreakIterator *it = ubrk_open(type, "km", NULL, 0, &status);
    if (U_SUCCESS(status))
        ubrk_setUText(it, &text, &status);
    bool ok = U_SUCCESS(status);
    size_t unit = 0;
    if (ok) {
        for (int32_t at; (at = ubrk_next(it)) != UBRK_DONE;) {
            while (unit < (size_t)at)
                unit += khmer_syllable(s + unit, len - unit);
            if (unit == (size_t)at)
                offsets_add(o, unit);
        }
    }
    ubrk_close(it);
    utext_close(&text);
    return ok;
}

/* All breaks that are syllable boundaries, with 0 and len. */
static struct offsets find_breaks(const char *s, size_t len, UBreakIteratorType type)
{
    struct offsets o = {0};
    offsets_add(&o, 0);
    if (len && (len > INT32_MAX || !break_with_icu(&o, s, len, type)))
        break_at_blanks(&o, s, len);
    offsets_add(&o, len);
    return o;
}

size_t *wrap_words(const char *s, size_t len, size_t *ret_count)
{
    struct offsets o = find_breaks(s, len, UBRK_WORD);
    *ret_count = o.count;
    return o.at;
}

/* The line being filled. */
struct filler {
    const char *s;
    size_t columns;
    struct line_list *lines;
    size_t room;
    size_t start; /* of the line */
    size_t end;   /* of what is shown of it */
    size_t used;  /* columns up to end */
    bool open;    /* something stands in it */
    bool fresh;   /* it follows a line feed or begins the text */
};

static void close_line(struct filler *f)
{
    struct line_list *lines = f->lines;
    if (lines->count == f->room) {
        f->room = f->room ? f->room * 2 : 16;
        lines->rows = mem_realloc(lines->rows, f->room, sizeof *lines->rows);
    }
    lines->rows[lines->count++] = (struct line){f->start, f->end - f->start};
}

static void begin_line(struct filler *f, size_t at, bool fresh)
{
    f->start = f->end = at;
    f->used = 0;
    f->open = false;
    f->fresh = fresh;
}

static void extend_line(struct filler *f, size_t end, size_t columns)
{
    f->end = end;
    f->used += columns;
    f->open = true;
}

/* A word wider than any line: full lines of whole syllables, the rest begins the next line. */
static void break_word(struct filler *f, size_t at, size_t end)
{
    while (width_columns(f->s + at, end - at) > f->columns) {
        size_t n = width_clip(f->s + at, end - at, f->columns, NULL);
        if (!n)
            n = khmer_syllable(f->s + at, end - at);
        begin_line(f, at, false);
        extend_line(f, at + n, 0);
        close_line(f);
        at += n;
    }
    begin_line(f, at, false);
    if (at < end)
        extend_line(f, end, width_columns(f->s + at, end - at));
}

static size_t trim(const char *s, size_t at, size_t end)
{
    for (;;) {
        if (end > at && blank(s + end - 1, 1))
            end--;
        else if (end >= at + 3 && blank(s + end - 3, 3) == 3)
            end -= 3;
        else
            return end;
    }
}

/* What stands between two breaks: a word and the blanks after it. */
static void add_piece(struct filler *f, size_t at, size_t end)
{
    size_t body = trim(f->s, at, end);
    size_t columns = width_columns(f->s + at, body - at);
    size_t gap = width_columns(f->s + f->end, at - f->end);
    if (body > at && f->used + gap + columns > f->columns) {
        if (f->open)
            close_line(f);
        begin_line(f, at, false);
        gap = 0;
    }
    if (columns > f->columns)
        break_word(f, at, body);
    else if (body > at)
        extend_line(f, body, gap + columns);
    if (f->s[end - 1] == '\n') {
        if (f->open || f->fresh)
            close_line(f);
        begin_line(f, end, true);
    }
}

void wrap_lines(const char *s, size_t len, size_t columns, struct line_list *ret_lines)
{
    *ret_lines = (struct line_list){0};
    struct offsets o = find_breaks(s, len, UBRK_LINE);
    struct filler f = {.s = s, .columns = columns, .lines = ret_lines, .fresh = true};
    for (size_t i = 1; i < o.count; i++)
        add_piece(&f, o.at[i - 1], o.at[i]);
    if (f.open || (f.fresh && f.start < len))
        close_line(&f);
    free(o.at);
}
