/* Escape sequences that are no key: the late answer of a terminal, which must not act as Esc and
 * some letters. Knows nothing of where the bytes come from. */
#ifndef TUI_SEQUENCE_H
#define TUI_SEQUENCE_H

#include <stdbool.h>

/* key came after ESC: *kind becomes the kind of sequence it begins, 0 where it begins none. */
void sequence_begin(char *kind, int key);

/* The next byte, or a key as a number above 255; true: it belongs to the sequence, up to its final
 * byte, or to BEL or ESC \ of a string; then *kind is 0 again. A key is none of it and does not end
 * it: a new size of the screen may come amid a slow answer. */
bool sequence_take(char *kind, int key);

#endif
