/* The directory as questions and answers need it: every service with its texts, read from the typed
 * tables, apart from the index. */
#include "tests/eval/eval.h"

#include "i18n/khmer.h"
#include "i18n/message.h"
#include "i18n/wrap.h"

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db->sqlite));
    return s;
}

static void add_line(struct item *item, const char *text)
{
    size_t len = item->line ? strlen(item->line) : 0;
    item->line = mem_realloc(item->line, len + strlen(text) + 2, 1);
    if (len)
        item->line[len++] = ' ';
    strcpy(item->line + len, text);
}

/* A text of the service; Khmer ones are fields. */
static void add_text(struct corpus *c, struct item *item, enum lang lang, const char *text)
{
    if (!*text)
        return;
    add_line(item, text);
    if (lang != LANG_KM || item->field_count == EVAL_FIELDS)
        return;
    struct passage *field = &item->fields[item->field_count++];
    field->text = arena_strdup(&c->arena, text);
    size_t *words = wrap_words(text, strlen(text), &field->word_count);
    size_t *kept = arena_alloc(&c->arena, field->word_count * sizeof *kept);
    memcpy(kept, words, field->word_count * sizeof *kept);
    field->words = kept;
    free(words);
}

static void load_items(struct corpus *c)
{
    sqlite3_stmt *s =
        prepare(c->db, "SELECT s.id, s.name_km, s.name_en, o.name_km, o.name_en, o.abbreviation_en,"
                       " s.description_km, s.description_en FROM service s LEFT JOIN organization o"
                       " ON o.id = s.organization WHERE s.status <> 4 ORDER BY s.id");
    size_t room = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        c->items = arena_grow(&c->arena, c->items, c->count, &room, sizeof *c->items);
        struct item *item = &c->items[c->count++];
        if (!column_id(s, 0, &item->id))
            bench_die("a service without an id");
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            int km = lang == LANG_KM ? 0 : 1;
            item->name[lang] = arena_strdup(&c->arena, column_text(s, 1 + km));
        }
        add_text(c, item, LANG_KM, column_text(s, 1));
        add_text(c, item, LANG_EN, column_text(s, 2));
        add_text(c, item, LANG_KM, column_text(s, 3));
        add_text(c, item, LANG_EN, column_text(s, 4));
        add_text(c, item, LANG_EN, column_text(s, 5));
        add_text(c, item, LANG_KM, column_text(s, 6));
        add_text(c, item, LANG_EN, column_text(s, 7));
    }
    sqlite3_finalize(s);
}

size_t corpus_find(const struct corpus *c, const struct uuid *id)
{
    size_t low = 0, high = c->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = memcmp(c->items[middle].id.bytes, id->bytes, sizeof id->bytes);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static struct item *item_of(struct corpus *c, sqlite3_stmt *s)
{
    struct uuid id;
    size_t at = column_id(s, 0, &id) ? corpus_find(c, &id) : SIZE_MAX;
    return at == SIZE_MAX ? NULL : &c->items[at];
}

static void load_terms(struct corpus *c)
{
    sqlite3_stmt *s =
        prepare(c->db, "SELECT l.record, t.code, t.name_km, t.name_en FROM term_link l"
                       " JOIN term t ON t.code = l.term WHERE l.status <> 4");
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct item *item = item_of(c, s);
        if (!item)
            continue;
        if (item->kind_count < EVAL_KINDS && strlen(column_text(s, 1)) < 4)
            strcpy(item->kinds[item->kind_count++], column_text(s, 1));
        add_text(c, item, LANG_KM, column_text(s, 2));
        add_text(c, item, LANG_EN, column_text(s, 3));
    }
    sqlite3_finalize(s);
}

/* The area and those it lies in, with their unit words. */
static void add_area(struct corpus *c, struct item *item, const char *code)
{
    struct area_list path = {0};
    if (item->area_count < EVAL_KINDS && strlen(code) < AREA_CODE)
        strcpy(item->areas[item->area_count++], code);
    if (area_path(c->db, code, &path) != STATUS_OK)
        return;
    for (size_t i = 0; i < path.count; i++) {
        const struct area *a = &path.rows[i];
        struct text text = TEXT_INIT;
        text_addf(&text, "%s%s", message_get(LANG_KM, area_kind_label(a->kind)), a->name_km);
        add_text(c, item, LANG_KM, text.bytes);
        text_clear(&text);
        text_addf(&text, "%s %s", a->name_en, message_get(LANG_EN, area_kind_label(a->kind)));
        add_text(c, item, LANG_EN, text.bytes);
        text_release(&text);
    }
    area_list_release(&path);
}

static void load_areas(struct corpus *c, const char *sql)
{
    sqlite3_stmt *s = prepare(c->db, sql);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct item *item = item_of(c, s);
        if (item)
            add_area(c, item, column_text(s, 1));
    }
    sqlite3_finalize(s);
}

void corpus_load(struct db *db, struct corpus *ret_corpus)
{
    struct corpus *c = ret_corpus;
    *c = (struct corpus){.db = db};
    load_items(c);
    load_areas(c, "SELECT x.service, l.area FROM service_at_location x JOIN location l ON"
                  " l.id = x.location WHERE x.status <> 4 AND l.status <> 4 AND l.area <> ''"
                  " AND coalesce(l.confidentiality, 0) = 0");
    load_areas(c, "SELECT service, area FROM service_area WHERE status <> 4 AND area <> ''");
    load_terms(c);
    if (!c->count)
        bench_die("the directory has no services");
}

void corpus_release(struct corpus *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->items[i].line);
    arena_release(&c->arena);
}

/* --- right answers ------------------------------------------------------------------------------
 */

static struct right right_new(const struct corpus *c)
{
    return (struct right){mem_zalloc(c->count / 64 + 1, sizeof(uint64_t)), 0};
}

static void right_add(struct right *right, size_t item)
{
    if (right_has(right, item))
        return;
    right->bits[item / 64] |= (uint64_t)1 << item % 64;
    right->count++;
}

bool right_has(const struct right *right, size_t item)
{
    return right->bits[item / 64] >> item % 64 & 1;
}

static bool is_word_edge(const struct passage *field, size_t at)
{
    for (size_t i = 0; i < field->word_count && field->words[i] <= at; i++)
        if (field->words[i] == at)
            return true;
    return false;
}

static bool field_holds(const struct passage *field, const char *term, size_t len, bool whole)
{
    size_t all = strlen(field->text);
    for (const char *p = strstr(field->text, term); p; p = strstr(p + 1, term)) {
        size_t at = (size_t)(p - field->text);
        if (whole ? is_word_edge(field, at) && is_word_edge(field, at + len)
                  : khmer_is_boundary(field->text, all, at) &&
                        khmer_is_boundary(field->text, all, at + len))
            return true;
    }
    return false;
}

struct right corpus_holding(const struct corpus *c, const char *term, bool whole)
{
    struct right right = right_new(c);
    size_t len = strlen(term);
    for (size_t i = 0; i < c->count; i++)
        for (size_t f = 0; f < c->items[i].field_count; f++)
            if (field_holds(&c->items[i].fields[f], term, len, whole)) {
                right_add(&right, i);
                break;
            }
    return right;
}

struct right corpus_of_kind_in(const struct corpus *c, const char *kind, const char *area)
{
    struct right right = right_new(c);
    for (size_t i = 0; i < c->count; i++) {
        const struct item *item = &c->items[i];
        bool of_kind = false, in = false;
        for (size_t k = 0; k < item->kind_count; k++)
            of_kind |= strcmp(item->kinds[k], kind) == 0;
        for (size_t k = 0; k < item->area_count; k++)
            in |= area_contains(area, item->areas[k]) || area_contains(item->areas[k], area);
        if (of_kind && in)
            right_add(&right, i);
    }
    return right;
}
