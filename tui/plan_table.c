/* The table of the plan in words; see plan_table.h. */
#include "tui/plan_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/plan_output.h"
#include "i18n/width.h"
#include "tui/sheet.h"

enum { NUMBER = 8, INDENT = 2 }; /* columns */

void plan_figures(const struct plan_row *row, int ret_figures[PLAN_FIGURES])
{
    ret_figures[0] = row->services;
    ret_figures[1] = row->located;
    ret_figures[2] = row->covering;
    ret_figures[3] = row->confirmed;
    ret_figures[4] = row->programs;
}

enum message plan_heading(size_t figure)
{
    static const enum message headings[PLAN_FIGURES] = {MSG_PLAN_SERVICES, MSG_PLAN_LOCATED,
                                                        MSG_PLAN_COVERING, MSG_PLAN_CONFIRMED,
                                                        MSG_PLAN_PROGRAMS};
    return headings[figure];
}

void plan_add_title(struct text *out, struct names *names, enum lang lang,
                    const struct plan_row *row)
{
    char tier[2] = {(char)('0' + row->tier), '\0'};
    if (row->tier)
        message_format(out, lang, MSG_FILTER_TIER, "tier", tier, (char *)NULL);
    else
        text_addf(out, "%s  %s", row->output, names_output(names, lang, row->output));
}

/* --- as lines of text ------------------------------------------------------------------------- */

static void add_right(struct text *out, const char *s, int columns)
{
    for (int i = (int)width_columns(s, strlen(s)); i < columns; i++)
        text_addc(out, ' ');
    text_adds(out, s);
}

/* The tiers of an output have no programs of their own. */
static void add_figures(struct text *out, const struct plan_row *row)
{
    int figures[PLAN_FIGURES];
    plan_figures(row, figures);
    for (size_t i = 0; i < PLAN_FIGURES; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", figures[i]);
        add_right(out, row->tier && i + 1 == PLAN_FIGURES ? "" : number, NUMBER);
    }
}

/* How far the title of a row stands in: programmes, their outputs, the tiers of those. */
static int indent_of(const struct plan_row *row)
{
    return row->tier ? 2 * INDENT : plan_output_is_programme(row->output) ? 0 : INDENT;
}

static void write_row(const struct plan_row *row, struct names *names, enum lang lang, int columns,
                      struct text *out)
{
    int before = NUMBER * PLAN_FIGURES + 2 + indent_of(row);
    struct text title = TEXT_INIT;
    struct line_list lines;
    plan_add_title(&title, names, lang, row);
    sheet_wrap(NULL, title.bytes, columns > before + NUMBER ? columns - before : NUMBER, &lines);
    add_figures(out, row);
    for (size_t i = 0; i < lines.count; i++) {
        for (int k = i ? 0 : NUMBER * PLAN_FIGURES; k < before; k++)
            text_addc(out, ' ');
        text_add(out, title.bytes + lines.rows[i].at, lines.rows[i].len);
        text_addc(out, '\n');
    }
    free(lines.rows);
    text_release(&title);
}

void plan_write(const struct plan_count *p, struct names *names, enum lang lang, int columns,
                struct text *out)
{
    names_path(names, out, lang, p->area);
    text_addc(out, '\n');
    for (size_t i = 0; i < PLAN_FIGURES; i++)
        add_right(out, message_get(lang, plan_heading(i)), NUMBER);
    text_addc(out, '\n');
    for (size_t i = 0; i < p->count; i++) {
        if (plan_output_is_programme(p->rows[i].output))
            text_addc(out, '\n');
        write_row(&p->rows[i], names, lang, columns, out);
    }
    struct text legend = TEXT_INIT;
    struct line_list lines;
    text_adds(&legend, message_get(lang, MSG_PLAN_LEGEND));
    sheet_wrap(NULL, legend.bytes, columns, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        text_addc(out, '\n');
        text_add(out, legend.bytes + lines.rows[i].at, lines.rows[i].len);
    }
    free(lines.rows);
    text_release(&legend);
}
