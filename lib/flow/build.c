// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

static uint64_t param_key(uint32_t function, uint32_t position)
{
	return (uint64_t)function << 32 | position;
}

void gcv_builder_init(struct gcv_builder *b, struct gcv_flow *flow)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	uint32_t i, k;

	*b = (struct gcv_builder){ .flow = flow };
	/* From the end, so that the first site of a place stays. */
	for (i = facts->nr_sites; i--;) {
		for (k = 0; k < facts->sites[i].nr_calls; k++) {
			bool is_new;

			*gcv_map64_add(&b->sites,
				       param_key(facts->sites[i].calls[k],
						 facts->sites[i].offsets[k]),
				       &is_new) = i;
		}
	}
}

void gcv_builder_release(struct gcv_builder *b)
{
	gcv_kinds_release(&b->kinds);
	gcv_map64_release(&b->params);
	gcv_map64_release(&b->results);
	gcv_map64_release(&b->sites);
	gcv_arena_release(&b->arena);
	free(b->things);
	free(b->returns);
}

uint32_t gcv_build_param(struct gcv_builder *b, uint32_t function, uint32_t position)
{
	struct gcv_graph *graph = &b->flow->graph;
	bool is_new;
	uint32_t *slot = gcv_map64_add(&b->params, param_key(function, position), &is_new);

	if (is_new)
		*slot = gcv_graph_place(graph, &(struct gcv_place){ .kind = GCV_PLACE_PARAM,
								    .function = function,
								    .symbol = position,
								    .node = GCV_NONE });
	return *slot;
}

uint32_t gcv_build_origin(struct gcv_builder *b, enum gcv_origin origin)
{
	uint32_t *atom = origin == GCV_ORIGIN_NONE ? &b->flow->unseen_pages
						   : &b->flow->origins[origin];

	if (!*atom)
		*atom = gcv_graph_atom(&b->flow->graph,
				       &(struct gcv_atom){ .kind = origin == GCV_ORIGIN_NONE
									   ? GCV_ATOM_UNKNOWN
									   : GCV_ATOM_ORIGIN,
							   .origin = origin,
							   .function = GCV_NONE,
							   .node = GCV_NONE });
	return *atom;
}

uint32_t gcv_build_result(struct gcv_builder *b, uint32_t function)
{
	bool is_new;
	uint32_t *slot = gcv_map64_add(&b->results, function, &is_new);

	if (is_new)
		*slot = gcv_graph_place(&b->flow->graph,
					&(struct gcv_place){ .kind = GCV_PLACE_RESULT,
							     .function = function,
							     .node = GCV_NONE });
	return *slot;
}

/* A parameter that is declared as an array is a pointer. */
static enum gcv_type_class symbol_class(const struct gcv_builder *b,
					const struct gcv_symbol *symbol)
{
	enum gcv_type_class class =
		gcv_type_class(b->flow->input.accessors, gcv_type_told(symbol), NULL);

	if (class == GCV_TYPE_MEMORY && symbol->kind == GCV_SYMBOL_PARAM &&
	    strchr(symbol->canonical, '['))
		return GCV_TYPE_POINTER;
	return class;
}

static bool is_sure(void *ctx, uint32_t call)
{
	return gcv_build_is_single(ctx, call);
}

static bool is_followed(void *ctx, uint32_t symbol)
{
	const struct gcv_builder *b = ctx;

	return b->classes[symbol] != GCV_TYPE_OTHER;
}

static bool has_followed(const struct gcv_builder *b)
{
	uint32_t i;

	for (i = 0; i < b->body->nr_symbols; i++)
		if (b->classes[i] != GCV_TYPE_OTHER &&
		    (b->body->symbols[i].kind == GCV_SYMBOL_LOCAL ||
		     b->body->symbols[i].kind == GCV_SYMBOL_PARAM))
			return true;
	return false;
}

/* The definitions of variables that have to do with pages; most functions have no such variable. */
static void find_definitions(struct gcv_builder *b)
{
	const struct gcv_reach_choice choice = { is_followed, is_sure, b };
	struct gcv_cfg cfg;

	b->reach = (struct gcv_reach){ 0 };
	if (!has_followed(b))
		return;
	gcv_cfg_build(b->body, &b->arena, &cfg);
	gcv_reach_build_chosen(b->body, &cfg, &choice, &b->arena, &b->reach);
}

static void start(struct gcv_builder *b, struct gcv_function *fn)
{
	const struct gcv_body *body = fn->body;
	uint32_t i;

	b->fn = fn;
	b->body = body;
	b->depth = 0;
	b->memo = gcv_arena_alloc(&b->arena, sizeof(*b->memo) * body->nr_nodes);
	b->def_at = gcv_arena_alloc(&b->arena, sizeof(*b->def_at) * body->nr_nodes);
	b->addresses = gcv_arena_alloc(&b->arena, sizeof(*b->addresses) * (body->nr_symbols + 1));
	b->classes = gcv_arena_alloc(&b->arena, sizeof(*b->classes) * (body->nr_symbols + 1));
	for (i = 0; i < body->nr_symbols; i++)
		b->classes[i] = symbol_class(b, &body->symbols[i]);
	find_definitions(b);
	b->defs = gcv_arena_alloc(&b->arena, sizeof(*b->defs) * (b->reach.nr_defs + 1));
	for (i = 0; i < b->reach.nr_defs; i++)
		if (b->reach.defs[i].node != GCV_NONE && b->reach.defs[i].kind != GCV_REACH_CALL &&
		    b->reach.defs[i].kind != GCV_REACH_ASM)
			b->def_at[b->reach.defs[i].node] = i + 1;
}

/* Does a call allocate what it returns? */
static bool is_allocated(const struct gcv_builder *b, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(b->body, call);
	const struct gcv_accessor *known;
	uint32_t i;

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return false;
	known = gcv_accessor_find(b->flow->input.accessors, symbol->name);
	for (i = 0; known && i < known->nr_flows; i++)
		if (known->flows[i].to.arg < 0 && !known->flows[i].to.nr_path &&
		    known->flows[i].origin == GCV_ORIGIN_NEW)
			return true;
	return false;
}

/*
 * The value that a variable gets. A pointer to memory for pages points to some memory, even if
 * nothing is known of the expression, or of the allocator that it calls.
 */
static uint32_t pointed(struct gcv_builder *b, uint32_t symbol, uint32_t node)
{
	uint32_t place = gcv_build_value(b, node), at = gcv_expr_plain(b->body, node), memory;
	enum gcv_node_kind kind = b->body->nodes[at].kind;

	if (b->classes[symbol] != GCV_TYPE_POINTER || kind == GCV_NODE_INT)
		return place;
	if (place && kind != GCV_NODE_CALL && kind != GCV_NODE_STMT_EXPR)
		return place;
	if (place && kind == GCV_NODE_CALL && is_allocated(b, at))
		return place;
	memory = gcv_build_temp(b, node);
	gcv_build_object(b, memory, node, GCV_ORIGIN_NONE);
	gcv_graph_flow(&b->flow->graph, place, memory, GCV_STEP_USE, b->fn->index, node);
	return memory;
}

static void declare(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	uint32_t init = node->nr_children ? node->children[0] : GCV_NONE;

	if (init == GCV_NONE || node->symbol == GCV_NONE)
		return;
	if (b->body->nodes[init].kind == GCV_NODE_INIT_LIST)
		gcv_build_initialiser(b, gcv_build_variable(b, node->symbol), init);
	else if (b->classes[node->symbol] != GCV_TYPE_MEMORY ||
		 !gcv_build_copy(b, gcv_build_variable(b, node->symbol), init, at))
		gcv_build_declare(b, node->symbol, pointed(b, node->symbol, init), at);
}

static void assign(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const struct gcv_node *target = &b->body->nodes[node->children[0]];
	uint32_t from;

	if (node->op == GCV_OP_ASSIGN && gcv_build_is_container(b, node->children[0], 0) &&
	    gcv_build_copy(b, gcv_build_address(b, node->children[0]), node->children[1], at))
		return;
	if (target->kind == GCV_NODE_REF && target->symbol != GCV_NONE)
		from = pointed(b, target->symbol, node->children[1]);
	else
		from = gcv_build_value(b, node->children[1]);
	gcv_build_assign(b, node->children[0], from, at);
	gcv_build_callback(b, at);
	/* a += b has what a had before, too */
	if (node->op != GCV_OP_ASSIGN)
		gcv_build_assign(b, node->children[0], gcv_build_value(b, node->children[0]), at);
}

static void statement(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	switch (node->kind) {
	case GCV_NODE_VAR:
		declare(b, at);
		break;
	case GCV_NODE_ASSIGN:
		assign(b, at);
		break;
	case GCV_NODE_UNARY:
		if (node->op >= GCV_OP_POST_INC && node->op <= GCV_OP_PRE_DEC)
			gcv_build_assign(b, node->children[0],
					 gcv_build_value(b, node->children[0]), at);
		break;
	case GCV_NODE_CALL:
		gcv_build_value(b, at);
		break;
	case GCV_NODE_COMPOUND_LITERAL:
		if (node->nr_children &&
		    b->body->nodes[node->children[0]].kind == GCV_NODE_INIT_LIST)
			gcv_build_initialiser(b, 0, node->children[0]);
		break;
	case GCV_NODE_RETURN:
		if (node->nr_children)
			gcv_graph_flow(&b->flow->graph, gcv_build_value(b, node->children[0]),
				       gcv_build_result(b, b->fn->index), GCV_STEP_RESULT,
				       b->fn->index, at);
		break;
	default:
		break;
	}
}

/* What happens on each path will be asked, where an acquire stands and in the callers of that. */
static void keep_values(struct gcv_builder *b)
{
	struct gcv_flow *flow = b->flow;
	uint32_t i;

	for (i = 0; i < b->body->nr_nodes; i++) {
		if (b->memo[i] <= 1)
			continue;
		GCV_GROW(flow->values, flow->nr_values, flow->cap_values);
		flow->values[flow->nr_values++] = (struct gcv_flow_value){ i, b->memo[i] - 1 };
	}
}

void gcv_build_function(struct gcv_builder *b, struct gcv_function *fn)
{
	uint32_t i;

	start(b, fn);
	gcv_build_copy_params(b);
	for (i = 0; i < fn->body->nr_nodes; i++)
		statement(b, i);
	keep_values(b);
	gcv_arena_release(&b->arena);
	b->arena = (struct gcv_arena){ 0 };
}

/* Type of a parameter: the symbols of a body begin with the parameters in their order. */
static const struct gcv_symbol *param_symbol(const struct gcv_body *body, uint32_t position)
{
	if (position >= body->nr_symbols || body->symbols[position].kind != GCV_SYMBOL_PARAM)
		return NULL;
	return &body->symbols[position];
}

/* A parameter holds what callers pass, whoever they are; how many are in view is told by its flows.
 */
static void open_param(struct gcv_builder *b, struct gcv_function *fn,
		       const struct gcv_symbol *symbol, uint32_t position)
{
	struct gcv_graph *graph = &b->flow->graph;
	enum gcv_type_class class;
	uint32_t place, atom;
	bool is_page, has_callers;

	gcv_type_class(b->flow->input.accessors, gcv_type_told(symbol), &is_page);
	class = symbol_class(b, symbol);
	if (class != GCV_TYPE_POINTER && !is_page)
		return;
	place = gcv_build_param(b, fn->index, position);
	has_callers = graph->places[place].nr_in &&
		      gcv_map64_get(&b->flow->given, fn->index) == GCV_MAP64_NONE;
	if (has_callers && class != GCV_TYPE_POINTER)
		return;
	if (class == GCV_TYPE_PAGE)
		atom = gcv_build_origin(b, GCV_ORIGIN_NONE);
	else
		atom = gcv_graph_atom(graph, &(struct gcv_atom){
						     .kind = has_callers ? GCV_ATOM_OBJECT
									 : GCV_ATOM_PARAM,
						     .self = has_callers ? 0 : place,
						     .is_shared = true,
						     .is_stand_in = has_callers,
						     .function = fn->index,
						     .node = GCV_NONE,
						     .name = symbol->name,
					     });
	gcv_graph_add(graph, place, atom);
}

/*
 * Functions that are named as an argument of a call whose callee is not in view. Callbacks of the
 * table are known: what they get is no page.
 */
static void find_given(struct gcv_builder *b)
{
	const struct gcv_program *program = b->flow->input.program;
	uint32_t i, k;

	for (i = 0; i < program->facts.nr_addresses; i++) {
		const struct gcv_program_address *address = &program->facts.addresses[i];
		const char *open = strchr(address->field, '('), *name;
		const char *file = program->facts.functions[address->in].file;
		struct gcv_program_targets targets;
		bool is_new;

		if (!open || gcv_accessor_callback_find(b->flow->input.accessors, address->field))
			continue;
		name = gcv_arena_strndup(&b->arena, address->field,
					 (size_t)(open - address->field));
		if (gcv_program_named(program, file, name, false).nr ||
		    gcv_program_named(program, file, name, true).nr)
			continue;
		targets = gcv_program_stored(program, address->field);
		for (k = 0; k < targets.nr; k++)
			gcv_map64_add(&b->flow->given, targets.functions[k], &is_new);
	}
}

void gcv_build_params(struct gcv_builder *b)
{
	struct gcv_program *program = b->flow->input.program;
	uint32_t i, k;

	find_given(b);
	for (i = 0; i < program->facts.nr_functions; i++) {
		struct gcv_function *fn = &program->facts.functions[i];
		const struct gcv_symbol *symbol;

		if (fn->kind != GCV_DEF_FUNCTION || !fn->body)
			continue;
		for (k = 0; (symbol = param_symbol(fn->body, k)); k++)
			open_param(b, fn, symbol, k);
	}
}
