/* What the work lists of the command line (due, duplicates) share. */
#ifndef TUI_CLI_WORK_H
#define TUI_CLI_WORK_H

#include "tui/cli.h"

/* --area as a code; the area of the person at the keyboard where it is not given; "" the country.
 * The problem is told. */
int cli_read_work_area(const struct cli *c, char ret_area[AREA_CODE]);
/* --limit, or what *limit holds. The problem is told. */
int cli_read_work_limit(const struct cli *c, size_t *limit);
/* Appends numbers in their stored form (a space between) as people write them. */
void cli_add_phones(struct text *out, const char *phones);

/* `cpdir duplicates off` lists the pairs that were noted as two services, `ID ID off` notes one,
 * `ID ID on` takes it back. Exit code. */
int cli_duplicates_decide(struct cli *c);

#endif
