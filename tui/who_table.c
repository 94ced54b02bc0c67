/* Who does what where in signs and words; see who_table.h. */
#include "tui/who_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/record.h"
#include "i18n/width.h"
#include "tui/format.h"
#include "tui/sheet.h"

enum { CELL = 4, NAME = 30 }; /* columns on paper */

size_t who_columns(const struct who *w, const struct who_across *across)
{
    return across->parts ? w->part_count : w->kind_count;
}

struct who_cell who_cell(const struct who *w, const struct who_across *across, size_t row,
                         size_t column)
{
    return across->parts ? who_at(w, row, across->kind, column) : who_at(w, row, column, SIZE_MAX);
}

bool who_has_row(const struct who *w, const struct who_across *across, size_t row)
{
    return who_cell(w, across, row, SIZE_MAX).services > 0;
}

void who_add_heading(struct text *out, const struct who *w, const struct who_across *across,
                     size_t column)
{
    const char *code = across->parts ? w->parts[column] : w->kinds[column];
    size_t len = strlen(code);
    text_adds(out, across->parts && len > 2 ? code + len - 2 : code);
}

static const char *sign_all(bool plain)
{
    return plain ? "#" : "\xE2\x97\x8F";
}

static const char *sign_around(bool plain)
{
    return plain ? "o" : "\xE2\x97\x8B";
}

void who_add_cell(struct text *out, const struct who *w, const struct who_across *across,
                  size_t row, size_t column, bool plain)
{
    struct who_cell cell = who_cell(w, across, row, column);
    if (!cell.services)
        return;
    if (cell.parts && (across->parts || (size_t)cell.parts == w->part_count))
        text_adds(out, sign_all(plain));
    else if (cell.parts)
        text_addf(out, "%d", cell.parts);
    else if (!cell.around)
        text_addc(out, '?');
    else
        text_adds(out, sign_around(plain));
}

void who_add_name(struct text *out, struct names *names, enum lang lang, const struct who_row *row)
{
    bool other;
    enum lang shown = names_lang(names, lang);
    if (row->organizations == 1) {
        const char *name = format_pick(shown, row->name_km, row->name_en, &other);
        text_adds(out, *name ? name : message_get(lang, MSG_WHO_NO_NAME));
        return;
    }
    char count[24];
    snprintf(count, sizeof count, "%zu", row->organizations);
    message_format(out, lang, MSG_WHO_OFFICES, "name",
                   format_pick(shown, row->abbreviation_km, row->abbreviation_en, &other), "count",
                   count, (char *)NULL);
}

const char *who_sector(enum lang lang, int sector)
{
    enum message label;
    return message_get(lang, enum_label("SECTOR", sector, &label) ? label : MSG_WHO_NO_SECTOR);
}

void who_add_legend(struct text *out, enum lang lang, bool plain)
{
    message_format(out, lang, MSG_WHO_LEGEND, "all", sign_all(plain), "around", sign_around(plain),
                   (char *)NULL);
}

/* --- as lines of text ------------------------------------------------------------------------- */

struct page {
    const struct who *w;
    const struct who_across *across;
    struct names *names;
    enum lang lang;
    int columns;
    struct text *out;
};

static void add_padded(struct text *out, const char *s, int columns)
{
    int used = (int)width_columns(s, strlen(s));
    text_adds(out, s);
    for (int i = used; i < columns; i++)
        text_addc(out, ' ');
}

static void add_wrapped(const struct page *p, const char *s, int indent)
{
    struct line_list lines;
    sheet_wrap(NULL, s, p->columns - indent, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        if (i)
            add_padded(p->out, "", indent);
        text_add(p->out, s + lines.rows[i].at, lines.rows[i].len);
        text_addc(p->out, '\n');
    }
    free(lines.rows);
}

static void add_row(const struct page *p, size_t row, size_t first, size_t end)
{
    struct text cell = TEXT_INIT;
    for (size_t k = first; k < end; k++) {
        text_clear(&cell);
        who_add_cell(&cell, p->w, p->across, row, k, false);
        add_padded(p->out, cell.bytes, CELL);
    }
    text_clear(&cell);
    who_add_name(&cell, p->names, p->lang, &p->w->rows[row]);
    add_wrapped(p, cell.bytes, CELL * (int)(end - first));
    text_release(&cell);
}

/* One table: columns [first, end), the rows by sector. */
static void add_table(const struct page *p, size_t first, size_t end)
{
    int sector = -1;
    struct text head = TEXT_INIT;
    text_addc(p->out, '\n');
    for (size_t k = first; k < end; k++) {
        text_clear(&head);
        who_add_heading(&head, p->w, p->across, k);
        add_padded(p->out, head.bytes, CELL);
    }
    text_release(&head);
    text_addc(p->out, '\n');
    for (size_t i = 0; i < p->w->row_count; i++) {
        if (!who_has_row(p->w, p->across, i))
            continue;
        if (p->w->rows[i].sector != sector) {
            sector = p->w->rows[i].sector;
            add_padded(p->out, "", CELL * (int)(end - first));
            text_addf(p->out, "%s\n", who_sector(p->lang, sector));
        }
        add_row(p, i, first, end);
    }
}

/* What the headings stand for. */
static void add_columns(const struct page *p)
{
    struct text head = TEXT_INIT, name = TEXT_INIT;
    text_addc(p->out, '\n');
    for (size_t k = 0; k < who_columns(p->w, p->across); k++) {
        text_clear(&head);
        text_clear(&name);
        who_add_heading(&head, p->w, p->across, k);
        add_padded(p->out, head.bytes, CELL);
        if (p->across->parts)
            names_area(p->names, &name, p->lang, p->w->parts[k]);
        else
            text_adds(&name, names_term(p->names, p->lang, p->w->kinds[k]));
        add_wrapped(p, name.bytes, CELL);
    }
    text_release(&head);
    text_release(&name);
}

void who_write(const struct who *w, const struct who_across *across, struct names *names,
               enum lang lang, int columns, struct text *out)
{
    struct page p = {w, across, names, lang, columns, out};
    size_t count = who_columns(w, across), most = (size_t)((columns - NAME) / CELL);
    struct text legend = TEXT_INIT;
    names_path(names, out, lang, w->area);
    text_addc(out, '\n');
    if (across->parts && across->kind != SIZE_MAX)
        text_addf(out, "%s  %s\n", w->kinds[across->kind],
                  names_term(names, lang, w->kinds[across->kind]));
    for (size_t first = 0; first < count && most; first += most)
        add_table(&p, first, first + most < count ? first + most : count);
    text_addc(out, '\n');
    who_add_legend(&legend, lang, false);
    add_wrapped(&p, legend.bytes, 0);
    add_columns(&p);
    text_truncate(out, out->len - 1);
    text_release(&legend);
}
