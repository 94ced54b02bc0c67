/* A pathway in words: each step with who is to be asked and why, the list of them, the card. Knows
 * no keys and no terminal. */
#include <stdio.h>
#include <string.h>

#include "db/record.h"
#include "tui/alert_words.h"
#include "tui/change.h"
#include "tui/way.h"

enum { INDENT = 4, HOUR = 60 * 60, CLOCK_HOURS = 72, ALL_TIERS = 7, TIERS = 3 };

static const char *say(const struct format *f, enum message id)
{
    return message_get(f->lang, id);
}

enum message way_level(enum guide_level level)
{
    static const enum message words[] = {
        [GUIDE_NEAREST] = MSG_WAY_LEVEL_NEAREST,   [GUIDE_COMMUNE] = MSG_WAY_LEVEL_COMMUNE,
        [GUIDE_DISTRICT] = MSG_WAY_LEVEL_DISTRICT, [GUIDE_PROVINCE] = MSG_WAY_LEVEL_PROVINCE,
        [GUIDE_NATION] = MSG_WAY_LEVEL_NATION,
    };
    return words[level];
}

static enum message urgency_words(enum guide_urgency urgency, bool brief)
{
    static const enum message words[][2] = {
        [GUIDE_NOW] = {MSG_WAY_NOW, MSG_WAY_NOW_BRIEF},
        [GUIDE_HOURS_72] = {MSG_WAY_HOURS72, MSG_WAY_HOURS72_BRIEF},
        [GUIDE_DAYS] = {MSG_WAY_DAYS, MSG_WAY_DAYS_BRIEF},
        [GUIDE_LATER] = {MSG_WAY_LATER, MSG_WAY_LATER},
    };
    return words[urgency][brief];
}

int64_t way_deadline(const struct way *w, const struct guide_rule *rule)
{
    return w->query.happened && rule->urgency == GUIDE_HOURS_72
               ? w->query.happened + CLOCK_HOURS * HOUR
               : 0;
}

/* Whole hours up to the deadline, the begun one too; 0: over. */
static int64_t hours_left(const struct way *w, int64_t deadline)
{
    int64_t left = deadline - w->query.child.now;
    return left > 0 ? (left + HOUR - 1) / HOUR : 0;
}

void way_add_when(const struct format *f, struct text *out, const struct way *w,
                  const struct guide_rule *rule, bool brief)
{
    int64_t deadline = way_deadline(w, rule), left = deadline ? hours_left(w, deadline) : 0;
    char hours[24];
    snprintf(hours, sizeof hours, "%lld", (long long)left);
    if (!deadline || !brief)
        text_adds(out, say(f, urgency_words(rule->urgency, brief)));
    if (deadline && !brief)
        text_adds(out, NAMES_DOT);
    if (deadline && left)
        message_format(out, f->lang, MSG_WAY_LEFT_BRIEF, "hours", hours, (char *)NULL);
    else if (deadline)
        text_adds(out, say(f, MSG_WAY_OVER_BRIEF));
}

void way_add_tiers(const struct format *f, struct text *out, const struct guide_rule *rule)
{
    struct text tiers = TEXT_INIT;
    if (rule->tiers != ALL_TIERS) {
        for (int tier = 1; tier <= TIERS; tier++)
            if (rule->tiers >> (tier - 1) & 1)
                text_addf(&tiers, "%s%d", tiers.len ? ", " : "", tier);
        message_format(out, f->lang, MSG_WAY_TIERS, "tiers", tiers.bytes, (char *)NULL);
    }
    text_release(&tiers);
}

void way_add_clock(const struct format *f, struct text *out, const struct way *w)
{
    struct text until = TEXT_INIT;
    char hours[24];
    for (size_t i = 0; i < w->pathway.count; i++) {
        const struct guide_rule *rule = w->pathway.steps[i].rule;
        int64_t deadline = way_deadline(w, rule);
        if (rule->urgency != GUIDE_HOURS_72)
            continue;
        snprintf(hours, sizeof hours, "%lld", (long long)hours_left(w, deadline));
        change_time(&until, deadline * 1000);
        message_format(out, f->lang,
                       !deadline                 ? MSG_WAY_CLOCK
                       : hours_left(w, deadline) ? MSG_WAY_CLOCK_UNTIL
                                                 : MSG_WAY_CLOCK_OVER,
                       "time", until.bytes, "hours", hours, (char *)NULL);
        break;
    }
    text_release(&until);
}

const char *way_urgency_name(enum guide_urgency urgency)
{
    static const char *const names[] = {"now", "hours72", "days", "later"};
    return names[urgency];
}

const char *way_level_name(enum guide_level level)
{
    static const char *const names[] = {"nearest", "commune", "district", "province", "nation"};
    return names[level];
}

const char *way_why_name(enum pathway_why why)
{
    static const char *const names[] = {"level", "nearest", "wider", "commune", "gap"};
    return names[why];
}

const char *way_open_name(enum open_state state)
{
    static const char *const names[] = {
        [OPEN_UNKNOWN] = NULL,
        [OPEN_NOW] = "open",
        [CLOSED_NOW] = "closed",
        [OPEN_ALL_DAY] = "all_day",
    };
    return names[state];
}

void way_add_open(const struct format *f, struct text *out, enum open_state state)
{
    if (state != OPEN_UNKNOWN)
        text_adds(out, say(f, state == OPEN_NOW     ? MSG_DETAIL_OPEN_NOW
                              : state == CLOSED_NOW ? MSG_DETAIL_CLOSED_NOW
                                                    : MSG_DETAIL_OPEN_ALL_DAY));
}

void way_add_why(const struct format *f, struct text *out, const struct pathway_step *step)
{
    static const enum message words[] = {
        [PATH_LEVEL] = MSG_WAY_WHY_LEVEL, [PATH_NEAREST] = MSG_WAY_WHY_NEAREST,
        [PATH_WIDER] = MSG_WAY_WHY_WIDER, [PATH_COMMUNE] = MSG_WAY_WHY_COMMUNE,
        [PATH_GAP] = MSG_WAY_WHY_GAP,
    };
    struct text area = TEXT_INIT;
    bool nation = step->why == PATH_LEVEL && !*step->area;
    names_area(f->names, &area, f->lang, step->area);
    message_format(out, f->lang, nation ? MSG_WAY_WHY_NATION : words[step->why], "area", area.bytes,
                   "kind", names_term(f->names, f->lang, step->kind), (char *)NULL);
    text_release(&area);
}

static void add_part(struct text *out, size_t start, const char *part)
{
    if (*part)
        text_addf(out, "%s%s", out->len > start ? NAMES_DOT : "", part);
}

void way_add_contact(const struct format *f, struct text *out, const struct way *w, size_t step)
{
    const struct hit *service = w->pathway.steps[step].service;
    struct text parts[3] = {TEXT_INIT, TEXT_INIT, TEXT_INIT};
    size_t start = out->len;
    if (!service)
        return;
    format_hit_phone(&parts[0], service);
    way_add_open(f, &parts[1], w->open[step]);
    format_hit_marks(f, &parts[2], service);
    for (size_t i = 0; i < 3; i++) {
        add_part(out, start, parts[i].bytes);
        text_release(&parts[i]);
    }
}

/* "14 years old · girl · open now" */
static void add_asked(const struct format *f, struct text *out, const struct pathway_child *child)
{
    size_t start = out->len;
    char years[16];
    struct text part = TEXT_INIT;
    if (child->age >= 0) {
        snprintf(years, sizeof years, "%d", child->age);
        message_format(&part, f->lang, MSG_FILTER_AGE, "age", years, (char *)NULL);
        add_part(out, start, part.bytes);
    }
    if (child->sex != CHILD_ANY)
        add_part(out, start, say(f, child->sex == CHILD_GIRL ? MSG_WAY_GIRL : MSG_WAY_BOY));
    if (child->disability)
        add_part(out, start, say(f, MSG_FILTER_DISABILITY));
    if (child->open_now)
        add_part(out, start, say(f, MSG_FILTER_OPEN_NOW));
    if (child->all_day)
        add_part(out, start, say(f, MSG_FILTER_ALL_DAY));
    text_release(&part);
}

void way_add_child(const struct format *f, struct text *out, const struct way_query *q)
{
    size_t start = out->len;
    char number[16];
    struct text tier = TEXT_INIT;
    add_asked(f, out, &q->child);
    if (q->tier) {
        snprintf(number, sizeof number, "%d", q->tier);
        message_format(&tier, f->lang, MSG_FILTER_TIER, "tier", number, (char *)NULL);
        add_part(out, start, tier.bytes);
    }
    text_release(&tier);
}

void way_add_reason(struct text *out, enum lang lang, const struct guide_fault *fault)
{
    static const enum message words[] = {
        [GUIDE_UNREADABLE] = MSG_WAY_RULES_UNREADABLE, [GUIDE_BIG] = MSG_WAY_RULES_BIG,
        [GUIDE_BYTES] = MSG_WAY_RULES_BYTES,           [GUIDE_HEADING] = MSG_WAY_RULES_HEADING,
        [GUIDE_CELLS] = MSG_WAY_RULES_CELLS,           [GUIDE_EMPTY] = MSG_WAY_RULES_EMPTY,
        [GUIDE_UNKNOWN] = MSG_WAY_RULES_UNKNOWN,       [GUIDE_TWICE] = MSG_WAY_RULES_TWICE,
        [GUIDE_CYCLE] = MSG_WAY_RULES_CYCLE,           [GUIDE_NO_STEPS] = MSG_WAY_RULES_NO_STEPS,
    };
    message_format(out, lang, words[fault->wrong], "what", fault->what, (char *)NULL);
}

void way_add_fault(struct text *out, enum lang lang, const struct guide_fault *fault)
{
    struct text why = TEXT_INIT;
    char line[24];
    snprintf(line, sizeof line, "%zu", fault->line);
    way_add_reason(&why, lang, fault);
    message_format(out, lang, fault->line ? MSG_WAY_RULES_AT : MSG_WAY_RULES, "file", fault->file,
                   "line", line, "why", why.bytes, (char *)NULL);
    text_release(&why);
}

/* --- the list
 * ---------------------------------------------------------------------------------------- */

static void add_line(struct sheet *s, int indent, enum style style, struct text *line)
{
    sheet_text(s, indent, style, line->bytes);
    text_clear(line);
}

static void add_head(const struct format *f, struct sheet *s, const struct way *w)
{
    struct text line = TEXT_INIT;
    names_path(f->names, &line, f->lang, w->pathway.area);
    sheet_text(s, 0, STYLE_TITLE, names_need(f->names, f->lang, w->pathway.need));
    add_line(s, 0, STYLE_NORMAL, &line);
    way_add_child(f, &line, &w->query);
    add_line(s, 0, STYLE_NORMAL, &line);
    way_add_clock(f, &line, w);
    add_line(s, 0, STYLE_WARNING, &line);
    text_release(&line);
}

/* "A (012 345 678), B": services that could be asked instead. */
static void add_others(const struct format *f, struct text *out, const struct pathway_step *step)
{
    for (size_t i = 0; i < step->other_count; i++) {
        struct text phone = TEXT_INIT;
        text_adds(out, i ? "; " : " ");
        format_hit_name(f, out, step->others[i]);
        format_hit_phone(&phone, step->others[i]);
        if (phone.len)
            text_addf(out, " (%s)", phone.bytes);
        text_release(&phone);
    }
}

/* A nearer service that does not take this child. */
static void add_unsuitable(const struct format *f, struct sheet *s, const struct way *w,
                           const struct hit *service)
{
    struct text name = TEXT_INIT, line = TEXT_INIT, child = TEXT_INIT;
    if (service) {
        format_hit_name(f, &name, service);
        add_asked(f, &child, &w->query.child);
        message_format(&line, f->lang, MSG_WAY_UNSUITABLE, "name", name.bytes, "child", child.bytes,
                       (char *)NULL);
        add_line(s, INDENT + 2, STYLE_WARNING, &line);
    }
    text_release(&name);
    text_release(&line);
    text_release(&child);
}

void way_add_suspended(const struct format *f, struct text *out, const struct way *w, size_t at)
{
    const struct alert *by = way_suspended_by(w, at);
    struct text name = TEXT_INIT, alert = TEXT_INIT;
    format_hit_name(f, &name, w->pathway.steps[at].suspended);
    if (by)
        alert_add_name(f, &alert, by);
    message_format(out, f->lang, by ? MSG_WAY_SUSPENDED_BY : MSG_WAY_SUSPENDED, "name", name.bytes,
                   "alert", alert.bytes, (char *)NULL);
    text_release(&name);
    text_release(&alert);
}

static void add_service(const struct format *f, struct sheet *s, const struct way *w, size_t at)
{
    const struct pathway_step *step = &w->pathway.steps[at];
    struct text line = TEXT_INIT;
    bool missing = !step->service, doubtful = step->service && step->service->unconfirmed;
    if (step->service) {
        text_adds(&line, "\xE2\x86\x92 ");
        format_hit_name(f, &line, step->service);
        add_line(s, INDENT, STYLE_STRONG, &line);
        way_add_contact(f, &line, w, at);
        add_line(s, INDENT + 2,
                 doubtful || step->service->needs_contact ? STYLE_WARNING : STYLE_STRONG, &line);
    }
    if (missing)
        text_adds(&line, step->why == PATH_GAP ? "! " : "? ");
    way_add_why(f, &line, step);
    add_line(s, missing ? INDENT : INDENT + 2, missing ? STYLE_WARNING : STYLE_DIM, &line);
    if (step->suspended) {
        way_add_suspended(f, &line, w, at);
        add_line(s, INDENT + 2, STYLE_WARNING, &line);
    }
    add_unsuitable(f, s, w, step->unsuitable);
    if (step->other_count > 0) {
        text_adds(&line, say(f, MSG_WAY_OTHERS));
        add_others(f, &line, step);
        add_line(s, INDENT + 2, STYLE_NORMAL, &line);
    }
    text_release(&line);
}

bool way_follows(const struct pathway_step *step, size_t before)
{
    for (size_t i = 0; i < step->after_count; i++)
        if (step->after[i] == before)
            return true;
    return false;
}

static void add_step(const struct format *f, struct sheet *s, const struct way *w, size_t at)
{
    const struct pathway_step *step = &w->pathway.steps[at];
    const struct guide_rule *rule = step->rule;
    struct text line = TEXT_INIT, after = TEXT_INIT, tiers = TEXT_INIT;
    text_addf(&line, "%zu. %s", at + 1, rule->step->title[f->lang]);
    add_line(s, 0, STYLE_TITLE, &line);
    way_add_when(f, &line, w, rule, false);
    text_addf(&line, NAMES_DOT "%s", say(f, way_level(rule->level)));
    way_add_tiers(f, &tiers, rule);
    if (tiers.len)
        text_addf(&line, NAMES_DOT "%s", tiers.bytes);
    for (size_t before = 0; before < at; before++)
        if (way_follows(step, before))
            text_addf(&after, "%s%zu", after.len ? ", " : "", before + 1);
    if (after.len) {
        text_adds(&line, NAMES_DOT);
        message_format(&line, f->lang, MSG_WAY_AFTER, "steps", after.bytes, (char *)NULL);
    }
    add_line(s, INDENT, rule->urgency <= GUIDE_HOURS_72 ? STYLE_WARNING : STYLE_NORMAL, &line);
    sheet_text(s, INDENT, STYLE_NORMAL, rule->step->text[f->lang]);
    add_service(f, s, w, at);
    text_release(&line);
    text_release(&after);
    text_release(&tiers);
}

static void add_advice(const struct format *f, struct sheet *s, const struct way *w)
{
    static const enum message labels[GUIDE_TOPICS] = {
        [GUIDE_SAY] = MSG_WAY_SAY,         [GUIDE_BRING] = MSG_WAY_BRING,
        [GUIDE_CONSENT] = MSG_WAY_CONSENT, [GUIDE_REPORT] = MSG_WAY_REPORT,
        [GUIDE_SECRET] = MSG_WAY_SECRET,
    };
    for (int topic = 0; topic < GUIDE_TOPICS; topic++) {
        const struct guide_advice *advice =
            guide_advice(&w->guide, w->pathway.need, (enum guide_topic)topic);
        sheet_gap(s);
        sheet_text(s, 0, STYLE_TITLE, say(f, labels[topic]));
        sheet_text(s, INDENT, STYLE_NORMAL, advice->text[f->lang]);
    }
}

void way_list(const struct format *f, struct sheet *s, const struct way *w, size_t *rows)
{
    add_head(f, s, w);
    for (size_t i = 0; i < w->pathway.count; i++) {
        sheet_gap(s);
        if (rows)
            rows[i] = s->count;
        add_step(f, s, w, i);
    }
    add_advice(f, s, w);
    sheet_gap(s);
    sheet_text(s, 0, STYLE_DIM, say(f, MSG_WAY_OURS));
}

void way_card(const struct format *f, struct text *out, const struct way *w)
{
    text_addf(out, "%s\n", names_need(f->names, f->lang, w->pathway.need));
    names_path(f->names, out, f->lang, w->pathway.area);
    text_addc(out, '\n');
    for (size_t i = 0; i < w->pathway.count; i++) {
        const struct pathway_step *step = &w->pathway.steps[i];
        text_addf(out, "%zu. %s (%s)\n", i + 1, step->rule->step->title[f->lang],
                  say(f, urgency_words(step->rule->urgency, true)));
        text_adds(out, "   ");
        if (step->service) {
            format_hit_name(f, out, step->service);
            text_adds(out, NAMES_DOT);
            way_add_contact(f, out, w, i);
        } else {
            way_add_why(f, out, step);
        }
        text_addc(out, '\n');
    }
    const struct guide_advice *secret = guide_advice(&w->guide, w->pathway.need, GUIDE_SECRET);
    text_addf(out, "%s\n", secret->text[f->lang]);
}
