/* The message catalogue; see message.h. The table is generated from messages.tsv. */
#include "i18n/message.h"

#include <stdarg.h>
#include <string.h>

static const struct {
    const char *name;
    const char *text[LANG_COUNT];
} table[] = {
#include "i18n/message_table.h"
};

const char *message_get(enum lang lang, enum message id)
{
    return table[id].text[lang];
}

const char *message_name(enum message id)
{
    return table[id].name;
}

static const char *argument(va_list args, const char *name, size_t len)
{
    const char *key;
    while ((key = va_arg(args, const char *))) {
        const char *value = va_arg(args, const char *);
        if (strlen(key) == len && !memcmp(key, name, len))
            return value;
    }
    return NULL;
}

void message_format(struct text *out, enum lang lang, enum message id, ...)
{
    const char *s = message_get(lang, id);
    for (;;) {
        const char *open = strchr(s, '{');
        const char *close = open ? strchr(open, '}') : NULL;
        if (!close)
            break;
        text_add(out, s, (size_t)(open - s));
        va_list args;
        va_start(args, id);
        const char *value = argument(args, open + 1, (size_t)(close - open - 1));
        va_end(args);
        if (value)
            text_adds(out, value);
        else
            text_add(out, open, (size_t)(close - open + 1));
        s = close + 1;
    }
    text_adds(out, s);
}
