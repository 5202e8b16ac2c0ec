// SPDX-License-Identifier: GPL-2.0-only
/*
 * The error of an acquire that something else is written over before anybody reads it: in the end
 * the function returns what a call of its cleanup says, or 0.
 */
#include "check/graphs.h"
#include "check/overwritten.h"
#include "flow/expr.h"

/**
 * struct lost - where an error of an acquire may be lost
 * @s: the state
 * @acquire: the acquire
 * @body: body of its function
 * @graph: its graph
 * @result: variable that the result is stored in, or GCV_NONE
 * @paths: the acquire's paths
 */
struct lost {
	struct gcv_check_state *s;
	const struct gcv_flow_acquire *acquire;
	const struct gcv_body *body;
	const struct gcv_check_graph *graph;
	uint32_t result;
	const struct gcv_paths *paths;
};

/* The REF that a RETURN hands out, or GCV_NONE. */
static uint32_t returned_by(const struct gcv_body *body, uint32_t at)
{
	uint32_t value;

	if (at == GCV_NONE || body->nodes[at].kind != GCV_NODE_RETURN ||
	    !body->nodes[at].nr_children)
		return GCV_NONE;
	value = gcv_expr_plain(body, body->nodes[at].children[0]);
	return body->nodes[value].kind == GCV_NODE_REF ? value : GCV_NONE;
}

static bool has_path(const struct lost *l, uint32_t exit, enum gcv_path_outcome outcome)
{
	uint32_t i;

	for (i = 0; i < l->paths->nr; i++)
		if (l->paths->paths[i].exit == exit && l->paths->paths[i].outcome == outcome &&
		    !l->paths->paths[i].is_result &&
		    l->paths->paths[i].returned != GCV_PATH_NEGATIVE)
			return true;
	return false;
}

static const struct gcv_node *assigned_at(const struct lost *l, const struct gcv_reach_def *def)
{
	const struct gcv_node *node;

	if (def->kind != GCV_REACH_ASSIGN || def->is_part)
		return NULL;
	node = &l->body->nodes[def->node];
	return node->op == GCV_OP_ASSIGN ? node : NULL;
}

static void tell(const struct lost *l, uint32_t node, const char *text)
{
	struct gcv_fault *fault;

	fault = gcv_check_tell(l->s, GCV_CHECK_ERROR_OVERWRITTEN, GCV_CONFIDENCE_HIGH,
			       l->acquire->site, l->acquire->function, node, "the error of %s() %s",
			       l->acquire->api->name, text);
	gcv_check_note(l->s, fault, l->acquire->function, l->acquire->call, "%s() fails here",
		       l->acquire->api->name);
	gcv_check_note(l->s, fault, l->acquire->function, node, "and this does not tell");
}

/*
 * All that a RETURN can hand out is what another call said, on the way of success as well as on
 * that of an error: it is not what is done instead of the acquire.
 */
static void check_return(const struct lost *l, uint32_t at)
{
	uint32_t value = returned_by(l->body, at), nr;
	const struct gcv_reach_def *def;
	const struct gcv_node *assign;
	const uint32_t *defs;

	if (value == GCV_NONE || !has_path(l, at, GCV_PATH_ERROR) ||
	    !has_path(l, at, GCV_PATH_FULL))
		return;
	defs = gcv_reach_at(&l->graph->reach, value, &nr);
	if (nr != 1)
		return;
	def = &l->graph->reach.defs[defs[0]];
	assign = assigned_at(l, def);
	if (!assign || def->node == l->acquire->call ||
	    l->body->nodes[gcv_expr_plain(l->body, assign->children[1])].kind != GCV_NODE_CALL ||
	    gcv_expr_contains(l->body, def->node, l->acquire->call) ||
	    (l->result != GCV_NONE &&
	     gcv_expr_uses_symbol(l->body, assign->children[1], l->result)) ||
	    !gcv_cfg_reaches(&l->graph->cfg, l->acquire->call, def->node))
		return;
	tell(l, at, "gives way to what another call returned");
}

/* Does anybody read what a definition gave its variable? */
static bool is_read(const struct lost *l, uint32_t number)
{
	const struct gcv_reach_def *def = &l->graph->reach.defs[number];
	uint32_t i;

	for (i = 0; i < l->body->nr_nodes; i++)
		if (l->body->nodes[i].kind == GCV_NODE_REF &&
		    l->body->nodes[i].symbol == def->symbol &&
		    gcv_reach_is_by(&l->graph->reach, i, number))
			return true;
	return false;
}

/* Does a part of an expression read what the acquire returned, or call it? */
static bool reads_result(const struct lost *l, uint32_t node)
{
	uint32_t end = gcv_expr_end(l->body, node), i, k, nr;
	const uint32_t *defs;

	for (i = node; i < end; i++) {
		if (i == l->acquire->call)
			return true;
		if (l->body->nodes[i].kind != GCV_NODE_REF || l->body->nodes[i].symbol != l->result)
			continue;
		defs = gcv_reach_at(&l->graph->reach, i, &nr);
		for (k = 0; k < nr; k++) {
			uint32_t by = l->graph->reach.defs[defs[k]].node;

			if (by != GCV_NONE && gcv_expr_contains(l->body, by, l->acquire->call))
				return true;
		}
	}
	return false;
}

/* Does a statement stand under a question about the result of the acquire? */
static bool is_of_failure(const struct lost *l, uint32_t at)
{
	for (; l->body->nodes[at].parent != GCV_NONE; at = l->body->nodes[at].parent) {
		const struct gcv_node *parent = &l->body->nodes[l->body->nodes[at].parent];

		if (parent->kind == GCV_NODE_IF && parent->children[0] != at &&
		    reads_result(l, parent->children[0]))
			return true;
	}
	return false;
}

/* An error: a negative constant, or the result itself. */
static bool is_error(const struct lost *l, uint32_t value)
{
	const struct gcv_node *node;
	int64_t number;

	value = gcv_expr_plain(l->body, value);
	node = &l->body->nodes[value];
	if (gcv_expr_int(l->body, value, &number))
		return number < 0;
	return node->kind == GCV_NODE_REF && node->symbol == l->result;
}

/* The RETURN behind a statement that hands out a variable, or GCV_NONE. */
static uint32_t return_of(const struct lost *l, uint32_t at, uint32_t symbol)
{
	uint32_t i, value;

	for (i = 0; i < l->body->nr_nodes; i++) {
		value = returned_by(l->body, i);
		if (value != GCV_NONE && l->body->nodes[value].symbol == symbol &&
		    gcv_cfg_reaches(&l->graph->cfg, at, i))
			return i;
	}
	return GCV_NONE;
}

/* An error that was put into the variable that is returned, and never read. Is one told? */
static bool check_unread(const struct lost *l)
{
	const struct gcv_reach *reach = &l->graph->reach;
	bool is_told = false;
	uint32_t i;

	for (i = 0; i < reach->nr_defs; i++) {
		const struct gcv_reach_def *def = &reach->defs[i];
		const struct gcv_node *assign = assigned_at(l, def);

		if (!assign || !is_error(l, assign->children[1]) ||
		    !gcv_cfg_reaches(&l->graph->cfg, l->acquire->call, def->node) ||
		    !is_of_failure(l, def->node) ||
		    return_of(l, def->node, def->symbol) == GCV_NONE || is_read(l, i))
			continue;
		tell(l, def->node, "is overwritten before it is returned");
		is_told = true;
	}
	return is_told;
}

void gcv_check_overwritten(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire,
			   const struct gcv_paths *paths, uint32_t result)
{
	struct lost l = {
		.s = s,
		.acquire = acquire,
		.body = s->facts->functions[acquire->function].body,
		.graph = gcv_check_graph(s, acquire->function),
		.result = result,
		.paths = paths,
	};
	uint32_t i;

	if (!l.graph->reach.is_exact || check_unread(&l))
		return;
	for (i = 0; i < paths->nr; i++)
		if (paths->paths[i].outcome == GCV_PATH_ERROR)
			check_return(&l, paths->paths[i].exit);
}
