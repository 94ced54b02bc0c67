/* A list of services on paper: names, numbers, where, and when each was confirmed. */
#include <stdio.h>

#include "tui/hits.h"
#include "tui/print.h"

enum { PRINT_AT_MOST = 2000 };

static void add_hit(struct sheet *s, const struct format *f, const struct hit *h)
{
    struct text line = TEXT_INIT;
    format_hit_name(f, &line, h);
    sheet_text(s, 0, STYLE_TITLE, line.bytes);
    text_clear(&line);
    format_hit_line(f, &line, h);
    sheet_text(s, 2, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    format_confirmed(f, &line, h->verified, "");
    sheet_text(s, 2, STYLE_NORMAL, line.bytes);
    sheet_gap(s);
    text_release(&line);
}

bool hits_print(const struct hits *h, const struct format *f, struct text *out)
{
    struct query query = h->query;
    struct result result;
    struct sheet s;
    query.words = h->words.bytes;
    query.offset = 0;
    query.limit = PRINT_AT_MOST;
    if (!h->loaded || search_run(h->db, &query, &result) != STATUS_OK)
        return false;
    sheet_init(&s, PRINT_COLUMNS);
    for (size_t i = 0; i < result.count; i++)
        add_hit(&s, f, &result.rows[i]);
    if (result.more)
        sheet_text(&s, 0, STYLE_NORMAL, message_get(f->lang, MSG_PRINT_MORE));
    sheet_write(&s, out);
    bool any = result.count > 0;
    sheet_release(&s);
    result_release(&result);
    return any;
}
