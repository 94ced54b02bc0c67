/* Finding a record by the beginning of its id; see record_find.h. */
#include "db/record_find.h"

#include <string.h>

#include "db/internal.h"
#include "db/propose.h"
#include "db/restricted.h"

enum { PREFIX_MIN = 4 }; /* hexadecimal digits */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The lowest and the highest id that begin with the typed digits; dashes are left out. */
static enum status id_range(const char *typed, struct uuid *ret_low, struct uuid *ret_high)
{
    struct uuid low = {0}, high;
    size_t digits = 0;
    memset(&high, 0xff, sizeof high);
    for (const char *c = typed; *c; c++) {
        if (*c == '-')
            continue;
        int value = hex(*c), shift = digits % 2 ? 0 : 4;
        if (value < 0 || digits == UUID_BYTES * 2)
            return STATUS_INVALID;
        uint8_t *l = &low.bytes[digits / 2], *h = &high.bytes[digits / 2];
        *l = (uint8_t)(*l | value << shift);
        *h = (uint8_t)((*h & ~(15 << shift)) | value << shift);
        digits++;
    }
    *ret_low = low;
    *ret_high = high;
    return digits < PREFIX_MIN ? STATUS_INVALID : STATUS_OK;
}

/* The one record of the kinds first..last that begins so. */
static enum status find_between(struct db *db, const char *typed, int64_t first, int64_t last,
                                int64_t *ret_kind, struct uuid *ret_id)
{
    struct uuid low, high, found = {0};
    sqlite3_stmt *s;
    int64_t kind = 0;
    size_t count = 0;
    bool row;
    enum status status = id_range(typed, &low, &high);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_OP_RECORD_BETWEEN, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":low", &low);
    bind_id(s, ":high", &high);
    bind_int(s, ":first", first);
    bind_int(s, ":last", last);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        (void)column_id(s, 0, &found);
        kind = sqlite3_column_int64(s, 1);
        count++;
    }
    if (status != STATUS_OK)
        return status;
    if (count != 1)
        return count ? STATUS_CONFLICT : STATUS_NOT_FOUND;
    *ret_kind = kind;
    *ret_id = found;
    return STATUS_OK;
}

enum status record_find(struct db *db, const char *typed, enum record_kind *ret_kind,
                        struct uuid *ret_id)
{
    int64_t kind;
    struct db *memory = restricted_records(db);
    enum status status = find_between(db, typed, 1, RECORD_KIND_END - 1, &kind, ret_id);
    if (status == STATUS_NOT_FOUND && memory)
        status = find_between(memory, typed, 1, RECORD_KIND_END - 1, &kind, ret_id);
    if (status == STATUS_OK)
        *ret_kind = (enum record_kind)kind;
    return status;
}

enum status record_find_proposal(struct db *db, const char *typed, struct uuid *ret_id)
{
    int64_t kind;
    return find_between(db, typed, RECORD_PROPOSAL, RECORD_PROPOSAL, &kind, ret_id);
}
