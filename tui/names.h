/* Names of areas and of kinds of service as people read them, remembered so that drawing a list
 * asks the file only once for each. */
#ifndef TUI_NAMES_H
#define TUI_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "tui/script.h"

/* Between the parts of a path: ខេត្តកំពត ▸ ស្រុកឈូក. */
#define NAMES_ARROW " \xE2\x96\xB8 "
/* Between things that stand side by side. */
#define NAMES_DOT " \xC2\xB7 "

struct names;

/* Both are borrowed; NULL lettering: Khmer and Latin as the language says. names_free takes NULL.
 */
struct names *names_new(struct db *db, const struct lettering *lettering);
void names_free(struct names *n);
/* Forgets everything: the stored data changed. */
void names_forget(struct names *n);

/* For these three n may be NULL: as the language says, in the terminal's own text.
 * The language stored texts are shown in when messages are in `lang`. */
enum lang names_lang(const struct names *n, enum lang lang);
/* Names stand in both kinds of letters. */
bool names_both(const struct names *n);
/* Khmer letters can be read on this screen. */
bool names_shows_khmer(const struct names *n);
/* Columns a text takes on this screen. */
int names_measure(const struct names *n, const char *s);

/* Appends "ឃុំបឹងនិមល" or "Boeng Nimol Commune", with its name in the other letters
 * behind where both are wanted; the country for "" and "KH"; an unknown code as it
 * is. */
void names_area(struct names *n, struct text *out, enum lang lang, const char *code);

/* Appends the areas from the province down, joined by NAMES_ARROW. */
void names_path(struct names *n, struct text *out, enum lang lang, const char *code);

/* As names_path, but areas from the province down are left out ("… ▸ ឃុំបឹងនិមល") until it takes at
 * most `columns` screen columns or only the last one is left. */
void names_path_fit(struct names *n, struct text *out, enum lang lang, const char *code,
                    int columns);

/* Name of a group or kind of service; the code itself when it is unknown. Valid until names_forget.
 */
const char *names_term(struct names *n, enum lang lang, const char *code);

/* Whether a service of these kinds ("A1 B2"), last confirmed on this day (-1 never), is to be
 * confirmed again by `today` (days since 1970). */
bool names_is_due(struct names *n, const char *types, int64_t verified, int64_t today);
/* Name of a need; the code itself when it is unknown. Valid until names_forget. */
const char *names_need(struct names *n, enum lang lang, const char *code);

/* Title of an output or programme of the plan; the code itself when it is unknown. Valid until
 * names_forget. */
const char *names_output(struct names *n, enum lang lang, const char *code);

/* Appends the name of an organization by its id as text; the id when there is none. */
void names_organization(struct names *n, struct text *out, enum lang lang, const char *id);

/* Calls visit for each code of a list of codes separated by spaces, at most AREA_CODE - 1 bytes
 * each (longer ones are left out). */
void names_each(const char *codes, void (*visit)(void *context, const char *code), void *context);

#endif
