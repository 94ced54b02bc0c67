/* The line mode's lists for work: what to do next for a need, what is due, and the minimum
 * services. The same as the screens say, in lines. */
#include "tui/plain_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "db/need.h"
#include "db/package.h"
#include "i18n/number.h"
#include "tui/config.h"
#include "tui/coverage_matrix.h"
#include "tui/due_lines.h"
#include "tui/output.h"
#include "tui/sheet.h"
#include "tui/way.h"

static void write_line(struct plain *p, struct text *line)
{
    output_lines(p->io.out, line->bytes);
    text_clear(line);
}

void plain_show_needs(struct plain *p, const struct page *page)
{
    struct need_list needs;
    struct text line = TEXT_INIT;
    enum status status = need_all(p->directory->db, &needs);
    if (status) {
        plain_failed(p, status);
        return;
    }
    names_path(p->names, &line, p->io.lang, page->area);
    write_line(p, &line);
    output_lines(p->io.out, message_get(p->io.lang, MSG_WAY_NEED_TITLE));
    for (size_t i = 0; i < needs.count; i++) {
        struct choice *choice = plain_add_choice(p);
        snprintf(choice->need, sizeof choice->need, "%s", needs.rows[i].code);
        snprintf(choice->area, sizeof choice->area, "%s", page->area);
        text_addf(&line, "%zu. %s", i + 1, names_need(p->names, p->io.lang, needs.rows[i].code));
        write_line(p, &line);
    }
    need_list_release(&needs);
    text_release(&line);
}

static void tell_fault(struct plain *p, const struct guide_fault *fault)
{
    struct text line = TEXT_INIT;
    if (fault->wrong == GUIDE_FINE)
        return;
    way_add_fault(&line, p->io.lang, fault);
    (void)problem_tell(&p->io, EXIT_DONE, MSG_WAY_FAULT, PROBLEM({"fault", line.bytes}));
    text_release(&line);
}

/* The steps have their numbers already: a number opens the service of that step. */
void plain_show_pathway(struct plain *p, const struct page *page)
{
    struct way_query query = {.child = {.age = -1, .now = directory_now(p->directory)}};
    struct way way;
    char *rules = way_rules(NULL);
    snprintf(query.need, sizeof query.need, "%.7s", page->need);
    snprintf(query.area, sizeof query.area, "%s", page->area);
    enum status status = way_load(p->directory->db, rules, &query, &way);
    free(rules);
    if (status) {
        plain_failed(p, status);
        return;
    }
    struct format f = plain_words(p);
    struct sheet sheet;
    struct text out = TEXT_INIT;
    tell_fault(p, &way.fault);
    sheet_init(&sheet, SHEET_UNBOUNDED);
    way_list(&f, &sheet, &way, NULL);
    sheet_write(&sheet, &out);
    output_lines(p->io.out, out.bytes);
    for (size_t i = 0; i < way.pathway.count; i++) {
        const struct hit *service = way.pathway.steps[i].service;
        struct choice *choice = plain_add_choice(p);
        if (service)
            choice->service = service->id;
    }
    text_release(&out);
    sheet_release(&sheet);
    way_release(&way);
}

void plain_show_due(struct plain *p, const struct page *page)
{
    struct due_rules rules;
    struct due_list list;
    size_t bad_line = 0, from = page->offset;
    struct date today = date_from_time(directory_now(p->directory));
    struct due_query query = {page->area, date_days(today), &rules, from + SERVICES_SHOWN};
    enum status status = config_due_rules(p->directory->db, &rules, &bad_line);
    if (!status)
        status = due_load(p->directory->db, &query, &list);
    if (status) {
        plain_failed(p, status);
        return;
    }
    struct format f = plain_words(p);
    struct text line = TEXT_INIT;
    names_path(p->names, &line, p->io.lang, page->area);
    write_line(p, &line);
    due_add_progress(&f, &line, &list);
    write_line(p, &line);
    if (!list.count)
        output_lines(p->io.out, message_get(p->io.lang, MSG_DUE_NONE));
    for (size_t i = from; i < list.count; i++) {
        plain_add_choice(p)->service = list.rows[i].id;
        text_addf(&line, "%zu. ", p->choice_count);
        due_add_service(&f, &line, &list.rows[i], "   ");
        write_line(p, &line);
    }
    p->more = list.due > (int64_t)list.count;
    if (p->more)
        output_lines(p->io.out, message_get(p->io.lang, MSG_PLAIN_MORE));
    due_list_release(&list);
    text_release(&line);
}

void plain_show_coverage(struct plain *p, const struct page *page)
{
    struct package package = {0};
    struct coverage coverage = {0};
    struct coverage_matrix matrix;
    struct guide_fault fault;
    struct text out = TEXT_INIT;
    char *rules = way_rules(NULL);
    enum status status = package_load(p->directory->db, rules, &package, &fault);
    free(rules);
    tell_fault(p, &fault);
    if (!status)
        status = coverage_load(p->directory->db, &package, &coverage);
    if (status) {
        plain_failed(p, status);
    } else {
        matrix_make(&coverage, NULL, page->area, &matrix);
        matrix_write(&matrix, p->names, p->io.lang, &out);
        output_lines(p->io.out, out.bytes);
        matrix_release(&matrix);
    }
    coverage_release(&coverage);
    package_release(&package);
    text_release(&out);
}
