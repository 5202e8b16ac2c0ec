// SPDX-License-Identifier: GPL-2.0-only
/* links: flow clang */
/*
 * Definitions that reach uses, in the functions of tests/unit/reach. A comment "def N" stands
 * before a definition (a declaration, an assignment, x++, a call, a kept address), a comment "use N
 * N…" before the name of a variable: of that variable exactly the definitions N reach it, "param"
 * for the caller's value, nothing for none at all.
 */
#include "parsed_text.h"

#include "flow/reach.h"

#include <ctype.h>

struct checked {
	struct parsed_text *p;
	const struct gcv_fact_def *def;
	struct gcv_body *body;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
	uint32_t nr_uses, nr_bad;
};

/* The comment that ends right before an offset in the definition, NULL where there is none. */
static const char *comment_before(const struct checked *c, uint32_t offset, size_t *ret_len)
{
	const char *begin = c->p->text + c->def->begin, *at = begin + offset, *end;

	while (at > begin && strchr(" \t\n(", at[-1]))
		at--;
	if (at < begin + 2 || at[-1] != '/' || at[-2] != '*')
		return NULL;
	end = at - 2;
	for (at = end; at > begin && strncmp(at, "/*", 2) != 0; at--)
		;
	*ret_len = (size_t)(end - at - 2);
	return at + 2;
}

static const char *name_of_def(const struct checked *c, uint32_t def)
{
	const struct gcv_reach_def *d = &c->reach.defs[def];
	const char *text;
	size_t len;

	if (d->kind == GCV_REACH_PARAM)
		return "param";
	text = comment_before(c, c->body->nodes[d->node].begin, &len);
	if (!text || len < 5 || strncmp(text, " def ", 5) != 0)
		return gcv_arena_printf(&c->p->arena, "(unnamed in node %u)", d->node);
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	return gcv_arena_strndup(&c->p->arena, text + 5, len - 5);
}

static bool has_word(const char *text, size_t len, const char *word)
{
	size_t word_len = strlen(word), i;

	for (i = 0; i + word_len <= len; i++)
		if (strncmp(text + i, word, word_len) == 0 && (i == 0 || text[i - 1] == ' ') &&
		    (i + word_len == len || text[i + word_len] == ' '))
			return true;
	return false;
}

static uint32_t count_words(const char *text, size_t len)
{
	uint32_t nr = 0;
	size_t i;

	for (i = 0; i < len; i++)
		nr += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
	return nr;
}

static void check_use(struct checked *c, uint32_t node, const char *want, size_t len)
{
	uint32_t nr, i, nr_bad = 0;
	const uint32_t *defs = gcv_reach_at(&c->reach, node, &nr);

	c->nr_uses++;
	for (i = 0; i < nr; i++) {
		const char *name = name_of_def(c, defs[i]);

		assert_int_equal(c->reach.defs[defs[i]].symbol, c->body->nodes[node].symbol);
		if (i)
			assert_true(defs[i - 1] < defs[i]);
		if (!has_word(want, len, name)) {
			print_error("%s: use%.*s: reached by %s\n", c->def->name, (int)len, want,
				    name);
			nr_bad++;
		}
	}
	if (!nr_bad && nr != count_words(want, len)) {
		print_error("%s: use%.*s: reached by %u\n", c->def->name, (int)len, want, nr);
		nr_bad++;
	}
	c->nr_bad += nr_bad;
}

static uint32_t count_text(const char *text, const char *end, const char *what)
{
	uint32_t nr = 0;

	for (; (text = strstr(text, what)) && text < end; text++)
		nr++;
	return nr;
}

static bool is_only(void *ctx, uint32_t symbol)
{
	return symbol == *(const uint32_t *)ctx;
}

static void check_same(const struct checked *c, const struct gcv_reach *one, uint32_t node,
		       bool is_followed)
{
	uint32_t nr, nr_all, i;
	const uint32_t *defs = gcv_reach_at(one, node, &nr);
	const uint32_t *all = gcv_reach_at(&c->reach, node, &nr_all);

	assert_int_equal(nr, is_followed ? nr_all : 0);
	for (i = 0; i < nr; i++) {
		assert_int_equal(one->defs[defs[i]].kind, c->reach.defs[all[i]].kind);
		assert_int_equal(one->defs[defs[i]].node, c->reach.defs[all[i]].node);
		assert_int_equal(one->defs[defs[i]].ref, c->reach.defs[all[i]].ref);
	}
}

/* A variable that is followed alone has the same definitions at each use, and the others none. */
static void check_chosen(const struct checked *c)
{
	uint32_t symbol, i;

	for (symbol = 0; symbol < c->body->nr_symbols; symbol++) {
		const struct gcv_reach_choice choice = { .is_followed = is_only, .ctx = &symbol };
		struct gcv_reach one;

		gcv_reach_build_chosen(c->body, &c->cfg, &choice, &c->p->arena, &one);
		for (i = 0; i < c->body->nr_nodes; i++)
			if (c->body->nodes[i].kind == GCV_NODE_REF)
				check_same(c, &one, i, c->body->nodes[i].symbol == symbol);
	}
}

static uint32_t check_function(struct parsed_text *p, uint32_t def)
{
	struct checked c = { .p = p, .def = &p->facts.defs[def], .body = parsed_body(p, def) };
	uint32_t nr, i;

	gcv_cfg_build(c.body, &p->arena, &c.cfg);
	gcv_reach_build(c.body, &c.cfg, &p->arena, &c.reach);
	assert_true(c.reach.is_exact);
	check_chosen(&c);
	for (i = 0; i < c.body->nr_nodes; i++) {
		const char *text;
		size_t len;

		if (c.body->nodes[i].kind != GCV_NODE_REF ||
		    c.body->symbols[c.body->nodes[i].symbol].kind == GCV_SYMBOL_FUNCTION)
			continue;
		text = comment_before(&c, c.body->nodes[i].begin, &len);
		if (text && strncmp(text, " use", 4) == 0)
			check_use(&c, i, text + 4, len - 4);
	}
	nr = count_text(p->text + c.def->begin, p->text + c.def->end, "/* use");
	assert_true(nr > 0);
	if (nr != c.nr_uses) {
		print_error("%s: %u of %u uses found\n", c.def->name, c.nr_uses, nr);
		c.nr_bad++;
	}
	return c.nr_bad;
}

static void check_file(const char *name)
{
	uint32_t nr_bad = 0, i;
	struct parsed_text p;

	parse_text(&p, name);
	assert_true(p.facts.nr_defs > 2);
	for (i = 0; i < p.facts.nr_defs; i++)
		nr_bad += check_function(&p, i);
	parsed_release(&p);
	assert_int_equal(nr_bad, 0);
}

static void test_paths(void **state)
{
	(void)state;
	check_file("paths.c");
}

static void test_memory(void **state)
{
	(void)state;
	check_file("memory.c");
}

static void put(struct gcv_body_writer *w, enum gcv_node_kind kind, enum gcv_op op, uint32_t symbol,
		uint32_t nr_children)
{
	struct gcv_node node = {
		.kind = kind, .op = op, .symbol = symbol, .nr_children = nr_children
	};

	gcv_body_add_node(w, &node);
}

/* if (x) x = 1; @nr times in a row, then a use of x. */
static void build_long(struct gcv_arena *arena, uint32_t nr, struct gcv_body *ret_body,
		       struct gcv_cfg *cfg, struct gcv_reach *reach)
{
	struct gcv_symbol symbol = { .kind = GCV_SYMBOL_PARAM,
				     .name = "x",
				     .type = "int",
				     .canonical = "int",
				     .owner = "" };
	struct gcv_body_writer w = { 0 };
	struct gcv_strbuf bytes = { 0 };
	struct gcv_err err;
	uint32_t i;

	gcv_body_add_symbol(&w, &symbol);
	put(&w, GCV_NODE_COMPOUND, 0, GCV_NONE, nr + 1);
	for (i = 0; i < nr; i++) {
		put(&w, GCV_NODE_IF, 0, GCV_NONE, 3);
		put(&w, GCV_NODE_REF, 0, 0, 0);
		put(&w, GCV_NODE_ASSIGN, GCV_OP_ASSIGN, GCV_NONE, 2);
		put(&w, GCV_NODE_REF, 0, 0, 0);
		put(&w, GCV_NODE_INT, 0, GCV_NONE, 0);
		put(&w, GCV_NODE_NONE, 0, GCV_NONE, 0);
	}
	put(&w, GCV_NODE_REF, 0, 0, 0);
	gcv_body_finish(&w, &bytes);
	if (gcv_body_decode(bytes.buf, bytes.len, arena, ret_body, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_cfg_build(ret_body, arena, cfg);
	gcv_reach_build(ret_body, cfg, arena, reach);
	gcv_body_writer_release(&w);
	gcv_strbuf_release(&bytes);
}

static void test_many(void **state)
{
	struct gcv_arena arena = { 0 };
	struct gcv_reach reach;
	struct gcv_body body;
	struct gcv_cfg cfg;
	uint32_t nr;

	(void)state;
	build_long(&arena, 2000, &body, &cfg, &reach);
	assert_true(reach.is_exact);
	assert_int_equal(reach.nr_defs, 2001);
	gcv_reach_at(&reach, body.nr_nodes - 1, &nr);
	assert_int_equal(nr, 2001);
	gcv_reach_at(&reach, 2, &nr);
	assert_int_equal(nr, 1);
	gcv_arena_release(&arena);
}

/* Above the limit each use is reached by all definitions, and shares their list. */
static void test_limit(void **state)
{
	struct gcv_arena arena = { 0 };
	struct gcv_reach reach;
	struct gcv_body body;
	struct gcv_cfg cfg;
	uint32_t nr;

	(void)state;
	build_long(&arena, 40000, &body, &cfg, &reach);
	assert_true((uint64_t)reach.nr_defs * cfg.nr_blocks > GCV_REACH_MAX_BITS);
	assert_false(reach.is_exact);
	gcv_reach_at(&reach, 2, &nr);
	assert_int_equal(nr, 40001);
	assert_int_equal(reach.first[2], reach.first[body.nr_nodes - 1]);
	gcv_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
