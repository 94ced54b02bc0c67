/* Opening hours as one token, so that services with the same hours share a posting and "open now"
 * asks for the few tokens that are open: for each schedule days, minutes of opening and closing and
 * the season, "1f,450,690,,;7f,all,2026-01-01,". Judged as detail_open judges. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"
#include "i18n/number.h"

enum { EVERY_DAY = 127, UTC_PLUS_7 = 7 * 3600, DAY = 86400, HOURS_MOST = 400 };

static void add_schedule(struct text *out, sqlite3_stmt *s)
{
    bool has_days = sqlite3_column_type(s, 0) != SQLITE_NULL;
    bool has_clock =
        sqlite3_column_type(s, 1) != SQLITE_NULL && sqlite3_column_type(s, 2) != SQLITE_NULL;
    bool all_day = sqlite3_column_int(s, 3) == VALUE_ANSWER_YES;
    if (!all_day && !has_clock)
        return;
    text_addf(out, "%s%x,", out->len ? ";" : "",
              has_days ? (unsigned)sqlite3_column_int(s, 0) & EVERY_DAY : EVERY_DAY);
    if (all_day)
        text_adds(out, "0,1440");
    else
        text_addf(out, "%d,%d", sqlite3_column_int(s, 1), sqlite3_column_int(s, 2));
    text_addf(out, ",%s,%s", column_text(s, 4), column_text(s, 5));
}

enum status hours_token(struct db *db, const struct uuid *owner, struct text *out)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_DOC_HOURS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        if (out->len < HOURS_MOST)
            add_schedule(out, s);
    return status;
}

static bool is_open(const char *schedule, int weekday, int minute, const char *today)
{
    unsigned days;
    int opens, closes, at = 0;
    char from[16] = "", to[16] = "";
    if (sscanf(schedule, "%x,%d,%d,%n", &days, &opens, &closes, &at) != 3 || !at)
        return false;
    const char *season = schedule + at;
    size_t len = strcspn(season, ",;");
    snprintf(from, sizeof from, "%.*s", (int)len, season);
    if (season[len] == ',') {
        season += len + 1;
        snprintf(to, sizeof to, "%.*s", (int)strcspn(season, ";"), season);
    }
    return (days >> weekday & 1) && minute >= opens && minute < closes &&
           (!*from || strcmp(from, today) <= 0) && (!*to || strcmp(today, to) <= 0);
}

bool hours_open(const char *token, int64_t unix_seconds)
{
    int64_t local = unix_seconds + UTC_PLUS_7, day = local / DAY;
    int weekday = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday; 0 = Monday */
    int minute = (int)(local / 60 % 1440);
    struct text today = TEXT_INIT;
    bool open = false;
    date_iso(&today, date_from_days(day));
    while (token && *token && !open) {
        open = is_open(token, weekday, minute, today.bytes);
        const char *end = strchr(token, ';');
        token = end ? end + 1 : NULL;
    }
    text_release(&today);
    return open;
}
