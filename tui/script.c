/* The names of the scripts; see script.h. */
#include "tui/script.h"

#include <string.h>

static const char *const names[SCRIPT_COUNT] = {"km", "both", "latin"};

const char *script_name(enum script script)
{
    return names[script];
}

enum status script_parse(const char *name, enum script *ret_script)
{
    for (int i = 0; i < SCRIPT_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *ret_script = (enum script)i;
            return STATUS_OK;
        }
    }
    return STATUS_INVALID;
}

enum lang script_lang(enum script script, enum lang lang)
{
    return script == SCRIPT_LATIN ? LANG_EN : lang;
}
