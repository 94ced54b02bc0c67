/* What happens in the running program: keys, typed and pasted text, commands go to the view that is
 * shown, and what it leaves to the commands of every view (app_command.c). */
#include "i18n/utf8.h"
#include "tui/app_state.h"

static unsigned finish(struct app *a, const struct view *v, unsigned outcome)
{
    if (outcome & OUTCOME_POP)
        app_pop(a, v);
    return outcome == OUTCOME_IGNORED ? outcome : outcome | OUTCOME_REDRAW;
}

/* Takes the last message away; it was worth one key. */
static unsigned hush(struct app *a)
{
    a->touched = true;
    if (a->said.len == 0)
        return OUTCOME_IGNORED;
    text_clear(&a->said);
    return OUTCOME_REDRAW;
}

static unsigned run_command(struct app *a, enum command command)
{
    if (command == COMMAND_NONE)
        return OUTCOME_IGNORED;
    /* On a screen too small to show anything only what cannot surprise. */
    if (a->rows > 0 && !app_fits(a) && command != COMMAND_QUIT && command != COMMAND_LANGUAGE)
        return OUTCOME_IGNORED;
    unsigned outcome = app_scenario_command(a, command);
    if (outcome != OUTCOME_IGNORED)
        return outcome | OUTCOME_REDRAW;
    struct view *v = app_top(a);
    const struct coach *coach = a->coach;
    if (command != COMMAND_QUIT && command != COMMAND_LANGUAGE)
        outcome = v->ops->command(v, app_top_context(a), command);
    outcome = outcome == OUTCOME_IGNORED ? app_own_command(a, command) : finish(a, v, outcome);
    if (outcome != OUTCOME_IGNORED && coach && a->coach == coach)
        coach_saw_command(a->coach, command);
    app_scenario_look(a);
    return outcome;
}

unsigned app_command(struct app *a, enum command command)
{
    unsigned outcome = hush(a) | run_command(a, command);
    enum command next = a->next;
    a->next = COMMAND_NONE;
    return next == COMMAND_NONE ? outcome : outcome | run_command(a, next);
}

void app_run_below(struct app *a, enum command command)
{
    a->next = command;
}

unsigned app_text(struct app *a, const char *s, size_t len)
{
    unsigned hushed = hush(a);
    struct view *v = app_top(a);
    if (!app_takes_text(a))
        return hushed;
    hushed |= finish(a, v, v->ops->text(v, app_top_context(a), s, len));
    if (a->coach)
        coach_saw_text(a->coach, s, len);
    app_scenario_look(a);
    return hushed;
}

unsigned app_paste(struct app *a, const char *s, size_t len)
{
    struct view *v = app_top(a);
    if (v->ops->paste) {
        unsigned hushed = hush(a);
        return hushed | finish(a, v, v->ops->paste(v, app_top_context(a), s, len));
    }
    struct text clean = TEXT_INIT;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (!utf8_is_forbidden(cp) && cp != 0xFFFD)
            text_addcp(&clean, cp);
    }
    unsigned outcome = clean.len ? app_text(a, clean.bytes, clean.len) : OUTCOME_IGNORED;
    text_release(&clean);
    return outcome;
}

bool app_takes_text(const struct app *a)
{
    bool typing = app_top(a)->ops->takes_text && app_top(a)->ops->text;
    return typing && !(a->coach && coach_has_keys(a->coach)) && (a->rows == 0 || app_fits(a));
}

enum key_context app_keys(const struct app *a)
{
    return a->coach && coach_has_keys(a->coach) ? CONTEXT_BOX : app_top(a)->ops->keys;
}

unsigned app_key(struct app *a, enum special special, char32_t cp)
{
    if (special == SPECIAL_NONE && app_takes_text(a)) {
        char bytes[UTF8_MAX];
        return utf8_is_forbidden(cp) ? hush(a) : app_text(a, bytes, utf8_encode(cp, bytes));
    }
    return app_command(a, key_lookup(app_keys(a), special, cp, false));
}
