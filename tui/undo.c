/* Undo from a screen; see undo.h. db/undo.h decides what may be taken back; here it is told. */
#include "tui/undo.h"

#include <stdlib.h>

#include "db/history.h"
#include "db/undo.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/change.h"
#include "tui/desk.h"
#include "tui/value.h"

struct asked {
    struct uuid record;
    struct op_ref save;
    struct names *names;
    struct history history;
    const struct history_save *what; /* in the history */
};

static void add_field(struct text *out, const struct context *x, const struct undo_block *b)
{
    change_label(out, x->lang, b->record_kind, b->record_kind, OP_SET, b->field);
}

/* The sentence for the first thing that stands in the way. */
static void say_block(const struct context *x, const struct undo_block *b)
{
    static const enum message words[] = {
        [UNDO_DONE_ALREADY] = MSG_UNDO_DONE_ALREADY,
        [UNDO_CHANGED] = MSG_UNDO_CHANGED,
        [UNDO_VERIFIED] = MSG_UNDO_VERIFIED,
        [UNDO_REFERRED] = MSG_UNDO_REFERRED,
        [UNDO_RULE] = MSG_UNDO_RULE,
        [UNDO_HIDDEN] = MSG_UNDO_HIDDEN,
        [UNDO_LOCKED] = MSG_UNDO_LOCKED,
    };
    struct text line = TEXT_INIT, day = TEXT_INIT, field = TEXT_INIT, name = TEXT_INIT;
    if (b->time_ms > 0)
        change_time(&day, b->time_ms);
    add_field(&field, x, b);
    if (b->reason == UNDO_REFERRED)
        value_record_name(&name, x->db, x->lang, &b->record);
    message_format(&line, x->lang, words[b->reason], "day", day.bytes, "actor",
                   b->actor && *b->actor ? b->actor : "?", "field", field.bytes, "name", name.bytes,
                   NULL);
    app_say(x->app, STYLE_WARNING, line.bytes);
    text_release(&line);
    text_release(&day);
    text_release(&field);
    text_release(&name);
}

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct asked *a = state;
    struct text line = TEXT_INIT;
    sheet_text(s, 0, STYLE_NORMAL, message_get(x->lang, MSG_UNDO_WHY));
    for (size_t i = 0; a->what && i < a->what->count; i++) {
        const struct history_change *c = &a->what->changes[i];
        text_clear(&line);
        change_label(&line, x->lang, RECORD_SERVICE, c->record_kind, c->kind, c->field);
        if (!c->field) { /* it was made, or the like */
            sheet_text(s, 2, STYLE_NORMAL, line.bytes);
            continue;
        }
        text_adds(&line, ": ");
        change_value(&line, x->db, a->names, x->lang, c->field, &c->is);
        text_adds(&line, " → ");
        if (c->was.type == VALUE_NULL)
            text_adds(&line, message_get(x->lang, MSG_CHANGE_NOTHING));
        else
            change_value(&line, x->db, a->names, x->lang, c->field, &c->was);
        sheet_text(s, 2, STYLE_NORMAL, line.bytes);
    }
    text_release(&line);
}

static unsigned save(void *state, const struct context *x, struct ask *ask)
{
    const struct asked *a = state;
    struct undo_blocks blocks;
    struct op_ref done;
    enum status status =
        person_undo(x->db, app_person(x->app), &a->save, ask_text(ask, 0), &blocks, &done);
    if (status == STATUS_CONFLICT) {
        if (blocks.count > 0)
            say_block(x, &blocks.rows[0]);
        undo_blocks_release(&blocks);
    } else if (status == STATUS_OK) {
        app_reload(x->app);
        desk_say_done(x, message_get(x->lang, MSG_UNDO_DONE));
    } else {
        desk_say_failed(x, status);
    }
    return status == STATUS_OK ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_HANDLED;
}

static void release(void *state)
{
    struct asked *a = state;
    history_release(&a->history);
    names_free(a->names);
    free(a);
}

static bool same_save(const struct op_ref *a, const struct op_ref *b)
{
    return a->seq == b->seq && uuid_equal(&a->replica, &b->replica);
}

static void open_question(const struct context *x, const struct uuid *record,
                          const struct op_ref *save_of)
{
    static const struct ask_ops ops = {MSG_COMMAND_UNDO, head, NULL, save, release};
    struct history history;
    if (history_load(x->db, record, &history) != STATUS_OK) {
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
        return;
    }
    struct asked *a = mem_zalloc(1, sizeof *a);
    a->record = *record;
    a->save = *save_of;
    a->history = history;
    a->names = names_new(x->db, &x->lettering);
    for (size_t i = 0; i < history.count; i++)
        if (same_save(&a->history.rows[i].save, save_of))
            a->what = &a->history.rows[i];
    struct ask *ask = ask_new(&ops, a);
    ask_add_text(ask, MSG_UNDO_REASON, "");
    app_push(x->app, ask_view(ask));
}

/* Whether this person may change the record without asking an approver. */
static bool may_undo(const struct context *x, const struct uuid *record)
{
    const struct change change = {
        .kind = OP_SET, .record_kind = RECORD_SERVICE, .record = *record, .area = ""};
    enum verdict verdict;
    char area[AREA_CODE];
    if (!desk_may_write(x, COMMAND_UNDO))
        return false;
    if (authority_over(x->db, app_person(x->app), &change, 1, &verdict, area) != STATUS_OK) {
        desk_say_failed(x, STATUS_IO);
        return false;
    }
    if (verdict != VERDICT_ALLOWED)
        desk_say_outside(x, area);
    return verdict == VERDICT_ALLOWED;
}

void undo_ask(const struct context *x, const struct uuid *record, const struct op_ref *save_of)
{
    struct undo_blocks blocks;
    if (!may_undo(x, record))
        return;
    enum status status = undo_check(x->db, save_of, &blocks);
    if (status != STATUS_OK) {
        desk_say_failed(x, status);
        return;
    }
    if (blocks.count > 0)
        say_block(x, &blocks.rows[0]);
    else
        open_question(x, record, save_of);
    undo_blocks_release(&blocks);
}

void undo_ask_last(const struct context *x, const struct uuid *record)
{
    struct op_ref last;
    struct text actor = TEXT_INIT;
    if (!may_undo(x, record))
        return;
    person_actor(app_person(x->app), &actor);
    enum status status = undo_find(x->db, record, actor.bytes, &last);
    text_release(&actor);
    if (status == STATUS_OK)
        undo_ask(x, record, &last);
    else
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_UNDO_NOTHING));
}
