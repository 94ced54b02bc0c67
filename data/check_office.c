/* What must be true of office.tsv: every area gets its standing offices, named in both languages.
 */
#include <stdlib.h>
#include <string.h>

#include "data/check_text.h"

static const char units[] = "p c s k n u t";

/* The pathway needs these in every area of the kind: a committee in each commune, a consultative
 * committee and a social affairs office above. */
static const struct need {
    char unit;
    const char *kind;
} needs[] = {
    {'u', "B1"}, {'t', "B1"}, {'s', "B2"}, {'s', "B3"}, {'k', "B2"}, {'k', "B3"},
    {'n', "B2"}, {'n', "B3"}, {'p', "B2"}, {'p', "B3"}, {'c', "B2"}, {'c', "B3"},
};

/* The pattern holds {name} once; the rest is text of its language. */
static void check_pattern(const struct spot *spot, bool khmer)
{
    const char *cell = spot_cell(spot), *name = strstr(cell, "{name}");
    if (!name || strstr(name + 1, "{name}")) {
        spot_report(spot, "{name} is wanted, once");
        return;
    }
    if (khmer && name[strlen("{name}")] != '\0') {
        spot_report(spot, "{name} ends a Khmer name");
    }
    if (khmer && name > cell && name[-1] == ' ') {
        spot_report(spot, "no space between the unit word and {name}");
    }
    struct text rest = TEXT_INIT;
    text_add(&rest, cell, (size_t)(name - cell));
    text_adds(&rest, name + strlen("{name}"));
    if (khmer) {
        check_khmer_part(spot, rest.bytes);
    } else {
        check_latin_part(spot, rest.bytes);
    }
    text_release(&rest);
}

/* The tiers said here are those of the kind of service. */
static void check_tiers(const struct data *data, size_t row, struct report *report)
{
    struct spot tiers = {data, TABLE_OFFICE, row, OFFICE_COL_TIERS, report};
    const char *kinds = data_cell(data, TABLE_OFFICE, row, OFFICE_COL_KINDS), *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(kinds, &at, &item, &len)) {
        long term = data_find(data, TABLE_TERM, item, len);
        if (term >= 0 && strcmp(data_cell(data, TABLE_TERM, (size_t)term, TERM_COL_TIERS),
                                spot_cell(&tiers)) != 0) {
            spot_report(&tiers, "'%s' differs from the tiers of %.*s", spot_cell(&tiers), (int)len,
                        item);
        }
    }
}

static void check_office(const struct data *data, size_t row, struct report *report)
{
    struct spot key = {data, TABLE_OFFICE, row, OFFICE_COL_KEY, report};
    check_key(&key);
    if (data_find(data, TABLE_OFFICE, spot_cell(&key), strlen(spot_cell(&key))) < (long)row) {
        spot_report(&key, "%s stands twice", spot_cell(&key));
    }
    struct spot kinds = {data, TABLE_OFFICE, row, OFFICE_COL_KINDS, report};
    check_filled(&kinds);
    check_codes(&kinds, TABLE_TERM);
    check_tiers(data, row, report);
    check_word(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_ATTESTED, report}, "yes part no");
    check_confidence(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_CONFIDENCE, report});
    check_khmer_name(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_ABBR_KM, report});
    check_latin(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_ABBR_EN, report});
    check_latin(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_WHAT_EN, report});
    check_khmer_text(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_WHAT_KM, report});
    check_filled(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_SOURCE, report});
}

/* How many offices of this kind of service a unit gets. */
static size_t count_offices(const struct data *data, const struct need *need)
{
    size_t count = 0;
    const char *kinds = "";
    for (size_t row = 0; row < data->tables[TABLE_OFFICE].count; row++) {
        if (!data_continues(data, TABLE_OFFICE, row)) {
            kinds = data_cell(data, TABLE_OFFICE, row, OFFICE_COL_KINDS);
        }
        count += data_cell(data, TABLE_OFFICE, row, OFFICE_COL_UNIT)[0] == need->unit &&
                 strstr(kinds, need->kind);
    }
    return count;
}

void check_offices(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_OFFICE].count; row++) {
        if (data_continues(data, TABLE_OFFICE, row)) {
            for (int column = OFFICE_COL_KINDS; column <= OFFICE_COL_SOURCE; column++) {
                check_empty(&(struct spot){data, TABLE_OFFICE, row, column, report});
            }
        } else {
            check_office(data, row, report);
        }
        check_word(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_UNIT, report}, units);
        check_pattern(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_KM, report}, true);
        check_pattern(&(struct spot){data, TABLE_OFFICE, row, OFFICE_COL_EN, report}, false);
    }
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        size_t count = count_offices(data, &needs[i]);
        if (count != 1) {
            report_file(report, &data->tables[TABLE_OFFICE],
                        "unit %c has %zu offices of kind %s, 1 wanted", needs[i].unit, count,
                        needs[i].kind);
        }
    }
}
