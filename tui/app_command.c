/* Commands that mean the same in every view: opening the others, the language, the look. */
#include "tui/app_state.h"
#include "tui/desk.h"
#include "tui/form.h"
#include "tui/unlock.h"

static void next_script(struct app *a)
{
    static const enum message says[SCRIPT_COUNT] = {MSG_SCRIPT_KM, MSG_SCRIPT_BOTH,
                                                    MSG_SCRIPT_LATIN};
    enum script *script = &a->context.lettering.script;
    *script = (enum script)((*script + 1) % SCRIPT_COUNT);
    app_reload_all(a);
    app_say(a, STYLE_NORMAL, message_get(a->context.lang, says[*script]));
}

static void open_help(struct app *a)
{
    enum key_context keys = app_top(a)->ops->keys;
    if (keys != CONTEXT_HELP)
        app_push(a, help_new(&a->context, keys));
}

/* Goes back to the search that is open further down, else opens one. */
static void open_search(struct app *a)
{
    size_t first = a->past.db ? a->past.from : 0;
    for (size_t i = a->depth; i-- > first;) {
        if (a->views[i]->ops->keys == CONTEXT_SEARCH) {
            while (a->depth > i + 1)
                app_remove_at(a, a->depth - 1);
            return;
        }
    }
    app_push(a, search_new(app_top_context(a), ""));
}

static void next_theme(struct app *a)
{
    static const enum message says[THEME_COUNT] = {MSG_THEME_COLOUR, MSG_THEME_MONO,
                                                   MSG_THEME_CONTRAST};
    a->options.theme = (enum theme)((a->options.theme + 1) % THEME_COUNT);
    app_say(a, STYLE_NORMAL, message_get(a->context.lang, says[a->options.theme]));
}

/* The form of the entry the person stands on. */
static void open_form(struct app *a)
{
    struct uuid id;
    struct view *v = app_top(a), *form = NULL;
    bool stands = v->ops->selected && v->ops->selected(v, &id);
    if (!stands)
        app_say(a, STYLE_WARNING, message_get(a->context.lang, MSG_FORM_NO_ENTRY));
    else if (desk_may_write(app_top_context(a), COMMAND_EDIT) &&
             !(form = form_open(&a->context, RECORD_SERVICE, &id)))
        app_say(a, STYLE_WARNING, message_get(a->context.lang, MSG_DETAIL_GONE));
    if (form)
        app_push(a, form);
}

static void open_new(struct app *a)
{
    const struct view *v = app_top(a);
    if (desk_may_write(app_top_context(a), COMMAND_NEW))
        app_push(a, form_choose_new(&a->context, v->ops->area ? v->ops->area(v) : ""));
}

static void open_drafts(struct app *a)
{
    struct view *drafts = drafts_new(&a->context);
    if (drafts)
        app_push(a, drafts);
    else
        app_say(a, STYLE_NORMAL, message_get(a->context.lang, MSG_DRAFT_NONE));
}

/* Commands that mean the same in every view. */
unsigned app_own_command(struct app *a, enum command command)
{
    switch (command) {
    case COMMAND_HELP:
        open_help(a);
        break;
    case COMMAND_SEARCH:
        open_search(a);
        break;
    case COMMAND_MENU:
        app_push(a, menu_new(&a->context, app_top(a)->ops->keys, MSG_COUNT));
        break;
    case COMMAND_REPORTS:
        app_push(a, menu_new(&a->context, app_top(a)->ops->keys, MSG_GROUP_REPORTS));
        break;
    case COMMAND_LANGUAGE:
        app_set_lang(a, a->context.lang == LANG_KM ? LANG_EN : LANG_KM);
        break;
    case COMMAND_THEME:
        next_theme(a);
        break;
    case COMMAND_UNLOCK:
        app_unlock_or_lock(a);
        break;
    case COMMAND_PIN:
        if (desk_may_write(&a->context, COMMAND_PIN))
            app_push(a, pin_new(&a->context));
        break;
    case COMMAND_SCRIPT:
        next_script(a);
        break;
    case COMMAND_PAINTER:
        a->wants_painter = true;
        break;
    case COMMAND_BACK:
        app_pop(a, app_top(a));
        break;
    case COMMAND_TRAINING:
        app_leave(a, APP_SWITCH);
        return OUTCOME_QUIT;
    case COMMAND_RESET:
        if (!app_is_training(a))
            return OUTCOME_IGNORED;
        app_leave(a, APP_RESET);
        return OUTCOME_QUIT;
    case COMMAND_QUIT:
        return OUTCOME_QUIT;
    case COMMAND_EDIT:
        open_form(a);
        break;
    case COMMAND_NEW:
        open_new(a);
        break;
    case COMMAND_DRAFTS:
        open_drafts(a);
        break;
    case COMMAND_REDRAW:
        return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_REPAINT;
    default:
        return desk_run(app_top_context(a), app_top(a), command);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
