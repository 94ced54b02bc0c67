/* Asks for the day the coverage is compared with. */
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/ask.h"
#include "tui/coverage_view.h"
#include "tui/format.h"

struct asked {
    struct coverage_view *of; /* the view below */
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    (void)state;
    sheet_text(s, 0, STYLE_NORMAL, message_get(x->lang, MSG_COVERAGE_COMPARE_HEAD));
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    const struct asked *asked = state;
    const char *typed = ask_text(a, 0);
    struct date date;
    int64_t day = -1, today = date_days(date_from_time(x->now(x->clock)));
    enum message wrong = MSG_COUNT;
    if (*typed && date_parse(typed, strlen(typed), &date) != STATUS_OK)
        wrong = MSG_AS_OF_NO_DATE;
    else if (*typed && (day = date_days(date)) > today)
        wrong = MSG_AS_OF_FUTURE;
    else if (!coverage_compare(asked->of, x, day))
        wrong = MSG_AS_OF_FAILED;
    if (wrong == MSG_COUNT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    ask_complain(a, 0, message_get(x->lang, wrong));
    return OUTCOME_HANDLED;
}

struct view *coverage_compare_new(const struct context *x, struct coverage_view *of)
{
    static const struct ask_ops ops = {MSG_COMMAND_COMPARE, head, NULL, save, free};
    struct asked *asked = mem_zalloc(1, sizeof *asked);
    struct text day = TEXT_INIT;
    int64_t today = date_days(date_from_time(x->now(x->clock)));
    asked->of = of;
    struct ask *a = ask_new(&ops, asked);
    format_day(&day, of->compared ? of->before_day : today);
    ask_add_text(a, MSG_AS_OF_DAY, day.bytes);
    text_release(&day);
    return ask_view(a);
}
