/* What the work lists share; see cli_work.h. */
#include "tui/cli_work.h"

#include <string.h>

#include "i18n/number.h"
#include "tui/identity.h"

enum { LIMIT_MOST = 1000000 };

int cli_read_work_area(const struct cli *c, char ret_area[AREA_CODE])
{
    const char *typed = c->request->options[OPTION_AREA];
    struct area_list areas = {0};
    *ret_area = '\0';
    if (!typed) {
        struct person person = cli_person_now(c);
        memcpy(ret_area, person.area, AREA_CODE);
        return EXIT_DONE;
    }
    if (!strcmp(typed, AREA_COUNTRY_CODE))
        return EXIT_DONE;
    int code = cli_find_area(c, typed, EXIT_REFUSED, &areas);
    if (!code)
        memcpy(ret_area, areas.rows[0].code, AREA_CODE);
    area_list_release(&areas);
    return code;
}

int cli_read_work_limit(const struct cli *c, size_t *limit)
{
    const char *typed = c->request->options[OPTION_LIMIT];
    int64_t value;
    if (!typed)
        return EXIT_DONE;
    if (number_parse(typed, strlen(typed), &value) || value < 1 || value > LIMIT_MOST)
        return cli_refuse(c, OPTION_LIMIT, "1-1000000");
    *limit = (size_t)value;
    return EXIT_DONE;
}

void cli_add_phones(struct text *out, const char *phones)
{
    for (const char *at = phones; *at;) {
        char stored[PHONE_MAX] = "";
        size_t len = strcspn(at, " ");
        memcpy(stored, at, len < sizeof stored ? len : sizeof stored - 1);
        text_adds(out, at == phones ? "" : ", ");
        phone_format(out, stored);
        at += len + strspn(at + len, " ");
    }
}
