/* `cpdir show ID`: one service with everything about it. json and tsv have every field by its
 * column name; children are lists. What is confidential is left out unless it was
 * unlocked for this command. */
#include <stdio.h>
#include <string.h>

#include "db/detail.h"
#include "db/op.h"
#include "db/record_find.h"
#include "db/version.h"
#include "i18n/number.h"
#include "tui/cli.h"
#include "tui/format.h"
#include "tui/names.h"
#include "tui/raw.h"
#include "tui/sheet.h"

static bool is_number(const struct field *field)
{
    return field->type == FIELD_COUNT || field->type == FIELD_REAL;
}

/* Where the fields go: an object of json, or lines of tsv. */
struct writer {
    struct db *db;
    enum output_format format;
    FILE *stream;
    struct text out;
    const char *kind; /* tsv: first cell */
    char id[UUID_TEXT];
    bool first;
    int level; /* unlocked */
};

/* True when the record is for fewer eyes than those that look now. */
static bool is_hidden(const struct writer *w, const struct record *r)
{
    return r->level > w->level;
}

static const struct column tsv_columns[] = {
    {"kind", CELL_TEXT}, {"id", CELL_TEXT}, {"field", CELL_TEXT}, {"value", CELL_TEXT}};
enum { TSV_COLUMNS = sizeof tsv_columns / sizeof *tsv_columns };

static void write_field(struct writer *w, const char *name, const char *value, bool number)
{
    if (w->format == OUTPUT_TSV) {
        const char *cells[TSV_COLUMNS] = {w->kind, w->id, name, value};
        if (value)
            output_row(w->stream, w->format, tsv_columns, TSV_COLUMNS, cells);
        return;
    }
    if (!w->first)
        text_addc(&w->out, ',');
    w->first = false;
    output_json_string(&w->out, name);
    text_addc(&w->out, ':');
    output_json_cell(&w->out, number ? CELL_NUMBER : CELL_TEXT, value);
}

/* What `set --seen` wants back. */
static void write_version(struct writer *w, const struct record *r)
{
    struct seen seen;
    struct text version = TEXT_INIT;
    if (op_seen(w->db, &r->id, &seen) == STATUS_OK)
        version_format(&version, &seen);
    write_field(w, "version", version.len ? version.bytes : NULL, false);
    text_release(&version);
}

/* id, status, version and every field of a record. */
static void write_fields(struct writer *w, const struct record *r)
{
    struct text value = TEXT_INIT;
    size_t count;
    const struct field *fields = field_list(r->kind, &count);
    uuid_format(&r->id, w->id);
    w->kind = kind_name(r->kind);
    w->first = true;
    if (w->format == OUTPUT_JSON)
        write_field(w, "id", w->id, false);
    write_field(w, "status", enum_name("STATUS", r->status), false);
    write_version(w, r);
    for (size_t i = 0; i < count; i++) {
        text_clear(&value);
        bool there = !fields[i].confidentiality &&
                     raw_value(&value, &fields[i], record_value(r, fields[i].number));
        write_field(w, fields[i].column, there ? value.bytes : NULL, is_number(&fields[i]));
    }
    text_release(&value);
}

static void write_list(struct writer *w, const char *name, const struct record_list *list)
{
    bool json = w->format == OUTPUT_JSON;
    const char *between = "";
    if (json)
        text_addf(&w->out, ",\"%s\":[", name);
    for (size_t i = 0; i < list->count; i++) {
        if (is_hidden(w, &list->rows[i]))
            continue;
        if (json)
            text_addf(&w->out, "%s{", between);
        write_fields(w, &list->rows[i]);
        if (json)
            text_addc(&w->out, '}');
        between = ",";
    }
    if (json)
        text_addc(&w->out, ']');
}

static void write_verified(struct writer *w, const struct verification *v)
{
    bool json = w->format == OUTPUT_JSON, known = v->day >= 0;
    struct text day = TEXT_INIT;
    if (known)
        date_iso(&day, date_from_days(v->day));
    if (json)
        text_adds(&w->out, known ? ",\"verified\":{" : ",\"verified\":null");
    w->first = true;
    w->kind = "verified";
    if (known) {
        write_field(w, "day", day.bytes, false);
        write_field(w, "method", enum_name("METHOD", v->method), false);
        write_field(w, "result", enum_name("RESULT", v->result), false);
        write_field(w, "actor", v->actor, false);
        write_field(w, "note", v->note, false);
        if (json)
            text_addc(&w->out, '}');
    }
    text_release(&day);
}

/* Ids of the alerts in force where it is. */
static void write_alerts(struct writer *w, const struct cli *c, const char *places)
{
    struct text ids = TEXT_INIT;
    const char *cell = cli_alerts_cell(c, places, &ids);
    w->kind = "service";
    if (w->format == OUTPUT_JSON) {
        text_adds(&w->out, ",\"alerts\":");
        output_json_cell(&w->out, CELL_WORDS, cell);
    } else {
        write_field(w, "alerts", cell, false);
    }
    text_release(&ids);
}

static void print_fields(const struct cli *c, const struct detail *d, const char *places)
{
    const struct {
        const char *name;
        const struct record_list *list;
    } lists[] = {
        {"organizations", &d->organization},
        {"phones", &d->phones},
        {"contacts", &d->contacts},
        {"schedules", &d->schedules},
        {"locations", &d->locations},
        {"service_areas", &d->areas},
        {"term_links", &d->terms},
        {"languages", &d->languages},
        {"accessibility", &d->accessibility},
        {"capacities", &d->capacities},
    };
    struct writer w = {.db = c->directory.db,
                       .level = d->level,
                       .format = c->format,
                       .stream = c->io->out,
                       .out = TEXT_INIT};
    output_head(w.stream, w.format, tsv_columns, TSV_COLUMNS);
    if (w.format == OUTPUT_JSON)
        text_addc(&w.out, '{');
    write_fields(&w, &d->service.rows[0]);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        write_list(&w, lists[i].name, lists[i].list);
    uuid_format(&d->service.rows[0].id, w.id);
    write_verified(&w, &d->verified);
    write_alerts(&w, c, places);
    if (w.format == OUTPUT_JSON)
        text_adds(&w.out, "}\n");
    fwrite(w.out.bytes, 1, w.out.len, w.stream);
    text_release(&w.out);
}

static void print_text(struct cli *c, const struct detail *d, const char *places)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct sheet sheet;
    struct text out = TEXT_INIT;
    cli_print_alerts(c, places);
    sheet_init(&sheet, SHEET_UNBOUNDED);
    format_detail(&f, &sheet, d);
    sheet_write(&sheet, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    sheet_release(&sheet);
    names_free(f.names);
}

/* The id, or the only one that begins as typed. */
static int find_id(const struct cli *c, const char *typed, struct uuid *ret_id)
{
    enum record_kind kind;
    if (uuid_parse(typed, ret_id) == STATUS_OK)
        return EXIT_DONE;
    enum status status = record_find(c->directory.db, typed, &kind, ret_id);
    if (status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_ID, PROBLEM({"id", typed}));
    if (status == STATUS_CONFLICT)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_ID_MANY, PROBLEM({"id", typed}));
    if (status == STATUS_NOT_FOUND)
        return problem_tell(c->io, EXIT_NOTHING, MSG_CLI_SHOW_NOTHING, PROBLEM({"id", typed}));
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_show(struct cli *c)
{
    struct uuid id;
    struct detail detail = {0};
    const char *typed = c->request->words[0];
    int code = cli_open(c);
    if (!code)
        code = find_id(c, typed, &id);
    if (code)
        return code;
    enum status status = detail_load(c->directory.db, &id, &detail);
    if (status == STATUS_NOT_FOUND)
        return problem_tell(c->io, EXIT_NOTHING, MSG_CLI_SHOW_NOTHING, PROBLEM({"id", typed}));
    if (status)
        return cli_failed(c, status);
    struct text places = TEXT_INIT;
    status = alert_places_of(c->directory.db, &detail.service.rows[0].id, &places);
    if (status)
        code = cli_failed(c, status);
    else if (c->format == OUTPUT_TEXT)
        print_text(c, &detail, places.bytes);
    else
        print_fields(c, &detail, places.bytes);
    text_release(&places);
    detail_release(&detail);
    return code;
}
