// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/facts.h"
#include "parse/body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static struct gcv_fact_file files[] = {
	{ "net/rds/rdma.c", { 1, 2, 3 }, true },
	{ "include/linux/mm.h", { 0xff, [15] = 9 }, false },
};
static struct gcv_fact_arg args[] = {
	{ "pages[i]", "struct page *", 100, 108 },
	{ "FOLL_WRITE | x", "unsigned int", 110, 124 },
};
static struct gcv_fact_call calls[] = {
	{ .def = 0,
	  .callee = "put_page",
	  .is_direct = true,
	  .begin = 90,
	  .end = 130,
	  .name_offset = 91,
	  .line = 7,
	  .column = 3,
	  .macro = "",
	  .macro_file = GCV_NONE,
	  .nr_args = 2,
	  .args = args,
	  .is_api = true,
	  .decl_file = "include/linux/mm.h",
	  .decl_type = "void (struct page *)",
	  .decl_linkage = GCV_LINKAGE_STATIC_INLINE },
	{ .def = 1,
	  .callee = "struct ops.get_mr",
	  .begin = 200,
	  .end = 230,
	  .name_offset = 201,
	  .line = 17,
	  .column = 9,
	  .macro = "GET_MR",
	  .macro_file = 1,
	  .macro_line = 400,
	  .macro_offset = 70000,
	  .nr_args = 5,
	  .decl_file = "",
	  .decl_type = "" },
};
static struct gcv_fact_seen seen[] = { { 0, 91, GCV_SEEN_CALL }, { 1, 7, GCV_SEEN_MACRO } };
static struct gcv_fact_member members[] = { { 1, "struct rds_mr.r_sg", GCV_ACCESS_WRITE } };
static struct gcv_fact_address addresses[] = {
	{ 1, "rds_mmap", "struct file_operations.mmap", 300, 30 },
};
static struct gcv_fact_field fields[] = {
	{ "r_sg", "sg_t *", "struct scatterlist *" },
	{ "", "int", "int" },
};
static struct gcv_fact_record records[] = { { "struct rds_mr", 0, 10, 2, 2, fields },
					    { "union u", 1, 0, 1, 0, NULL } };
static struct gcv_fact_error errors[] = { { GCV_NONE, 0, "no file" }, { 1, 5, "bad" } };
static struct gcv_fact_skip skips[] = { { 0, 500, 600 } };
static const char *param_names[] = { "page", "" };
static const char *param_types[] = { "struct page *", "int" };
static struct gcv_fact_decl decls[] = {
	{ .name = "put_page",
	  .file = 1,
	  .line = 4,
	  .type = "void (struct page *, int)",
	  .nr_params = 2,
	  .param_names = param_names,
	  .param_types = param_types,
	  .result = "void" },
	{ .name = "FOLL_WRITE",
	  .file = 1,
	  .line = 9,
	  .type = "",
	  .result = "",
	  .is_enum = true,
	  .value = -1 },
};
static const char *outside[] = { "/usr/include/stdio.h" };

static void make_body(struct gcv_strbuf *out)
{
	static const struct gcv_symbol symbol = { GCV_SYMBOL_PARAM, "x", "int", "int", "", 0 };
	static const struct gcv_node root = { .kind = GCV_NODE_COMPOUND,
					      .end = 9,
					      .nr_children = 1 };
	static const struct gcv_node ref = { .kind = GCV_NODE_REF, .begin = 2, .end = 3 };
	struct gcv_body_writer writer = { 0 };

	gcv_body_add_symbol(&writer, &symbol);
	gcv_body_add_node(&writer, &root);
	gcv_body_add_node(&writer, &ref);
	gcv_body_finish(&writer, out);
	gcv_body_writer_release(&writer);
}

static void encode(struct gcv_strbuf *out)
{
	GCV_STRBUF_AUTO struct gcv_strbuf body = { 0 };
	struct gcv_fact_def defs[] = {
		{ .kind = GCV_DEF_FUNCTION,
		  .name = "f",
		  .file = 0,
		  .begin = 50,
		  .end = 150,
		  .body_begin = 60,
		  .line = 5,
		  .end_line = 10,
		  .linkage = GCV_LINKAGE_STATIC,
		  .has_error = true,
		  .type = "int (void)",
		  .attributes = "cold noinline" },
		{ .kind = GCV_DEF_VARIABLE,
		  .name = "ops",
		  .file = 1,
		  .begin = 190,
		  .end = 240,
		  .line = 15,
		  .end_line = 20,
		  .from_macro = true,
		  .type = "struct ops",
		  .attributes = "" },
	};
	struct gcv_facts facts = {
		.files = files,
		.defs = defs,
		.calls = calls,
		.seen = seen,
		.members = members,
		.addresses = addresses,
		.records = records,
		.errors = errors,
		.skips = skips,
		.decls = decls,
		.outside = outside,
		.nr_files = NR(files),
		.nr_defs = NR(defs),
		.nr_calls = NR(calls),
		.nr_seen = NR(seen),
		.nr_members = NR(members),
		.nr_addresses = NR(addresses),
		.nr_records = NR(records),
		.nr_errors = NR(errors),
		.nr_skips = NR(skips),
		.nr_decls = NR(decls),
		.nr_outside = NR(outside),
		.nr_errors_all = 77,
		.nr_errors_main = 33,
	};

	make_body(&body);
	defs[0].body = defs[1].body = body.buf;
	defs[0].body_len = defs[1].body_len = body.len;
	gcv_facts_encode(&facts, out);
}

static enum gcv_status decode(const char *data, size_t len, struct gcv_arena *arena,
			      struct gcv_facts *ret)
{
	struct gcv_err err = { .text = "" };
	enum gcv_status st = gcv_facts_decode(data, len, arena, ret, &err);

	assert_true(st == GCV_OK || (st == GCV_ERR_FORMAT && *err.text));
	return st;
}

static void check_call(const struct gcv_fact_call *got, const struct gcv_fact_call *want)
{
	uint32_t i;

	assert_int_equal(got->def, want->def);
	assert_string_equal(got->callee, want->callee);
	assert_int_equal(got->is_direct, want->is_direct);
	assert_int_equal(got->is_api, want->is_api);
	assert_int_equal(got->begin, want->begin);
	assert_int_equal(got->end, want->end);
	assert_int_equal(got->name_offset, want->name_offset);
	assert_int_equal(got->line, want->line);
	assert_int_equal(got->column, want->column);
	assert_string_equal(got->macro, want->macro);
	assert_int_equal(got->macro_file, want->macro_file);
	assert_int_equal(got->macro_line, want->macro_line);
	assert_int_equal(got->macro_offset, want->macro_offset);
	assert_int_equal(got->nr_args, want->nr_args);
	assert_string_equal(got->decl_file, want->decl_file);
	assert_string_equal(got->decl_type, want->decl_type);
	assert_int_equal(got->decl_linkage, want->decl_linkage);
	if (!want->is_api) {
		assert_null(got->args);
		return;
	}
	for (i = 0; i < want->nr_args; i++) {
		assert_string_equal(got->args[i].text, want->args[i].text);
		assert_string_equal(got->args[i].type, want->args[i].type);
		assert_int_equal(got->args[i].begin, want->args[i].begin);
		assert_int_equal(got->args[i].end, want->args[i].end);
	}
}

static void check_defs_and_calls(const struct gcv_facts *f)
{
	size_t i;

	assert_int_equal(f->nr_files, NR(files));
	for (i = 0; i < NR(files); i++) {
		assert_string_equal(f->files[i].path, files[i].path);
		assert_memory_equal(f->files[i].hash, files[i].hash, 16);
		assert_int_equal(f->files[i].is_main, files[i].is_main);
	}
	assert_int_equal(f->nr_defs, 2);
	assert_string_equal(f->defs[0].name, "f");
	assert_string_equal(f->defs[0].type, "int (void)");
	assert_string_equal(f->defs[0].attributes, "cold noinline");
	assert_int_equal(f->defs[0].end, 150);
	assert_int_equal(f->defs[0].body_begin, 60);
	assert_int_equal(f->defs[0].end_line, 10);
	assert_int_equal(f->defs[0].linkage, GCV_LINKAGE_STATIC);
	assert_true(f->defs[0].has_error && !f->defs[0].from_macro);
	assert_true(!f->defs[1].has_error && f->defs[1].from_macro);
	assert_int_equal(f->defs[1].kind, GCV_DEF_VARIABLE);
	assert_int_equal(f->defs[1].file, 1);
	assert_int_equal(f->nr_calls, NR(calls));
	for (i = 0; i < NR(calls); i++)
		check_call(&f->calls[i], &calls[i]);
}

static void check_lists(const struct gcv_facts *f)
{
	assert_int_equal(f->nr_seen, 2);
	assert_int_equal(f->seen[1].kind, GCV_SEEN_MACRO);
	assert_int_equal(f->seen[1].file, 1);
	assert_int_equal(f->nr_members, 1);
	assert_string_equal(f->members[0].field, "struct rds_mr.r_sg");
	assert_int_equal(f->members[0].access, GCV_ACCESS_WRITE);
	assert_int_equal(f->nr_addresses, 1);
	assert_string_equal(f->addresses[0].field, "struct file_operations.mmap");
	assert_int_equal(f->addresses[0].line, 30);
	assert_int_equal(f->nr_records, 2);
	assert_int_equal(f->records[0].nr_fields, 2);
	assert_string_equal(f->records[0].fields[0].canonical, "struct scatterlist *");
	assert_int_equal(f->records[1].nr_fields, 0);
	assert_int_equal(f->nr_errors, 2);
	assert_int_equal(f->errors[0].file, GCV_NONE);
	assert_int_equal(f->errors[1].file, 1);
	assert_string_equal(f->errors[1].text, "bad");
	assert_int_equal(f->nr_skips, 1);
	assert_int_equal(f->skips[0].end, 600);
	assert_int_equal(f->nr_decls, 2);
	assert_string_equal(f->decls[0].param_types[1], "int");
	assert_string_equal(f->decls[0].result, "void");
	assert_true(f->decls[1].is_enum && !f->decls[1].is_macro);
	assert_true(f->decls[1].value == -1);
	assert_int_equal(f->nr_outside, 1);
	assert_string_equal(f->outside[0], outside[0]);
	assert_int_equal(f->nr_errors_all, 77);
	assert_int_equal(f->nr_errors_main, 33);
}

static void test_facts_come_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts;
	struct gcv_body body;
	struct gcv_err err;

	(void)state;
	encode(&out);
	assert_int_equal(decode(out.buf, out.len, &arena, &facts), GCV_OK);
	check_defs_and_calls(&facts);
	check_lists(&facts);
	assert_int_equal(gcv_body_decode(facts.defs[1].body, facts.defs[1].body_len, &arena, &body,
					 &err),
			 GCV_OK);
	assert_string_equal(body.symbols[0].name, "x");
	gcv_arena_release(&arena);
}

static void test_nothing_comes_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_facts empty = { 0 }, facts;

	(void)state;
	gcv_facts_encode(&empty, &out);
	assert_int_equal(decode(out.buf, out.len, &arena, &facts), GCV_OK);
	assert_int_equal(facts.nr_files, 0);
	assert_int_equal(facts.nr_decls, 0);
	gcv_arena_release(&arena);
}

/* The copy has its exact size, so that AddressSanitizer sees a read behind its end. */
static enum gcv_status decode_copy(const char *data, size_t len)
{
	char *copy = malloc(len ? len : 1);
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts;
	enum gcv_status st;

	if (len)
		memcpy(copy, data, len);
	st = decode(copy, len, &arena, &facts);
	free(copy);
	gcv_arena_release(&arena);
	return st;
}

static void test_truncation_is_told(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	size_t len;

	(void)state;
	encode(&out);
	for (len = 0; len < out.len; len++)
		assert_int_equal(decode_copy(out.buf, len), GCV_ERR_FORMAT);
	gcv_strbuf_addch(&out, 0);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
}

static void test_damaged_bytes_do_no_harm(void **state)
{
	static const int values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x3f, 0x7f, 0x80, 0x81, 0xff };
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	size_t at, nr_refused = 0, i;
	int round;

	(void)state;
	encode(&out);
	for (at = 0; at < out.len; at++) {
		char good = out.buf[at];

		for (i = 0; i < NR(values); i++) {
			out.buf[at] = (char)values[i];
			nr_refused += decode_copy(out.buf, out.len) != GCV_OK;
		}
		out.buf[at] = good;
	}
	assert_true(nr_refused > 1000);
	srand(2);
	for (round = 0; round < 10000; round++) {
		at = (size_t)rand() % out.len;
		out.buf[at] ^= (char)(1 << rand() % 8);
		(void)decode_copy(out.buf, out.len);
		if (round % 8 == 7) {
			gcv_strbuf_clear(&out);
			encode(&out);
		}
	}
}

static void test_damaged_body_is_told(void **state)
{
	struct gcv_fact_file file = { "a.c", { 0 }, true };
	struct gcv_fact_def def = {
		.name = "f", .type = "", .attributes = "", .body = "\x01\x00", .body_len = 2
	};
	struct gcv_facts facts = { .files = &file, .defs = &def, .nr_files = 1, .nr_defs = 1 };
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	(void)state;
	gcv_facts_encode(&facts, &out);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
}

static void test_result_is_untouched_on_failure(void **state)
{
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts = { .nr_files = 42 };

	(void)state;
	assert_int_equal(decode("\x01", 1, &arena, &facts), GCV_ERR_FORMAT);
	assert_int_equal(facts.nr_files, 42);
	assert_int_equal(decode("\x7f", 1, &arena, &facts), GCV_ERR_FORMAT);
	assert_int_equal(facts.nr_files, 42);
	gcv_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts_come_back),
		cmocka_unit_test(test_nothing_comes_back),
		cmocka_unit_test(test_truncation_is_told),
		cmocka_unit_test(test_damaged_bytes_do_no_harm),
		cmocka_unit_test(test_damaged_body_is_told),
		cmocka_unit_test(test_result_is_untouched_on_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
