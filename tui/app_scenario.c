/* A scenario that is played in the program: begun, seen through its box, left, over. */
#include <stdlib.h>

#include "tui/app_state.h"
#include "tui/scenarios.h"

struct course *app_course(struct app *a)
{
    struct course *course = a->options.course;
    if (!course || !a->options.training)
        return NULL;
    char *folder = course->loaded ? NULL : course_folder();
    if (!course->loaded && course_load(a->context.db, folder, course) != STATUS_OK)
        course = NULL;
    free(folder);
    return course;
}

bool app_is_playing(const struct app *a)
{
    return a->coach;
}

static void tell_all_sizes(struct app *a)
{
    app_resize(a, a->rows, a->columns);
}

static void say(struct app *a, enum style style, enum message words)
{
    app_say(a, style, message_get(a->context.lang, words));
}

/* Only the first screen, as it is when the program begins. */
static void begin_anew(struct app *a)
{
    while (a->depth > 1)
        app_remove_at(a, a->depth - 1);
    app_push(a, browse_new(&a->context, ""));
    app_remove_at(a, 0);
}

static void forget(struct app *a)
{
    coach_free(a->coach);
    a->coach = NULL;
}

void app_play(struct app *a, struct course_entry *entry)
{
    if (app_is_read_only(a)) {
        say(a, STYLE_WARNING, MSG_WRITE_READ_ONLY);
        return;
    }
    if (coach_was_played(&entry->scenario, a->context.db)) {
        say(a, STYLE_WARNING, MSG_SCENARIO_NOT_FRESH);
        return;
    }
    forget(a);
    begin_anew(a);
    a->coach = coach_new(entry, &(struct coach_sight){&a->context, app_top(a)});
    tell_all_sizes(a);
}

static void open_list(struct app *a)
{
    if (app_course(a) && app_top(a)->ops->keys != CONTEXT_SCENARIOS)
        app_push(a, scenarios_new(&a->context));
}

static void leave(struct app *a)
{
    forget(a);
    tell_all_sizes(a);
    open_list(a);
    say(a, STYLE_NORMAL, MSG_SCENARIO_LEFT);
}

/* After the last step: the summary. */
static void look_for_end(struct app *a)
{
    if (!a->coach || !coach_is_over(a->coach))
        return;
    struct course_entry *entry = coach_entry(a->coach);
    entry->last.done = true;
    forget(a);
    tell_all_sizes(a);
    app_push(a, summary_new(&a->context, entry));
}

unsigned app_scenario_command(struct app *a, enum command command)
{
    if (command == COMMAND_SCENARIOS || (command == COMMAND_BOX && !a->coach)) {
        if (!a->options.training)
            return OUTCOME_IGNORED;
        open_list(a);
        return OUTCOME_HANDLED;
    }
    if (!a->coach)
        return OUTCOME_IGNORED;
    if (command == COMMAND_LEAVE_SCENARIO) {
        leave(a);
        return OUTCOME_HANDLED;
    }
    const struct coach_sight at = {app_top_context(a), app_top(a)};
    unsigned outcome = coach_command(a->coach, &at, command);
    if (outcome != OUTCOME_IGNORED)
        app_scenario_look(a);
    return outcome;
}

void app_scenario_look(struct app *a)
{
    if (!a->coach)
        return;
    if (!coach_is_over(a->coach))
        coach_look(a->coach, &(struct coach_sight){app_top_context(a), app_top(a)});
    look_for_end(a);
}
