// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edit/in_place.h"
#include "edit/in_place_journal.h"

static char folder[64];

/* The calls that change something are those of this program: the Nth of them can be the last one of
 * the process, or fail. */
static struct {
	unsigned int nr, at;
	bool kills, full, no_exchange;
} fault;

static bool change_fails(void)
{
	if (++fault.nr != fault.at)
		return false;
	if (fault.kills)
		raise(SIGKILL);
	errno = EIO;
	return true;
}

#define CHANGE(name, number, params, ...)                                             \
	int name params                                                               \
	{                                                                             \
		return change_fails() ? -1 : (int)syscall(SYS_##number, __VA_ARGS__); \
	}
CHANGE(fsync, fsync, (int fd), fd)
CHANGE(fchmod, fchmod, (int fd, mode_t mode), fd, mode)
CHANGE(unlinkat, unlinkat, (int at, const char *name, int flags), at, name, flags)
CHANGE(renameat, renameat2, (int from, const char *old, int to, const char *fresh), from, old, to,
       fresh, 0)

int renameat2(int from, const char *old, int to, const char *fresh, unsigned int flags)
{
	if (fault.no_exchange) {
		errno = EINVAL;
		return -1;
	}
	return change_fails() ? -1 : (int)syscall(SYS_renameat2, from, old, to, fresh, flags);
}

/* A write that is killed or fails has written half of what it should. */
ssize_t write(int fd, const void *data, size_t len)
{
	/* A full disk stays one for what takes room. */
	if (fault.full && fault.at && fault.nr + 1 >= fault.at) {
		fault.nr++;
		errno = ENOSPC;
		return -1;
	}
	if (fault.nr + 1 == fault.at && syscall(SYS_write, fd, data, len / 2) < 0)
		return -1;
	return change_fails() ? -1 : syscall(SYS_write, fd, data, len);
}

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
	memset(&fault, 0, sizeof(fault));
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

/** enum outcome - what the files hold */
enum outcome { ALL_OLD, ALL_NEW, MIXED };

static enum outcome look(void)
{
	char first[16] = { 0 };
	struct stat top;
	FILE *f = fopen("mm/gup.c", "r");

	assert_non_null(f);
	assert_true(fread(first, 1, sizeof(first) - 1, f) > 0);
	fclose(f);
	assert_int_equal(stat("top.c", &top), 0);
	assert_true(top.st_size == 0 || top.st_size == 4);
	if (strcmp(first, "old\n") == 0)
		return top.st_size ? ALL_OLD : MIXED;
	assert_string_equal(first, "newer\n");
	return top.st_size ? MIXED : ALL_NEW;
}

static void assert_nothing_is_left(const struct gcv_tree *tree)
{
	assert_false(gcv_in_place_is_unfinished(tree));
	assert_int_equal(count_entries("mm"), 1);
	assert_int_equal(count_entries("."), 2);
}

static void set_old(void)
{
	write_file("mm/gup.c", "old\n");
	write_file("top.c", "top\n");
}

static enum gcv_status replace(const struct gcv_tree *tree)
{
	struct gcv_err err;

	return gcv_in_place_replace(tree, files, 2, &err);
}

static enum gcv_status recover(const struct gcv_tree *tree)
{
	struct gcv_err err;
	bool put_back;

	return gcv_in_place_recover(tree, &put_back, &err);
}

/* Do it in a process of its own, which is killed at a change. @return whether it was */
static bool is_killed_at(unsigned int at, enum gcv_status (*work)(const struct gcv_tree *),
			 const struct gcv_tree *tree)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid) {
		/* A lock belongs to what open() returned: the parent's is not to be shared. */
		struct gcv_tree own = { .root = tree->root,
					.fd = open(".", O_RDONLY | O_DIRECTORY) };

		fault.nr = 0;
		fault.at = at;
		fault.kills = true;
		_exit(work(&own) == GCV_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return true;
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

/* A recovery that is itself killed leaves what the next one needs. */
static void kill_recoveries(unsigned int replace_at, const struct gcv_tree *tree)
{
	unsigned int at;

	assert_true(gcv_in_place_is_unfinished(tree));
	for (at = 1; is_killed_at(at, recover, tree); at++) {
		assert_int_equal(recover(tree), GCV_OK);
		assert_int_equal(look(), ALL_OLD);
		assert_true(is_killed_at(replace_at, replace, tree));
	}
	assert_true(at > 6);
}

static void recovers_from_a_kill(void **state)
{
	unsigned int at, nr_mixed = 0;

	for (at = 1; is_killed_at(at, replace, *state); at++) {
		if (look() == MIXED) {
			kill_recoveries(at, *state);
			nr_mixed++;
		}
		assert_int_equal(recover(*state), GCV_OK);
		assert_int_not_equal(look(), MIXED);
		assert_false(gcv_in_place_is_unfinished(*state));
		set_old();
		/* The next one writes over what was left before there was a journal. */
		assert_int_equal(replace(*state), GCV_OK);
		assert_int_equal(look(), ALL_NEW);
		assert_nothing_is_left(*state);
		set_old();
	}
	assert_true(at > 12);
	assert_true(nr_mixed > 0);
	assert_int_equal(look(), ALL_NEW);
}

static void is_all_or_nothing_after_an_error(void **state)
{
	enum gcv_status st = GCV_ERR_IO;
	unsigned int at;

	for (at = 1; fault.nr + 1 >= fault.at; at++) {
		fault.nr = 0;
		fault.at = at;
		st = replace(*state);
		if (fault.nr < at)
			break;
		fault.at = 0;
		assert_int_equal(recover(*state), GCV_OK);
		assert_int_equal(look(), st == GCV_OK ? ALL_NEW : ALL_OLD);
		assert_nothing_is_left(*state);
		set_old();
	}
	assert_true(at > 12);
	assert_int_equal(st, GCV_OK);
}

/* Even where it can write nothing any more, it puts back what it has replaced. */
static void is_all_or_nothing_on_a_full_disk(void **state)
{
	enum gcv_status st = GCV_ERR_IO;
	unsigned int at;

	fault.full = true;
	for (at = 1; fault.nr + 1 >= fault.at; at++) {
		fault.nr = 0;
		fault.at = at;
		st = replace(*state);
		if (fault.nr < at)
			break;
		assert_int_equal(look(), st == GCV_OK ? ALL_NEW : ALL_OLD);
		assert_int_equal(recover(*state), GCV_OK);
		assert_nothing_is_left(*state);
		fault.at = 0;
		set_old();
	}
	assert_true(at > 12);
	assert_int_equal(st, GCV_OK);
}

static void goes_without_exchange(void **state)
{
	fault.no_exchange = true;
	recovers_from_a_kill(state);
	set_old();
	is_all_or_nothing_after_an_error(state);
}

static const char half[] = "gupconv-rewrite 1 2\n8 4 6\nmm/gup.cold\nnewer\n\n5 4 0\ntop.ctop\n\n";

static void keeps_what_others_changed(void **state)
{
	bool put_back = true;
	struct gcv_err err;

	write_file(GCV_JOURNAL_NAME, half);
	write_file("mm/gup.c", "newer\n");
	write_file("top.c", "mine\n");
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "top.c was changed after"));
	assert_true(put_back);
	assert_file("mm/gup.c", "newer\n");
	assert_file("top.c", "mine\n");
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_IO);
	set_old();
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_BUSY);
	assert_int_equal(look(), ALL_OLD);
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_OK);
	assert_false(put_back);
	assert_nothing_is_left(*state);
}

static void puts_back(void **state)
{
	bool put_back = false;
	struct gcv_err err;

	write_file(GCV_JOURNAL_NAME, half);
	write_file("mm/gup.c", "newer\n");
	assert_int_equal(unlink("top.c"), 0);
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "cannot open top.c"));
	assert_non_null(strstr(err.text, GCV_JOURNAL_NAME));
	write_file("top.c", "top\n");
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_OK);
	assert_true(put_back);
	assert_int_equal(look(), ALL_OLD);
	assert_nothing_is_left(*state);
}

/* Anybody may have put it into the tree. */
static void refuses_damaged_journals(void **state)
{
	static const char *const journals[] = {
		"",
		"gupconv-rewrite 2 0\n",
		"gupconv-rewrite 1 \n",
		"gupconv-rewrite 1 0\nmore",
		"gupconv-rewrite 1 99999999999999999999\n",
		"gupconv-rewrite 1 1\n5 4 0\ntop.ctop\n",
		"gupconv-rewrite 1 1\n5 999 0\ntop.ctop\n\n",
		"gupconv-rewrite 1 1\n11 0 0\n../../other\n",
		"gupconv-rewrite 1 1\n4 0 0\n/tmp\n",
		"gupconv-rewrite 1 1\n1 0 0\n.\n",
		"gupconv-rewrite 1 1\n7 0 0\n./top.c\n",
		"gupconv-rewrite 1 1\n0 0 0\n\n",
		"gupconv-rewrite 1 2\n5 4 0\ntop.ctop\n\n5 4 0\ntop.ctop\n\n",
	};
	bool put_back = true;
	struct gcv_err err;
	size_t i;

	for (i = 0; i < sizeof(journals) / sizeof(journals[0]); i++) {
		write_file(GCV_JOURNAL_NAME, journals[i]);
		assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_FORMAT);
		assert_non_null(strstr(err.text, "is damaged"));
		assert_true(gcv_in_place_is_unfinished(*state));
	}
	assert_int_equal(unlink(GCV_JOURNAL_NAME), 0);
	assert_int_equal(symlink("top.c", GCV_JOURNAL_NAME), 0);
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_IO);
	assert_int_equal(unlink(GCV_JOURNAL_NAME), 0);
	assert_int_equal(mkdir(GCV_JOURNAL_NAME, 0777), 0);
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_IO);
	assert_int_equal(look(), ALL_OLD);
}

static void goes_one_at_a_time(void **state)
{
	int other = open(".", O_RDONLY | O_DIRECTORY);
	bool put_back;
	struct gcv_err err;

	assert_int_equal(flock(other, LOCK_EX), 0);
	assert_int_equal(gcv_in_place_replace(*state, files, 2, &err), GCV_ERR_BUSY);
	write_file(GCV_JOURNAL_NAME, half);
	write_file("mm/gup.c", "newer\n");
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_ERR_BUSY);
	assert_int_equal(look(), MIXED);
	close(other);
	assert_int_equal(gcv_in_place_recover(*state, &put_back, &err), GCV_OK);
	assert_int_equal(look(), ALL_OLD);
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
		cmocka_unit_test_setup_teardown(recovers_from_a_kill, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(is_all_or_nothing_after_an_error, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(is_all_or_nothing_on_a_full_disk, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(goes_without_exchange, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(keeps_what_others_changed, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(puts_back, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(refuses_damaged_journals, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(goes_one_at_a_time, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
