/* Versions as text; see version.h. */
#include "db/version.h"

#include <string.h>

#include "i18n/number.h"

void version_format(struct text *out, const struct seen *seen)
{
    for (size_t i = 0; i < seen->count; i++) {
        char id[UUID_TEXT];
        uuid_format(&seen->rows[i].replica, id);
        text_addf(out, "%s%s:%lld", i ? "," : "", id, (long long)seen->rows[i].seq);
    }
}

/* One "<replica>:<seq>". */
static enum status parse_row(const char *s, size_t len, struct uuid *ret_replica, int64_t *ret_seq)
{
    char id[UUID_TEXT];
    if (len < UUID_TEXT + 1 || s[UUID_TEXT - 1] != ':')
        return STATUS_INVALID;
    memcpy(id, s, UUID_TEXT - 1);
    id[UUID_TEXT - 1] = '\0';
    if (uuid_parse(id, ret_replica) != STATUS_OK ||
        number_parse(s + UUID_TEXT, len - UUID_TEXT, ret_seq) != STATUS_OK || *ret_seq < 1)
        return STATUS_INVALID;
    return STATUS_OK;
}

enum status version_parse(const char *text, size_t len, struct seen *ret_seen)
{
    struct seen seen = {0};
    for (size_t at = 0; at <= len;) {
        const char *comma = memchr(text + at, ',', len - at);
        size_t part = comma ? (size_t)(comma - text) - at : len - at;
        if (seen.count == SEEN_MAX || parse_row(text + at, part, &seen.rows[seen.count].replica,
                                                &seen.rows[seen.count].seq) != STATUS_OK)
            return STATUS_INVALID;
        seen.count++;
        at += part + 1;
    }
    *ret_seen = seen;
    return STATUS_OK;
}
