/* Endings of English words; see english.h. Knows no dictionary. */
#include "i18n/english.h"

#include <stdbool.h>
#include <string.h>

static bool ends(const char *word, size_t len, const char *ending)
{
    size_t n = strlen(ending);
    return len >= n && memcmp(word + len - n, ending, n) == 0;
}

/* Takes the plural off: cities, classes, homes; not bus, crisis, class. */
static size_t singular(char *word, size_t len)
{
    if (len > 4 && ends(word, len, "ies")) {
        word[len - 3] = 'y';
        return len - 2;
    }
    static const char *const with_e[] = {"sses", "ches", "shes", "xes", "zes"};
    for (size_t i = 0; i < sizeof with_e / sizeof *with_e; i++)
        if (len > 4 && ends(word, len, with_e[i]))
            return len - 2;
    bool plural = len > 3 && word[len - 1] == 's' && !ends(word, len, "ss") &&
                  !ends(word, len, "us") && !ends(word, len, "is");
    return plural ? len - 1 : len;
}

/* Endings that differ between the two sides of the ocean: centre, programme, licence. */
static size_t american(char *word, size_t len)
{
    if (len > 4 && ends(word, len, "tre")) {
        memcpy(word + len - 2, "er", 2);
        return len;
    }
    if (len > 4 && ends(word, len, "mme"))
        return len - 2;
    if (len > 5 && ends(word, len, "ence"))
        word[len - 2] = 's';
    return len;
}

static bool is_doubled(const char *word, size_t at)
{
    return at > 0 && word[at] == word[at - 1] && !strchr("aeiou", word[at]);
}

void english_form(struct text *out, const char *word, size_t len)
{
    char form[48];
    bool letters = len > 0 && len < sizeof form;
    for (size_t i = 0; letters && i < len; i++)
        letters = word[i] >= 'a' && word[i] <= 'z';
    if (!letters) {
        text_add(out, word, len);
        return;
    }
    memcpy(form, word, len);
    len = singular(form, len);
    len = american(form, len);
    for (size_t i = 0; i < len; i++) {
        bool our = i >= 2 && form[i] == 'u' && form[i - 1] == 'o' && i + 1 < len &&
                   form[i + 1] == 'r'; /* labour, behaviour */
        if (!our && !is_doubled(form, i))
            text_addc(out, form[i] == 'z' ? 's' : form[i]);
    }
}
