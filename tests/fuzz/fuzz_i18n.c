/* libFuzzer entry for i18n/: the first byte chooses the columns, the rest is the text. Built alone
 * with clang -fsanitize=fuzzer,address,undefined; the corpus is replayed by tests/i18n/test_fuzz.c.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz_i18n.h"
#include "tests/i18n/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sorter *sorter; /* as the fuzzer has no end to free it at */
    if (!sorter) {
        if (!width_init())
            abort();
        sorter = sorter_new();
    }
    if (!size)
        return 0;
    const char *broken = check_all(sorter, (const char *)data + 1, size - 1, 1 + data[0] % 32);
    if (broken) {
        fprintf(stderr, "broken: %s\n", broken);
        abort();
    }
    return 0;
}
