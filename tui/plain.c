/* The line mode; see plain.h. Uses the same words for services as the screens (format.h). */
#include "tui/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/detail.h"
#include "db/search.h"
#include "i18n/number.h"
#include "i18n/utf8.h"
#include "tui/alert_words.h"
#include "tui/output.h"
#include "tui/plain_page.h"
#include "tui/sheet.h"

static struct page *top(struct plain *p)
{
    return &p->pages[p->page_count - 1];
}

static void push(struct plain *p, struct page page)
{
    if (p->page_count == p->page_room) {
        p->page_room = p->page_room ? p->page_room * 2 : 8;
        p->pages = mem_realloc(p->pages, p->page_room, sizeof *p->pages);
    }
    p->pages[p->page_count++] = page;
}

static void pop(struct plain *p)
{
    free(top(p)->words);
    p->page_count--;
}

static void say(struct plain *p, enum message id)
{
    output_lines(p->io.out, message_get(p->io.lang, id));
}

void plain_failed(struct plain *p, enum status status)
{
    (void)problem_status(&p->io, status, p->directory->path, db_error(p->directory->db));
}

struct choice *plain_add_choice(struct plain *p)
{
    if (p->choice_count == p->choice_room) {
        p->choice_room = p->choice_room ? p->choice_room * 2 : 32;
        p->choices = mem_realloc(p->choices, p->choice_room, sizeof *p->choices);
    }
    p->choices[p->choice_count] = (struct choice){0};
    return &p->choices[p->choice_count++];
}

struct format plain_words(const struct plain *p)
{
    return (struct format){p->names, p->io.lang, directory_now(p->directory)};
}

static void show_areas(struct plain *p, const char *code)
{
    struct area_list areas = {0};
    struct text line = TEXT_INIT;
    enum status status = area_children(p->directory->db, code, &areas);
    if (status)
        plain_failed(p, status);
    if (areas.count)
        say(p, MSG_BROWSE_LEGEND);
    for (size_t i = 0; i < areas.count; i++) {
        const struct area *a = &areas.rows[i];
        struct choice *choice = plain_add_choice(p);
        snprintf(choice->area, sizeof choice->area, "%s", a->code);
        text_clear(&line);
        text_addf(&line, "%zu. ", p->choice_count);
        names_area(p->names, &line, p->io.lang, a->code);
        text_addf(&line, " %lld/%lld", (long long)a->located, (long long)a->covering);
        output_lines(p->io.out, line.bytes);
    }
    text_release(&line);
    area_list_release(&areas);
}

static void show_hit(struct plain *p, const struct format *f, const struct hit *h)
{
    struct text line = TEXT_INIT;
    plain_add_choice(p)->service = h->id;
    text_addf(&line, "%zu. ", p->choice_count);
    format_hit_name(f, &line, h);
    text_adds(&line, "\n   ");
    format_hit_line(f, &line, h);
    output_lines(p->io.out, line.bytes);
    text_release(&line);
}

static void show_hits(struct plain *p, const struct result *r, const char *area)
{
    struct format f = plain_words(p);
    struct text heading = TEXT_INIT;
    int group = -1;
    for (size_t i = 0; i < r->count; i++) {
        int next = format_hit_group(&r->rows[i], area);
        if (*area && next != group) {
            group = next;
            text_clear(&heading);
            format_group(&f, &heading, group, area);
            output_lines(p->io.out, heading.bytes);
        }
        show_hit(p, &f, &r->rows[i]);
    }
    p->more = r->more;
    if (r->more)
        say(p, MSG_PLAIN_MORE);
    text_release(&heading);
}

static void show_alerts(struct plain *p, const char *codes)
{
    struct format f = plain_words(p);
    struct text lines = TEXT_INIT;
    alert_add_lines(&f, &lines, p->directory->db, codes);
    if (lines.len) {
        text_truncate(&lines, lines.len - 1);
        output_lines(p->io.out, lines.bytes);
    }
    text_release(&lines);
}

static void show_area(struct plain *p)
{
    struct page *page = top(p);
    struct text path = TEXT_INIT;
    names_path(p->names, &path, p->io.lang, page->area);
    output_lines(p->io.out, path.bytes);
    text_release(&path);
    show_alerts(p, page->area);
    if (!page->offset)
        show_areas(p, page->area);
    if (!*page->area) /* every service of the country is no list to read: words find them */
        return;
    struct result result = {0};
    struct query query = {
        .words = "", .limit = SERVICES_SHOWN, .offset = page->offset, .lang = p->io.lang};
    query.filters[0] = (struct filter){.kind = FILTER_AREA};
    snprintf(query.filters[0].value, sizeof query.filters[0].value, "%s", page->area);
    query.filter_count = 1;
    enum status status = search_run(p->directory->db, &query, &result);
    if (status) {
        plain_failed(p, status);
        return;
    }
    if (!result.count)
        say(p, MSG_BROWSE_NO_SERVICE);
    show_hits(p, &result, page->area);
    result_release(&result);
}

static void show_filters(struct plain *p, const struct result *r)
{
    struct format f = plain_words(p);
    struct text line = TEXT_INIT;
    text_addf(&line, "%s: ", message_get(p->io.lang, MSG_SEARCH_FILTERS));
    for (size_t i = 0; i < r->filter_count; i++) {
        if (i)
            text_adds(&line, ", ");
        format_filter(&f, &line, &r->filters[i]);
    }
    if (r->filter_count)
        output_lines(p->io.out, line.bytes);
    if (r->widened)
        say(p, MSG_SEARCH_WIDENED);
    text_release(&line);
}

static void show_search(struct plain *p)
{
    struct page *page = top(p);
    struct result result = {0};
    struct query query = {
        .words = page->words, .limit = SERVICES_SHOWN, .offset = page->offset, .lang = p->io.lang};
    enum status status = search_run(p->directory->db, &query, &result);
    if (status) {
        plain_failed(p, status);
        return;
    }
    show_filters(p, &result);
    if (!result.count) {
        say(p, MSG_SEARCH_NOTHING);
        say(p, MSG_SEARCH_NOTHING_WORDS);
    }
    show_hits(p, &result, "");
    result_release(&result);
}

static void show_service(struct plain *p)
{
    struct detail detail = {0};
    enum status status = detail_load(p->directory->db, &top(p)->service, &detail);
    if (status == STATUS_NOT_FOUND) {
        say(p, MSG_DETAIL_GONE);
        return;
    }
    if (status) {
        plain_failed(p, status);
        return;
    }
    struct format f = plain_words(p);
    struct sheet sheet;
    struct text out = TEXT_INIT;
    if (alert_places_of(p->directory->db, &top(p)->service, &out) == STATUS_OK)
        show_alerts(p, out.bytes);
    text_clear(&out);
    sheet_init(&sheet, SHEET_UNBOUNDED);
    format_detail(&f, &sheet, &detail);
    sheet_write(&sheet, &out);
    output_lines(p->io.out, out.bytes);
    text_release(&out);
    sheet_release(&sheet);
    detail_release(&detail);
}

static void show(struct plain *p)
{
    p->choice_count = 0;
    p->more = false;
    putc('\n', p->io.out);
    if (directory_is_training(p->directory))
        say(p, MSG_TRAINING_PAGE);
    if (top(p)->kind >= PAGE_NEEDS)
        show_alerts(p, top(p)->area);
    switch (top(p)->kind) {
    case PAGE_AREA:
        show_area(p);
        break;
    case PAGE_SEARCH:
        show_search(p);
        break;
    case PAGE_SERVICE:
        show_service(p);
        break;
    case PAGE_NEEDS:
        plain_show_needs(p, top(p));
        break;
    case PAGE_PATHWAY:
        plain_show_pathway(p, top(p));
        break;
    case PAGE_DUE:
        plain_show_due(p, top(p));
        break;
    case PAGE_COVERAGE:
        plain_show_coverage(p, top(p));
        break;
    }
}

/* The area the person is in: of the nearest page that has one. */
static const char *area_of(const struct plain *p)
{
    for (size_t i = p->page_count; i-- > 0;)
        if (p->pages[i].kind != PAGE_SEARCH && p->pages[i].kind != PAGE_SERVICE)
            return p->pages[i].area;
    return "";
}

static void open_work(struct plain *p, enum page_kind kind)
{
    struct page page = {.kind = kind};
    snprintf(page.area, sizeof page.area, "%s", area_of(p));
    if (kind == PAGE_NEEDS && area_level(page.area) < 2) {
        say(p, MSG_PLAIN_WAY_AREA);
        return;
    }
    push(p, page);
    show(p);
}

static void open_choice(struct plain *p, struct choice choice)
{
    struct page page = {.kind = *choice.need   ? PAGE_PATHWAY
                                : *choice.area ? PAGE_AREA
                                               : PAGE_SERVICE,
                        .service = choice.service};
    if (page.kind == PAGE_SERVICE && uuid_is_nil(&choice.service)) {
        say(p, MSG_WAY_NO_SERVICE);
        return;
    }
    memcpy(page.need, choice.need, sizeof page.need);
    memcpy(page.area, choice.area, sizeof page.area);
    push(p, page);
    show(p);
}

static void go_back(struct plain *p)
{
    if (p->page_count > 1)
        pop(p);
    show(p);
}

static void next_services(struct plain *p)
{
    if (p->more)
        top(p)->offset += SERVICES_SHOWN;
    show(p);
}

static void change_language(struct plain *p)
{
    p->io.lang = p->io.lang == LANG_KM ? LANG_EN : LANG_KM;
    show(p);
}

static void search(struct plain *p, const char *words)
{
    push(p, (struct page){.kind = PAGE_SEARCH, .words = mem_strdup(words)});
    show(p);
}

/* The command a lone letter stands for, 0 for none: the Latin letter, or what the same key sends on
 * the Khmer keyboard. */
static char letter(const char *line)
{
    static const struct {
        char command;
        const char *typed[2];
    } letters[] = {
        {'b', {"b", "ប"}}, {'q', {"q", "ឆ"}}, {'l', {"l", "ល"}}, {'p', {"p", "ផ"}},
        {'d', {"d", "ដ"}}, {'m', {"m", "ម"}}, {'?', {"?", "?"}},
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (!strcmp(line, letters[i].typed[0]) || !strcmp(line, letters[i].typed[1]))
            return letters[i].command;
    return 0;
}

/* One line the person typed; false to leave. */
static bool obey(struct plain *p, const char *line)
{
    int64_t number;
    size_t len = strlen(line);
    if (!number_parse(line, len, &number) && number >= 1 && (uint64_t)number <= p->choice_count) {
        open_choice(p, p->choices[number - 1]);
        return true;
    }
    switch (letter(line)) {
    case 'q':
        return false;
    case 'b':
        go_back(p);
        break;
    case 'l':
        change_language(p);
        break;
    case 'p':
        open_work(p, PAGE_NEEDS);
        break;
    case 'd':
        open_work(p, PAGE_DUE);
        break;
    case 'm':
        open_work(p, PAGE_COVERAGE);
        break;
    case '?':
        say(p, MSG_PLAIN_HELP);
        say(p, MSG_PLAIN_WORK);
        break;
    default:
        if (len)
            search(p, *line == '/' ? line + 1 : line);
        else
            next_services(p);
    }
    return true;
}

/* Cuts white space and ZWSP (the space bar of the Khmer layout) at both ends. */
static char *trim(char *line)
{
    static const char zwsp[] = "\xE2\x80\x8B";
    size_t len = strlen(line);
    for (;;) {
        if (len && strchr(" \t\r\n", line[len - 1]))
            len--;
        else if (len >= 3 && !memcmp(line + len - 3, zwsp, 3))
            len -= 3;
        else
            break;
    }
    line[len] = '\0';
    for (;;) {
        if (*line && strchr(" \t", *line))
            line++;
        else if (!strncmp(line, zwsp, 3))
            line += 3;
        else
            return line;
    }
}

static void read_lines(struct plain *p)
{
    char *line = NULL;
    size_t room = 0;
    bool prompt = isatty(fileno(p->io.in)), going = true;
    while (going) {
        if (prompt)
            fprintf(p->io.out, "%s> ",
                    directory_is_training(p->directory) ? message_get(p->io.lang, MSG_APP_TRAINING)
                                                        : "");
        fflush(p->io.out);
        if (getline(&line, &room, p->io.in) < 0)
            break;
        char *typed = trim(line);
        if (utf8_valid(typed, strlen(typed), NULL))
            going = obey(p, typed);
        else
            say(p, MSG_PLAIN_UTF8);
    }
    free(line);
}

int plain_run(const struct console *io, struct directory *directory, enum script script)
{
    const struct lettering lettering = {.script = script};
    struct plain p = {
        .io = *io, .directory = directory, .names = names_new(directory->db, &lettering)};
    push(&p, (struct page){.kind = PAGE_AREA});
    say(&p, MSG_APP_TITLE);
    say(&p, MSG_PLAIN_HELP);
    say(&p, MSG_PLAIN_WORK);
    if (directory_is_training(directory))
        say(&p, MSG_PLAIN_SCENARIOS);
    show(&p);
    read_lines(&p);
    while (p.page_count)
        pop(&p);
    free(p.pages);
    free(p.choices);
    names_free(p.names);
    return EXIT_DONE;
}
