/* words FONT < PAGE: every Khmer word of a page once, as rows of a JavaScript list:
 *     ["word",SHAPED,PLAIN],
 * SHAPED is its width in ems as HarfBuzz puts the letters together, PLAIN that of the letters one
 * after the other. A word is a run of Khmer letters and signs. Knows nothing of HTML but that tags
 * stand in < >. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/mem.h"
#include "i18n/utf8.h"
#include "tests/tui/font_reference.h"

struct words {
    char **rows;
    size_t count;
};

static void add(struct words *words, const char *s, size_t len)
{
    for (size_t i = 0; i < words->count; i++)
        if (strlen(words->rows[i]) == len && memcmp(words->rows[i], s, len) == 0)
            return;
    words->rows = mem_realloc(words->rows, words->count + 1, sizeof *words->rows);
    words->rows[words->count++] = mem_strndup(s, len);
}

static struct words collect(const struct text *page)
{
    struct words words = {0};
    bool in_tag = false;
    size_t begin = 0, run = 0;
    for (size_t at = 0; at < page->len;) {
        char32_t cp;
        size_t len = utf8_decode(page->bytes + at, page->len - at, &cp);
        bool letter = khmer_is_base(cp) || khmer_is_mark(cp);
        in_tag = cp == '<' || (in_tag && cp != '>');
        if (letter && !in_tag && run == 0)
            begin = at;
        if (letter && !in_tag)
            run += len;
        else if (run > 0) {
            add(&words, page->bytes + begin, run);
            run = 0;
        }
        at += len;
    }
    return words;
}

int main(int argc, char **argv)
{
    struct text page = TEXT_INIT;
    char piece[4096];
    size_t got;
    if (argc != 2) {
        fprintf(stderr, "usage: words FONT < PAGE\n");
        return 2;
    }
    while ((got = fread(piece, 1, sizeof piece, stdin)) > 0)
        text_add(&page, piece, got);
    struct words words = collect(&page);
    for (size_t i = 0; i < words.count; i++) {
        double shaped, plain;
        font_advances(argv[1], words.rows[i], &shaped, &plain);
        printf("[\"%s\",%.4f,%.4f],\n", words.rows[i], shaped, plain);
        free(words.rows[i]);
    }
    free(words.rows);
    text_release(&page);
    return 0;
}
