/* Area alerts: where and when they are in force, what they suspend and restore as one save, and the
 * emergency list. */
#include "seeded.h"

#include "db/coverage.h"
#include "db/emergency.h"
#include "db/pathway.h"
#include "db/propose.h"
#include "db/suspend.h"
#include "i18n/number.h"

#define COMMUNE  "070303" /* Boeng Nimol in Chhuk, Kampot */
#define SISTER   "070301"
#define DISTRICT "0703"

static char path[FIXTURE_PATH];
static const struct person approver = {.name = "Sok Dara", .role = VALUE_ROLE_APPROVER};
static const struct person of_chhuk = {
    .name = "Chan Mony", .role = VALUE_ROLE_EDITOR, .area = DISTRICT};

static int64_t day_of(const char *iso)
{
    struct date date;
    assert_int_equal(date_parse(iso, strlen(iso), &date), STATUS_OK);
    return date_days(date);
}

static struct uuid add_alert(struct db *db, const char *area, const char *from, const char *to)
{
    struct uuid id;
    struct field_value fields[5] = {
        fixture_text(FIELD_ID(AREA_ALERT, area), area),
        fixture_int(FIELD_ID(AREA_ALERT, kind), VALUE_ALERT_KIND_FLOOD),
        fixture_text(FIELD_ID(AREA_ALERT, text_en), "Roads are under water.")};
    size_t count = 3;
    if (from)
        fields[count++] = fixture_text(FIELD_ID(AREA_ALERT, valid_from), from);
    if (to)
        fields[count++] = fixture_text(FIELD_ID(AREA_ALERT, valid_to), to);
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_AREA_ALERT, id, fields, count, NULL),
                     STATUS_OK);
    return id;
}

static void close_alert(struct db *db, struct uuid id)
{
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_AREA_ALERT, id, NULL, 0, NULL), STATUS_OK);
}

static struct alert get(struct db *db, struct uuid id, int64_t today, struct alert_list *list)
{
    assert_int_equal(alert_get(db, &id, today, list), STATUS_OK);
    return list->rows[list->count - 1];
}

static enum alert_state state_on(struct db *db, struct uuid id, const char *day)
{
    struct alert_list list = {0};
    struct alert a = get(db, id, day_of(day), &list);
    alert_list_release(&list);
    return a.state;
}

/* --- when and where --- */

static void an_alert_is_in_force_from_its_first_to_its_last_day(void **state)
{
    struct uuid id = add_alert(*state, DISTRICT, "2026-06-10", "2026-06-20");
    assert_int_equal(state_on(*state, id, "2026-06-09"), ALERT_COMING);
    assert_int_equal(state_on(*state, id, "2026-06-10"), ALERT_NOW);
    assert_int_equal(state_on(*state, id, "2026-06-20"), ALERT_NOW);
    assert_int_equal(state_on(*state, id, "2026-06-21"), ALERT_OVER);
    close_alert(*state, id);
    assert_int_equal(state_on(*state, id, "2026-06-15"), ALERT_OVER);
    struct uuid open = add_alert(*state, DISTRICT, NULL, NULL);
    assert_int_equal(state_on(*state, open, "2000-01-01"), ALERT_NOW);
    assert_int_equal(state_on(*state, open, "2100-01-01"), ALERT_NOW);
    close_alert(*state, open);
}

static void the_day_is_that_of_phnom_penh(void **state)
{
    struct uuid id = add_alert(*state, DISTRICT, "2026-06-10", "2026-06-10");
    const int64_t midnight =
        1781024400; /* 2026-06-10 00:00 in Phnom Penh, 17:00 UTC the day before */
    const struct {
        int64_t seconds;
        enum alert_state state;
    } edges[] = {{midnight - 1, ALERT_COMING},
                 {midnight, ALERT_NOW},
                 {midnight + 24 * 3600 - 1, ALERT_NOW},
                 {midnight + 24 * 3600, ALERT_OVER}};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        struct alert_list list = {0};
        int64_t today = date_days(date_from_time(edges[i].seconds));
        assert_int_equal(get(*state, id, today, &list).state, edges[i].state);
        alert_list_release(&list);
    }
    close_alert(*state, id);
}

static size_t in_force_at(struct db *db, const char *codes)
{
    struct alert_list list;
    assert_int_equal(alert_load_now(db, day_of("2026-06-15"), &list), STATUS_OK);
    alert_keep(&list, codes);
    size_t count = list.count;
    alert_list_release(&list);
    return count;
}

static void an_alert_holds_its_area_and_what_lies_in_it(void **state)
{
    struct uuid commune = add_alert(*state, COMMUNE, "2026-06-01", "2026-06-30");
    assert_int_equal(in_force_at(*state, COMMUNE), 1);
    assert_int_equal(in_force_at(*state, COMMUNE "01"), 1);
    assert_int_equal(in_force_at(*state, SISTER), 0);
    assert_int_equal(in_force_at(*state, DISTRICT), 0);
    assert_int_equal(in_force_at(*state, SISTER " " COMMUNE), 1);
    assert_int_equal(in_force_at(*state, ""), 0);
    struct uuid country = add_alert(*state, AREA_COUNTRY_CODE, "2026-06-01", NULL);
    assert_int_equal(in_force_at(*state, COMMUNE), 2);
    assert_int_equal(in_force_at(*state, "080101"), 1);
    assert_int_equal(in_force_at(*state, ""), 1);
    assert_int_equal(in_force_at(*state, AREA_COUNTRY_CODE), 1);
    close_alert(*state, commune);
    close_alert(*state, country);
    assert_int_equal(in_force_at(*state, COMMUNE), 0);
}

static void the_list_of_an_area_tells_what_is_around_and_inside(void **state)
{
    struct uuid ids[] = {add_alert(*state, COMMUNE, "2026-06-01", NULL),
                         add_alert(*state, "07", "2026-06-02", NULL),
                         add_alert(*state, "08", "2026-06-03", NULL),
                         add_alert(*state, DISTRICT, "2026-07-01", NULL)};
    struct alert_list list;
    assert_int_equal(alert_load(*state, day_of("2026-06-15"), &list), STATUS_OK);
    alert_keep_around(&list, DISTRICT);
    while (list.count && list.rows[list.count - 1].state == ALERT_OVER)
        list.count--; /* of the tests before */
    assert_int_equal(list.count, 3);
    assert_true(uuid_equal(&list.rows[0].id, &ids[1])); /* the latest of those in force */
    assert_true(uuid_equal(&list.rows[1].id, &ids[0]));
    assert_int_equal(list.rows[2].state, ALERT_COMING);
    alert_list_release(&list);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        close_alert(*state, ids[i]);
}

/* --- suspending and restoring --- */

/* An invented health service with a place in the commune and made for the district; without a place
 * where `at` is NULL. */
static struct uuid add_service(struct db *db, const char *at, const char *kind, const char *covers)
{
    static int made;
    struct uuid ids[6];
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(uuid_new(fixture_ms + ++made, &ids[i]), STATUS_OK);
    struct field_value body[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Invented body")};
    struct field_value service[] = {fixture_id(FIELD_ID(SERVICE, organization), ids[0]),
                                    fixture_text(FIELD_ID(SERVICE, name_en), "Invented service")};
    struct field_value term[] = {fixture_id(FIELD_ID(TERM_LINK, record), ids[1]),
                                 fixture_text(FIELD_ID(TERM_LINK, term), kind),
                                 fixture_int(FIELD_ID(TERM_LINK, type), 1)};
    struct field_value place[] = {fixture_id(FIELD_ID(LOCATION, organization), ids[0]),
                                  fixture_text(FIELD_ID(LOCATION, area), at ? at : "")};
    struct field_value link[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), ids[1]),
                                 fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), ids[3])};
    struct field_value area[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), ids[1]),
                                 fixture_text(FIELD_ID(SERVICE_AREA, area), covers)};
    const struct {
        enum record_kind kind;
        struct field_value *fields;
        size_t count;
        bool wanted;
    } rows[] = {{RECORD_ORGANIZATION, body, 1, true},
                {RECORD_SERVICE, service, 2, true},
                {RECORD_TERM_LINK, term, 3, true},
                {RECORD_LOCATION, place, 2, at != NULL},
                {RECORD_SERVICE_AT_LOCATION, link, 2, at != NULL},
                {RECORD_SERVICE_AREA, area, 2, *covers}};
    for (size_t i = 0; i < 6; i++)
        if (rows[i].wanted)
            assert_int_equal(fixture_change(db, OP_CREATE, rows[i].kind, ids[i], rows[i].fields,
                                            rows[i].count, NULL),
                             STATUS_OK);
    return ids[1];
}

static const struct suspend_row *row_of(const struct suspend_list *list, struct uuid id)
{
    for (size_t i = 0; i < list->count; i++)
        if (uuid_equal(&list->rows[i].id, &id))
            return &list->rows[i];
    return NULL;
}

static struct suspend_list candidates(struct db *db, struct uuid alert)
{
    struct alert_list list = {0};
    struct suspend_list rows;
    struct alert a = get(db, alert, day_of("2026-06-15"), &list);
    assert_int_equal(suspend_candidates(db, &a, &rows), STATUS_OK);
    alert_list_release(&list);
    return rows;
}

static struct suspend_list suspended(struct db *db, struct uuid alert)
{
    struct alert_list list = {0};
    struct suspend_list rows;
    struct alert a = get(db, alert, day_of("2026-06-15"), &list);
    assert_int_equal(suspend_suspended(db, &a, &rows), STATUS_OK);
    alert_list_release(&list);
    return rows;
}

/* One save of the rows in the wanted state: suspended by the alert, or (NULL) restored. */
static struct save_result save(struct db *db, const struct person *person,
                               const struct suspend_list *rows, enum suspend_state wanted,
                               const struct uuid *alert)
{
    struct arena arena = {0};
    struct change *changes = arena_alloc(&arena, (rows->count + 1) * sizeof *changes);
    struct op_refusal refusal;
    struct save_result result;
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].state == wanted)
            changes[count++] = suspend_change(&rows->rows[i].id, alert, "flood", &arena);
    assert_true(count > 0);
    assert_int_equal(person_save(db, person, changes, count, &refusal, &result), STATUS_OK);
    arena_release(&arena);
    return result;
}

static void services_of_the_area_can_be_suspended(void **state)
{
    struct uuid here = add_service(*state, COMMUNE, "D1", DISTRICT);
    struct uuid placeless = add_service(*state, NULL, "A3", DISTRICT);
    struct uuid beside = add_service(*state, "070201", "D1", "");
    struct uuid national = add_service(*state, NULL, "A1", AREA_COUNTRY_CODE);
    struct uuid alert = add_alert(*state, DISTRICT, "2026-06-01", NULL);
    struct suspend_list rows = candidates(*state, alert);
    assert_int_equal(row_of(&rows, here)->state, SUSPEND_ACTIVE);
    assert_string_equal(row_of(&rows, here)->located, COMMUNE);
    assert_string_equal(row_of(&rows, placeless)->located, "");
    assert_null(row_of(&rows, beside));
    assert_null(row_of(&rows, national));
    suspend_list_release(&rows);
    close_alert(*state, alert);
}

static int64_t log_length(struct db *db)
{
    return sql_one(db, "SELECT count(*) FROM op WHERE kind <> 6", NULL);
}

static void one_save_suspends_and_one_restores_and_one_undo_takes_either_back(void **state)
{
    struct uuid service = add_service(*state, COMMUNE, "D1", DISTRICT), by;
    struct uuid alert = add_alert(*state, COMMUNE, "2026-06-01", NULL);
    struct suspend_list rows = candidates(*state, alert);
    size_t active = 0;
    for (size_t i = 0; i < rows.count; i++)
        active += rows.rows[i].state == SUSPEND_ACTIVE;
    int64_t before = log_length(*state);
    struct save_result saved = save(*state, &approver, &rows, SUSPEND_ACTIVE, &alert);
    assert_int_equal(saved.outcome, SAVE_WRITTEN);
    assert_int_equal(log_length(*state), before + (int64_t)active);
    suspend_list_release(&rows);

    assert_int_equal(suspend_alert_of(*state, &service, &by), STATUS_OK);
    assert_true(uuid_equal(&by, &alert));
    rows = suspended(*state, alert);
    assert_int_equal(rows.count, active);
    for (size_t i = 0; i < rows.count; i++)
        assert_int_equal(rows.rows[i].state, SUSPEND_BY_THIS);

    struct op_ref undone;
    assert_int_equal(person_undo(*state, &approver, &saved.save, "", NULL, &undone), STATUS_OK);
    assert_int_equal(suspend_alert_of(*state, &service, &by), STATUS_NOT_FOUND);
    assert_int_equal(person_undo(*state, &approver, &undone, "", NULL, &undone), STATUS_OK);
    assert_int_equal(suspend_alert_of(*state, &service, &by), STATUS_OK);

    save(*state, &approver, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);
    rows = suspended(*state, alert);
    assert_int_equal(rows.count, 0);
    suspend_list_release(&rows);
    assert_int_equal(suspend_alert_of(*state, &service, &by), STATUS_NOT_FOUND);
    close_alert(*state, alert);
}

static void what_somebody_changed_since_is_told_apart(void **state)
{
    struct uuid kept = add_service(*state, COMMUNE, "D1", ""),
                renamed = add_service(*state, COMMUNE, "D1", ""),
                opened = add_service(*state, COMMUNE, "D1", ""),
                confirmed = add_service(*state, COMMUNE, "D1", ""), by;
    struct uuid alert = add_alert(*state, COMMUNE, "2026-06-01", NULL);
    struct suspend_list rows = candidates(*state, alert);
    save(*state, &approver, &rows, SUSPEND_ACTIVE, &alert);
    suspend_list_release(&rows);

    struct field_value name[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Another name")};
    struct field_value active[] = {fixture_int(FIELD_STATUS, VALUE_STATUS_ACTIVE)};
    struct field_value shut[] = {fixture_int(FIELD_STATUS, VALUE_STATUS_TEMPORARILY_CLOSED)};
    struct field_value found[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                                  fixture_int(VERIFY_RESULT, VALUE_RESULT_STILL_RIGHT)};
    assert_int_equal(fixture_change(*state, OP_SET, RECORD_SERVICE, renamed, name, 1, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(*state, OP_SET, RECORD_SERVICE, opened, active, 1, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(*state, OP_SET, RECORD_SERVICE, opened, shut, 1, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(*state, OP_VERIFY, RECORD_SERVICE, confirmed, found, 2, NULL),
                     STATUS_OK);
    rows = suspended(*state, alert);
    assert_int_equal(row_of(&rows, kept)->state, SUSPEND_BY_THIS);
    assert_int_equal(row_of(&rows, confirmed)->state, SUSPEND_BY_THIS);
    assert_int_equal(row_of(&rows, renamed)->state, SUSPEND_CHANGED);
    assert_int_equal(row_of(&rows, opened)->state, SUSPEND_CHANGED);
    assert_string_equal(row_of(&rows, renamed)->changed_by, "test");
    assert_int_equal(suspend_alert_of(*state, &renamed, &by), STATUS_OK); /* closed by it still */
    assert_int_equal(suspend_alert_of(*state, &opened, &by), STATUS_NOT_FOUND);

    save(*state, &approver, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);
    rows = suspended(*state, alert);
    assert_int_equal(rows.count, 2); /* those are left as they are */
    suspend_list_release(&rows);
    close_alert(*state, alert);
}

static void another_alert_leaves_alone_what_one_suspended(void **state)
{
    struct uuid service = add_service(*state, COMMUNE, "D1", "");
    struct uuid first = add_alert(*state, COMMUNE, "2026-06-01", NULL),
                second = add_alert(*state, DISTRICT, "2026-06-01", NULL);
    struct suspend_list rows = candidates(*state, first);
    save(*state, &approver, &rows, SUSPEND_ACTIVE, &first);
    suspend_list_release(&rows);
    rows = candidates(*state, second);
    assert_int_equal(row_of(&rows, service)->state, SUSPEND_BY_OTHER);
    suspend_list_release(&rows);
    rows = suspended(*state, second);
    assert_int_equal(rows.count, 0);
    suspend_list_release(&rows);
    rows = suspended(*state, first);
    save(*state, &approver, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);
    close_alert(*state, first);
    close_alert(*state, second);
}

static void an_editor_suspends_at_home_and_proposes_elsewhere(void **state)
{
    add_service(*state, COMMUNE, "D1", "");
    add_service(*state, "080101", "D1", "");
    struct uuid home = add_alert(*state, COMMUNE, "2026-06-01", NULL),
                away = add_alert(*state, "080101", "2026-06-01", NULL);
    struct suspend_list rows = candidates(*state, away);
    struct save_result saved = save(*state, &of_chhuk, &rows, SUSPEND_ACTIVE, &away);
    assert_int_equal(saved.outcome, SAVE_PROPOSED);
    suspend_list_release(&rows);
    rows = suspended(*state, away);
    assert_int_equal(rows.count, 0);
    suspend_list_release(&rows);
    struct op_refusal refusal;
    assert_int_equal(proposal_approve(*state, &approver, &saved.proposal, "", false, &refusal),
                     STATUS_OK);
    rows = suspended(*state, away);
    assert_true(rows.count > 0);
    save(*state, &approver, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);

    rows = candidates(*state, home);
    saved = save(*state, &of_chhuk, &rows, SUSPEND_ACTIVE, &home);
    assert_int_equal(saved.outcome, SAVE_WRITTEN);
    suspend_list_release(&rows);
    rows = suspended(*state, home);
    save(*state, &of_chhuk, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);
    close_alert(*state, home);
    close_alert(*state, away);
}

static void ending_an_alert_sets_its_last_day_where_it_had_begun(void **state)
{
    const struct {
        const char *from, *to;
        size_t changes;
    } cases[] = {{"2026-06-01", "2026-06-30", 2},
                 {"2026-06-01", NULL, 2},
                 {"2026-06-01", "2026-06-15", 1},
                 {"2026-07-01", NULL, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct uuid id = add_alert(*state, COMMUNE, cases[i].from, cases[i].to);
        struct alert_list list = {0};
        struct arena arena = {0};
        struct change changes[SUSPEND_END_CHANGES];
        struct op_refusal refusal;
        struct save_result result;
        struct alert a = get(*state, id, day_of("2026-06-15"), &list);
        size_t count = suspend_end_changes(&a, day_of("2026-06-15"), "over", &arena, changes);
        assert_int_equal(count, cases[i].changes);
        assert_int_equal(person_save(*state, &approver, changes, count, &refusal, &result),
                         STATUS_OK);
        assert_int_equal(state_on(*state, id, "2026-06-15"), ALERT_OVER);
        arena_release(&arena);
        alert_list_release(&list);
    }
}

/* --- paths and coverage --- */

static struct coverage_cell cell(struct db *db, const char *area, const char *kind)
{
    struct package package;
    struct guide_fault fault;
    struct coverage c;
    assert_int_equal(package_load(db, NULL, &package, &fault), STATUS_OK);
    assert_int_equal(coverage_load(db, &package, &c), STATUS_OK);
    struct coverage_cell found = coverage_at(&c, area, coverage_kind(&c, kind));
    coverage_release(&c);
    package_release(&package);
    return found;
}

static void assert_health(struct db *db, struct uuid service, bool in_force)
{
    struct guide guide;
    struct guide_fault fault;
    struct catchment c;
    struct pathway p;
    struct pathway_child anybody = {.age = -1};
    struct pathway_query q = {.need = "N3"};
    assert_int_equal(guide_load(db, NULL, &guide, &fault), STATUS_OK);
    assert_int_equal(catchment_load(db, COMMUNE, &anybody, &c), STATUS_OK);
    assert_int_equal(pathway_make(&guide, &c, &q, &p), STATUS_OK);
    for (size_t i = 0; i < p.count; i++) {
        if (strcmp(p.steps[i].rule->id, "health") != 0)
            continue;
        const struct hit *hit = in_force ? p.steps[i].service : p.steps[i].suspended;
        assert_non_null(hit);
        assert_true(uuid_equal(&hit->id, &service));
    }
    pathway_release(&p);
    catchment_release(&c);
    guide_release(&guide);
}

static void paths_and_coverage_pass_over_what_is_suspended_until_it_is_restored(void **state)
{
    struct uuid service = add_service(*state, COMMUNE, "D2", DISTRICT);
    struct uuid health = add_service(*state, COMMUNE, "D1", "");
    struct uuid alert = add_alert(*state, DISTRICT, "2026-06-01", NULL);
    int before = cell(*state, COMMUNE, "D1").located;
    assert_true(before > 0);
    assert_health(*state, service, true);
    struct suspend_list rows = candidates(*state, alert);
    save(*state, &approver, &rows, SUSPEND_ACTIVE, &alert);
    suspend_list_release(&rows);
    assert_int_equal(cell(*state, COMMUNE, "D1").located, 0);
    assert_health(*state, service, false);
    rows = suspended(*state, alert);
    assert_non_null(row_of(&rows, health));
    save(*state, &approver, &rows, SUSPEND_BY_THIS, NULL);
    suspend_list_release(&rows);
    assert_int_equal(cell(*state, COMMUNE, "D1").located, before);
    assert_health(*state, service, true);
    close_alert(*state, alert);
}

/* --- the emergency list --- */

static struct emergency table_of(struct db *db, const char *directory, struct guide_fault *fault)
{
    struct emergency table;
    assert_int_equal(emergency_load(db, directory, &table, fault), STATUS_OK);
    return table;
}

static const struct emergency_group *group_of(const struct emergency_list *list, const char *kind,
                                              int level)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->groups[i].item->level == level && strcmp(list->groups[i].item->kind, kind) == 0)
            return &list->groups[i];
    fail_msg("no group %s %d", kind, level);
    return NULL;
}

static struct emergency_list list_of(struct db *db, const struct emergency *table, const char *area)
{
    struct emergency_list list;
    assert_int_equal(emergency_make(db, table, area, 1781500000, &list), STATUS_OK);
    return list;
}

static void offices_on_duty_are_those_of_the_area_and_above(void **state)
{
    struct guide_fault fault;
    struct emergency table = table_of(*state, NULL, &fault);
    assert_int_equal(fault.wrong, GUIDE_FINE);
    struct emergency_list list = list_of(*state, &table, COMMUNE);
    assert_int_equal(group_of(&list, "B1", 3)->active, 1);
    assert_string_equal(group_of(&list, "B1", 3)->rows[0].hit->covers, COMMUNE);
    assert_string_equal(group_of(&list, "B3", 2)->rows[0].hit->covers, DISTRICT);
    assert_string_equal(group_of(&list, "B3", 1)->rows[0].hit->covers, "07");
    assert_true(group_of(&list, "A1", 0)->active > 0);
    emergency_list_release(&list);
    list = list_of(*state, &table, DISTRICT);
    sqlite3_stmt *s = sql_prepare(*state, "SELECT count(*) FROM area WHERE parent = ?1");
    assert_int_equal(group_of(&list, "B1", 3)->active, sql_count(s, DISTRICT));
    emergency_list_release(&list);
    list = list_of(*state, &table, "07");
    assert_true(group_of(&list, "B1", 3)->below);
    assert_int_equal(group_of(&list, "B2", 2)->active, sql_count(s, "07"));
    emergency_list_release(&list);
    list = list_of(*state, &table, "");
    assert_true(group_of(&list, "B2", 2)->below);
    assert_int_equal(group_of(&list, "B2", 1)->active, 25);
    assert_int_equal(group_of(&list, "A3", EMERGENCY_NEAREST)->below, false);
    emergency_list_release(&list);
    sqlite3_finalize(s);
    assert_int_equal(emergency_make(*state, &table, "999999", 0, &list), STATUS_NOT_FOUND);
    emergency_release(&table);
}

static void a_suspended_place_stands_apart_and_names_its_alert(void **state)
{
    struct guide_fault fault;
    struct emergency table = table_of(*state, NULL, &fault);
    struct uuid foster = add_service(*state, NULL, "C6", "0801");
    struct uuid beside = add_service(*state, "080201", "C6", "");
    struct uuid alert = add_alert(*state, "0801", "2026-06-01", NULL);
    struct emergency_list list = list_of(*state, &table, "080101");
    const struct emergency_group *g = group_of(&list, "C6", EMERGENCY_NEAREST);
    assert_int_equal(g->active, 2);
    assert_true(uuid_equal(&g->rows[0].hit->id, &foster));
    assert_true(uuid_equal(&g->rows[1].hit->id, &beside));
    assert_true(g->rows[1].outside);
    emergency_list_release(&list);

    struct arena arena = {0};
    struct change change = suspend_change(&foster, &alert, "", &arena);
    struct op_refusal refusal;
    struct save_result result;
    assert_int_equal(person_save(*state, &approver, &change, 1, &refusal, &result), STATUS_OK);
    arena_release(&arena);
    list = list_of(*state, &table, "080101");
    g = group_of(&list, "C6", EMERGENCY_NEAREST);
    assert_int_equal(g->active, 1);
    assert_int_equal(g->count, 2);
    assert_true(g->rows[1].suspended && g->rows[1].has_alert);
    assert_true(uuid_equal(&g->rows[1].alert, &alert));
    emergency_list_release(&list);
    emergency_release(&table);
    close_alert(*state, alert);
}

static void a_gap_is_a_group_without_anybody(void **state)
{
    struct guide_fault fault;
    struct emergency table = table_of(*state, NULL, &fault);
    struct emergency_list list = list_of(*state, &table, "240101");
    const struct emergency_group *g = group_of(&list, "A3", EMERGENCY_NEAREST);
    assert_int_equal(g->count, 0);
    assert_false(g->below);
    emergency_list_release(&list);
    emergency_release(&table);
}

static void a_wrong_table_of_an_office_is_refused_by_line_and_reason(void **state)
{
    static const char head[] = "# list\tkind\tlevel\tsource\n";
    static const struct {
        const char *rows;
        enum guide_wrong wrong;
        size_t line;
    } cases[] = {
        {"duty\tB1\tcommune\tx\nreceive\tA3\tnearest\tx\n", GUIDE_FINE, 0},
        {"duty\tB1\tcommune\tx\n", GUIDE_EMPTY, 0},
        {"sleep\tB1\tcommune\tx\n", GUIDE_UNKNOWN, 2},
        {"duty\tZ9\tcommune\tx\n", GUIDE_UNKNOWN, 2},
        {"duty\tB\tcommune\tx\n", GUIDE_UNKNOWN, 2},
        {"duty\tB1\tvillage\tx\n", GUIDE_UNKNOWN, 2},
        {"duty\tB1\tcommune\tx\nduty\tB1\tcommune\tx\n", GUIDE_TWICE, 3},
        {"duty\tB1\tcommune\t\n", GUIDE_EMPTY, 2},
        {"duty\tB1\tcommune\n", GUIDE_CELLS, 2},
    };
    char directory[FIXTURE_PATH], file[FIXTURE_PATH + 20];
    const char *dir = getenv("TMPDIR");
    snprintf(directory, sizeof directory, "%s", dir ? dir : "/tmp");
    snprintf(file, sizeof file, "%s/" EMERGENCY_FILE, directory);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct guide_fault fault;
        FILE *f = fopen(file, "wb");
        assert_non_null(f);
        fprintf(f, "%s%s", head, cases[i].rows);
        fclose(f);
        struct emergency table = table_of(*state, directory, &fault);
        assert_int_equal(fault.wrong, cases[i].wrong);
        assert_int_equal(fault.line, cases[i].line);
        assert_int_equal(table.own, fault.wrong == GUIDE_FINE);
        assert_true(emergency_is_duty(&table, "D1 B1"));
        emergency_release(&table);
    }
    unlink(file);
}

static int set_up(void **state)
{
    fixture_path(path, "alert");
    *state = seeded_open(path);
    return 0;
}

static int tear_down(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_is_in_force_from_its_first_to_its_last_day),
        cmocka_unit_test(the_day_is_that_of_phnom_penh),
        cmocka_unit_test(an_alert_holds_its_area_and_what_lies_in_it),
        cmocka_unit_test(the_list_of_an_area_tells_what_is_around_and_inside),
        cmocka_unit_test(services_of_the_area_can_be_suspended),
        cmocka_unit_test(one_save_suspends_and_one_restores_and_one_undo_takes_either_back),
        cmocka_unit_test(what_somebody_changed_since_is_told_apart),
        cmocka_unit_test(another_alert_leaves_alone_what_one_suspended),
        cmocka_unit_test(an_editor_suspends_at_home_and_proposes_elsewhere),
        cmocka_unit_test(ending_an_alert_sets_its_last_day_where_it_had_begun),
        cmocka_unit_test(paths_and_coverage_pass_over_what_is_suspended_until_it_is_restored),
        cmocka_unit_test(offices_on_duty_are_those_of_the_area_and_above),
        cmocka_unit_test(a_suspended_place_stands_apart_and_names_its_alert),
        cmocka_unit_test(a_gap_is_a_group_without_anybody),
        cmocka_unit_test(a_wrong_table_of_an_office_is_refused_by_line_and_reason),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
