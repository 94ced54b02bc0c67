/* Asking the terminal what it is. Before curses starts, questions go out in one write, the one
 * every terminal answers (DA1) last; what comes back until then is read, at most for a second. Keys
 * typed meanwhile are kept. The parser is pure and takes any bytes. Knows nothing of what the
 * answers mean: terminal.h does. */
#ifndef TUI_PROBE_H
#define TUI_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"
#include "tui/painter.h"

enum { PROBE_MS = 1000, PROBE_WIDTHS = 2 };

struct answers {
    bool asked;
    bool answered;       /* DA1 came */
    int ms;              /* until then, or until it was given up */
    char version[48];    /* XTVERSION, printable ASCII; "" none */
    char attributes[48]; /* DA1's numbers: "62;4;22" */
    bool sixel;          /* 4 is among them */
    bool kitty;          /* kitty graphics answered OK */
    bool has_ink, has_paper;
    unsigned colours; /* bit n: colour n of the palette is known */
    struct palette palette;
    int cell_width, cell_height; /* pixels; 0 unknown */
    int area_width, area_height; /* of all cells */
    int widths[PROBE_WIDTHS];    /* columns of the samples of PROBE_ASK_WIDTHS; 0 unknown */
    int width_count, widths_wanted;
};

enum {
    PROBE_ASK_ALL = 1,    /* who it is, colours, cells */
    PROBE_ASK_KITTY = 2,  /* kitty graphics: not under tmux and screen, not on the Linux console */
    PROBE_ASK_CELL = 4,   /* the size of a cell only */
    PROBE_ASK_WIDTHS = 8, /* how wide it takes some Khmer to be: prints, and cleans the line */
};

/* Appends the questions; DA1 is the last one. */
void probe_questions(struct text *out, unsigned ask);

/* The parser: feed it whatever comes. */
struct probe {
    struct answers answers;
    struct text typed; /* what was no answer */
    int state;
    struct text held; /* the sequence being read */
    bool interrupted; /* Ctrl-C was pressed; inside an answer it is none */
};
void probe_init(struct probe *p);
void probe_release(struct probe *p);
void probe_feed(struct probe *p, const char *bytes, size_t len);
/* Waiting is over: the beginning of a key (Esc) goes to typed. Returns the byte after ESC of an
 * answer that broke off, whose rest may still come, or 0. */
char probe_end(struct probe *p);

/* Asks, waits and ends, with the terminal's modes set for it meanwhile (and put back). p is
 * initialised by the caller and keeps the answers. in and out are the terminal. Ends early when
 * `stop` says so (NULL: never), or at Ctrl-C, which is then raised. Returns what probe_end says. */
char probe_run(struct probe *p, int in, int out, unsigned ask, bool (*stop)(void));

#endif
