/* The line of the alert; see alert_bar.h. */
#include "tui/alert_bar.h"

#include <stdio.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/alert_words.h"

void alert_bar_init(struct alert_bar *b)
{
    *b = (struct alert_bar){.place = TEXT_INIT, .line = TEXT_INIT};
}

void alert_bar_release(struct alert_bar *b)
{
    text_release(&b->place);
    text_release(&b->line);
}

void alert_bar_forget(struct alert_bar *b)
{
    b->known = false;
}

void alert_bar_place(const struct context *x, const struct view *v, struct text *out)
{
    struct uuid service;
    const char *area = v->ops->area ? v->ops->area(v) : "";
    text_adds(out, strcmp(area, AREA_COUNTRY_CODE) == 0 ? "" : area);
    if (!v->ops->selected || !v->ops->selected(v, &service))
        return;
    size_t before = out->len;
    if (before)
        text_addc(out, ' ');
    /* Where it cannot be read the view says so itself. */
    if (alert_places_of(x->db, &service, out) != STATUS_OK || out->len <= before + 1)
        text_truncate(out, before);
}

static void find(struct alert_bar *b, const struct context *x)
{
    struct alert_list list;
    struct names *names = names_new(x->db, &x->lettering);
    struct format f = {names, x->lang, x->now(x->clock)};
    text_clear(&b->line);
    b->more = 0;
    if (x->db && alert_load_now(x->db, b->day, &list) == STATUS_OK) {
        alert_keep(&list, b->place.bytes);
        if (list.count) {
            alert_add_warning(&f, &b->line, &list.rows[0]);
            b->more = list.count - 1;
        }
        alert_list_release(&list);
    }
    names_free(names);
}

bool alert_bar_update(struct alert_bar *b, const struct context *x, const struct view *v)
{
    struct text place = TEXT_INIT;
    int64_t day = date_days(date_from_time(x->now(x->clock)));
    int before = alert_bar_rows(b);
    alert_bar_place(x, v, &place);
    if (!b->known || day != b->day || x->lang != b->lang || x->db != b->db ||
        strcmp(place.bytes, b->place.bytes) != 0) {
        text_clear(&b->place);
        text_add(&b->place, place.bytes, place.len);
        b->day = day;
        b->lang = x->lang;
        b->db = x->db;
        b->known = true;
        find(b, x);
    }
    text_release(&place);
    return alert_bar_rows(b) != before;
}

int alert_bar_rows(const struct alert_bar *b)
{
    return b->line.len > 0;
}

void alert_bar_draw(const struct alert_bar *b, struct canvas *c, int row)
{
    char more[24] = "";
    if (!b->line.len)
        return;
    if (b->more)
        snprintf(more, sizeof more, " +%zu", b->more);
    int width = (int)strlen(more);
    canvas_fill(c, row, 0, c->columns, STYLE_WARNING, 0);
    canvas_puts(c, row, 1, c->columns - 2 - width, STYLE_WARNING, b->line.bytes);
    if (width)
        canvas_puts(c, row, c->columns - 1 - width, width, STYLE_WARNING, more);
}
