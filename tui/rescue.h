/* Signals, and giving the terminal back when the program ends in a way nobody planned. Everything a
 * handler touches lives here. Knows nothing of curses: the bytes that restore the terminal are
 * handed in. */
#ifndef TUI_RESCUE_H
#define TUI_RESCUE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

enum {
    SIGNAL_QUIT = 1,     /* SIGINT, SIGTERM, SIGHUP */
    SIGNAL_RESIZE = 2,   /* SIGWINCH */
    SIGNAL_STOP = 4,     /* SIGTSTP */
    SIGNAL_CONTINUE = 8, /* SIGCONT */
};

/* From now on these signals only set the flag, and a crash signal (SIGSEGV, SIGABRT, SIGBUS,
 * SIGFPE, SIGILL), exit() and running out of memory restore the terminal first: `bytes` (copied)
 * are written to fd and it gets back the modes `saved`. */
void rescue_arm(int fd, const char *bytes, size_t len, const struct termios *saved);
/* Other bytes from now on. */
void rescue_bytes(const char *bytes, size_t len);
/* Back to the handlers from before. */
void rescue_disarm(void);

/* The signals that came since the last call: SIGNAL_... bits. */
unsigned rescue_signals(void);
/* True when SIGNAL_QUIT is there and not taken yet. */
bool rescue_quitting(void);

enum wait { WAIT_TIMEOUT, WAIT_INPUT, WAIT_SIGNAL, WAIT_HANGUP };

/* Waits until fd can be read, a signal has come, or the time (ms) is over; no signal is missed
 * between looking and waiting. */
enum wait rescue_wait(int fd, int timeout_ms);

/* Stops the process as SIGTSTP does without a handler; returns when it was continued. */
void rescue_stop(void);

#endif
