/* The words of a meeting pack, section by section; see meeting.h. */
#include <stdio.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/change.h"
#include "tui/group_page.h"
#include "tui/meeting.h"
#include "tui/why.h"

enum {
    INDENT = 2,
    SHOWN = 25, /* entries of a list; of more the number is told */
    STEPS = 6,  /* empty rows of next steps */
};

struct page {
    const struct format *f;
    struct db *db;
    struct sheet *s;
    const struct meeting *m;
    int section;
};

static const char *say(const struct page *p, enum message id)
{
    return message_get(p->f->lang, id);
}

static void add(const struct page *p, int indent, const char *text)
{
    sheet_text(p->s, indent, STYLE_NORMAL, text);
}

/* "3. What changed (12)"; count < 0: without. */
static void begin(struct page *p, enum message title, int64_t count)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%d. %s", ++p->section, say(p, title));
    if (count >= 0)
        text_addf(&line, " (%lld)", (long long)count);
    sheet_gap(p->s);
    sheet_text(p->s, 0, STYLE_TITLE, line.bytes);
    text_release(&line);
}

static void add_more(const struct page *p, size_t all, size_t shown, enum message words)
{
    char count[24];
    struct text line = TEXT_INIT;
    if (all <= shown)
        return;
    snprintf(count, sizeof count, "%zu", all - shown);
    message_format(&line, p->f->lang, words, "count", count, (char *)NULL);
    add(p, INDENT, line.bytes);
    text_release(&line);
}

static void add_nothing(const struct page *p, bool nothing)
{
    if (nothing)
        add(p, INDENT, say(p, MSG_MEETING_NOTHING));
}

/* --- what it is ------------------------------------------------------------------------------- */

static void add_head(const struct page *p)
{
    struct text line = TEXT_INIT, day = TEXT_INIT;
    const struct working_group *g = meeting_group(p->m);
    text_addf(&line, "%s" NAMES_DOT, say(p, MSG_COMMAND_MEETING));
    names_path(p->f->names, &line, p->f->lang, p->m->area);
    sheet_text(p->s, 0, STYLE_TITLE, line.bytes);
    text_clear(&line);
    format_day(&day, p->m->since);
    message_format(&line, p->f->lang,
                   p->m->since_meeting ? MSG_MEETING_SINCE_LAST : MSG_MEETING_SINCE, "day",
                   day.bytes, (char *)NULL);
    add(p, 0, line.bytes);
    text_clear(&line);
    if (g)
        group_add_next(p->f, &line, g);
    if (g && g->long_ago) {
        text_adds(&line, NAMES_DOT);
        group_add_last(p->f, &line, g);
    }
    sheet_text(p->s, 0, g && g->state == GROUP_LATER ? STYLE_NORMAL : STYLE_WARNING, line.bytes);
    text_release(&line);
    text_release(&day);
}

static void add_members(struct page *p)
{
    const struct working_group *g = meeting_group(p->m);
    struct text line = TEXT_INIT;
    begin(p, MSG_MEETING_MEMBERS, g ? (int64_t)g->member_count : 0);
    for (size_t i = 0; g && i < g->member_count; i++) {
        text_clear(&line);
        text_adds(&line, "[ ] ");
        group_add_member(p->f, &line, &g->members[i]);
        add(p, INDENT, line.bytes);
    }
    if (!g || !g->member_count)
        sheet_text(p->s, INDENT, STYLE_WARNING, say(p, g ? MSG_GROUP_NO_MEMBERS : MSG_GROUP_NONE));
    text_release(&line);
}

/* Committees of the districts: when they meet. */
static void add_districts(struct page *p)
{
    struct text line = TEXT_INIT;
    const struct working_group *own = meeting_group(p->m);
    size_t others = p->m->groups.count - (own ? 1 : 0), shown = 0;
    if (!others)
        return;
    begin(p, MSG_MEETING_DISTRICTS, (int64_t)others);
    for (size_t i = 0; i < p->m->groups.count && shown < SHOWN; i++) {
        const struct working_group *g = &p->m->groups.rows[i];
        if (g == own)
            continue;
        text_clear(&line);
        names_area(p->f->names, &line, p->f->lang, g->area);
        text_adds(&line, ": ");
        group_add_next(p->f, &line, g);
        add(p, INDENT, line.bytes);
        shown++;
    }
    add_more(p, others, shown, MSG_MEETING_MORE);
    text_release(&line);
}

static void add_agenda(struct page *p)
{
    static const enum message lines[] = {
        MSG_MEETING_AGENDA_MINUTES, MSG_MEETING_CHANGES, MSG_MEETING_DUE,    MSG_MEETING_MISSING,
        MSG_MEETING_GAPS,           MSG_MEETING_WAITING, MSG_MEETING_ALERTS, MSG_MEETING_STEPS};
    begin(p, MSG_MEETING_AGENDA, -1);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct text line = TEXT_INIT;
        text_addf(&line, "[ ] %s", say(p, lines[i]));
        add(p, INDENT, line.bytes);
        text_release(&line);
    }
    add(p, INDENT, "[ ] ________________________________________");
}

/* --- what changed ----------------------------------------------------------------------------- */

enum message meeting_what(enum area_change_what what)
{
    static const enum message words[AREA_WHAT_COUNT] = {
        [AREA_NEW] = MSG_MEETING_NEW,
        [AREA_CLOSED] = MSG_MEETING_CLOSED,
        [AREA_SUSPENDED] = MSG_MEETING_SUSPENDED,
        [AREA_REOPENED] = MSG_MEETING_REOPENED,
        [AREA_CHANGED] = MSG_MEETING_CHANGED,
        [AREA_CONFIRMED] = MSG_MEETING_CONFIRMED,
        [AREA_NOT_REACHED] = MSG_MEETING_NOT_REACHED,
    };
    return words[what];
}

void meeting_add_fields(struct text *out, enum lang lang, const struct area_change *c)
{
    size_t start = out->len;
    for (size_t i = 0; i < c->field_count; i++) {
        text_adds(out, out->len > start ? ", " : "");
        change_label(out, lang, c->kind, c->fields[i].kind, c->fields[i].op, c->fields[i].field);
    }
}

static void add_change(const struct page *p, const struct area_change *c)
{
    struct text line = TEXT_INIT;
    change_time(&line, c->time_ms);
    if (*c->actor)
        text_addf(&line, NAMES_DOT "%s", c->actor);
    text_adds(&line, NAMES_DOT);
    format_name(p->f, &line, c->name_km, c->name_en);
    add(p, INDENT, line.bytes);
    text_clear(&line);
    if (c->what == AREA_CHANGED)
        meeting_add_fields(&line, p->f->lang, c);
    add(p, 2 * INDENT, line.bytes);
    text_release(&line);
}

/* The rows of one sort; of those that were only asked the number alone. */
static size_t add_sort(const struct page *p, size_t first)
{
    const struct area_change *rows = p->m->changes.rows;
    size_t end = first;
    char count[24];
    struct text line = TEXT_INIT;
    while (end < p->m->changes.count && rows[end].what == rows[first].what)
        end++;
    snprintf(count, sizeof count, "%zu", end - first);
    text_addf(&line, "%s: %s", say(p, meeting_what(rows[first].what)), count);
    sheet_text(p->s, INDENT, STYLE_STRONG, line.bytes);
    for (size_t i = first; i < end && i < first + SHOWN && rows[i].what < AREA_CONFIRMED; i++)
        add_change(p, &rows[i]);
    if (rows[first].what < AREA_CONFIRMED)
        add_more(p, end - first, SHOWN, MSG_MEETING_MORE);
    text_release(&line);
    return end;
}

static void add_changes(struct page *p)
{
    begin(p, MSG_MEETING_CHANGES, (int64_t)p->m->changes.count);
    for (size_t i = 0; i < p->m->changes.count;)
        i = add_sort(p, i);
    add_nothing(p, !p->m->changes.count);
}

/* --- what is to be done ----------------------------------------------------------------------- */

static void add_due(struct page *p)
{
    struct text line = TEXT_INIT;
    begin(p, MSG_MEETING_DUE, (int64_t)p->m->due.count);
    for (size_t i = 0; i < p->m->due.count && i < SHOWN; i++) {
        const struct due_row *row = &p->m->due.rows[i];
        text_clear(&line);
        format_name(p->f, &line, row->name_km, row->name_en);
        text_adds(&line, NAMES_DOT);
        why_due_row(&line, p->f->lang, row);
        add(p, INDENT, line.bytes);
    }
    add_more(p, p->m->due.count, SHOWN, MSG_MEETING_MORE_DUE);
    add_nothing(p, !p->m->due.count);
    text_release(&line);
}

/* Where a kind is missing: the area itself, and in which of its parts. */
struct missing_kind {
    const struct page *p;
    size_t kind;
    struct text areas;
    size_t count;
};

static void note_missing(void *context, const char *area, size_t kind)
{
    struct missing_kind *m = context;
    if (kind != m->kind)
        return;
    text_adds(&m->areas, m->count++ ? ", " : "");
    names_area(m->p->f->names, &m->areas, m->p->f->lang, area);
}

static void add_missing(struct page *p)
{
    struct coverage_total total = coverage_total(&p->m->coverage, p->m->area, true);
    begin(p, MSG_MEETING_MISSING, total.states[COVERAGE_MISSING]);
    for (size_t k = 0; k < p->m->coverage.kind_count; k++) {
        struct missing_kind m = {.p = p, .kind = k, .areas = TEXT_INIT};
        const char *code = p->m->coverage.kinds[k];
        struct text line = TEXT_INIT;
        meeting_each_missing(p->m, note_missing, &m);
        text_addf(&line, "%s %s (%zu)", code, names_term(p->f->names, p->f->lang, code), m.count);
        if (m.count) {
            add(p, INDENT, line.bytes);
            add(p, 2 * INDENT, m.areas.bytes);
        }
        text_release(&line);
        text_release(&m.areas);
    }
    add_nothing(p, !total.states[COVERAGE_MISSING]);
}

static void add_gaps(struct page *p)
{
    struct text line = TEXT_INIT;
    begin(p, MSG_MEETING_GAPS, (int64_t)p->m->gaps.count);
    for (size_t i = 0; i < p->m->gaps.count && i < SHOWN; i++) {
        const struct gap *gap = &p->m->gaps.rows[i];
        text_clear(&line);
        format_day(&line, gap->day);
        text_addf(&line, NAMES_DOT "%s" NAMES_DOT "%s" NAMES_DOT,
                  names_need(p->f->names, p->f->lang, gap->need),
                  names_term(p->f->names, p->f->lang, gap->kind));
        names_area(p->f->names, &line, p->f->lang, gap->area);
        add(p, INDENT, line.bytes);
        text_clear(&line);
        format_name(p->f, &line, gap->name_km, gap->name_en);
        add(p, 2 * INDENT, line.bytes);
    }
    add_more(p, p->m->gaps.count, SHOWN, MSG_MEETING_MORE);
    add_nothing(p, !p->m->gaps.count);
    text_release(&line);
}

static void add_proposals(struct page *p)
{
    struct text line = TEXT_INIT;
    begin(p, MSG_MEETING_WAITING, (int64_t)p->m->proposals.count);
    for (size_t i = 0; i < p->m->proposals.count && i < SHOWN; i++) {
        const struct proposal *row = &p->m->proposals.rows[i];
        text_clear(&line);
        change_time(&line, row->time_ms);
        text_addf(&line, NAMES_DOT "%s" NAMES_DOT, row->actor);
        names_area(p->f->names, &line, p->f->lang, row->area);
        if (*row->reason)
            text_addf(&line, NAMES_DOT "%s", row->reason);
        add(p, INDENT, line.bytes);
    }
    add_more(p, p->m->proposals.count, SHOWN, MSG_MEETING_MORE);
    add_nothing(p, !p->m->proposals.count);
    text_release(&line);
}

static void add_emergencies(struct page *p)
{
    struct text line = TEXT_INIT;
    begin(p, MSG_MEETING_ALERTS, (int64_t)p->m->alerts.count);
    for (size_t i = 0; i < p->m->alerts.count; i++) {
        text_clear(&line);
        alert_add_line(p->f, &line, &p->m->alerts.rows[i]);
        sheet_text(p->s, INDENT, STYLE_WARNING, line.bytes);
    }
    add_nothing(p, !p->m->alerts.count);
    text_release(&line);
}

/* --- by hand ---------------------------------------------------------------------------------- */

static void add_blank(struct text *line, int columns)
{
    for (int i = 0; i < columns; i++)
        text_addc(line, '_');
}

/* A label and a line to write on, up to the column. */
static void add_label(const struct page *p, struct text *line, enum message label, int columns)
{
    text_addf(line, "%s ", say(p, label));
    int used = names_measure(p->f->names, say(p, label)) + 1;
    add_blank(line, columns > used + 4 ? columns - used : 4);
}

static void add_steps(struct page *p)
{
    int columns = p->s->columns - INDENT;
    begin(p, MSG_MEETING_STEPS, -1);
    for (int i = 0; i < STEPS; i++) {
        struct text line = TEXT_INIT;
        text_addf(&line, "%d. ", i + 1);
        add_label(p, &line, MSG_MEETING_STEP, columns - 4);
        add(p, INDENT, line.bytes);
        text_clear(&line);
        add_label(p, &line, MSG_MEETING_WHO, (columns - 4) / 2 - 1);
        text_addc(&line, ' ');
        add_label(p, &line, MSG_MEETING_UNTIL, (columns - 4) / 2);
        add(p, INDENT + 3, line.bytes);
        text_release(&line);
    }
    struct text line = TEXT_INIT;
    add_label(p, &line, MSG_MEETING_NEXT, columns / 2);
    sheet_gap(p->s);
    add(p, INDENT, line.bytes);
    text_release(&line);
}

void meeting_sheet(const struct format *f, struct db *db, struct sheet *s, const struct meeting *m)
{
    struct page p = {f, db, s, m, 0};
    add_head(&p);
    add_members(&p);
    add_agenda(&p);
    add_districts(&p);
    add_changes(&p);
    add_due(&p);
    add_missing(&p);
    add_gaps(&p);
    add_proposals(&p);
    add_emergencies(&p);
    add_steps(&p);
}
