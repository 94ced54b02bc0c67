/* Every word the program says, from messages.tsv, in both languages: `enum message` is generated
 * from its ids (find.nothing -> MSG_FIND_NOTHING). Placeholders are named: {area}. */
#ifndef I18N_MESSAGE_H
#define I18N_MESSAGE_H

#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message_id.h" /* generated: enum message { MSG_..., MSG_COUNT } */

/* The message as it stands. Never NULL. */
const char *message_get(enum lang lang, enum message id);

/* Its id in messages.tsv ("find.nothing"). */
const char *message_name(enum message id);

/* Appends the message with its placeholders filled: name, value pairs of const char *, ended by
 * NULL. A placeholder without a value stays as it is. Values are not searched for placeholders. */
void message_format(struct text *out, enum lang lang, enum message id, ...)
    __attribute__((sentinel));

#endif
