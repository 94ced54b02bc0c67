/* What is confidential in the form: levels that a new record gets by itself, and what happens when
 * the confidential records are locked again. See form_view.h and db/restricted.h. */
#include "tui/form_view.h"

#include <string.h>

#include "db/restricted.h"
#include "i18n/message.h"
#include "tui/app.h"

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
    form_data_changes(&v->data, &arena, "", &changes, &count);
    for (size_t i = 0; i < count; i++) {
        const struct part *p = form_data_find(&v->data, &changes[i].record);
        struct box *b = p && p->fresh ? level_box(p) : NULL;
        int level = LEVEL_PUBLIC;
        if (!b || b->now.type != VALUE_NULL ||
            restricted_default_of(x->db, changes, count, i, &level) != STATUS_OK ||
            level == LEVEL_PUBLIC)
            continue;
        form_box_put(b, &(struct value){.type = VALUE_INT, .integer = level});
        any = true;
    }
    arena_release(&arena);
    return any;
}

static int highest_level(const struct form_view *v)
{
    int level = LEVEL_PUBLIC;
    for (size_t i = 0; i < v->data.count; i++) {
        int one = form_part_level(&v->data, v->data.parts[i]);
        bool stored = !v->data.parts[i]->fresh;
        if (stored && one > level)
            level = one;
    }
    return level;
}

bool form_must_hide(const struct form_view *v, const struct context *x)
{
    return highest_level(v) > restricted_level(x->db);
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
