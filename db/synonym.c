/* The synonyms: some hundred rows, read whole and kept in order of key; see synonym.h. */
#include "db/synonym.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/need.h"
#include "db/term.h"
#include "i18n/english.h"
#include "i18n/key.h"

static const char *const kinds[SYNONYM_KINDS] = {
    [FILTER_AREA] = "area",
    [FILTER_TYPE] = "type",
    [FILTER_GROUP] = "group",
    [FILTER_TIER] = "tier",
    [FILTER_STATUS] = "status",
    [FILTER_AGE] = "age",
    [FILTER_SEX] = "sex",
    [FILTER_ALL_DAY] = "all_day",
    [FILTER_NEED] = "need",
    [FILTER_SECTOR] = "sector",
    [FILTER_LEVEL] = "level",
    [FILTER_CONFIRMED] = "confirmed",
    [FILTER_DISABILITY] = "disability",
    [FILTER_OPEN_NOW] = "open_now",
    [FILTER_OUTPUT] = "output",
    [SYNONYM_FILLER] = "filler",
    [SYNONYM_NEAR] = "near",
};

int synonym_kind(const char *name)
{
    for (int i = 0; i < SYNONYM_KINDS; i++)
        if (kinds[i] && strcmp(kinds[i], name) == 0)
            return i;
    return -1;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void synonym_key(struct text *out, const char *key, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && is_word(key[end]))
            end++;
        english_form(out, key + at, end - at);
        for (at = end; at < len && !is_word(key[at]); at++)
            if ((unsigned char)key[at] >= 0x80)
                text_addc(out, key[at]);
    }
}

void synonym_list_release(struct synonym_list *list)
{
    arena_release(&list->arena);
    *list = (struct synonym_list){0};
}

/* --- reading
 * ----------------------------------------------------------------------------------------- */

struct builder {
    struct synonym_list list;
    size_t room;
    size_t own; /* rows of the table: in order of key, and before any name of a term */
};

static void add(struct builder *b, const char *key, int kind, const char *value, const char *words)
{
    struct arena *a = &b->list.arena;
    b->list.rows = arena_grow(a, b->list.rows, b->list.count, &b->room, sizeof *b->list.rows);
    b->list.rows[b->list.count++] = (struct synonym){
        .key = arena_strdup(a, key),
        .kind = kind,
        .value = arena_strdup(a, value),
        .words = arena_strdup(a, words),
    };
}

static const struct synonym *find_in(const struct synonym *rows, size_t count, const char *key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows[middle].key, key);
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void synonym_plain(struct text *out, const char *name, size_t len)
{
    size_t at = out->len;
    text_add(out, name, len);
    if (len > 1 && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'a' && name[1] <= 'z')
        out->bytes[at] = (char)(name[0] + ('a' - 'A'));
}

static void add_words(struct builder *b, int kind, const char *value, const char *words, size_t len)
{
    struct text plain = TEXT_INIT, strict = TEXT_INIT, key = TEXT_INIT;
    synonym_plain(&plain, words, len);
    key_make(&strict, words, len, KEY_STRICT);
    synonym_key(&key, strict.bytes, strict.len);
    if (key.len > 2 && !find_in(b->list.rows, b->own, key.bytes))
        add(b, key.bytes, kind, value, plain.bytes);
    text_release(&plain);
    text_release(&strict);
    text_release(&key);
}

/* The whole name, and what stands in it as an alternative: "hotline" and "helpline" of
 * "Hotline / helpline", "Police" of "Police: women, children". */
static void add_name(struct builder *b, int kind, const char *value, const char *name)
{
    add_words(b, kind, value, name, strlen(name));
    while (*name) {
        const char *end = strstr(name, " / ");
        size_t len = end ? (size_t)(end - name) : strlen(name);
        size_t cut = strcspn(name, ":(");
        add_words(b, kind, value, name, cut < len ? cut : len);
        name += len + (end ? strlen(" / ") : 0);
    }
}

static enum status add_table(struct db *db, struct builder *b)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_SYNONYM_ALL, &s);
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        int kind = synonym_kind(column_text(s, 1));
        if (kind >= 0) /* else of a later program */
            add(b, column_text(s, 0), kind, column_text(s, 2), column_text(s, 3));
    }
    b->own = b->list.count;
    return status;
}

static enum status add_needs(struct db *db, struct builder *b)
{
    struct need_list needs = {0};
    enum status status = need_all(db, &needs);
    for (size_t i = 0; i < needs.count; i++) {
        add_name(b, FILTER_NEED, needs.rows[i].code, needs.rows[i].name_km);
        add_name(b, FILTER_NEED, needs.rows[i].code, needs.rows[i].name_en);
    }
    need_list_release(&needs);
    return status;
}

static enum status add_terms(struct db *db, struct builder *b)
{
    struct term_list terms = {0};
    enum status status = term_all(db, &terms);
    for (size_t i = 0; i < terms.count; i++) {
        int kind = *terms.rows[i].parent ? FILTER_TYPE : FILTER_GROUP;
        add_name(b, kind, terms.rows[i].code, terms.rows[i].name_km);
        add_name(b, kind, terms.rows[i].code, terms.rows[i].name_en);
    }
    term_list_release(&terms);
    return status;
}

/* Of the same key: the kind of filter that comes first, then the value. */
static int compare(const void *left, const void *right)
{
    const struct synonym *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    if (order == 0)
        order = a->kind - b->kind;
    return order ? order : strcmp(a->value, b->value);
}

enum status synonym_load(struct db *db, struct synonym_list *ret_list)
{
    struct builder b = {0};
    enum status status = add_table(db, &b);
    if (status == STATUS_OK)
        status = add_terms(db, &b);
    if (status == STATUS_OK)
        status = add_needs(db, &b);
    if (status != STATUS_OK) {
        synonym_list_release(&b.list);
        return status;
    }
    if (b.list.count)
        qsort(b.list.rows, b.list.count, sizeof *b.list.rows, compare);
    size_t kept = 0;
    for (size_t i = 0; i < b.list.count; i++)
        if (kept == 0 || strcmp(b.list.rows[kept - 1].key, b.list.rows[i].key) != 0)
            b.list.rows[kept++] = b.list.rows[i];
    b.list.count = kept;
    *ret_list = b.list;
    return STATUS_OK;
}

const struct synonym *synonym_find(const struct synonym_list *list, const char *key)
{
    return find_in(list->rows, list->count, key);
}

enum status synonym_put(struct db *db, const char *words, const char *kind, const char *value)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_SYNONYM_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text strict = TEXT_INIT, key = TEXT_INIT;
    key_make(&strict, words, strlen(words), KEY_STRICT);
    synonym_key(&key, strict.bytes, strict.len);
    bind_text(s, ":key", key.bytes);
    bind_text(s, ":kind", kind);
    bind_text(s, ":value", value);
    bind_text(s, ":words", words);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    text_release(&strict);
    text_release(&key);
    return status;
}
