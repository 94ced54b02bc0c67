/* The tokens of the search index: syllable pairs of Khmer and whole Latin words (i18n/key.h), made
 * here and handed to FTS5 ready, so that its tokenizer only splits at spaces. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

/* --- the tokenizer FTS5 asks for ------------------------------------------------------------ */

static int tokenizer_create(void *context, const char **args, int count, Fts5Tokenizer **ret)
{
    (void)args;
    (void)count;
    *ret = context; /* it has no state; any pointer but NULL */
    return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int tokenizer_split(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text,
                           int len, int (*emit)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    (void)flags;
    for (int at = 0; at < len;) {
        const char *space = memchr(text + at, ' ', (size_t)(len - at));
        int end = space ? (int)(space - text) : len;
        if (end > at) {
            int rc = emit(context, 0, text + at, end - at, at, end);
            if (rc != SQLITE_OK)
                return rc;
        }
        at = end + 1;
    }
    return SQLITE_OK;
}

static int fts5_interface(sqlite3 *sqlite, fts5_api **ret_api)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(sqlite, "SELECT fts5(?1)", -1, &s, NULL);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_pointer(s, 1, ret_api, "fts5_api_ptr", NULL);
    rc = sqlite3_step(s);
    sqlite3_finalize(s);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

enum status search_register(struct db *db)
{
    static fts5_tokenizer tokenizer = {tokenizer_create, tokenizer_delete, tokenizer_split};
    fts5_api *api = NULL;
    int rc = fts5_interface(db->sqlite, &api);
    if (rc == SQLITE_OK && api)
        rc = api->xCreateTokenizer(api, "cpdir", db, &tokenizer, NULL);
    return rc == SQLITE_OK && api ? STATUS_OK : db_fail(db, rc == SQLITE_OK ? SQLITE_ERROR : rc);
}

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
    if (space == 't' && has(set, 'n', token, len))
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

enum { TOKEN_MAX = 64 }; /* bytes; longer ones are cut, in the index and in what is looked for */

struct maker {
    struct word_set *set;
    struct text *out;
    char space;
    bool first;
    const char *end;  /* of the token before */
    const char *last; /* its last syllable, when it was Khmer and ended a run */
};

/* The form of the looser key, where it is another one: without U+17C8-17D1 and U+17DD. */
static size_t loosen(const char *token, size_t len, char *out)
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

static void add_forms(struct maker *m, const char *token, size_t len)
{
    char loose[TOKEN_MAX];
    size_t n = loosen(token, len, loose);
    word_set_add(m->set, m->out, m->space, token, len);
    if (n && n < len)
        word_set_add(m->set, m->out, m->space, loose, n);
    if (m->first && m->space == 'n') {
        word_set_add(m->set, m->out, '^', token, len);
        if (n && n < len)
            word_set_add(m->set, m->out, '^', loose, n);
    }
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
    add_forms(m, joined, left + right);
}

static int visit(void *context, const struct token *token)
{
    struct maker *m = context;
    if (token->khmer && token->starts_run)
        add_bridge(m, token);
    add_forms(m, token->bytes, token->len < TOKEN_MAX ? token->len : TOKEN_MAX);
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

void word_set_tokens(struct word_set *set, struct text *out, char space, const char *tokens)
{
    while (*tokens) {
        size_t len = strcspn(tokens, " ");
        if (len > 1)
            word_set_add(set, out, space, tokens + 1, len - 1);
        tokens += len + (tokens[len] == ' ');
    }
}
