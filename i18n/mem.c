/* Memory helpers; see mem.h. Knows nothing of text beyond bytes. */
#include "i18n/mem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"

enum { ARENA_BLOCK = 16 * 1024, EXIT_NO_MEMORY = 5 };

static void (*oom_hook)(void);

void mem_set_oom_hook(void (*hook)(void))
{
    oom_hook = hook;
}

static _Noreturn void out_of_memory(void)
{
    if (oom_hook)
        oom_hook();
    fputs("cpdir: out of memory\n", stderr);
    _Exit(EXIT_NO_MEMORY);
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    void *p = realloc(old, count && size ? count * size : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *mem_strndup(const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *mem_strdup(const char *text)
{
    return mem_strndup(text, strlen(text));
}

void text_init(struct text *t)
{
    *t = (struct text)TEXT_INIT;
}

void text_release(struct text *t)
{
    if (t->room)
        free(t->bytes);
    text_init(t);
}

void text_reserve(struct text *t, size_t more)
{
    if (more >= SIZE_MAX / 2 - t->len)
        out_of_memory();
    size_t need = t->len + more + 1;
    if (need <= t->room)
        return;
    size_t room = t->room ? t->room : 32;
    while (room < need)
        room *= 2;
    t->bytes = mem_realloc(t->room ? t->bytes : NULL, room, 1);
    t->bytes[t->len] = '\0';
    t->room = room;
}

void text_clear(struct text *t)
{
    t->len = 0;
    if (t->room)
        t->bytes[0] = '\0';
}

void text_add(struct text *t, const char *bytes, size_t len)
{
    if (!len)
        return;
    text_reserve(t, len);
    memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    t->bytes[t->len] = '\0';
}

void text_adds(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

void text_addc(struct text *t, char c)
{
    text_add(t, &c, 1);
}

void text_addcp(struct text *t, char32_t cp)
{
    char buf[UTF8_MAX];
    text_add(t, buf, utf8_encode(cp, buf));
}

void text_addf(struct text *t, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    text_reserve(t, (size_t)n);
    vsnprintf(t->bytes + t->len, (size_t)n + 1, format, again);
    va_end(again);
    t->len += (size_t)n;
}

void text_truncate(struct text *t, size_t len)
{
    assert(len <= t->len);
    t->len = len;
    if (t->room)
        t->bytes[len] = '\0';
}

void text_remove(struct text *t, size_t at, size_t len)
{
    assert(at <= t->len && len <= t->len - at);
    if (!len)
        return;
    memmove(t->bytes + at, t->bytes + at + len, t->len - at - len + 1);
    t->len -= len;
}

void text_insert(struct text *t, size_t at, const char *bytes, size_t len)
{
    assert(at <= t->len);
    if (!len)
        return;
    text_reserve(t, len);
    memmove(t->bytes + at + len, t->bytes + at, t->len - at + 1);
    memcpy(t->bytes + at, bytes, len);
    t->len += len;
}

char *text_take(struct text *t)
{
    text_reserve(t, 0);
    char *s = t->bytes;
    text_init(t);
    return s;
}

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t room;
    _Alignas(max_align_t) unsigned char data[];
};

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + align - 1) / align * align;
    struct arena_block *b = a->blocks;
    if (!b || b->room - b->used < size) {
        size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
        b = mem_alloc(sizeof *b + room);
        b->used = 0;
        b->room = room;
        b->next = a->blocks;
        a->blocks = b;
    }
    void *p = b->data + b->used;
    b->used += size;
    memset(p, 0, size);
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t bigger = *room ? *room * 2 : 8;
    if (bigger > SIZE_MAX / 2 / size)
        out_of_memory();
    void *grown = arena_alloc(a, bigger * size);
    if (count)
        memcpy(grown, items, count * size);
    *room = bigger;
    return grown;
}

void arena_release(struct arena *a)
{
    while (a->blocks) {
        struct arena_block *b = a->blocks;
        a->blocks = b->next;
        free(b);
    }
}
