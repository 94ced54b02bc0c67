/* A question with answers; see choice.h. */
#include "tui/choice.h"

#include "tui/hits.h"
#include "tui/sheet.h"

int choice_command(struct choice *q, enum command command)
{
    switch (command) {
    case COMMAND_UP:
    case COMMAND_PREVIOUS:
        q->selected -= q->selected > 0;
        break;
    case COMMAND_DOWN:
    case COMMAND_NEXT_PANE:
        q->selected += q->selected + 1 < q->count;
        break;
    case COMMAND_HOME:
    case COMMAND_PAGE_UP:
        q->selected = 0;
        break;
    case COMMAND_END:
    case COMMAND_PAGE_DOWN:
        q->selected = q->count - 1;
        break;
    case COMMAND_OPEN:
        return (int)q->selected;
    case COMMAND_BACK:
    case COMMAND_LEFT:
    case COMMAND_DELETE_BACK:
        return CHOICE_LEFT;
    default:
        break;
    }
    return CHOICE_OPEN;
}

void choice_draw(const struct choice *q, struct canvas *c, int top, int bottom, enum lang lang,
                 const char *about)
{
    struct sheet sheet;
    int answers = (int)q->count;
    sheet_init(&sheet, c->columns - 2);
    sheet.ruler = c->ruler;
    sheet_text(&sheet, 0, STYLE_TITLE, message_get(lang, q->question));
    sheet_text(&sheet, 0, STYLE_NORMAL, about);
    sheet_gap(&sheet);
    int rows = (int)sheet.count;
    if (rows > bottom - top - answers)
        rows = bottom - top - answers;
    if (rows > 0)
        sheet_draw(&sheet, c, top, 1, rows, 0);
    for (int i = 0; i < answers && rows >= 0; i++) {
        bool marked = (size_t)i == q->selected;
        int row = top + rows + i;
        if (row >= bottom)
            break;
        enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
        if (marked) {
            canvas_fill(c, row, 0, c->columns, style, 0);
            canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
        }
        canvas_puts(c, row, 3, c->columns - 4, style, message_get(lang, q->answers[i]));
    }
    sheet_release(&sheet);
}
