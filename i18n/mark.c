/* Marks of typed words in a name; see mark.h. The name's key is made syllable by syllable, so that
 * every byte of it knows which bytes of the name it came from. */
#include "i18n/mark.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/key.h"
#include "i18n/khmer.h"

/* A key whose bytes know their syllable. */
struct keyed {
    struct text key;
    struct mark *of; /* of each byte of the key: its syllable in the name */
    size_t room;
};

static void note_syllable(struct keyed *k, size_t from, struct mark syllable)
{
    if (k->key.len > k->room) {
        k->room = k->key.len * 2;
        k->of = mem_realloc(k->of, k->room, sizeof *k->of);
    }
    for (size_t i = from; i < k->key.len; i++)
        k->of[i] = syllable;
}

static void key_name(struct keyed *k, const char *name, size_t len, enum key_mode mode)
{
    text_clear(&k->key);
    for (size_t at = 0, n; at < len; at += n) {
        n = khmer_syllable(name + at, len - at);
        size_t before = k->key.len;
        key_make(&k->key, name + at, n, mode);
        bool gap = k->key.len == before && (unsigned char)name[at] <= ' ';
        if (gap && before > 0 && k->key.bytes[before - 1] != ' ')
            text_addc(&k->key, ' ');
        note_syllable(k, before, (struct mark){at, n});
    }
}

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool may_begin(const struct keyed *k, size_t at)
{
    if (at == 0)
        return true;
    if ((unsigned char)k->key.bytes[at] >= 0x80)
        return k->of[at].at != k->of[at - 1].at;
    return !is_letter(k->key.bytes[at - 1]) || (unsigned char)k->key.bytes[at - 1] >= 0x80;
}

/* The marks so far, and what is being looked for. */
struct finding {
    struct mark *marks;
    size_t count;
    const char *run;
    size_t run_len;
};

static void add(struct finding *f, struct mark mark)
{
    if (f->count < MARKS_MOST)
        f->marks[f->count++] = mark;
}

/* Marks every place of the run; false where there is none. */
static bool find_run(struct finding *f, const struct keyed *k)
{
    bool found = false;
    for (size_t at = 0; at + f->run_len <= k->key.len; at++) {
        if (memcmp(k->key.bytes + at, f->run, f->run_len) != 0 || !may_begin(k, at))
            continue;
        const struct mark *first = &k->of[at], *last = &k->of[at + f->run_len - 1];
        add(f, (struct mark){first->at, last->at + last->len - first->at});
        found = true;
        at += f->run_len - 1;
    }
    return found;
}

/* --- the words -----------------------------------------------------------------------------------
 */

struct runs {
    const struct keyed *strict, *loose;
    struct finding *finding;
    const char *start;
    size_t len;
};

static void end_run(struct runs *r)
{
    if (!r->len)
        return;
    struct finding *f = r->finding;
    f->run = r->start;
    f->run_len = r->len;
    if (find_run(f, r->strict))
        return;
    struct text loose = TEXT_INIT;
    key_make(&loose, r->start, r->len, KEY_LOOSE);
    f->run = loose.bytes;
    f->run_len = loose.len;
    if (loose.len)
        (void)find_run(f, r->loose);
    text_release(&loose);
}

static int visit(void *context, const struct token *token)
{
    struct runs *r = context;
    if (token->starts_run) {
        end_run(r);
        r->start = token->bytes;
    }
    r->len = (size_t)(token->bytes + token->len - r->start);
    return 0;
}

static int compare(const void *left, const void *right)
{
    const struct mark *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

/* In order; what touches becomes one. */
static size_t join(struct mark *marks, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(marks, count, sizeof *marks, compare);
    for (size_t i = 0; i < count; i++) {
        struct mark *last = kept ? &marks[kept - 1] : NULL;
        size_t end = marks[i].at + marks[i].len;
        if (!last || last->at + last->len < marks[i].at)
            marks[kept++] = marks[i];
        else if (end > last->at + last->len)
            last->len = end - last->at;
    }
    return kept;
}

size_t mark_find(const char *name, size_t len, const char *typed, struct mark marks[MARKS_MOST])
{
    struct keyed strict = {.key = TEXT_INIT}, loose = {.key = TEXT_INIT};
    struct text key = TEXT_INIT;
    struct finding finding = {.marks = marks};
    struct runs runs = {.strict = &strict, .loose = &loose, .finding = &finding};
    key_make(&key, typed, strlen(typed), KEY_STRICT);
    if (key.len) {
        key_name(&strict, name, len, KEY_STRICT);
        key_name(&loose, name, len, KEY_LOOSE);
        (void)key_tokens(key.bytes, key.len, TOKEN_QUERY, visit, &runs);
        end_run(&runs);
    }
    text_release(&key);
    text_release(&strict.key);
    text_release(&loose.key);
    free(strict.of);
    free(loose.of);
    return join(marks, finding.count);
}
