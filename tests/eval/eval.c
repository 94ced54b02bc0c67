/* eval DIRECTORY WORK: asks the questions of all sets of every engine and prints how well each
 * answers. DIRECTORY is the file of tests/bench/invent, WORK a file for the other engines. Fails
 * only when something cannot be run. CPDIR_EVAL_SHOW=1 also lists, on standard error, the questions
 * that cpdir answers badly. */
#include "tests/eval/eval.h"

#include "i18n/width.h"

struct score {
    double recall, first, ten, precision;
};

static struct score score_of(const struct set *set, const struct question *q, const struct hits *h)
{
    struct score s = {0};
    size_t right = 0, right_ten = 0, ten = h->count < EVAL_TEN ? h->count : EVAL_TEN;
    for (size_t i = 0; i < h->count; i++) {
        bool is = right_has(&q->right, h->items[i]);
        right += is;
        right_ten += is && i < EVAL_TEN;
    }
    s.recall = set->recall ? (double)right / (double)q->right.count : 0;
    s.first = h->count > 0 && right_has(&q->right, h->items[0]);
    s.ten = right_ten > 0;
    s.precision = ten ? (double)right_ten / (double)ten : 0;
    return s;
}

static double judged(const struct set *set, const struct score *s)
{
    return set->precision ? s->precision : set->recall ? s->recall : s->ten;
}

static struct score ask_set(const struct engine *engine, const struct corpus *c,
                            const struct set *set, bool show)
{
    struct score sum = {0};
    struct hits hits = {0};
    for (size_t i = 0; i < set->count; i++) {
        const struct question *q = &set->questions[i];
        hits.count = 0;
        engine->ask(engine->context, c, set, q->typed, set->recall ? EVAL_ALL : EVAL_TEN, &hits);
        struct score s = score_of(set, q, &hits);
        sum.recall += s.recall;
        sum.first += s.first;
        sum.ten += s.ten;
        sum.precision += s.precision;
        if (show && judged(set, &s) < (set->precision ? .7 : 1))
            fprintf(stderr, "%s: '%s': recall %.2f, precision %.2f, %zu right, %zu hits, %s\n",
                    set->name, q->typed, s.recall, s.precision, q->right.count, hits.count,
                    hits.count ? c->items[hits.items[0]].name[LANG_KM] : "");
    }
    free(hits.items);
    double n = set->count ? (double)set->count : 1;
    return (struct score){sum.recall / n, sum.first / n, sum.ten / n, sum.precision / n};
}

static void print_score(const struct set *set, const char *engine, const struct score *s)
{
    printf("  %-10s", engine);
    if (set->recall)
        printf(" %7.3f", s->recall);
    else
        printf(" %7s", "-");
    printf(" %7.3f %7.3f %7.3f", s->first, s->ten, s->precision);
    if (set->wanted > 0 && strcmp(engine, "cpdir") == 0)
        printf("   wanted %.2f of %s: %s", set->wanted, set->precision ? "precision" : "recall",
               judged(set, s) >= set->wanted - 1e-9 ? "reached" : "MISSED");
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: eval DIRECTORY WORK\n", stderr);
        return 2;
    }
    struct db *db = NULL;
    struct text detail = TEXT_INIT;
    struct corpus corpus;
    struct engine engines[4];
    size_t count;
    width_init();
    if (db_open(argv[1], DB_READ_WRITE, &db, &detail))
        bench_die("%s: %s", argv[1], detail.bytes);
    corpus_load(db, &corpus);
    struct set *sets = questions_make(&corpus, &count);
    size_t engine_count = engines_open(&corpus, argv[2], engines);
    printf("%zu services\n%-12s %7s %7s %7s %7s\n", corpus.count, "", "recall", "top-1", "top-10",
           "p@10");
    const char *only = getenv("CPDIR_EVAL_SETS");
    for (size_t i = 0; i < count; i++) {
        if (only && strncmp(sets[i].name, only, strlen(only)) != 0)
            continue;
        printf("%s (%zu questions)\n", sets[i].name, sets[i].count);
        for (size_t e = 0; e < engine_count; e++) {
            struct score s = ask_set(&engines[e], &corpus, &sets[i],
                                     e == 0 && getenv("CPDIR_EVAL_SHOW") != NULL);
            print_score(&sets[i], engines[e].name, &s);
            fflush(stdout);
        }
    }
    engines_close(engines);
    questions_free(sets, count);
    corpus_release(&corpus);
    db_close(db);
    text_release(&detail);
    return EXIT_SUCCESS;
}
