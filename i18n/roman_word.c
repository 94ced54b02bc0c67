/* Where words of a name begin: ICU's dictionary, made good where it fails for names. Knows nothing
 * of Latin letters. */
#include "i18n/roman_word.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/mem.h"
#include "i18n/utf8.h"
#include "i18n/wrap.h"

/* A piece of one letter without a vowel, which no word is: ICU cuts so what its dictionary lacks.
 */
static bool is_crumb(const char *s, size_t len)
{
    char32_t cp;
    return len > 0 && khmer_decode(s, len, &cp) == len && khmer_is_base(cp) && cp < 0x17A3;
}

/* Words that names of places and institutions begin with; ICU's dictionary has many such names as
 * one word. The commonest first words of data/area.tsv, units, kinds of institution. */
static const char *const heads[] = {
    "កំពង់",     "ព្រៃ",         "ព្រែក",  "អូរ",   "ស្វាយ", "កោះ",  "បឹង",    "ត្រពាំង",   "ស្រែ",    "ព្រះ",
    "ទួល",      "គោក",         "ទឹក",    "ក្រាំង", "ភ្នំ",   "ពាម",  "ថ្ម",    "ផ្សារ",    "បន្ទាយ",  "ស្ទឹង",
    "ឫស្សី",     "វាល",         "ពោធិ៍",   "ដូន",   "ជ្រោយ", "អន្លង់", "សំរោង",  "អណ្ដូង",    "អណ្តូង",   "ដំណាក់",
    "ជ្រៃ",     "ក្បាល",        "ចំការ",  "វិហារ", "វត្ត",  "វត្ដ",  "ស្ពាន",  "សាលា",    "មណ្ឌល",   "អង្គរ",
    "ភូមិ",      "ខេត្ត",        "ស្រុក",   "ក្រុង",  "ខណ្ឌ",  "ឃុំ",    "សង្កាត់", "មជ្ឈមណ្ឌល", "អង្គការ", "មន្ទីរ",
    "ការិយាល័យ", "គណៈកម្មាធិការ", "សមាគម", "មូលនិធិ", "ផ្ទះ",  "សេវា",
};

/* More than a letter that may close the word before it. */
static bool is_word(const char *s, size_t len)
{
    size_t end = khmer_syllable(s, len);
    char32_t cp;
    for (size_t at = 0; at < end;) {
        at += khmer_decode(s + at, end - at, &cp);
        if (khmer_is_mark(cp) && cp != KHMER_COENG)
            return true;
    }
    return end < len && (khmer_decode(s + end, len - end, &cp), khmer_is_base(cp));
}

/* Bytes of the head that s begins with, when more of a word than a letter follows; 0: none. */
static size_t head_of(const char *s, size_t len)
{
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        char32_t cp;
        if (n + 3 >= len || memcmp(s, heads[i], n) != 0)
            continue;
        khmer_decode(s + n, len - n, &cp);
        if (khmer_is_base(cp) && is_word(s + n, len - n))
            return n;
    }
    return 0;
}

static bool joins_before(const char *s, const size_t *bounds, size_t i)
{
    char32_t before = 0;
    if (i == 0 || bounds[i] < 3 || !is_crumb(s + bounds[i], bounds[i + 1] - bounds[i]))
        return false;
    utf8_decode(s + bounds[i] - 3, 3, &before);
    return khmer_is_char(before) && !khmer_is_digit(before);
}

static bool is_ascii(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

/* Words between spaces, each with the space after it: what ICU costs is spared. */
static size_t *blank_bounds(const char *s, size_t len, size_t *ret_count)
{
    size_t kept = 0;
    size_t *bounds = mem_alloc((len + 2) * sizeof *bounds);
    for (size_t i = 0; i < len; i++)
        if (i == 0 || s[i - 1] == ' ')
            bounds[kept++] = i;
    bounds[kept++] = len;
    *ret_count = kept;
    return bounds;
}

/* Words of s as bounds: ICU's, crumbs joined to what stands before them, heads parted. *ret_count
 * bounds; free(). */
size_t *roman_bounds(const char *s, size_t len, size_t *ret_count)
{
    size_t count, kept = 0;
    if (is_ascii(s, len))
        return blank_bounds(s, len, ret_count);
    size_t *icu = wrap_words(s, len, &count);
    size_t *bounds = mem_alloc((len + 2) * sizeof *bounds);
    for (size_t at = 0, i = 0; at < len;) {
        bounds[kept++] = at;
        size_t head = head_of(s + at, len - at);
        at += head;
        while (i + 1 < count && (head ? icu[i] < at : icu[i] <= at || joins_before(s, icu, i)))
            i++;
        if (!head)
            at = icu[i];
    }
    bounds[kept++] = len;
    free(icu);
    *ret_count = kept;
    return bounds;
}
