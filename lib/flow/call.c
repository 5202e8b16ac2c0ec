// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"
#include "flow/expr.h"
#include "parse/callee.h"

#include <string.h>

static uint32_t argument(const struct gcv_builder *b, uint32_t call, int position)
{
	const struct gcv_node *node = &b->body->nodes[call];

	if (position < 0 || (uint32_t)position + 1 >= node->nr_children)
		return GCV_NONE;
	return node->children[position + 1];
}

static uint32_t argument_value(struct gcv_builder *b, uint32_t call, int position)
{
	uint32_t node = argument(b, call, position);

	return node == GCV_NONE ? 0 : gcv_build_value(b, node);
}

static void add_use(struct gcv_builder *b, uint32_t call, unsigned int effect, const char *name,
		    const char *owner, uint32_t place)
{
	struct gcv_flow *flow = b->flow;

	if (!place)
		return;
	GCV_GROW(flow->uses, flow->nr_uses, flow->cap_uses);
	flow->uses[flow->nr_uses++] = (struct gcv_flow_use){ .function = b->fn->index,
							     .call = call,
							     .effect = effect,
							     .name = name,
							     .owner = owner,
							     .place = place };
}

static uint32_t site_of(const struct gcv_builder *b, uint32_t call, const char *api)
{
	uint32_t offset = b->fn->begin + b->body->nodes[call].begin, at;
	const struct gcv_program_facts *facts = &b->flow->input.program->facts;
	uint64_t key = (uint64_t)b->fn->index << 32 | offset;

	at = gcv_map64_get(&b->sites, key);
	if (at == GCV_MAP64_NONE)
		return GCV_NONE;
	/* A macro may make several calls in one place. */
	for (; at < facts->nr_sites; at++) {
		const struct gcv_program_site *site = &facts->sites[at];

		if (strcmp(site->file, b->fn->file) != 0)
			break;
		if (strcmp(site->api, api) == 0)
			return at;
	}
	return GCV_NONE;
}

/* A static function of the file's own that bears the name of an API function is none. */
static bool is_own(const struct gcv_builder *b, const struct gcv_symbol *symbol, uint32_t site)
{
	const struct gcv_program *program = b->flow->input.program;
	struct gcv_program_targets own;

	if (site != GCV_NONE)
		return program->facts.sites[site].homonym;
	if (strcmp(symbol->owner, "static") != 0)
		return false;
	own = gcv_program_named(program, b->fn->file, symbol->name, true);
	return own.nr && gcv_callee_is_homonym(b->flow->input.era, symbol->name,
					       program->facts.functions[own.functions[0]].file,
					       symbol->type, GCV_LINKAGE_STATIC);
}

/* A value that is stored where a pointer points to, behind one more pointer that must be there. */
static void store_behind(struct gcv_builder *b, uint32_t call, uint32_t pointer, const char *first,
			 const char *second, uint32_t from, enum gcv_origin origin)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t fresh = gcv_build_temp(b, call), behind = gcv_build_temp(b, call);
	uint32_t fn = b->fn->index;

	gcv_build_object(b, fresh, call, origin);
	gcv_graph_store(graph, pointer, first, fresh, fn, call);
	gcv_graph_load(graph, pointer, first, behind, fn, call);
	gcv_graph_store(graph, behind, second, from, fn, call);
}

static uint32_t load_behind(struct gcv_builder *b, uint32_t call, uint32_t pointer,
			    const char *first, const char *second)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t behind = gcv_build_temp(b, call), place = gcv_build_temp(b, call);

	gcv_graph_load(graph, pointer, first, behind, b->fn->index, call);
	gcv_graph_load(graph, behind, second, place, b->fn->index, call);
	return place;
}

/* Which argument holds the pages, for a shape. */
static int pages_arg(const struct gcv_api_function *api, const struct gcv_api_signature *signature)
{
	static const enum gcv_api_arg roles[] = { GCV_API_ARG_PAGES,  GCV_API_ARG_PAGE,
						  GCV_API_ARG_FOLIOS, GCV_API_ARG_FOLIO,
						  GCV_API_ARG_VECTOR, GCV_API_ARG_BIO,
						  GCV_API_ARG_BVECS };
	size_t i;

	if (!signature)
		return api->role == GCV_API_RELEASE ? 0 : -1;
	if (api->shape == GCV_API_SHAPE_PAGE && signature->arg[GCV_API_ARG_PAGE] >= 0)
		return signature->arg[GCV_API_ARG_PAGE];
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (signature->arg[roles[i]] >= 0)
			return signature->arg[roles[i]];
	return -1;
}

static bool is_null(const struct gcv_body *body, uint32_t node)
{
	return node != GCV_NONE && gcv_expr_is_int(body, node, 0);
}

/* The variable of &variable, or GCV_NONE. */
static uint32_t variable_of(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n;

	if (node == GCV_NONE)
		return GCV_NONE;
	for (n = &body->nodes[node]; n->kind == GCV_NODE_CAST && n->nr_children;)
		n = &body->nodes[n->children[0]];
	if (n->kind != GCV_NODE_UNARY || n->op != GCV_OP_ADDR)
		return GCV_NONE;
	n = &body->nodes[n->children[0]];
	return n->kind == GCV_NODE_REF ? n->symbol : GCV_NONE;
}

static const struct gcv_era_entry *acquire_at(const struct gcv_builder *b, uint32_t call,
					      const struct gcv_api_signature **ret_signature)
{
	const struct gcv_symbol *symbol = gcv_body_callee(b->body, call);
	const struct gcv_era *era = b->flow->input.era;
	const struct gcv_era_entry *entry;

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return NULL;
	entry = gcv_era_find(era, symbol->name, strlen(symbol->name));
	if (!entry || entry->function->role != GCV_API_ACQUIRE ||
	    is_own(b, symbol, site_of(b, call, symbol->name)))
		return NULL;
	*ret_signature = gcv_callee_signature(era, symbol->name, symbol->type);
	if (!*ret_signature)
		*ret_signature = entry->signature;
	return entry;
}

bool gcv_build_is_single(const struct gcv_builder *b, uint32_t call)
{
	const struct gcv_api_signature *signature;
	const struct gcv_era_entry *entry = acquire_at(b, call, &signature);
	uint32_t count;

	if (!entry || !signature || entry->function->shape == GCV_API_SHAPE_ALLOCATED_ARRAY)
		return false;
	if (variable_of(b->body, argument(b, call, pages_arg(entry->function, signature))) ==
	    GCV_NONE)
		return false;
	count = argument(b, call, signature->arg[GCV_API_ARG_COUNT]);
	return entry->function->shape == GCV_API_SHAPE_PAGE ||
	       (count != GCV_NONE && gcv_expr_is_int(b->body, count, 1));
}

static void put_pages(struct gcv_builder *b, uint32_t call, enum gcv_api_shape shape,
		      uint32_t pages, uint32_t from)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t fn = b->fn->index;

	switch (shape) {
	case GCV_API_SHAPE_ALLOCATED_ARRAY:
		store_behind(b, call, pages, GCV_CELL_ELEMENT, GCV_CELL_ELEMENT, from,
			     GCV_ORIGIN_NEW);
		break;
	case GCV_API_SHAPE_VECTOR:
		gcv_graph_store(graph, pages, "ptrs", from, fn, call);
		break;
	case GCV_API_SHAPE_BIO:
		store_behind(b, call, pages, "bi_io_vec", "bv_page", from, GCV_ORIGIN_NONE);
		break;
	case GCV_API_SHAPE_BVECS:
		gcv_graph_store(graph, pages, "bv_page", from, fn, call);
		store_behind(b, call, pages, GCV_CELL_ELEMENT, "bv_page", from, GCV_ORIGIN_NEW);
		break;
	default:
		gcv_graph_store(graph, pages, GCV_CELL_ELEMENT, from, fn, call);
		break;
	}
}

uint32_t gcv_build_acquire(struct gcv_builder *b, uint32_t call, const struct gcv_api_function *api,
			   const struct gcv_api_signature *signature)
{
	struct gcv_flow *flow = b->flow;
	int position = pages_arg(api, signature);
	uint32_t node = argument(b, call, position), from = gcv_build_temp(b, call);
	struct gcv_flow_acquire acquire = { .site = site_of(b, call, api->name),
					    .function = b->fn->index,
					    .call = call,
					    .api = api,
					    .signature = signature,
					    .is_null = is_null(b->body, node) };
	bool is_result = signature && (signature->result == GCV_API_RESULT_PAGE_OR_NULL ||
				       signature->result == GCV_API_RESULT_PAGE_OR_ERR);

	acquire.pages = node == GCV_NONE ? 0 : gcv_build_value(b, node);
	acquire.atom = gcv_graph_atom(&flow->graph, &(struct gcv_atom){ .kind = GCV_ATOM_ACQUIRED,
									.site = flow->nr_acquires,
									.function = b->fn->index,
									.node = call,
									.name = api->name });
	GCV_GROW(flow->acquires, flow->nr_acquires, flow->cap_acquires);
	flow->acquires[flow->nr_acquires++] = acquire;
	gcv_graph_add(&flow->graph, from, acquire.atom);
	if (acquire.pages && !is_result)
		put_pages(b, call, api->shape, acquire.pages, from);
	if (gcv_build_is_single(b, call))
		gcv_graph_flow(&flow->graph, from,
			       gcv_build_definition(b, call, variable_of(b->body, node)),
			       GCV_STEP_ASSIGN, b->fn->index, call);
	return is_result ? from : 0;
}

void gcv_build_release(struct gcv_builder *b, uint32_t call, const struct gcv_api_function *api,
		       const struct gcv_api_signature *signature)
{
	struct gcv_flow *flow = b->flow;
	uint32_t pages = argument_value(b, call, pages_arg(api, signature)), place = pages;

	switch (api->shape) {
	case GCV_API_SHAPE_ARRAY:
	case GCV_API_SHAPE_FOLIO_ARRAY:
		place = gcv_build_temp(b, call);
		gcv_graph_load(&flow->graph, pages, GCV_CELL_ELEMENT, place, b->fn->index, call);
		break;
	case GCV_API_SHAPE_VECTOR:
		place = gcv_build_temp(b, call);
		gcv_graph_load(&flow->graph, pages, "ptrs", place, b->fn->index, call);
		break;
	case GCV_API_SHAPE_BIO:
		place = load_behind(b, call, pages, "bi_io_vec", "bv_page");
		break;
	default:
		break;
	}
	GCV_GROW(flow->releases, flow->nr_releases, flow->cap_releases);
	flow->releases[flow->nr_releases++] =
		(struct gcv_flow_release){ .site = site_of(b, call, api->name),
					   .function = b->fn->index,
					   .call = call,
					   .api = api,
					   .signature = signature,
					   .name = api->name,
					   .place = place };
}

/* Follow a path of cells from an argument; what intermediate pointers point to must be there. */
static uint32_t walk_path(struct gcv_builder *b, uint32_t call, uint32_t at,
			  const struct gcv_accessor_place *path, uint32_t nr, bool make)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t i, next, fresh;

	for (i = 0; at && i < nr; i++) {
		next = gcv_build_temp(b, call);
		if (make) {
			fresh = gcv_build_temp(b, call);
			gcv_build_object(b, fresh, call, GCV_ORIGIN_NONE);
			gcv_graph_store(graph, at, path->path[i], fresh, b->fn->index, call);
		}
		gcv_graph_load(graph, at, path->path[i], next, b->fn->index, call);
		at = next;
	}
	return at;
}

static uint32_t origin_place(struct gcv_builder *b, uint32_t call, enum gcv_origin origin)
{
	uint32_t place = gcv_build_temp(b, call);

	if (origin == GCV_ORIGIN_NEW)
		gcv_build_object(b, place, call, GCV_ORIGIN_NEW);
	else
		gcv_graph_add(&b->flow->graph, place, gcv_build_origin(b, origin));
	return place;
}

/* memcpy() of containers copies all that is in them. */
static bool copies_container(const struct gcv_builder *b, uint32_t call,
			     const struct gcv_accessor_flow *flow)
{
	uint32_t to = argument(b, call, flow->to.arg), from = argument(b, call, flow->from.arg);

	return flow->origin == GCV_ORIGIN_NONE && to != GCV_NONE && from != GCV_NONE &&
	       flow->from.nr_path == 1 && flow->to.nr_path == 1 &&
	       strcmp(flow->from.path[0], GCV_CELL_ELEMENT) == 0 &&
	       strcmp(flow->to.path[0], GCV_CELL_ELEMENT) == 0 &&
	       gcv_build_is_container(b, gcv_expr_plain(b->body, to), 1) &&
	       gcv_build_is_container(b, gcv_expr_plain(b->body, from), 1);
}

uint32_t gcv_build_accessor(struct gcv_builder *b, uint32_t call, const struct gcv_accessor *known)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t result = 0, i, from, to, fn = b->fn->index;

	for (i = 0; i < known->nr_flows; i++) {
		const struct gcv_accessor_flow *flow = &known->flows[i];

		if (copies_container(b, call, flow))
			gcv_graph_copy(graph, argument_value(b, call, flow->from.arg),
				       argument_value(b, call, flow->to.arg), fn, call);
		if (flow->origin != GCV_ORIGIN_NONE)
			from = origin_place(b, call, flow->origin);
		else
			from = walk_path(b, call, argument_value(b, call, flow->from.arg),
					 &flow->from, flow->from.nr_path, false);
		if (flow->to.arg < 0 && !result)
			result = gcv_build_temp(b, call);
		to = flow->to.arg < 0 ? result : argument_value(b, call, flow->to.arg);
		if (flow->to.nr_path) {
			to = walk_path(b, call, to, &flow->to, flow->to.nr_path - 1, true);
			gcv_graph_store(graph, to, flow->to.path[flow->to.nr_path - 1], from, fn,
					call);
		} else {
			gcv_graph_flow(graph, from, to, GCV_STEP_ACCESSOR, fn, call);
		}
	}
	for (i = 0; i < known->nr_effects; i++) {
		const struct gcv_accessor_effect *effect = &known->effects[i];
		uint32_t place = effect->arg.arg < 0 ? result
						     : argument_value(b, call, effect->arg.arg);

		place = walk_path(b, call, place, &effect->arg, effect->arg.nr_path, false);
		add_use(b, call, effect->effect, known->name, effect->owner, place);
		if (effect->effect == GCV_EFFECT_RELEASE && place) {
			struct gcv_flow *f = b->flow;

			GCV_GROW(f->releases, f->nr_releases, f->cap_releases);
			f->releases[f->nr_releases++] =
				(struct gcv_flow_release){ .site = GCV_NONE,
							   .function = fn,
							   .call = call,
							   .name = known->name,
							   .place = place };
		}
	}
	return result;
}

/* Can what a function returns be memory for pages? A pointer to anything can. */
static bool returns_memory(struct gcv_builder *b, uint32_t target)
{
	const char *type = b->flow->input.program->facts.functions[target].type;
	const char *open = strchr(type, '(');
	enum gcv_type_class class;
	const char *result;
	bool is_page;

	if (!open || open == type)
		return false;
	result = gcv_arena_strndup(&b->arena, type, (size_t)(open - type) - (open[-1] == ' '));
	class = gcv_type_class(b->flow->input.accessors, result, &is_page);
	return class == GCV_TYPE_POINTER ||
	       (class == GCV_TYPE_PAGE && !is_page && strchr(result, '*'));
}

/* What a function returns comes to the call; of memory for pages it is not known yet which. */
static void build_return(struct gcv_builder *b, uint32_t call, uint32_t target, uint32_t place)
{
	if (returns_memory(b, target)) {
		GCV_GROW(b->returns, b->nr_returns, b->cap_returns);
		b->returns[b->nr_returns++] = (struct gcv_build_return){
			.target = target, .place = place, .function = b->fn->index, .call = call
		};
		return;
	}
	gcv_graph_flow(&b->flow->graph, gcv_build_result(b, target), place, GCV_STEP_RESULT,
		       b->fn->index, call);
}

/* Calls of functions in view: arguments go to parameters, results come back. */
static uint32_t build_seen(struct gcv_builder *b, uint32_t call, struct gcv_program_targets targets)
{
	const struct gcv_node *node = &b->body->nodes[call];
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t result = gcv_build_temp(b, call), i, k;

	for (i = 0; i < targets.nr; i++) {
		uint32_t target = targets.functions[i];
		struct gcv_flow *flow = b->flow;

		GCV_GROW(flow->calls, flow->nr_calls, flow->cap_calls);
		flow->calls[flow->nr_calls++] =
			(struct gcv_flow_call){ b->fn->index, call, target };
		for (k = 0; k + 1 < node->nr_children; k++) {
			uint32_t from = gcv_build_value(b, node->children[k + 1]);

			if (from && !gcv_build_is_called_back(b, call, k))
				gcv_graph_flow(graph, from, gcv_build_param(b, target, k),
					       GCV_STEP_ARGUMENT, b->fn->index, call);
		}
		build_return(b, call, target, result);
	}
	return result;
}

/* The result of a function out of view, if it is a page or memory for pages. */
static uint32_t unknown_result(struct gcv_builder *b, uint32_t call,
			       const struct gcv_symbol *symbol)
{
	const char *open = symbol ? strchr(symbol->type, '(') : NULL;
	uint32_t place;
	enum gcv_type_class class;
	const char *type;
	bool is_page;

	if (!open || open == symbol->type)
		return 0;
	type = gcv_arena_strndup(&b->arena, symbol->type,
				 (size_t)(open - symbol->type) - (open[-1] == ' '));
	class = gcv_type_class(b->flow->input.accessors, type, &is_page);
	if (class == GCV_TYPE_POINTER) {
		place = gcv_build_temp(b, call);
		gcv_build_object(b, place, call, GCV_ORIGIN_NONE);
		return place;
	}
	if (!is_page)
		return 0;
	place = gcv_build_temp(b, call);
	gcv_graph_add(&b->flow->graph, place, gcv_build_origin(b, GCV_ORIGIN_NONE));
	return place;
}

/* Records that hold pages and that are handed from one function to the next. */
static const char *const holders[] = { "struct page",	  "struct folio",   "struct scatterlist",
				       "struct sg_table", "struct bio_vec", "struct frame_vector" };

/* Does the type of an expression say that it is about pages? Numbers made of them do not count. */
static bool is_of_pages(const struct gcv_builder *b, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(b->body, node);
	size_t i;

	for (i = 0; type.len && type.pointers > 0 && i < sizeof(holders) / sizeof(holders[0]); i++)
		if (gcv_expr_type_is(&type, holders[i], type.pointers))
			return true;
	return false;
}

/*
 * A function out of view cannot release by itself: who names a release function was parsed. It may
 * pass the pages on to one in view, though, and one that only a pointer tells may be anything.
 */
static uint32_t build_unseen(struct gcv_builder *b, uint32_t call, const struct gcv_symbol *symbol,
			     unsigned int effect)
{
	const struct gcv_node *node = &b->body->nodes[call];
	uint32_t i;
	const char *owner = symbol && strcmp(symbol->owner, "static") == 0 ? symbol->owner : NULL;

	for (i = 1; i < node->nr_children; i++)
		if (is_of_pages(b, node->children[i]))
			add_use(b, call, effect, symbol ? symbol->name : "", owner,
				gcv_build_value(b, node->children[i]));
		else
			gcv_build_value(b, node->children[i]);
	return unknown_result(b, call, symbol);
}

/* Functions that only pass on what others acquire and release are followed inside, too. */
static bool is_wrapper(const struct gcv_api_function *api)
{
	return api->family == GCV_API_FAMILY_FRAME_VECTOR || api->family == GCV_API_FAMILY_BIO;
}

static bool build_api(struct gcv_builder *b, uint32_t call, const struct gcv_symbol *symbol,
		      uint32_t *ret_place)
{
	const struct gcv_era *era = b->flow->input.era;
	const struct gcv_era_entry *entry = gcv_era_find(era, symbol->name, strlen(symbol->name));
	const struct gcv_api_signature *signature;

	if (!entry || entry->function->role == GCV_API_OTHER ||
	    is_own(b, symbol, site_of(b, call, symbol->name)))
		return false;
	signature = gcv_callee_signature(era, symbol->name, symbol->type);
	if (!signature)
		signature = entry->signature;
	*ret_place = 0;
	if (entry->function->role == GCV_API_ACQUIRE)
		*ret_place = gcv_build_acquire(b, call, entry->function, signature);
	else
		gcv_build_release(b, call, entry->function, signature);
	if (is_wrapper(entry->function))
		build_seen(b, call, gcv_program_callees(b->flow->input.program, b->fn, call));
	return true;
}

/* A static function that the source file itself defines is no accessor, whatever its name. */
static bool is_private(const struct gcv_builder *b, const struct gcv_symbol *symbol)
{
	const struct gcv_program *program = b->flow->input.program;
	struct gcv_program_targets own;

	if (strcmp(symbol->owner, "static") != 0)
		return false;
	own = gcv_program_named(program, b->fn->file, symbol->name, true);
	return own.nr && program->facts.functions[own.functions[0]].linkage == GCV_LINKAGE_STATIC;
}

/* The functions that a call may reach; those of a parameter are what callers name there. */
static struct gcv_program_targets targets_of(struct gcv_builder *b, uint32_t call,
					     const struct gcv_symbol *symbol)
{
	const struct gcv_program *program = b->flow->input.program;

	if (symbol && symbol->kind == GCV_SYMBOL_PARAM)
		return gcv_program_stored(program,
					  gcv_arena_printf(&b->arena, "%s(%lld)", b->fn->name,
							   (long long)symbol->value));
	return gcv_program_callees(program, b->fn, call);
}

uint32_t gcv_build_call(struct gcv_builder *b, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(b->body, call);
	const struct gcv_accessor *known = NULL;
	struct gcv_program_targets targets;
	uint32_t place;

	if (symbol && symbol->kind == GCV_SYMBOL_FUNCTION) {
		if (build_api(b, call, symbol, &place))
			return place;
		if (!is_private(b, symbol))
			known = gcv_accessor_find(b->flow->input.accessors, symbol->name);
	}
	if (known)
		return gcv_build_accessor(b, call, known);
	targets = targets_of(b, call, symbol);
	if (targets.nr && targets.nr <= GCV_BUILD_TARGETS)
		return build_seen(b, call, targets);
	if (targets.nr)
		return build_unseen(b, call, symbol, GCV_FLOW_LIMIT);
	if (!symbol || (symbol->kind != GCV_SYMBOL_FUNCTION && symbol->kind != GCV_SYMBOL_FIELD))
		return build_unseen(b, call, symbol, GCV_FLOW_POINTER);
	return build_unseen(b, call, symbol, GCV_FLOW_UNSEEN);
}
