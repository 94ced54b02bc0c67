/* The normal form of stored text; see khmer_normalize in khmer.h. Khmer is ordered by
 * khmer_order.c, everything else is NFC. */
#include "i18n/fold.h"
#include "i18n/khmer.h"
#include "i18n/khmer_order.h"

void khmer_normalize(struct text *out, const char *s, size_t len, enum normal_flags flags)
{
    unsigned order = flags == NORMAL_NAME ? ORDER_JOIN : 0;
    struct scalars x;
    scalars_read(&x, s, len, order);
    scalars_order(&x, order);
    text_reserve(out, x.len * 3);
    for (size_t at = 0; at < x.len;) {
        bool plain;
        size_t end = scalars_foreign_end(&x, at, &plain);
        if (end > at)
            fold_nfc(out, x.at + at, end - at);
        for (at = end; at < x.len && khmer_is_char(x.at[at]); at++)
            text_addcp(out, x.at[at]);
    }
    scalars_release(&x);
}
