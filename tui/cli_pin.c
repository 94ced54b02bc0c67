/* `cpdir pin officials|focal_person`: sets or changes a PIN of the confidential part; and unlocking
 * it for one command, with --unlock (asks on the terminal, where nothing typed shows) or
 * --pin-file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "db/seal.h"
#include "tui/cli_write.h"
#include "tui/unlock.h"

/* --- from a file
 * ------------------------------------------------------------------------------------ */

/* The first line of the file, which nobody else may read. */
static int read_file(const struct cli *c, const char *path, struct text *pin)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return problem_tell(c->io, EXIT_REFUSED, MSG_UNLOCK_FILE,
                            PROBLEM({"file", path}, {"detail", strerror(errno)}));
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (st.st_mode & (S_IRWXG | S_IRWXO))) {
        close(fd);
        return problem_tell(c->io, EXIT_REFUSED, MSG_UNLOCK_FILE_OPEN, PROBLEM({"file", path}));
    }
    ssize_t got = read(fd, pin->bytes, PIN_BYTES);
    close(fd);
    pin->len = got > 0 ? (size_t)got : 0;
    pin->bytes[pin->len] = '\0';
    char *end = memchr(pin->bytes, '\n', pin->len);
    if (end)
        text_truncate(pin, (size_t)(end - pin->bytes));
    return EXIT_DONE;
}

/* --- from the terminal
 * ------------------------------------------------------------------------------ */

/* Reads a line up to Enter; false where the person gave up (Ctrl-C, Ctrl-D). */
static bool read_line(int tty, struct text *pin)
{
    enum { CTRL_C = 3, CTRL_D = 4 };
    char byte;
    while (read(tty, &byte, 1) == 1) {
        if (byte == '\n' || byte == '\r')
            return true;
        if (byte == CTRL_C || byte == CTRL_D)
            return false;
        if (byte == 0x7f || byte == '\b')
            text_truncate(pin, 0); /* begin again: what is not seen cannot be mended */
        else if (pin->len < PIN_BYTES)
            text_addc(pin, byte);
    }
    return false;
}

/* Asks with the echo off; signals wait, so that it comes on again. */
static int ask(const struct cli *c, enum message question, struct text *pin)
{
    struct termios before, quiet;
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (tty < 0 || tcgetattr(tty, &before)) {
        if (tty >= 0)
            close(tty);
        return problem_tell(c->io, EXIT_REFUSED, MSG_UNLOCK_NO_TERMINAL, PROBLEM_PLAIN);
    }
    const char *words = message_get(c->io->lang, question);
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    (void)tcsetattr(tty, TCSAFLUSH, &quiet);
    bool asked = write(tty, words, strlen(words)) > 0 && write(tty, " ", 1) == 1;
    bool typed = asked && read_line(tty, pin);
    (void)tcsetattr(tty, TCSAFLUSH, &before);
    asked = write(tty, "\n", 1) == 1 && asked;
    close(tty);
    if (!asked || !typed)
        return problem_tell(c->io, EXIT_REFUSED, MSG_UNLOCK_GIVEN_UP, PROBLEM_PLAIN);
    return EXIT_DONE;
}

static int get_pin(const struct cli *c, enum option file, enum message question, struct text *pin)
{
    const char *path = c->request->options[file];
    return path ? read_file(c, path, pin) : ask(c, question, pin);
}

/* --- unlocking
 * -------------------------------------------------------------------------------------- */

static int tell(const struct cli *c, enum pin_answer answer)
{
    struct text line = TEXT_INIT;
    int64_t wait = 0;
    if (restricted_wait(c->directory.db, &wait) != STATUS_OK)
        wait = 0;
    text_adds(&line, "cpdir: ");
    unlock_explain(c->io->lang, answer, wait, &line);
    fprintf(c->io->err, "%s\n", line.bytes);
    text_release(&line);
    return EXIT_REFUSED;
}

static int failed(const struct cli *c, enum status status)
{
    return problem_tell(c->io, problem_code(status),
                        status == STATUS_CORRUPT ? MSG_UNLOCK_DAMAGED : MSG_UNLOCK_FAILED,
                        PROBLEM({"detail", db_error(c->directory.db)}));
}

static int unlock(const struct cli *c)
{
    struct text pin;
    enum pin_answer answer = PIN_WRONG;
    enum status status = STATUS_OK;
    pin_init(&pin);
    int code = get_pin(c, OPTION_PIN_FILE, MSG_UNLOCK_PIN, &pin);
    if (!code)
        status = restricted_unlock(c->directory.db, pin.bytes, pin.len, &answer);
    pin_release(&pin);
    if (!code && status)
        code = failed(c, status);
    else if (!code && answer != PIN_RIGHT)
        code = tell(c, answer);
    return code;
}

int cli_unlock(const struct cli *c)
{
    bool wanted = c->request->options[OPTION_UNLOCK] || c->request->options[OPTION_PIN_FILE];
    return wanted ? unlock(c) : EXIT_DONE;
}

/* --- cpdir pin
 * -------------------------------------------------------------------------------------- */

static bool same_text(const struct text *a, const struct text *b)
{
    return a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

/* The new PIN: from its file, or asked twice. */
static int get_new_pin(const struct cli *c, int level, struct text *pin)
{
    struct text again;
    pin_init(&again);
    int code = get_pin(
        c, OPTION_NEW_PIN_FILE,
        level == LEVEL_OFFICIALS ? MSG_UNLOCK_ASK_NEW_OFFICIALS : MSG_UNLOCK_ASK_NEW_FOCAL, pin);
    if (!code && !c->request->options[OPTION_NEW_PIN_FILE]) {
        code = ask(c, MSG_UNLOCK_ASK_AGAIN, &again);
        if (!code && !same_text(pin, &again))
            code = problem_tell(c->io, EXIT_REFUSED, MSG_UNLOCK_DIFFERENT, PROBLEM_PLAIN);
    }
    pin_release(&again);
    return code;
}

int cli_pin(struct cli *c)
{
    const char *word = c->request->words[0];
    int level = LEVEL_PUBLIC;
    enum pin_answer answer = PIN_WRONG;
    struct text pin;
    if (!enum_parse("CONFIDENTIALITY", word, &level) || level == LEVEL_PUBLIC)
        return problem_tell(
            c->io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "pin"}, {"value", word}, {"list", "officials, focal_person"}));
    struct person person;
    int code = cli_open_writer(c, &person);
    if (!code && unlock_has_pin(c->directory.db))
        code = unlock(c);
    if (code)
        return code;
    if (!c->request->options[OPTION_NEW_PIN_FILE])
        fprintf(c->io->err, "%s\n", message_get(c->io->lang, MSG_UNLOCK_FORGOTTEN));
    pin_init(&pin);
    code = get_new_pin(c, level, &pin);
    if (!code) {
        enum status status =
            restricted_set_pin(c->directory.db, level, pin.bytes, pin.len, &answer);
        code = status ? failed(c, status) : answer == PIN_RIGHT ? EXIT_DONE : tell(c, answer);
    }
    pin_release(&pin);
    if (!code)
        fprintf(c->io->out, "%s\n", message_get(c->io->lang, MSG_UNLOCK_SET));
    return code;
}
