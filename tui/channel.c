/* In and out of the terminal; see channel.h. */
#define _GNU_SOURCE /* memfd_create, dup3, pipe2 */
#include "tui/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "tui/rescue.h"

static FILE *open_copy(int fd, const char *mode)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    FILE *file = copy < 0 ? NULL : fdopen(copy, mode);
    if (copy >= 0 && !file)
        close(copy);
    return file;
}

enum status channel_open(struct channel *ret_channel)
{
    struct channel c = {.tty_in = STDIN_FILENO, .tty = STDOUT_FILENO};
    c.in = open_copy(STDIN_FILENO, "r");
    c.out = open_copy(STDOUT_FILENO, "w");
    if (!c.in || !c.out) {
        if (c.in)
            fclose(c.in);
        if (c.out)
            fclose(c.out);
        return STATUS_IO;
    }
    c.store = memfd_create("frame", MFD_CLOEXEC);
    text_init(&c.buffer);
    *ret_channel = c;
    return STATUS_OK;
}

void channel_close(struct channel *c)
{
    if (!c->out)
        return;
    fclose(c->in);
    fclose(c->out);
    if (c->store >= 0)
        close(c->store);
    text_release(&c->buffer);
    *c = (struct channel){0};
}

static void swap(int to, FILE *file)
{
    while (dup3(to, fileno(file), O_CLOEXEC) < 0 && errno == EINTR)
        ;
}

/* --- out -----------------------------------------------------------------------------------------
 */

void channel_write(struct channel *c, const char *bytes, size_t len)
{
    while (len > 0 && !c->failed) {
        ssize_t n = write(c->tty, bytes, len);
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (n < 0 && errno == EINTR) {
            c->failed = rescue_quitting(); /* the terminal is stuck and we are told to end */
        } else {
            c->failed = true;
        }
    }
}

void channel_begin(struct channel *c)
{
    if (c->store >= 0 && dup3(c->store, fileno(c->out), O_CLOEXEC) < 0) {
        close(c->store);
        c->store = -1;
    }
    text_clear(&c->buffer);
}

void channel_add(struct channel *c, const char *bytes, size_t len)
{
    if (c->store < 0) {
        channel_write(c, bytes, len);
        return;
    }
    while (len > 0) {
        ssize_t n = write(c->store, bytes, len);
        if (n <= 0) {
            c->failed = true;
            return;
        }
        bytes += n;
        len -= (size_t)n;
    }
}

/* Reads what the store holds into the buffer and empties it. */
static void take_store(struct channel *c)
{
    off_t end = lseek(c->store, 0, SEEK_END);
    char chunk[BUFSIZ];
    for (off_t at = 0; at < end;) {
        ssize_t n = pread(c->store, chunk, sizeof chunk, at);
        if (n <= 0)
            break;
        text_add(&c->buffer, chunk, (size_t)n);
        at += n;
    }
    if (ftruncate(c->store, 0) != 0 || lseek(c->store, 0, SEEK_SET) != 0)
        c->failed = true;
}

void channel_end(struct channel *c)
{
    enum { MS = 1000, NS_PER_MS = 1000000 };
    struct timespec before, after;
    if (c->store >= 0) {
        swap(c->tty, c->out);
        take_store(c);
    }
    clock_gettime(CLOCK_MONOTONIC, &before);
    channel_write(c, c->buffer.bytes, c->buffer.len);
    clock_gettime(CLOCK_MONOTONIC, &after);
    c->ms = (after.tv_sec - before.tv_sec) * MS + (after.tv_nsec - before.tv_nsec) / NS_PER_MS;
}

bool channel_set_signals(const struct channel *c, bool signals)
{
    struct termios modes;
    if (tcgetattr(c->tty, &modes) != 0)
        return false;
    modes.c_lflag = signals ? modes.c_lflag | ISIG : modes.c_lflag & ~(tcflag_t)ISIG;
    return tcsetattr(c->tty, TCSADRAIN, &modes) == 0;
}

void channel_clipboard(struct text *out, const char *text, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text_adds(out, "\033]52;c;");
    for (size_t i = 0; i < len; i += 3) {
        unsigned v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < len ? (unsigned char)text[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            text_addc(out, i + k > len ? '=' : digits[v >> (18 - 6 * k) & 63]);
    }
    text_addc(out, '\a');
}

/* --- in ------------------------------------------------------------------------------------------
 */

void channel_feed(struct channel *c, const char *bytes, size_t len)
{
    enum { MOST = 16384 }; /* far below what a pipe holds */
    int ends[2];
    char before[MOST];
    ssize_t waiting = c->fed ? read(fileno(c->in), before, sizeof before) : 0;
    size_t left = waiting > 0 ? (size_t)waiting : 0;
    if (left + len == 0 || left + len > MOST || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    if (write(ends[1], before, left) == (ssize_t)left && write(ends[1], bytes, len) >= 0) {
        swap(ends[0], c->in);
        c->fed = true;
    }
    close(ends[0]);
    close(ends[1]);
}

bool channel_fed_all(struct channel *c)
{
    if (!c->fed)
        return false;
    swap(c->tty_in, c->in);
    c->fed = false;
    return true;
}
