/* The directory of a day in the past; see as_of.h. */
#include "tui/as_of.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/as_of.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/format.h"

struct asked {
    bool on_entry;
    struct uuid service;
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct asked *asked = state;
    sheet_text(s, 0, STYLE_NORMAL,
               message_get(x->lang, asked->on_entry ? MSG_AS_OF_ENTRY : MSG_AS_OF_ALL));
}

/* Reading the past takes a while on a slow machine: then it says how far it is. */
struct reading {
    const struct context *x;
    int64_t begun_ms;
    int shown; /* percent */
};

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool tell(void *context, int done)
{
    enum { PATIENCE_MS = 300 };
    struct reading *r = context;
    struct text percent = TEXT_INIT, line = TEXT_INIT;
    if (done / 10 == r->shown || monotonic_ms() - r->begun_ms < PATIENCE_MS)
        return true;
    r->shown = done / 10;
    number_format(&percent, r->shown);
    message_format(&line, r->x->lang, MSG_AS_OF_READING, "percent", percent.bytes, NULL);
    app_say(r->x->app, STYLE_DIM, line.bytes);
    app_show(r->x->app);
    app_say(r->x->app, STYLE_DIM, "");
    text_release(&percent);
    text_release(&line);
    return true;
}

bool as_of_open(const struct context *x, const struct uuid *service, int64_t time_ms)
{
    struct db *past;
    if (app_is_past(x->app)) {
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_AS_OF_ALREADY));
        return false;
    }
    struct reading reading = {x, monotonic_ms(), -1};
    const struct progress progress = {tell, &reading};
    if (db_as_of(x->db, time_ms, &progress, &past) != STATUS_OK) {
        app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_AS_OF_FAILED));
        return false;
    }
    if (app_open_past(x->app, past, time_ms / 1000, service))
        return true;
    app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_AS_OF_NOT_YET));
    return false;
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    const struct asked *asked = state;
    const char *typed = ask_text(a, 0);
    struct date date;
    if (date_parse(typed, strlen(typed), &date) != STATUS_OK) {
        ask_complain(a, 0, message_get(x->lang, MSG_AS_OF_NO_DATE));
        return OUTCOME_HANDLED;
    }
    int64_t day = date_days(date), today = date_days(date_from_time(x->now(x->clock)));
    if (day > today) {
        ask_complain(a, 0, message_get(x->lang, MSG_AS_OF_FUTURE));
        return OUTCOME_HANDLED;
    }
    bool done = as_of_open(x, asked->on_entry ? &asked->service : NULL, as_of_day_end_ms(day));
    return done ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_HANDLED;
}

struct view *as_of_new(const struct context *x, const struct uuid *service)
{
    static const struct ask_ops ops = {MSG_COMMAND_AS_OF, head, NULL, save, free};
    struct asked *asked = mem_zalloc(1, sizeof *asked);
    struct text day = TEXT_INIT;
    asked->on_entry = service;
    if (service)
        asked->service = *service;
    struct ask *a = ask_new(&ops, asked);
    format_day(&day, date_days(date_from_time(x->now(x->clock))));
    ask_add_text(a, MSG_AS_OF_DAY, day.bytes);
    text_release(&day);
    return ask_view(a);
}
