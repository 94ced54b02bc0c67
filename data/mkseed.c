/* mkseed [--training] DIRECTORY OUT: checks the tables in DIRECTORY and builds from them the
 * directory file the program is born with, or the training directory. Runs at build time only. Exit
 * status: 0 made, 1 not, 2 usage. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/born.h"
#include "data/check.h"
#include "db/db.h"
#include "i18n/width.h"

/* Builds in a file beside OUT and puts the finished, compacted one in its place. */
static enum status build(const struct data *data, const char *out, struct text *why)
{
    struct db *db = NULL;
    struct text work = TEXT_INIT;
    text_addf(&work, "%s.work", out);
    unlink(work.bytes);
    unlink(out);
    enum status status = db_make_empty_set(work.bytes, data->set, &db, why);
    if (status == STATUS_OK) {
        status = born_write(db, data, why);
        if (status == STATUS_OK) {
            status = db_finish(db, out);
            if (status != STATUS_OK) {
                text_adds(why, db_error(db));
            }
        }
        db_close(db);
    }
    unlink(work.bytes);
    text_release(&work);
    return status;
}

int main(int argc, char **argv)
{
    bool training = argc == 4 && strcmp(argv[1], "--training") == 0;
    if (argc != 3 + training) {
        fputs("usage: mkseed [--training] DIRECTORY OUT\n", stderr);
        return 2;
    }
    const char *directory = argv[argc - 2], *out = argv[argc - 1];
    width_init();
    struct report report = REPORT_INIT;
    struct data data;
    bool made = data_load(directory, training ? DB_TRAINING : DB_REAL, &data, &report);
    fputs(report.lines.bytes, stderr);
    if (made) {
        struct text why = TEXT_INIT;
        enum status status = build(&data, out, &why);
        made = status == STATUS_OK;
        if (!made) {
            fprintf(stderr, "%s: status %d: %s\n", out, (int)status, why.bytes);
        }
        text_release(&why);
    }
    data_release(&data);
    report_release(&report);
    return made ? EXIT_SUCCESS : EXIT_FAILURE;
}
