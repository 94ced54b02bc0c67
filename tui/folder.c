/* Making folders; see folder.h. */
#include "tui/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "i18n/mem.h"

int folder_make_for(const char *file)
{
    char *path = mem_strdup(file);
    int failed = 0;
    for (char *slash = strchr(path + (*path == '/'), '/'); slash && !failed;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        failed = mkdir(path, 0700) && errno != EEXIST ? errno : 0;
        *slash = '/';
    }
    free(path);
    return failed;
}

int folder_make(const char *path)
{
    struct text inside = TEXT_INIT;
    text_addf(&inside, "%s/", path);
    int failed = folder_make_for(inside.bytes);
    text_release(&inside);
    return failed;
}
