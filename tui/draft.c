/* Draft files: names, locks, writing safely; see draft.h. */
#include "tui/draft.h"
#include "tui/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES = 100, BYTES_MOST = 64 << 20 };

#define ENDING ".draft"
#define LOCK   ".lock"

bool draft_folder(struct text *out)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        text_addf(out, "%s/cpdir/drafts", state);
    else if (home && *home)
        text_addf(out, "%s/.local/state/cpdir/drafts", home);
    else
        return false;
    return true;
}

/* The descriptor of the lock beside the draft, or -1 when another program holds it. */
static int lock_beside(const char *path)
{
    struct text name = TEXT_INIT;
    text_addf(&name, "%s" LOCK, path);
    int fd = open(name.bytes, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        fd = -1;
    }
    /* Whoever held it before may have removed the name just now. */
    struct stat here, there;
    if (fd >= 0 && (fstat(fd, &here) || stat(name.bytes, &there) || here.st_ino != there.st_ino)) {
        close(fd);
        fd = -1;
    }
    text_release(&name);
    return fd;
}

bool draft_claim(const char *folder, const struct uuid *record, struct draft *ret_draft)
{
    char id[UUID_TEXT];
    struct text path = TEXT_INIT;
    int lock = -1;
    uuid_format(record, id);
    if (folder_make(folder))
        return false;
    for (int n = 1; n <= PLACES && lock < 0; n++) {
        text_clear(&path);
        text_addf(&path, "%s/%s.%d" ENDING, folder, id, n);
        if (access(path.bytes, F_OK) != 0)
            lock = lock_beside(path.bytes);
    }
    if (lock < 0) {
        text_release(&path);
        return false;
    }
    *ret_draft = (struct draft){text_take(&path), lock};
    return true;
}

bool draft_take(const char *path, struct draft *ret_draft)
{
    int lock = lock_beside(path);
    if (lock < 0)
        return false;
    if (access(path, F_OK) != 0) {
        close(lock);
        return false;
    }
    *ret_draft = (struct draft){mem_strdup(path), lock};
    return true;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static void sync_folder_of(const char *path)
{
    char *folder = mem_strdup(path), *end = strrchr(folder, '/');
    if (end)
        *end = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

enum status draft_put(const struct draft *draft, const char *bytes, size_t len)
{
    struct text name = TEXT_INIT;
    text_addf(&name, "%s.new", draft->path);
    int fd = open(name.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = fd >= 0 && write_all(fd, bytes, len) && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (good)
        good = rename(name.bytes, draft->path) == 0;
    if (good)
        sync_folder_of(draft->path);
    else if (fd >= 0)
        unlink(name.bytes);
    text_release(&name);
    return good ? STATUS_OK : why == ENOSPC ? STATUS_FULL : STATUS_IO;
}

void draft_release(struct draft *draft, bool discard)
{
    struct text lock = TEXT_INIT;
    if (!draft->path)
        return;
    if (discard && unlink(draft->path) == 0)
        sync_folder_of(draft->path);
    text_addf(&lock, "%s" LOCK, draft->path);
    unlink(lock.bytes);
    close(draft->lock);
    text_release(&lock);
    free(draft->path);
    *draft = (struct draft){NULL, -1};
}

/* --- listing
 * ----------------------------------------------------------------------------------------- */

bool draft_get(const char *path, struct text *out)
{
    char block[8192];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = -1;
    if (fd < 0)
        return false;
    while ((n = read(fd, block, sizeof block)) > 0 && out->len < BYTES_MOST)
        text_add(out, block, (size_t)n);
    close(fd);
    return n == 0;
}

static bool ends_with(const char *s, const char *end)
{
    size_t len = strlen(s), tail = strlen(end);
    return len > tail && !strcmp(s + len - tail, end);
}

/* Does a living program hold it? */
static bool is_free(const char *path)
{
    int lock = lock_beside(path);
    if (lock < 0)
        return false;
    struct draft held = {mem_strdup(path), lock};
    draft_release(&held, false);
    return true;
}

static void add_row(struct draft_list *list, size_t *room, const char *path, const char *file)
{
    struct text bytes = TEXT_INIT;
    struct draft_row row;
    struct draft_head head;
    if (draft_get(path, &bytes) &&
        draft_read_row(bytes.bytes, bytes.len, &list->arena, &row, &head) &&
        !strcmp(head.file, file) && is_free(path)) {
        row.path = arena_strdup(&list->arena, path);
        list->rows = arena_grow(&list->arena, list->rows, list->count, room, sizeof *list->rows);
        list->rows[list->count++] = row;
    }
    text_release(&bytes);
}

static int newest_first(const void *a, const void *b)
{
    const struct draft_row *x = a, *y = b;
    if (x->time_ms != y->time_ms)
        return x->time_ms < y->time_ms ? 1 : -1;
    return strcmp(x->path, y->path);
}

void draft_list_load(const char *folder, const char *file, struct draft_list *ret_list)
{
    struct draft_list list = {0};
    size_t room = 0;
    struct text path = TEXT_INIT;
    const struct dirent *entry;
    DIR *d = opendir(folder);
    while (d && (entry = readdir(d))) {
        if (!ends_with(entry->d_name, ENDING))
            continue;
        text_clear(&path);
        text_addf(&path, "%s/%s", folder, entry->d_name);
        add_row(&list, &room, path.bytes, file);
    }
    if (d)
        closedir(d);
    if (list.count > 1)
        qsort(list.rows, list.count, sizeof *list.rows, newest_first);
    text_release(&path);
    *ret_list = list;
}

void draft_list_release(struct draft_list *list)
{
    arena_release(&list->arena);
    *list = (struct draft_list){0};
}
