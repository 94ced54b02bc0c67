/* Filters of the search view: those in force, those the counts offer, and what else may be asked.
 * Changes what is wanted; search.c asks again. Draws nothing. */
#include <stdio.h>
#include <string.h>

#include "tui/search.h"

const struct filter *search_filters(const struct search_view *v, size_t *ret_count)
{
    bool found = v->hits.loaded;
    *ret_count = found ? v->hits.page.filter_count : v->wanted.filter_count;
    return found ? v->hits.page.filters : v->wanted.filters;
}

bool search_has_own_filters(const struct search_view *v)
{
    for (size_t i = 0; i < v->wanted.filter_count; i++)
        if (v->wanted.filters[i].kind != FILTER_AREA)
            return true;
    return false;
}

static void remove_own(struct query *q, size_t at)
{
    memmove(&q->filters[at], &q->filters[at + 1], (q->filter_count - at - 1) * sizeof *q->filters);
    q->filter_count--;
}

/* Place of the filter set by hand with this kind and value; filter_count: there is none. */
static size_t find_own(const struct query *q, enum filter_kind kind, const char *value)
{
    size_t at = 0;
    while (at < q->filter_count &&
           !(q->filters[at].kind == kind && strcmp(q->filters[at].value, value) == 0))
        at++;
    return at;
}

static void add_own(struct query *q, const struct filter *f)
{
    struct filter own = *f;
    own.guessed = false;
    own.at = own.len = 0;
    if (q->filter_count < QUERY_FILTERS)
        q->filters[q->filter_count++] = own;
}

static void remove_kind(struct query *q, enum filter_kind kind)
{
    for (size_t i = q->filter_count; i-- > 0;)
        if (q->filters[i].kind == kind)
            remove_own(q, i);
}

bool search_remove(struct search_view *v, size_t at)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    if (at >= count)
        return false;
    struct filter f = filters[at];
    struct query *q = &v->wanted;
    size_t own = find_own(q, f.kind, f.value);
    if (f.guessed && q->refused_count < QUERY_FILTERS)
        q->refused[q->refused_count++] = f;
    else if (!f.guessed && own < q->filter_count)
        remove_own(q, own);
    v->stale = true;
    return true;
}

/* --- counts
 * ------------------------------------------------------------------------------------------ */

size_t search_facet_count(const struct search_view *v)
{
    return v->hits.loaded ? v->hits.page.facet_count : 0;
}

const struct facet *search_facet(const struct search_view *v, size_t at)
{
    return at < search_facet_count(v) ? &v->hits.page.facets[at] : NULL;
}

bool search_facet_is_on(const struct search_view *v, const struct facet *facet)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    for (size_t i = 0; i < count; i++)
        if (filters[i].kind == facet->kind && strcmp(filters[i].value, facet->value) == 0)
            return true;
    return false;
}

void search_toggle(struct search_view *v, const struct facet *facet)
{
    struct filter f = {.kind = facet->kind};
    size_t count, at = 0;
    const struct filter *filters = search_filters(v, &count);
    snprintf(f.value, sizeof f.value, "%s", facet->value);
    while (at < count && !(filters[at].kind == f.kind && strcmp(filters[at].value, f.value) == 0))
        at++;
    if (search_remove(v, at))
        return;
    if (f.kind == FILTER_AREA) /* a part of the area asked for before */
        remove_kind(&v->wanted, FILTER_AREA);
    add_own(&v->wanted, &f);
    v->stale = true;
}

/* --- what else may be asked
 * -------------------------------------------------------------------------- */

size_t search_suggestion_count(const struct search_view *v)
{
    size_t count = v->hits.loaded ? v->hits.page.suggestion_count : 0;
    return count < SEARCH_SUGGESTION_MOST ? count : SEARCH_SUGGESTION_MOST;
}

const struct suggestion *search_suggestion(const struct search_view *v, size_t at)
{
    return at < search_suggestion_count(v) ? &v->hits.page.suggestions[at] : NULL;
}

void search_follow(struct search_view *v, const struct suggestion *s)
{
    struct query *q = &v->wanted;
    const struct filter f = s->filter;
    edit_clear(&v->edit);
    edit_insert(&v->edit, s->words, strlen(s->words));
    switch (s->kind) {
    case SUGGEST_WORDS:
        break;
    case SUGGEST_WIDER_AREA:
        remove_kind(q, FILTER_AREA);
        if (*f.value)
            add_own(q, &f);
        break;
    case SUGGEST_RELATED:
        remove_kind(q, FILTER_TYPE);
        remove_kind(q, FILTER_GROUP);
        remove_kind(q, FILTER_NEED);
        add_own(q, &f);
        break;
    case SUGGEST_WITHOUT:
        if (find_own(q, f.kind, f.value) < q->filter_count)
            remove_own(q, find_own(q, f.kind, f.value));
        break;
    }
    v->stale = true;
}
