/* Whom a pathway is for: place, age, sex, disability, opening hours, tier, how long ago it
 * happened. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/ask.h"
#include "tui/way_view.h"

enum { ROW_PLACE, ROW_AGE, ROW_SEX, ROW_DISABILITY, ROW_OPEN, ROW_TIER, ROW_HOURS };
enum { AGE_MOST = 120, TIERS = 3, HOURS_MOST = 9999, HOUR = 60 * 60 };

static const enum message sexes[] = {MSG_WAY_ANY, MSG_WAY_GIRL, MSG_WAY_BOY},
                          answers[] = {MSG_ANSWER_NO, MSG_ANSWER_YES},
                          hours[] = {MSG_WAY_ANY, MSG_WAY_OPEN_NOW, MSG_WAY_OPEN_ALL_DAY};

struct whom {
    struct way_query query;
    struct names *names;
    void (*taken)(void *to, const struct context *x, const struct way_query *query);
    void *to;
};

/* An empty row leaves *value as it is; false: no number from 0 to most. */
static bool read_number(struct ask *a, size_t row, int64_t most, int64_t *value)
{
    const char *typed = ask_text(a, row);
    int64_t number;
    if (!*typed)
        return true;
    if (number_parse(typed, strlen(typed), &number) || number < 0 || number > most)
        return false;
    *value = number;
    return true;
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    struct whom *w = state;
    int64_t years = -1, since = -1;
    if (!read_number(a, ROW_AGE, AGE_MOST, &years)) {
        ask_complain(a, ROW_AGE, message_get(x->lang, MSG_WAY_AGE_BAD));
        return OUTCOME_HANDLED;
    }
    if (!read_number(a, ROW_HOURS, HOURS_MOST, &since)) {
        ask_complain(a, ROW_HOURS, message_get(x->lang, MSG_WAY_HOURS_BAD));
        return OUTCOME_HANDLED;
    }
    if (area_level(ask_area(a, ROW_PLACE)) < 2) {
        ask_complain(a, ROW_PLACE, message_get(x->lang, MSG_WAY_PLACE));
        return OUTCOME_HANDLED;
    }
    snprintf(w->query.area, sizeof w->query.area, "%s", ask_area(a, ROW_PLACE));
    w->query.child.age = (int)years;
    size_t sex = ask_choice(a, ROW_SEX);
    w->query.child.sex = sex == 1 ? CHILD_GIRL : sex == 2 ? CHILD_BOY : CHILD_ANY;
    w->query.child.disability = ask_choice(a, ROW_DISABILITY) == 1;
    w->query.child.open_now = ask_choice(a, ROW_OPEN) == 1;
    w->query.child.all_day = ask_choice(a, ROW_OPEN) == 2;
    w->query.tier = (int)ask_choice(a, ROW_TIER);
    w->query.happened = since >= 0 ? x->now(x->clock) - since * HOUR : 0;
    w->taken(w->to, x, &w->query);
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static void release(void *state)
{
    struct whom *w = state;
    names_free(w->names);
    free(w);
}

struct view *way_whom_new(const struct context *x, const struct way_query *now,
                          void (*taken)(void *to, const struct context *x,
                                        const struct way_query *query),
                          void *to)
{
    static const struct ask_ops ops = {MSG_WAY_ASK_TITLE, NULL, NULL, save, release};
    const char *tiers[TIERS + 1] = {message_get(x->lang, MSG_WAY_ANY), "1", "2", "3"};
    char age[16] = "", since[24] = "";
    struct whom *w = mem_zalloc(1, sizeof *w);
    w->query = *now;
    w->names = names_new(x->db, &x->lettering);
    w->taken = taken;
    w->to = to;
    struct ask *a = ask_new(&ops, w);
    if (now->child.age >= 0)
        snprintf(age, sizeof age, "%d", now->child.age);
    if (now->happened)
        snprintf(since, sizeof since, "%lld",
                 (long long)((x->now(x->clock) - now->happened) / HOUR));
    ask_add_area(a, MSG_WAY_ASK_PLACE, w->names, now->area);
    ask_add_text(a, MSG_WAY_ASK_AGE, age);
    ask_add_choice(a, MSG_WAY_ASK_SEX, sexes, 3, (size_t)now->child.sex);
    ask_add_choice(a, MSG_WAY_ASK_DISABILITY, answers, 2, now->child.disability);
    ask_add_choice(a, MSG_WAY_ASK_OPEN, hours, 3,
                   now->child.open_now  ? 1
                   : now->child.all_day ? 2
                                        : 0);
    ask_add_names(a, MSG_WAY_ASK_TIER, tiers, TIERS + 1, (size_t)now->tier);
    ask_add_text(a, MSG_WAY_ASK_HOURS, since);
    ask_go(a, ROW_AGE);
    return ask_view(a);
}
