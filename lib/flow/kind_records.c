// SPDX-License-Identifier: GPL-2.0-only
#include "flow/expr.h"
#include "flow/kind_find.h"

#include <stdlib.h>
#include <string.h>

/* The family of a pointer to a table, "const struct foo_ops *", or GCV_INTERN_NONE. */
static uint32_t family_of(const struct gcv_kinds *kinds, const char *type)
{
	size_t len;

	if (strncmp(type, "const ", 6) == 0)
		type += 6;
	len = strlen(type);
	if (len < 2 || strcmp(type + len - 2, " *") != 0)
		return GCV_INTERN_NONE;
	return gcv_intern_find(&kinds->families, type, len - 2);
}

/* Is the object of obj->ops new: what a call returned that is the variable's only value? */
static bool is_new(const struct gcv_body *body, const struct gcv_node *target)
{
	uint32_t base = gcv_expr_plain(body, target->children[0]), at = GCV_NONE, value;
	const struct gcv_node *node = &body->nodes[base];

	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE ||
	    body->symbols[node->symbol].kind != GCV_SYMBOL_LOCAL ||
	    gcv_expr_count_writes(body, 0, node->symbol, &at) != 1)
		return false;
	if (body->nodes[at].kind == GCV_NODE_VAR)
		value = body->nodes[at].children[0];
	else if (body->nodes[at].kind == GCV_NODE_ASSIGN)
		value = body->nodes[at].children[1];
	else
		return false;
	return body->nodes[gcv_expr_plain(body, value)].kind == GCV_NODE_CALL;
}

static bool is_same_member(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];

	return n->kind == GCV_NODE_MEMBER && n->symbol == symbol;
}

/* if (obj->ops != &old) …; obj->ops = &new: objects of the one kind become those of the other. */
static bool join_kinds(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t symbol,
		       uint32_t to)
{
	const struct gcv_body *body = fn->body;
	uint32_t i, from;
	bool is_found = false;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];

		if (node->kind != GCV_NODE_BINARY ||
		    (node->op != GCV_OP_EQ && node->op != GCV_OP_NE) ||
		    !is_same_member(body, node->children[0], symbol) ||
		    !gcv_kinds_table_of(kinds, fn, node->children[1], &from))
			continue;
		kinds->kinds[from].same = gcv_kinds_root(kinds, to);
		is_found = true;
	}
	return is_found;
}

/* A constructor is given the table. */
static void add_maker(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t param)
{
	bool is_new_one;

	*gcv_map64_add(&kinds->makers,
		       (uint64_t)fn->index << 32 | (uint32_t)fn->body->symbols[param].value,
		       &is_new_one) = 1;
}

static bool is_known(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t at)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[at], *value;
	const struct gcv_node *target = &body->nodes[gcv_expr_plain(body, node->children[0])];
	uint32_t kind;

	value = &body->nodes[gcv_expr_plain(body, node->children[1])];
	if (node->op != GCV_OP_ASSIGN || !target->nr_children)
		return false;
	if (value->kind == GCV_NODE_INT || is_same_member(body, node->children[1], target->symbol))
		return true;
	if (value->kind == GCV_NODE_REF && value->symbol != GCV_NONE &&
	    body->symbols[value->symbol].kind == GCV_SYMBOL_PARAM) {
		add_maker(kinds, fn, value->symbol);
		return true;
	}
	if (!gcv_kinds_table_of(kinds, fn, node->children[1], &kind))
		return false;
	return is_new(body, target) || join_kinds(kinds, fn, target->symbol, kind);
}

static void look_at(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t at)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *target =
		&body->nodes[gcv_expr_plain(body, body->nodes[at].children[0])];
	struct gcv_kind_record *record;
	const struct gcv_symbol *symbol;
	bool is_told;
	uint32_t family;

	if (target->kind != GCV_NODE_MEMBER || target->symbol == GCV_NONE)
		return;
	symbol = &body->symbols[target->symbol];
	family = family_of(kinds, symbol->canonical);
	if (family == GCV_INTERN_NONE)
		return;
	is_told = is_known(kinds, fn, at);
	record = gcv_kinds_record(kinds, symbol->owner, family);
	record->is_open |= !is_told || record->family != family;
}

/* Who passes its own parameter on to a constructor is one, too. */
static bool spread_makers(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t call)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[call];
	struct gcv_program_targets targets = { 0 };
	bool is_asked = false, is_more = false;
	uint32_t i, k, nr = kinds->makers.nr;

	for (k = 1; k < node->nr_children; k++) {
		const struct gcv_node *arg = &body->nodes[gcv_expr_plain(body, node->children[k])];

		if (arg->kind != GCV_NODE_REF || arg->symbol == GCV_NONE ||
		    body->symbols[arg->symbol].kind != GCV_SYMBOL_PARAM ||
		    family_of(kinds, body->symbols[arg->symbol].canonical) == GCV_INTERN_NONE)
			continue;
		if (!is_asked)
			targets = gcv_program_callees(kinds->program, fn, call);
		is_asked = true;
		for (i = 0; i < targets.nr; i++)
			if (gcv_map64_get(&kinds->makers, (uint64_t)targets.functions[i] << 32 |
								  (k - 1)) != GCV_MAP64_NONE)
				add_maker(kinds, fn, arg->symbol);
		is_more |= kinds->makers.nr != nr;
	}
	return is_more;
}

static bool spread(struct gcv_kinds *kinds)
{
	const struct gcv_program_facts *facts = &kinds->program->facts;
	bool is_more = false;
	uint32_t i, k;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_body *body = facts->functions[i].body;

		for (k = 0;
		     body && facts->functions[i].kind == GCV_DEF_FUNCTION && k < body->nr_nodes;
		     k++)
			if (body->nodes[k].kind == GCV_NODE_CALL)
				is_more |= spread_makers(kinds, &facts->functions[i], k);
	}
	return is_more;
}

void gcv_kinds_find_records(struct gcv_kinds *kinds)
{
	const struct gcv_program_facts *facts = &kinds->program->facts;
	uint32_t i, k;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_body *body = facts->functions[i].body;

		for (k = 0;
		     body && facts->functions[i].kind == GCV_DEF_FUNCTION && k < body->nr_nodes;
		     k++)
			if (body->nodes[k].kind == GCV_NODE_ASSIGN)
				look_at(kinds, &facts->functions[i], k);
	}
	while (kinds->makers.nr && spread(kinds))
		;
}
