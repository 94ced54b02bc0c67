/* `cpdir text`: the Khmer layer as filters on standard input, a line at a time. Opens no directory
 * and keeps one line in memory (sort: all of them). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/number.h"
#include "i18n/roman.h"
#include "i18n/sort.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "i18n/wrap.h"
#include "tui/cli.h"

enum { WRAP_MOST = 10000 }; /* columns */

/* Appends what becomes of one line, its last line feed left out. */
typedef void filter_line(struct text *out, const char *s, size_t len, size_t columns);

static void filter_normalize(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    khmer_normalize(out, s, len, NORMAL_PROSE);
}

static void filter_key(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    key_make(out, s, len, KEY_STRICT);
}

static void filter_syllables(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    for (size_t at = 0, step; at < len; at += step) {
        step = khmer_syllable(s + at, len - at);
        if (at)
            text_addc(out, '|');
        text_add(out, s + at, step);
    }
}

static void filter_words(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    size_t count;
    size_t *bounds = wrap_words(s, len, &count);
    for (size_t i = 0; i + 1 < count; i++) {
        if (i)
            text_addc(out, '|');
        text_add(out, s + bounds[i], bounds[i + 1] - bounds[i]);
    }
    free(bounds);
}

static void filter_wrap(struct text *out, const char *s, size_t len, size_t columns)
{
    struct line_list lines;
    wrap_lines(s, len, columns, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        if (i)
            text_addc(out, '\n');
        text_add(out, s + lines.rows[i].at, lines.rows[i].len);
    }
    free(lines.rows);
}

static void filter_romanize(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    struct text normal = TEXT_INIT;
    khmer_normalize(&normal, s, len, NORMAL_PROSE);
    roman_latin(out, normal.bytes, normal.len);
    text_release(&normal);
}

static void filter_width(struct text *out, const char *s, size_t len, size_t columns)
{
    (void)columns;
    text_addf(out, "%zu", width_columns(s, len));
}

static const struct {
    const char *name;
    filter_line *line; /* NULL: sort */
    bool columns;      /* a number follows */
} filters[] = {
    {"normalize", filter_normalize, false}, {"key", filter_key, false},
    {"syllables", filter_syllables, false}, {"words", filter_words, false},
    {"romanize", filter_romanize, false},   {"wrap", filter_wrap, true},
    {"width", filter_width, false},         {"sort", NULL, false},
};

/* Lines of standard input, without line feed and the carriage return before it. */
struct reader {
    const struct console *io;
    char *line;
    size_t room;
    unsigned long number; /* of the last line read, from 1 */
    bool refused;         /* a line was not UTF-8 */
};

/* The next line of valid UTF-8; one that is not is told and skipped. False at the end. */
static bool read_line(struct reader *r, size_t *ret_len)
{
    for (;;) {
        ssize_t got = getline(&r->line, &r->room, r->io->in);
        if (got < 0)
            return false;
        size_t len = (size_t)got;
        r->number++;
        if (len && r->line[len - 1] == '\n')
            len -= len > 1 && r->line[len - 2] == '\r' ? 2 : 1;
        if (utf8_valid(r->line, len, NULL)) {
            *ret_len = len;
            return true;
        }
        char number[24];
        snprintf(number, sizeof number, "%lu", r->number);
        r->refused = true;
        (void)problem_tell(r->io, EXIT_REFUSED, MSG_PROBLEM_LINE_UTF8, PROBLEM({"line", number}));
    }
}

static void run_lines(struct reader *r, filter_line *line, size_t columns)
{
    struct text out = TEXT_INIT;
    size_t len;
    while (read_line(r, &len)) {
        text_clear(&out);
        line(&out, r->line, len, columns);
        text_addc(&out, '\n');
        fwrite(out.bytes, 1, out.len, r->io->out);
    }
    text_release(&out);
}

struct sorted {
    char *line, *key;
    size_t len, key_len;
    size_t number; /* keeps equals in their order */
};

static int compare_lines(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    int order = memcmp(a->key, b->key, a->key_len < b->key_len ? a->key_len : b->key_len);
    if (!order)
        order = (a->key_len > b->key_len) - (a->key_len < b->key_len);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void run_sort(struct reader *r)
{
    struct sorter *sorter = sorter_new();
    struct arena arena = {0};
    struct sorted *rows = NULL;
    size_t count = 0, room = 0, len;
    struct text key = TEXT_INIT;
    while (read_line(r, &len)) {
        if (count == room) {
            room = room ? room * 2 : 256;
            rows = mem_realloc(rows, room, sizeof *rows);
        }
        text_clear(&key);
        sorter_key(sorter, &key, r->line, len);
        rows[count] =
            (struct sorted){arena_strndup(&arena, r->line, len),
                            arena_strndup(&arena, key.bytes, key.len), len, key.len, count};
        count++;
    }
    if (count)
        qsort(rows, count, sizeof *rows, compare_lines);
    for (size_t i = 0; i < count; i++) {
        fwrite(rows[i].line, 1, rows[i].len, r->io->out);
        putc('\n', r->io->out);
    }
    text_release(&key);
    arena_release(&arena);
    free(rows);
    sorter_free(sorter);
}

static int usage(const struct cli *c, enum message id, const char *word)
{
    return problem_tell(c->io, EXIT_USAGE, id,
                        PROBLEM({"word", word}, {"help", "cpdir text --help"}));
}

/* The number after `wrap`, nothing after the others. */
static int read_columns(const struct cli *c, bool wanted, size_t *ret_columns)
{
    const struct request *q = c->request;
    if (!wanted)
        return q->word_count > 1 ? usage(c, MSG_PROBLEM_WORD_TOO_MANY, q->words[1]) : EXIT_DONE;
    if (q->word_count < 2)
        return usage(c, MSG_PROBLEM_WORD_MISSING, "text wrap");
    int64_t columns;
    if (number_parse(q->words[1], strlen(q->words[1]), &columns) || columns < 1 ||
        columns > WRAP_MOST)
        return problem_tell(
            c->io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "text wrap"}, {"value", q->words[1]}, {"list", "1-10000"}));
    *ret_columns = (size_t)columns;
    return EXIT_DONE;
}

int cli_text(struct cli *c)
{
    const char *name = c->request->words[0];
    size_t i = 0, columns = 0;
    while (i < sizeof filters / sizeof *filters && strcmp(filters[i].name, name))
        i++;
    if (i == sizeof filters / sizeof *filters)
        return usage(c, MSG_PROBLEM_COMMAND, name);
    int code = read_columns(c, filters[i].columns, &columns);
    if (code)
        return code;
    struct reader reader = {.io = c->io};
    if (filters[i].line)
        run_lines(&reader, filters[i].line, columns);
    else
        run_sort(&reader);
    bool failed = ferror(c->io->in);
    free(reader.line);
    if (failed)
        return problem_tell(c->io, EXIT_DATABASE, MSG_PROBLEM_INPUT, PROBLEM_PLAIN);
    return reader.refused ? EXIT_REFUSED : EXIT_DONE;
}
