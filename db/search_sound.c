/* Words by how they sound; see search_sound.h. The vocabulary of skeletons is small beside the
 * directory (words recur), so it is kept in memory and looked through as a whole. */
#include "db/search_sound.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"
#include "i18n/roman.h"

enum {
    COST_BEGINNING = 10, /* of a longer word, while typing */
    COST_GLUED = 15,     /* two words typed as one: the longer of them */
    COST_PART = 30,      /* of a longer word elsewhere */
    COST_LETTER = 40,    /* one class another, more or less */
    PART_LEAST = 3,      /* classes of a word that is looked for inside others */
    LETTER_LEAST = 4,    /* of one that may have a letter wrong */
    TWO_LEAST = 8,       /* two letters */
    WORD_LEAST = 2,
    FAR_OF_LETTER = 14, /* hundredths of a letter for each letter typed: what sounds alike */
};

struct sounds {
    struct text store; /* skeletons in order of bytes, each with a NUL */
    uint32_t *at;
    size_t count, room;
};

/* --- the vocabulary ----------------------------------------------------------------------------
 */

void sound_forget(struct search *search)
{
    struct sounds *sounds = search->sounds;
    search->sounds = NULL;
    if (!sounds)
        return;
    text_release(&sounds->store);
    free(sounds->at);
    free(sounds);
}

static void add_word(struct sounds *sounds, const char *word)
{
    if (sounds->count == sounds->room) {
        sounds->room = sounds->room ? sounds->room * 2 : 1024;
        sounds->at = mem_realloc(sounds->at, sounds->room, sizeof *sounds->at);
    }
    sounds->at[sounds->count++] = (uint32_t)sounds->store.len;
    text_add(&sounds->store, word, strlen(word) + 1);
}

static enum status load(struct db *db, struct sounds **ret_sounds)
{
    struct search *search = search_cache(db);
    enum status status = STATUS_OK;
    if (!search->sounds) {
        sqlite3_stmt *s;
        status = db_query(db, QUERY_WORDS_SOUND, &s);
        if (status != STATUS_OK)
            return status;
        struct sounds *sounds = mem_zalloc(1, sizeof *sounds);
        text_init(&sounds->store);
        search->sounds = sounds;
        bool row;
        while ((status = db_step(db, s, &row)) == STATUS_OK && row)
            add_word(sounds, column_text(s, 0));
        if (status != STATUS_OK)
            sound_forget(search);
    }
    *ret_sounds = search->sounds;
    return status;
}

static const char *word_at(const struct sounds *sounds, size_t i)
{
    return sounds->store.bytes + sounds->at[i];
}

static bool is_word(const struct sounds *sounds, const char *word, size_t len)
{
    size_t low = 0, high = sounds->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = word_at(sounds, middle);
        int order = strncmp(other, word, len);
        if (order == 0 && other[len] == '\0')
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* --- words that sound like it --------------------------------------------------------------------
 */

static void keep(struct sound_list *list, const char *word, size_t len, unsigned cost)
{
    size_t at = list->count;
    if (at == SOUND_WORDS && list->rows[at - 1].cost <= cost)
        return;
    if (at == SOUND_WORDS)
        at--;
    else
        list->count++;
    for (; at > 0 && list->rows[at - 1].cost > cost; at--)
        list->rows[at] = list->rows[at - 1];
    memcpy(list->rows[at].skeleton, word, len);
    list->rows[at].skeleton[len] = '\0';
    list->rows[at].cost = cost;
}

/* Classes that differ between a and b (or the beginning of b), at most `most`; most + 1 else. */
static unsigned classes_off(const char *a, size_t a_len, const char *b, size_t b_len, bool begins,
                            unsigned most)
{
    unsigned rows[2][SOUND_WORD + 2];
    if (a_len > b_len + most || (!begins && b_len > a_len + most))
        return most + 1;
    if (b_len > a_len + most)
        b_len = a_len + most;
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 0; i < a_len; i++) {
        unsigned *above = rows[i & 1], *row = rows[(i + 1) & 1], low = row[0] = (unsigned)i + 1;
        for (size_t j = 0; j < b_len; j++) {
            unsigned best = above[j] + (a[i] != b[j]);
            best = above[j + 1] + 1 < best ? above[j + 1] + 1 : best;
            row[j + 1] = row[j] + 1 < best ? row[j] + 1 : best;
            low = row[j + 1] < low ? row[j + 1] : low;
        }
        if (low > most)
            return most + 1;
    }
    const unsigned *last = rows[a_len & 1];
    unsigned off = last[b_len];
    for (size_t j = 0; begins && j < b_len; j++)
        off = last[j] < off ? last[j] : off;
    return off;
}

/* What it costs to take the word for the typed one; SOUND_FAR when it is none. */
static unsigned cost_of(const char *typed, size_t len, bool typing, const char *word,
                        size_t word_len)
{
    if (word_len >= len && memcmp(word, typed, len) == 0) {
        if (word_len == len)
            return 0;
        return typing ? COST_BEGINNING : COST_PART;
    }
    bool ends = word_len > len && memcmp(word + word_len - len, typed, len) == 0;
    if (ends || (len >= PART_LEAST && word_len > len && strstr(word, typed)))
        return COST_PART;
    unsigned most = len >= TWO_LEAST ? 2 : len >= LETTER_LEAST ? 1 : 0;
    unsigned off = most ? classes_off(typed, len, word, word_len, typing, most) : 1;
    return off <= most ? off * COST_LETTER : SOUND_FAR;
}

/* Two words typed without a space: the longer one finds their names, the vowels tell the rest. */
static void add_glued(const struct sounds *sounds, const char *typed, size_t len,
                      struct sound_list *list)
{
    for (size_t cut = WORD_LEAST; cut + WORD_LEAST <= len; cut++) {
        if (!is_word(sounds, typed, cut) || !is_word(sounds, typed + cut, len - cut))
            continue;
        if (cut * 2 >= len)
            keep(list, typed, cut, COST_GLUED);
        else
            keep(list, typed + cut, len - cut, COST_GLUED);
    }
}

static bool is_latin(const char *typed, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)typed[i] >= 0xE0) /* beyond Latin with its accents */
            return false;
    return true;
}

enum status sound_words(struct db *db, const char *typed, size_t len, bool typing,
                        struct sound_list *ret_list)
{
    struct sounds *sounds = NULL;
    struct text skeleton = TEXT_INIT;
    ret_list->count = 0;
    if (!is_latin(typed, len))
        return STATUS_OK;
    enum status status = load(db, &sounds);
    roman_skeleton(&skeleton, typed, len);
    size_t classes = skeleton.len < SOUND_WORD ? skeleton.len : SOUND_WORD;
    if (skeleton.len > classes)
        text_truncate(&skeleton, classes);
    if (status == STATUS_OK && classes >= WORD_LEAST) {
        for (size_t i = 0; i < sounds->count; i++) {
            const char *word = word_at(sounds, i);
            size_t end = i + 1 < sounds->count ? sounds->at[i + 1] : sounds->store.len;
            size_t word_len = end - sounds->at[i] - 1;
            if (word_len > SOUND_WORD)
                continue;
            unsigned cost = cost_of(skeleton.bytes, classes, typing, word, word_len);
            if (cost < SOUND_FAR)
                keep(ret_list, word, word_len, cost);
        }
        add_glued(sounds, skeleton.bytes, classes, ret_list);
    }
    text_release(&skeleton);
    return status;
}

/* --- names that sound like it
 * ---------------------------------------------------------------------
 */

struct sound_text sound_text_make(struct arena *arena, const char *text)
{
    struct sound_text sound = {0};
    struct text letters = TEXT_INIT;
    roman_letters(&letters, text, strlen(text));
    sound.len = letters.len < ROMAN_LETTERS ? letters.len : ROMAN_LETTERS;
    sound.letters = arena_strndup(arena, letters.bytes, sound.len);
    roman_count(sound.letters, sound.len, &sound.count);
    text_release(&letters);
    return sound;
}

/* How far the word is from the nearest part of the texts; SOUND_FAR when it is beyond `most`. */
static unsigned far_of_word(const struct text *word, const struct sound_text *texts, size_t count,
                            unsigned most)
{
    struct roman_count own;
    unsigned best = most + 1;
    roman_count(word->bytes, word->len, &own);
    for (size_t i = 0; i < count && best > 0; i++) {
        if (roman_least(&own, &texts[i].count) >= best)
            continue;
        unsigned far =
            roman_within(word->bytes, word->len, texts[i].letters, texts[i].len, best - 1);
        best = far < best ? far : best;
    }
    return best > most ? SOUND_FAR : best;
}

unsigned sound_of_texts(const char *typed, size_t len, const struct sound_text *texts, size_t count)
{
    struct text word = TEXT_INIT;
    unsigned sum = 0;
    size_t letters = 0;
    for (size_t at = 0, end; at < len && sum < SOUND_FAR; at = end + 1) {
        for (end = at; end < len && typed[end] != ' ';)
            end++;
        text_clear(&word);
        roman_letters(&word, typed + at, end - at);
        if (!word.len)
            continue;
        unsigned most = FAR_OF_LETTER * (unsigned)word.len;
        unsigned far = far_of_word(&word, texts, count, most);
        sum = far == SOUND_FAR ? SOUND_FAR : sum + far;
        letters += word.len;
    }
    text_release(&word);
    return sum < SOUND_FAR && letters ? sum / (unsigned)letters : SOUND_FAR;
}
