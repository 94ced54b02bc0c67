# data/alias.tsv as a table of C. A row of another shape than the file says stops the build.
BEGIN { FS = "\t" }
function bad(why) { print FILENAME ":" FNR ": " why > "/dev/stderr"; failed = 1; exit 1 }
/^## / { next }
/^# / { if ($0 != "# typed\tofficial\tpart\tsource") bad("unknown heading"); next }
NF != 4 { bad("not four columns") }
$1 !~ /^[a-z]+$/ || $2 !~ /^[a-z]+$/ { bad("only small letters a-z") }
$1 == $2 { bad("typed is the official spelling") }
$3 != "name" && $3 != "start" { bad("part is name or start") }
$4 !~ /^[0-9]+( [0-9]+)*$/ { bad("no source") }
seen[$1 "\t" $2]++ { bad("stands twice") }
{ row[++count] = sprintf("    {\"%s\", \"%s\", %s},", $1, $2, $3 == "start" ? "true" : "false") }
END {
    if (failed) exit 1
    print "/* Made from data/alias.tsv. */"
    print "static const struct {\n    const char *typed, *official;\n    bool start; /* only the beginning of the name */\n} spellings[] = {"
    for (i = 1; i <= count; i++) print row[i]
    print "};"
}
