/* Sits between a real terminal and a program in it, hands on every byte, and knows two things that
 * a photographer needs: when the program has shown the answer to a key (its idle marker, see
 * tui/term.h) and when the terminal has read all that was written (it answers a status request).
 * Nothing sleeps. */
#ifndef SHOTS_RELAY_H
#define SHOTS_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

enum { RELAY_DEADLINE_MS = 15000, RELAY_ESCAPE_MAX = 64 };

/* Finds the end of one kind of sequence in a stream and takes it out of it. */
struct relay_filter {
    const char *start; /* how the sequence begins */
    const char *ends;  /* any of these characters ends it */
    char held[RELAY_ESCAPE_MAX];
    size_t len;
};

struct relay {
    pid_t pid;                    /* 0: no program */
    int master, slave;            /* -1: none */
    bool ended;                   /* the program is gone */
    int state;                    /* as from waitpid */
    struct termios outer, before; /* the real terminal's modes; the program's at its start */
    struct relay_filter idle;     /* in what the program writes */
    struct relay_filter answer;   /* in what the terminal sends */
    unsigned long keys, wanted;   /* handled by the program; sent to it */
    int rows, columns;            /* of the last marker */
    bool marked, answered;        /* since the last question */
    unsigned long long bytes;     /* written by the program so far */
};

/* Standard input and output are the terminal; argv NULL: no program, only the terminal. */
bool relay_open(struct relay *r, char **argv);
/* Ends the program where it still runs and gives the terminal its modes back. */
void relay_close(struct relay *r);

/* Sends bytes that are so many keys and waits until they are handled and shown. 0 keys: waits for
 * the first picture. */
bool relay_press(struct relay *r, const char *bytes, size_t len, unsigned long keys);
/* Waits until the terminal has read everything. */
bool relay_sync(struct relay *r);
/* Waits until the program has ended. */
bool relay_wait_end(struct relay *r);
/* The program's terminal has the modes it had before. */
bool relay_modes_restored(const struct relay *r);

#endif
