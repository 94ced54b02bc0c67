/* Drafts on the disk: what is typed and not saved yet, in files of their own outside of the
 * directory file, so that a crash, a power cut or a lost terminal costs two seconds of typing at
 * most. One file for each form that is open; a lock beside it tells whether the program that writes
 * it still lives. Knows nothing of screens. */
#ifndef TUI_DRAFT_H
#define TUI_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/form_data.h"

/* Appends $XDG_STATE_HOME/cpdir/drafts, else ~/.local/state/cpdir/drafts. False: no home is known.
 */
bool draft_folder(struct text *out);

/* The place of one draft, held by this program. */
struct draft {
    char *path; /* NULL: none is held */
    int lock;   /* file descriptor */
};

/* A place for a new draft of the record; folders are made (0700). False: none could be had. */
bool draft_claim(const char *folder, const struct uuid *record, struct draft *ret_draft);
/* Replaces what is kept by these bytes: written to another name, synced and renamed (0600). */
MUST_CHECK enum status draft_put(const struct draft *draft, const char *bytes, size_t len);
/* Gives the place back; with `discard` the draft goes too. Fine on a draft that is not held. */
void draft_release(struct draft *draft, bool discard);

/* One draft that no living program holds. */
struct draft_row {
    const char *path;
    const char *name; /* of the entry, as it was typed; "" none */
    struct uuid record;
    enum record_kind kind;
    bool fresh;      /* a new entry */
    int64_t time_ms; /* when it was written */
};

struct draft_list {
    struct draft_row *rows;
    size_t count;
    struct arena arena;
};

/* Those of this directory file, the newest first; unreadable files are left out. */
void draft_list_load(const char *folder, const char *file, struct draft_list *ret_list);
void draft_list_release(struct draft_list *list);
/* Its bytes. */
bool draft_get(const char *path, struct text *out);
/* Holds the draft again. False: another program does meanwhile, or it is gone. */
bool draft_take(const char *path, struct draft *ret_draft);

/* --- what is in them (draft_form.c) --- */

struct draft_head {
    const char *file; /* directory file it belongs to */
    int64_t time_ms;
    const char *area; /* where pickers of areas begin */
    const char *reason;
    int method, result; /* the verification that is saved with it; method 0: none */
    const char *note;   /* of that; NULL as "" */
    size_t missing;     /* confidential entries that were lost before */
};

/* What could not be read. */
struct draft_lack {
    int locked;     /* the level that has to be unlocked to read it all; 0: none */
    size_t missing; /* confidential entries that nobody can read again */
};

/* Appends the draft: changed fields as typed, and what they were. What is confidential is sealed,
 * or left out while that cannot be done. */
void draft_write(struct form_data *d, const struct draft_head *head, struct text *out);

/* The head alone; strings in the arena. False: it is no draft. */
bool draft_read_row(const char *bytes, size_t len, struct arena *arena, struct draft_row *ret_row,
                    struct draft_head *ret_head);

/* The form as it was typed, on top of what is stored now; the fields' bases are those of the draft,
 * so form_merge_begin tells what others changed since. STATUS_NOT_FOUND: the record is not there;
 * STATUS_INVALID: it is no draft. */
MUST_CHECK enum status draft_read(struct db *db, const char *bytes, size_t len,
                                  struct form_data *ret_data, struct draft_lack *ret_lack);

#endif
