// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edit/in_place.h"

static char folder[64];

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fputs(text, f) < 0, 0);
	assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *name, const char *text)
{
	char buf[256] = { 0 };
	FILE *f = fopen(name, "r");

	assert_non_null(f);
	assert_int_equal(fread(buf, 1, sizeof(buf) - 1, f), strlen(text));
	assert_string_equal(buf, text);
	fclose(f);
}

static unsigned int count_entries(const char *name)
{
	DIR *dir = opendir(name);
	unsigned int nr = 0;

	assert_non_null(dir);
	while (readdir(dir))
		nr++;
	closedir(dir);
	return nr - 2;
}

static int make_folder(void **state)
{
	static struct gcv_tree tree;

	strcpy(folder, "/tmp/gupconv-in-place-XXXXXX");
	if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("mm", 0777) != 0)
		return -1;
	write_file("mm/gup.c", "old\n");
	write_file("top.c", "top\n");
	tree = (struct gcv_tree){ .root = folder, .fd = open(".", O_RDONLY | O_DIRECTORY) };
	*state = &tree;
	return 0;
}

static int remove_folder(void **state)
{
	struct gcv_tree *tree = *state;
	char command[128];

	close(tree->fd);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static const struct gcv_replaced_file files[] = {
	{ "mm/gup.c", "old\n", 4, "newer\n", 6 },
	{ "top.c", "top\n", 4, "", 0 },
};

static void keeps_the_mode(void **state)
{
	struct stat info;
	struct gcv_err err;

	assert_int_equal(chmod("mm/gup.c", 0751), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_OK);
	assert_file("mm/gup.c", "newer\n");
	assert_file("top.c", "");
	assert_int_equal(stat("mm/gup.c", &info), 0);
	assert_int_equal(info.st_mode & 07777, 0751);
	assert_int_equal(count_entries("mm"), 1);
	assert_int_equal(count_entries("."), 2);
}

static void is_all_or_nothing(void **state)
{
	struct gcv_err err;

	write_file("top.c", "somebody else's\n");
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "top.c has changed"));
	assert_file("mm/gup.c", "old\n");
	assert_int_equal(count_entries("mm"), 1);
}

static void follows_no_link(void **state)
{
	struct gcv_err err;

	assert_int_equal(unlink("top.c"), 0);
	assert_int_equal(symlink("mm/gup.c", "top.c"), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "top.c"));
	assert_file("mm/gup.c", "old\n");
	assert_int_equal(rename("mm", "real"), 0);
	assert_int_equal(symlink("real", "mm"), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 1, &err), GCV_ERR_IO);
	assert_file("real/gup.c", "old\n");
}

static void misses_no_file(void **state)
{
	struct gcv_err err;

	assert_int_equal(unlink("top.c"), 0);
	assert_int_equal(mkdir("top.c", 0777), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "top.c is not a regular file"));
	assert_int_equal(rmdir("top.c"), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_IO);
	assert_file("mm/gup.c", "old\n");
}

/* What a folder that cannot be written refuses, root may do: there a name that is too long refuses.
 */
static void tells_what_cannot_be_written(void **state)
{
	static const char name[] =
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		"0123456789.c";
	const struct gcv_replaced_file two[] = { files[0], { name, "x\n", 2, "y\n", 2 } };
	struct gcv_err err;

	write_file(name, "x\n");
	assert_int_equal(gcv_in_place_replace(*state, two, 2, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "cannot write beside abc"));
	assert_file("mm/gup.c", "old\n");
	assert_file(name, "x\n");
	assert_int_equal(count_entries("mm"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_the_mode, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(is_all_or_nothing, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(follows_no_link, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(misses_no_file, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(tells_what_cannot_be_written, make_folder,
						remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
