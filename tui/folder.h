/* Making folders. Knows nothing of what is put into them. */
#ifndef TUI_FOLDER_H
#define TUI_FOLDER_H

/* Makes the folder and those on the way to it, for this person only, where they are not there. 0,
 * or errno. */
int folder_make(const char *path);
/* The same for the folder a file is to stand in. */
int folder_make_for(const char *file);

#endif
