/* Memory: allocation that never returns NULL, growing text and arenas. Running out of memory calls
 * one hook (the program restores the terminal there) and ends the process with status 5. */
#ifndef I18N_MEM_H
#define I18N_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <uchar.h>

/* The hook is called once, with nothing allocated any more; it must not allocate. NULL = none. */
void mem_set_oom_hook(void (*hook)(void));

/* As malloc, calloc, realloc, strdup and strndup, but they never return NULL. Sizes in bytes. The
 * caller frees with free(). */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *mem_zalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *mem_realloc(void *old, size_t count, size_t size) __attribute__((returns_nonnull));
char *mem_strdup(const char *text) __attribute__((malloc, returns_nonnull));
char *mem_strndup(const char *text, size_t len) __attribute__((malloc, returns_nonnull));

/* A growing, always NUL-terminated byte string. `bytes` is never NULL after text_init. */
struct text {
    char *bytes;
    size_t len; /* bytes, without the NUL */
    size_t room;
};

#define TEXT_INIT                                                                                  \
    {                                                                                              \
        (char *)"", 0, 0                                                                           \
    }

void text_init(struct text *t);
void text_release(struct text *t); /* back to the state after text_init */
void text_clear(struct text *t);   /* keeps the storage */
void text_add(struct text *t, const char *bytes, size_t len);
void text_adds(struct text *t, const char *s);
void text_addc(struct text *t, char c);
void text_addcp(struct text *t, char32_t cp); /* as UTF-8 */
void text_addf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `more` bytes (and the NUL) after len; they may then be written directly. */
void text_reserve(struct text *t, size_t more);
void text_truncate(struct text *t, size_t len);          /* len <= t->len */
void text_remove(struct text *t, size_t at, size_t len); /* at + len <= t->len */
void text_insert(struct text *t, size_t at, const char *bytes, size_t len);
/* The bytes as an owned C string (free()); the text is empty afterwards. */
char *text_take(struct text *t);

/* Many small allocations freed at once. Zeroed struct = empty arena. */
struct arena_block;
struct arena {
    struct arena_block *blocks;
};

void *arena_alloc(struct arena *a, size_t size)
    __attribute__((returns_nonnull));               /* zeroed, aligned */
char *arena_strdup(struct arena *a, const char *s); /* NULL stays NULL */
char *arena_strndup(struct arena *a, const char *s, size_t len) __attribute__((returns_nonnull));
/* As realloc for an array of `count` items of `size` bytes growing by one; *room is kept by it. */
void *arena_grow(struct arena *a, void *items, size_t count, size_t *room, size_t size)
    __attribute__((returns_nonnull));
void arena_release(struct arena *a);

#endif
