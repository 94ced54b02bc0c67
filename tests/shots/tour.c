/* Takes a program through a list of steps inside a real terminal and has it photographed:
 *     tour STEPS KEYS FOLDER [PROGRAM ARGUMENT...]
 * STEPS has a step on each line; KEYS has "name hex" lines, what a key sends in this terminal.
 *     press NAME...    keys, one after the other, each until its answer is shown
 *     type TEXT        characters, each of them one key
 *     shot NAME        a photograph, FOLDER/NAME.png
 *     twice NAME       a photograph; then the terminal is wiped and everything drawn again:
 * NAME.fresh.png write HEX        bytes for the terminal itself run COMMAND      a shell command,
 * while everything stands still signal NUMBER    to the program quit NAME        the key that ends
 * the program, and waits for its end end              waits for the program's end SHOTS_CAMERA is
 * the command that photographs: it gets the file's name. What goes wrong becomes a line of
 * FOLDER/faults. Knows nothing of what the program shows. */
#define _GNU_SOURCE /* environ */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/shots/relay.h"

enum { LINE_MAX_BYTES = 4096, KEYS_MAX = 40, KEY_BYTES = 32 };

/* ESC # 8 fills the screen with letters behind the program's back: a redraw that leaves something
 * out is seen, and terminals that paint only lines that changed paint all of them. */
static const char WIPE[] = "1b2338";

struct key {
    char name[KEY_BYTES];
    char bytes[KEY_BYTES];
    size_t len;
};

struct tour {
    struct relay relay;
    const char *folder;
    struct key keys[KEYS_MAX];
    size_t key_count;
    FILE *faults;
    bool lost; /* the program or the terminal does not answer: nothing more can be seen */
};

__attribute__((format(printf, 2, 3))) static void fault(struct tour *t, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vfprintf(t->faults, format, list);
    va_end(list);
    fputc('\n', t->faults);
    fflush(t->faults);
}

static size_t from_hex(const char *hex, char *out, size_t room)
{
    size_t n = 0;
    unsigned byte;
    for (; n < room && sscanf(hex, "%2x", &byte) == 1; hex += 2)
        out[n++] = (char)byte;
    return n;
}

static void read_keys(struct tour *t, const char *path)
{
    char line[LINE_MAX_BYTES];
    FILE *f = fopen(path, "r");
    if (!f) {
        fault(t, "cannot read %s", path);
        return;
    }
    while (t->key_count < KEYS_MAX && fgets(line, sizeof line, f)) {
        struct key *key = &t->keys[t->key_count];
        char hex[2 * KEY_BYTES + 1];
        if (sscanf(line, "%31s %64s", key->name, hex) == 2) {
            key->len = from_hex(hex, key->bytes, sizeof key->bytes);
            t->key_count++;
        }
    }
    fclose(f);
}

static const struct key *find_key(struct tour *t, const char *name)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (strcmp(t->keys[i].name, name) == 0)
            return &t->keys[i];
    fault(t, "no key %s in this terminal", name);
    return NULL;
}

/* Runs a command with its output in FOLDER/log. */
static void run(struct tour *t, const char *command, const char *argument)
{
    char log[LINE_MAX_BYTES];
    snprintf(log, sizeof log, "%s/log", t->folder);
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "r", stdin) || !freopen(log, "a", stdout))
            _exit(1);
        dup2(STDOUT_FILENO, STDERR_FILENO);
        if (argument)
            setenv("SHOT", argument, 1);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int state = 0;
    while (pid > 0 && waitpid(pid, &state, 0) < 0 && errno == EINTR)
        ;
    if (pid < 0 || state != 0)
        fault(t, "failed: %s", command);
}

static void shoot(struct tour *t, const char *name, const char *suffix)
{
    char path[LINE_MAX_BYTES];
    const char *camera = getenv("SHOTS_CAMERA");
    if (!relay_sync(&t->relay))
        fault(t, "%s: the terminal does not answer", name);
    snprintf(path, sizeof path, "%s/%s%s.png", t->folder, name, suffix);
    run(t, camera ? camera : "false", path);
}

static void press(struct tour *t, const char *name)
{
    const struct key *key = find_key(t, name);
    t->lost = key && !relay_press(&t->relay, key->bytes, key->len, 1);
    if (t->lost)
        fault(t, "no answer to key %s", name);
}

static void press_all(struct tour *t, char *names)
{
    char *rest = names;
    for (char *name; !t->lost && (name = strtok_r(rest, " ", &rest));)
        press(t, name);
}

static void type(struct tour *t, const char *text)
{
    unsigned long characters = 0;
    for (const char *s = text; *s; s++)
        characters += ((unsigned char)*s & 0xC0u) != 0x80;
    t->lost = !relay_press(&t->relay, text, strlen(text), characters);
    if (t->lost)
        fault(t, "no answer to typing %s", text);
}

static void end(struct tour *t)
{
    if (!relay_wait_end(&t->relay))
        fault(t, "the program does not end");
    else if (!relay_modes_restored(&t->relay))
        fault(t, "the terminal's modes are not what they were");
}

static void quit(struct tour *t, const char *name)
{
    const struct key *key = find_key(t, name);
    if (key && write(t->relay.master, key->bytes, key->len) != (ssize_t)key->len)
        fault(t, "cannot send key %s", name);
    end(t);
}

static void write_raw(const char *hex)
{
    char bytes[LINE_MAX_BYTES];
    size_t n = from_hex(hex, bytes, sizeof bytes);
    if (write(STDOUT_FILENO, bytes, n) < 0)
        perror("tour");
}

static void step(struct tour *t, char *line)
{
    char *rest = strchr(line, ' ');
    if (rest)
        *rest++ = '\0';
    else
        rest = line + strlen(line);
    if (strcmp(line, "press") == 0) {
        press_all(t, rest);
    } else if (strcmp(line, "type") == 0) {
        type(t, rest);
    } else if (strcmp(line, "shot") == 0) {
        shoot(t, rest, "");
    } else if (strcmp(line, "twice") == 0) {
        shoot(t, rest, "");
        write_raw(WIPE);
        shoot(t, rest, ".wiped");
        press(t, "Redraw");
        shoot(t, rest, ".fresh");
    } else if (strcmp(line, "write") == 0) {
        write_raw(rest);
    } else if (strcmp(line, "run") == 0) {
        run(t, rest, NULL);
    } else if (strcmp(line, "signal") == 0) {
        kill(t->relay.pid, atoi(rest));
    } else if (strcmp(line, "quit") == 0) {
        quit(t, rest);
    } else if (strcmp(line, "end") == 0) {
        end(t);
    } else if (*line && *line != '#') {
        fault(t, "unknown step %s", line);
    }
}

static void walk(struct tour *t, const char *path)
{
    char line[LINE_MAX_BYTES];
    FILE *f = fopen(path, "r");
    if (!f) {
        fault(t, "cannot read %s", path);
        return;
    }
    while (!t->lost && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        step(t, line);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    struct tour t = {.folder = argc > 3 ? argv[3] : "."};
    char path[LINE_MAX_BYTES];
    if (argc < 4) {
        fputs("usage: tour STEPS KEYS FOLDER [PROGRAM ARGUMENT...]\n", stderr);
        return 2;
    }
    snprintf(path, sizeof path, "%s/faults", t.folder);
    t.faults = fopen(path, "a");
    if (!t.faults || !relay_open(&t.relay, argc > 4 ? argv + 4 : NULL)) {
        perror("tour");
        return 1;
    }
    read_keys(&t, argv[2]);
    t.lost = argc > 4 && !relay_press(&t.relay, "", 0, 0);
    if (t.lost)
        fault(&t, "no first picture");
    walk(&t, argv[1]);
    relay_close(&t.relay);
    fclose(t.faults);
    return 0;
}
