/* Choosing a value instead of typing it: a list that what is typed narrows down. Areas can be gone
 * through from the province down as well; kinds of service stand under their groups; days of the
 * week are switched on and off. Knows the fields, nothing of the form. */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "db/area.h"
#include "db/record.h"
#include "tui/edit.h"
#include "tui/names.h"
#include "tui/view.h"

enum pick_row_kind {
    PICK_VALUE,
    PICK_HEADING, /* cannot be chosen */
    PICK_TOGGLE,  /* a day of the week */
    PICK_DONE,    /* takes what is switched on */
    PICK_NEW,     /* a record that is not there yet */
};

struct pick_row {
    enum pick_row_kind kind;
    const char *label;
    const char *note; /* what tells it from its neighbours, "" nothing */
    struct value value;
    int day;                /* PICK_TOGGLE: bit */
    char inside[AREA_CODE]; /* an area that has parts: its code; "" none */
    int depth;              /* columns it stands to the right */
};

struct pick_areas;

struct pick {
    const struct field *field;
    struct edit edit;       /* what is typed to narrow the list down */
    struct value now;       /* as it was when the list was opened; text in arena */
    struct uuid of;         /* organization whose programmes are listed; nil none */
    bool may_be_new;        /* offers PICK_NEW */
    unsigned days;          /* PICK_TOGGLE */
    char parent[AREA_CODE]; /* areas: whose parts are listed */
    struct pick_row *rows;
    size_t count, room, selected, top;
    struct pick_areas *areas; /* all of them, once something is typed */
    struct arena arena;       /* of the rows */
    struct arena kept;        /* of now */
};

enum pick_result {
    PICK_GOES_ON,
    PICK_TAKEN, /* *ret_value; its text is valid until pick_close */
    PICK_LEFT,  /* nothing was chosen */
    PICK_MADE,  /* a new record is wanted; what is typed may be its name */
};

/* A list for the field with the row of `now` selected. `near`: area to begin in where nothing is
 * chosen ("" the country). of: see above (NULL none). */
void pick_open(struct pick *p, const struct context *x, struct names *names,
               const struct field *field, const struct value *now, const char *near,
               const struct uuid *of);
void pick_close(struct pick *p);
/* The language changed: the same list in other words. */
void pick_reload(struct pick *p, const struct context *x, struct names *names);

bool pick_type(struct pick *p, const struct context *x, struct names *names, const char *s,
               size_t len);
/* OUTCOME_IGNORED in *ret_outcome: not a command of the list. */
enum pick_result pick_command(struct pick *p, const struct context *x, struct names *names,
                              enum command command, int rows, struct value *ret_value,
                              unsigned *ret_outcome);
void pick_draw(const struct pick *p, const struct context *x, struct canvas *c, int top,
               int bottom);

/* For pick_rows.c. */
void pick_fill(struct pick *p, const struct context *x, struct names *names);
void pick_areas_free(struct pick_areas *a);

#endif
