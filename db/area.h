/* Administrative areas: a tree whose codes are paths (07 > 0702 > 070203). Two questions never
 * mixed: what is located in an area, and what covers it. */
#ifndef DB_AREA_H
#define DB_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message.h"

enum { AREA_CODE = 9 };        /* bytes of a code, with its NUL; "" is the whole country */
#define AREA_COUNTRY_CODE "KH" /* how the country is written in service areas and exports */

enum area_kind {
    AREA_PROVINCE = 1,
    AREA_CAPITAL,
    AREA_DISTRICT,     /* srok */
    AREA_MUNICIPALITY, /* krong */
    AREA_KHAN,
    AREA_COMMUNE, /* khum */
    AREA_SANGKAT,
    AREA_VILLAGE,
    AREA_KIND_COUNT
};

/* 0 country, 1 province, 2 district, 3 commune, 4 village: half the length of the code. */
int area_level(const char *code);
/* True when `inside` is `code` itself or lies in it. */
bool area_contains(const char *code, const char *inside);
/* The codes of an area and of all in it, for a comparison of texts: low <= code < high. */
struct area_range {
    char low[AREA_CODE], high[AREA_CODE + 1];
};
struct area_range area_range(const char *code);
const char *area_kind_name(enum area_kind kind); /* json: "province", "capital", "district", ... */
enum message area_kind_label(enum area_kind kind);

struct area {
    char code[AREA_CODE];
    char parent[AREA_CODE];
    enum area_kind kind;
    const char *name_km;
    const char *name_en;
    int64_t located;  /* services with a place in the area */
    int64_t covering; /* services whose area includes all of it, those of the country too */
};

struct area_list {
    struct area *rows;
    size_t count;
    struct arena arena;
};

void area_list_release(struct area_list *list);

/* The units directly inside code ("" = provinces), in order of code. Valid ones only. */
MUST_CHECK enum status area_children(struct db *db, const char *code, struct area_list *ret_areas);
/* How many services are made for the whole country. */
MUST_CHECK enum status area_national(struct db *db, int64_t *ret_count);
/* From the province down to the area itself. STATUS_NOT_FOUND. */
MUST_CHECK enum status area_path(struct db *db, const char *code, struct area_list *ret_path);
/* What a person typed for an area: a code (leading zero may be missing: "7", "702", "70203"; either
 * digit set) or a name in either script, with or without its unit word (ខេត្តកំពត, "Kampot
 * province"). All areas of that exact name, highest level first, then by code. STATUS_NOT_FOUND
 * when none. */
MUST_CHECK enum status area_find(struct db *db, const char *typed, struct area_list *ret_areas);
/* How many areas there are of each level (index 1..4). */
MUST_CHECK enum status area_counts(struct db *db, int64_t ret_counts[5]);

/* For the maker of the seed and for migrations of the gazetteer: adds or replaces one unit. Names
 * are stored in normal form. */
MUST_CHECK enum status area_put(struct db *db, const char *code, enum area_kind kind,
                                const char *name_km, const char *name_en);

#endif
