/* find FILE QUERIES: types the queries into our own search, every keystroke one search_run with its
 * counts beside the list, and prints its line of figures. */
#include "db/db.h"
#include "db/search.h"
#include "tests/bench/bench.h"

/* CPDIR_BENCH_SHOW=nothing or a number of ms: also says on standard error which keystrokes found
 * nothing, or took more of the processor's time. */
static void show(const char *typed, const struct result *r, double us)
{
    const char *wish = getenv("CPDIR_BENCH_SHOW");
    if (!wish)
        return;
    bool nothing = !strcmp(wish, "nothing");
    if (nothing ? r->count == 0 : us > strtod(wish, NULL) * 1000)
        fprintf(stderr, "%.1f ms, %lld hits: %s\n", us / 1000, (long long)r->total, typed);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: find FILE QUERIES\n", stderr);
        return 2;
    }
    struct db *db = NULL;
    struct text detail = TEXT_INIT;
    if (db_open(argv[1], DB_READ_WRITE, &db, &detail))
        bench_die("%s: %s", argv[1], detail.bytes);
    struct keystrokes keys = bench_keystrokes(argv[2], 0);
    struct figures figures = {0};
    for (size_t i = 0; i < keys.count; i++) {
        struct query query = {
            .words = keys.rows[i], .limit = BENCH_LIMIT, .lang = LANG_KM, .want_facets = true};
        struct result result;
        double start = bench_now_us(), start_cpu = bench_cpu_us();
        enum status status = search_run(db, &query, &result);
        double us = bench_now_us() - start, cpu = bench_cpu_us() - start_cpu;
        if (status != STATUS_OK)
            bench_die("%s: status %d, %s", keys.rows[i], (int)status, db_error(db));
        bench_add(&figures, us, cpu, result.count > 0);
        show(keys.rows[i], &result, cpu);
        result_release(&result);
    }
    bench_print("cpdir", &figures);
    db_close(db);
    text_release(&detail);
    return EXIT_SUCCESS;
}
