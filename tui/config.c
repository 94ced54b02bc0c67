/* The user's settings; see config.h. */
#include "tui/config.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 64 * 1024 };

char *config_path(const char *name)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    struct text path = TEXT_INIT;
    if (config && *config == '/') /* a relative one is to be ignored, says the XDG specification */
        text_adds(&path, config);
    else if (home && *home)
        text_addf(&path, "%s/.config", home);
    else
        return NULL;
    text_addf(&path, "/cpdir/%s", name);
    return text_take(&path);
}

static void read_rules(const char *path, struct due_rules *rules, size_t *ret_line)
{
    struct text file = TEXT_INIT;
    FILE *f = fopen(path, "re");
    if (!f)
        return;
    text_reserve(&file, FILE_MAX);
    file.len = fread(file.bytes, 1, FILE_MAX, f);
    fclose(f);
    if (due_rules_read(file.bytes, file.len, rules, ret_line) == STATUS_OK)
        *ret_line = 0;
    text_release(&file);
}

enum status config_due_rules(struct db *db, struct due_rules *ret_rules, size_t *ret_line)
{
    char *path = config_path("due.tsv");
    enum status status = due_rules_load(db, ret_rules);
    *ret_line = 0;
    if (status == STATUS_OK && path)
        read_rules(path, ret_rules, ret_line);
    free(path);
    return status;
}
