/* How near two names sound, whatever script each is written in: an office writes a name in Khmer,
 * another one the same name in Latin letters as it hears it. Names of places, and the words that
 * many names begin or end with (organization, association ...), say nothing and are left out.
 * Inside db/. */
#ifndef DB_NAME_SOUND_H
#define DB_NAME_SOUND_H

#include <stddef.h>

#include "i18n/mem.h"

/* A name made ready to be compared; all of it in the arena. */
struct name_sound {
    const char *letters;  /* roman_letters */
    const char *skeleton; /* roman_skeleton; "" too short to say anything */
};

/* places: as name_like_make wants them. */
struct name_sound name_sound_make(const char *name, const char *const *places, size_t place_count,
                                  struct arena *arena);

/* 0 (other consonants, or too far) to 100 (the same letters). */
int name_sound(const struct name_sound *a, const struct name_sound *b);

#endif
