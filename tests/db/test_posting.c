/* Sets of documents and their form in the file, against plain arrays. */
#include "seeded.h"

#include "db/posting.h"

enum { CHUNKS = 3, DOCS = CHUNKS * CHUNK_DOCS };

static uint64_t randomness = 0x2545F4914F6CDD1D;

static size_t below(size_t n)
{
    return random_below(&randomness, n);
}

/* Documents of one chunk: about one in `rare`. */
static size_t some_docs(uint16_t *docs, size_t rare)
{
    size_t count = 0;
    for (size_t i = 0; i < CHUNK_DOCS; i++) {
        if (below(rare) == 0) {
            docs[count++] = (uint16_t)i;
        }
    }
    return count;
}

static void assert_posting(const struct text *posting, const bool *in)
{
    struct set set = set_new(CHUNKS);
    size_t count = 0;
    assert_true(posting_or(&set, 1, (const unsigned char *)posting->bytes, posting->len));
    for (size_t i = 0; i < CHUNK_DOCS; i++) {
        count += in[i];
        assert_int_equal(set_has(&set, CHUNK_DOCS + i), in[i]);
    }
    assert_int_equal(set_count(&set), count);
    assert_int_equal(posting_count((const unsigned char *)posting->bytes, posting->len), count);
    assert_true(posting->len == 2 * count || (count > POSTING_FEW && posting->len == POSTING_MAP));
    set_release(&set);
}

static void a_posting_has_what_was_put_in(void **state)
{
    (void)state;
    uint16_t *docs = calloc(CHUNK_DOCS, sizeof *docs);
    bool *in = calloc(CHUNK_DOCS, sizeof *in);
    struct text posting = TEXT_INIT;
    const size_t rare[] = {1, 2, 15, 16, 17, 1000, 40000};
    for (size_t r = 0; r < sizeof rare / sizeof *rare; r++) {
        size_t count = some_docs(docs, rare[r]);
        memset(in, 0, CHUNK_DOCS);
        for (size_t i = 0; i < count; i++) {
            in[docs[i]] = true;
        }
        posting_make(docs, count, &posting);
        assert_posting(&posting, in);
    }
    text_release(&posting);
    free(docs);
    free(in);
}

/* Between list and map and back, in steps of many sizes. */
static void a_posting_follows_its_changes(void **state)
{
    (void)state;
    bool *in = calloc(CHUNK_DOCS, sizeof *in);
    struct posting_step *steps = calloc(CHUNK_DOCS, sizeof *steps);
    struct text posting = TEXT_INIT, next = TEXT_INIT;
    for (size_t round = 0; round < 60; round++) {
        bool mostly_put = round % 20 < 12;
        size_t count = 0, rare = round % 3 ? 30 : 4000;
        int before = 0, after = 0, change;
        for (size_t i = 0; i < CHUNK_DOCS; i++) {
            before += in[i];
            if (below(rare) == 0) {
                bool put = below(10) ? mostly_put : !mostly_put;
                steps[count++] = (struct posting_step){(uint16_t)i, put};
                in[i] = put;
            }
            after += in[i];
        }
        assert_true(posting_change((const unsigned char *)posting.bytes, posting.len, steps, count,
                                   &next, &change));
        assert_int_equal(change, after - before);
        assert_posting(&next, in);
        text_clear(&posting);
        text_add(&posting, next.bytes, next.len);
    }
    text_release(&posting);
    text_release(&next);
    free(steps);
    free(in);
}

static void what_is_no_posting_is_refused(void **state)
{
    (void)state;
    struct set set = set_new(1);
    struct text out = TEXT_INIT;
    unsigned char bytes[POSTING_MAP + 2] = {0};
    int change;
    assert_false(posting_or(&set, 0, bytes, 3));
    assert_false(posting_or(&set, 0, bytes, POSTING_MAP + 2));
    assert_false(posting_or(&set, 1, bytes, 2)); /* a chunk it does not have */
    assert_true(posting_or(&set, 0, bytes, 2 * POSTING_FEW));
    assert_false(posting_change(bytes, 1, NULL, 0, &out, &change));
    assert_int_equal(posting_count(bytes, 5), 0);
    text_release(&out);
    set_release(&set);
}

static void fill(struct set *set, bool *in, size_t rare)
{
    set_clear(set);
    for (size_t i = 0; i < DOCS; i++) {
        in[i] = below(rare) == 0;
        if (in[i]) {
            set_put(set, i);
        }
    }
}

static void sets_meet_and_part_as_their_members_do(void **state)
{
    (void)state;
    struct set a = set_new(CHUNKS), b = set_new(CHUNKS), out = set_new(CHUNKS);
    bool *in_a = calloc(DOCS, sizeof *in_a), *in_b = calloc(DOCS, sizeof *in_b);
    const size_t rare[] = {2, 50, 5000};
    for (size_t r = 0; r < 9; r++) {
        size_t both = 0, next = 0;
        fill(&a, in_a, rare[r / 3]);
        fill(&b, in_b, rare[r % 3]);
        set_meet(&out, &a, &b);
        for (size_t i = 0; i < DOCS; i++) {
            both += in_a[i] && in_b[i];
            assert_int_equal(set_has(&out, i), in_a[i] && in_b[i]);
        }
        assert_int_equal(set_count(&out), both);
        assert_int_equal(set_count_meet(&a, &b), both);
        assert_int_equal(set_is_empty(&out), both == 0);
        set_part(&out, &a, &b);
        set_or(&out, &b);
        for (size_t i = 0; i < DOCS; i++) {
            assert_int_equal(set_has(&out, i), in_a[i] || in_b[i]);
        }
        for (size_t i = 0; i < DOCS; i++) { /* members in order, none left out */
            if (in_a[i]) {
                assert_int_equal(set_next(&a, next), i);
                next = i + 1;
            }
        }
        assert_true(set_next(&a, next) == SIZE_MAX);
        assert_true(set_next(&a, DOCS) == SIZE_MAX);
        set_copy(&out, &a);
        assert_true(set_equal(&out, &a));
        set_put(&out, DOCS - 1);
        set_drop(&out, next / 2);
        for (size_t i = 0; i < DOCS; i++) {
            assert_int_equal(set_has(&out, i), i == DOCS - 1 || (in_a[i] && i != next / 2));
        }
        assert_int_equal(set_equal(&out, &a), in_a[DOCS - 1] && !in_a[next / 2]);
        set_copy(&out, &b);
        set_drop(&out, next / 3);
        set_and_either(&out, &a, &b);
        for (size_t i = 0; i < DOCS; i++) {
            assert_int_equal(set_has(&out, i), in_b[i] && i != next / 3);
        }
        set_and_either(&out, &a, &a);
        assert_int_equal(set_count(&out), both - (in_a[next / 3] && in_b[next / 3]));
        set_copy(&out, &a);
        set_and_not(&out, &b);
        set_and(&out, &b);
        assert_true(set_is_empty(&out));
    }
    set_release(&a);
    set_release(&b);
    set_release(&out);
    free(in_a);
    free(in_b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_posting_has_what_was_put_in),
        cmocka_unit_test(a_posting_follows_its_changes),
        cmocka_unit_test(what_is_no_posting_is_refused),
        cmocka_unit_test(sets_meet_and_part_as_their_members_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
