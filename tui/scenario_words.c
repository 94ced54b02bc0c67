/* A scenario in words: what is wrong with its file, its keys, and all of it for paper. */
#include <stdio.h>
#include <string.h>

#include "i18n/message.h"
#include "tui/scenario.h"
#include "tui/sheet.h"

void scenario_add_letter(struct text *out, enum lang lang, size_t at)
{
    static const char *const letters[LANG_COUNT][SCENARIO_CHOICES] = {
        [LANG_KM] = {"ក", "ខ", "គ", "ឃ", "ង", "ច"},
        [LANG_EN] = {"a", "b", "c", "d", "e", "f"},
    };
    text_adds(out, letters[lang][at]);
}

int scenario_points(const struct scenario_step *step)
{
    int most = step->acts ? step->points : 0;
    for (size_t i = 0; i < step->choice_count; i++)
        if (step->choices[i].points > most)
            most = step->choices[i].points;
    return most;
}

size_t scenario_next(const struct scenario *s, size_t at)
{
    const struct scenario_step *step = &s->steps[at];
    for (size_t i = 0; i < step->choice_count; i++)
        if (step->choices[i].right && step->choices[i].next != SIZE_MAX)
            return step->choices[i].next;
    return step->next;
}

/* --- what is wrong
 * ----------------------------------------------------------------------------------- */

void scenario_add_fault(struct text *out, enum lang lang, const struct guide_fault *fault)
{
    static const enum message words[] = {
        [GUIDE_UNREADABLE] = MSG_WAY_RULES_UNREADABLE, [GUIDE_BIG] = MSG_WAY_RULES_BIG,
        [GUIDE_BYTES] = MSG_WAY_RULES_BYTES,           [GUIDE_EMPTY] = MSG_WAY_RULES_EMPTY,
        [GUIDE_UNKNOWN] = MSG_WAY_RULES_UNKNOWN,       [GUIDE_TWICE] = MSG_WAY_RULES_TWICE,
        [GUIDE_LINE] = MSG_SCENARIO_BAD_LINE,          [GUIDE_MANY] = MSG_SCENARIO_BAD_MANY,
        [GUIDE_NO_RIGHT] = MSG_SCENARIO_BAD_CHOICES,   [GUIDE_BACK] = MSG_SCENARIO_BAD_BACK,
    };
    struct text why = TEXT_INIT;
    char line[24];
    snprintf(line, sizeof line, "%zu", fault->line);
    message_format(&why, lang, words[fault->wrong], "what", fault->what, (char *)NULL);
    message_format(out, lang, fault->line ? MSG_SCENARIO_BAD_AT : MSG_SCENARIO_BAD, "file",
                   fault->file, "line", line, "why", why.bytes, (char *)NULL);
    text_release(&why);
}

/* --- keys
 * -------------------------------------------------------------------------------------------- */

static const struct key_row *row_in(enum key_context context, enum command command)
{
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].context == context && rows[i].command == command)
            return &rows[i];
    return NULL;
}

const struct key_row *scenario_key_row(const struct scenario_key *key, enum key_context at)
{
    const struct key_row *row = NULL;
    enum key_context from = key->context == CONTEXT_COUNT ? at : key->context;
    for (enum key_context in = from; !row; in = key_parent(in)) {
        row = row_in(in, key->command);
        if (in == CONTEXT_GLOBAL)
            break;
    }
    for (int in = 0; !row && key->context == CONTEXT_COUNT && in < CONTEXT_COUNT; in++)
        row = row_in((enum key_context)in, key->command);
    return row;
}

static bool same_key(const struct scenario_key *a, const struct scenario_key *b)
{
    return !a->words && !b->words && !a->service && !b->service && a->context == b->context &&
           a->command == b->command;
}

size_t scenario_add_key(struct text *out, enum lang lang, const struct scenario_step *step,
                        size_t at, enum key_context in)
{
    const struct scenario_key *key = &step->keys[at];
    size_t times = 1;
    if (key->words) {
        message_format(out, lang, MSG_SCENARIO_TYPE, "words", key->words, NULL);
        return 1;
    }
    if (key->service) {
        const char *name = key->service->name[lang];
        message_format(out, lang, MSG_SCENARIO_GO_TO, "name",
                       *name ? name : key->service->name[lang == LANG_KM ? LANG_EN : LANG_KM],
                       NULL);
        return 1;
    }
    while (at + times < step->key_count && same_key(key, &step->keys[at + times]))
        times++;
    const struct key_row *row = scenario_key_row(key, in);
    const char *label = message_get(lang, command_label(key->command));
    key_say(out, row ? row : row_in(CONTEXT_GLOBAL, COMMAND_MENU));
    text_addf(out, row ? " (%s)" : " \u25B8 %s", label);
    if (times > 1)
        text_addf(out, " \u00D7%zu", times);
    return times;
}

/* --- for paper
 * --------------------------------------------------------------------------------------- */

static void add_labelled(struct sheet *s, enum lang lang, enum message label, const char *text)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%s %s", message_get(lang, label), text);
    sheet_text(s, 3, STYLE_NORMAL, line.bytes);
    text_release(&line);
}

static void add_way(struct sheet *s, enum lang lang, const struct scenario_step *step)
{
    struct text keys = TEXT_INIT;
    for (size_t at = 0; at < step->key_count;) {
        text_adds(&keys, at ? "  " : "");
        at += scenario_add_key(&keys, lang, step, at, CONTEXT_GLOBAL);
    }
    if (step->key_count)
        add_labelled(s, lang, MSG_SCENARIO_KEYS, keys.bytes);
    text_release(&keys);
}

static void add_choice(struct sheet *s, enum lang lang, const struct scenario_choice *choice,
                       size_t at)
{
    struct text line = TEXT_INIT;
    scenario_add_letter(&line, lang, at);
    text_addf(&line, ") %s", choice->text.text[lang]);
    sheet_text(s, 3, STYLE_STRONG, line.bytes);
    text_clear(&line);
    text_addf(&line, "%s %s",
              message_get(lang, choice->right ? MSG_SCENARIO_RIGHT : MSG_SCENARIO_WRONG),
              choice->why.text[lang]);
    sheet_text(s, 6, STYLE_NORMAL, line.bytes);
    text_release(&line);
}

static void add_step(struct sheet *s, enum lang lang, const struct scenario_step *step, size_t at)
{
    struct text line = TEXT_INIT;
    sheet_gap(s);
    text_addf(&line, "%zu. %s", at + 1, step->tell.text[lang]);
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    add_way(s, lang, step);
    if (step->acts)
        add_labelled(s, lang, MSG_SCENARIO_RIGHT, step->act.why.text[lang]);
    if (step->choice_count)
        add_labelled(s, lang, MSG_SCENARIO_QUESTION, step->ask.text[lang]);
    for (size_t i = 0; i < step->choice_count; i++)
        add_choice(s, lang, &step->choices[i], i);
    text_release(&line);
}

void scenario_write(const struct scenario *s, enum lang lang, int columns, struct text *out)
{
    struct sheet sheet;
    sheet_init(&sheet, columns);
    sheet_text(&sheet, 0, STYLE_TITLE, s->title.text[lang]);
    sheet_text(&sheet, 0, STYLE_NORMAL, s->about.text[lang]);
    for (size_t i = 0; i < s->count; i++)
        add_step(&sheet, lang, &s->steps[i], i);
    sheet_write(&sheet, out);
    sheet_release(&sheet);
}
