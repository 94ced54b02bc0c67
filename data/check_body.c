/* What must be true of body.tsv and hotline.tsv: nothing half said, every number a number. */
#include <stdlib.h>
#include <string.h>

#include "data/check_text.h"
#include "i18n/number.h"

enum { AGE_MAX = 120 };

static struct spot at(const struct data *data, enum table_id table, size_t row, int column,
                      struct report *report)
{
    return (struct spot){data, table, row, column, report};
}

static void check_khmer_if(struct spot spot, bool name)
{
    if (spot_cell(&spot)[0] == '\0') {
        return;
    }
    if (name) {
        check_khmer_name(&spot);
    } else {
        check_khmer_text(&spot);
    }
}

static void check_latin_if(struct spot spot)
{
    if (spot_cell(&spot)[0] != '\0') {
        check_latin(&spot);
    }
}

static void check_both(const struct data *data, enum table_id table, size_t row, int en, int km,
                       struct report *report)
{
    struct spot english = at(data, table, row, en, report);
    struct spot khmer = at(data, table, row, km, report);
    check_latin_if(english);
    check_khmer_if(khmer, false);
    check_pair(&english, km);
    check_pair(&khmer, en);
}

/* Rows of one key follow each other; a key comes once otherwise. */
static void check_new_key(const struct spot *key)
{
    check_key(key);
    if (data_find(key->data, key->table, spot_cell(key), strlen(spot_cell(key))) < (long)key->row) {
        spot_report(key, "%s stands twice", spot_cell(key));
    }
}

static void check_contact(const struct data *data, size_t row, struct report *report)
{
    struct spot website = at(data, TABLE_BODY, row, BODY_COL_WEBSITE, report);
    struct spot email = at(data, TABLE_BODY, row, BODY_COL_EMAIL, report);
    const char *sign = strchr(spot_cell(&email), '@');
    const char *dot = strchr(spot_cell(&website), '.');
    if (spot_cell(&website)[0] != '\0' &&
        (!dot || dot == spot_cell(&website) || strpbrk(dot, " ,;<>\""))) {
        spot_report(&website, "'%s' is no web address", spot_cell(&website));
    }
    if (spot_cell(&email)[0] != '\0' &&
        (!sign || sign == spot_cell(&email) || !strchr(sign, '.') || strchr(sign + 1, '@'))) {
        spot_report(&email, "'%s' is no e-mail address", spot_cell(&email));
    }
}

void check_bodies(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_BODY].count; row++) {
        struct spot key = at(data, TABLE_BODY, row, BODY_COL_KEY, report);
        struct spot sector = at(data, TABLE_BODY, row, BODY_COL_SECTOR, report);
        struct spot serves = at(data, TABLE_BODY, row, BODY_COL_SERVES, report);
        struct spot en = at(data, TABLE_BODY, row, BODY_COL_EN, report);
        struct spot confidence = at(data, TABLE_BODY, row, BODY_COL_CONFIDENCE, report);
        struct spot as_of = at(data, TABLE_BODY, row, BODY_COL_ASOF, report);
        struct spot source = at(data, TABLE_BODY, row, BODY_COL_SOURCE, report);
        check_new_key(&key);
        if (spot_cell(&sector)[0] != '\0') { /* empty: not known */
            check_word(&sector, "government ngo international community working_group");
        }
        check_codes(&serves, TABLE_TERM);
        check_latin(&en);
        check_khmer_if(at(data, TABLE_BODY, row, BODY_COL_KM, report), true);
        check_khmer_if(at(data, TABLE_BODY, row, BODY_COL_ABBR_KM, report), true);
        check_both(data, TABLE_BODY, row, BODY_COL_WHAT_EN, BODY_COL_WHAT_KM, report);
        check_contact(data, row, report);
        check_confidence(&confidence);
        check_as_of(&as_of);
        check_filled(&source);
    }
}

static void check_line(const struct data *data, size_t row, struct report *report)
{
    struct spot key = at(data, TABLE_HOTLINE, row, HOTLINE_COL_KEY, report);
    struct spot body = at(data, TABLE_HOTLINE, row, HOTLINE_COL_BODY, report);
    struct spot all_day = at(data, TABLE_HOTLINE, row, HOTLINE_COL_ALL_DAY, report);
    struct spot age = at(data, TABLE_HOTLINE, row, HOTLINE_COL_MAX_AGE, report);
    struct spot languages = at(data, TABLE_HOTLINE, row, HOTLINE_COL_LANGUAGES, report);
    struct spot kinds = at(data, TABLE_HOTLINE, row, HOTLINE_COL_KINDS, report);
    struct spot en = at(data, TABLE_HOTLINE, row, HOTLINE_COL_EN, report);
    check_new_key(&key);
    check_filled(&body);
    check_codes(&body, TABLE_BODY);
    check_word(&all_day, "yes no unknown");
    check_codes(&kinds, TABLE_TERM);
    check_latin(&en);
    check_khmer_if(at(data, TABLE_HOTLINE, row, HOTLINE_COL_KM, report), true);
    check_both(data, TABLE_HOTLINE, row, HOTLINE_COL_COST_EN, HOTLINE_COL_COST_KM, report);
    int64_t years = 0;
    if (spot_cell(&age)[0] != '\0' &&
        (number_parse(spot_cell(&age), strlen(spot_cell(&age)), &years) != STATUS_OK || years < 1 ||
         years > AGE_MAX)) {
        spot_report(&age, "'%s' is no age", spot_cell(&age));
    }
    const char *item = NULL;
    size_t from = 0, len = 0;
    while (data_item(spot_cell(&languages), &from, &item, &len)) {
        if (len != 2 || strspn(item, "abcdefghijklmnopqrstuvwxyz") < 2) {
            spot_report(&languages, "'%.*s' is no two-letter code", (int)len, item);
        }
    }
}

static void check_further(const struct data *data, size_t row, struct report *report)
{
    static const int columns[] = {HOTLINE_COL_BODY,      HOTLINE_COL_ALL_DAY, HOTLINE_COL_MAX_AGE,
                                  HOTLINE_COL_LANGUAGES, HOTLINE_COL_KINDS,   HOTLINE_COL_EN,
                                  HOTLINE_COL_KM,        HOTLINE_COL_COST_EN, HOTLINE_COL_COST_KM};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct spot spot = at(data, TABLE_HOTLINE, row, columns[i], report);
        check_empty(&spot);
    }
}

/* No number may stand for two services: a reader must know whom a call reaches. */
static void check_number(const struct spot *number)
{
    char stored[PHONE_MAX], other[PHONE_MAX];
    const char *cell = spot_cell(number);
    if (phone_parse(cell, strlen(cell), stored) != STATUS_OK) {
        spot_report(number, "'%s' is no telephone number", cell);
        return;
    }
    for (size_t row = 0; row < number->row; row++) {
        const char *before = data_cell(number->data, number->table, row, number->column);
        if (phone_parse(before, strlen(before), other) == STATUS_OK && strcmp(stored, other) == 0) {
            spot_report(number, "%s stands twice", cell);
        }
    }
}

void check_hotlines(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_HOTLINE].count; row++) {
        struct spot number = at(data, TABLE_HOTLINE, row, HOTLINE_COL_NUMBER, report);
        struct spot kind = at(data, TABLE_HOTLINE, row, HOTLINE_COL_KIND, report);
        struct spot confidence = at(data, TABLE_HOTLINE, row, HOTLINE_COL_CONFIDENCE, report);
        struct spot as_of = at(data, TABLE_HOTLINE, row, HOTLINE_COL_ASOF, report);
        struct spot source = at(data, TABLE_HOTLINE, row, HOTLINE_COL_SOURCE, report);
        if (data_continues(data, TABLE_HOTLINE, row)) {
            check_further(data, row, report);
        } else {
            check_line(data, row, report);
        }
        check_number(&number);
        check_word(&kind, "hotline voice mobile");
        check_confidence(&confidence);
        check_as_of(&as_of);
        check_filled(&source);
        check_both(data, TABLE_HOTLINE, row, HOTLINE_COL_HOURS_EN, HOTLINE_COL_HOURS_KM, report);
        check_both(data, TABLE_HOTLINE, row, HOTLINE_COL_NOTE_EN, HOTLINE_COL_NOTE_KM, report);
    }
}
