/* What went wrong, in one line of the person's language, and the exit code that goes with it. The
 * only place where a status becomes words. */
#ifndef TUI_PROBLEM_H
#define TUI_PROBLEM_H

#include <stdio.h>

#include "i18n/lang.h"
#include "i18n/message.h"
#include "i18n/status.h"

/* The exit status of the program, as cpdir(1) lists them. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_NOTHING = 1,  /* nothing found */
    EXIT_USAGE = 2,    /* the command line is wrong */
    EXIT_REFUSED = 3,  /* a value or the input is refused */
    EXIT_CONFLICT = 4, /* somebody else changed the entry */
    EXIT_DATABASE = 5, /* the directory file, the disk or the output */
};

/* Whom a command talks to. */
struct console {
    enum lang lang;
    FILE *in, *out, *err;
};

/* A name and value for a message's placeholder. */
struct fill {
    const char *name, *value;
};
enum { PROBLEM_FILLS = 4 };

/* Writes "cpdir: " and the message as one line to err; returns code. Values may be any bytes: they
 * are made safe and cut where they are very long. */
int problem_tell(const struct console *io, enum exit_code code, enum message id,
                 const struct fill fills[PROBLEM_FILLS]);
/* problem_tell(io, code, id, PROBLEM({"file", path})) */
#define PROBLEM(...)  ((const struct fill[PROBLEM_FILLS]){__VA_ARGS__})
#define PROBLEM_PLAIN PROBLEM({NULL, NULL})

/* The sentence for a status of the directory file `file`; detail is the technical text, shown only
 * where no sentence of ours says more ("" none). Returns the exit code. */
int problem_status(const struct console *io, enum status status, const char *file,
                   const char *detail);

/* The exit code that goes with a status. */
enum exit_code problem_code(enum status status);

#endif
