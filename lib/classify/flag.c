// SPDX-License-Identifier: GPL-2.0-only
#include "classify/flag.h"
#include "base/strbuf.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/** DEPTH - nesting of constants */
#define DEPTH 16

static bool constant(const struct gcv_body *body, uint32_t at, unsigned int depth, int64_t *ret)
{
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, at)];
	int64_t a, b;

	if (gcv_expr_int(body, at, ret))
		return true;
	if (depth == DEPTH || !node->nr_children ||
	    !constant(body, node->children[0], depth + 1, &a))
		return false;
	if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_NOT) {
		*ret = ~a;
		return true;
	}
	if (node->kind != GCV_NODE_BINARY || !constant(body, node->children[1], depth + 1, &b))
		return false;
	if (node->op == GCV_OP_OR)
		*ret = a | b;
	else if (node->op == GCV_OP_SHL && b >= 0 && b < 63)
		*ret = (int64_t)((uint64_t)a << b);
	else
		return false;
	return true;
}

bool gcv_flag_constant(const struct gcv_body *body, uint32_t node, int64_t *ret_value)
{
	return constant(body, node, 0, ret_value);
}

/** struct list - conditions found so far */
struct list {
	const struct gcv_body *body;
	struct gcv_flag_condition *conditions;
	uint32_t nr, max;
};

/* Of a && b both hold; of a || b that does not, neither does. */
static void add(struct list *l, uint32_t at, bool is_inverted)
{
	const struct gcv_node *node;
	bool is_turned;

	at = gcv_expr_condition(l->body, at, &is_turned);
	is_inverted = is_inverted != is_turned;
	node = &l->body->nodes[at];
	if (node->kind == GCV_NODE_BINARY && node->op == (is_inverted ? GCV_OP_LOR : GCV_OP_LAND)) {
		add(l, node->children[0], is_inverted);
		add(l, node->children[1], is_inverted);
	} else if (l->nr < l->max) {
		l->conditions[l->nr++] = (struct gcv_flag_condition){ at, is_inverted };
	}
}

/* Does a statement end by going elsewhere? */
static bool leaves(const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[at];

	while (node->kind == GCV_NODE_COMPOUND && node->nr_children)
		node = &body->nodes[node->children[node->nr_children - 1]];
	return node->kind == GCV_NODE_RETURN || node->kind == GCV_NODE_GOTO ||
	       node->kind == GCV_NODE_BREAK || node->kind == GCV_NODE_CONTINUE;
}

/* if (…) return; in front of a statement of the same block. */
static void add_before(struct list *l, uint32_t block, uint32_t statement)
{
	const struct gcv_node *node = &l->body->nodes[block];
	uint32_t i;

	for (i = node->nr_children; i-- > 0;) {
		const struct gcv_node *child = &l->body->nodes[node->children[i]];

		if (node->children[i] >= statement)
			continue;
		if (child->kind == GCV_NODE_LABEL)
			return;
		if (child->kind == GCV_NODE_IF && leaves(l->body, child->children[1]) &&
		    l->body->nodes[child->children[2]].kind == GCV_NODE_NONE)
			add(l, child->children[0], true);
	}
}

uint32_t gcv_flag_conditions(const struct gcv_body *body, uint32_t at,
			     struct gcv_flag_condition *ret, uint32_t max)
{
	struct list l = { .body = body, .conditions = ret, .max = max };
	uint32_t parent;

	for (; (parent = body->nodes[at].parent) != GCV_NONE; at = parent) {
		const struct gcv_node *node = &body->nodes[parent];

		if (node->kind == GCV_NODE_COMPOUND)
			add_before(&l, parent, at);
		else if (node->kind == GCV_NODE_LABEL)
			break;
		else if (node->kind == GCV_NODE_IF && at != node->children[0])
			add(&l, node->children[0], at == node->children[2]);
	}
	return l.nr;
}

uint32_t gcv_flag_init(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i, init = GCV_NONE;

	for (i = 0; i < body->nr_nodes; i++) {
		if (body->nodes[i].kind == GCV_NODE_VAR && body->nodes[i].symbol == symbol &&
		    body->nodes[body->nodes[i].children[0]].kind != GCV_NODE_NONE)
			init = body->nodes[i].children[0];
		else if (body->nodes[i].kind != GCV_NODE_VAR && gcv_expr_is_write(body, i, symbol))
			return GCV_NONE;
	}
	return init;
}

/* x & MASK and MASK & x. @return x, or GCV_NONE. */
static uint32_t masked(const struct gcv_body *body, const struct gcv_node *node, int64_t *ret_mask)
{
	uint32_t i;

	if (node->kind != GCV_NODE_BINARY || node->op != GCV_OP_AND)
		return GCV_NONE;
	for (i = 0; i < 2; i++)
		if (gcv_flag_constant(body, node->children[1 - i], ret_mask) && *ret_mask)
			return node->children[i];
	return GCV_NONE;
}

/* The field or parameter at the end. */
static bool read_place(const struct gcv_body *body, const struct gcv_node *node,
		       struct gcv_flag *flag)
{
	if ((node->kind != GCV_NODE_MEMBER && node->kind != GCV_NODE_REF) ||
	    node->symbol == GCV_NONE)
		return false;
	if (node->kind == GCV_NODE_MEMBER)
		flag->field = &body->symbols[node->symbol];
	else if (body->symbols[node->symbol].kind == GCV_SYMBOL_PARAM)
		flag->param = (uint32_t)body->symbols[node->symbol].value;
	else
		return false;
	return true;
}

bool gcv_flag_read(const struct gcv_body *body, const struct gcv_flag_condition *condition,
		   struct gcv_flag *ret)
{
	struct gcv_flag flag = { .is_inverted = condition->is_inverted };
	uint32_t at = condition->node, inner;
	unsigned int depth;
	bool is_turned;

	for (depth = 0; depth < DEPTH; depth++) {
		const struct gcv_node *node;

		at = gcv_expr_condition(body, at, &is_turned);
		flag.is_inverted = flag.is_inverted != is_turned;
		node = &body->nodes[at];
		if (!flag.mask && (inner = masked(body, node, &flag.mask)) != GCV_NONE) {
			at = inner;
			continue;
		}
		if (node->kind == GCV_NODE_BINARY &&
		    (node->op == GCV_OP_NE || node->op == GCV_OP_EQ) &&
		    gcv_expr_is_int(body, node->children[1], 0)) {
			flag.is_inverted = flag.is_inverted != (node->op == GCV_OP_EQ);
			at = node->children[0];
			continue;
		}
		if (node->kind == GCV_NODE_REF && node->symbol != GCV_NONE &&
		    body->symbols[node->symbol].kind == GCV_SYMBOL_LOCAL &&
		    (inner = gcv_flag_init(body, node->symbol)) != GCV_NONE) {
			flag.is_copied = true;
			at = inner;
			continue;
		}
		if (!read_place(body, node, &flag))
			return false;
		flag.node = at;
		*ret = flag;
		return true;
	}
	return false;
}

static uint32_t id_of(struct gcv_flag_writes *w, const struct gcv_symbol *field)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	uint32_t id;

	gcv_strbuf_addf(&name, "%s.%s", field->owner, field->name);
	id = gcv_intern_add(&w->fields, name.buf, name.len);
	while (w->nr_first <= id) {
		GCV_GROW(w->first, w->nr_first, w->cap_first);
		w->first[w->nr_first++] = GCV_NONE;
	}
	return id;
}

/* Pointers are no flags. */
static void add_write(struct gcv_flag_writes *w, const struct gcv_body *body, uint32_t target,
		      struct gcv_flag_write write)
{
	const struct gcv_node *node = &body->nodes[target];
	uint32_t id;

	if ((node->kind != GCV_NODE_MEMBER && node->kind != GCV_NODE_REF) ||
	    node->symbol == GCV_NONE || body->symbols[node->symbol].kind != GCV_SYMBOL_FIELD ||
	    strpbrk(body->symbols[node->symbol].canonical, "*[{("))
		return;
	id = id_of(w, &body->symbols[node->symbol]);
	write.next = w->first[id];
	GCV_GROW(w->writes, w->nr_writes, w->cap_writes);
	w->first[id] = w->nr_writes;
	w->writes[w->nr_writes++] = write;
}

static void note(struct gcv_flag_writes *w, const struct gcv_function *fn, uint32_t at)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[at];
	struct gcv_flag_write write = { fn->index, at, node->op, GCV_NONE, GCV_NONE };

	switch (node->kind) {
	case GCV_NODE_ASSIGN:
		write.value = node->children[1];
		add_write(w, body, gcv_expr_plain(body, node->children[0]), write);
		break;
	case GCV_NODE_DESIGNATED:
		if (node->nr_children != 2)
			break;
		write.op = GCV_OP_ASSIGN;
		write.value = node->children[1];
		add_write(w, body, node->children[0], write);
		break;
	case GCV_NODE_UNARY:
		if (node->op == GCV_OP_ADDR ||
		    (node->op >= GCV_OP_POST_INC && node->op <= GCV_OP_PRE_DEC))
			add_write(w, body, gcv_expr_plain(body, node->children[0]), write);
		break;
	default:
		break;
	}
}

void gcv_flag_writes_init(struct gcv_flag_writes *w, const struct gcv_program *program)
{
	uint32_t i, k;

	*w = (struct gcv_flag_writes){ 0 };
	for (i = 0; i < program->facts.nr_functions; i++) {
		const struct gcv_function *fn = &program->facts.functions[i];

		for (k = 0; fn->body && k < fn->body->nr_nodes; k++)
			note(w, fn, k);
	}
}

uint32_t gcv_flag_writes_of(const struct gcv_flag_writes *w, const struct gcv_symbol *field)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	uint32_t id;

	gcv_strbuf_addf(&name, "%s.%s", field->owner, field->name);
	id = gcv_intern_find(&w->fields, name.buf, name.len);
	return id == GCV_INTERN_NONE ? GCV_NONE : w->first[id];
}

void gcv_flag_writes_release(struct gcv_flag_writes *w)
{
	gcv_intern_release(&w->fields);
	free(w->first);
	free(w->writes);
	*w = (struct gcv_flag_writes){ 0 };
}
