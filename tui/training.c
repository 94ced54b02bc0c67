/* The mark of the training directory; see training.h. Knows nothing of what it marks. */
#include "tui/training.h"

#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

static void add_sentence(enum lang lang, struct text *out)
{
    text_addf(out, "*** %s ***\n", message_get(lang, MSG_TRAINING_PAGE));
}

void training_mark_page(enum lang lang, struct text *out, const char *page, size_t len)
{
    add_sentence(lang, out);
    text_add(out, page, len);
    if (len > 0 && page[len - 1] != '\n')
        text_addc(out, '\n');
    add_sentence(lang, out);
}

void training_copy(const struct context *x, const struct text *card)
{
    struct text marked = TEXT_INIT;
    if (app_is_training(x->app))
        add_sentence(x->lang, &marked);
    text_add(&marked, card->bytes, card->len);
    app_copy(x->app, marked.bytes, marked.len);
    text_release(&marked);
}

struct console training_begin_output(struct training_output *output, const struct console *io,
                                     const struct request *request)
{
    struct console console = *io;
    *output = (struct training_output){.to = io->out};
    if (cli_set_wanted(request) == DB_TRAINING)
        output->held = open_memstream(&output->bytes, &output->len);
    if (output->held)
        console.out = output->held;
    return console;
}

/* One line of tsv or json, without its line feed. */
static void mark_line(struct text *out, enum output_format format, bool heading, const char *line,
                      size_t len)
{
    if (format == OUTPUT_TSV) {
        text_add(out, line, len);
        text_adds(out, heading ? "\ttraining" : "\tyes");
    } else if (len >= 2 && line[0] == '{' && line[len - 1] == '}') {
        text_add(out, line, len - 1);
        text_addf(out, "%s\"training\":true}", len > 2 ? "," : "");
    } else {
        text_add(out, line, len);
    }
    text_addc(out, '\n');
}

static void mark_rows(struct text *out, enum output_format format, const char *bytes, size_t len)
{
    bool heading = true;
    for (size_t at = 0; at < len; heading = false) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line = end ? (size_t)(end - bytes) - at : len - at;
        mark_line(out, format, heading, bytes + at, line);
        at += line + 1;
    }
}

static void mark(const struct training_output *output, const struct cli *c, struct text *out)
{
    const char *format = c->request->options[OPTION_FORMAT];
    if (!c->directory.path || (format && !strcmp(format, "html")))
        text_add(out, output->bytes, output->len);
    else if (c->format == OUTPUT_TEXT)
        training_mark_page(c->io->lang, out, output->bytes, output->len);
    else
        mark_rows(out, c->format, output->bytes, output->len);
}

void training_end_output(struct training_output *output, const struct cli *c)
{
    struct text out = TEXT_INIT;
    if (!output->held)
        return;
    fclose(output->held);
    if (output->len > 0)
        mark(output, c, &out);
    fwrite(out.bytes, 1, out.len, output->to);
    text_release(&out);
    free(output->bytes);
}
