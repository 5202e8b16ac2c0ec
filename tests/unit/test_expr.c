// SPDX-License-Identifier: GPL-2.0-only
/* links: flow */
/* Questions about expressions, asked of bodies that are put together by hand. */
#include "flow/expr.h"
#include "flow/expr_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { I, N, PAGES, LONG_N, SG_PAGE, FIELD };

static const struct gcv_symbol symbols[] = {
	[I] = { GCV_SYMBOL_LOCAL, "i", "int", "int", "", 0 },
	[N] = { GCV_SYMBOL_PARAM, "n", "u32", "unsigned int", "", 0 },
	[PAGES] = { GCV_SYMBOL_LOCAL, "pages", "struct page *[16]", "struct page *[16]", "", 0 },
	[LONG_N] = { GCV_SYMBOL_LOCAL, "l", "long", "long", "", 0 },
	[SG_PAGE] = { GCV_SYMBOL_FUNCTION, "sg_page", "struct page *(struct scatterlist *)",
		      "struct page *(struct scatterlist *)", "", 0 },
	[FIELD] = { GCV_SYMBOL_FIELD, "nr", "const u16", "const unsigned short", "struct b", 0 },
};

struct built {
	struct gcv_arena arena;
	struct gcv_body body;
};

static const struct gcv_node ref_i = { .kind = GCV_NODE_REF, .symbol = I };
static const struct gcv_node ref_n = { .kind = GCV_NODE_REF, .symbol = N };
static const struct gcv_node ref_l = { .kind = GCV_NODE_REF, .symbol = LONG_N };
static const struct gcv_node ref_pages = { .kind = GCV_NODE_REF, .symbol = PAGES };
static const struct gcv_node ref_sg_page = { .kind = GCV_NODE_REF, .symbol = SG_PAGE };
static const struct gcv_node element = { .kind = GCV_NODE_INDEX, .symbol = GCV_NONE };

static struct gcv_node number(int64_t value)
{
	return (struct gcv_node){ .kind = GCV_NODE_INT, .symbol = GCV_NONE, .value = value };
}

static struct gcv_node unary(enum gcv_op op)
{
	return (struct gcv_node){ .kind = GCV_NODE_UNARY, .op = op, .symbol = GCV_NONE };
}

static struct gcv_node binary(enum gcv_op op)
{
	return (struct gcv_node){ .kind = GCV_NODE_BINARY, .op = op, .symbol = GCV_NONE };
}

static struct gcv_node many(enum gcv_node_kind kind, uint32_t nr)
{
	return (struct gcv_node){ .kind = kind, .symbol = GCV_NONE, .nr_children = nr };
}

static struct gcv_node cast(const char *type)
{
	return (struct gcv_node){ .kind = GCV_NODE_CAST, .symbol = GCV_NONE, .text = type };
}

static void build(struct built *b, const struct gcv_node *nodes, size_t nr)
{
	struct gcv_body_writer writer = { 0 };
	struct gcv_strbuf out = { 0 };
	struct gcv_err err;
	size_t i;

	memset(b, 0, sizeof(*b));
	for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		gcv_body_add_symbol(&writer, &symbols[i]);
	for (i = 0; i < nr; i++)
		gcv_body_add_node(&writer, &nodes[i]);
	gcv_body_finish(&writer, &out);
	if (gcv_body_decode(out.buf, out.len, &b->arena, &b->body, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_strbuf_release(&out);
	gcv_body_writer_release(&writer);
}

#define BUILD(b, ...)                                        \
	build((b), (const struct gcv_node[]){ __VA_ARGS__ }, \
	      sizeof((const struct gcv_node[]){ __VA_ARGS__ }) / sizeof(struct gcv_node))

static void test_equal(void **state)
{
	struct built b;

	(void)state;
	/* { pages[i]; (long)pages[i]; pages[n]; pages[i++]; pages[i++]; } */
	BUILD(&b, many(GCV_NODE_COMPOUND, 5), element, ref_pages, ref_i, cast("long"), element,
	      ref_pages, ref_i, element, ref_pages, ref_n, element, ref_pages,
	      unary(GCV_OP_POST_INC), ref_i, element, ref_pages, unary(GCV_OP_POST_INC), ref_i);
	assert_int_equal(gcv_expr_end(&b.body, 0), 19);
	assert_int_equal(gcv_expr_end(&b.body, 1), 4);
	assert_true(gcv_expr_contains(&b.body, 1, 3));
	assert_false(gcv_expr_contains(&b.body, 1, 4));
	assert_false(gcv_expr_contains(&b.body, GCV_NONE, 4));
	assert_int_equal(gcv_expr_plain(&b.body, 4), 5);
	assert_true(gcv_expr_equal(&b.body, 1, 4));
	assert_false(gcv_expr_equal(&b.body, 1, 8));
	assert_false(gcv_expr_equal(&b.body, 1, GCV_NONE));
	assert_true(gcv_expr_equal(&b.body, 11, 15));
	assert_true(gcv_expr_is_pure(&b.body, 1));
	assert_false(gcv_expr_is_pure(&b.body, 11));
	assert_true(gcv_expr_uses_symbol(&b.body, 1, I));
	assert_false(gcv_expr_uses_symbol(&b.body, 1, N));
	gcv_arena_release(&b.arena);
}

static void test_unknown_is_not_equal(void **state)
{
	struct built b;

	(void)state;
	BUILD(&b, many(GCV_NODE_COMPOUND, 2), many(GCV_NODE_UNKNOWN, 0), many(GCV_NODE_UNKNOWN, 0));
	assert_false(gcv_expr_equal(&b.body, 1, 2));
	assert_false(gcv_expr_is_pure(&b.body, 1));
	gcv_arena_release(&b.arena);
}

static void test_writes(void **state)
{
	struct gcv_node assign = { .kind = GCV_NODE_ASSIGN,
				   .op = GCV_OP_ASSIGN,
				   .symbol = GCV_NONE };
	struct built b;
	uint32_t last = 0;

	(void)state;
	/* { i = n; &i; pages[i] = 0; } */
	BUILD(&b, many(GCV_NODE_COMPOUND, 3), assign, ref_i, ref_n, unary(GCV_OP_ADDR), ref_i,
	      assign, element, ref_pages, ref_i, number(0));
	assert_int_equal(gcv_expr_count_writes(&b.body, 0, I, &last), 2);
	assert_int_equal(last, 4);
	assert_int_equal(gcv_expr_count_writes(&b.body, 0, N, NULL), 0);
	assert_int_equal(gcv_expr_count_writes(&b.body, 0, PAGES, NULL), 0);
	assert_int_equal(gcv_expr_count_writes(&b.body, GCV_NONE, I, NULL), 0);
	gcv_arena_release(&b.arena);
}

static void test_constants(void **state)
{
	struct built b;
	int64_t value = 7;
	bool is_inverted;

	(void)state;
	/* { -(long)5; i; !!!n; } */
	BUILD(&b, many(GCV_NODE_COMPOUND, 3), unary(GCV_OP_MINUS), cast("long"), number(5), ref_i,
	      unary(GCV_OP_LNOT), unary(GCV_OP_LNOT), unary(GCV_OP_LNOT), ref_n);
	assert_true(gcv_expr_int(&b.body, 1, &value));
	assert_int_equal(value, -5);
	assert_true(gcv_expr_is_int(&b.body, 1, -5));
	assert_false(gcv_expr_int(&b.body, 4, &value));
	assert_int_equal(gcv_expr_condition(&b.body, 5, &is_inverted), 8);
	assert_true(is_inverted);
	gcv_arena_release(&b.arena);
}

static void test_types(void **state)
{
	struct gcv_node member = { .kind = GCV_NODE_MEMBER, .symbol = FIELD };
	struct gcv_expr_type type;
	struct built b;

	(void)state;
	/* { pages[i]; &pages[i]; sg_page(); pages + n; pages - pages; x.nr; } */
	BUILD(&b, many(GCV_NODE_COMPOUND, 6), element, ref_pages, ref_i, unary(GCV_OP_ADDR),
	      element, ref_pages, ref_i, many(GCV_NODE_CALL, 1), ref_sg_page, binary(GCV_OP_ADD),
	      ref_pages, ref_n, binary(GCV_OP_SUB), ref_pages, ref_pages, member, ref_i);
	type = gcv_expr_type(&b.body, 1);
	assert_true(gcv_expr_type_is(&type, "struct page", 1));
	type = gcv_expr_type(&b.body, 4);
	assert_true(gcv_expr_type_is(&type, "struct page", 2));
	type = gcv_expr_type(&b.body, 8);
	assert_true(gcv_expr_type_is(&type, "struct page", 1));
	type = gcv_expr_type(&b.body, 10);
	assert_true(gcv_expr_type_is(&type, "struct page", 2));
	assert_int_equal(gcv_expr_type(&b.body, 13).len, 0);
	type = gcv_expr_type(&b.body, 16);
	assert_true(gcv_expr_type_is(&type, "unsigned short", 0));
	assert_int_equal(gcv_expr_type(&b.body, GCV_NONE).len, 0);
	gcv_arena_release(&b.arena);
}

static void test_signs(void **state)
{
	struct built b;
	unsigned int bits;

	(void)state;
	/* { i - n; l - n; i; n; l; } */
	BUILD(&b, many(GCV_NODE_COMPOUND, 5), binary(GCV_OP_SUB), ref_i, ref_n, binary(GCV_OP_SUB),
	      ref_l, ref_n, ref_i, ref_n, ref_l);
	assert_int_equal(gcv_expr_sign(&b.body, 1, &bits), GCV_EXPR_UNSIGNED);
	assert_int_equal(bits, 32);
	assert_int_equal(gcv_expr_sign(&b.body, 4, &bits), GCV_EXPR_SIGNED);
	assert_int_equal(bits, 64);
	assert_int_equal(gcv_expr_sign_of_pair(&b.body, 7, 8), GCV_EXPR_UNSIGNED);
	assert_int_equal(gcv_expr_sign_of_pair(&b.body, 8, 9), GCV_EXPR_SIGNED);
	gcv_arena_release(&b.arena);
}

/* Nesting beyond the bound, and a chain that would double the work at each level. */
static void test_deep(void **state)
{
	static struct gcv_node nodes[2 * 5000 + 1];
	struct built b;
	unsigned int bits;
	size_t i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		nodes[2 * i] = binary(GCV_OP_SUB);
		nodes[2 * i + 1] = ref_i;
	}
	nodes[2 * 5000] = ref_i;
	build(&b, nodes, sizeof(nodes) / sizeof(nodes[0]));
	assert_int_equal(gcv_expr_end(&b.body, 0), 10001);
	assert_true(gcv_expr_equal(&b.body, 0, 0));
	assert_true(gcv_expr_is_pure(&b.body, 0));
	gcv_expr_sign(&b.body, 0, &bits);
	gcv_expr_type(&b.body, 0);
	gcv_arena_release(&b.arena);
}

static void text_is(const struct gcv_body *body, uint32_t node, const char *want)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_strbuf_addstr(&text, "before ");
	if (gcv_expr_text(body, node, &text) != !!want)
		fail_msg("node %u: %s", node, text.buf);
	assert_string_equal(text.buf + 7, want ? want : "");
}

static void test_text(void **state)
{
	static const struct gcv_node member = {
		.kind = GCV_NODE_MEMBER, .symbol = FIELD, .flags = GCV_NODE_ARROW, .nr_children = 1
	};
	struct gcv_node macro = number(11);
	struct built b;

	(void)state;
	macro.flags = GCV_NODE_MACRO;
	/* l + 1 < n */
	BUILD(&b, binary(GCV_OP_LT), binary(GCV_OP_ADD), ref_l, number(1), ref_n);
	text_is(&b.body, 0, "l + 1 < n");
	gcv_arena_release(&b.arena);
	/* (l & 1) == 0 && !sg_page(pages[i], n) */
	BUILD(&b, binary(GCV_OP_LAND), binary(GCV_OP_EQ), binary(GCV_OP_AND), ref_l, number(1),
	      number(0), unary(GCV_OP_LNOT), many(GCV_NODE_CALL, 3), ref_sg_page, element,
	      ref_pages, ref_i, ref_n);
	text_is(&b.body, 0, "(l & 1) == 0 && !sg_page(pages[i], n)");
	gcv_arena_release(&b.arena);
	/* (*pages)->nr == NULL, where NULL comes out of a macro as ever */
	BUILD(&b, binary(GCV_OP_EQ), member, unary(GCV_OP_DEREF), ref_pages, cast("void *"),
	      number(0));
	text_is(&b.body, 0, "(*pages)->nr == NULL");
	gcv_arena_release(&b.arena);
	/* !!i++ */
	BUILD(&b, unary(GCV_OP_LNOT), unary(GCV_OP_LNOT), unary(GCV_OP_POST_INC), ref_i);
	text_is(&b.body, 0, "i++");
	gcv_arena_release(&b.arena);
	/* i == EAGAIN: the number is not what the source has */
	BUILD(&b, binary(GCV_OP_EQ), ref_i, macro);
	text_is(&b.body, 0, NULL);
	text_is(&b.body, GCV_NONE, NULL);
	gcv_arena_release(&b.arena);
}

static void test_long_text(void **state)
{
	struct gcv_node nodes[61];
	struct built b;
	int i;

	(void)state;
	for (i = 0; i < 60; i++)
		nodes[i] = unary(GCV_OP_NOT);
	nodes[60] = ref_i;
	build(&b, nodes, 61);
	text_is(&b.body, 0, NULL);
	text_is(&b.body, 50, "~~~~~~~~~~i");
	gcv_arena_release(&b.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),	  cmocka_unit_test(test_unknown_is_not_equal),
		cmocka_unit_test(test_writes),	  cmocka_unit_test(test_constants),
		cmocka_unit_test(test_types),	  cmocka_unit_test(test_signs),
		cmocka_unit_test(test_deep),	  cmocka_unit_test(test_text),
		cmocka_unit_test(test_long_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
