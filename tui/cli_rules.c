/* `cpdir rules`: the tables an office may replace (of the pathway, the minimum package, the
 * emergency list), whether its own ones are in use or why not; and a copy of the built-in ones to
 * change. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/emergency.h"
#include "db/guide.h"
#include "db/package.h"
#include "tui/cli.h"
#include "tui/folder.h"
#include "tui/way.h"

/* The tables of the pathway, which are one set, and those by themselves. */
enum { PACKAGE = GUIDE_FILES, EMERGENCY, FILES };

static const struct column columns[] = {
    {"file", CELL_TEXT},   {"path", CELL_TEXT},   {"state", CELL_TEXT},
    {"line", CELL_NUMBER}, {"reason", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

enum state { BUILT_IN, OWN, REFUSED, NOT_USED };

struct rule_file {
    const char *name, *bytes;
    size_t len;
    char *path;
    enum state state;
    const struct guide_fault *fault; /* of a refused one */
};

struct rule_files {
    char *folder;
    struct rule_file files[FILES];
    struct guide_fault guide, package, emergency;
};

/* --- what is there --------------------------------------------------------------------------- */

static void release(struct rule_files *r)
{
    for (size_t i = 0; i < FILES; i++)
        free(r->files[i].path);
    free(r->folder);
}

static void name_files(struct rule_files *r)
{
    for (int i = 0; i < GUIDE_FILES; i++) {
        r->files[i].name = guide_file_name((enum guide_file)i);
        r->files[i].bytes = guide_built_in((enum guide_file)i, &r->files[i].len);
    }
    r->files[PACKAGE].name = PACKAGE_FILE;
    r->files[PACKAGE].bytes = package_built_in(&r->files[PACKAGE].len);
    r->files[EMERGENCY].name = EMERGENCY_FILE;
    r->files[EMERGENCY].bytes = emergency_built_in(&r->files[EMERGENCY].len);
    for (int i = 0; i < FILES; i++) {
        struct text path = TEXT_INIT;
        text_addf(&path, "%s/%s", r->folder, r->files[i].name);
        r->files[i].path = text_take(&path);
    }
}

/* An own table of the pathway is in use with the others of its set or not at all. */
static void judge(struct rule_file *f, const struct guide_fault *fault)
{
    bool there = access(f->path, F_OK) == 0, named = strcmp(fault->file, f->path) == 0;
    f->state = !there ? BUILT_IN : fault->wrong == GUIDE_FINE ? OWN : named ? REFUSED : NOT_USED;
    f->fault = f->state == REFUSED ? fault : NULL;
}

static enum status look(struct db *db, struct rule_files *r)
{
    struct guide guide;
    struct package package;
    struct emergency emergency;
    enum status status = guide_load(db, r->folder, &guide, &r->guide);
    if (status != STATUS_OK)
        return status;
    guide_release(&guide);
    status = package_load(db, r->folder, &package, &r->package);
    if (status != STATUS_OK)
        return status;
    package_release(&package);
    status = emergency_load(db, r->folder, &emergency, &r->emergency);
    if (status != STATUS_OK)
        return status;
    emergency_release(&emergency);
    for (int i = 0; i < FILES; i++)
        judge(&r->files[i], i < GUIDE_FILES ? &r->guide
                            : i == PACKAGE  ? &r->package
                                            : &r->emergency);
    return STATUS_OK;
}

/* --- what is told ---------------------------------------------------------------------------- */

static void print_row(const struct cli *c, const struct rule_file *f)
{
    static const char *const states[] = {"built_in", "own", "refused", "not_used"};
    char line[24] = "";
    struct text why = TEXT_INIT;
    if (f->fault) {
        snprintf(line, sizeof line, "%zu", f->fault->line);
        way_add_reason(&why, c->io->lang, f->fault);
    }
    const char *cells[COLUMNS] = {f->name, f->path, states[f->state],
                                  f->fault && f->fault->line ? line : NULL,
                                  f->fault ? why.bytes : NULL};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&why);
}

static void print_line(const struct cli *c, const struct rule_file *f)
{
    static const enum message words[] = {MSG_RULES_BUILT_IN, MSG_RULES_OWN, MSG_RULES_REFUSED,
                                         MSG_RULES_NOT_USED};
    struct text line = TEXT_INIT;
    text_addf(&line, "%-14s %s", f->name, message_get(c->io->lang, words[f->state]));
    if (f->fault) {
        text_adds(&line, "\n    ");
        way_add_fault(&line, c->io->lang, f->fault);
    }
    output_lines(c->io->out, line.bytes);
    text_release(&line);
}

static int print(const struct cli *c, const struct rule_files *r)
{
    int code = EXIT_DONE;
    output_head(c->io->out, c->format, columns, COLUMNS);
    if (c->format == OUTPUT_TEXT)
        output_lines(c->io->out, r->folder);
    for (size_t i = 0; i < FILES; i++) {
        if (c->format == OUTPUT_TEXT)
            print_line(c, &r->files[i]);
        else
            print_row(c, &r->files[i]);
        code = r->files[i].fault ? EXIT_REFUSED : code;
    }
    return code;
}

/* --- a copy to change ------------------------------------------------------------------------ */

/* 0, or errno; what is there is left as it is. */
static int write_copy(const struct rule_file *f)
{
    int fd = open(f->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? 0 : errno;
    FILE *out = fdopen(fd, "wb");
    bool good = fwrite(f->bytes, 1, f->len, out) == f->len;
    int failed = good ? 0 : errno;
    if (fclose(out) && !failed)
        failed = errno;
    if (failed)
        unlink(f->path);
    return failed;
}

static int copy(const struct cli *c, const struct rule_files *r)
{
    int failed = folder_make(r->folder);
    for (size_t i = 0; i < FILES && !failed; i++)
        failed = write_copy(&r->files[i]);
    return failed ? problem_tell(c->io, EXIT_REFUSED, MSG_RULES_NOT_WRITTEN,
                                 PROBLEM({"folder", r->folder}, {"why", strerror(failed)}))
                  : EXIT_DONE;
}

int cli_rules(struct cli *c)
{
    struct rule_files r = {0};
    bool copies = c->request->word_count > 0;
    int code = EXIT_DONE;
    if (copies && strcmp(c->request->words[0], "copy") != 0)
        return problem_tell(c->io, EXIT_USAGE, MSG_RULES_WORD, PROBLEM_PLAIN);
    r.folder = way_rules(c->request->options[OPTION_RULES]);
    if (!r.folder)
        return problem_tell(c->io, EXIT_REFUSED, MSG_RULES_NOWHERE, PROBLEM_PLAIN);
    name_files(&r);
    code = cli_open(c);
    if (!code && copies)
        code = copy(c, &r);
    if (!code) {
        enum status status = look(c->directory.db, &r);
        code = status ? cli_failed(c, status) : print(c, &r);
    }
    release(&r);
    return code;
}
