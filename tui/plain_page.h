/* Inside the line mode: its state, and the pages of plain_work.c. */
#ifndef TUI_PLAIN_PAGE_H
#define TUI_PLAIN_PAGE_H

#include "db/area.h"
#include "tui/format.h"
#include "tui/plain.h"

enum { SERVICES_SHOWN = 20 };

enum page_kind {
    PAGE_AREA,
    PAGE_SEARCH,
    PAGE_SERVICE,
    PAGE_NEEDS, /* which need the pathway is for; from here on pages of work in an area */
    PAGE_PATHWAY,
    PAGE_DUE,
    PAGE_COVERAGE,
};

/* A place the person went to; they stand on a stack for going back. */
struct page {
    enum page_kind kind;
    char area[AREA_CODE]; /* not PAGE_SEARCH, PAGE_SERVICE */
    char need[AREA_CODE]; /* PAGE_PATHWAY */
    char *words;          /* PAGE_SEARCH, owned */
    struct uuid service;  /* PAGE_SERVICE */
    size_t offset;        /* services before the first one shown */
};

/* What a number opens: an area or a need (code not ""), or a service; all empty: nothing. */
struct choice {
    char area[AREA_CODE];
    char need[AREA_CODE];
    struct uuid service;
};

struct plain {
    struct console io;
    struct directory *directory;
    struct names *names;
    struct page *pages;
    size_t page_count, page_room;
    struct choice *choices;
    size_t choice_count, choice_room;
    bool more; /* services beyond those shown */
};

struct choice *plain_add_choice(struct plain *p);
struct format plain_words(const struct plain *p);
void plain_failed(struct plain *p, enum status status);

/* --- plain_work.c: the page on top, of its kind --- */

void plain_show_needs(struct plain *p, const struct page *page);
void plain_show_pathway(struct plain *p, const struct page *page);
void plain_show_due(struct plain *p, const struct page *page);
void plain_show_coverage(struct plain *p, const struct page *page);

#endif
