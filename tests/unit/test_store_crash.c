// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/fault/vfs.c tests/fault/history.c tests/unit/small_body.c */
/*
 * Whatever a disk does at whatever call, and wherever a process ends or memory is out: the database
 * opens, is sound, holds what it held before or after one of the steps of the work, and the work,
 * done again, gives what an undisturbed one gives.
 *
 *	GCV_FAULTS=all	every call of the disk and many allocations, else a sample that takes
 *seconds
 */
#include "db/handle.h"
#include "tests/fault/history.h"
#include "tests/fault/vfs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* So many calls of each sort are tried of each work. */
#define SAMPLE 1
/* So many allocations are tried where all of the disk is. */
#define ALLOCATIONS 200

/** struct calm - what an undisturbed work does */
struct calm {
	struct gcv_strbuf states[HISTORY_STEPS + 2];
	unsigned int nr;
	char *base;
	size_t base_bytes;
};

static char folder[] = "/tmp/gupconv-crash-XXXXXX";

static bool wants_all(void)
{
	const char *text = getenv("GCV_FAULTS");

	return text && strcmp(text, "all") == 0;
}

static void assert_sound(const char *when)
{
	struct gcv_strbuf why = { 0 };

	if (!history_is_sound(&why))
		fail_msg("%s: %s", when, why.buf);
	gcv_strbuf_release(&why);
}

static void look(struct gcv_strbuf *ret, const char *when)
{
	struct gcv_err err = { .text = "" };

	if (history_picture(ret, &err) != GCV_OK)
		fail_msg("%s: cannot be read: %s", when, err.text);
}

static void read_base(struct calm *calm)
{
	FILE *file = fopen("index.db", "rb");
	long len;

	if (!file)
		return;
	fseek(file, 0, SEEK_END);
	len = ftell(file);
	rewind(file);
	assert_true(len > 0);
	calm->base = malloc((size_t)len);
	calm->base_bytes = fread(calm->base, 1, (size_t)len, file);
	assert_int_equal(calm->base_bytes, len);
	fclose(file);
}

static void restore_base(const struct calm *calm)
{
	FILE *file;

	history_remove();
	if (!calm->base)
		return;
	file = fopen("index.db", "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(calm->base, 1, calm->base_bytes, file), calm->base_bytes);
	assert_int_equal(fclose(file), 0);
}

/* The states that a reader may see: before the work, and after each of its steps. */
static void live_calmly(const struct history_work *work, struct calm *calm)
{
	struct gcv_err err = { .text = "" };
	unsigned int i;

	history_prepare(work);
	read_base(calm);
	look(&calm->states[calm->nr++], work->name);
	for (i = 0; i <= work->nr_steps; i++) {
		restore_base(calm);
		if (history_run(work, i, &err) != GCV_OK)
			fail_msg("%s: %s", work->name, err.text);
		look(&calm->states[calm->nr++], work->name);
		assert_sound(work->name);
	}
}

static bool is_last(const struct calm *calm, const struct gcv_strbuf *now)
{
	return strcmp(calm->states[calm->nr - 1].buf, now->buf) == 0;
}

static bool is_known(const struct calm *calm, const struct gcv_strbuf *now)
{
	unsigned int i;

	for (i = 0; i < calm->nr; i++)
		if (strcmp(calm->states[i].buf, now->buf) == 0)
			return true;
	/* A database that is new or has old tables. */
	return strcmp(now->buf, "unfinished") == 0 &&
	       (!calm->base || strcmp(calm->states[0].buf, now->buf) == 0);
}

static bool is_power(const struct fault *fault)
{
	return fault->kind == FAULT_POWER || fault->kind == FAULT_POWER_SOME;
}

/* The message that the command would show. */
static void check_message(enum gcv_status st, const struct gcv_err *err, const char *when)
{
	if (st != GCV_ERR_IO && st != GCV_ERR_NOT_FOUND)
		fail_msg("%s: status %d: %s", when, st, err->text);
	if (!strstr(err->text, "index.db"))
		fail_msg("%s: no file is named: %s", when, err->text);
}

/* Was there a call of that number? */
static bool disturb(const struct history_work *work, const struct calm *calm,
		    const struct fault *fault)
{
	struct gcv_err err = { .text = "" };
	struct gcv_strbuf now = { 0 };
	enum gcv_status st;
	char when[160];
	bool fired;

	snprintf(when, sizeof(when), "%s, %s at call %u", work->name, fault_name(fault->kind),
		 (unsigned int)fault->at);
	restore_base(calm);
	fault_plan(fault);
	st = history_run(work, work->nr_steps, &err);
	fired = fault_end();
	if (st != GCV_OK)
		check_message(st, &err, when);
	if (st != GCV_OK && !fired)
		fail_msg("%s: failed without a fault: %s", when, err.text);
	look(&now, when);
	if (!is_known(calm, &now))
		fail_msg("%s: neither before nor after a step:\n%s", when, now.buf);
	if (st == GCV_OK && !is_power(fault) && !is_last(calm, &now))
		fail_msg("%s: success, and not all is there", when);
	assert_sound(when);
	if (history_run(work, work->nr_steps, &err) != GCV_OK)
		fail_msg("%s: not even afterwards: %s", when, err.text);
	look(&now, when);
	if (!is_last(calm, &now))
		fail_msg("%s: done again, it gives something else:\n%s", when, now.buf);
	assert_sound(when);
	assert_int_not_equal(access("index.db-lock", F_OK), 0);
	assert_int_not_equal(access("index.db-wal", F_OK), 0);
	gcv_strbuf_release(&now);
	return fired;
}

static uint64_t count_calls(const struct history_work *work, const struct calm *calm,
			    enum fault_kind kind)
{
	struct gcv_err err = { .text = "" };

	restore_base(calm);
	fault_plan(&(struct fault){ .kind = FAULT_NONE });
	if (history_run(work, work->nr_steps, &err) != GCV_OK)
		fail_msg("%s: %s", work->name, err.text);
	fault_end();
	return fault_calls(kind);
}

static uint64_t stride_of(enum fault_kind kind, uint64_t nr)
{
	if (!wants_all())
		return nr / SAMPLE + 1;
	return kind == FAULT_MEMORY || kind == FAULT_NO_MEMORY ? nr / ALLOCATIONS + 1 : 1;
}

static unsigned int disturb_everywhere(const struct history_work *work, const struct calm *calm,
				       enum fault_kind kind)
{
	uint64_t nr = count_calls(work, calm, kind), at, stride;
	unsigned int done = 0;

	assert_true(nr > 2);
	stride = stride_of(kind, nr);
	/* Each kind begins elsewhere, and the last call is among them. */
	for (at = 1 + kind * 7919U % stride; at < nr; at += stride, done++)
		if (!disturb(work, calm,
			     &(struct fault){ .kind = kind, .at = at, .seed = at * 7919 }))
			fail_msg("%s: there is no call %u of %u", work->name, (unsigned int)at,
				 (unsigned int)nr);
	disturb(work, calm, &(struct fault){ .kind = kind, .at = nr, .seed = 1 });
	return done + 1;
}

/* What a command has stored is there although the power goes when it has ended. */
static void cut_power_afterwards(const struct history_work *work, const struct calm *calm)
{
	struct gcv_err err = { .text = "" };
	struct gcv_strbuf now = { 0 };

	restore_base(calm);
	fault_plan(&(struct fault){ .kind = FAULT_POWER });
	if (history_run(work, work->nr_steps, &err) != GCV_OK)
		fail_msg("%s: %s", work->name, err.text);
	fault_end();
	look(&now, work->name);
	if (!is_last(calm, &now))
		fail_msg("%s: done, and lost with the power:\n%s", work->name, now.buf);
	assert_sound(work->name);
	gcv_strbuf_release(&now);
}

static void forget(struct calm *calm)
{
	while (calm->nr)
		gcv_strbuf_release(&calm->states[--calm->nr]);
	free(calm->base);
}

static void test_work(void **state)
{
	const struct history_work *work = *state;
	struct calm calm = { 0 };
	unsigned int done = 0;
	enum fault_kind kind;

	live_calmly(work, &calm);
	cut_power_afterwards(work, &calm);
	for (kind = FAULT_NONE + 1; kind < FAULT_KINDS; kind++)
		done += disturb_everywhere(work, &calm, kind);
	print_message("%s: %u faults\n", work->name, done);
	forget(&calm);
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	history_remove();
	return chdir("/") || rmdir(folder) ? -1 : 0;
}

int main(void)
{
	struct CMUnitTest tests[HISTORY_WORKS] = { 0 };
	const struct history_work *works;
	unsigned int nr, i;

	works = history_all(&nr);
	if (works[nr - 1].dump != gcv_db_version()) {
		fputs("the dump of the newest tables is missing among the work\n", stderr);
		return 1;
	}
	for (i = 0; i < nr; i++)
		tests[i] = (struct CMUnitTest){ .name = works[i].name,
						.test_func = test_work,
						.initial_state = (void *)&works[i] };
	fault_vfs_install();
	return _cmocka_run_group_tests("faults", tests, nr, set_up, tear_down);
}
