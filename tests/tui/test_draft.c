/* Drafts: what is kept, when, that it comes back as it was typed, and what is asked about it. */
#include "tests/tui/kept.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "db/op.h"
#include "db/search.h"

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
        cmocka_unit_test(a_draft_belongs_to_who_writes_it),
        cmocka_unit_test(a_draft_of_what_others_changed_asks_field_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
