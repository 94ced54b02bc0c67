/* A list of services on a screen: a window of what search_run finds is loaded around the selection,
 * so that a list of any length costs the same. Used by the browse and the search view. */
#ifndef TUI_HITS_H
#define TUI_HITS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/search.h"
#include "tui/canvas.h"
#include "tui/format.h"

enum {
    HITS_PAGE = 120,       /* hits loaded at once */
    SELECTED_MARK = 0x25B8 /* stands before the selected row, for eyes that see no colours */
};

struct hits {
    struct db *db; /* borrowed */
    struct query query;
    struct text words;     /* the query's words */
    char asked[AREA_CODE]; /* area the headings are about, "" none */
    struct result page;    /* hits [start, start + page.count) */
    size_t start;
    size_t selected;    /* counted from the list's first hit; 0 in an empty list */
    size_t top;         /* first hit shown */
    enum status status; /* of the last load */
    bool loaded;
};

void hits_init(struct hits *h, struct db *db);
void hits_release(struct hits *h);

/* Shows another list, from its beginning. words and filters are copied; limit and offset are set by
 * the list itself. False: cancelled by the query, the old rows stay. */
bool hits_show(struct hits *h, const struct query *query, const char *asked);
/* Loads the same list again and keeps the selected service where it still is in it. */
void hits_reload(struct hits *h, enum lang lang);
/* Empties the list. */
void hits_clear(struct hits *h);

/* NULL outside the loaded window. */
const struct hit *hits_at(const struct hits *h, size_t index);
const struct hit *hits_selected(const struct hits *h);

/* Moves the selection, loading further hits where needed. True when it moved. */
bool hits_move(struct hits *h, long by);
bool hits_home(struct hits *h);
/* To the end, or a few thousand hits further where there are that many. */
bool hits_end(struct hits *h);

/* How a list is drawn. */
struct hits_look {
    int row, column, rows, columns;
    bool focus;  /* the keys go to this list */
    bool reason; /* place and reason under each hit */
};

/* Lines of one hit in that look: 1 or 2. */
int hits_lines(const struct hits_look *look);
/* Hits moved by Page Up and Page Down. */
long hits_page(const struct hits_look *look);
/* Scrolls so that the selection is visible. */
void hits_scroll(struct hits *h, const struct hits_look *look);
void hits_draw(const struct hits *h, const struct format *f, struct canvas *c,
               const struct hits_look *look);
/* Appends the whole list for paper, as far as a page of that kind makes sense; false: it is empty.
 */
bool hits_print(const struct hits *h, const struct format *f, struct text *out);

#endif
