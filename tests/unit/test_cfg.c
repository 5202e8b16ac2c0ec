// SPDX-License-Identifier: GPL-2.0-only
/* links: flow clang */
/*
 * Graphs of the functions in tests/unit/cfg, against the comment above each: the steps, by their
 * source text, and which follow each other.
 *
 *	A > B		B follows A always
 *	A +> B		where A is true
 *	A -> B		where A is false
 *	A case X> B	where the switch's value is X; A default> B where it is none
 *	… (back)	leads back to the head of a loop
 *
 * "start" is the beginning, "exit" the end of the function; a path to "stop" does not go on. The
 * comment has to name all that can be reached. A line "incomplete" says that edges may be missing.
 */
#include "parsed_text.h"

#include "flow/cfg.h"

#define MAX_LINES 200

struct lines {
	const char *line[MAX_LINES];
	uint32_t nr;
};

struct drawing {
	struct parsed_text *p;
	uint32_t def;
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	struct lines *out;
};

static void add_line(struct lines *lines, const char *line)
{
	uint32_t i;

	for (i = 0; i < lines->nr; i++)
		if (strcmp(lines->line[i], line) == 0)
			return;
	assert_true(lines->nr < MAX_LINES);
	lines->line[lines->nr++] = line;
}

static const char *text_of(const struct drawing *d, uint32_t node)
{
	const struct gcv_node *at = &d->body->nodes[node];

	/* A variable of a macro has the name that the macro gives it. */
	if (at->kind == GCV_NODE_REF && (at->flags & GCV_NODE_MACRO))
		return d->body->symbols[at->symbol].name;
	return parsed_node_text(d->p, d->def, at);
}

static const char *arrow(const struct drawing *d, const struct gcv_cfg_edge *edge)
{
	switch (edge->sense) {
	case GCV_CFG_TRUE:
		return "+>";
	case GCV_CFG_FALSE:
		return "->";
	case GCV_CFG_CASE:
		return gcv_arena_printf(&d->p->arena, "case %s>",
					text_of(d, d->body->nodes[edge->label].children[0]));
	case GCV_CFG_DEFAULT:
		return "default>";
	default:
		return ">";
	}
}

/* Lines for what follows @from at the beginning of @block; blocks without steps are passed. */
static void draw_to(struct drawing *d, const char *from, const char *how, uint32_t block,
		    bool is_back, uint32_t depth)
{
	const struct gcv_cfg_block *at = &d->cfg->blocks[block];
	const char *to = at->nr_steps ? text_of(d, at->steps[0]) : NULL;
	uint32_t i;

	if (block == d->cfg->exit)
		to = "exit";
	else if (!to && !at->nr_out)
		to = "stop";
	if (to) {
		add_line(d->out, gcv_arena_printf(&d->p->arena, "%s %s %s%s", from, how, to,
						  is_back ? " (back)" : ""));
		return;
	}
	assert_true(depth < 20);
	for (i = 0; i < at->nr_out; i++)
		draw_to(d, from, how, d->cfg->edges[at->out[i]].to,
			is_back || d->cfg->edges[at->out[i]].is_back, depth + 1);
}

static void draw_block(struct drawing *d, uint32_t block)
{
	const struct gcv_cfg_block *at = &d->cfg->blocks[block];
	const char *last;
	uint32_t i;

	for (i = 0; i + 1 < at->nr_steps; i++)
		add_line(d->out, gcv_arena_printf(&d->p->arena, "%s > %s", text_of(d, at->steps[i]),
						  text_of(d, at->steps[i + 1])));
	if (!at->nr_steps)
		return;
	last = text_of(d, at->steps[at->nr_steps - 1]);
	for (i = 0; i < at->nr_out; i++) {
		const struct gcv_cfg_edge *edge = &d->cfg->edges[at->out[i]];

		assert_int_equal(edge->from, block);
		if (edge->sense != GCV_CFG_ALWAYS)
			assert_int_equal(edge->condition, at->steps[at->nr_steps - 1]);
		draw_to(d, last, arrow(d, edge), edge->to, edge->is_back, 0);
	}
	if (!at->nr_out)
		add_line(d->out, gcv_arena_printf(&d->p->arena, "%s > stop", last));
}

static void draw(struct drawing *d)
{
	uint32_t i;

	draw_to(d, "start", ">", 0, false, 0);
	for (i = 0; i < d->cfg->nr_order; i++)
		draw_block(d, d->cfg->order[i]);
	if (!d->cfg->is_complete)
		add_line(d->out, "incomplete");
}

static void read_lines(struct gcv_arena *arena, const char *comment, struct lines *out)
{
	while (*comment) {
		const char *end = strchr(comment, '\n');
		size_t len = end ? (size_t)(end - comment) : strlen(comment);
		const char *from = comment + strspn(comment, " \t*");

		if (from < comment + len) {
			char *line = gcv_arena_strndup(arena, from, len - (size_t)(from - comment));

			while (*line && line[strlen(line) - 1] == ' ')
				line[strlen(line) - 1] = '\0';
			add_line(out, line);
		}
		comment += len + (end ? 1 : 0);
	}
}

static uint32_t report_missing(const char *name, const struct lines *in, const struct lines *from,
			       const char *what)
{
	uint32_t nr_bad = 0, i, k;

	for (i = 0; i < from->nr; i++) {
		for (k = 0; k < in->nr && strcmp(in->line[k], from->line[i]) != 0; k++)
			;
		if (k == in->nr) {
			print_error("%s: %s: %s\n", name, what, from->line[i]);
			nr_bad++;
		}
	}
	return nr_bad;
}

/* What must hold of every graph. */
static void check_sound(const struct gcv_body *body, const struct gcv_cfg *cfg,
			struct gcv_arena *arena)
{
	bool *seen = gcv_arena_alloc(arena, body->nr_nodes);
	uint32_t i, k;

	for (i = 0; i < cfg->nr_blocks; i++) {
		for (k = 0; k < cfg->blocks[i].nr_nodes; k++) {
			uint32_t node = cfg->blocks[i].nodes[k];

			assert_false(seen[node]);
			seen[node] = true;
			assert_int_equal(cfg->block_of[node], i);
		}
		for (k = 0; k < cfg->blocks[i].nr_steps; k++)
			assert_true(seen[cfg->blocks[i].steps[k]]);
		for (k = 0; k < cfg->blocks[i].nr_in; k++)
			assert_int_equal(cfg->edges[cfg->blocks[i].in[k]].to, i);
	}
	assert_int_equal(cfg->blocks[cfg->exit].nr_steps, 0);
	assert_int_equal(cfg->blocks[cfg->exit].nr_out, 0);
	assert_int_equal(cfg->order[0], 0);
}

static void check_file(const char *name)
{
	uint32_t nr_bad = 0, i;
	struct parsed_text p;

	parse_text(&p, name);
	assert_true(p.facts.nr_defs > 2);
	for (i = 0; i < p.facts.nr_defs; i++) {
		struct lines want = { 0 }, got = { 0 };
		struct gcv_cfg cfg;
		struct drawing d = { &p, i, parsed_body(&p, i), &cfg, &got };

		gcv_cfg_build(d.body, &p.arena, &cfg);
		check_sound(d.body, &cfg, &p.arena);
		draw(&d);
		read_lines(&p.arena, parsed_comment(&p, i), &want);
		assert_true(want.nr > 0);
		nr_bad += report_missing(p.facts.defs[i].name, &got, &want, "not there");
		nr_bad += report_missing(p.facts.defs[i].name, &want, &got, "not expected");
	}
	parsed_release(&p);
	assert_int_equal(nr_bad, 0);
}

static void test_statements(void **state)
{
	(void)state;
	check_file("statements.c");
}

static void test_conditions(void **state)
{
	(void)state;
	check_file("conditions.c");
}

static void test_jumps(void **state)
{
	(void)state;
	check_file("jumps.c");
}

static void test_expressions(void **state)
{
	(void)state;
	check_file("expressions.c");
}

/* Which loop a block belongs to. */
static void test_loop_of_block(void **state)
{
	struct parsed_text p;
	struct gcv_cfg cfg;
	struct gcv_body *body;
	uint32_t i;

	(void)state;
	parse_text(&p, "loops.c");
	body = parsed_body(&p, 0);
	gcv_cfg_build(body, &p.arena, &cfg);
	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];
		enum gcv_node_kind want = GCV_NODE_NONE;
		uint32_t loop;

		if (node->kind != GCV_NODE_INT)
			continue;
		switch (node->value) {
		case 11:
			want = GCV_NODE_WHILE;
			break;
		case 12:
			want = GCV_NODE_FOR;
			break;
		case 13:
			want = GCV_NODE_DO;
			break;
		case 10:
			break;
		default:
			continue;
		}
		loop = cfg.blocks[cfg.block_of[i]].loop;
		if (want == GCV_NODE_NONE)
			assert_true(loop == GCV_NONE);
		else
			assert_int_equal(body->nodes[loop].kind, want);
	}
	parsed_release(&p);
}

/* Bodies that no parser makes: built by hand, decoded as damaged ones would be. */
struct hand {
	struct gcv_body_writer writer;
	struct gcv_strbuf bytes;
	struct gcv_arena arena;
	struct gcv_body body;
	struct gcv_cfg cfg;
};

static void put(struct hand *h, enum gcv_node_kind kind, uint32_t nr_children)
{
	struct gcv_node node = { .kind = kind, .nr_children = nr_children, .text = "int" };

	if (kind == GCV_NODE_BINARY)
		node.op = GCV_OP_LAND;
	if (kind == GCV_NODE_UNARY)
		node.op = GCV_OP_LNOT;
	gcv_body_add_node(&h->writer, &node);
}

static void finish(struct hand *h)
{
	struct gcv_err err;

	gcv_body_finish(&h->writer, &h->bytes);
	if (gcv_body_decode(h->bytes.buf, h->bytes.len, &h->arena, &h->body, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_cfg_build(&h->body, &h->arena, &h->cfg);
	check_sound(&h->body, &h->cfg, &h->arena);
	gcv_body_writer_release(&h->writer);
	gcv_strbuf_release(&h->bytes);
}

static void add_name(struct hand *h, const char *name)
{
	struct gcv_symbol symbol = {
		.kind = GCV_SYMBOL_LABEL, .name = name, .type = "", .canonical = "", .owner = ""
	};

	gcv_body_add_symbol(&h->writer, &symbol);
}

#define DEPTH 10000

static void nest(enum gcv_node_kind kind)
{
	static const unsigned int before[GCV_NODE_KINDS] = {
		[GCV_NODE_FOR] = 3,    [GCV_NODE_WHILE] = 1, [GCV_NODE_IF] = 1,
		[GCV_NODE_SWITCH] = 1, [GCV_NODE_CASE] = 2,
	};
	static const unsigned int after[GCV_NODE_KINDS] = {
		[GCV_NODE_IF] = 1,   [GCV_NODE_DO] = 1,	    [GCV_NODE_BINARY] = 1,
		[GCV_NODE_COND] = 2, [GCV_NODE_ASSIGN] = 1, [GCV_NODE_INDEX] = 1,
	};
	struct hand h = { 0 };
	uint32_t i, k;

	add_name(&h, "out");
	for (i = 0; i < DEPTH; i++) {
		put(&h, kind, 1);
		for (k = 0; k < before[kind]; k++)
			put(&h, GCV_NODE_INT, 0);
	}
	put(&h, GCV_NODE_INT, 0);
	for (i = 0; i < DEPTH; i++)
		for (k = 0; k < after[kind]; k++)
			put(&h, GCV_NODE_INT, 0);
	finish(&h);
	assert_true(h.cfg.nr_order > 0);
	gcv_arena_release(&h.arena);
}

static void test_deep_nesting(void **state)
{
	static const enum gcv_node_kind kinds[] = {
		GCV_NODE_COMPOUND, GCV_NODE_IF,	  GCV_NODE_WHILE,     GCV_NODE_DO,
		GCV_NODE_FOR,	   GCV_NODE_COND, GCV_NODE_STMT_EXPR, GCV_NODE_BINARY,
		GCV_NODE_UNARY,	   GCV_NODE_CAST, GCV_NODE_ASSIGN,    GCV_NODE_INDEX,
		GCV_NODE_SWITCH,   GCV_NODE_CASE, GCV_NODE_LABEL,     GCV_NODE_CALL,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		nest(kinds[i]);
}

/* break, continue and case outside of anything, a goto without its label, a label twice. */
static void test_stray(void **state)
{
	struct hand h = { 0 };

	(void)state;
	add_name(&h, "here");
	add_name(&h, "nowhere");
	put(&h, GCV_NODE_COMPOUND, 6);
	put(&h, GCV_NODE_CASE, 3);
	put(&h, GCV_NODE_INT, 0);
	put(&h, GCV_NODE_NONE, 0);
	put(&h, GCV_NODE_BREAK, 0);
	put(&h, GCV_NODE_LABEL, 1);
	put(&h, GCV_NODE_CONTINUE, 0);
	put(&h, GCV_NODE_LABEL, 1);
	gcv_body_add_node(&h.writer, &(struct gcv_node){ .kind = GCV_NODE_GOTO, .symbol = 1 });
	put(&h, GCV_NODE_GOTO, 0);
	put(&h, GCV_NODE_CALL, 0);
	put(&h, GCV_NODE_INDIRECT_GOTO, 1);
	put(&h, GCV_NODE_NONE, 0);
	finish(&h);
	assert_false(h.cfg.is_complete);
	gcv_arena_release(&h.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statements),    cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_jumps),	      cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_loop_of_block), cmocka_unit_test(test_deep_nesting),
		cmocka_unit_test(test_stray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
