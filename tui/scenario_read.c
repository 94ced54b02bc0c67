/* Reading a scenario file: lines "key: value" become steps, every name in them is looked up. See
 * scenario.h, and cpdir.5 for the format. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/guide_read.h"
#include "i18n/number.h"
#include "tui/scenario_act.h"

/* Where a line may stand; the block that it opens or belongs to. */
enum {
    IN_HEAD = 1,
    IN_STEP = 2,
    IN_DO = 4,
    IN_NOT = 8,
    IN_CHOICE = 16,
};

/* "next:" as it is written, looked up when all steps are known. */
struct jump {
    size_t line, step, choice; /* choice SIZE_MAX: of the step */
    const char *to;
};

struct reader {
    struct scenario_names names;
    struct scenario *s;
    struct guide_fault *fault;
    size_t line;
    const char *key; /* what stands before the line's colon */
    unsigned place;
    size_t step_room, jump_room, jump_count, key_room;
    struct jump *jumps;
};

static bool refuse(struct reader *r, enum guide_wrong wrong, const char *what)
{
    return guide_refuse(r->fault, wrong, r->line, what);
}

static struct scenario_step *step_of(struct reader *r)
{
    return &r->s->steps[r->s->count - 1];
}

/* --- what the lines say
 * ------------------------------------------------------------------------------ */

static bool take_said(struct reader *r, struct said *said, enum lang lang, const char *value)
{
    if (said->text[lang])
        return refuse(r, GUIDE_TWICE, r->key);
    if (!*value)
        return refuse(r, GUIDE_EMPTY, r->key);
    said->text[lang] = arena_strdup(&r->s->arena, value);
    return true;
}

static bool take_title(struct reader *r, enum lang lang, const char *value)
{
    return take_said(r, &r->s->title, lang, value);
}

static bool take_about(struct reader *r, enum lang lang, const char *value)
{
    return take_said(r, &r->s->about, lang, value);
}

static bool take_tell(struct reader *r, enum lang lang, const char *value)
{
    return take_said(r, &step_of(r)->tell, lang, value);
}

static bool take_ask(struct reader *r, enum lang lang, const char *value)
{
    return take_said(r, &step_of(r)->ask, lang, value);
}

static bool take_text(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    return take_said(r, &step->choices[step->choice_count - 1].text, lang, value);
}

static bool take_why(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    struct said *why = r->place == IN_CHOICE ? &step->choices[step->choice_count - 1].why
                       : r->place == IN_NOT  ? &step->nots[step->not_count - 1].why
                                             : &step->act.why;
    return take_said(r, why, lang, value);
}

/* "N3 990102 f 14": need and place, then what is known of the child. */
static bool take_case(struct reader *r, enum lang lang, const char *value)
{
    const char *rest = value;
    char part[AREA_CODE + 8];
    (void)lang;
    r->s->given.child.age = -1;
    if (!guide_item(&rest, part, sizeof part) ||
        !scenario_find_need(&r->names, part, r->s->given.need))
        return refuse(r, GUIDE_UNKNOWN, value);
    if (!guide_item(&rest, part, sizeof part) ||
        !scenario_find_area(&r->names, part, r->s->given.area) || area_level(r->s->given.area) < 2)
        return refuse(r, GUIDE_UNKNOWN, value);
    while (guide_item(&rest, part, sizeof part)) {
        int64_t age;
        if (strcmp(part, "f") == 0 || strcmp(part, "m") == 0)
            r->s->given.child.sex = *part == 'f' ? CHILD_GIRL : CHILD_BOY;
        else if (number_parse(part, strlen(part), &age) == STATUS_OK && age >= 0 && age <= 18)
            r->s->given.child.age = (int)age;
        else
            return refuse(r, GUIDE_UNKNOWN, part);
    }
    return true;
}

/* "clinic = Name of the service". */
static bool take_service(struct reader *r, enum lang lang, const char *value)
{
    struct scenario *s = r->s;
    const char *is = strstr(value, " = ");
    (void)lang;
    if (!is || is == value || strcspn(value, " ") != (size_t)(is - value))
        return refuse(r, GUIDE_UNKNOWN, value);
    char *alias = arena_strndup(&s->arena, value, (size_t)(is - value));
    if (scenario_service_by(s, alias) < s->service_count)
        return refuse(r, GUIDE_TWICE, alias);
    if (s->service_count == SCENARIO_SERVICES)
        return refuse(r, GUIDE_MANY, "service");
    struct scenario_service *service = &s->services[s->service_count];
    *service = (struct scenario_service){.alias = alias};
    if (!scenario_find_service(&r->names, is + 3, service))
        return refuse(r, GUIDE_UNKNOWN, is + 3);
    s->service_count++;
    return true;
}

static bool is_id(const char *id)
{
    return *id && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(id);
}

static bool finish_step(struct reader *r);

static bool take_step(struct reader *r, enum lang lang, const char *value)
{
    struct scenario *s = r->s;
    (void)lang;
    if (!finish_step(r))
        return false;
    if (!is_id(value) || strcmp(value, "end") == 0)
        return refuse(r, GUIDE_UNKNOWN, value);
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->steps[i].id, value) == 0)
            return refuse(r, GUIDE_TWICE, value);
    s->steps = arena_grow(&s->arena, s->steps, s->count, &r->step_room, sizeof *s->steps);
    s->steps[s->count] = (struct scenario_step){
        .id = arena_strdup(&s->arena, value), .line = r->line, .points = 1, .next = s->count + 1};
    s->count++;
    r->key_room = 0;
    r->place = IN_STEP;
    return true;
}

static bool take_act(struct reader *r, const char *value, bool is_not, struct scenario_act *ret_act)
{
    char what[sizeof r->fault->what] = "";
    *ret_act = (struct scenario_act){.line = r->line};
    if (scenario_read_act(&r->names, r->s, value, is_not, ret_act, what, sizeof what))
        return true;
    return refuse(r, GUIDE_UNKNOWN, *what ? what : value);
}

static bool take_do(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    (void)lang;
    if (step->acts || step->choice_count)
        return refuse(r, GUIDE_TWICE, "do");
    step->acts = true;
    r->place = IN_DO;
    return take_act(r, value, false, &step->act);
}

static bool take_not(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    (void)lang;
    if (step->not_count == SCENARIO_NOTS)
        return refuse(r, GUIDE_MANY, "not");
    r->place = IN_NOT;
    if (!take_act(r, value, true, &step->nots[step->not_count]))
        return false;
    const struct scenario_act *act = &step->nots[step->not_count++];
    return !act->any_other || act->kind == step->act.kind || refuse(r, GUIDE_UNKNOWN, "*");
}

static bool take_choice(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    bool right = strcmp(value, "right") == 0;
    (void)lang;
    if (!right && strcmp(value, "wrong") != 0)
        return refuse(r, GUIDE_UNKNOWN, value);
    if (step->choice_count == SCENARIO_CHOICES)
        return refuse(r, GUIDE_MANY, "choice");
    step->choices[step->choice_count++] = (struct scenario_choice){
        .line = r->line, .right = right, .points = right ? 1 : 0, .next = SIZE_MAX};
    r->place = IN_CHOICE;
    return true;
}

static bool take_points(struct reader *r, enum lang lang, const char *value)
{
    struct scenario_step *step = step_of(r);
    int64_t points;
    (void)lang;
    if (number_parse(value, strlen(value), &points) != STATUS_OK || points < 0 ||
        points > SCENARIO_POINTS)
        return refuse(r, GUIDE_UNKNOWN, value);
    if (r->place == IN_CHOICE)
        step->choices[step->choice_count - 1].points = (int)points;
    else
        step->points = (int)points;
    return true;
}

static bool take_next(struct reader *r, enum lang lang, const char *value)
{
    (void)lang;
    r->jumps = arena_grow(&r->s->arena, r->jumps, r->jump_count, &r->jump_room, sizeof *r->jumps);
    r->jumps[r->jump_count++] = (struct jump){
        r->line, r->s->count - 1, r->place == IN_CHOICE ? step_of(r)->choice_count - 1 : SIZE_MAX,
        arena_strdup(&r->s->arena, value)};
    return true;
}

static void add_key(struct reader *r, struct scenario_key key)
{
    struct scenario_step *step = step_of(r);
    step->keys = arena_grow(&r->s->arena, step->keys, step->key_count, &r->key_room, sizeof key);
    step->keys[step->key_count++] = key;
}

/* "@ALIAS": the arrows to that service. */
static bool take_row(struct reader *r, const char *alias)
{
    size_t at = scenario_service_by(r->s, alias);
    if (at == r->s->service_count)
        return refuse(r, GUIDE_UNKNOWN, alias);
    add_key(r, (struct scenario_key){.context = CONTEXT_COUNT, .service = &r->s->services[at]});
    return true;
}

/* "NAME", "CONTEXT.NAME", either with "*3" behind it. */
static bool take_key(struct reader *r, const char *word)
{
    enum { TIMES_MOST = 40 };
    char name[sizeof((struct guide_fault *)0)->what];
    int64_t times = 1;
    struct scenario_key key = {.context = CONTEXT_COUNT};
    if (*word == '@')
        return take_row(r, word + 1);
    snprintf(name, sizeof name, "%s", word);
    char *star = strchr(name, '*'), *dot = strchr(name, '.');
    if (star) {
        *star = '\0';
        if (number_parse(star + 1, strlen(star + 1), &times) != STATUS_OK || times < 1 ||
            times > TIMES_MOST)
            return refuse(r, GUIDE_UNKNOWN, word);
    }
    if (dot)
        *dot = '\0';
    if (dot && !scenario_find_context(name, &key.context))
        return refuse(r, GUIDE_UNKNOWN, word);
    if (!scenario_find_command(dot ? dot + 1 : name, &key.command) ||
        (dot && !scenario_key_row(&key, CONTEXT_GLOBAL)))
        return refuse(r, GUIDE_UNKNOWN, word);
    for (; times > 0; times--)
        add_key(r, key);
    return true;
}

static bool take_keys(struct reader *r, enum lang lang, const char *value)
{
    char word[sizeof r->fault->what];
    (void)lang;
    if (step_of(r)->key_count)
        return refuse(r, GUIDE_TWICE, "keys");
    while (*value) {
        if (*value == '"') {
            const char *end = strchr(value + 1, '"');
            if (!end || end == value + 1)
                return refuse(r, GUIDE_UNKNOWN, value);
            add_key(r, (struct scenario_key){.context = CONTEXT_COUNT,
                                             .words = arena_strndup(&r->s->arena, value + 1,
                                                                    (size_t)(end - value - 1))});
            value = end + 1;
            value += *value == ' ';
        } else if (!guide_item(&value, word, sizeof word)) {
            return refuse(r, GUIDE_UNKNOWN, value);
        } else if (!take_key(r, word)) {
            return false;
        }
    }
    return true;
}

/* --- what has to be there
 * ---------------------------------------------------------------------------- */

static bool has_both(struct reader *r, const struct said *said, size_t line, const char *name)
{
    char what[32];
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (!said->text[lang]) {
            snprintf(what, sizeof what, "%s.%s", name, lang == LANG_KM ? "km" : "en");
            return guide_refuse(r->fault, GUIDE_EMPTY, line, what);
        }
    return true;
}

static bool choices_are_whole(struct reader *r, const struct scenario_step *step)
{
    bool right = false;
    if (!has_both(r, &step->ask, step->line, "ask"))
        return false;
    for (size_t i = 0; i < step->choice_count; i++) {
        const struct scenario_choice *choice = &step->choices[i];
        right = right || choice->right;
        if (!has_both(r, &choice->text, choice->line, "text") ||
            !has_both(r, &choice->why, choice->line, "why"))
            return false;
    }
    if (!right || step->choice_count < 2)
        return guide_refuse(r->fault, GUIDE_NO_RIGHT, step->line, step->id);
    return true;
}

static bool finish_step(struct reader *r)
{
    if (r->s->count == 0)
        return has_both(r, &r->s->title, r->line, "title") &&
               has_both(r, &r->s->about, r->line, "about");
    const struct scenario_step *step = step_of(r);
    if (!has_both(r, &step->tell, step->line, "tell"))
        return false;
    if (!step->acts)
        return (!step->choice_count && !step->ask.text[0] && !step->ask.text[1]) ||
               choices_are_whole(r, step);
    if (!has_both(r, &step->act.why, step->act.line, "why"))
        return false;
    for (size_t i = 0; i < step->not_count; i++)
        if (!has_both(r, &step->nots[i].why, step->nots[i].line, "why"))
            return false;
    return true;
}

/* Only a step further down may come next, so no scenario goes round for ever. */
static bool follow_jumps(struct reader *r)
{
    struct scenario *s = r->s;
    for (size_t i = 0; i < r->jump_count; i++) {
        const struct jump *jump = &r->jumps[i];
        size_t to = 0;
        while (to < s->count && strcmp(s->steps[to].id, jump->to) != 0)
            to++;
        if (to == s->count && strcmp(jump->to, "end") != 0)
            return guide_refuse(r->fault, GUIDE_UNKNOWN, jump->line, jump->to);
        if (to <= jump->step)
            return guide_refuse(r->fault, GUIDE_BACK, jump->line, jump->to);
        if (jump->choice == SIZE_MAX)
            s->steps[jump->step].next = to;
        else
            s->steps[jump->step].choices[jump->choice].next = to;
    }
    return true;
}

/* --- lines
 * ------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    bool both; /* NAME.km and NAME.en */
    unsigned places;
    bool (*take)(struct reader *r, enum lang lang, const char *value);
} lines[] = {
    {"title", true, IN_HEAD, take_title},
    {"about", true, IN_HEAD, take_about},
    {"case", false, IN_HEAD, take_case},
    {"service", false, IN_HEAD, take_service},
    {"step", false, IN_HEAD | IN_STEP | IN_DO | IN_NOT | IN_CHOICE, take_step},
    {"tell", true, IN_STEP, take_tell},
    {"ask", true, IN_STEP, take_ask},
    {"do", false, IN_STEP, take_do},
    {"not", false, IN_DO | IN_NOT, take_not},
    {"choice", false, IN_STEP | IN_CHOICE, take_choice},
    {"text", true, IN_CHOICE, take_text},
    {"why", true, IN_DO | IN_NOT | IN_CHOICE, take_why},
    {"points", false, IN_DO | IN_CHOICE, take_points},
    {"next", false, IN_STEP | IN_DO | IN_CHOICE, take_next},
    {"keys", false, IN_DO, take_keys},
};

static bool take_line(struct reader *r, const char *line)
{
    const char *colon = strchr(line, ':');
    size_t len = colon ? (size_t)(colon - line) : 0;
    enum lang lang = LANG_KM;
    r->key = arena_strndup(&r->s->arena, line, colon ? len : strlen(line));
    bool both = len > 3 && (!strncmp(colon - 3, ".km", 3) || !strncmp(colon - 3, ".en", 3));
    if (both) {
        lang = strncmp(colon - 3, ".km", 3) == 0 ? LANG_KM : LANG_EN;
        len -= 3;
    }
    for (size_t i = 0; len && i < sizeof lines / sizeof *lines; i++) {
        if (strlen(lines[i].name) != len || strncmp(line, lines[i].name, len) != 0 ||
            lines[i].both != both)
            continue;
        if (!(lines[i].places & r->place))
            break;
        return lines[i].take(r, lang, colon + 1 + strspn(colon + 1, " "));
    }
    return refuse(r, GUIDE_LINE, r->key);
}

/* One line with those that go on with it; *at goes behind it. */
static char *whole_line(struct reader *r, const char *bytes, size_t len, size_t *at, size_t *number)
{
    struct text line = TEXT_INIT;
    for (bool first = true; *at < len; first = false) {
        if (!first && (len - *at < 2 || bytes[*at] != ' ' || bytes[*at + 1] != ' '))
            break;
        const char *end = memchr(bytes + *at, '\n', len - *at);
        size_t n = end ? (size_t)(end - bytes) - *at : len - *at;
        const char *from = bytes + *at;
        *at += n + (end != NULL);
        ++*number;
        while (n && (*from == ' ' && !first))
            from++, n--;
        while (n && (from[n - 1] == ' ' || from[n - 1] == '\r'))
            n--;
        if (!first)
            text_addc(&line, ' ');
        text_add(&line, from, n);
    }
    char *whole = arena_strndup(&r->s->arena, line.bytes, line.len);
    text_release(&line);
    return whole;
}

static bool read_lines(struct reader *r, const char *bytes, size_t len)
{
    size_t number = 0;
    for (size_t at = 0; at < len;) {
        r->line = number + 1;
        const char *line = whole_line(r, bytes, len, &at, &number);
        if (*line && strncmp(line, "##", 2) != 0 && !take_line(r, line))
            return false;
    }
    if (!finish_step(r))
        return false;
    if (r->s->count == 0)
        return guide_refuse(r->fault, GUIDE_EMPTY, 0, "step");
    return follow_jumps(r);
}

static const char *name_of(struct arena *arena, const char *file)
{
    static const char end[] = ".scenario";
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    size_t len = strlen(name), cut = sizeof end - 1;
    return arena_strndup(arena, name,
                         len > cut && strcmp(name + len - cut, end) == 0 ? len - cut : len);
}

enum status scenario_read(struct db *db, const char *file, const char *bytes, size_t len,
                          struct scenario *ret_scenario, struct guide_fault *fault)
{
    struct scenario s = {.given.child.age = -1};
    struct reader r = {.names = {.db = db, .arena = &s.arena},
                       .s = &s,
                       .fault = fault,
                       .place = IN_HEAD,
                       .line = 1};
    *fault = (struct guide_fault){0};
    s.name = name_of(&s.arena, file);
    s.services = arena_alloc(&s.arena, SCENARIO_SERVICES * sizeof *s.services);
    bool good = guide_check_bytes(bytes, len, fault) && read_lines(&r, bytes, len);
    snprintf(fault->file, sizeof fault->file, "%s", file);
    if (good) {
        *ret_scenario = s;
        return STATUS_OK;
    }
    scenario_release(&s);
    return r.names.status ? r.names.status : STATUS_INVALID;
}

void scenario_release(struct scenario *s)
{
    arena_release(&s->arena);
    *s = (struct scenario){0};
}
