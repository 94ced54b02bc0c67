/* The page of the coverage; see coverage_page.h. On a narrow screen every area of the matrix is a
 * line of signs, each with the code of its kind. */
#include "tui/coverage_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/format.h"
#include "tui/html.h"

enum { SERVICES_SHOWN = 3 }; /* of a kind; the others are counted */

static const char css[] =
    "p.training{border:3px solid;padding:.3rem .6rem;font-weight:bold}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th,td{border:1px solid #bbb;padding:.15rem .3rem;text-align:center}\n"
    "th:first-child,td.name,th.name{text-align:left}\n"
    "td.name{font-weight:normal}tr.own td.name{font-weight:bold}\n"
    ".present{background:#bfe5c4}.covered{background:#fff2b3}.unconfirmed{background:#e6d5f0}"
    ".missing{background:#f6b9b5;font-weight:bold}\n"
    ".alert{background:#f6b9b5;font-weight:bold;padding:.3rem}\n"
    ".legend span{display:inline-block;padding:0 .5rem;margin:.1rem .3rem .1rem 0}\n"
    "@media (max-width:600px){.matrix thead{display:none}"
    ".matrix table,.matrix tbody,.matrix tr{display:block}"
    ".matrix td{display:inline-block;margin:.1rem .1rem;white-space:nowrap}"
    ".matrix td.name{display:block;border:0;margin-top:.6rem;white-space:normal}"
    ".matrix td.none{display:none}.matrix td[data-kind]::before{content:attr(data-kind) \" \"}}\n";

static void add_heading(const struct coverage_matrix *m, struct text *out)
{
    text_adds(out, "<thead><tr><th class=\"name\"></th>");
    for (size_t i = 0; i < m->column_count; i++)
        html_element(out, "th", "", m->now->kinds[m->columns[i]]);
    text_adds(out, "</tr></thead>\n");
}

static void add_cell(const struct coverage_matrix *m, const char *area, size_t column,
                     struct text *out)
{
    struct coverage_cell cell = coverage_at(m->now, area, m->columns[column]);
    struct text sign = TEXT_INIT;
    char attributes[96];
    if (!cell.required) {
        text_adds(out, "<td class=\"none\"></td>");
        return;
    }
    snprintf(attributes, sizeof attributes, " class=\"%s\" data-kind=\"%s\"",
             coverage_state_name(cell.state), m->now->kinds[m->columns[column]]);
    matrix_add_cell(m, &sign, area, column, false);
    html_element(out, "td", attributes, sign.bytes);
    text_release(&sign);
}

/* The last row: in how many areas each kind is missing. */
static void add_missing(const struct coverage_matrix *m, enum lang lang, struct text *out)
{
    text_adds(out, "<tr class=\"own\">");
    html_element(out, "td", " class=\"name\"", message_get(lang, MSG_COVERAGE_MISSING_TOTAL));
    for (size_t i = 0; i < m->column_count; i++) {
        char number[16], attributes[32];
        snprintf(number, sizeof number, "%d", matrix_missing(m, i));
        snprintf(attributes, sizeof attributes, " data-kind=\"%s\"", m->now->kinds[m->columns[i]]);
        html_element(out, "td", attributes, number);
    }
    text_adds(out, "</tr>\n");
}

static void add_matrix(const struct coverage_matrix *m, struct names *names, enum lang lang,
                       struct text *out)
{
    struct text name = TEXT_INIT;
    text_adds(out, "<div class=\"matrix\"><table>\n");
    add_heading(m, out);
    text_adds(out, "<tbody>\n");
    for (size_t i = 0; i < m->row_count; i++) {
        text_clear(&name);
        names_area(names, &name, lang, m->rows[i]);
        text_adds(out, i ? "<tr>" : "<tr class=\"own\">");
        html_element(out, "td", " class=\"name\"", name.bytes);
        for (size_t k = 0; k < m->column_count; k++)
            add_cell(m, m->rows[i], k, out);
        text_adds(out, "</tr>\n");
    }
    add_missing(m, lang, out);
    text_adds(out, "</tbody></table></div>\n");
    text_release(&name);
}

static void add_legend(const struct coverage_matrix *m, struct names *names, enum lang lang,
                       struct text *out)
{
    struct text words = TEXT_INIT;
    text_adds(out, "<p class=\"legend\">");
    for (int state = COVERAGE_PRESENT; state > COVERAGE_NOT_ASKED; state--) {
        char attributes[40];
        text_clear(&words);
        text_addf(&words, "%s %s", matrix_sign((enum coverage_state)state, false),
                  message_get(lang, matrix_label((enum coverage_state)state)));
        snprintf(attributes, sizeof attributes, " class=\"%s\"",
                 coverage_state_name((enum coverage_state)state));
        html_element(out, "span", attributes, words.bytes);
    }
    text_adds(out, "</p>\n<ul>\n");
    for (size_t i = 0; i < m->column_count; i++) {
        const char *code = m->now->kinds[m->columns[i]];
        text_clear(&words);
        text_addf(&words, "%s  %s", code, names_term(names, lang, code));
        html_element(out, "li", "", words.bytes);
    }
    text_adds(out, "</ul>\n");
    text_release(&words);
}

static void add_rank_heading(struct text *out)
{
    static const char *const heads[] = {"", "-", "?", "="};
    text_adds(out, "<table><thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        html_element(out, "th", "", heads[i]);
    text_adds(out, "<th class=\"name\"></th></tr></thead><tbody>\n");
}

static void add_ranking(const struct coverage_matrix *m, struct names *names, enum lang lang,
                        struct text *out)
{
    size_t count;
    struct coverage_ranked *rows = coverage_rank(m->now, m->area, &count);
    struct text name = TEXT_INIT;
    if (count) {
        html_element(out, "h2", "", message_get(lang, MSG_COMMAND_RANKING));
        html_element(out, "p", "", message_get(lang, MSG_COVERAGE_RANK_LEGEND));
        add_rank_heading(out);
    }
    for (size_t i = 0; i < count; i++) {
        const struct coverage_total *t = &rows[i].total;
        text_clear(&name);
        names_path(names, &name, lang, rows[i].code);
        text_addf(out, "<tr><td>%zu</td><td>%d</td><td>%d</td><td>%d</td>", i + 1,
                  t->states[COVERAGE_MISSING], t->states[COVERAGE_UNCONFIRMED], t->required);
        html_element(out, "td", " class=\"name\"", name.bytes);
        text_adds(out, "</tr>\n");
    }
    if (count)
        text_adds(out, "</tbody></table>\n");
    text_release(&name);
    free(rows);
}

static void add_services(const struct coverage_matrix *m, struct names *names, enum lang lang,
                         const char *area, size_t column, struct text *out)
{
    size_t kind = m->columns[column], count;
    struct coverage_service *services = coverage_services(m->now, area, kind, lang, &count);
    struct text line = TEXT_INIT;
    text_addf(&line, "%s  %s", m->now->kinds[kind], names_term(names, lang, m->now->kinds[kind]));
    if (count) {
        text_adds(out, "<li>");
        html_text(out, line.bytes);
        text_adds(out, "<ul>\n");
    }
    for (size_t i = 0; i < count && i < SERVICES_SHOWN; i++) {
        text_clear(&line);
        matrix_add_service(&line, names, lang, &services[i], false);
        if (!services[i].present) {
            text_adds(&line, NAMES_DOT);
            matrix_add_from(&line, names, lang, &services[i]);
        }
        html_element(out, "li", "", line.bytes);
    }
    if (count > SERVICES_SHOWN) {
        char number[24];
        snprintf(number, sizeof number, "%zu", count - SERVICES_SHOWN);
        text_clear(&line);
        message_format(&line, lang, MSG_COVERAGE_MORE, "count", number, (char *)NULL);
        html_element(out, "li", "", line.bytes);
    }
    text_adds(out, count ? "</ul></li>\n" : "");
    text_release(&line);
    free(services);
}

static void add_behind(const struct coverage_matrix *m, struct names *names, enum lang lang,
                       struct text *out)
{
    html_element(out, "h2", "", message_get(lang, MSG_COVERAGE_BEHIND));
    for (size_t i = 0; i < m->row_count; i++) {
        struct text name = TEXT_INIT;
        names_area(names, &name, lang, m->rows[i]);
        html_element(out, "h3", "", name.bytes);
        text_adds(out, "<ul>\n");
        for (size_t k = 0; k < m->column_count; k++)
            if (coverage_at(m->now, m->rows[i], m->columns[k]).required)
                add_services(m, names, lang, m->rows[i], k, out);
        text_adds(out, "</ul>\n");
        text_release(&name);
    }
}

static void add_days(const struct coverage_matrix *m, enum lang lang, int64_t day,
                     int64_t before_day, struct text *out)
{
    struct text line = TEXT_INIT, shown = TEXT_INIT;
    format_day(&shown, day);
    message_format(&line, lang, MSG_COVERAGE_DAY, "day", shown.bytes, (char *)NULL);
    text_clear(&shown);
    if (m->before) {
        format_day(&shown, before_day);
        text_adds(&line, NAMES_DOT);
        message_format(&line, lang, MSG_COVERAGE_AGAINST, "day", shown.bytes, (char *)NULL);
        text_addf(&line, ": + %s, ! %s", message_get(lang, MSG_COVERAGE_BETTER),
                  message_get(lang, MSG_COVERAGE_WORSE));
    }
    html_element(out, "p", "", line.bytes);
    text_clear(&line);
    matrix_add_total(m, lang, &line);
    html_element(out, "p", "", line.bytes);
    text_release(&line);
    text_release(&shown);
}

static void add_alerts(const char *lines, struct text *out)
{
    struct text line = TEXT_INIT;
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        text_clear(&line);
        text_add(&line, lines, len);
        if (len)
            html_element(out, "p", " class=\"alert\"", line.bytes);
        lines += len + (lines[len] == '\n');
    }
    text_release(&line);
}

void coverage_page(const struct coverage_matrix *m, struct names *names, enum lang lang,
                   int64_t day, int64_t before_day, bool training, const char *alerts,
                   struct text *out)
{
    struct text title = TEXT_INIT;
    text_addf(&title, "%s" NAMES_DOT, message_get(lang, MSG_COMMAND_COVERAGE));
    names_path(names, &title, lang, m->area);
    html_begin(out, lang, title.bytes, css);
    if (training)
        html_element(out, "p", " class=\"training\"", message_get(lang, MSG_TRAINING_PAGE));
    add_alerts(alerts, out);
    add_days(m, lang, day, before_day, out);
    add_matrix(m, names, lang, out);
    add_legend(m, names, lang, out);
    add_ranking(m, names, lang, out);
    add_behind(m, names, lang, out);
    html_end(out);
    text_release(&title);
}
