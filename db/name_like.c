/* Likeness of names; see name_like.h. */
#include "db/name_like.h"

#include <stdbool.h>
#include <string.h>

#include "i18n/key.h"

enum { SYLLABLES_WEIGHT = 4, WEIGHT_MAX = 8, SLIP_LEN = 4, TWO_SLIPS_LEN = 8, WORD_MAX = 40 };

struct maker {
    struct name_like *like;
    size_t room;
    struct arena *arena;
};

static bool is_common(const char *word, size_t len)
{
    static const char *const common[] = {
        "of",           "the",  "for",     "and",     "in",       "at",
        "to",           "a",    "an",      "commune", "district", "province",
        "municipality", "khan", "sangkat", "village", "city"};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strlen(common[i]) == len && !memcmp(common[i], word, len))
            return true;
    return false;
}

static int add_token(void *context, const struct token *token)
{
    struct maker *m = context;
    struct name_like *like = m->like;
    if (!token->khmer && is_common(token->bytes, token->len))
        return 0;
    int letters = token->len < WEIGHT_MAX ? (int)token->len : WEIGHT_MAX;
    like->tokens = arena_grow(m->arena, like->tokens, like->count, &m->room, sizeof *like->tokens);
    struct name_token *t = &like->tokens[like->count++];
    t->bytes = arena_strndup(m->arena, token->bytes, token->len);
    t->len = token->len;
    t->weight = token->khmer ? SYLLABLES_WEIGHT : letters;
    like->weight += t->weight;
    return 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void name_drop_words(struct text *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(words[i]);
        char *at = len ? strstr(key->bytes, words[i]) : NULL;
        while (at) {
            bool inside = is_letter(*words[i]) &&
                          ((at > key->bytes && is_letter(at[-1])) || is_letter(at[len]));
            size_t offset = (size_t)(at - key->bytes);
            if (!inside) {
                text_remove(key, offset, len);
                text_insert(key, offset, " ", 1);
            }
            at = strstr(key->bytes + offset + 1, words[i]);
        }
    }
}

struct name_like name_like_make(const char *name, const char *const *places, size_t place_count,
                                struct arena *arena)
{
    struct name_like like = {0};
    struct maker m = {.like = &like, .arena = arena};
    struct text raw = TEXT_INIT, key = TEXT_INIT;
    key_make(&raw, name, strlen(name), KEY_LOOSE);
    name_drop_words(&raw, places, place_count);
    key_make(&key, raw.bytes, raw.len, KEY_LOOSE);
    (void)key_tokens(key.bytes, key.len, TOKEN_INDEX, add_token, &m);
    text_release(&raw);
    text_release(&key);
    return like;
}

/* Letters to be put in, left out, changed or swapped with the next one between two short words;
 * more than `most` is most + 1. */
static int distance(const struct name_token *a, const struct name_token *b, int most)
{
    int rows[3][WORD_MAX + 1];
    if (a->len > WORD_MAX || b->len > WORD_MAX)
        return most + 1;
    for (size_t j = 0; j <= b->len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a->len; i++) {
        const int *before = rows[(i + 1) % 3], *above = rows[(i - 1) % 3];
        int *row = rows[i % 3], best = row[0] = (int)i;
        for (size_t j = 1; j <= b->len; j++) {
            char x = a->bytes[i - 1], y = b->bytes[j - 1];
            int change = above[j - 1] + (x != y);
            int less = (above[j] < row[j - 1] ? above[j] : row[j - 1]) + 1;
            row[j] = change < less ? change : less;
            if (i > 1 && j > 1 && x == b->bytes[j - 2] && y == a->bytes[i - 2] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
            best = row[j] < best ? row[j] : best;
        }
        if (best > most)
            return most + 1;
    }
    return rows[a->len % 3][b->len];
}

/* The same token, or the same word with a slip. */
static bool is_same(const struct name_token *a, const struct name_token *b)
{
    if (a->len == b->len && !memcmp(a->bytes, b->bytes, a->len))
        return true;
    bool words = is_letter(a->bytes[0]) && is_letter(b->bytes[0]);
    size_t shorter = a->len < b->len ? a->len : b->len;
    int slips = shorter >= TWO_SLIPS_LEN ? 2 : shorter > SLIP_LEN ? 1 : 0;
    size_t longer = a->len < b->len ? b->len : a->len;
    return words && slips && longer - shorter <= (size_t)slips && distance(a, b, slips) <= slips;
}

enum { TOKENS_MAX = 256 };

int name_like(const struct name_like *a, const struct name_like *b)
{
    bool used[TOKENS_MAX] = {false};
    int common = 0, all = a->weight + b->weight;
    if (!a->weight || !b->weight || 2 * (a->weight < b->weight ? a->weight : b->weight) * 2 < all)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count && j < TOKENS_MAX; j++) {
            if (used[j] || !is_same(&a->tokens[i], &b->tokens[j]))
                continue;
            used[j] = true;
            common += a->tokens[i].weight + b->tokens[j].weight;
            break;
        }
    return 100 * common / all;
}
