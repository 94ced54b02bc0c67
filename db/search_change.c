/* Changes of postings: collected for each document put in or taken out, and written together, so
 * that what a change leaves as it was is never touched. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_set.h"

enum { STEPS_MOST = 1 << 20 }; /* more of them are written before the end of the transaction */

struct step {
    size_t word, len; /* in words */
    int64_t docid;
    int put; /* 1, -1 */
};

struct pending {
    struct text words;
    struct step *steps;
    size_t count, room;
    int64_t next_id; /* of a new word; 0: not looked up */
};

void change_forget(struct search *s)
{
    if (!s->pending)
        return;
    text_clear(&s->pending->words);
    s->pending->count = 0;
    s->pending->next_id = 0;
}

void change_free(struct search *s)
{
    if (!s->pending)
        return;
    text_release(&s->pending->words);
    free(s->pending->steps);
    free(s->pending);
    s->pending = NULL;
}

static struct pending *pending_of(struct db *db)
{
    struct search *s = search_cache(db);
    if (!s->pending) {
        s->pending = mem_zalloc(1, sizeof *s->pending);
        text_init(&s->pending->words);
    }
    return s->pending;
}

enum status change_tokens(struct db *db, const struct doc *doc, bool put)
{
    struct pending *p = pending_of(db);
    size_t base = p->words.len;
    const char *tokens = doc->tokens.bytes;
    text_add(&p->words, tokens, doc->tokens.len);
    for (size_t at = 0; tokens[at];) {
        size_t len = strcspn(tokens + at, " ");
        if (p->count == p->room) {
            p->room = p->room ? p->room * 2 : 1024;
            p->steps = mem_realloc(p->steps, p->room, sizeof *p->steps);
        }
        p->steps[p->count++] = (struct step){base + at, len, doc->docid, put ? 1 : -1};
        at += len + (tokens[at + len] == ' ');
    }
    return p->count > STEPS_MOST ? change_flush(db) : STATUS_OK;
}

/* --- putting in order ----------------------------------------------------------------------------
 */

static int compare_words(const char *words, const struct step *a, const struct step *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(words + a->word, words + b->word, len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare(const char *words, const struct step *a, const struct step *b)
{
    int order = compare_words(words, a, b);
    return order ? order : (a->docid > b->docid) - (a->docid < b->docid);
}

/* Merge sort of the numbers of steps: by word, then by document. */
static void sort(const struct pending *p, size_t *rows, size_t *spare, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half;
    sort(p, rows, spare, half);
    sort(p, rows + half, spare, count - half);
    for (size_t i = 0; i < count; i++) {
        bool take_left =
            left < half && (right == count || compare(p->words.bytes, &p->steps[rows[left]],
                                                      &p->steps[rows[right]]) <= 0);
        spare[i] = take_left ? rows[left++] : rows[right++];
    }
    memcpy(rows, spare, count * sizeof *rows);
}

/* In order; what was taken out and put in again is gone. */
static void settle(struct pending *p)
{
    size_t *rows = mem_alloc((p->count + 1) * sizeof *rows);
    size_t *spare = mem_alloc((p->count + 1) * sizeof *spare);
    struct step *kept = mem_alloc((p->count + 1) * sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++)
        rows[i] = i;
    sort(p, rows, spare, p->count);
    for (size_t i = 0; i < p->count;) {
        struct step sum = p->steps[rows[i]];
        for (i++; i < p->count && compare(p->words.bytes, &sum, &p->steps[rows[i]]) == 0; i++)
            sum.put += p->steps[rows[i]].put;
        if (sum.put)
            kept[count++] = sum;
    }
    free(rows);
    free(spare);
    free(p->steps);
    p->steps = kept;
    p->room = p->count + 1;
    p->count = count;
}

/* --- writing -------------------------------------------------------------------------------------
 */

static enum status last_id(struct db *db, int64_t *ret_id)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_POSTING_LAST, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK)
        *ret_id = row ? sqlite3_column_int64(s, 0) >> CHUNK_BITS : 0;
    sqlite3_reset(s);
    return status;
}

static bool is_counted(char space)
{
    return space != 'N' && space != 'T';
}

static enum status new_word(struct db *db, struct pending *p, const struct step *step,
                            int64_t *ret_id)
{
    sqlite3_stmt *s;
    enum status status = STATUS_OK;
    if (!p->next_id)
        status = last_id(db, &p->next_id);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_WORD_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", p->words.bytes + step->word, step->len);
    bind_int(s, ":id", ++p->next_id);
    bind_int(s, ":n", 0);
    *ret_id = p->next_id;
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

static enum status word_id(struct db *db, struct pending *p, const struct step *step,
                           int64_t *ret_id)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_WORD_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", p->words.bytes + step->word, step->len);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        *ret_id = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return status == STATUS_OK && !row ? new_word(db, p, step, ret_id) : status;
}

static enum status put_posting(struct db *db, int64_t key, const struct text *docs)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, docs->len ? QUERY_POSTING_PUT : QUERY_POSTING_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":key", key);
    if (docs->len)
        bind_blob(s, ":docs", docs->bytes, docs->len);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

/* Steps of one word in one chunk. */
static enum status write_chunk(struct db *db, int64_t key, const struct step *steps, size_t count,
                               int *change)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_POSTING_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":key", key);
    status = db_step(db, s, &row);
    if (status != STATUS_OK)
        return status;
    struct posting_step *moves = mem_alloc(count * sizeof *moves);
    struct text docs = TEXT_INIT;
    int more;
    for (size_t i = 0; i < count; i++)
        moves[i] =
            (struct posting_step){(uint16_t)(steps[i].docid & (CHUNK_DOCS - 1)), steps[i].put > 0};
    const unsigned char *bytes = row ? sqlite3_column_blob(s, 0) : NULL;
    bool right = posting_change(bytes, row ? (size_t)sqlite3_column_bytes(s, 0) : 0, moves, count,
                                &docs, &more);
    sqlite3_reset(s);
    free(moves);
    status = right ? put_posting(db, key, &docs)
                   : db_refuse(db, STATUS_CORRUPT, "a posting of the index cannot be read");
    text_release(&docs);
    *change += right ? more : 0;
    return status;
}

static enum status is_used(struct db *db, int64_t id, bool *ret_used)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_POSTING_ANY, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":low", id << CHUNK_BITS);
    bind_int(s, ":high", (id + 1) << CHUNK_BITS);
    status = db_step(db, s, ret_used);
    sqlite3_reset(s);
    return status;
}

/* How often the word is there now; gone when in no service. */
static enum status note_word(struct db *db, const struct pending *p, const struct step *step,
                             int64_t id, int change)
{
    sqlite3_stmt *s;
    const char *word = p->words.bytes + step->word;
    bool used = true;
    enum status status = change < 0 ? is_used(db, id, &used) : STATUS_OK;
    if (status != STATUS_OK || (used && (!change || !is_counted(*word))))
        return status;
    status = db_query(db, used ? QUERY_WORD_COUNT : QUERY_WORD_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", word, step->len);
    if (used)
        bind_int(s, ":step", change);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

/* Steps of one word. */
static enum status write_word(struct db *db, struct pending *p, const struct step *steps,
                              size_t count)
{
    int64_t id = 0;
    int change = 0;
    enum status status = word_id(db, p, steps, &id);
    for (size_t from = 0, end; status == STATUS_OK && from < count; from = end) {
        int64_t chunk = steps[from].docid >> CHUNK_BITS;
        for (end = from + 1; end < count && steps[end].docid >> CHUNK_BITS == chunk;)
            end++;
        status = write_chunk(db, id << CHUNK_BITS | chunk, steps + from, end - from, &change);
    }
    return status == STATUS_OK ? note_word(db, p, steps, id, change) : status;
}

enum status change_flush(struct db *db)
{
    struct pending *p = db->search ? db->search->pending : NULL;
    if (!p || !p->count)
        return STATUS_OK;
    enum status status = STATUS_OK;
    settle(p);
    for (size_t from = 0, end; status == STATUS_OK && from < p->count; from = end) {
        for (end = from + 1;
             end < p->count && compare_words(p->words.bytes, &p->steps[from], &p->steps[end]) == 0;)
            end++;
        status = write_word(db, p, p->steps + from, end - from);
    }
    change_forget(db->search);
    sets_forget(db->search);
    return status;
}

enum status search_write_changes(struct db *db)
{
    return change_flush(db);
}

void search_forget_changes(struct db *db)
{
    if (!db->search)
        return;
    change_forget(db->search);
    sets_forget(db->search);
}
