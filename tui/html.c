/* Pages for a browser; see html.h. */
#include "tui/html.h"

#include <string.h>

#include "i18n/utf8.h"

/* The policy forbids every request, whatever a name may hold. The browser shapes Khmer with the
 * first of these fonts the machine has. */
static const char head[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

static const char common[] =
    "html{-webkit-text-size-adjust:100%}\n"
    "body{margin:1rem auto;padding:0 .8rem;max-width:72rem;color:#111;background:#fff;"
    "overflow-wrap:anywhere;font:1rem/1.55 \"Noto Sans Khmer\",\"Khmer OS\",\"Khmer OS System\","
    "\"Leelawadee UI\",\"Khmer UI\",\"Khmer Sangam MN\",\"Noto Sans\",sans-serif}\n"
    "h1{font-size:1.4rem}h2{font-size:1.15rem}h3{font-size:1rem;margin:.8rem 0 .2rem}\n"
    "ul{margin:.2rem 0;padding-left:1.2rem}\n"
    "@page{size:A4;margin:12mm}\n"
    "@media print{body{margin:0;padding:0;max-width:none;font-size:9pt;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    "h2,h3{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}}\n";

void html_text(struct text *out, const char *s)
{
    for (size_t at = 0, len = strlen(s); at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (cp == '&')
            text_adds(out, "&amp;");
        else if (cp == '<')
            text_adds(out, "&lt;");
        else if (cp == '>')
            text_adds(out, "&gt;");
        else if (cp == '"')
            text_adds(out, "&quot;");
        else if (cp == '\'')
            text_adds(out, "&#39;");
        else
            text_addcp(out, cp != '\n' && utf8_is_forbidden(cp) ? 0xFFFD : cp);
    }
}

void html_element(struct text *out, const char *tag, const char *attributes, const char *s)
{
    text_addf(out, "<%s%s>", tag, attributes);
    html_text(out, s);
    text_addf(out, "</%s>\n", tag);
}

void html_begin(struct text *out, enum lang lang, const char *title, const char *css)
{
    text_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n%s", lang == LANG_KM ? "km" : "en",
              head);
    html_element(out, "title", "", title);
    text_addf(out, "<style>\n%s%s</style>\n</head>\n<body>\n", common, css);
    html_element(out, "h1", "", title);
}

void html_end(struct text *out)
{
    text_adds(out, "</body>\n</html>\n");
}
