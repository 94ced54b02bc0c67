/* The tables key.def and command.def, and looking keys up in them. Knows nothing of views beyond
 * the names of their contexts. */
#include "tui/key.h"

#include <stddef.h>

#include "i18n/khmer.h"

static const struct key_row rows[] = {
#define SPECIAL(context, key, command, bar)                                                        \
    {CONTEXT_##context, SPECIAL_##key, 0, 0, COMMAND_##command, bar},
#define CHARACTER(context, latin, khmer, command, bar)                                             \
    {CONTEXT_##context, SPECIAL_NONE, latin, khmer, COMMAND_##command, bar},
#include "tui/key.def"
#undef SPECIAL
#undef CHARACTER
};

static const struct {
    const char *name;
    enum message label, help;
} commands[COMMAND_COUNT] = {
#define GROUP(label, offered)
#define COMMAND(constant, name, label, help) [COMMAND_##constant] = {name, label, help},
#include "tui/command.def"
#undef COMMAND
#undef GROUP
};

static const char *const context_names[CONTEXT_COUNT] = {
    [CONTEXT_GLOBAL] = "global",
    [CONTEXT_LIST] = "list",
    [CONTEXT_SEARCH] = "search",
    [CONTEXT_DETAIL] = "detail",
    [CONTEXT_HELP] = "help",
    [CONTEXT_MENU] = "menu",
    [CONTEXT_ASK] = "ask",
    [CONTEXT_DUE] = "due",
    [CONTEXT_HISTORY] = "history",
    [CONTEXT_DUPLICATES] = "duplicates",
    [CONTEXT_MERGE] = "merge",
    [CONTEXT_REVIEW] = "review",
    [CONTEXT_WAY] = "way",
    [CONTEXT_COVERAGE] = "coverage",
    [CONTEXT_FORM] = "form",
    [CONTEXT_PICK] = "pick",
    [CONTEXT_SUMMARY] = "summary",
    [CONTEXT_SCENARIOS] = "scenarios",
    [CONTEXT_PRESENTER] = "presenter",
    [CONTEXT_BOX] = "box",
};

static const struct command_order order[] = {
#define GROUP(label, offered)                {COMMAND_NONE, label, OFFER_##offered},
#define COMMAND(constant, name, label, help) {COMMAND_##constant, label, OFFER_NEVER},
#include "tui/command.def"
#undef COMMAND
#undef GROUP
};

static const char *const special_names[SPECIAL_COUNT] = {
    [SPECIAL_UP] = "↑",
    [SPECIAL_DOWN] = "↓",
    [SPECIAL_LEFT] = "←",
    [SPECIAL_RIGHT] = "→",
    [SPECIAL_PAGE_UP] = "PgUp",
    [SPECIAL_PAGE_DOWN] = "PgDn",
    [SPECIAL_HOME] = "Home",
    [SPECIAL_END] = "End",
    [SPECIAL_ENTER] = "Enter",
    [SPECIAL_BACKSPACE] = "Backspace",
    [SPECIAL_DELETE] = "Delete",
    [SPECIAL_TAB] = "Tab",
    [SPECIAL_BACKTAB] = "Shift+Tab",
    [SPECIAL_ESCAPE] = "Esc",
    [SPECIAL_INSERT] = "Ins",
    [SPECIAL_SHIFT_LEFT] = "Shift+←",
    [SPECIAL_SHIFT_RIGHT] = "Shift+→",
    [SPECIAL_SHIFT_HOME] = "Shift+Home",
    [SPECIAL_SHIFT_END] = "Shift+End",
    [SPECIAL_CTRL_A] = "Ctrl+A",
    [SPECIAL_CTRL_C] = "Ctrl+C",
    [SPECIAL_CTRL_G] = "Ctrl+G",
    [SPECIAL_CTRL_L] = "Ctrl+L",
    [SPECIAL_CTRL_P] = "Ctrl+P",
    [SPECIAL_CTRL_S] = "Ctrl+S",
    [SPECIAL_CTRL_T] = "Ctrl+T",
    [SPECIAL_CTRL_U] = "Ctrl+U",
    [SPECIAL_CTRL_V] = "Ctrl+V",
    [SPECIAL_CTRL_W] = "Ctrl+W",
    [SPECIAL_CTRL_X] = "Ctrl+X",
    [SPECIAL_CTRL_Y] = "Ctrl+Y",
    [SPECIAL_CTRL_Z] = "Ctrl+Z",
    [SPECIAL_F1] = "F1",
    [SPECIAL_F2] = "F2",
    [SPECIAL_F3] = "F3",
    [SPECIAL_F4] = "F4",
    [SPECIAL_F5] = "F5",
    [SPECIAL_F6] = "F6",
    [SPECIAL_F7] = "F7",
    [SPECIAL_F8] = "F8",
    [SPECIAL_F9] = "F9",
    [SPECIAL_F10] = "F10",
    [SPECIAL_F11] = "F11",
    [SPECIAL_F12] = "F12",
};

const struct key_row *key_rows(size_t *ret_count)
{
    *ret_count = sizeof rows / sizeof rows[0];
    return rows;
}

const struct command_order *command_order(size_t *ret_count)
{
    *ret_count = sizeof order / sizeof order[0];
    return order;
}

enum key_context key_parent(enum key_context context)
{
    switch (context) {
    case CONTEXT_DETAIL:
    case CONTEXT_HELP:
    case CONTEXT_MENU:
    case CONTEXT_DUE:
    case CONTEXT_HISTORY:
    case CONTEXT_DUPLICATES:
    case CONTEXT_MERGE:
    case CONTEXT_REVIEW:
    case CONTEXT_WAY:
    case CONTEXT_COVERAGE:
    case CONTEXT_SCENARIOS:
    case CONTEXT_PRESENTER:
    case CONTEXT_ALERTS:
    case CONTEXT_SUSPEND:
        return CONTEXT_LIST;
    default:
        return CONTEXT_GLOBAL;
    }
}

static char32_t same_on_both(char32_t cp)
{
    enum { KHMER_ZERO = 0x17E0 };
    if (cp == ZWSP)
        return ' ';
    return khmer_is_digit(cp) ? '0' + (cp - KHMER_ZERO) : cp;
}

static enum command find(enum key_context context, enum special special, char32_t cp)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct key_row *r = &rows[i];
        if (r->context != context || r->special != special)
            continue;
        if (special != SPECIAL_NONE || r->latin == cp || r->khmer == cp)
            return r->command;
    }
    return COMMAND_NONE;
}

enum command key_lookup(enum key_context context, enum special special, char32_t cp, bool text)
{
    if (special == SPECIAL_NONE && (text || cp == 0))
        return COMMAND_NONE;
    cp = same_on_both(cp);
    for (;;) {
        enum command command = find(context, special, cp);
        if (command != COMMAND_NONE || context == CONTEXT_GLOBAL)
            return command;
        context = key_parent(context);
    }
}

static void character_name(struct text *out, char32_t cp)
{
    enum { DOTTED_CIRCLE = 0x25CC };
    if (cp == ' ') {
        text_adds(out, "Space");
        return;
    }
    if (khmer_is_mark(cp))
        text_addcp(out, DOTTED_CIRCLE);
    text_addcp(out, cp);
}

void key_say(struct text *out, const struct key_row *row)
{
    if (row->special != SPECIAL_NONE) {
        text_adds(out, special_names[row->special]);
        return;
    }
    character_name(out, row->latin);
    if (row->khmer != row->latin) {
        text_addc(out, ' ');
        character_name(out, row->khmer);
    }
}

const char *key_context_name(enum key_context context)
{
    return context_names[context] ? context_names[context] : "";
}

const char *command_name(enum command command)
{
    return command == COMMAND_NONE ? "" : commands[command].name;
}

enum message command_label(enum command command)
{
    return commands[command].label;
}

enum message command_help(enum command command)
{
    return commands[command].help;
}

bool key_collect(struct key_bytes *k, int byte, char32_t *ret_cp)
{
    k->bytes[k->len++] = (char)byte;
    unsigned char first = (unsigned char)k->bytes[0];
    size_t need = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
    if (k->len < need && (k->len == 1 || (byte & 0xC0) == 0x80))
        return false;
    size_t took = utf8_decode(k->bytes, k->len, ret_cp);
    bool whole = took == k->len && *ret_cp != 0xFFFD;
    k->len = 0;
    return whole;
}
