/* The postings of all services at once. Documents come in order; those of one chunk are gathered in
 * memory, each chunk's postings then wait in the order of their words (in a file without a name
 * when they are many), and at the end the words get their numbers in order and the chunks are
 * merged, so that the tables are written from their beginning to their end. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"

enum { RUN_BYTES = 32 << 20 }; /* of finished chunks in memory */

struct word {
    size_t at, len; /* in words */
    uint64_t hash;
    uint16_t *docs; /* of the present chunk */
    uint32_t count, room;
    int64_t n; /* services in all chunks */
};

/* The postings of one chunk in the order of their words: word (4 bytes), length (4 bytes), posting.
 */
struct run {
    size_t chunk;
    struct text bytes;
    FILE *file; /* instead of bytes */
    size_t at;
};

struct bulk {
    struct text words;
    struct word *rows;
    size_t count, room;
    uint32_t *slots; /* row + 1 by hash; a power of two */
    size_t slot_count;
    int64_t chunk; /* being gathered; -1 none */
    struct run *runs;
    size_t run_count, run_room, run_bytes;
};

struct bulk *bulk_new(void)
{
    struct bulk *b = mem_zalloc(1, sizeof *b);
    text_init(&b->words);
    b->slot_count = 1 << 14;
    b->slots = mem_zalloc(b->slot_count, sizeof *b->slots);
    b->chunk = -1;
    return b;
}

void bulk_free(struct bulk *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->count; i++)
        free(b->rows[i].docs);
    for (size_t i = 0; i < b->run_count; i++) {
        text_release(&b->runs[i].bytes);
        if (b->runs[i].file)
            fclose(b->runs[i].file);
    }
    text_release(&b->words);
    free(b->rows);
    free(b->slots);
    free(b->runs);
    free(b);
}

/* --- gathering -----------------------------------------------------------------------------------
 */

static uint64_t hash_of(const char *word, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)word[i]) * 0x100000001b3u;
    return hash ^ hash >> 29;
}

static uint32_t *slot_of(const struct bulk *b, const char *word, size_t len, uint64_t hash)
{
    size_t at = (size_t)hash & (b->slot_count - 1);
    for (;; at = (at + 1) & (b->slot_count - 1)) {
        if (!b->slots[at])
            return &b->slots[at];
        const struct word *row = &b->rows[b->slots[at] - 1];
        if (row->hash == hash && row->len == len &&
            memcmp(b->words.bytes + row->at, word, len) == 0)
            return &b->slots[at];
    }
}

static void grow_slots(struct bulk *b)
{
    free(b->slots);
    b->slot_count *= 2;
    b->slots = mem_zalloc(b->slot_count, sizeof *b->slots);
    for (size_t i = 0; i < b->count; i++) {
        size_t at = (size_t)b->rows[i].hash & (b->slot_count - 1);
        while (b->slots[at])
            at = (at + 1) & (b->slot_count - 1);
        b->slots[at] = (uint32_t)i + 1;
    }
}

static struct word *find_word(struct bulk *b, const char *word, size_t len)
{
    uint64_t hash = hash_of(word, len);
    uint32_t *slot = slot_of(b, word, len, hash);
    if (*slot)
        return &b->rows[*slot - 1];
    if (b->count == b->room) {
        b->room = b->room ? b->room * 2 : 4096;
        b->rows = mem_realloc(b->rows, b->room, sizeof *b->rows);
    }
    b->rows[b->count] = (struct word){.at = b->words.len, .len = len, .hash = hash};
    text_add(&b->words, word, len);
    *slot = (uint32_t)++b->count;
    if (b->count * 2 > b->slot_count)
        grow_slots(b);
    return &b->rows[b->count - 1];
}

static void add_doc(struct word *word, uint16_t doc)
{
    if (word->count == word->room) {
        word->room = word->room ? word->room * 2 : 4;
        word->docs = mem_realloc(word->docs, word->room, sizeof *word->docs);
    }
    word->docs[word->count++] = doc;
}

/* --- chunks that wait ----------------------------------------------------------------------------
 */

static int compare_words(const char *words, const struct word *a, const struct word *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(words + a->at, words + b->at, len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

/* Merge sort of row numbers by their words. */
static void sort(const struct bulk *b, uint32_t *rows, uint32_t *spare, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half;
    sort(b, rows, spare, half);
    sort(b, rows + half, spare, count - half);
    for (size_t i = 0; i < count; i++) {
        bool take_left =
            left < half && (right == count || compare_words(b->words.bytes, &b->rows[rows[left]],
                                                            &b->rows[rows[right]]) <= 0);
        spare[i] = take_left ? rows[left++] : rows[right++];
    }
    memcpy(rows, spare, count * sizeof *rows);
}

/* Rows in order of their words: all of them, or those of the present chunk. */
static uint32_t *sorted_rows(const struct bulk *b, bool present, size_t *ret_count)
{
    uint32_t *rows = mem_alloc((b->count + 1) * sizeof *rows);
    uint32_t *spare = mem_alloc((b->count + 1) * sizeof *spare);
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++)
        if (!present || b->rows[i].count)
            rows[count++] = (uint32_t)i;
    sort(b, rows, spare, count);
    free(spare);
    *ret_count = count;
    return rows;
}

static void make_run(struct bulk *b, struct text *out)
{
    size_t count;
    uint32_t *rows = sorted_rows(b, true, &count);
    struct text posting = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        struct word *word = &b->rows[rows[i]];
        posting_make(word->docs, word->count, &posting);
        uint32_t head[2] = {rows[i], (uint32_t)posting.len};
        text_add(out, (const char *)head, sizeof head);
        text_add(out, posting.bytes, posting.len);
        word->n += word->count;
        word->count = 0;
    }
    text_release(&posting);
    free(rows);
}

static enum status fail(struct db *db)
{
    enum status status = errno == ENOSPC || errno == EDQUOT ? STATUS_FULL : STATUS_IO;
    return db_refuse(db, status, "making the index: %s", strerror(errno));
}

static enum status move_to_file(struct db *db, struct run *run)
{
    run->file = tmpfile();
    if (!run->file || fwrite(run->bytes.bytes, 1, run->bytes.len, run->file) != run->bytes.len ||
        fflush(run->file))
        return fail(db);
    rewind(run->file);
    text_release(&run->bytes);
    return STATUS_OK;
}

static enum status end_chunk(struct db *db, struct bulk *b)
{
    if (b->chunk < 0)
        return STATUS_OK;
    if (b->run_count == b->run_room) {
        b->run_room = b->run_room ? b->run_room * 2 : 16;
        b->runs = mem_realloc(b->runs, b->run_room, sizeof *b->runs);
    }
    struct run *run = &b->runs[b->run_count++];
    *run = (struct run){.chunk = (size_t)b->chunk, .bytes = TEXT_INIT};
    make_run(b, &run->bytes);
    b->chunk = -1;
    b->run_bytes += run->bytes.len;
    return b->run_bytes > RUN_BYTES ? move_to_file(db, run) : STATUS_OK;
}

enum status bulk_add(struct db *db, struct bulk *b, const struct doc *doc)
{
    int64_t chunk = doc->docid >> CHUNK_BITS;
    enum status status = chunk == b->chunk ? STATUS_OK : end_chunk(db, b);
    if (status != STATUS_OK)
        return status;
    b->chunk = chunk;
    for (const char *p = doc->tokens.bytes; *p;) {
        size_t len = strcspn(p, " ");
        add_doc(find_word(b, p, len), (uint16_t)(doc->docid & (CHUNK_DOCS - 1)));
        p += len + (p[len] == ' ');
    }
    return STATUS_OK;
}

/* --- writing -------------------------------------------------------------------------------------
 */

/* Before a posting of a run; row UINT32_MAX at its end. */
struct head {
    uint32_t row, len;
};

static enum status take(struct db *db, struct run *run, void *out, size_t len)
{
    if (run->file)
        return fread(out, 1, len, run->file) == len ? STATUS_OK : fail(db);
    memcpy(out, run->bytes.bytes + run->at, len);
    run->at += len;
    return STATUS_OK;
}

static enum status next_head(struct db *db, struct run *run, struct head *head)
{
    if (run->file) {
        int c = getc(run->file);
        if (c == EOF) {
            *head = (struct head){UINT32_MAX, 0};
            return ferror(run->file) ? fail(db) : STATUS_OK;
        }
        ungetc(c, run->file);
    } else if (run->at == run->bytes.len) {
        *head = (struct head){UINT32_MAX, 0};
        return STATUS_OK;
    }
    return take(db, run, head, sizeof *head);
}

static enum status write_posting(struct db *db, struct run *run, const struct head *head,
                                 int64_t id)
{
    unsigned char docs[POSTING_MAP];
    sqlite3_stmt *s;
    enum status status = take(db, run, docs, head->len);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_POSTING_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":key", id << CHUNK_BITS | (int64_t)run->chunk);
    bind_blob(s, ":docs", docs, head->len);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

static enum status write_word(struct db *db, const struct bulk *b, const struct word *word,
                              int64_t id)
{
    sqlite3_stmt *s;
    const char *bytes = b->words.bytes + word->at;
    enum status status = db_query(db, QUERY_WORD_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", bytes, word->len);
    bind_int(s, ":id", id);
    bind_int(s, ":n", *bytes == 'N' || *bytes == 'T' ? 0 : word->n);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

/* Every run is in the order of words too: the next posting of a word is at the front of its run. */
static enum status merge(struct db *db, struct bulk *b, const uint32_t *rows)
{
    struct head *heads = mem_zalloc(b->run_count + 1, sizeof *heads);
    enum status status = STATUS_OK;
    for (size_t r = 0; status == STATUS_OK && r < b->run_count; r++)
        status = next_head(db, &b->runs[r], &heads[r]);
    for (size_t i = 0; status == STATUS_OK && i < b->count; i++) {
        status = write_word(db, b, &b->rows[rows[i]], (int64_t)i + 1);
        for (size_t r = 0; status == STATUS_OK && r < b->run_count; r++) {
            if (heads[r].row != rows[i])
                continue;
            status = write_posting(db, &b->runs[r], &heads[r], (int64_t)i + 1);
            if (status == STATUS_OK)
                status = next_head(db, &b->runs[r], &heads[r]);
        }
    }
    free(heads);
    return status;
}

enum status bulk_write(struct db *db, struct bulk *b)
{
    size_t count;
    enum status status = end_chunk(db, b);
    if (status != STATUS_OK)
        return status;
    uint32_t *rows = sorted_rows(b, false, &count);
    status = merge(db, b, rows);
    free(rows);
    return status;
}
