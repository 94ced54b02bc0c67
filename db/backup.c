/* Making, naming, checking and rotating copies; see backup.h. Putting one back is restore.c. */
#include "db/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/backup_file.h"
#include "db/internal.h"
#include "db/restricted.h"
#include "i18n/number.h"

enum { UTC_PLUS_7 = 7 * 60 * 60, DAY = 24 * 60 * 60, PROGRESS_STEPS = 20000 };

/* --- names
 * ------------------------------------------------------------------------------------------
 */

static const char *const why_names[] = {
    [BACKUP_DAILY] = "daily",
    [BACKUP_BY_HAND] = "hand",
    [BACKUP_BEFORE_MIGRATION] = "migration",
    [BACKUP_BEFORE_IMPORT] = "import",
    [BACKUP_BEFORE_RESTORE] = "restore",
};
enum { WHY_COUNT = sizeof why_names / sizeof *why_names };

static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The file's name without its folder and ".db". */
static void add_stem(struct text *out, const char *path)
{
    const char *name = path + folder_len(path);
    size_t len = strlen(name);
    if (len > 3 && !strcmp(name + len - 3, ".db"))
        len -= 3;
    text_add(out, name, len);
}

static void add_folder(struct text *out, const char *path)
{
    text_add(out, path, folder_len(path));
    text_adds(out, "backups");
}

static void add_name(struct text *out, const char *path, int64_t seconds, enum backup_why why)
{
    int64_t local = seconds + UTC_PLUS_7, clock = local % DAY;
    add_folder(out, path);
    text_addc(out, '/');
    add_stem(out, path);
    text_addc(out, '-');
    date_iso(out, date_from_days(local / DAY));
    text_addf(out, "-%02d%02d%02d-%s.db", (int)(clock / 3600), (int)(clock / 60 % 60),
              (int)(clock % 60), why_names[why]);
}

/* Reads "<stem>-2026-11-22-093000-daily.db". */
static bool parse_name(const char *name, const char *stem, struct backup *b)
{
    size_t len = strlen(stem);
    int hour, minute, second, end = 0;
    char why[16];
    struct date date;
    if (strncmp(name, stem, len) != 0 || name[len] != '-' || strlen(name + len) < 12 ||
        date_parse(name + len + 1, 10, &date) != STATUS_OK ||
        sscanf(name + len + 11, "-%2d%2d%2d-%15[a-z].db%n", &hour, &minute, &second, why, &end) !=
            4 ||
        !end || name[len + 11 + (size_t)end])
        return false;
    b->day = date_days(date);
    b->time = b->day * DAY + hour * 3600 + minute * 60 + second - UTC_PLUS_7;
    for (int i = 0; i < WHY_COUNT; i++)
        if (!strcmp(why, why_names[i])) {
            b->why = (enum backup_why)i;
            return true;
        }
    return false;
}

/* --- the list
 * ---------------------------------------------------------------------------------------
 */

static int newest_first(const void *a, const void *b)
{
    const struct backup *x = a, *y = b;
    return x->time != y->time ? (x->time < y->time ? 1 : -1) : strcmp(y->path, x->path);
}

enum status backup_list_load(const char *path, struct backup_list *ret_list)
{
    struct backup_list list = {0};
    struct text folder = TEXT_INIT, stem = TEXT_INIT, name = TEXT_INIT;
    size_t room = 0;
    add_folder(&folder, path);
    add_stem(&stem, path);
    DIR *dir = opendir(folder.bytes);
    enum status status = dir || errno == ENOENT ? STATUS_OK : db_status_of_errno();
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct backup b = {0};
        struct stat st;
        text_clear(&name);
        text_addf(&name, "%s/%s", folder.bytes, entry->d_name);
        if (!parse_name(entry->d_name, stem.bytes, &b) || stat(name.bytes, &st))
            continue;
        b.size = (int64_t)st.st_size;
        b.path = arena_strdup(&list.arena, name.bytes);
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        list.rows[list.count++] = b;
    }
    if (dir)
        closedir(dir);
    if (list.count)
        qsort(list.rows, list.count, sizeof *list.rows, newest_first);
    text_release(&folder);
    text_release(&stem);
    text_release(&name);
    if (status == STATUS_OK)
        *ret_list = list;
    return status;
}

void backup_list_release(struct backup_list *list)
{
    arena_release(&list->arena);
    *list = (struct backup_list){0};
}

static int64_t day_of(const struct backup *b)
{
    return b->day;
}

static int64_t week_of(const struct backup *b)
{
    return (b->day + 3) / 7; /* 1970-01-01 was a Thursday */
}

static int64_t month_of(const struct backup *b)
{
    struct date d = date_from_days(b->day);
    return (int64_t)d.year * 12 + d.month;
}

/* Those of one day, one week, one month lie next to each other: the first of them stays. */
static void choose_daily(const struct backup *rows, size_t count, bool *keep)
{
    static const struct {
        int64_t (*of)(const struct backup *);
        int most;
    } spans[] = {{day_of, BACKUP_DAYS}, {week_of, BACKUP_WEEKS}, {month_of, BACKUP_MONTHS}};
    for (size_t s = 0; s < sizeof spans / sizeof *spans; s++) {
        const struct backup *last = NULL;
        int kept = 0;
        for (size_t i = 0; i < count && kept < spans[s].most; i++) {
            if (rows[i].why != BACKUP_DAILY || (last && spans[s].of(last) == spans[s].of(&rows[i])))
                continue;
            last = &rows[i];
            keep[i] = true;
            kept++;
        }
    }
}

void backup_choose(const struct backup *rows, size_t count, bool *keep)
{
    int kept[WHY_COUNT] = {0};
    memset(keep, 0, count * sizeof *keep);
    choose_daily(rows, count, keep);
    for (size_t i = 0; i < count; i++)
        if (rows[i].why != BACKUP_DAILY)
            keep[i] = rows[i].why == BACKUP_BY_HAND || kept[rows[i].why]++ < BACKUP_OTHERS;
}

static void remove_copy(const char *path)
{
    struct text sealed = TEXT_INIT;
    text_addf(&sealed, "%s" RESTRICTED_COPY, path);
    unlink(sealed.bytes);
    unlink(path);
    text_release(&sealed);
}

/* Never fails: a copy that cannot be removed is one too many, no more. */
static void rotate(const char *path)
{
    struct backup_list list;
    if (backup_list_load(path, &list) != STATUS_OK)
        return;
    bool *keep = mem_zalloc(list.count + 1, sizeof *keep);
    backup_choose(list.rows, list.count, keep);
    for (size_t i = 0; i < list.count; i++)
        if (!keep[i])
            remove_copy(list.rows[i].path);
    free(keep);
    backup_list_release(&list);
}

/* --- one copy
 * ---------------------------------------------------------------------------------------
 */

struct watch {
    const struct progress *progress;
    const char *part;
    int64_t expected; /* bytes */
};

static int watch_copy(void *context)
{
    const struct watch *w = context;
    struct stat st;
    int64_t size = stat(w->part, &st) ? 0 : (int64_t)st.st_size;
    int64_t done = w->expected ? size * 800 / w->expected : 0;
    return !progress_tell(w->progress, done > 800 ? 800 : (int)done);
}

static int64_t size_of(struct db *db)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    struct stat st;
    return path && *path && !stat(path, &st) ? (int64_t)st.st_size : 0;
}

static enum status copy_into(struct db *db, const char *part, const struct progress *progress)
{
    struct watch watch = {progress, part, size_of(db)};
    sqlite3_stmt *s;
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return db_refuse(db, db_status_of_errno(), "%s: %s", part, strerror(errno));
    close(fd);
    enum status status = db_query(db, QUERY_VACUUM_INTO, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":path", part);
    if (progress)
        sqlite3_progress_handler(db->sqlite, PROGRESS_STEPS, watch_copy, &watch);
    status = db_run(db, s);
    sqlite3_progress_handler(db->sqlite, 0, NULL, NULL);
    sqlite3_clear_bindings(s);
    return status == STATUS_OK ? db_sync_file(part) : status;
}

static enum status look_through(const char *part, enum db_set set, const struct progress *progress,
                                struct text *detail)
{
    struct db *copy;
    if (!progress_tell(progress, 850))
        return STATUS_CANCELLED;
    enum status status = db_open_file(part, set, DB_LOOK_ONLY, false, &copy, detail);
    if (status != STATUS_OK)
        return status;
    status = db_integrity(copy);
    if (status != STATUS_OK)
        text_adds(detail, db_error(copy));
    db_close(copy);
    return status == STATUS_OK && !progress_tell(progress, 1000) ? STATUS_CANCELLED : status;
}

/* part becomes path, unless something is there. */
static enum status give_name(struct db *db, const char *part, const char *path)
{
    struct stat st;
    if (!stat(path, &st))
        return db_refuse(db, STATUS_CONFLICT, "%s is there already", path);
    if (rename(part, path))
        return db_refuse(db, db_status_of_errno(), "%s: %s", path, strerror(errno));
    return db_sync_parent(path);
}

enum status backup_to(struct db *db, const char *path, const struct progress *progress)
{
    struct text part = TEXT_INIT, detail = TEXT_INIT;
    struct stat st;
    if (!stat(path, &st))
        return db_refuse(db, STATUS_CONFLICT, "%s is there already", path);
    text_addf(&part, "%s.part-%ld", path, (long)getpid());
    unlink(part.bytes);
    enum status status = copy_into(db, part.bytes, progress);
    if (status == STATUS_OK) {
        status = look_through(part.bytes, db->set, progress, &detail);
        if (status != STATUS_OK)
            (void)db_refuse(db, status, "%s", detail.bytes);
    }
    if (status == STATUS_OK)
        status = restricted_back_up(db, path);
    if (status == STATUS_OK)
        status = give_name(db, part.bytes, path);
    db_remove_file(part.bytes);
    text_release(&part);
    text_release(&detail);
    return status;
}

enum status backup_make(struct db *db, enum backup_why why, const struct progress *progress,
                        struct text *ret_path)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    if (!path || !*path)
        return db_refuse(db, STATUS_INVALID, "this directory lies in no file");
    struct text name = TEXT_INIT, folder = TEXT_INIT;
    struct stat st;
    add_folder(&folder, path);
    enum status status = STATUS_OK;
    if (mkdir(folder.bytes, 0700) && errno != EEXIST)
        status = db_refuse(db, db_status_of_errno(), "%s: %s", folder.bytes, strerror(errno));
    int64_t seconds = db_now_ms(db) / 1000;
    do {
        text_clear(&name);
        add_name(&name, path, seconds++, why); /* two within a second do not share a name */
    } while (!stat(name.bytes, &st));
    if (status == STATUS_OK)
        status = backup_to(db, name.bytes, progress);
    if (status == STATUS_OK)
        rotate(path);
    if (status == STATUS_OK && ret_path)
        text_adds(ret_path, name.bytes);
    text_release(&name);
    text_release(&folder);
    return status;
}

/* --- every day
 * --------------------------------------------------------------------------------------
 */

void backup_keep_daily(struct db *db)
{
    db->backup.daily = true;
}

enum status backup_trouble(const struct db *db, const char **ret_detail)
{
    if (ret_detail)
        *ret_detail = db->backup.error;
    return db->backup.status;
}

static bool has_one_of(const char *path, int64_t day)
{
    struct backup_list list;
    bool found = false;
    if (backup_list_load(path, &list) != STATUS_OK)
        return false;
    for (size_t i = 0; i < list.count; i++)
        found = found || (list.rows[i].day == day && list.rows[i].why == BACKUP_DAILY);
    backup_list_release(&list);
    return found;
}

void backup_before_write(struct db *db)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    int64_t today = (db_now_ms(db) / 1000 + UTC_PLUS_7) / DAY;
    if (!db->backup.daily || db->backup.day == today || !path || !*path)
        return;
    db->backup.day = today; /* tried once a day, however it goes */
    db->backup.status = STATUS_OK;
    if (has_one_of(path, today))
        return;
    db->backup.status = backup_make(db, BACKUP_DAILY, NULL, NULL);
    if (db->backup.status != STATUS_OK)
        memcpy(db->backup.error, db->error, sizeof db->error);
}
