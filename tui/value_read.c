/* From typed text to a stored value; see value.h. */
#include "tui/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/area.h"
#include "db/rule.h"
#include "db/term.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/message.h"
#include "i18n/number.h"
#include "i18n/utf8.h"
#include "tui/format_hours.h"

enum { WEEK = 7, SHORT_TEXT = 64, HOUR = 60 };

/* One reading: what was typed and where the result goes. */
struct reading {
    struct db *db;
    const struct field *field;
    const char *s;
    size_t len;
    struct arena *arena;
    struct value *value;
};

static void set_text(const struct reading *r, const char *s)
{
    r->value->type = VALUE_TEXT;
    r->value->text.bytes = arena_strdup(r->arena, s);
    r->value->text.len = strlen(s);
}

static enum status set_int(const struct reading *r, int64_t n)
{
    *r->value = (struct value){.type = VALUE_INT, .integer = n};
    return STATUS_OK;
}

/* What is typed, in ASCII digits and without white space around; false when it is too long to be
 * anything short. */
static bool short_text(const struct reading *r, char out[SHORT_TEXT])
{
    struct text ascii = TEXT_INIT;
    number_ascii_digits(&ascii, r->s, r->len);
    const char *at = ascii.bytes;
    size_t len = ascii.len;
    while (len && isspace((unsigned char)*at))
        at++, len--;
    while (len && isspace((unsigned char)at[len - 1]))
        len--;
    bool fits = len > 0 && len < SHORT_TEXT && !memchr(at, '\0', len);
    if (fits) {
        memcpy(out, at, len);
        out[len] = '\0';
    }
    text_release(&ascii);
    return fits;
}

/* The same word, whatever its case and the order of its marks. */
static bool same_word(const char *a, size_t a_len, const char *b)
{
    struct text x = TEXT_INIT, y = TEXT_INIT;
    key_make(&x, a, a_len, KEY_STRICT);
    key_make(&y, b, strlen(b), KEY_STRICT);
    bool same = x.len > 0 && x.len == y.len && !memcmp(x.bytes, y.bytes, x.len);
    text_release(&x);
    text_release(&y);
    return same;
}

static enum status read_day(const struct reading *r)
{
    struct date d;
    struct text iso = TEXT_INIT;
    enum status status = date_parse(r->s, r->len, &d);
    if (status != STATUS_OK)
        return status;
    date_iso(&iso, d);
    set_text(r, iso.bytes);
    text_release(&iso);
    return STATUS_OK;
}

/* A whole date, mm/yyyy, yyyy-mm or a year. */
static enum status read_partial_day(const struct reading *r)
{
    char s[SHORT_TEXT], stored[SHORT_TEXT];
    int month = 0, year = 0, end = 0;
    if (read_day(r) == STATUS_OK)
        return STATUS_OK;
    if (!short_text(r, s))
        return STATUS_INVALID;
    size_t len = strlen(s);
    if (len == 4 && strspn(s, "0123456789") == 4)
        set_text(r, s);
    else if (len <= 7 && sscanf(s, "%2d/%4d%n", &month, &year, &end) == 2 && (size_t)end == len &&
             year >= 1000) {
        snprintf(stored, sizeof stored, "%04d-%02d", year, month);
        set_text(r, stored);
    } else if (len == 7 && s[4] == '-')
        set_text(r, s);
    else
        return STATUS_INVALID;
    return STATUS_OK;
}

static enum status read_real(const struct reading *r)
{
    char s[SHORT_TEXT], *end;
    if (!short_text(r, s) || strspn(s, "+-.0123456789") != strlen(s))
        return STATUS_INVALID;
    double real = strtod(s, &end);
    if (end == s || *end)
        return STATUS_INVALID;
    *r->value = (struct value){.type = VALUE_REAL, .real = real};
    return STATUS_OK;
}

/* 8, 8:30, 08:30, 8.30 or 8h30. */
static enum status read_clock(const struct reading *r)
{
    char s[SHORT_TEXT];
    if (!short_text(r, s))
        return STATUS_INVALID;
    char *at = s;
    size_t digits = strspn(at, "0123456789");
    if (digits < 1 || digits > 2)
        return STATUS_INVALID;
    int hours = atoi(at), minutes = 0;
    at += digits;
    if (*at && strchr(":.hH", *at)) {
        at++;
        digits = strspn(at, "0123456789");
        if (digits != 2)
            return STATUS_INVALID;
        minutes = atoi(at);
        at += digits;
    }
    if (*at || hours > 24 || minutes >= HOUR)
        return STATUS_INVALID;
    return set_int(r, hours * HOUR + minutes);
}

/* The day called s[0..len), its first three letters in English or the Khmer name; -1 none. */
static int day_of(const char *s, size_t len)
{
    for (int day = 0; day < WEEK; day++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *name = format_day_name((enum lang)lang, day);
            if (same_word(s, len, name))
                return day;
            if (lang == LANG_EN && len > 3 && same_word(s, 3, name))
                return day;
        }
    return -1;
}

static bool every_day(const struct reading *r)
{
    return same_word(r->s, r->len, message_get(LANG_KM, MSG_DETAIL_EVERY_DAY)) ||
           same_word(r->s, r->len, message_get(LANG_EN, MSG_DETAIL_EVERY_DAY)) ||
           same_word(r->s, r->len, "daily");
}

static unsigned day_range(int from, int to)
{
    unsigned days = 0;
    for (int day = from;; day = (day + 1) % WEEK) {
        days |= 1U << day;
        if (day == to)
            return days;
    }
}

/* "mon-fri, sun", "every day", or the number the command line shows. */
static enum status read_days(const struct reading *r)
{
    int64_t number;
    unsigned days = 0;
    int from = -1;
    if (number_parse(r->s, r->len, &number) == STATUS_OK)
        return set_int(r, number);
    if (every_day(r))
        return set_int(r, (1 << WEEK) - 1);
    for (size_t at = 0; at < r->len;) {
        size_t len = 0;
        bool through = false;
        while (at < r->len && strchr(" ,\t-", r->s[at]))
            through = r->s[at++] == '-' || through;
        while (at + len < r->len && !strchr(" ,\t-", r->s[at + len]))
            len++;
        if (!len)
            break;
        int day = day_of(r->s + at, len);
        if (day < 0 || (through && from < 0))
            return STATUS_INVALID;
        days |= day_range(through ? from : day, day);
        from = day;
        at += len;
    }
    return days ? set_int(r, days) : STATUS_INVALID;
}

static enum status read_enum(const struct reading *r)
{
    enum { MOST = 16 };
    const char *set = field_enum_set(r->field);
    for (int value = 0; value < MOST; value++) {
        enum message label;
        const char *name = enum_name(set, value);
        if (!name || !enum_label(set, value, &label))
            continue;
        if (same_word(r->s, r->len, name) || same_word(r->s, r->len, message_get(LANG_KM, label)) ||
            same_word(r->s, r->len, message_get(LANG_EN, label)))
            return set_int(r, value);
    }
    return STATUS_INVALID;
}

/* STATUS_CONFLICT: several areas have this name. */
static enum status read_area(const struct reading *r)
{
    char *typed = arena_strndup(r->arena, r->s, r->len);
    struct area_list found;
    bool country = !strcmp(r->field->rule, "AREA_OR_COUNTRY");
    if (strlen(typed) != r->len)
        return STATUS_INVALID;
    if (country && (same_word(r->s, r->len, AREA_COUNTRY_CODE) ||
                    same_word(r->s, r->len, message_get(LANG_EN, MSG_PLACE_COUNTRY)) ||
                    same_word(r->s, r->len, message_get(LANG_KM, MSG_PLACE_COUNTRY)))) {
        set_text(r, AREA_COUNTRY_CODE);
        return STATUS_OK;
    }
    enum status status = area_find(r->db, typed, &found);
    if (status == STATUS_NOT_FOUND)
        return STATUS_INVALID;
    if (status != STATUS_OK)
        return status;
    if (found.count > 0)
        set_text(r, found.rows[0].code);
    status = found.count == 0 ? STATUS_INVALID : found.count > 1 ? STATUS_CONFLICT : STATUS_OK;
    area_list_release(&found);
    return status;
}

static enum status read_term(const struct reading *r)
{
    char *typed = arena_strndup(r->arena, r->s, r->len);
    struct term_list found;
    if (strlen(typed) != r->len)
        return STATUS_INVALID;
    enum status status = term_find(r->db, typed, &found);
    if (status == STATUS_NOT_FOUND)
        return STATUS_INVALID;
    if (status != STATUS_OK)
        return status;
    if (found.count > 0)
        set_text(r, found.rows[0].code);
    status = found.count > 0 ? STATUS_OK : STATUS_INVALID;
    term_list_release(&found);
    return status;
}

static enum status read_record(const struct reading *r)
{
    char s[SHORT_TEXT];
    struct uuid id;
    if (!short_text(r, s) || uuid_parse(s, &id) != STATUS_OK)
        return STATUS_INVALID;
    *r->value = (struct value){.type = VALUE_ID, .id = id};
    return STATUS_OK;
}

/* A code of two or three letters, or the name of a language in either language. */
static void read_language(const struct reading *r)
{
    const char *code;
    for (size_t i = 0; (code = format_language_code(i)); i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (same_word(r->s, r->len, code) ||
                same_word(r->s, r->len, format_language((enum lang)lang, code)))
                set_text(r, code);
}

static enum status read_line(const struct reading *r)
{
    const char *rule = r->field->rule;
    *r->value = (struct value){.type = VALUE_TEXT, .text = {.bytes = r->s, .len = r->len}};
    r->value->text.bytes = arena_strndup(r->arena, r->s, r->len);
    if (!strcmp(rule, "PARTIAL_DAY"))
        return read_partial_day(r);
    if (!strcmp(rule, "LANGUAGE"))
        read_language(r);
    return STATUS_OK;
}

static enum status read_typed(const struct reading *r)
{
    int64_t number;
    switch (r->field->type) {
    case FIELD_COUNT:
        if (number_parse(r->s, r->len, &number) != STATUS_OK)
            return STATUS_INVALID;
        return set_int(r, number);
    case FIELD_REAL:
        return read_real(r);
    case FIELD_DAY:
        return read_day(r);
    case FIELD_CLOCK:
        return read_clock(r);
    case FIELD_DAYS:
        return read_days(r);
    case FIELD_ENUM:
        return read_enum(r);
    case FIELD_AREA:
        return read_area(r);
    case FIELD_TERM:
        return read_term(r);
    case FIELD_RECORD:
        return read_record(r);
    default:
        return read_line(r);
    }
}

static bool is_text(const struct field *f)
{
    return f->type == FIELD_LINE || f->type == FIELD_PROSE;
}

/* Why rule.c refused it: what is wrong with the text as such comes before the field's own rule. */
static void diagnose(const struct field *f, const char *s, size_t len, struct fault *ret_fault)
{
    size_t chars = 0, most = f->type == FIELD_PROSE ? PROSE_MAX_CHARS : LINE_MAX_CHARS;
    *ret_fault = (struct fault){.kind = FAULT_RULE};
    if (!utf8_valid(s, len, NULL)) {
        ret_fault->kind = FAULT_UTF8;
        return;
    }
    for (size_t at = 0; at < len; chars++) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (utf8_is_forbidden(cp) && !(cp == '\n' && f->type == FIELD_PROSE)) {
            *ret_fault = (struct fault){.kind = FAULT_CHARACTER, .character = cp};
            return;
        }
    }
    if (chars > most && is_text(f))
        *ret_fault = (struct fault){.kind = FAULT_LONG, .count = chars};
}

/* Nothing but white space; U+200B is what the space bar of the Khmer keyboard sends. */
static bool is_blank(const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (cp != ' ' && cp != '\t' && cp != '\n' && cp != '\r' && cp != 0xA0 && cp != ZWSP)
            return false;
    }
    return true;
}

enum status value_read(struct db *db, const struct field *field, const char *typed, size_t len,
                       struct arena *arena, struct value *ret_value, struct fault *ret_fault)
{
    struct value value = {.type = VALUE_NULL};
    struct reading r = {db, field, typed, len, arena, &value};
    enum status status = STATUS_OK;
    *ret_fault = (struct fault){.kind = FAULT_NONE};
    if (!is_blank(typed, len))
        status = read_typed(&r);
    if (status == STATUS_OK)
        status = rule_normalize(field, &value, arena);
    if (status == STATUS_OK)
        status = rule_check(db, field, &value);
    if (status == STATUS_CONFLICT) {
        ret_fault->kind = FAULT_MANY;
        return STATUS_INVALID;
    }
    if (status == STATUS_INVALID)
        diagnose(field, typed, len, ret_fault);
    if (status == STATUS_OK)
        *ret_value = value;
    return status;
}

enum status value_check_record(const struct record *r, int *ret_field, struct fault *ret_fault)
{
    int field = 0;
    enum status status = rule_check_record(r, &field);
    if (status != STATUS_INVALID)
        return status;
    bool missing = record_value(r, field)->type == VALUE_NULL;
    *ret_field = field;
    *ret_fault = (struct fault){.kind = missing ? FAULT_MISSING : FAULT_ORDER,
                                .other = missing ? 0 : rule_lower(field)};
    return status;
}
