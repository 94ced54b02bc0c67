/* Who is at the keyboard: name, office, role and area, kept for the next start. */
#include "tui/identify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/person.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/identity.h"
#include "tui/names.h"

enum { ROW_NAME, ROW_OFFICE, ROW_ROLE, ROW_AREA, ROW_WHO };

struct identify {
    enum command then;
    struct names *names;
    struct identities known; /* those who were here before */
    size_t offered;          /* how many of them can be chosen */
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    (void)state;
    sheet_text(s, 0, STYLE_NORMAL, message_get(x->lang, MSG_IDENTIFY_WHY));
    sheet_text(s, 0, STYLE_DIM, message_get(x->lang, MSG_IDENTIFY_ROLE_HELP));
    sheet_text(s, 0, STYLE_DIM, message_get(x->lang, MSG_IDENTIFY_NEED_AREA));
}

static void fill(struct ask *a, const struct person *p)
{
    ask_set_text(a, ROW_NAME, p->name);
    ask_set_text(a, ROW_OFFICE, p->office);
    ask_set_area(a, ROW_AREA, p->area);
    ask_set_choice(a, ROW_ROLE, (size_t)(p->role > 0 ? p->role : VALUE_ROLE_EDITOR) - 1);
}

/* Another person of those who were here, or somebody new. */
static void chosen(void *state, struct ask *a, size_t row)
{
    const struct identify *i = state;
    const struct person nobody = {.role = 0};
    size_t who = ask_choice(a, ROW_WHO);
    if (row == ROW_WHO)
        fill(a, who < i->offered ? &i->known.rows[who] : &nobody);
}

static bool read_person(const struct context *x, struct ask *a, struct person *ret_person)
{
    struct person p = {.role = (int)ask_choice(a, ROW_ROLE) + 1};
    if (!*ask_text(a, ROW_NAME)) {
        ask_complain(a, ROW_NAME, message_get(x->lang, MSG_IDENTIFY_NEED_NAME));
        return false;
    }
    if (person_set_name(&p, ask_text(a, ROW_NAME)) != STATUS_OK) {
        ask_complain(a, ROW_NAME, message_get(x->lang, MSG_IDENTIFY_BAD_NAME));
        return false;
    }
    if (person_set_office(&p, ask_text(a, ROW_OFFICE)) != STATUS_OK) {
        ask_complain(a, ROW_OFFICE, message_get(x->lang, MSG_IDENTIFY_BAD_OFFICE));
        return false;
    }
    snprintf(p.area, sizeof p.area, "%s", ask_area(a, ROW_AREA));
    *ret_person = p;
    return true;
}

static void say_saved(const struct context *x, const struct person *p)
{
    struct text actor = TEXT_INIT, line = TEXT_INIT;
    person_actor(p, &actor);
    message_format(&line, x->lang, MSG_IDENTIFY_SAVED, "name", actor.bytes, NULL);
    app_say(x->app, STYLE_NORMAL, line.bytes);
    text_release(&actor);
    text_release(&line);
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    struct identify *i = state;
    struct person p;
    if (!read_person(x, a, &p))
        return OUTCOME_HANDLED;
    app_set_person(x->app, &p);
    identity_put(&i->known, &p);
    if (app_is_training(x->app) || identity_save(&i->known) == STATUS_OK)
        say_saved(x, &p);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_IDENTIFY_NOT_KEPT));
    app_run_below(x->app, i->then);
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static void release(void *state)
{
    struct identify *i = state;
    names_free(i->names);
    free(i);
}

/* Who it is: one of those who were here before, or somebody new. */
static void add_who(struct identify *i, const struct context *x, struct ask *a)
{
    const char *names[ASK_CHOICES];
    for (i->offered = 0; i->offered < i->known.count && i->offered < ASK_CHOICES - 1; i->offered++)
        names[i->offered] = i->known.rows[i->offered].name;
    names[i->offered] = message_get(x->lang, MSG_IDENTIFY_NEW);
    ask_add_names(a, MSG_IDENTIFY_WHO, names, i->offered + 1, 0);
}

struct view *identify_new(const struct context *x, enum command then)
{
    static const struct ask_ops ops = {MSG_IDENTIFY_TITLE, head, chosen, save, release};
    static const enum message roles[] = {MSG_ROLE_VIEWER, MSG_ROLE_EDITOR, MSG_ROLE_APPROVER,
                                         MSG_ROLE_TRAINER};
    struct identify *i = mem_zalloc(1, sizeof *i);
    i->then = then;
    i->names = names_new(x->db, &x->lettering);
    if (app_is_training(x->app) || identity_load(&i->known) != STATUS_OK)
        i->known.count = 0;
    if (*app_person(x->app)->name)
        identity_put(&i->known, app_person(x->app));
    struct ask *a = ask_new(&ops, i);
    ask_add_text(a, MSG_IDENTIFY_NAME, "");
    ask_add_text(a, MSG_IDENTIFY_OFFICE, "");
    ask_add_choice(a, MSG_IDENTIFY_ROLE, roles, sizeof roles / sizeof *roles,
                   VALUE_ROLE_EDITOR - 1);
    ask_add_area(a, MSG_IDENTIFY_AREA, i->names, "");
    if (i->known.count > 0) {
        add_who(i, x, a);
        chosen(i, a, ROW_WHO);
        ask_go(a, ROW_WHO);
    }
    ask_add_save(a);
    return ask_view(a);
}
