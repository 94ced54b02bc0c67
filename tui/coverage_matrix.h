/* The matrix of the coverage in signs and words, for the view, the command line and the page for a
 * browser: an area and those directly inside it down, kinds of service across. Knows no screen. */
#ifndef TUI_COVERAGE_MATRIX_H
#define TUI_COVERAGE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "db/coverage.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message.h"
#include "tui/names.h"

struct coverage_matrix {
    const struct coverage *now;    /* borrowed */
    const struct coverage *before; /* borrowed; NULL: not compared */
    char area[AREA_CODE];
    char (*rows)[AREA_CODE]; /* the area itself first */
    size_t row_count, row_room;
    size_t columns[COVERAGE_KINDS]; /* places in now->kinds: asked for in some row */
    size_t column_count;
    struct arena arena;
};

/* area: code, "" or "KH" the country. */
void matrix_make(const struct coverage *now, const struct coverage *before, const char *area,
                 struct coverage_matrix *ret_matrix);
void matrix_release(struct coverage_matrix *m);

/* The sign of a state; plain: in ASCII. */
const char *matrix_sign(enum coverage_state state, bool plain);
enum message matrix_label(enum coverage_state state);

/* Better (1), worse (-1) or as it was (0), compared with `before`; 0 where it is not compared or
 * was not asked for. */
int matrix_change(const struct coverage_matrix *m, const char *area, size_t column);
/* Appends the sign of a cell and, where it changed, which way. Nothing where the kind is not asked
 * for. */
void matrix_add_cell(const struct coverage_matrix *m, struct text *out, const char *area,
                     size_t column, bool plain);
/* Appends how much is missing and unconfirmed, in the area with all areas in it. */
void matrix_add_total(const struct coverage_matrix *m, enum lang lang, struct text *out);
/* Rows in which the kind is missing. */
int matrix_missing(const struct coverage_matrix *m, size_t column);
/* Appends what the signs mean, on one line. */
void matrix_add_legend(struct text *out, enum lang lang, bool plain, bool compared);
/* Appends all of it as lines of plain text: path, matrix, totals, legend; of an area with nothing
 * inside the services behind each kind in place of the matrix. */
void matrix_write(const struct coverage_matrix *m, struct names *names, enum lang lang,
                  struct text *out);
/* Appends a kind, its state, and the services behind the cell, a line each. */
void matrix_add_services(const struct coverage_matrix *m, struct text *out, struct names *names,
                         enum lang lang, const char *area, size_t column);
/* Appends for whom a service behind a cell is made; nothing where it is present. */
void matrix_add_from(struct text *out, struct names *names, enum lang lang,
                     const struct coverage_service *service);
/* Appends a service behind a cell: sign and name. */
void matrix_add_service(struct text *out, struct names *names, enum lang lang,
                        const struct coverage_service *service, bool plain);

#endif
