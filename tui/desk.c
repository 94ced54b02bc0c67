/* The commands on an entry and the work lists; see desk.h. Draws nothing. */
#include "tui/desk.h"

#include <stdio.h>
#include <string.h>

#include "db/backup.h"
#include "tui/alert_bar.h"
#include "tui/alert_words.h"
#include "tui/alerts.h"
#include "tui/app.h"
#include "tui/as_of.h"
#include "tui/coverage.h"
#include "tui/due.h"
#include "tui/duplicates.h"
#include "tui/emergency.h"
#include "tui/form.h"
#include "tui/format.h"
#include "tui/groups.h"
#include "tui/history.h"
#include "tui/identify.h"
#include "tui/meeting.h"
#include "tui/names.h"
#include "tui/plan.h"
#include "tui/print.h"
#include "tui/review.h"
#include "tui/training.h"
#include "tui/undo.h"
#include "tui/verify.h"
#include "tui/way_view.h"
#include "tui/who.h"

static void say(const struct context *x, enum style style, enum message words)
{
    app_say(x->app, style, message_get(x->lang, words));
}

bool desk_may_write(const struct context *x, enum command then)
{
    const struct person *person = app_person(x->app);
    if (app_is_past(x->app)) {
        say(x, STYLE_WARNING, MSG_WRITE_PAST);
        return false;
    }
    if (app_is_read_only(x->app)) {
        say(x, STYLE_WARNING, MSG_WRITE_READ_ONLY);
        return false;
    }
    if (!*person->name) {
        app_push(x->app, identify_new(x, then));
        return false;
    }
    if (person->role == VALUE_ROLE_EDITOR || person->role == VALUE_ROLE_APPROVER)
        return true;
    say(x, STYLE_WARNING,
        person->role == VALUE_ROLE_TRAINER ? MSG_WRITE_TRAINER : MSG_WRITE_VIEWER);
    return false;
}

void desk_say_failed(const struct context *x, enum status status)
{
    static const enum message words[STATUS_COUNT] = {
        [STATUS_CONFLICT] = MSG_WRITE_CONFLICT,  [STATUS_NOT_FOUND] = MSG_DETAIL_GONE,
        [STATUS_READONLY] = MSG_WRITE_READ_ONLY, [STATUS_FORBIDDEN] = MSG_PROBLEM_FORBIDDEN,
        [STATUS_FULL] = MSG_WRITE_FULL,          [STATUS_BUSY] = MSG_WRITE_BUSY,
    };
    /* No message has the number 0 here: what is not listed failed for a technical reason. */
    say(x, STYLE_ERROR, words[status] ? words[status] : MSG_WRITE_FAILED);
}

bool desk_save(const struct context *x, const struct change *changes, size_t count,
               struct save_result *ret_result, enum status *ret_status)
{
    struct op_refusal refusal;
    enum status status =
        person_save(x->db, app_person(x->app), changes, count, &refusal, ret_result);
    if (ret_status)
        *ret_status = status;
    if (status == STATUS_OK)
        app_reload(x->app);
    else
        desk_say_failed(x, status);
    return status == STATUS_OK;
}

static void say_area(const struct context *x, enum message words, const char *code)
{
    struct text area = TEXT_INIT, line = TEXT_INIT;
    struct names *names = names_new(x->db, &x->lettering);
    names_area(names, &area, x->lang, code);
    message_format(&line, x->lang, words, "area", area.bytes, NULL);
    app_say(x->app, STYLE_WARNING, line.bytes);
    names_free(names);
    text_release(&area);
    text_release(&line);
}

void desk_say_done(const struct context *x, const char *words)
{
    const char *detail;
    struct text line = TEXT_INIT;
    if (backup_trouble(x->db, &detail) == STATUS_OK) {
        app_say(x->app, STYLE_NORMAL, words);
        return;
    }
    message_format(&line, x->lang, MSG_BACKUP_DAILY_FAILED, "detail", detail, NULL);
    app_say(x->app, STYLE_WARNING, line.bytes);
    text_release(&line);
}

void desk_say_saved(const struct context *x, const struct save_result *result, const char *words)
{
    if (result->outcome == SAVE_WRITTEN)
        desk_say_done(x, words);
    else
        say_area(x, MSG_WRITE_PROPOSED, result->area);
}

void desk_say_outside(const struct context *x, const char *area)
{
    say_area(x, MSG_WRITE_OUTSIDE, area);
}

static void say_verified(const struct context *x, const struct uuid *service, int result,
                         const struct save_result *saved)
{
    struct text line = TEXT_INIT;
    enum message label;
    int times = 0;
    if (result == VALUE_RESULT_NOT_REACHED && op_not_reached(x->db, service, &times) == STATUS_OK &&
        times >= NOT_REACHED_ALERT) {
        char count[16];
        snprintf(count, sizeof count, "%d", times);
        message_format(&line, x->lang, MSG_VERIFY_SAVED_ALERT, "count", count, NULL);
    } else if (enum_label("RESULT", result, &label)) {
        message_format(&line, x->lang, MSG_VERIFY_SAVED, "result", message_get(x->lang, label),
                       NULL);
    }
    desk_say_saved(x, saved, line.bytes);
    text_release(&line);
}

bool desk_verify(const struct context *x, const struct uuid *service,
                 const struct verdict_words *found)
{
    size_t len = strlen(found->note);
    const struct field_value fields[] = {
        {VERIFY_METHOD, {.type = VALUE_INT, .integer = found->method}},
        {VERIFY_RESULT, {.type = VALUE_INT, .integer = found->result}},
        {VERIFY_NOTE, {.type = VALUE_TEXT, .text = {found->note, len}}},
    };
    bool closed = found->result == VALUE_RESULT_CLOSED;
    const struct change changes[] = {
        {.kind = OP_VERIFY,
         .record_kind = RECORD_SERVICE,
         .record = *service,
         .fields = fields,
         .field_count = len > 0 && !closed ? 3 : 2,
         .area = "",
         .actor = "",
         .reason = closed ? found->note : ""},
        {.kind = OP_CLOSE,
         .record_kind = RECORD_SERVICE,
         .record = *service,
         .area = "",
         .actor = "",
         .reason = found->note},
    };
    struct save_result saved;
    if (!desk_save(x, changes, closed ? 2 : 1, &saved, NULL))
        return false;
    say_verified(x, service, found->result, &saved);
    return true;
}

void desk_open(const struct context *x, const struct uuid *service)
{
    struct view *v = detail_new(x, service);
    if (v)
        app_push(x->app, v);
    else
        say(x, STYLE_WARNING, MSG_DETAIL_GONE);
}

void desk_edit(const struct context *x, const struct uuid *service,
               const struct verdict_words *found)
{
    struct view *form = form_open_found(x, service, found);
    if (form)
        app_push(x->app, form);
    else
        say(x, STYLE_WARNING, MSG_DETAIL_GONE);
}

static const char *area_of(const struct view *at)
{
    return at->ops->area ? at->ops->area(at) : "";
}

static void verify(const struct context *x, const struct uuid *service)
{
    struct view *v = desk_may_write(x, COMMAND_VERIFY) ? verify_new(x, service, 0) : NULL;
    if (v)
        app_push(x->app, v);
}

static void history(const struct context *x, const struct uuid *service)
{
    struct view *v = history_new(x, service);
    if (v)
        app_push(x->app, v);
    else
        say(x, STYLE_WARNING, MSG_DETAIL_GONE);
}

static void copy(const struct context *x, const struct uuid *service)
{
    struct detail detail;
    struct text card = TEXT_INIT, place = TEXT_INIT;
    if (detail_load(x->db, service, &detail) != STATUS_OK) {
        say(x, STYLE_WARNING, MSG_DETAIL_GONE);
        return;
    }
    detail_keep_public(&detail);
    struct names *names = names_new(x->db, &x->lettering);
    struct format f = {names, x->lang, x->now(x->clock)};
    if (alert_places_of(x->db, &detail.service.rows[0].id, &place) == STATUS_OK)
        alert_add_lines(&f, &card, x->db, place.bytes);
    format_card(&f, &card, &detail);
    training_copy(x, &card);
    text_release(&place);
    names_free(names);
    detail_release(&detail);
    text_release(&card);
}

static void run_on_entry(const struct context *x, const struct uuid *service, enum command command)
{
    if (command == COMMAND_VERIFY)
        verify(x, service);
    else if (command == COMMAND_HISTORY)
        history(x, service);
    else if (command == COMMAND_COPY)
        copy(x, service);
    else
        undo_ask_last(x, service);
}

/* What is in force where the person stands, above everything else that leaves the screen. */
static void add_alerts(const struct context *x, const struct view *at, struct text *out)
{
    struct names *names = names_new(x->db, &x->lettering);
    struct format f = {names, x->lang, x->now(x->clock)};
    struct text place = TEXT_INIT;
    struct text lines = TEXT_INIT;
    struct sheet sheet;
    alert_bar_place(x, at, &place);
    alert_add_lines(&f, &lines, x->db, place.bytes);
    sheet_init(&sheet, PRINT_COLUMNS);
    while (lines.len && lines.bytes[lines.len - 1] == '\n')
        text_truncate(&lines, lines.len - 1);
    sheet_text(&sheet, 0, STYLE_WARNING, lines.bytes);
    sheet_gap(&sheet);
    sheet_write(&sheet, out);
    sheet_release(&sheet);
    text_release(&lines);
    text_release(&place);
    names_free(names);
}

static void print(const struct context *x, const struct view *at)
{
    struct text page = TEXT_INIT;
    add_alerts(x, at, &page);
    if (at->ops->print && at->ops->print(at, x, &page))
        app_push(x->app, print_new(x, area_of(at), &page));
    else
        say(x, STYLE_NORMAL, MSG_PRINT_NOTHING);
    text_release(&page);
}

static void open(const struct context *x, struct view *v)
{
    if (v)
        app_push(x->app, v);
    else
        say(x, STYLE_ERROR, MSG_APP_PROBLEM);
}

unsigned desk_run(const struct context *x, const struct view *at, enum command command)
{
    struct uuid service;
    bool on_entry = at->ops->selected && at->ops->selected(at, &service);
    switch (command) {
    case COMMAND_VERIFY:
    case COMMAND_HISTORY:
    case COMMAND_UNDO:
    case COMMAND_COPY:
        if (on_entry)
            run_on_entry(x, &service, command);
        else
            say(x, STYLE_NORMAL, MSG_WRITE_NO_ENTRY);
        break;
    case COMMAND_PRINT:
        print(x, at);
        break;
    case COMMAND_PATHWAY:
        app_push(x->app, way_need_new(x, area_of(at)));
        break;
    case COMMAND_DUE:
        app_push(x->app, due_new(x, area_of(at)));
        break;
    case COMMAND_COVERAGE:
        open(x, coverage_new(x, area_of(at)));
        break;
    case COMMAND_PLAN:
        open(x, plan_new(x, area_of(at)));
        break;
    case COMMAND_WHO:
        open(x, who_new(x, area_of(at)));
        break;
    case COMMAND_GROUPS:
        open(x, groups_new(x, area_of(at)));
        break;
    case COMMAND_MEETING:
        open(x, meeting_new(x, area_of(at)));
        break;
    case COMMAND_DUPLICATES:
        app_push(x->app, duplicates_new(x, area_of(at)));
        break;
    case COMMAND_ALERTS:
        app_push(x->app, alerts_new(x, area_of(at)));
        break;
    case COMMAND_EMERGENCY:
        app_push(x->app, emergency_new(x, area_of(at)));
        break;
    case COMMAND_PROPOSALS:
        app_push(x->app, review_new(x, ""));
        break;
    case COMMAND_AS_OF:
        app_push(x->app, as_of_new(x, on_entry ? &service : NULL));
        break;
    case COMMAND_PERSON:
        app_push(x->app, identify_new(x, COMMAND_NONE));
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
