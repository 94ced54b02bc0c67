/* The meter; see meter.h. */
#include "tui/meter.h"

#include <unistd.h>

static bool tell(void *context, int done)
{
    struct meter *m = context;
    sigset_t waiting;
    if (m->stream && done / 10 != m->shown) {
        m->shown = done / 10;
        fprintf(m->stream, "\r%3d %%", m->shown);
        fflush(m->stream);
    }
    if (sigpending(&waiting))
        return true;
    return !sigismember(&waiting, SIGINT) && !sigismember(&waiting, SIGTERM) &&
           !sigismember(&waiting, SIGHUP);
}

struct progress meter_start(struct meter *m, const struct console *io)
{
    int fd = fileno(io->err);
    *m = (struct meter){.stream = fd >= 0 && isatty(fd) ? io->err : NULL, .shown = -1};
    sigemptyset(&m->held);
    sigaddset(&m->held, SIGINT);
    sigaddset(&m->held, SIGTERM);
    sigaddset(&m->held, SIGHUP);
    sigprocmask(SIG_BLOCK, &m->held, &m->before);
    return (struct progress){tell, m};
}

void meter_stop(struct meter *m)
{
    if (m->stream && m->shown >= 0)
        fprintf(m->stream, "\r      \r");
    sigprocmask(SIG_SETMASK, &m->before, NULL);
}
