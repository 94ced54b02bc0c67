# Turns queries.sql into query_id.h (-v part=h) and query_table.h (-v part=c). A query begins at a line
# `-- name: word`; other comment lines are dropped.
function finish()
{
    if (name == "")
        return
    if (part == "h")
        print "    QUERY_" toupper(name) ","
    else
        print "{\"" name "\",\n" body "},"
    name = body = ""
}
BEGIN {
    if (part == "h")
        print "/* Generated from db/queries.sql. */\n#ifndef DB_QUERY_ID_H\n#define DB_QUERY_ID_H\n\nenum query_id {"
    else
        print "/* Generated from db/queries.sql. */"
}
/^-- name: [a-z0-9_]+$/ {
    finish()
    name = $3
    if (seen[name]++) {
        print "queries.sql:" FNR ": " name " stands twice" > "/dev/stderr"
        failed = 1
        exit 1
    }
    next
}
/^--/ || /^[ \t]*$/ { next }
{
    sub(/^[ \t]+/, "")
    if (name != "")
        body = body " \"" $0 " \"\n"
}
END {
    if (failed)
        exit 1
    finish()
    if (part == "h")
        print "    QUERY_COUNT\n};\n\n#endif"
}
