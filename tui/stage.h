/* Everything phase 2 of a frame needs on this terminal: what the terminal answered, the painter
 * chosen and at work, and what a person chose instead. term.c owns one. Knows no curses. */
#ifndef TUI_STAGE_H
#define TUI_STAGE_H

#include <stdbool.h>

#include "i18n/mem.h"
#include "tui/painter.h"
#include "tui/terminal.h"

struct stage {
    struct facts facts;
    struct terminal_verdict verdict; /* of the table */
    struct easel easel;              /* of the painter in use */
    enum painter_id painter;
    struct ruler ruler; /* stage_ruler */
    char broken;        /* an answer broke off: the byte after its ESC; its rest may come as keys */
    bool remote;        /* over ssh */
    int other_frames;   /* in a row that went as if the link were quicker or slower than thought */
};

/* Asks the terminal on these descriptors and takes the painter `wanted` (a name; NULL, "" or
 * "auto": what the table says), or the table's where that cannot work. Must not move afterwards.
 * Keys typed meanwhile are appended to typed. `stop` as for probe_run. */
void stage_open(struct stage *s, int in, int out, const char *wanted, bool (*stop)(void),
                struct text *typed);
/* Appends what gives the terminal back. */
void stage_close(struct stage *s, struct text *out);

/* The next painter that can work here, the first after the last. Appends what ends the one and
 * begins the other. False: there is no other. */
bool stage_next(struct stage *s, struct text *out);

/* The window has another size: asks for the cells' size where it matters, forgets what was sent.
 * When the painter cannot go on, the text painter takes over (its bytes go to out). */
void stage_resize(struct stage *s, int in, int out_fd, struct text *typed, struct text *out);

/* The letters names are best shown in with the painter at work. */
enum script stage_script(const struct stage *s);

/* NULL: tokens take what canvas_measure says. */
const struct ruler *stage_ruler(const struct stage *s);

/* A frame of so many bytes took so long: over a slow ssh link pictures get fewer levels, and all of
 * them again when it has become quick. True: draw everything again. */
bool stage_note_speed(struct stage *s, size_t bytes, long ms);

#endif
