/* `cpdir duplicates ID ID off`: what looks the same and is two; see cli_work.h. */
#include <string.h>

#include "db/apart.h"
#include "tui/cli_work.h"
#include "tui/cli_write.h"
#include "tui/value.h"

static const struct column columns[] = {
    {"a", CELL_TEXT}, {"b", CELL_TEXT}, {"time", CELL_TEXT}, {"actor", CELL_TEXT}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(const struct cli *c, const struct apart *one)
{
    char a[UUID_TEXT], b[UUID_TEXT];
    struct text time = TEXT_INIT;
    uuid_format(&one->a, a);
    uuid_format(&one->b, b);
    cli_add_utc(&time, one->time_ms);
    const char *cells[COLUMNS] = {a, b, time.bytes, *one->actor ? one->actor : NULL};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&time);
}

static void print_text(const struct cli *c, const struct apart *one)
{
    struct text out = TEXT_INIT;
    const struct uuid *const both[] = {&one->a, &one->b};
    cli_add_time(&out, one->time_ms);
    text_addf(&out, NAMES_DOT "%s\n", one->actor);
    for (size_t i = 0; i < 2; i++) {
        char id[UUID_TEXT];
        uuid_format(both[i], id);
        text_adds(&out, "    ");
        value_record_name(&out, c->directory.db, c->io->lang, both[i]);
        text_addf(&out, "\n    %s\n", id);
    }
    output_lines(c->io->out, out.bytes);
    text_release(&out);
}

static int list_pairs(struct cli *c)
{
    struct apart_list list = {0};
    int code = cli_open(c);
    if (code)
        return code;
    enum status status = apart_load(c->directory.db, &list);
    if (status)
        return cli_failed(c, status);
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list.count; i++)
        (c->format == OUTPUT_TEXT ? print_text : print_row)(c, &list.rows[i]);
    if (!list.count)
        code = problem_tell(c->io, EXIT_NOTHING, MSG_DUPLICATES_NONE_OFF, PROBLEM_PLAIN);
    apart_list_release(&list);
    return code;
}

static int tell_refused(const struct cli *c, enum status status, const char *typed)
{
    if (status == STATUS_FORBIDDEN)
        return problem_tell(c->io, EXIT_REFUSED, MSG_DUPLICATES_NOT_YOURS, PROBLEM_PLAIN);
    if (status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_DUPLICATES_SAME_ID, PROBLEM({"id", typed}));
    return cli_failed(c, status);
}

static int decide(struct cli *c, bool apart)
{
    struct person person;
    struct uuid ids[2];
    enum record_kind kind;
    int code = cli_open_writer(c, &person);
    for (size_t i = 0; i < 2 && !code; i++)
        code = cli_find_record(c, c->request->words[i], &kind, &ids[i]);
    if (code)
        return code;
    enum status status = apart_set(c->directory.db, &person, &ids[0], &ids[1], apart);
    if (status != STATUS_OK)
        return tell_refused(c, status, c->request->words[1]);
    output_lines(c->io->out,
                 message_get(c->io->lang, apart ? MSG_DUPLICATES_NOTED : MSG_DUPLICATES_TOGETHER));
    return EXIT_DONE;
}

int cli_duplicates_decide(struct cli *c)
{
    size_t count = c->request->word_count;
    const char *word = c->request->words[count - 1];
    bool off = !strcmp(word, "off");
    if (count == 1 && off)
        return list_pairs(c);
    if (count == 3 && (off || !strcmp(word, "on")))
        return decide(c, off);
    return problem_tell(
        c->io, EXIT_USAGE, MSG_PROBLEM_VALUE,
        PROBLEM({"option", "duplicates"}, {"value", word}, {"list", "off, ID ID off, ID ID on"}));
}
