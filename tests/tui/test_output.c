/* Rows as json, tsv and aligned text: what they look like, and that nothing unsafe gets out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tui/output.h"

static const struct column columns[] = {
    {"name", CELL_TEXT}, {"count", CELL_NUMBER}, {"codes", CELL_WORDS}};

/* What a writer wrote to its stream. */
struct captured {
    char *bytes;
    size_t len;
    FILE *stream;
};

static void capture(struct captured *c)
{
    c->stream = open_memstream(&c->bytes, &c->len);
    assert_non_null(c->stream);
}

static void check(struct captured *c, const char *wanted)
{
    fclose(c->stream);
    assert_string_equal(c->bytes, wanted);
    free(c->bytes);
}

static void json_escapes_what_would_break_a_line_or_a_terminal(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    output_json_string(&out, "a\"b\\c\n\t\x1B[0m \xC2\x9B \xE2\x80\xAE \xFF ក្ត");
    assert_string_equal(out.bytes,
                        "\"a\\\"b\\\\c\\n\\t\\u001b[0m \\u009b \\u202e \xEF\xBF\xBD ក្ត\"");
    text_release(&out);
}

static void a_row_of_json_is_one_object_in_one_line(void **state)
{
    (void)state;
    struct captured c;
    const char *cells[] = {"x\ny", "12", "A1  B2 "};
    const char *unknown[] = {NULL, NULL, NULL};
    capture(&c);
    output_head(c.stream, OUTPUT_JSON, columns, 3);
    output_row(c.stream, OUTPUT_JSON, columns, 3, cells);
    output_row(c.stream, OUTPUT_JSON, columns, 3, unknown);
    check(&c, "{\"name\":\"x\\ny\",\"count\":12,\"codes\":[\"A1\",\"B2\"]}\n"
              "{\"name\":null,\"count\":null,\"codes\":[]}\n");
}

static void a_row_of_tsv_has_no_tab_or_line_feed_inside_a_cell(void **state)
{
    (void)state;
    struct captured c;
    const char *cells[] = {"a\tb\nc\x1B", NULL, "A1 B2"};
    capture(&c);
    output_head(c.stream, OUTPUT_TSV, columns, 3);
    output_row(c.stream, OUTPUT_TSV, columns, 3, cells);
    check(&c, "name\tcount\tcodes\na b c\xEF\xBF\xBD\t\tA1 B2\n");
}

static void a_table_is_aligned_by_columns_and_ends_without_blanks(void **state)
{
    (void)state;
    struct captured c;
    struct table table = {.columns = 3, .right = 1 << 1};
    const char *cells[] = {"a", "1", "x", "ស្ត្រី", "200", ""};
    for (size_t i = 0; i < 6; i++)
        table_add(&table, cells[i]);
    capture(&c);
    table_print(&table, c.stream);
    size_t wide = width_columns(cells[3], strlen(cells[3]));
    char wanted[100];
    snprintf(wanted, sizeof wanted, "a%*s    1  x\n%s  200\n", (int)wide - 1, "", cells[3]);
    check(&c, wanted);
    table_release(&table);
}

static void lines_keep_their_line_feeds_and_lose_what_is_unsafe(void **state)
{
    (void)state;
    struct captured c;
    capture(&c);
    output_lines(c.stream, "one\n\ntwo\x07\n");
    check(&c, "one\n\ntwo\xEF\xBF\xBD\n");
}

static void only_the_three_formats_are_known(void **state)
{
    (void)state;
    enum output_format format = OUTPUT_TEXT;
    assert_true(output_format_parse("json", &format));
    assert_int_equal(format, OUTPUT_JSON);
    assert_false(output_format_parse("JSON", &format));
    assert_false(output_format_parse("", &format));
    assert_int_equal(format, OUTPUT_JSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_escapes_what_would_break_a_line_or_a_terminal),
        cmocka_unit_test(a_row_of_json_is_one_object_in_one_line),
        cmocka_unit_test(a_row_of_tsv_has_no_tab_or_line_feed_inside_a_cell),
        cmocka_unit_test(a_table_is_aligned_by_columns_and_ends_without_blanks),
        cmocka_unit_test(lines_keep_their_line_feeds_and_lose_what_is_unsafe),
        cmocka_unit_test(only_the_three_formats_are_known),
    };
    (void)width_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
