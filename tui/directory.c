/* Finding and opening the directory file; see directory.h. Must not know commands or screens. */
#include "tui/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "db/as_of.h"
#include "db/backup.h"
#include "db/reference.h"
#include "db/training.h"
#include "i18n/number.h"
#include "tui/draft.h"
#include "tui/meter.h"

/* The born directory and the one to learn with, linked in by data/seed.S. */
extern const unsigned char seed_start[], seed_end[];
extern const unsigned char training_start[], training_end[];

static struct seed seed_of(enum db_set set)
{
    const unsigned char *from = set == DB_TRAINING ? training_start : seed_start;
    const unsigned char *to = set == DB_TRAINING ? training_end : seed_end;
    return (struct seed){from, (size_t)((uintptr_t)to - (uintptr_t)from)};
}

char *directory_path(const char *given, enum db_set set)
{
    const char *environment = set == DB_TRAINING ? NULL : getenv("CPDIR_DB");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (given || (environment && *environment))
        return mem_strdup(given ? given : environment);
    struct text path = TEXT_INIT;
    if (data && *data == '/') /* a relative one is to be ignored, says the XDG specification */
        text_adds(&path, data);
    else if (home && *home)
        text_addf(&path, "%s/.local/share", home);
    else
        return NULL;
    text_adds(&path, set == DB_TRAINING ? "/cpdir/training.db" : "/cpdir/directory.db");
    return text_take(&path);
}

/* "2026-07-01T02:00:00Z" as milliseconds since 1970. */
static bool parse_time(const char *s, int64_t *ret_ms)
{
    struct date day;
    const char *t = strchr(s, 'T');
    if (!t || strlen(t) != strlen("T00:00:00Z") || t[3] != ':' || t[6] != ':' || t[9] != 'Z' ||
        date_parse(s, (size_t)(t - s), &day))
        return false;
    int64_t part[3];
    for (size_t i = 0; i < 3; i++)
        if (number_parse(t + 1 + 3 * i, 2, &part[i]))
            return false;
    if (part[0] < 0 || part[0] > 23 || part[1] < 0 || part[1] > 59 || part[2] < 0 || part[2] > 59)
        return false;
    *ret_ms = (((date_days(day) * 24 + part[0]) * 60 + part[1]) * 60 + part[2]) * 1000;
    return true;
}

static int64_t machine_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now_ms(void *context)
{
    const struct directory *d = context;
    return d->pinned ? d->now_ms : machine_ms() + d->now_ms;
}

int64_t directory_now(void *clock)
{
    return now_ms(clock) / 1000;
}

/* Every lesson begins on the same morning: what is open, due or long ago is the same in all. */
static void set_clock(struct directory *d, enum db_set set)
{
    if (!d->pinned)
        d->now_ms = set == DB_TRAINING ? TRAINING_START_MS - machine_ms() : 0;
    db_set_clock(d->db, now_ms, d);
}

bool directory_is_training(const struct directory *d)
{
    return d->db && db_set_of(d->db) == DB_TRAINING;
}

static enum status open_for_reading(struct directory *d, enum db_set set, enum status why,
                                    struct text *detail)
{
    struct text ignored = TEXT_INIT;
    enum status status =
        db_open_set(d->path, set, DB_READ_ONLY, &d->db, why == STATUS_OK ? detail : &ignored);
    text_release(&ignored);
    d->read_only = status == STATUS_OK;
    return d->read_only ? STATUS_OK : why;
}

static enum status open_file(struct directory *d, enum db_set set, enum status *ret_why,
                             struct text *detail)
{
    struct stat there;
    enum status status = STATUS_OK;
    struct seed seed = seed_of(set);
    if (stat(d->path, &there) && errno == ENOENT)
        status = db_create(d->path, seed, detail);
    if (status)
        return status;
    status = db_open_set(d->path, set, DB_READ_WRITE, &d->db, detail);
    if (status == STATUS_OK && reference_update(d->db, seed) == STATUS_CORRUPT)
        status = STATUS_CORRUPT; /* whatever else hinders it: the older words do as well */
    *ret_why = status;
    if (status == STATUS_TOO_NEW || status == STATUS_DENIED || status == STATUS_READONLY ||
        status == STATUS_FULL)
        status = open_for_reading(d, set, status, detail);
    return status;
}

int directory_open(const struct console *io, const char *given, enum db_set set,
                   struct directory *ret_directory)
{
    struct directory *d = ret_directory;
    *d = (struct directory){.path = directory_path(given, set)};
    const char *now = getenv("CPDIR_NOW");
    if (!d->path)
        return problem_tell(io, EXIT_DATABASE, MSG_PROBLEM_NO_HOME, PROBLEM_PLAIN);
    if (now && *now && !(d->pinned = parse_time(now, &d->now_ms)))
        return problem_tell(io, EXIT_REFUSED, MSG_PROBLEM_NOW, PROBLEM({"value", now}));
    struct text detail = TEXT_INIT;
    enum status why = STATUS_OK;
    enum status status = open_file(d, set, &why, &detail);
    int code = EXIT_DONE;
    if (status)
        code = problem_status(io, status, d->path, detail.bytes);
    else if (why == STATUS_TOO_NEW)
        (void)problem_tell(io, EXIT_DONE, MSG_PROBLEM_NEWER_READING, PROBLEM({"file", d->path}));
    if (!code)
        set_clock(d, set);
    if (!code && !d->read_only)
        backup_keep_daily(d->db);
    text_release(&detail);
    return code;
}

int directory_go_back(const struct console *io, const char *date, struct directory *d)
{
    struct date day;
    struct text said = TEXT_INIT;
    struct db *past;
    if (date_parse(date, strlen(date), &day) != STATUS_OK)
        return problem_tell(io, EXIT_REFUSED, MSG_CLI_AS_OF_DATE, PROBLEM({"value", date}));
    struct date today = date_from_time(directory_now(d));
    if (date_days(day) > date_days(today))
        return problem_tell(io, EXIT_REFUSED, MSG_CLI_AS_OF_FUTURE, PROBLEM({"value", date}));
    int64_t ms = as_of_day_end_ms(date_days(day));
    struct meter meter;
    struct progress progress = meter_start(&meter, io);
    enum status status = db_as_of(d->db, ms, &progress, &past);
    meter_stop(&meter);
    if (status != STATUS_OK)
        return problem_status(io, status, d->path, db_error(d->db));
    db_close(d->db);
    d->db = past;
    d->read_only = d->pinned = true;
    d->now_ms = ms;
    date_short(&said, day);
    (void)problem_tell(io, EXIT_DONE, MSG_CLI_AS_OF_NOTE, PROBLEM({"date", said.bytes}));
    text_release(&said);
    return EXIT_DONE;
}

static void discard_drafts(const char *path)
{
    struct text folder = TEXT_INIT;
    struct draft_list list = {0};
    if (draft_folder(&folder))
        draft_list_load(folder.bytes, path, &list);
    for (size_t i = 0; i < list.count; i++) {
        struct draft draft;
        if (draft_take(list.rows[i].path, &draft))
            draft_release(&draft, true);
    }
    draft_list_release(&list);
    text_release(&folder);
}

enum status directory_reset(const char *path, struct text *detail)
{
    enum status status = training_reset(path, seed_of(DB_TRAINING), detail);
    if (status == STATUS_OK)
        discard_drafts(path);
    return status;
}

void directory_tell_trouble(const struct console *io, const struct directory *d)
{
    const char *detail;
    if (backup_trouble(d->db, &detail) != STATUS_OK)
        (void)problem_tell(io, EXIT_DONE, MSG_BACKUP_DAILY_FAILED, PROBLEM({"detail", detail}));
}

void directory_close(struct directory *d)
{
    db_close(d->db);
    free(d->path);
    *d = (struct directory){0};
}
