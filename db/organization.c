/* Finding organizations by name; see organization.h. */
#include "db/organization.h"

#include "db/internal.h"
#include "i18n/khmer.h"

static enum status find_by(struct db *db, enum query_id query, const char *from, const char *to,
                           struct uuid found[ORGANIZATION_FIND_MOST], size_t *count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":from", from);
    bind_text(s, ":to", to);
    bool row;
    while (*count < ORGANIZATION_FIND_MOST && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct uuid id;
        bool known = !column_id(s, 0, &id);
        for (size_t i = 0; i < *count; i++)
            known = known || uuid_equal(&found[i], &id);
        if (!known)
            found[(*count)++] = id;
    }
    sqlite3_reset(s);
    return status;
}

enum status organization_find(struct db *db, const char *typed, size_t len,
                              struct uuid ret_found[ORGANIZATION_FIND_MOST], size_t *ret_count)
{
    static const enum query_id queries[] = {QUERY_ORGANIZATION_BY_NAME_KM,
                                            QUERY_ORGANIZATION_BY_NAME_EN,
                                            QUERY_ORGANIZATION_BY_ABBREVIATION_EN};
    enum { LAST_CHARACTER = 0x10FFFD };
    struct text from = TEXT_INIT, to = TEXT_INIT;
    size_t count = 0;
    enum status status = STATUS_OK;
    khmer_normalize(&from, typed, len, NORMAL_NAME);
    text_add(&to, from.bytes, from.len);
    text_addcp(&to, LAST_CHARACTER);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && from.len && status == STATUS_OK; i++)
        status = find_by(db, queries[i], from.bytes, to.bytes, ret_found, &count);
    text_release(&from);
    text_release(&to);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}
