/* What must be true of area.tsv: the whole country, each unit once, in its place. */
#include <stdio.h>
#include <string.h>

#include "data/check_text.h"

/* Kinds of units and what may stand inside which (law on administrative management; the gazetteer
 * of June 2026 keeps it without exception). */
static const struct kind {
    char letter;
    size_t code_len;
    const char *inside; /* letters of the parent's kind, "" none */
    size_t counts[2];   /* units of the kind in the gazetteer, in the training set */
} kinds[] = {
    {'p', 2, "", {24, 1}},    {'c', 2, "", {1, 0}},   {'s', 4, "p", {163, 2}},
    {'k', 4, "p", {33, 1}},   {'n', 4, "c", {14, 0}}, {'u', 6, "s", {1378, 15}},
    {'t', 6, "kn", {274, 5}},
};

enum { KINDS = sizeof kinds / sizeof *kinds, PROVINCES = 25, LEVELS = 3 };

/* Of provinces, districts, communes. */
static const size_t levels[2][LEVELS] = {
    [DB_REAL] = {PROVINCES, 210, 1652}, [DB_TRAINING] = {1, 3, 20}};
/* The code of the invented province, and of no real one: they are numbered from 01. */
static const char training_province[] = "99";

static const struct kind *kind_of(const char *letter)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (letter[0] == kinds[i].letter && letter[1] == '\0') {
            return &kinds[i];
        }
    }
    return NULL;
}

/* Rows stand in tree order, so a unit's parent is the last one before it of the level above. */
static bool inside_fits(const struct data *data, size_t row, const struct kind *kind)
{
    const char *code = data_cell(data, TABLE_AREA, row, AREA_COL_CODE);
    for (size_t above = row; above-- > 0;) {
        const char *parent = data_cell(data, TABLE_AREA, above, AREA_COL_CODE);
        if (strlen(parent) < kind->code_len) {
            return strlen(parent) == kind->code_len - 2 &&
                   strncmp(parent, code, kind->code_len - 2) == 0 &&
                   strchr(kind->inside, data_cell(data, TABLE_AREA, above, AREA_COL_KIND)[0]);
        }
    }
    return false;
}

static void check_place(const struct data *data, size_t row, struct report *report)
{
    struct spot code = {data, TABLE_AREA, row, AREA_COL_CODE, report};
    struct spot letter = {data, TABLE_AREA, row, AREA_COL_KIND, report};
    const struct kind *kind = kind_of(spot_cell(&letter));
    if (!kind) {
        spot_report(&letter, "'%s' is no kind of unit", spot_cell(&letter));
        return;
    }
    size_t len = strlen(spot_cell(&code));
    if (strspn(spot_cell(&code), "0123456789") != len || len != kind->code_len) {
        spot_report(&code, "'%s': a code of %zu digits is wanted", spot_cell(&code),
                    kind->code_len);
        return;
    }
    if (row > 0) {
        int order = strcmp(data_cell(data, TABLE_AREA, row - 1, AREA_COL_CODE), spot_cell(&code));
        if (order >= 0) {
            spot_report(&code, order == 0 ? "%s stands twice" : "%s is out of order",
                        spot_cell(&code));
            return;
        }
    }
    if (kind->inside[0] && !inside_fits(data, row, kind)) {
        spot_report(&code, "%s has no parent of the right kind before it", spot_cell(&code));
    }
}

static void check_counts(const struct data *data, struct report *report)
{
    const struct table *table = &data->tables[TABLE_AREA];
    for (size_t i = 0; i < KINDS; i++) {
        size_t count = 0;
        for (size_t row = 0; row < table->count; row++) {
            count += data_cell(data, TABLE_AREA, row, AREA_COL_KIND)[0] == kinds[i].letter;
        }
        size_t counted = kinds[i].counts[data->set];
        if (count != counted) {
            report_file(report, table, "%zu units of kind %c, %zu wanted", count, kinds[i].letter,
                        counted);
        }
    }
    const size_t *wanted = levels[data->set];
    for (size_t level = 1; level <= LEVELS; level++) {
        size_t count = 0;
        for (size_t row = 0; row < table->count; row++) {
            count += strlen(data_cell(data, TABLE_AREA, row, AREA_COL_CODE)) == 2 * level;
        }
        if (count != wanted[level - 1]) {
            report_file(report, table, "%zu units of level %zu, %zu wanted", count, level,
                        wanted[level - 1]);
        }
    }
}

static void check_provinces(const struct data *data, struct report *report)
{
    if (data->set == DB_TRAINING) {
        if (data_find(data, TABLE_AREA, training_province, 2) < 0) {
            report_file(report, &data->tables[TABLE_AREA], "province %s is missing",
                        training_province);
        }
        return;
    }
    for (int province = 1; province <= PROVINCES; province++) {
        char code[16];
        snprintf(code, sizeof code, "%02d", province);
        if (data_find(data, TABLE_AREA, code, 2) < 0) {
            report_file(report, &data->tables[TABLE_AREA], "province %s is missing", code);
        }
    }
}

void check_areas(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_AREA].count; row++) {
        check_place(data, row, report);
        check_khmer_name(&(struct spot){data, TABLE_AREA, row, AREA_COL_KM, report});
        check_latin(&(struct spot){data, TABLE_AREA, row, AREA_COL_EN, report});
    }
    check_counts(data, report);
    check_provinces(data, report);
}
