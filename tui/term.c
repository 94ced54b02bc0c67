/* The screen by curses; see term.h. Khmer is drawn in two phases, because terminals do not agree
 * how wide it is: first everything else with blanks where Khmer goes, then each Khmer token by
 * itself at its own address, so that nothing is ever placed relative to it. The output of a frame
 * is collected in a memory file that stands in for the terminal's descriptor, and written once. */
#define _GNU_SOURCE /* memfd_create, dup3 */
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termcap.h>
#include <termios.h>
#include <unistd.h>

#include "i18n/utf8.h"
#include "tui/rescue.h"

enum { ESCAPE_MS = 25, ESC = 27, COLOURS_NEEDED = 8, IDLE_CODE = 7117 };

struct line {
    uint64_t hash; /* of what is shown; 0 nothing known */
    bool khmer;    /* it has Khmer on it */
};

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never draws */
    FILE *out;    /* curses' output; its descriptor is the terminal, or `store` during a frame */
    int tty;      /* always the terminal */
    int store;    /* memory file; -1: none, curses writes straight */
    enum theme theme;
    bool colours, idle, failed;
    unsigned long frames, keys_read;
    int rows, columns;
    struct line *lines; /* rows of them */
    struct text buffer;
    char partial[UTF8_MAX]; /* bytes of a character that is not complete */
    size_t partial_len;
};

/* --- taking and giving back ----------------------------------------------------------------------
 */

/* Appends a terminfo string without its padding marks. */
static void add_capability(struct text *out, const char *name)
{
    const char *s = tigetstr(name);
    if (!s || s == (const char *)-1) /* -1: not a string capability */
        return;
    while (*s) {
        const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (end)
            s = end;
        else
            text_addc(out, *s);
        s++;
    }
}

static void arm(const struct term *t, const struct termios *saved)
{
    static const char *const names[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    struct text bytes;
    text_init(&bytes);
    for (size_t i = 0; t->screen && i < sizeof names / sizeof names[0]; i++)
        add_capability(&bytes, names[i]);
    rescue_arm(t->tty, bytes.bytes, bytes.len, saved);
    text_release(&bytes);
}

static void set_pairs(struct term *t)
{
    if (!t->colours)
        return;
    for (int s = 0; s < STYLE_COUNT; s++) {
        struct look look = theme_look(t->theme, (enum style)s);
        init_pair((short)(s + 1), look.foreground, look.background);
    }
}

static void look_of(const struct term *t, enum style style, attr_t *attributes, short *pair)
{
    struct look look = theme_look(t->colours ? t->theme : THEME_MONO, style);
    bool coloured = look.foreground != COLOUR_DEFAULT || look.background != COLOUR_DEFAULT;
    *pair = t->colours && coloured ? (short)(style + 1) : 0;
    *attributes = (look.bold ? A_BOLD : 0) | (look.dim ? A_DIM : 0) |
                  (look.underline ? A_UNDERLINE : 0) | (look.reverse ? A_REVERSE : 0);
}

void term_repaint(struct term *t)
{
    for (int row = 0; row < t->rows; row++)
        t->lines[row] = (struct line){0};
    werase(stdscr);
    clearok(curscr, TRUE);
}

static void take_size(struct term *t)
{
    struct winsize size = {0};
    if (ioctl(t->tty, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    t->rows = LINES > 0 ? LINES : 1;
    t->columns = COLS > 0 ? COLS : 1;
    t->lines = mem_realloc(t->lines, (size_t)t->rows, sizeof *t->lines);
    term_repaint(t);
}

/* Control keys that are ours, not the terminal driver's: Ctrl-S would freeze the screen. */
static void set_modes(int tty)
{
    struct termios modes;
    if (tcgetattr(tty, &modes) != 0)
        return;
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    tcsetattr(tty, TCSADRAIN, &modes);
    def_prog_mode();
}

static void set_up(struct term *t)
{
    cbreak();
    noecho();
    nonl();
    set_modes(t->tty);
    set_escdelay(ESCAPE_MS);
    idcok(stdscr, FALSE);
    idlok(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    t->keys = newpad(1, 1);
    keypad(t->keys, TRUE);
    nodelay(t->keys, TRUE);
    t->colours = has_colors() && start_color() == OK && COLORS >= COLOURS_NEEDED;
    if (t->colours)
        use_default_colors();
    set_pairs(t);
    t->idle = getenv("CPDIR_IDLE") != NULL;
    take_size(t);
}

static bool knows_terminal(void)
{
    const char *name = getenv("TERM");
    return name && *name && strcmp(name, "dumb") != 0 && tgetent(NULL, name) == 1;
}

static bool can_address(void)
{
    const char *s = tigetstr("cup");
    return s && s != (const char *)-1;
}

enum status term_open(enum theme theme, struct term **ret_term)
{
    struct termios saved;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDOUT_FILENO, &saved) != 0)
        return STATUS_INVALID;
    if (!knows_terminal())
        return STATUS_NOT_FOUND;
    struct term *t = mem_zalloc(1, sizeof *t);
    t->theme = theme;
    t->tty = STDOUT_FILENO;
    t->store = memfd_create("frame", MFD_CLOEXEC);
    text_init(&t->buffer);
    int copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    t->out = copy < 0 ? NULL : fdopen(copy, "w");
    enum status status = STATUS_IO;
    if (t->out) {
        arm(t, &saved); /* before curses, which takes only signals nobody has */
        t->screen = newterm(NULL, t->out, stdin);
        status = t->screen && can_address() ? STATUS_OK : STATUS_NOT_FOUND;
    } else if (copy >= 0) {
        close(copy);
    }
    if (status != STATUS_OK) {
        term_close(t);
        return status;
    }
    rescue_disarm();
    arm(t, &saved); /* again, now that the terminal's own strings are known */
    set_up(t);
    *ret_term = t;
    return STATUS_OK;
}

void term_close(struct term *t)
{
    if (!t)
        return;
    if (t->screen) {
        if (!isendwin())
            endwin();
        if (t->keys)
            delwin(t->keys);
        delscreen(t->screen);
    }
    if (t->out) {
        rescue_disarm();
        fclose(t->out);
    }
    if (t->store >= 0)
        close(t->store);
    text_release(&t->buffer);
    free(t->lines);
    free(t);
}

void term_set_theme(struct term *t, enum theme theme)
{
    if (theme == t->theme)
        return;
    t->theme = theme;
    set_pairs(t);
    term_repaint(t);
}

void term_size(const struct term *t, int *ret_rows, int *ret_columns)
{
    *ret_rows = t->rows;
    *ret_columns = t->columns;
}

/* --- drawing -------------------------------------------------------------------------------------
 */

static void write_all(struct term *t, const char *bytes, size_t len)
{
    while (len > 0 && !t->failed) {
        ssize_t n = write(t->tty, bytes, len);
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (n < 0 && errno == EINTR) {
            t->failed = rescue_quitting(); /* the terminal is stuck and we are told to end */
        } else {
            t->failed = true;
        }
    }
}

/* From here on curses writes into the store. */
static void begin_frame(struct term *t)
{
    if (t->store >= 0 && dup3(t->store, fileno(t->out), O_CLOEXEC) < 0) {
        close(t->store);
        t->store = -1;
    }
    text_clear(&t->buffer);
}

/* Reads what the store holds into the buffer and empties it. */
static void take_store(struct term *t)
{
    off_t end = lseek(t->store, 0, SEEK_END);
    char chunk[BUFSIZ];
    for (off_t at = 0; at < end;) {
        ssize_t n = pread(t->store, chunk, sizeof chunk, at);
        if (n <= 0)
            break;
        text_add(&t->buffer, chunk, (size_t)n);
        at += n;
    }
    if (ftruncate(t->store, 0) != 0 || lseek(t->store, 0, SEEK_SET) != 0)
        t->failed = true;
}

static void end_frame(struct term *t)
{
    if (t->store >= 0) {
        while (dup3(t->tty, fileno(t->out), O_CLOEXEC) < 0 && errno == EINTR)
            ;
        take_store(t);
    }
    t->frames++;
    write_all(t, t->buffer.bytes, t->buffer.len);
}

void term_settle(struct term *t)
{
    if (!t->idle)
        return;
    text_clear(&t->buffer);
    text_addf(&t->buffer, "\033]%d;%lu;%lu;%d;%d\a", IDLE_CODE, t->frames, t->keys_read, t->rows,
              t->columns);
    write_all(t, t->buffer.bytes, t->buffer.len);
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ b[i]) * 0x100000001B3u; /* FNV-1a */
    return hash;
}

static uint64_t mix_number(uint64_t hash, uint32_t number)
{
    return mix(hash, &number, sizeof number);
}

/* What each line will look like. */
static void describe(const struct canvas *c, struct line *lines)
{
    for (int row = 0; row < c->rows; row++) {
        uint64_t hash = 0xCBF29CE484222325u;
        const struct cell *cell = &c->cells[(size_t)row * (size_t)c->columns];
        for (int i = 0; i < c->columns; i++)
            hash = mix_number(mix_number(hash, cell[i].cp), cell[i].style);
        lines[row] = (struct line){hash, false};
    }
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *at = &c->tokens[i];
        struct line *line = &lines[at->row];
        line->hash = mix_number(line->hash, (uint32_t)at->column);
        line->hash = mix_number(line->hash, (uint32_t)at->style);
        line->hash = mix(line->hash, at->bytes, at->len);
        line->khmer = true;
    }
}

/* Phase 1 for one line: all cells; where Khmer goes they are blank. */
static void put_cells(const struct term *t, const struct canvas *c, int row, cchar_t *scratch)
{
    const struct cell *cell = &c->cells[(size_t)row * (size_t)c->columns];
    for (int i = 0; i < c->columns; i++) {
        attr_t attributes;
        short pair;
        look_of(t, (enum style)cell[i].style, &attributes, &pair);
        const wchar_t text[2] = {cell[i].cp ? (wchar_t)cell[i].cp : L' ', L'\0'};
        setcchar(&scratch[i], text, attributes, pair, NULL);
    }
    mvadd_wchnstr(row, 0, scratch, c->columns);
}

/* Phase 2 for one token: by itself, and away from it at once. */
static void put_token(const struct term *t, const struct token_at *at)
{
    attr_t attributes;
    short pair;
    look_of(t, at->style, &attributes, &pair);
    attr_set(attributes, pair, NULL);
    mvaddnstr(at->row, at->column, at->bytes, (int)at->len);
    attr_set(A_NORMAL, 0, NULL);
    move(at->row, 0);
    wrefresh(stdscr);
}

static void draw_lines(struct term *t, const struct canvas *c, const struct line *next,
                       bool *changed)
{
    cchar_t *scratch = mem_zalloc((size_t)c->columns + 1, sizeof *scratch);
    for (int row = 0; row < c->rows; row++) {
        changed[row] = next[row].hash != t->lines[row].hash;
        if (!changed[row])
            continue;
        put_cells(t, c, row, scratch);
        if (next[row].khmer || t->lines[row].khmer)
            wredrawln(stdscr, row, 1);
    }
    free(scratch);
    move(0, 0);
    wrefresh(stdscr);
    for (size_t i = 0; i < c->token_count; i++)
        if (changed[c->tokens[i].row])
            put_token(t, &c->tokens[i]);
}

static void show_cursor(const struct canvas *c)
{
    bool shown = c->cursor_row >= 0;
    curs_set(shown ? 1 : 0);
    move(shown ? c->cursor_row : 0, shown ? c->cursor_column : 0);
    wrefresh(stdscr);
}

void term_draw(struct term *t, const struct canvas *c)
{
    if (c->rows != t->rows || c->columns != t->columns)
        return; /* the size changed meanwhile: EVENT_RESIZE is on its way */
    struct line *next = mem_zalloc((size_t)c->rows, sizeof *next);
    bool *changed = mem_zalloc((size_t)c->rows, sizeof *changed);
    describe(c, next);
    begin_frame(t);
    draw_lines(t, c, next, changed);
    show_cursor(c);
    end_frame(t);
    free(changed);
    free(t->lines);
    t->lines = next;
}

void term_copy(struct term *t, const char *text, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct text out;
    text_init(&out);
    text_adds(&out, "\033]52;c;");
    for (size_t i = 0; i < len; i += 3) {
        unsigned v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < len ? (unsigned char)text[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            text_addc(&out, i + k > len ? '=' : digits[v >> (18 - 6 * k) & 63]);
    }
    text_addc(&out, '\a');
    write_all(t, out.bytes, out.len);
    text_release(&out);
}

/* --- events --------------------------------------------------------------------------------------
 */

static enum special special_of(int key)
{
    if (key >= KEY_F(1) && key <= KEY_F(12))
        return (enum special)(SPECIAL_F1 + (key - KEY_F(1)));
    switch (key) {
    case KEY_UP:
        return SPECIAL_UP;
    case KEY_DOWN:
        return SPECIAL_DOWN;
    case KEY_LEFT:
        return SPECIAL_LEFT;
    case KEY_RIGHT:
        return SPECIAL_RIGHT;
    case KEY_PPAGE:
        return SPECIAL_PAGE_UP;
    case KEY_NPAGE:
        return SPECIAL_PAGE_DOWN;
    case KEY_HOME:
        return SPECIAL_HOME;
    case KEY_END:
        return SPECIAL_END;
    case KEY_ENTER:
    case '\r':
    case '\n':
        return SPECIAL_ENTER;
    case KEY_BACKSPACE:
    case 0x7F:
    case '\b':
        return SPECIAL_BACKSPACE;
    case KEY_DC:
        return SPECIAL_DELETE;
    case '\t':
        return SPECIAL_TAB;
    case KEY_BTAB:
        return SPECIAL_BACKTAB;
    case ESC:
        return SPECIAL_ESCAPE;
    case 'L' & 0x1F:
        return SPECIAL_CTRL_L;
    case 'U' & 0x1F:
        return SPECIAL_CTRL_U;
    case 'W' & 0x1F:
        return SPECIAL_CTRL_W;
    default:
        return SPECIAL_NONE;
    }
}

/* After ESC: was it the key, or Alt with another key or a sequence curses does not know? These are
 * swallowed, so that they do not act as Esc and some letters. */
static bool escape_alone(struct term *t)
{
    int key = wgetch(t->keys);
    if (key == ERR)
        return true;
    if (key == ESC || key > 0xFF) {
        ungetch(key);
        return true;
    }
    if (key == '[' || key == 'O')
        while ((key = wgetch(t->keys)) != ERR && (key < 0x40 || key > 0x7E))
            ;
    return false;
}

/* Adds a byte to the character being read; true when it is whole. */
static bool add_byte(struct term *t, int byte, char32_t *ret_cp)
{
    t->partial[t->partial_len++] = (char)byte;
    unsigned char first = (unsigned char)t->partial[0];
    size_t need = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
    if (t->partial_len < need && (t->partial_len == 1 || (byte & 0xC0) == 0x80))
        return false;
    size_t took = utf8_decode(t->partial, t->partial_len, ret_cp);
    bool whole = took == t->partial_len && *ret_cp != 0xFFFD;
    t->partial_len = 0;
    return whole; /* what is no UTF-8 is not typed */
}

static bool read_key(struct term *t, struct event *e)
{
    for (;;) {
        int key = wgetch(t->keys);
        if (key == ERR)
            return false;
        e->kind = EVENT_KEY;
        e->cp = 0;
        e->special = special_of(key);
        if (e->special != SPECIAL_NONE) {
            t->partial_len = 0;
            if (key == ESC && !escape_alone(t))
                continue;
            return true;
        }
        if (key >= ' ' && key <= 0xFF && add_byte(t, key, &e->cp))
            return true;
    }
}

/* Shell modes, stop, and back. */
static void suspend(struct term *t, bool stop)
{
    if (!isendwin())
        endwin();
    if (stop)
        rescue_stop();
    werase(stdscr);
    wrefresh(stdscr); /* program modes and the alternate screen again */
    take_size(t);
}

static bool handle_signals(struct term *t, struct event *e)
{
    unsigned signals = rescue_signals();
    if (signals & SIGNAL_QUIT || t->failed)
        e->kind = EVENT_QUIT;
    else if (signals & (SIGNAL_STOP | SIGNAL_CONTINUE)) {
        suspend(t, (signals & SIGNAL_STOP) != 0);
        e->kind = EVENT_REDRAW;
    } else if (signals & SIGNAL_RESIZE) {
        take_size(t);
        e->kind = EVENT_RESIZE;
    } else {
        return false;
    }
    return true;
}

struct event term_next(struct term *t, int timeout_ms)
{
    struct event e = {.kind = EVENT_TIMEOUT};
    for (bool waited = false;; waited = true) {
        if (handle_signals(t, &e))
            return e;
        if (read_key(t, &e)) {
            t->keys_read++;
            return e;
        }
        e.kind = EVENT_TIMEOUT;
        if (waited)
            return e;
        enum wait got = rescue_wait(STDIN_FILENO, timeout_ms);
        if (got == WAIT_TIMEOUT)
            return e;
        if (got == WAIT_HANGUP) {
            e.kind = EVENT_QUIT;
            return e;
        }
    }
}
