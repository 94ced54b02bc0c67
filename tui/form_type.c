/* Typing and choosing in the form: what happens inside the field that has the focus. See
 * form_view.h. */
#include "tui/form_view.h"

#include <string.h>

#include "i18n/message.h"
#include "i18n/utf8.h"
#include "tui/app.h"

void form_read_typed(struct form_view *v, const struct context *x, struct box *b)
{
    form_box_read(&v->data, b);
    form_touch(v);
    form_look_near(v, x);
}

/* The value after or before the present one of an enumeration; behind the last stands nothing. */
static void turn_enum(struct form_view *v, struct box *b, int by)
{
    enum { MOST = 16, NOTHING = -1 };
    const char *set = field_enum_set(b->field);
    int at = b->now.type == VALUE_INT ? (int)b->now.integer : NOTHING;
    for (int i = 0; i < MOST; i++) {
        at += by;
        if (at >= MOST)
            at = NOTHING;
        if (at < NOTHING)
            at = MOST - 1;
        if ((at == NOTHING && b->field->number != FIELD_STATUS) || (at >= 0 && enum_name(set, at)))
            break;
    }
    struct value value = {.type = VALUE_NULL};
    if (at != NOTHING)
        value = (struct value){.type = VALUE_INT, .integer = at};
    form_box_put(b, &value);
    form_touch(v);
}

void form_open_picker(struct form_view *v, const struct context *x)
{
    const struct box *b = form_focus(v)->box;
    const struct box *organization =
        form_box(form_data_root(&v->data), FIELD_ID(SERVICE, organization));
    const struct uuid *of =
        organization && organization->now.type == VALUE_ID ? &organization->now.id : NULL;
    pick_open(&v->pick, x, v->names, b->field, &b->now, v->area, of);
    v->pick.may_be_new = !strcmp(b->field->rule, "REF_ORGANIZATION");
    pick_reload(&v->pick, x, v->names);
    form_set_mode(v, MODE_PICK);
}

static bool move_cursor(struct edit *e, enum command command)
{
    switch (command) {
    case COMMAND_LEFT:
        return edit_left(e);
    case COMMAND_RIGHT:
        return edit_right(e);
    case COMMAND_HOME:
        return edit_line_home(e);
    case COMMAND_END:
        return edit_line_end(e);
    case COMMAND_SELECT_ALL:
        return edit_select_all(e);
    case COMMAND_SELECT_LEFT:
        return edit_select_left(e);
    case COMMAND_SELECT_RIGHT:
        return edit_select_right(e);
    case COMMAND_SELECT_HOME:
        return edit_select_home(e);
    case COMMAND_SELECT_END:
        return edit_select_end(e);
    default:
        return false;
    }
}

static void keep_clip(struct form_view *v, const struct context *x, const struct edit *e)
{
    size_t at, len = edit_selected(e, &at);
    if (len == 0)
        return;
    text_clear(&v->clip);
    text_add(&v->clip, e->text.bytes + at, len);
    app_copy(x->app, v->clip.bytes, v->clip.len);
}

static bool change_text(struct form_view *v, const struct context *x, struct edit *e,
                        enum command command)
{
    size_t at;
    switch (command) {
    case COMMAND_DELETE_BACK:
        return edit_delete_back(e);
    case COMMAND_DELETE:
        return edit_delete(e);
    case COMMAND_CLEAR_TEXT:
        return edit_clear(e);
    case COMMAND_UNDO_TYPING:
        return edit_undo(e);
    case COMMAND_REDO_TYPING:
        return edit_redo(e);
    case COMMAND_CUT:
        keep_clip(v, x, e);
        return edit_selected(e, &at) > 0 && edit_delete(e);
    case COMMAND_PASTE:
        return edit_insert(e, v->clip.bytes, v->clip.len);
    default:
        return false;
    }
}

/* Commands inside the field, the record or the button that has the focus. */
void form_run_inside(struct form_view *v, const struct context *x, enum command command)
{
    struct item *i = form_focus(v);
    bool deletes = command == COMMAND_DELETE || command == COMMAND_CLEAR_TEXT;
    if (i->kind == ITEM_PART) {
        if (command == COMMAND_DELETE && !i->part->removed)
            form_remove_record(v, x, i->part);
        if (command == COMMAND_LEFT || command == COMMAND_RIGHT)
            i->part->open = command == COMMAND_RIGHT && !i->part->removed;
        return;
    }
    if (i->kind != ITEM_BOX)
        return;
    if (!i->box->picked) {
        edit_wrap(&i->box->edit, x->lettering.ruler, i->columns);
        if (command == COMMAND_COPY)
            keep_clip(v, x, &i->box->edit);
        else if (!move_cursor(&i->box->edit, command) && change_text(v, x, &i->box->edit, command))
            form_read_typed(v, x, i->box);
        return;
    }
    if (i->box->field->type == FIELD_ENUM && (command == COMMAND_LEFT || command == COMMAND_RIGHT))
        turn_enum(v, i->box, command == COMMAND_LEFT ? -1 : 1);
    if ((deletes || command == COMMAND_DELETE_BACK) && i->box->field->number != FIELD_STATUS) {
        form_box_put(i->box, &(struct value){.type = VALUE_NULL});
        form_touch(v);
    }
}

unsigned form_type_fill(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct form_view *v = (struct form_view *)view;
    struct item *i = form_focus(v);
    bool space = len == 1 && *s == ' ';
    bool zwsp = len == 3 && !memcmp(s, "\xE2\x80\x8B", 3); /* the space bar of the Khmer keyboard */
    if (i->kind == ITEM_BOX && !i->box->picked) {
        if (edit_insert(&i->box->edit, s, len))
            form_read_typed(v, x, i->box);
        else
            app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_FULL));
    } else if (i->kind == ITEM_BOX && i->box->field->type == FIELD_ENUM && (space || zwsp)) {
        turn_enum(v, i->box, 1);
    } else if (i->kind == ITEM_BOX) {
        form_open_picker(v, x);
        if (!space && !zwsp)
            pick_type(&v->pick, x, v->names, s, len);
    } else if (space || zwsp) {
        return form_run_fill(view, x, COMMAND_OPEN);
    }
    form_lay_out(v, x);
    return OUTCOME_HANDLED;
}

/* Line ends as a line feed; in one line of text white space is a space. */
static void clean_paste(struct text *out, const char *s, size_t len, bool prose)
{
    while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
        len--;
    for (size_t i = 0; i < len; i++) {
        char c = s[i];
        if (c == '\r' && i + 1 < len && s[i + 1] == '\n')
            continue;
        if (c == '\r')
            c = '\n';
        if (c == '\t' || (c == '\n' && !prose))
            c = ' ';
        text_addc(out, c);
    }
}

static bool is_allowed(const char *s, size_t len, bool prose)
{
    if (!utf8_valid(s, len, NULL))
        return false;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (utf8_is_forbidden(cp) && !(prose && cp == '\n'))
            return false;
    }
    return true;
}

/* What cannot be stored is refused as a whole; what was typed before stays. */
unsigned form_paste_fill(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct form_view *v = (struct form_view *)view;
    const struct item *i = form_focus(v);
    bool prose = i->kind == ITEM_BOX && i->box->field->type == FIELD_PROSE;
    struct text clean = TEXT_INIT, says = TEXT_INIT, label = TEXT_INIT;
    unsigned outcome = OUTCOME_HANDLED;
    clean_paste(&clean, s, len, prose);
    if (is_allowed(clean.bytes, clean.len, prose)) {
        outcome = form_type_fill(view, x, clean.bytes, clean.len);
    } else {
        if (i->kind == ITEM_BOX)
            value_label(&label, x->lang, i->box->field);
        message_format(&says, x->lang, MSG_FORM_PASTE_REFUSED, "field", label.bytes, NULL);
        app_say(x->app, STYLE_ERROR, says.bytes);
    }
    text_release(&clean);
    text_release(&says);
    text_release(&label);
    return outcome;
}

/* --- choosing
 * ---------------------------------------------------------------------------------------- */

/* A new organization is filled in right here and saved together with the rest. */
static void make_organization(struct form_view *v, const struct context *x, struct box *b)
{
    struct part *p;
    if (form_data_add(&v->data, RECORD_ORGANIZATION, &(struct uuid){{0}}, &p) != STATUS_OK)
        return;
    int name = FIELD_ID(ORGANIZATION, name_km) + (x->lang == LANG_EN);
    struct box *named = form_box(p, name);
    edit_insert(&named->edit, v->pick.edit.text.bytes, v->pick.edit.text.len);
    form_box_read(&v->data, named);
    form_box_put(b, &(struct value){.type = VALUE_ID, .id = p->id});
    form_list_items(v, x);
    form_focus_on(v, p, form_box(p, FIELD_ID(ORGANIZATION, name_km)));
}

static void end_pick(struct form_view *v, const struct context *x, enum pick_result result,
                     const struct value *value)
{
    struct box *b = form_focus(v)->box;
    struct part *p = form_focus(v)->part;
    bool next = result == PICK_TAKEN;
    if (result == PICK_TAKEN)
        form_box_put(b, value);
    else if (result == PICK_MADE)
        make_organization(v, x, b);
    if (result != PICK_LEFT)
        form_touch(v);
    pick_close(&v->pick);
    form_set_mode(v, MODE_FILL);
    if (result == PICK_LEFT && p != form_data_root(&v->data) && form_part_empty(p)) {
        form_remove_record(v, x, form_data_holder(&v->data, p)); /* added and not wanted */
        return;
    }
    form_lay_out(v, x);
    if (next)
        form_step(v, x, 1);
    form_lay_out(v, x);
}

unsigned form_run_pick(struct view *view, const struct context *x, enum command command)
{
    struct form_view *v = (struct form_view *)view;
    struct value value = {.type = VALUE_NULL};
    unsigned outcome;
    enum pick_result result =
        pick_command(&v->pick, x, v->names, command, v->rows, &value, &outcome);
    if (result != PICK_GOES_ON)
        end_pick(v, x, result, &value);
    return outcome;
}

unsigned form_type_pick(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct form_view *v = (struct form_view *)view;
    bool space = len == 1 && *s == ' ';
    if (v->pick.field->type == FIELD_DAYS &&
        (space || !memcmp(s, "\xE2\x80\x8B", len < 3 ? len : 3)))
        return form_run_pick(view, x, COMMAND_OPEN);
    pick_type(&v->pick, x, v->names, s, len);
    return OUTCOME_HANDLED;
}

void form_draw_pick(const struct view *view, const struct context *x, struct canvas *c, int top,
                    int bottom)
{
    const struct form_view *v = (const struct form_view *)view;
    pick_draw(&v->pick, x, c, top, bottom);
}
