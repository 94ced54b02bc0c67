/* Inside the reader of scenarios: acts, and the names in them looked up in the directory, in the
 * tables of commands and keys. */
#ifndef TUI_SCENARIO_ACT_H
#define TUI_SCENARIO_ACT_H

#include "tui/scenario.h"

struct scenario_names {
    struct db *db;
    struct arena *arena;
    enum status status; /* of the directory file, where a look failed for another reason */
};

/* All of these: false where it is unknown. */
bool scenario_find_need(struct scenario_names *n, const char *code, char ret_need[8]);
bool scenario_find_area(struct scenario_names *n, const char *code, char ret_area[AREA_CODE]);
/* By its id or its exact name in either language; fills all but the alias. */
bool scenario_find_service(struct scenario_names *n, const char *name,
                           struct scenario_service *ret_service);
bool scenario_find_command(const char *name, enum command *ret_command);
bool scenario_find_context(const char *name, enum key_context *ret_context);
/* service_count: no service has that alias. */
size_t scenario_service_by(const struct scenario *s, const char *alias);

/* "saved clinic phone.number 059 000 111". False: `what` tells the part that is unknown, "" the
 * whole. */
bool scenario_read_act(struct scenario_names *n, const struct scenario *s, const char *value,
                       bool is_not, struct scenario_act *act, char *what, size_t room);

#endif
