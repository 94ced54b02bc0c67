/* Questions to the terminal, and reading the answers among what is typed; see probe.h. */
#include "tui/probe.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { ESC = 0x1B, BEL = 7, INTERRUPT = 3, HELD_MOST = 4096, TYPED_MOST = 4096, SIZE_MOST = 20000 };

enum state { GROUND, ESCAPED, SINGLE, CONTROL, STRING, STRING_ESCAPED };

void probe_questions(struct text *out, unsigned ask)
{
    if (ask & PROBE_ASK_ALL)
        text_adds(out, "\033[>q\033]10;?\033\\\033]11;?\033\\"
                       "\033]4;0;?;1;?;2;?;3;?;4;?;5;?;6;?;7;?\033\\");
    if (ask & (PROBE_ASK_ALL | PROBE_ASK_CELL))
        text_adds(out, "\033[16t\033[14t");
    if (ask & PROBE_ASK_KITTY)
        text_adds(out, "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\");
    if (ask & PROBE_ASK_WIDTHS)
        text_adds(out, "\r\u1780\u17B6\033[6n\r\u1780\u17D2\u1780\033[6n\r\033[K");
    text_adds(out, "\033[c");
}

void probe_init(struct probe *p)
{
    *p = (struct probe){.answers.palette = palette_default()};
    text_init(&p->typed);
    text_init(&p->held);
}

void probe_release(struct probe *p)
{
    text_release(&p->typed);
    text_release(&p->held);
}

/* --- answers -------------------------------------------------------------------------------------
 */

static void keep_printable(char *to, size_t room, const char *from, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < len && at + 1 < room; i++)
        if (from[i] >= ' ' && from[i] <= '~')
            to[at++] = from[i];
    to[at] = '\0';
}

/* Reads one of the terminal's numbers, 0 where there is none; *s moves behind it. */
static int take_number(const char **s)
{
    int value = 0;
    while (**s >= '0' && **s <= '9') {
        value = value > SIZE_MOST ? value : value * 10 + (**s - '0');
        (*s)++;
    }
    return value;
}

/* "HEIGHT;WIDTH" in pixels. */
static void take_size(const char *s, int *ret_width, int *ret_height)
{
    int height = take_number(&s), width = 0;
    if (*s++ == ';')
        width = take_number(&s);
    if (*s == '\0' && width > 0 && height > 0 && width <= SIZE_MOST && height <= SIZE_MOST) {
        *ret_width = width;
        *ret_height = height;
    }
}

static void take_attributes(struct answers *a, const char *s)
{
    keep_printable(a->attributes, sizeof a->attributes, s, strlen(s));
    a->answered = true;
    bool first = true; /* the terminal's class */
    while (*s) {
        int value = take_number(&s);
        a->sixel = a->sixel || (!first && value == 4);
        first = false;
        s += *s != '\0';
    }
}

/* Two hex digits out of one to four. */
static bool take_hex(const char **s, unsigned char *ret)
{
    static const char digits[] = "0123456789abcdef";
    unsigned value = 0, bits = 0;
    for (; **s && bits < 16; (*s)++, bits += 4) {
        const char *at = strchr(digits, **s | 0x20);
        if (!at)
            break;
        value = value << 4 | (unsigned)(at - digits);
    }
    if (bits == 0)
        return false;
    *ret = (unsigned char)(bits == 4 ? value * 17 : value >> (bits - 8));
    return true;
}

static bool take_colour(const char *s, struct colour *ret)
{
    struct colour c;
    if (strncmp(s, "rgba:", 5) == 0)
        s += 5;
    else if (strncmp(s, "rgb:", 4) == 0)
        s += 4;
    else
        return false;
    if (!take_hex(&s, &c.red) || *s++ != '/' || !take_hex(&s, &c.green) || *s++ != '/' ||
        !take_hex(&s, &c.blue))
        return false;
    *ret = c;
    return true;
}

/* OSC: "10;rgb:...", "11;rgb:...", "4;N;rgb:...". False: not for us. */
static void take_command(struct answers *a, const char *s)
{
    int number = take_number(&s);
    if (*s++ != ';')
        return;
    if (number == 10)
        a->has_ink = take_colour(s, &a->palette.ink) || a->has_ink;
    else if (number == 11)
        a->has_paper = take_colour(s, &a->palette.paper) || a->has_paper;
    while (number == 4) {
        int index = take_number(&s);
        if (*s++ != ';' || index >= PALETTE_COLOURS)
            return;
        if (take_colour(s, &a->palette.colours[index]))
            a->colours |= 1u << index;
        s += strcspn(s, ";");
        if (*s++ != ';')
            return;
    }
}

/* A whole string sequence without its ends; kind is the byte after ESC. */
static void take_string(struct answers *a, char kind, const char *s)
{
    if (kind == 'P' && strncmp(s, ">|", 2) == 0)
        keep_printable(a->version, sizeof a->version, s + 2, strlen(s + 2));
    else if (kind == ']')
        take_command(a, s);
    else if (kind == '_' && s[0] == 'G' && strstr(s, ";OK"))
        a->kitty = true;
}

/* A whole control sequence, from the byte after "ESC [". False: a key, or nothing we asked. */
static bool take_control(struct answers *a, char *s, size_t len)
{
    char final = s[len - 1];
    s[len - 1] = '\0';
    bool ours = true;
    if (final == 'c' && s[0] == '?')
        take_attributes(a, s + 1);
    else if (final == 't' && strncmp(s, "6;", 2) == 0)
        take_size(s + 2, &a->cell_width, &a->cell_height);
    else if (final == 't' && strncmp(s, "4;", 2) == 0)
        take_size(s + 2, &a->area_width, &a->area_height);
    else if (final == 'R' && strchr(s, ';') && a->width_count < a->widths_wanted)
        a->widths[a->width_count++] = atoi(strchr(s, ';') + 1) - 1;
    else
        ours = final == 'c' || final == 't' || s[0] == '?' || s[0] == '>';
    s[len - 1] = final;
    return ours;
}

/* --- parser --------------------------------------------------------------------------------------
 */

static void type_bytes(struct probe *p, const char *bytes, size_t len)
{
    if (p->typed.len + len <= TYPED_MOST)
        text_add(&p->typed, bytes, len);
}

static void give_held(struct probe *p)
{
    type_bytes(p, p->held.bytes, p->held.len);
    text_clear(&p->held);
    p->state = GROUND;
}

static void end_string(struct probe *p)
{
    take_string(&p->answers, p->held.bytes[1], p->held.bytes + 2);
    text_clear(&p->held);
    p->state = GROUND;
}

static void end_control(struct probe *p)
{
    if (take_control(&p->answers, p->held.bytes + 2, p->held.len - 2))
        text_clear(&p->held);
    else
        type_bytes(p, p->held.bytes, p->held.len);
    text_clear(&p->held);
    p->state = GROUND;
}

static void hold(struct probe *p, char c)
{
    if (p->held.len < HELD_MOST)
        text_addc(&p->held, c);
}

static void after_escape(struct probe *p, char c)
{
    if (c == ESC) { /* the first one was the key */
        give_held(p);
        hold(p, c);
        p->state = ESCAPED;
        return;
    }
    hold(p, c);
    if (c == '[')
        p->state = CONTROL;
    else if (c == 'O')
        p->state = SINGLE;
    else if (strchr("P]_^X", c) && c)
        p->state = STRING;
    else
        give_held(p);
}

static void feed(struct probe *p, char c)
{
    switch ((enum state)p->state) {
    case GROUND:
        p->interrupted = p->interrupted || c == INTERRUPT;
        if (c != ESC) {
            type_bytes(p, &c, 1);
            return;
        }
        hold(p, c);
        p->state = ESCAPED;
        return;
    case ESCAPED:
        after_escape(p, c);
        return;
    case SINGLE:
        hold(p, c);
        give_held(p);
        return;
    case CONTROL:
        hold(p, c);
        if (c >= 0x40 && c <= 0x7E && p->held.len < HELD_MOST) {
            end_control(p);
        } else if (c < ' ' || c > '~') { /* broken: no answer and no key */
            text_clear(&p->held);
            p->state = GROUND;
            if (c == ESC)
                feed(p, c);
        }
        return;
    case STRING:
        if (c == BEL)
            end_string(p);
        else if (c == ESC)
            p->state = STRING_ESCAPED;
        else
            hold(p, c);
        return;
    case STRING_ESCAPED:
        if (c == '\\') {
            end_string(p);
            return;
        }
        text_clear(&p->held); /* never ended: what comes now is something else */
        hold(p, ESC);
        p->state = ESCAPED;
        after_escape(p, c);
        return;
    }
}

void probe_feed(struct probe *p, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        feed(p, bytes[i]);
}

char probe_end(struct probe *p)
{
    bool inside = p->state == CONTROL || p->state == STRING || p->state == STRING_ESCAPED;
    char kind = inside ? p->held.bytes[1] : '\0';
    if (p->state == ESCAPED)
        type_bytes(p, p->held.bytes, p->held.len);
    text_clear(&p->held);
    p->state = GROUND;
    return kind;
}

/* --- asking --------------------------------------------------------------------------------------
 */

static int now_ms(void)
{
    enum { MS = 1000, NS = 1000000, WRAP = 1000000 };
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int)(t.tv_sec % WRAP) * MS + (int)(t.tv_nsec / NS);
}

static bool send_all(int out, const struct text *bytes)
{
    size_t done = 0;
    while (done < bytes->len) {
        ssize_t n = write(out, bytes->bytes + done, bytes->len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static void listen(struct probe *p, int in, bool (*stop)(void))
{
    int start = now_ms(), spent = 0;
    char buffer[512];
    while (!p->answers.answered && spent >= 0 && spent < PROBE_MS && !p->interrupted &&
           !(stop && stop())) {
        struct pollfd polled = {.fd = in, .events = POLLIN};
        int ready = poll(&polled, 1, PROBE_MS - spent);
        ssize_t n = ready > 0 ? read(in, buffer, sizeof buffer) : 0;
        if (ready > 0 && n <= 0 && errno != EINTR && errno != EAGAIN)
            break; /* the terminal is gone */
        if (n > 0)
            probe_feed(p, buffer, (size_t)n);
        spent = now_ms() - start;
    }
    p->answers.ms = spent < 0 ? PROBE_MS : spent;
}

char probe_run(struct probe *p, int in, int out, unsigned ask, bool (*stop)(void))
{
    struct termios saved, modes;
    struct text questions = TEXT_INIT;
    if (tcgetattr(in, &saved) != 0)
        return '\0';
    modes = saved;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON);
    modes.c_cc[VMIN] = 0;
    modes.c_cc[VTIME] = 0;
    tcsetattr(in, TCSANOW, &modes);
    probe_questions(&questions, ask);
    p->answers.asked = true;
    p->answers.widths_wanted = ask & PROBE_ASK_WIDTHS ? PROBE_WIDTHS : 0;
    if (send_all(out, &questions))
        listen(p, in, stop);
    char broken = probe_end(p);
    tcsetattr(in, TCSANOW, &saved);
    text_release(&questions);
    if (p->interrupted)
        raise(SIGINT);
    return broken;
}
