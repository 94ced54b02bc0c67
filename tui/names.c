/* Names of areas and kinds, asked once. Knows of screens only how wide a text is. */
#include "tui/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/area.h"
#include "db/need.h"
#include "db/plan_output.h"
#include "db/record.h"
#include "db/term.h"
#include "i18n/message.h"
#include "tui/canvas.h"
#include "tui/config.h"

enum { AREAS_KEPT = 256 };

struct known_area {
    char code[AREA_CODE];
    char *full[LANG_COUNT]; /* with the unit word */
    char *bare[LANG_COUNT];
};

struct names {
    struct db *db;
    struct lettering lettering; /* where the creator gave none */
    const struct lettering *letters;
    struct known_area areas[AREAS_KEPT];
    size_t area_count;
    struct term_list terms;
    bool have_terms;
    struct due_rules rules;
    bool have_rules;
    struct need_list needs;
    bool have_needs;
    struct plan_output_list outputs;
    bool have_outputs;
};

struct names *names_new(struct db *db, const struct lettering *lettering)
{
    struct names *n = mem_zalloc(1, sizeof *n);
    n->db = db;
    n->letters = lettering ? lettering : &n->lettering;
    return n;
}

enum lang names_lang(const struct names *n, enum lang lang)
{
    return n ? script_lang(n->letters->script, lang) : lang;
}

bool names_both(const struct names *n)
{
    return n && n->letters->script == SCRIPT_BOTH;
}

bool names_shows_khmer(const struct names *n)
{
    return !n || n->letters->script != SCRIPT_LATIN;
}

int names_measure(const struct names *n, const char *s)
{
    return canvas_measure_with(n ? n->letters->ruler : NULL, s, strlen(s));
}

static void forget_areas(struct names *n)
{
    for (size_t i = 0; i < n->area_count; i++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            free(n->areas[i].full[lang]);
            free(n->areas[i].bare[lang]);
        }
    }
    n->area_count = 0;
}

void names_forget(struct names *n)
{
    forget_areas(n);
    if (n->have_needs)
        need_list_release(&n->needs);
    n->have_needs = false;
    if (n->have_outputs)
        plan_output_list_release(&n->outputs);
    n->have_outputs = false;
    if (n->have_terms)
        term_list_release(&n->terms);
    n->have_terms = false;
    n->have_rules = false;
}

void names_free(struct names *n)
{
    if (!n)
        return;
    names_forget(n);
    free(n);
}

static enum message unit_message(enum area_kind kind)
{
    switch (kind) {
    case AREA_CAPITAL:
        return MSG_PLACE_CAPITAL;
    case AREA_DISTRICT:
        return MSG_PLACE_DISTRICT;
    case AREA_MUNICIPALITY:
        return MSG_PLACE_MUNICIPALITY;
    case AREA_KHAN:
        return MSG_PLACE_KHAN;
    case AREA_COMMUNE:
        return MSG_PLACE_COMMUNE;
    case AREA_SANGKAT:
        return MSG_PLACE_SANGKAT;
    case AREA_VILLAGE:
        return MSG_PLACE_VILLAGE;
    case AREA_PROVINCE:
    case AREA_KIND_COUNT:
        break;
    }
    return MSG_PLACE_PROVINCE;
}

static const struct known_area *keep_area(struct names *n, const struct area *area)
{
    if (n->area_count == AREAS_KEPT)
        forget_areas(n);
    struct known_area *known = &n->areas[n->area_count++];
    memcpy(known->code, area->code, sizeof known->code);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *name = lang == LANG_KM ? area->name_km : area->name_en;
        struct text full = TEXT_INIT;
        message_format(&full, (enum lang)lang, unit_message(area->kind), "name", name, NULL);
        known->full[lang] = text_take(&full);
        known->bare[lang] = mem_strdup(name);
    }
    return known;
}

static const struct known_area *find_area(struct names *n, const char *code)
{
    for (size_t i = 0; i < n->area_count; i++)
        if (strcmp(n->areas[i].code, code) == 0)
            return &n->areas[i];
    struct area_list path;
    if (strlen(code) >= AREA_CODE || area_path(n->db, code, &path) != STATUS_OK)
        return NULL;
    const struct known_area *found =
        path.count > 0 ? keep_area(n, &path.rows[path.count - 1]) : NULL;
    area_list_release(&path);
    return found;
}

void names_area(struct names *n, struct text *out, enum lang lang, const char *code)
{
    if (!*code || strcmp(code, AREA_COUNTRY_CODE) == 0) {
        text_adds(out, message_get(lang, MSG_PLACE_COUNTRY));
        return;
    }
    const struct known_area *known = find_area(n, code);
    const enum lang first = names_lang(n, lang), other = first == LANG_KM ? LANG_EN : LANG_KM;
    text_adds(out, known ? known->full[first] : code);
    if (known && names_both(n) && *known->bare[other])
        text_addf(out, " %s", known->bare[other]);
}

/* The path from level `first` (1: province) down. */
static void path_from(struct names *n, struct text *out, enum lang lang, const char *code,
                      size_t first)
{
    size_t len = strlen(code);
    if (len < 2 || len >= AREA_CODE || strcmp(code, AREA_COUNTRY_CODE) == 0) {
        names_area(n, out, lang, code);
        return;
    }
    if (first > 1)
        text_adds(out, "\xE2\x80\xA6" NAMES_ARROW);
    for (size_t part = 2 * first; part <= len; part += 2) {
        char upper[AREA_CODE];
        snprintf(upper, sizeof upper, "%.*s", (int)part, code);
        if (part > 2 * first)
            text_adds(out, NAMES_ARROW);
        names_area(n, out, lang, upper);
    }
}

void names_path(struct names *n, struct text *out, enum lang lang, const char *code)
{
    path_from(n, out, lang, code, 1);
}

void names_path_fit(struct names *n, struct text *out, enum lang lang, const char *code,
                    int columns)
{
    size_t start = out->len, levels = strlen(code) / 2;
    for (size_t first = 1;; first++) {
        path_from(n, out, lang, code, first);
        if (first >= levels || names_measure(n, out->bytes + start) <= columns)
            return;
        text_truncate(out, start);
    }
}

const char *names_term(struct names *n, enum lang lang, const char *code)
{
    if (!n->have_terms)
        n->have_terms = term_all(n->db, &n->terms) == STATUS_OK;
    for (size_t i = 0; n->have_terms && i < n->terms.count; i++) {
        const struct term *t = &n->terms.rows[i];
        lang = names_lang(n, lang);
        if (strcmp(t->code, code) != 0)
            continue;
        const char *wanted = lang == LANG_KM ? t->name_km : t->name_en;
        const char *other = lang == LANG_KM ? t->name_en : t->name_km;
        return wanted && *wanted ? wanted : other;
    }
    return code;
}

static const char *in_language(const struct names *n, enum lang lang, const char *km,
                               const char *en)
{
    bool khmer = names_lang(n, lang) == LANG_KM;
    const char *wanted = khmer ? km : en, *other = khmer ? en : km;
    return wanted && *wanted ? wanted : other;
}

const char *names_need(struct names *n, enum lang lang, const char *code)
{
    if (!n->have_needs)
        n->have_needs = need_all(n->db, &n->needs) == STATUS_OK;
    for (size_t i = 0; n->have_needs && i < n->needs.count; i++)
        if (strcmp(n->needs.rows[i].code, code) == 0)
            return in_language(n, lang, n->needs.rows[i].name_km, n->needs.rows[i].name_en);
    return code;
}

const char *names_output(struct names *n, enum lang lang, const char *code)
{
    if (!n->have_outputs)
        n->have_outputs = plan_output_all(n->db, &n->outputs) == STATUS_OK;
    for (size_t i = 0; n->have_outputs && i < n->outputs.count; i++)
        if (strcmp(n->outputs.rows[i].code, code) == 0)
            return in_language(n, lang, n->outputs.rows[i].title_km, n->outputs.rows[i].title_en);
    return code;
}

void names_organization(struct names *n, struct text *out, enum lang lang, const char *id)
{
    struct uuid uuid;
    struct record_list list = {0};
    if (uuid_parse(id, &uuid) != STATUS_OK ||
        record_load(n->db, RECORD_ORGANIZATION, &uuid, &list) != STATUS_OK || !list.count) {
        text_adds(out, id);
        return;
    }
    const struct record *r = &list.rows[0];
    const char *km = record_text(r, FIELD_ID(ORGANIZATION, name_km));
    const char *en = record_text(r, FIELD_ID(ORGANIZATION, name_en));
    const char *name = in_language(n, lang, km, en);
    text_adds(out, name ? name : id);
    record_list_release(&list);
}

void names_each(const char *codes, void (*visit)(void *context, const char *code), void *context)
{
    while (*codes) {
        size_t len = strcspn(codes, " ");
        char code[AREA_CODE];
        if (len > 0 && len < sizeof code) {
            memcpy(code, codes, len);
            code[len] = '\0';
            visit(context, code);
        }
        codes += len + strspn(codes + len, " ");
    }
}

bool names_is_due(struct names *n, const char *types, int64_t verified, int64_t today)
{
    size_t line;
    if (!n->have_rules && config_due_rules(n->db, &n->rules, &line) != STATUS_OK)
        n->rules.count = 0;
    n->have_rules = true;
    return verified < 0 || due_after(&n->rules, types, verified) <= today;
}
