// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a function returns after an acquire: a number of pages where 0 means success, or success
 * where the acquire failed.
 */
#include "check/graphs.h"
#include "check/overwritten.h"
#include "flow/expr.h"

#include <string.h>

static bool returns_status(const struct gcv_function *fn)
{
	static const char *const types[] = { "int (", "long (" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strncmp(fn->type, types[i], strlen(types[i])) == 0)
			return true;
	return false;
}

/**
 * enum success - what a function returns wherever all pages were acquired, and nothing failed
 * @SUCCESS_OTHER: a number, or it cannot be told
 * @SUCCESS_PASSED_ON: what another call returned, which may be 0 and was not asked for
 * @SUCCESS_ZERO: 0
 */
enum success { SUCCESS_OTHER, SUCCESS_PASSED_ON, SUCCESS_ZERO };

static enum success success_of(const struct gcv_paths *paths)
{
	enum success success = SUCCESS_OTHER;
	bool is_passed_on = false;
	uint32_t i;

	for (i = 0; i < paths->nr; i++) {
		const struct gcv_path *path = &paths->paths[i];

		/* An error, or what another call returned that was asked for being one. */
		if (path->outcome != GCV_PATH_FULL ||
		    (path->returned & GCV_PATH_NEGATIVE && !(path->returned & GCV_PATH_0) &&
		     !path->is_result))
			continue;
		if (!(path->returned & GCV_PATH_0) || path->is_result)
			return SUCCESS_OTHER;
		is_passed_on |= path->returned != GCV_PATH_0;
		success = SUCCESS_ZERO;
	}
	return success == SUCCESS_ZERO && is_passed_on ? SUCCESS_PASSED_ON : success;
}

static void note_trail(struct gcv_check_state *s, struct gcv_fault *fault,
		       const struct gcv_flow_acquire *acquire, const struct gcv_path *path)
{
	const struct gcv_cfg *cfg = &gcv_check_graph(s, acquire->function)->cfg;
	uint32_t i;

	for (i = 0; i < path->nr_trail; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[path->trail[i]];

		if (edge->condition == GCV_NONE || edge->is_back ||
		    !gcv_cfg_reaches(cfg, acquire->call, edge->condition))
			continue;
		gcv_check_note(s, fault, acquire->function, edge->condition,
			       edge->sense == GCV_CFG_TRUE    ? "the condition is true"
			       : edge->sense == GCV_CFG_FALSE ? "the condition is false"
							      : "a case of the switch");
	}
}

/* Does nobody have the pages at the end of a path? Their number tells nothing then. */
static bool is_gone(const struct gcv_path *path)
{
	return path->end == GCV_PATH_RELEASED || path->end == GCV_PATH_FREED ||
	       path->end == GCV_PATH_LEAKED;
}

static void tell_positive(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire,
			  const struct gcv_path *path, enum success success)
{
	bool is_sure = path->returned == GCV_PATH_POSITIVE &&
		       (success == SUCCESS_ZERO || is_gone(path));
	struct gcv_fault *fault;

	fault = gcv_check_tell(s, GCV_CHECK_POSITIVE_COUNT_RETURNED,
			       is_sure ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_MEDIUM, acquire->site,
			       acquire->function, path->exit,
			       "the number of pages that %s() got is returned, where %s",
			       acquire->api->name,
			       success == SUCCESS_ZERO ? "success is 0 and failure is negative"
						       : "failure is negative");
	gcv_check_note(s, fault, acquire->function, acquire->call,
		       "fewer pages than asked for are acquired here");
	note_trail(s, fault, acquire, path);
}

/* Fewer pages than were asked for, and their number is the status. */
static void check_positive(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire,
			   const struct gcv_paths *paths)
{
	enum success success = success_of(paths);
	uint32_t i;

	if (acquire->signature->result != GCV_API_RESULT_COUNT_OR_ERRNO || success == SUCCESS_OTHER)
		return;
	for (i = 0; i < paths->nr; i++) {
		const struct gcv_path *path = &paths->paths[i];

		if (path->outcome == GCV_PATH_PARTIAL && path->is_result &&
		    path->exit != GCV_NONE && path->exit != acquire->call)
			tell_positive(s, acquire, path, success);
	}
}

/* The variable that the result of the acquire is stored in, as a symbol, or GCV_NONE. */
static uint32_t variable_of(const struct gcv_body *body, uint32_t call)
{
	uint32_t at = call;
	const struct gcv_node *node;

	do {
		at = body->nodes[at].parent;
	} while (at != GCV_NONE && body->nodes[at].kind == GCV_NODE_CAST);
	if (at == GCV_NONE)
		return GCV_NONE;
	node = &body->nodes[at];
	if (node->kind == GCV_NODE_VAR)
		return node->symbol;
	if (node->kind != GCV_NODE_ASSIGN || node->op != GCV_OP_ASSIGN)
		return GCV_NONE;
	node = &body->nodes[gcv_expr_plain(body, node->children[0])];
	return node->kind == GCV_NODE_REF ? node->symbol : GCV_NONE;
}

/* For each site: is there a comparison that takes its error for a number? To be freed. */
static bool *find_compared(const struct gcv_check_state *s)
{
	bool *is_compared = gcv_zalloc((size_t)s->facts->nr_sites + 1, sizeof(*is_compared));
	uint32_t i;

	for (i = 0; i < s->faults->nr; i++)
		if (s->faults->faults[i].check == GCV_CHECK_SIGNED_UNSIGNED_COMPARE)
			is_compared[s->faults->faults[i].site] = true;
	return is_compared;
}

/* Does a RETURN hand out the variable that had the result? */
static bool returns_variable(const struct gcv_body *body, uint32_t exit, uint32_t symbol)
{
	const struct gcv_node *value;

	if (exit == GCV_NONE || body->nodes[exit].kind != GCV_NODE_RETURN || symbol == GCV_NONE)
		return false;
	value = &body->nodes[gcv_expr_plain(body, body->nodes[exit].children[0])];
	return value->kind == GCV_NODE_REF && value->symbol == symbol;
}

/*
 * The call failed, and the function says what it says after success. Where a comparison has taken
 * the error for a number, that is told already. Only where the variable that had the error is
 * returned it is sure that this was to be returned: pages may also be a thing that one can do
 * without.
 */
static void check_lost(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire,
		       const struct gcv_paths *paths, bool is_compared)
{
	const struct gcv_body *body = s->facts->functions[acquire->function].body;
	uint32_t symbol = variable_of(body, acquire->call), i;

	gcv_check_overwritten(s, acquire, paths, symbol);
	if (is_compared || success_of(paths) != SUCCESS_ZERO)
		return;
	for (i = 0; i < paths->nr; i++) {
		const struct gcv_path *path = &paths->paths[i];
		struct gcv_fault *fault;

		if (path->outcome != GCV_PATH_ERROR || path->returned != GCV_PATH_0 ||
		    path->exit == acquire->call)
			continue;
		fault = gcv_check_tell(s, GCV_CHECK_ERROR_OVERWRITTEN,
				       returns_variable(body, path->exit, symbol)
					       ? GCV_CONFIDENCE_HIGH
					       : GCV_CONFIDENCE_LOW,
				       acquire->site, acquire->function, path->exit,
				       "success is returned although %s() failed",
				       acquire->api->name);
		gcv_check_note(s, fault, acquire->function, acquire->call, "%s() fails here",
			       acquire->api->name);
		note_trail(s, fault, acquire, path);
	}
}

void gcv_check_result(struct gcv_check_state *s)
{
	GCV_AUTOFREE bool *is_compared = find_compared(s);
	uint32_t i;

	for (i = 0; i < s->c->nr_walks; i++) {
		const struct gcv_acquire_walked *walk = &s->c->walks[i];
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[walk->acquire];

		if (walk->is_caller || !walk->paths.is_complete ||
		    gcv_check_is_internal(s, acquire->site) ||
		    !returns_status(&s->facts->functions[acquire->function]))
			continue;
		check_positive(s, acquire, &walk->paths);
		check_lost(s, acquire, &walk->paths, is_compared[acquire->site]);
	}
}
