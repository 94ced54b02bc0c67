/* What the writing commands of the command line share: who writes, which record is meant, saving,
 * and telling what became of it. */
#ifndef TUI_CLI_WRITE_H
#define TUI_CLI_WRITE_H

#include "db/propose.h"
#include "tui/cli.h"
#include "tui/names.h"

/* Who writes, and the open directory. A person who may not write, and a file that is only read, are
 * told here before anything is touched. Exit code. */
int cli_open_writer(struct cli *c, struct person *ret_person);

/* The record of an id or of its beginning; the problem is told. One that was merged is answered
 * for by the record that stays. */
int cli_find_record(const struct cli *c, const char *typed, enum record_kind *ret_kind,
                    struct uuid *ret_id);

/* --seen as a version; NULL where it is not given. The problem is told. */
int cli_read_seen(const struct cli *c, struct seen *room, const struct seen **ret_seen);

/* An option that must be there. */
int cli_need(const struct cli *c, enum option option);
/* An option that must name a value of the enumeration. */
int cli_need_enum(const struct cli *c, enum option option, const char *set, int *ret_value);

/* --reason, or "". */
const char *cli_reason(const struct cli *c);

/* Saves as the person (--dry-run: only checks) and prints the result, naming the record `id`.
 * Refusals are told with the field's own sentence. Exit code. */
int cli_save(const struct cli *c, const struct person *person, const struct change *changes,
             size_t count, const struct uuid *id);

/* Says what became of a save, naming the record: written, or proposed to whom; of --dry-run what
 * would. */
void cli_tell_saved(const struct cli *c, const struct save_result *result,
                    const struct uuid *record);

/* The sentence for a save that was refused. */
int cli_save_refused(const struct cli *c, enum status status, const struct change *changes,
                     size_t count, const struct op_refusal *refusal);

/* Ops, fields of records and fields of ops (FIELD_STATUS, VERIFY_..., MERGE_INTO): their names and
 * values for programs (NULL, false: none) and for people. */
const char *cli_op_name(enum op_kind kind);
const char *cli_field_name(int field);
bool cli_field_raw(struct text *out, int field, const struct value *v);
void cli_field_label(struct text *out, enum lang lang, int field);
void cli_field_show(struct text *out, struct db *db, struct names *names, enum lang lang, int field,
                    const struct value *v);

/* Appends day and minute in Cambodia: "22/11/2026 16:05". ms since 1970. */
void cli_add_time(struct text *out, int64_t time_ms);
/* The same for programs: 2026-11-22T09:05:00Z. */
void cli_add_utc(struct text *out, int64_t time_ms);

#endif
