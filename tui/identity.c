/* The file of persons; see identity.h. Knows no directory file. */
#include "tui/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n/key.h"
#include "tui/config.h"
#include "tui/folder.h"

enum { FILE_MAX = 64 * 1024 };

char *identity_path(void)
{
    return config_path("person");
}

static enum status status_of(int code)
{
    if (code == EACCES || code == EPERM || code == EROFS)
        return STATUS_DENIED;
    return code == ENOSPC || code == EDQUOT ? STATUS_FULL : STATUS_IO;
}

/* --- reading --------------------------------------------------------------------------------- */

static enum status read_file(const char *path, struct text *out)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return errno == ENOENT || errno == ENOTDIR ? STATUS_OK : status_of(errno);
    text_reserve(out, FILE_MAX);
    out->len = fread(out->bytes, 1, FILE_MAX, f);
    out->bytes[out->len] = '\0';
    enum status status = ferror(f) ? STATUS_IO : STATUS_OK;
    fclose(f);
    return status;
}

/* Blocks of lines with an empty line between them. */
static void read_blocks(const struct text *file, struct identities *out)
{
    const char *at = file->bytes;
    while (*at && out->count < IDENTITY_MAX) {
        const char *end = strstr(at, "\n\n");
        size_t len = end ? (size_t)(end + 1 - at) : strlen(at);
        if (person_parse(at, len, &out->rows[out->count]) == STATUS_OK &&
            *out->rows[out->count].name)
            out->count++;
        at += len + (end ? 1 : 0);
    }
}

enum status identity_load(struct identities *ret_identities)
{
    struct text file = TEXT_INIT;
    char *path = identity_path();
    enum status status = path ? read_file(path, &file) : STATUS_NO_FILE;
    if (status == STATUS_OK) {
        memset(ret_identities, 0, sizeof *ret_identities);
        read_blocks(&file, ret_identities);
    }
    text_release(&file);
    free(path);
    return status;
}

struct person identity_now(void)
{
    struct person person = {.role = VALUE_ROLE_VIEWER};
    struct identities *all = mem_zalloc(1, sizeof *all);
    if (identity_load(all) == STATUS_OK && all->count)
        person = all->rows[0];
    free(all);
    return person;
}

struct person identity_trainee(enum lang lang)
{
    struct person person = {.role = VALUE_ROLE_APPROVER};
    snprintf(person.name, sizeof person.name, "%s", message_get(lang, MSG_TRAINING_PERSON));
    return person;
}

/* --- writing --------------------------------------------------------------------------------- */

static enum status write_all(int fd, const struct text *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        ssize_t n = write(fd, bytes->bytes + at, bytes->len - at);
        if (n < 0 && errno != EINTR)
            return status_of(errno);
        at += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) ? status_of(errno) : STATUS_OK;
}

static enum status replace_file(const char *path, const struct text *bytes)
{
    struct text other = TEXT_INIT;
    text_addf(&other, "%s.%ld", path, (long)getpid());
    unlink(other.bytes);
    int fd = open(other.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum status status = fd < 0 ? status_of(errno) : write_all(fd, bytes);
    if (fd >= 0 && close(fd) && status == STATUS_OK)
        status = status_of(errno);
    if (status == STATUS_OK && rename(other.bytes, path))
        status = status_of(errno);
    if (fd >= 0 && status != STATUS_OK)
        unlink(other.bytes);
    text_release(&other);
    return status;
}

enum status identity_save(const struct identities *identities)
{
    struct text bytes = TEXT_INIT;
    char *path = identity_path();
    int failed = path ? folder_make_for(path) : 0;
    enum status status = !path ? STATUS_NO_FILE : failed ? status_of(failed) : STATUS_OK;
    for (size_t i = 0; i < identities->count; i++) {
        text_adds(&bytes, i ? "\n" : "");
        person_format(&identities->rows[i], &bytes);
    }
    if (status == STATUS_OK)
        status = replace_file(path, &bytes);
    text_release(&bytes);
    free(path);
    return status;
}

/* --- choosing -------------------------------------------------------------------------------- */

void identity_put(struct identities *identities, const struct person *person)
{
    struct person moved = *person;
    size_t at = 0;
    while (at < identities->count && (strcmp(identities->rows[at].name, moved.name) ||
                                      strcmp(identities->rows[at].office, moved.office)))
        at++;
    if (at == identities->count && at < IDENTITY_MAX)
        identities->count++;
    if (at == IDENTITY_MAX)
        at--;
    memmove(&identities->rows[1], &identities->rows[0], at * sizeof moved);
    identities->rows[0] = moved;
}

const struct person *identity_find(const struct identities *identities, const char *typed)
{
    struct text wanted = TEXT_INIT, key = TEXT_INIT;
    const struct person *found = NULL;
    key_make(&wanted, typed, strlen(typed), KEY_LOOSE);
    for (size_t i = 0; i < identities->count && wanted.len; i++) {
        const struct person *p = &identities->rows[i];
        text_clear(&key);
        key_make(&key, p->name, strlen(p->name), KEY_LOOSE);
        if (!strcmp(key.bytes, wanted.bytes)) {
            found = p;
            break;
        }
        if (!found && strstr(key.bytes, wanted.bytes))
            found = p;
    }
    text_release(&wanted);
    text_release(&key);
    return found;
}

enum message identity_refusal(const struct person *person)
{
    if (!*person->name)
        return MSG_PERSON_NOBODY;
    if (person->role == VALUE_ROLE_EDITOR || person->role == VALUE_ROLE_APPROVER)
        return MSG_COUNT;
    return person->role == VALUE_ROLE_TRAINER ? MSG_PERSON_TRAINER : MSG_PERSON_VIEWER;
}
