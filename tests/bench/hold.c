/* hold FILE COMMAND...: keeps the whole file in memory while the command runs, so that what is
 * measured is the engine and not the disk: a machine may take pages back that were just read. Where
 * it may not lock them it reads them at least once. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

static void hold(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st))
        bench_die("%s: %s", path, strerror(errno));
    void *pages = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
    if (pages == MAP_FAILED)
        bench_die("%s: %s", path, strerror(errno));
    if (mlock(pages, (size_t)st.st_size))
        fprintf(stderr, "bench: %s is not locked in memory: %s\n", path, strerror(errno));
    close(fd);
}

int main(int argc, char **argv)
{
    int state;
    if (argc < 3) {
        fputs("usage: hold FILE COMMAND...\n", stderr);
        return 2;
    }
    hold(argv[1]);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &state, 0) != pid)
        bench_die("%s: %s", argv[2], strerror(errno));
    return WIFEXITED(state) ? WEXITSTATUS(state) : EXIT_FAILURE;
}
