// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/protocol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** FLIPS - damaged copies that are read of each message */
#define FLIPS 4000

static const char *env_args[] = { "-DX=\"a b\"", "", "-Iinclude" };
static const char *job_args[] = { "-DKBUILD_MODNAME=\"x\"" };
static struct gcv_memory_file env_files[] = {
	{ "/gupconv-virtual/x86/autoconf.h", "#define A\n\0#define B\n", 21 },
	{ "/gupconv-virtual/empty.h", "", 0 },
};
static struct gcv_memory_file job_files[] = { { "net/a.c", "int a;\n", 7 } };

static const struct gcv_job_env env = {
	.id = 300, .args = env_args, .nr_args = 3, .files = env_files, .nr_files = 2
};
static const struct gcv_job job = { .id = 70000,
				    .kind = GCV_JOB_ERA,
				    .env = 300,
				    .main = "net/a.c",
				    .pch = "/scratch/x86.pch",
				    .want_skips = true,
				    .args = job_args,
				    .nr_args = 1,
				    .files = job_files,
				    .nr_files = 1 };
static const struct gcv_result result = { .id = 70000,
					  .failed = true,
					  .message = "libclang crashed",
					  .cpu_us = 1ull << 40,
					  .rss_kib = 123456,
					  .facts = "\0\1\2",
					  .facts_len = 3 };

static void add_words(struct gcv_intern *set, const char *const *words)
{
	for (; *words; words++)
		gcv_intern_add(set, *words, strlen(*words));
}

static void fill_setup(struct gcv_setup *setup)
{
	static const char *const names[] = { "put_page", "get_user_pages", NULL };
	static const char *const candidates[] = { "include/linux/mm.h", NULL };

	setup->root = "/src/linux";
	setup->scratch = "/var/lib/gupconv.pch";
	setup->build = "/src/build";
	setup->memory_mib = 4096;
	add_words(&setup->names, names);
	add_words(&setup->candidates, candidates);
	assert_int_equal(gcv_overlay_add(&setup->overlay, "mm/b.c", "b\0b", 3, NULL), GCV_OK);
	assert_int_equal(gcv_overlay_add(&setup->overlay, "mm/a.h", "", 0, NULL), GCV_OK);
}

/* Append one message of each type. */
static void write_all(struct gcv_strbuf *out)
{
	struct gcv_setup setup = { 0 };

	fill_setup(&setup);
	gcv_message_setup(out, &setup);
	gcv_message_env(out, &env);
	gcv_message_job(out, &job);
	gcv_message_result(out, &result);
	gcv_message_guards(out, "Landlock and seccomp");
	gcv_setup_release(&setup);
}

/* Read whatever the message says that it is. Return false where it is damaged. */
static bool read_message(struct gcv_wire *payload)
{
	struct gcv_arena arena = { 0 };
	struct gcv_setup setup = { 0 };
	struct gcv_job_env got_env;
	struct gcv_result got_result;
	struct gcv_job got_job;
	const char *missing;
	bool sound = false;

	switch (*payload->pos++) {
	case GCV_MESSAGE_SETUP:
		sound = gcv_setup_decode(payload, &arena, &setup);
		gcv_setup_release(&setup);
		break;
	case GCV_MESSAGE_ENV:
		sound = gcv_env_decode(payload, &arena, &got_env);
		break;
	case GCV_MESSAGE_JOB:
		sound = gcv_job_decode(payload, &arena, &got_job);
		break;
	case GCV_MESSAGE_RESULT:
		sound = gcv_result_decode(payload, &arena, &got_result);
		break;
	case GCV_MESSAGE_GUARDS:
		sound = gcv_guards_decode(payload, &arena, &missing);
		break;
	}
	gcv_arena_release(&arena);
	return sound;
}

/* The reader of the next message in @bytes from @at on, which moves behind it. */
static struct gcv_wire next(const struct gcv_strbuf *bytes, size_t *at,
			    enum gcv_message_type want_type)
{
	struct gcv_wire payload;
	size_t used;

	assert_int_equal(gcv_message_next(bytes->buf + *at, bytes->len - *at, &payload, &used), 1);
	*at += used;
	assert_int_equal(*payload.pos++, want_type);
	return payload;
}

static void check_set(const struct gcv_intern *set, const char *first, uint32_t nr)
{
	assert_int_equal(set->nr, nr);
	if (nr)
		assert_string_equal(gcv_intern_str(set, 0), first);
}

static void check_files(const struct gcv_memory_file *got, const struct gcv_memory_file *want,
			uint32_t nr)
{
	uint32_t i;

	for (i = 0; i < nr; i++) {
		assert_string_equal(got[i].path, want[i].path);
		assert_int_equal(got[i].len, want[i].len);
		assert_memory_equal(got[i].text, want[i].text, want[i].len);
		/* libclang wants the text to be terminated. */
		assert_int_equal(got[i].text[got[i].len], '\0');
	}
}

static void check_args(const char **got, const char **want, uint32_t nr)
{
	uint32_t i;

	for (i = 0; i < nr; i++)
		assert_string_equal(got[i], want[i]);
}

static void test_round_trip(void **state)
{
	struct gcv_strbuf bytes = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_setup setup = { 0 };
	struct gcv_job_env got_env;
	struct gcv_job got_job;
	struct gcv_result got;
	const char *missing;
	struct gcv_wire in;
	size_t at = 0;

	(void)state;
	write_all(&bytes);
	in = next(&bytes, &at, GCV_MESSAGE_SETUP);
	assert_true(gcv_setup_decode(&in, &arena, &setup));
	assert_string_equal(setup.root, "/src/linux");
	assert_string_equal(setup.scratch, "/var/lib/gupconv.pch");
	assert_string_equal(setup.build, "/src/build");
	assert_int_equal(setup.memory_mib, 4096);
	check_set(&setup.names, "put_page", 2);
	check_set(&setup.candidates, "include/linux/mm.h", 1);
	check_set(&setup.prefixes, NULL, 0);
	assert_int_equal(setup.overlay.nr_files, 2);
	assert_int_equal(gcv_overlay_find(&setup.overlay, "mm/a.h")->len, 0);
	assert_int_equal(gcv_overlay_find(&setup.overlay, "mm/b.c")->len, 3);
	assert_memory_equal(gcv_overlay_find(&setup.overlay, "mm/b.c")->text, "b\0b", 4);

	in = next(&bytes, &at, GCV_MESSAGE_ENV);
	assert_true(gcv_env_decode(&in, &arena, &got_env));
	assert_int_equal(got_env.id, 300);
	assert_int_equal(got_env.nr_args, 3);
	check_args(got_env.args, env_args, 3);
	assert_int_equal(got_env.nr_files, 2);
	check_files(got_env.files, env_files, 2);

	in = next(&bytes, &at, GCV_MESSAGE_JOB);
	assert_true(gcv_job_decode(&in, &arena, &got_job));
	assert_int_equal(got_job.id, 70000);
	assert_int_equal(got_job.kind, GCV_JOB_ERA);
	assert_int_equal(got_job.env, 300);
	assert_string_equal(got_job.main, "net/a.c");
	assert_string_equal(got_job.pch, "/scratch/x86.pch");
	assert_true(got_job.want_skips);
	assert_int_equal(got_job.nr_args, 1);
	check_args(got_job.args, job_args, 1);
	assert_int_equal(got_job.nr_files, 1);
	check_files(got_job.files, job_files, 1);

	in = next(&bytes, &at, GCV_MESSAGE_RESULT);
	assert_true(gcv_result_decode(&in, &arena, &got));
	assert_int_equal(got.id, 70000);
	assert_true(got.failed);
	assert_string_equal(got.message, "libclang crashed");
	assert_int_equal(got.cpu_us, 1ull << 40);
	assert_int_equal(got.rss_kib, 123456);
	assert_int_equal(got.facts_len, 3);
	assert_memory_equal(got.facts, "\0\1\2", 3);

	in = next(&bytes, &at, GCV_MESSAGE_GUARDS);
	assert_true(gcv_guards_decode(&in, &arena, &missing));
	assert_string_equal(missing, "Landlock and seccomp");
	assert_int_equal(at, bytes.len);

	gcv_setup_release(&setup);
	gcv_arena_release(&arena);
	gcv_strbuf_release(&bytes);
}

/* A message that has not come in whole yet is waited for; it is neither read nor taken as damage.
 */
static void test_incomplete(void **state)
{
	struct gcv_strbuf bytes = { 0 };
	struct gcv_wire payload;
	size_t len, used;

	(void)state;
	gcv_message_job(&bytes, &job);
	for (len = 0; len < bytes.len; len++) {
		char *part = malloc(len + 1);

		memcpy(part, bytes.buf, len);
		assert_int_equal(gcv_message_next(part, len, &payload, &used), 0);
		free(part);
	}
	assert_int_equal(gcv_message_next(bytes.buf, bytes.len, &payload, &used), 1);
	assert_int_equal(used, bytes.len);
	gcv_strbuf_release(&bytes);
}

/* Where the length in front lies, the fields end too early: each cut is found. */
static void test_truncated(void **state)
{
	struct gcv_strbuf bytes = { 0 };
	struct gcv_wire payload;
	size_t at, used, len;

	(void)state;
	write_all(&bytes);
	for (at = 0; at < bytes.len; at += used) {
		assert_int_equal(gcv_message_next(bytes.buf + at, bytes.len - at, &payload, &used),
				 1);
		for (len = 1; len + 4 < used; len++) {
			char *part = malloc(len);
			struct gcv_wire in = { .pos = part, .end = part + len };

			memcpy(part, payload.pos, len);
			assert_false(read_message(&in));
			free(part);
		}
		assert_true(read_message(&payload));
	}
	gcv_strbuf_release(&bytes);
}

static void test_bad_length(void **state)
{
	static const unsigned char empty[] = { 0, 0, 0, 0, 1 };
	static const unsigned char huge[] = { 1, 0, 0, 0x20, 1 };
	static const unsigned char largest[] = { 0, 0, 0, 0x20, 1 };
	struct gcv_wire payload;
	size_t used;

	(void)state;
	assert_int_equal(gcv_message_next((const char *)empty, 5, &payload, &used), -1);
	assert_int_equal(gcv_message_next((const char *)huge, 5, &payload, &used), -1);
	assert_int_equal(gcv_message_next((const char *)largest, 5, &payload, &used), 0);
}

/* A kind that does not exist must not get into an enum. */
static void test_unknown_kind(void **state)
{
	struct gcv_strbuf bytes = { 0 };
	struct gcv_job other = job;
	struct gcv_wire in;
	size_t at = 0;

	(void)state;
	other.kind = (enum gcv_job_kind)(GCV_JOB_ERA + 1);
	gcv_message_job(&bytes, &other);
	in = next(&bytes, &at, GCV_MESSAGE_JOB);
	in.pos--;
	assert_false(read_message(&in));
	gcv_strbuf_release(&bytes);
}

/* A file in memory must not take the place of one that lies outside of the tree. */
static void test_outside(void **state)
{
	static const char *const paths[] = { "../x.c", "/etc/passwd", "mm/../../x.c", "" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct gcv_setup setup = { .root = "/src/linux" }, got = { 0 };
		struct gcv_overlay_file file = { (char *)paths[i], "x", 1, { { 0 } } };
		struct gcv_strbuf bytes = { 0 };
		struct gcv_arena arena = { 0 };
		struct gcv_wire in;
		size_t at = 0;

		setup.overlay = (struct gcv_overlay){ .files = &file, .nr_files = 1 };
		gcv_message_setup(&bytes, &setup);
		in = next(&bytes, &at, GCV_MESSAGE_SETUP);
		assert_false(gcv_setup_decode(&in, &arena, &got));
		gcv_setup_release(&got);
		gcv_arena_release(&arena);
		gcv_strbuf_release(&bytes);
	}
}

/* Nothing is asserted but that a reader of damaged bytes ends, within its bytes. */
static void test_flips(void **state)
{
	struct gcv_strbuf bytes = { 0 };
	unsigned int seed = 1, i, k;
	uint32_t nr_sound = 0;

	(void)state;
	write_all(&bytes);
	for (i = 0; i < FLIPS; i++) {
		char *copy = malloc(bytes.len);
		struct gcv_wire payload;
		size_t at, used;

		memcpy(copy, bytes.buf, bytes.len);
		for (k = 0; k <= i % 3; k++) {
			seed = seed * 1103515245u + 12345u;
			copy[(seed >> 8) % bytes.len] ^= (char)(1 << (seed >> 4 & 7));
		}
		for (at = 0; gcv_message_next(copy + at, bytes.len - at, &payload, &used) == 1;
		     at += used)
			nr_sound += read_message(&payload);
		free(copy);
	}
	/* The harness is no good where every message is refused, or none. */
	assert_true(nr_sound > FLIPS && nr_sound < FLIPS * 5);
	gcv_strbuf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),   cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_truncated),    cmocka_unit_test(test_bad_length),
		cmocka_unit_test(test_unknown_kind), cmocka_unit_test(test_outside),
		cmocka_unit_test(test_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
