/* What is on the form's screen, and where: one long page of headings, fields, lists and buttons, of
 * which a part is shown. See form_view.h. */
#include "tui/form_view.h"

#include <string.h>

#include "i18n/message.h"
#include "tui/app.h"
#include "tui/format.h"

enum {
    WIDE = 100,       /* both languages side by side from here on */
    BESIDE = 56,      /* labels beside boxes from here on */
    LABEL = 24,       /* columns of a label */
    BOTTOM = 2,       /* rows of what is near and the hint */
    LINE_ROWS = 3,    /* of a box of one line of text that is filled in */
    PROSE_ROWS = 8,   /* of a box of prose that is filled in */
    RESTING = 2,      /* of a box that is not */
    SUMMARY_MOST = 3, /* values in the summary of a record */
};

enum rule_kind { RULE_GROUP, RULE_ROW, RULE_LIST };

struct form_rule {
    enum rule_kind what;
    enum record_kind kind;
    int field;
    enum record_kind list;
    enum message heading;
};

static const struct form_rule form_rules[] = {
#define GROUP(kind, heading) {RULE_GROUP, RECORD_##kind, 0, 0, heading},
#define ROW(kind, column)    {RULE_ROW, RECORD_##kind, FIELD_ID(kind, column), 0, 0},
#define LIST(kind, list)     {RULE_LIST, RECORD_##kind, 0, RECORD_##list, 0},
#include "tui/form.def"
#undef GROUP
#undef ROW
#undef LIST
};

enum { FORM_RULES = sizeof form_rules / sizeof *form_rules };

/* --- what is there
 * ----------------------------------------------------------------------------------- */

static struct item *add_item(struct form_view *v, enum item_kind kind)
{
    if (v->count == v->room) {
        v->room = v->room ? v->room * 2 : 64;
        v->items = mem_realloc(v->items, v->room, sizeof *v->items);
    }
    v->items[v->count] = (struct item){.kind = kind};
    return &v->items[v->count++];
}

static void add_box(struct form_view *v, struct part *p, struct box *b, int indent)
{
    struct item *i = add_item(v, ITEM_BOX);
    i->part = p;
    i->box = b;
    i->indent = indent;
}

/* A field, and its other language. */
static void add_field(struct form_view *v, struct part *p, int field, int indent)
{
    struct box *b = form_box(p, field);
    add_box(v, p, b, indent);
    if (b->field->lang == FIELD_KM)
        add_box(v, p, form_box(p, field + 1), indent);
}

/* All fields of a part in field.def's order, those of its place too. */
static void add_fields(struct form_view *v, struct part *p, int indent)
{
    if (p->place)
        add_fields(v, p->place, indent);
    for (size_t i = 0; i < p->count; i++)
        if (!form_box_hidden(p, &p->boxes[i]))
            add_box(v, p, &p->boxes[i], indent);
}

static void add_action(struct form_view *v, enum form_action action, struct part *p, int indent)
{
    struct item *i = add_item(v, ITEM_ACTION);
    i->action = action;
    i->part = p;
    i->indent = indent;
}

static void add_list(struct form_view *v, enum record_kind kind)
{
    for (size_t i = 1; i < v->data.count; i++) {
        struct part *p = v->data.parts[i];
        if (p->kind != kind || p->gone || (p->fresh && p->removed))
            continue;
        struct item *item = add_item(v, ITEM_PART);
        item->part = p;
        item->add = kind;
        item->indent = 1;
        if (!p->open)
            continue;
        add_fields(v, p, 3);
        add_action(v, ACTION_REMOVE, p, 3);
    }
    struct item *item = add_item(v, ITEM_ADD);
    item->add = kind;
    item->indent = 1;
}

/* What a new organization needs; the rest is filled in in its own form. */
static void add_first_group(struct form_view *v, struct part *p)
{
    size_t groups = 0;
    for (size_t i = 0; i < FORM_RULES && groups < 2; i++) {
        if (form_rules[i].kind != p->kind)
            continue;
        groups += form_rules[i].what == RULE_GROUP;
        if (form_rules[i].what == RULE_ROW && groups == 1)
            add_field(v, p, form_rules[i].field, 3);
    }
}

/* Behind the organization: a new one made here, or the way to its own form. */
static void add_organization(struct form_view *v, const struct part *root)
{
    const struct box *b =
        form_box(root, root->kind == RECORD_SERVICE ? FIELD_ID(SERVICE, organization)
                                                    : FIELD_ID(PROGRAM, organization));
    struct part *p = b->now.type == VALUE_ID ? form_data_find(&v->data, &b->now.id) : NULL;
    if (p && !p->removed)
        add_first_group(v, p);
    else if (b->now.type == VALUE_ID)
        add_action(v, ACTION_ORGANIZATION, NULL, 3);
}

static void add_rule(struct form_view *v, const struct form_rule *r)
{
    struct part *root = form_data_root(&v->data);
    if (r->what == RULE_GROUP) {
        add_item(v, ITEM_HEADING)->label = r->heading;
        return;
    }
    if (r->what == RULE_LIST) {
        add_list(v, r->list);
        return;
    }
    add_field(v, root, r->field, 0);
    if (r->field == FIELD_ID(SERVICE, organization) || r->field == FIELD_ID(PROGRAM, organization))
        add_organization(v, root);
}

static bool same_item(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && a->part == b->part && a->box == b->box && a->add == b->add &&
           a->action == b->action;
}

bool form_can_stand(const struct item *i)
{
    return i->kind != ITEM_HEADING;
}

struct item *form_focus(const struct form_view *v)
{
    return &v->items[v->focus];
}

static void focus_near(struct form_view *v, size_t at)
{
    if (at >= v->count)
        at = v->count - 1;
    while (at + 1 < v->count && !form_can_stand(&v->items[at]))
        at++;
    v->focus = at;
}

void form_list_items(struct form_view *v, const struct context *x)
{
    struct part *root = form_data_root(&v->data);
    struct item old = v->count > 0 ? v->items[v->focus] : (struct item){.kind = ITEM_HEADING};
    size_t old_focus = v->focus;
    bool ruled = false;
    (void)x;
    v->count = 0;
    for (size_t i = 0; i < FORM_RULES; i++)
        if (form_rules[i].kind == root->kind) {
            add_rule(v, &form_rules[i]);
            ruled = true;
        }
    if (!ruled)
        add_fields(v, root, 0);
    else if (form_box(root, FIELD_STATUS))
        add_box(v, root, form_box(root, FIELD_STATUS), 0);
    add_action(v, ACTION_SAVE, NULL, 0);
    add_action(v, ACTION_LEAVE, NULL, 0);
    for (size_t i = 0; i < v->count && form_can_stand(&old); i++)
        if (same_item(&v->items[i], &old)) {
            v->focus = i;
            return;
        }
    focus_near(v, old_focus);
}

bool form_focus_on(struct form_view *v, const struct part *p, const struct box *b)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->items[i].part == p && v->items[i].box == b && form_can_stand(&v->items[i])) {
            v->focus = i;
            return true;
        }
    return false;
}

/* --- where it is
 * ------------------------------------------------------------------------------------- */

int form_item_rows(const struct form_view *v)
{
    return v->rows > BOTTOM + 1 ? v->rows - BOTTOM : 1;
}

/* Rows of the box of a field when it has so many columns for its text. */
static int box_rows(const struct form_view *v, const struct item *i, const struct ruler *ruler)
{
    bool prose = i->box->field->type == FIELD_PROSE, focused = form_focus(v) == i;
    int most = !focused ? RESTING : prose ? PROSE_ROWS : LINE_ROWS;
    if (most > form_item_rows(v) - 2)
        most = form_item_rows(v) - 2;
    if (i->box->picked || most < 1)
        return 1;
    size_t lines = edit_wrap(&i->box->edit, ruler, i->columns);
    int wanted = lines > (size_t)most ? most : (int)lines;
    return prose && focused && wanted < 3 && most >= 3 ? 3 : wanted;
}

static bool is_pair(const struct form_view *v, size_t at)
{
    const struct item *i = &v->items[at], *next = at + 1 < v->count ? i + 1 : NULL;
    return i->kind == ITEM_BOX && i->box->field->lang == FIELD_KM && next &&
           next->kind == ITEM_BOX && next->box->field->number == i->box->field->number + 1;
}

/* Places a field, and in a wide window the other language beside it. Returns rows taken. */
static int place_box(struct form_view *v, const struct context *x, size_t at, int row)
{
    struct item *i = &v->items[at];
    bool stacked = v->columns < BESIDE, pair = v->columns >= WIDE && is_pair(v, at);
    int left = stacked ? 2 + i->indent : LABEL + i->indent + 2;
    int right = v->columns - 2, faults = i->box->shown;
    int width = pair ? (right - left - 2) / 2 : right - left;
    i->row = row + stacked;
    i->column = left;
    i->columns = width - 2;
    i->rows = box_rows(v, i, x->lettering.ruler);
    if (!pair)
        return stacked + i->rows + faults;
    struct item *other = i + 1;
    other->beside = true;
    other->row = i->row;
    other->column = left + width + 2;
    other->columns = width - 2;
    other->rows = box_rows(v, other, x->lettering.ruler);
    faults += other->box->shown;
    return (other->rows > i->rows ? other->rows : i->rows) + faults;
}

void form_place_items(struct form_view *v, const struct context *x)
{
    int row = 0;
    for (size_t at = 0; at < v->count; at++) {
        struct item *i = &v->items[at];
        bool first_action = i->kind == ITEM_ACTION && i->action == ACTION_SAVE;
        if ((i->kind == ITEM_HEADING || first_action) && at > 0)
            row++;
        i->row = row;
        i->rows = 1;
        i->beside = false;
        if (i->kind != ITEM_BOX) {
            row++;
            continue;
        }
        row += place_box(v, x, at, row);
        if (i[0].kind == ITEM_BOX && at + 1 < v->count && v->items[at + 1].beside &&
            v->columns >= WIDE && is_pair(v, at))
            at++;
    }
    v->page = row;
}

static void scroll(struct form_view *v)
{
    const struct item *i = form_focus(v);
    int rows = form_item_rows(v), first = i->row, last = i->row + i->rows - 1;
    if (i->kind == ITEM_BOX && i->box->shown)
        last++;
    if (v->columns < BESIDE && i->kind == ITEM_BOX)
        first--;
    /* The heading above the first field is worth seeing too. */
    if (v->focus == 1)
        first = 0;
    if (last >= v->top + rows)
        v->top = last - rows + 1;
    if (first < v->top)
        v->top = first;
    if (v->top + rows > v->page)
        v->top = v->page > rows ? v->page - rows : 0;
}

void form_lay_out(struct form_view *v, const struct context *x)
{
    if (v->rows == 0)
        return;
    form_list_items(v, x);
    form_place_items(v, x);
    scroll(v);
}

/* --- what it says
 * ------------------------------------------------------------------------------------ */

void form_box_show(const struct form_view *v, const struct context *x, struct text *out,
                   const struct box *b, const struct value *value)
{
    const struct part *p = value->type == VALUE_ID ? form_data_find(&v->data, &value->id) : NULL;
    if (!p || !p->fresh) {
        value_show(out, x->db, v->names, x->lang, b->field, value);
        return;
    }
    text_adds(out, message_get(x->lang, MSG_FORM_NEW_ORGANIZATION));
}

/* Is it said of a record in a list? */
static bool is_telling(const struct part *p, const struct box *b)
{
    static const char *const silent[] = {"confidentiality", "source",  "confidence",
                                         "as_of",           "all_day", "status"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (!strcmp(b->field->column, silent[i]))
            return false;
    if (p->kind == RECORD_TERM_LINK && b->now.type == VALUE_INT &&
        b->now.integer == VALUE_LINK_TYPE_SERVICE_TYPE)
        return false;
    return !form_box_hidden(p, b) && b->now.type != VALUE_NULL;
}

static int add_summary(const struct form_view *v, const struct context *x, struct text *out,
                       const struct part *p, int said)
{
    for (size_t i = 0; i < p->count && said < SUMMARY_MOST; i++) {
        const struct box *b = &p->boxes[i], *pair = b;
        if (b->field->lang == FIELD_EN)
            continue;
        if (b->field->lang == FIELD_KM)
            pair = is_telling(p, b) && x->lang == LANG_KM ? b : is_telling(p, b + 1) ? b + 1 : b;
        if (!is_telling(p, pair))
            continue;
        text_adds(out, said++ > 0 ? NAMES_DOT : "");
        form_box_show(v, x, out, pair, &pair->now);
    }
    return said;
}

void form_part_summary(const struct form_view *v, const struct context *x, struct text *out,
                       const struct part *p)
{
    const struct box *all_day = form_box(p, FIELD_ID(SCHEDULE, all_day));
    int said = p->place ? add_summary(v, x, out, p->place, 0) : 0;
    said = add_summary(v, x, out, p, said);
    if (all_day && all_day->now.type == VALUE_INT && all_day->now.integer == VALUE_ANSWER_YES) {
        text_adds(out, said++ > 0 ? NAMES_DOT : "");
        text_adds(out, message_get(x->lang, MSG_DETAIL_OPEN_ALL_DAY));
    }
    if (said == 0)
        text_adds(out, message_get(x->lang, MSG_FORM_EMPTY_PART));
    const struct part *owner = form_data_find(&v->data, &p->owner);
    const struct part *root = form_data_root(&v->data);
    if (p->kind == RECORD_PHONE || p->kind == RECORD_CONTACT || p->kind == RECORD_SCHEDULE) {
        if (owner && owner->kind == RECORD_LOCATION)
            text_addf(out, " (%s)", value_kind_label(x->lang, RECORD_LOCATION));
        else if (owner != root && !uuid_is_nil(&p->owner))
            text_addf(out, " (%s)", value_kind_label(x->lang, RECORD_ORGANIZATION));
    }
}
