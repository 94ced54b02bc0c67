/* Rules of fields; see rule.h. */
#include "db/rule.h"

#include <math.h>
#include <string.h>

#include "db/area.h"
#include "db/internal.h"
#include "i18n/khmer.h"
#include "i18n/number.h"
#include "i18n/utf8.h"

static bool is_space(char32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == ZWSP;
}

/* Drops white space at both ends. */
static void trim(const char **s, size_t *len)
{
    char32_t cp;
    for (size_t n; *len && (n = utf8_decode(*s, *len, &cp), is_space(cp));) {
        *s += n;
        *len -= n;
    }
    while (*len) {
        size_t at = *len - 1;
        while (at && ((unsigned char)(*s)[at] & 0xC0) == 0x80)
            at--;
        utf8_decode(*s + at, *len - at, &cp);
        if (!is_space(cp))
            break;
        *len = at;
    }
}

enum status rule_normalize(const struct field *field, struct value *value, struct arena *arena)
{
    if (value->type != VALUE_TEXT)
        return STATUS_OK;
    const char *s = value->text.bytes;
    size_t len = value->text.len;
    if (!utf8_valid(s, len, NULL))
        return STATUS_INVALID;
    trim(&s, &len);
    if (!len) {
        *value = (struct value){.type = VALUE_NULL};
        return STATUS_OK;
    }
    if (field->type == FIELD_PHONE) {
        char stored[PHONE_MAX];
        if (phone_parse(s, len, stored) != STATUS_OK)
            return STATUS_INVALID;
        value->text.len = strlen(stored);
        value->text.bytes = arena_strdup(arena, stored);
        return STATUS_OK;
    }
    struct text out;
    text_init(&out);
    khmer_normalize(&out, s, len, field->type == FIELD_PROSE ? NORMAL_PROSE : NORMAL_NAME);
    value->text.len = out.len;
    value->text.bytes = arena_strndup(arena, out.bytes, out.len);
    text_release(&out);
    return STATUS_OK;
}

static bool text_is_clean(const struct field *field, const struct value *v)
{
    size_t chars = 0;
    for (size_t i = 0; i < v->text.len; chars++) {
        char32_t cp;
        i += utf8_decode(v->text.bytes + i, v->text.len - i, &cp);
        if (utf8_is_forbidden(cp) && !(cp == '\n' && field->type == FIELD_PROSE))
            return false;
    }
    return chars <= (field->type == FIELD_PROSE ? PROSE_MAX_CHARS : LINE_MAX_CHARS);
}

/* A name on the internet: two labels at least, of letters (of any script), digits and hyphens. */
static bool is_host(const char *s, size_t len)
{
    size_t label = 0, labels = 0, digits = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i == len || s[i] == '.') {
            if (!label || s[i - 1] == '-')
                return false;
            labels++;
            if (i == len)
                break;
            label = digits = 0;
            continue;
        }
        unsigned char c = (unsigned char)s[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z', digit = c >= '0' && c <= '9';
        if (!letter && !digit && c < 0x80 && !(c == '-' && label))
            return false;
        label++;
        digits += digit;
    }
    return labels >= 2 && digits < label;
}

static bool is_email(const char *s)
{
    const char *at = strchr(s, '@');
    return at && at != s && !strpbrk(s, " ,;:<>()[]\\\"") && s[0] != '.' && at[-1] != '.' &&
           !strstr(s, "..") && is_host(at + 1, strlen(at + 1));
}

static bool is_url(const char *s)
{
    const char *host = !strncmp(s, "https://", 8) ? s + 8 : !strncmp(s, "http://", 7) ? s + 7 : s;
    size_t len = strcspn(host, "/?#:");
    const char *rest = host + len;
    if (*rest == ':' && strspn(rest + 1, "0123456789") == 0)
        return false;
    return is_host(host, len) && !strpbrk(s, " <>\"\\");
}

static bool is_day(const char *s, size_t len)
{
    struct date d;
    struct text iso;
    if (date_parse(s, len, &d) != STATUS_OK)
        return false;
    text_init(&iso);
    date_iso(&iso, d);
    bool same = iso.len == len && !memcmp(iso.bytes, s, len);
    text_release(&iso);
    return same;
}

/* 2023, 2023-11 or 2023-11-05. */
static bool is_partial_day(const char *s, size_t len)
{
    char whole[] = "2000-01-01";
    if (len != 4 && len != 7 && len != 10)
        return false;
    memcpy(whole, s, len);
    return is_day(whole, sizeof whole - 1);
}

static bool is_language(const char *s, size_t len)
{
    if (len != 2 && len != 3)
        return false;
    for (size_t i = 0; i < len; i++)
        if (s[i] < 'a' || s[i] > 'z')
            return false;
    return true;
}

/* Areas and kinds lie in the directory, also for its confidential records. */
static struct db *with_tables(struct db *db)
{
    return db->outer ? db->outer : db;
}

static enum status exists(struct db *inner, enum query_id query, const char *code)
{
    struct db *db = with_tables(inner);
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":code", code);
    status = db_step(db, s, &row);
    sqlite3_reset(s);
    if (status == STATUS_OK && !row)
        status = STATUS_INVALID;
    return status;
}

static enum status check_reference(struct db *db, const char *kind, const struct uuid *id)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", id);
    status = db_step(db, s, &row);
    int stored = row ? sqlite3_column_int(s, 0) : 0;
    sqlite3_reset(s);
    if (status != STATUS_OK)
        return status;
    const char *name = kind_name((enum record_kind)stored);
    if (!row && db->outer)
        return check_reference(db->outer, kind, id);
    if (!row || !name)
        return STATUS_INVALID;
    status = record_exists(db, (enum record_kind)stored, id, &row); /* no more, if it was undone */
    if (status != STATUS_OK || !row)
        return status != STATUS_OK ? status : STATUS_INVALID;
    if (!strcmp(kind, "ANY"))
        return STATUS_OK;
    for (; *name && *kind; name++, kind++)
        if ((*name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name) != *kind)
            return STATUS_INVALID;
    return *name || *kind ? STATUS_INVALID : STATUS_OK;
}

static bool in_range(double value, double low, double high)
{
    return isfinite(value) && value >= low && value <= high;
}

static enum status check_text_rule(struct db *db, const struct field *f, const struct value *v)
{
    const char *s = v->text.bytes;
    size_t len = v->text.len;
    bool good = true;
    if (!strcmp(f->rule, "EMAIL"))
        good = is_email(s);
    else if (!strcmp(f->rule, "URL"))
        good = is_url(s);
    else if (!strcmp(f->rule, "DAY"))
        good = is_day(s, len);
    else if (!strcmp(f->rule, "PARTIAL_DAY"))
        good = is_partial_day(s, len);
    else if (!strcmp(f->rule, "LANGUAGE"))
        good = is_language(s, len);
    else if (!strcmp(f->rule, "PLAN_OUTPUT"))
        return exists(db, QUERY_PLAN_OUTPUT_GET, s);
    else if (!strcmp(f->rule, "TERM"))
        return exists(db, QUERY_TERM_GET, s);
    else if (!strcmp(f->rule, "AREA") ||
             (!strcmp(f->rule, "AREA_OR_COUNTRY") && strcmp(s, AREA_COUNTRY_CODE)))
        return exists(db, QUERY_AREA_GET, s);
    return good ? STATUS_OK : STATUS_INVALID;
}

static enum value_type wanted_type(enum field_type type)
{
    switch (type) {
    case FIELD_COUNT:
    case FIELD_CLOCK:
    case FIELD_DAYS:
    case FIELD_ENUM:
        return VALUE_INT;
    case FIELD_REAL:
        return VALUE_REAL;
    case FIELD_RECORD:
        return VALUE_ID;
    default:
        return VALUE_TEXT;
    }
}

static bool integer_is_good(const struct field *f, int64_t n)
{
    switch (f->type) {
    case FIELD_CLOCK:
        return n >= 0 && n <= 24 * 60;
    case FIELD_DAYS:
        return n >= 1 && n <= 127;
    case FIELD_ENUM:
        return n >= 0 && n < 1000 && enum_name(field_enum_set(f), (int)n);
    default:
        return n >= 0 && n <= (!strcmp(f->rule, "AGE") ? AGE_MAX : COUNT_MAX);
    }
}

enum status rule_check(struct db *db, const struct field *f, const struct value *v)
{
    if (v->type == VALUE_NULL)
        return STATUS_OK;
    if (v->type != wanted_type(f->type))
        return STATUS_INVALID;
    switch (v->type) {
    case VALUE_INT:
        return integer_is_good(f, v->integer) ? STATUS_OK : STATUS_INVALID;
    case VALUE_REAL: {
        double most = !strcmp(f->rule, "LATITUDE") ? 90 : 180;
        return in_range(v->real, -most, most) ? STATUS_OK : STATUS_INVALID;
    }
    case VALUE_ID:
        return check_reference(db, f->rule + strlen("REF_"), &v->id);
    default:
        return text_is_clean(f, v) ? check_text_rule(db, f, v) : STATUS_INVALID;
    }
}

/* Pairs that must not be upside down: a <= b. */
static const struct {
    int low, high;
} ranges[] = {
    {FIELD_ID(SERVICE, minimum_age), FIELD_ID(SERVICE, maximum_age)},
    {FIELD_ID(CAPACITY, available), FIELD_ID(CAPACITY, maximum)},
    {FIELD_ID(SCHEDULE, opens), FIELD_ID(SCHEDULE, closes)},
    {FIELD_ID(SCHEDULE, valid_from), FIELD_ID(SCHEDULE, valid_to)},
    {FIELD_ID(PROGRAM, valid_from), FIELD_ID(PROGRAM, valid_to)},
    {FIELD_ID(AREA_ALERT, valid_from), FIELD_ID(AREA_ALERT, valid_to)},
};

static bool upside_down(const struct value *low, const struct value *high)
{
    if (low->type != high->type)
        return false;
    if (low->type == VALUE_INT)
        return low->integer > high->integer;
    return low->type == VALUE_TEXT && strcmp(low->text.bytes, high->text.bytes) > 0;
}

/* What a record is nothing without: its references but the optional ones, and what it says. */
static bool is_required(const struct field *f)
{
    static const int optional[] = {FIELD_ID(SERVICE, program), FIELD_ID(SERVICE, suspended_by),
                                   FIELD_ID(LOCATION, organization)};
    static const int needed[] = {FIELD_ID(PHONE, number),    FIELD_ID(SERVICE_AREA, area),
                                 FIELD_ID(LOCATION, area),   FIELD_ID(TERM_LINK, term),
                                 FIELD_ID(TERM_LINK, type),  FIELD_ID(LANGUAGE, code),
                                 FIELD_ID(AREA_ALERT, area), FIELD_ID(AREA_ALERT, kind)};
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        if (f->number == optional[i])
            return false;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (f->number == needed[i])
            return true;
    return f->type == FIELD_RECORD;
}

bool rule_required(const struct field *f)
{
    return is_required(f) || (f->lang != FIELD_NONE && !strcmp(f->rule, "NAME"));
}

int rule_lower(int field)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].high == field)
            return ranges[i].low;
    return 0;
}

enum status rule_check_record(const struct record *r, int *ret_field)
{
    size_t count;
    const struct field *f = field_list(r->kind, &count);
    for (size_t i = 0; i < count; i++) {
        bool missing = r->values[i].type == VALUE_NULL;
        bool pair_missing = missing && f[i].lang == FIELD_KM && !strcmp(f[i].rule, "NAME") &&
                            r->values[i + 1].type == VALUE_NULL;
        if (pair_missing || (missing && is_required(&f[i]))) {
            *ret_field = f[i].number;
            return STATUS_INVALID;
        }
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (upside_down(record_value(r, ranges[i].low), record_value(r, ranges[i].high))) {
            *ret_field = ranges[i].high;
            return STATUS_INVALID;
        }
    return STATUS_OK;
}
