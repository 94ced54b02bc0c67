/* The tables of terminals and going through them; see terminal.h. */
#include "tui/terminal.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *version, *variable, *term;
} brands[BRAND_COUNT] = {
    [BRAND_ANY] = {"", "", "", ""},
#define BRAND(constant, name, version, variable, term)                                             \
    [BRAND_##constant] = {name, version, variable, term},
#include "tui/terminal.def"
#undef BRAND
};

static const struct {
    enum brand brand;
    int version;
    unsigned needs;
    struct terminal_verdict verdict;
} rules[] = {
#define RULE(brand, version, needs, painter, script, why, advice)                                  \
    {BRAND_##brand, version, needs, {PAINTER_##painter, SCRIPT_##script, why, advice}},
#include "tui/terminal.def"
#undef RULE
};

static const char *value_of(terminal_getenv *get, const char *name)
{
    const char *value = *name ? get(name) : NULL;
    return value ? value : "";
}

static bool begins(const char *s, const char *start)
{
    return *start && strncmp(s, start, strlen(start)) == 0;
}

static bool in_multiplexer(terminal_getenv *get)
{
    const char *term = value_of(get, "TERM");
    return *value_of(get, "TMUX") || *value_of(get, "STY") || begins(term, "screen") ||
           begins(term, "tmux");
}

unsigned terminal_questions(terminal_getenv *get)
{
    if (begins(value_of(get, "TERM"), "linux"))
        return 0; /* it would print them */
    return in_multiplexer(get) ? PROBE_ASK_ALL : PROBE_ASK_ALL | PROBE_ASK_KITTY;
}

/* The first three numbers of a text: "Konsole 22.12.3" is 221203. */
static int version_of(const char *s)
{
    enum { MOST = 99, MAJOR_MOST = 9999 };
    long part[3] = {0};
    s += strcspn(s, "0123456789");
    for (int i = 0; i < 3 && *s >= '0' && *s <= '9'; i++) {
        char *end;
        part[i] = strtol(s, &end, 10);
        s = end + (*end == '.');
    }
    if (part[0] > MAJOR_MOST && part[1] == 0) /* KONSOLE_VERSION=221203 */
        return part[0] < 100L * 10000 ? (int)part[0] : 0;
    if (part[0] > MAJOR_MOST || part[1] > MOST)
        return 0;
    return (int)(part[0] * 10000 + part[1] * 100 + (part[2] > MOST ? MOST : part[2]));
}

static enum brand find_brand(const struct answers *a, terminal_getenv *get)
{
    const char *term = value_of(get, "TERM");
    bool multiplexer = in_multiplexer(get); /* its variables and its TERM go before all others */
    for (int i = BRAND_ANY + 1; i < BRAND_COUNT && !multiplexer; i++)
        if (begins(a->version, brands[i].version))
            return (enum brand)i;
    if (*a->version && !multiplexer)
        return BRAND_ANY; /* it has a name, and none we know */
    for (int i = BRAND_ANY + 1; i < BRAND_COUNT; i++)
        if (begins(a->version, brands[i].version) || *value_of(get, brands[i].variable) ||
            begins(term, brands[i].term))
            return (enum brand)i;
    return BRAND_ANY;
}

static int find_version(enum brand brand, const struct answers *a, terminal_getenv *get)
{
    if (begins(a->version, brands[brand].version))
        return version_of(a->version);
    return version_of(value_of(get, brands[brand].variable));
}

static void find_cell(struct facts *f, int rows, int columns, int width, int height)
{
    const struct answers *a = &f->answers;
    if (a->cell_width > 0) {
        f->cell_width = a->cell_width;
        f->cell_height = a->cell_height;
    } else if (rows > 0 && columns > 0) {
        if (width <= 0 || height <= 0) {
            width = a->area_width;
            height = a->area_height;
        }
        f->cell_width = width / columns;
        f->cell_height = height / rows;
    }
    if (f->cell_width < 4 || f->cell_height < 8 || f->cell_width > SHAPE_CELL_MAX ||
        f->cell_height > SHAPE_CELL_MAX)
        f->cell_width = f->cell_height = 0;
}

void terminal_judge(const struct answers *answers, terminal_getenv *get, int rows, int columns,
                    int width, int height, struct facts *ret_facts)
{
    struct facts f = {.answers = *answers, .font = true};
    f.brand = find_brand(answers, get);
    f.version = find_version(f.brand, answers, get);
    find_cell(&f, rows, columns, width, height);
    *ret_facts = f;
}

static unsigned has(const struct facts *f)
{
    return (f->answers.kitty ? NEED_KITTY : 0u) | (f->answers.sixel ? NEED_SIXEL : 0u) |
           (f->cell_width > 0 ? NEED_CELL : 0u) | (f->font ? NEED_FONT : 0u);
}

struct terminal_verdict terminal_decide(const struct facts *f)
{
    unsigned there = has(f);
    size_t i = 0, last = sizeof rules / sizeof rules[0] - 1;
    for (; i < last; i++)
        if ((rules[i].brand == BRAND_ANY || rules[i].brand == f->brand) &&
            f->version >= rules[i].version && (rules[i].needs & ~there) == 0)
            break;
    return rules[i].verdict;
}

const char *terminal_brand_name(enum brand brand)
{
    return brands[brand].name;
}

bool terminal_copies_under(enum brand brand)
{
    return brand == BRAND_XTERM || brand == BRAND_KITTY;
}
