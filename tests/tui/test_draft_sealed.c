/* Drafts with confidential parts: the PIN is asked for in time, nothing is kept in clear, and
 * nothing that was typed goes without a word. */
#include "tests/tui/kept.h"

#include "db/restricted.h"
#include "tui/app_state.h"

#define PIN "482719"

/* The form of a new shelter; parts of it are made as keys do, without their pickers. */
struct shelter {
    struct kept kept;
    struct context x;
    struct form_view *form;
    struct part *place;
};

static struct box *place_box(struct shelter *h, int field)
{
    return form_box(h->place->place, field);
}

static void open_shelter(struct shelter *h)
{
    struct part *kind;
    open_kept(&h->kept, LANG_EN);
    h->x = (struct context){
        .db = h->kept.screen.db, .lang = LANG_EN, .now = test_now, .app = h->kept.screen.app};
    h->form = (struct form_view *)form_new(&h->x, RECORD_SERVICE, "0702");
    app_push(h->kept.screen.app, &h->form->view);
    screen_type(&h->kept.screen, "House of rest");
    assert_int_equal(form_data_add(&h->form->data, RECORD_TERM_LINK, NULL, &kind), STATUS_OK);
    struct value shelter = {.type = VALUE_TEXT, .text = {.bytes = "A3", .len = 2}};
    form_box_put(form_box(kind, FIELD_ID(TERM_LINK, term)), &shelter);
    assert_int_equal(form_data_add(&h->form->data, RECORD_SERVICE_AT_LOCATION, NULL, &h->place),
                     STATUS_OK);
}

static void close_shelter(struct shelter *h)
{
    struct text path = TEXT_INIT;
    assert_true(restricted_path(h->kept.screen.db, &path));
    close_kept(&h->kept);
    unlink(path.bytes);
    text_release(&path);
}

static void type_place(struct shelter *h)
{
    struct value area = {.type = VALUE_TEXT, .text = {.bytes = "070203", .len = 6}};
    form_box_put(place_box(h, FIELD_ID(LOCATION, area)), &area);
    type_into(&h->form->data, place_box(h, FIELD_ID(LOCATION, address_en)), "behind the mill");
    form_touch(h->form);
}

static void let_time_pass(struct kept *k)
{
    static int64_t ms;
    app_tick(k->screen.app, ms += 1000);
    app_tick(k->screen.app, ms += 1500);
}

static void set_pin(struct kept *k)
{
    for (int i = 0; i < 2; i++) {
        screen_type(&k->screen, PIN);
        screen_press(&k->screen, SPECIAL_ENTER, 1);
    }
    assert_int_equal(restricted_level(k->screen.db), LEVEL_OFFICIALS);
}

static bool draft_holds(const struct shelter *h, const char *words)
{
    struct text bytes = TEXT_INIT;
    assert_true(h->form->draft.path && draft_get(h->form->draft.path, &bytes));
    bool holds = strstr(bytes.bytes, words) != NULL;
    text_release(&bytes);
    return holds;
}

static void the_pin_is_asked_before_a_shelters_place_is_typed(void **state)
{
    (void)state;
    struct shelter h;
    open_shelter(&h);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    assert_shows(&h.kept.screen, message_get(LANG_EN, MSG_UNLOCK_PIN));
    set_pin(&h.kept);
    assert_ptr_equal(app_top(h.kept.screen.app), &h.form->view);
    type_place(&h);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "House of rest"));
    assert_true(draft_holds(&h, "\nsealed\t"));
    assert_false(draft_holds(&h, "behind the mill"));
    close_shelter(&h);
}

static struct form_view *opened_again(struct shelter *h, int answer)
{
    screen_press(&h->kept.screen, SPECIAL_ENTER, 1); /* the only draft of the list */
    screen_press(&h->kept.screen, SPECIAL_DOWN, answer);
    screen_press(&h->kept.screen, SPECIAL_ENTER, 1);
    return (struct form_view *)app_top(h->kept.screen.app);
}

static void a_sealed_draft_is_not_opened_without_its_pin(void **state)
{
    (void)state;
    struct shelter h;
    open_shelter(&h);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    set_pin(&h.kept);
    type_place(&h);
    let_time_pass(&h.kept);
    restricted_lock(h.kept.screen.db);
    begin_again(&h.kept, LANG_EN);
    (void)opened_again(&h, 0);
    assert_shows(&h.kept.screen, message_get(LANG_EN, MSG_UNLOCK_PIN));
    screen_type(&h.kept.screen, PIN);
    screen_press(&h.kept.screen, SPECIAL_ENTER, 2); /* the PIN, and once more: bring it back */
    struct form_view *form = (struct form_view *)app_top(h.kept.screen.app);
    bool found = false;
    for (size_t i = 0; i < form->data.count; i++) {
        const struct box *b = form_box(form->data.parts[i], FIELD_ID(LOCATION, address_en));
        found = found || (b && !strcmp(b->edit.text.bytes, "behind the mill"));
    }
    assert_true(found);
    close_shelter(&h);
}

/* The address stood in the draft before the service became a shelter: until the PIN is set, or
 * refused, the draft of before stays. */
static void nothing_is_lost_while_the_pin_is_asked_for(void **state)
{
    (void)state;
    struct shelter h;
    open_shelter(&h);
    form_data_remove(h.form->data.parts[2]); /* no shelter yet */
    type_place(&h);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "behind the mill"));
    form_data_restore(h.form->data.parts[2]);
    form_touch(h.form);
    let_time_pass(&h.kept);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "behind the mill"));
    set_pin(&h.kept);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "\nsealed\t"));
    assert_false(draft_holds(&h, "behind the mill"));
    close_shelter(&h);
}

static void what_no_pin_could_keep_is_said_before_the_save(void **state)
{
    (void)state;
    struct shelter h;
    open_shelter(&h);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    screen_press(&h.kept.screen, SPECIAL_ESCAPE, 1);
    type_place(&h);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "\nleft\t1\n"));
    assert_false(draft_holds(&h, "behind the mill"));
    begin_again(&h.kept, LANG_EN);
    h.form = opened_again(&h, 1);
    assert_shows(&h.kept.screen, "could not be kept: 2");
    form_touch(h.form);
    screen_press(&h.kept.screen, SPECIAL_ESCAPE, 1);
    let_time_pass(&h.kept);
    assert_true(draft_holds(&h, "\nleft\t2\n"));
    close_shelter(&h);
}

static void a_sealed_place_proposes_its_district_as_the_area_served(void **state)
{
    (void)state;
    struct shelter h;
    struct part *served = NULL;
    open_shelter(&h);
    for (size_t i = 0; i < h.form->data.count; i++)
        if (h.form->data.parts[i]->kind == RECORD_SERVICE_AREA)
            form_data_remove(h.form->data.parts[i]);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    set_pin(&h.kept);
    type_place(&h);
    assert_true(form_propose_area(h.form, &h.x));
    assert_shows(&h.kept.screen, "has to say publicly which district");
    for (size_t i = 0; i < h.form->data.count; i++)
        if (h.form->data.parts[i]->kind == RECORD_SERVICE_AREA && !h.form->data.parts[i]->removed)
            served = h.form->data.parts[i];
    assert_non_null(served);
    assert_string_equal(form_box(served, FIELD_ID(SERVICE_AREA, area))->now.text.bytes, "0702");
    assert_false(form_propose_area(h.form, &h.x));
    close_shelter(&h);
}

static void a_second_level_asks_for_its_own_pin(void **state)
{
    (void)state;
    struct shelter h;
    bool has = false;
    open_shelter(&h);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    set_pin(&h.kept);
    struct value focal = {.type = VALUE_INT, .integer = LEVEL_FOCAL_PERSON};
    form_box_put(place_box(&h, FIELD_ID(LOCATION, confidentiality)), &focal);
    screen_press(&h.kept.screen, SPECIAL_TAB, 1);
    for (int i = 0; i < 2; i++) {
        screen_type(&h.kept.screen, "739105");
        screen_press(&h.kept.screen, SPECIAL_ENTER, 1);
    }
    assert_int_equal(restricted_level(h.kept.screen.db), LEVEL_FOCAL_PERSON);
    assert_int_equal(restricted_has_pin(h.kept.screen.db, LEVEL_FOCAL_PERSON, &has), STATUS_OK);
    assert_true(has);
    assert_ptr_equal(app_top(h.kept.screen.app), &h.form->view);
    close_shelter(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pin_is_asked_before_a_shelters_place_is_typed),
        cmocka_unit_test(a_sealed_draft_is_not_opened_without_its_pin),
        cmocka_unit_test(nothing_is_lost_while_the_pin_is_asked_for),
        cmocka_unit_test(what_no_pin_could_keep_is_said_before_the_save),
        cmocka_unit_test(a_sealed_place_proposes_its_district_as_the_area_served),
        cmocka_unit_test(a_second_level_asks_for_its_own_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
