/* Hits, filters and headings in words. Knows no keys and no terminal. */
#include "tui/format.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "db/plan_output.h"
#include "db/record.h"
#include "i18n/number.h"
#include "i18n/roman.h"

enum {
    GROUP_ANY = 0,
    GROUP_LEVEL = 1, /* + area_level: for the country, the province ... */
    GROUP_INSIDE = GROUP_LEVEL + 5,
};

const char *format_pick(enum lang lang, const char *km, const char *en, bool *ret_other)
{
    const char *wanted = lang == LANG_KM ? km : en;
    const char *other = lang == LANG_KM ? en : km;
    bool missing = !wanted || !*wanted;
    *ret_other = missing && other && *other;
    if (!missing)
        return wanted;
    return *ret_other ? other : "";
}

bool format_derived(struct text *out, const char *km)
{
    struct text latin = TEXT_INIT;
    if (km)
        roman_latin(&latin, km, strlen(km));
    bool derived = latin.len > 0 && strcmp(latin.bytes, km) != 0;
    if (derived)
        text_adds(out, latin.bytes);
    text_release(&latin);
    return derived;
}

/* The other letters of a name, where both are wanted. */
static void add_beside(const struct format *f, struct text *out, enum lang lang, const char *km,
                       const char *en)
{
    struct text beside = TEXT_INIT;
    if (!names_both(f->names))
        return;
    if (lang == LANG_EN)
        text_adds(&beside, km ? km : "");
    else if (en && *en)
        text_adds(&beside, en);
    else if (format_derived(&beside, km))
        text_insert(&beside, 0, FORMAT_DERIVED, strlen(FORMAT_DERIVED));
    if (beside.len)
        text_addf(out, NAMES_DOT "%s", beside.bytes);
    text_release(&beside);
}

void format_name(const struct format *f, struct text *out, const char *km, const char *en)
{
    bool other;
    enum lang lang = names_lang(f->names, f->lang);
    const char *name = format_pick(lang, km, en, &other);
    size_t start = out->len;
    if (lang == LANG_EN && other && format_derived(out, km)) {
        text_insert(out, start, FORMAT_DERIVED, strlen(FORMAT_DERIVED));
        if (names_shows_khmer(f->names))
            text_addf(out, NAMES_DOT "%s", km);
        return;
    }
    text_adds(out, name);
    if (other)
        text_addf(out, " %s", message_get(f->lang, MSG_MARK_OTHER_LANGUAGE));
    else
        add_beside(f, out, lang, km, en);
}

void format_hit_name(const struct format *f, struct text *out, const struct hit *h)
{
    format_name(f, out, h->name_km, h->name_en);
}

/* The one area a service belongs to, or NULL: where it is, else what it covers. */
static const char *single_area(const struct hit *h)
{
    const char *codes = h->located && *h->located ? h->located : h->covers;
    if (!codes || !*codes || strchr(codes, ' ') || strcmp(codes, AREA_COUNTRY_CODE) == 0)
        return NULL;
    return codes;
}

/* Appends the area around, where a list for `asked` holds others of the same name. */
static void add_around(const struct format *f, struct text *out, const char *area,
                       const char *asked)
{
    char around[AREA_CODE];
    size_t len = area ? strlen(area) : 0;
    if (!*asked || len <= 2)
        return;
    snprintf(around, sizeof around, "%.*s", (int)len - 2, area);
    if (area_contains(around, asked))
        return;
    text_adds(out, NAMES_DOT);
    names_area(f->names, out, f->lang, around);
}

void format_hit_short_name(const struct format *f, struct text *out, const struct hit *h,
                           int columns, const char *asked)
{
    bool other;
    size_t at = out->len;
    const char *area = single_area(h);
    const char *abbreviation =
        format_pick(names_lang(f->names, f->lang), h->abbreviation_km, h->abbreviation_en, &other);
    format_hit_name(f, out, h);
    add_around(f, out, area, asked);
    if (!area || !*abbreviation || names_measure(f->names, out->bytes + at) <= columns)
        return;
    text_truncate(out, at);
    text_add(out, abbreviation, strcspn(abbreviation, ","));
    text_adds(out, NAMES_DOT);
    names_area(f->names, out, f->lang, area);
    add_around(f, out, area, asked);
}

void format_hit_phone(struct text *out, const struct hit *h)
{
    char number[PHONE_MAX];
    snprintf(number, sizeof number, "%.*s", (int)strcspn(h->phones, " "), h->phones);
    if (*number)
        phone_format(out, number);
}

static void add_part(struct text *out, size_t start, const char *part)
{
    if (out->len > start)
        text_adds(out, NAMES_DOT);
    text_adds(out, part);
}

void format_hit_marks(const struct format *f, struct text *out, const struct hit *h)
{
    size_t start = out->len;
    enum message label;
    if (h->status != VALUE_STATUS_ACTIVE && enum_label("STATUS", h->status, &label))
        add_part(out, start, message_get(f->lang, label));
    if (h->needs_contact)
        add_part(out, start, message_get(f->lang, MSG_MARK_CONTACT_NEEDED));
    else if (h->unconfirmed)
        add_part(out, start, message_get(f->lang, MSG_MARK_UNCONFIRMED));
}

struct place_list {
    const struct format *format;
    struct text *out;
    size_t count;
    int columns;
    const char *name; /* of the service */
};

enum { PLACES_SHOWN = 2 };

static void add_place(void *context, const char *code)
{
    struct place_list *list = context;
    if (list->count++ >= PLACES_SHOWN)
        return;
    if (list->count > 1)
        text_adds(list->out, ", ");
    char above[AREA_CODE];
    struct text area = TEXT_INIT;
    snprintf(above, sizeof above, "%s", code);
    names_area(list->format->names, &area, list->format->lang, code);
    if (area_level(code) > 1 && strstr(list->name, area.bytes))
        above[strlen(code) - 2] = '\0';
    text_release(&area);
    names_path_fit(list->format->names, list->out, list->format->lang, above, list->columns);
}

void format_hit_place(const struct format *f, struct text *out, const struct hit *h, int columns)
{
    bool other;
    struct place_list list = {
        f, out, 0, columns,
        format_pick(names_lang(f->names, f->lang), h->name_km, h->name_en, &other)};
    names_each(h->located && *h->located ? h->located : h->covers, add_place, &list);
    if (list.count > PLACES_SHOWN)
        text_addf(out, " +%zu", list.count - PLACES_SHOWN);
}

void format_hit_reason(const struct format *f, struct text *out, const struct hit *h)
{
    static const enum message words[] = {
        [REASON_PHONE] = MSG_REASON_PHONE,
        [REASON_NAME_EXACT] = MSG_REASON_NAME_EXACT,
        [REASON_NAME_PREFIX] = MSG_REASON_NAME_PREFIX,
        [REASON_NAME_WORD] = MSG_REASON_NAME_WORD,
        [REASON_NAME] = MSG_REASON_NAME,
        [REASON_ORGANIZATION] = MSG_REASON_ORGANIZATION,
        [REASON_TYPE] = MSG_REASON_TYPE,
        [REASON_AREA] = MSG_REASON_AREA,
        [REASON_SOUND] = MSG_REASON_SOUND,
        [REASON_TEXT] = MSG_REASON_TEXT,
        [REASON_LOOSE] = MSG_REASON_LOOSE,
    };
    if (h->reason < REASON_LIST)
        text_adds(out, message_get(f->lang, words[h->reason]));
}

void format_hit_line(const struct format *f, struct text *out, const struct hit *h)
{
    size_t start = out->len;
    struct text part = TEXT_INIT;
    for (int i = 0; i < 4; i++) {
        text_clear(&part);
        if (i == 0)
            format_hit_phone(&part, h);
        else if (i == 1)
            format_hit_marks(f, &part, h);
        else if (i == 2)
            format_hit_place(f, &part, h, INT_MAX);
        else
            format_hit_reason(f, &part, h);
        if (part.len > 0)
            add_part(out, start, part.bytes);
    }
    text_release(&part);
}

struct asked {
    const char *code;
    bool exactly; /* the service is made for this area */
};

static void compare_area(void *context, const char *code)
{
    struct asked *asked = context;
    asked->exactly |= strcmp(code, asked->code) == 0;
}

int format_hit_group(const struct hit *h, const char *asked)
{
    static const int levels[] = {
        [NEAR_COMMUNE] = 3,
        [NEAR_DISTRICT] = 2,
        [NEAR_PROVINCE] = 1,
        [NEAR_NATION] = 0,
    };
    if (h->nearness == NEAR_NONE || !*asked)
        return GROUP_ANY;
    int level = levels[h->nearness], asked_level = area_level(asked);
    if (level < asked_level && level < levels[NEAR_COMMUNE])
        return GROUP_LEVEL + level;
    struct asked same = {asked, false};
    names_each(h->covers, compare_area, &same);
    return same.exactly ? GROUP_LEVEL + asked_level : GROUP_INSIDE;
}

void format_group(const struct format *f, struct text *out, int group, const char *asked)
{
    struct text area = TEXT_INIT;
    if (group == GROUP_ANY) {
        text_adds(out, message_get(f->lang, MSG_NEAR_ANY));
    } else if (group == GROUP_LEVEL) {
        text_adds(out, message_get(f->lang, MSG_NEAR_NATION));
    } else if (group == GROUP_INSIDE) {
        names_area(f->names, &area, f->lang, asked);
        message_format(out, f->lang, MSG_NEAR_INSIDE, "area", area.bytes, NULL);
    } else {
        char code[AREA_CODE];
        snprintf(code, sizeof code, "%.*s", 2 * (group - GROUP_LEVEL), asked);
        names_area(f->names, &area, f->lang, code);
        message_format(out, f->lang, MSG_NEAR_FOR, "area", area.bytes, NULL);
    }
    text_release(&area);
}

static void filter_label(const struct format *f, struct text *out, const char *set,
                         const char *name)
{
    int value;
    enum message label;
    if (enum_parse(set, name, &value) && enum_label(set, value, &label))
        text_adds(out, message_get(f->lang, label));
    else
        text_adds(out, message_get(f->lang, MSG_FILTER_STATUS_ALL));
}

static void filter_area(const struct format *f, struct text *out, const struct filter *filter)
{
    struct text area = TEXT_INIT;
    names_area(f->names, &area, f->lang, filter->value);
    enum message words = filter->where == WHERE_LOCATED    ? MSG_FILTER_LOCATED
                         : filter->where == WHERE_COVERING ? MSG_FILTER_COVERING
                                                           : MSG_FILTER_AREA;
    message_format(out, f->lang, words, "area", area.bytes, NULL);
    text_release(&area);
}

static enum message level_label(const char *level)
{
    return *level == 'c'   ? MSG_FILTER_LEVEL_COMMUNE
           : *level == 'd' ? MSG_FILTER_LEVEL_DISTRICT
           : *level == 'p' ? MSG_FILTER_LEVEL_PROVINCE
                           : MSG_FILTER_LEVEL_NATION;
}

void format_filter(const struct format *f, struct text *out, const struct filter *filter)
{
    switch (filter->kind) {
    case FILTER_AREA:
        filter_area(f, out, filter);
        break;
    case FILTER_TYPE:
    case FILTER_GROUP:
        text_adds(out, names_term(f->names, f->lang, filter->value));
        break;
    case FILTER_TIER:
        message_format(out, f->lang, MSG_FILTER_TIER, "tier", filter->value, NULL);
        break;
    case FILTER_STATUS:
        filter_label(f, out, "STATUS", filter->value);
        break;
    case FILTER_AGE:
        message_format(out, f->lang, MSG_FILTER_AGE, "age", filter->value, NULL);
        break;
    case FILTER_SEX:
        filter_label(f, out, "SEX", filter->value);
        break;
    case FILTER_PHONE:
        message_format(out, f->lang, MSG_FILTER_PHONE, "number", filter->value, NULL);
        break;
    case FILTER_ALL_DAY:
        text_adds(out, message_get(f->lang, MSG_FILTER_ALL_DAY));
        break;
    case FILTER_SECTOR:
        filter_label(f, out, "SECTOR", filter->value);
        break;
    case FILTER_LEVEL:
        text_adds(out, message_get(f->lang, level_label(filter->value)));
        break;
    case FILTER_CONFIRMED:
        text_adds(out, message_get(f->lang, *filter->value == 'y' ? MSG_FILTER_CONFIRMED
                                                                  : MSG_FILTER_UNCONFIRMED));
        break;
    case FILTER_DISABILITY:
        text_adds(out, message_get(f->lang, MSG_FILTER_DISABILITY));
        break;
    case FILTER_OPEN_NOW:
        text_adds(out, message_get(f->lang, MSG_FILTER_OPEN_NOW));
        break;
    case FILTER_OUTPUT:
        message_format(out, f->lang,
                       plan_output_is_programme(filter->value) ? MSG_FILTER_PROGRAMME
                                                               : MSG_FILTER_OUTPUT,
                       "code", filter->value, NULL);
        break;
    case FILTER_NEED:
        text_adds(out, names_need(f->names, f->lang, filter->value));
        break;
    case FILTER_ORGANIZATION:
        names_organization(f->names, out, f->lang, filter->value);
        break;
    case FILTER_KIND_COUNT:
        break;
    }
}

void format_suggestion(const struct format *f, struct text *out, const struct suggestion *s)
{
    struct text what = TEXT_INIT, count = TEXT_INIT;
    static const enum message says[] = {
        [SUGGEST_WORDS] = MSG_SEARCH_SUGGEST_WORDS,
        [SUGGEST_WIDER_AREA] = MSG_SEARCH_SUGGEST_AREA,
        [SUGGEST_RELATED] = MSG_SEARCH_SUGGEST_RELATED,
        [SUGGEST_WITHOUT] = MSG_SEARCH_SUGGEST_WITHOUT,
    };
    if (s->kind == SUGGEST_WORDS)
        text_adds(&what, s->words);
    else
        format_filter(f, &what, &s->filter);
    number_format(&count, s->count);
    message_format(out, f->lang, says[s->kind], "what", what.bytes, "count", count.bytes, NULL);
    text_release(&what);
    text_release(&count);
}

void format_day(struct text *out, int64_t day)
{
    date_short(out, date_from_days(day));
}
