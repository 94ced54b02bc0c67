/* Inside the due view: its state, shared by due.c (the round) and due_draw.c. */
#ifndef TUI_DUE_VIEW_H
#define TUI_DUE_VIEW_H

#include "db/due.h"
#include "tui/format.h"
#include "tui/names.h"
#include "tui/roll.h"
#include "tui/sheet.h"
#include "tui/view.h"

/* One line of the list. What was answered stays in it, ticked, until the list is opened again. */
struct due_item {
    struct due_row row;
    int result; /* VALUE_RESULT_... of this round at this screen, 0: none */
    bool done;  /* it is due no more */
    bool skipped;
};

struct due_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct due_item *items;
    size_t count;
    int64_t answered, total; /* of this round */
    int64_t round_from;      /* day */
    enum status status;
    struct roll roll;
    struct sheet card;  /* the chosen one: numbers, why, when it was confirmed */
    struct arena arena; /* texts of the items */
    int rows, columns;
};

/* How the rows are shared out. */
struct due_layout {
    int list, card, keys; /* rows of each; one more stands on top */
};
struct due_layout due_layout(const struct due_view *v, const struct context *x);

void due_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
              int bottom);
/* The line of an item: name, number, why; short enough for `columns`. */
void due_name(const struct due_view *v, const struct context *x, const struct due_row *row,
              int columns, struct text *out);

#endif
