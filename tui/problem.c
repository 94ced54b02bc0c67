/* Problems in the person's language; see problem.h. Must not end the program. */
#include "tui/problem.h"

#include <string.h>

#include "i18n/mem.h"
#include "i18n/width.h"

enum { VALUE_COLUMNS = 200 }; /* a longer value is cut: one line stays one line */

/* A list of what is possible is whole: it is the program's own, and the answer. */
static void add_value(struct text *out, const struct fill *fill)
{
    struct text safe = TEXT_INIT;
    width_safe(&safe, fill->value, strlen(fill->value));
    size_t cut = strcmp(fill->name, "list") == 0
                     ? safe.len
                     : width_clip(safe.bytes, safe.len, VALUE_COLUMNS, NULL);
    text_add(out, safe.bytes, cut);
    if (cut < safe.len)
        text_addcp(out, 0x2026);
    text_release(&safe);
}

int problem_tell(const struct console *io, enum exit_code code, enum message id,
                 const struct fill fills[PROBLEM_FILLS])
{
    struct text values[PROBLEM_FILLS];
    for (size_t i = 0; i < PROBLEM_FILLS; i++) {
        text_init(&values[i]);
        if (fills[i].value)
            add_value(&values[i], &fills[i]);
    }
    struct text line = TEXT_INIT;
    text_adds(&line, "cpdir: ");
    message_format(&line, io->lang, id, fills[0].name, values[0].bytes, fills[1].name,
                   values[1].bytes, fills[2].name, values[2].bytes, fills[3].name, values[3].bytes,
                   (char *)NULL);
    text_addc(&line, '\n');
    fflush(io->out);
    fwrite(line.bytes, 1, line.len, io->err);
    text_release(&line);
    for (size_t i = 0; i < PROBLEM_FILLS; i++)
        text_release(&values[i]);
    return (int)code;
}

static const struct {
    enum exit_code code;
    enum message message;
} table[STATUS_COUNT] = {
    [STATUS_OK] = {EXIT_DONE, MSG_PROBLEM_IO},
    [STATUS_NOT_FOUND] = {EXIT_NOTHING, MSG_PROBLEM_NOT_FOUND},
    [STATUS_INVALID] = {EXIT_REFUSED, MSG_PROBLEM_INVALID},
    [STATUS_CONFLICT] = {EXIT_CONFLICT, MSG_PROBLEM_CONFLICT},
    [STATUS_DENIED] = {EXIT_DATABASE, MSG_PROBLEM_DENIED},
    [STATUS_NO_FILE] = {EXIT_DATABASE, MSG_PROBLEM_NO_FILE},
    [STATUS_NOT_DB] = {EXIT_DATABASE, MSG_PROBLEM_NOT_DB},
    [STATUS_TRAINING] = {EXIT_REFUSED, MSG_PROBLEM_TRAINING},
    [STATUS_NOT_TRAINING] = {EXIT_REFUSED, MSG_PROBLEM_NOT_TRAINING},
    [STATUS_TOO_NEW] = {EXIT_DATABASE, MSG_PROBLEM_TOO_NEW},
    [STATUS_CORRUPT] = {EXIT_DATABASE, MSG_PROBLEM_CORRUPT},
    [STATUS_FULL] = {EXIT_DATABASE, MSG_PROBLEM_FULL},
    [STATUS_BUSY] = {EXIT_DATABASE, MSG_PROBLEM_BUSY},
    [STATUS_READONLY] = {EXIT_DATABASE, MSG_PROBLEM_READONLY},
    [STATUS_NETWORK_FS] = {EXIT_DATABASE, MSG_PROBLEM_NETWORK_FS},
    [STATUS_FORBIDDEN] = {EXIT_REFUSED, MSG_PROBLEM_FORBIDDEN},
    [STATUS_CANCELLED] = {EXIT_NOTHING, MSG_PROBLEM_CANCELLED},
    [STATUS_LOCKED] = {EXIT_REFUSED, MSG_PROBLEM_LOCKED},
    [STATUS_IO] = {EXIT_DATABASE, MSG_PROBLEM_IO},
};

enum exit_code problem_code(enum status status)
{
    return table[status].code;
}

int problem_status(const struct console *io, enum status status, const char *file,
                   const char *detail)
{
    return problem_tell(io, table[status].code, table[status].message,
                        PROBLEM({"file", file}, {"detail", detail && *detail ? detail : "-"}));
}
