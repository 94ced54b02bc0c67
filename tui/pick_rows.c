/* What can be chosen for a field; see pick.h. Asks the directory, draws nothing. */
#include "tui/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/organization.h"
#include "db/search.h"
#include "db/term.h"
#include "i18n/key.h"
#include "i18n/message.h"
#include "tui/format_hours.h"
#include "tui/value.h"

enum { MOST = 200, WEEK = 7, ENUM_MOST = 16, WORK_DAYS = 31, ALL_DAYS = 127 };

static struct pick_row *add_row(struct pick *p, enum pick_row_kind kind, const char *label)
{
    p->rows = arena_grow(&p->arena, p->rows, p->count, &p->room, sizeof *p->rows);
    struct pick_row *r = &p->rows[p->count++];
    *r = (struct pick_row){.kind = kind, .label = arena_strdup(&p->arena, label), .note = ""};
    return r;
}

static struct value text_value(struct pick *p, const char *s)
{
    return (struct value){.type = VALUE_TEXT,
                          .text = {.bytes = arena_strdup(&p->arena, s), .len = strlen(s)}};
}

/* --- what is typed
 * ----------------------------------------------------------------------------------- */

/* Does the key of a name hold the key of what is typed? 0: it begins with it, 1: a later word does,
 * 2: somewhere; -1 not at all. */
static int match(const struct text *typed, const char *name_key)
{
    if (!typed->len)
        return 0;
    const char *at = strstr(name_key, typed->bytes);
    if (!at)
        return -1;
    return at == name_key ? 0 : at[-1] == ' ' ? 1 : 2;
}

static int match_name(const struct text *typed, const char *name)
{
    struct text key = TEXT_INIT;
    key_make(&key, name, strlen(name), KEY_LOOSE);
    int found = match(typed, key.bytes);
    text_release(&key);
    return found;
}

static void make_typed(const struct pick *p, struct text *out)
{
    key_make(out, p->edit.text.bytes, p->edit.text.len, KEY_LOOSE);
}

/* --- short lists
 * ------------------------------------------------------------------------------------- */

static void add_empty(struct pick *p, const struct context *x)
{
    if (p->edit.text.len == 0)
        add_row(p, PICK_VALUE, message_get(x->lang, MSG_PICK_EMPTY));
}

static void fill_enum(struct pick *p, const struct context *x)
{
    const char *set = field_enum_set(p->field);
    struct text typed = TEXT_INIT;
    make_typed(p, &typed);
    if (p->field->number > 100)
        add_empty(p, x);
    for (int value = 0; value < ENUM_MOST; value++) {
        enum message label;
        if (!enum_label(set, value, &label) || match_name(&typed, message_get(x->lang, label)) < 0)
            continue;
        struct pick_row *r = add_row(p, PICK_VALUE, message_get(x->lang, label));
        r->value = (struct value){.type = VALUE_INT, .integer = value};
    }
    text_release(&typed);
}

static void fill_days(struct pick *p, const struct context *x)
{
    static const unsigned presets[] = {WORK_DAYS, ALL_DAYS};
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        struct text label = TEXT_INIT;
        format_days(&label, x->lang, presets[i]);
        struct pick_row *r = add_row(p, PICK_VALUE, label.bytes);
        r->value = (struct value){.type = VALUE_INT, .integer = presets[i]};
        text_release(&label);
    }
    for (int day = 0; day < WEEK; day++)
        add_row(p, PICK_TOGGLE, format_day_name(x->lang, day))->day = day;
    add_row(p, PICK_DONE, message_get(x->lang, MSG_PICK_DONE));
}

static void fill_terms(struct pick *p, const struct context *x)
{
    struct term_list terms;
    struct text typed = TEXT_INIT;
    const struct term *group = NULL, *headed = NULL;
    make_typed(p, &typed);
    if (term_all(x->db, &terms) != STATUS_OK) {
        text_release(&typed);
        return;
    }
    for (size_t i = 0; i < terms.count; i++) {
        const struct term *t = &terms.rows[i];
        if (!*t->parent) {
            group = t;
            continue;
        }
        if (match_name(&typed, t->name_km) < 0 && match_name(&typed, t->name_en) < 0 &&
            match_name(&typed, t->code) < 0)
            continue;
        if (group && group != headed)
            add_row(p, PICK_HEADING, x->lang == LANG_KM ? group->name_km : group->name_en);
        headed = group;
        struct pick_row *r = add_row(p, PICK_VALUE, x->lang == LANG_KM ? t->name_km : t->name_en);
        r->value = text_value(p, t->code);
        r->note = arena_strdup(&p->arena, t->code);
        r->depth = 2;
    }
    term_list_release(&terms);
    text_release(&typed);
}

/* --- areas
 * ------------------------------------------------------------------------------------------- */

struct known_area {
    char code[AREA_CODE];
    const char *key_km, *key_en;
};

/* Every area with the keys of its names: a few thousand rows, made when something is typed. */
struct pick_areas {
    struct known_area *rows;
    size_t count, room;
    struct arena arena;
};

void pick_areas_free(struct pick_areas *a)
{
    if (!a)
        return;
    arena_release(&a->arena);
    free(a);
}

static const char *keep_key(struct pick_areas *a, const char *name)
{
    struct text key = TEXT_INIT;
    key_make(&key, name, strlen(name), KEY_LOOSE);
    const char *kept = arena_strndup(&a->arena, key.bytes, key.len);
    text_release(&key);
    return kept;
}

static void collect_areas(struct pick_areas *a, struct db *db, const char *code)
{
    struct area_list list;
    if (area_children(db, code, &list) != STATUS_OK)
        return;
    for (size_t i = 0; i < list.count; i++) {
        a->rows = arena_grow(&a->arena, a->rows, a->count, &a->room, sizeof *a->rows);
        struct known_area *k = &a->rows[a->count++];
        memcpy(k->code, list.rows[i].code, sizeof k->code);
        k->key_km = keep_key(a, list.rows[i].name_km);
        k->key_en = keep_key(a, list.rows[i].name_en);
        if (area_level(k->code) < 3)
            collect_areas(a, db, list.rows[i].code);
    }
    area_list_release(&list);
}

static void add_area(struct pick *p, const struct context *x, struct names *names, const char *code,
                     bool path)
{
    struct text label = TEXT_INIT, note = TEXT_INIT;
    char above[AREA_CODE];
    size_t len = strlen(code);
    names_area(names, &label, x->lang, code);
    struct pick_row *r = add_row(p, PICK_VALUE, label.bytes);
    r->value = text_value(p, *code ? code : AREA_COUNTRY_CODE);
    if (path && len > 2 && len < AREA_CODE) {
        snprintf(above, sizeof above, "%.*s", (int)len - 2, code);
        names_path(names, &note, x->lang, above);
        r->note = arena_strdup(&p->arena, note.bytes);
    }
    if (area_level(code) < 3)
        snprintf(r->inside, sizeof r->inside, "%s", code);
    text_release(&label);
    text_release(&note);
}

static int area_rank(const struct known_area *k, const struct text *typed)
{
    int km = match(typed, k->key_km), en = match(typed, k->key_en);
    int code = strncmp(k->code, typed->bytes, typed->len) ? -1 : 0;
    int best = km;
    best = best < 0 || (en >= 0 && en < best) ? en : best;
    return best < 0 ? code : best;
}

/* The areas whose name has what is typed in it: first those that begin with it, and of those the
 * higher ones. */
static void find_areas(struct pick *p, const struct context *x, struct names *names)
{
    struct text typed = TEXT_INIT;
    make_typed(p, &typed);
    if (!p->areas) {
        p->areas = mem_zalloc(1, sizeof *p->areas);
        collect_areas(p->areas, x->db, "");
    }
    for (int rank = 0; rank < 3; rank++)
        for (int level = 1; level <= 4; level++)
            for (size_t i = 0; i < p->areas->count && p->count < MOST; i++) {
                const struct known_area *k = &p->areas->rows[i];
                if (area_level(k->code) == level && area_rank(k, &typed) == rank)
                    add_area(p, x, names, k->code, true);
            }
    text_release(&typed);
}

static void fill_areas(struct pick *p, const struct context *x, struct names *names)
{
    struct area_list list;
    bool country = !strcmp(p->field->rule, "AREA_OR_COUNTRY");
    if (p->edit.text.len > 0) {
        find_areas(p, x, names);
        return;
    }
    if (*p->parent || country) {
        add_area(p, x, names, p->parent, true);
        p->rows[p->count - 1].inside[0] = '\0';
    }
    if (area_children(x->db, p->parent, &list) != STATUS_OK)
        return;
    for (size_t i = 0; i < list.count; i++) {
        add_area(p, x, names, list.rows[i].code, false);
        p->rows[p->count - 1].depth = *p->parent || country ? 2 : 0;
    }
    area_list_release(&list);
}

/* --- records
 * ----------------------------------------------------------------------------------------- */

static bool is_listed(const struct pick *p, const struct uuid *id)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].value.type == VALUE_ID && uuid_equal(&p->rows[i].value.id, id))
            return true;
    return false;
}

static void add_record(struct pick *p, const struct context *x, const struct uuid *id)
{
    struct text label = TEXT_INIT;
    if (is_listed(p, id) || p->count >= MOST)
        return;
    value_record_name(&label, x->db, x->lang, id);
    add_row(p, PICK_VALUE, label.bytes)->value = (struct value){.type = VALUE_ID, .id = *id};
    text_release(&label);
}

/* The organizations of the services found by what is typed. */
static void add_organizations_of_services(struct pick *p, const struct context *x)
{
    struct query q = {.words = p->edit.text.bytes, .lang = x->lang, .limit = 30};
    struct result found;
    if (search_run(x->db, &q, &found) != STATUS_OK)
        return;
    for (size_t i = 0; i < found.count; i++) {
        struct record_list service = {0};
        if (record_load(x->db, RECORD_SERVICE, &found.rows[i].id, &service) == STATUS_OK) {
            const struct value *v = record_value(&service.rows[0], FIELD_ID(SERVICE, organization));
            if (v->type == VALUE_ID)
                add_record(p, x, &v->id);
        }
        record_list_release(&service);
    }
    result_release(&found);
}

static void fill_organizations(struct pick *p, const struct context *x)
{
    struct uuid found[ORGANIZATION_FIND_MOST];
    size_t count = 0;
    if (p->may_be_new)
        add_row(p, PICK_NEW, message_get(x->lang, MSG_PICK_NEW_ORGANIZATION));
    if (p->now.type == VALUE_ID && p->edit.text.len == 0)
        add_record(p, x, &p->now.id);
    if (p->edit.text.len == 0)
        return;
    if (organization_find(x->db, p->edit.text.bytes, p->edit.text.len, found, &count) == STATUS_OK)
        for (size_t i = 0; i < count; i++)
            add_record(p, x, &found[i]);
    add_organizations_of_services(p, x);
}

static void fill_programs(struct pick *p, const struct context *x)
{
    struct record_list list = {0};
    add_empty(p, x);
    if (uuid_is_nil(&p->of) || record_children(x->db, RECORD_PROGRAM, &p->of, &list) != STATUS_OK)
        return;
    for (size_t i = 0; i < list.count; i++)
        add_record(p, x, &list.rows[i].id);
    record_list_release(&list);
}

void pick_fill(struct pick *p, const struct context *x, struct names *names)
{
    arena_release(&p->arena);
    p->rows = NULL;
    p->count = p->room = 0;
    switch (p->field->type) {
    case FIELD_ENUM:
        fill_enum(p, x);
        break;
    case FIELD_DAYS:
        fill_days(p, x);
        break;
    case FIELD_TERM:
        fill_terms(p, x);
        break;
    case FIELD_AREA:
        fill_areas(p, x, names);
        break;
    default:
        if (!strcmp(p->field->rule, "REF_ORGANIZATION"))
            fill_organizations(p, x);
        else
            fill_programs(p, x);
        break;
    }
}
