/* A window on a list of services. Knows search_run, nothing of screens (hits_draw.c draws). */
#include "tui/hits.h"

#include <stdio.h>
#include <string.h>

enum { END_PAGES = 40, FIND_PAGES = 5 };

void hits_init(struct hits *h, struct db *db)
{
    *h = (struct hits){.db = db};
    text_init(&h->words);
}

void hits_clear(struct hits *h)
{
    if (h->loaded)
        result_release(&h->page);
    h->page = (struct result){.rows = NULL};
    h->loaded = false;
    h->start = h->selected = h->top = 0;
}

void hits_release(struct hits *h)
{
    hits_clear(h);
    text_release(&h->words);
}

/* Loads the window that begins at `start`; the old one stays where that fails. False: cancelled. */
static bool load(struct hits *h, size_t start)
{
    struct result page;
    h->query.words = h->words.bytes;
    h->query.limit = HITS_PAGE;
    h->query.offset = start;
    enum status status = search_run(h->db, &h->query, &page);
    if (status == STATUS_CANCELLED)
        return false;
    h->status = status;
    if (status != STATUS_OK)
        return true;
    if (h->loaded)
        result_release(&h->page);
    h->page = page;
    h->start = start;
    h->loaded = true;
    return true;
}

static size_t window_end(const struct hits *h)
{
    return h->start + h->page.count;
}

/* Brings selection and first line back into what there is. */
static void clamp(struct hits *h)
{
    if (h->page.count == 0 && h->start > 0)
        (void)load(h, 0);
    if (h->selected >= window_end(h))
        h->selected = window_end(h) > 0 ? window_end(h) - 1 : 0;
    if (h->selected < h->start)
        h->selected = h->start;
    if (h->top < h->start)
        h->top = h->start;
    if (h->top > h->selected)
        h->top = h->selected;
}

bool hits_show(struct hits *h, const struct query *query, const char *asked)
{
    h->query = *query;
    if (query->words != h->words.bytes) {
        text_clear(&h->words);
        text_adds(&h->words, query->words);
    }
    snprintf(h->asked, sizeof h->asked, "%s", asked);
    if (!load(h, 0))
        return false;
    h->query.cancelled = NULL; /* further windows are waited for */
    h->selected = h->top = 0;
    if (h->status != STATUS_OK)
        hits_clear(h);
    return true;
}

const struct hit *hits_at(const struct hits *h, size_t index)
{
    if (index < h->start || index >= window_end(h))
        return NULL;
    return &h->page.rows[index - h->start];
}

const struct hit *hits_selected(const struct hits *h)
{
    return hits_at(h, h->selected);
}

static bool find_in_window(struct hits *h, const struct uuid *id)
{
    for (size_t i = 0; i < h->page.count; i++) {
        if (uuid_equal(&h->page.rows[i].id, id)) {
            h->selected = h->start + i;
            return true;
        }
    }
    return false;
}

void hits_reload(struct hits *h, enum lang lang)
{
    const struct hit *hit = hits_selected(h);
    size_t start = h->start, selected = h->selected;
    bool wanted = hit != NULL;
    struct uuid id = wanted ? hit->id : (struct uuid){{0}};
    h->query.lang = lang;
    (void)load(h, start);
    bool found = wanted && find_in_window(h, &id);
    for (size_t page = 0; wanted && !found && page < FIND_PAGES; page++) {
        if (page > 0 && !h->page.more)
            break;
        (void)load(h, page * HITS_PAGE);
        found = h->status == STATUS_OK && find_in_window(h, &id);
    }
    if (wanted && !found) {
        (void)load(h, start);
        h->selected = selected;
    }
    clamp(h);
}

/* Loads the window around the wanted hit, which lies outside the present one. */
static void load_around(struct hits *h, size_t wanted)
{
    (void)load(h, wanted > HITS_PAGE / 2 ? wanted - HITS_PAGE / 2 : 0);
}

bool hits_move(struct hits *h, long by)
{
    size_t before = h->selected, wanted = before;
    if (by < 0)
        wanted = (size_t)-by > before ? 0 : before - (size_t)-by;
    else
        wanted = before + (size_t)by;
    if (wanted < h->start || (wanted >= window_end(h) && h->page.more))
        load_around(h, wanted);
    h->selected = wanted;
    clamp(h);
    return h->selected != before;
}

bool hits_home(struct hits *h)
{
    size_t before = h->selected;
    if (h->start > 0)
        (void)load(h, 0);
    h->selected = h->top = 0;
    clamp(h);
    return h->selected != before;
}

bool hits_end(struct hits *h)
{
    size_t before = h->selected;
    for (int page = 0; page < END_PAGES && h->page.more && h->status == STATUS_OK; page++)
        (void)load(h, h->start + HITS_PAGE / 2);
    h->selected = window_end(h) > 0 ? window_end(h) - 1 : 0;
    clamp(h);
    return h->selected != before;
}
