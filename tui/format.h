/* How a service is told: hits and details become words in a language, with what is missing,
 * unconfirmed or closed said plainly, and texts that exist only in the other language marked. The
 * one place for it: the views, `show` and the line mode all use this. Knows no keys and no
 * terminal. */
#ifndef TUI_FORMAT_H
#define TUI_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/detail.h"
#include "db/due.h"
#include "db/search.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message.h"
#include "tui/canvas.h"
#include "tui/names.h"
#include "tui/sheet.h"

/* What every formatting needs; all borrowed. */
struct format {
    struct names *names;
    enum lang lang;
    int64_t now; /* Unix seconds */
};

/* The km/en pair in the wanted language; the other one where it is missing (*ret_other true then).
 * Never NULL. */
const char *format_pick(enum lang lang, const char *km, const char *en, bool *ret_other);

/* Appends a name in the letters of this screen. Where it has none in Latin letters, what its Khmer
 * sounds like stands there behind FORMAT_DERIVED, and the Khmer beside it where that can be shown;
 * a name that only the other language has is marked. km, en may be NULL or "". */
#define FORMAT_DERIVED "~"
void format_name(const struct format *f, struct text *out, const char *km, const char *en);
/* Appends the Latin form of a Khmer name; false and nothing when there is no Khmer in it. */
bool format_derived(struct text *out, const char *km);
/* Appends the whole name, marked where only the other language has one. */
void format_hit_name(const struct format *f, struct text *out, const struct hit *h);
/* Appends a name that can be told from its neighbours in `columns` screen columns: the whole name
 * where it fits, else abbreviation and area where the service belongs to one area ("CCWC · Boeng
 * Nimol Commune"), else the whole name (the canvas cuts its end). In a list for the area `asked`
 * ("" where the list shows places itself) the area around is told too, unless all of the list lies
 * in it. */
void format_hit_short_name(const struct format *f, struct text *out, const struct hit *h,
                           int columns, const char *asked);
/* Appends the number to call first, as people write it; nothing when none is known. */
void format_hit_phone(struct text *out, const struct hit *h);
/* Appends what is wrong with it: closed, contact details needed, unconfirmed; nothing when all is
 * well. */
void format_hit_marks(const struct format *f, struct text *out, const struct hit *h);
/* Appends how long ago it was confirmed, and that it is due again; that it never was where no mark
 * says more. *ret_due: it wants a call. */
void format_hit_age(const struct format *f, struct text *out, const struct hit *h, bool *ret_due);
/* Appends the path of the place it is in, or what it covers, without an area that the name tells
 * already; areas from the province down are left out of each path where it takes more than
 * `columns` screen columns. */
void format_hit_place(const struct format *f, struct text *out, const struct hit *h, int columns);
/* Appends why it was found; nothing for REASON_LIST. */
void format_hit_reason(const struct format *f, struct text *out, const struct hit *h);
/* Appends "phone · place · why · marks": the second line of a hit in line mode. */
void format_hit_line(const struct format *f, struct text *out, const struct hit *h);

/* Appends the heading a hit stands under in a list for the area asked for ("" none): "For Chhuk
 * District". Hits under one heading have equal format_hit_group. */
int format_hit_group(const struct hit *h, const char *asked);
void format_group(const struct format *f, struct text *out, int group, const char *asked);

/* Appends a filter in words: "serving Chhuk District". */
void format_filter(const struct format *f, struct text *out, const struct filter *filter);

/* Appends what may be asked instead, with how much it finds. */
void format_suggestion(const struct format *f, struct text *out, const struct suggestion *s);

/* Adds everything about a service to the sheet, what is needed first on top. */
void format_detail(const struct format *f, struct sheet *s, const struct detail *d);

/* Adds what somebody who telephones a service needs: its name where that is wanted, its numbers,
 * when it was confirmed. */
void format_call(const struct format *f, struct sheet *s, const struct detail *d, bool name);

/* Code of the public place a service is in, or the first one it covers; "" none. */
const char *format_detail_area(const struct detail *d);
/* Appends a referral card: name, numbers, hours, place and how far it can be trusted, a few lines
 * of plain text to paste into a message. */
void format_card(const struct format *f, struct text *out, const struct detail *d);

/* Appends how long ago a day was: "3 months ago". */
void format_age(const struct format *f, struct text *out, int64_t day);
/* Appends "confirmed 3 months ago by Sok Dara"; day -1: "never verified"; actor "" unknown. */
void format_confirmed(const struct format *f, struct text *out, int64_t day, const char *actor);

/* Why something is to be confirmed, in a few words. */
enum message format_due_why(enum due_why why);

/* Appends a day (since 1970) as dd/mm/yyyy. */
void format_day(struct text *out, int64_t day);

#endif
