/* Loading scenarios, and their results; see course.h. */
#include "tui/course.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/guide_read.h"
#include "i18n/number.h"
#include "tui/scenario_table.h" /* generated from data/training/NAME.scenario */

static const char ending[] = ".scenario";
enum { OWN_MOST = 200 }; /* files of a folder */

char *course_folder(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct text path = TEXT_INIT;
    if (data && *data == '/') /* a relative one is to be ignored, says the XDG specification */
        text_addf(&path, "%s/cpdir/scenarios", data);
    else if (home && *home)
        text_addf(&path, "%s/.local/share/cpdir/scenarios", home);
    return path.len ? text_take(&path) : NULL;
}

static void add_fault(struct course *c, const struct guide_fault *fault)
{
    c->faults = mem_realloc(c->faults, c->fault_count + 1, sizeof *c->faults);
    c->faults[c->fault_count++] = *fault;
}

/* One file's bytes; what is wrong with it is kept. */
static enum status add_file(struct course *c, struct db *db, const char *file,
                            const struct text *bytes, bool own)
{
    struct course_entry entry = {.own = own};
    struct guide_fault fault;
    enum status status = scenario_read(db, file, bytes->bytes, bytes->len, &entry.scenario, &fault);
    if (status == STATUS_INVALID) {
        add_fault(c, &fault);
        return STATUS_OK;
    }
    if (status == STATUS_OK) {
        c->entries = mem_realloc(c->entries, c->count + 1, sizeof *c->entries);
        c->entries[c->count++] = entry;
    }
    return status;
}

static enum status add_builtin(struct course *c, struct db *db)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && builtin_scenarios[i].name; i++) {
        struct text bytes = {.bytes = (char *)builtin_scenarios[i].bytes,
                             .len = builtin_scenarios[i].len};
        status = add_file(c, db, builtin_scenarios[i].name, &bytes, false);
    }
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the folder's scenario files in order; the caller frees them. */
static size_t list_folder(const char *folder, char **names)
{
    size_t count = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && count < OWN_MOST && (e = readdir(d));) {
        size_t len = strlen(e->d_name);
        if (len > sizeof ending - 1 && *e->d_name != '.' &&
            strcmp(e->d_name + len - (sizeof ending - 1), ending) == 0)
            names[count++] = mem_strdup(e->d_name);
    }
    if (d)
        closedir(d);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

static enum status add_own(struct course *c, struct db *db, const char *folder)
{
    char *names[OWN_MOST];
    enum status status = STATUS_OK;
    size_t count = list_folder(folder, names);
    for (size_t i = 0; i < count; i++) {
        struct text bytes = TEXT_INIT;
        struct guide_fault fault = {0};
        bool there = false;
        if (!guide_read_own(folder, names[i], &bytes, &there, fault.file, &fault))
            add_fault(c, &fault);
        else if (there && status == STATUS_OK)
            status = add_file(c, db, fault.file, &bytes, true);
        text_release(&bytes);
        free(names[i]);
    }
    return status;
}

enum status course_load(struct db *db, const char *folder, struct course *ret_course)
{
    struct course c = {.loaded = true};
    enum status status = add_builtin(&c, db);
    if (status == STATUS_OK && folder)
        status = add_own(&c, db, folder);
    if (status == STATUS_OK)
        *ret_course = c;
    else
        course_release(&c);
    return status;
}

static void release_play(struct play *p)
{
    free(p->results);
    free(p->points);
    *p = (struct play){0};
}

void course_release(struct course *c)
{
    for (size_t i = 0; i < c->count; i++) {
        release_play(&c->entries[i].last);
        scenario_release(&c->entries[i].scenario);
    }
    free(c->entries);
    free(c->faults);
    *c = (struct course){0};
}

struct course_entry *course_find(struct course *c, const char *name)
{
    int64_t number;
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->entries[i].scenario.name, name) == 0)
            return &c->entries[i];
    if (number_parse(name, strlen(name), &number) == STATUS_OK && number >= 1 &&
        (uint64_t)number <= c->count)
        return &c->entries[number - 1];
    return NULL;
}

void play_begin(struct play *p, const struct scenario *s)
{
    release_play(p);
    p->results = mem_zalloc(s->count, sizeof *p->results);
    p->points = mem_zalloc(s->count, sizeof *p->points);
}

struct play_sum play_sum(const struct play *p, const struct scenario *s)
{
    struct play_sum sum = {.hints = p->hints};
    for (size_t i = 0; p->results && i < s->count; i++) {
        if (p->results[i] == STEP_OPEN || p->results[i] == STEP_PASSED)
            continue;
        sum.answered++;
        sum.at_once += p->results[i] == STEP_AT_ONCE;
        sum.points += p->points[i];
        sum.most += scenario_points(&s->steps[i]);
    }
    return sum;
}
