/* invent SERVICES BASE: makes an invented directory and what belongs to it, the same bytes from the
 * same number on every machine (ids, texts, places and numbers come from one fixed sequence):
 *   BASE.db       the born directory with SERVICES more services, made through the log, indexed
 *   BASE.csv      the texts of each service, a line each, for the engines we compare with
 *   BASE.queries  what people might type, a query a line, drawn from the same texts
 * Prints key and value of what it took. Knows nothing of how search works. */
#include <ctype.h>
#include <unistd.h>

#include "db/internal.h"
#include "db/op.h"
#include "db/search.h"
#include "db/term.h"
#include "i18n/number.h"
#include "tests/bench/bench.h"
#include "tests/bench/words.h"

enum {
    SERVICES_OF_ORGANIZATION = 20,
    SERVICES_OF_PLACE = 4,
    BATCH = 20000, /* services of one transaction */
    QUERIES = 600,
    FIELDS = 12,
    WORDS = 4,
};

#define COUNT_OF(array)  (sizeof(array) / sizeof *(array))
#define CHOOSE(g, array) (&(array)[bench_below(&(g)->random, COUNT_OF(array))])

extern const unsigned char seed_start[], seed_end[];

struct place {
    const struct area *commune, *district, *province;
};

/* Names as they are shown; free() each. */
struct names {
    char *km, *en;
};

struct organization {
    struct uuid id;
    struct names name;
    size_t place; /* its first one; the others lie near */
};

/* The service being made, with the words a person who looks for it might type. */
struct service {
    struct uuid id;
    const struct activity *activity, *second;
    const struct pair *target;
    struct names name;
    struct text about[LANG_COUNT];
    char phone[PHONE_MAX];
    const char *words_km[WORDS], *words_en[WORDS];
    size_t count_km, count_en;
};

struct inventor {
    struct db *db;
    uint64_t random;
    int64_t time; /* of the next id, ms */
    struct place *places;
    size_t place_count;
    struct term_list terms;
    struct organization organization;
    struct uuid location;
    size_t located; /* index in places of the location */
    struct field_value fields[FIELDS];
    size_t field_count;
    size_t ops;
    FILE *csv, *queries;
    size_t next_query, query_count, query_step;
};

static void must(const struct inventor *g, enum status status, const char *what)
{
    if (status != STATUS_OK)
        bench_die("%s: status %d, %s", what, (int)status, g->db ? db_error(g->db) : "");
}

static bool one_in(struct inventor *g, size_t n)
{
    return bench_below(&g->random, n) == 0;
}

/* --- records ---------------------------------------------------------------------------------- */

/* Version 7 in form and in order of time, but of the fixed sequence. */
static struct uuid next_id(struct inventor *g)
{
    struct uuid id;
    uint64_t low = bench_random(&g->random), high = bench_random(&g->random);
    g->time++;
    for (size_t i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)((uint64_t)g->time >> (40 - 8 * i));
    memcpy(id.bytes + 6, &high, 2);
    memcpy(id.bytes + 8, &low, 8);
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

static struct value *next_field(struct inventor *g, int field)
{
    if (g->field_count == FIELDS)
        bench_die("too many fields");
    g->fields[g->field_count].field = field;
    return &g->fields[g->field_count++].value;
}

static void put_text(struct inventor *g, int field, const char *text)
{
    if (*text)
        *next_field(g, field) =
            (struct value){.type = VALUE_TEXT, .text = {.bytes = text, .len = strlen(text)}};
}

static void put_id(struct inventor *g, int field, const struct uuid *id)
{
    *next_field(g, field) = (struct value){.type = VALUE_ID, .id = *id};
}

static void put_int(struct inventor *g, int field, int64_t number)
{
    *next_field(g, field) = (struct value){.type = VALUE_INT, .integer = number};
}

static struct uuid create(struct inventor *g, enum record_kind kind)
{
    struct change change = {
        .kind = OP_CREATE,
        .record_kind = kind,
        .record = next_id(g),
        .area = "",
        .fields = g->fields,
        .field_count = g->field_count,
        .actor = "",
        .reason = "",
    };
    int bad = 0;
    enum status status = op_append(g->db, &change, &bad);
    if (status == STATUS_INVALID)
        bench_die("field %d of a %s is refused", bad, kind_name(kind));
    must(g, status, "op_append");
    g->field_count = 0;
    g->ops++;
    return change.record;
}

/* --- texts ------------------------------------------------------------------------------------ */

static const char *unit(const struct area *a, enum lang lang)
{
    return message_get(lang, area_kind_label(a->kind));
}

static void name_service(struct inventor *g, struct service *s, const struct place *p)
{
    struct text km = TEXT_INIT, en = TEXT_INIT;
    const struct area *a = one_in(g, 2) ? p->commune : p->district;
    const struct names *of = &g->organization.name;
    const char *doing_km = s->activity->km, *doing_en = s->activity->en;
    switch (bench_below(&g->random, 4)) {
    case 0:
        text_addf(&km, "%sសម្រាប់%s %s%s", doing_km, s->target->km, unit(a, LANG_KM), a->name_km);
        text_addf(&en, "%s for %s, %s", doing_en, s->target->en, a->name_en);
        break;
    case 1:
        text_addf(&km, "%s %s", doing_km, of->km);
        text_addf(&en, "%s %s", of->en, doing_en);
        break;
    case 2:
        text_addf(&km, "មជ្ឈមណ្ឌល%sសម្រាប់%s%s", doing_km, s->target->km, a->name_km);
        text_addf(&en, "%s %s centre for %s", a->name_en, doing_en, s->target->en);
        break;
    default:
        text_addf(&km, "%s%s%s", doing_km, unit(a, LANG_KM), a->name_km);
        text_addf(&en, "%s in %s", doing_en, a->name_en);
        break;
    }
    s->name = (struct names){text_take(&km), text_take(&en)};
    size_t missing = bench_below(&g->random, 20); /* one in ten has a name in one language only */
    if (missing == 0)
        s->name.en[0] = '\0';
    else if (missing == 1)
        s->name.km[0] = '\0';
}

/* A third of them. */
static void describe_service(struct inventor *g, struct service *s)
{
    text_init(&s->about[LANG_KM]);
    text_init(&s->about[LANG_EN]);
    if (!one_in(g, 3))
        return;
    text_addf(&s->about[LANG_KM], "%sសម្រាប់%s។", s->activity->km, s->target->km);
    text_addf(&s->about[LANG_EN], "%s for %s.", s->activity->en, s->target->en);
    for (size_t i = 1 + bench_below(&g->random, 2); i > 0; i--) {
        const struct pair *sentence = CHOOSE(g, sentences);
        text_addf(&s->about[LANG_KM], " %s", sentence->km);
        text_addf(&s->about[LANG_EN], " %s", sentence->en);
    }
}

static void invent_phone(struct inventor *g, struct service *s)
{
    s->phone[0] = '\0';
    if (!one_in(g, 4))
        snprintf(s->phone, sizeof s->phone, "0%s0%06zu", *CHOOSE(g, dead_codes),
                 bench_below(&g->random, 1000000));
}

/* --- one service and what hangs on it ----------------------------------------------------------
 */

static void new_organization(struct inventor *g)
{
    const struct pair *first = CHOOSE(g, pictures), *second = CHOOSE(g, pictures);
    const struct pair *form = CHOOSE(g, forms);
    struct organization *o = &g->organization;
    struct text km = TEXT_INIT, en = TEXT_INIT, letters = TEXT_INIT;
    free(o->name.km);
    free(o->name.en);
    o->place = bench_below(&g->random, g->place_count);
    const struct area *province = g->places[o->place].province;
    bool joined = one_in(g, 3);
    text_addf(&km, "%s%s%s%s%s", form->km, first->km, joined ? " និង" : "", second->km,
              province->name_km);
    text_addf(&en, "%s%s %s %s %s", first->en, joined ? " and" : "", second->en, form->en,
              province->name_en);
    for (const char *c = en.bytes; *c; c++)
        if (isupper((unsigned char)*c))
            text_addc(&letters, *c);
    o->name = (struct names){text_take(&km), text_take(&en)};
    put_text(g, FIELD_ID(ORGANIZATION, name_km), o->name.km);
    put_text(g, FIELD_ID(ORGANIZATION, name_en), o->name.en);
    put_text(g, FIELD_ID(ORGANIZATION, abbreviation_en), letters.bytes);
    put_int(g, FIELD_ID(ORGANIZATION, sector), VALUE_SECTOR_NGO);
    o->id = create(g, RECORD_ORGANIZATION);
    text_release(&letters);
}

/* Within about a district of where the organization began. */
static void new_location(struct inventor *g)
{
    size_t near = g->organization.place + bench_below(&g->random, 24);
    g->located = near < g->place_count ? near : g->organization.place;
    put_id(g, FIELD_ID(LOCATION, organization), &g->organization.id);
    put_text(g, FIELD_ID(LOCATION, area), g->places[g->located].commune->code);
    g->location = create(g, RECORD_LOCATION);
}

static void create_cover(struct inventor *g, const struct uuid *service, const char *code)
{
    put_id(g, FIELD_ID(SERVICE_AREA, service), service);
    put_text(g, FIELD_ID(SERVICE_AREA, area), code);
    create(g, RECORD_SERVICE_AREA);
}

/* 55 % their commune, 25 % their district, 15 % their province, 3 % the country, 2 % two districts
 * or more. */
static void create_covers(struct inventor *g, const struct uuid *service, const struct place *p)
{
    size_t dice = bench_below(&g->random, 100);
    create_cover(g, service,
                 dice < 55   ? p->commune->code
                 : dice < 82 ? p->district->code
                 : dice < 97 ? p->province->code
                             : AREA_COUNTRY_CODE);
    if (dice < 80 || dice >= 82)
        return;
    for (size_t i = 0, at = g->located; i < 2 && at + 8 < g->place_count; i++, at += 8)
        if (g->places[at + 8].district != g->places[at].district)
            create_cover(g, service, g->places[at + 8].district->code);
}

static void create_term(struct inventor *g, const struct uuid *service, const char *code)
{
    put_id(g, FIELD_ID(TERM_LINK, record), service);
    put_text(g, FIELD_ID(TERM_LINK, term), code);
    put_int(g, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
    create(g, RECORD_TERM_LINK);
}

static void create_phone(struct inventor *g, const struct uuid *service, const char *number)
{
    put_id(g, FIELD_ID(PHONE, owner), service);
    put_text(g, FIELD_ID(PHONE, number), number);
    put_int(g, FIELD_ID(PHONE, kind), VALUE_PHONE_KIND_MOBILE);
    create(g, RECORD_PHONE);
}

static void create_day_and_night(struct inventor *g, const struct uuid *service)
{
    put_id(g, FIELD_ID(SCHEDULE, owner), service);
    put_int(g, FIELD_ID(SCHEDULE, days), 127);
    put_int(g, FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_YES);
    create(g, RECORD_SCHEDULE);
}

static void create_service(struct inventor *g, struct service *s, const struct place *p)
{
    put_text(g, FIELD_ID(SERVICE, name_km), s->name.km);
    put_text(g, FIELD_ID(SERVICE, name_en), s->name.en);
    put_id(g, FIELD_ID(SERVICE, organization), &g->organization.id);
    put_text(g, FIELD_ID(SERVICE, description_km), s->about[LANG_KM].bytes);
    put_text(g, FIELD_ID(SERVICE, description_en), s->about[LANG_EN].bytes);
    if (one_in(g, 3))
        put_int(g, FIELD_ID(SERVICE, maximum_age), 18);
    if (one_in(g, 12))
        put_int(g, FIELD_ID(SERVICE, sex), VALUE_SEX_FEMALE);
    s->id = create(g, RECORD_SERVICE);
    put_id(g, FIELD_ID(SERVICE_AT_LOCATION, service), &s->id);
    put_id(g, FIELD_ID(SERVICE_AT_LOCATION, location), &g->location);
    create(g, RECORD_SERVICE_AT_LOCATION);
    create_covers(g, &s->id, p);
    create_term(g, &s->id, s->activity->code);
    if (s->second)
        create_term(g, &s->id, s->second->code);
    if (*s->phone)
        create_phone(g, &s->id, s->phone);
    if (one_in(g, 20))
        create_day_and_night(g, &s->id);
}

/* --- the texts for the other engines -----------------------------------------------------------
 */

static void write_term(const struct inventor *g, const char *code)
{
    for (size_t i = 0; i < g->terms.count; i++)
        if (!strcmp(g->terms.rows[i].code, code))
            fprintf(g->csv, ",\"%s\",\"%s\"", g->terms.rows[i].name_km, g->terms.rows[i].name_en);
}

/* Everything that our index holds of it, too. */
static void write_csv(struct inventor *g, const struct service *s, const struct place *p)
{
    const struct area *areas[] = {p->commune, p->district, p->province};
    const struct names *of = &g->organization.name;
    fprintf(g->csv, "\"%s\",\"%s\",\"%s\",\"%s\"", s->name.km, s->name.en, of->km, of->en);
    for (size_t i = 0; i < COUNT_OF(areas); i++)
        fprintf(g->csv, ",\"%s%s\",\"%s %s\"", unit(areas[i], LANG_KM), areas[i]->name_km,
                areas[i]->name_en, unit(areas[i], LANG_EN));
    write_term(g, s->activity->code);
    if (s->second)
        write_term(g, s->second->code);
    fprintf(g->csv, ",%s,\"%s\",\"%s\"\n", s->phone, s->about[LANG_KM].bytes,
            s->about[LANG_EN].bytes);
}

/* --- what people type --------------------------------------------------------------------------
 */

static void collect_words(struct service *s, const struct organization *o)
{
    s->words_km[s->count_km++] = o->name.km;
    s->words_en[s->count_en++] = o->name.en;
    if (*s->name.km)
        s->words_km[s->count_km++] = s->activity->km;
    if (*s->name.en)
        s->words_en[s->count_en++] = s->activity->en;
    if (strstr(s->name.km, s->target->km) || s->about[LANG_KM].len)
        s->words_km[s->count_km++] = s->target->km;
    if (strstr(s->name.en, s->target->en) || s->about[LANG_EN].len)
        s->words_en[s->count_en++] = s->target->en;
}

static const char *word_km(struct inventor *g, const struct service *s)
{
    return s->words_km[bench_below(&g->random, s->count_km)];
}

static const char *word_en(struct inventor *g, const struct service *s)
{
    return s->words_en[bench_below(&g->random, s->count_en)];
}

static const struct area *asked_area(struct inventor *g, const struct place *p)
{
    size_t dice = bench_below(&g->random, 3);
    return dice == 0 ? p->commune : dice == 1 ? p->district : p->province;
}

/* Bytes of the first words of a name, as far as people type before they look. */
static int typed_part(struct inventor *g, const char *name)
{
    size_t words = 1 + bench_below(&g->random, 3), len = 0;
    for (; name[len] && words > 0; len++)
        if (name[len] == ' ')
            words--;
    return (int)(name[len] ? len - 1 : len);
}

static void compose_query(struct inventor *g, const struct service *s, const struct place *p,
                          struct text *out)
{
    const struct area *a = asked_area(g, p);
    const char *km = *s->name.km ? s->name.km : word_km(g, s);
    const char *en = *s->name.en ? s->name.en : word_en(g, s);
    switch (g->query_count % 12) {
    case 0:
        text_addf(out, "%.*s", typed_part(g, km), km);
        break;
    case 1:
        text_addf(out, "%.*s", typed_part(g, en), en);
        break;
    case 2:
        text_adds(out, word_km(g, s));
        break;
    case 3:
        text_adds(out, word_en(g, s));
        break;
    case 4:
        text_addf(out, "%s %s", a->name_km, word_km(g, s));
        break;
    case 5:
        text_addf(out, "%s %s", a->name_en, word_en(g, s));
        break;
    case 6:
        text_addf(out, "%s %s", word_en(g, s), a->name_en);
        break;
    case 7:
        text_addf(out, "%s %s", word_km(g, s), a->name_km);
        break;
    case 8:
        text_adds(out, *s->phone ? s->phone : a->name_en);
        break;
    case 9:
        text_addf(out, "%s %s", a->name_en, word_km(g, s)); /* both scripts */
        break;
    case 10:
        text_addf(out, "%s %s", a->name_km, *s->phone ? s->phone : word_en(g, s));
        break;
    default:
        text_addf(out, "%s%s", unit(a, LANG_KM), a->name_km);
        break;
    }
}

static void write_query(struct inventor *g, const struct service *s, const struct place *p)
{
    struct text query = TEXT_INIT;
    compose_query(g, s, p, &query);
    for (size_t i = 0; i < query.len; i++)
        if ((unsigned char)query.bytes[i] < 0x80)
            query.bytes[i] = (char)tolower((unsigned char)query.bytes[i]);
    fprintf(g->queries, "%s\n", query.bytes);
    text_release(&query);
    g->query_count++;
}

/* --- all of it ---------------------------------------------------------------------------------
 */

static void make_service(struct inventor *g, size_t i)
{
    if (i % SERVICES_OF_ORGANIZATION == 0)
        new_organization(g);
    if (i % SERVICES_OF_PLACE == 0)
        new_location(g);
    const struct place *p = &g->places[g->located];
    struct service s = {.activity = CHOOSE(g, activities), .target = CHOOSE(g, targets)};
    if (one_in(g, 4))
        s.second = CHOOSE(g, activities);
    if (s.second && !strcmp(s.second->code, s.activity->code))
        s.second = NULL;
    name_service(g, &s, p);
    describe_service(g, &s);
    invent_phone(g, &s);
    collect_words(&s, &g->organization);
    create_service(g, &s, p);
    write_csv(g, &s, p);
    if (i == g->next_query) {
        write_query(g, &s, p);
        g->next_query += 1 + bench_below(&g->random, g->query_step);
    }
    free(s.name.km);
    free(s.name.en);
    text_release(&s.about[LANG_KM]);
    text_release(&s.about[LANG_EN]);
}

static void make_services(struct inventor *g, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i % BATCH == 0)
            must(g, db_begin(g->db), "begin");
        make_service(g, i);
        if (i % BATCH == BATCH - 1 || i == count - 1)
            must(g, db_commit(g->db), "commit");
    }
}

/* Never freed: the places point into it to the end. */
static const struct area_list *load_children(struct inventor *g, const char *code)
{
    struct area_list *list = mem_zalloc(1, sizeof *list);
    must(g, area_children(g->db, code, list), "area_children");
    return list;
}

static void load_places(struct inventor *g)
{
    const struct area_list *provinces = load_children(g, "");
    for (size_t i = 0; i < provinces->count; i++) {
        const struct area_list *districts = load_children(g, provinces->rows[i].code);
        for (size_t j = 0; j < districts->count; j++) {
            const struct area_list *communes = load_children(g, districts->rows[j].code);
            size_t most = g->place_count + communes->count + 1;
            g->places = mem_realloc(g->places, most, sizeof *g->places);
            for (size_t k = 0; k < communes->count; k++)
                g->places[g->place_count++] =
                    (struct place){&communes->rows[k], &districts->rows[j], &provinces->rows[i]};
        }
    }
    if (!g->place_count)
        bench_die("the born directory has no communes");
    must(g, term_all(g->db, &g->terms), "term_all");
}

static FILE *open_beside(const char *base, const char *ending)
{
    struct text path = TEXT_INIT;
    text_addf(&path, "%s.%s", base, ending);
    FILE *f = fopen(path.bytes, "w");
    if (!f)
        bench_die("%s: %s", path.bytes, strerror(errno));
    text_release(&path);
    return f;
}

static void close_file(FILE *f)
{
    bool bad = ferror(f) != 0;
    if (fclose(f) || bad)
        bench_die("writing: %s", strerror(errno));
}

/* The born directory, without a real one's care for crashes: half a file is made again. */
static void open_born(struct inventor *g, const char *base)
{
    struct text path = TEXT_INIT, detail = TEXT_INIT;
    text_addf(&path, "%s.db", base);
    FILE *f = open_beside(base, "db");
    fwrite(seed_start, 1, (size_t)((uintptr_t)seed_end - (uintptr_t)seed_start), f);
    close_file(f);
    if (db_open(path.bytes, DB_READ_WRITE, &g->db, &detail))
        bench_die("%s: %s", path.bytes, detail.bytes);
    must(g,
         db_exec(g->db, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
                        "PRAGMA cache_size=-262144"),
         "pragmas");
    text_release(&path);
    text_release(&detail);
}

static void release(struct inventor *g)
{
    close_file(g->csv);
    close_file(g->queries);
    must(g, db_exec(g->db, "PRAGMA journal_mode=WAL"), "pragmas");
    db_close(g->db);
    term_list_release(&g->terms);
    free(g->places);
    free(g->organization.name.km);
    free(g->organization.name.en);
}

int main(int argc, char **argv)
{
    size_t count = argc == 3 ? (size_t)strtoull(argv[1], NULL, 10) : 0;
    if (!count) {
        fputs("usage: invent SERVICES BASE\n", stderr);
        return 2;
    }
    struct inventor g = {.random = 20260701, .time = 1767225600000};
    struct uuid replica = uuid_from_name("bench/1");
    g.query_step = count / QUERIES > 0 ? 2 * (count / QUERIES) : 1;
    open_born(&g, argv[2]);
    load_places(&g);
    g.csv = open_beside(argv[2], "csv");
    g.queries = open_beside(argv[2], "queries");
    double start = bench_now_us(), start_cpu = bench_cpu_us();
    must(&g, op_set_born(g.db, &replica, g.time), "op_set_born");
    make_services(&g, count);
    must(&g, op_set_born(g.db, NULL, 0), "op_set_born");
    double logged = bench_now_us(), logged_cpu = bench_cpu_us();
    must(&g, search_rebuild(g.db), "search_rebuild");
    double indexed = bench_now_us(), indexed_cpu = bench_cpu_us();
    release(&g);
    printf("ops\t%zu\nlog_s\t%.2f\nlog_cpu_s\t%.2f\n", g.ops, (logged - start) / 1e6,
           (logged_cpu - start_cpu) / 1e6);
    printf("index_s\t%.2f\nindex_cpu_s\t%.2f\n", (indexed - logged) / 1e6,
           (indexed_cpu - logged_cpu) / 1e6);
    return EXIT_SUCCESS;
}
