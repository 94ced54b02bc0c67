/* Shared by the tests of this folder: cmocka, text from code points, and a random source that gives
 * the same sequence everywhere. */
#ifndef TESTS_I18N_SUPPORT_H
#define TESTS_I18N_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "i18n/mem.h"

/* The file of the source tree with this name; the tests start in its top folder. */
static inline FILE *open_source(const char *name)
{
    const char *top = getenv("CPDIR_TOP");
    struct text path = TEXT_INIT;
    text_addf(&path, "%s/%s", top ? top : ".", name);
    FILE *f = fopen(path.bytes, "r");
    if (!f)
        fail_msg("cannot open %s", path.bytes);
    text_release(&path);
    return f;
}

#define assert_text(t, want)                                                                       \
    do {                                                                                           \
        assert_string_equal((t).bytes, want);                                                      \
        assert_int_equal((t).len, strlen(want));                                                   \
    } while (0)

#endif
