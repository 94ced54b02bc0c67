/* Inside the search view: its state, shared by search.c (typing, filters) and search_draw.c. */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "tui/edit.h"
#include "tui/hits.h"
#include "tui/names.h"
#include "tui/view.h"

struct search_view {
    struct view view;
    struct names *names;
    struct edit edit;
    struct query wanted; /* filters set by hand, and guesses the person removed */
    struct hits hits;    /* nothing while nothing is typed */
    bool on_filters;     /* the arrows choose among the filters */
    size_t filter;       /* the chosen one */
    int rows, columns;   /* of the view */
};

/* The filters in force, as shown. */
const struct filter *search_filters(const struct search_view *v, size_t *ret_count);
/* The next wider area than the one set by hand, when a search found nothing in it. */
bool search_wider(const struct search_view *v, char ret_code[AREA_CODE]);
struct hits_look search_look(const struct search_view *v, int top, int bottom);

void search_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom);

#endif
