/* File systems of networks, where several computers' locks and shared memory cannot be trusted: the
 * directory is neither opened nor made there. statfs is this file's own. */
#include "fixture.h"

#include <sys/stat.h>
#include <sys/vfs.h>

extern const unsigned char seed_start[], seed_end[];

static long file_system; /* what statfs says; the tests' only */
static char path[FIXTURE_PATH];

int statfs(const char *name, struct statfs *ret)
{
    struct stat st;
    if (stat(name, &st))
        return -1;
    *ret = (struct statfs){0};
    ret->f_type = (__typeof__(ret->f_type))file_system;
    return 0;
}

enum { EXT4 = 0xef53 };

static int setup(void **state)
{
    (void)state;
    fixture_path(path, "network");
    fixture_remove(path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_remove(path);
    return 0;
}

static struct seed linked_seed(void)
{
    return (struct seed){seed_start, (size_t)(seed_end - seed_start)};
}

static void a_directory_on_a_network_is_refused(void **state)
{
    (void)state;
    static const long network[] = {0x6969,     0x517b,     0xff534d42, 0xfe534d42, 0x01021997,
                                   0x73757245, 0x5346414f, 0x00c36400, 0x786f4256, 0xbacbacbc};
    struct db *db;
    file_system = EXT4;
    assert_int_equal(db_create(path, linked_seed(), NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof network / sizeof *network; i++) {
        file_system = network[i];
        assert_int_equal(db_open(path, DB_READ_WRITE, &db, NULL), STATUS_NETWORK_FS);
        assert_int_equal(db_open(path, DB_READ_ONLY, &db, NULL), STATUS_NETWORK_FS);
    }
}

static void none_is_made_on_a_network(void **state)
{
    (void)state;
    struct stat st;
    file_system = 0x6969;
    assert_int_equal(db_create(path, linked_seed(), NULL), STATUS_NETWORK_FS);
    assert_int_equal(stat(path, &st), -1);
}

static void disks_of_this_computer_are_taken(void **state)
{
    (void)state;
    static const long local[] = {EXT4, 0x9123683e /* btrfs */, 0x01021994 /* tmpfs */,
                                 0x4d44 /* FAT */, 0x65735546 /* FUSE: NTFS and exFAT too */};
    struct db *db;
    file_system = EXT4;
    assert_int_equal(db_create(path, linked_seed(), NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        file_system = local[i];
        assert_int_equal(db_open(path, DB_READ_WRITE, &db, NULL), STATUS_OK);
        db_close(db);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_directory_on_a_network_is_refused),
        TEST(none_is_made_on_a_network),
        TEST(disks_of_this_computer_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
