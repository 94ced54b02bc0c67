/* Random sequences with sealed records of both levels: what becomes confidential and public again,
 * hangs on each other, is merged and taken back, now and then with a level locked. What is folded
 * is always what the logs say, and taking everything back leads to the start. */
#include "saving.h"

#include "db/restricted.h"

#define OFFICIALS_PIN "48 27 19"
#define FOCAL_PIN     "trapeang-7"

enum { SEQUENCES = 40, PER_FILE = 10, LENGTH = 10, ENTRIES_MOST = 16 };

struct sealed_entry {
    struct entry open;
    struct uuid place, link, served;
};

struct world {
    char path[FIXTURE_PATH];
    struct db *db;
    unsigned seed;
    struct sealed_entry entries[ENTRIES_MOST];
    size_t count;
    struct op_ref saves[LENGTH];
    size_t save_count;
    long stored, refused, locked, moved;
};

static unsigned pick(struct world *w, unsigned most)
{
    return (unsigned)rand_r(&w->seed) % most;
}

static struct sealed_entry *some_entry(struct world *w)
{
    return &w->entries[pick(w, (unsigned)w->count)];
}

static void unlock(struct world *w, const char *pin)
{
    enum pin_answer answer;
    restricted_lock(w->db);
    assert_int_equal(restricted_unlock(w->db, pin, strlen(pin), &answer), STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
}

static void note(struct world *w, enum status status, struct op_ref save)
{
    bool expected = status == STATUS_OK || status == STATUS_INVALID || status == STATUS_CONFLICT ||
                    status == STATUS_NOT_FOUND || status == STATUS_LOCKED;
    if (!expected)
        fail_msg("status %d: %s", (int)status, db_error(w->db));
    if (status == STATUS_OK)
        w->saves[w->save_count++] = save;
    w->stored += status == STATUS_OK;
    w->refused += status != STATUS_OK;
    w->locked += status == STATUS_LOCKED;
}

static void save(struct world *w, const struct change *changes, size_t count)
{
    struct op_ref at = {0};
    fixture_ms += 1000;
    note(w, op_append_all(w->db, changes, count, NULL, &at), at);
}

static void change(struct world *w, enum op_kind kind, enum record_kind record_kind, struct uuid id,
                   const struct field_value *fields, size_t count)
{
    struct change c = saving_change(kind, record_kind, id, fields, count);
    save(w, &c, 1);
}

static int some_level(struct world *w)
{
    return (int)pick(w, LEVEL_COUNT);
}

/* An entry, and in the same save a place of any level with what it serves. */
static void add(struct world *w)
{
    if (w->count == ENTRIES_MOST)
        return;
    struct sealed_entry *e = &w->entries[w->count++];
    note(w, STATUS_OK, saving_entry(w->db, "Added", "012 345 678", &e->open));
    e->place = saving_id();
    e->link = saving_id();
    e->served = saving_id();
}

static void place(struct world *w)
{
    struct sealed_entry *e = some_entry(w);
    struct field_value p[] = {fixture_id(FIELD_ID(LOCATION, organization), e->open.organization),
                              fixture_text(FIELD_ID(LOCATION, area), "070203"),
                              fixture_text(FIELD_ID(LOCATION, address_en), "behind the mill"),
                              fixture_int(FIELD_ID(LOCATION, confidentiality), some_level(w))};
    struct field_value l[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), e->open.service),
                              fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), e->place)};
    struct field_value s[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), e->open.service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), "0702")};
    struct change changes[] = {saving_change(OP_CREATE, RECORD_SERVICE_AT_LOCATION, e->link, l, 2),
                               saving_change(OP_CREATE, RECORD_LOCATION, e->place, p, 4),
                               saving_change(OP_CREATE, RECORD_SERVICE_AREA, e->served, s, 2)};
    save(w, changes, 3);
}

/* A telephone or a place goes to another level, alone or with a public change beside it. */
static void move(struct world *w)
{
    struct sealed_entry *e = some_entry(w);
    struct field_value name[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Moved")};
    bool is_place = pick(w, 3) == 0;
    struct field_value level[] = {fixture_int(is_place ? FIELD_ID(LOCATION, confidentiality)
                                                       : FIELD_ID(PHONE, confidentiality),
                                              some_level(w))};
    struct change changes[] = {saving_change(OP_SET, is_place ? RECORD_LOCATION : RECORD_PHONE,
                                             is_place ? e->place : e->open.phone, level, 1),
                               saving_change(OP_SET, RECORD_SERVICE, e->open.service, name, 1)};
    long before = w->stored;
    save(w, changes, 1 + pick(w, 2));
    w->moved += w->stored - before;
}

static void set(struct world *w)
{
    static const char *const numbers[] = {"011 222 333", "016 777 888", "1280"};
    struct sealed_entry *e = some_entry(w);
    struct field_value f[1];
    switch (pick(w, 4)) {
    case 0:
        f[0] = fixture_text(FIELD_ID(PHONE, number), numbers[pick(w, 3)]);
        change(w, OP_SET, RECORD_PHONE, e->open.phone, f, 1);
        break;
    case 1: /* onto a place, which may be confidential */
        f[0] = fixture_id(FIELD_ID(PHONE, owner), e->place);
        change(w, OP_SET, RECORD_PHONE, e->open.phone, f, 1);
        break;
    case 2:
        f[0] = fixture_text(FIELD_ID(LOCATION, address_en), "over the bridge");
        change(w, OP_SET, RECORD_LOCATION, e->place, f, 1);
        break;
    default:
        f[0] = fixture_text(FIELD_ID(SERVICE_AREA, area), pick(w, 2) ? "070203" : "07");
        change(w, OP_SET, RECORD_SERVICE_AREA, e->served, f, 1);
        break;
    }
}

static void close_or_open(struct world *w)
{
    struct sealed_entry *e = some_entry(w);
    enum op_kind kind = pick(w, 2) ? OP_CLOSE : OP_REOPEN;
    const struct {
        enum record_kind kind;
        struct uuid id;
    } of[] = {{RECORD_PHONE, e->open.phone},
              {RECORD_LOCATION, e->place},
              {RECORD_SERVICE_AT_LOCATION, e->link},
              {RECORD_SERVICE_AREA, e->served}};
    size_t which = pick(w, sizeof of / sizeof *of);
    change(w, kind, of[which].kind, of[which].id, NULL, 0);
}

static void merge(struct world *w)
{
    struct op_ref at = {0};
    struct merge m = {.kind = RECORD_SERVICE,
                      .from = some_entry(w)->open.service,
                      .into = some_entry(w)->open.service,
                      .area = "0702",
                      .actor = "Sok",
                      .reason = ""};
    note(w, merge_records(w->db, &m, NULL, &at), at);
}

static void undo(struct world *w)
{
    struct op_ref at = {0};
    struct undo_blocks blocks = {0};
    if (!w->save_count)
        return;
    fixture_ms += 1000;
    enum status status =
        undo_save(w->db, &w->saves[pick(w, (unsigned)w->save_count)], "Sok", "", &blocks, &at);
    undo_blocks_release(&blocks);
    note(w, status, at);
}

static void take_step(struct world *w)
{
    switch (w->count ? pick(w, 12) : 0) {
    case 0:
        add(w);
        break;
    case 1:
    case 2:
        place(w);
        break;
    case 3:
    case 4:
    case 5:
        move(w);
        break;
    case 6:
    case 7:
        set(w);
        break;
    case 8:
        close_or_open(w);
        break;
    case 9:
        merge(w);
        break;
    default:
        undo(w);
        break;
    }
}

/* What everybody sees and what is sealed, as one. */
struct state {
    uint8_t open[SHA256_BYTES], sealed[SHA256_BYTES];
};

static struct state state_of(struct world *w)
{
    struct state s;
    saving_hash(w->db, s.open);
    saving_hash(restricted_records(w->db), s.sealed);
    return s;
}

static void assert_same(const struct state *a, const struct state *b, int sequence,
                        const char *what)
{
    bool open = memcmp(a->open, b->open, sizeof a->open) == 0;
    bool sealed = memcmp(a->sealed, b->sealed, sizeof a->sealed) == 0;
    if (!open || !sealed)
        fail_msg("sequence %d: %s%s%s", sequence, what, open ? "" : ": the directory",
                 sealed ? "" : ": what is sealed");
}

/* Is the save younger than the first one of the sequence? By the clock, which only goes up. */
static bool is_young(struct world *w, const struct op_ref *at, int64_t begun_ms)
{
    struct op_list ops;
    assert_int_equal(op_of_save(w->db, at, &ops), STATUS_OK);
    bool young = ops.rows[0].time_ms >= begun_ms;
    op_list_release(&ops);
    return young;
}

static void take_all_back(struct world *w, int sequence, int64_t begun_ms)
{
    struct op_ref at;
    while (undo_find(w->db, NULL, NULL, &at) == STATUS_OK && is_young(w, &at, begun_ms)) {
        struct undo_blocks blocks = {0};
        fixture_ms += 1000;
        enum status status = undo_save(w->db, &at, "Sok", "", &blocks, NULL);
        if (status != STATUS_OK)
            fail_msg("sequence %d: save %d cannot be taken back: reason %d field %d: %s", sequence,
                     (int)at.seq, blocks.count ? (int)blocks.rows[0].reason : -1,
                     blocks.count ? blocks.rows[0].field : 0, db_error(w->db));
    }
}

static void run_sequence(struct world *w, int sequence)
{
    struct state start = state_of(w), kept, anew, end;
    fixture_ms += 10000;
    int64_t begun_ms = fixture_ms;
    w->count = w->save_count = 0;
    int at = (int)pick(w, 3 * LENGTH); /* where it is locked, in one sequence of three */
    for (int i = 0; i < LENGTH; i++) {
        if (i == at && pick(w, 2))
            unlock(w, OFFICIALS_PIN);
        else if (i == at)
            restricted_lock(w->db);
        take_step(w);
    }
    if (at < LENGTH)
        unlock(w, FOCAL_PIN);
    kept = state_of(w);
    assert_int_equal(op_fold_all(w->db), STATUS_OK);
    unlock(w, FOCAL_PIN); /* folds what is sealed again */
    anew = state_of(w);
    assert_same(&kept, &anew, sequence, "folding again gives something else");
    take_all_back(w, sequence, begun_ms);
    end = state_of(w);
    assert_same(&start, &end, sequence, "it does not lead back to the start");
}

static void open_world(struct world *w)
{
    enum pin_answer answer;
    fixture_path(w->path, "sealed-sequences");
    w->db = fixture_open(w->path);
    assert_int_equal(db_exec(w->db, "PRAGMA synchronous=OFF"), STATUS_OK);
    assert_int_equal(
        restricted_set_pin(w->db, LEVEL_OFFICIALS, OFFICIALS_PIN, strlen(OFFICIALS_PIN), &answer),
        STATUS_OK);
    assert_int_equal(
        restricted_set_pin(w->db, LEVEL_FOCAL_PERSON, FOCAL_PIN, strlen(FOCAL_PIN), &answer),
        STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
}

static void close_world(struct world *w)
{
    struct text sealed = TEXT_INIT;
    if (!w->db)
        return;
    assert_true(restricted_path(w->db, &sealed));
    db_close(w->db);
    fixture_remove(w->path);
    remove(sealed.bytes);
    text_release(&sealed);
    w->db = NULL;
}

static void sequences_with_sealed_records_lead_back_to_the_start(void **state)
{
    (void)state;
    const char *given = getenv("CPDIR_SEED"), *many = getenv("CPDIR_SEQUENCES");
    struct world w = {.seed = given ? (unsigned)atoi(given) : 20261122};
    int sequences = many ? atoi(many) : SEQUENCES;
    for (int i = 0; i < sequences; i++) {
        if (i % PER_FILE == 0) {
            close_world(&w);
            open_world(&w);
        }
        run_sequence(&w, i);
    }
    print_message("%ld saves stored, %ld refused (%ld locked), %ld moves\n", w.stored, w.refused,
                  w.locked, w.moved);
    assert_true(w.stored > sequences * LENGTH / 4);
    assert_true(w.moved > sequences / 2);
    assert_int_equal(op_check_chain(w.db), STATUS_OK);
    assert_int_equal(op_check_chain(restricted_records(w.db)), STATUS_OK);
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_with_sealed_records_lead_back_to_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
