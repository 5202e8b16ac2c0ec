// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/body.h"
#include "parse/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * The body of: int f(struct page **p, int n) { for (int i = 0; i < n; i++) put_page(p[i]); }
 * plus nodes of each kind that carries something.
 */
static const struct gcv_symbol symbols[] = {
	{ GCV_SYMBOL_PARAM, "p", "struct page **", "struct page **", "", 0 },
	{ GCV_SYMBOL_PARAM, "n", "count_t", "unsigned long", "", 1 },
	{ GCV_SYMBOL_LOCAL, "i", "int", "int", "", 0 },
	{ GCV_SYMBOL_FUNCTION, "put_page", "void (struct page *)", "void (struct page *)", "", 0 },
	{ GCV_SYMBOL_FIELD, "pages", "struct page **", "struct page **", "struct rds_mr", 0 },
	{ GCV_SYMBOL_ENUM, "FOLL_WRITE", "int", "int", "", -5 },
	{ GCV_SYMBOL_LABEL, "out", "", "", "", 0 },
};

#define NODE(kind_, begin_, end_, ...)                                                  \
	{                                                                               \
		.kind = GCV_NODE_##kind_, .begin = (begin_), .end = (end_), __VA_ARGS__ \
	}

static const struct gcv_node nodes[] = {
	NODE(COMPOUND, 30, 90, .nr_children = 4),
	NODE(FOR, 31, 80, .nr_children = 0),
	NODE(DECL, 35, 45, .nr_children = 1),
	NODE(VAR, 36, 44, .symbol = 2),
	NODE(INT, 43, 44, .value = -1),
	NODE(BINARY, 46, 51, .op = GCV_OP_LT),
	NODE(REF, 46, 47, .symbol = 2),
	NODE(REF, 50, 51, .symbol = 1, .flags = GCV_NODE_MACRO),
	NODE(UNARY, 53, 56, .op = GCV_OP_POST_INC),
	NODE(REF, 53, 54, .symbol = 2),
	NODE(CALL, 58, 72, .nr_children = 2),
	NODE(REF, 58, 66, .symbol = 3),
	NODE(INDEX, 67, 71),
	NODE(MEMBER, 67, 68, .symbol = 4, .flags = GCV_NODE_ARROW),
	NODE(CAST, 67, 68, .text = "struct rds_mr *"),
	NODE(REF, 67, 68, .symbol = 0),
	NODE(REF, 69, 70, .symbol = 2),
	NODE(LABEL, 81, 85, .symbol = 6),
	NODE(EMPTY, 84, 85),
	/* Goes back, and over the 127 that one byte holds. */
	NODE(RETURN, 20, 300),
	NODE(SIZEOF, 300, 310, .value = INT64_MAX),
	NODE(NONE, 0, 0, .flags = GCV_NODE_ELSEWHERE),
	NODE(ASSIGN, 86, 89, .op = GCV_OP_ASSIGN),
	NODE(STRING, 86, 87, .text = "a"),
	NODE(REF, 88, 89, .symbol = 5),
};

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static void write_body(struct gcv_strbuf *out)
{
	struct gcv_body_writer writer = { 0 };
	size_t i;

	for (i = 0; i < NR(symbols); i++)
		assert_int_equal(gcv_body_add_symbol(&writer, &symbols[i]), i);
	for (i = 0; i < NR(nodes); i++)
		gcv_body_add_node(&writer, &nodes[i]);
	gcv_body_finish(&writer, out);
	gcv_body_writer_release(&writer);
}

static enum gcv_status decode(const char *data, size_t len, struct gcv_arena *arena,
			      struct gcv_body *ret)
{
	struct gcv_err err = { .text = "" };
	enum gcv_status st = gcv_body_decode(data, len, arena, ret, &err);

	assert_true(st == GCV_OK || (st == GCV_ERR_FORMAT && *err.text));
	return st;
}

static void test_symbols_come_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_body body;
	size_t i;

	(void)state;
	write_body(&out);
	assert_int_equal(decode(out.buf, out.len, &arena, &body), GCV_OK);
	assert_int_equal(body.nr_symbols, NR(symbols));
	for (i = 0; i < NR(symbols); i++) {
		assert_int_equal(body.symbols[i].kind, symbols[i].kind);
		assert_string_equal(body.symbols[i].name, symbols[i].name);
		assert_string_equal(body.symbols[i].type, symbols[i].type);
		assert_string_equal(body.symbols[i].canonical, symbols[i].canonical);
		assert_string_equal(body.symbols[i].owner, symbols[i].owner);
		assert_true(body.symbols[i].value == symbols[i].value);
	}
	gcv_arena_release(&arena);
}

static void compare_node(const struct gcv_node *got, const struct gcv_node *want)
{
	assert_int_equal(got->kind, want->kind);
	assert_int_equal(got->op, want->op);
	assert_int_equal(got->flags, want->flags);
	if (!(want->flags & GCV_NODE_ELSEWHERE)) {
		assert_int_equal(got->begin, want->begin);
		assert_int_equal(got->end, want->end);
	}
	if (want->kind == GCV_NODE_CAST || want->kind == GCV_NODE_STRING ||
	    want->kind == GCV_NODE_COMPOUND_LITERAL)
		assert_string_equal(got->text, want->text);
	else
		assert_true(got->value == want->value);
	switch (want->kind) {
	case GCV_NODE_REF:
	case GCV_NODE_VAR:
	case GCV_NODE_MEMBER:
	case GCV_NODE_LABEL:
		assert_int_equal(got->symbol, want->symbol);
		break;
	default:
		assert_int_equal(got->symbol, GCV_NONE);
	}
}

static void test_nodes_come_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_body body;
	size_t i;

	(void)state;
	write_body(&out);
	assert_int_equal(decode(out.buf, out.len, &arena, &body), GCV_OK);
	assert_int_equal(body.nr_nodes, NR(nodes));
	for (i = 0; i < NR(nodes); i++)
		compare_node(&body.nodes[i], &nodes[i]);
	gcv_arena_release(&arena);
}

static void test_tree_is_linked(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_body body;
	uint32_t i, k;

	(void)state;
	write_body(&out);
	assert_int_equal(decode(out.buf, out.len, &arena, &body), GCV_OK);
	assert_int_equal(body.nodes[0].parent, GCV_NONE);
	/* for: declaration, condition, step, call */
	assert_int_equal(body.nodes[1].nr_children, 4);
	assert_int_equal(body.nodes[1].children[0], 2);
	assert_int_equal(body.nodes[1].children[1], 5);
	assert_int_equal(body.nodes[1].children[2], 8);
	assert_int_equal(body.nodes[1].children[3], 10);
	assert_int_equal(body.nodes[12].parent, 10);
	for (i = 0; i < body.nr_nodes; i++)
		for (k = 0; k < body.nodes[i].nr_children; k++)
			assert_int_equal(body.nodes[body.nodes[i].children[k]].parent, i);
	gcv_arena_release(&arena);
}

static void test_writer_can_be_used_again(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf one = { 0 }, two = { 0 };
	struct gcv_body_writer writer = { 0 };
	size_t i, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		struct gcv_strbuf *out = round ? &two : &one;

		for (i = 0; i < NR(symbols); i++)
			gcv_body_add_symbol(&writer, &symbols[i]);
		for (i = 0; i < NR(nodes); i++)
			gcv_body_add_node(&writer, &nodes[i]);
		gcv_body_finish(&writer, out);
	}
	gcv_body_writer_release(&writer);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.buf, two.buf, one.len);
}

/* The copy has its exact size, so that AddressSanitizer sees a read behind its end. */
static enum gcv_status decode_copy(const char *data, size_t len)
{
	char *copy = malloc(len ? len : 1);
	struct gcv_arena arena = { 0 };
	struct gcv_body body;
	enum gcv_status st;

	if (len)
		memcpy(copy, data, len);
	st = decode(copy, len, &arena, &body);
	free(copy);
	gcv_arena_release(&arena);
	return st;
}

static void test_truncation_is_told(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	size_t len;

	(void)state;
	write_body(&out);
	for (len = 0; len < out.len; len++)
		assert_int_equal(decode_copy(out.buf, len), GCV_ERR_FORMAT);
	gcv_strbuf_addch(&out, 0);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
}

static void test_damaged_bytes_do_no_harm(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	size_t at, nr_refused = 0;
	int round;

	(void)state;
	write_body(&out);
	/* Every byte with every value, then several at once. */
	for (at = 0; at < out.len; at++) {
		char good = out.buf[at];
		int value;

		for (value = 0; value < 256; value++) {
			out.buf[at] = (char)value;
			nr_refused += decode_copy(out.buf, out.len) != GCV_OK;
		}
		out.buf[at] = good;
	}
	assert_true(nr_refused > 1000);
	srand(1);
	for (round = 0; round < 20000; round++) {
		size_t where[4];
		char good[4];
		int i;

		for (i = 0; i < 4; i++) {
			where[i] = (size_t)rand() % out.len;
			good[i] = out.buf[where[i]];
			out.buf[where[i]] = (char)rand();
		}
		(void)decode_copy(out.buf, out.len);
		while (i--)
			out.buf[where[i]] = good[i];
	}
	assert_int_equal(decode_copy(out.buf, out.len), GCV_OK);
}

static void test_other_version_is_refused(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	(void)state;
	write_body(&out);
	out.buf[0]++;
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
}

static void test_promises_of_children_must_come_out_even(void **state)
{
	static const struct gcv_node orphan[] = { NODE(BREAK, 0, 1), NODE(BREAK, 1, 2) };
	static const struct gcv_node missing[] = { NODE(COMPOUND, 0, 9, .nr_children = 2),
						   NODE(BREAK, 1, 2) };
	struct gcv_body_writer writer = { 0 };
	struct gcv_strbuf out = { 0 };

	(void)state;
	gcv_body_finish(&writer, &out);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
	gcv_strbuf_clear(&out);
	gcv_body_add_node(&writer, &orphan[0]);
	gcv_body_add_node(&writer, &orphan[1]);
	gcv_body_finish(&writer, &out);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
	gcv_strbuf_clear(&out);
	gcv_body_add_node(&writer, &missing[0]);
	gcv_body_add_node(&writer, &missing[1]);
	gcv_body_finish(&writer, &out);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_ERR_FORMAT);
	gcv_strbuf_release(&out);
	gcv_body_writer_release(&writer);
}

static void test_deep_nesting_is_no_recursion(void **state)
{
	struct gcv_body_writer writer = { 0 };
	struct gcv_strbuf out = { 0 };
	struct gcv_node node = NODE(COMPOUND, 0, 1, .nr_children = 1);
	int i;

	(void)state;
	for (i = 0; i < 200000; i++)
		gcv_body_add_node(&writer, &node);
	node.nr_children = 0;
	gcv_body_add_node(&writer, &node);
	gcv_body_finish(&writer, &out);
	assert_int_equal(decode_copy(out.buf, out.len), GCV_OK);
	gcv_strbuf_release(&out);
	gcv_body_writer_release(&writer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbols_come_back),
		cmocka_unit_test(test_nodes_come_back),
		cmocka_unit_test(test_tree_is_linked),
		cmocka_unit_test(test_writer_can_be_used_again),
		cmocka_unit_test(test_truncation_is_told),
		cmocka_unit_test(test_damaged_bytes_do_no_harm),
		cmocka_unit_test(test_other_version_is_refused),
		cmocka_unit_test(test_promises_of_children_must_come_out_even),
		cmocka_unit_test(test_deep_nesting_is_no_recursion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
