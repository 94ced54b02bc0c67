/* Rows of the index and names of organizations, as they were read; see search_row.h. */
#include "db/search_row.h"

#include <string.h>

#include "db/internal.h"
#include "db/search_memory.h"
#include "i18n/key.h"

/* Columns of row_of_docid. */
enum {
    ROW_DOCID,
    ROW_SERVICE,
    ROW_ORGANIZATION,
    ROW_NAME_KM,
    ROW_NAME_EN,
    ROW_KEY_KM,
    ROW_KEY_EN,
    ROW_WORDS,
    ROW_TYPES,
    ROW_LOCATED,
    ROW_COVERS,
    ROW_PHONES,
    ROW_VERIFIED,
    ROW_KINDS,
    ROW_FACETS,
    ROW_ORDER_KM,
    ROW_ORDER_EN,
};

/* --- rows ----------------------------------------------------------------------------------------
 */

static const char *copy(struct arena *arena, sqlite3_stmt *s, int column)
{
    const char *text = column_text(s, column);
    return arena_strndup(arena, text, (size_t)sqlite3_column_bytes(s, column));
}

static struct row_key read_key(struct arena *arena, sqlite3_stmt *s, int column, const char *name)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return (struct row_key){name, strlen(name), true};
    const char *key = copy(arena, s, column);
    return (struct row_key){key, strlen(key), false};
}

static void read_row(struct arena *arena, sqlite3_stmt *s, struct row *row)
{
    row->docid = sqlite3_column_int64(s, ROW_DOCID);
    (void)column_id(s, ROW_SERVICE, &row->service);
    row->has_organization = column_id(s, ROW_ORGANIZATION, &row->organization);
    row->name[LANG_KM] = copy(arena, s, ROW_NAME_KM);
    row->name[LANG_EN] = copy(arena, s, ROW_NAME_EN);
    row->key[LANG_KM] = read_key(arena, s, ROW_KEY_KM, row->name[LANG_KM]);
    row->key[LANG_EN] = read_key(arena, s, ROW_KEY_EN, row->name[LANG_EN]);
    const void *starts = sqlite3_column_blob(s, ROW_WORDS);
    row->start_count = (size_t)sqlite3_column_bytes(s, ROW_WORDS);
    if (row->start_count)
        row->starts = (const unsigned char *)arena_strndup(arena, starts, row->start_count);
    row->types = copy(arena, s, ROW_TYPES);
    row->located = copy(arena, s, ROW_LOCATED);
    row->covers = copy(arena, s, ROW_COVERS);
    row->phones = copy(arena, s, ROW_PHONES);
    row->verified = sqlite3_column_int64(s, ROW_VERIFIED);
    row->kinds = (uint64_t)sqlite3_column_int64(s, ROW_KINDS);
    row->facets = sqlite3_column_int64(s, ROW_FACETS);
    row->order[LANG_KM] = sqlite3_column_int64(s, ROW_ORDER_KM);
    row->order[LANG_EN] = sqlite3_column_int64(s, ROW_ORDER_EN);
}

enum status row_get(struct db *db, int64_t docid, const struct row **ret_row)
{
    struct search *search = search_cache(db);
    *ret_row = memory_get(search, MEMORY_ROW, &docid, sizeof docid);
    if (*ret_row)
        return STATUS_OK;
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_ROW_OF_DOCID, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", docid);
    status = db_step(db, s, &there);
    if (status == STATUS_OK && there) {
        struct arena *arena;
        struct row *row = memory_put(search, MEMORY_ROW, &docid, sizeof docid, sizeof *row, &arena);
        read_row(arena, s, row);
        *ret_row = row;
    }
    sqlite3_reset(s);
    return status;
}

/* --- organizations -------------------------------------------------------------------------------
 */

/* Names, then abbreviations, which are also typed without their dots. */
static char *keys_of(const char *const names[], size_t count, struct arena *arena)
{
    struct text keys = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i];
        key_make(&keys, name, strlen(name), KEY_STRICT);
        text_addc(&keys, '\n');
        for (; i >= LANG_COUNT && *name; name++)
            if (*name != '.')
                text_addc(&keys, *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name);
        text_addc(&keys, '\n');
    }
    char *kept = arena_strndup(arena, keys.bytes, keys.len);
    text_release(&keys);
    return kept;
}

static void read_owner(struct arena *arena, sqlite3_stmt *s, struct owner *owner)
{
    const char *names[2 * LANG_COUNT];
    for (int i = 0; i < 2 * LANG_COUNT; i++)
        names[i] = s ? copy(arena, s, i) : "";
    memcpy(owner->name, names, sizeof owner->name);
    memcpy(owner->abbreviation, names + LANG_COUNT, sizeof owner->abbreviation);
    owner->keys = s ? keys_of(names, 2 * LANG_COUNT, arena) : "";
}

enum status owner_get(struct db *db, const struct uuid *id, const struct owner **ret_owner)
{
    struct search *search = search_cache(db);
    *ret_owner = memory_get(search, MEMORY_OWNER, id, sizeof *id);
    if (*ret_owner)
        return STATUS_OK;
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_ORGANIZATION_NAMES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    status = db_step(db, s, &there);
    if (status == STATUS_OK) {
        struct arena *arena;
        struct owner *owner =
            memory_put(search, MEMORY_OWNER, id, sizeof *id, sizeof *owner, &arena);
        read_owner(arena, there ? s : NULL, owner);
        *ret_owner = owner;
    }
    sqlite3_reset(s);
    return status;
}

/* --- how they sound ------------------------------------------------------------------------------
 */

static const struct sound_text *sounds_of(struct db *db, enum memory_sort sort, const void *key,
                                          size_t len, const char *const texts[], size_t count)
{
    struct search *search = search_cache(db);
    struct sound_text *sounds = memory_get(search, sort, key, len);
    if (sounds)
        return sounds;
    struct arena *arena;
    sounds = memory_put(search, sort, key, len, count * sizeof *sounds, &arena);
    for (size_t i = 0; i < count; i++)
        sounds[i] = sound_text_make(arena, texts[i]);
    return sounds;
}

const struct sound_text *row_sounds(struct db *db, const struct row *row)
{
    return sounds_of(db, MEMORY_SOUND, &row->docid, sizeof row->docid, row->name, LANG_COUNT);
}

const struct sound_text *owner_sound(struct db *db, const struct uuid *id,
                                     const struct owner *owner)
{
    return sounds_of(db, MEMORY_CALLED, id, sizeof *id, &owner->keys, 1);
}
