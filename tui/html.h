/* Pages for a browser: one self-contained file with nothing fetched from anywhere, which a
 * telephone shows without scrolling sideways and A4 paper takes. Knows nothing of what the page
 * tells. */
#ifndef TUI_HTML_H
#define TUI_HTML_H

#include "i18n/lang.h"
#include "i18n/mem.h"

/* Appends text for a place between tags or in a quoted attribute: <, >, &, quotes are escaped, what
 * no page may hold (control and bidi characters, ill-formed bytes) becomes U+FFFD. */
void html_text(struct text *out, const char *s);
/* Appends an element with text in it: html_element(out, "h1", "", title). attributes: as they are,
 * with a space before each. */
void html_element(struct text *out, const char *tag, const char *attributes, const char *s);

/* Appends everything up to and with the heading of the page; css: rules beside the common ones. */
void html_begin(struct text *out, enum lang lang, const char *title, const char *css);
void html_end(struct text *out);

#endif
