/* A file system for SQLite that fails when it is told to: the nth write, sync, truncation or
 * removal of a file kills the process, is torn, or finds the disk full. Everything else is the real
 * one's. */
#ifndef TESTS_DB_SHIM_H
#define TESTS_DB_SHIM_H

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

enum shim_harm {
    SHIM_NONE,
    SHIM_KILL, /* before the step */
    SHIM_TEAR, /* in the middle of a write; before any other step */
    SHIM_FULL, /* this and every later write finds no space */
    SHIM_BAD,  /* this and every later write or sync fails */
};

struct shim {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    enum shim_harm harm;
    long at;   /* the step that is harmed, from 1 */
    long step; /* steps taken */
};

struct shim_file {
    sqlite3_file base;
    struct shim *shim;
    sqlite3_file *real;
};

static inline sqlite3_file *shim_real(sqlite3_file *f)
{
    return ((struct shim_file *)f)->real;
}

static inline int shim_take_step(struct shim *s, bool is_write)
{
    s->step++;
    bool now = s->step == s->at, later = s->at && s->step >= s->at;
    if ((s->harm == SHIM_KILL && now) || (s->harm == SHIM_TEAR && now && !is_write))
        raise(SIGKILL);
    if (s->harm == SHIM_FULL && later && is_write)
        return SQLITE_FULL;
    if (s->harm == SHIM_BAD && later)
        return is_write ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC;
    return SQLITE_OK;
}

static int shim_close(sqlite3_file *f)
{
    int rc = shim_real(f)->pMethods->xClose(shim_real(f));
    free(shim_real(f));
    return rc;
}

static int shim_read(sqlite3_file *f, void *bytes, int len, sqlite3_int64 at)
{
    return shim_real(f)->pMethods->xRead(shim_real(f), bytes, len, at);
}

static int shim_write(sqlite3_file *f, const void *bytes, int len, sqlite3_int64 at)
{
    struct shim *s = ((struct shim_file *)f)->shim;
    int rc = shim_take_step(s, true);
    if (rc != SQLITE_OK)
        return rc;
    if (s->harm == SHIM_TEAR && s->step == s->at) {
        (void)shim_real(f)->pMethods->xWrite(shim_real(f), bytes, len / 2, at);
        raise(SIGKILL);
    }
    return shim_real(f)->pMethods->xWrite(shim_real(f), bytes, len, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    int rc = shim_take_step(((struct shim_file *)f)->shim, false);
    return rc ? rc : shim_real(f)->pMethods->xTruncate(shim_real(f), size);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    int rc = shim_take_step(((struct shim_file *)f)->shim, false);
    return rc ? rc : shim_real(f)->pMethods->xSync(shim_real(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return shim_real(f)->pMethods->xFileSize(shim_real(f), size);
}

static int shim_lock(sqlite3_file *f, int lock)
{
    return shim_real(f)->pMethods->xLock(shim_real(f), lock);
}

static int shim_unlock(sqlite3_file *f, int lock)
{
    return shim_real(f)->pMethods->xUnlock(shim_real(f), lock);
}

static int shim_reserved(sqlite3_file *f, int *out)
{
    return shim_real(f)->pMethods->xCheckReservedLock(shim_real(f), out);
}

static int shim_control(sqlite3_file *f, int op, void *arg)
{
    return shim_real(f)->pMethods->xFileControl(shim_real(f), op, arg);
}

static int shim_sector(sqlite3_file *f)
{
    return shim_real(f)->pMethods->xSectorSize(shim_real(f));
}

static int shim_character(sqlite3_file *f)
{
    return shim_real(f)->pMethods->xDeviceCharacteristics(shim_real(f));
}

static int shim_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return shim_real(f)->pMethods->xShmMap(shim_real(f), page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return shim_real(f)->pMethods->xShmLock(shim_real(f), offset, n, flags);
}

static void shim_shm_barrier(sqlite3_file *f)
{
    shim_real(f)->pMethods->xShmBarrier(shim_real(f));
}

static int shim_shm_unmap(sqlite3_file *f, int remove)
{
    return shim_real(f)->pMethods->xShmUnmap(shim_real(f), remove);
}

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = shim_close,
        .xRead = shim_read,
        .xWrite = shim_write,
        .xTruncate = shim_truncate,
        .xSync = shim_sync,
        .xFileSize = shim_size,
        .xLock = shim_lock,
        .xUnlock = shim_unlock,
        .xCheckReservedLock = shim_reserved,
        .xFileControl = shim_control,
        .xSectorSize = shim_sector,
        .xDeviceCharacteristics = shim_character,
        .xShmMap = shim_shm_map,
        .xShmLock = shim_shm_lock,
        .xShmBarrier = shim_shm_barrier,
        .xShmUnmap = shim_shm_unmap,
    };
    struct shim *s = vfs->pAppData;
    struct shim_file *file = (struct shim_file *)f;
    file->base.pMethods = NULL;
    file->shim = s;
    file->real = calloc(1, (size_t)s->real->szOsFile);
    int rc = file->real ? s->real->xOpen(s->real, name, file->real, flags, out) : SQLITE_NOMEM;
    if (rc == SQLITE_OK)
        file->base.pMethods = &methods;
    else
        free(file->real);
    return rc;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    struct shim *s = vfs->pAppData;
    int rc = shim_take_step(s, false);
    return rc ? rc : s->real->xDelete(s->real, name, sync);
}

/* From now on every connection goes through it. s must outlive them. */
static inline void shim_install(struct shim *s)
{
    *s = (struct shim){.real = sqlite3_vfs_find(NULL)};
    s->vfs = *s->real;
    s->vfs.zName = "shim";
    s->vfs.szOsFile = (int)sizeof(struct shim_file);
    s->vfs.pAppData = s;
    s->vfs.xOpen = shim_open;
    s->vfs.xDelete = shim_delete;
    sqlite3_vfs_register(&s->vfs, 1);
}

static inline void shim_remove(struct shim *s)
{
    sqlite3_vfs_unregister(&s->vfs);
    sqlite3_vfs_register(s->real, 1);
}

/* Counts from 0 again. */
static inline void shim_harm_at(struct shim *s, enum shim_harm harm, long at)
{
    s->harm = harm;
    s->at = at;
    s->step = 0;
}

#endif
