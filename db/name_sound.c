/* Names by their sound; see name_sound.h. */
#include "db/name_sound.h"

#include <string.h>

#include "db/name_like.h"
#include "i18n/key.h"
#include "i18n/roman.h"

enum {
    LEAST_SKELETON = 3, /* fewer consonants are those of too many names */
    LETTER = 100,       /* roman_distance counts in hundredths */
    LETTERS_A_SLIP = 3, /* so many letters forgive the cost of another one */
};

/* As keys, KEY_STRICT. */
static const char *const general[] = {
    "អង្គការ", "សមាគម",  "មូលនិធិ", "មណ្ឌល", "organization", "organisation", "association", "foundation",
    "center", "centre", "ngo",  "of",   "the",          "for",          "and",         "in",
};

struct name_sound name_sound_make(const char *name, const char *const *places, size_t place_count,
                                  struct arena *arena)
{
    struct text key = TEXT_INIT, letters = TEXT_INIT, skeleton = TEXT_INIT;
    struct name_sound sound = {"", ""};
    key_make(&key, name, strlen(name), KEY_STRICT);
    name_drop_words(&key, places, place_count);
    name_drop_words(&key, general, sizeof general / sizeof *general);
    roman_letters(&letters, key.bytes, key.len);
    roman_skeleton(&skeleton, key.bytes, key.len);
    if (skeleton.len >= LEAST_SKELETON && letters.len <= ROMAN_LETTERS) {
        sound.letters = arena_strndup(arena, letters.bytes, letters.len);
        sound.skeleton = arena_strndup(arena, skeleton.bytes, skeleton.len);
    }
    text_release(&key);
    text_release(&letters);
    text_release(&skeleton);
    return sound;
}

int name_sound(const struct name_sound *a, const struct name_sound *b)
{
    if (!*a->skeleton || strcmp(a->skeleton, b->skeleton) != 0)
        return 0;
    size_t a_len = strlen(a->letters), b_len = strlen(b->letters);
    size_t longer = a_len > b_len ? a_len : b_len;
    unsigned most = (unsigned)longer * LETTER / LETTERS_A_SLIP, beginning;
    unsigned far = roman_distance(a->letters, a_len, b->letters, b_len, most, &beginning);
    return far > most ? 0 : 100 - (int)(far / longer);
}
