/* What is not for everybody's eyes: places, telephone numbers and contact persons above
 * confidentiality 0, and whatever hangs on them. Their changes are sealed under the key of their
 * level in a file beside the directory; a PIN opens the keys, and only then they are folded, in
 * memory, into a directory of their own. So no table, index, temporary file, backup or crash of the
 * disk ever has them in clear.
 *
 * Levels: 1 officials, 2 focal person; each has a PIN, and that of level 2 opens level 1 too. A
 * forgotten PIN cannot be got back; the focal person can set a new one for the officials.
 *
 * A record that becomes confidential is closed in the directory and goes on, under the same id, in
 * the sealed log. What was said of it before stays in the directory's log, which nobody can alter:
 * whoever makes it confidential has to be told. */
#ifndef DB_RESTRICTED_H
#define DB_RESTRICTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/op.h"

enum {
    LEVEL_PUBLIC = VALUE_CONFIDENTIALITY_PUBLIC,
    LEVEL_OFFICIALS = VALUE_CONFIDENTIALITY_OFFICIALS,
    LEVEL_FOCAL_PERSON = VALUE_CONFIDENTIALITY_FOCAL_PERSON,
    LEVEL_COUNT,
};

/* --- PINs
 * ------------------------------------------------------------------------------------------- */

enum { PIN_MIN_CHARACTERS = 6, PIN_FREE_TRIES = 3, PIN_WAIT_MS = 5000, PIN_WAIT_MAX_MS = 3600000 };

enum pin_answer {
    PIN_RIGHT,
    PIN_WRONG,
    PIN_WAIT,      /* too many wrong ones: not even looked at before the wait is over */
    PIN_NONE,      /* nobody has set one yet */
    PIN_SHORT,     /* below PIN_MIN_CHARACTERS */
    PIN_SIMPLE,    /* one character only, or a run such as 123456 */
    PIN_TAKEN,     /* it opens the other level */
    PIN_NOT_YOURS, /* its level has to be unlocked first */
};

/* Both digit sets are one. *ret_answer: PIN_RIGHT (unlocked to the level of the PIN), PIN_WRONG,
 * PIN_WAIT, PIN_NONE. After PIN_FREE_TRIES wrong ones each costs twice the wait of the one before,
 * whatever program or start tries. Takes about 0.1 s. STATUS_CORRUPT: the sealed log is damaged. */
MUST_CHECK enum status restricted_unlock(struct db *db, const char *pin, size_t len,
                                         enum pin_answer *ret_answer);
/* How long until a PIN is looked at again, ms; 0 at once. */
MUST_CHECK enum status restricted_wait(struct db *db, int64_t *ret_ms);
/* Whether a level has a PIN. */
MUST_CHECK enum status restricted_has_pin(struct db *db, int level, bool *ret_has);
/* Whether it would do as a new PIN: PIN_RIGHT, PIN_SHORT, PIN_SIMPLE. */
enum pin_answer restricted_judge_pin(const char *pin, size_t len);
/* Sets or changes the PIN of a level: the first one of a directory without more ado, every other
 * only unlocked to that level (a new level 2: to level 1). Unlocks. *ret_answer: PIN_RIGHT,
 * PIN_SHORT, PIN_SIMPLE, PIN_TAKEN, PIN_NOT_YOURS. */
MUST_CHECK enum status restricted_set_pin(struct db *db, int level, const char *pin, size_t len,
                                          enum pin_answer *ret_answer);

/* The level unlocked now, LEVEL_PUBLIC when locked; of no directory (NULL) too. */
int restricted_level(const struct db *db);
/* Overwrites the keys, lets go of the records. Not inside a transaction. */
void restricted_lock(struct db *db);
/* Takes over what other programs sealed meanwhile; nothing while locked. */
MUST_CHECK enum status restricted_refresh(struct db *db);

/* --- records
 * ----------------------------------------------------------------------------------------
 *
 * While unlocked, record_load, record_children, op_seen and detail_load answer with confidential
 * records too, marked by record.level; op_append_all seals what belongs here by itself. */

/* The folded confidential records as a directory to read from (history, verifications); NULL while
 * locked. Borrowed until the lock. */
struct db *restricted_records(struct db *db);

/* How confidential a new record of a kind that hangs on this service is unless somebody says
 * otherwise: a shelter's (A3) places and contact persons are for officials. */
MUST_CHECK enum status restricted_default_level(struct db *db, const struct uuid *service,
                                                enum record_kind kind, int *ret_level);
/* The same of changes[at] in a save that may make the service, its kind and the link to the place
 * too; a place no service is linked to goes by its organization's services. */
MUST_CHECK enum status restricted_default_of(struct db *db, const struct change *changes,
                                             size_t count, size_t at, int *ret_level);
/* True for a kind of service (term code) whose places and people are confidential by default. */
bool restricted_hides_term(const char *term);

/* The least level that may see everything of a save; 0 public. For whoever wants to know before: a
 * proposal or a draft must not hold it in clear. */
MUST_CHECK enum status restricted_level_of(struct db *db, const struct change *changes,
                                           size_t count, int *ret_level);

/* How confidential each record of a save is going to be, in ret_levels (count of them). */
MUST_CHECK enum status restricted_levels_of(struct db *db, const struct change *changes,
                                            size_t count, int *ret_levels);

/* A service with a confidential place has to say publicly where it works, no closer than a
 * district: an area served of a district, a province or the whole country. By that its own WCCC is
 * asked, and the pathway finds it. A save that leaves it without is refused, STATUS_INVALID and
 * REFUSAL_SERVED_AREA. Proposes the area for a place: that of its district ("" none). */
void restricted_served_area(const char *place, char ret_area[AREA_CODE]);
/* May the code be that area? */
bool restricted_is_served_area(const char *code, size_t len);

/* True when the save makes confidential what everybody could read: the directory's log keeps what
 * was said of it before, and the person has to be told. */
MUST_CHECK enum status restricted_leaves_past(struct db *db, const struct change *changes,
                                              size_t count, bool *ret_leaves);

/* For drafts: bytes that only this level can read again. STATUS_LOCKED while locked below it;
 * restricted_unseal: STATUS_DENIED when they are none of ours. */
MUST_CHECK enum status restricted_seal(struct db *db, int level, const void *bytes, size_t len,
                                       struct text *out);
MUST_CHECK enum status restricted_unseal(struct db *db, const void *sealed, size_t len,
                                         struct text *out);

/* --- the file
 * --------------------------------------------------------------------------------------- */

/* Its path: restricted.db beside directory.db, NAME.restricted.db beside NAME.db. False: the
 * directory has no file. */
bool restricted_path(struct db *db, struct text *out);
/* The same of the directory at path. */
void restricted_path_of(const char *path, struct text *out);
/* Beside a copy of the directory a copy of it, sealed as it is, mode 0600: the copy's name and
 * RESTRICTED_COPY. Nothing where there is none. */
#define RESTRICTED_COPY ".restricted"
MUST_CHECK enum status restricted_back_up(struct db *db, const char *copy);
/* After the directory was put back from a copy: the sealed log that lies beside the copy, where the
 * directory has none. One that is there stays: it has all that the copy has, and more. */
MUST_CHECK enum status restricted_bring_back(struct db *db, const char *copy);

#endif
