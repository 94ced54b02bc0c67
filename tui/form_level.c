/* What is confidential in the form: levels that a new record gets by itself, and what happens when
 * the confidential records are locked again. See form_view.h and db/restricted.h. */
#include "tui/form_view.h"

#include <string.h>

#include "db/restricted.h"
#include "i18n/message.h"
#include "tui/app.h"
#include "tui/unlock.h"

static struct box *level_box(const struct part *p)
{
    const struct field *f = field_by_column(p->kind, "confidentiality");
    return f ? form_box(p, f->number) : NULL;
}

bool form_apply_levels(struct form_view *v, const struct context *x)
{
    struct arena arena = {0};
    struct change *changes;
    size_t count;
    bool any = false;
    form_data_planned(&v->data, &arena, &changes, &count);
    for (size_t i = 0; i < count; i++) {
        const struct part *p = form_data_find(&v->data, &changes[i].record);
        struct box *b = p && p->fresh ? level_box(p) : NULL;
        int level = LEVEL_PUBLIC;
        if (!b || b->now.type != VALUE_NULL ||
            restricted_default_of(x->db, changes, count, i, &level) != STATUS_OK ||
            level == LEVEL_PUBLIC)
            continue;
        b->base = (struct value){.type = VALUE_INT, .integer = level}; /* nobody typed it */
        form_box_put(b, &b->base);
        any = true;
    }
    arena_release(&arena);
    return any;
}

/* The level one has to have unlocked for all parts that `counts`. */
static int highest_level(const struct form_view *v, bool (*counts)(const struct part *p))
{
    int level = LEVEL_PUBLIC;
    for (size_t i = 0; i < v->data.count; i++) {
        int one = counts(v->data.parts[i]) ? form_part_level(&v->data, v->data.parts[i]) : 0;
        if (one > level)
            level = one;
    }
    return level;
}

static bool is_stored(const struct part *p)
{
    return !p->fresh;
}

int form_locked_level(const struct form_view *v, const struct context *x)
{
    int level = highest_level(v, form_part_kept);
    return level > restricted_level(x->db) ? level : LEVEL_PUBLIC;
}

bool form_ask_key(struct form_view *v, const struct context *x)
{
    bool given = form_apply_levels(v, x);
    int level = form_locked_level(v, x);
    if (level > v->asked) {
        v->asked = level;
        app_push(x->app, unlock_for(x, level));
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_UNLOCK_NOW));
        return true;
    }
    if (level == LEVEL_PUBLIC)
        v->asked = LEVEL_PUBLIC;
    if (given)
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_UNLOCK_DEFAULT));
    return false;
}

static bool is_there(const struct part *p)
{
    return !p->removed && !p->gone;
}

/* The area of a confidential place of the service; NULL: it has none. */
static const char *hidden_place(const struct form_data *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct part *p = d->parts[i];
        if (p->kind != RECORD_SERVICE_AT_LOCATION || !is_there(p) || !p->place ||
            form_part_level(d, p) == LEVEL_PUBLIC || (p->fresh && !form_part_changed(p)))
            continue;
        const struct box *b = form_box(p->place, FIELD_ID(LOCATION, area));
        return b->now.type == VALUE_TEXT ? b->now.text.bytes : "";
    }
    return NULL;
}

static bool says_where(const struct form_data *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct part *p = d->parts[i];
        const struct box *b = form_box(p, FIELD_ID(SERVICE_AREA, area));
        if (b && is_there(p) && b->now.type == VALUE_TEXT &&
            restricted_is_served_area(b->now.text.bytes, b->now.text.len))
            return true;
    }
    return false;
}

bool form_propose_area(struct form_view *v, const struct context *x)
{
    const char *place = hidden_place(&v->data);
    struct part *p;
    char code[AREA_CODE];
    if (!place || says_where(&v->data) ||
        form_data_add(&v->data, RECORD_SERVICE_AREA, NULL, &p) != STATUS_OK)
        return false;
    struct box *b = form_box(p, FIELD_ID(SERVICE_AREA, area));
    restricted_served_area(place, code);
    if (*code)
        form_box_put(
            b, &(struct value){.type = VALUE_TEXT, .text = {.bytes = code, .len = strlen(code)}});
    form_touch(v);
    form_set_mode(v, MODE_FILL);
    form_list_items(v, x);
    form_focus_on(v, p, b);
    form_lay_out(v, x);
    app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_SERVED));
    return true;
}

/* What is new here and sealed in the draft need not stay on the screen either. */
bool form_must_hide(const struct form_view *v, const struct context *x)
{
    bool kept = v->draft.path && !v->dirty && !v->asked;
    return highest_level(v, kept ? form_part_kept : is_stored) > restricted_level(x->db) ||
           highest_level(v, is_stored) > restricted_level(x->db);
}

void form_hide(struct form_view *v, const struct context *x)
{
    const struct part *root = form_data_root(&v->data);
    struct form_data plain;
    if (form_data_load(x->db, root->kind, &root->id, &plain) != STATUS_OK &&
        form_data_new(x->db, root->kind, "", &plain) != STATUS_OK)
        return;
    /* What was typed was sealed into the draft while it could be. */
    v->dirty = false;
    draft_release(&v->draft, false);
    form_data_release(&v->data);
    form_merge_release(&v->merge);
    v->data = plain;
    v->count = v->focus = 0;
    if (v->mode == MODE_PICK)
        pick_close(&v->pick);
    v->choice = (struct choice){
        .question = MSG_FORM_LOCKED, .answers = {MSG_FORM_ACTION_LEAVE}, .count = 1};
    text_clear(&v->draft_note);
    form_set_mode(v, MODE_LOCKED);
    form_list_items(v, x);
}

unsigned form_run_locked(struct view *view, const struct context *x, enum command command)
{
    struct form_view *v = (struct form_view *)view;
    (void)x;
    if (choice_command(&v->choice, command) == CHOICE_OPEN)
        return command == COMMAND_HELP || command == COMMAND_MENU ? OUTCOME_IGNORED
                                                                  : OUTCOME_HANDLED;
    return OUTCOME_HANDLED | OUTCOME_POP;
}
