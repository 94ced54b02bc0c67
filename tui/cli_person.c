/* `cpdir person [NAME]`: who is at the keyboard, and saying so. A name alone switches to somebody
 * who was here before; an unknown name with --name is a new person, who begins as a viewer in the
 * office and area of the one before. */
#include <stdlib.h>
#include <string.h>

#include "tui/cli.h"
#include "tui/identity.h"
#include "tui/names.h"

static const struct column columns[] = {
    {"name", CELL_TEXT}, {"office", CELL_TEXT}, {"role", CELL_TEXT}, {"area", CELL_TEXT}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int file_failed(const struct cli *c)
{
    char *path = identity_path();
    int code = path ? problem_tell(c->io, EXIT_DATABASE, MSG_PERSON_FILE, PROBLEM({"file", path}))
                    : problem_tell(c->io, EXIT_DATABASE, MSG_PROBLEM_NO_HOME, PROBLEM_PLAIN);
    free(path);
    return code;
}

/* --- showing --------------------------------------------------------------------------------- */

static void print_rows(const struct cli *c, const struct identities *all)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < all->count; i++) {
        const struct person *p = &all->rows[i];
        const char *cells[COLUMNS] = {p->name, *p->office ? p->office : NULL,
                                      enum_name("ROLE", p->role),
                                      *p->area ? p->area : AREA_COUNTRY_CODE};
        output_row(c->io->out, c->format, columns, COLUMNS, cells);
    }
}

static void add_line(struct text *out, enum lang lang, enum message label, const char *value)
{
    if (*value)
        text_addf(out, "%s: %s\n", message_get(lang, label), value);
}

static void print_others(const struct cli *c, const struct identities *all, struct text *out)
{
    struct text list = TEXT_INIT;
    for (size_t i = 1; i < all->count; i++)
        text_addf(&list, "%s%s", i > 1 ? ", " : "", all->rows[i].name);
    if (list.len)
        message_format(out, c->io->lang, MSG_PERSON_OTHERS, "list", list.bytes, (char *)NULL);
    text_release(&list);
}

/* Areas by name where the directory is open, by code otherwise. */
static void print_text(const struct cli *c, const struct identities *all)
{
    const struct person *p = &all->rows[0];
    enum message role = MSG_ROLE_VIEWER;
    struct text out = TEXT_INIT, area = TEXT_INIT;
    (void)enum_label("ROLE", p->role, &role);
    add_line(&out, c->io->lang, MSG_PERSON_NAME, p->name);
    add_line(&out, c->io->lang, MSG_PERSON_OFFICE, p->office);
    add_line(&out, c->io->lang, MSG_PERSON_ROLE, message_get(c->io->lang, role));
    if (p->role == VALUE_ROLE_EDITOR || p->role == VALUE_ROLE_APPROVER) {
        struct names *names = names_new(c->directory.db, NULL);
        names_path(names, &area, c->io->lang, p->area);
        names_free(names);
        add_line(&out, c->io->lang, MSG_PERSON_AREA, area.bytes);
    }
    print_others(c, all, &out);
    if (out.len && out.bytes[out.len - 1] == '\n')
        text_truncate(&out, out.len - 1);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    text_release(&area);
}

/* --- saying ---------------------------------------------------------------------------------- */

static int take_line(const struct cli *c, struct person *p, enum option option,
                     enum status (*set)(struct person *, const char *))
{
    const char *typed = c->request->options[option];
    if (typed && set(p, typed) != STATUS_OK)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PERSON_BAD_LINE,
                            PROBLEM({"option", option_rule(option)->name}));
    return EXIT_DONE;
}

static int take_area(const struct cli *c, struct person *p)
{
    const char *typed = c->request->options[OPTION_AREA];
    struct area_list found = {0};
    if (!typed)
        return EXIT_DONE;
    *p->area = '\0';
    if (!strcmp(typed, AREA_COUNTRY_CODE))
        return EXIT_DONE;
    int code = cli_find_area(c, typed, EXIT_REFUSED, &found);
    if (!code)
        memcpy(p->area, found.rows[0].code, AREA_CODE);
    area_list_release(&found);
    return code;
}

static bool has_area(const struct person *p)
{
    return *p->area || p->role == VALUE_ROLE_EDITOR || p->role == VALUE_ROLE_APPROVER;
}

static int take_role(const struct cli *c, struct person *p)
{
    const char *typed = c->request->options[OPTION_ROLE];
    bool known = has_area(p) || c->request->options[OPTION_AREA];
    if (!typed)
        return EXIT_DONE;
    if (!enum_parse("ROLE", typed, &p->role))
        return cli_refuse(c, OPTION_ROLE, "viewer, editor, approver, trainer");
    bool writes = p->role == VALUE_ROLE_EDITOR || p->role == VALUE_ROLE_APPROVER;
    return writes && !known
               ? problem_tell(c->io, EXIT_REFUSED, MSG_PERSON_NEEDS_AREA, PROBLEM_PLAIN)
               : EXIT_DONE;
}

static int take_options(const struct cli *c, struct identities *all)
{
    const char *name = c->request->options[OPTION_NAME];
    struct person p = {.role = VALUE_ROLE_VIEWER};
    if (all->count)
        p = all->rows[0];
    int code = take_line(c, &p, OPTION_NAME, person_set_name);
    if (!code && name && !*p.name)
        code =
            problem_tell(c->io, EXIT_REFUSED, MSG_PERSON_BAD_LINE, PROBLEM({"option", "--name"}));
    if (!code && name && all->count && strcmp(p.name, all->rows[0].name)) {
        const struct person *before = identity_find(all, p.name);
        if (before && !strcmp(before->name, p.name))
            p = *before;
        else
            p.role = VALUE_ROLE_VIEWER;
    }
    if (!code && !*p.name)
        code = problem_tell(c->io, EXIT_REFUSED, MSG_PERSON_NOBODY, PROBLEM_PLAIN);
    if (!code && all->count && !strcmp(p.name, all->rows[0].name))
        memmove(&all->rows[0], &all->rows[1],
                --all->count * sizeof p); /* replaced, not kept twice */
    if (!code)
        code = take_line(c, &p, OPTION_OFFICE, person_set_office);
    if (!code)
        code = take_role(c, &p);
    if (!code)
        code = take_area(c, &p);
    if (!code)
        identity_put(all, &p);
    return code;
}

static int switch_to(const struct cli *c, struct identities *all)
{
    struct text typed = TEXT_INIT;
    cli_join_words(c->request, &typed);
    const struct person *found = identity_find(all, typed.bytes);
    int code = EXIT_DONE;
    struct person person = {0};
    if (found) {
        person = *found; /* a copy: the rows move */
        identity_put(all, &person);
    } else {
        code =
            problem_tell(c->io, EXIT_NOTHING, MSG_PERSON_NOT_FOUND, PROBLEM({"name", typed.bytes}));
    }
    text_release(&typed);
    return code;
}

static bool has_options(const struct cli *c)
{
    static const enum option options[] = {OPTION_NAME, OPTION_OFFICE, OPTION_ROLE, OPTION_AREA};
    bool given = false;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        given = given || c->request->options[options[i]];
    return given;
}

static bool wants_change(const struct cli *c)
{
    return c->request->word_count > 0 || has_options(c);
}

static int change(const struct cli *c, struct identities *all)
{
    int code = c->request->word_count > 0 ? switch_to(c, all) : EXIT_DONE;
    if (!code && has_options(c))
        code = take_options(c, all);
    if (!code && identity_save(all) != STATUS_OK)
        code = file_failed(c);
    return code;
}

/* In training there is one person, and nobody's name is kept. */
static int load(const struct cli *c, bool training, struct identities *all)
{
    if (training) {
        struct person trainee = identity_trainee(c->io->lang);
        identity_put(all, &trainee);
        return EXIT_DONE;
    }
    return identity_load(all) == STATUS_OK ? EXIT_DONE : file_failed(c);
}

int cli_person(struct cli *c)
{
    struct identities *all = mem_zalloc(1, sizeof *all);
    bool training = cli_set_wanted(c->request) == DB_TRAINING;
    int code = load(c, training, all);
    if (!code)
        code = cli_open(c);
    if (!code && wants_change(c))
        code = training ? problem_tell(c->io, EXIT_REFUSED, MSG_TRAINING_NO_NAMES, PROBLEM_PLAIN)
                        : change(c, all);
    if (!code && !all->count)
        code = problem_tell(c->io, EXIT_NOTHING, MSG_PERSON_NOBODY_YET, PROBLEM_PLAIN);
    else if (!code && c->format == OUTPUT_TEXT)
        print_text(c, all);
    else if (!code)
        print_rows(c, all);
    free(all);
    return code;
}
