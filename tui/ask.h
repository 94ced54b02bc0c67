/* A small form: a few words on top, then rows that are a choice or one line of text. Up and Down go
 * from row to row, Left and Right choose, a digit chooses at once, Enter saves from any row but
 * that of an area. Knows nothing of what is asked. */
#ifndef TUI_ASK_H
#define TUI_ASK_H

#include "tui/names.h"
#include "tui/sheet.h"
#include "tui/view.h"

struct ask;

struct ask_ops {
    enum message title;
    /* Adds what stands above the rows; may be NULL. */
    void (*head)(const void *state, const struct context *x, struct sheet *s);
    /* A choice was changed: labels and rows may be. May be NULL. */
    void (*chosen)(void *state, struct ask *a, size_t row);
    /* Enter: an outcome; with OUTCOME_POP the form is done. */
    unsigned (*save)(void *state, const struct context *x, struct ask *a);
    void (*free)(void *state); /* with the form; may be NULL */
};

enum { ASK_ROWS = 8, ASK_CHOICES = 6 };

/* ops is borrowed, state handed over. Rows are added before it is drawn. */
struct ask *ask_new(const struct ask_ops *ops, void *state);
struct view *ask_view(struct ask *a);

/* Rows are counted from 0 in the order they are added; choices is copied. */
void ask_add_choice(struct ask *a, enum message label, const enum message *choices, size_t count,
                    size_t chosen);
/* The same with words of the caller's own, copied. */
void ask_add_names(struct ask *a, enum message label, const char *const *names, size_t count,
                   size_t chosen);
void ask_add_text(struct ask *a, enum message label, const char *text);
/* The same without showing what is typed: a sign for each character. */
void ask_add_secret(struct ask *a, enum message label);
/* An area: Enter or typing opens the list of areas, so a form with one ends with a row to save;
 * once an area is taken the keys go on to the row below. names is borrowed. */
void ask_add_area(struct ask *a, enum message label, struct names *names, const char *code);
/* A row where Enter saves, for forms that have a row where it does something else. */
void ask_add_save(struct ask *a);
void ask_set_area(struct ask *a, size_t row, const char *code);
const char *ask_area(const struct ask *a, size_t row); /* its code, "" the country; borrowed */
void ask_set_label(struct ask *a, size_t row, enum message label);
void ask_set_text(struct ask *a, size_t row, const char *text);
void ask_set_choice(struct ask *a, size_t row, size_t choice);
/* The row the keys go to. */
void ask_go(struct ask *a, size_t row);

size_t ask_choice(const struct ask *a, size_t row);
const char *ask_text(struct ask *a, size_t row); /* without spaces around; borrowed */

/* Shows why it cannot be saved, until something is changed, and goes to the row; what was typed
 * stays. */
void ask_complain(struct ask *a, size_t row, const char *why);

#endif
