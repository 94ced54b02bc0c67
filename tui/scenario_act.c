/* The acts of a scenario as they are written; see scenario_act.h. */
#include "tui/scenario_act.h"

#include <stdio.h>
#include <string.h>

#include "db/guide_read.h"
#include "db/need.h"
#include "db/search.h"
#include "tui/key.h"
#include "tui/value.h"

/* --- names
 * ------------------------------------------------------------------------------------------- */

static bool found(struct scenario_names *n, enum status status)
{
    if (status != STATUS_OK && status != STATUS_NOT_FOUND && status != STATUS_INVALID)
        n->status = status;
    return status == STATUS_OK;
}

bool scenario_find_need(struct scenario_names *n, const char *code, char ret_need[8])
{
    struct need_list needs;
    if (!found(n, need_find(n->db, code, &needs)))
        return false;
    snprintf(ret_need, 8, "%s", needs.rows[0].code);
    need_list_release(&needs);
    return true;
}

bool scenario_find_area(struct scenario_names *n, const char *code, char ret_area[AREA_CODE])
{
    struct area_list areas;
    if (!found(n, area_find(n->db, code, &areas)))
        return false;
    bool one = areas.count == 1;
    snprintf(ret_area, AREA_CODE, "%s", areas.rows[0].code);
    area_list_release(&areas);
    return one;
}

static bool service_of_id(struct scenario_names *n, struct scenario_service *service)
{
    struct record_list list = {0};
    bool there = found(n, record_load(n->db, RECORD_SERVICE, &service->id, &list));
    if (there) {
        const char *km = record_text(&list.rows[0], FIELD_ID(SERVICE, name_km));
        const char *en = record_text(&list.rows[0], FIELD_ID(SERVICE, name_en));
        service->name[LANG_KM] = arena_strdup(n->arena, km ? km : "");
        service->name[LANG_EN] = arena_strdup(n->arena, en ? en : "");
    }
    record_list_release(&list);
    return there;
}

bool scenario_find_service(struct scenario_names *n, const char *name, struct scenario_service *ret)
{
    enum { LOOKED_AT = 200 };
    struct query query = {.words = name, .limit = LOOKED_AT};
    struct result result;
    size_t same = 0;
    if (uuid_parse(name, &ret->id) == STATUS_OK)
        return service_of_id(n, ret);
    if (!found(n, search_run(n->db, &query, &result)))
        return false;
    for (size_t i = 0; i < result.count; i++) {
        const struct hit *h = &result.rows[i];
        if (strcmp(h->name_en, name) != 0 && strcmp(h->name_km, name) != 0)
            continue;
        ret->id = h->id;
        same++;
    }
    result_release(&result);
    return same == 1 && service_of_id(n, ret);
}

bool scenario_find_command(const char *name, enum command *ret_command)
{
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++)
        if (strcmp(command_name((enum command)i), name) == 0) {
            *ret_command = (enum command)i;
            return true;
        }
    return false;
}

bool scenario_find_context(const char *name, enum key_context *ret_context)
{
    for (int i = 0; i < CONTEXT_COUNT; i++)
        if (strcmp(key_context_name((enum key_context)i), name) == 0) {
            *ret_context = (enum key_context)i;
            return true;
        }
    return false;
}

size_t scenario_service_by(const struct scenario *s, const char *alias)
{
    size_t i = 0;
    while (i < s->service_count && strcmp(s->services[i].alias, alias) != 0)
        i++;
    return i;
}

/* --- acts
 * -------------------------------------------------------------------------------------------- */

struct acting {
    struct scenario_names *names;
    const struct scenario *s;
    struct scenario_act *act;
    const char *rest; /* not read yet */
    char word[80];    /* the part that was read last */
};

static bool next_word(struct acting *a)
{
    *a->word = '\0';
    return guide_item(&a->rest, a->word, sizeof a->word);
}

static bool is_any(struct acting *a)
{
    a->act->any_other = strcmp(a->word, "*") == 0;
    return a->act->any_other;
}

static bool read_service(struct acting *a)
{
    if (!next_word(a))
        return false;
    a->act->service = scenario_service_by(a->s, a->word);
    return a->act->service < a->s->service_count || is_any(a);
}

static bool read_command(struct acting *a)
{
    return next_word(a) && scenario_find_command(a->word, &a->act->command);
}

static bool read_area(struct acting *a)
{
    return next_word(a) && (scenario_find_area(a->names, a->word, a->act->area) || is_any(a));
}

static bool read_words(struct acting *a)
{
    a->act->words = arena_strdup(a->names->arena, a->rest);
    a->rest += strlen(a->rest);
    return *a->act->words;
}

static bool read_need(struct acting *a)
{
    if (!next_word(a) || !(scenario_find_need(a->names, a->word, a->act->need) || is_any(a)))
        return false;
    return !next_word(a) || scenario_find_area(a->names, a->word, a->act->area);
}

/* "minimum_age 12", "phone.number 059 000 111": the rest of the line is the value. */
static bool read_saved(struct acting *a)
{
    enum record_kind kind = RECORD_SERVICE;
    struct fault fault;
    if (!read_service(a) || a->act->any_other || !next_word(a))
        return false;
    char *dot = strchr(a->word, '.');
    if (dot) {
        *dot = '\0';
        if (!kind_parse(a->word, &kind) || !record_owner_field(kind))
            return false;
    }
    a->act->field = field_by_column(kind, dot ? dot + 1 : a->word);
    if (!a->act->field)
        return false;
    snprintf(a->word, sizeof a->word, "%s", a->rest);
    enum status status = value_read(a->names->db, a->act->field, a->rest, strlen(a->rest),
                                    a->names->arena, &a->act->value, &fault);
    a->rest += strlen(a->rest);
    return found(a->names, status) && a->act->value.type != VALUE_NULL;
}

static bool read_verified(struct acting *a)
{
    if (!read_service(a) || a->act->any_other || !next_word(a))
        return false;
    if (!enum_parse("RESULT", a->word, &a->act->result) && !is_any(a))
        return false;
    return !next_word(a) || enum_parse("METHOD", a->word, &a->act->method);
}

static const struct {
    const char *name;
    bool (*read)(struct acting *a);
} acts[ACT_KINDS] = {
    [ACT_COMMAND] = {"command", read_command},
    [ACT_AREA] = {"area", read_area},
    [ACT_WORDS] = {"words", read_words},
    [ACT_SERVICE] = {"service", read_service},
    [ACT_OPEN] = {"open", read_service},
    [ACT_NEED] = {"need", read_need},
    [ACT_SAVED] = {"saved", read_saved},
    [ACT_VERIFIED] = {"verified", read_verified},
    [ACT_GAP] = {"gap", read_need},
};

bool scenario_read_act(struct scenario_names *n, const struct scenario *s, const char *value,
                       bool is_not, struct scenario_act *act, char *what, size_t room)
{
    struct acting a = {.names = n, .s = s, .act = act, .rest = value};
    (void)next_word(&a);
    for (int i = 0; i < ACT_KINDS; i++) {
        if (strcmp(acts[i].name, a.word) != 0)
            continue;
        act->kind = (enum act_kind)i;
        bool good = acts[i].read(&a) && !*a.rest && (is_not || !act->any_other);
        if (!good && *a.word)
            snprintf(what, room, "%s", a.word);
        return good;
    }
    return false;
}
