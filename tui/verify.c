/* Verifying an entry: how, what came out, and a note; see verify.h. */
#include "tui/verify.h"

#include <stdlib.h>

#include "db/detail.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/format.h"

enum { ROW_RESULT, ROW_METHOD, ROW_NOTE };

static const enum message methods[] = {MSG_METHOD_PHONE, MSG_METHOD_VISIT, MSG_METHOD_LETTER,
                                       MSG_METHOD_MESSAGE},
                          results[] = {MSG_RESULT_STILL_RIGHT, MSG_RESULT_CHANGED,
                                       MSG_RESULT_NOT_REACHED, MSG_RESULT_CLOSED};

struct verify {
    struct uuid id;
    struct names *names;
    struct detail detail;
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct verify *v = state;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    format_call(&f, s, &v->detail, true);
}

static void chosen(void *state, struct ask *a, size_t row)
{
    (void)state;
    if (row == ROW_RESULT)
        ask_set_label(a, ROW_NOTE,
                      ask_choice(a, ROW_RESULT) + 1 == VALUE_RESULT_CLOSED ? MSG_VERIFY_REASON
                                                                           : MSG_VERIFY_NOTE);
}

static unsigned save(void *state, const struct context *x, struct ask *a)
{
    const struct verify *v = state;
    const struct verdict_words found = {
        .method = (int)ask_choice(a, ROW_METHOD) + 1,
        .result = (int)ask_choice(a, ROW_RESULT) + 1,
        .note = ask_text(a, ROW_NOTE),
    };
    if (found.result == VALUE_RESULT_CLOSED && !*found.note) {
        ask_complain(a, ROW_NOTE, message_get(x->lang, MSG_VERIFY_NEED_REASON));
        return OUTCOME_HANDLED;
    }
    struct uuid id = v->id;
    if (found.result == VALUE_RESULT_CHANGED)
        desk_edit(x, &id, &found);
    else if (!desk_verify(x, &id, &found))
        return OUTCOME_HANDLED;
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static void release(void *state)
{
    struct verify *v = state;
    detail_release(&v->detail);
    names_free(v->names);
    free(v);
}

struct view *verify_new(const struct context *x, const struct uuid *service, int result)
{
    static const struct ask_ops ops = {MSG_VERIFY_TITLE, head, chosen, save, release};
    struct detail detail;
    if (detail_load(x->db, service, &detail) != STATUS_OK)
        return NULL;
    struct verify *v = mem_zalloc(1, sizeof *v);
    v->id = detail.service.rows[0].id;
    v->detail = detail;
    v->names = names_new(x->db, &x->lettering);
    struct ask *a = ask_new(&ops, v);
    size_t first = result > 0 ? (size_t)result - 1 : 0;
    ask_add_choice(a, MSG_VERIFY_RESULT, results, sizeof results / sizeof *results, first);
    ask_add_choice(a, MSG_VERIFY_METHOD, methods, sizeof methods / sizeof *methods, 0);
    ask_add_text(a, MSG_VERIFY_NOTE, "");
    chosen(v, a, ROW_RESULT);
    if (result == VALUE_RESULT_CLOSED)
        ask_go(a, ROW_NOTE);
    return ask_view(a);
}
