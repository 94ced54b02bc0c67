/* What referral pathways cost: ways FILE makes the born directory FILE anew and asks the pathway of
 * every need in every commune; then single ones, each loaded from nothing; then on the screen, from
 * the key to the chart. Prints key and value. */
#include <unistd.h>

#include "db/need.h"
#include "i18n/width.h"
#include "tests/bench/bench.h"
#include "tui/app.h"
#include "tui/way.h"

extern const unsigned char seed_start[], seed_end[];

enum { SINGLE = 500, ROOM = 4000, SHOWN = 30, ROWS = 60, COLUMNS = 200 };

struct communes {
    char codes[ROOM][AREA_CODE];
    size_t count;
};

static void collect(struct db *db, const char *code, struct communes *all)
{
    struct area_list areas;
    if (area_level(code) == 3) {
        if (all->count == ROOM)
            bench_die("more than %d communes", ROOM);
        memcpy(all->codes[all->count++], code, AREA_CODE);
        return;
    }
    if (area_children(db, code, &areas) != STATUS_OK)
        bench_die("%s", db_error(db));
    for (size_t i = 0; i < areas.count; i++)
        collect(db, areas.rows[i].code, all);
    area_list_release(&areas);
}

/* Every need in every commune, each commune's services loaded once. */
static size_t walk_all(struct db *db, const struct guide *guide, const struct communes *all,
                       const struct need_list *needs)
{
    const struct pathway_child anybody = {.age = -1};
    size_t walked = 0;
    for (size_t i = 0; i < all->count; i++) {
        struct catchment catchment;
        if (catchment_load(db, all->codes[i], &anybody, &catchment) != STATUS_OK)
            bench_die("%s: %s", all->codes[i], db_error(db));
        for (size_t n = 0; n < needs->count; n++) {
            struct pathway pathway;
            const struct pathway_query query = {.need = needs->rows[n].code};
            if (pathway_make(guide, &catchment, &query, &pathway) != STATUS_OK)
                bench_die("%s: no pathway", needs->rows[n].code);
            walked += pathway.count > 0;
            pathway_release(&pathway);
        }
        catchment_release(&catchment);
    }
    return walked;
}

/* Microseconds of processor time of one pathway as the screen and the command line load it: rules,
 * services, steps, opening hours. */
static double time_one(struct db *db, const char *area, const char *need)
{
    struct way way;
    struct way_query query = {.child = {.age = 14, .sex = CHILD_GIRL}};
    snprintf(query.need, sizeof query.need, "%s", need);
    snprintf(query.area, sizeof query.area, "%s", area);
    double start = bench_cpu_us();
    if (way_load(db, NULL, &query, &way) != STATUS_OK)
        bench_die("%s in %s: %s", need, area, db_error(db));
    double us = bench_cpu_us() - start;
    way_release(&way);
    return us;
}

/* --- from the key to the chart on the screen */

static int64_t bench_clock(void *clock)
{
    (void)clock;
    return 1782871200; /* a Wednesday in working hours */
}

static void press(struct app *app, struct canvas *canvas, enum special key, const char *typed)
{
    for (const char *c = typed; *c; c++)
        app_key(app, SPECIAL_NONE, (char32_t)*c);
    app_key(app, key, 0);
    canvas_reset(canvas, ROWS, COLUMNS);
    app_draw(app, canvas);
}

static void assert_chart(const struct canvas *canvas)
{
    struct text shown = TEXT_INIT;
    canvas_text(canvas, &shown);
    if (!strstr(shown.bytes, "1280")) /* the helpline of the last step */
        bench_die("no chart on the screen:\n%s", shown.bytes);
    text_release(&shown);
}

/* Milliseconds from Enter on the commune until the chart is drawn, the median; *ret_needs: from F6
 * until the needs are. */
static double time_chart(struct db *db, double *ret_needs)
{
    static double needs[SHOWN], charts[SHOWN];
    const struct app_options options = {.lang = LANG_KM, .now = bench_clock};
    struct app *app = app_new(db, &options);
    struct canvas canvas;
    canvas_init(&canvas, ROWS, COLUMNS);
    app_resize(app, ROWS, COLUMNS);
    for (size_t i = 0; i < SHOWN; i++) {
        double start = bench_now_us();
        press(app, &canvas, SPECIAL_F6, "");
        needs[i] = bench_now_us() - start;
        press(app, &canvas, SPECIAL_ENTER, "n3");
        for (const char *c = "070303"; *c; c++)
            app_key(app, SPECIAL_NONE, (char32_t)*c);
        start = bench_now_us();
        press(app, &canvas, SPECIAL_ENTER, "");
        charts[i] = bench_now_us() - start;
        assert_chart(&canvas);
        press(app, &canvas, SPECIAL_ESCAPE, "");
        press(app, &canvas, SPECIAL_ESCAPE, "");
    }
    canvas_release(&canvas);
    app_free(app);
    *ret_needs = bench_quantile(needs, SHOWN, 0.5) / 1e3;
    return bench_quantile(charts, SHOWN, 0.5) / 1e3;
}

int main(int argc, char **argv)
{
    static struct communes all;
    static double single[SINGLE];
    struct db *db;
    struct guide guide;
    struct guide_fault fault;
    struct need_list needs;
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    uint64_t random = 1;
    if (argc != 2 || !width_init()) {
        fputs("usage: ways FILE\n", stderr);
        return 2;
    }
    unlink(argv[1]);
    if (db_create(argv[1], seed, NULL) || db_open(argv[1], DB_READ_WRITE, &db, NULL) ||
        guide_load(db, NULL, &guide, &fault) || need_all(db, &needs))
        bench_die("%s cannot be made", argv[1]);
    collect(db, "", &all);
    double start = bench_now_us();
    size_t walked = walk_all(db, &guide, &all, &needs);
    double all_us = bench_now_us() - start;
    for (size_t i = 0; i < SINGLE; i++)
        single[i] = time_one(db, all.codes[bench_below(&random, all.count)],
                             needs.rows[bench_below(&random, needs.count)].code);
    printf("paths\t%zu\nall_s\t%.2f\none_ms\t%.2f\n", walked, all_us / 1e6,
           bench_quantile(single, SINGLE, 0.5) / 1e3);
    printf("one_p99_ms\t%.2f\none_max_ms\t%.2f\n", bench_quantile(single, SINGLE, 0.99) / 1e3,
           bench_quantile(single, SINGLE, 1) / 1e3);
    double needs_ms, chart_ms = time_chart(db, &needs_ms);
    printf("needs_ms\t%.2f\nchart_ms\t%.2f\n", needs_ms, chart_ms);
    guide_release(&guide);
    need_list_release(&needs);
    db_close(db);
    return EXIT_SUCCESS;
}
