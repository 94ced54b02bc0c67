/* `cpdir duplicates`: services that may be the same, the surest first, and why. */
#include <stdio.h>

#include "db/duplicate.h"
#include "tui/cli_work.h"
#include "tui/format.h"
#include "tui/why.h"

static const struct column columns[] = {
    {"a", CELL_TEXT},         {"b", CELL_TEXT},          {"a_name_km", CELL_TEXT},
    {"a_name_en", CELL_TEXT}, {"b_name_km", CELL_TEXT},  {"b_name_en", CELL_TEXT},
    {"a_area", CELL_TEXT},    {"b_area", CELL_TEXT},     {"why", CELL_WORDS},
    {"phone", CELL_TEXT},     {"likeness", CELL_NUMBER},
};
enum { COLUMNS = sizeof columns / sizeof *columns, LIMIT = 50 };

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static const char *area_cell(const struct duplicate_side *side)
{
    return *side->area ? side->area : AREA_COUNTRY_CODE;
}

static void add_why_names(struct text *out, unsigned why)
{
    static const struct {
        unsigned bit;
        const char *name;
    } rows[] = {{DUPLICATE_PHONE, "phone"},
                {DUPLICATE_NAME_KM, "name_km"},
                {DUPLICATE_NAME_EN, "name_en"},
                {DUPLICATE_SOUND, "sound"},
                {DUPLICATE_PLACE, "place"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (why & rows[i].bit)
            text_addf(out, "%s%s", out->len ? " " : "", rows[i].name);
}

static void print_row(const struct cli *c, const struct duplicate_pair *pair)
{
    char a[UUID_TEXT], b[UUID_TEXT], likeness[16];
    struct text why = TEXT_INIT;
    uuid_format(&pair->a.id, a);
    uuid_format(&pair->b.id, b);
    snprintf(likeness, sizeof likeness, "%d", pair->likeness);
    add_why_names(&why, pair->why);
    const char *cells[COLUMNS] = {a,
                                  b,
                                  or_null(pair->a.name_km),
                                  or_null(pair->a.name_en),
                                  or_null(pair->b.name_km),
                                  or_null(pair->b.name_en),
                                  area_cell(&pair->a),
                                  area_cell(&pair->b),
                                  why.bytes,
                                  or_null(pair->phone),
                                  likeness};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&why);
}

static void add_side(const struct format *f, struct text *out, const struct duplicate_side *side)
{
    char id[UUID_TEXT];
    bool other;
    uuid_format(&side->id, id);
    text_addf(out, "    %s\n    ", format_pick(f->lang, side->name_km, side->name_en, &other));
    names_path(f->names, out, f->lang, side->area);
    if (*side->phones) {
        text_adds(out, NAMES_DOT);
        cli_add_phones(out, side->phones);
    }
    text_addf(out, "\n    %s\n", id);
}

static void print_text(struct cli *c, const struct duplicate_list *list)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct text out = TEXT_INIT;
    char shown[24], found[24];
    for (size_t i = 0; i < list->count; i++) {
        why_duplicate(&out, f.lang, list->rows[i].why, list->rows[i].phone);
        text_addc(&out, '\n');
        add_side(&f, &out, &list->rows[i].a);
        add_side(&f, &out, &list->rows[i].b);
        text_addc(&out, '\n');
    }
    snprintf(shown, sizeof shown, "%zu", list->count);
    snprintf(found, sizeof found, "%zu", list->found);
    if (list->found > list->count) {
        message_format(&out, f.lang, MSG_DUE_MORE, "count", shown, "due", found, (char *)NULL);
        text_addc(&out, '\n');
    }
    text_addf(&out, "%s\n%s", message_get(f.lang, MSG_DUPLICATES_MERGE),
              message_get(f.lang, MSG_DUPLICATES_OFF));
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    names_free(f.names);
}

int cli_duplicates(struct cli *c)
{
    struct duplicate_list list = {0};
    char area[AREA_CODE] = "";
    size_t limit = c->format == OUTPUT_TEXT ? LIMIT : 0;
    if (c->request->word_count)
        return cli_duplicates_decide(c);
    int code = cli_open(c);
    if (!code)
        code = cli_read_work_area(c, area);
    if (!code)
        code = cli_read_work_limit(c, &limit);
    if (code)
        return code;
    enum status status = duplicate_load(c->directory.db, area, limit, &list);
    if (status)
        return cli_failed(c, status);
    if (c->format != OUTPUT_TEXT)
        output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list.count && c->format != OUTPUT_TEXT; i++)
        print_row(c, &list.rows[i]);
    if (!list.count)
        code = problem_tell(c->io, EXIT_NOTHING, MSG_DUPLICATES_NONE, PROBLEM_PLAIN);
    if (list.count && c->format == OUTPUT_TEXT) {
        cli_print_alerts(c, area);
        print_text(c, &list);
    }
    duplicate_list_release(&list);
    return code;
}
