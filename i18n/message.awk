# Turns messages.tsv into message_id.h (-v part=h) and message_table.h (-v part=c). Stops at a row
# that is not four fields, an id that is not lower case words, or one that stands twice.
BEGIN {
    FS = "\t"
    if (part == "h")
        print "/* Generated from i18n/messages.tsv. */\n#ifndef I18N_MESSAGE_ID_H\n#define I18N_MESSAGE_ID_H\n\nenum message {"
    else
        print "/* Generated from i18n/messages.tsv. */"
}
FNR == 1 || /^#/ || /^$/ { next }
{
    if (NF < 3 || NF > 4 || $1 !~ /^[a-z0-9_.]+$/ || $2 == "" || $3 == "" || seen[$1]++) {
        printf "%s:%d: bad message row: %s\n", FILENAME, FNR, $1 > "/dev/stderr"
        failed = 1
        exit 1
    }
    if (part == "h") {
        name = toupper($1)
        gsub(/[^A-Z0-9]/, "_", name)
        print "    MSG_" name ","
    } else {
        gsub(/"/, "\\\"", $2)
        gsub(/"/, "\\\"", $3)
        print "{\"" $1 "\", {\"" $3 "\", \"" $2 "\"}},"
    }
}
END {
    if (failed)
        exit 1
    if (part == "h")
        print "    MSG_COUNT\n};\n\n#endif"
}
