/* How services are told, on structs made by hand: no database behind them but an empty names cache.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "db/record.h"
#include "i18n/width.h"
#include "tui/format.h"
#include "tui/format_hours.h"

static const struct format english = {NULL, LANG_EN, 1782871200};
static const struct format khmer = {NULL, LANG_KM, 1782871200};

static struct hit a_hit(void)
{
    return (struct hit){
        .name_km = "បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា",
        .name_en = "Child Helpline Cambodia",
        .abbreviation_km = "",
        .abbreviation_en = "CHC",
        .types = "A1",
        .located = "",
        .covers = "KH",
        .phones = "1280 +85523224841",
        .status = VALUE_STATUS_ACTIVE,
        .verified = -1,
        .reason = REASON_PHONE,
        .nearness = NEAR_NATION,
        .covers_asked = true,
    };
}

static void assert_text(struct text *out, const char *wanted)
{
    assert_string_equal(out->bytes, wanted);
    text_release(out);
}

static void a_name_missing_in_the_language_is_marked(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    struct hit h = a_hit();
    format_hit_name(&english, &out, &h);
    assert_text(&out, "Child Helpline Cambodia");
    h.name_km = "";
    format_hit_name(&khmer, &out, &h);
    assert_text(&out, "Child Helpline Cambodia · ជាអង់គ្លេស");
    h.name_km = NULL;
    format_hit_name(&khmer, &out, &h);
    assert_text(&out, "Child Helpline Cambodia · ជាអង់គ្លេស");
    h.name_en = "";
    format_hit_name(&english, &out, &h);
    assert_string_equal(out.bytes, "");
}

static void a_name_without_latin_letters_is_read_from_its_khmer(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    struct hit h = a_hit();
    struct lettering latin = {.script = SCRIPT_LATIN}, both = {.script = SCRIPT_BOTH};
    struct format in_latin = english, in_both = khmer;
    in_latin.names = names_new(NULL, &latin);
    in_both.names = names_new(NULL, &both);
    h.name_km = "កំពត";
    h.name_en = "";
    format_hit_name(&english, &out, &h);
    assert_text(&out, "~Kampot · កំពត");
    format_hit_name(&in_latin, &out, &h);
    assert_text(&out, "~Kampot");
    format_hit_name(&khmer, &out, &h);
    assert_text(&out, "កំពត");
    format_hit_name(&in_both, &out, &h);
    assert_text(&out, "កំពត · ~Kampot");
    h.name_km = "CHC 24"; /* nothing to read */
    format_hit_name(&in_both, &out, &h);
    assert_text(&out, "CHC 24");
    names_free(in_latin.names);
    names_free(in_both.names);
}

static void the_first_number_is_the_one_shown(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    struct hit h = a_hit();
    format_hit_phone(&out, &h);
    assert_text(&out, "1280");
    h.phones = "+85512311112";
    format_hit_phone(&out, &h);
    assert_text(&out, "012 311 112");
    h.phones = "";
    format_hit_phone(&out, &h);
    assert_string_equal(out.bytes, "");
}

static void what_is_wrong_is_said_in_words(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    struct hit h = a_hit();
    format_hit_marks(&english, &out, &h);
    assert_string_equal(out.bytes, "");
    h.unconfirmed = true;
    format_hit_marks(&english, &out, &h);
    assert_text(&out, "unconfirmed");
    h.needs_contact = true;
    format_hit_marks(&english, &out, &h);
    assert_text(&out, "contact details needed");
    h.status = VALUE_STATUS_CLOSED;
    format_hit_marks(&english, &out, &h);
    assert_text(&out, "closed · contact details needed");
}

static void headings_follow_what_a_service_covers(void **state)
{
    (void)state;
    struct hit nation = a_hit(), province = a_hit(), commune = a_hit(), inside = a_hit();
    province.covers = "07";
    province.nearness = NEAR_PROVINCE;
    commune.covers = "070302 070303";
    commune.nearness = NEAR_COMMUNE;
    inside.covers = "070302";
    inside.nearness = NEAR_PROVINCE;
    int n = format_hit_group(&nation, "070302"), p = format_hit_group(&province, "070302");
    int c = format_hit_group(&commune, "070302"), i = format_hit_group(&inside, "07");
    assert_true(n != p && p != c && c != i && n != c && n != i && p != i);
    assert_int_equal(format_hit_group(&province, "07"), p);
    assert_int_equal(format_hit_group(&nation, "KH"), n);
    nation.nearness = NEAR_NONE;
    assert_int_equal(format_hit_group(&nation, "070302"), format_hit_group(&inside, ""));
    struct text out = TEXT_INIT;
    format_group(&english, &out, n, "070302");
    assert_text(&out, "For the whole country");
}

static struct value integer(int64_t value)
{
    return (struct value){.type = VALUE_INT, .integer = value};
}

/* A schedule with days, opening, closing, all day. */
static void assert_schedule(const struct format *f, const struct value values[4],
                            const char *wanted)
{
    size_t count;
    const struct field *fields = field_list(RECORD_SCHEDULE, &count);
    struct record r = {.kind = RECORD_SCHEDULE, .status = VALUE_STATUS_ACTIVE, .count = count};
    r.values = mem_zalloc(count, sizeof *r.values);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].number == FIELD_ID(SCHEDULE, days))
            r.values[i] = values[0];
        else if (fields[i].number == FIELD_ID(SCHEDULE, opens))
            r.values[i] = values[1];
        else if (fields[i].number == FIELD_ID(SCHEDULE, closes))
            r.values[i] = values[2];
        else if (fields[i].number == FIELD_ID(SCHEDULE, all_day))
            r.values[i] = values[3];
    }
    struct text out = TEXT_INIT;
    format_schedule(f, &out, &r);
    assert_string_equal(out.bytes, wanted);
    text_release(&out);
    free(r.values);
}

static void schedules_are_told_as_people_say_them(void **state)
{
    (void)state;
    const struct value none = {.type = VALUE_NULL};
    const struct value office[] = {integer(0x1F), integer(450), integer(1020), none};
    const struct value odd[] = {integer(0x43), integer(0), integer(1439), none};
    const struct value always[] = {integer(0x7F), none, none, integer(VALUE_ANSWER_YES)};
    assert_schedule(&english, office, "Mon - Fri 07:30 to 17:00");
    assert_schedule(&english, odd, "Mon, Tue, Sun 00:00 to 23:59");
    assert_schedule(&english, always, "every day · open 24 hours");
    assert_schedule(&khmer, office, "ចន្ទ - សុក្រ ម៉ោង 07:30 ដល់ 17:00");
}

static void days_known_in_part_stay_so(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    format_partial_day(&out, "2023-11-05");
    assert_text(&out, "05/11/2023");
    format_partial_day(&out, "2023-11");
    assert_text(&out, "11/2023");
    format_partial_day(&out, "2019");
    assert_text(&out, "2019");
}

static void sheets_never_pass_their_width(void **state)
{
    (void)state;
    static const char *const values[] = {
        "Prevents harm to children in the commune or sangkat, handles lower-level risks.",
        "បង្ការគ្រោះថ្នាក់ដល់កុមារនៅក្នុងឃុំ ឬសង្កាត់ ដោះស្រាយហានិភ័យកម្រិតទាប និងបញ្ជូនករណី",
        "https://example.org/a/very/long/address/that/has/no/place/to/break/at/all/really",
    };
    for (int columns = 8; columns < 130; columns += 3) {
        struct sheet s;
        sheet_init(&s, columns);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            sheet_field_note(&s, "ទូរស័ព្ទ", STYLE_NORMAL, values[i], STYLE_DIM, "unconfirmed");
        for (size_t row = 0; row < s.count; row++) {
            const struct span *last = s.rows[row];
            while (last[1].bytes)
                last++;
            assert_true(last->column + canvas_measure(last->bytes, strlen(last->bytes)) <=
                            columns ||
                        columns < last->column + 8);
        }
        sheet_release(&s);
    }
}

static void plain_text_keeps_all_words(void **state)
{
    (void)state;
    struct sheet s;
    struct text out = TEXT_INIT;
    sheet_init(&s, SHEET_UNBOUNDED);
    sheet_text(&s, 0, STYLE_TITLE, "Name");
    sheet_gap(&s);
    sheet_gap(&s);
    sheet_field_note(&s, "Telephone", STYLE_STRONG, "1280", STYLE_NORMAL, "hotline");
    sheet_field(&s, "", STYLE_NORMAL, "first\nsecond");
    sheet_write(&s, &out);
    assert_string_equal(out.bytes, "Name\n\nTelephone              1280  hotline\n"
                                   "                       first\n"
                                   "                       second\n");
    text_release(&out);
    sheet_release(&s);
}

static int set_up(void **state)
{
    (void)state;
    return width_init() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_missing_in_the_language_is_marked),
        cmocka_unit_test(a_name_without_latin_letters_is_read_from_its_khmer),
        cmocka_unit_test(the_first_number_is_the_one_shown),
        cmocka_unit_test(what_is_wrong_is_said_in_words),
        cmocka_unit_test(headings_follow_what_a_service_covers),
        cmocka_unit_test(schedules_are_told_as_people_say_them),
        cmocka_unit_test(days_known_in_part_stay_so),
        cmocka_unit_test(sheets_never_pass_their_width),
        cmocka_unit_test(plain_text_keeps_all_words),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
