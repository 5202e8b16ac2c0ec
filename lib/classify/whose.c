// SPDX-License-Identifier: GPL-2.0-only
#include "classify/whose.h"

#include "flow/expr.h"

#include <string.h>

static const struct gcv_function *function_at(const struct gcv_flow *flow, uint32_t function)
{
	return &flow->input.program->facts.functions[function];
}

static uint32_t argument(const struct gcv_body *body, uint32_t call, uint32_t position)
{
	const struct gcv_node *node = &body->nodes[call];

	return position + 1 < node->nr_children ? node->children[position + 1] : GCV_NONE;
}

/* The value that a variable is declared with, or GCV_NONE. */
static uint32_t initial_value(const struct gcv_body *body, const struct gcv_node *var)
{
	uint32_t at = var->nr_children ? var->children[0] : GCV_NONE;

	return at == GCV_NONE || body->nodes[at].kind == GCV_NODE_NONE ? GCV_NONE : at;
}

/* Has the function that a call names an effect on its result, or on an argument? */
static bool has_effect(const struct gcv_flow *flow, const struct gcv_body *body, uint32_t call,
		       enum gcv_effect effect, int arg)
{
	const struct gcv_symbol *callee = gcv_body_callee(body, call);
	const struct gcv_accessor *known;
	uint32_t i;

	if (!callee || callee->kind != GCV_SYMBOL_FUNCTION)
		return false;
	known = gcv_accessor_find(flow->input.accessors, callee->name);
	for (i = 0; known && i < known->nr_effects; i++)
		if (known->effects[i].effect == effect && known->effects[i].arg.arg == arg)
			return true;
	return false;
}

static bool is_own_mm(const struct gcv_flow *flow, uint32_t function, uint32_t node,
		      unsigned int depth);

/* Is every value that a variable gets the caller's own? */
static bool is_own_variable(const struct gcv_flow *flow, uint32_t function, uint32_t symbol,
			    unsigned int depth)
{
	const struct gcv_body *body = function_at(flow, function)->body;
	bool has_value = false;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[i];
		uint32_t value = n->kind == GCV_NODE_VAR ? 0 : 1;

		if (!gcv_expr_is_write(body, i, symbol) ||
		    (n->kind == GCV_NODE_VAR && initial_value(body, n) == GCV_NONE))
			continue;
		if (n->nr_children <= value ||
		    (n->kind == GCV_NODE_ASSIGN && n->op != GCV_OP_ASSIGN))
			return false;
		if (!is_own_mm(flow, function, n->children[value], depth))
			return false;
		has_value = true;
	}
	return has_value;
}

/* Do all callers pass their own? They are known for a static function that nobody points to. */
static bool is_own_param(const struct gcv_flow *flow, uint32_t function, uint32_t position,
			 unsigned int depth)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	const struct gcv_function *fn = &facts->functions[function];
	bool has_caller = false;
	uint32_t i, node;

	if (fn->linkage != GCV_LINKAGE_STATIC)
		return false;
	for (i = 0; i < facts->nr_addresses; i++)
		if (strcmp(facts->addresses[i].function, fn->name) == 0)
			return false;
	for (i = 0; i < flow->nr_calls; i++) {
		const struct gcv_flow_call *call = &flow->calls[i];

		if (call->target != function)
			continue;
		node = argument(function_at(flow, call->function)->body, call->node, position);
		if (node == GCV_NONE || !is_own_mm(flow, call->function, node, depth))
			return false;
		has_caller = true;
	}
	return has_caller;
}

static bool is_field(const struct gcv_body *body, uint32_t node, const struct gcv_symbol *field)
{
	const struct gcv_node *n = &body->nodes[node];
	const struct gcv_symbol *symbol;

	if ((n->kind != GCV_NODE_MEMBER && n->kind != GCV_NODE_REF) || n->symbol == GCV_NONE)
		return false;
	symbol = &body->symbols[n->symbol];
	return symbol->kind == GCV_SYMBOL_FIELD && strcmp(symbol->name, field->name) == 0 &&
	       strcmp(symbol->owner, field->owner) == 0;
}

/* The value that a node puts into a field, or GCV_NONE. */
static uint32_t stored_in(const struct gcv_body *body, uint32_t node,
			  const struct gcv_symbol *field)
{
	const struct gcv_node *n = &body->nodes[node];

	if (n->kind == GCV_NODE_ASSIGN && n->nr_children == 2 &&
	    is_field(body, n->children[0], field))
		return n->children[1];
	if (n->kind == GCV_NODE_DESIGNATED && n->nr_children >= 2 &&
	    is_field(body, n->children[n->nr_children - 2], field))
		return n->children[n->nr_children - 1];
	return GCV_NONE;
}

/* Is a field of a record set to the caller's own, and to nothing else, wherever it is seen to be?
 */
static bool is_own_field(const struct gcv_flow *flow, const struct gcv_symbol *field,
			 unsigned int depth)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	bool has_value = false;
	uint32_t i, k;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_body *body = facts->functions[i].body;

		for (k = 0; body && k < body->nr_nodes; k++) {
			uint32_t value = stored_in(body, k, field);

			if (value == GCV_NONE || gcv_expr_is_int(body, value, 0))
				continue;
			if (!is_own_mm(flow, i, value, depth))
				return false;
			has_value = true;
		}
	}
	return has_value;
}

static bool is_current(const struct gcv_flow *flow, const struct gcv_body *body, uint32_t node)
{
	node = gcv_expr_plain(body, node);
	return body->nodes[node].kind == GCV_NODE_CALL &&
	       has_effect(flow, body, node, GCV_EFFECT_CURRENT, -1);
}

static bool is_own_mm(const struct gcv_flow *flow, uint32_t function, uint32_t at,
		      unsigned int depth)
{
	const struct gcv_body *body = function_at(flow, function)->body;
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, at)];
	const struct gcv_symbol *symbol;

	if (!depth || node->symbol == GCV_NONE)
		return false;
	symbol = &body->symbols[node->symbol];
	if (node->kind == GCV_NODE_MEMBER && strcmp(symbol->owner, "struct task_struct") == 0)
		return node->nr_children && is_current(flow, body, node->children[0]);
	if (node->kind == GCV_NODE_MEMBER)
		return is_own_field(flow, symbol, depth - 1);
	if (node->kind != GCV_NODE_REF)
		return false;
	if (symbol->kind == GCV_SYMBOL_LOCAL)
		return is_own_variable(flow, function, node->symbol, depth - 1);
	return symbol->kind == GCV_SYMBOL_PARAM &&
	       is_own_param(flow, function, (uint32_t)symbol->value, depth - 1);
}

bool gcv_whose_is_remote(const struct gcv_flow *flow, const struct gcv_flow_acquire *acquire,
			 bool may_write)
{
	const struct gcv_api_signature *signature = acquire->signature;
	const struct gcv_body *body = function_at(flow, acquire->function)->body;
	uint32_t node;
	int position;

	if (acquire->api->family == GCV_API_FAMILY_DUMP)
		return true;
	if (!signature && acquire->api->nr_signatures)
		signature = &acquire->api->signatures[0];
	position = signature ? signature->arg[GCV_API_ARG_MM] : -1;
	if (position < 0)
		return false;
	node = argument(body, acquire->call, (uint32_t)position);
	return !may_write || node == GCV_NONE ||
	       !is_own_mm(flow, acquire->function, node, GCV_WHOSE_DEPTH);
}

/** struct setters - what is seen to set up an iterator */
struct setters {
	bool has_kernel, has_user;
};

/* The variable of "&iter", or of an "iter" that is a pointer. */
static uint32_t iterator_of(const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, at)];

	if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_ADDR && node->nr_children)
		node = &body->nodes[gcv_expr_plain(body, node->children[0])];
	return node->kind == GCV_NODE_REF ? node->symbol : GCV_NONE;
}

static void find_setters(const struct gcv_flow *flow, uint32_t function, uint32_t symbol,
			 unsigned int depth, struct setters *setters);

static void look_at_call(const struct gcv_flow *flow, uint32_t function, uint32_t call,
			 uint32_t symbol, unsigned int depth, struct setters *setters)
{
	const struct gcv_function *fn = function_at(flow, function);
	const struct gcv_body *body = fn->body;
	struct gcv_program_targets targets;
	uint32_t i, k;

	for (i = 0; i + 1 < body->nodes[call].nr_children; i++) {
		if (iterator_of(body, argument(body, call, i)) != symbol)
			continue;
		setters->has_kernel |=
			has_effect(flow, body, call, GCV_EFFECT_KERNEL_ITERATOR, (int)i);
		setters->has_user |= has_effect(flow, body, call, GCV_EFFECT_USER_ITERATOR, (int)i);
		targets = gcv_program_callees(flow->input.program, fn, call);
		for (k = 0; depth && k < targets.nr; k++)
			if (i < function_at(flow, targets.functions[k])->body->nr_symbols)
				find_setters(flow, targets.functions[k], i, depth - 1, setters);
	}
}

/* Parameters are the first symbols of a body, in their order. */
static void find_setters(const struct gcv_flow *flow, uint32_t function, uint32_t symbol,
			 unsigned int depth, struct setters *setters)
{
	const struct gcv_body *body = function_at(flow, function)->body;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_CALL)
			look_at_call(flow, function, i, symbol, depth, setters);
}

/* May an iterator be set up otherwise: copied from another, or through a pointer that is kept? */
static bool is_set_otherwise(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[i];
		uint32_t parent = n->parent;

		if (n->kind == GCV_NODE_ASSIGN && iterator_of(body, n->children[0]) == symbol)
			return true;
		if (n->kind == GCV_NODE_VAR && n->symbol == symbol &&
		    initial_value(body, n) != GCV_NONE &&
		    body->nodes[initial_value(body, n)].kind != GCV_NODE_INIT_LIST)
			return true;
		if (n->kind != GCV_NODE_UNARY || n->op != GCV_OP_ADDR || !n->nr_children ||
		    iterator_of(body, i) != symbol)
			continue;
		while (parent != GCV_NONE && gcv_expr_plain(body, parent) == i)
			parent = body->nodes[parent].parent;
		if (parent == GCV_NONE || body->nodes[parent].kind != GCV_NODE_CALL)
			return true;
	}
	return false;
}

bool gcv_whose_is_kernels(const struct gcv_flow *flow, const struct gcv_flow_acquire *acquire)
{
	const struct gcv_body *body = function_at(flow, acquire->function)->body;
	struct setters setters = { 0 };
	uint32_t node, symbol;
	int position;

	position = acquire->signature ? acquire->signature->arg[GCV_API_ARG_ITER] : -1;
	node = position < 0 ? GCV_NONE : argument(body, acquire->call, (uint32_t)position);
	if (node == GCV_NONE)
		return false;
	symbol = iterator_of(body, node);
	if (symbol == GCV_NONE || body->symbols[symbol].kind != GCV_SYMBOL_LOCAL ||
	    body->nodes[gcv_expr_plain(body, node)].kind != GCV_NODE_UNARY)
		return false;
	if (is_set_otherwise(body, symbol))
		return false;
	find_setters(flow, acquire->function, symbol, GCV_WHOSE_DEPTH, &setters);
	return setters.has_kernel && !setters.has_user;
}
