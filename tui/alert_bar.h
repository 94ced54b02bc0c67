/* The line under the top bar while an area alert is in force where the person stands: in the view's
 * area, or where the chosen service is. Remembers what it found, so that drawing asks the file only
 * when the place, the day or the data changed. */
#ifndef TUI_ALERT_BAR_H
#define TUI_ALERT_BAR_H

#include "tui/view.h"

struct alert_bar {
    bool known;        /* line and what it was made for are up to date */
    struct text place; /* codes it was made for */
    int64_t day;
    enum lang lang;
    const struct db *db; /* the directory, or that of the past */
    struct text line;    /* "" none is in force */
    size_t more;         /* others in force there */
};

void alert_bar_init(struct alert_bar *b);
void alert_bar_release(struct alert_bar *b);
/* The stored data, or who draws the letters, changed. */
void alert_bar_forget(struct alert_bar *b);
/* Looks at the view that is shown. True: the bar takes another number of rows than before. */
bool alert_bar_update(struct alert_bar *b, const struct context *x, const struct view *v);
int alert_bar_rows(const struct alert_bar *b);
void alert_bar_draw(const struct alert_bar *b, struct canvas *c, int row);

/* Appends the codes of where the person stands: the view's area and that of the chosen service. */
void alert_bar_place(const struct context *x, const struct view *v, struct text *out);

#endif
