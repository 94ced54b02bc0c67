/* generate COUNT DIRECTORY.db: a directory of COUNT services for measuring. The born directory is
 * in it; the others are made of the gazetteer, the kinds of service and lists of words, the same
 * ones each time. Invented, and only for `make bench`. Prints the seconds it took to write and to
 * index. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/area.h"
#include "db/internal.h"
#include "db/op.h"
#include "db/search.h"
#include "db/term.h"

extern const unsigned char seed_start[], seed_end[];

enum { FIELDS = 12, BATCH = 20000, SERVICES_OF_ORGANIZATION = 6 };

struct pair {
    const char *km, *en;
};

static const struct pair bodies[] = {
    {"អង្គការ", "Organization"}, {"សមាគម", "Association"}, {"មូលនិធិ", "Foundation"},
    {"មជ្ឈមណ្ឌល", "Centre"},      {"សហគមន៍", "Community"},   {"បណ្តាញ", "Network"},
};
static const struct pair ideas[] = {
    {"ក្តីសង្ឃឹម", "Hope"},
    {"អនាគត", "Future"},
    {"ពន្លឺ", "Light"},
    {"ស្នាមញញឹម", "Smile"},
    {"មិត្តភាព", "Friendship"},
    {"ផ្កាឈូក", "Lotus"},
    {"សន្តិភាព", "Peace"},
    {"សាមគ្គី", "Solidarity"},
    {"ជីវិតថ្មី", "New Life"},
    {"គ្រួសារ", "Family"},
    {"សុភមង្គល", "Happiness"},
    {"ការពារកុមារ", "Child Protection"},
    {"សិទ្ធិកុមារ", "Child Rights"},
    {"ស្ត្រីខ្មែរ", "Khmer Women"},
    {"យុវជន", "Youth"},
    {"អភិវឌ្ឍន៍", "Development"},
    {"សុខភាព", "Health"},
    {"មេត្តា", "Kindness"},
    {"ទន្លេសាប", "Tonle Sap"},
    {"មេគង្គ", "Mekong"},
    {"អង្គរ", "Angkor"},
    {"ដើមត្នោត", "Palm Tree"},
    {"ស្រែខ្មែរ", "Rice Field"},
    {"ព្រះច័ន្ទ", "Moon"},
    {"រស្មី", "Ray"},
    {"ផ្លូវថ្មី", "New Road"},
    {"បេះដូង", "Heart"},
    {"ដៃគូ", "Partners"},
    {"កូនខ្មែរ", "Khmer Child"},
    {"សាលារៀន", "School"},
};
static const struct pair sayings[] = {
    {"ផ្តល់ប្រឹក្សា និងគាំទ្រផ្លូវចិត្តដល់កុមារដែលរងគ្រោះដោយអំពើហិង្សា។",
     "Counsels and supports children who were hurt by violence."},
    {"ជួយគ្រួសារក្រីក្រឱ្យកុមារអាចបន្តការសិក្សា។", "Helps poor families to keep their children in school."},
    {"ទទួលកុមារដែលគ្មានកន្លែងស្នាក់នៅ និងស្វែងរកគ្រួសារ។",
     "Receives children without a place to stay and looks for their families."},
    {"ពិនិត្យ និងព្យាបាលជំងឺដោយមិនគិតថ្លៃសម្រាប់កុមារក្រីក្រ។",
     "Examines and treats poor children free of charge."},
    {"ផ្តល់ជំនួយផ្នែកច្បាប់ និងអមដំណើរកុមារទៅតុលាការ។", "Gives legal aid and goes to court with the child."},
    {"បណ្តុះបណ្តាលវិជ្ជាជីវៈដល់យុវជនដែលបោះបង់ការសិក្សា។", "Trains young people who left school for work."},
    {"ចុះជួបកុមារនៅតាមទីសាធារណៈ និងបញ្ជូនទៅសេវាសមស្រប។",
     "Meets children in public places and refers them to the right service."},
    {"ផ្សព្វផ្សាយអំពីសិទ្ធិកុមារ និងការបង្ការអំពើហិង្សានៅក្នុងសហគមន៍។",
     "Teaches the community about rights of the child and how violence is prevented."},
};

struct maker {
    struct db *db;
    struct area_list areas; /* communes */
    struct term_list terms; /* kinds */
    uint64_t random;
    uint64_t made; /* records */
    struct field_value fields[FIELDS];
    size_t count;
};

static void must(enum status status, struct db *db, const char *what)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "generate: %s: %s\n", what, db ? db_error(db) : "");
    exit(1);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* splitmix64 */
static uint64_t next(struct maker *m)
{
    uint64_t z = m->random += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t below(struct maker *m, size_t n)
{
    return (size_t)(next(m) % n);
}

#define PICK(m, array) (&(array)[below(m, sizeof(array) / sizeof *(array))])

static void put_text(struct maker *m, int field, const char *text)
{
    m->fields[m->count++] =
        (struct field_value){field, {.type = VALUE_TEXT, .text = {text, strlen(text)}}};
}

static void put_int(struct maker *m, int field, int64_t value)
{
    m->fields[m->count++] = (struct field_value){field, {.type = VALUE_INT, .integer = value}};
}

static void put_id(struct maker *m, int field, const struct uuid *id)
{
    m->fields[m->count++] = (struct field_value){field, {.type = VALUE_ID, .id = *id}};
}

/* Ids of version 7 as offices give them: in order of time. */
static struct uuid create(struct maker *m, enum record_kind kind, const char *area)
{
    struct uuid id;
    uint64_t time = 1782000000000u + m->made++, random = next(m);
    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(time >> (40 - 8 * i));
    for (int i = 6; i < UUID_BYTES; i++)
        id.bytes[i] = (uint8_t)(random >> (i % 8 * 8));
    id.bytes[6] = (uint8_t)(0x70 | (id.bytes[6] & 15));
    id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 63));
    struct change change = {.kind = OP_CREATE,
                            .record_kind = kind,
                            .record = id,
                            .area = area,
                            .fields = m->fields,
                            .field_count = m->count,
                            .actor = "",
                            .reason = ""};
    int bad = 0;
    enum status status = op_append(m->db, &change, &bad);
    if (bad)
        fprintf(stderr, "generate: field %d\n", bad);
    must(status, m->db, "append");
    m->count = 0;
    return id;
}

static struct uuid make_organization(struct maker *m)
{
    const struct pair *body = PICK(m, bodies), *idea = PICK(m, ideas), *more = PICK(m, ideas);
    char km[512], en[256];
    snprintf(km, sizeof km, "%s%s%s", body->km, idea->km, more->km);
    snprintf(en, sizeof en, "%s %s %s", idea->en, more->en, body->en);
    put_text(m, FIELD_ID(ORGANIZATION, name_km), km);
    put_text(m, FIELD_ID(ORGANIZATION, name_en), en);
    put_int(m, FIELD_ID(ORGANIZATION, sector), VALUE_SECTOR_NGO);
    return create(m, RECORD_ORGANIZATION, "");
}

static void make_phone(struct maker *m, const struct uuid *owner)
{
    static const char *const starts[] = {"12", "17", "92", "10", "15",
                                         "96", "97", "88", "11", "77"};
    char number[24];
    snprintf(number, sizeof number, "+855%s%06zu", starts[below(m, 10)], below(m, 1000000));
    put_id(m, FIELD_ID(PHONE, owner), owner);
    put_text(m, FIELD_ID(PHONE, number), number);
    put_int(m, FIELD_ID(PHONE, kind), VALUE_PHONE_KIND_MOBILE);
    put_int(m, FIELD_ID(PHONE, confidence),
            below(m, 4) ? VALUE_CONFIDENCE_HIGH : VALUE_CONFIDENCE_MEDIUM);
    (void)create(m, RECORD_PHONE, "");
}

static struct uuid make_service_record(struct maker *m, const struct uuid *organization,
                                       const struct term *term, const struct area *area)
{
    const struct pair *idea = PICK(m, ideas), *saying = PICK(m, sayings), *other = PICK(m, sayings);
    char km[1024], en[512], about_km[2048], about_en[1024];
    snprintf(km, sizeof km, "%s%s%s%s", term->name_km, idea->km,
             area->kind == AREA_SANGKAT ? "សង្កាត់" : "ឃុំ", area->name_km);
    snprintf(en, sizeof en, "%s %s, %s", idea->en, term->name_en, area->name_en);
    snprintf(about_km, sizeof about_km, "%s %s", saying->km, other->km);
    snprintf(about_en, sizeof about_en, "%s %s", saying->en, other->en);
    put_text(m, FIELD_ID(SERVICE, name_km), km);
    put_text(m, FIELD_ID(SERVICE, name_en), en);
    put_id(m, FIELD_ID(SERVICE, organization), organization);
    put_text(m, FIELD_ID(SERVICE, description_km), about_km);
    put_text(m, FIELD_ID(SERVICE, description_en), about_en);
    if (below(m, 3) == 0)
        put_int(m, FIELD_ID(SERVICE, maximum_age), 17);
    if (below(m, 20) == 0)
        put_int(m, FIELD_ID(SERVICE, sex), VALUE_SEX_FEMALE);
    put_int(m, FIELD_ID(SERVICE, confidence),
            below(m, 5) ? VALUE_CONFIDENCE_HIGH : VALUE_CONFIDENCE_MEDIUM);
    return create(m, RECORD_SERVICE, area->code);
}

/* Where a service is made for: mostly its commune or district, seldom more. */
static void make_cover(struct maker *m, const struct uuid *service, const struct area *area)
{
    char code[AREA_CODE] = AREA_COUNTRY_CODE;
    size_t draw = below(m, 100);
    if (draw) {
        size_t len = draw < 60 ? 6 : draw < 95 ? 4 : 2;
        memcpy(code, area->code, len);
        code[len] = '\0';
    }
    put_id(m, FIELD_ID(SERVICE_AREA, service), service);
    put_text(m, FIELD_ID(SERVICE_AREA, area), code);
    (void)create(m, RECORD_SERVICE_AREA, code[0] == 'K' ? "" : code);
}

static void make_service(struct maker *m, const struct uuid *organization, const struct uuid *place,
                         const struct area *area)
{
    const struct term *term = &m->terms.rows[below(m, m->terms.count)];
    struct uuid service = make_service_record(m, organization, term, area);
    put_id(m, FIELD_ID(SERVICE_AT_LOCATION, service), &service);
    put_id(m, FIELD_ID(SERVICE_AT_LOCATION, location), place);
    (void)create(m, RECORD_SERVICE_AT_LOCATION, area->code);
    make_cover(m, &service, area);
    put_id(m, FIELD_ID(TERM_LINK, record), &service);
    put_text(m, FIELD_ID(TERM_LINK, term), term->code);
    put_int(m, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
    (void)create(m, RECORD_TERM_LINK, area->code);
    if (below(m, 2))
        make_phone(m, &service);
}

static struct uuid make_place(struct maker *m, const struct uuid *organization,
                              const struct area *area)
{
    put_id(m, FIELD_ID(LOCATION, organization), organization);
    put_text(m, FIELD_ID(LOCATION, area), area->code);
    return create(m, RECORD_LOCATION, area->code);
}

static void load_lists(struct maker *m)
{
    struct area_list provinces, districts, communes;
    size_t room = 0;
    must(area_children(m->db, "", &provinces), m->db, "areas");
    for (size_t i = 0; i < provinces.count; i++) {
        must(area_children(m->db, provinces.rows[i].code, &districts), m->db, "areas");
        for (size_t k = 0; k < districts.count; k++) {
            must(area_children(m->db, districts.rows[k].code, &communes), m->db, "areas");
            for (size_t j = 0; j < communes.count; j++) {
                m->areas.rows = arena_grow(&m->areas.arena, m->areas.rows, m->areas.count, &room,
                                           sizeof *m->areas.rows);
                struct area *area = &m->areas.rows[m->areas.count++];
                *area = communes.rows[j];
                area->name_km = arena_strdup(&m->areas.arena, area->name_km);
                area->name_en = arena_strdup(&m->areas.arena, area->name_en);
            }
            area_list_release(&communes);
        }
        area_list_release(&districts);
    }
    area_list_release(&provinces);
    must(term_all(m->db, &m->terms), m->db, "terms");
    size_t kept = 0;
    for (size_t i = 0; i < m->terms.count; i++)
        if (*m->terms.rows[i].parent)
            m->terms.rows[kept++] = m->terms.rows[i];
    m->terms.count = kept;
}

static int64_t count_services(struct db *db)
{
    sqlite3_stmt *s;
    int64_t count = 0;
    if (sqlite3_prepare_v2(db->sqlite, "SELECT count(*) FROM service", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return count;
}

static void make_services(struct maker *m, size_t count)
{
    struct uuid replica = uuid_from_name("bench/replica"), organization = {0}, place = {0};
    const struct area *area = NULL;
    size_t have = (size_t)count_services(m->db);
    must(op_set_born(m->db, &replica, 1782000000000), m->db, "replica");
    must(db_begin(m->db), m->db, "begin");
    for (size_t i = have; i < count; i++) {
        if ((i - have) % SERVICES_OF_ORGANIZATION == 0) {
            organization = make_organization(m);
            area = &m->areas.rows[below(m, m->areas.count)];
            place = make_place(m, &organization, area);
        }
        make_service(m, &organization, &place, area);
        if (i % BATCH == 0) {
            must(db_commit(m->db), m->db, "commit");
            must(db_begin(m->db), m->db, "begin");
        }
    }
    must(db_commit(m->db), m->db, "commit");
    must(op_set_born(m->db, NULL, 0), m->db, "replica");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: generate COUNT DIRECTORY.db\n", stderr);
        return 2;
    }
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    struct maker m = {.random = 2026};
    struct text detail = TEXT_INIT;
    unlink(argv[2]);
    if (db_create(argv[2], seed, &detail) != STATUS_OK ||
        db_open(argv[2], DB_READ_WRITE, &m.db, &detail) != STATUS_OK) {
        fprintf(stderr, "generate: %s: %s\n", argv[2], detail.bytes);
        return 1;
    }
    must(db_exec(m.db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000"), m.db, "pragma");
    load_lists(&m);
    double start = seconds();
    make_services(&m, (size_t)strtoull(argv[1], NULL, 10));
    double written = seconds();
    must(search_rebuild(m.db), m.db, "index");
    must(db_exec(m.db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize"), m.db, "checkpoint");
    printf("%.1f %.1f\n", written - start, seconds() - written);
    area_list_release(&m.areas);
    term_list_release(&m.terms);
    db_close(m.db);
    text_release(&detail);
    return 0;
}
