/* The entry point libFuzzer calls; returns 0, and aborts where something is broken. */
#ifndef TESTS_FUZZ_FUZZ_SEARCH_H
#define TESTS_FUZZ_FUZZ_SEARCH_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
