/* Everything about one service, in the order in which it is needed: whom to call, for whom it is,
 * when, how to refer, where, and how far the entry can be trusted. Knows no keys and no terminal.
 */
#include <string.h>

#include "db/record.h"
#include "db/restricted.h"
#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/format.h"
#include "tui/format_hours.h"

enum { AREAS_SHOWN = 12, DAY_SECONDS = 24 * 60 * 60 };

/* One page being made. */
struct page {
    const struct format *f;
    struct sheet *s;
    const struct detail *d;
    struct text line;
    struct text missing; /* labels of what nobody has stated yet */
};

static const char *say(const struct page *p, enum message id)
{
    return message_get(p->f->lang, id);
}

/* The text of a field in the page's language, with the mark where it is the other one; "" none. The
 * result is p->line. */
static const char *field_text(struct page *p, const struct record *r, int km_field)
{
    bool other = false;
    const char *text = record_text_lang(r, km_field, names_lang(p->f->names, p->f->lang), &other);
    text_clear(&p->line);
    if (text && *text) {
        text_adds(&p->line, text);
        if (other)
            text_addf(&p->line, " %s", say(p, MSG_MARK_OTHER_LANGUAGE));
    }
    return p->line.bytes;
}

/* A pair of name fields; the result is p->line. */
static const char *name_text(struct page *p, const struct record *r, int km_field)
{
    const char *km = record_text(r, km_field), *en = record_text(r, km_field + 1);
    text_clear(&p->line);
    format_name(p->f, &p->line, km, en);
    return p->line.bytes;
}

static void note_missing(struct page *p, enum message label)
{
    if (p->missing.len > 0)
        text_adds(&p->missing, NAMES_DOT);
    text_adds(&p->missing, say(p, label));
}

/* A field of the service with its label; *wanted: it is told as not stated when it is empty. */
static void service_field(struct page *p, enum message label, int km_field, bool wanted)
{
    const char *text = field_text(p, &p->d->service.rows[0], km_field);
    if (*text)
        sheet_field(p->s, say(p, label), STYLE_NORMAL, text);
    else if (wanted)
        note_missing(p, label);
}

static int64_t today(const struct page *p)
{
    return date_days(date_from_time(p->f->now));
}

static void add_alert(struct page *p)
{
    const struct record *service = &p->d->service.rows[0];
    const char *until = record_text(service, FIELD_ID(SERVICE, alert_until));
    struct date last;
    if (until && date_parse(until, strlen(until), &last) == STATUS_OK && date_days(last) < today(p))
        return;
    sheet_text(p->s, 0, STYLE_ERROR, field_text(p, service, FIELD_ID(SERVICE, alert_km)));
}

static void add_head(struct page *p)
{
    const struct record *service = &p->d->service.rows[0];
    enum message label;
    sheet_text(p->s, 0, STYLE_TITLE, name_text(p, service, FIELD_ID(SERVICE, name_km)));
    if (service->status != VALUE_STATUS_ACTIVE && enum_label("STATUS", service->status, &label)) {
        text_clear(&p->line);
        message_format(&p->line, p->f->lang, MSG_DETAIL_STATUS, "status", say(p, label), NULL);
        sheet_text(p->s, 0, STYLE_ERROR, p->line.bytes);
    }
    if (p->d->suspended_by.count) {
        text_clear(&p->line);
        text_addf(&p->line, "%s: ", say(p, MSG_FIELD_SUSPENDED_BY));
        alert_add_name(p->f, &p->line, &p->d->suspended_by.rows[0]);
        sheet_text(p->s, 0, STYLE_ERROR, p->line.bytes);
    }
    add_alert(p);
    sheet_gap(p->s);
}

static void add_note(struct text *out, const char *part)
{
    if (*part)
        text_addf(out, "%s%s", out->len > 0 ? NAMES_DOT : "", part);
}

static const int phone_notes[] = {FIELD_ID(PHONE, hours_km), FIELD_ID(PHONE, note_km)};
enum { PHONE_NOTES = sizeof phone_notes / sizeof *phone_notes };

/* Adds hours and note of a number to what stands beside it as far as there is room; returns how
 * many of the two it took. */
static size_t add_beside(struct page *p, const struct record *phone, const char *number,
                         struct text *beside)
{
    int room = p->s->columns - p->s->label_columns - names_measure(p->f->names, number) - 4;
    for (size_t i = 0; i < PHONE_NOTES; i++) {
        size_t kept = beside->len;
        add_note(beside, field_text(p, phone, phone_notes[i]));
        if (p->s->columns != SHEET_UNBOUNDED && names_measure(p->f->names, beside->bytes) > room) {
            text_truncate(beside, kept);
            return i;
        }
    }
    return PHONE_NOTES;
}

/* Not for whoever looks at this page now. */
static bool is_hidden(const struct page *p, const struct record *r)
{
    return r->level > p->d->level;
}

/* Says of a confidential record for whom it is. */
static void add_level(const struct page *p, struct text *out, const struct record *r)
{
    enum message label;
    if (r->level > 0 && enum_label("CONFIDENTIALITY", r->level, &label))
        text_addf(out, "%s[%s]", out->len > 0 ? " " : "", say(p, label));
}

static void add_phone(struct page *p, const struct record *phone, const char *label)
{
    const char *stored = record_text(phone, FIELD_ID(PHONE, number));
    if (!stored || is_hidden(p, phone))
        return;
    struct text number = TEXT_INIT, note = TEXT_INIT;
    enum message kind;
    phone_format(&number, stored);
    if (enum_label("PHONE_KIND", (int)record_int(phone, FIELD_ID(PHONE, kind), 0), &kind))
        add_note(&note, say(p, kind));
    add_level(p, &note, phone);
    bool unconfirmed = detail_phone_unconfirmed(p->d, phone);
    if (unconfirmed)
        add_note(&note, say(p, MSG_MARK_UNCONFIRMED));
    size_t told = add_beside(p, phone, number.bytes, &note);
    sheet_field_note(p->s, label, STYLE_STRONG, number.bytes,
                     unconfirmed ? STYLE_WARNING : STYLE_NORMAL, note.bytes);
    for (size_t i = told; i < PHONE_NOTES; i++)
        sheet_field(p->s, "", STYLE_NORMAL, field_text(p, phone, phone_notes[i]));
    text_release(&number);
    text_release(&note);
}

static void add_phones(struct page *p)
{
    const struct record_list *phones = &p->d->phones;
    for (size_t i = 0; i < phones->count; i++)
        add_phone(p, &phones->rows[i], i == 0 ? say(p, MSG_DETAIL_PHONE) : "");
    if (p->d->needs_contact)
        sheet_field(p->s, say(p, MSG_DETAIL_PHONE), STYLE_WARNING,
                    say(p, MSG_DETAIL_CONTACT_NEEDED));
    else if (p->d->unconfirmed)
        sheet_field(p->s, "", STYLE_WARNING, say(p, MSG_DETAIL_UNCONFIRMED));
    sheet_gap(p->s);
}

static void age_text(struct page *p, const struct record *service)
{
    int64_t from = record_int(service, FIELD_ID(SERVICE, minimum_age), -1);
    int64_t to = record_int(service, FIELD_ID(SERVICE, maximum_age), -1);
    if (from < 0 && to < 0)
        return;
    struct text low = TEXT_INIT, high = TEXT_INIT;
    number_format(&low, from);
    number_format(&high, to);
    if (p->line.len > 0)
        text_adds(&p->line, NAMES_DOT);
    enum message words = from < 0 ? MSG_DETAIL_AGE_TO
                         : to < 0 ? MSG_DETAIL_AGE_FROM
                                  : MSG_DETAIL_AGE_BETWEEN;
    message_format(&p->line, p->f->lang, words, "from", low.bytes, "to", high.bytes, NULL);
    text_release(&low);
    text_release(&high);
}

static void add_whom(struct page *p)
{
    const struct record *service = &p->d->service.rows[0];
    enum message sex;
    field_text(p, service, FIELD_ID(SERVICE, eligibility_km));
    if (enum_label("SEX", (int)record_int(service, FIELD_ID(SERVICE, sex), 0), &sex))
        text_addf(&p->line, "%s%s", p->line.len > 0 ? NAMES_DOT : "", say(p, sex));
    age_text(p, service);
    if (p->line.len > 0)
        sheet_field(p->s, say(p, MSG_DETAIL_WHOM), STYLE_NORMAL, p->line.bytes);
    else
        note_missing(p, MSG_DETAIL_WHOM);
}

static void add_hours(struct page *p)
{
    const struct record_list *schedules = &p->d->schedules;
    if (schedules->count == 0) {
        note_missing(p, MSG_DETAIL_HOURS);
        return;
    }
    enum open_state state = detail_open(p->d, p->f->now);
    for (size_t i = 0; i < schedules->count; i++) {
        text_clear(&p->line);
        format_schedule(p->f, &p->line, &schedules->rows[i]);
        enum message now = state == CLOSED_NOW ? MSG_DETAIL_CLOSED_NOW : MSG_DETAIL_OPEN_NOW;
        bool tell = i == 0 && (state == OPEN_NOW || state == CLOSED_NOW);
        sheet_field_note(p->s, i == 0 ? say(p, MSG_DETAIL_HOURS) : "", STYLE_NORMAL, p->line.bytes,
                         state == CLOSED_NOW ? STYLE_WARNING : STYLE_STRONG,
                         tell ? say(p, now) : "");
    }
}

static void add_use(struct page *p)
{
    add_whom(p);
    add_hours(p);
    service_field(p, MSG_DETAIL_REFERRAL, FIELD_ID(SERVICE, referral_km), true);
    service_field(p, MSG_DETAIL_APPLICATION, FIELD_ID(SERVICE, application_km), false);
    service_field(p, MSG_DETAIL_RESPONSE_TIME, FIELD_ID(SERVICE, response_time_km), false);
    service_field(p, MSG_DETAIL_BRING, FIELD_ID(SERVICE, bring_km), true);
    service_field(p, MSG_DETAIL_COST, FIELD_ID(SERVICE, fees_km), true);
}

static void add_areas(struct page *p)
{
    const struct record_list *areas = &p->d->areas;
    for (size_t i = 0; i < areas->count && i < AREAS_SHOWN; i++) {
        const char *code = record_text(&areas->rows[i], FIELD_ID(SERVICE_AREA, area));
        text_clear(&p->line);
        names_path(p->f->names, &p->line, p->f->lang, code ? code : "");
        if (i + 1 == AREAS_SHOWN && areas->count > AREAS_SHOWN)
            text_addf(&p->line, " +%zu", areas->count - AREAS_SHOWN);
        sheet_field(p->s, i == 0 ? say(p, MSG_DETAIL_COVERS) : "", STYLE_NORMAL, p->line.bytes);
    }
}

/* True when the place lies in the one area that is served: told there already. */
static bool is_told(const struct page *p, const char *code)
{
    const struct record_list *areas = &p->d->areas;
    const char *served =
        areas->count == 1 ? record_text(&areas->rows[0], FIELD_ID(SERVICE_AREA, area)) : NULL;
    return served && code && strcmp(served, code) == 0;
}

static void add_location(struct page *p, const struct record *place, const char *label)
{
    const char *code = record_text(place, FIELD_ID(LOCATION, area));
    struct text path = TEXT_INIT;
    if (code)
        names_path(p->f->names, &path, p->f->lang, code);
    const char *address = field_text(p, place, FIELD_ID(LOCATION, address_km));
    bool told = is_told(p, code) || path.len == 0;
    if (!told)
        sheet_field(p->s, label, STYLE_NORMAL, path.bytes);
    if (*address)
        sheet_field(p->s, told ? label : "", STYLE_NORMAL, address);
    else
        note_missing(p, MSG_FIELD_ADDRESS);
    sheet_field(p->s, "", STYLE_NORMAL, field_text(p, place, FIELD_ID(LOCATION, directions_km)));
    text_clear(&path);
    add_level(p, &path, place);
    sheet_field(p->s, "", STYLE_WARNING, path.bytes);
    text_release(&path);
}

/* A kind of service whose places are confidential unless said otherwise. */
static bool hides_places(const struct page *p)
{
    for (size_t i = 0; i < p->d->terms.count; i++) {
        const struct record *link = &p->d->terms.rows[i];
        const char *code = record_text(link, FIELD_ID(TERM_LINK, term));
        int64_t type = record_int(link, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
        if (code && type == VALUE_LINK_TYPE_SERVICE_TYPE && restricted_hides_term(code))
            return true;
    }
    return false;
}

static void add_places(struct page *p)
{
    const struct record_list *places = &p->d->locations;
    const char *label = say(p, MSG_DETAIL_LOCATED);
    if (places->count == 0 && hides_places(p))
        sheet_field(p->s, label, STYLE_NORMAL, say(p, MSG_DETAIL_HIDDEN_PLACE));
    for (size_t i = 0; i < places->count; i++) {
        const struct record *place = &places->rows[i];
        if (is_hidden(p, place))
            sheet_field(p->s, label, STYLE_NORMAL, say(p, MSG_DETAIL_HIDDEN_PLACE));
        else
            add_location(p, place, label);
        label = "";
    }
}

static void add_kinds(struct page *p)
{
    const struct record_list *terms = &p->d->terms;
    const char *label = say(p, MSG_DETAIL_KINDS);
    for (size_t i = 0; i < terms->count; i++) {
        const struct record *link = &terms->rows[i];
        const char *code = record_text(link, FIELD_ID(TERM_LINK, term));
        int64_t type = record_int(link, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
        if (!code || type != VALUE_LINK_TYPE_SERVICE_TYPE)
            continue;
        sheet_field(p->s, label, STYLE_NORMAL, names_term(p->f->names, p->f->lang, code));
        label = "";
    }
}

static const struct record *organization(const struct page *p)
{
    return p->d->organization.count > 0 ? &p->d->organization.rows[0] : NULL;
}

/* When a committee meets next. */
static void add_meeting(struct page *p, const struct record *organization)
{
    const char *next = record_text(organization, FIELD_ID(ORGANIZATION, next_meeting));
    struct date day;
    if (!next || date_parse(next, strlen(next), &day) != STATUS_OK)
        return;
    text_clear(&p->line);
    date_short(&p->line, day);
    sheet_field(p->s, say(p, MSG_FIELD_NEXT_MEETING), STYLE_NORMAL, p->line.bytes);
}

static void add_about(struct page *p)
{
    const struct record *service = &p->d->service.rows[0], *owner = organization(p);
    add_kinds(p);
    const char *text = field_text(p, service, FIELD_ID(SERVICE, description_km));
    if (!*text && owner)
        text = field_text(p, owner, FIELD_ID(ORGANIZATION, description_km));
    if (*text)
        sheet_field(p->s, say(p, MSG_DETAIL_DESCRIPTION), STYLE_NORMAL, text);
    if (!owner)
        return;
    struct text name = TEXT_INIT;
    text_adds(&name, name_text(p, service, FIELD_ID(SERVICE, name_km)));
    name_text(p, owner, FIELD_ID(ORGANIZATION, name_km));
    if (strncmp(name.bytes, p->line.bytes, p->line.len) != 0)
        sheet_field(p->s, say(p, MSG_DETAIL_ORGANIZATION), STYLE_NORMAL, p->line.bytes);
    text_release(&name);
    const char *email = record_text(owner, FIELD_ID(ORGANIZATION, email));
    const char *website = record_text(owner, FIELD_ID(ORGANIZATION, website));
    if (email && *email)
        sheet_field(p->s, say(p, MSG_DETAIL_EMAIL), STYLE_NORMAL, email);
    if (website && *website)
        sheet_field(p->s, say(p, MSG_DETAIL_WEBSITE), STYLE_NORMAL, website);
    add_meeting(p, owner);
}

static void add_contacts(struct page *p)
{
    const char *label = say(p, MSG_DETAIL_CONTACTS);
    for (size_t i = 0; i < p->d->contacts.count; i++) {
        const struct record *contact = &p->d->contacts.rows[i];
        if (is_hidden(p, contact))
            continue;
        struct text line = TEXT_INIT;
        text_adds(&line, name_text(p, contact, FIELD_ID(CONTACT, name_km)));
        const int more[] = {FIELD_ID(CONTACT, title_km), FIELD_ID(CONTACT, role_km)};
        for (size_t k = 0; k < sizeof more / sizeof *more; k++)
            if (*field_text(p, contact, more[k]))
                text_addf(&line, "%s%s", NAMES_DOT, p->line.bytes);
        add_level(p, &line, contact);
        sheet_field(p->s, label, STYLE_NORMAL, line.bytes);
        text_release(&line);
        label = "";
    }
}

static void add_languages(struct page *p)
{
    text_clear(&p->line);
    for (size_t i = 0; i < p->d->languages.count; i++) {
        const char *code = record_text(&p->d->languages.rows[i], FIELD_ID(LANGUAGE, code));
        if (!code)
            continue;
        text_adds(&p->line, p->line.len > 0 ? ", " : "");
        text_adds(&p->line, format_language(p->f->lang, code));
    }
    if (p->line.len > 0)
        sheet_field(p->s, say(p, MSG_DETAIL_LANGUAGES), STYLE_NORMAL, p->line.bytes);
}

static void add_capacity(struct page *p, const struct record *capacity)
{
    int64_t available = record_int(capacity, FIELD_ID(CAPACITY, available), -1);
    int64_t maximum = record_int(capacity, FIELD_ID(CAPACITY, maximum), -1);
    if (available < 0 || maximum < 0)
        return;
    struct text a = TEXT_INIT, m = TEXT_INIT;
    number_format(&a, available);
    number_format(&m, maximum);
    text_clear(&p->line);
    message_format(&p->line, p->f->lang, MSG_DETAIL_PLACES_FREE, "available", a.bytes, "maximum",
                   m.bytes, NULL);
    sheet_field(p->s, say(p, MSG_DETAIL_CAPACITY), STYLE_NORMAL, p->line.bytes);
    text_release(&a);
    text_release(&m);
}

static void add_more(struct page *p)
{
    add_contacts(p);
    add_languages(p);
    for (size_t i = 0; i < p->d->accessibility.count; i++)
        sheet_field(
            p->s, i == 0 ? say(p, MSG_DETAIL_ACCESS) : "", STYLE_NORMAL,
            field_text(p, &p->d->accessibility.rows[i], FIELD_ID(ACCESSIBILITY, description_km)));
    for (size_t i = 0; i < p->d->capacities.count; i++)
        add_capacity(p, &p->d->capacities.rows[i]);
    if (p->missing.len > 0)
        sheet_field(p->s, say(p, MSG_DETAIL_UNKNOWN), STYLE_DIM, p->missing.bytes);
}

static void join_kind(struct text *out, const struct record *link)
{
    const char *term = record_text(link, FIELD_ID(TERM_LINK, term));
    if (term)
        text_addf(out, "%s%s", out->len > 0 ? " " : "", term);
}

/* That a confirmation is too old for what it is. */
static void add_due(struct page *p, int64_t confirmed)
{
    struct text kinds = TEXT_INIT;
    for (size_t i = 0; i < p->d->terms.count; i++)
        join_kind(&kinds, &p->d->terms.rows[i]);
    if (p->f->names && names_is_due(p->f->names, kinds.bytes, confirmed, today(p)))
        sheet_field(p->s, "", STYLE_WARNING, say(p, MSG_DETAIL_DUE));
    text_release(&kinds);
}

static void add_verified(struct page *p)
{
    const struct verification *v = &p->d->verified;
    const char *label = say(p, MSG_DETAIL_VERIFIED);
    enum message word;
    if (v->day < 0) {
        sheet_field(p->s, label, STYLE_WARNING, say(p, MSG_MARK_NEVER_VERIFIED));
        return;
    }
    text_clear(&p->line);
    format_day(&p->line, v->day);
    text_adds(&p->line, " (");
    format_age(p->f, &p->line, v->day);
    text_adds(&p->line, ")");
    if (enum_label("METHOD", v->method, &word))
        text_addf(&p->line, "%s%s", NAMES_DOT, say(p, word));
    if (enum_label("RESULT", v->result, &word))
        text_addf(&p->line, "%s%s", NAMES_DOT, say(p, word));
    if (v->actor && *v->actor)
        text_addf(&p->line, "%s%s", NAMES_DOT, v->actor);
    sheet_field(p->s, label, STYLE_NORMAL, p->line.bytes);
    add_due(p, v->day);
    if (v->note && *v->note)
        sheet_field(p->s, "", STYLE_NORMAL, v->note);
}

static void add_trust(struct page *p)
{
    const struct record *service = &p->d->service.rows[0];
    const char *source = record_text(service, FIELD_ID(SERVICE, source));
    const char *as_of = record_text(service, FIELD_ID(SERVICE, as_of));
    enum message confidence;
    add_verified(p);
    text_clear(&p->line);
    int level = (int)record_int(service, FIELD_ID(SERVICE, confidence), 0);
    if (enum_label("CONFIDENCE", level, &confidence))
        text_adds(&p->line, say(p, confidence));
    if (as_of && *as_of) {
        struct text day = TEXT_INIT;
        format_partial_day(&day, as_of);
        text_adds(&p->line, p->line.len > 0 ? NAMES_DOT : "");
        message_format(&p->line, p->f->lang, MSG_DETAIL_AS_OF, "date", day.bytes, NULL);
        text_release(&day);
    }
    if (p->line.len > 0)
        sheet_field(p->s, say(p, MSG_DETAIL_CONFIDENCE), STYLE_NORMAL, p->line.bytes);
    if (source && *source)
        sheet_field(p->s, say(p, MSG_DETAIL_SOURCE), STYLE_DIM, source);
}

void format_detail(const struct format *f, struct sheet *s, const struct detail *d)
{
    struct page p = {f, s, d, TEXT_INIT, TEXT_INIT};
    if (d->service.count == 0)
        return;
    add_head(&p);
    add_phones(&p);
    add_use(&p);
    add_areas(&p);
    add_places(&p);
    add_about(&p);
    add_more(&p);
    sheet_gap(s);
    add_trust(&p);
    text_release(&p.line);
    text_release(&p.missing);
}

void format_call(const struct format *f, struct sheet *s, const struct detail *d, bool name)
{
    struct page p = {f, s, d, TEXT_INIT, TEXT_INIT};
    if (name)
        add_head(&p);
    add_phones(&p);
    add_verified(&p);
    text_release(&p.line);
    text_release(&p.missing);
}
