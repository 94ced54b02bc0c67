/* What is in a draft: lines of fields parted by tabs, a part of the form before its boxes. Only
 * what was changed, with what it was before. See draft.h. */
#include "tui/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/restricted.h"
#include "i18n/utf8.h"

#define MAGIC "cpdir-draft\t1\n"

enum { COLUMNS = 8, DRAFT_PARTS_MOST = 9999 };

/* --- writing
 * ----------------------------------------------------------------------------------------- */

static void add_escaped(struct text *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        switch (s[i]) {
        case '\n':
            text_adds(out, "\\n");
            break;
        case '\t':
            text_adds(out, "\\t");
            break;
        case '\\':
            text_adds(out, "\\\\");
            break;
        default:
            text_addc(out, s[i]);
        }
    }
}

static void add_id(struct text *out, const struct uuid *id)
{
    char text[UUID_TEXT];
    uuid_format(id, text);
    text_adds(out, text);
}

static void add_value(struct text *out, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        text_addc(out, 'n');
        break;
    case VALUE_INT:
        text_addf(out, "i%lld", (long long)v->integer);
        break;
    case VALUE_REAL:
        text_addf(out, "d%a", v->real);
        break;
    case VALUE_TEXT:
        text_addc(out, 't');
        add_escaped(out, v->text.bytes, v->text.len);
        break;
    case VALUE_ID:
        text_addc(out, 'u');
        add_id(out, &v->id);
        break;
    }
}

static void write_box(struct text *out, const struct part *p, const struct box *b)
{
    bool said = p->fresh ? b->now.type != VALUE_NULL || b->edit.text.len > 0 : form_box_changed(b);
    if (!said)
        return;
    text_addf(out, "box\t%d\t", b->field->number);
    add_value(out, &b->base);
    text_addc(out, '\t');
    if (b->picked) {
        add_value(out, &b->now);
    } else {
        text_addc(out, 'x');
        add_escaped(out, b->edit.text.bytes, b->edit.text.len);
    }
    text_addc(out, '\n');
}

static void write_part(struct text *out, const struct part *p)
{
    text_addf(out, "part\t%d\t", (int)p->kind);
    add_id(out, &p->id);
    text_addc(out, '\t');
    add_id(out, &p->owner);
    text_addc(out, '\t');
    add_id(out, p->place ? &p->place->id : &(struct uuid){{0}});
    text_addf(out, "\t%s%s%s-\n", p->fresh ? "f" : "", p->removed ? "r" : "", p->open ? "o" : "");
    for (size_t i = 0; i < p->count; i++)
        write_box(out, p, &p->boxes[i]);
}

static void add_missing(struct text *out, size_t count)
{
    if (count > 0)
        text_addf(out, "left\t%zu\n", count);
}

/* A confidential part goes sealed, or not at all. */
static void seal_part(struct form_data *d, struct text *out, const struct part *p, int level)
{
    struct text clear = TEXT_INIT, sealed = TEXT_INIT;
    write_part(&clear, p);
    if (restricted_seal(d->db, level, clear.bytes, clear.len, &sealed) == STATUS_OK) {
        text_adds(out, "sealed\t");
        for (size_t i = 0; i < sealed.len; i++)
            text_addf(out, "%02x", (unsigned char)sealed.bytes[i]);
        text_addc(out, '\n');
    } else {
        add_missing(out, 1);
    }
    explicit_bzero(clear.bytes, clear.len);
    text_release(&clear);
    text_release(&sealed);
}

static void write_name(struct form_data *d, struct text *out)
{
    const struct part *root = form_data_root(d);
    const struct box *km = &root->boxes[0];
    if (km->field->lang != FIELD_KM || form_part_level(d, root) > 0)
        return;
    const struct text *name = km->edit.text.len ? &km->edit.text : &km[1].edit.text;
    text_adds(out, "name\t");
    add_escaped(out, name->bytes, name->len < 1000 ? name->len : 0);
    text_addc(out, '\n');
}

void draft_write(struct form_data *d, const struct draft_head *head, struct text *out)
{
    const struct part *root = form_data_root(d);
    text_adds(out, MAGIC "file\t");
    add_escaped(out, head->file, strlen(head->file));
    text_addf(out, "\ntime\t%lld\narea\t%s\nreason\t", (long long)head->time_ms, head->area);
    add_escaped(out, head->reason, strlen(head->reason));
    if (head->method) {
        text_addf(out, "\nfound\t%d\t%d\t", head->method, head->result);
        add_escaped(out, head->note ? head->note : "", head->note ? strlen(head->note) : 0);
    }
    text_addf(out, "\nroot\t%d\t", (int)root->kind);
    add_id(out, &root->id);
    text_addf(out, "\t%s-\n", root->fresh ? "f" : "");
    write_name(d, out);
    add_missing(out, head->missing);
    for (size_t i = 0; i < d->count; i++) {
        struct part *p = d->parts[i];
        if (!form_part_kept(p))
            continue;
        int level = form_part_level(d, p);
        if (level > 0)
            seal_part(d, out, p, level);
        else
            write_part(out, p);
    }
    text_adds(out, "end\n");
}

/* --- reading
 * ----------------------------------------------------------------------------------------- */

/* One line's columns; they point into the line, which is cut up. */
struct columns {
    char *at[COLUMNS];
    size_t count;
};

static struct columns split(char *line)
{
    struct columns c = {.count = 0};
    while (c.count < COLUMNS) {
        c.at[c.count++] = line;
        line = strchr(line, '\t');
        if (!line)
            break;
        *line++ = '\0';
    }
    for (size_t i = c.count; i < COLUMNS; i++)
        c.at[i] = strchr(c.at[c.count - 1], '\0');
    return c;
}

/* In place; never longer. */
static char *unescape(char *s)
{
    char *to = s;
    for (const char *at = s; *at; at++) {
        if (*at == '\\' && at[1]) {
            at++;
            *to++ = *at == 'n' ? '\n' : *at == 't' ? '\t' : '\\';
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    return s;
}

static struct value read_value(char *s)
{
    struct value v = {.type = VALUE_NULL};
    char *rest = *s ? s + 1 : s;
    switch (*s) {
    case 'i':
        v = (struct value){.type = VALUE_INT, .integer = strtoll(rest, NULL, 10)};
        break;
    case 'd':
        v = (struct value){.type = VALUE_REAL, .real = strtod(rest, NULL)};
        break;
    case 't':
        unescape(rest);
        v = (struct value){.type = VALUE_TEXT, .text = {.bytes = rest, .len = strlen(rest)}};
        break;
    case 'u':
        if (uuid_parse(rest, &v.id) == STATUS_OK)
            v.type = VALUE_ID;
        break;
    default:
        break;
    }
    return v;
}

/* What is being read. */
struct reader {
    struct form_data *data;
    bool has_root;
    struct part *part; /* the boxes that come belong to it */
    struct draft_lack lack;
    enum status status;
};

static void read_root(struct reader *r, struct db *db, const struct columns *c)
{
    struct uuid id;
    enum record_kind kind = (enum record_kind)atoi(c->at[1]);
    r->status = STATUS_INVALID;
    if (!kind_name(kind) || uuid_parse(c->at[2], &id) != STATUS_OK || r->has_root)
        return;
    r->status = strchr(c->at[3], 'f') ? form_data_new(db, kind, "", r->data)
                                      : form_data_load(db, kind, &id, r->data);
    r->has_root = r->status == STATUS_OK;
    if (r->has_root)
        form_data_root(r->data)->id = id;
}

static void read_part(struct reader *r, const struct columns *c)
{
    enum record_kind kind = (enum record_kind)atoi(c->at[1]);
    struct uuid id, owner, place;
    bool fresh = strchr(c->at[5], 'f') != NULL;
    r->part = NULL;
    if (!kind_name(kind) || uuid_parse(c->at[2], &id) != STATUS_OK ||
        uuid_parse(c->at[3], &owner) != STATUS_OK || uuid_parse(c->at[4], &place) != STATUS_OK) {
        r->status = STATUS_INVALID;
        return;
    }
    r->part = form_data_find(r->data, &id);
    if (!r->part && fresh)
        r->part = form_data_make(r->data, kind, &id);
    if (!r->part && form_data_take(r->data, kind, &id, &r->part) != STATUS_OK)
        return;
    if (r->part->kind != kind) {
        r->part = NULL;
        return;
    }
    if (r->part != form_data_root(r->data))
        r->part->owner = owner;
    if (!uuid_is_nil(&place))
        r->part->place = form_data_find(r->data, &place);
    r->part->removed = strchr(c->at[5], 'r') != NULL;
    r->part->open = strchr(c->at[5], 'o') != NULL;
}

static void read_box(struct reader *r, const struct columns *c)
{
    struct box *b = r->part ? form_box(r->part, atoi(c->at[1])) : NULL;
    if (!b)
        return;
    struct value base = read_value(c->at[2]);
    b->base = value_copy(&r->data->arena, &base);
    if (*c->at[3] == 'x') {
        char *typed = unescape(c->at[3] + 1);
        edit_set(&b->edit, typed, strlen(typed));
        form_box_read(r->data, b);
        b->shown = b->fault.kind != FAULT_NONE;
    } else {
        struct value now = read_value(c->at[3]);
        form_box_put(b, &now);
    }
}

static void read_lines(struct reader *r, struct db *db, char *at);

static void add_left(struct reader *r, unsigned long count)
{
    r->lack.missing += count < DRAFT_PARTS_MOST ? count : DRAFT_PARTS_MOST;
}

/* Where the level has no PIN (any more), nobody reads it again. */
static void note_locked(struct reader *r, struct db *db, int level)
{
    bool has = false;
    if (restricted_has_pin(db, level, &has) != STATUS_OK || !has)
        r->lack.missing++;
    else if (level > r->lack.locked)
        r->lack.locked = level;
}

static void read_sealed(struct reader *r, struct db *db, const char *hex)
{
    struct text sealed = TEXT_INIT, clear = TEXT_INIT;
    for (unsigned byte; sscanf(hex, "%2x", &byte) == 1; hex += 2) {
        text_addc(&sealed, (char)byte);
        if (!hex[1])
            break;
    }
    enum status status = restricted_unseal(db, sealed.bytes, sealed.len, &clear);
    if (status == STATUS_OK)
        read_lines(r, db, clear.bytes);
    else if (status == STATUS_LOCKED)
        note_locked(r, db, sealed.bytes[0] - '0');
    else
        r->lack.missing++;
    if (clear.len)
        explicit_bzero(clear.bytes, clear.len);
    text_release(&sealed);
    text_release(&clear);
}

static void read_line(struct reader *r, struct db *db, char *line)
{
    struct columns c = split(line);
    if (!strcmp(c.at[0], "root"))
        read_root(r, db, &c);
    else if (!r->has_root)
        return;
    else if (!strcmp(c.at[0], "part"))
        read_part(r, &c);
    else if (!strcmp(c.at[0], "box"))
        read_box(r, &c);
    else if (!strcmp(c.at[0], "sealed"))
        read_sealed(r, db, c.at[1]);
    else if (!strcmp(c.at[0], "left"))
        add_left(r, strtoul(c.at[1], NULL, 10));
}

static void read_lines(struct reader *r, struct db *db, char *at)
{
    while (*at && r->status == STATUS_OK) {
        char *end = strchr(at, '\n');
        if (end)
            *end = '\0';
        read_line(r, db, at);
        if (!end)
            break;
        at = end + 1;
    }
}

static bool is_draft(const char *bytes, size_t len)
{
    size_t magic = strlen(MAGIC);
    return len > magic && !memcmp(bytes, MAGIC, magic) && !memchr(bytes, '\0', len) &&
           utf8_valid(bytes, len, NULL);
}

enum status draft_read(struct db *db, const char *bytes, size_t len, struct form_data *ret_data,
                       struct draft_lack *ret_lack)
{
    struct form_data data = {0};
    struct reader r = {.data = &data, .status = STATUS_OK};
    if (!is_draft(bytes, len))
        return STATUS_INVALID;
    char *copy = mem_strndup(bytes, len);
    read_lines(&r, db, copy);
    free(copy);
    if (r.status == STATUS_OK && !r.has_root)
        r.status = STATUS_INVALID;
    if (r.status != STATUS_OK) {
        if (r.has_root)
            form_data_release(&data);
        return r.status;
    }
    *ret_data = data;
    *ret_lack = r.lack;
    return STATUS_OK;
}

/* Nothing of one whose words are not known. */
static void read_found(struct draft_head *head, const struct columns *c)
{
    int method = atoi(c->at[1]), result = atoi(c->at[2]);
    if (!enum_name("METHOD", method) || !enum_name("RESULT", result))
        return;
    head->method = method;
    head->result = result;
    head->note = unescape(c->at[3]);
}

bool draft_read_row(const char *bytes, size_t len, struct arena *arena, struct draft_row *ret_row,
                    struct draft_head *ret_head)
{
    struct draft_row row = {.name = ""};
    struct draft_head head = {.file = "", .area = "", .reason = "", .note = ""};
    bool known = false;
    if (!is_draft(bytes, len))
        return false;
    char *copy = arena_strndup(arena, bytes, len < 16384 ? len : 16384);
    for (char *at = copy, *end; *at && (end = strchr(at, '\n')); at = end + 1) {
        *end = '\0';
        struct columns c = split(at);
        if (!strcmp(c.at[0], "part") || !strcmp(c.at[0], "sealed"))
            break;
        if (!strcmp(c.at[0], "file"))
            head.file = unescape(c.at[1]);
        else if (!strcmp(c.at[0], "area"))
            head.area = c.at[1];
        else if (!strcmp(c.at[0], "reason"))
            head.reason = unescape(c.at[1]);
        else if (!strcmp(c.at[0], "name"))
            row.name = unescape(c.at[1]);
        else if (!strcmp(c.at[0], "found"))
            read_found(&head, &c);
        else if (!strcmp(c.at[0], "time"))
            row.time_ms = head.time_ms = strtoll(c.at[1], NULL, 10);
        else if (!strcmp(c.at[0], "root")) {
            row.kind = (enum record_kind)atoi(c.at[1]);
            row.fresh = strchr(c.at[3], 'f') != NULL;
            known = kind_name(row.kind) && uuid_parse(c.at[2], &row.record) == STATUS_OK;
        }
    }
    *ret_row = row;
    *ret_head = head;
    return known;
}
