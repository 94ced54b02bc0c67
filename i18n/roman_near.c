/* Comparing what people write in Latin: consonant skeletons, and a weighted distance between two
 * spellings. Reads Latin only: Khmer comes through roman_letters. */
#include <stdint.h>
#include <string.h>

#include "i18n/roman.h"

/* --- skeletons ------------------------------------------------------------------------------- */

/* Writes classes, equal ones without a vowel between them once. */
struct bones {
    struct text *out;
    char last; /* class just before; 0 after a vowel */
};

static void add_bone(struct bones *b, char class)
{
    if (class && class != b->last)
        text_addc(b->out, class);
    if (class)
        b->last = class;
}

static bool is_vowel(char c)
{
    return c >= 'a' && (1U << (c - 'a') & (1U | 1U << 4 | 1U << 8 | 1U << 14 | 1U << 20));
}

/* A consonant at s[0..len): *ret_class and the letters it takes. */
static size_t latin_class(const char *s, size_t len, char *ret_class)
{
    static const struct {
        char letters[4];
        char class;
    } classes[] = {
        {"tch", 'c'}, {"chh", 'c'}, {"ch", 'c'}, {"tj", 'c'}, {"dj", 'c'}, {"ng", 'g'},
        {"nh", 'n'},  {"sh", 's'},  {"kh", 'k'}, {"gh", 'k'}, {"ck", 'k'}, {"b", 'p'},
        {"c", 'k'},   {"d", 't'},   {"f", 'p'},  {"g", 'k'},  {"j", 'c'},  {"k", 'k'},
        {"l", 'l'},   {"m", 'm'},   {"n", 'n'},  {"p", 'p'},  {"q", 'k'},  {"r", 'r'},
        {"s", 's'},   {"t", 't'},   {"v", 'v'},  {"w", 'v'},  {"x", 's'},  {"z", 's'},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        size_t n = strlen(classes[i].letters);
        if (n <= len && memcmp(s, classes[i].letters, n) == 0) {
            *ret_class = classes[i].class;
            return n;
        }
    }
    *ret_class = 0;
    return 1;
}

static void latin_bones(struct bones *b, const char *s, size_t len)
{
    for (size_t at = 0, n; at < len; at += n) {
        char c = s[at], class = 0;
        bool before_vowel = at + 1 < len && is_vowel(s[at + 1]);
        bool after_vowel = at > 0 && is_vowel(s[at - 1]);
        n = 1;
        if (c >= '0' && c <= '9')
            text_addc(b->out, c);
        else if (is_vowel(c))
            b->last = 0;
        else if (c == 'y')
            add_bone(b, before_vowel ? 'y' : 0);
        else if (c == 'v' || c == 'w')
            add_bone(b, before_vowel || !after_vowel ? 'v' : 0);
        else if (c == 'h')
            add_bone(b, before_vowel && (at == 0 || after_vowel) ? 'h' : 0);
        else {
            n = latin_class(s + at, len - at, &class);
            add_bone(b, class);
        }
    }
}

void roman_skeleton(struct text *out, const char *s, size_t len)
{
    struct bones b = {out, 0};
    struct text letters = TEXT_INIT;
    roman_letters(&letters, s, len);
    latin_bones(&b, letters.bytes, letters.len);
    text_release(&letters);
}

/* --- distance -------------------------------------------------------------------------------- */

enum {
    COST_LETTER = ROMAN_LETTER,
    COST_VOWEL_FOR_VOWEL = 40,
    COST_SAME_CLASS = 45,
    COST_NEAR = 50,
    COST_LONE_VOWEL = 55,   /* left out or put in, where no other vowel stands beside it */
    COST_BESIDE_VOWEL = 35, /* beside another vowel */
    COST_H = 25,            /* behind a consonant */
    COST_DOUBLED = 15,
    COST_VOWEL_ENDING = 35, /* y w v r behind a vowel */
    COST_SWAP = 60,
    COST_SWAP_VOWELS = 30,
};

/* Letters of one bit are written for one another: for one sound, for like sounds, as vowels. */
enum {
    SAME_K = 1,
    SAME_T = 1 << 1,
    SAME_P = 1 << 2,
    SAME_C = 1 << 3,
    SAME_S = 1 << 4,
    SAME_V = 1 << 5,
    SAME = (1 << 6) - 1,
    NEAR_I = 1 << 6,
    NEAR_E = 1 << 7,
    NEAR_U = 1 << 8,
    NEAR_L = 1 << 9,
    NEAR_M = 1 << 10,
    NEAR_V = 1 << 11,
    VOWEL = 1 << 12,
    WEAK = 1 << 13, /* hardly heard behind a vowel */
};

static const uint16_t letters[26] = {
    ['a' - 'a'] = VOWEL,
    ['b' - 'a'] = SAME_P,
    ['c' - 'a'] = SAME_K | SAME_C,
    ['d' - 'a'] = SAME_T,
    ['e' - 'a'] = VOWEL | NEAR_E,
    ['f' - 'a'] = SAME_P,
    ['g' - 'a'] = SAME_K,
    ['h' - 'a'] = WEAK,
    ['i' - 'a'] = VOWEL | NEAR_I,
    ['j' - 'a'] = SAME_C,
    ['k' - 'a'] = SAME_K,
    ['l' - 'a'] = NEAR_L,
    ['m' - 'a'] = NEAR_M,
    ['n' - 'a'] = NEAR_M,
    ['o' - 'a'] = VOWEL | NEAR_U | NEAR_V,
    ['p' - 'a'] = SAME_P,
    ['q' - 'a'] = SAME_K,
    ['r' - 'a'] = NEAR_L | WEAK,
    ['s' - 'a'] = SAME_S,
    ['t' - 'a'] = SAME_T,
    ['u' - 'a'] = VOWEL | NEAR_U | NEAR_V,
    ['v' - 'a'] = SAME_V | NEAR_V | WEAK,
    ['w' - 'a'] = SAME_V | NEAR_U | WEAK,
    ['x' - 'a'] = SAME_S,
    ['y' - 'a'] = NEAR_I | NEAR_E | WEAK,
    ['z' - 'a'] = SAME_S,
};

static unsigned bits_of(char c)
{
    return c >= 'a' && c <= 'z' ? letters[c - 'a'] : 0;
}

static unsigned replace_cost(char a, char b)
{
    if (a == b)
        return 0;
    unsigned shared = bits_of(a) & bits_of(b) & ~(unsigned)WEAK;
    if (!shared)
        return COST_LETTER;
    return shared & VOWEL ? COST_VOWEL_FOR_VOWEL : shared & SAME ? COST_SAME_CLASS : COST_NEAR;
}

/* What the letter at s[at] costs when the other word does not have it. */
static unsigned skip_cost(const char *s, size_t len, size_t at)
{
    char c = s[at], before = at ? s[at - 1] : 0, after = at + 1 < len ? s[at + 1] : 0;
    bool after_vowel = bits_of(before) & VOWEL;
    if (c == before)
        return COST_DOUBLED;
    if (bits_of(c) & VOWEL)
        return after_vowel || bits_of(after) & VOWEL ? COST_BESIDE_VOWEL : COST_LONE_VOWEL;
    if (c == 'h' && before && !after_vowel)
        return COST_H;
    return after_vowel && bits_of(c) & WEAK ? COST_VOWEL_ENDING : COST_LETTER;
}

/* Rows of the table of distances; only the last three are kept, and of each only what is not beyond
 * the limit: [low, high]. The rest of a row is ROMAN_FAR. */
struct near_table {
    unsigned rows[3][ROMAN_LETTERS + 1];
    unsigned skip[ROMAN_LETTERS]; /* of the letters of the name */
    size_t low, high;
    unsigned limit;
};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Letter i of `typed` swapped with the one before it: as letters j and j - 1 of the name. */
static bool is_swap(const char *typed, size_t i, const char *name, size_t j)
{
    return i && j && typed[i] == name[j - 1] && typed[i - 1] == name[j] && typed[i] != name[j];
}

static unsigned swap_cost(char a, char b)
{
    return bits_of(a) & bits_of(b) & VOWEL ? COST_SWAP_VOWELS : COST_SWAP;
}

/* Fills the row of letter i of `typed`. False: all of it is beyond the limit. */
static bool fill_row(struct near_table *t, const char *typed, size_t typed_len, size_t i,
                     const char *name, size_t name_len)
{
    unsigned *row = t->rows[(i + 1) % 3];
    const unsigned *above = t->rows[i % 3], *above2 = t->rows[(i + 2) % 3];
    unsigned skip = skip_cost(typed, typed_len, i);
    size_t low = name_len + 1, high = 0, j = 0;
    while (j < t->low)
        row[j++] = ROMAN_FAR;
    for (; j <= name_len; j++) {
        unsigned best = above[j] + skip;
        if (j) {
            best = least(best, least(above[j - 1] + replace_cost(typed[i], name[j - 1]),
                                     row[j - 1] + t->skip[j - 1]));
            if (is_swap(typed, i, name, j - 1))
                best = least(best, above2[j - 2] + swap_cost(typed[i], name[j - 1]));
        }
        row[j] = best;
        if (best <= t->limit) {
            low = low < j ? low : j;
            high = j;
        } else if (j > t->high + 1) {
            break;
        }
    }
    while (++j <= name_len)
        row[j] = ROMAN_FAR;
    t->low = low;
    t->high = high;
    return low <= name_len;
}

/* The table of all letters; `anywhere`: the name may begin with any of its letters. False: beyond
 * most. */
static bool fill_table(struct near_table *t, const char *typed, size_t typed_len, const char *name,
                       size_t name_len, unsigned most, bool anywhere)
{
    t->rows[0][0] = 0;
    for (size_t j = 0; j < name_len; j++) {
        t->skip[j] = skip_cost(name, name_len, j);
        t->rows[0][j + 1] = anywhere ? 0 : t->rows[0][j] + t->skip[j];
    }
    t->low = 0;
    t->high = name_len;
    /* A swap goes round a row, and may come out lower than the row by no more than its own cost. */
    t->limit = most + COST_SWAP;
    for (size_t i = 0; i < typed_len; i++)
        if (!fill_row(t, typed, typed_len, i, name, name_len))
            return false;
    return true;
}

static size_t cut(size_t len)
{
    return len < ROMAN_LETTERS ? len : ROMAN_LETTERS;
}

unsigned roman_distance(const char *typed, size_t typed_len, const char *name, size_t name_len,
                        unsigned most, unsigned *ret_beginning)
{
    struct near_table t;
    typed_len = cut(typed_len);
    name_len = cut(name_len);
    *ret_beginning = ROMAN_FAR;
    if (!fill_table(&t, typed, typed_len, name, name_len, most, false))
        return ROMAN_FAR;
    const unsigned *last = t.rows[typed_len % 3];
    unsigned low = ROMAN_FAR;
    for (size_t j = 0; j < name_len; j++)
        low = least(low, last[j]);
    *ret_beginning = low > most ? ROMAN_FAR : low;
    return last[name_len] > most ? ROMAN_FAR : last[name_len];
}

unsigned roman_within(const char *typed, size_t typed_len, const char *name, size_t name_len,
                      unsigned most)
{
    struct near_table t;
    typed_len = cut(typed_len);
    name_len = cut(name_len);
    if (!fill_table(&t, typed, typed_len, name, name_len, most, true))
        return ROMAN_FAR;
    unsigned low = ROMAN_FAR;
    for (size_t j = 0; j <= name_len; j++)
        low = least(low, t.rows[typed_len % 3][j]);
    return low > most ? ROMAN_FAR : low;
}

void roman_count(const char *word, size_t len, struct roman_count *ret_count)
{
    static const char classes[26] = {
        ['b' - 'a'] = 3, ['c' - 'a'] = 1, ['d' - 'a'] = 2, ['f' - 'a'] = 3, ['g' - 'a'] = 1,
        ['j' - 'a'] = 1, ['k' - 'a'] = 1, ['l' - 'a'] = 4, ['m' - 'a'] = 5, ['n' - 'a'] = 5,
        ['p' - 'a'] = 3, ['q' - 'a'] = 1, ['r' - 'a'] = 4, ['s' - 'a'] = 6, ['t' - 'a'] = 2,
        ['x' - 'a'] = 6, ['z' - 'a'] = 6,
    };
    *ret_count = (struct roman_count){0};
    for (size_t i = 0; i < len && i < ROMAN_LETTERS; i++) {
        int class = word[i] >= 'a' && word[i] <= 'z' ? classes[word[i] - 'a'] : 0;
        bool cheap = i && (word[i] == word[i - 1] || (word[i] == 'r' && is_vowel(word[i - 1])));
        if (!class)
            continue;
        ret_count->all[class - 1]++;
        ret_count->dear[class - 1] += (unsigned char)!cheap;
    }
}

unsigned roman_least(const struct roman_count *typed, const struct roman_count *name)
{
    unsigned more = 0;
    for (int i = 0; i < ROMAN_CLASSES; i++)
        more += typed->dear[i] > name->all[i] ? typed->dear[i] - (unsigned)name->all[i] : 0;
    return more * COST_LETTER;
}

void roman_skips(const char *word, size_t len, unsigned ret_least[ROMAN_LETTERS + 1])
{
    static const unsigned costs[] = {COST_DOUBLED, COST_H, COST_VOWEL_ENDING, COST_LONE_VOWEL,
                                     COST_LETTER};
    _Static_assert(COST_VOWEL_ENDING == COST_BESIDE_VOWEL, "one of the costs is left out");
    size_t n = 0;
    len = cut(len);
    ret_least[0] = 0;
    for (size_t k = 0; k < sizeof costs / sizeof *costs; k++)
        for (size_t i = 0; i < len; i++)
            if (skip_cost(word, len, i) == costs[k]) {
                ret_least[n + 1] = ret_least[n] + costs[k];
                n++;
            }
}
