/* Standing in a list; see roll.h. Draws nothing. */
#include "tui/roll.h"

static void settle(struct roll *r)
{
    size_t shown = r->shown > 0 ? r->shown : 1;
    if (r->selected >= r->count)
        r->selected = r->count > 0 ? r->count - 1 : 0;
    if (r->top > r->selected)
        r->top = r->selected;
    if (r->selected >= r->top + shown)
        r->top = r->selected + 1 - shown;
    if (r->top + shown > r->count)
        r->top = r->count > shown ? r->count - shown : 0;
}

void roll_fit(struct roll *r, size_t count, size_t shown)
{
    r->count = count;
    r->shown = shown;
    settle(r);
}

void roll_go(struct roll *r, size_t index)
{
    r->selected = index;
    settle(r);
}

bool roll_command(struct roll *r, enum command command)
{
    size_t page = r->shown > 1 ? r->shown - 1 : 1, at = r->selected;
    switch (command) {
    case COMMAND_UP:
        roll_go(r, at > 0 ? at - 1 : 0);
        return true;
    case COMMAND_DOWN:
        roll_go(r, at + 1);
        return true;
    case COMMAND_PAGE_UP:
        roll_go(r, at > page ? at - page : 0);
        return true;
    case COMMAND_PAGE_DOWN:
        roll_go(r, at + page);
        return true;
    case COMMAND_HOME:
        roll_go(r, 0);
        return true;
    case COMMAND_END:
        roll_go(r, r->count);
        return true;
    default:
        return false;
    }
}
