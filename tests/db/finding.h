/* What tests of finding by words share: one search, the ids of the born directory's offices and
 * lines, and what must come first. */
#ifndef TESTS_DB_FINDING_H
#define TESTS_DB_FINDING_H

#include "seeded.h"

#include "db/search.h"

static inline void run(struct db *db, const struct query *query, struct result *ret_result)
{
    if (search_run(db, query, ret_result) != STATUS_OK) {
        fail_msg("'%.60s': %s", query->words, db_error(db));
    }
}

static inline struct result find(struct db *db, const char *words)
{
    struct query query = {.words = words, .lang = LANG_KM};
    struct result result;
    run(db, &query, &result);
    return result;
}

static inline struct uuid office(const char *kind, const char *area)
{
    char name[64];
    snprintf(name, sizeof name, "office/%s/%s/service", kind, area);
    return uuid_from_name(name);
}

static inline struct uuid line(const char *key)
{
    char name[64];
    snprintf(name, sizeof name, "line/%s/service", key);
    return uuid_from_name(name);
}

static inline void assert_first(struct db *db, const char *words, struct uuid id)
{
    struct result result = find(db, words);
    if (!result.count || !uuid_equal(&result.rows[0].id, &id)) {
        fail_msg("'%s' finds '%s' first of %d (text '%s', %d filters)", words,
                 result.count ? result.rows[0].name_en : "", (int)result.count, result.text,
                 (int)result.filter_count);
    }
    result_release(&result);
}

#endif
