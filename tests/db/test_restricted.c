/* The confidential part: what is sealed, who reads it, and that nothing of it lies anywhere in
 * clear. */
#include "fixture.h"

#include <dirent.h>
#include <sys/stat.h>

#include "db/backup.h"
#include "db/detail.h"
#include "db/merge.h"
#include "db/restricted.h"
#include "db/search.h"
#include "db/undo.h"

#define OFFICIALS_PIN "48 27 19"
#define FOCAL_PIN     "trapeang-7"
#define SECRET_KM     "ផ្ទះលាក់ខ្លួន"
#define SECRET_EN     "Zephyrhouse"
#define SECRET_PHONE  "012 998 877"

struct place {
    char folder[FIXTURE_PATH];
    char path[FIXTURE_PATH + 32];
    struct db *db;
    struct uuid organization, service;
};

static struct uuid new_id(void)
{
    struct uuid id;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    return id;
}

static struct uuid add(struct place *p, enum record_kind kind, const struct field_value *f,
                       size_t count)
{
    struct uuid id = new_id();
    int bad = 0;
    if (fixture_change(p->db, OP_CREATE, kind, id, f, count, &bad) != STATUS_OK)
        fail_msg("%s: field %d: %s", kind_name(kind), bad, db_error(p->db));
    return id;
}

static void open_again(struct place *p)
{
    db_close(p->db);
    assert_int_equal(db_open(p->path, DB_READ_WRITE, &p->db, NULL), STATUS_OK);
    db_set_clock(p->db, fixture_now, &fixture_ms);
}

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    const char *tmp = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%s/restricted.XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/directory.db", p->folder);
    p->db = fixture_open(p->path);
    struct term shelter = {"A3", "A", "ជម្រក", "Shelter", 4, true, "", "", "", "", 0};
    assert_int_equal(term_put(p->db, &shelter), STATUS_OK);
    struct field_value o[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "House of care")};
    p->organization = add(p, RECORD_ORGANIZATION, o, 1);
    struct field_value s[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Safe house"),
                              fixture_id(FIELD_ID(SERVICE, organization), p->organization)};
    p->service = add(p, RECORD_SERVICE, s, 2);
    struct field_value t[] = {fixture_id(FIELD_ID(TERM_LINK, record), p->service),
                              fixture_text(FIELD_ID(TERM_LINK, term), "A3"),
                              fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    (void)add(p, RECORD_TERM_LINK, t, 3);
    struct field_value a[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), p->service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), "0702")};
    (void)add(p, RECORD_SERVICE_AREA, a, 2);
    fixture_ms += 1000;
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    char command[FIXTURE_PATH + 16];
    db_close(p->db);
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
    free(p);
    return 0;
}

static enum pin_answer set_pin(struct place *p, int level, const char *pin)
{
    enum pin_answer answer;
    assert_int_equal(restricted_set_pin(p->db, level, pin, strlen(pin), &answer), STATUS_OK);
    return answer;
}

static enum pin_answer unlock(struct db *db, const char *pin)
{
    enum pin_answer answer;
    enum status status = restricted_unlock(db, pin, strlen(pin), &answer);
    if (status != STATUS_OK)
        fail_msg("unlock: %d: %s", (int)status, db_error(db));
    return answer;
}

static void set_both_pins(struct place *p)
{
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(set_pin(p, LEVEL_FOCAL_PERSON, FOCAL_PIN), PIN_RIGHT);
}

static size_t place_fields(struct place *p, int level, struct field_value f[5])
{
    f[0] = fixture_id(FIELD_ID(LOCATION, organization), p->organization);
    f[1] = fixture_text(FIELD_ID(LOCATION, area), "070203");
    f[2] = fixture_text(FIELD_ID(LOCATION, address_km), SECRET_KM);
    f[3] = fixture_text(FIELD_ID(LOCATION, address_en), SECRET_EN);
    f[4] = fixture_int(FIELD_ID(LOCATION, confidentiality), level);
    return 5;
}

static struct uuid add_place(struct place *p, int level)
{
    struct field_value f[5];
    size_t count = place_fields(p, level, f);
    struct uuid location = add(p, RECORD_LOCATION, f, count);
    struct field_value at[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), p->service),
                               fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), location)};
    (void)add(p, RECORD_SERVICE_AT_LOCATION, at, 2);
    return location;
}

static struct uuid add_phone(struct place *p, struct uuid owner, int level)
{
    struct field_value f[] = {fixture_id(FIELD_ID(PHONE, owner), owner),
                              fixture_text(FIELD_ID(PHONE, number), SECRET_PHONE),
                              fixture_int(FIELD_ID(PHONE, confidentiality), level)};
    return add(p, RECORD_PHONE, f, level < 0 ? 2 : 3);
}

static struct uuid add_contact(struct place *p, int level)
{
    struct field_value f[] = {fixture_id(FIELD_ID(CONTACT, owner), p->service),
                              fixture_text(FIELD_ID(CONTACT, name_km), SECRET_KM),
                              fixture_text(FIELD_ID(CONTACT, name_en), SECRET_EN),
                              fixture_int(FIELD_ID(CONTACT, confidentiality), level)};
    return add(p, RECORD_CONTACT, f, 4);
}

struct counts {
    size_t locations, phones, contacts, schedules;
};

static struct counts look(struct db *db, const struct uuid *service)
{
    struct detail d;
    assert_int_equal(detail_load(db, service, &d), STATUS_OK);
    struct counts c = {d.locations.count, d.phones.count, d.contacts.count, d.schedules.count};
    detail_release(&d);
    return c;
}

static void assert_counts(struct db *db, const struct uuid *service, size_t locations,
                          size_t phones, size_t contacts)
{
    struct counts c = look(db, service);
    assert_int_equal(c.locations, locations);
    assert_int_equal(c.phones, phones);
    assert_int_equal(c.contacts, contacts);
}

static bool file_holds(const char *path, const char *needle)
{
    struct text bytes = TEXT_INIT;
    char buffer[65536];
    size_t got, len = strlen(needle);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while ((got = fread(buffer, 1, sizeof buffer, f)) > 0)
        text_add(&bytes, buffer, got);
    fclose(f);
    bool found = false;
    for (size_t i = 0; !found && i + len <= bytes.len; i++)
        found = !memcmp(bytes.bytes + i, needle, len);
    text_release(&bytes);
    return found;
}

/* None of the files of the folder holds any of the secrets. */
static void assert_nothing_in_clear(const struct place *p)
{
    static const char *const secrets[] = {SECRET_KM, SECRET_EN, "+85512998877", "zephyrhouse"};
    DIR *folder = opendir(p->folder);
    struct dirent *e;
    bool public_found = false;
    while ((e = readdir(folder)) != NULL) {
        char path[2 * FIXTURE_PATH];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", p->folder, e->d_name);
        public_found = public_found || file_holds(path, "House of care");
        for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
            if (file_holds(path, secrets[i]))
                fail_msg("%s holds %s", e->d_name, secrets[i]);
    }
    closedir(folder);
    assert_true(public_found); /* this does look into the files */
}

/* --- tests
 * ------------------------------------------------------------------------------------------ */

static void locked_nothing_confidential_can_be_stored(void **state)
{
    struct place *p = *state;
    struct field_value f[5];
    size_t count = place_fields(p, LEVEL_OFFICIALS, f);
    assert_int_equal(fixture_change(p->db, OP_CREATE, RECORD_LOCATION, new_id(), f, count, NULL),
                     STATUS_LOCKED);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    f[4] = fixture_int(FIELD_ID(LOCATION, confidentiality), LEVEL_FOCAL_PERSON);
    assert_int_equal(fixture_change(p->db, OP_CREATE, RECORD_LOCATION, new_id(), f, count, NULL),
                     STATUS_LOCKED);
    assert_counts(p->db, &p->service, 0, 0, 0);
    assert_nothing_in_clear(p);
}

static void unlocked_it_is_read_and_locked_it_is_gone(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    struct uuid location = add_place(p, LEVEL_OFFICIALS);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    (void)add_contact(p, LEVEL_OFFICIALS);
    assert_counts(p->db, &p->service, 1, 1, 1);
    struct record_list list = {0};
    assert_int_equal(record_load(p->db, RECORD_LOCATION, &location, &list), STATUS_OK);
    assert_int_equal(list.rows[0].level, LEVEL_OFFICIALS);
    assert_string_equal(record_text(&list.rows[0], FIELD_ID(LOCATION, address_en)), SECRET_EN);
    record_list_release(&list);
    restricted_lock(p->db);
    assert_int_equal(restricted_level(p->db), LEVEL_PUBLIC);
    assert_counts(p->db, &p->service, 0, 0, 0);
    assert_int_equal(record_load(p->db, RECORD_LOCATION, &location, &list), STATUS_NOT_FOUND);
    record_list_release(&list);
    assert_nothing_in_clear(p);
    open_again(p);
    assert_counts(p->db, &p->service, 0, 0, 0);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 1, 1, 1);
    assert_int_equal(op_check_chain(restricted_records(p->db)), STATUS_OK);
    assert_nothing_in_clear(p);
}

static void the_file_is_for_its_owner_alone(void **state)
{
    struct place *p = *state;
    struct text path = TEXT_INIT;
    struct stat st;
    mode_t old = umask(0);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    umask(old);
    assert_true(restricted_path(p->db, &path));
    assert_string_equal(strrchr(path.bytes, '/'), "/restricted.db");
    assert_int_equal(stat(path.bytes, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    text_release(&path);
}

static void a_directory_of_another_name_has_its_own_file(void **state)
{
    struct place *p = *state;
    char other[sizeof p->path];
    struct text path = TEXT_INIT;
    struct db *db;
    snprintf(other, sizeof other, "%s/kampot.db", p->folder);
    db = fixture_open(other);
    assert_true(restricted_path(db, &path));
    assert_string_equal(strrchr(path.bytes, '/'), "/kampot.restricted.db");
    text_release(&path);
    db_close(db);
}

static void an_official_does_not_see_what_is_for_the_focal_person(void **state)
{
    struct place *p = *state;
    set_both_pins(p);
    (void)add_place(p, LEVEL_FOCAL_PERSON);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    assert_counts(p->db, &p->service, 1, 1, 0);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(restricted_level(p->db), LEVEL_OFFICIALS);
    assert_counts(p->db, &p->service, 0, 1, 0);
    assert_int_equal(unlock(p->db, FOCAL_PIN), PIN_RIGHT);
    assert_int_equal(restricted_level(p->db), LEVEL_FOCAL_PERSON);
    assert_counts(p->db, &p->service, 1, 1, 0);
}

static void what_leads_to_a_confidential_place_is_confidential(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    struct uuid location = add_place(p, LEVEL_OFFICIALS);
    (void)add_phone(p, location, LEVEL_PUBLIC);
    (void)add_phone(p, location, -1);
    struct field_value hours[] = {fixture_id(FIELD_ID(SCHEDULE, owner), location),
                                  fixture_int(FIELD_ID(SCHEDULE, days), 127),
                                  fixture_int(FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_YES)};
    (void)add(p, RECORD_SCHEDULE, hours, 3);
    struct counts c = look(p->db, &p->service);
    assert_int_equal(c.phones, 2);
    assert_int_equal(c.schedules, 1);
    restricted_lock(p->db);
    c = look(p->db, &p->service);
    assert_int_equal(c.locations + c.phones + c.schedules, 0);
    assert_nothing_in_clear(p);
}

static void parts_of_one_save_may_stand_in_any_order(void **state)
{
    struct place *p = *state;
    set_both_pins(p);
    struct uuid location = new_id(), link = new_id(), phone = new_id();
    struct field_value l[5];
    size_t count = place_fields(p, LEVEL_FOCAL_PERSON, l);
    struct field_value at[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), p->service),
                               fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), location)};
    struct field_value n[] = {fixture_id(FIELD_ID(PHONE, owner), p->service),
                              fixture_text(FIELD_ID(PHONE, number), "1280")};
    struct change c[] = {
        {OP_CREATE, RECORD_SERVICE_AT_LOCATION, link, "07", at, 2, NULL, "test", ""},
        {OP_CREATE, RECORD_PHONE, phone, "07", n, 2, NULL, "test", ""},
        {OP_CREATE, RECORD_LOCATION, location, "07", l, count, NULL, "test", ""},
    };
    assert_int_equal(op_append_all(p->db, c, 3, NULL, NULL), STATUS_OK);
    assert_counts(p->db, &p->service, 1, 1, 0);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 1, 0);
    assert_nothing_in_clear(p);
}

static void a_refused_part_leaves_nothing_in_either_log(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    struct field_value l[5], n[] = {fixture_id(FIELD_ID(PHONE, owner), p->service),
                                    fixture_text(FIELD_ID(PHONE, number), "1280")};
    size_t count = place_fields(p, LEVEL_OFFICIALS, l);
    l[1] = fixture_text(FIELD_ID(LOCATION, area), "999999");
    struct change c[] = {
        {OP_CREATE, RECORD_PHONE, new_id(), "07", n, 2, NULL, "test", ""},
        {OP_CREATE, RECORD_LOCATION, new_id(), "07", l, count, NULL, "test", ""},
    };
    struct op_refusal refusal = {0};
    assert_int_equal(op_append_all(p->db, c, 2, &refusal, NULL), STATUS_INVALID);
    assert_int_equal(refusal.change, 1);
    assert_int_equal(refusal.field, FIELD_ID(LOCATION, area));
    assert_counts(p->db, &p->service, 0, 0, 0);
    l[1] = fixture_text(FIELD_ID(LOCATION, area), "070203");
    assert_int_equal(op_append_all(p->db, c, 2, NULL, NULL), STATUS_OK);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 1, 0);
    struct record_list list = {0};
    assert_int_equal(record_load(p->db, RECORD_LOCATION, &c[1].record, &list), STATUS_OK);
    record_list_release(&list);
}

static void change_level(struct place *p, struct uuid location, int level)
{
    struct field_value f[] = {fixture_int(FIELD_ID(LOCATION, confidentiality), level)};
    struct seen seen;
    assert_int_equal(op_seen(p->db, &location, &seen), STATUS_OK);
    struct change c = {OP_SET, RECORD_LOCATION, location, "07", f, 1, &seen, "test", "moved"};
    int bad = 0;
    if (op_append(p->db, &c, &bad) != STATUS_OK)
        fail_msg("to level %d: field %d: %s", level, bad, db_error(p->db));
    fixture_ms += 1000;
}

static void assert_place(struct place *p, struct uuid location, const char *pin, int level)
{
    struct record_list list = {0};
    restricted_lock(p->db);
    if (pin)
        assert_int_equal(unlock(p->db, pin), PIN_RIGHT);
    enum status status = record_load(p->db, RECORD_LOCATION, &location, &list);
    bool open = status == STATUS_OK && list.rows[0].status == VALUE_STATUS_ACTIVE;
    if (level < 0) {
        assert_false(open);
    } else {
        assert_true(open);
        assert_int_equal(list.rows[0].level, level);
        assert_string_equal(record_text(&list.rows[0], FIELD_ID(LOCATION, address_en)), SECRET_EN);
        assert_string_equal(record_text(&list.rows[0], FIELD_ID(LOCATION, area)), "070203");
    }
    record_list_release(&list);
}

static void a_record_moves_between_all_levels(void **state)
{
    struct place *p = *state;
    static const int way[] = {1, 2, 1, 0, 2, 0, 1, 0};
    set_both_pins(p);
    struct field_value f[5];
    size_t count = place_fields(p, LEVEL_PUBLIC, f);
    struct uuid location = add(p, RECORD_LOCATION, f, count);
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        assert_int_equal(unlock(p->db, FOCAL_PIN), PIN_RIGHT);
        change_level(p, location, way[i]);
        assert_place(p, location, NULL, way[i] == 0 ? 0 : -1);
        assert_place(p, location, OFFICIALS_PIN, way[i] <= 1 ? way[i] : -1);
        assert_place(p, location, FOCAL_PIN, way[i]);
        open_again(p);
    }
    assert_int_equal(op_check_chain(p->db), STATUS_OK);
}

static void a_stale_change_of_a_confidential_record_is_refused(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    struct uuid phone = add_phone(p, p->service, LEVEL_OFFICIALS);
    struct seen seen;
    assert_int_equal(op_seen(p->db, &phone, &seen), STATUS_OK);
    struct field_value f[] = {fixture_text(FIELD_ID(PHONE, number), "012 111 222")};
    struct change c = {OP_SET, RECORD_PHONE, phone, "07", f, 1, &seen, "test", ""};
    assert_int_equal(op_append(p->db, &c, NULL), STATUS_OK);
    assert_int_equal(op_append(p->db, &c, NULL), STATUS_CONFLICT);
}

static void a_confidential_record_is_closed_and_opened_again(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    struct uuid phone = add_phone(p, p->service, LEVEL_OFFICIALS);
    assert_int_equal(fixture_change(p->db, OP_CLOSE, RECORD_PHONE, phone, NULL, 0, NULL),
                     STATUS_OK);
    assert_counts(p->db, &p->service, 0, 0, 0);
    assert_int_equal(fixture_change(p->db, OP_REOPEN, RECORD_PHONE, phone, NULL, 0, NULL),
                     STATUS_OK);
    assert_counts(p->db, &p->service, 0, 1, 0);
    restricted_lock(p->db);
    assert_int_equal(fixture_change(p->db, OP_CLOSE, RECORD_PHONE, phone, NULL, 0, NULL),
                     STATUS_NOT_FOUND);
}

static void search_never_finds_it(void **state)
{
    struct place *p = *state;
    static const char *const words[] = {SECRET_KM, SECRET_EN, SECRET_PHONE, "0129988"};
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    (void)add_place(p, LEVEL_OFFICIALS);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    (void)add_contact(p, LEVEL_OFFICIALS);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct query q = {.words = words[i], .limit = 10};
        struct result result;
        assert_int_equal(search_run(p->db, &q, &result), STATUS_OK);
        assert_int_equal(result.count, 0);
        result_release(&result);
    }
    assert_int_equal(op_fold_all(p->db), STATUS_OK);
    assert_counts(p->db, &p->service, 1, 1, 1);
    assert_nothing_in_clear(p);
}

/* --- PINs */

static void a_pin_must_be_long_enough_and_not_simple(void **state)
{
    struct place *p = *state;
    static const struct {
        const char *pin;
        enum pin_answer answer;
    } tries[] = {{"", PIN_SHORT},        {"48271", PIN_SHORT},   {" 4 8 2 7 1 ", PIN_SHORT},
                 {"111111", PIN_SIMPLE}, {"123456", PIN_SIMPLE}, {"987654", PIN_SIMPLE},
                 {"១២៣៤៥៦", PIN_SIMPLE}, {"abcdef", PIN_SIMPLE}, {"កកកកកក", PIN_SIMPLE},
                 {"482719", PIN_RIGHT}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        assert_int_equal(set_pin(p, LEVEL_OFFICIALS, tries[i].pin), tries[i].answer);
}

static void digits_of_both_sets_are_one_pin(void **state)
{
    struct place *p = *state;
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_NONE);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, "48 27 19"), PIN_RIGHT);
    restricted_lock(p->db);
    assert_int_equal(unlock(p->db, "៤៨\xE2\x80\x8B២៧១៩\n"), PIN_RIGHT);
    restricted_lock(p->db);
    assert_int_equal(unlock(p->db, "482718"), PIN_WRONG);
}

static int64_t wait_now(struct place *p)
{
    int64_t ms = -1;
    assert_int_equal(restricted_wait(p->db, &ms), STATUS_OK);
    return ms;
}

static void wrong_pins_cost_a_growing_wait_that_outlives_the_program(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    restricted_lock(p->db);
    for (int i = 0; i < PIN_FREE_TRIES; i++) {
        assert_int_equal(wait_now(p), 0);
        assert_int_equal(unlock(p->db, "000001"), PIN_WRONG);
    }
    assert_int_equal(wait_now(p), PIN_WAIT_MS);
    open_again(p);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_WAIT);
    fixture_ms -= 3600000; /* the clock is set back: nothing is won */
    assert_int_equal(wait_now(p), PIN_WAIT_MS);
    fixture_ms += 3600000 + PIN_WAIT_MS;
    assert_int_equal(unlock(p->db, "000002"), PIN_WRONG);
    assert_int_equal(wait_now(p), 2 * PIN_WAIT_MS);
    fixture_ms += 2 * PIN_WAIT_MS;
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(wait_now(p), 0);
}

static void the_wait_has_an_end(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    restricted_lock(p->db);
    for (int i = 0; i < 16; i++) {
        fixture_ms += wait_now(p);
        assert_int_equal(unlock(p->db, "000001"), PIN_WRONG);
    }
    assert_int_equal(wait_now(p), PIN_WAIT_MAX_MS);
}

static void a_new_pin_replaces_the_old_one(void **state)
{
    struct place *p = *state;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, "907351"), PIN_RIGHT);
    restricted_lock(p->db);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, "555123"), PIN_NOT_YOURS);
    assert_int_equal(set_pin(p, LEVEL_FOCAL_PERSON, FOCAL_PIN), PIN_NOT_YOURS);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_WRONG);
    assert_int_equal(unlock(p->db, "907351"), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 1, 0);
}

static void the_focal_person_gives_the_officials_a_new_pin(void **state)
{
    struct place *p = *state;
    set_both_pins(p);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, FOCAL_PIN), PIN_TAKEN);
    open_again(p);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(set_pin(p, LEVEL_FOCAL_PERSON, "314159"), PIN_NOT_YOURS);
    assert_int_equal(unlock(p->db, FOCAL_PIN), PIN_RIGHT);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, "271828"), PIN_RIGHT);
    restricted_lock(p->db);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_WRONG);
    assert_int_equal(unlock(p->db, "271828"), PIN_RIGHT);
    assert_int_equal(restricted_level(p->db), LEVEL_OFFICIALS);
    assert_counts(p->db, &p->service, 0, 1, 0);
}

static void the_first_pin_may_be_the_focal_persons(void **state)
{
    struct place *p = *state;
    bool has = true;
    assert_int_equal(set_pin(p, LEVEL_FOCAL_PERSON, FOCAL_PIN), PIN_RIGHT);
    assert_int_equal(restricted_has_pin(p->db, LEVEL_OFFICIALS, &has), STATUS_OK);
    assert_false(has);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    open_again(p);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_NOT_YOURS);
    assert_int_equal(unlock(p->db, FOCAL_PIN), PIN_RIGHT);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    open_again(p);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 1, 0);
}

/* --- the file */

static void two_programs_write_one_sealed_log(void **state)
{
    struct place *p = *state;
    struct db *mine = p->db, *other;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(db_open(p->path, DB_READ_WRITE, &other, NULL), STATUS_OK);
    db_set_clock(other, fixture_now, &fixture_ms);
    assert_int_equal(unlock(other, OFFICIALS_PIN), PIN_RIGHT);
    for (int i = 0; i < 4; i++) {
        p->db = i % 2 ? other : mine;
        (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    }
    p->db = mine;
    assert_int_equal(restricted_refresh(mine), STATUS_OK);
    assert_counts(mine, &p->service, 0, 4, 0);
    assert_counts(other, &p->service, 0, 4, 0);
    db_close(other);
    open_again(p);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 4, 0);
}

static void run_sql(const struct place *p, const char *name, const char *sql)
{
    char path[2 * FIXTURE_PATH];
    sqlite3 *db;
    char *error = NULL;
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
    sqlite3_close(db);
}

/* As after a crash between the commit of a save and its handing over. */
static void sealed_ops_left_in_the_directory_are_handed_over(void **state)
{
    struct place *p = *state;
    char sql[3 * FIXTURE_PATH];
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    for (int i = 0; i < 3; i++)
        (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    db_close(p->db);
    snprintf(sql, sizeof sql,
             "ATTACH '%s/restricted.db' AS r; INSERT INTO sealed_op SELECT * FROM r.sealed_op "
             "WHERE seq > 1; DELETE FROM r.sealed_op WHERE seq > 2",
             p->folder);
    run_sql(p, "directory.db", sql);
    assert_int_equal(db_open(p->path, DB_READ_WRITE, &p->db, NULL), STATUS_OK);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 3, 0);
    db_close(p->db);
    run_sql(p, "directory.db",
            "CREATE TEMP TABLE t (n CHECK (n = 0)); "
            "INSERT INTO t SELECT count(*) FROM sealed_op");
    run_sql(p, "restricted.db",
            "CREATE TEMP TABLE t (n CHECK (n = 3)); "
            "INSERT INTO t SELECT count(*) FROM sealed_op");
    assert_int_equal(db_open(p->path, DB_READ_WRITE, &p->db, NULL), STATUS_OK);
}

/* Somebody without a PIN makes one entry of two, and takes it back. */
static void what_is_sealed_follows_a_merge_and_its_undo(void **state)
{
    struct place *p = *state;
    struct op_ref save;
    struct field_value s[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Safe house too"),
                              fixture_id(FIELD_ID(SERVICE, organization), p->organization)};
    struct uuid other = add(p, RECORD_SERVICE, s, 2);
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    restricted_lock(p->db);
    struct merge merge = {.kind = RECORD_SERVICE,
                          .from = p->service,
                          .into = other,
                          .area = "07",
                          .actor = "test",
                          .reason = ""};
    assert_int_equal(merge_records(p->db, &merge, NULL, &save), STATUS_OK);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &other, 0, 1, 0);
    fixture_ms += 1000;
    assert_int_equal(undo_save(p->db, &save, "test", "", NULL, NULL), STATUS_OK);
    assert_int_equal(restricted_refresh(p->db), STATUS_OK);
    assert_counts(p->db, &other, 0, 0, 0);
    assert_counts(p->db, &p->service, 0, 1, 0);
}

static void damage_is_noticed(void **state)
{
    static const char *const damages[] = {
        "UPDATE sealed_op SET sealed = CAST(zeroblob(200) AS BLOB) WHERE seq = 2",
        "DELETE FROM sealed_op WHERE seq = 2",
        ("UPDATE sealed_op SET seq = 9 WHERE seq = 3; UPDATE sealed_op SET seq = 3 WHERE seq = 2; "
         "UPDATE sealed_op SET seq = 2 WHERE seq = 9"),
    };
    struct place *p = *state;
    enum pin_answer answer;
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    for (int i = 0; i < 3; i++)
        (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        db_close(p->db);
        run_sql(p, "restricted.db",
                "CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM sealed_op; "
                "DELETE FROM sealed_op; "
                "INSERT INTO sealed_op SELECT * FROM kept");
        run_sql(p, "restricted.db", damages[i]);
        assert_int_equal(db_open(p->path, DB_READ_WRITE, &p->db, NULL), STATUS_OK);
        assert_int_equal(restricted_unlock(p->db, OFFICIALS_PIN, strlen(OFFICIALS_PIN), &answer),
                         STATUS_CORRUPT);
        assert_int_equal(restricted_level(p->db), LEVEL_PUBLIC);
    }
}

static void a_copy_is_sealed_and_opens_with_the_same_pin(void **state)
{
    struct place *p = *state;
    char copy[2 * FIXTURE_PATH], path[2 * FIXTURE_PATH];
    struct stat st;
    snprintf(copy, sizeof copy, "%s/copy.db", p->folder);
    assert_int_equal(backup_to(p->db, copy, NULL), STATUS_OK);
    strcat(copy, RESTRICTED_COPY);
    assert_int_equal(stat(copy, &st), -1); /* nothing is sealed yet */
    assert_int_equal(set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN), PIN_RIGHT);
    (void)add_phone(p, p->service, LEVEL_OFFICIALS);
    snprintf(copy, sizeof copy, "%s/second.db", p->folder);
    assert_int_equal(backup_to(p->db, copy, NULL), STATUS_OK);
    strcat(copy, RESTRICTED_COPY);
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    db_close(p->db);
    assert_int_equal(unlink(p->path), 0);
    snprintf(path, sizeof path, "%s/restricted.db", p->folder);
    assert_int_equal(unlink(path), 0);
    copy[strlen(copy) - strlen(RESTRICTED_COPY)] = '\0';
    assert_int_equal(backup_restore(p->path, DB_REAL, copy, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(db_open(p->path, DB_READ_WRITE, &p->db, NULL), STATUS_OK);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_counts(p->db, &p->service, 0, 1, 0);
    assert_nothing_in_clear(p);
}

/* --- beside records */

static void a_draft_is_sealed_for_its_level(void **state)
{
    struct place *p = *state;
    struct text sealed = TEXT_INIT, opened = TEXT_INIT;
    assert_int_equal(restricted_seal(p->db, LEVEL_OFFICIALS, "draft", 5, &sealed), STATUS_LOCKED);
    set_both_pins(p);
    assert_int_equal(restricted_seal(p->db, LEVEL_FOCAL_PERSON, "draft", 5, &sealed), STATUS_OK);
    assert_int_equal(restricted_unseal(p->db, sealed.bytes, sealed.len, &opened), STATUS_OK);
    assert_string_equal(opened.bytes, "draft");
    text_clear(&opened);
    assert_int_equal(unlock(p->db, OFFICIALS_PIN), PIN_RIGHT);
    assert_int_equal(restricted_unseal(p->db, sealed.bytes, sealed.len, &opened), STATUS_LOCKED);
    sealed.bytes[sealed.len - 1] ^= 1;
    assert_int_equal(unlock(p->db, FOCAL_PIN), PIN_RIGHT);
    assert_int_equal(restricted_unseal(p->db, sealed.bytes, sealed.len, &opened), STATUS_DENIED);
    text_release(&sealed);
    text_release(&opened);
}

static void places_and_people_of_a_shelter_are_confidential_by_default(void **state)
{
    struct place *p = *state;
    int level = -1;
    assert_int_equal(restricted_default_level(p->db, &p->service, RECORD_LOCATION, &level),
                     STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
    assert_int_equal(restricted_default_level(p->db, &p->service, RECORD_CONTACT, &level),
                     STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
    assert_int_equal(restricted_default_level(p->db, &p->service, RECORD_PHONE, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_PUBLIC);
    struct field_value s[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Hotline"),
                              fixture_id(FIELD_ID(SERVICE, organization), p->organization)};
    struct uuid hotline = add(p, RECORD_SERVICE, s, 2);
    assert_int_equal(restricted_default_level(p->db, &hotline, RECORD_LOCATION, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_PUBLIC);
}

static void the_default_is_known_from_the_save_itself(void **state)
{
    struct place *p = *state;
    int level = -1;
    struct uuid service = new_id(), location = new_id();
    struct field_value t[] = {fixture_id(FIELD_ID(TERM_LINK, record), service),
                              fixture_text(FIELD_ID(TERM_LINK, term), "A3"),
                              fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    struct field_value l[] = {fixture_text(FIELD_ID(LOCATION, area), "070203")};
    struct field_value at[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), service),
                               fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), location)};
    struct field_value k[] = {fixture_id(FIELD_ID(CONTACT, owner), service)};
    struct field_value o[] = {fixture_id(FIELD_ID(LOCATION, organization), p->organization)};
    struct change c[] = {
        {OP_CREATE, RECORD_LOCATION, location, "07", l, 1, NULL, "test", ""},
        {OP_CREATE, RECORD_SERVICE_AT_LOCATION, new_id(), "07", at, 2, NULL, "test", ""},
        {OP_CREATE, RECORD_TERM_LINK, new_id(), "07", t, 3, NULL, "test", ""},
        {OP_CREATE, RECORD_CONTACT, new_id(), "07", k, 1, NULL, "test", ""},
    };
    assert_int_equal(restricted_default_of(p->db, c, 4, 0, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
    assert_int_equal(restricted_default_of(p->db, c, 4, 3, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
    assert_int_equal(restricted_default_of(p->db, c, 2, 0, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_PUBLIC);
    struct change alone = {OP_CREATE, RECORD_LOCATION, location, "07", o, 1, NULL, "test", ""};
    assert_int_equal(restricted_default_of(p->db, &alone, 1, 0, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
}

static void it_is_known_beforehand_how_confidential_a_change_is(void **state)
{
    struct place *p = *state;
    int level = -1;
    struct field_value f[5];
    size_t count = place_fields(p, LEVEL_FOCAL_PERSON, f);
    struct change c = {OP_CREATE, RECORD_LOCATION, new_id(), "07", f, count, NULL, "test", ""};
    assert_int_equal(restricted_level_of(p->db, &c, 1, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_FOCAL_PERSON);
    set_both_pins(p);
    struct uuid location = add_place(p, LEVEL_OFFICIALS);
    struct field_value to[] = {fixture_int(FIELD_ID(LOCATION, confidentiality), 0)};
    struct change open = {OP_SET, RECORD_LOCATION, location, "07", to, 1, NULL, "test", ""};
    assert_int_equal(restricted_level_of(p->db, &open, 1, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_OFFICIALS);
    struct field_value n[] = {fixture_id(FIELD_ID(PHONE, owner), p->service)};
    struct change phone = {OP_CREATE, RECORD_PHONE, new_id(), "07", n, 1, NULL, "test", ""};
    assert_int_equal(restricted_level_of(p->db, &phone, 1, &level), STATUS_OK);
    assert_int_equal(level, LEVEL_PUBLIC);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(locked_nothing_confidential_can_be_stored),
        TEST(unlocked_it_is_read_and_locked_it_is_gone),
        TEST(the_file_is_for_its_owner_alone),
        TEST(a_directory_of_another_name_has_its_own_file),
        TEST(an_official_does_not_see_what_is_for_the_focal_person),
        TEST(what_leads_to_a_confidential_place_is_confidential),
        TEST(parts_of_one_save_may_stand_in_any_order),
        TEST(a_refused_part_leaves_nothing_in_either_log),
        TEST(a_record_moves_between_all_levels),
        TEST(a_stale_change_of_a_confidential_record_is_refused),
        TEST(a_confidential_record_is_closed_and_opened_again),
        TEST(search_never_finds_it),
        TEST(a_pin_must_be_long_enough_and_not_simple),
        TEST(digits_of_both_sets_are_one_pin),
        TEST(wrong_pins_cost_a_growing_wait_that_outlives_the_program),
        TEST(the_wait_has_an_end),
        TEST(a_new_pin_replaces_the_old_one),
        TEST(the_focal_person_gives_the_officials_a_new_pin),
        TEST(the_first_pin_may_be_the_focal_persons),
        TEST(two_programs_write_one_sealed_log),
        TEST(sealed_ops_left_in_the_directory_are_handed_over),
        TEST(what_is_sealed_follows_a_merge_and_its_undo),
        TEST(damage_is_noticed),
        TEST(a_copy_is_sealed_and_opens_with_the_same_pin),
        TEST(a_draft_is_sealed_for_its_level),
        TEST(places_and_people_of_a_shelter_are_confidential_by_default),
        TEST(the_default_is_known_from_the_save_itself),
        TEST(it_is_known_beforehand_how_confidential_a_change_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
