// SPDX-License-Identifier: GPL-2.0-only
#include "parse/body.h"
#include "parse/facts.h"
#include "parse/wire.h"

#include <string.h>

/*
 * A node is a head byte (kind in the low six bits), flags, range, what its kind carries, and for
 * kinds without a fixed number of children that number. Nodes stand in source order, each before
 * its children.
 */
#define HEAD_KIND	0x3f
#define HEAD_SAME_RANGE 0x40
#define HEAD_FLAGS	0x80

#define VARIABLE 255

#define HAS_OP	   1
#define HAS_SYMBOL 2
#define HAS_VALUE  4
#define HAS_TEXT   8

static const struct {
	unsigned char children, carries;
} shapes[GCV_NODE_KINDS] = {
	[GCV_NODE_NONE] = { 0, 0 },
	[GCV_NODE_UNKNOWN] = { VARIABLE, 0 },
	[GCV_NODE_COMPOUND] = { VARIABLE, 0 },
	[GCV_NODE_DECL] = { VARIABLE, 0 },
	[GCV_NODE_VAR] = { 1, HAS_SYMBOL },
	[GCV_NODE_IF] = { 3, 0 },
	[GCV_NODE_SWITCH] = { 2, 0 },
	[GCV_NODE_CASE] = { 3, 0 },
	[GCV_NODE_DEFAULT] = { 1, 0 },
	[GCV_NODE_WHILE] = { 2, 0 },
	[GCV_NODE_DO] = { 2, 0 },
	[GCV_NODE_FOR] = { 4, 0 },
	[GCV_NODE_GOTO] = { 0, HAS_SYMBOL },
	[GCV_NODE_INDIRECT_GOTO] = { 1, 0 },
	[GCV_NODE_LABEL] = { 1, HAS_SYMBOL },
	[GCV_NODE_BREAK] = { 0, 0 },
	[GCV_NODE_CONTINUE] = { 0, 0 },
	[GCV_NODE_RETURN] = { 1, 0 },
	[GCV_NODE_EMPTY] = { 0, 0 },
	[GCV_NODE_ASM] = { VARIABLE, 0 },
	[GCV_NODE_REF] = { 0, HAS_SYMBOL },
	[GCV_NODE_MEMBER] = { 1, HAS_SYMBOL },
	[GCV_NODE_CALL] = { VARIABLE, 0 },
	[GCV_NODE_INDEX] = { 2, 0 },
	[GCV_NODE_UNARY] = { 1, HAS_OP },
	[GCV_NODE_BINARY] = { 2, HAS_OP },
	[GCV_NODE_ASSIGN] = { 2, HAS_OP },
	[GCV_NODE_COND] = { 3, 0 },
	[GCV_NODE_INT] = { 0, HAS_VALUE },
	[GCV_NODE_STRING] = { 0, HAS_TEXT },
	[GCV_NODE_FLOAT] = { 0, 0 },
	[GCV_NODE_CAST] = { 1, HAS_TEXT },
	[GCV_NODE_SIZEOF] = { 1, HAS_VALUE },
	[GCV_NODE_INIT_LIST] = { VARIABLE, 0 },
	[GCV_NODE_DESIGNATED] = { VARIABLE, 0 },
	[GCV_NODE_COMPOUND_LITERAL] = { 1, HAS_TEXT },
	[GCV_NODE_STMT_EXPR] = { 1, 0 },
	[GCV_NODE_ADDR_LABEL] = { 0, HAS_SYMBOL },
};

uint32_t gcv_body_add_symbol(struct gcv_body_writer *writer, const struct gcv_symbol *symbol)
{
	struct gcv_strbuf *out = &writer->symbols;
	bool same = strcmp(symbol->type, symbol->canonical) == 0;

	gcv_strbuf_addch(out, (char)symbol->kind);
	gcv_wire_put_str(out, symbol->name);
	gcv_wire_put_str(out, symbol->type);
	gcv_wire_put_str(out, same ? "" : symbol->canonical);
	gcv_wire_put_str(out, symbol->owner);
	gcv_wire_put_int(out, symbol->value);
	return writer->nr_symbols++;
}

void gcv_body_add_node(struct gcv_body_writer *writer, const struct gcv_node *node)
{
	struct gcv_strbuf *out = &writer->nodes;
	unsigned int carries = shapes[node->kind].carries;
	bool same = node->begin == writer->last_begin && node->end == writer->last_end;
	unsigned int head = node->kind;

	if (same || (node->flags & GCV_NODE_ELSEWHERE))
		head |= HEAD_SAME_RANGE;
	if (node->flags)
		head |= HEAD_FLAGS;
	gcv_strbuf_addch(out, (char)head);
	if (node->flags)
		gcv_strbuf_addch(out, (char)node->flags);
	if (!(head & HEAD_SAME_RANGE)) {
		gcv_wire_put_int(out, (int64_t)node->begin - (int64_t)writer->last_begin);
		gcv_wire_put_uint(out, node->end - node->begin);
		writer->last_begin = node->begin;
		writer->last_end = node->end;
	}
	if (carries & HAS_OP)
		gcv_strbuf_addch(out, (char)node->op);
	if (carries & HAS_SYMBOL)
		gcv_wire_put_uint(out, node->symbol);
	if (carries & HAS_VALUE)
		gcv_wire_put_int(out, node->value);
	if (carries & HAS_TEXT)
		gcv_wire_put_str(out, node->text);
	if (shapes[node->kind].children == VARIABLE)
		gcv_wire_put_uint(out, node->nr_children);
	writer->nr_nodes++;
}

void gcv_body_finish(struct gcv_body_writer *writer, struct gcv_strbuf *out)
{
	gcv_wire_put_uint(out, GCV_FACTS_VERSION);
	gcv_wire_put_uint(out, writer->nr_symbols);
	gcv_strbuf_add(out, writer->symbols.buf, writer->symbols.len);
	gcv_wire_put_uint(out, writer->nr_nodes);
	gcv_strbuf_add(out, writer->nodes.buf, writer->nodes.len);
	gcv_strbuf_clear(&writer->nodes);
	gcv_strbuf_clear(&writer->symbols);
	writer->nr_nodes = writer->nr_symbols = 0;
	writer->last_begin = writer->last_end = 0;
}

void gcv_body_writer_release(struct gcv_body_writer *writer)
{
	gcv_strbuf_release(&writer->nodes);
	gcv_strbuf_release(&writer->symbols);
	*writer = (struct gcv_body_writer){ 0 };
}

static unsigned int get_byte(struct gcv_wire *in)
{
	if (in->pos >= in->end) {
		in->failed = true;
		return 0;
	}
	return (unsigned char)*in->pos++;
}

static void get_symbol(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_symbol *symbol)
{
	unsigned int kind = get_byte(in);

	if (kind >= GCV_SYMBOL_KINDS) {
		in->failed = true;
		kind = GCV_SYMBOL_OTHER;
	}
	symbol->kind = (enum gcv_symbol_kind)kind;
	symbol->name = gcv_wire_get_str(in, arena);
	symbol->type = gcv_wire_get_str(in, arena);
	symbol->canonical = gcv_wire_get_str(in, arena);
	if (!*symbol->canonical)
		symbol->canonical = symbol->type;
	symbol->owner = gcv_wire_get_str(in, arena);
	symbol->value = gcv_wire_get_int(in);
}

/* Read one node but for its place in the tree; @last keeps the range for the next one. */
static void get_node(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_node *node,
		     const struct gcv_node *last, uint32_t nr_symbols)
{
	unsigned int head = get_byte(in);
	unsigned int kind = head & HEAD_KIND, carries, op = 0;

	if (kind >= GCV_NODE_KINDS) {
		in->failed = true;
		kind = GCV_NODE_NONE;
	}
	node->kind = (enum gcv_node_kind)kind;
	node->flags = head & HEAD_FLAGS ? get_byte(in) : 0;
	node->begin = last->begin;
	node->end = last->end;
	if (!(head & HEAD_SAME_RANGE)) {
		node->begin = last->begin + (uint32_t)gcv_wire_get_int(in);
		node->end = node->begin + gcv_wire_get_u32(in);
	}
	carries = shapes[kind].carries;
	if (carries & HAS_OP)
		op = get_byte(in);
	if (op >= GCV_OPS)
		in->failed = true;
	else
		node->op = (enum gcv_op)op;
	node->symbol = carries & HAS_SYMBOL ? gcv_wire_get_u32(in) : GCV_NONE;
	if ((carries & HAS_SYMBOL) && node->symbol >= nr_symbols)
		in->failed = true;
	if (carries & HAS_VALUE)
		node->value = gcv_wire_get_int(in);
	if (carries & HAS_TEXT)
		node->text = gcv_wire_get_str(in, arena);
	node->nr_children = shapes[kind].children;
	if (node->nr_children == VARIABLE)
		node->nr_children = gcv_wire_get_count(in, 1);
}

/*
 * Hang the nodes under each other: each node's children follow it. All but the root are somebody's
 * child, so that one array has room for all lists. @open: zeros, for each node the number of its
 * children so far. @return false where they do not come out even.
 */
static bool link_nodes(struct gcv_body *body, struct gcv_arena *arena, struct gcv_wire *in,
		       uint32_t *open)
{
	uint32_t *children = gcv_arena_alloc(arena, sizeof(*children) * body->nr_nodes);
	uint32_t parent = GCV_NONE, promised = 1, i;
	struct gcv_node last = { 0 };

	for (i = 0; i < body->nr_nodes; i++) {
		struct gcv_node *node = &body->nodes[i];

		get_node(in, arena, node, &last, body->nr_symbols);
		if (in->failed || (i && parent == GCV_NONE))
			return false;
		last = *node;
		node->parent = parent;
		if (parent != GCV_NONE)
			body->nodes[parent].children[open[parent]++] = i;
		if (node->nr_children > body->nr_nodes - promised)
			return false;
		node->children = children + (promised - 1);
		promised += node->nr_children;
		if (node->nr_children)
			parent = i;
		while (parent != GCV_NONE && open[parent] == body->nodes[parent].nr_children)
			parent = body->nodes[parent].parent;
	}
	return promised == body->nr_nodes && parent == GCV_NONE;
}

static bool get_nodes(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_body *body)
{
	GCV_AUTOFREE uint32_t *open = NULL;

	body->nr_nodes = gcv_wire_get_count(in, 1);
	if (in->failed || !body->nr_nodes)
		return false;
	body->nodes = gcv_arena_alloc(arena, sizeof(*body->nodes) * body->nr_nodes);
	open = gcv_zalloc(body->nr_nodes, sizeof(*open));
	return link_nodes(body, arena, in, open) && in->pos == in->end;
}

enum gcv_status gcv_body_decode(const char *data, size_t len_bytes, struct gcv_arena *arena,
				struct gcv_body *ret_body, struct gcv_err *err)
{
	struct gcv_wire in = { .pos = data, .end = data + len_bytes };
	struct gcv_body body = { 0 };
	uint32_t i;

	if (gcv_wire_get_uint(&in) != GCV_FACTS_VERSION)
		return gcv_err_set(err, GCV_ERR_FORMAT, "function body of an unknown version");
	body.nr_symbols = gcv_wire_get_count(&in, 6);
	body.symbols = gcv_arena_alloc(arena, sizeof(*body.symbols) * body.nr_symbols);
	for (i = 0; i < body.nr_symbols; i++)
		get_symbol(&in, arena, &body.symbols[i]);
	if (!get_nodes(&in, arena, &body))
		return gcv_err_set(err, GCV_ERR_FORMAT, "function body is damaged");
	*ret_body = body;
	return GCV_OK;
}

enum gcv_status gcv_body_each_function(const char *data, size_t len_bytes,
				       void (*fn)(void *ctx, const char *name, size_t len),
				       void *ctx, struct gcv_err *err)
{
	struct gcv_wire in = { .pos = data, .end = data + len_bytes };
	uint32_t nr, i;

	if (gcv_wire_get_uint(&in) != GCV_FACTS_VERSION)
		return gcv_err_set(err, GCV_ERR_FORMAT, "function body of an unknown version");
	nr = gcv_wire_get_count(&in, 6);
	for (i = 0; i < nr && !in.failed; i++) {
		unsigned int kind = get_byte(&in);
		size_t len, ignored;
		const char *name = gcv_wire_get_bytes(&in, &len);

		if (!in.failed && kind == GCV_SYMBOL_FUNCTION)
			fn(ctx, name, strnlen(name, len));
		gcv_wire_get_bytes(&in, &ignored);
		gcv_wire_get_bytes(&in, &ignored);
		gcv_wire_get_bytes(&in, &ignored);
		gcv_wire_get_int(&in);
	}
	return in.failed ? gcv_err_set(err, GCV_ERR_FORMAT, "function body is damaged") : GCV_OK;
}
