/* Growing text, arenas, and running out of memory. */
#include "tests/i18n/support.h"

#include <sys/wait.h>
#include <unistd.h>

static void a_new_text_is_an_empty_string(void **state)
{
    (void)state;
    struct text t;
    text_init(&t);
    assert_text(t, "");
    text_clear(&t);
    text_truncate(&t, 0);
    text_remove(&t, 0, 0);
    text_insert(&t, 0, "", 0);
    text_add(&t, NULL, 0);
    assert_text(t, "");
    text_release(&t);
    text_release(&t);
    assert_text(t, "");
}

static void text_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    for (int i = 0; i < 1000; i++) {
        text_addc(&t, (char)('a' + i % 26));
        assert_int_equal(t.bytes[t.len], '\0');
    }
    assert_int_equal(strlen(t.bytes), 1000);
    text_clear(&t);
    text_adds(&t, "ក");
    text_addcp(&t, 0x1781);
    text_addf(&t, " %d %s", 7, "x");
    assert_text(t, "កខ 7 x");
    text_release(&t);
}

static void text_is_changed_in_the_middle(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    text_adds(&t, "held");
    text_insert(&t, 3, "lo worl", 7);
    assert_text(t, "hello world");
    text_remove(&t, 5, 6);
    assert_text(t, "hello");
    text_insert(&t, 5, "!", 1);
    text_insert(&t, 0, ">", 1);
    text_remove(&t, 7, 0);
    assert_text(t, ">hello!");
    text_truncate(&t, 3);
    assert_text(t, ">he");
    text_release(&t);
}

static void reserved_room_keeps_the_text(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    text_adds(&t, "abc");
    text_reserve(&t, 5000);
    assert_text(t, "abc");
    assert_true(t.room > 5003);
    text_release(&t);
}

static void taken_text_belongs_to_the_taker(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    char *empty = text_take(&t);
    assert_string_equal(empty, "");
    free(empty);
    text_adds(&t, "abc");
    char *s = text_take(&t);
    assert_string_equal(s, "abc");
    assert_text(t, "");
    free(s);
}

static void copies_are_terminated(void **state)
{
    (void)state;
    char *a = mem_strdup("abc"), *b = mem_strndup("abcdef", 2);
    assert_string_equal(a, "abc");
    assert_string_equal(b, "ab");
    free(a);
    free(b);
    unsigned char *zero = mem_zalloc(3, 4);
    for (int i = 0; i < 12; i++)
        assert_int_equal(zero[i], 0);
    free(zero);
    free(mem_alloc(0));
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t size = 0; size < 40000; size = size * 2 + 1) {
        unsigned char *p = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        if (size)
            memset(p, 0xAA, size);
    }
    assert_string_equal(arena_strdup(&a, "abc"), "abc");
    assert_string_equal(arena_strndup(&a, "abcdef", 2), "ab");
    assert_null(arena_strdup(&a, NULL));
    arena_release(&a);
    arena_release(&a);
}

static void arrays_in_an_arena_grow(void **state)
{
    (void)state;
    struct arena a = {0};
    size_t room = 0;
    int *items = NULL;
    for (size_t n = 0; n < 5000; n++) {
        items = arena_grow(&a, items, n, &room, sizeof *items);
        items[n] = (int)n;
    }
    for (size_t n = 0; n < 5000; n++)
        assert_int_equal(items[n], (int)n);
    arena_release(&a);
}

static void say_sorry(void)
{
    ssize_t n = write(STDERR_FILENO, "hook", 4);
    (void)n;
}

/* A child asks for more than there can be; its status and what it wrote. */
static int run_out_of_memory(char *said, size_t room)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        mem_set_oom_hook(say_sorry);
        mem_realloc(NULL, SIZE_MAX / 2, 4);
        _exit(0);
    }
    close(ends[1]);
    size_t len = 0;
    for (ssize_t n; len + 1 < room && (n = read(ends[0], said + len, room - len - 1)) > 0;)
        len += (size_t)n;
    said[len] = '\0';
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void running_out_calls_the_hook_and_ends_with_5(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(run_out_of_memory(said, sizeof said), 5);
    assert_string_equal(said, "hookcpdir: out of memory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_text_is_an_empty_string),
        cmocka_unit_test(text_grows_and_stays_terminated),
        cmocka_unit_test(text_is_changed_in_the_middle),
        cmocka_unit_test(reserved_room_keeps_the_text),
        cmocka_unit_test(taken_text_belongs_to_the_taker),
        cmocka_unit_test(copies_are_terminated),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arrays_in_an_arena_grow),
        cmocka_unit_test(running_out_calls_the_hook_and_ends_with_5),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
