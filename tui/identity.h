/* Who is at the keyboard, kept for each user of the machine between two starts: a small file of
 * its own, $XDG_CONFIG_HOME/cpdir/person (else ~/.config/cpdir/person), mode 0600. People share
 * desktops, so the others who were here before are kept too, to switch back to with a word. */
#ifndef TUI_IDENTITY_H
#define TUI_IDENTITY_H

#include "db/person.h"
#include "i18n/message.h"

enum { IDENTITY_MAX = 20 };

/* rows[0] is at the keyboard, the others were before, the last one first. */
struct identities {
    size_t count;
    struct person rows[IDENTITY_MAX];
};

/* A missing file is nobody; a block that cannot be read is left out. STATUS_IO, STATUS_DENIED,
 * STATUS_NO_FILE (no place for it is known). */
MUST_CHECK enum status identity_load(struct identities *ret_identities);
/* Written under another name, then put in place; the folder is made, mode 0700. */
MUST_CHECK enum status identity_save(const struct identities *identities);

/* Puts the person in front: one of the same name and office is replaced, the oldest falls out. */
void identity_put(struct identities *identities, const struct person *person);
/* Whoever's name begins with or holds the typed words, the last one at the keyboard first; NULL:
 * nobody. Compared by search key: spelling and case do not matter. */
const struct person *identity_find(const struct identities *identities, const char *typed);

/* The person at the keyboard; a viewer without a name where there is none. */
struct person identity_now(void);

/* The person at the keyboard of the training directory: nobody's name is asked or kept there, and
 * everything may be tried. */
struct person identity_trainee(enum lang lang);

/* Why this person may not write at all, in one sentence that says what to do; MSG_COUNT: may. */
enum message identity_refusal(const struct person *person);

/* The file's path, owned; NULL: no place for it is known. */
char *identity_path(void);

#endif
