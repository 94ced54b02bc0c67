/* Inside the search view: its state, shared by search.c (typing, moving), search_filter.c (filters,
 * counts, other things to ask), search_draw.c and search_facet.c (the pane of counts). */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "tui/edit.h"
#include "tui/hits.h"
#include "tui/names.h"
#include "tui/view.h"

/* What the arrows move in. */
enum search_focus {
    FOCUS_LIST,
    FOCUS_FILTERS,     /* those in force */
    FOCUS_FACETS,      /* counts that can become filters */
    FOCUS_SUGGESTIONS, /* below a list that is empty or short */
};

struct search_view {
    struct view view;
    struct names *names;
    struct edit edit;
    struct query wanted; /* filters set by hand, and guesses the person removed */
    struct hits hits;    /* nothing while nothing is asked */
    bool stale;          /* the hits are not yet those of the words and filters */
    enum search_focus focus;
    size_t filter, facet, suggestion; /* the chosen one of each */
    int rows, columns;                /* of the view */
};

enum {
    SEARCH_LIST_ROW = 2,        /* rows above the list */
    SEARCH_WIDE = 100,          /* columns from which the counts stand beside the list */
    SEARCH_FACET_COLUMNS = 36,  /* of their pane */
    SEARCH_SUGGESTION_MOST = 6, /* shown */
};

/* --- filters and counts: search_filter.c --- */

/* The filters in force, as shown. */
const struct filter *search_filters(const struct search_view *v, size_t *ret_count);
/* Filters the person set herself that make a list even without words. */
bool search_has_own_filters(const struct search_view *v);
/* Takes the filter at `at` of those in force away; a guess becomes text. False: there is none. */
bool search_remove(struct search_view *v, size_t at);
/* Counts of the present result: none while nothing is asked. */
size_t search_facet_count(const struct search_view *v);
const struct facet *search_facet(const struct search_view *v, size_t at);
bool search_facet_is_on(const struct search_view *v, const struct facet *facet);
/* The count becomes a filter set by hand, or stops being one. */
void search_toggle(struct search_view *v, const struct facet *facet);
size_t search_suggestion_count(const struct search_view *v);
const struct suggestion *search_suggestion(const struct search_view *v, size_t at);
/* Asks what the suggestion says. */
void search_follow(struct search_view *v, const struct suggestion *s);

/* --- drawing --- */

bool search_is_wide(const struct search_view *v);
struct hits_look search_look(const struct search_view *v, int top, int bottom);
void search_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom);
void search_draw_facets(const struct search_view *v, const struct format *f, struct canvas *c,
                        int row, int column, int rows, int columns);

#endif
