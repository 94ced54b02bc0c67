/* What a person does to an entry, and the work lists, from whatever view they stand in; and saving
 * in that person's name. Views and forms use it, so that all of them refuse with the same words. */
#ifndef TUI_DESK_H
#define TUI_DESK_H

#include "db/propose.h"
#include "tui/view.h"

/* OUTCOME_IGNORED: the command is none of these. `at` is the view that has the keys. */
unsigned desk_run(const struct context *x, const struct view *at, enum command command);

/* Whether something may be written here and now. False: it said why in one sentence, or, where
 * nobody has said who they are yet, asks that first and runs `then` afterwards. */
bool desk_may_write(const struct context *x, enum command then);

/* person_save in the name of the person at the keyboard, and all views read again. False: nothing
 * was written and it said why; *ret_status (may be NULL) tells what went wrong. */
bool desk_save(const struct context *x, const struct change *changes, size_t count,
               struct save_result *ret_result, enum status *ret_status);
/* Says that something was written, in these words; or, where the copy that goes before the first
 * write of a day could not be made, that it was written and why there is no copy. */
void desk_say_done(const struct context *x, const char *words);
/* Says what became of a save: `words` where it is written, else who will decide about it. */
void desk_say_saved(const struct context *x, const struct save_result *result, const char *words);
/* Says that only an approver of the area can do it. */
void desk_say_outside(const struct context *x, const char *area);
/* Says why a save failed. */
void desk_say_failed(const struct context *x, enum status status);

/* What somebody found out about a service. */
struct verdict_words {
    int method, result; /* VALUE_METHOD_..., VALUE_RESULT_... */
    const char *note;   /* with VALUE_RESULT_CLOSED: the reason */
};
/* Writes a verification, for a closed one the closing too, in one save, and says so. */
bool desk_verify(const struct context *x, const struct uuid *service,
                 const struct verdict_words *found);

/* Opens the form of an entry for what has changed; the verification `found` is saved with it. */
void desk_edit(const struct context *x, const struct uuid *service,
               const struct verdict_words *found);
/* Opens everything about an entry, or says that it is gone. */
void desk_open(const struct context *x, const struct uuid *service);

#endif
