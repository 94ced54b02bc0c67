/* Inside the browse view: its state, shared by browse.c (commands, loading) and browse_draw.c. */
#ifndef TUI_BROWSE_H
#define TUI_BROWSE_H

#include "db/area.h"
#include "tui/hits.h"
#include "tui/names.h"
#include "tui/sheet.h"
#include "tui/view.h"

enum browse_pane { BROWSE_AREAS, BROWSE_SERVICES };

struct browse {
    struct view view;
    struct names *names;
    char parent[AREA_CODE]; /* the area whose parts are listed; "" the country */
    struct area_list areas; /* its parts */
    struct area whole;      /* itself, with its counts; the list's first row */
    size_t selected;        /* 0: the area itself, n: its nth part */
    size_t top;             /* first row shown */
    enum browse_pane pane;
    struct hits hits;            /* services of the selected area; loaded when they are shown */
    char hits_of[AREA_CODE + 1]; /* its code; "?" nothing loaded */
    struct sheet preview;
    struct uuid preview_of;
    bool has_preview;
    int rows, columns;  /* of the view */
    enum status status; /* of the last reading of areas */
};

/* Where the three panes stand. A pane of no columns is not shown. */
struct browse_layout {
    int areas, areas_columns;
    int services, services_columns;
    int preview, preview_columns;
};

enum { BROWSE_WIDE = 100 }; /* columns from which areas, services and preview stand side by side */

struct browse_layout browse_layout(const struct browse *b);
/* The area of the selected row. */
const struct area *browse_area(const struct browse *b);
/* Rows of the list of areas, the area itself included. */
size_t browse_area_rows(const struct browse *b);
/* Lines of the list of areas that can be shown. */
int browse_area_lines(int rows);
struct hits_look browse_services_look(const struct browse *b, int top, int bottom);

void browse_draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom);

#endif
