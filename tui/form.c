/* The form: what keys do to it. See form_view.h for its other files. */
#include "tui/form_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/message.h"
#include "i18n/width.h"
#include "tui/app.h"

enum { TITLE_NAME = 200 };

/* --- going about
 * ------------------------------------------------------------------------------------- */

/* What is said of a field when it is left: its fault, and the rules it is part of. */
static void leave_item(struct form_view *v)
{
    struct item *i = form_focus(v);
    if (i->kind != ITEM_BOX)
        return;
    form_part_check(&v->data, i->part);
    for (size_t k = 0; k < i->part->count; k++) {
        struct box *b = &i->part->boxes[k];
        bool order = b->fault.kind == FAULT_ORDER;
        bool own = b == i->box && b->fault.kind != FAULT_NONE && b->fault.kind != FAULT_MISSING;
        b->shown = (b->shown && b->fault.kind != FAULT_NONE) || order || own;
    }
    i->box->edit.anchor = i->box->edit.cursor;
}

static void go_to(struct form_view *v, const struct context *x, size_t item)
{
    if (item >= v->count || item == v->focus)
        return;
    leave_item(v);
    v->focus = item;
    form_look_near(v, x);
    if (!form_ask_key(v, x))
        form_keep(v, x);
}

void form_step(struct form_view *v, const struct context *x, int by)
{
    for (size_t i = v->focus + (size_t)by; i < v->count; i += (size_t)by)
        if (form_can_stand(&v->items[i])) {
            go_to(v, x, i);
            return;
        }
}

/* To the row above or below; beside another field, on the same side. */
static void step_row(struct form_view *v, const struct context *x, int by)
{
    const struct item *from = form_focus(v);
    size_t found = v->count;
    for (size_t i = v->focus + (size_t)by; i < v->count; i += (size_t)by) {
        const struct item *to = &v->items[i];
        if (!form_can_stand(to) || to->row == from->row)
            continue;
        if (found < v->count && to->row != v->items[found].row)
            break;
        if (found == v->count || to->beside == from->beside)
            found = i;
    }
    go_to(v, x, found);
}

static void step_page(struct form_view *v, const struct context *x, int by)
{
    int target = form_focus(v)->row + by * (form_item_rows(v) - 1);
    size_t best = v->focus;
    for (size_t i = v->focus + (size_t)(by > 0 ? 1 : -1); i < v->count;
         i += (size_t)(by > 0 ? 1 : -1)) {
        if (!form_can_stand(&v->items[i]))
            continue;
        best = i;
        if (by > 0 ? v->items[i].row >= target : v->items[i].row <= target)
            break;
    }
    go_to(v, x, best);
}

static void move_up_down(struct form_view *v, const struct context *x, bool down)
{
    struct item *i = form_focus(v);
    if (i->kind == ITEM_BOX && !i->box->picked) {
        const struct ruler *ruler = x->lettering.ruler;
        edit_wrap(&i->box->edit, ruler, i->columns);
        if (down ? edit_down(&i->box->edit, ruler) : edit_up(&i->box->edit, ruler))
            return;
    }
    step_row(v, x, down ? 1 : -1);
}

/* --- changing
 * ---------------------------------------------------------------------------------------- */

static void add_record(struct form_view *v, const struct context *x, enum record_kind kind)
{
    struct part *p;
    if (form_data_add(&v->data, kind, NULL, &p) != STATUS_OK)
        return;
    form_lay_out(v, x);
    for (size_t i = 0; i < v->count; i++)
        if (v->items[i].kind == ITEM_BOX &&
            (v->items[i].part == p || v->items[i].part == p->place)) {
            go_to(v, x, i);
            break;
        }
    form_lay_out(v, x);
    if (!app_shows(x->app, &v->view)) /* the PIN first */
        return;
    if (form_focus(v)->kind == ITEM_BOX && form_focus(v)->box->picked &&
        form_focus(v)->box->field->type != FIELD_DAYS)
        form_open_picker(v, x);
}

/* The list's row of the part gets the focus. */
void form_remove_record(struct form_view *v, const struct context *x, struct part *p)
{
    form_data_remove(p);
    form_touch(v);
    size_t at = v->focus;
    while (at > 0 && !(v->items[at].kind == ITEM_PART && v->items[at].part == p))
        at--;
    v->focus = at;
    form_lay_out(v, x);
}

static unsigned open_organization(struct form_view *v, const struct context *x)
{
    const struct part *root = form_data_root(&v->data);
    const struct box *b =
        form_box(root, root->kind == RECORD_SERVICE ? FIELD_ID(SERVICE, organization)
                                                    : FIELD_ID(PROGRAM, organization));
    struct view *form = form_open(x, RECORD_ORGANIZATION, &b->now.id);
    if (form)
        app_push(x->app, form);
    return OUTCOME_HANDLED;
}

static unsigned leave(struct form_view *v)
{
    if (!form_data_changed(&v->data))
        return OUTCOME_HANDLED | OUTCOME_POP;
    v->choice = (struct choice){
        .question = MSG_FORM_LEAVE,
        .answers = {MSG_FORM_LEAVE_STAY, MSG_FORM_LEAVE_SAVE, MSG_FORM_LEAVE_DRAFT,
                    MSG_FORM_LEAVE_DISCARD},
        .count = 4,
    };
    form_set_mode(v, MODE_LEAVE);
    return OUTCOME_HANDLED;
}

/* Opens a record of a list and goes to its first field, or closes it. */
static void open_part(struct form_view *v, const struct context *x, struct part *p)
{
    p->open = !p->open;
    form_lay_out(v, x);
    if (p->open)
        form_step(v, x, 1);
}

static unsigned act(struct form_view *v, const struct context *x, const struct item *i)
{
    switch (i->action) {
    case ACTION_SAVE:
        form_begin_save(v, x);
        break;
    case ACTION_LEAVE:
        return leave(v);
    case ACTION_REMOVE:
        form_remove_record(v, x, i->part);
        break;
    case ACTION_ORGANIZATION:
        return open_organization(v, x);
    }
    return OUTCOME_HANDLED;
}

static unsigned enter(struct form_view *v, const struct context *x)
{
    struct item *i = form_focus(v);
    switch (i->kind) {
    case ITEM_BOX:
        if (i->box->picked) {
            form_open_picker(v, x);
        } else if (i->box->field->type == FIELD_PROSE) {
            edit_insert(&i->box->edit, "\n", 1);
            form_read_typed(v, x, i->box);
        } else {
            form_step(v, x, 1);
        }
        break;
    case ITEM_PART:
        if (i->part->removed)
            form_data_restore(i->part);
        else
            open_part(v, x, i->part);
        break;
    case ITEM_ADD:
        add_record(v, x, i->add);
        break;
    case ITEM_ACTION:
        return act(v, x, i);
    case ITEM_HEADING:
        break;
    }
    return OUTCOME_HANDLED;
}

unsigned form_run_fill(struct view *view, const struct context *x, enum command command)
{
    struct form_view *v = (struct form_view *)view;
    unsigned outcome = OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_UP:
    case COMMAND_DOWN:
        move_up_down(v, x, command == COMMAND_DOWN);
        break;
    case COMMAND_NEXT_PANE:
        form_step(v, x, 1);
        break;
    case COMMAND_PREVIOUS:
        form_step(v, x, -1);
        break;
    case COMMAND_PAGE_UP:
    case COMMAND_PAGE_DOWN:
        step_page(v, x, command == COMMAND_PAGE_DOWN ? 1 : -1);
        break;
    case COMMAND_OPEN:
        outcome = enter(v, x);
        break;
    case COMMAND_SAVE:
        form_begin_save(v, x);
        break;
    case COMMAND_BACK:
        outcome = leave(v);
        break;
    case COMMAND_QUIT:
        outcome = form_ask_key(v, x) ? OUTCOME_HANDLED : OUTCOME_IGNORED;
        break;
    case COMMAND_SEARCH:
        app_push(x->app, search_new(x, v->area));
        return OUTCOME_HANDLED;
    case COMMAND_EDIT:
    case COMMAND_NEW:
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_BUSY));
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
    case COMMAND_HOME:
    case COMMAND_END:
    case COMMAND_DELETE:
    case COMMAND_DELETE_BACK:
    case COMMAND_CLEAR_TEXT:
    case COMMAND_UNDO_TYPING:
    case COMMAND_REDO_TYPING:
    case COMMAND_SELECT_ALL:
    case COMMAND_SELECT_LEFT:
    case COMMAND_SELECT_RIGHT:
    case COMMAND_SELECT_HOME:
    case COMMAND_SELECT_END:
    case COMMAND_COPY:
    case COMMAND_CUT:
    case COMMAND_PASTE:
        form_run_inside(v, x, command);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    if (!(outcome & OUTCOME_POP) && v->mode == MODE_FILL)
        form_lay_out(v, x);
    return outcome;
}

/* --- leaving
 * ----------------------------------------------------------------------------------------- */

static unsigned run_leave(struct view *view, const struct context *x, enum command command)
{
    enum { STAY, SAVE, DRAFT, DISCARD };
    struct form_view *v = (struct form_view *)view;
    switch (choice_command(&v->choice, command)) {
    case CHOICE_OPEN:
        return command == COMMAND_QUIT || command == COMMAND_HELP ? OUTCOME_IGNORED
                                                                  : OUTCOME_HANDLED;
    case SAVE:
        form_set_mode(v, MODE_FILL);
        form_begin_save(v, x);
        break;
    case DRAFT:
        v->dirty = true;
        if (form_ask_key(v, x))
            break;
        form_keep_now(v, x);
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_FORM_DRAFT_KEPT));
        return OUTCOME_HANDLED | OUTCOME_POP;
    case DISCARD:
        form_forget_draft(v, x);
        v->dirty = false;
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        form_set_mode(v, MODE_FILL);
        break;
    }
    return OUTCOME_HANDLED;
}

static void draw_choice(const struct view *view, const struct context *x, struct canvas *c, int top,
                        int bottom)
{
    const struct form_view *v = (const struct form_view *)view;
    choice_draw(&v->choice, c, top, bottom, x->lang, v->draft_note.bytes);
}

/* --- the view
 * ---------------------------------------------------------------------------------------- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct form_view *v = (const struct form_view *)view;
    const struct part *root = form_data_root(&v->data);
    const struct box *km = &root->boxes[0];
    bool named = km->field->lang == FIELD_KM;
    const struct text *name =
        !named ? NULL
        : (x->lang == LANG_EN && root->boxes[1].edit.text.len) || !km->edit.text.len
            ? &root->boxes[1].edit.text
            : &km->edit.text;
    message_format(out, x->lang, root->fresh ? MSG_FORM_TITLE_NEW : MSG_FORM_TITLE, "kind",
                   value_kind_label(x->lang, root->kind), NULL);
    if (name && name->len > 0) {
        text_adds(out, NAMES_DOT);
        text_add(out, name->bytes, width_clip(name->bytes, name->len, TITLE_NAME, NULL));
    }
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct form_view *v = (struct form_view *)view;
    v->rows = rows;
    v->columns = columns;
    form_lay_out(v, x);
    if (v->mode == MODE_SUMMARY)
        form_lay_out_summary(v, x);
}

/* Another language, or other stored data: what is typed here stays as it is. */
static void reload(struct view *view, const struct context *x)
{
    struct form_view *v = (struct form_view *)view;
    names_forget(v->names);
    if (v->mode != MODE_LOCKED && form_must_hide(v, x))
        form_hide(v, x);
    for (size_t i = 0; i < v->data.count; i++)
        for (size_t k = 0; k < v->data.parts[i]->count; k++)
            v->data.parts[i]->boxes[k].edit.wrapped = 0;
    if (v->mode == MODE_PICK)
        pick_reload(&v->pick, x, v->names);
    form_lay_out(v, x);
    if (v->mode == MODE_SUMMARY)
        form_lay_out_summary(v, x);
}

static void close_form(struct view *view)
{
    struct form_view *v = (struct form_view *)view;
    if (v->mode != MODE_DRAFT)
        form_keep_now(v, v->x);
    draft_release(&v->draft, false);
    if (v->mode == MODE_PICK)
        pick_close(&v->pick);
    form_data_release(&v->data);
    form_merge_release(&v->merge);
    sheet_release(&v->sheet);
    edit_release(&v->reason);
    text_release(&v->clip);
    text_release(&v->near);
    text_release(&v->draft_note);
    text_release(&v->found_note);
    names_free(v->names);
    free(v->items);
    free(v);
}

void form_set_mode(struct form_view *v, enum form_mode mode)
{
#define COMMON .title = title, .resize = resize, .reload = reload, .close = close_form
    static const struct view_ops modes[] = {
        [MODE_FILL] = {.keys = CONTEXT_FORM,
                       .takes_text = true,
                       .draw = form_draw,
                       .command = form_run_fill,
                       .text = form_type_fill,
                       .paste = form_paste_fill,
                       .tick = form_tick,
                       COMMON},
        [MODE_PICK] = {.keys = CONTEXT_PICK,
                       .takes_text = true,
                       .draw = form_draw_pick,
                       .command = form_run_pick,
                       .text = form_type_pick,
                       .tick = form_tick,
                       COMMON},
        [MODE_SUMMARY] = {.keys = CONTEXT_SUMMARY,
                          .takes_text = true,
                          .draw = form_draw_summary,
                          .command = form_run_summary,
                          .text = form_type_reason,
                          .tick = form_tick,
                          COMMON},
        [MODE_CONFLICT] = {.keys = CONTEXT_SUMMARY,
                           .draw = form_draw_conflict,
                           .command = form_run_conflict,
                           .tick = form_tick,
                           COMMON},
        [MODE_LEAVE] = {.keys = CONTEXT_PICK,
                        .draw = draw_choice,
                        .command = run_leave,
                        .tick = form_tick,
                        COMMON},
        [MODE_DRAFT] = {.keys = CONTEXT_PICK,
                        .draw = draw_choice,
                        .command = form_run_draft,
                        COMMON},
        [MODE_LOCKED] = {.keys = CONTEXT_PICK,
                         .draw = draw_choice,
                         .command = form_run_locked,
                         COMMON},
    };
#undef COMMON
    v->mode = mode;
    v->view.ops = &modes[mode];
}

static struct form_view *make(const struct context *x, struct form_data *data, const char *area)
{
    struct form_view *v = mem_zalloc(1, sizeof *v);
    v->data = *data;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%s", area);
    edit_init(&v->reason);
    text_init(&v->clip);
    text_init(&v->near);
    text_init(&v->draft_note);
    text_init(&v->found_note);
    v->x = x;
    form_set_mode(v, MODE_FILL);
    form_list_items(v, x);
    return v;
}

/* Where a picker of areas begins: around the place or the area of the record. */
static const char *area_of(const struct form_data *d)
{
    static const int fields[] = {FIELD_ID(LOCATION, area), FIELD_ID(SERVICE_AREA, area)};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        for (size_t i = 0; i < d->count; i++) {
            const struct box *b = form_box(d->parts[i], fields[f]);
            if (b && b->now.type == VALUE_TEXT && strcmp(b->now.text.bytes, AREA_COUNTRY_CODE))
                return b->now.text.bytes;
        }
    return "";
}

struct view *form_open(const struct context *x, enum record_kind kind, const struct uuid *id)
{
    struct form_data data;
    if (form_data_load(x->db, kind, id, &data) != STATUS_OK)
        return NULL;
    struct form_view *v = make(x, &data, area_of(&data));
    form_offer_draft(v, x);
    return &v->view;
}

struct view *form_open_found(const struct context *x, const struct uuid *service,
                             const struct verdict_words *found)
{
    struct form_view *v = (struct form_view *)form_open(x, RECORD_SERVICE, service);
    if (!v)
        return NULL;
    v->has_found = true;
    v->found = *found;
    text_adds(&v->found_note, found->note ? found->note : "");
    v->found.note = v->found_note.bytes;
    return &v->view;
}

struct view *form_new(const struct context *x, enum record_kind kind, const char *area)
{
    struct form_data data;
    if (form_data_new(x->db, kind, area, &data) != STATUS_OK)
        return NULL;
    return &make(x, &data, area)->view;
}

struct view *form_of_draft(const struct context *x, const struct draft_row *row)
{
    struct form_data data;
    enum status status = row->fresh ? form_data_new(x->db, row->kind, "", &data)
                                    : form_data_load(x->db, row->kind, &row->record, &data);
    if (status != STATUS_OK)
        return NULL;
    struct form_view *v = make(x, &data, area_of(&data));
    if (form_take_draft(v, x, row))
        return &v->view;
    v->view.ops->close(&v->view);
    return NULL;
}
