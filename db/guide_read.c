/* Tables of rules as rows of cells; see guide_read.h. */
#include "db/guide_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n/utf8.h"

bool guide_refuse(struct guide_fault *fault, enum guide_wrong wrong, size_t line, const char *what)
{
    fault->wrong = wrong;
    fault->line = line;
    snprintf(fault->what, sizeof fault->what, "%s", what);
    size_t len = strlen(fault->what), whole = 0;
    for (char32_t cp; whole < len;) { /* what was cut may not end within a character */
        size_t n = utf8_decode(fault->what + whole, len - whole, &cp);
        if (cp == 0xFFFD)
            break;
        whole += n;
    }
    fault->what[whole] = '\0';
    return false;
}

bool guide_item(const char **list, char *ret_item, size_t room)
{
    size_t len = strcspn(*list, " ");
    if (!len)
        return false;
    snprintf(ret_item, room, "%.*s", (int)len, *list);
    *list += len + ((*list)[len] == ' ');
    return true;
}

bool guide_check_bytes(const char *bytes, size_t len, struct guide_fault *fault)
{
    size_t line = 1;
    if (len > GUIDE_FILE_MAX)
        return guide_refuse(fault, GUIDE_BIG, 0, "");
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = utf8_decode(bytes + at, len - at, &cp);
        bool broken = cp == 0xFFFD && !(n == 3 && memcmp(bytes + at, "\xEF\xBF\xBD", 3) == 0);
        if (broken || (cp != '\n' && cp != '\t' && utf8_is_forbidden(cp)))
            return guide_refuse(fault, GUIDE_BYTES, line, "");
        line += cp == '\n';
        at += n;
    }
    return true;
}

/* The line as cells; false when there are more or fewer than wanted. */
static bool split(char *line, size_t column_count, struct guide_row *row)
{
    for (size_t i = 0; i < column_count; i++) {
        row->cells[i] = line;
        char *tab = strchr(line, '\t');
        if (!tab != (i + 1 == column_count))
            return false;
        if (tab) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return true;
}

static void join_columns(const char *const *columns, size_t count, struct text *out)
{
    text_adds(out, "# ");
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s%s", i ? "\t" : "", columns[i]);
}

bool guide_read_table(const char *bytes, size_t len, const char *const *columns,
                      size_t column_count, struct arena *arena, struct guide_table *ret_table,
                      struct guide_fault *fault)
{
    struct guide_table table = {0};
    struct text heading = TEXT_INIT;
    size_t room = 0, number = 0;
    bool headed = false, good = guide_check_bytes(bytes, len, fault);
    join_columns(columns, column_count, &heading);
    for (size_t at = 0; good && at < len;) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t n = end ? (size_t)(end - bytes) - at : len - at;
        char *line = arena_strndup(arena, bytes + at, n);
        at += n + (end != NULL);
        number++;
        if (!n || strncmp(line, "##", 2) == 0)
            continue;
        if (!headed) {
            headed = strcmp(line, heading.bytes) == 0;
            if (!headed)
                good = guide_refuse(fault, GUIDE_HEADING, number, heading.bytes);
            continue;
        }
        table.rows = arena_grow(arena, table.rows, table.count, &room, sizeof *table.rows);
        struct guide_row *row = &table.rows[table.count++];
        row->line = number;
        if (!split(line, column_count, row))
            good = guide_refuse(fault, GUIDE_CELLS, number, "");
    }
    if (good && !headed)
        good = guide_refuse(fault, GUIDE_HEADING, 0, heading.bytes);
    text_release(&heading);
    *ret_table = table;
    return good;
}

/* A file that may be read to its end: a pipe or a device could keep the program waiting for ever.
 */
static FILE *open_regular(const char *path)
{
    struct stat is;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &is) == 0 && S_ISREG(is.st_mode))
        return fdopen(fd, "rb");
    close(fd);
    errno = EISDIR;
    return NULL;
}

/* *ret_there false where there is no such file. */
static bool read_there(const char *path, struct text *bytes, bool *ret_there)
{
    FILE *f = open_regular(path);
    bool good = f || errno == ENOENT || errno == ENOTDIR;
    if (f) {
        text_reserve(bytes, GUIDE_FILE_MAX + 1); /* one more tells that it is too big */
        bytes->len = fread(bytes->bytes, 1, GUIDE_FILE_MAX + 1, f);
        bytes->bytes[bytes->len] = '\0';
        good = !ferror(f);
        fclose(f);
    }
    *ret_there = f && good;
    return good;
}

bool guide_read_file(const char *path, struct text *bytes, struct guide_fault *fault)
{
    bool there;
    snprintf(fault->file, sizeof fault->file, "%s", path);
    return (read_there(path, bytes, &there) && there) ||
           guide_refuse(fault, GUIDE_UNREADABLE, 0, "");
}

bool guide_read_own(const char *directory, const char *name, struct text *bytes, bool *ret_there,
                    char ret_path[256], struct guide_fault *fault)
{
    struct text path = TEXT_INIT;
    text_addf(&path, "%s/%s", directory, name);
    snprintf(ret_path, sizeof fault->file, "%s", path.bytes);
    bool good = read_there(path.bytes, bytes, ret_there);
    text_release(&path);
    return good || guide_refuse(fault, GUIDE_UNREADABLE, 0, "");
}

bool guide_is_kind(const struct term_list *terms, const char *code)
{
    for (size_t i = 0; i < terms->count; i++)
        if (*terms->rows[i].parent && strcmp(terms->rows[i].code, code) == 0)
            return true;
    return false;
}

/* False: there is none, or *fault says what is wrong with it. */
static bool read_own(const struct term_list *terms, const char *directory,
                     const struct guide_source *source, void *into, struct guide_fault *fault)
{
    struct text bytes = TEXT_INIT;
    char name[sizeof fault->file];
    bool there = false;
    bool good = guide_read_own(directory, source->name, &bytes, &there, name, fault) && there &&
                source->read(terms, bytes.bytes, bytes.len, into, fault);
    if (!good && fault->wrong != GUIDE_FINE)
        memcpy(fault->file, name, sizeof name);
    text_release(&bytes);
    return good;
}

enum status guide_load_table(struct db *db, const char *directory,
                             const struct guide_source *source, void *into, bool *ret_own,
                             struct guide_fault *ret_fault)
{
    struct term_list terms;
    struct guide_fault fault = {0}, own = {0};
    enum status status = term_all(db, &terms);
    if (status != STATUS_OK)
        return status;
    *ret_own = directory && read_own(&terms, directory, source, into, &own);
    if (!*ret_own && !source->read(&terms, source->bytes, source->len, into, &fault)) {
        own = fault; /* right when the program was built: another classification */
        snprintf(own.file, sizeof own.file, "%s", source->name);
        status = STATUS_CORRUPT;
    }
    *ret_fault = own;
    term_list_release(&terms);
    return status;
}
