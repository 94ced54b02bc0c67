/* Private to the form's files: its state, and what they share. form.c runs commands, form_type.c
 * those inside a field, form_items.c lists and places what is on the screen, form_draw.c draws it,
 * form_near.c looks for twins, form_save.c says what changes and saves, form_conflict.c lets the
 * person choose between versions.
 */
#ifndef TUI_FORM_VIEW_H
#define TUI_FORM_VIEW_H

#include "tui/choice.h"
#include "tui/desk.h"
#include "tui/draft.h"
#include "tui/form.h"
#include "tui/form_data.h"
#include "tui/form_merge.h"
#include "tui/names.h"
#include "tui/pick.h"
#include "tui/sheet.h"
#include "tui/view.h"

enum item_kind {
    ITEM_HEADING, /* cannot be stood on */
    ITEM_BOX,     /* a field */
    ITEM_PART,    /* one record of a list, closed or open */
    ITEM_ADD,     /* adds a record to a list */
    ITEM_ACTION,
};

enum form_action {
    ACTION_SAVE,
    ACTION_LEAVE,
    ACTION_REMOVE,       /* the part that is open above */
    ACTION_ORGANIZATION, /* opens the form of the organization */
};

struct item {
    enum item_kind kind;
    struct part *part;
    struct box *box;
    enum message label;   /* ITEM_HEADING */
    enum record_kind add; /* ITEM_ADD, ITEM_PART: kind of the list */
    enum form_action action;
    int indent;
    bool beside;         /* on the row of the item before: the second of a pair */
    int row, rows;       /* in the long page of all items; rows of the box alone */
    int column, columns; /* of the box */
};

enum form_mode {
    MODE_FILL,
    MODE_PICK,
    MODE_SUMMARY,  /* what the save changes */
    MODE_CONFLICT, /* the same field was changed by somebody else */
    MODE_LEAVE,    /* what shall become of what was typed? */
    MODE_DRAFT,    /* a draft is there: what shall become of it? */
    MODE_LOCKED,   /* it held what is locked now */
};

struct form_view {
    struct view view;
    struct form_data data;
    struct names *names;
    enum form_mode mode;
    struct item *items;
    size_t count, room;
    size_t focus; /* item */
    int page;     /* rows of the long page */
    int top;      /* first of them that is shown */
    int rows, columns;
    char area[AREA_CODE]; /* where a picker of areas begins */
    struct text clip;     /* cut or copied */
    struct pick pick;
    struct choice choice;
    struct sheet sheet; /* MODE_SUMMARY */
    size_t sheet_top;
    struct edit reason;
    struct form_merge merge; /* MODE_CONFLICT */
    bool saves_after;        /* MODE_CONFLICT: goes on with the save */
    struct text near;        /* entries that look like this one */
    bool dirty;              /* typed since the draft was written */
    int64_t dirty_ms;        /* since when; 0 not known yet */
    bool has_found;          /* a verification is saved with it */
    struct verdict_words found;
    struct text found_note;
    struct draft draft;      /* where it is kept */
    int asked;               /* the person was asked to unlock this level; 0 none is locked */
    size_t missing;          /* confidential entries that its draft could not keep */
    bool keep_failed;        /* and the person was told */
    const struct context *x; /* for the last draft, when the view is closed */
    struct text draft_note;  /* MODE_DRAFT: when it was typed */
};

/* The ops of each mode. */
void form_set_mode(struct form_view *v, enum form_mode mode);

void form_step(struct form_view *v, const struct context *x, int by);
void form_remove_record(struct form_view *v, const struct context *x, struct part *p);
unsigned form_run_fill(struct view *view, const struct context *x, enum command command);

/* --- form_type.c --- */

void form_read_typed(struct form_view *v, const struct context *x, struct box *b);
void form_open_picker(struct form_view *v, const struct context *x);
/* Commands inside the field, the record or the button that has the focus. */
void form_run_inside(struct form_view *v, const struct context *x, enum command command);
unsigned form_type_fill(struct view *view, const struct context *x, const char *s, size_t len);
unsigned form_paste_fill(struct view *view, const struct context *x, const char *s, size_t len);
unsigned form_run_pick(struct view *view, const struct context *x, enum command command);
unsigned form_type_pick(struct view *view, const struct context *x, const char *s, size_t len);
void form_draw_pick(const struct view *view, const struct context *x, struct canvas *c, int top,
                    int bottom);

/* --- form_level.c --- */

/* Gives new records the level they get by themselves (a shelter's place); true: some got one. */
bool form_apply_levels(struct form_view *v, const struct context *x);
/* The least level that has to be unlocked before what is typed can be kept; 0: none. */
int form_locked_level(const struct form_view *v, const struct context *x);
/* Gives levels, and where one is locked asks for its PIN, or for a first one, before anything is
 * typed that could not be kept. True: it asks. Nobody is asked twice for one level. */
bool form_ask_key(struct form_view *v, const struct context *x);
/* Adds the district of a confidential place as the area served where the service says none, and
 * asks the person to look at it (restricted_served_area). True: it did. */
bool form_propose_area(struct form_view *v, const struct context *x);
/* It shows what has been locked meanwhile. */
bool form_must_hide(const struct form_view *v, const struct context *x);
/* Forgets it; the draft has it, sealed. */
void form_hide(struct form_view *v, const struct context *x);
unsigned form_run_locked(struct view *view, const struct context *x, enum command command);

/* --- form_near.c --- */

/* Looks for entries like this one when a name or a telephone number has the focus. */
void form_look_near(struct form_view *v, const struct context *x);

/* --- form_items.c --- */

/* Lists the items anew, the focus on what it was on. */
void form_list_items(struct form_view *v, const struct context *x);
/* Gives every item its place for the size of the screen. */
void form_place_items(struct form_view *v, const struct context *x);
/* Both, and scrolls so that the focus is seen. */
void form_lay_out(struct form_view *v, const struct context *x);
bool form_can_stand(const struct item *i);
struct item *form_focus(const struct form_view *v);
/* Puts the focus on this field; false: it is not on the screen. */
bool form_focus_on(struct form_view *v, const struct part *p, const struct box *b);
/* Rows of the view that items have; below them stand what is near and the hint. */
int form_item_rows(const struct form_view *v);
/* Appends what a record of a list says, in one line. */
void form_part_summary(const struct form_view *v, const struct context *x, struct text *out,
                       const struct part *p);
/* Appends the text of a chosen value. */
void form_box_show(const struct form_view *v, const struct context *x, struct text *out,
                   const struct box *b, const struct value *value);

/* --- form_draw.c --- */

void form_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
               int bottom);

/* --- form_save.c --- */

/* Checks; goes to the first fault, or shows what changes. */
void form_begin_save(struct form_view *v, const struct context *x);
/* What differs from what is stored, without checking it. */
void form_show_changes(struct form_view *v, const struct context *x);
void form_draw_summary(const struct view *view, const struct context *x, struct canvas *c, int top,
                       int bottom);
unsigned form_run_summary(struct view *view, const struct context *x, enum command command);
unsigned form_type_reason(struct view *view, const struct context *x, const char *s, size_t len);
/* Saves; OUTCOME_POP when it is done. */
unsigned form_save(struct form_view *v, const struct context *x);
void form_lay_out_summary(struct form_view *v, const struct context *x);

/* --- form_conflict.c --- */

/* Looks what is stored now: what others changed comes in, and where both changed one field the
 * person is asked (true: the mode changed). */
bool form_meet_others(struct form_view *v, const struct context *x, bool saves_after);
void form_draw_conflict(const struct view *view, const struct context *x, struct canvas *c, int top,
                        int bottom);
unsigned form_run_conflict(struct view *view, const struct context *x, enum command command);

/* --- form_keep.c: drafts --- */

void form_touch(struct form_view *v);
/* Writes the draft, unless a part of it waits for a PIN; form_keep_now: without that part then. */
void form_keep(struct form_view *v, const struct context *x);
void form_keep_now(struct form_view *v, const struct context *x);
void form_forget_draft(struct form_view *v, const struct context *x);
bool form_tick(struct view *view, const struct context *x, int64_t ms);
/* Asks what shall become of a draft of this record, where there is one. */
void form_offer_draft(struct form_view *v, const struct context *x);
/* Appends which entry a draft is of, and when it was typed. */
void form_say_draft(struct text *out, const struct context *x, const struct draft_row *row);
/* Holds the draft and asks; false: another program has it. */
bool form_take_draft(struct form_view *v, const struct context *x, const struct draft_row *row);
unsigned form_run_draft(struct view *view, const struct context *x, enum command command);

#endif
