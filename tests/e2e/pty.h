/* Runs a program in a pseudo-terminal with an emulator behind it. Nothing sleeps: the program says
 * by its idle marker which keys it has handled and at what size it drew (see tui/term.h), and every
 * wait ends there or at a deadline. */
#ifndef E2E_PTY_H
#define E2E_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "tests/e2e/emulator.h"

enum { PTY_DEADLINE_MS = 20000 };

/* What keys send in xterm with the keypad in application mode. */
#define KEYS_UP     "\033OA"
#define KEYS_DOWN   "\033OB"
#define KEYS_RIGHT  "\033OC"
#define KEYS_LEFT   "\033OD"
#define KEYS_HOME   "\033OH"
#define KEYS_END    "\033OF"
#define KEYS_PGUP   "\033[5~"
#define KEYS_PGDN   "\033[6~"
#define KEYS_DELETE "\033[3~"
#define KEYS_ENTER  "\r"
#define KEYS_BACK   "\177"
#define KEYS_TAB    "\t"
#define KEYS_ESC    "\033"
#define KEYS_F1     "\033OP"
#define KEYS_F2     "\033OQ"
#define KEYS_F3     "\033OR"
#define KEYS_F10    "\033[21~"
#define KEYS_F12    "\033[24~"

struct pty {
    pid_t pid;
    int master, slave; /* -1: closed */
    int alive;         /* reads end of file when the program is gone */
    bool ended;
    bool mute; /* the terminal answers nothing */
    int state; /* as from waitpid */
    struct termios before;
    struct emulator screen;
    struct text output; /* everything the program wrote */
    unsigned long keys_sent;
};

struct pty_start {
    int rows, columns; /* 0: 24x80 */
    enum width_rule rule;
    const struct emulator_kind *kind; /* NULL: no pictures, no name */
    bool mute;                        /* answers nothing; the test does */
    const char *const *argv;          /* argv[0] is the path; NULL-ended */
    const char *const *environment; /* "NAME=value" on top of the pinned ones; NULL-ended or NULL */
};

/* Starts the program; false when that was not possible. */
bool pty_open(struct pty *p, const struct pty_start *start);
/* Kills the program where it still runs, and frees. */
void pty_close(struct pty *p);

/* Sends one key and waits until it is handled and shown. */
bool pty_press(struct pty *p, const char *key);
/* Sends characters, each of them one key, in one piece; waits as pty_press. */
bool pty_type(struct pty *p, const char *text);
/* Sends bytes that make so many keys and does not wait. */
void pty_send(struct pty *p, const char *bytes, size_t len, unsigned long keys);
/* Waits for more output. False: deadline or it ended. */
bool pty_read(struct pty *p);
/* Waits until all keys are handled and the size is the present one. False: deadline or it ended. */
bool pty_settle(struct pty *p);
/* Changes the window and waits as pty_settle. */
bool pty_resize(struct pty *p, int rows, int columns);
/* Waits until the screen holds the text; returns the ms it took, -1 at the deadline. */
long pty_expect(struct pty *p, const char *text, int deadline_ms);
/* Waits until the program has ended; false at the deadline. */
bool pty_wait_end(struct pty *p);
/* The terminal is as it was before the program: modes, main screen, cursor shown, no key modes. */
bool pty_is_restored(const struct pty *p);

bool pty_shows(const struct pty *p, const char *text);

#endif
