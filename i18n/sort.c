/* The order of names; see sort.h. */
#include "i18n/sort.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "i18n/khmer.h"

enum {
    RULES_ROOM = 4096,  /* UTF-16 units; ICU 72's km rules take 530 */
    TEXT_MAX = 1 << 20, /* bytes of a text that count for its order */
};

struct sorter {
    UCollator *collator; /* NULL: code point order */
};

/* Removes the last occurrence of `<` and the two characters from rules. */
static void drop_letter(UChar *rules, const UChar letter[static 3])
{
    UChar *found = u_strrstr(rules, letter);
    if (found)
        u_memmove(found, found + u_strlen(letter), u_strlen(found + u_strlen(letter)) + 1);
}

/* The km rules without vowel + reahmuk as letters of their own, and with BA + muusikatoan as one.
 */
static UCollator *open_dictionary_order(UErrorCode *status)
{
    static const UChar not_letters[][4] = {
        {'<', 0x17B7, 0x17C7},
        {'<', 0x17BB, 0x17C7},
        {'<', 0x17C1, 0x17C7},
        {'<', 0x17C4, 0x17C7},
    };
    static const UChar pa[] = {'&', 0x1794, '<', 0x1794, 0x17C9, 0};
    UCollator *plain = ucol_open("km", status);
    if (U_FAILURE(*status))
        return NULL;
    int32_t len;
    const UChar *from = ucol_getRules(plain, &len);
    UChar rules[RULES_ROOM] = {0};
    if (len + u_strlen(pa) < RULES_ROOM) {
        u_memcpy(rules, from, len);
        for (size_t i = 0; i < sizeof not_letters / sizeof *not_letters; i++)
            drop_letter(rules, not_letters[i]);
        u_strcat(rules, pa);
    }
    ucol_close(plain);
    return ucol_openRules(rules, -1, UCOL_DEFAULT, UCOL_DEFAULT_STRENGTH, NULL, status);
}

struct sorter *sorter_new(void)
{
    struct sorter *s = mem_zalloc(1, sizeof *s);
    UErrorCode status = U_ZERO_ERROR;
    s->collator = open_dictionary_order(&status);
    if (U_FAILURE(status)) {
        ucol_close(s->collator);
        s->collator = NULL;
    }
    return s;
}

void sorter_free(struct sorter *s)
{
    if (!s)
        return;
    ucol_close(s->collator);
    free(s);
}

static void normalize(struct text *out, const char *text, size_t len)
{
    khmer_normalize(out, text, len < TEXT_MAX ? len : TEXT_MAX, NORMAL_NAME);
}

/* Code points in order, without NUL. */
static void plain_key(struct text *out, const struct text *normal)
{
    for (size_t i = 0; i < normal->len; i++)
        if (normal->bytes[i])
            text_addc(out, normal->bytes[i]);
}

static void collator_key(const UCollator *collator, struct text *out, const struct text *normal)
{
    UChar small[256];
    int32_t len = (int32_t)normal->len; /* never more units than bytes */
    UChar *wide = len < 256 ? small : mem_realloc(NULL, normal->len, sizeof *wide);
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide, len, &len, normal->bytes, len, &status);
    if (U_SUCCESS(status)) {
        int32_t room = len * 4 + 16;
        text_reserve(out, (size_t)room);
        int32_t need = ucol_getSortKey(collator, wide, len, (uint8_t *)out->bytes + out->len, room);
        if (need > room) {
            text_reserve(out, (size_t)need);
            ucol_getSortKey(collator, wide, len, (uint8_t *)out->bytes + out->len, need);
        }
        if (need > 0)
            out->len += (size_t)need - 1; /* ICU counts its NUL */
        out->bytes[out->len] = '\0';
    }
    if (wide != small)
        free(wide);
}

void sorter_key(struct sorter *s, struct text *out, const char *text, size_t len)
{
    struct text normal = TEXT_INIT;
    normalize(&normal, text, len);
    if (s->collator)
        collator_key(s->collator, out, &normal);
    else
        plain_key(out, &normal);
    text_release(&normal);
}

static int compare_bytes(const struct text *a, const struct text *b)
{
    int order = memcmp(a->bytes, b->bytes, a->len < b->len ? a->len : b->len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

int sorter_compare(struct sorter *s, const char *a, size_t a_len, const char *b, size_t b_len)
{
    struct text left = TEXT_INIT, right = TEXT_INIT;
    normalize(&left, a, a_len);
    normalize(&right, b, b_len);
    UErrorCode status = U_ZERO_ERROR;
    int order = s->collator ? ucol_strcollUTF8(s->collator, left.bytes, (int32_t)left.len,
                                               right.bytes, (int32_t)right.len, &status)
                            : compare_bytes(&left, &right);
    text_release(&left);
    text_release(&right);
    return order;
}

const char *sorter_version(void)
{
    return "ICU " U_ICU_VERSION " UCA " U_UNICODE_VERSION " km/1";
}
