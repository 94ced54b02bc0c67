/* Private to i18n: reading what people type in number fields. */
#ifndef I18N_NUMBER_SCAN_H
#define I18N_NUMBER_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* White space, NBSP and ZWSP (the space bar of the Khmer keyboard). */
bool scan_is_space(char32_t cp);

/* Copies s to out (room bytes with the NUL) without white space at its ends and with Khmer digits
 * as ASCII ones. Returns the bytes; 0 when nothing is left, it does not fit, or anything but
 * printable ASCII and Khmer digits is in it. */
size_t scan_ascii(const char *s, size_t len, char *out, size_t room);

#endif
