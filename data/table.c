/* Tab-separated tables: bytes to rows and cells, and the remarks on what is wrong with them. Knows
 * no table by name and nothing of the directory they describe. */
#include "data/table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"

enum { FILE_MAX = 16 * 1024 * 1024 }; /* bytes of a table; far above any of ours */

void report_release(struct report *report)
{
    text_release(&report->lines);
    report->count = 0;
}

static void add_line(struct report *report, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void add_line(struct report *report, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len > 0) {
        char *line = mem_alloc((size_t)len + 1);
        vsnprintf(line, (size_t)len + 1, format, arguments);
        text_add(&report->lines, line, (size_t)len);
        free(line);
    }
    text_addc(&report->lines, '\n');
    report->count++;
}

static void report_at(struct report *report, const struct table_form *form, size_t line,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

static void report_at(struct report *report, const struct table_form *form, size_t line,
                      const char *format, ...)
{
    text_addf(&report->lines, "%s:%zu: ", form->file, line);
    va_list arguments;
    va_start(arguments, format);
    add_line(report, format, arguments);
    va_end(arguments);
}

void report_cell(struct report *report, const struct table *table, size_t row, size_t column,
                 const char *format, ...)
{
    text_addf(&report->lines, "%s:%zu:%zu: %s: ", table->form->file, table->rows[row].line,
              column + 1, table->form->columns[column]);
    va_list arguments;
    va_start(arguments, format);
    add_line(report, format, arguments);
    va_end(arguments);
}

void report_file(struct report *report, const struct table *table, const char *format, ...)
{
    text_addf(&report->lines, "%s: ", table->form->file);
    va_list arguments;
    va_start(arguments, format);
    add_line(report, format, arguments);
    va_end(arguments);
}

/* Characters nobody sees, which make two equal looking names differ. */
static bool is_invisible(char32_t cp)
{
    return cp == 0xA0 || cp == 0xAD || cp == 0x34F || cp == 0x17B4 || cp == 0x17B5 ||
           cp == 0x180E || (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
           (cp >= 0x205F && cp <= 0x206F) || cp == 0x3000 || (cp >= 0xFE00 && cp <= 0xFE0F) ||
           cp == 0xFEFF;
}

static void check_bytes(struct report *report, const struct table *table, size_t row, size_t column)
{
    const char *cell = table->rows[row].cells[column];
    size_t len = strlen(cell), bad = 0;
    if (!utf8_valid(cell, len, &bad)) {
        report_cell(report, table, row, column, "not UTF-8 at byte %zu", bad + 1);
        return;
    }
    for (size_t at = 0; at < len;) {
        char32_t cp = 0;
        at += utf8_decode(cell + at, len - at, &cp);
        if (utf8_is_forbidden(cp) || is_invisible(cp)) {
            report_cell(report, table, row, column, "invisible or control character U+%04X",
                        (unsigned)cp);
        }
    }
    if (len > 0 && (cell[0] == ' ' || cell[len - 1] == ' ' || strstr(cell, "  "))) {
        report_cell(report, table, row, column, "space at an end, or two in a row");
    }
}

/* Reads a whole file; NULL and errno when it cannot. The result ends with a NUL. */
static char *read_file(const char *path, size_t *ret_len)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    struct text bytes = TEXT_INIT;
    char block[65536];
    size_t got = 0;
    while ((got = fread(block, 1, sizeof block, file)) > 0 && bytes.len <= FILE_MAX) {
        text_add(&bytes, block, got);
    }
    int failed = ferror(file) ? EIO : bytes.len > FILE_MAX ? EFBIG : 0;
    fclose(file);
    if (failed) {
        text_release(&bytes);
        errno = failed;
        return NULL;
    }
    *ret_len = bytes.len;
    return text_take(&bytes);
}

static bool heading_fits(const struct table_form *form, const char *line)
{
    const char *at = line + 2;
    for (size_t i = 0; i < form->column_count; i++) {
        size_t len = strlen(form->columns[i]);
        if (strncmp(at, form->columns[i], len) != 0) {
            return false;
        }
        at += len;
        if (*at++ != (i + 1 < form->column_count ? '\t' : '\0')) {
            return false;
        }
    }
    return true;
}

static size_t count_tabs(const char *line)
{
    size_t tabs = 0;
    for (const char *at = line; (at = strchr(at, '\t')) != NULL; at++) {
        tabs++;
    }
    return tabs;
}

/* Splits a line (its tabs become NULs) into a new row. */
static void add_row(struct table *table, size_t *room, char *line, size_t number,
                    struct report *report)
{
    const struct table_form *form = table->form;
    size_t columns = count_tabs(line) + 1;
    if (columns != form->column_count) {
        report_at(report, form, number, "%zu columns, %zu wanted", columns, form->column_count);
        return;
    }
    table->rows = arena_grow(&table->arena, table->rows, table->count, room, sizeof *table->rows);
    struct table_row *row = &table->rows[table->count];
    row->line = number;
    row->cells = arena_alloc(&table->arena, columns * sizeof *row->cells);
    for (size_t i = 0; i < columns; i++) {
        char *tab = strchr(line, '\t');
        row->cells[i] = line;
        if (tab) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    for (size_t i = 0; i < columns; i++) {
        check_bytes(report, table, table->count, i);
    }
    table->count++;
}

static void split_lines(struct table *table, char *bytes, size_t len, struct report *report)
{
    const struct table_form *form = table->form;
    bool headed = false;
    size_t room = 0, number = 0;
    for (char *line = bytes, *end; line < bytes + len; line = end + 1) {
        number++;
        end = memchr(line, '\n', (size_t)(bytes + len - line));
        if (!end) {
            report_at(report, form, number, "no line feed at the end");
            end = bytes + len;
        }
        *end = '\0';
        if (strlen(line) != (size_t)(end - line)) {
            report_at(report, form, number, "a NUL byte");
        } else if (strncmp(line, "## ", 3) == 0) {
            continue;
        } else if (!headed) {
            headed = true;
            if (strncmp(line, "# ", 2) != 0 || !heading_fits(form, line)) {
                report_at(report, form, number, "the heading does not name the columns");
            }
        } else {
            add_row(table, &room, line, number, report);
        }
    }
    if (!headed) {
        report_at(report, form, number, "no heading");
    }
}

bool table_read(const char *directory, const struct table_form *form, struct table *ret_table,
                struct report *report)
{
    *ret_table = (struct table){.form = form};
    size_t before = report->count, len = 0;
    struct text path = TEXT_INIT;
    text_addf(&path, "%s/%s", directory, form->file);
    char *bytes = read_file(path.bytes, &len);
    if (bytes) {
        split_lines(ret_table, arena_strndup(&ret_table->arena, bytes, len), len, report);
    } else {
        report_file(report, ret_table, "cannot be read: %s", strerror(errno));
    }
    free(bytes);
    text_release(&path);
    return report->count == before;
}

void table_release(struct table *table)
{
    arena_release(&table->arena);
    *table = (struct table){.form = table->form};
}
