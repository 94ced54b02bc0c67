/* Entries that may be the same as the one being filled in, said while its name or a telephone
 * number is typed. See form_view.h. */
#include "tui/form_view.h"

#include <string.h>

#include "db/duplicate.h"
#include "i18n/message.h"
#include "tui/format.h"
#include "tui/why.h"

static bool is_name(const struct box *b)
{
    return b->field->number == FIELD_ID(SERVICE, name_km) ||
           b->field->number == FIELD_ID(SERVICE, name_en);
}

/* The typed text of a field of the service, where it is not what is stored. */
static const char *typed(const struct form_view *v, int field)
{
    const struct box *b = form_box(form_data_root(&v->data), field);
    return form_box_changed(b) ? b->edit.text.bytes : "";
}

static const char *place(const struct form_view *v)
{
    for (size_t i = 0; i < v->data.count; i++) {
        const struct part *p = v->data.parts[i];
        const struct box *b =
            form_box(p, p->kind == RECORD_LOCATION ? FIELD_ID(LOCATION, area)
                                                   : FIELD_ID(SERVICE_AREA, area));
        if (b && !p->removed && !p->gone && b->now.type == VALUE_TEXT)
            return b->now.text.bytes;
    }
    return v->area;
}

void form_look_near(struct form_view *v, const struct context *x)
{
    const struct item *i = form_focus(v);
    const struct part *root = form_data_root(&v->data);
    bool phone = i->kind == ITEM_BOX && i->box->field->number == FIELD_ID(PHONE, number);
    struct duplicate_near_list list;
    text_clear(&v->near);
    if (root->kind != RECORD_SERVICE || i->kind != ITEM_BOX || (!phone && !is_name(i->box)) ||
        !form_box_changed(i->box))
        return;
    const struct duplicate_draft draft = {
        .self = root->fresh ? NULL : &root->id,
        .name_km = phone ? "" : typed(v, FIELD_ID(SERVICE, name_km)),
        .name_en = phone ? "" : typed(v, FIELD_ID(SERVICE, name_en)),
        .phone = phone ? i->box->edit.text.bytes : "",
        .area = place(v),
    };
    if (duplicate_near(x->db, &draft, 1, &list) != STATUS_OK)
        return;
    if (list.count > 0) {
        bool other;
        const struct duplicate_near *near = &list.rows[0];
        struct text why = TEXT_INIT;
        why_duplicate(&why, x->lang, near->why, draft.phone);
        message_format(&v->near, x->lang, MSG_FORM_NEAR, "name",
                       format_pick(x->lang, near->side.name_km, near->side.name_en, &other), "why",
                       why.bytes, NULL);
        text_release(&why);
    }
    duplicate_near_list_release(&list);
}
