/* Digits, numbers, dates and telephone numbers, as people in Cambodia write them. Both digit sets
 * are accepted everywhere; output is ASCII digits unless khmer_digits asks otherwise. */
#ifndef I18N_NUMBER_H
#define I18N_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/status.h"

/* Appends s with Khmer digits as ASCII ones, or the other way round. */
void number_ascii_digits(struct text *out, const char *s, size_t len);
void number_khmer_digits(struct text *out, const char *s, size_t len);

/* A whole number in either digit set, nothing else around it but white space and ZWSP. */
MUST_CHECK enum status number_parse(const char *s, size_t len, int64_t *ret_value);

/* Groups of three: 1,652. */
void number_format(struct text *out, int64_t value);

/* A calendar day; the proleptic Gregorian calendar. */
struct date {
    int year;  /* 1900..2999 */
    int month; /* 1..12 */
    int day;   /* 1..31, checked against the month */
};

/* yyyy-mm-dd or dd/mm/yyyy (also d-m-yyyy, d.m.yyyy), either digit set. */
MUST_CHECK enum status date_parse(const char *s, size_t len, struct date *ret_date);
void date_iso(struct text *out, struct date d);   /* 2026-06-30 */
void date_short(struct text *out, struct date d); /* 30/06/2026 */
void date_long(struct text *out, enum lang lang, struct date d); /* 30 June 2026; ថ្ងៃទី… ខែ… ឆ្នាំ… */
/* Days since 1970-01-01, and back; for ages and due dates. */
int64_t date_days(struct date d);
struct date date_from_days(int64_t days);
/* The day in Cambodia (UTC+7, no summer time) at this Unix time. Seconds. */
/* The day so many months later (earlier: below 0); the last of a shorter month where its day is not
 * there. */
int64_t date_add_months(int64_t day, int months);
struct date date_from_time(int64_t unix_seconds);

enum { PHONE_MAX = 24 }; /* bytes of any stored or shown number, with NUL */

/* The stored form of a number typed by a person: E.164 ("+85512311112") for a Cambodian number with
 * its leading 0 or +855/00855 and for foreign numbers with + or 00; 3 or 4 digits stay as a short
 * code
 * ("117", "1280"). Spaces, ZWSP, dots, dashes, brackets, slashes between digits are dropped; either
 * digit set. STATUS_INVALID when it is no telephone number (Cambodian: 8 or 9 digits after 0;
 * foreign: 7 to 15 digits). */
MUST_CHECK enum status phone_parse(const char *s, size_t len, char ret_stored[PHONE_MAX]);
/* As people write it: "012 311 112", "023 997 919", "1280", "+66 2 123 4567" kept as +digits. */
void phone_format(struct text *out, const char *stored);

#endif
