/* Persons and what they may do; see person.h. Which area a change belongs to is authority.c's. */
#include "db/person.h"

#include <string.h>

#include "db/internal.h"
#include "db/rule.h"

/* --- authority ------------------------------------------------------------------------------- */

enum verdict authority_of(const struct person *person, enum op_kind op, const char *area)
{
    bool approver = person->role == VALUE_ROLE_APPROVER;
    if (!*person->name || (person->role != VALUE_ROLE_EDITOR && !approver))
        return VERDICT_REFUSED;
    bool inside = area_contains(person->area, area);
    if (op == OP_DECIDE || op == OP_REVIEW)
        return approver && inside ? VERDICT_ALLOWED : VERDICT_REFUSED;
    return inside ? VERDICT_ALLOWED : VERDICT_PROPOSE;
}

static enum status is_reviewed(struct db *db, const char *area, bool *ret_reviewed)
{
    sqlite3_stmt *s;
    char province[3] = "", district[5] = "", commune[7] = "";
    enum status status = db_query(db, QUERY_REVIEW_AREA_OVER, &s);
    if (status != STATUS_OK)
        return status;
    memcpy(province, area, strnlen(area, 2));
    memcpy(district, area, strnlen(area, 4));
    memcpy(commune, area, strnlen(area, 6));
    bind_text(s, ":area", area);
    bind_text(s, ":province", province);
    bind_text(s, ":district", district);
    bind_text(s, ":commune", commune);
    bool row = false;
    status = db_step(db, s, &row);
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_reviewed = row;
    return status;
}

enum status authority_in(struct db *db, const struct person *person, enum op_kind op,
                         const char *area, enum verdict *ret_verdict)
{
    enum verdict verdict = authority_of(person, op, area);
    bool reviewed = false, change = op != OP_DECIDE && op != OP_REVIEW;
    if (verdict == VERDICT_ALLOWED && change && person->role == VALUE_ROLE_EDITOR) {
        enum status status = is_reviewed(db, area, &reviewed);
        if (status != STATUS_OK)
            return status;
    }
    *ret_verdict = reviewed ? VERDICT_PROPOSE : verdict;
    return STATUS_OK;
}

/* --- name and office ------------------------------------------------------------------------- */

static size_t characters(const char *s, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)s[i] & 0xC0) != 0x80;
    return count;
}

static enum status set_line(char stored[PERSON_BYTES], const char *typed)
{
    static const struct field line = {.type = FIELD_LINE, .rule = "FREE", .lang = FIELD_NONE};
    struct arena arena = {0};
    struct value value = {.type = VALUE_TEXT, .text = {typed, strlen(typed)}};
    enum status status = rule_normalize(&line, &value, &arena);
    if (status == STATUS_OK)
        status = rule_check(NULL, &line, &value);
    size_t len = value.type == VALUE_TEXT ? value.text.len : 0;
    if (status == STATUS_OK && len && characters(value.text.bytes, len) > PERSON_CHARS)
        status = STATUS_INVALID;
    if (status == STATUS_OK) {
        memcpy(stored, len ? value.text.bytes : "", len);
        stored[len] = '\0';
    }
    arena_release(&arena);
    return status;
}

enum status person_set_name(struct person *person, const char *name)
{
    return set_line(person->name, name);
}

enum status person_set_office(struct person *person, const char *office)
{
    return set_line(person->office, office);
}

void person_actor(const struct person *person, struct text *out)
{
    text_adds(out, person->name);
    if (*person->name && *person->office)
        text_addf(out, ", %s", person->office);
}

/* --- as lines -------------------------------------------------------------------------------- */

void person_format(const struct person *person, struct text *out)
{
    const char *role = enum_name("ROLE", person->role);
    text_addf(out, "name=%s\noffice=%s\nrole=%s\narea=%s\n", person->name, person->office,
              role ? role : enum_name("ROLE", VALUE_ROLE_VIEWER),
              *person->area ? person->area : AREA_COUNTRY_CODE);
}

static bool is_code(const char *s)
{
    size_t len = strspn(s, "0123456789");
    return !s[len] && len && len % 2 == 0 && len < AREA_CODE;
}

static enum status take_line(struct person *p, const char *key, const char *value)
{
    if (!strcmp(key, "name"))
        return person_set_name(p, value);
    if (!strcmp(key, "office"))
        return person_set_office(p, value);
    if (!strcmp(key, "role"))
        return enum_parse("ROLE", value, &p->role) ? STATUS_OK : STATUS_INVALID;
    if (strcmp(key, "area"))
        return STATUS_OK; /* of a newer program */
    bool country = !strcmp(value, AREA_COUNTRY_CODE);
    if (!country && !is_code(value))
        return STATUS_INVALID;
    strcpy(p->area, country ? "" : value);
    return STATUS_OK;
}

enum status person_parse(const char *text, size_t len, struct person *ret_person)
{
    struct person p = {.role = VALUE_ROLE_VIEWER};
    struct arena arena = {0};
    char *copy = arena_strndup(&arena, text, len), *line = copy;
    enum status status = strlen(copy) == len ? STATUS_OK : STATUS_INVALID;
    while (status == STATUS_OK && *line) {
        char *end = line + strcspn(line, "\n"), *next = *end ? end + 1 : end;
        *end = '\0';
        char *equals = strchr(line, '=');
        if (equals) {
            *equals = '\0';
            status = take_line(&p, line, equals + 1);
        } else if (*line) {
            status = STATUS_INVALID;
        }
        line = next;
    }
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_person = p;
    return status;
}
