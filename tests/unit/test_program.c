// SPDX-License-Identifier: GPL-2.0-only
/* links: flow */
#include "flow/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

#define OK(call) assert_ok((call), &err, __LINE__)

static void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

/* Units: 0 a.c, 1 b.c, 2 the headers of their configuration, 3 c.c of a configuration that has no
 * unit for headers, 4 d.c, parsed without a precompiled header. */
static const uint32_t unit_headers[] = { 2, 2, GCV_NONE, GCV_NONE, GCV_NONE };

static const uint32_t in_a[] = { 0 }, in_b[] = { 1 }, in_ab[] = { 0, 1 }, in_headers[] = { 2 },
		      in_c[] = { 3 }, in_d[] = { 4 };

#define FN(id_, name_, file_, linkage_, units_)                                                   \
	{                                                                                         \
		.id = (id_), .name = (name_), .file = (file_), .type = "", .linkage = (linkage_), \
		.units = (units_), .nr_units = NR(units_)                                         \
	}

/* The number of a function is its place here. */
enum {
	A_DROP,
	A_MAIN,
	B_DROP,
	B_MAIN,
	C_GUP,
	C_MAIN,
	D_GUP,
	D_MAIN,
	PART_A,
	PART_B,
	TABLE,
	H_PUT,
	H_PUT_OF_D,
};

static const struct gcv_function functions[] = {
	[A_DROP] = FN(10, "drop", "a.c", GCV_LINKAGE_STATIC, in_a),
	[A_MAIN] = FN(11, "a_main", "a.c", GCV_LINKAGE_EXTERNAL, in_a),
	[B_DROP] = FN(12, "drop", "b.c", GCV_LINKAGE_STATIC, in_b),
	[B_MAIN] = FN(13, "b_main", "b.c", GCV_LINKAGE_EXTERNAL, in_b),
	[C_GUP] = FN(14, "gup", "c.c", GCV_LINKAGE_EXTERNAL, in_c),
	[C_MAIN] = FN(15, "c_main", "c.c", GCV_LINKAGE_EXTERNAL, in_c),
	[D_GUP] = FN(16, "gup", "d.c", GCV_LINKAGE_EXTERNAL, in_d),
	[D_MAIN] = FN(17, "d_main", "d.c", GCV_LINKAGE_EXTERNAL, in_d),
	[PART_A] = FN(18, "part", "part.c", GCV_LINKAGE_STATIC, in_a),
	[PART_B] = FN(19, "part", "part.c", GCV_LINKAGE_STATIC, in_b),
	[TABLE] = { .id = 20,
		    .name = "drop",
		    .file = "part.c",
		    .type = "",
		    .kind = GCV_DEF_VARIABLE,
		    .units = in_ab,
		    .nr_units = 2 },
	[H_PUT] = FN(21, "put", "put.h", GCV_LINKAGE_STATIC_INLINE, in_headers),
	[H_PUT_OF_D] = FN(22, "put", "put.h", GCV_LINKAGE_STATIC_INLINE, in_d),
};

static const struct gcv_program_address addresses[] = {
	{ A_MAIN, "drop", "struct ops.release", 3 },
	{ A_MAIN, "drop", "struct ops.release", 4 },
	{ A_MAIN, "drop", "", 5 },
	{ A_MAIN, "unseen", "struct ops.open", 5 },
	{ C_MAIN, "drop", "struct ops.other", 5 },
	{ B_MAIN, "c_main", "request_irq(1)", 6 },
	{ TABLE, "gup", "struct ops.release", 7 },
};

/** struct call - a call that a body of the fake source makes, one for each body */
struct call {
	int64_t id;
	struct gcv_symbol callee;
	bool by_cast;
};

#define STATIC(name_)                                             \
	{                                                         \
		GCV_SYMBOL_FUNCTION, (name_), "", "", "static", 0 \
	}
#define EXTERN(name_)                                       \
	{                                                   \
		GCV_SYMBOL_FUNCTION, (name_), "", "", "", 0 \
	}

static const struct call calls[] = {
	{ 10, STATIC("part"), true },
	{ 11, STATIC("drop"), false },
	{ 12, STATIC("put"), false },
	{ 13, { GCV_SYMBOL_FIELD, "release", "", "", "struct ops", 0 }, false },
	{ 14, STATIC("put"), false },
	{ 15, EXTERN("gup"), false },
	{ 16, STATIC("put"), false },
	{ 17, { GCV_SYMBOL_PARAM, "fn", "", "", "", 0 }, false },
	{ 18, EXTERN("gup"), false },
	{ 19, STATIC("nothing"), false },
};

static enum gcv_status load(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
			    struct gcv_err *err)
{
	if (ctx)
		return gcv_err_set(err, GCV_ERR_IO, "the disk is gone");
	*ret = (struct gcv_program_facts){
		.functions = gcv_arena_alloc(arena, sizeof(functions)),
		.addresses = gcv_arena_alloc(arena, sizeof(addresses)),
		.unit_headers = unit_headers,
		.nr_functions = NR(functions),
		.nr_addresses = NR(addresses),
		.nr_units = NR(unit_headers),
	};
	memcpy(ret->functions, functions, sizeof(functions));
	memcpy(ret->addresses, addresses, sizeof(addresses));
	return GCV_OK;
}

/* { callee(); }: compound, call, (cast,) name */
static enum gcv_status body(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	struct gcv_node node = { .kind = GCV_NODE_COMPOUND, .nr_children = 1 };
	struct gcv_body_writer writer = { 0 };
	uint32_t i;

	(void)ctx;
	for (i = 0; i < NR(calls) && calls[i].id != id; i++)
		;
	if (id == 20)
		gcv_strbuf_addstr(out, "damaged");
	if (i == NR(calls))
		return id == 20 ? GCV_OK : gcv_err_set(err, GCV_ERR_NOT_FOUND, "no body");
	gcv_body_add_symbol(&writer, &calls[i].callee);
	gcv_body_add_node(&writer, &node);
	node.kind = GCV_NODE_CALL;
	gcv_body_add_node(&writer, &node);
	node.kind = GCV_NODE_CAST;
	node.text = "void (*)(void)";
	if (calls[i].by_cast)
		gcv_body_add_node(&writer, &node);
	node = (struct gcv_node){ .kind = GCV_NODE_REF };
	if (calls[i].callee.kind == GCV_SYMBOL_FIELD) {
		node.kind = GCV_NODE_MEMBER;
		gcv_body_add_node(&writer, &node);
		node.kind = GCV_NODE_NONE;
	}
	gcv_body_add_node(&writer, &node);
	gcv_body_finish(&writer, out);
	gcv_body_writer_release(&writer);
	return GCV_OK;
}

static int load_program(void **state)
{
	const struct gcv_program_source source = { load, body, NULL };
	struct gcv_program *program = NULL;
	struct gcv_err err = { .text = "" };

	OK(gcv_program_load(&source, &program, &err));
	*state = program;
	return 0;
}

static int free_program(void **state)
{
	gcv_program_free(*state);
	return 0;
}

/* Compare with a list of functions that ends with -1. */
static void assert_targets(struct gcv_program_targets targets, ...)
{
	uint32_t i = 0;
	va_list ap;
	int want;

	va_start(ap, targets);
	while ((want = va_arg(ap, int)) >= 0) {
		assert_true(i < targets.nr);
		assert_int_equal(targets.functions[i++], want);
	}
	va_end(ap);
	assert_int_equal(targets.nr, i);
}

static struct gcv_program_targets callees(struct gcv_program *program, uint32_t function)
{
	struct gcv_function *fn = &program->facts.functions[function];
	struct gcv_err err = { .text = "" };

	OK(gcv_program_body(program, fn, &err));
	assert_int_equal(fn->body->nodes[1].kind, GCV_NODE_CALL);
	return gcv_program_callees(program, fn, 1);
}

static void test_named(void **state)
{
	struct gcv_program *program = *state;

	assert_targets(gcv_program_named(program, "a.c", "gup", false), C_GUP, D_GUP, -1);
	assert_targets(gcv_program_named(program, "a.c", "a_main", false), A_MAIN, -1);
	assert_targets(gcv_program_named(program, "a.c", "drop", false), -1);
	assert_targets(gcv_program_named(program, "a.c", "nothing", true), -1);
	/* Each file has a function drop(), and the variable of that name is none. */
	assert_targets(gcv_program_named(program, "a.c", "drop", true), A_DROP, -1);
	assert_targets(gcv_program_named(program, "b.c", "drop", true), B_DROP, -1);
	assert_targets(gcv_program_named(program, "c.c", "drop", true), -1);
	assert_targets(gcv_program_named(program, "unknown.c", "drop", true), -1);
	/* a.c and b.c include part.c, which sees what they see. */
	assert_targets(gcv_program_named(program, "a.c", "part", true), PART_A, -1);
	assert_targets(gcv_program_named(program, "part.c", "drop", true), A_DROP, B_DROP, -1);
	/* Headers, precompiled or not, or of another configuration. */
	assert_targets(gcv_program_named(program, "a.c", "put", true), H_PUT, -1);
	assert_targets(gcv_program_named(program, "d.c", "put", true), H_PUT_OF_D, -1);
	assert_targets(gcv_program_named(program, "c.c", "put", true), H_PUT, -1);
}

static void test_callees(void **state)
{
	struct gcv_program *program = *state;

	assert_targets(callees(program, A_DROP), PART_A, -1);
	assert_targets(callees(program, A_MAIN), A_DROP, -1);
	assert_targets(callees(program, B_DROP), H_PUT, -1);
	assert_targets(callees(program, C_GUP), H_PUT, -1);
	assert_targets(callees(program, D_GUP), H_PUT_OF_D, -1);
	/* Not static, and defined twice: the own unit's, or else all. */
	assert_targets(callees(program, C_MAIN), C_GUP, -1);
	assert_targets(callees(program, PART_A), C_GUP, D_GUP, -1);
	assert_targets(callees(program, PART_B), -1);
	assert_targets(callees(program, D_MAIN), -1);
	/* The same answer when it is asked again, whatever was asked in between. */
	assert_targets(callees(program, A_MAIN), A_DROP, -1);
}

static void test_stored(void **state)
{
	struct gcv_program *program = *state;

	/* drop() twice in a.c, and gup() by a table. */
	assert_targets(gcv_program_stored(program, "struct ops.release"), A_DROP, C_GUP, D_GUP, -1);
	assert_targets(gcv_program_stored(program, "request_irq(1)"), C_MAIN, -1);
	assert_targets(gcv_program_stored(program, "struct ops.open"), -1);
	/* c.c cannot see the static functions of that name. */
	assert_targets(gcv_program_stored(program, "struct ops.other"), -1);
	assert_targets(gcv_program_stored(program, ""), -1);
	assert_targets(callees(program, B_MAIN), A_DROP, C_GUP, D_GUP, -1);
}

static void test_body(void **state)
{
	struct gcv_program *program = *state;
	struct gcv_function *fn = &program->facts.functions[A_MAIN];
	struct gcv_err err = { .text = "" };
	struct gcv_body *first;

	assert_null(fn->body);
	assert_int_equal(fn->index, A_MAIN);
	OK(gcv_program_body(program, fn, &err));
	first = fn->body;
	OK(gcv_program_body(program, fn, &err));
	assert_ptr_equal(fn->body, first);
	fn = &program->facts.functions[TABLE];
	assert_int_equal(gcv_program_body(program, fn, &err), GCV_ERR_FORMAT);
	assert_null(fn->body);
	fn = &program->facts.functions[H_PUT];
	assert_int_equal(gcv_program_body(program, fn, &err), GCV_ERR_NOT_FOUND);
	assert_string_equal(err.text, "no body");
}

static char is_broken;

static void test_source_fails(void **state)
{
	const struct gcv_program_source source = { load, body, &is_broken };
	struct gcv_program *program = NULL;
	struct gcv_err err = { .text = "" };

	(void)state;
	assert_int_equal(gcv_program_load(&source, &program, &err), GCV_ERR_IO);
	assert_string_equal(err.text, "the disk is gone");
	assert_null(program);
	gcv_program_free(NULL);
}

static enum gcv_status load_nothing(void *ctx, struct gcv_arena *arena,
				    struct gcv_program_facts *ret, struct gcv_err *err)
{
	(void)ctx;
	(void)arena;
	(void)err;
	*ret = (struct gcv_program_facts){ 0 };
	return GCV_OK;
}

static void test_empty(void **state)
{
	const struct gcv_program_source source = { load_nothing, body, NULL };
	struct gcv_program *program = NULL;
	struct gcv_err err = { .text = "" };

	(void)state;
	OK(gcv_program_load(&source, &program, &err));
	assert_targets(gcv_program_named(program, "a.c", "drop", true), -1);
	assert_targets(gcv_program_named(program, "a.c", "drop", false), -1);
	assert_targets(gcv_program_stored(program, "struct ops.release"), -1);
	gcv_program_free(program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_named, load_program, free_program),
		cmocka_unit_test_setup_teardown(test_callees, load_program, free_program),
		cmocka_unit_test_setup_teardown(test_stored, load_program, free_program),
		cmocka_unit_test_setup_teardown(test_body, load_program, free_program),
		cmocka_unit_test(test_source_fails),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
