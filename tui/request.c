/* Reading the command line; see request.h. Must not open files or carry anything out. */
#include "tui/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"

static const struct option_rule rules[OPTION_COUNT] = {
#define OPTION(constant, name, value, help) {name, value, help},
#include "tui/option.def"
#undef OPTION
};

const struct option_rule *option_rule(enum option option)
{
    return &rules[option];
}

bool request_parse_lang(const char *name, enum lang *ret_lang)
{
    if (strcmp(name, "km") && strcmp(name, "en"))
        return false;
    *ret_lang = *name == 'k' ? LANG_KM : LANG_EN;
    return true;
}

static enum lang environment_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    enum lang lang;
    const char *value = getenv("CPDIR_LANG");
    if (value && request_parse_lang(value, &lang))
        return lang;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) ? LANG_KM : LANG_EN;
    }
    return LANG_KM;
}

bool request_lang_chosen(const struct request *r)
{
    enum lang lang;
    const char *value = getenv("CPDIR_LANG");
    return r->options[OPTION_LANG] || (value && request_parse_lang(value, &lang));
}

enum lang request_lang(int argc, char *const argv[])
{
    enum lang lang = environment_lang();
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        if (!strncmp(argv[i], "--lang=", 7))
            (void)request_parse_lang(argv[i] + 7, &lang);
        else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
            (void)request_parse_lang(argv[i + 1], &lang);
    }
    return lang;
}

/* One pass over the arguments. */
struct parser {
    const struct console *io;
    int argc, at;
    char *const *argv;
    const struct command_rule *commands;
    size_t command_count;
    struct request *request;
};

static const char *help_hint(const struct parser *p, struct text *out)
{
    text_adds(out, "cpdir ");
    if (p->request->command)
        text_addf(out, "%s ", p->request->command->name);
    text_adds(out, "--help");
    return out->bytes;
}

/* A usage problem about `word`, with the help to read. */
static int usage(const struct parser *p, enum message id, const char *word)
{
    struct text hint = TEXT_INIT;
    int code =
        problem_tell(p->io, EXIT_USAGE, id, PROBLEM({"word", word}, {"help", help_hint(p, &hint)}));
    text_release(&hint);
    return code;
}

static int check_utf8(const struct parser *p, const char *argument)
{
    if (utf8_valid(argument, strlen(argument), NULL))
        return EXIT_DONE;
    char number[16];
    snprintf(number, sizeof number, "%d", p->at);
    return problem_tell(p->io, EXIT_REFUSED, MSG_PROBLEM_ARGUMENT_UTF8,
                        PROBLEM({"number", number}, {"text", argument}));
}

static const struct command_rule *find_command(const struct parser *p, const char *name)
{
    for (size_t i = 0; i < p->command_count; i++)
        if (!strcmp(p->commands[i].name, name))
            return &p->commands[i];
    return NULL;
}

static int take_word(struct parser *p, const char *word)
{
    struct request *r = p->request;
    int code = check_utf8(p, word);
    if (code)
        return code;
    if (!r->command) {
        r->command = find_command(p, word);
        return r->command ? EXIT_DONE : usage(p, MSG_PROBLEM_COMMAND, word);
    }
    if (r->word_count == r->command->max_words)
        return usage(p, MSG_PROBLEM_WORD_TOO_MANY, word);
    r->words[r->word_count++] = word;
    return EXIT_DONE;
}

/* The option called argument[0..len), or OPTION_COUNT. */
static enum option find_option(const struct parser *p, const char *argument, size_t len)
{
    uint64_t allowed = OPTIONS_GLOBAL;
    if (p->request->command)
        allowed |= p->request->command->options;
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        if (allowed >> i & 1 && strlen(rules[i].name) == len &&
            !memcmp(rules[i].name, argument, len))
            return (enum option)i;
    return OPTION_COUNT;
}

static int take_option(struct parser *p, const char *argument)
{
    int code = check_utf8(p, argument);
    const char *equals = strchr(argument, '=');
    size_t len = equals ? (size_t)(equals - argument) : strlen(argument);
    enum option option = find_option(p, argument, len);
    if (option == OPTION_COUNT)
        return code ? code : usage(p, MSG_PROBLEM_OPTION, argument);
    const char *value = "";
    if (*rules[option].value) {
        if (!equals && p->at + 1 >= p->argc)
            return usage(p, MSG_PROBLEM_OPTION_VALUE, argument);
        value = equals ? equals + 1 : p->argv[++p->at];
        /* A file name is bytes, not text. */
        code = option == OPTION_DB ? EXIT_DONE : check_utf8(p, value);
    } else if (equals) {
        return code ? code : usage(p, MSG_PROBLEM_OPTION_NO_VALUE, argument);
    }
    p->request->options[option] = value;
    return code;
}

static int check_request(const struct parser *p)
{
    const struct request *r = p->request;
    if (r->options[OPTION_HELP] || r->options[OPTION_VERSION])
        return EXIT_DONE;
    enum lang lang;
    const char *wanted = r->options[OPTION_LANG];
    if (wanted && !request_parse_lang(wanted, &lang))
        return problem_tell(p->io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
                            PROBLEM({"option", "--lang"}, {"value", wanted}, {"list", "km, en"}));
    if (r->command && r->word_count < r->command->min_words)
        return usage(p, MSG_PROBLEM_WORD_MISSING, r->command->name);
    return EXIT_DONE;
}

int request_parse(const struct console *io, int argc, char *const argv[],
                  const struct command_rule *commands, size_t command_count,
                  struct request *ret_request)
{
    *ret_request = (struct request){.words = mem_zalloc((size_t)argc + 1, sizeof(char *))};
    struct parser p = {io, argc, 1, argv, commands, command_count, ret_request};
    bool only_words = false;
    int code = EXIT_DONE;
    for (; p.at < argc && !code; p.at++) {
        const char *argument = argv[p.at];
        if (!only_words && !strcmp(argument, "--"))
            only_words = true;
        else if (only_words || argument[0] != '-' || !argument[1])
            code = take_word(&p, argument);
        else
            code = take_option(&p, argument);
    }
    return code ? code : check_request(&p);
}

void request_release(struct request *r)
{
    free(r->words);
    *r = (struct request){0};
}
