/* The tokens of texts: syllable pairs of Khmer and whole Latin words (i18n/key.h), their
 * beginnings, and what helps to rank names. Knows nothing of the file. */
#include <stdlib.h>
#include <string.h>

#include "db/search_index.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

/* --- each token once ---------------------------------------------------------------------------
 */

/* Hashes of what was added since the last clear; a slot counts when its round is the current one.
 */
struct word_set {
    struct slot {
        uint64_t hash;
        uint32_t round;
    } * slots;
    size_t room, count; /* room: a power of two */
    uint32_t round;
};

struct word_set *word_set_new(void)
{
    struct word_set *set = mem_zalloc(1, sizeof *set);
    set->room = 1024;
    set->slots = mem_zalloc(set->room, sizeof *set->slots);
    set->round = 1;
    return set;
}

void word_set_free(struct word_set *set)
{
    if (!set)
        return;
    free(set->slots);
    free(set);
}

void word_set_clear(struct word_set *set)
{
    set->count = 0;
    set->round++;
}

static uint64_t hash_of(char space, const char *token, size_t len)
{
    uint64_t hash = (0xcbf29ce484222325u ^ (unsigned char)space) * 0x100000001b3u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)token[i]) * 0x100000001b3u;
    return hash;
}

static struct slot *find_slot(const struct word_set *set, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (set->room - 1);
    while (set->slots[at].round == set->round && set->slots[at].hash != hash)
        at = (at + 1) & (set->room - 1);
    return &set->slots[at];
}

static void grow(struct word_set *set)
{
    struct word_set old = *set;
    set->room *= 2;
    set->slots = mem_zalloc(set->room, sizeof *set->slots);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].round == old.round)
            *find_slot(set, old.slots[i].hash) = old.slots[i];
    free(old.slots);
}

static bool has(const struct word_set *set, char space, const char *token, size_t len)
{
    return find_slot(set, hash_of(space, token, len))->round == set->round;
}

void word_set_add(struct word_set *set, struct text *out, char space, const char *token, size_t len)
{
    if ((space == 't' && has(set, 'n', token, len)) || (space == 'T' && has(set, 'N', token, len)))
        return;
    struct slot *slot = find_slot(set, hash_of(space, token, len));
    if (slot->round == set->round)
        return;
    *slot = (struct slot){hash_of(space, token, len), set->round};
    if (++set->count * 2 > set->room)
        grow(set);
    if (out->len)
        text_addc(out, ' ');
    text_addc(out, space);
    text_add(out, token, len);
}

/* --- tokens of a text ----------------------------------------------------------------------------
 */

struct maker {
    struct word_set *set;
    struct text *out;
    char space;
    bool first;
    const char *end;  /* of the token before */
    const char *last; /* its last syllable, when it was Khmer and ended a run */
    struct syllable {
        const char *bytes;
        size_t len;
    } before[2]; /* the two syllables before, nearest last; len 0: none */
};

/* Without U+17C8-17D1 and U+17DD. */
size_t token_loosen(const char *token, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char *c = (const unsigned char *)token + i;
        if (i + 2 < len && c[0] == 0xE1 && c[1] == 0x9F &&
            ((c[2] >= 0x88 && c[2] <= 0x91) || c[2] == 0x9D))
            i += 2;
        else
            out[n++] = token[i];
    }
    return n;
}

size_t token_beginning(const char *token, size_t len, size_t count)
{
    size_t at = 0;
    for (; at < len && count; count--)
        do
            at++;
        while (at < len && ((unsigned char)token[at] & 0xC0) == 0x80);
    return at;
}

static void add_one(struct maker *m, const char *token, size_t len, size_t syllable)
{
    bool name = m->space == 'n';
    word_set_add(m->set, m->out, m->space, token, len);
    for (size_t n = 1, end = 0; n <= PREFIX_MOST && end < len; n++) {
        end = token_beginning(token, len, n);
        word_set_add(m->set, m->out, name ? 'N' : 'T', token, end);
    }
    if (name && m->first)
        word_set_add(m->set, m->out, '^', token, len);
    if (name && syllable)
        word_set_add(m->set, m->out, 'y', token, syllable);
}

/* The token, and the form of the looser key where it is another one. */
static void add_forms(struct maker *m, const char *token, size_t len, bool khmer)
{
    char loose[TOKEN_MAX];
    size_t n = token_loosen(token, len, loose);
    add_one(m, token, len, khmer ? khmer_syllable(token, len) : 0);
    if (n && n < len)
        add_one(m, loose, n, khmer ? khmer_syllable(loose, n) : 0);
}

/* Two runs with only a space between them may be typed as one. */
static void add_bridge(struct maker *m, const struct token *token)
{
    if (!m->last || token->bytes != m->end + 1 || *m->end != ' ')
        return;
    char joined[TOKEN_MAX];
    size_t left = (size_t)(m->end - m->last);
    size_t right = khmer_syllable(token->bytes, token->len);
    if (left + right > sizeof joined)
        return;
    memcpy(joined, m->last, left);
    memcpy(joined + left, token->bytes, right);
    add_forms(m, joined, left + right, true);
}

/* Three syllables in a row; a space between runs does not part them. */
static void add_triple(struct maker *m, const struct token *token)
{
    struct syllable now = {token->bytes, 0};
    if (token->khmer)
        now.len = khmer_syllable(token->bytes, token->len);
    if (token->starts_run && !(m->last && token->bytes == m->end + 1 && *m->end == ' '))
        m->before[0].len = m->before[1].len = 0;
    char triple[TOKEN_MAX], loose[TOKEN_MAX];
    size_t len = m->before[0].len + m->before[1].len + now.len;
    if (now.len && m->before[0].len && len <= sizeof triple) {
        memcpy(triple, m->before[0].bytes, m->before[0].len);
        memcpy(triple + m->before[0].len, m->before[1].bytes, m->before[1].len);
        memcpy(triple + len - now.len, now.bytes, now.len);
        size_t n = token_loosen(triple, len, loose);
        word_set_add(m->set, m->out, '3', triple, len);
        if (n < len)
            word_set_add(m->set, m->out, '3', loose, n);
    }
    m->before[0] = m->before[1];
    m->before[1] = now;
}

static int visit(void *context, const struct token *token)
{
    struct maker *m = context;
    add_triple(m, token);
    if (token->khmer && token->starts_run)
        add_bridge(m, token);
    add_forms(m, token->bytes, token->len < TOKEN_MAX ? token->len : TOKEN_MAX, token->khmer);
    m->first = false;
    m->end = token->bytes + token->len;
    m->last = token->khmer ? token->bytes : NULL;
    return 0;
}

void word_set_text(struct word_set *set, struct text *out, char space, const char *words)
{
    if (!*words)
        return;
    struct text key = TEXT_INIT;
    key_make(&key, words, strlen(words), KEY_STRICT);
    struct maker m = {.set = set, .out = out, .space = space, .first = true};
    key_tokens(key.bytes, key.len, TOKEN_INDEX, visit, &m);
    text_release(&key);
}

void word_set_exact(struct word_set *set, struct text *out, const char *key, size_t len)
{
    char token[EXACT_MOST];
    if (!len || len > sizeof token)
        return;
    for (size_t i = 0; i < len; i++)
        token[i] = key[i] == ' ' ? '_' : key[i];
    word_set_add(set, out, 'x', token, len);
}

void word_set_tokens(struct word_set *set, struct text *out, const char *tokens)
{
    while (*tokens) {
        size_t len = strcspn(tokens, " ");
        if (len > 1)
            word_set_add(set, out, *tokens, tokens + 1, len - 1);
        tokens += len + (tokens[len] == ' ');
    }
}
