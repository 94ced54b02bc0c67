/* Signals and the last rescue of the terminal; see rescue.h. Handlers use only what POSIX calls
 * async-signal-safe. The variables below are the program's one signal flag and what a crash handler
 * needs, which has no other way to get at it. */
#define _GNU_SOURCE /* ppoll */
#include "tui/rescue.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "i18n/mem.h"

enum { RESTORE_MAX = 512 };

static const int told[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
enum {
    TOLD = sizeof told / sizeof told[0],
    CRASHES = sizeof crashes / sizeof crashes[0],
};

static volatile sig_atomic_t flag;

static struct {
    volatile sig_atomic_t armed;
    int fd;
    char bytes[RESTORE_MAX];
    size_t len;
    struct termios modes;
    struct sigaction old_told[TOLD], old_crash[CRASHES];
    bool at_exit;
} rescue;

static void on_told(int signal)
{
    if (signal == SIGWINCH)
        flag |= SIGNAL_RESIZE;
    else if (signal == SIGTSTP)
        flag |= SIGNAL_STOP;
    else if (signal == SIGCONT)
        flag |= SIGNAL_CONTINUE;
    else
        flag |= SIGNAL_QUIT;
}

static void restore(void)
{
    if (!rescue.armed)
        return;
    rescue.armed = 0;
    size_t done = 0;
    while (done < rescue.len) {
        ssize_t n = write(rescue.fd, rescue.bytes + done, rescue.len - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    tcsetattr(rescue.fd, TCSADRAIN, &rescue.modes);
}

static void on_crash(int signal)
{
    int saved = errno;
    restore();
    for (size_t i = 0; i < CRASHES; i++)
        if (crashes[i] == signal)
            sigaction(signal, &rescue.old_crash[i], NULL);
    errno = saved;
    raise(signal); /* delivered when this handler returns */
}

void rescue_bytes(const char *bytes, size_t len)
{
    rescue.len = 0; /* a crash in here restores the modes at least */
    if (len > RESTORE_MAX)
        len = RESTORE_MAX;
    memcpy(rescue.bytes, bytes, len);
    rescue.len = len;
}

void rescue_arm(int fd, const char *bytes, size_t len, const struct termios *saved)
{
    rescue.fd = fd;
    rescue_bytes(bytes, len);
    rescue.modes = *saved;
    flag = 0;
    rescue.armed = 1;
    struct sigaction act = {.sa_handler = on_told};
    for (size_t i = 0; i < TOLD; i++)
        sigaddset(&act.sa_mask, told[i]);
    for (size_t i = 0; i < TOLD; i++)
        sigaction(told[i], &act, &rescue.old_told[i]);
    act = (struct sigaction){.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &act, &rescue.old_crash[i]);
    mem_set_oom_hook(restore);
    if (!rescue.at_exit)
        rescue.at_exit = atexit(restore) == 0;
}

void rescue_disarm(void)
{
    rescue.armed = 0;
    mem_set_oom_hook(NULL);
    for (size_t i = 0; i < TOLD; i++)
        sigaction(told[i], &rescue.old_told[i], NULL);
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &rescue.old_crash[i], NULL);
}

static sigset_t hold(void)
{
    sigset_t ours, before;
    sigemptyset(&ours);
    for (size_t i = 0; i < TOLD; i++)
        sigaddset(&ours, told[i]);
    sigprocmask(SIG_BLOCK, &ours, &before);
    return before;
}

unsigned rescue_signals(void)
{
    sigset_t before = hold();
    unsigned taken = (unsigned)flag;
    flag = 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return taken;
}

bool rescue_quitting(void)
{
    return (flag & SIGNAL_QUIT) != 0;
}

enum wait rescue_wait(int fd, int timeout_ms)
{
    enum { MS = 1000, NS_PER_MS = 1000000 };
    struct timespec timeout = {timeout_ms / MS, (timeout_ms % MS) * NS_PER_MS};
    struct pollfd p = {.fd = fd, .events = POLLIN};
    enum wait got = WAIT_TIMEOUT;
    sigset_t before = hold();
    int n = flag ? -1 : ppoll(&p, 1, &timeout, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (n < 0)
        return WAIT_SIGNAL;
    if (n > 0) {
        int waiting = 0;
        /* A terminal that is gone can be "read", but there is nothing. */
        bool empty = ioctl(fd, FIONREAD, &waiting) != 0 || waiting == 0;
        got = (p.revents & POLLIN) && !empty ? WAIT_INPUT : WAIT_HANGUP;
    }
    return got;
}

void rescue_stop(void)
{
    size_t at = 0;
    while (told[at] != SIGTSTP)
        at++;
    struct sigaction ours, act = {.sa_handler = SIG_DFL};
    sigaction(SIGTSTP, &act, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    sigset_t before = hold();
    flag &= ~SIGNAL_CONTINUE; /* it was the answer to this stop */
    sigprocmask(SIG_SETMASK, &before, NULL);
}
