/* Reads and checks the minimum package; see package.h. */
#include "db/package.h"

#include <stdio.h>
#include <string.h>

#include "db/guide_read.h"
#include "db/package_table.h" /* generated: the built-in file */
#include "i18n/number.h"

static const char *const level_names[PACKAGE_LEVELS] = {"nation", "province", "district",
                                                        "commune"};
static const char *const columns[] = {"level", "kind", "least", "source"};
enum { LEVEL, KIND, LEAST, SOURCE, COLUMNS };

const char *package_level_name(int level)
{
    return level_names[level];
}

void package_release(struct package *package)
{
    arena_release(&package->arena);
    *package = (struct package){0};
}

int package_least(const struct package *package, int level, const char *kind)
{
    for (size_t i = 0; i < package->count; i++)
        if (package->items[i].level == level && strcmp(package->items[i].kind, kind) == 0)
            return package->items[i].least;
    return 0;
}

static int level_of(const char *name)
{
    for (int i = 0; i < PACKAGE_LEVELS; i++)
        if (strcmp(level_names[i], name) == 0)
            return i;
    return -1;
}

static bool read_row(const struct term_list *terms, const struct guide_row *row,
                     struct package *package, size_t *room, struct guide_fault *fault)
{
    struct package_item item = {.level = level_of(row->cells[LEVEL])};
    const char *kind = row->cells[KIND], *least = row->cells[LEAST];
    int64_t number;
    for (size_t i = 0; i < COLUMNS; i++)
        if (!*row->cells[i])
            return guide_refuse(fault, GUIDE_EMPTY, row->line, columns[i]);
    if (item.level < 0)
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, row->cells[LEVEL]);
    if (!guide_is_kind(terms, kind) || strlen(kind) >= sizeof item.kind)
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, kind);
    if (package_least(package, item.level, kind))
        return guide_refuse(fault, GUIDE_TWICE, row->line, kind);
    if (number_parse(least, strlen(least), &number) != STATUS_OK || number < 1 ||
        number > PACKAGE_LEAST_MOST)
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, least);
    memcpy(item.kind, kind, strlen(kind));
    item.least = (int)number;
    package->items = arena_grow(&package->arena, package->items, package->count, room, sizeof item);
    package->items[package->count++] = item;
    return true;
}

/* A level without any kind would be met everywhere without anybody having meant it. */
static bool has_levels(const struct package *package, struct guide_fault *fault)
{
    for (int level = 0; level < PACKAGE_LEVELS; level++) {
        bool any = false;
        for (size_t i = 0; i < package->count; i++)
            any |= package->items[i].level == level;
        if (!any)
            return guide_refuse(fault, GUIDE_EMPTY, 0, level_names[level]);
    }
    return true;
}

static bool read_package(const struct term_list *terms, const char *bytes, size_t len, void *into,
                         struct guide_fault *fault)
{
    struct package package = {0}, *ret_package = into;
    struct guide_table table = {0};
    size_t room = 0;
    bool good = guide_read_table(bytes, len, columns, COLUMNS, &package.arena, &table, fault);
    for (size_t i = 0; good && i < table.count; i++)
        good = read_row(terms, &table.rows[i], &package, &room, fault);
    good = good && has_levels(&package, fault);
    if (good)
        *ret_package = package;
    else
        package_release(&package);
    return good;
}

const char *package_built_in(size_t *ret_len)
{
    *ret_len = sizeof builtin_package - 1;
    return builtin_package;
}

enum status package_load(struct db *db, const char *directory, struct package *ret_package,
                         struct guide_fault *ret_fault)
{
    static const struct guide_source source = {PACKAGE_FILE, builtin_package,
                                               sizeof builtin_package - 1, read_package};
    struct package package = {0};
    bool own = false;
    enum status status = guide_load_table(db, directory, &source, &package, &own, ret_fault);
    package.own = own;
    if (status == STATUS_OK)
        *ret_package = package;
    return status;
}
