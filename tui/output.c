/* Rows as json, tsv and aligned text; see output.h. Must not know what a row means. */
#include "tui/output.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"
#include "i18n/width.h"

bool output_format_parse(const char *name, enum output_format *ret_format)
{
    static const char *const names[] = {"text", "tsv", "json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) {
            *ret_format = (enum output_format)i;
            return true;
        }
    return false;
}

static void add_escaped(struct text *out, char32_t cp)
{
    if (cp == '"' || cp == '\\') {
        text_addc(out, '\\');
        text_addc(out, (char)cp);
    } else if (cp == '\n') {
        text_adds(out, "\\n");
    } else if (cp == '\t') {
        text_adds(out, "\\t");
    } else if (utf8_is_forbidden(cp) && cp <= 0xFFFF) {
        text_addf(out, "\\u%04x", (unsigned)cp);
    } else {
        text_addcp(out, cp);
    }
}

void output_json_string(struct text *out, const char *s)
{
    size_t len = strlen(s);
    text_addc(out, '"');
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        add_escaped(out, cp);
    }
    text_addc(out, '"');
}

static void add_words(struct text *out, const char *words)
{
    struct text word = TEXT_INIT;
    const char *between = "";
    text_addc(out, '[');
    for (const char *s = words + strspn(words, " "); *s; s += strspn(s, " ")) {
        size_t len = strcspn(s, " ");
        text_clear(&word);
        text_add(&word, s, len);
        text_adds(out, between);
        output_json_string(out, word.bytes);
        between = ",";
        s += len;
    }
    text_addc(out, ']');
    text_release(&word);
}

void output_json_cell(struct text *out, enum cell_type type, const char *cell)
{
    if (type == CELL_WORDS)
        add_words(out, cell ? cell : "");
    else if (!cell)
        text_adds(out, "null");
    else if (type == CELL_NUMBER)
        text_adds(out, cell);
    else
        output_json_string(out, cell);
}

void output_head(FILE *stream, enum output_format format, const struct column *columns,
                 size_t count)
{
    if (format != OUTPUT_TSV)
        return;
    for (size_t i = 0; i < count; i++)
        fprintf(stream, "%s%c", columns[i].key, i + 1 < count ? '\t' : '\n');
}

void output_row(FILE *stream, enum output_format format, const struct column *columns, size_t count,
                const char *const *cells)
{
    struct text line = TEXT_INIT;
    bool json = format == OUTPUT_JSON;
    for (size_t i = 0; i < count; i++) {
        if (json) {
            text_addc(&line, i ? ',' : '{');
            output_json_string(&line, columns[i].key);
            text_addc(&line, ':');
            output_json_cell(&line, columns[i].type, cells[i]);
        } else {
            if (i)
                text_addc(&line, '\t');
            if (cells[i])
                width_safe(&line, cells[i], strlen(cells[i]));
        }
    }
    text_adds(&line, json ? "}\n" : "\n");
    fwrite(line.bytes, 1, line.len, stream);
    text_release(&line);
}

void output_lines(FILE *stream, const char *s)
{
    struct text out = TEXT_INIT;
    for (;;) {
        size_t len = strcspn(s, "\n");
        width_safe(&out, s, len);
        text_addc(&out, '\n');
        s += len;
        if (!*s || !*++s)
            break;
    }
    fwrite(out.bytes, 1, out.len, stream);
    text_release(&out);
}

void table_add(struct table *t, const char *cell)
{
    struct text safe = TEXT_INIT;
    if (cell)
        width_safe(&safe, cell, strlen(cell));
    t->cells = arena_grow(&t->arena, t->cells, t->count, &t->room, sizeof *t->cells);
    t->cells[t->count++] = arena_strndup(&t->arena, safe.bytes, safe.len);
    text_release(&safe);
}

static size_t widest(const struct table *t, size_t column)
{
    size_t most = 0;
    for (size_t i = column; i < t->count; i += t->columns) {
        size_t width = width_columns(t->cells[i], strlen(t->cells[i]));
        if (width > most)
            most = width;
    }
    return most;
}

static void add_blanks(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addc(out, ' ');
}

static void add_padded(struct text *line, const char *cell, size_t width, bool right)
{
    size_t used = width_columns(cell, strlen(cell));
    size_t blanks = width > used ? width - used : 0;
    if (right)
        add_blanks(line, blanks);
    text_adds(line, cell);
    if (!right)
        add_blanks(line, blanks);
    add_blanks(line, 2);
}

void table_print(const struct table *t, FILE *stream)
{
    size_t *widths = mem_zalloc(t->columns, sizeof *widths);
    for (size_t i = 0; i + 1 < t->columns; i++)
        widths[i] = widest(t, i);
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < t->count; i++) {
        size_t column = i % t->columns;
        if (column + 1 < t->columns) {
            add_padded(&line, t->cells[i], widths[column], t->right >> column & 1);
            continue;
        }
        text_adds(&line, t->cells[i]);
        while (line.len && line.bytes[line.len - 1] == ' ')
            text_truncate(&line, line.len - 1);
        text_addc(&line, '\n');
        fwrite(line.bytes, 1, line.len, stream);
        text_clear(&line);
    }
    text_release(&line);
    free(widths);
}

void table_release(struct table *t)
{
    arena_release(&t->arena);
    *t = (struct table){.columns = t->columns, .right = t->right};
}
