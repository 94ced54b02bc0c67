/* What a save changes, said before it is done, and the save. See form_view.h. */
#include "tui/form_view.h"

#include <string.h>

#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/unlock.h"

enum { FOOT = 3 }; /* rows under the summary: a gap, the reason, the hint */

/* --- what changes
 * ------------------------------------------------------------------------------------ */

static void show_or_nothing(const struct form_view *v, const struct context *x, struct text *out,
                            const struct box *b, const struct value *value)
{
    if (value->type == VALUE_NULL)
        text_adds(out, message_get(x->lang, MSG_PICK_EMPTY));
    else
        form_box_show(v, x, out, b, value);
}

static void add_field(struct form_view *v, const struct context *x, const struct part *p,
                      const struct box *b)
{
    struct text label = TEXT_INIT, line = TEXT_INIT;
    value_label(&label, x->lang, b->field);
    if (!p->fresh) {
        show_or_nothing(v, x, &line, b, &b->base);
        text_adds(&line, " \xE2\x86\x92 ");
    }
    show_or_nothing(v, x, &line, b, &b->now);
    sheet_field(&v->sheet, label.bytes, STYLE_NORMAL, line.bytes);
    text_release(&label);
    text_release(&line);
}

static bool is_said(const struct part *p, const struct box *b)
{
    if (form_box_hidden(p, b))
        return false;
    if (!p->fresh)
        return form_box_changed(b);
    bool active = b->field->number == FIELD_STATUS && b->now.type == VALUE_INT &&
                  b->now.integer == VALUE_STATUS_ACTIVE;
    return b->now.type != VALUE_NULL && !active;
}

static void add_part(struct form_view *v, const struct context *x, const struct part *p)
{
    struct text line = TEXT_INIT, summary = TEXT_INIT;
    bool root = p == form_data_root(&v->data);
    enum message verb = p->removed ? MSG_FORM_REMOVES : p->fresh ? MSG_FORM_ADDS : MSG_FORM_CHANGES;
    if (!root)
        form_part_summary(v, x, &summary, p);
    message_format(&line, x->lang, verb, "kind", value_kind_label(x->lang, p->kind), NULL);
    if (summary.len)
        text_addf(&line, NAMES_DOT "%s", summary.bytes);
    sheet_gap(&v->sheet);
    sheet_text(&v->sheet, 0, p->removed ? STYLE_WARNING : STYLE_TITLE, line.bytes);
    for (size_t i = 0; i < p->count && !p->removed; i++)
        if (is_said(p, &p->boxes[i]))
            add_field(v, x, p, &p->boxes[i]);
    text_release(&line);
    text_release(&summary);
}

/* What an earlier start could not keep would be forgotten in silence otherwise. */
static void add_missing(struct form_view *v, const struct context *x)
{
    struct text line = TEXT_INIT, count = TEXT_INIT;
    number_format(&count, (int64_t)v->missing);
    message_format(&line, x->lang, MSG_DRAFT_MISSING, "count", count.bytes, NULL);
    sheet_text(&v->sheet, 0, STYLE_WARNING, line.bytes);
    text_release(&line);
    text_release(&count);
}

void form_lay_out_summary(struct form_view *v, const struct context *x)
{
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 3 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    if (v->missing > 0)
        add_missing(v, x);
    for (size_t i = 0; i < v->data.count; i++)
        if (form_part_changed(v->data.parts[i]))
            add_part(v, x, v->data.parts[i]);
}

void form_show_changes(struct form_view *v, const struct context *x)
{
    form_set_mode(v, MODE_SUMMARY);
    v->sheet_top = 0;
    form_lay_out_summary(v, x);
}

void form_begin_save(struct form_view *v, const struct context *x)
{
    struct part *part;
    struct box *box;
    if (form_ask_key(v, x))
        return;
    form_keep(v, x); /* whatever becomes of the save, nothing typed is lost */
    if (form_data_check(&v->data, &part, &box) != STATUS_OK) {
        struct text says = TEXT_INIT;
        part->open = true;
        for (size_t i = 0; i < v->data.count; i++)
            if (v->data.parts[i]->place == part)
                v->data.parts[i]->open = true;
        form_list_items(v, x);
        form_focus_on(v, part, box);
        form_lay_out(v, x);
        value_complain(&says, x->lang, box->field, &box->fault);
        app_say(x->app, STYLE_ERROR, says.bytes);
        text_release(&says);
        return;
    }
    if (form_propose_area(v, x))
        return;
    if (!form_data_changed(&v->data) && !v->has_found) {
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_FORM_UNCHANGED));
        return;
    }
    form_show_changes(v, x);
}

static size_t summary_rows(const struct form_view *v)
{
    return v->rows > FOOT + 1 ? (size_t)(v->rows - FOOT) : 1;
}

void form_draw_summary(const struct view *view, const struct context *x, struct canvas *c, int top,
                       int bottom)
{
    const struct form_view *v = (const struct form_view *)view;
    struct text label = TEXT_INIT;
    enum { UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };
    int rows = (int)summary_rows(v);
    sheet_draw(&v->sheet, c, top, 1, rows, v->sheet_top);
    if (v->sheet_top > 0)
        canvas_fill(c, top, c->columns - 1, 1, STYLE_DIM, UP_ARROW);
    if (v->sheet_top + (size_t)rows < v->sheet.count)
        canvas_fill(c, top + rows - 1, c->columns - 1, 1, STYLE_DIM, DOWN_ARROW);
    message_format(&label, x->lang, MSG_FORM_LABEL, "label", message_get(x->lang, MSG_FORM_REASON),
                   NULL);
    int column = 1 + canvas_puts(c, bottom - 2, 1, c->columns / 2, STYLE_STRONG, label.bytes);
    canvas_puts(c, bottom - 2, column + 1, 1, STYLE_STRONG, "[");
    canvas_puts(c, bottom - 2, c->columns - 2, 1, STYLE_STRONG, "]");
    edit_draw(&v->reason, c, bottom - 2, column + 2, c->columns - column - 4, STYLE_NORMAL);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM,
                message_get(x->lang, MSG_FORM_HINT_SUMMARY));
    text_release(&label);
}

static void scroll(struct form_view *v, long by)
{
    size_t rows = summary_rows(v), last = v->sheet.count > rows ? v->sheet.count - rows : 0;
    if (by < 0)
        v->sheet_top = (size_t)-by > v->sheet_top ? 0 : v->sheet_top - (size_t)-by;
    else
        v->sheet_top = v->sheet_top + (size_t)by > last ? last : v->sheet_top + (size_t)by;
}

unsigned form_run_summary(struct view *view, const struct context *x, enum command command)
{
    struct form_view *v = (struct form_view *)view;
    long page = (long)summary_rows(v);
    switch (command) {
    case COMMAND_UP:
        scroll(v, -1);
        break;
    case COMMAND_DOWN:
        scroll(v, 1);
        break;
    case COMMAND_PAGE_UP:
        scroll(v, -page);
        break;
    case COMMAND_PAGE_DOWN:
        scroll(v, page);
        break;
    case COMMAND_LEFT:
        edit_left(&v->reason);
        break;
    case COMMAND_RIGHT:
        edit_right(&v->reason);
        break;
    case COMMAND_HOME:
        edit_home(&v->reason);
        break;
    case COMMAND_END:
        edit_end(&v->reason);
        break;
    case COMMAND_DELETE_BACK:
        edit_delete_back(&v->reason);
        break;
    case COMMAND_DELETE:
        edit_delete(&v->reason);
        break;
    case COMMAND_OPEN:
    case COMMAND_SAVE:
        return form_save(v, x);
    case COMMAND_BACK:
        form_set_mode(v, MODE_FILL);
        form_lay_out(v, x);
        break;
    case COMMAND_NEXT_PANE:
    case COMMAND_PREVIOUS:
    case COMMAND_SEARCH:
    case COMMAND_EDIT:
    case COMMAND_NEW:
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

unsigned form_type_reason(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct form_view *v = (struct form_view *)view;
    (void)x;
    edit_insert(&v->reason, s, len);
    form_touch(v);
    return OUTCOME_HANDLED;
}

/* --- saving
 * ------------------------------------------------------------------------------------------ */

/* What was found out about the entry when it was called or visited goes into the same save. */
static size_t add_verification(struct form_view *v, struct arena *arena, struct change *ret_change)
{
    if (!v->has_found)
        return 0;
    struct field_value *f = arena_alloc(arena, 3 * sizeof *f);
    size_t count = 0;
    f[count++] =
        (struct field_value){VERIFY_METHOD, {.type = VALUE_INT, .integer = v->found.method}};
    f[count++] =
        (struct field_value){VERIFY_RESULT, {.type = VALUE_INT, .integer = v->found.result}};
    if (v->found_note.len)
        f[count++] = (struct field_value){
            VERIFY_NOTE,
            {.type = VALUE_TEXT, .text = {.bytes = v->found_note.bytes, .len = v->found_note.len}}};
    *ret_change = (struct change){.kind = OP_VERIFY,
                                  .record_kind = form_data_root(&v->data)->kind,
                                  .record = form_data_root(&v->data)->id,
                                  .area = "",
                                  .actor = "",
                                  .reason = v->reason.text.bytes,
                                  .fields = f,
                                  .field_count = count};
    return 1;
}

/* The log refused a value all the same: it is said where it stands. */
static void blame(struct form_view *v, const struct context *x, const struct uuid *record,
                  int field)
{
    struct part *p = form_data_find(&v->data, record);
    struct box *b = p ? form_box(p, field) : NULL;
    form_set_mode(v, MODE_FILL);
    if (!b) {
        app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_PROBLEM_INVALID));
        return;
    }
    struct text says = TEXT_INIT;
    b->fault.kind = FAULT_RULE;
    b->shown = p->open = true;
    form_list_items(v, x);
    form_focus_on(v, p, b);
    form_lay_out(v, x);
    value_complain(&says, x->lang, b->field, &b->fault);
    app_say(x->app, STYLE_ERROR, says.bytes);
    text_release(&says);
}

unsigned form_save(struct form_view *v, const struct context *x)
{
    struct arena arena = {0};
    struct change *changes;
    size_t count;
    struct op_refusal refusal = {0};
    struct save_result result;
    struct part *part;
    struct box *box;
    if (form_data_check(&v->data, &part, &box) != STATUS_OK) {
        form_set_mode(v, MODE_FILL);
        form_begin_save(v, x);
        return OUTCOME_HANDLED;
    }
    form_keep(v, x); /* the reason too */
    form_data_changes(&v->data, &arena, v->reason.text.bytes, &changes, &count);
    count += add_verification(v, &arena, &changes[count]);
    enum status status = person_save(x->db, app_person(x->app), changes, count, &refusal, &result);
    struct uuid record = changes[refusal.change].record;
    arena_release(&arena);
    if (status == STATUS_OK) {
        form_forget_draft(v, x);
        app_reload(x->app);
        desk_say_saved(x, &result, message_get(x->lang, MSG_FORM_SAVED));
        return OUTCOME_HANDLED | OUTCOME_POP;
    }
    if (status == STATUS_INVALID && refusal.field == REFUSAL_SERVED_AREA && form_propose_area(v, x))
        return OUTCOME_HANDLED;
    if (status == STATUS_INVALID)
        blame(v, x, &record, refusal.field);
    else if (status == STATUS_CONFLICT || status == STATUS_NOT_FOUND)
        form_meet_others(v, x, true);
    else {
        v->dirty = true;
        form_keep(v, x);
        if (status == STATUS_LOCKED) {
            app_push(x->app, unlock_for(x, form_locked_level(v, x)));
            app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_UNLOCK_FIRST));
        } else {
            desk_say_failed(x, status);
        }
    }
    return OUTCOME_HANDLED;
}
