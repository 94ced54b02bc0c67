/* Areas by how their names sound: every form of every name is kept as letters, and all of them are
 * measured against what was typed. A bound that falls with each find, and counts of letters, spare
 * most of the measuring. */
#include "db/search_roman.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "db/area_name.h"
#include "db/internal.h"
#include "db/search_index.h"
#include "i18n/key.h"
#include "i18n/roman.h"

enum {
    FURTHEST = 450,       /* hundredths of a letter: what is beyond is not near */
    DERIVED = 4,          /* of a form that is not the official one */
    LEVEL_STEP = 6,       /* for each level below the province */
    BEGINNING = 50,       /* only the beginning is typed */
    BEGINNING_LETTER = 3, /* for each letter that is not */
    BEGINNING_MOST = 40,
    BEGINNING_LEAST = 3, /* letters */
    SCORE_PART = 4,      /* off the score for each hundredth a letter, over the letters typed */
};

/* A spelling of a name. */
struct form {
    uint32_t name;
    uint32_t letters; /* at, in the store */
    uint8_t len;
    bool derived;
    struct roman_count count;
};

struct roman_names {
    char (*codes)[AREA_CODE]; /* of a name together, names by first code */
    unsigned char *kinds;
    uint32_t *first; /* [name_count + 1] */
    size_t name_count, code_count;
    struct form *forms;
    size_t form_count, form_room;
    struct text store;
};

/* --- all names ---------------------------------------------------------------------------------
 */

struct row {
    const char *km, *en;
    char code[AREA_CODE];
    unsigned char kind;
};

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    int order = strcmp(a->km, b->km);
    if (!order)
        order = (strlen(a->code) > strlen(b->code)) - (strlen(a->code) < strlen(b->code));
    return order ? order : strcmp(a->code, b->code);
}

static void add_form(struct roman_names *names, size_t name, const char *spelling, bool derived)
{
    size_t at = names->store.len;
    roman_letters(&names->store, spelling, strlen(spelling));
    size_t len = names->store.len - at;
    if (len > ROMAN_LETTERS)
        len = ROMAN_LETTERS;
    text_truncate(&names->store, at + len);
    for (size_t i = names->form_count; i-- > 0 && names->forms[i].name == name;) {
        const struct form *form = &names->forms[i];
        if (form->len == len &&
            memcmp(names->store.bytes + form->letters, names->store.bytes + at, len) == 0) {
            text_truncate(&names->store, at);
            return;
        }
    }
    if (!len)
        return;
    if (names->form_count == names->form_room) {
        names->form_room = names->form_room ? names->form_room * 2 : 512;
        names->forms = mem_realloc(names->forms, names->form_room, sizeof *names->forms);
    }
    struct form *form = &names->forms[names->form_count++];
    *form = (struct form){(uint32_t)name, (uint32_t)at, (uint8_t)len, derived, {{0}, {0}}};
    roman_count(names->store.bytes + at, len, &form->count);
}

static void add_name(struct roman_names *names, const struct row *rows, size_t count)
{
    size_t name = names->name_count++;
    names->first[name] = (uint32_t)names->code_count;
    for (size_t i = 0; i < count; i++) {
        memcpy(names->codes[names->code_count], rows[i].code, AREA_CODE);
        names->kinds[names->code_count++] = rows[i].kind;
        add_form(names, name, rows[i].en, false);
    }
    struct text key = TEXT_INIT, alias = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        text_clear(&key);
        key_make(&key, rows[i].en, strlen(rows[i].en), KEY_STRICT);
        for (size_t nth = 0;; nth++) {
            text_clear(&alias);
            if (!area_name_alias(&alias, key.bytes, key.len, nth))
                break;
            add_form(names, name, alias.bytes, false);
        }
    }
    text_release(&key);
    text_release(&alias);
    add_form(names, name, rows->km, true);
}

static enum status read_rows(struct db *db, struct arena *arena, struct row **ret_rows,
                             size_t *ret_count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_SCAN, &s);
    if (status != STATUS_OK)
        return status;
    struct row *rows = NULL;
    size_t count = 0, room = 0;
    bool more;
    while ((status = db_step(db, s, &more)) == STATUS_OK && more) {
        const char *code = column_text(s, 0);
        int kind = sqlite3_column_int(s, 1);
        if (strlen(code) >= AREA_CODE || kind <= 0 || kind >= AREA_KIND_COUNT)
            continue;
        rows = arena_grow(arena, rows, count, &room, sizeof *rows);
        struct row *row = &rows[count++];
        *row = (struct row){arena_strdup(arena, column_text(s, 2)),
                            arena_strdup(arena, column_text(s, 3)), "", (unsigned char)kind};
        memcpy(row->code, code, strlen(code) + 1);
    }
    *ret_rows = rows;
    *ret_count = count;
    return status;
}

static enum status load_names(struct db *db, struct roman_names **ret_names)
{
    struct arena arena = {0};
    struct row *rows;
    size_t count;
    enum status status = read_rows(db, &arena, &rows, &count);
    if (status == STATUS_OK) {
        struct roman_names *names = mem_zalloc(1, sizeof *names);
        text_init(&names->store);
        names->codes = mem_zalloc(count + 1, sizeof *names->codes);
        names->kinds = mem_zalloc(count + 1, sizeof *names->kinds);
        names->first = mem_zalloc(count + 1, sizeof *names->first);
        if (count)
            qsort(rows, count, sizeof *rows, compare_rows);
        for (size_t at = 0, end; at < count; at = end) {
            for (end = at + 1; end < count && strcmp(rows[end].km, rows[at].km) == 0;)
                end++;
            add_name(names, rows + at, end - at);
        }
        names->first[names->name_count] = (uint32_t)names->code_count;
        *ret_names = names;
    }
    arena_release(&arena);
    return status;
}

void roman_names_free(struct roman_names *names)
{
    if (!names)
        return;
    free(names->codes);
    free(names->kinds);
    free(names->first);
    free(names->forms);
    text_release(&names->store);
    free(names);
}

/* --- finding -----------------------------------------------------------------------------------
 */

/* The nearest form of a name so far. */
struct near {
    size_t name;
    unsigned distance;
    bool beginning;
    unsigned kinds; /* those asked for */
    size_t letters; /* typed */
};

/* The nearest names, sorted; few. */
struct nearest {
    struct near *rows;
    size_t count, limit;
    unsigned most; /* what is further is not wanted */
};

static void keep(struct nearest *best, const struct near *found)
{
    size_t at = 0;
    while (at < best->count && best->rows[at].name != found->name)
        at++;
    if (at == best->count) {
        if (best->count == best->limit)
            at = best->count - 1;
        else
            best->count++;
    } else if (best->rows[at].distance <= found->distance) {
        return;
    }
    while (at > 0 && (best->rows[at - 1].distance > found->distance ||
                      (best->rows[at - 1].distance == found->distance &&
                       best->rows[at - 1].name > found->name))) {
        best->rows[at] = best->rows[at - 1];
        at--;
    }
    best->rows[at] = *found;
    if (best->count == best->limit && best->rows[best->count - 1].distance < best->most)
        best->most = best->rows[best->count - 1].distance;
}

/* What is typed, one reading of it. */
struct wanted {
    const char *letters;
    size_t len;
    unsigned kinds; /* bits; AREA_ANY_KIND */
    struct roman_count count;
    unsigned skips[ROMAN_LETTERS + 1]; /* roman_skips */
};

/* The highest area of the name that is of the wanted kinds; false: none is. */
static bool level_of(const struct roman_names *names, size_t name, unsigned kinds,
                     unsigned *ret_level)
{
    for (size_t i = names->first[name]; i < names->first[name + 1]; i++)
        if (kinds == AREA_ANY_KIND || (kinds & 1U << names->kinds[i])) {
            *ret_level = (unsigned)strlen(names->codes[i]) / 2;
            return true;
        }
    return false;
}

static unsigned beginning_extra(const struct wanted *wanted, const struct form *form)
{
    if (wanted->len < BEGINNING_LEAST || wanted->len >= form->len)
        return ROMAN_FAR;
    unsigned rest = BEGINNING_LETTER * (unsigned)(form->len - wanted->len);
    return BEGINNING + (rest < BEGINNING_MOST ? rest : BEGINNING_MOST);
}

static void measure_form(const struct roman_names *names, const struct form *form,
                         const struct wanted *wanted, struct nearest *best)
{
    unsigned level, beginning;
    const char *letters = names->store.bytes + form->letters;
    if (!level_of(names, form->name, wanted->kinds, &level))
        return;
    unsigned extra = (form->derived ? DERIVED : 0) + (level - 1) * LEVEL_STEP;
    if (extra > best->most)
        return;
    unsigned distance = roman_distance(wanted->letters, wanted->len, letters, form->len,
                                       best->most - extra, &beginning) +
                        extra;
    beginning += extra + beginning_extra(wanted, form);
    struct near found = {form->name, distance, false, wanted->kinds, wanted->len};
    if (beginning < distance) {
        found.distance = beginning;
        found.beginning = true;
    }
    if (found.distance <= best->most)
        keep(best, &found);
}

/* What the form is away at least, in steps of a letter. */
static unsigned least_steps(const struct form *form, const struct wanted *wanted)
{
    unsigned least = roman_least(&wanted->count, &form->count);
    unsigned back = roman_least(&form->count, &wanted->count);
    if (back > least && beginning_extra(wanted, form) == ROMAN_FAR)
        least = back;
    return least / ROMAN_LETTER;
}

/* So much is typed that what the form has no letters for is too far. */
static bool is_too_long(const struct form *form, const struct wanted *wanted, unsigned most)
{
    return wanted->len > form->len && wanted->skips[wanted->len - form->len] > most;
}

/* Measures all forms, those with the same consonants first, until the bound rules out the rest. */
static void measure_all(const struct roman_names *names, const struct wanted *wanted,
                        struct nearest *best)
{
    unsigned char *steps = mem_alloc(names->form_count + 1);
    for (size_t i = 0; i < names->form_count; i++) {
        const struct form *form = &names->forms[i];
        unsigned n = is_too_long(form, wanted, best->most) ? UCHAR_MAX : least_steps(form, wanted);
        steps[i] = (unsigned char)(n < UCHAR_MAX ? n : UCHAR_MAX);
    }
    for (unsigned n = 0; n * ROMAN_LETTER <= best->most; n++)
        for (size_t i = 0; i < names->form_count; i++)
            if (steps[i] == n)
                measure_form(names, &names->forms[i], wanted, best);
    free(steps);
}

/* The distance from which on the score of so many letters is below `least`. */
static unsigned furthest(size_t letters, int least)
{
    if (least <= 0)
        return FURTHEST;
    unsigned most = (101 - (unsigned)least) * (unsigned)letters / SCORE_PART;
    return most < FURTHEST ? most : FURTHEST;
}

static int score_of(unsigned distance, size_t letters)
{
    unsigned off = SCORE_PART * distance / (unsigned)letters;
    return off > 100 ? 0 : 100 - (int)off;
}

static void add_match(const struct roman_names *names, const struct near *near, size_t name,
                      size_t area, struct roman_list *list, size_t *room)
{
    list->rows = arena_grow(&list->arena, list->rows, list->count, room, sizeof *list->rows);
    struct roman_match *match = &list->rows[list->count++];
    *match = (struct roman_match){.name = name,
                                  .distance = near->distance,
                                  .beginning = near->beginning,
                                  .score = score_of(near->distance, near->letters)};
    memcpy(match->code, names->codes[area], AREA_CODE);
}

/* All areas of the names; those of the kind that was asked for before the others. */
static void add_matches(const struct roman_names *names, const struct nearest *best,
                        struct roman_list *list)
{
    size_t room = 0;
    for (size_t n = 0; n < best->count; n++) {
        const struct near *near = &best->rows[n];
        for (int others = 0; others < 2; others++)
            for (size_t i = names->first[near->name]; i < names->first[near->name + 1]; i++) {
                bool asked = near->kinds == AREA_ANY_KIND || (near->kinds & 1U << names->kinds[i]);
                if (asked != (others == 1))
                    add_match(names, near, n, i, list, &room);
            }
    }
}

static enum status search_names(struct db *db, struct roman_names **ret_names)
{
    struct search *search = search_cache(db);
    enum status status = STATUS_OK;
    if (!search->roman)
        status = load_names(db, &search->roman);
    if (status == STATUS_OK)
        *ret_names = search->roman;
    return status;
}

/* The nth reading of what is typed: as it is, then without a unit word. False: no more. */
static bool read_typed(struct text *letters, const struct text *key, size_t nth,
                       struct wanted *ret_wanted)
{
    size_t at = 0, len = key->len;
    struct wanted *wanted = ret_wanted;
    *wanted = (struct wanted){.kinds = AREA_ANY_KIND};
    if (nth && !area_unit_strip(key->bytes, nth - 1, &at, &len, &wanted->kinds))
        return false;
    text_clear(letters);
    roman_letters(letters, key->bytes + at, len);
    wanted->letters = letters->bytes;
    wanted->len = letters->len < ROMAN_LETTERS ? letters->len : ROMAN_LETTERS;
    roman_count(wanted->letters, wanted->len, &wanted->count);
    roman_skips(wanted->letters, wanted->len, wanted->skips);
    return true;
}

enum status roman_areas(struct db *db, const char *typed, size_t len, size_t limit, int least,
                        struct roman_list *ret_list)
{
    struct roman_names *names;
    enum status status = search_names(db, &names);
    if (status != STATUS_OK)
        return status;
    struct roman_list list = {0};
    struct text key = TEXT_INIT, letters = TEXT_INIT;
    struct nearest best = {mem_zalloc(limit + 1, sizeof *best.rows), 0, limit, FURTHEST};
    struct wanted wanted;
    key_make(&key, typed, len, KEY_STRICT);
    for (size_t nth = 0; limit && read_typed(&letters, &key, nth, &wanted); nth++)
        if (wanted.len) {
            unsigned most = furthest(wanted.len, least);
            best.most = best.most < most ? best.most : most;
            measure_all(names, &wanted, &best);
        }
    add_matches(names, &best, &list);
    free(best.rows);
    text_release(&key);
    text_release(&letters);
    *ret_list = list;
    return STATUS_OK;
}

void roman_list_release(struct roman_list *list)
{
    arena_release(&list->arena);
    *list = (struct roman_list){0};
}
