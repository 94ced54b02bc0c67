/* What must be true of need.tsv and synonym.tsv: every code known, no words meaning two things. */
#include <stdio.h>
#include <string.h>

#include "data/check_text.h"
#include "db/synonym.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/utf8.h"

enum { NEEDS = 14 };

static struct spot at(const struct data *data, enum table_id table, size_t row, int column,
                      struct report *report)
{
    return (struct spot){data, table, row, column, report};
}

/* N1, N2 ... in order. */
static void check_need_code(const struct spot *spot)
{
    char wanted[24];
    snprintf(wanted, sizeof wanted, "N%zu", spot->row + 1);
    if (strcmp(spot_cell(spot), wanted) != 0) {
        spot_report(spot, "'%s' where %s is wanted", spot_cell(spot), wanted);
    }
}

/* Kinds, not groups; the same one not twice. */
static void check_kinds(const struct spot *spot)
{
    const char *item = NULL;
    size_t from = 0, len = 0;
    check_filled(spot);
    check_codes(spot, TABLE_TERM);
    while (data_item(spot_cell(spot), &from, &item, &len)) {
        if (len != 2) {
            spot_report(spot, "'%.*s' is no kind of service", (int)len, item);
        }
    }
}

void check_needs(const struct data *data, struct report *report)
{
    const struct table *table = &data->tables[TABLE_NEED];
    for (size_t row = 0; row < table->count; row++) {
        struct spot code = at(data, TABLE_NEED, row, NEED_COL_CODE, report);
        struct spot urgency = at(data, TABLE_NEED, row, NEED_COL_URGENCY, report);
        struct spot kinds = at(data, TABLE_NEED, row, NEED_COL_KINDS, report);
        struct spot en = at(data, TABLE_NEED, row, NEED_COL_EN, report);
        struct spot km = at(data, TABLE_NEED, row, NEED_COL_KM, report);
        struct spot attested = at(data, TABLE_NEED, row, NEED_COL_ATTESTED, report);
        check_need_code(&code);
        check_word(&urgency, "now hours72 days");
        check_kinds(&kinds);
        check_latin(&en);
        check_khmer_name(&km);
        check_word(&attested, "yes no");
    }
    if (table->count != NEEDS) {
        report_file(report, table, "%zu needs, %d wanted", table->count, NEEDS);
    }
}

/* --- synonyms
 * ---------------------------------------------------------------------------------------- */

static bool has_khmer(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        char32_t cp = 0;
        i += utf8_decode(text + i, len - i, &cp);
        if (khmer_is_char(cp)) {
            return true;
        }
    }
    return false;
}

/* Khmer in normal form, or letters and digits of a plain keyboard. */
static void check_words(const struct spot *spot)
{
    const char *cell = spot_cell(spot);
    check_filled(spot);
    if (has_khmer(cell)) {
        check_khmer_text(spot);
        return;
    }
    for (const char *p = cell; *p; p++) {
        if ((unsigned char)*p > 0x7E) {
            spot_report(spot, "a letter that is on no plain keyboard");
            return;
        }
    }
}

/* Years, or years from-to: "4", "13-17". */
static void check_age(const struct spot *spot)
{
    const char *cell = spot_cell(spot);
    size_t from = strspn(cell, "0123456789");
    size_t to = cell[from] == '-' ? strspn(cell + from + 1, "0123456789") : 0;
    size_t len = to ? from + 1 + to : from;
    if (from < 1 || from > 2 || to > 2 || cell[len] != '\0') {
        spot_report(spot, "'%s' are no years", cell);
    }
}

static void check_code_of(const struct spot *spot, enum table_id table, size_t len)
{
    const char *cell = spot_cell(spot);
    bool fits = !len || strlen(cell) == len;
    if (!fits || data_find(spot->data, table, cell, strlen(cell)) < 0) {
        spot_report(spot, "there is no %s", *cell ? cell : "empty code");
    }
}

static void check_value(const struct spot *spot, int kind)
{
    switch (kind) {
    case FILTER_TYPE:
        check_code_of(spot, TABLE_TERM, 2);
        break;
    case FILTER_GROUP:
        check_code_of(spot, TABLE_TERM, 1);
        break;
    case FILTER_NEED:
        check_code_of(spot, TABLE_NEED, 0);
        break;
    case FILTER_OUTPUT:
        check_code_of(spot, TABLE_PLAN, 0);
        break;
    case FILTER_TIER:
        check_word(spot, "1 2 3");
        break;
    case FILTER_AGE:
        check_age(spot);
        break;
    case FILTER_SEX:
        check_word(spot, "female male");
        break;
    case FILTER_SECTOR:
        check_word(spot, "government ngo international community working_group");
        break;
    case FILTER_LEVEL:
        check_word(spot, "commune district province nation");
        break;
    case FILTER_CONFIRMED:
        check_word(spot, "yes no");
        break;
    case FILTER_STATUS:
        check_word(spot, "active inactive temporarily_closed closed all");
        break;
    default:
        if (*spot_cell(spot)) {
            spot_report(spot, "must be empty for this kind");
        }
    }
}

static void add_key(struct text *out, const char *words)
{
    struct text strict = TEXT_INIT;
    key_make(&strict, words, strlen(words), KEY_STRICT);
    synonym_key(out, strict.bytes, strict.len);
    text_release(&strict);
}

/* Words of one key, such as "drop-out" and "dropout", can mean one thing only. */
static void check_once(const struct spot *spot, const char **keys)
{
    for (size_t row = 0; row < spot->row; row++) {
        if (strcmp(keys[row], keys[spot->row]) == 0) {
            spot_report(spot, "the same as '%s' in line %zu",
                        data_cell(spot->data, spot->table, row, spot->column),
                        spot->data->tables[spot->table].rows[row].line);
            return;
        }
    }
    if (!*keys[spot->row]) {
        spot_report(spot, "nothing that could be typed");
    }
}

void check_synonyms(const struct data *data, struct report *report)
{
    const struct table *table = &data->tables[TABLE_SYNONYM];
    struct arena arena = {0};
    const char **keys = arena_alloc(&arena, (table->count + 1) * sizeof *keys);
    for (size_t row = 0; row < table->count; row++) {
        struct spot words = at(data, TABLE_SYNONYM, row, SYNONYM_COL_WORDS, report);
        struct spot kind = at(data, TABLE_SYNONYM, row, SYNONYM_COL_KIND, report);
        struct spot value = at(data, TABLE_SYNONYM, row, SYNONYM_COL_VALUE, report);
        struct spot review = at(data, TABLE_SYNONYM, row, SYNONYM_COL_REVIEW, report);
        struct spot source = at(data, TABLE_SYNONYM, row, SYNONYM_COL_SOURCE, report);
        struct text key = TEXT_INIT;
        add_key(&key, spot_cell(&words));
        keys[row] = arena_strdup(&arena, key.bytes);
        text_release(&key);
        check_words(&words);
        check_once(&words, keys);
        if (synonym_kind(spot_cell(&kind)) < 0) {
            spot_report(&kind, "'%s' is no kind of filter", spot_cell(&kind));
        } else {
            check_value(&value, synonym_kind(spot_cell(&kind)));
        }
        check_filled(&source);
        bool ours = strcmp(spot_cell(&source), "ours") == 0 && has_khmer(spot_cell(&words));
        if (strcmp(spot_cell(&review), ours ? "review" : "") != 0) {
            spot_report(&review, ours ? "Khmer of our own wants review" : "must be empty");
        }
    }
    arena_release(&arena);
}
