/* Drafts of the form: written while it is filled in, asked about when it is opened again. See
 * form_view.h and draft.h. */
#include "tui/form_view.h"

#include <string.h>

#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/unlock.h"

enum { KEEP_MS = 1000 }; /* after the first key that is not on the disk */

void form_touch(struct form_view *v)
{
    if (!v->dirty)
        v->dirty_ms = 0;
    v->dirty = true;
}

/* Without its PIN a draft would lose what is confidential; the one before has it. So it waits until
 * the person was asked for the PIN and has answered. */
static bool waits_for_key(struct form_view *v, const struct context *x)
{
    (void)form_apply_levels(v, x);
    int level = form_locked_level(v, x);
    return level > v->asked || (level > LEVEL_PUBLIC && !app_shows(x->app, &v->view));
}

void form_keep(struct form_view *v, const struct context *x)
{
    if (v->dirty && app_drafts(x->app) && !waits_for_key(v, x))
        form_keep_now(v, x);
}

void form_keep_now(struct form_view *v, const struct context *x)
{
    const char *folder = app_drafts(x->app);
    struct text bytes = TEXT_INIT;
    if (!v->dirty || !folder)
        return;
    if (!v->draft.path && !draft_claim(folder, &form_data_root(&v->data)->id, &v->draft))
        return;
    struct draft_head head = {.file = app_file(x->app),
                              .time_ms = x->now(x->clock) * 1000,
                              .area = v->area,
                              .reason = v->reason.text.bytes,
                              .note = v->found_note.bytes,
                              .missing = v->missing};
    if (v->has_found) {
        head.method = v->found.method;
        head.result = v->found.result;
    }
    draft_write(&v->data, &head, &bytes);
    bool kept = draft_put(&v->draft, bytes.bytes, bytes.len) == STATUS_OK;
    if (!kept && !v->keep_failed)
        app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_DRAFT_FAILED));
    v->keep_failed = !kept;
    v->dirty = !kept;
    v->dirty_ms = 0;
    text_release(&bytes);
}

void form_forget_draft(struct form_view *v, const struct context *x)
{
    (void)x;
    draft_release(&v->draft, true);
    v->dirty = false;
}

bool form_tick(struct view *view, const struct context *x, int64_t ms)
{
    struct form_view *v = (struct form_view *)view;
    bool failed = v->keep_failed;
    if (!v->dirty)
        return false;
    if (!v->dirty_ms)
        v->dirty_ms = ms;
    else if (ms - v->dirty_ms >= KEEP_MS)
        form_keep(v, x);
    return v->keep_failed && !failed; /* it says so */
}

/* --- finding one again
 * ------------------------------------------------------------------------------- */

void form_say_draft(struct text *out, const struct context *x, const struct draft_row *row)
{
    struct text day = TEXT_INIT, clock = TEXT_INIT;
    int64_t seconds = row->time_ms / 1000, local = seconds + 7 * 3600;
    date_short(&day, date_from_time(seconds));
    text_addf(&clock, "%02d:%02d", (int)(local / 3600 % 24), (int)(local / 60 % 60));
    message_format(out, x->lang, row->fresh ? MSG_DRAFT_OF_NEW : MSG_DRAFT_OF, "kind",
                   value_kind_label(x->lang, row->kind), "name", row->name, "day", day.bytes,
                   "time", clock.bytes, NULL);
    text_release(&day);
    text_release(&clock);
}

/* What was found out when it was called or visited, before the draft was left. */
static void take_found(struct form_view *v, const struct draft_head *head)
{
    if (!head->method || form_data_root(&v->data)->fresh)
        return;
    text_clear(&v->found_note);
    text_adds(&v->found_note, head->note);
    v->has_found = true;
    v->found = (struct verdict_words){head->method, head->result, v->found_note.bytes};
}

/* The draft's text in place of what the form holds; where a part of it is locked, asks for the PIN
 * first and leaves the question open. False: it is no draft any more. */
static bool recover(struct form_view *v, const struct context *x, bool compare)
{
    struct text bytes = TEXT_INIT;
    struct form_data data;
    struct draft_head head;
    struct draft_row row;
    struct arena arena = {0};
    struct draft_lack lack = {0};
    bool good = draft_get(v->draft.path, &bytes) &&
                draft_read_row(bytes.bytes, bytes.len, &arena, &row, &head) &&
                draft_read(x->db, bytes.bytes, bytes.len, &data, &lack) == STATUS_OK;
    if (good && lack.locked) {
        form_data_release(&data);
        app_push(x->app, unlock_for(x, lack.locked));
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DRAFT_UNLOCK));
    } else if (good) {
        form_data_release(&v->data);
        v->data = data;
        v->missing = lack.missing;
        v->count = v->focus = 0;
        take_found(v, &head);
        edit_set(&v->reason, head.reason, strlen(head.reason));
        form_set_mode(v, MODE_FILL);
        form_list_items(v, x);
        if (!form_meet_others(v, x, false) && compare)
            form_show_changes(v, x);
        if (v->missing > 0)
            app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DRAFT_LEFT));
    }
    arena_release(&arena);
    text_release(&bytes);
    return good;
}

static void ask(struct form_view *v, const struct context *x, const struct draft_row *row)
{
    v->choice = (struct choice){
        .question = MSG_DRAFT_FOUND,
        .answers = {MSG_DRAFT_RECOVER, MSG_DRAFT_COMPARE, MSG_DRAFT_DISCARD},
        .count = 3,
    };
    text_clear(&v->draft_note);
    form_say_draft(&v->draft_note, x, row);
    form_set_mode(v, MODE_DRAFT);
}

bool form_take_draft(struct form_view *v, const struct context *x, const struct draft_row *row)
{
    if (!draft_take(row->path, &v->draft))
        return false;
    ask(v, x, row);
    return true;
}

void form_offer_draft(struct form_view *v, const struct context *x)
{
    const char *folder = app_drafts(x->app);
    struct draft_list list;
    if (!folder)
        return;
    draft_list_load(folder, app_file(x->app), &list);
    for (size_t i = 0; i < list.count; i++)
        if (uuid_equal(&list.rows[i].record, &form_data_root(&v->data)->id) &&
            form_take_draft(v, x, &list.rows[i]))
            break;
    draft_list_release(&list);
}

unsigned form_run_draft(struct view *view, const struct context *x, enum command command)
{
    enum { RECOVER, COMPARE, DISCARD };
    struct form_view *v = (struct form_view *)view;
    int answer = choice_command(&v->choice, command);
    switch (answer) {
    case CHOICE_OPEN:
        return command == COMMAND_HELP ? OUTCOME_IGNORED : OUTCOME_HANDLED;
    case RECOVER:
    case COMPARE:
        if (!recover(v, x, answer == COMPARE)) {
            app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_DRAFT_UNREADABLE));
            draft_release(&v->draft, false);
            form_set_mode(v, MODE_FILL);
            form_lay_out(v, x);
        }
        break;
    case DISCARD:
        form_forget_draft(v, x);
        form_set_mode(v, MODE_FILL);
        form_lay_out(v, x);
        break;
    default: /* Esc: the draft stays for another time */
        return OUTCOME_HANDLED | OUTCOME_POP;
    }
    if (v->mode != MODE_DRAFT)
        text_clear(&v->draft_note);
    return OUTCOME_HANDLED;
}
