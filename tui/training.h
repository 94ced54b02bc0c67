/* The mark of the training directory on all that leaves the program: what commands write, pages
 * that are printed, cards that are copied. So that nothing of it is ever taken for real. (On the
 * screens it stands in the top bar, frame.h.) */
#ifndef TUI_TRAINING_H
#define TUI_TRAINING_H

#include <stdio.h>

#include "tui/cli.h"
#include "tui/view.h"

/* Appends the page with the sentence of the mark above and below it. */
void training_mark_page(enum lang lang, struct text *out, const char *page, size_t len);

/* app_copy, with the mark above the card in training. */
void training_copy(const struct context *x, const struct text *card);

/* What a command writes, held back until it is marked; nothing of it outside of training. */
struct training_output {
    FILE *to, *held; /* held NULL: it goes straight to where it belongs */
    char *bytes;
    size_t len;
};

/* The console for the command: `io`, in training with an output that is held back. */
struct console training_begin_output(struct training_output *output, const struct console *io,
                                     const struct request *request);
/* Writes what was held back with the mark where the command had the directory open: in text the
 * sentence above and below, in tsv a last column "training" with "yes", in json a last key
 * "training" that is true. A page of html carries its own. */
void training_end_output(struct training_output *output, const struct cli *c);

#endif
