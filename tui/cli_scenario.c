/* `cpdir --training scenarios` and `scenario NAME`: which scenarios there are, a check of a
 * trainer's own file, and one as text for paper. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/guide_read.h"
#include "tui/cli.h"
#include "tui/course.h"
#include "tui/print.h"

static const struct column columns[] = {
    {"number", CELL_NUMBER}, {"name", CELL_TEXT},     {"title_km", CELL_TEXT},
    {"title_en", CELL_TEXT}, {"about_km", CELL_TEXT}, {"about_en", CELL_TEXT},
    {"steps", CELL_NUMBER},  {"own", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int open_training(struct cli *c)
{
    if (!c->request->options[OPTION_TRAINING])
        return problem_tell(c->io, EXIT_USAGE, MSG_SCENARIO_TRAINING_ONLY,
                            PROBLEM({"command", c->request->command->name}));
    return cli_open(c);
}

static void tell_fault(const struct cli *c, const struct guide_fault *fault)
{
    struct text line = TEXT_INIT;
    scenario_add_fault(&line, c->io->lang, fault);
    (void)problem_tell(c->io, EXIT_REFUSED, MSG_WAY_FAULT, PROBLEM({"fault", line.bytes}));
    text_release(&line);
}

static int load(struct cli *c, struct course *ret_course)
{
    char *folder = course_folder();
    enum status status = course_load(c->directory.db, folder, ret_course);
    free(folder);
    if (status)
        return cli_failed(c, status);
    for (size_t i = 0; i < ret_course->fault_count; i++)
        tell_fault(c, &ret_course->faults[i]);
    return EXIT_DONE;
}

/* A trainer's file, wherever it lies. */
static int check_file(struct cli *c, const char *path)
{
    struct text bytes = TEXT_INIT;
    struct guide_fault fault = {0};
    struct scenario scenario;
    enum status status =
        guide_read_file(path, &bytes, &fault)
            ? scenario_read(c->directory.db, path, bytes.bytes, bytes.len, &scenario, &fault)
            : STATUS_INVALID;
    text_release(&bytes);
    if (status == STATUS_INVALID) {
        tell_fault(c, &fault);
        return EXIT_REFUSED;
    }
    if (status)
        return cli_failed(c, status);
    struct text line = TEXT_INIT;
    char steps[24];
    snprintf(steps, sizeof steps, "%zu", scenario.count);
    message_format(&line, c->io->lang, MSG_SCENARIO_GOOD, "file", path, "title",
                   scenario.title.text[c->io->lang], "steps", steps, NULL);
    output_lines(c->io->out, line.bytes);
    text_release(&line);
    scenario_release(&scenario);
    return EXIT_DONE;
}

static void print_entry(const struct cli *c, const struct course_entry *entry, size_t at)
{
    const struct scenario *s = &entry->scenario;
    char number[24], steps[24];
    snprintf(number, sizeof number, "%zu", at + 1);
    snprintf(steps, sizeof steps, "%zu", s->count);
    const char *cells[COLUMNS] = {
        number,
        s->name,
        s->title.text[LANG_KM],
        s->title.text[LANG_EN],
        s->about.text[LANG_KM],
        s->about.text[LANG_EN],
        steps,
        entry->own ? "yes" : "no",
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
}

static void print_text(const struct cli *c, const struct course_entry *entry, size_t at)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%zu. %s (%s)\n   %s", at + 1, entry->scenario.title.text[c->io->lang],
              entry->scenario.name, entry->scenario.about.text[c->io->lang]);
    output_lines(c->io->out, line.bytes);
    text_release(&line);
}

int cli_scenarios(struct cli *c)
{
    const char *file = c->request->options[OPTION_CHECK];
    struct course course = {0};
    int code = open_training(c);
    if (code)
        return code;
    if (file)
        return check_file(c, file);
    code = load(c, &course);
    if (!code && c->format != OUTPUT_TEXT)
        output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; !code && i < course.count; i++) {
        if (c->format == OUTPUT_TEXT)
            print_text(c, &course.entries[i], i);
        else
            print_entry(c, &course.entries[i], i);
    }
    code = !code && course.count == 0 ? EXIT_NOTHING : code;
    course_release(&course);
    return code;
}

int cli_scenario(struct cli *c)
{
    struct course course = {0};
    struct text page = TEXT_INIT;
    int code = open_training(c);
    if (!code)
        code = load(c, &course);
    if (code)
        return code;
    const struct course_entry *entry = course_find(&course, c->request->words[0]);
    if (entry) {
        scenario_write(&entry->scenario, c->io->lang, PRINT_COLUMNS, &page);
        output_lines(c->io->out, page.bytes);
    } else {
        code = problem_tell(c->io, EXIT_NOTHING, MSG_SCENARIO_UNKNOWN,
                            PROBLEM({"name", c->request->words[0]}));
    }
    text_release(&page);
    course_release(&course);
    return code;
}
