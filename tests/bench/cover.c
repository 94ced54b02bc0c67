/* What the coverage of the whole nation costs: cover FILE counts every area and kind of the minimum
 * package in the directory FILE, from nothing each time, and ranks its districts. Prints key and
 * value. */
#include "db/coverage.h"
#include "i18n/width.h"
#include "tests/bench/bench.h"

enum { TIMES = 9 };

int main(int argc, char **argv)
{
    struct db *db;
    struct package package;
    struct guide_fault fault;
    double took[TIMES], ranked[TIMES];
    size_t areas = 0, services = 0, districts = 0;
    if (argc != 2 || !width_init()) {
        fputs("usage: cover FILE\n", stderr);
        return 2;
    }
    if (db_open(argv[1], DB_READ_ONLY, &db, NULL) || package_load(db, NULL, &package, &fault))
        bench_die("%s cannot be read", argv[1]);
    for (size_t i = 0; i < TIMES; i++) {
        struct coverage coverage;
        double start = bench_now_us();
        if (coverage_load(db, &package, &coverage) != STATUS_OK)
            bench_die("%s", db_error(db));
        took[i] = bench_now_us() - start;
        free(coverage_rank(&coverage, "", &districts));
        ranked[i] = bench_now_us() - start - took[i];
        areas = coverage.area_count - 1;
        services = coverage.row_count;
        coverage_release(&coverage);
    }
    printf("areas\t%zu\nservices\t%zu\ndistricts\t%zu\n", areas, services, districts);
    printf("load_ms\t%.1f\nload_max_ms\t%.1f\nrank_ms\t%.2f\n",
           bench_quantile(took, TIMES, 0.5) / 1e3, bench_quantile(took, TIMES, 1) / 1e3,
           bench_quantile(ranked, TIMES, 0.5) / 1e3);
    package_release(&package);
    db_close(db);
    return EXIT_SUCCESS;
}
