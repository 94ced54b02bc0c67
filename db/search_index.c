/* Keeping the index true: which services a change touches, taking them out before it and putting
 * them back after it, and making all of it again. */
#include "db/search_index.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search.h"

/* --- which services ------------------------------------------------------------------------------
 */

struct id_list {
    struct uuid *rows;
    size_t count, room;
};

static void id_add(struct id_list *list, const struct uuid *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (uuid_equal(&list->rows[i], id))
            return;
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 16;
        list->rows = mem_realloc(list->rows, list->room, sizeof *list->rows);
    }
    list->rows[list->count++] = *id;
}

static enum status add_ids(struct db *db, enum query_id query, const struct uuid *id,
                           struct id_list *list)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    bool row;
    struct uuid found;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        if (column_id(s, 0, &found))
            id_add(list, &found);
    return status;
}

/* A telephone or schedule belongs to a service, a place or an organization. */
static enum status add_of_owner(struct db *db, const struct uuid *owner, struct id_list *list)
{
    id_add(list, owner);
    enum status status = add_ids(db, QUERY_SERVICES_OF_LOCATION, owner, list);
    return status == STATUS_OK ? add_ids(db, QUERY_SERVICES_OF_ORGANIZATION, owner, list) : status;
}

static enum status add_of_owned(struct db *db, enum query_id query, const struct uuid *record,
                                struct id_list *list)
{
    struct id_list owners = {0};
    enum status status = add_ids(db, query, record, &owners);
    for (size_t i = 0; status == STATUS_OK && i < owners.count; i++)
        status = add_of_owner(db, &owners.rows[i], list);
    free(owners.rows);
    return status;
}

static enum status add_touched(struct db *db, enum record_kind kind, const struct uuid *record,
                               struct id_list *list)
{
    switch (kind) {
    case RECORD_SERVICE:
        id_add(list, record);
        return STATUS_OK;
    case RECORD_ORGANIZATION:
        return add_ids(db, QUERY_SERVICES_OF_ORGANIZATION, record, list);
    case RECORD_LOCATION:
        return add_ids(db, QUERY_SERVICES_OF_LOCATION, record, list);
    case RECORD_SERVICE_AT_LOCATION:
        return add_ids(db, QUERY_SERVICE_OF_SERVICE_AT_LOCATION, record, list);
    case RECORD_SERVICE_AREA:
        return add_ids(db, QUERY_SERVICE_OF_SERVICE_AREA, record, list);
    case RECORD_PHONE:
        return add_of_owned(db, QUERY_OWNER_OF_PHONE, record, list);
    case RECORD_SCHEDULE:
        return add_of_owned(db, QUERY_OWNER_OF_SCHEDULE, record, list);
    case RECORD_ACCESSIBILITY:
        return add_of_owned(db, QUERY_OWNER_OF_ACCESSIBILITY, record, list);
    case RECORD_TERM_LINK:
        return add_ids(db, QUERY_RECORD_OF_TERM_LINK, record, list);
    default:
        return STATUS_OK;
    }
}

/* --- one change ----------------------------------------------------------------------------------
 */

static struct removed *add_removed(struct search *s)
{
    if (s->removed_count == s->removed_room) {
        s->removed_room = s->removed_room ? s->removed_room * 2 : 16;
        s->removed = mem_realloc(s->removed, s->removed_room, sizeof *s->removed);
    }
    struct removed *r = &s->removed[s->removed_count++];
    *r = (struct removed){0};
    return r;
}

/* Notes the row of a service that is in the index. */
static enum status note_row(struct db *db, const struct uuid *service, struct removed **ret_removed)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_ROW_OF_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", service);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row) {
        struct removed *r = add_removed(search_cache(db));
        r->service = *service;
        r->docid = sqlite3_column_int64(s, 0);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            r->order[lang] = sqlite3_column_int64(s, 1 + lang);
            r->name[lang] = mem_strdup(column_text(s, 3 + lang));
        }
        *ret_removed = r;
    }
    sqlite3_reset(s);
    return status == STATUS_OK && !row ? STATUS_NOT_FOUND : status;
}

static enum status take_out(struct db *db, const struct uuid *service)
{
    struct removed *r = NULL;
    struct doc doc = {0};
    enum status status = note_row(db, service, &r);
    if (status == STATUS_OK)
        status = doc_load(db, service, &doc);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    doc.docid = r->docid;
    status = doc_take(db, &doc);
    doc_release(&doc);
    return status;
}

static enum status next_docid(struct db *db, int64_t *ret_docid)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_ROW_LAST, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK)
        *ret_docid = (row ? sqlite3_column_int64(s, 0) : 0) + 1;
    sqlite3_reset(s);
    int64_t least = 0;
    if (status == STATUS_OK)
        status = db_meta_int(db, SEARCH_DOCID, &least);
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status == STATUS_OK && *ret_docid < least)
        *ret_docid = least;
    return status;
}

/* The same row and places as before where the names are the same. */
static enum status place(struct db *db, struct doc *doc)
{
    struct search *s = search_cache(db);
    const struct removed *r = NULL;
    for (size_t i = 0; i < s->removed_count; i++)
        if (uuid_equal(&s->removed[i].service, &doc->service))
            r = &s->removed[i];
    enum status status = STATUS_OK;
    if (r)
        doc->docid = r->docid;
    else
        status = next_docid(db, &doc->docid);
    if (r && strcmp(r->name[LANG_KM], doc->name[LANG_KM]) == 0 &&
        strcmp(r->name[LANG_EN], doc->name[LANG_EN]) == 0) {
        memcpy(doc->order, r->order, sizeof doc->order);
        return status;
    }
    return status == STATUS_OK ? order_place(db, doc) : status;
}

static enum status put_in(struct db *db, const struct uuid *service)
{
    struct doc doc = {0};
    enum status status = doc_load(db, service, &doc);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = place(db, &doc);
    if (status == STATUS_OK)
        status = doc_put(db, &doc);
    doc_release(&doc);
    return status;
}

/* True for the kinds that belong to a service through another record they point to. */
static bool is_part(enum record_kind kind)
{
    return kind == RECORD_SERVICE_AT_LOCATION || kind == RECORD_SERVICE_AREA ||
           kind == RECORD_PHONE || kind == RECORD_SCHEDULE || kind == RECORD_TERM_LINK ||
           kind == RECORD_ACCESSIBILITY;
}

enum status index_remove(struct db *db, enum record_kind kind, const struct uuid *record,
                         const struct uuid *targets, size_t target_count)
{
    if (db->born || db->outer)
        return STATUS_OK;
    struct id_list list = {0};
    search_removed_clear(search_cache(db));
    enum status status = search_refresh(db);
    if (status == STATUS_OK)
        status = add_touched(db, kind, record, &list);
    for (size_t i = 0; is_part(kind) && status == STATUS_OK && i < target_count; i++)
        status = add_of_owner(db, &targets[i], &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++)
        status = take_out(db, &list.rows[i]);
    free(list.rows);
    return status;
}

enum status index_add(struct db *db, enum record_kind kind, const struct uuid *record)
{
    if (db->born || db->outer)
        return STATUS_OK;
    struct id_list list = {0};
    struct search *s = search_cache(db);
    for (size_t i = 0; i < s->removed_count; i++)
        id_add(&list, &s->removed[i].service);
    enum status status = add_touched(db, kind, record, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++)
        status = put_in(db, &list.rows[i]);
    search_removed_clear(s);
    free(list.rows);
    return status;
}
