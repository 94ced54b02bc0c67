/* Values that no field may take, for every type of field: what a person might type, paste or send
 * by mistake or on purpose. Used through the form, through value_read (the command line) and
 * straight through the log. */
#ifndef TESTS_BAD_VALUES_H
#define TESTS_BAD_VALUES_H

#include <stddef.h>
#include <string.h>

#include "db/record.h"

enum bad_kind {
    BAD_RULE,      /* the field's own rule */
    BAD_CHARACTER, /* a character that is not allowed */
    BAD_UTF8,      /* no text at all */
    BAD_LONG,      /* `repeat` times the text */
    BAD_MANY,      /* a name that several areas have */
};

struct bad_value {
    int field;
    const char *text;
    enum bad_kind why;
    size_t repeat; /* BAD_LONG */
    size_t len;    /* bytes where NUL is among them; 0: strlen */
};

#define ORG(column)   FIELD_ID(ORGANIZATION, column)
#define SVC(column)   FIELD_ID(SERVICE, column)
#define PLACE(column) FIELD_ID(LOCATION, column)

static const struct bad_value bad_values[] = {
    /* Lines: control characters, escape sequences, bidi controls, noncharacters. */
    {ORG(name_en), "a\x1b[31mred", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\x1b]52;c;eA==\a", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "bell\a", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "nul\0nul", BAD_CHARACTER, 0, 7},
    {ORG(name_en), "back\bspace", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "two\nlines", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "tab\tin it", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "return\rhere", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "del\x7f", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "form\ffeed", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "c1\xc2\x85next", BAD_CHARACTER, 0, 0},
    {ORG(name_en),
     "csi\xc2\x9b"
     "31m",
     BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u202Eb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u202Ab", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u202Bb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u202Cb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u202Db", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u2066b", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u2067b", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u2068b", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u2069b", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u200Eb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u200Fb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\u061Cb", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\xef\xbf\xbe", BAD_CHARACTER, 0, 0},
    {ORG(name_en), "a\xef\xb7\x90", BAD_CHARACTER, 0, 0},
    {ORG(name_km), "ក\x1b[2Jខ", BAD_CHARACTER, 0, 0},
    {ORG(name_km), "ក\u202Eខ", BAD_CHARACTER, 0, 0},
    {ORG(abbreviation_km), "គ\aក", BAD_CHARACTER, 0, 0},
    {SVC(source), "a\x9d", BAD_UTF8, 0, 0},
    {SVC(inspected_by), "a\x01", BAD_CHARACTER, 0, 0},
    /* Broken UTF-8. */
    {ORG(name_en), "\xff\xfe", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xc0\xaf", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xe0\x80\xaf", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xed\xa0\x80", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xed\xbf\xbf", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xf4\x90\x80\x80", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xf8\x88\x80\x80\x80", BAD_UTF8, 0, 0},
    {ORG(name_en), "a\xe1\x9e", BAD_UTF8, 0, 0},
    {ORG(name_km), "\xe1\x9e\x80\xe1\x9e", BAD_UTF8, 0, 0},
    {ORG(name_km), "\x9e\x80", BAD_UTF8, 0, 0},
    {SVC(description_km), "ok \xc3(", BAD_UTF8, 0, 0},
    {SVC(description_en), "latin1 caf\xe9", BAD_UTF8, 0, 0},
    {ORG(email), "a\xff@b.kh", BAD_UTF8, 0, 0},
    {ORG(licence_until), "05/06/20\xff", BAD_UTF8, 0, 0},
    {FIELD_ID(PHONE, number), "012\xff", BAD_UTF8, 0, 0},
    /* Prose: a line feed is fine, other controls are not. */
    {SVC(description_en), "bell\a", BAD_CHARACTER, 0, 0},
    {SVC(description_en), "col\tumn", BAD_CHARACTER, 0, 0},
    {SVC(eligibility_km), "ក\u2066ខ", BAD_CHARACTER, 0, 0},
    {SVC(fees_en), "free\x1b[0m", BAD_CHARACTER, 0, 0},
    {SVC(bring_en),
     "a\xc2\x9c"
     "b",
     BAD_CHARACTER, 0, 0},
    /* Too long. */
    {ORG(name_en), "x", BAD_LONG, 301, 0},
    {ORG(name_km), "ក", BAD_LONG, 301, 0},
    {SVC(source), "ab", BAD_LONG, 200, 0},
    {SVC(description_en), "x", BAD_LONG, 4001, 0},
    {SVC(description_km), "ក", BAD_LONG, 4001, 0},
    {SVC(description_en), "0123456789abcdef", BAD_LONG, 65536, 0},
    {ORG(name_en), "0123456789abcdef", BAD_LONG, 65536, 0},
    {SVC(application_km), "កខគឃង", BAD_LONG, 70000, 0},
    /* Days. */
    {ORG(licence_until), "31/02/2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "30/02/2024", BAD_RULE, 0, 0},
    {ORG(licence_until), "29/02/2025", BAD_RULE, 0, 0},
    {ORG(licence_until), "00/01/2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "01/00/2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "01/13/2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "32/01/2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "1/1/26", BAD_RULE, 0, 0},
    {ORG(licence_until), "01/01/1800", BAD_RULE, 0, 0},
    {ORG(licence_until), "01/01/3000", BAD_RULE, 0, 0},
    {ORG(licence_until), "2026-02-30", BAD_RULE, 0, 0},
    {ORG(licence_until), "2026/02/03", BAD_RULE, 0, 0},
    {ORG(licence_until), "05 06 2026", BAD_RULE, 0, 0},
    {ORG(licence_until), "tomorrow", BAD_RULE, 0, 0},
    {ORG(licence_until), "ថ្ងៃនេះ", BAD_RULE, 0, 0},
    {ORG(licence_until), "៣១/០២/២០២៦", BAD_RULE, 0, 0},
    {SVC(next_check), "2026", BAD_RULE, 0, 0},
    {SVC(inspected_on), "05/06/2026 ", BAD_LONG, 40, 0},
    {SVC(as_of), "13/2026", BAD_RULE, 0, 0},
    {SVC(as_of), "202", BAD_RULE, 0, 0},
    {SVC(as_of), "2026-00", BAD_RULE, 0, 0},
    {SVC(as_of), "last year", BAD_RULE, 0, 0},
    {SVC(as_of), "00/2026", BAD_RULE, 0, 0},
    /* Numbers. */
    {SVC(minimum_age), "-1", BAD_RULE, 0, 0},
    {SVC(minimum_age), "121", BAD_RULE, 0, 0},
    {SVC(minimum_age), "12.5", BAD_RULE, 0, 0},
    {SVC(minimum_age), "twelve", BAD_RULE, 0, 0},
    {SVC(maximum_age), "១២១", BAD_RULE, 0, 0},
    {SVC(maximum_age), "1e1", BAD_RULE, 0, 0},
    {SVC(maximum_age), "99999999999999999999", BAD_RULE, 0, 0},
    {SVC(maximum_age), "0x10", BAD_RULE, 0, 0},
    {ORG(staff_count), "-5", BAD_RULE, 0, 0},
    {ORG(staff_count), "1000001", BAD_RULE, 0, 0},
    {ORG(staff_count), "many", BAD_RULE, 0, 0},
    {FIELD_ID(CAPACITY, maximum), "2,5", BAD_RULE, 0, 0},
    /* Coordinates. */
    {PLACE(latitude), "91", BAD_RULE, 0, 0},
    {PLACE(latitude), "-90.01", BAD_RULE, 0, 0},
    {PLACE(latitude), "nan", BAD_RULE, 0, 0},
    {PLACE(latitude), "10,61", BAD_RULE, 0, 0},
    {PLACE(latitude), "10.61 N", BAD_RULE, 0, 0},
    {PLACE(longitude), "181", BAD_RULE, 0, 0},
    {PLACE(longitude), "inf", BAD_RULE, 0, 0},
    {PLACE(longitude), "1e3", BAD_RULE, 0, 0},
    {PLACE(longitude), "104.18.2", BAD_RULE, 0, 0},
    /* Times and days of the week. */
    {FIELD_ID(SCHEDULE, opens), "24:01", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, opens), "25:00", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, opens), "12:60", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, closes), "7:5", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, closes), "noon", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, closes), "-1:00", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, closes), "០៧:៦០", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, days), "mun", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, days), "0", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, days), "128", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, days), "-fri", BAD_RULE, 0, 0},
    {FIELD_ID(SCHEDULE, days), "someday", BAD_RULE, 0, 0},
    /* Telephones. */
    {FIELD_ID(PHONE, number), "12", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "012 345", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "012 345 678 901", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "+", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "call me", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "០១២", BAD_LONG, 20, 0},
    {FIELD_ID(PHONE, number), "012-345-67x", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "+855", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "012 345 678; DROP TABLE phone", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, number), "012\x1b[A345678", BAD_CHARACTER, 0, 0},
    /* Addresses. */
    {ORG(email), "a.b", BAD_RULE, 0, 0},
    {ORG(email), "a@b@c.kh", BAD_RULE, 0, 0},
    {ORG(email), "a b@c.kh", BAD_RULE, 0, 0},
    {ORG(email), "@c.kh", BAD_RULE, 0, 0},
    {ORG(email), "a@kh", BAD_RULE, 0, 0},
    {ORG(email), "a@b..kh", BAD_RULE, 0, 0},
    {ORG(email), "a@.kh", BAD_RULE, 0, 0},
    {ORG(email), "a@b.kh.", BAD_RULE, 0, 0},
    {ORG(email), "a@-b.kh", BAD_RULE, 0, 0},
    {ORG(email), "a@b.kh,c@d.kh", BAD_RULE, 0, 0},
    {ORG(email), "Sok <a@b.kh>", BAD_RULE, 0, 0},
    {ORG(website), "somewhere", BAD_RULE, 0, 0},
    {ORG(website), "javascript:alert.x", BAD_RULE, 0, 0},
    {ORG(website), "ftp://a.kh", BAD_RULE, 0, 0},
    {ORG(website), "http://", BAD_RULE, 0, 0},
    {ORG(website), "http://.kh", BAD_RULE, 0, 0},
    {ORG(website), "http://a b.kh", BAD_RULE, 0, 0},
    {ORG(website), "a..kh", BAD_RULE, 0, 0},
    {ORG(website), "http://a.kh\" onclick=\"x", BAD_RULE, 0, 0},
    {ORG(website), "file:///etc/passwd", BAD_RULE, 0, 0},
    /* Codes and choices. */
    {PLACE(area), "999999", BAD_RULE, 0, 0},
    {PLACE(area), "0799", BAD_RULE, 0, 0},
    {PLACE(area), "nowhere", BAD_RULE, 0, 0},
    {PLACE(area), "070203040506", BAD_RULE, 0, 0},
    {PLACE(area), "07' OR '1'='1", BAD_RULE, 0, 0},
    {PLACE(area), "KH", BAD_RULE, 0, 0},
    {FIELD_ID(SERVICE_AREA, area), "Atlantis", BAD_RULE, 0, 0},
    {FIELD_ID(TERM_LINK, term), "Z9", BAD_RULE, 0, 0},
    {FIELD_ID(TERM_LINK, term), "no such kind", BAD_RULE, 0, 0},
    {FIELD_ID(TERM_LINK, type), "sevice_type", BAD_RULE, 0, 0},
    {FIELD_ID(PROGRAM, plan_output), "99.9", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, language), "Klingonese", BAD_RULE, 0, 0},
    {FIELD_ID(LANGUAGE, code), "k", BAD_RULE, 0, 0},
    {FIELD_ID(LANGUAGE, code), "k1", BAD_RULE, 0, 0},
    {SVC(sex), "both", BAD_RULE, 0, 0},
    {SVC(sex), "9", BAD_RULE, 0, 0},
    {SVC(confidence), "certain", BAD_RULE, 0, 0},
    {SVC(meets_standard), "maybe", BAD_RULE, 0, 0},
    {ORG(sector), "secret", BAD_RULE, 0, 0},
    {FIELD_ID(AREA_ALERT, kind), "boredom", BAD_RULE, 0, 0},
    /* Records. */
    {SVC(organization), "not-an-id", BAD_RULE, 0, 0},
    {SVC(organization), "01920000-0000-7000-8000-000000000000", BAD_RULE, 0, 0},
    {SVC(program), "{01920000}", BAD_RULE, 0, 0},
    {FIELD_ID(PHONE, owner), "12345678-1234-1234-1234-12345678901", BAD_RULE, 0, 0},
};

enum { BAD_VALUES = sizeof bad_values / sizeof *bad_values };

/* The bytes of a row, to be freed by the caller of mem_alloc's free. */
static inline char *bad_bytes(const struct bad_value *b, size_t *ret_len)
{
    size_t len = b->len ? b->len : strlen(b->text), times = b->repeat ? b->repeat : 1;
    char *bytes = mem_alloc(len * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(bytes + i * len, b->text, len);
    bytes[len * times] = '\0';
    *ret_len = len * times;
    return bytes;
}

#endif
