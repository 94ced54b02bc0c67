/* The command line as data: which command, which options, which words. Knows the commands only as a
 * table of rules and does nothing but read and check. */
#ifndef TUI_REQUEST_H
#define TUI_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/message.h"
#include "tui/problem.h"

/* Every option of the program: OPTION_AREA is --area. */
enum option {
#define OPTION(constant, name, value, help) OPTION_##constant,
#include "tui/option.def"
#undef OPTION
    OPTION_COUNT
};

#define OPTION_BIT(option) (UINT64_C(1) << OPTION_##option)
enum {
    OPTIONS_GLOBAL = OPTION_BIT(DB) | OPTION_BIT(TRAINING) | OPTION_BIT(LANG) | OPTION_BIT(PLAIN) |
                     OPTION_BIT(THEME) | OPTION_BIT(SCRIPT) | OPTION_BIT(PAINTER) |
                     OPTION_BIT(HELP) | OPTION_BIT(VERSION),
};

struct option_rule {
    const char *name;  /* "--area" */
    const char *value; /* what stands after it in help, "" none */
    enum message help;
};
const struct option_rule *option_rule(enum option option);

struct cli;

/* A command: what may follow its name, and what carries it out (not called here). */
struct command_rule {
    const char *name;
    const char *words; /* synopsis of the words: "WORDS..." */
    size_t min_words, max_words;
    uint64_t options; /* OPTION_BITs beside the global ones */
    enum message help;
    int (*run)(struct cli *); /* exit code */
};

struct request {
    const struct command_rule *command; /* NULL: none was given */
    const char *options[OPTION_COUNT];  /* value, "" for one without; NULL: not given */
    const char **words;                 /* into argv */
    size_t word_count;
};

/* Reads argv[1..]. Options may stand anywhere; "--" ends them; the last of two equal options
 * counts. EXIT_DONE, or the exit code after the problem was told. request_release in any case. */
int request_parse(const struct console *io, int argc, char *const argv[],
                  const struct command_rule *commands, size_t command_count,
                  struct request *ret_request);
void request_release(struct request *r);

/* The language wanted, known before anything else so that problems are told in it: --lang,
 * CPDIR_LANG, then LC_ALL, LC_MESSAGES, LANG beginning with "en"; Khmer otherwise. */
enum lang request_lang(int argc, char *const argv[]);

/* Whether --lang or CPDIR_LANG chose it. */
bool request_lang_chosen(const struct request *r);

/* "km" or "en". */
bool request_parse_lang(const char *name, enum lang *ret_lang);

#endif
