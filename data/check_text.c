/* Checks of one cell. Knows the two languages, not the tables. */
#include "data/check_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/number.h"
#include "i18n/utf8.h"

const char *spot_cell(const struct spot *spot)
{
    return data_cell(spot->data, spot->table, spot->row, spot->column);
}

void spot_report(const struct spot *spot, const char *format, ...)
{
    char why[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    report_cell(spot->report, &spot->data->tables[spot->table], spot->row, (size_t)spot->column,
                "%s", why);
}

static bool is_latin_letter(char32_t cp)
{
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
           (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7);
}

/* Marks that may stand in a Khmer name: the guillemets of names such as ‹ក›, dots, brackets. */
static bool is_name_mark(char32_t cp)
{
    return cp == ' ' || cp == 0x2039 || cp == 0x203A || cp == '.' || cp == '(' || cp == ')';
}

static void check_normal(const struct spot *spot, const char *text)
{
    struct text normal = TEXT_INIT;
    khmer_normalize(&normal, text, strlen(text), NORMAL_NAME);
    if (strcmp(normal.bytes, text) != 0) {
        spot_report(spot, "not in normal form; wanted: %s", normal.bytes);
    }
    text_release(&normal);
}

void check_khmer_name(const struct spot *spot)
{
    check_khmer_part(spot, spot_cell(spot));
}

void check_khmer_part(const struct spot *spot, const char *text)
{
    size_t len = strlen(text);
    bool khmer = false;
    for (size_t at = 0; at < len;) {
        char32_t cp = 0;
        at += utf8_decode(text + at, len - at, &cp);
        if (khmer_is_char(cp)) {
            khmer = true;
        } else if (is_latin_letter(cp)) {
            spot_report(spot, "Latin letter U+%04X in a Khmer name", (unsigned)cp);
            return;
        } else if (!is_name_mark(cp)) {
            spot_report(spot, "U+%04X does not belong in a Khmer name", (unsigned)cp);
            return;
        }
    }
    if (!khmer) {
        spot_report(spot, "a Khmer name is wanted");
    }
    check_normal(spot, text);
}

void check_khmer_text(const struct spot *spot)
{
    const char *cell = spot_cell(spot);
    size_t len = strlen(cell);
    bool khmer = false;
    for (size_t at = 0; at < len && !khmer;) {
        char32_t cp = 0;
        at += utf8_decode(cell + at, len - at, &cp);
        khmer = khmer_is_char(cp);
    }
    if (!khmer) {
        spot_report(spot, "Khmer text is wanted");
    }
    check_normal(spot, cell);
}

void check_latin(const struct spot *spot)
{
    check_latin_part(spot, spot_cell(spot));
}

void check_latin_part(const struct spot *spot, const char *text)
{
    size_t len = strlen(text);
    bool latin = false;
    for (size_t at = 0; at < len;) {
        char32_t cp = 0;
        at += utf8_decode(text + at, len - at, &cp);
        latin = latin || is_latin_letter(cp);
        if (khmer_is_char(cp)) {
            spot_report(spot, "Khmer letter U+%04X in a Latin name", (unsigned)cp);
            return;
        }
        if (cp > 0x7E && !is_latin_letter(cp)) {
            spot_report(spot, "U+%04X does not belong in a Latin name", (unsigned)cp);
            return;
        }
    }
    if (!latin) {
        spot_report(spot, "a Latin name is wanted");
    }
}

void check_filled(const struct spot *spot)
{
    if (spot_cell(spot)[0] == '\0') {
        spot_report(spot, "may not be empty");
    }
}

void check_empty(const struct spot *spot)
{
    if (spot_cell(spot)[0] != '\0') {
        spot_report(spot, "must be empty in a further row of its key");
    }
}

void check_key(const struct spot *spot)
{
    const char *cell = spot_cell(spot);
    size_t len = strlen(cell);
    if (len < 2 || strspn(cell, "abcdefghijklmnopqrstuvwxyz0123456789_") != len) {
        spot_report(spot, "a key of small Latin letters, digits and _ is wanted");
    }
}

static bool has_word(const char *words, const char *word, size_t word_len)
{
    const char *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(words, &at, &item, &len)) {
        if (len == word_len && memcmp(item, word, len) == 0) {
            return true;
        }
    }
    return false;
}

void check_word(const struct spot *spot, const char *words)
{
    const char *cell = spot_cell(spot);
    if (cell[0] == '\0' || !has_word(words, cell, strlen(cell))) {
        spot_report(spot, "'%s' is none of: %s", cell, words);
    }
}

void check_codes(const struct spot *spot, enum table_id in)
{
    const char *cell = spot_cell(spot), *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(cell, &at, &item, &len)) {
        if (data_find(spot->data, in, item, len) < 0) {
            spot_report(spot, "%.*s does not stand in %s", (int)len, item,
                        spot->data->tables[in].form->file);
        }
        if (has_word(item + len, item, len)) {
            spot_report(spot, "%.*s stands twice", (int)len, item);
        }
    }
}

void check_as_of(const struct spot *spot)
{
    const char *cell = spot_cell(spot);
    size_t len = strlen(cell);
    if (len == 0) {
        return;
    }
    char day[11] = "0000-01-01";
    struct date date;
    if (len <= 10) {
        memcpy(day, cell, len);
    }
    if ((len != 4 && len != 7 && len != 10) || date_parse(day, strlen(day), &date) != STATUS_OK) {
        spot_report(spot, "'%s' is no year, month or day", cell);
    }
}

void check_confidence(const struct spot *spot)
{
    check_word(spot, "high medium_high medium medium_low low");
}

void check_pair(const struct spot *spot, int other_column)
{
    bool here = spot_cell(spot)[0] != '\0';
    bool there = data_cell(spot->data, spot->table, spot->row, other_column)[0] != '\0';
    if (!here && there) {
        spot_report(spot, "missing in this language");
    }
}
