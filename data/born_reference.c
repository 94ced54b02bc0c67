/* The reference data of a born directory; see born_reference.h. */
#include "data/born_reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/area.h"
#include "db/due.h"
#include "db/need.h"
#include "db/plan_output.h"
#include "db/reference.h"
#include "db/synonym.h"
#include "db/term.h"

/* Puts one table after the other; after a failure it does nothing more. */
struct maker {
    struct db *db;
    const struct data *data;
    struct text *why;
    enum status status;
};

static const char *cell(const struct maker *maker, enum table_id table, size_t row, int column)
{
    return data_cell(maker->data, table, row, column);
}

static enum area_kind area_kind_of(char letter)
{
    static const char letters[] = "pcsknut";
    static const enum area_kind kinds[] = {AREA_PROVINCE,     AREA_CAPITAL, AREA_DISTRICT,
                                           AREA_MUNICIPALITY, AREA_KHAN,    AREA_COMMUNE,
                                           AREA_SANGKAT};
    const char *found = strchr(letters, letter);
    return kinds[found ? found - letters : 0];
}

static void put_areas(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_AREA].count; row++) {
        const char *code = cell(maker, TABLE_AREA, row, AREA_COL_CODE);
        if (maker->status == STATUS_OK) {
            maker->status = area_put(maker->db, code,
                                     area_kind_of(cell(maker, TABLE_AREA, row, AREA_COL_KIND)[0]),
                                     cell(maker, TABLE_AREA, row, AREA_COL_KM),
                                     cell(maker, TABLE_AREA, row, AREA_COL_EN));
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "area %s: %s", code, db_error(maker->db));
            }
        }
    }
}

static void put_plan(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_PLAN].count; row++) {
        const char *code = cell(maker, TABLE_PLAN, row, PLAN_COL_CODE);
        if (maker->status == STATUS_OK) {
            maker->status =
                plan_output_put(maker->db, code, cell(maker, TABLE_PLAN, row, PLAN_COL_EN),
                                cell(maker, TABLE_PLAN, row, PLAN_COL_KM));
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "plan %s: %s", code, db_error(maker->db));
            }
        }
    }
}

static void put_terms(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_TERM].count; row++) {
        const char *code = cell(maker, TABLE_TERM, row, TERM_COL_CODE);
        char group[2] = {strlen(code) > 1 ? code[0] : '\0', '\0'};
        const char *tiers = cell(maker, TABLE_TERM, row, TERM_COL_TIERS);
        struct term term = {
            .code = code,
            .parent = group,
            .name_km = cell(maker, TABLE_TERM, row, TERM_COL_KM),
            .name_en = cell(maker, TABLE_TERM, row, TERM_COL_EN),
            .tiers = (strchr(tiers, '1') ? 1U : 0U) | (strchr(tiers, '2') ? 2U : 0U) |
                     (strchr(tiers, '3') ? 4U : 0U),
            .attested_km = strcmp(cell(maker, TABLE_TERM, row, TERM_COL_ATTESTED), "yes") == 0,
            .primero_generic = cell(maker, TABLE_TERM, row, TERM_COL_PRIMERO),
            .primero_kh = cell(maker, TABLE_TERM, row, TERM_COL_PRIMERO_KH),
            .oscar = cell(maker, TABLE_TERM, row, TERM_COL_OSCAR),
            .outputs = cell(maker, TABLE_TERM, row, TERM_COL_OUTPUTS),
            .rank = (int)strtol(cell(maker, TABLE_TERM, row, TERM_COL_RANK), NULL, 10),
        };
        if (maker->status == STATUS_OK) {
            maker->status = term_put(maker->db, &term);
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "term %s: %s", code, db_error(maker->db));
            }
        }
    }
}

static enum urgency urgency_of(const char *word)
{
    return word[0] == 'n' ? URGENCY_NOW : word[0] == 'h' ? URGENCY_HOURS_72 : URGENCY_DAYS;
}

static void put_needs(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_NEED].count; row++) {
        struct need need = {
            .code = cell(maker, TABLE_NEED, row, NEED_COL_CODE),
            .urgency = urgency_of(cell(maker, TABLE_NEED, row, NEED_COL_URGENCY)),
            .kinds = cell(maker, TABLE_NEED, row, NEED_COL_KINDS),
            .name_en = cell(maker, TABLE_NEED, row, NEED_COL_EN),
            .name_km = cell(maker, TABLE_NEED, row, NEED_COL_KM),
            .attested_km = strcmp(cell(maker, TABLE_NEED, row, NEED_COL_ATTESTED), "yes") == 0,
        };
        if (maker->status == STATUS_OK) {
            maker->status = need_put(maker->db, &need, (int)row + 1);
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "need %s: %s", need.code, db_error(maker->db));
            }
        }
    }
}

static void put_synonyms(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_SYNONYM].count; row++) {
        const char *words = cell(maker, TABLE_SYNONYM, row, SYNONYM_COL_WORDS);
        if (maker->status == STATUS_OK) {
            maker->status =
                synonym_put(maker->db, words, cell(maker, TABLE_SYNONYM, row, SYNONYM_COL_KIND),
                            cell(maker, TABLE_SYNONYM, row, SYNONYM_COL_VALUE));
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "synonym %s: %s", words, db_error(maker->db));
            }
        }
    }
}

static void put_due_rules(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_DUE].count; row++) {
        const char *kind = cell(maker, TABLE_DUE, row, DUE_COL_KIND);
        struct due_rule rule = {
            .months = (int)strtol(cell(maker, TABLE_DUE, row, DUE_COL_MONTHS), NULL, 10),
            .days = (int)strtol(cell(maker, TABLE_DUE, row, DUE_COL_DAYS), NULL, 10),
        };
        if (strcmp(kind, "*") != 0) {
            snprintf(rule.term, sizeof rule.term, "%s", kind);
        }
        if (maker->status == STATUS_OK) {
            maker->status = due_rule_put(maker->db, &rule);
            if (maker->status != STATUS_OK) {
                text_addf(maker->why, "due %s: %s", kind, db_error(maker->db));
            }
        }
    }
}

void born_name_rows(const struct data *data, int from, int end, struct text *out)
{
    struct sha256 sum;
    uint8_t hash[SHA256_BYTES];
    sha256_init(&sum);
    for (int i = from; i < end; i++) {
        const struct table *table = &data->tables[i];
        for (size_t row = 0; row < table->count; row++) {
            for (size_t column = 0; column < table->form->column_count; column++) {
                const char *text = table->rows[row].cells[column];
                sha256_add(&sum, text, strlen(text) + 1);
            }
        }
    }
    sha256_end(&sum, hash);
    for (size_t i = 0; i < sizeof hash; i++) {
        text_addf(out, "%02x", hash[i]);
    }
}

/* A name for the state of the tables that reference_update brings into older files. */
static void mark_reference(struct maker *maker)
{
    struct text name = TEXT_INIT;
    born_name_rows(maker->data, TABLE_TERM, TABLE_TERM + 1, &name);
    born_name_rows(maker->data, TABLE_NEED, TABLE_DUE + 1, &name);
    if (maker->status == STATUS_OK) {
        maker->status = reference_mark(maker->db, name.bytes);
    }
    text_release(&name);
}

enum status born_reference_write(struct db *db, const struct data *data, struct text *why)
{
    struct maker maker = {.db = db, .data = data, .why = why, .status = STATUS_OK};
    put_areas(&maker);
    put_plan(&maker);
    put_terms(&maker);
    put_needs(&maker);
    put_synonyms(&maker);
    put_due_rules(&maker);
    mark_reference(&maker);
    return maker.status;
}
