/* Keys to commands, by the table key.def. A key is looked up in the view's context, then in that
 * context's parent, and so on to GLOBAL. Both keyboards work at any time: a row has the Latin
 * character and the code point the same physical key sends on the Khmer NiDA layout. */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message.h"
#include "i18n/utf8.h"
#include "tui/view.h"

enum special {
    SPECIAL_NONE, /* it is a character */
    SPECIAL_UP,
    SPECIAL_DOWN,
    SPECIAL_LEFT,
    SPECIAL_RIGHT,
    SPECIAL_PAGE_UP,
    SPECIAL_PAGE_DOWN,
    SPECIAL_HOME,
    SPECIAL_END,
    SPECIAL_ENTER,
    SPECIAL_BACKSPACE,
    SPECIAL_DELETE,
    SPECIAL_TAB,
    SPECIAL_BACKTAB, /* Shift+Tab */
    SPECIAL_ESCAPE,
    SPECIAL_INSERT,
    SPECIAL_SHIFT_LEFT,
    SPECIAL_SHIFT_RIGHT,
    SPECIAL_SHIFT_HOME,
    SPECIAL_SHIFT_END,
    SPECIAL_CTRL_A,
    SPECIAL_CTRL_C,
    SPECIAL_CTRL_G,
    SPECIAL_CTRL_L,
    SPECIAL_CTRL_P,
    SPECIAL_CTRL_S,
    SPECIAL_CTRL_T,
    SPECIAL_CTRL_U,
    SPECIAL_CTRL_V,
    SPECIAL_CTRL_W,
    SPECIAL_CTRL_X,
    SPECIAL_CTRL_Y,
    SPECIAL_CTRL_Z,
    SPECIAL_F1,
    SPECIAL_F2,
    SPECIAL_F3,
    SPECIAL_F4,
    SPECIAL_F5,
    SPECIAL_F6,
    SPECIAL_F7,
    SPECIAL_F8,
    SPECIAL_F9,
    SPECIAL_F10,
    SPECIAL_F11,
    SPECIAL_F12,
    SPECIAL_COUNT
};

/* Bytes of a typed character until it is whole. */
struct key_bytes {
    char bytes[UTF8_MAX];
    size_t len;
};
/* Takes one more byte (0-255); true when the character is whole. What is no UTF-8 is not typed. */
bool key_collect(struct key_bytes *k, int byte, char32_t *ret_cp);

struct key_row {
    enum key_context context;
    enum special special; /* SPECIAL_NONE: a character key */
    char32_t latin;       /* 0 for a special key */
    char32_t khmer;       /* the same physical key on the NiDA layout */
    enum command command;
    bool bar; /* in the key bar: function keys always, others in their own context only */
};

/* The rows of key.def in their order. */
const struct key_row *key_rows(size_t *ret_count);

/* The context asked next; GLOBAL has none and returns itself. */
enum key_context key_parent(enum key_context context);
/* "list", "form" ...: as scenarios name them. */
const char *key_context_name(enum key_context context);

/* Command of a key, COMMAND_NONE when it has none. special SPECIAL_NONE: the character cp, where
 * ZWSP (the space bar of the Khmer layout) counts as space and a Khmer digit as its ASCII one. With
 * `text` characters have no commands: they are typed. */
enum command key_lookup(enum key_context context, enum special special, char32_t cp, bool text);

/* Appends how the key is called: "F3", "Enter", "/" or "j ្"; both characters where the layouts
 * differ. */
void key_say(struct text *out, const struct key_row *row);

/* A row of command.def: a command, or (COMMAND_NONE) the heading of the group that follows. */
enum offer { OFFER_NEVER, OFFER_HERE, OFFER_TRAINING, OFFER_SCENARIO, OFFER_ALWAYS };
struct command_order {
    enum command command;
    enum message label;
    enum offer offered; /* of a heading: where its commands stand in the menu */
};
/* The rows in their order. */
const struct command_order *command_order(size_t *ret_count);

const char *command_name(enum command command);   /* "page_up" */
enum message command_label(enum command command); /* short: for the key bar */
enum message command_help(enum command command);  /* one sentence: for the help */

#endif
