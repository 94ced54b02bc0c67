/* For readers of rules and scenarios: the bytes of a file are checked, a table becomes rows of
 * cells; whoever reads it says what the cells mean. */
#ifndef DB_GUIDE_READ_H
#define DB_GUIDE_READ_H

#include "db/guide.h"
#include "db/term.h"

enum { GUIDE_COLUMNS_MOST = 10 };

struct guide_row {
    size_t line;
    const char *cells[GUIDE_COLUMNS_MOST]; /* strings, "" where empty */
};

struct guide_table {
    struct guide_row *rows;
    size_t count;
};

/* Lines "## ..." are remarks, the first other one is "# " and the columns, then come the rows;
 * cells are separated by tabs. Rows and cells live in the arena. False: *fault says what is wrong;
 * its file is the caller's. */
bool guide_read_table(const char *bytes, size_t len, const char *const *columns,
                      size_t column_count, struct arena *arena, struct guide_table *ret_table,
                      struct guide_fault *fault);
/* The file `name` of an office's own rules in `directory`, as bytes (up to one more than
 * GUIDE_FILE_MAX); *ret_there false where there is none. ret_path: for a fault, cut where it is
 * long. False: *fault says that it cannot be read. */
bool guide_read_own(const char *directory, const char *name, struct text *bytes, bool *ret_there,
                    char ret_path[256], struct guide_fault *fault);
/* A file's bytes, up to one more than GUIDE_FILE_MAX. False: *fault says that it cannot be read. */
bool guide_read_file(const char *path, struct text *bytes, struct guide_fault *fault);
/* Not too large, UTF-8, nothing in it but text, tabs and line feeds. */
bool guide_check_bytes(const char *bytes, size_t len, struct guide_fault *fault);
/* Notes what is wrong (what is cut where it is long); false. */
bool guide_refuse(struct guide_fault *fault, enum guide_wrong wrong, size_t line, const char *what);
/* A table of rules by itself: its file's name, the built-in bytes, and who reads them into the
 * loader's `into` (it leaves that alone where it refuses). */
struct guide_source {
    const char *name, *bytes;
    size_t len;
    bool (*read)(const struct term_list *terms, const char *bytes, size_t len, void *into,
                 struct guide_fault *fault);
};
/* Reads the office's own file in `directory` (NULL: none) where it is there and right (*ret_own),
 * else the built-in one, and *ret_fault says why. STATUS_OK, or what reading the classification
 * from db gave. */
MUST_CHECK enum status guide_load_table(struct db *db, const char *directory,
                                        const struct guide_source *source, void *into,
                                        bool *ret_own, struct guide_fault *ret_fault);
/* Is it the code of a kind of service, not of a group? */
bool guide_is_kind(const struct term_list *terms, const char *code);
/* The next item of a list separated by single spaces; false at its end. */
bool guide_item(const char **list, char *ret_item, size_t room);

#endif
