/* Replays the fuzzer's corpus in the normal run, without the fuzzer. */
#include "tests/i18n/support.h"

#include <dirent.h>

#include "tests/fuzz/fuzz_i18n.c"

static void replay(const char *folder, const char *file)
{
    struct text name = TEXT_INIT;
    text_addf(&name, "%s/%s", folder, file);
    FILE *f = open_source(name.bytes);
    unsigned char data[8192];
    size_t size = fread(data, 1, sizeof data, f);
    fclose(f);
    text_release(&name);
    assert_int_equal(LLVMFuzzerTestOneInput(data, size), 0);
    /* Every shorter input as well, so that each sequence is also seen cut off. */
    for (size_t cut = 0; cut < size && size <= 64; cut++)
        assert_int_equal(LLVMFuzzerTestOneInput(data, cut), 0);
}

static void the_corpus_breaks_no_property(void **state)
{
    (void)state;
    static const char folder[] = "tests/fuzz/corpus/i18n";
    const char *top = getenv("CPDIR_TOP");
    struct text path = TEXT_INIT;
    text_addf(&path, "%s/%s", top ? top : ".", folder);
    DIR *dir = opendir(path.bytes);
    text_release(&path);
    assert_non_null(dir);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        replay(folder, entry->d_name);
        count++;
    }
    closedir(dir);
    assert_true(count >= 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corpus_breaks_no_property),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
