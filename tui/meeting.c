/* Gathering what a meeting talks about, and the view of it; see meeting.h. Its words are in
 * meeting_page.c. */
#include "tui/meeting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/app.h"
#include "tui/config.h"
#include "tui/print.h"
#include "tui/roll.h"
#include "tui/way.h"

enum { TITLE_ROOM = 30, DAY_MS = 86400000, ZONE_MS = 7 * 3600000 };

/* --- gathering -------------------------------------------------------------------------------- */

void meeting_release(struct meeting *m)
{
    group_list_release(&m->groups);
    area_change_list_release(&m->changes);
    due_list_release(&m->due);
    coverage_release(&m->coverage);
    if (m->package)
        package_release(m->package);
    free(m->package);
    gap_list_release(&m->gaps);
    proposal_list_release(&m->proposals);
    alert_list_release(&m->alerts);
}

const struct working_group *meeting_group(const struct meeting *m)
{
    for (size_t i = 0; i < m->groups.count; i++)
        if (strcmp(m->groups.rows[i].area, m->area) == 0)
            return &m->groups.rows[i];
    return NULL;
}

static void choose_since(struct meeting *m, int64_t since)
{
    const struct working_group *g = meeting_group(m);
    m->since_meeting = since < 0 && g && g->last >= 0;
    m->since = since >= 0         ? since
               : m->since_meeting ? g->last
                                  : date_add_months(m->today, -GROUP_MONTHS);
}

static enum status load_coverage(struct db *db, const char *rules, struct meeting *m)
{
    m->package = mem_zalloc(1, sizeof *m->package);
    struct guide_fault fault; /* told where the coverage itself is shown */
    enum status status = package_load(db, rules, m->package, &fault);
    return status == STATUS_OK ? coverage_load(db, m->package, &m->coverage) : status;
}

static void keep_late_gaps(struct meeting *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->gaps.count; i++)
        if (m->gaps.rows[i].day >= m->since)
            m->gaps.rows[kept++] = m->gaps.rows[i];
    m->gaps.count = kept;
}

static enum status load_due(struct db *db, struct meeting *m)
{
    struct due_rules rules;
    size_t line;
    enum status status = config_due_rules(db, &rules, &line);
    const struct due_query query = {m->area, m->today, status == STATUS_OK ? &rules : NULL, 0};
    return due_load(db, &query, &m->due);
}

enum status meeting_load(struct db *db, const char *area, int64_t today, int64_t since,
                         const char *rules, struct meeting *ret_meeting)
{
    struct meeting m = {.today = today};
    if (strcmp(area, AREA_COUNTRY_CODE) != 0)
        snprintf(m.area, sizeof m.area, "%.4s", area);
    enum status status = group_load(db, m.area, today, &m.groups);
    choose_since(&m, since);
    if (status == STATUS_OK)
        status = area_change_load(db, m.area, m.since * DAY_MS - ZONE_MS, &m.changes);
    if (status == STATUS_OK)
        status = load_due(db, &m);
    if (status == STATUS_OK)
        status = load_coverage(db, rules, &m);
    if (status == STATUS_OK)
        status = gap_list(db, m.area, &m.gaps);
    if (status == STATUS_OK)
        status = proposal_open(db, m.area, &m.proposals);
    if (status == STATUS_OK)
        status = alert_load_now(db, today, &m.alerts);
    if (status != STATUS_OK) {
        meeting_release(&m);
        return status;
    }
    keep_late_gaps(&m);
    alert_keep_around(&m.alerts, m.area);
    *ret_meeting = m;
    return STATUS_OK;
}

struct missing {
    const struct meeting *m;
    void (*visit)(void *context, const char *area, size_t kind);
    void *context;
};

static void visit_area(void *context, const char *area)
{
    const struct missing *at = context;
    for (size_t k = 0; k < at->m->coverage.kind_count; k++)
        if (coverage_at(&at->m->coverage, area, k).state == COVERAGE_MISSING)
            at->visit(at->context, area, k);
}

void meeting_each_missing(const struct meeting *m,
                          void (*visit)(void *context, const char *area, size_t kind),
                          void *context)
{
    struct missing at = {m, visit, context};
    visit_area(&at, m->area);
    coverage_inside(&m->coverage, m->area, visit_area, &at);
}

/* --- the view --------------------------------------------------------------------------------- */

struct meeting_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct meeting meeting;
    struct sheet sheet;
    struct roll roll; /* its rows: the selected one stands on top */
    int rows, columns;
};

static struct format format_of(const struct meeting_view *v, const struct context *x)
{
    return (struct format){v->names, x->lang, x->now(x->clock)};
}

/* The selected row is the first one shown, so that the arrows scroll. */
static void fit(struct meeting_view *v)
{
    size_t shown = v->rows > 1 ? (size_t)v->rows : 1;
    roll_fit(&v->roll, v->sheet.count > shown ? v->sheet.count - shown + 1 : 1, 1);
}

static void lay_out(struct meeting_view *v, const struct context *x)
{
    struct format f = format_of(v, x);
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 3 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    if (v->columns)
        meeting_sheet(&f, x->db, &v->sheet, &v->meeting);
    fit(v);
}

static bool load(struct meeting_view *v, const struct context *x)
{
    struct meeting fresh;
    char *rules = way_rules(NULL);
    enum status status = meeting_load(x->db, v->area, date_days(date_from_time(x->now(x->clock))),
                                      -1, rules, &fresh);
    free(rules);
    if (status != STATUS_OK)
        return false;
    meeting_release(&v->meeting);
    v->meeting = fresh;
    return true;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct meeting_view *v = (struct meeting_view *)view;
    size_t page = v->rows > 2 ? (size_t)v->rows - 1 : 1;
    (void)x;
    if (command == COMMAND_PAGE_DOWN)
        roll_go(&v->roll, v->roll.selected + page);
    else if (command == COMMAND_PAGE_UP)
        roll_go(&v->roll, v->roll.selected > page ? v->roll.selected - page : 0);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else if (!roll_command(&v->roll, command))
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct meeting_view *v = (const struct meeting_view *)view;
    (void)x;
    sheet_draw(&v->sheet, c, top, 1, bottom - top, v->roll.selected);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct meeting_view *v = (const struct meeting_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_MEETING));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct meeting_view *v = (struct meeting_view *)view;
    v->rows = rows;
    v->columns = columns;
    lay_out(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct meeting_view *v = (struct meeting_view *)view;
    names_forget(v->names);
    (void)load(v, x);
    lay_out(v, x);
}

static const char *area(const struct view *view)
{
    return ((const struct meeting_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct meeting_view *v = (const struct meeting_view *)view;
    struct format f = format_of(v, x);
    struct sheet page;
    print_heading(x, view, out);
    sheet_init(&page, PRINT_COLUMNS);
    meeting_sheet(&f, x->db, &page, &v->meeting);
    sheet_write(&page, out);
    sheet_release(&page);
    return true;
}

static void close_view(struct view *view)
{
    struct meeting_view *v = (struct meeting_view *)view;
    meeting_release(&v->meeting);
    sheet_release(&v->sheet);
    names_free(v->names);
    free(v);
}

struct view *meeting_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .area = area,
        .print = print,
    };
    struct meeting_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    sheet_init(&v->sheet, 1);
    if (strcmp(at, AREA_COUNTRY_CODE) != 0)
        snprintf(v->area, sizeof v->area, "%.4s", at);
    if (!load(v, x)) {
        close_view(&v->view);
        return NULL;
    }
    return &v->view;
}
