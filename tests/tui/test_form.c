/* The form: what is on it, typing, checking, saving, records of lists, twins and conflicts; golden
 * screens. */
#include "tests/tui/screen.h"

#include "db/op.h"
#include "db/rule.h"
#include "db/search.h"
#include "tests/bad_values.h"
#include "tui/form_view.h"

static const struct person approver = {
    .name = "Sok Dara", .office = "WCCC", .role = VALUE_ROLE_APPROVER};

static void open_as_approver(struct screen *s, enum lang lang, int rows, int columns)
{
    screen_open(s, lang, rows, columns);
    app_set_person(s->app, &approver);
}

static void edit_found(struct screen *s, const char *words)
{
    app_set_person(s->app, &approver);
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, words);
    screen_press(s, SPECIAL_F4, 1);
}

/* --- golden screens
 * ---------------------------------------------------------------------------------- */

static void go_helpline(struct screen *s)
{
    edit_found(s, "1280");
}

static void go_new(struct screen *s)
{
    app_set_person(s->app, &approver);
    screen_press(s, SPECIAL_DOWN, 7);
    screen_press(s, SPECIAL_ENTER, 1);
    screen_press(s, SPECIAL_INSERT, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_choose_new(struct screen *s)
{
    app_set_person(s->app, &approver);
    screen_press(s, SPECIAL_INSERT, 1);
}

static void go_summary(struct screen *s)
{
    edit_found(s, "1280");
    screen_press(s, SPECIAL_TAB, 1);
    screen_type(s, " 24 hours");
    screen_press(s, SPECIAL_CTRL_S, 1);
    screen_type(s, "called them");
}

static void go_leave(struct screen *s)
{
    edit_found(s, "1280");
    screen_type(s, "x");
    screen_press(s, SPECIAL_ESCAPE, 1);
}

static void the_form_shows_an_entry(void **state)
{
    (void)state;
    golden_everywhere("form_helpline", go_helpline);
}

static void a_new_service_serves_the_area_one_stands_in(void **state)
{
    (void)state;
    golden_everywhere("form_new", go_new);
}

static void what_can_be_new_is_a_list(void **state)
{
    (void)state;
    golden_everywhere("form_choose_new", go_choose_new);
}

static void the_summary_tells_old_and_new(void **state)
{
    (void)state;
    golden_everywhere("form_summary", go_summary);
}

static void leaving_asks_what_becomes_of_changes(void **state)
{
    (void)state;
    golden_everywhere("form_leave", go_leave);
}

/* --- the form without the keys to get there
 * ---------------------------------------------------------- */

struct opened {
    struct screen screen;
    struct form_view *form;
    struct context x;
};

/* What app.c hands to views; the app itself takes the form and frees it. */
static struct context context_of(struct screen *s, enum lang lang)
{
    return (struct context){.db = s->db, .lang = lang, .now = test_now, .app = s->app};
}

static struct context *shared_context(void)
{
    static struct context x;
    return &x;
}

static void take(struct opened *o, struct view *v)
{
    assert_non_null(v);
    o->form = (struct form_view *)v;
    app_push(o->screen.app, v);
    screen_draw(&o->screen);
}

static void open_service(struct opened *o, enum lang lang, const char *words)
{
    struct query q = {.words = words, .lang = lang};
    struct result found;
    open_as_approver(&o->screen, lang, 24, 80);
    *shared_context() = context_of(&o->screen, lang);
    assert_int_equal(search_run(o->screen.db, &q, &found), STATUS_OK);
    assert_true(found.count > 0);
    take(o, form_open(shared_context(), RECORD_SERVICE, &found.rows[0].id));
    result_release(&found);
}

static void open_new(struct opened *o, enum lang lang, enum record_kind kind, const char *area)
{
    open_as_approver(&o->screen, lang, 24, 80);
    *shared_context() = context_of(&o->screen, lang);
    take(o, form_new(shared_context(), kind, area));
}

/* The part that has the field, made where there is none; the focus on the field. */
static struct box *focus_field(struct opened *o, int field)
{
    struct form_data *d = &o->form->data;
    const struct field *f = field_by_number(field);
    struct part *p = NULL;
    for (size_t i = 0; i < d->count && !p; i++)
        if (d->parts[i]->kind == f->kind && !d->parts[i]->removed)
            p = d->parts[i];
    enum record_kind made = f->kind == RECORD_LOCATION ? RECORD_SERVICE_AT_LOCATION : f->kind;
    if (!p) {
        struct part *added;
        assert_int_equal(form_data_add(d, made, NULL, &added), STATUS_OK);
        p = f->kind == RECORD_LOCATION ? added->place : added;
    }
    form_data_holder(d, p)->open = true;
    form_list_items(o->form, shared_context());
    assert_true(form_focus_on(o->form, p, form_box(p, field)));
    form_lay_out(o->form, shared_context());
    return form_box(p, field);
}

static void type(struct opened *o, const char *words)
{
    app_paste(o->screen.app, words, strlen(words));
}

static enum record_kind root_for(const struct field *f)
{
    static const enum record_kind own[] = {RECORD_ORGANIZATION, RECORD_PROGRAM, RECORD_AREA_ALERT};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (f->kind == own[i])
            return own[i];
    return RECORD_SERVICE;
}

/* Draws in all sizes and both languages what `go` did with the form. */
static void golden_form(const char *name, void (*go)(struct opened *o, enum lang lang))
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct opened o;
        go(&o, (enum lang)lang);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            screen_resize(&o.screen, sizes[i][0], sizes[i][1]);
            golden_check(&o.screen, name, (enum lang)lang);
        }
        screen_close(&o.screen);
    }
}

static void go_phone(struct opened *o, enum lang lang)
{
    open_service(o, lang, "1280");
    focus_field(o, FIELD_ID(PHONE, number));
    screen_press(&o->screen, SPECIAL_CTRL_U, 1);
    type(o, "023 22");
    screen_press(&o->screen, SPECIAL_TAB, 1);
}

static void a_bad_telephone_is_said_where_it_stands(void **state)
{
    (void)state;
    golden_form("form_phone", go_phone);
}

static void go_areas(struct opened *o, enum lang lang)
{
    open_new(o, lang, RECORD_SERVICE, "07");
    focus_field(o, FIELD_ID(LOCATION, area));
    type(o, "chhuk");
}

static void areas_are_found_by_a_part_of_their_name(void **state)
{
    (void)state;
    golden_form("form_areas", go_areas);
}

static void go_days(struct opened *o, enum lang lang)
{
    open_new(o, lang, RECORD_SERVICE, "07");
    focus_field(o, FIELD_ID(SCHEDULE, days));
    screen_press(&o->screen, SPECIAL_ENTER, 1);
}

static void days_are_switched_on_and_off(void **state)
{
    (void)state;
    struct opened o;
    golden_form("form_days", go_days);
    go_days(&o, LANG_EN);
    screen_press(&o.screen, SPECIAL_END, 1);
    screen_press(&o.screen, SPECIAL_UP, 1);
    screen_press(&o.screen, SPECIAL_ENTER, 1); /* Sunday on */
    screen_press(&o.screen, SPECIAL_DOWN, 1);
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    assert_int_equal(o.form->mode, MODE_FILL);
    for (size_t i = 0; i < o.form->data.count; i++)
        if (o.form->data.parts[i]->kind == RECORD_SCHEDULE)
            assert_int_equal(form_box(o.form->data.parts[i], FIELD_ID(SCHEDULE, days))->now.integer,
                             31 + 64);
    screen_close(&o.screen);
}

static void areas_are_gone_through_from_the_province_down(void **state)
{
    (void)state;
    struct opened o;
    open_new(&o, LANG_EN, RECORD_SERVICE, "");
    struct box *b = focus_field(&o, FIELD_ID(LOCATION, area));
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    while (o.form->pick.selected < o.form->pick.count &&
           strcmp(o.form->pick.rows[o.form->pick.selected].value.text.bytes, "07"))
        screen_press(&o.screen, SPECIAL_DOWN, 1);
    screen_press(&o.screen, SPECIAL_RIGHT, 1);
    screen_press(&o.screen, SPECIAL_DOWN, 2);
    screen_press(&o.screen, SPECIAL_RIGHT, 1);
    screen_press(&o.screen, SPECIAL_LEFT, 1);
    screen_press(&o.screen, SPECIAL_RIGHT, 1);
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    assert_int_equal(b->now.type, VALUE_TEXT);
    assert_int_equal(b->now.text.len, 6);
    assert_int_equal(strncmp(b->now.text.bytes, "07", 2), 0);
    screen_close(&o.screen);
}

/* --- every field
 * ------------------------------------------------------------------------------------- */

static size_t times_on_form(const struct form_view *v, const struct part *p, const struct box *b)
{
    size_t n = 0;
    for (size_t i = 0; i < v->count; i++)
        n += v->items[i].part == p && v->items[i].box == b;
    return n;
}

static void every_field_is_on_its_form_once(void **state)
{
    (void)state;
    static const enum record_kind roots[] = {RECORD_SERVICE, RECORD_ORGANIZATION, RECORD_PROGRAM,
                                             RECORD_AREA_ALERT};
    for (size_t r = 0; r < sizeof roots / sizeof *roots; r++) {
        struct opened o;
        size_t lists;
        const enum record_kind *kinds = form_data_lists(roots[r], &lists);
        open_new(&o, LANG_KM, roots[r], "070203");
        for (size_t i = 0; i < lists; i++) {
            struct part *p;
            assert_int_equal(form_data_add(&o.form->data, kinds[i], NULL, &p), STATUS_OK);
        }
        form_list_items(o.form, shared_context());
        for (size_t i = 0; i < o.form->data.count; i++) {
            struct part *p = o.form->data.parts[i];
            for (size_t k = 0; k < p->count && p->open; k++) {
                size_t wanted = !form_box_hidden(p, &p->boxes[k]);
                if (times_on_form(o.form, p, &p->boxes[k]) != wanted)
                    fail_msg("%s.%s", kind_name(p->kind), p->boxes[k].field->column);
            }
        }
        screen_close(&o.screen);
    }
}

/* --- bad values
 * -------------------------------------------------------------------------------------- */

static struct part *part_of(struct opened *o, const struct box *b)
{
    for (size_t i = 0; i < o->form->data.count; i++)
        if (form_box(o->form->data.parts[i], b->field->number) == b)
            return o->form->data.parts[i];
    return NULL;
}

static void assert_named(struct opened *o, const struct field *f, enum lang lang, size_t row)
{
    char *text = screen_text(&o->screen);
    struct text label = TEXT_INIT;
    const char *whole = message_get(lang, f->label);
    text_add(&label, whole, width_clip(whole, strlen(whole), 10, NULL));
    if (!strstr(text, label.bytes))
        fail_msg("row %zu: %s is not named:\n%s", row, f->column, text);
    text_release(&label);
    free(text);
}

/* Nothing but what is on the list can be taken; where nothing is, what was typed stays there. */
static void refuse_picked(struct opened *o, const struct box *b, const char *bytes, size_t len)
{
    app_paste(o->screen.app, bytes, len);
    if (o->form->mode == MODE_PICK && o->form->pick.count == 0)
        assert_string_equal(o->form->pick.edit.text.bytes, bytes);
    screen_press(&o->screen, SPECIAL_ENTER, 1);
    if (b->now.type != VALUE_ID) /* a new organization is not stored yet */
        assert_int_equal(rule_check(o->screen.db, b->field, &b->now), STATUS_OK);
}

/* Where the bytes cannot be text they do not come in and "12" stays; else they stay themselves, and
 * the fault is said when the field is left. */
static void refuse_typed(struct opened *o, struct box *b, const struct bad_value *bad,
                         const char *bytes, size_t len)
{
    bool text = bad->why != BAD_UTF8 && bad->why != BAD_CHARACTER;
    edit_set(&b->edit, "", 0);
    if (!text)
        type(o, "12");
    app_paste(o->screen.app, bytes, len);
    if (!text) {
        assert_string_equal(b->edit.text.bytes, "12");
        return;
    }
    screen_press(&o->screen, SPECIAL_TAB, 1);
    assert_true(b->shown);
    assert_int_equal(b->edit.text.len, len - (len > 0 && bytes[len - 1] == '\n'));
    assert_memory_equal(b->edit.text.bytes, bytes, b->edit.text.len);
    screen_press(&o->screen, SPECIAL_CTRL_S, 1);
    assert_int_equal(o->form->mode, MODE_FILL);
    assert_memory_equal(b->edit.text.bytes, bytes, b->edit.text.len);
}

static void bad_values_stay_in_the_form_and_are_not_saved(void **state)
{
    (void)state;
    for (size_t i = 0; i < BAD_VALUES; i++) {
        const struct bad_value *bad = &bad_values[i];
        const struct field *f = field_by_number(bad->field);
        enum lang lang = i % 2 ? LANG_KM : LANG_EN;
        struct opened o;
        size_t len;
        if (f->type == FIELD_RECORD && strcmp(f->column, "organization"))
            continue; /* not typed: chosen from a list */
        /* A line feed or a tab that is pasted into one line is a space. */
        if (bad->why == BAD_CHARACTER && strpbrk(bad->text, "\n\t\r"))
            continue;
        char *bytes = bad_bytes(bad, &len);
        open_new(&o, lang, root_for(f), "070203");
        struct box *b = focus_field(&o, bad->field);
        if (b->picked)
            refuse_picked(&o, b, bytes, len);
        else
            refuse_typed(&o, b, bad, bytes, len);
        form_focus_on(o.form, part_of(&o, b), b);
        form_lay_out(o.form, shared_context());
        assert_named(&o, f, lang, i);
        free(bytes);
        screen_close(&o.screen);
    }
}

static void a_refused_paste_leaves_what_was_typed(void **state)
{
    (void)state;
    struct opened o;
    open_service(&o, LANG_EN, "1280");
    struct box *b = focus_field(&o, FIELD_ID(SERVICE, name_en));
    char *before = mem_strdup(b->edit.text.bytes);
    type(&o, "\x1b[31mred");
    assert_string_equal(b->edit.text.bytes, before);
    assert_shows(&o.screen, "Name (English): what you pasted");
    type(&o, "one\r\ntwo\tthree\n");
    assert_non_null(strstr(b->edit.text.bytes, "one two three"));
    free(before);
    screen_close(&o.screen);
}

/* --- saving
 * ------------------------------------------------------------------------------------------ */

static void load_one(struct db *db, enum record_kind kind, const struct uuid *id,
                     struct record_list *list)
{
    *list = (struct record_list){0};
    assert_int_equal(record_load(db, kind, id, list), STATUS_OK);
}

static void a_change_is_saved_with_its_reason(void **state)
{
    (void)state;
    struct opened o;
    struct record_list now;
    struct op_list ops;
    open_service(&o, LANG_EN, "1280");
    struct uuid id = form_data_root(&o.form->data)->id;
    focus_field(&o, FIELD_ID(SERVICE, minimum_age));
    screen_press(&o.screen, SPECIAL_CTRL_U, 1);
    screen_type(&o.screen, "៣");
    screen_press(&o.screen, SPECIAL_CTRL_S, 1);
    screen_type(&o.screen, "they said so");
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    load_one(o.screen.db, RECORD_SERVICE, &id, &now);
    assert_int_equal(record_int(&now.rows[0], FIELD_ID(SERVICE, minimum_age), -1), 3);
    record_list_release(&now);
    assert_int_equal(op_history(o.screen.db, &id, &ops), STATUS_OK);
    const struct op_row *last = &ops.rows[ops.count - 1];
    assert_string_equal(last->reason, "they said so");
    assert_non_null(strstr(last->actor, "Sok Dara"));
    op_list_release(&ops);
    screen_close(&o.screen);
}

static void a_new_service_and_its_organization_are_one_save(void **state)
{
    (void)state;
    struct opened o;
    struct record_list now, organization;
    open_new(&o, LANG_KM, RECORD_SERVICE, "070203");
    struct uuid id = form_data_root(&o.form->data)->id;
    type(&o, "មជ្ឈមណ្ឌលថ្មី");
    focus_field(&o, FIELD_ID(SERVICE, organization));
    type(&o, "អង្គការសាកល្បង");
    screen_press(&o.screen, SPECIAL_HOME, 1);
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    focus_field(&o, FIELD_ID(PHONE, number));
    type(&o, "012 999 888");
    screen_press(&o.screen, SPECIAL_CTRL_S, 2);
    load_one(o.screen.db, RECORD_SERVICE, &id, &now);
    const struct value *v = record_value(&now.rows[0], FIELD_ID(SERVICE, organization));
    assert_int_equal(v->type, VALUE_ID);
    load_one(o.screen.db, RECORD_ORGANIZATION, &v->id, &organization);
    assert_string_equal(record_text(&organization.rows[0], FIELD_ID(ORGANIZATION, name_km)),
                        "អង្គការសាកល្បង");
    struct record_list phones = {0};
    assert_int_equal(record_children(o.screen.db, RECORD_PHONE, &id, &phones), STATUS_OK);
    assert_int_equal(phones.count, 1);
    struct op_list ops;
    assert_int_equal(op_history(o.screen.db, &id, &ops), STATUS_OK);
    struct op_ref save = ops.rows[0].op;
    save.seq -= ops.rows[0].part;
    op_list_release(&ops);
    assert_int_equal(op_of_save(o.screen.db, &save, &ops), STATUS_OK);
    assert_int_equal(ops.count, 4); /* service, area served, organization, telephone */
    op_list_release(&ops);
    record_list_release(&phones);
    record_list_release(&organization);
    record_list_release(&now);
    screen_close(&o.screen);
}

static void what_must_be_there_is_asked_for(void **state)
{
    (void)state;
    struct opened o;
    open_new(&o, LANG_EN, RECORD_SERVICE, "");
    screen_press(&o.screen, SPECIAL_CTRL_S, 1);
    assert_shows(&o.screen, "Name: fill this in");
    type(&o, "Somewhere");
    screen_press(&o.screen, SPECIAL_CTRL_S, 1);
    assert_shows(&o.screen, "Organization: this must be filled in");
    assert_ptr_equal(form_focus(o.form)->box,
                     form_box(form_data_root(&o.form->data), FIELD_ID(SERVICE, organization)));
    screen_close(&o.screen);
}

static void ages_upside_down_are_said_when_the_field_is_left(void **state)
{
    (void)state;
    struct opened o;
    open_service(&o, LANG_EN, "1280");
    focus_field(&o, FIELD_ID(SERVICE, minimum_age));
    screen_press(&o.screen, SPECIAL_CTRL_U, 1);
    screen_type(&o.screen, "70");
    screen_press(&o.screen, SPECIAL_TAB, 1);
    assert_shows(&o.screen, "Oldest age: this must not be less than or before: Youngest age");
    screen_close(&o.screen);
}

static void a_removed_telephone_is_closed_and_may_be_kept_after_all(void **state)
{
    (void)state;
    struct opened o;
    struct record_list phones = {0};
    open_service(&o, LANG_EN, "1280");
    struct uuid id = form_data_root(&o.form->data)->id;
    struct box *b = focus_field(&o, FIELD_ID(PHONE, number));
    struct part *p = form_focus(o.form)->part;
    (void)b;
    while (form_focus(o.form)->kind != ITEM_PART)
        screen_press(&o.screen, SPECIAL_BACKTAB, 1);
    screen_press(&o.screen, SPECIAL_DELETE, 1);
    assert_true(p->removed);
    assert_shows(&o.screen, "is removed when you save");
    screen_press(&o.screen, SPECIAL_ENTER, 1);
    assert_false(p->removed);
    screen_press(&o.screen, SPECIAL_DELETE, 1);
    screen_press(&o.screen, SPECIAL_CTRL_S, 2);
    assert_int_equal(record_children(o.screen.db, RECORD_PHONE, &id, &phones), STATUS_OK);
    assert_int_equal(phones.count, 1);
    record_list_release(&phones);
    screen_close(&o.screen);
}

static void another_language_loses_nothing(void **state)
{
    (void)state;
    struct opened o;
    open_service(&o, LANG_EN, "1280");
    struct box *b = focus_field(&o, FIELD_ID(SERVICE, next_check));
    type(&o, "31/02/2026");
    app_command(o.screen.app, COMMAND_LANGUAGE);
    screen_draw(&o.screen);
    assert_string_equal(b->edit.text.bytes, "31/02/2026");
    screen_press(&o.screen, SPECIAL_CTRL_S, 1);
    assert_shows(&o.screen, "គ្មានថ្ងៃនេះទេ");
    screen_close(&o.screen);
}

static void twins_are_shown_while_a_number_is_typed(void **state)
{
    (void)state;
    struct opened o;
    open_new(&o, LANG_EN, RECORD_SERVICE, "");
    focus_field(&o, FIELD_ID(PHONE, number));
    type(&o, "1280");
    assert_shows(&o.screen, "Child Helpline Cambodia");
    screen_close(&o.screen);
}

static void a_viewer_is_told_why_not(void **state)
{
    (void)state;
    struct screen s;
    struct person viewer = {.name = "Sok Dara", .role = VALUE_ROLE_VIEWER};
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &viewer);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "1280");
    screen_press(&s, SPECIAL_F4, 1);
    assert_hides(&s, "Name and kind");
    screen_close(&s);
}

/* --- somebody else saved first
 * ----------------------------------------------------------------------- */

static void others_set(struct opened *o, int field, struct value v)
{
    struct field_value f[] = {{field, v}};
    struct change c = {.kind = OP_SET,
                       .record_kind = RECORD_SERVICE,
                       .record = form_data_root(&o->form->data)->id,
                       .area = "",
                       .fields = f,
                       .field_count = 1,
                       .actor = "Chan",
                       .reason = ""};
    assert_int_equal(op_append(o->screen.db, &c, NULL), STATUS_OK);
}

static struct value text_value(const char *s)
{
    return (struct value){.type = VALUE_TEXT, .text = {.bytes = s, .len = strlen(s)}};
}

static void different_fields_come_together(void **state)
{
    (void)state;
    struct opened o;
    struct record_list now;
    open_service(&o, LANG_EN, "1280");
    struct uuid id = form_data_root(&o.form->data)->id;
    focus_field(&o, FIELD_ID(SERVICE, minimum_age));
    screen_press(&o.screen, SPECIAL_CTRL_U, 1);
    screen_type(&o.screen, "4");
    others_set(&o, FIELD_ID(SERVICE, maximum_age),
               (struct value){.type = VALUE_INT, .integer = 17});
    screen_press(&o.screen, SPECIAL_CTRL_S, 2);
    assert_shows(&o.screen, "Both changes are kept");
    assert_int_equal(o.form->mode, MODE_SUMMARY);
    screen_press(&o.screen, SPECIAL_CTRL_S, 1);
    load_one(o.screen.db, RECORD_SERVICE, &id, &now);
    assert_int_equal(record_int(&now.rows[0], FIELD_ID(SERVICE, minimum_age), -1), 4);
    assert_int_equal(record_int(&now.rows[0], FIELD_ID(SERVICE, maximum_age), -1), 17);
    record_list_release(&now);
    screen_close(&o.screen);
}

static void meet(struct opened *o, enum lang lang)
{
    open_service(o, lang, "1280");
    focus_field(o, FIELD_ID(SERVICE, name_en));
    screen_press(&o->screen, SPECIAL_CTRL_U, 1);
    type(o, "My name");
    others_set(o, FIELD_ID(SERVICE, name_en), text_value("Their name"));
    screen_press(&o->screen, SPECIAL_CTRL_S, 2);
    assert_int_equal(o->form->mode, MODE_CONFLICT);
}

static void the_same_field_is_asked_about(void **state)
{
    (void)state;
    for (int mine = 0; mine < 2; mine++) {
        struct opened o;
        struct record_list now;
        meet(&o, LANG_EN);
        struct uuid id = form_data_root(&o.form->data)->id;
        assert_shows(&o.screen, "Child Helpline Cambodia (CHC)");
        assert_shows(&o.screen, "Their name");
        assert_shows(&o.screen, "My name");
        assert_shows(&o.screen, "Chan");
        screen_press(&o.screen, mine ? SPECIAL_RIGHT : SPECIAL_LEFT, 1);
        screen_press(&o.screen, SPECIAL_CTRL_S, 2);
        load_one(o.screen.db, RECORD_SERVICE, &id, &now);
        assert_string_equal(record_text(&now.rows[0], FIELD_ID(SERVICE, name_en)),
                            mine ? "My name" : "Their name");
        record_list_release(&now);
        screen_close(&o.screen);
    }
}

static void go_conflict(enum lang lang, int rows, int columns)
{
    struct opened o;
    meet(&o, lang);
    screen_resize(&o.screen, rows, columns);
    golden_check(&o.screen, "form_conflict", lang);
    screen_close(&o.screen);
}

static void the_conflict_shows_three_versions(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        go_conflict((enum lang)lang, 24, 80);
        go_conflict((enum lang)lang, 12, 40);
        go_conflict((enum lang)lang, 60, 200);
    }
}

static void a_record_others_closed_is_asked_about(void **state)
{
    (void)state;
    for (int mine = 0; mine < 2; mine++) {
        struct opened o;
        struct record_list phones = {0};
        open_service(&o, LANG_EN, "1280");
        struct uuid id = form_data_root(&o.form->data)->id;
        focus_field(&o, FIELD_ID(PHONE, number));
        struct change c = {.kind = OP_CLOSE,
                           .record_kind = RECORD_PHONE,
                           .record = form_focus(o.form)->part->id,
                           .area = "",
                           .actor = "Chan",
                           .reason = ""};
        assert_int_equal(op_append(o.screen.db, &c, NULL), STATUS_OK);
        screen_press(&o.screen, SPECIAL_CTRL_U, 1);
        type(&o, "012 111 222");
        screen_press(&o.screen, SPECIAL_CTRL_S, 2);
        assert_int_equal(o.form->mode, MODE_CONFLICT);
        assert_shows(&o.screen, "They removed this");
        screen_press(&o.screen, mine ? SPECIAL_RIGHT : SPECIAL_LEFT, 1);
        screen_press(&o.screen, SPECIAL_CTRL_S, 2);
        assert_int_equal(record_children(o.screen.db, RECORD_PHONE, &id, &phones), STATUS_OK);
        assert_int_equal(phones.count, mine ? 2 : 1);
        record_list_release(&phones);
        screen_close(&o.screen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_shows_an_entry),
        cmocka_unit_test(a_bad_telephone_is_said_where_it_stands),
        cmocka_unit_test(a_new_service_serves_the_area_one_stands_in),
        cmocka_unit_test(what_can_be_new_is_a_list),
        cmocka_unit_test(areas_are_found_by_a_part_of_their_name),
        cmocka_unit_test(the_summary_tells_old_and_new),
        cmocka_unit_test(leaving_asks_what_becomes_of_changes),
        cmocka_unit_test(days_are_switched_on_and_off),
        cmocka_unit_test(areas_are_gone_through_from_the_province_down),
        cmocka_unit_test(every_field_is_on_its_form_once),
        cmocka_unit_test(bad_values_stay_in_the_form_and_are_not_saved),
        cmocka_unit_test(a_refused_paste_leaves_what_was_typed),
        cmocka_unit_test(a_change_is_saved_with_its_reason),
        cmocka_unit_test(a_new_service_and_its_organization_are_one_save),
        cmocka_unit_test(what_must_be_there_is_asked_for),
        cmocka_unit_test(ages_upside_down_are_said_when_the_field_is_left),
        cmocka_unit_test(a_removed_telephone_is_closed_and_may_be_kept_after_all),
        cmocka_unit_test(another_language_loses_nothing),
        cmocka_unit_test(twins_are_shown_while_a_number_is_typed),
        cmocka_unit_test(a_viewer_is_told_why_not),
        cmocka_unit_test(different_fields_come_together),
        cmocka_unit_test(the_same_field_is_asked_about),
        cmocka_unit_test(the_conflict_shows_three_versions),
        cmocka_unit_test(a_record_others_closed_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
