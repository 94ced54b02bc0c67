/* What the form edits, without a screen: a record and what belongs to it, as typed. Every field is
 * a cell that keeps what was typed even where it is refused, and what was stored when it was
 * loaded, so that the changes of a save and a conflict can be told field by field. */
#ifndef TUI_FORM_DATA_H
#define TUI_FORM_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "db/area.h"
#include "db/op.h"
#include "db/record.h"
#include "tui/edit.h"
#include "tui/value.h"

/* The status of a record as a field of its own (FIELD_STATUS). */
const struct field *form_status_field(void);
/* field_by_number, FIELD_STATUS included. */
const struct field *form_field(int number);

/* One field of a record in the form. */
struct box {
    const struct field *field;
    bool picked;        /* chosen, not typed: its edit stays empty */
    struct edit edit;   /* what is typed */
    struct value now;   /* what that means; VALUE_NULL while it is refused. In arena */
    struct value base;  /* as stored when it was loaded. In the form's arena */
    struct fault fault; /* why what is typed is refused; FAULT_NONE */
    bool shown;         /* the fault is said on the screen */
    struct arena arena;
};

/* One record in the form. */
struct part {
    enum record_kind kind;
    struct uuid id;
    struct uuid owner;  /* the record it belongs to; nil: none */
    struct part *place; /* SERVICE_AT_LOCATION: the location it leads to; NULL: not there */
    bool fresh;         /* not stored yet */
    bool removed;       /* to be closed; a fresh one is not made */
    bool open;          /* its fields are on the screen */
    bool gone;          /* somebody else closed it and that stands: neither shown nor saved */
    bool reopens;       /* somebody else closed it, but it is wanted: the save opens it again */
    struct seen seen;   /* what was on the screen when it was loaded */
    struct box *boxes;
    size_t count;
};

struct form_data {
    struct db *db; /* borrowed */
    struct part **parts;
    size_t count; /* parts[0]: the record the form is about */
    size_t room;
    struct arena arena;
};

/* A stored record with all that the form shows of it. STATUS_NOT_FOUND. */
MUST_CHECK enum status form_data_load(struct db *db, enum record_kind kind, const struct uuid *id,
                                      struct form_data *ret_data);
/* A new record; a service is for the area ("" none given). */
MUST_CHECK enum status form_data_new(struct db *db, enum record_kind kind, const char *area,
                                     struct form_data *ret_data);
void form_data_release(struct form_data *d);

/* Kinds of records that hang on this kind in the form, in the order shown; *ret_count of them. */
const enum record_kind *form_data_lists(enum record_kind kind, size_t *ret_count);

struct part *form_data_root(const struct form_data *d);
/* A new record that belongs to owner (NULL: to the one the form is about), its fields on the
 * screen. A SERVICE_AT_LOCATION comes with its location. Its parts are the last ones. */
MUST_CHECK enum status form_data_add(struct form_data *d, enum record_kind kind,
                                     const struct uuid *owner, struct part **ret_part);
/* To be closed with the save; a fresh one goes at once. */
void form_data_remove(struct part *p);
void form_data_restore(struct part *p);
/* For drafts: a fresh record with this id and nothing in it; and a stored one, even a closed one
 * (STATUS_NOT_FOUND). */
struct part *form_data_make(struct form_data *d, enum record_kind kind, const struct uuid *id);
MUST_CHECK enum status form_data_take(struct form_data *d, enum record_kind kind,
                                      const struct uuid *id, struct part **ret_part);
/* A record of another form (as it is stored) joins this one. */
struct part *form_data_adopt(struct form_data *d, const struct part *stored);
struct part *form_data_find(const struct form_data *d, const struct uuid *id);

/* The link that leads to this place, else the part itself. */
struct part *form_data_holder(const struct form_data *d, struct part *p);

struct box *form_box(const struct part *p, int field); /* NULL: not of this kind */
/* Is this the reference by which the part hangs on its owner? It is not shown. */
bool form_box_hidden(const struct part *p, const struct box *c);
bool form_box_changed(const struct box *c);

/* Reads what is typed again. After every change of the edit. */
void form_box_read(struct form_data *d, struct box *c);
/* Puts a stored or chosen value in (copied); what was typed gives way to it. */
void form_box_put(struct box *c, const struct value *v);

bool form_part_changed(const struct part *p);
/* A fresh part with nothing in it: it is not saved. */
bool form_part_empty(const struct part *p);
bool form_data_changed(const struct form_data *d);

/* Checks everything as the save will. STATUS_INVALID: the faults stand in the boxes and are shown;
 * *ret_part and *ret_box are the first of them. */
MUST_CHECK enum status form_data_check(struct form_data *d, struct part **ret_part,
                                       struct box **ret_box);
/* The rules over several fields of one part, after its boxes were read. */
void form_part_check(struct form_data *d, struct part *p);

/* The changes of the save, in the arena; strings stay those of the form. count 0: nothing. */
void form_data_changes(struct form_data *d, struct arena *arena, const char *reason,
                       struct change **ret_changes, size_t *ret_count);
/* The same with the fresh records into which nothing was typed yet. */
void form_data_planned(struct form_data *d, struct arena *arena, struct change **ret_changes,
                       size_t *ret_count);
/* Goes into a draft: changed, or fresh even where nothing was typed yet. */
bool form_part_kept(const struct part *p);

/* The least level that may see the part, as it is stored or as it will be, and whatever it belongs
 * to: 0 public. */
int form_part_level(const struct form_data *d, const struct part *p);

#endif
