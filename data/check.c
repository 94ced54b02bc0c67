/* Loads all tables and looks things up in them. What each table must hold stands in check_*.c. */
#include "data/check.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FORM(name, array)                                                                          \
    {                                                                                              \
        name, array, COUNT(array)                                                                  \
    }

static const char *const area_columns[] = {"code", "kind", "km", "en"};
static const char *const plan_columns[] = {"code", "en", "km"};
static const char *const term_columns[] = {"code",     "rank",    "tiers",      "en",    "km",
                                           "attested", "primero", "primero_kh", "oscar", "outputs"};
static const char *const body_columns[] = {"key",   "sector",     "serves",  "abbr_en", "abbr_km",
                                           "en",    "km",         "what_en", "what_km", "website",
                                           "email", "confidence", "asof",    "source"};
static const char *const hotline_columns[] = {
    "key",     "body",      "number",  "kind",    "confidence", "asof",     "all_day",
    "max_age", "languages", "kinds",   "en",      "km",         "hours_en", "hours_km",
    "cost_en", "cost_km",   "note_en", "note_km", "source"};
static const char *const office_columns[] = {
    "key",        "unit",    "km",      "en",      "kinds",   "tiers", "attested",
    "confidence", "abbr_km", "abbr_en", "what_en", "what_km", "source"};
static const char *const service_columns[] = {
    "key",     "body",    "kinds",    "area",     "covers",    "ages",      "sex",
    "hours",   "since",   "phones",   "en",       "km",        "what_en",   "what_km",
    "cost_en", "cost_km", "bring_en", "bring_km", "access_en", "access_km", "places"};
static const char *const phone_columns[] = {"of", "number", "kind"};
static const char *const event_columns[] = {"day", "of", "what", "method", "by", "note"};
static const char *const due_columns[] = {"kind", "months", "days"};

static const char *const need_columns[] = {"code", "urgency", "kinds", "en", "km", "attested"};
static const char *const synonym_columns[] = {"words", "kind", "value", "review", "source"};

static const struct table_form forms[TABLE_COUNT] = {
    [TABLE_AREA] = FORM("area.tsv", area_columns),
    [TABLE_PLAN] = FORM("plan.tsv", plan_columns),
    [TABLE_TERM] = FORM("term.tsv", term_columns),
    [TABLE_BODY] = FORM("body.tsv", body_columns),
    [TABLE_HOTLINE] = FORM("hotline.tsv", hotline_columns),
    [TABLE_OFFICE] = FORM("office.tsv", office_columns),
    [TABLE_NEED] = FORM("need.tsv", need_columns),
    [TABLE_SYNONYM] = FORM("synonym.tsv", synonym_columns),
    [TABLE_DUE] = FORM("due.tsv", due_columns),
};

/* What the training set has instead or beside; no file: as above. */
static const struct table_form training_forms[TABLE_COUNT] = {
    [TABLE_AREA] = FORM("training/area.tsv", area_columns),
    [TABLE_BODY] = FORM("training/body.tsv", body_columns),
    [TABLE_HOTLINE] = FORM("training/hotline.tsv", hotline_columns),
    [TABLE_SERVICE] = FORM("training/service.tsv", service_columns),
    [TABLE_PHONE] = FORM("training/phone.tsv", phone_columns),
    [TABLE_EVENT] = FORM("training/event.tsv", event_columns),
};

static void read_tables(const char *directory, struct data *data, struct report *report)
{
    for (int i = 0; i < TABLE_COUNT; i++) {
        bool own = data->set == DB_TRAINING && training_forms[i].file;
        const struct table_form *form = own ? &training_forms[i] : &forms[i];
        data->tables[i] = (struct table){.form = form};
        if (form->file) {
            (void)table_read(directory, form, &data->tables[i], report);
        }
    }
}

bool data_load(const char *directory, enum db_set set, struct data *ret_data, struct report *report)
{
    size_t before = report->count;
    ret_data->set = set;
    read_tables(directory, ret_data, report);
    if (report->count == before) {
        check_areas(ret_data, report);
        check_terms(ret_data, report);
        check_bodies(ret_data, report);
        check_hotlines(ret_data, report);
        check_offices(ret_data, report);
        check_needs(ret_data, report);
        check_synonyms(ret_data, report);
        check_due(ret_data, report);
        check_services(ret_data, report);
        check_phones(ret_data, report);
        check_events(ret_data, report);
    }
    return report->count == before;
}

void data_release(struct data *data)
{
    for (int i = 0; i < TABLE_COUNT; i++) {
        table_release(&data->tables[i]);
    }
}

const char *data_cell(const struct data *data, enum table_id table, size_t row, int column)
{
    return data->tables[table].rows[row].cells[column];
}

long data_find(const struct data *data, enum table_id table, const char *key, size_t key_len)
{
    for (size_t row = 0; row < data->tables[table].count; row++) {
        const char *cell = data_cell(data, table, row, 0);
        if (strlen(cell) == key_len && memcmp(cell, key, key_len) == 0) {
            return (long)row;
        }
    }
    return -1;
}

bool data_continues(const struct data *data, enum table_id table, size_t row)
{
    return row > 0 &&
           strcmp(data_cell(data, table, row, 0), data_cell(data, table, row - 1, 0)) == 0;
}

bool data_item(const char *list, size_t *at, const char **ret_item, size_t *ret_len)
{
    const char *start = list + *at;
    start += strspn(start, " ");
    size_t len = strcspn(start, " ");
    if (len == 0) {
        return false;
    }
    *ret_item = start;
    *ret_len = len;
    *at = (size_t)(start - list) + len;
    return true;
}
