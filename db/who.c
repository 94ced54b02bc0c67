/* Who does what where; see who.h. One pass over the services, then a row for each organization. */
#include "db/who.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/record.h"
#include "db/search_index.h"
#include "db/search_plan.h"
#include "db/term.h"

void who_release(struct who *w)
{
    arena_release(&w->arena);
    *w = (struct who){0};
}

size_t who_kind(const struct who *w, const char *code)
{
    for (size_t i = 0; i < w->kind_count; i++)
        if (strcmp(w->kinds[i], code) == 0)
            return i;
    return SIZE_MAX;
}

/* --- the area and its parts ------------------------------------------------------------------- */

static enum status load_parts(struct db *db, struct who *w)
{
    struct area_list inside;
    enum status status = area_children(db, w->area, &inside);
    if (status != STATUS_OK)
        return status;
    size_t count = inside.count < WHO_PARTS ? inside.count : WHO_PARTS;
    w->parts = arena_alloc(&w->arena, (count + 1) * sizeof *w->parts);
    for (size_t i = 0; i < count; i++)
        memcpy(w->parts[w->part_count++], inside.rows[i].code, AREA_CODE);
    if (!count)
        memcpy(w->parts[w->part_count++], w->area, AREA_CODE);
    area_list_release(&inside);
    return STATUS_OK;
}

static bool next_code(const char **list, char ret_code[AREA_CODE])
{
    size_t len = strcspn(*list, " ");
    if (!len || len >= AREA_CODE)
        return false;
    memcpy(ret_code, *list, len);
    ret_code[len] = '\0';
    *list += len + ((*list)[len] == ' ');
    return true;
}

/* The part that the code is or lies in. */
static uint64_t part_of(const struct who *w, const char *code)
{
    for (size_t i = 0; i < w->part_count; i++)
        if (area_contains(w->parts[i], code))
            return (uint64_t)1 << i;
    return 0;
}

static uint64_t all_parts(const struct who *w)
{
    return UINT64_MAX >> (WHO_PARTS - w->part_count);
}

static void place(const struct who *w, struct who_service *service, const char *located,
                  const char *covers)
{
    char code[AREA_CODE];
    while (next_code(&located, code)) {
        service->parts |= part_of(w, code);
        service->in_area |= strcmp(code, w->area) == 0;
    }
    while (next_code(&covers, code)) {
        const char *area = strcmp(code, AREA_COUNTRY_CODE) == 0 ? "" : code;
        service->parts |= strcmp(area, w->area) == 0 ? all_parts(w) : part_of(w, area);
        service->from_around |= strlen(area) < strlen(w->area) && area_contains(area, w->area);
    }
}

/* --- services --------------------------------------------------------------------------------- */

static bool read_row(sqlite3_stmt *s, struct who *w, struct who_service *service)
{
    int64_t facets = sqlite3_column_int64(s, 4);
    *service = (struct who_service){0};
    if ((facets >> FACET_STATUS_SHIFT & 7) != VALUE_STATUS_ACTIVE)
        return false;
    place(w, service, column_text(s, 2), column_text(s, 3));
    if ((!service->parts && !service->in_area && !service->from_around) ||
        !column_id(s, 0, &service->id))
        return false;
    (void)column_id(s, 10, &service->organization);
    service->types = arena_strdup(&w->arena, column_text(s, 1));
    return true;
}

static enum status load_services(struct db *db, struct who *w)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_COVERAGE_SERVICES, &s);
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        w->services =
            arena_grow(&w->arena, w->services, w->service_count, &room, sizeof *w->services);
        w->service_count += read_row(s, w, &w->services[w->service_count]);
    }
    return status;
}

/* --- kinds ------------------------------------------------------------------------------------ */

static bool has_type(const char *types, const char *code)
{
    size_t wanted = strlen(code);
    while (*types) {
        size_t len = strcspn(types, " ");
        if (len == wanted && memcmp(types, code, len) == 0)
            return true;
        types += len + strspn(types + len, " ");
    }
    return false;
}

static int by_rank(const void *left, const void *right)
{
    const struct term *a = left, *b = right;
    return a->rank != b->rank ? a->rank - b->rank : strcmp(a->code, b->code);
}

/* A kind that somebody gives. */
static void add_kind(struct who *w, const char *code)
{
    uint64_t bit = (uint64_t)1 << w->kind_count;
    bool given = false;
    for (size_t i = 0; i < w->service_count; i++) {
        bool has = has_type(w->services[i].types, code);
        w->services[i].kinds |= has ? bit : 0;
        given |= has;
    }
    if (given)
        memcpy(w->kinds[w->kind_count++], code, strlen(code) + 1);
}

static enum status load_kinds(struct db *db, struct who *w)
{
    struct term_list terms;
    enum status status = term_all(db, &terms);
    if (status != STATUS_OK)
        return status;
    if (terms.count)
        qsort(terms.rows, terms.count, sizeof *terms.rows, by_rank);
    for (size_t i = 0; i < terms.count && w->kind_count < WHO_KINDS; i++)
        if (strlen(terms.rows[i].code) < sizeof *w->kinds)
            add_kind(w, terms.rows[i].code);
    term_list_release(&terms);
    return STATUS_OK;
}

/* --- organizations ---------------------------------------------------------------------------- */

static int by_organization(const void *left, const void *right)
{
    const struct who_service *a = left, *b = right;
    int order = memcmp(&a->organization, &b->organization, sizeof a->organization);
    return order ? order : memcmp(&a->id, &b->id, sizeof a->id);
}

static enum status load_organization(struct db *db, struct who *w, struct who_row *row)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_ORGANIZATION_NAMES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", &row->id);
    status = db_step(db, s, &there);
    const char **texts[] = {&row->name_km, &row->name_en, &row->abbreviation_km,
                            &row->abbreviation_en};
    for (int i = 0; i < 4; i++)
        *texts[i] = status == STATUS_OK && there ? arena_strdup(&w->arena, column_text(s, i)) : "";
    if (status == STATUS_OK && there)
        row->sector = sqlite3_column_int(s, 4);
    sqlite3_reset(s);
    return status;
}

/* A row for each organization; the services know it by row. */
static enum status load_rows(struct db *db, struct who *w)
{
    enum status status = STATUS_OK;
    size_t room = 0;
    if (w->service_count)
        qsort(w->services, w->service_count, sizeof *w->services, by_organization);
    for (size_t i = 0; status == STATUS_OK && i < w->service_count; i++) {
        struct who_service *s = &w->services[i];
        if (i == 0 || !uuid_equal(&s->organization, &s[-1].organization)) {
            w->rows = arena_grow(&w->arena, w->rows, w->row_count, &room, sizeof *w->rows);
            w->rows[w->row_count] = (struct who_row){.id = s->organization, .organizations = 1};
            status = load_organization(db, w, &w->rows[w->row_count++]);
        }
        s->row = w->row_count - 1;
    }
    return status;
}

static bool shares(const struct who_row *a, const struct who_row *b)
{
    return a->sector == VALUE_SECTOR_GOVERNMENT && b->sector == a->sector && *a->abbreviation_en &&
           strcmp(a->abbreviation_en, b->abbreviation_en) == 0;
}

/* --- their order ------------------------------------------------------------------------------ */

struct sorted {
    struct who_row row;
    size_t from; /* the row it was */
    struct text key;
};

static int by_abbreviation(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    if (a->row.sector != b->row.sector)
        return a->row.sector - b->row.sector;
    int order = strcmp(a->row.abbreviation_en, b->row.abbreviation_en);
    return order ? order : memcmp(&a->row.id, &b->row.id, sizeof a->row.id);
}

/* Government, working groups, then the others; those of no sector last. */
static int place_of(int sector)
{
    static const int places[] = {
        [VALUE_SECTOR_GOVERNMENT] = 1,    [VALUE_SECTOR_WORKING_GROUP] = 2, [VALUE_SECTOR_NGO] = 3,
        [VALUE_SECTOR_INTERNATIONAL] = 4, [VALUE_SECTOR_COMMUNITY] = 5,
    };
    return sector > 0 && sector < (int)(sizeof places / sizeof *places) ? places[sector] : 6;
}

static int by_name(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    int order = place_of(a->row.sector) - place_of(b->row.sector);
    size_t len = a->key.len < b->key.len ? a->key.len : b->key.len;
    if (!order)
        order = memcmp(a->key.bytes, b->key.bytes, len);
    if (!order)
        order = (a->key.len > b->key.len) - (a->key.len < b->key.len);
    return order ? order : memcmp(&a->row.id, &b->row.id, sizeof a->row.id);
}

/* Offices of one sort become one row: `of` tells the place in rows of each row there was. */
static size_t fold(struct sorted *rows, size_t count, size_t *of)
{
    size_t kept = 0;
    qsort(rows, count, sizeof *rows, by_abbreviation);
    for (size_t i = 0; i < count; i++) {
        if (kept && shares(&rows[kept - 1].row, &rows[i].row))
            rows[kept - 1].row.organizations++;
        else
            rows[kept++] = rows[i];
        of[rows[i].from] = rows[kept - 1].from;
    }
    return kept;
}

static void add_key(struct sorter *sorter, struct sorted *row, enum lang lang)
{
    const struct who_row *r = &row->row;
    bool many = r->organizations > 1, khmer = lang == LANG_KM;
    const char *wanted = many    ? (khmer ? r->abbreviation_km : r->abbreviation_en)
                         : khmer ? r->name_km
                                 : r->name_en;
    const char *other = many    ? (khmer ? r->abbreviation_en : r->abbreviation_km)
                        : khmer ? r->name_en
                                : r->name_km;
    const char *name = *wanted ? wanted : other;
    sorter_key(sorter, &row->key, name, strlen(name));
}

static int by_row(const void *left, const void *right)
{
    const struct who_service *a = left, *b = right;
    return a->row != b->row ? (a->row < b->row ? -1 : 1) : by_organization(a, b);
}

static void hand_out_services(struct who *w)
{
    if (w->service_count)
        qsort(w->services, w->service_count, sizeof *w->services, by_row);
    for (size_t i = 0; i < w->service_count; i++) {
        struct who_row *row = &w->rows[w->services[i].row];
        if (!row->service_count)
            row->services = &w->services[i];
        row->service_count++;
    }
}

static void arrange(struct db *db, struct who *w, enum lang lang)
{
    struct sorted *rows = mem_zalloc(w->row_count + 1, sizeof *rows);
    size_t *of = mem_zalloc(w->row_count + 1, sizeof *of);
    size_t *now = mem_zalloc(w->row_count + 1, sizeof *now);
    for (size_t i = 0; i < w->row_count; i++)
        rows[i] = (struct sorted){.row = w->rows[i], .from = i, .key = TEXT_INIT};
    w->row_count = w->row_count ? fold(rows, w->row_count, of) : 0;
    for (size_t i = 0; i < w->row_count; i++)
        add_key(search_sorter(db), &rows[i], lang);
    if (w->row_count)
        qsort(rows, w->row_count, sizeof *rows, by_name);
    for (size_t i = 0; i < w->row_count; i++) {
        w->rows[i] = rows[i].row;
        now[rows[i].from] = i;
        text_release(&rows[i].key);
    }
    for (size_t i = 0; i < w->service_count; i++)
        w->services[i].row = now[of[w->services[i].row]];
    hand_out_services(w);
    free(rows);
    free(of);
    free(now);
}

/* --- loading and reading ---------------------------------------------------------------------- */

enum status who_load(struct db *db, const char *area, enum lang lang, struct who *ret_who)
{
    struct who w = {0};
    if (strcmp(area, AREA_COUNTRY_CODE) != 0)
        memcpy(w.area, area, strlen(area) + 1);
    enum status status = load_parts(db, &w);
    if (status == STATUS_OK)
        status = load_services(db, &w);
    if (status == STATUS_OK)
        status = load_kinds(db, &w);
    if (status == STATUS_OK)
        status = load_rows(db, &w);
    if (status != STATUS_OK) {
        who_release(&w);
        return status;
    }
    arrange(db, &w, lang);
    *ret_who = w;
    return STATUS_OK;
}

struct who_cell who_at(const struct who *w, size_t row, size_t kind, size_t part)
{
    const struct who_row *r = &w->rows[row];
    struct who_cell cell = {0};
    uint64_t kinds = kind == SIZE_MAX ? UINT64_MAX : (uint64_t)1 << kind;
    uint64_t parts = part == SIZE_MAX ? UINT64_MAX : (uint64_t)1 << part, in = 0;
    for (size_t i = 0; i < r->service_count; i++) {
        const struct who_service *s = &r->services[i];
        bool there = s->parts & parts || s->from_around || (part == SIZE_MAX && s->in_area);
        if (!there || (kind != SIZE_MAX && !(s->kinds & kinds)))
            continue;
        cell.services++;
        cell.around |= s->from_around;
        in |= s->parts & parts;
    }
    for (; in; in &= in - 1)
        cell.parts++;
    return cell;
}
