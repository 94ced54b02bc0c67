/* The entry point libFuzzer calls; returns 0, and aborts where a property is broken. */
#ifndef TESTS_FUZZ_FUZZ_I18N_H
#define TESTS_FUZZ_FUZZ_I18N_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
