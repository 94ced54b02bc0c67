/* What must be true of due.tsv: one row for all kinds first, then kinds or groups of term.tsv, each
 * once, with a time that can be. */
#include <string.h>

#include "data/check_text.h"
#include "db/due.h"

/* A whole number from 0 to most. */
static void check_number(const struct spot *spot, size_t most)
{
    const char *cell = spot_cell(spot);
    size_t len = strlen(cell), n = 0;
    for (size_t i = 0; i < len && i < 6; i++) {
        n = n * 10 + (size_t)(cell[i] - '0');
    }
    if (len == 0 || len > 5 || strspn(cell, "0123456789") != len || n > most) {
        spot_report(spot, "'%s': a whole number from 0 to %zu is wanted", cell, most);
    }
}

void check_due(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_DUE].count; row++) {
        struct spot kind = {data, TABLE_DUE, row, DUE_COL_KIND, report};
        struct spot months = {data, TABLE_DUE, row, DUE_COL_MONTHS, report};
        struct spot days = {data, TABLE_DUE, row, DUE_COL_DAYS, report};
        const char *cell = spot_cell(&kind);
        bool all = strcmp(cell, "*") == 0;
        if (all != (row == 0)) {
            spot_report(&kind, "the first row and no other is *");
        } else if (!all && data_find(data, TABLE_TERM, cell, strlen(cell)) < 0) {
            spot_report(&kind, "'%s' is no kind or group of term.tsv", cell);
        }
        if (data_find(data, TABLE_DUE, cell, strlen(cell)) < (long)row) {
            spot_report(&kind, "%s stands twice", cell);
        }
        check_number(&months, DUE_MONTHS_MAX);
        check_number(&days, DUE_DAYS_MAX);
        if (!strcmp(spot_cell(&months), "0") && !strcmp(spot_cell(&days), "0")) {
            spot_report(&months, "no time at all");
        }
    }
    if (data->tables[TABLE_DUE].count == 0) {
        report_file(report, &data->tables[TABLE_DUE], "the row for all others (*) is missing");
    }
}
