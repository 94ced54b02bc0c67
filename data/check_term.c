/* What must be true of plan.tsv and term.tsv: the classification and the plan it refers to. */
#include <stdlib.h>
#include <string.h>

#include "data/check_text.h"

enum { GROUPS = 8, KINDS_OF_SERVICE = 42, PROGRAMMES = 5 };

/* Rows of a table in strict order of code, so that none stands twice. */
static void check_order(const struct data *data, enum table_id table, struct report *report)
{
    for (size_t row = 1; row < data->tables[table].count; row++) {
        struct spot spot = {data, table, row, 0, report};
        if (data_find(data, table, spot_cell(&spot), strlen(spot_cell(&spot))) < (long)row) {
            spot_report(&spot, "%s stands twice", spot_cell(&spot));
        }
    }
}

static bool is_output_of(const char *code, const char *programme)
{
    return code[0] == programme[0] && code[1] == '.' && code[2] >= '1' && code[2] <= '9' &&
           strspn(code + 2, "0123456789") == strlen(code + 2) && strlen(code) <= 4;
}

static void check_plan(const struct data *data, struct report *report)
{
    size_t programmes = 0;
    const char *programme = "";
    for (size_t row = 0; row < data->tables[TABLE_PLAN].count; row++) {
        struct spot code = {data, TABLE_PLAN, row, PLAN_COL_CODE, report};
        const char *cell = spot_cell(&code);
        if (strlen(cell) == 1 && cell[0] >= '1' && cell[0] <= '9') {
            programme = cell;
            programmes++;
        } else if (!is_output_of(cell, programme)) {
            spot_report(&code, "'%s' is neither a programme nor an output of the one before it",
                        cell);
        }
        check_latin(&(struct spot){data, TABLE_PLAN, row, PLAN_COL_EN, report});
        struct spot km = {data, TABLE_PLAN, row, PLAN_COL_KM, report};
        if (spot_cell(&km)[0] != '\0') {
            check_khmer_text(&km);
        }
    }
    if (programmes != PROGRAMMES) {
        report_file(report, &data->tables[TABLE_PLAN], "%zu programmes, %d wanted", programmes,
                    PROGRAMMES);
    }
    check_order(data, TABLE_PLAN, report);
}

/* "1 2 3" or a part of it, in order; empty for a group. */
static void check_tiers(const struct spot *spot, bool group)
{
    static const char *const known[] = {"1", "2", "3", "1 2", "1 3", "2 3", "1 2 3"};
    const char *cell = spot_cell(spot);
    bool fits = group && cell[0] == '\0';
    for (size_t i = 0; !group && i < sizeof known / sizeof *known; i++) {
        fits = fits || strcmp(cell, known[i]) == 0;
    }
    if (!fits) {
        spot_report(spot, "'%s': tiers 1 2 3, separated by a space, are wanted for a kind", cell);
    }
}

/* 1..42 for the kinds, each once; none for a group. */
static void check_rank(const struct spot *spot, bool group)
{
    const char *cell = spot_cell(spot);
    size_t digits = strspn(cell, "0123456789");
    long rank = digits && digits < 4 ? strtol(cell, NULL, 10) : 0;
    if (group ? *cell : (cell[digits] || *cell == '0' || rank < 1 || rank > KINDS_OF_SERVICE)) {
        spot_report(spot, "'%s': a number from 1 to %d is wanted for a kind", cell,
                    KINDS_OF_SERVICE);
    }
    for (size_t row = 0; !group && row < spot->row; row++) {
        if (strcmp(data_cell(spot->data, spot->table, row, spot->column), cell) == 0) {
            spot_report(spot, "%s stands twice", cell);
        }
    }
}

/* 8-4-4-4-12 lower-case hexadecimal digits. */
static bool is_uuid(const char *s, size_t len)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (len != sizeof shape - 1) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (shape[i] == '-' ? s[i] != '-' : !strchr("0123456789abcdef", s[i])) {
            return false;
        }
    }
    return true;
}

static void check_systems(const struct data *data, size_t row, struct report *report)
{
    struct spot oscar = {data, TABLE_TERM, row, TERM_COL_OSCAR, report};
    const char *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(spot_cell(&oscar), &at, &item, &len)) {
        if (!is_uuid(item, len)) {
            spot_report(&oscar, "'%.*s' is no UUID", (int)len, item);
        }
    }
    static const int columns[] = {TERM_COL_PRIMERO, TERM_COL_PRIMERO_KH};
    for (size_t i = 0; i < 2; i++) {
        struct spot spot = {data, TABLE_TERM, row, columns[i], report};
        const char *cell = spot_cell(&spot);
        if (strspn(cell, "abcdefghijklmnopqrstuvwxyz_- ") != strlen(cell)) {
            spot_report(&spot, "codes of small Latin letters are wanted");
        }
    }
}

/* Groups are one letter, kinds the letter of the group before them and a digit. */
static bool code_fits(const char *code, char group)
{
    if (strlen(code) == 1) {
        return code[0] >= 'A' && code[0] <= 'Z';
    }
    return strlen(code) == 2 && code[0] == group && code[1] >= '1' && code[1] <= '9';
}

void check_terms(const struct data *data, struct report *report)
{
    size_t groups = 0, kinds = 0;
    char last_group = '\0';
    check_plan(data, report);
    for (size_t row = 0; row < data->tables[TABLE_TERM].count; row++) {
        struct spot code = {data, TABLE_TERM, row, TERM_COL_CODE, report};
        const char *cell = spot_cell(&code);
        bool group = strlen(cell) == 1;
        if (!code_fits(cell, last_group)) {
            spot_report(&code, "'%s' is neither a group nor a kind of the group before it", cell);
        } else if (group) {
            last_group = cell[0];
        }
        groups += group;
        kinds += !group;
        check_rank(&(struct spot){data, TABLE_TERM, row, TERM_COL_RANK, report}, group);
        check_tiers(&(struct spot){data, TABLE_TERM, row, TERM_COL_TIERS, report}, group);
        check_latin(&(struct spot){data, TABLE_TERM, row, TERM_COL_EN, report});
        check_khmer_name(&(struct spot){data, TABLE_TERM, row, TERM_COL_KM, report});
        check_word(&(struct spot){data, TABLE_TERM, row, TERM_COL_ATTESTED, report}, "yes part no");
        check_systems(data, row, report);
        check_codes(&(struct spot){data, TABLE_TERM, row, TERM_COL_OUTPUTS, report}, TABLE_PLAN);
    }
    check_order(data, TABLE_TERM, report);
    if (groups != GROUPS || kinds != KINDS_OF_SERVICE) {
        report_file(report, &data->tables[TABLE_TERM], "%zu groups and %zu kinds, %d and %d wanted",
                    groups, kinds, GROUPS, KINDS_OF_SERVICE);
    }
}
