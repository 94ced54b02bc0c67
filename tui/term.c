/* The screen by curses; see term.h. Khmer is drawn in two phases, because terminals do not agree
 * how wide it is: first everything else with blanks where Khmer goes, then each Khmer token by
 * itself at its own address, so that nothing is ever placed relative to it, by curses or by the
 * painter (painter.h) this terminal does best with. A frame goes out in one write (channel.h). */
#include "tui/term.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termcap.h>
#include <termios.h>
#include <unistd.h>

#include "tui/channel.h"
#include "tui/lines.h"
#include "tui/paste.h"
#include "tui/rescue.h"
#include "tui/sequence.h"

enum { KEY_PASTE = KEY_MAX + 1 };

enum { ESCAPE_MS = 25, ESC = 27, COLOURS_NEEDED = 8, IDLE_CODE = 7117 };

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never draws */
    struct channel channel;
    struct termios saved;
    enum theme theme;
    const char *painter; /* asked for; borrowed */
    bool colours, idle;
    char skipped; /* a late answer of the terminal is being skipped: the byte after its ESC, or 0 */
    struct stage stage;
    unsigned long frames, keys_read;
    int rows, columns;
    int screen_rows; /* of the terminal; rows are those used */
    struct shown_line *lines;
    struct text pending;      /* bytes that go out before the next frame */
    struct key_bytes partial; /* of a character that is not complete */
    struct paste paste;
    bool editing;
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

/* What gives the terminal back on every way out. */
static void arm(const struct term *t)
{
    static const char *const names[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    struct text bytes;
    text_init(&bytes);
    text_adds(&bytes, PASTE_OFF);
    if (t->stage.easel.painter)
        text_adds(&bytes, t->stage.easel.painter->stop);
    for (size_t i = 0; t->screen && i < sizeof names / sizeof names[0]; i++)
        add_capability(&bytes, names[i]);
    rescue_bytes(bytes.bytes, bytes.len);
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
    const struct painter *painter = t->stage.easel.painter;
    for (int row = 0; row < t->rows; row++)
        t->lines[row] = (struct shown_line){0};
    if (painter->forget) {
        painter->forget(&t->stage.easel, NULL);
        text_adds(&t->pending, painter->stop);
        text_adds(&t->pending, painter->start);
    }
    werase(stdscr);
    clearok(curscr, TRUE);
}

static void take_size(struct term *t)
{
    struct winsize size = {0};
    if (ioctl(t->channel.tty, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    t->screen_rows = LINES > 0 ? LINES : 1;
    t->rows = t->screen_rows - (t->stage.easel.painter->spare_row && t->screen_rows > 1);
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
    set_modes(t->channel.tty);
    set_escdelay(ESCAPE_MS);
    idcok(stdscr, FALSE);
    idlok(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    typeahead(-1); /* a frame is always drawn whole: pictures come after the cells they cover */
    t->keys = newpad(1, 1);
    keypad(t->keys, TRUE);
    nodelay(t->keys, TRUE);
    define_key(PASTE_BEGIN, KEY_PASTE);
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

/* Curses on the channel. */
static enum status start_curses(struct term *t)
{
    rescue_arm(t->channel.tty, "", 0, &t->saved); /* before curses: it takes free signals only */
    struct text typed = TEXT_INIT;
    stage_open(&t->stage, t->channel.tty_in, t->channel.tty, t->painter, rescue_quitting, &typed);
    t->screen = newterm(NULL, t->channel.out, t->channel.in);
    bool good = t->screen && can_address();
    t->skipped = t->stage.broken;
    if (good)
        channel_feed(&t->channel, typed.bytes, typed.len);
    text_release(&typed);
    return good ? STATUS_OK : STATUS_NOT_FOUND;
}

enum status term_open(enum theme theme, const char *painter, struct term **ret_term)
{
    struct channel channel;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return STATUS_INVALID;
    if (!knows_terminal())
        return STATUS_NOT_FOUND;
    enum status status = channel_open(&channel);
    if (status != STATUS_OK)
        return status;
    struct term *t = mem_zalloc(1, sizeof *t);
    t->theme = theme;
    t->painter = painter;
    t->channel = channel;
    text_init(&t->pending);
    text_init(&t->paste.bytes);
    status = tcgetattr(channel.tty, &t->saved) == 0 ? start_curses(t) : STATUS_INVALID;
    if (status != STATUS_OK) {
        term_close(t);
        return status;
    }
    arm(t);
    text_adds(&t->pending, PASTE_ON);
    text_adds(&t->pending, t->stage.easel.painter->start);
    set_up(t);
    *ret_term = t;
    return STATUS_OK;
}

void term_close(struct term *t)
{
    if (!t)
        return;
    struct text end = TEXT_INIT;
    stage_close(&t->stage, &end);
    if (t->screen) {
        text_adds(&end, PASTE_OFF);
        channel_write(&t->channel, end.bytes, end.len);
        if (!isendwin())
            endwin();
        if (t->keys)
            delwin(t->keys);
        delscreen(t->screen);
    }
    rescue_disarm();
    channel_close(&t->channel);
    text_release(&end);
    text_release(&t->pending);
    text_release(&t->paste.bytes);
    free(t->lines);
    free(t);
}

const struct stage *term_stage(const struct term *t)
{
    return &t->stage;
}

bool term_next_painter(struct term *t)
{
    if (!stage_next(&t->stage, &t->pending))
        return false;
    arm(t);
    take_size(t);
    return true;
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

void term_settle(struct term *t)
{
    if (!t->idle)
        return;
    struct text marker = TEXT_INIT;
    text_addf(&marker, "\033]%d;%lu;%lu;%d;%d\a", IDLE_CODE, t->frames, t->keys_read,
              t->screen_rows, t->columns);
    channel_write(&t->channel, marker.bytes, marker.len);
    text_release(&marker);
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
    if (t->stage.easel.painter->spills && at->khmer)
        attributes &= ~(attr_t)A_BOLD; /* wider than the room that is kept */
    attr_set(attributes, pair, NULL);
    mvaddnstr(at->row, at->column, at->bytes, (int)at->len);
    attr_set(A_NORMAL, 0, NULL);
    move(at->row, 0);
    wrefresh(stdscr);
}

/* Where Khmer reaches into the lines above and below, Konsole leaves bits of it on lines whose
 * cells stay the same. So with every frame a blank of each line gets attributes that nobody sees on
 * it; they come round only after many frames, because Konsole paints several frames at once. */
static void stir_line(const struct term *t, const struct canvas *c, int row)
{
    static const attr_t unseen[] = {A_BOLD, A_DIM, A_ITALIC, A_INVIS};
    int column = lines_blank_column(c, row);
    attr_t attributes;
    short pair;
    cchar_t blank;
    if (column < 0)
        return;
    const struct cell *cell = &c->cells[(size_t)row * (size_t)c->columns + (size_t)column];
    look_of(t, (enum style)cell->style, &attributes, &pair);
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (t->frames >> i & 1)
            attributes ^= unseen[i];
    setcchar(&blank, L" ", attributes, pair, NULL);
    mvadd_wchnstr(row, column, &blank, 1);
}

/* Phase 1 for the whole frame: after it the cursor is at the upper left. */
static void put_lines(struct term *t, const struct canvas *c, const struct shown_line *next,
                      bool *changed)
{
    struct easel *easel = &t->stage.easel;
    cchar_t *scratch = mem_zalloc((size_t)c->columns + 1, sizeof *scratch);
    for (int row = 0; row < c->rows; row++) {
        changed[row] = next[row].hash != t->lines[row].hash;
        if (!changed[row])
            continue;
        put_cells(t, c, row, scratch);
        if (easel->painter->clear_row)
            easel->painter->clear_row(easel, row, &t->pending);
        if (next[row].khmer || t->lines[row].khmer)
            wredrawln(stdscr, row, 1);
    }
    for (int row = 0; easel->painter->spills && row < c->rows; row++)
        stir_line(t, c, row);
    free(scratch);
    channel_add(&t->channel, t->pending.bytes, t->pending.len);
    text_clear(&t->pending);
    move(0, 0);
    wrefresh(stdscr);
}

/* Phase 2: every token of a changed line. Curses never learns of what a painter writes: the cursor
 * is put back to where it left it. */
static void put_tokens(struct term *t, const struct canvas *c, const bool *changed)
{
    struct easel *easel = &t->stage.easel;
    struct text drawn = TEXT_INIT;
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *at = &c->tokens[i];
        struct stroke stroke = {at, theme_look(t->colours ? t->theme : THEME_MONO, at->style),
                                lines_cursor(c, at)};
        if (!changed[at->row])
            continue;
        bool scrolls = easel->painter->spare_row && at->row == t->screen_rows - 1;
        bool painted = at->khmer && !scrolls && easel->painter->draw;
        text_clear(&drawn);
        painted = painted && easel->painter->draw(easel, &stroke, &drawn);
        if (!painted || easel->under)
            put_token(t, at);
        else
            move(at->row, 0);
        if (painted) {
            wrefresh(stdscr);
            easel_move(&drawn, at->row, 0);
            channel_add(&t->channel, drawn.bytes, drawn.len);
        }
    }
    text_release(&drawn);
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
    struct shown_line *next = mem_zalloc((size_t)c->rows, sizeof *next);
    bool *changed = mem_zalloc((size_t)c->rows, sizeof *changed);
    lines_describe(c, next);
    channel_begin(&t->channel);
    put_lines(t, c, next, changed);
    put_tokens(t, c, changed);
    show_cursor(c);
    channel_end(&t->channel);
    bool better = stage_note_speed(&t->stage, t->channel.buffer.len, t->channel.ms);
    t->frames++;
    free(changed);
    free(t->lines);
    t->lines = next;
    if (better)
        term_repaint(t);
}

void term_copy(struct term *t, const char *text, size_t len)
{
    struct text out = TEXT_INIT;
    channel_clipboard(&out, text, len);
    channel_write(&t->channel, out.bytes, out.len);
    text_release(&out);
}

/* --- events --------------------------------------------------------------------------------------
 */

static enum special special_of(int key)
{
    static const struct {
        int key;
        enum special special;
    } keys[] = {
#define KEY(code, special) {code, SPECIAL_##special},
#include "tui/term_key.def"
#undef KEY
    };
    if (key >= KEY_F(1) && key <= KEY_F(12))
        return (enum special)(SPECIAL_F1 + (key - KEY_F(1)));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].key == key)
            return keys[i].special;
    return SPECIAL_NONE;
}

/* After ESC: was it the key, or Alt with another key or a sequence curses does not know? These are
 * swallowed, so that they do not act as Esc and some letters. */
static bool escape_alone(struct term *t)
{
    int key = wgetch(t->keys);
    if (key == ESC || key > 0xFF)
        ungetch(key);
    if (key == ERR || key == ESC || key > 0xFF)
        return true;
    sequence_begin(&t->skipped, key);
    while (t->skipped && (key = wgetch(t->keys)) != ERR && sequence_take(&t->skipped, key))
        continue;
    if (key > 0xFF)
        ungetch(key);
    if (key > 0xFF || t->stage.facts.answers.answered)
        t->skipped = 0; /* the terminal is not slow: this was typed */
    return false;
}

static void end_paste(struct term *t, struct event *e)
{
    keypad(t->keys, TRUE);
    e->kind = EVENT_PASTE;
}

/* Bytes as they come, up to the mark of the end; false: it has not come yet. */
static bool read_paste(struct term *t, struct event *e)
{
    int key;
    while ((key = wgetch(t->keys)) != ERR || channel_fed_all(&t->channel)) {
        if (key == ERR || key > 0xFF || !paste_take(&t->paste, (char)key))
            continue;
        end_paste(t, e);
        return true;
    }
    return false;
}

const char *term_pasted(const struct term *t, size_t *ret_len)
{
    *ret_len = t->paste.bytes.len;
    return t->paste.bytes.bytes;
}

void term_set_editing(struct term *t, bool editing)
{
    if (editing == t->editing || !channel_set_signals(&t->channel, !editing))
        return;
    t->editing = editing;
    def_prog_mode();
}

static bool read_key(struct term *t, struct event *e)
{
    if (t->paste.on)
        return read_paste(t, e);
    for (;;) {
        int key = wgetch(t->keys);
        if (key == ERR && channel_fed_all(&t->channel))
            continue;
        if (key == ERR)
            return false;
        if (sequence_take(&t->skipped, key))
            continue;
        if (key == KEY_PASTE) {
            paste_begin(&t->paste);
            keypad(t->keys, FALSE);
            return read_paste(t, e);
        }
        e->kind = EVENT_KEY;
        e->cp = 0;
        e->special = special_of(key);
        if (e->special != SPECIAL_NONE) {
            t->partial.len = 0;
            if (key == ESC && !escape_alone(t))
                continue;
            return true;
        }
        if (key >= ' ' && key <= 0xFF && key_collect(&t->partial, key, &e->cp))
            return true;
    }
}

/* Shell modes, stop, and back. */
static void suspend(struct term *t, bool stop)
{
    const struct painter *painter = t->stage.easel.painter;
    channel_write(&t->channel, painter->stop, strlen(painter->stop));
    channel_write(&t->channel, PASTE_OFF, strlen(PASTE_OFF));
    if (!isendwin())
        endwin();
    if (stop)
        rescue_stop();
    text_adds(&t->pending, PASTE_ON);
    text_adds(&t->pending, painter->start);
    werase(stdscr);
    wrefresh(stdscr); /* program modes and the alternate screen again */
    take_size(t);
}

static void resize(struct term *t)
{
    struct text typed = TEXT_INIT;
    const struct painter *before = t->stage.easel.painter;
    stage_resize(&t->stage, t->channel.tty_in, t->channel.tty, &typed, &t->pending);
    if (t->stage.easel.painter != before)
        arm(t);
    channel_feed(&t->channel, typed.bytes, typed.len);
    text_release(&typed);
    take_size(t);
}

static bool handle_signals(struct term *t, struct event *e)
{
    unsigned signals = rescue_signals();
    if (signals & SIGNAL_QUIT || t->channel.failed)
        e->kind = EVENT_QUIT;
    else if (signals & (SIGNAL_STOP | SIGNAL_CONTINUE)) {
        suspend(t, (signals & SIGNAL_STOP) != 0);
        e->kind = EVENT_REDRAW;
    } else if (signals & SIGNAL_RESIZE) {
        resize(t);
        e->kind = EVENT_RESIZE;
    } else {
        return false;
    }
    return true;
}

bool term_has_input(void)
{
    return rescue_wait(STDIN_FILENO, 0) != WAIT_TIMEOUT;
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
        if (got == WAIT_TIMEOUT && paste_wait(&t->paste))
            end_paste(t, &e);
        if (got == WAIT_TIMEOUT)
            return e;
        if (got == WAIT_HANGUP) {
            e.kind = EVENT_QUIT;
            return e;
        }
    }
}
