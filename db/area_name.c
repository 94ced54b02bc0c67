/* What people call areas: unit words, spaces and the spellings that follow no system. */
#include "db/area_name.h"

#include <string.h>

#include "db/alias_table.h" /* generated from data/alias.tsv: spellings[] */

#define BIT(kind) (1U << AREA_##kind)

/* Unit words as search keys. In Khmer they stand before the name, in Latin on either side. */
static const struct {
    const char *word;
    unsigned kinds;
} units[] = {
    {"ខេត្ត", BIT(PROVINCE)},
    {"រាជធានី", BIT(CAPITAL)},
    {"ស្រុក", BIT(DISTRICT)},
    {"ក្រុង", BIT(MUNICIPALITY) | BIT(CAPITAL)},
    {"ខណ្ឌ", BIT(KHAN)},
    {"ឃុំ", BIT(COMMUNE)},
    {"សង្កាត់", BIT(SANGKAT)},
    {"ភូមិ", BIT(VILLAGE)},
    {"province", BIT(PROVINCE)},
    {"khet", BIT(PROVINCE)},
    {"capital", BIT(CAPITAL)},
    {"reach theani", BIT(CAPITAL)},
    {"district", BIT(DISTRICT) | BIT(MUNICIPALITY) | BIT(KHAN)},
    {"srok", BIT(DISTRICT)},
    {"municipality", BIT(MUNICIPALITY) | BIT(CAPITAL)},
    {"krong", BIT(MUNICIPALITY)},
    {"city", BIT(MUNICIPALITY) | BIT(CAPITAL)},
    {"town", BIT(MUNICIPALITY)},
    {"khan", BIT(KHAN)},
    {"commune", BIT(COMMUNE) | BIT(SANGKAT)},
    {"khum", BIT(COMMUNE)},
    {"sangkat", BIT(SANGKAT)},
    {"village", BIT(VILLAGE)},
    {"phum", BIT(VILLAGE)},
};

static bool is_ascii(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

/* The official spelling in place of one of a name or of its beginning. */
static void respell(struct text *out, size_t at, bool start)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        size_t len = strlen(spellings[i].typed);
        if (spellings[i].start != start || out->len - at < len ||
            memcmp(out->bytes + at, spellings[i].typed, len) != 0)
            continue;
        if (!start && out->len - at != len)
            continue;
        text_remove(out, at, len);
        text_insert(out, at, spellings[i].official, strlen(spellings[i].official));
        return;
    }
}

void area_name_key(struct text *out, const char *key, size_t len)
{
    if (!is_ascii(key, len)) {
        text_add(out, key, len);
        return;
    }
    size_t start = out->len;
    for (size_t i = 0; i < len; i++)
        if ((key[i] >= 'a' && key[i] <= 'z') || (key[i] >= '0' && key[i] <= '9'))
            text_addc(out, key[i]);
    respell(out, start, true);
    respell(out, start, false);
}

bool area_name_alias(struct text *out, const char *key, size_t len, size_t nth)
{
    struct text official = TEXT_INIT;
    area_name_key(&official, key, len);
    bool found = false;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings && !found; i++)
        if (!spellings[i].start && strcmp(spellings[i].official, official.bytes) == 0 &&
            nth-- == 0) {
            text_adds(out, spellings[i].typed);
            found = true;
        }
    text_release(&official);
    return found;
}

static bool strip_front(const char *word, const char *key, size_t *at, size_t *len)
{
    size_t n = strlen(word);
    if (*len <= n || memcmp(key + *at, word, n) != 0)
        return false;
    bool space = key[*at + n] == ' ';
    if (is_ascii(word, n) && !space)
        return false;
    *at += n + space;
    *len -= n + space;
    return *len > 0;
}

static bool strip_back(const char *word, const char *key, const size_t *at, size_t *len)
{
    size_t n = strlen(word);
    if (!is_ascii(word, n) || *len <= n + 1 || key[*at + *len - n - 1] != ' ' ||
        memcmp(key + *at + *len - n, word, n) != 0)
        return false;
    *len -= n + 1;
    return true;
}

bool area_unit_strip(const char *key, size_t nth, size_t *at, size_t *len, unsigned *ret_kinds)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t a = *at, l = *len;
        if (!strip_front(units[i].word, key, &a, &l) && !strip_back(units[i].word, key, &a, &l))
            continue;
        if (nth-- > 0)
            continue;
        *at = a;
        *len = l;
        *ret_kinds = units[i].kinds;
        return true;
    }
    return false;
}
