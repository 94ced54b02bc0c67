/* Who is at the keyboard and what this person may change. Knows nothing of where a person is kept
 * between two starts (tui/identity.h) and asks nobody for a password: roles keep honest people from
 * slips; what must stay hidden is sealed (design: data.md, confidentiality). */
#ifndef DB_PERSON_H
#define DB_PERSON_H

#include <stdbool.h>
#include <stddef.h>

#include "db/area.h"
#include "db/op.h"

enum { PERSON_CHARS = 100, PERSON_BYTES = 4 * PERSON_CHARS + 1 };

struct person {
    char name[PERSON_BYTES];   /* "": nobody has said who they are */
    char office[PERSON_BYTES]; /* "" none */
    int role;                  /* VALUE_ROLE_...; 0 as a viewer's */
    char area[AREA_CODE];      /* of an editor or approver; "" the whole country */
};

enum verdict {
    VERDICT_ALLOWED,
    VERDICT_PROPOSE, /* it may be written down as a proposal, for an approver of the area */
    VERDICT_REFUSED,
};

/* May this person do such a change to something that belongs to `area` (struct change.area)? A
 * viewer, a trainer and somebody without a name never write; editors and approvers write inside
 * their area and propose outside of it; OP_DECIDE and OP_REVIEW are for the approvers of the area.
 */
enum verdict authority_of(const struct person *person, enum op_kind op, const char *area);

/* The same, and where an approver wants to see changes first (propose.h: areas under review) an
 * editor's change is a proposal too. */
MUST_CHECK enum status authority_in(struct db *db, const struct person *person, enum op_kind op,
                                    const char *area, enum verdict *ret_verdict);

/* The whole of one save: the strictest verdict over its changes, each by the area it has and by the
 * one it is moved to; *ret_area (AREA_CODE bytes, may be NULL) is the area that decided. Fills
 * nothing in the changes. */
MUST_CHECK enum status authority_over(struct db *db, const struct person *person,
                                      const struct change *changes, size_t count,
                                      enum verdict *ret_verdict, char *ret_area);

/* The area a change belongs to, to be put into struct change.area: that of its record's place, else
 * of what the record serves, else of what it hangs on (a phone's owner, a service's organization);
 * "" for the country. `changes` is the whole save: what it makes may hang on each other; [at] is
 * the one asked for. */
MUST_CHECK enum status authority_area(struct db *db, const struct change *changes, size_t count,
                                      size_t at, char ret_area[AREA_CODE]);

/* Name and office as struct change.actor wants them: "Sok Dara, WCCC Chhuk". */
void person_actor(const struct person *person, struct text *out);

/* Brings name and office to the stored form. STATUS_INVALID: *ret_office tells whether it is the
 * office that is no clean line of at most PERSON_CHARS characters. */
MUST_CHECK enum status person_set_name(struct person *person, const char *name);
MUST_CHECK enum status person_set_office(struct person *person, const char *office);

/* The person as lines "name=...", and back. Unknown keys are left out; STATUS_INVALID: a value that
 * cannot be. */
void person_format(const struct person *person, struct text *out);
MUST_CHECK enum status person_parse(const char *text, size_t len, struct person *ret_person);

#endif
