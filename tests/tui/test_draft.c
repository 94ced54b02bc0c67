/* Drafts: what is kept, when, that it comes back as it was typed, and what is asked about it. */
#include "tests/tui/screen.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "db/op.h"
#include "db/restricted.h"
#include "db/search.h"
#include "tui/app_state.h"
#include "tui/form_view.h"

static const struct person approver = {
    .name = "Sok Dara", .office = "WCCC", .role = VALUE_ROLE_APPROVER};

struct kept {
    struct screen screen;
    char folder[512];
};

static void begin_app(struct kept *k, enum lang lang)
{
    struct app_options options = {.lang = lang,
                                  .now = test_now,
                                  .file = k->screen.path,
                                  .drafts = k->folder,
                                  .person = approver};
    k->screen.app = app_new(k->screen.db, &options);
    app_resize(k->screen.app, 24, 80);
    app_set_person(k->screen.app, &approver);
}

static void open_kept(struct kept *k, enum lang lang)
{
    const char *tmp = getenv("TMPDIR");
    screen_open(&k->screen, lang, 24, 80);
    app_free(k->screen.app);
    snprintf(k->folder, sizeof k->folder, "%s/drafts-%d/in/here", tmp ? tmp : "/tmp",
             (int)getpid());
    begin_app(k, lang);
}

static void close_kept(struct kept *k)
{
    char command[600];
    screen_close(&k->screen);
    snprintf(command, sizeof command, "rm -rf '%s'", k->folder);
    assert_int_equal(system(command), 0);
}

/* As after a crash: the app goes without a word, a new one begins on the same files. */
static void begin_again(struct kept *k, enum lang lang)
{
    app_free(k->screen.app);
    begin_app(k, lang);
}

static size_t files(const struct kept *k, const char *end)
{
    size_t n = 0;
    const struct dirent *e;
    DIR *d = opendir(k->folder);
    while (d && (e = readdir(d))) {
        size_t len = strlen(e->d_name), tail = strlen(end);
        n += len > tail && !strcmp(e->d_name + len - tail, end);
    }
    if (d)
        closedir(d);
    return n;
}

static void edit_helpline(struct kept *k)
{
    screen_press(&k->screen, SPECIAL_F3, 1);
    screen_type(&k->screen, "1280");
    screen_press(&k->screen, SPECIAL_F4, 1);
    screen_draw(&k->screen);
}

static void a_draft_is_at_most_two_seconds_old(void **state)
{
    (void)state;
    struct kept k;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_type(&k.screen, "X");
    /* Somebody types on and on; the loop ticks every quarter of a second. */
    int64_t ms = 1000;
    for (int i = 0; i < 7; i++, ms += 250) {
        screen_type(&k.screen, "y");
        app_tick(k.screen.app, ms);
    }
    assert_int_equal(files(&k, ".draft"), 1);
    close_kept(&k);
}

static void leaving_a_field_keeps_it_at_once(void **state)
{
    (void)state;
    struct kept k;
    struct stat st;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_type(&k.screen, "X");
    assert_int_equal(files(&k, ".draft"), 0);
    screen_press(&k.screen, SPECIAL_TAB, 1);
    assert_int_equal(files(&k, ".draft"), 1);
    assert_int_equal(stat(k.folder, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    struct draft_list none;
    draft_list_load(k.folder, k.screen.path, &none);
    assert_int_equal(none.count, 0); /* this program holds it */
    draft_list_release(&none);
    close_kept(&k);
}

static void the_next_start_brings_it_back(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct kept k;
        open_kept(&k, (enum lang)lang);
        edit_helpline(&k);
        screen_type(&k.screen, " \\ថ្មី\t");
        screen_press(&k.screen, SPECIAL_DOWN, 8);
        begin_again(&k, (enum lang)lang);
        assert_shows(&k.screen, lang == LANG_EN ? "Typed, but not saved" : "មិនទាន់រក្សាទុក");
        screen_press(&k.screen, SPECIAL_ENTER, 1);
        golden_check(&k.screen, "form_draft", (enum lang)lang);
        screen_press(&k.screen, SPECIAL_ENTER, 1);
        assert_shows(&k.screen, "\\ថ្មី");
        screen_press(&k.screen, SPECIAL_CTRL_S, 2);
        assert_int_equal(files(&k, ".draft"), 0);
        assert_int_equal(files(&k, ".lock"), 0);
        close_kept(&k);
    }
}

static void comparing_shows_what_differs(void **state)
{
    (void)state;
    struct kept k;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_press(&k.screen, SPECIAL_TAB, 1);
    screen_type(&k.screen, " new");
    begin_again(&k, LANG_EN);
    screen_press(&k.screen, SPECIAL_ENTER, 1);
    screen_press(&k.screen, SPECIAL_DOWN, 1);
    screen_press(&k.screen, SPECIAL_ENTER, 1);
    assert_shows(&k.screen, "Service: changed");
    assert_shows(&k.screen, "(CHC) new");
    close_kept(&k);
}

static void throwing_it_away_leaves_nothing(void **state)
{
    (void)state;
    struct kept k;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_type(&k.screen, "X");
    begin_again(&k, LANG_EN);
    screen_press(&k.screen, SPECIAL_ENTER, 1);
    screen_press(&k.screen, SPECIAL_END, 1);
    screen_press(&k.screen, SPECIAL_ENTER, 1);
    assert_shows(&k.screen, "Name and kind");
    assert_int_equal(files(&k, ""), 2); /* . and .. */
    screen_press(&k.screen, SPECIAL_ESCAPE, 1);
    assert_shows(&k.screen, "There are no drafts.");
    close_kept(&k);
}

static void opening_the_entry_offers_it_too(void **state)
{
    (void)state;
    struct kept k;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_type(&k.screen, "X");
    begin_again(&k, LANG_EN);
    screen_press(&k.screen, SPECIAL_ESCAPE, 1);
    edit_helpline(&k);
    assert_shows(&k.screen, "Something typed before was not saved");
    screen_press(&k.screen, SPECIAL_ESCAPE, 1);
    assert_int_equal(files(&k, ".draft"), 1);
    close_kept(&k);
}

static void several_drafts_wait_side_by_side(void **state)
{
    (void)state;
    static const char *const words[] = {"1280", "117", "119"};
    struct kept k;
    open_kept(&k, LANG_EN);
    for (size_t i = 0; i < 3; i++) {
        screen_press(&k.screen, SPECIAL_F3, 1);
        screen_press(&k.screen, SPECIAL_CTRL_U, 1);
        screen_type(&k.screen, words[i]);
        screen_press(&k.screen, SPECIAL_F4, 1);
        screen_type(&k.screen, "X");
        screen_press(&k.screen, SPECIAL_ESCAPE, 1);
        screen_press(&k.screen, SPECIAL_DOWN, 2);
        screen_press(&k.screen, SPECIAL_ENTER, 1); /* put it aside */
    }
    assert_int_equal(files(&k, ".draft"), 3);
    begin_again(&k, LANG_EN);
    struct draft_list list;
    draft_list_load(k.folder, k.screen.path, &list);
    assert_int_equal(list.count, 3);
    draft_list_release(&list);
    draft_list_load(k.folder, "/another/directory.db", &list);
    assert_int_equal(list.count, 0);
    draft_list_release(&list);
    close_kept(&k);
}

/* --- what comes back
 * --------------------------------------------------------------------------------- */

static void load_helpline(struct db *db, struct form_data *d)
{
    struct query q = {.words = "1280", .lang = LANG_EN};
    struct result found;
    assert_int_equal(search_run(db, &q, &found), STATUS_OK);
    assert_int_equal(form_data_load(db, RECORD_SERVICE, &found.rows[0].id, d), STATUS_OK);
    result_release(&found);
}

static void type_into(struct form_data *d, struct box *b, const char *s)
{
    edit_set(&b->edit, s, strlen(s));
    form_box_read(d, b);
}

static void assert_same_boxes(const struct form_data *a, const struct form_data *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct part *p = a->parts[i], *q = form_data_find(b, &p->id);
        assert_non_null(q);
        assert_int_equal(p->removed, q->removed);
        assert_int_equal(p->fresh, q->fresh);
        for (size_t k = 0; k < p->count; k++) {
            const struct box *x = &p->boxes[k], *y = &q->boxes[k];
            assert_string_equal(x->edit.text.bytes, y->edit.text.bytes);
            assert_int_equal(x->fault.kind, y->fault.kind);
            assert_true(value_equal(&x->now, &y->now));
        }
    }
}

static void everything_typed_comes_back_as_it_was(void **state)
{
    (void)state;
    struct kept k;
    struct form_data d, back;
    struct part *phone, *place, *hours;
    struct text bytes = TEXT_INIT;
    struct draft_lack lack;
    open_kept(&k, LANG_EN);
    load_helpline(k.screen.db, &d);
    struct part *root = form_data_root(&d);
    type_into(&d, form_box(root, FIELD_ID(SERVICE, description_en)), "a\tb\\n\\\nline two\n\n");
    type_into(&d, form_box(root, FIELD_ID(SERVICE, next_check)), "31/02/2026");
    type_into(&d, form_box(root, FIELD_ID(SERVICE, minimum_age)), "");
    assert_int_equal(form_data_add(&d, RECORD_PHONE, NULL, &phone), STATUS_OK);
    type_into(&d, form_box(phone, FIELD_ID(PHONE, number)), "not a number yet");
    assert_int_equal(form_data_add(&d, RECORD_SERVICE_AT_LOCATION, NULL, &place), STATUS_OK);
    struct value area = {.type = VALUE_TEXT, .text = {.bytes = "070203", .len = 6}};
    form_box_put(form_box(place->place, FIELD_ID(LOCATION, area)), &area);
    type_into(&d, form_box(place->place, FIELD_ID(LOCATION, latitude)), "10.6132177");
    assert_int_equal(form_data_add(&d, RECORD_SCHEDULE, NULL, &hours), STATUS_OK);
    for (size_t i = 1; i < d.count; i++)
        if (d.parts[i]->kind == RECORD_PHONE && !d.parts[i]->fresh) {
            form_data_remove(d.parts[i]);
            break;
        }
    struct draft_head head = {k.screen.path,      1782871200000,        "07",          "because",
                              VALUE_METHOD_PHONE, VALUE_RESULT_CHANGED, "new\tnumber", 0};
    draft_write(&d, &head, &bytes);
    assert_int_equal(draft_read(k.screen.db, bytes.bytes, bytes.len, &back, &lack), STATUS_OK);
    assert_int_equal(lack.missing, 0);
    assert_int_equal(lack.locked, 0);
    assert_same_boxes(&d, &back);
    assert_ptr_not_equal(form_data_find(&back, &place->id)->place, NULL);
    assert_true(uuid_equal(&form_data_find(&back, &place->id)->place->id, &place->place->id));
    struct arena arena = {0};
    struct draft_row row;
    struct draft_head again;
    assert_true(draft_read_row(bytes.bytes, bytes.len, &arena, &row, &again));
    assert_string_equal(again.reason, "because");
    assert_string_equal(again.area, "07");
    assert_int_equal(again.method, VALUE_METHOD_PHONE);
    assert_int_equal(again.result, VALUE_RESULT_CHANGED);
    assert_string_equal(again.note, "new\tnumber");
    assert_true(uuid_equal(&row.record, &root->id));
    arena_release(&arena);
    form_data_release(&back);
    form_data_release(&d);
    text_release(&bytes);
    close_kept(&k);
}

/* Cut anywhere or with a byte changed a draft is refused or read as far as it goes; never a crash,
 * and never a change of the directory. */
static void a_damaged_draft_does_no_harm(void **state)
{
    (void)state;
    struct kept k;
    struct form_data d, back;
    struct text bytes = TEXT_INIT;
    uint32_t random = 7;
    open_kept(&k, LANG_EN);
    load_helpline(k.screen.db, &d);
    type_into(&d, form_box(form_data_root(&d), FIELD_ID(SERVICE, name_en)), "name\twith\ntabs");
    struct draft_head head = {k.screen.path, 1, "", "", 0, 0, NULL, 0};
    draft_write(&d, &head, &bytes);
    for (int i = 0; i < 300; i++) {
        size_t at;
        struct draft_lack lack;
        random = random * 1664525U + 1013904223U;
        at = random / 7 % bytes.len;
        char *copy = mem_strndup(bytes.bytes, bytes.len);
        if (i % 2)
            copy[at] = (char)(random >> 24);
        size_t len = i % 2 ? bytes.len : at;
        if (draft_read(k.screen.db, copy, len, &back, &lack) == STATUS_OK)
            form_data_release(&back);
        free(copy);
    }
    form_data_release(&d);
    text_release(&bytes);
    close_kept(&k);
}

static void what_is_confidential_is_never_in_clear(void **state)
{
    (void)state;
    struct kept k;
    struct form_data d;
    struct part *phone;
    struct text bytes = TEXT_INIT;
    open_kept(&k, LANG_EN);
    load_helpline(k.screen.db, &d);
    assert_int_equal(form_data_add(&d, RECORD_PHONE, NULL, &phone), STATUS_OK);
    type_into(&d, form_box(phone, FIELD_ID(PHONE, number)), "099 777 666");
    struct value level = {.type = VALUE_INT, .integer = VALUE_CONFIDENTIALITY_OFFICIALS};
    form_box_put(form_box(phone, FIELD_ID(PHONE, confidentiality)), &level);
    struct draft_head head = {k.screen.path, 1, "", "", 0, 0, NULL, 0};
    draft_write(&d, &head, &bytes);
    assert_null(strstr(bytes.bytes, "099 777 666"));
    assert_null(strstr(bytes.bytes, "85599777666"));
    form_data_release(&d);
    text_release(&bytes);
    close_kept(&k);
}

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

/* Two programs: what the one that lives holds is not offered to the other. */
static void a_draft_belongs_to_who_writes_it(void **state)
{
    (void)state;
    struct kept k;
    struct uuid id;
    struct draft first, second;
    open_kept(&k, LANG_EN);
    assert_int_equal(uuid_new(1, &id), STATUS_OK);
    assert_true(draft_claim(k.folder, &id, &first));
    assert_int_equal(draft_put(&first, "one", 3), STATUS_OK);
    assert_true(draft_claim(k.folder, &id, &second));
    assert_string_not_equal(first.path, second.path);
    assert_int_equal(draft_put(&second, "two", 3), STATUS_OK);
    pid_t child = fork();
    if (child == 0) {
        struct draft taken;
        _exit(draft_take(first.path, &taken) ? 1 : 0);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    char *path = mem_strdup(first.path);
    draft_release(&first, false);
    assert_true(draft_take(path, &first));
    struct text bytes = TEXT_INIT;
    assert_true(draft_get(path, &bytes));
    assert_string_equal(bytes.bytes, "one");
    text_release(&bytes);
    free(path);
    draft_release(&first, true);
    draft_release(&second, true);
    assert_int_equal(files(&k, ""), 2);
    close_kept(&k);
}

static void a_draft_of_what_others_changed_asks_field_by_field(void **state)
{
    (void)state;
    struct kept k;
    struct form_data d;
    open_kept(&k, LANG_EN);
    edit_helpline(&k);
    screen_press(&k.screen, SPECIAL_CTRL_U, 1);
    screen_type(&k.screen, "ឈ្មោះ");
    app_free(k.screen.app);
    load_helpline(k.screen.db, &d);
    struct field_value f[] = {
        {FIELD_ID(SERVICE, name_km), {.type = VALUE_TEXT, .text = {.bytes = "កុមារ", .len = 15}}}};
    struct change c = {.kind = OP_SET,
                       .record_kind = RECORD_SERVICE,
                       .record = form_data_root(&d)->id,
                       .area = "",
                       .fields = f,
                       .field_count = 1,
                       .actor = "Chan",
                       .reason = ""};
    assert_int_equal(op_append(k.screen.db, &c, NULL), STATUS_OK);
    form_data_release(&d);
    begin_app(&k, LANG_EN);
    screen_press(&k.screen, SPECIAL_ENTER, 2);
    assert_shows(&k.screen, "Changed meanwhile by: Chan");
    assert_shows(&k.screen, "theirs");
    close_kept(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_at_most_two_seconds_old),
        cmocka_unit_test(leaving_a_field_keeps_it_at_once),
        cmocka_unit_test(the_next_start_brings_it_back),
        cmocka_unit_test(comparing_shows_what_differs),
        cmocka_unit_test(throwing_it_away_leaves_nothing),
        cmocka_unit_test(opening_the_entry_offers_it_too),
        cmocka_unit_test(several_drafts_wait_side_by_side),
        cmocka_unit_test(everything_typed_comes_back_as_it_was),
        cmocka_unit_test(a_damaged_draft_does_no_harm),
        cmocka_unit_test(what_is_confidential_is_never_in_clear),
        cmocka_unit_test(the_pin_is_asked_before_a_shelters_place_is_typed),
        cmocka_unit_test(a_sealed_draft_is_not_opened_without_its_pin),
        cmocka_unit_test(nothing_is_lost_while_the_pin_is_asked_for),
        cmocka_unit_test(what_no_pin_could_keep_is_said_before_the_save),
        cmocka_unit_test(a_second_level_asks_for_its_own_pin),
        cmocka_unit_test(a_draft_belongs_to_who_writes_it),
        cmocka_unit_test(a_draft_of_what_others_changed_asks_field_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
