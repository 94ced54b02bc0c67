/* Counting the minimum package; see coverage.h. One pass over the services puts each into the areas
 * it is in and is made for; what covers an area is then the sum over the areas around it. */
#include "db/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/record.h"
#include "db/search_index.h"
#include "db/term.h"
#include "i18n/number.h"

/* All services, and the sure ones among them. */
struct counted {
    int all, sure;
};

struct coverage_counts {
    struct counted present, made; /* made: for exactly the area */
    struct counted both;          /* present and also made for a wider area */
};

const char *coverage_state_name(enum coverage_state state)
{
    static const char *const names[COVERAGE_STATES] = {"", "missing", "unconfirmed", "covered",
                                                       "present"};
    return names[state];
}

void coverage_release(struct coverage *c)
{
    arena_release(&c->arena);
    *c = (struct coverage){0};
}

/* --- finding ---------------------------------------------------------------------------------- */

static int by_code(const void *code, const void *area)
{
    return strcmp(code, area);
}

/* Place of the first `len` bytes of a code; "KH" is the nation. SIZE_MAX: no such area. */
static size_t find_area(const struct coverage *c, const char *code, size_t len)
{
    char key[AREA_CODE] = "";
    if (len >= AREA_CODE)
        return SIZE_MAX;
    memcpy(key, code, len);
    if (strcmp(key, AREA_COUNTRY_CODE) == 0)
        *key = '\0';
    const char(*found)[AREA_CODE] =
        bsearch(key, c->areas, c->area_count, sizeof *c->areas, by_code);
    return found ? (size_t)(found - (const char(*)[AREA_CODE])c->areas) : SIZE_MAX;
}

size_t coverage_kind(const struct coverage *c, const char *code)
{
    for (size_t i = 0; i < c->kind_count; i++)
        if (strcmp(c->kinds[i], code) == 0)
            return i;
    return SIZE_MAX;
}

/* The next code of a list separated by spaces; false at its end. */
static bool next_code(const char **list, const char **ret_code, size_t *ret_len)
{
    *ret_code = *list;
    *ret_len = strcspn(*list, " ");
    *list += *ret_len + strspn(*list + *ret_len, " ");
    return *ret_len > 0;
}

/* The nearest area a service is made for that is wider than `area`: length of its code, 0 the
 * country, -1: none. */
static int wider(const char *covers, const char *area)
{
    const char *code;
    size_t len, here = strlen(area);
    int found = -1;
    while (next_code(&covers, &code, &len)) {
        if (len == 2 && memcmp(code, AREA_COUNTRY_CODE, 2) == 0)
            len = 0;
        if (len < here && memcmp(code, area, len) == 0 && (int)len > found)
            found = (int)len;
    }
    return found;
}

/* --- one service ------------------------------------------------------------------------------ */

enum { AREAS_MOST = 2048 }; /* more than there are */

struct count {
    struct coverage *c;
    size_t areas[AREAS_MOST]; /* where the service is present */
    size_t area_count;
    unsigned char *seen; /* of each area: it is in areas */
};

static void note(struct count *n, size_t area)
{
    if (area == SIZE_MAX || n->seen[area] || n->area_count == AREAS_MOST)
        return;
    n->seen[area] = 1;
    n->areas[n->area_count++] = area;
}

static void add(struct counted *to, bool sure)
{
    to->all++;
    to->sure += sure;
}

static void count_area(const struct count *n, const struct coverage_row *row, size_t area,
                       bool made)
{
    struct coverage *c = n->c;
    bool both = wider(row->covers, c->areas[area]) >= 0;
    for (size_t k = 0; k < c->kind_count; k++) {
        struct coverage_counts *counts = &c->counts[area * c->kind_count + k];
        if (!(row->kinds >> k & 1))
            continue;
        if (made) {
            add(&counts->made, row->sure);
            continue;
        }
        add(&counts->present, row->sure);
        if (both)
            add(&counts->both, row->sure);
    }
}

static void clear_seen(struct count *n)
{
    for (size_t i = 0; i < n->area_count; i++)
        n->seen[n->areas[i]] = 0;
    n->area_count = 0;
}

static void count_row(struct count *n, const struct coverage_row *row)
{
    const char *list = row->covers, *code;
    size_t len;
    while (next_code(&list, &code, &len))
        note(n, find_area(n->c, code, len));
    for (size_t i = 0; i < n->area_count; i++)
        count_area(n, row, n->areas[i], true);
    list = row->located;
    while (next_code(&list, &code, &len))
        for (size_t part = 2; part <= len && part <= 6; part += 2)
            note(n, find_area(n->c, code, part));
    for (size_t i = 0; i < n->area_count; i++)
        count_area(n, row, n->areas[i], false);
    clear_seen(n);
}

/* --- loading ---------------------------------------------------------------------------------- */

static enum status load_areas(struct db *db, struct coverage *c)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    struct text day = TEXT_INIT;
    enum status status = db_query(db, QUERY_COVERAGE_AREAS, &s);
    if (status != STATUS_OK)
        return status;
    date_iso(&day, date_from_time(db_now_ms(db) / 1000));
    bind_text(s, ":today", day.bytes);
    c->areas = arena_grow(&c->arena, NULL, 0, &room, sizeof *c->areas);
    c->areas[c->area_count++][0] = '\0';
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        const char *code = column_text(s, 0);
        c->areas = arena_grow(&c->arena, c->areas, c->area_count, &room, sizeof *c->areas);
        if (strlen(code) < AREA_CODE)
            memcpy(c->areas[c->area_count++], code, strlen(code) + 1);
    }
    text_release(&day);
    return status;
}

static enum status load_kinds(struct db *db, struct coverage *c)
{
    struct term_list terms;
    enum status status = term_all(db, &terms);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < terms.count && c->kind_count < COVERAGE_KINDS; i++) {
        const char *code = terms.rows[i].code;
        bool wanted = false;
        for (int level = 0; level < PACKAGE_LEVELS; level++)
            wanted |= package_least(c->package, level, code) > 0;
        if (wanted && strlen(code) < sizeof *c->kinds)
            memcpy(c->kinds[c->kind_count++], code, strlen(code) + 1);
    }
    term_list_release(&terms);
    return STATUS_OK;
}

static uint64_t kinds_of(const struct coverage *c, const char *types)
{
    uint64_t kinds = 0;
    const char *code;
    size_t len;
    while (next_code(&types, &code, &len))
        for (size_t i = 0; i < c->kind_count; i++)
            if (strlen(c->kinds[i]) == len && memcmp(c->kinds[i], code, len) == 0)
                kinds |= (uint64_t)1 << i;
    return kinds;
}

static bool is_active(int64_t facets)
{
    return (facets >> FACET_STATUS_SHIFT & 7) == VALUE_STATUS_ACTIVE;
}

static void read_row(sqlite3_stmt *s, struct coverage *c, size_t *room)
{
    int64_t facets = sqlite3_column_int64(s, 4), verified = sqlite3_column_int64(s, 5);
    uint64_t kinds = kinds_of(c, column_text(s, 1));
    struct coverage_row row = {.kinds = kinds};
    if (!kinds || !is_active(facets) || !column_id(s, 0, &row.id))
        return;
    row.located = arena_strdup(&c->arena, column_text(s, 2));
    row.covers = arena_strdup(&c->arena, column_text(s, 3));
    row.name_km = arena_strdup(&c->arena, column_text(s, 6));
    row.name_en = arena_strdup(&c->arena, column_text(s, 7));
    row.order[LANG_KM] = sqlite3_column_int64(s, 8);
    row.order[LANG_EN] = sqlite3_column_int64(s, 9);
    row.sure = !(facets & FACET_UNCONFIRMED) && (!(facets & FACET_NEEDS_CONTACT) || verified >= 0);
    c->rows = arena_grow(&c->arena, c->rows, c->row_count, room, sizeof row);
    c->rows[c->row_count++] = row;
}

static enum status load_rows(struct db *db, struct coverage *c)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_COVERAGE_SERVICES, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        read_row(s, c, &room);
    return status;
}

enum status coverage_load(struct db *db, const struct package *package,
                          struct coverage *ret_coverage)
{
    struct coverage c = {.package = package};
    enum status status = load_areas(db, &c);
    if (status == STATUS_OK)
        status = load_kinds(db, &c);
    if (status == STATUS_OK)
        status = load_rows(db, &c);
    if (status != STATUS_OK) {
        coverage_release(&c);
        return status;
    }
    c.counts = arena_alloc(&c.arena, (c.area_count * c.kind_count + 1) * sizeof *c.counts);
    struct count *n = mem_zalloc(1, sizeof *n);
    n->c = &c;
    n->seen = mem_zalloc(c.area_count, 1);
    for (size_t i = 0; i < c.row_count; i++)
        count_row(n, &c.rows[i]);
    free(n->seen);
    free(n);
    *ret_coverage = c;
    return STATUS_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static struct counted covering(const struct coverage *c, size_t area, size_t kind)
{
    const char *code = c->areas[area];
    struct counted sum = {0};
    for (size_t len = strlen(code); len > 0;) {
        len -= 2;
        size_t around = find_area(c, code, len);
        if (around == SIZE_MAX)
            continue;
        const struct counted *made = &c->counts[around * c->kind_count + kind].made;
        sum.all += made->all;
        sum.sure += made->sure;
    }
    const struct counted *both = &c->counts[area * c->kind_count + kind].both;
    return (struct counted){sum.all - both->all, sum.sure - both->sure};
}

struct coverage_cell coverage_at(const struct coverage *c, const char *area, size_t kind)
{
    struct coverage_cell cell = {0};
    size_t at = find_area(c, area, strlen(area));
    if (at == SIZE_MAX || kind >= c->kind_count)
        return cell;
    struct counted here = c->counts[at * c->kind_count + kind].present;
    struct counted outside = covering(c, at, kind);
    cell.required = package_least(c->package, area_level(c->areas[at]), c->kinds[kind]);
    cell.located = here.all;
    cell.covering = outside.all;
    cell.unconfirmed = here.all - here.sure + outside.all - outside.sure;
    cell.state = !cell.required                              ? COVERAGE_NOT_ASKED
                 : here.sure >= cell.required                ? COVERAGE_PRESENT
                 : here.sure + outside.sure >= cell.required ? COVERAGE_COVERED
                 : here.all + outside.all >= cell.required   ? COVERAGE_UNCONFIRMED
                                                             : COVERAGE_MISSING;
    return cell;
}

void coverage_inside(const struct coverage *c, const char *area,
                     void (*visit)(void *context, const char *code), void *context)
{
    size_t first = find_area(c, area, strlen(area));
    for (size_t i = first == SIZE_MAX ? c->area_count : first + 1; i < c->area_count; i++) {
        if (!area_contains(c->areas[first], c->areas[i]))
            break;
        if (strlen(c->areas[i]) == strlen(c->areas[first]) + 2)
            visit(context, c->areas[i]);
    }
}

struct coverage_total coverage_total(const struct coverage *c, const char *area, bool inside)
{
    struct coverage_total total = {0};
    size_t first = find_area(c, area, strlen(area));
    for (size_t i = first; i < c->area_count; i++) {
        if (i > first && (!inside || !area_contains(c->areas[first], c->areas[i])))
            break;
        for (size_t k = 0; k < c->kind_count; k++)
            total.states[coverage_at(c, c->areas[i], k).state]++;
    }
    for (int state = COVERAGE_MISSING; state < COVERAGE_STATES; state++)
        total.required += total.states[state];
    return total;
}

/* --- ranking ---------------------------------------------------------------------------------- */

/* The greater share first. */
static int by_share(const struct coverage_total *a, const struct coverage_total *b,
                    enum coverage_state state)
{
    int64_t left = (int64_t)a->states[state] * b->required;
    int64_t right = (int64_t)b->states[state] * a->required;
    return (left < right) - (left > right);
}

static int by_gaps(const void *left, const void *right)
{
    const struct coverage_ranked *a = left, *b = right;
    int order = by_share(&a->total, &b->total, COVERAGE_MISSING);
    if (!order)
        order = by_share(&a->total, &b->total, COVERAGE_UNCONFIRMED);
    return order ? order : strcmp(a->code, b->code);
}

struct coverage_ranked *coverage_rank(const struct coverage *c, const char *area, size_t *ret_count)
{
    struct coverage_ranked *rows = mem_zalloc(c->area_count + 1, sizeof *rows);
    size_t first = find_area(c, area, strlen(area)), count = 0;
    int level = area_level(area) < 2 ? 2 : 3;
    for (size_t i = first; i < c->area_count; i++) {
        if (!area_contains(c->areas[first], c->areas[i]))
            break;
        if (area_level(c->areas[i]) != level)
            continue;
        memcpy(rows[count].code, c->areas[i], AREA_CODE);
        rows[count++].total = coverage_total(c, c->areas[i], true);
    }
    if (count)
        qsort(rows, count, sizeof *rows, by_gaps);
    *ret_count = count;
    return rows;
}

/* --- the services behind a cell --------------------------------------------------------------- */

static bool is_present(const struct coverage_row *row, const char *area)
{
    const char *list = row->covers, *code;
    size_t len, here = strlen(area);
    while (next_code(&list, &code, &len)) {
        if (here == 0 ? len == 2 && memcmp(code, AREA_COUNTRY_CODE, 2) == 0
                      : len == here && memcmp(code, area, len) == 0)
            return true;
    }
    list = row->located;
    while (here && next_code(&list, &code, &len))
        if (len >= here && memcmp(code, area, here) == 0)
            return true;
    return false;
}

struct sorted {
    struct coverage_service service;
    int wide; /* 0 present, else levels away */
    int64_t order;
};

static int by_nearness(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    if (a->wide != b->wide)
        return a->wide - b->wide;
    if (a->service.row->sure != b->service.row->sure)
        return b->service.row->sure - a->service.row->sure;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return memcmp(&a->service.row->id, &b->service.row->id, sizeof a->service.row->id);
}

struct coverage_service *coverage_services(const struct coverage *c, const char *area, size_t kind,
                                           enum lang lang, size_t *ret_count)
{
    const char *code = strcmp(area, AREA_COUNTRY_CODE) == 0 ? "" : area;
    struct sorted *found = mem_zalloc(c->row_count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < c->row_count; i++) {
        const struct coverage_row *row = &c->rows[i];
        int around = row->kinds >> kind & 1 ? wider(row->covers, code) : -1;
        bool present = (row->kinds >> kind & 1) && is_present(row, code);
        if (!present && around < 0)
            continue;
        struct sorted *s = &found[count++];
        *s = (struct sorted){{row, present, ""}, 0, row->order[lang]};
        if (!present) {
            s->wide = (int)strlen(code) - around;
            memcpy(s->service.from, code, (size_t)around);
        }
    }
    if (count)
        qsort(found, count, sizeof *found, by_nearness);
    struct coverage_service *services = mem_zalloc(count + 1, sizeof *services);
    for (size_t i = 0; i < count; i++)
        services[i] = found[i].service;
    free(found);
    *ret_count = count;
    return services;
}
