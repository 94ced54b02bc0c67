/* The coverage in signs and words; see coverage_matrix.h. */
#include "tui/coverage_matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tui/format.h"

static void add_row(void *context, const char *code)
{
    struct coverage_matrix *m = context;
    m->rows = arena_grow(&m->arena, m->rows, m->row_count, &m->row_room, sizeof *m->rows);
    memcpy(m->rows[m->row_count++], code, strlen(code) + 1);
}

void matrix_make(const struct coverage *now, const struct coverage *before, const char *area,
                 struct coverage_matrix *ret_matrix)
{
    struct coverage_matrix m = {.now = now, .before = before};
    if (strcmp(area, AREA_COUNTRY_CODE) != 0)
        memcpy(m.area, area, strlen(area) + 1);
    add_row(&m, m.area);
    coverage_inside(now, m.area, add_row, &m);
    for (size_t k = 0; k < now->kind_count; k++) {
        bool asked = false;
        for (size_t i = 0; i < m.row_count; i++)
            asked |= coverage_at(now, m.rows[i], k).required > 0;
        if (asked)
            m.columns[m.column_count++] = k;
    }
    *ret_matrix = m;
}

void matrix_release(struct coverage_matrix *m)
{
    arena_release(&m->arena);
    *m = (struct coverage_matrix){0};
}

const char *matrix_sign(enum coverage_state state, bool plain)
{
    static const char *const signs[COVERAGE_STATES][2] = {
        [COVERAGE_NOT_ASKED] = {"", ""},
        [COVERAGE_MISSING] = {"\xE2\x80\x93", "-"},
        [COVERAGE_UNCONFIRMED] = {"?", "?"},
        [COVERAGE_COVERED] = {"\xE2\x97\x8B", "o"},
        [COVERAGE_PRESENT] = {"\xE2\x97\x8F", "#"},
    };
    return signs[state][plain];
}

enum message matrix_label(enum coverage_state state)
{
    static const enum message labels[COVERAGE_STATES] = {
        [COVERAGE_NOT_ASKED] = MSG_COVERAGE_NOT_ASKED,
        [COVERAGE_MISSING] = MSG_COVERAGE_MISSING,
        [COVERAGE_UNCONFIRMED] = MSG_COVERAGE_UNCONFIRMED,
        [COVERAGE_COVERED] = MSG_COVERAGE_COVERED,
        [COVERAGE_PRESENT] = MSG_COVERAGE_PRESENT,
    };
    return labels[state];
}

int matrix_change(const struct coverage_matrix *m, const char *area, size_t column)
{
    if (!m->before)
        return 0;
    enum coverage_state now = coverage_at(m->now, area, m->columns[column]).state;
    enum coverage_state was =
        coverage_at(m->before, area, coverage_kind(m->before, m->now->kinds[m->columns[column]]))
            .state;
    if (now == COVERAGE_NOT_ASKED || was == COVERAGE_NOT_ASKED)
        return 0;
    return (now > was) - (now < was);
}

void matrix_add_cell(const struct coverage_matrix *m, struct text *out, const char *area,
                     size_t column, bool plain)
{
    int change = matrix_change(m, area, column);
    text_adds(out, matrix_sign(coverage_at(m->now, area, m->columns[column]).state, plain));
    if (change)
        text_adds(out, change > 0 ? "+" : "!");
}

void matrix_add_total(const struct coverage_matrix *m, enum lang lang, struct text *out)
{
    struct coverage_total t = coverage_total(m->now, m->area, true);
    char missing[16], unconfirmed[16], required[16];
    snprintf(missing, sizeof missing, "%d", t.states[COVERAGE_MISSING]);
    snprintf(unconfirmed, sizeof unconfirmed, "%d", t.states[COVERAGE_UNCONFIRMED]);
    snprintf(required, sizeof required, "%d", t.required);
    message_format(out, lang, MSG_COVERAGE_TOTAL, "missing", missing, "unconfirmed", unconfirmed,
                   "required", required, (char *)NULL);
}

int matrix_missing(const struct coverage_matrix *m, size_t column)
{
    int missing = 0;
    for (size_t i = 0; i < m->row_count; i++)
        missing += coverage_at(m->now, m->rows[i], m->columns[column]).state == COVERAGE_MISSING;
    return missing;
}

void matrix_add_legend(struct text *out, enum lang lang, bool plain, bool compared)
{
    for (int state = COVERAGE_PRESENT; state > COVERAGE_NOT_ASKED; state--)
        text_addf(out, "%s%s %s", state == COVERAGE_PRESENT ? "" : "  ",
                  matrix_sign((enum coverage_state)state, plain),
                  message_get(lang, matrix_label((enum coverage_state)state)));
    if (compared)
        text_addf(out, "  + %s  ! %s", message_get(lang, MSG_COVERAGE_BETTER),
                  message_get(lang, MSG_COVERAGE_WORSE));
}

void matrix_add_service(struct text *out, struct names *names, enum lang lang,
                        const struct coverage_service *service, bool plain)
{
    const struct coverage_row *row = service->row;
    bool other;
    enum coverage_state state = !row->sure         ? COVERAGE_UNCONFIRMED
                                : service->present ? COVERAGE_PRESENT
                                                   : COVERAGE_COVERED;
    text_addf(out, "%s %s", matrix_sign(state, plain),
              format_pick(names_lang(names, lang), row->name_km, row->name_en, &other));
}

void matrix_add_from(struct text *out, struct names *names, enum lang lang,
                     const struct coverage_service *service)
{
    struct text from = TEXT_INIT;
    if (service->present)
        return;
    names_area(names, &from, lang, service->from);
    message_format(out, lang, MSG_COVERAGE_FROM, "area", from.bytes, (char *)NULL);
    text_release(&from);
}

void matrix_add_services(const struct coverage_matrix *m, struct text *out, struct names *names,
                         enum lang lang, const char *area, size_t column)
{
    size_t kind = m->columns[column], count;
    struct coverage_service *services = coverage_services(m->now, area, kind, lang, &count);
    text_addf(out, "\n\n%s  %s" NAMES_DOT "%s", m->now->kinds[kind],
              names_term(names, lang, m->now->kinds[kind]),
              message_get(lang, matrix_label(coverage_at(m->now, area, kind).state)));
    for (size_t i = 0; i < count; i++) {
        text_adds(out, "\n    ");
        matrix_add_service(out, names, lang, &services[i], false);
        if (!services[i].present) {
            text_adds(out, NAMES_DOT);
            matrix_add_from(out, names, lang, &services[i]);
        }
    }
    free(services);
}

/* --- as lines of text --------------------------------------------------------------------------
 */

enum { CODE = 8, CELL = 4 }; /* columns */

static void add_padded(struct text *out, const char *s, int columns)
{
    int used = (int)width_columns(s, strlen(s));
    text_adds(out, s);
    for (int i = used; i < columns; i++)
        text_addc(out, ' ');
}

static void write_row(const struct coverage_matrix *m, struct names *names, enum lang lang,
                      const char *area, struct text *out)
{
    struct text cell = TEXT_INIT;
    add_padded(out, *area ? area : AREA_COUNTRY_CODE, CODE);
    for (size_t i = 0; i < m->column_count; i++) {
        text_clear(&cell);
        matrix_add_cell(m, &cell, area, i, false);
        add_padded(out, cell.bytes, CELL);
    }
    names_area(names, out, lang, area);
    text_addc(out, '\n');
    text_release(&cell);
}

static void write_totals(const struct coverage_matrix *m, enum lang lang, struct text *out)
{
    add_padded(out, "", CODE);
    for (size_t i = 0; i < m->column_count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", matrix_missing(m, i));
        add_padded(out, number, CELL);
    }
    text_addf(out, "%s\n\n", message_get(lang, MSG_COVERAGE_MISSING_TOTAL));
}

/* An area without others inside: its few kinds, each with those behind it. */
static void write_one(const struct coverage_matrix *m, struct names *names, enum lang lang,
                      struct text *out)
{
    for (size_t i = 0; i < m->column_count; i++)
        matrix_add_services(m, out, names, lang, m->area, i);
    text_adds(out, "\n\n");
    matrix_add_legend(out, lang, false, m->before);
}

void matrix_write(const struct coverage_matrix *m, struct names *names, enum lang lang,
                  struct text *out)
{
    names_path(names, out, lang, m->area);
    if (m->row_count == 1) {
        write_one(m, names, lang, out);
        return;
    }
    text_addc(out, '\n');
    matrix_add_total(m, lang, out);
    text_addc(out, '\n');
    add_padded(out, "", CODE);
    for (size_t i = 0; i < m->column_count; i++)
        add_padded(out, m->now->kinds[m->columns[i]], CELL);
    text_addc(out, '\n');
    for (size_t i = 0; i < m->row_count; i++)
        write_row(m, names, lang, m->rows[i], out);
    write_totals(m, lang, out);
    matrix_add_legend(out, lang, false, m->before);
    for (size_t i = 0; i < m->column_count; i++)
        text_addf(out, "\n%s  %s", m->now->kinds[m->columns[i]],
                  names_term(names, lang, m->now->kinds[m->columns[i]]));
}
