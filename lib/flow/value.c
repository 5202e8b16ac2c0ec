// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"
#include "flow/expr.h"
#include "flow/thing.h"

#include <string.h>

uint32_t gcv_build_temp(struct gcv_builder *b, uint32_t node)
{
	return gcv_graph_place(&b->flow->graph, &(struct gcv_place){ .kind = GCV_PLACE_TEMP,
								     .function = b->fn->index,
								     .node = node });
}

void gcv_build_object(struct gcv_builder *b, uint32_t place, uint32_t node, enum gcv_origin origin)
{
	uint32_t atom;

	if (!place)
		return;
	atom = gcv_graph_atom(&b->flow->graph, &(struct gcv_atom){ .kind = GCV_ATOM_OBJECT,
								   .origin = origin,
								   .function = b->fn->index,
								   .node = node });
	gcv_graph_add(&b->flow->graph, place, atom);
}

static uint32_t def_place(struct gcv_builder *b, uint32_t def)
{
	const struct gcv_reach_def *d = &b->reach.defs[def];
	const struct gcv_symbol *symbol = &b->body->symbols[d->symbol];

	if (b->defs[def])
		return b->defs[def];
	if (d->kind == GCV_REACH_PARAM)
		b->defs[def] = gcv_build_param(b, b->fn->index, (uint32_t)symbol->value);
	else if (d->kind != GCV_REACH_UNSET)
		b->defs[def] = gcv_graph_place(&b->flow->graph,
					       &(struct gcv_place){ .kind = GCV_PLACE_LOCAL,
								    .function = b->fn->index,
								    .symbol = d->symbol,
								    .node = d->node,
								    .name = symbol->name });
	return b->defs[def];
}

/*
 * The address of a local variable. What the variable is ever set to can be read through it, and
 * what is written through it is there behind each call that got it.
 */
static uint32_t local_address(struct gcv_builder *b, uint32_t symbol)
{
	struct gcv_graph *graph = &b->flow->graph;
	const char *name = b->body->symbols[symbol].name;
	uint32_t memory, i;

	if (b->addresses[symbol] || b->classes[symbol] == GCV_TYPE_OTHER)
		return b->addresses[symbol];
	if (b->classes[symbol] == GCV_TYPE_MEMORY) {
		b->addresses[symbol] = gcv_build_address_place(b, 0, name, false);
		return b->addresses[symbol];
	}
	memory = gcv_graph_place(graph, &(struct gcv_place){ .kind = GCV_PLACE_LOCAL,
							     .function = b->fn->index,
							     .symbol = symbol,
							     .node = GCV_NONE,
							     .name = name });
	b->addresses[symbol] = gcv_build_address_place(b, memory, name, false);
	for (i = 0; i < b->reach.nr_defs; i++) {
		const struct gcv_reach_def *d = &b->reach.defs[i];

		if (d->symbol != symbol)
			continue;
		if (d->kind == GCV_REACH_CALL && gcv_build_is_single(b, d->node))
			continue;
		if (d->kind == GCV_REACH_CALL || d->kind == GCV_REACH_ADDRESS)
			gcv_graph_flow(graph, memory, def_place(b, i), GCV_STEP_LOAD, b->fn->index,
				       d->node);
		else
			gcv_graph_flow(graph, def_place(b, i), memory, GCV_STEP_STORE, b->fn->index,
				       d->node);
	}
	return b->addresses[symbol];
}

uint32_t gcv_build_definition(struct gcv_builder *b, uint32_t call, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < b->reach.nr_defs; i++)
		if (b->reach.defs[i].kind == GCV_REACH_CALL && b->reach.defs[i].node == call &&
		    b->reach.defs[i].symbol == symbol)
			return def_place(b, i);
	return 0;
}

static uint32_t join(struct gcv_builder *b, uint32_t node, const uint32_t *places, uint32_t nr)
{
	uint32_t found = 0, i, temp;

	for (i = 0; i < nr; i++) {
		if (!places[i] || places[i] == found)
			continue;
		if (found)
			break;
		found = places[i];
	}
	if (i == nr)
		return found;
	temp = gcv_build_temp(b, node);
	for (i = 0; i < nr; i++)
		gcv_graph_flow(&b->flow->graph, places[i], temp, GCV_STEP_USE, b->fn->index, node);
	return temp;
}

static uint32_t local_value(struct gcv_builder *b, uint32_t node, uint32_t symbol)
{
	const uint32_t *defs;
	uint32_t nr, i, *places;

	if (b->classes[symbol] == GCV_TYPE_OTHER)
		return 0;
	if (b->classes[symbol] == GCV_TYPE_MEMORY)
		return local_address(b, symbol);
	defs = gcv_reach_at(&b->reach, node, &nr);
	places = gcv_arena_alloc(&b->arena, sizeof(*places) * (nr + 1));
	for (i = 0; i < nr; i++)
		places[i] = def_place(b, defs[i]);
	return join(b, node, places, nr);
}

static uint32_t ref_value(struct gcv_builder *b, uint32_t node)
{
	uint32_t at = b->body->nodes[node].symbol;
	const struct gcv_symbol *symbol;
	struct gcv_build_thing *thing;
	const char *name;

	if (at == GCV_NONE)
		return 0;
	symbol = &b->body->symbols[at];
	switch (symbol->kind) {
	case GCV_SYMBOL_LOCAL:
	case GCV_SYMBOL_PARAM:
		return local_value(b, node, at);
	case GCV_SYMBOL_STATIC_LOCAL:
	case GCV_SYMBOL_GLOBAL:
		thing = gcv_build_global(b, symbol, &name);
		return gcv_build_thing_use(b, thing, name, GCV_PLACE_GLOBAL);
	default:
		return 0;
	}
}

static bool is_page_record(const char *owner)
{
	return strcmp(owner, "struct page") == 0 || strcmp(owner, "struct folio") == 0;
}

/* The address of the memory that a member of a container belongs to. */
static uint32_t member_base(struct gcv_builder *b, const struct gcv_node *node)
{
	if (!node->nr_children)
		return 0;
	if (node->flags & GCV_NODE_ARROW)
		return gcv_build_value(b, node->children[0]);
	return gcv_build_address(b, node->children[0]);
}

static uint32_t member_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const struct gcv_symbol *symbol;
	struct gcv_build_thing *thing;
	uint32_t base, temp;
	const char *name;

	if (node->symbol == GCV_NONE)
		return 0;
	symbol = &b->body->symbols[node->symbol];
	thing = gcv_build_field(b, symbol, at, GCV_FIELD_READ, &name);
	if (thing->class == GCV_TYPE_OTHER)
		return 0;
	if (!gcv_accessor_is_container(b->flow->input.accessors, symbol->owner))
		return gcv_build_thing_use(b, thing, name, GCV_PLACE_FIELD);
	base = member_base(b, node);
	if (!base)
		return 0;
	/* A record inside of a container belongs to it; an array is memory of its own. */
	if (b->classes[node->symbol] == GCV_TYPE_MEMORY && !strchr(symbol->canonical, '['))
		return base;
	temp = gcv_build_temp(b, at);
	if (b->classes[node->symbol] == GCV_TYPE_MEMORY) {
		gcv_graph_address(&b->flow->graph, base, symbol->name, temp, b->fn->index, at);
		return temp;
	}
	gcv_graph_load(&b->flow->graph, base, symbol->name, temp, b->fn->index, at);
	return temp;
}

/* Of an array of arrays: how many dimensions an lvalue has. */
static unsigned int dimensions(const struct gcv_builder *b, uint32_t at)
{
	unsigned int nr = 0, taken = 0;
	const struct gcv_node *node = &b->body->nodes[at];
	const char *type;

	while (node->kind == GCV_NODE_INDEX && node->nr_children) {
		node = &b->body->nodes[node->children[0]];
		taken++;
	}
	if ((node->kind != GCV_NODE_REF && node->kind != GCV_NODE_MEMBER) ||
	    node->symbol == GCV_NONE)
		return 0;
	for (type = b->body->symbols[node->symbol].canonical; *type; type++)
		nr += *type == '[';
	return nr > taken ? nr - taken : 0;
}

/* Is what a pointer points to too narrow for a page, its number and its address? */
static bool is_narrow(const struct gcv_builder *b, uint32_t at)
{
	static const char *const types[] = { "char", "signed char", "unsigned char",  "_Bool",
					     "bool", "short",	    "unsigned short", "u8",
					     "u16",  "__u8",	    "__u16" };
	const struct gcv_expr_type type = gcv_expr_type(b->body, at);
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (gcv_expr_type_is(&type, types[i], 0))
			return true;
	return false;
}

static uint32_t element(struct gcv_builder *b, uint32_t node, uint32_t pointer_node)
{
	uint32_t pointer, temp;

	if (is_narrow(b, node))
		return 0;
	pointer = gcv_build_value(b, pointer_node);
	/* A row of an array of arrays is the same memory, and so is a container by value. */
	if (!pointer || dimensions(b, pointer_node) > 1 || gcv_build_is_container(b, node, 0))
		return pointer;
	temp = gcv_build_temp(b, node);
	gcv_graph_load(&b->flow->graph, pointer, GCV_CELL_ELEMENT, temp, b->fn->index, node);
	return temp;
}

/*
 * Does a member of a page link the page to others? A number or a pointer in it (flags of the bit
 * operations, mapping in READ_ONCE()) leads to nobody who could give the page back.
 */
static bool is_link(const struct gcv_builder *b, uint32_t at)
{
	unsigned int bits;

	return gcv_expr_sign(b->body, at, &bits) == GCV_EXPR_SIGN_UNKNOWN;
}

static uint32_t member_address(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const struct gcv_symbol *symbol;
	struct gcv_build_thing *thing;
	const char *name;
	uint32_t base, temp;

	if (node->symbol == GCV_NONE)
		return 0;
	symbol = &b->body->symbols[node->symbol];
	/* A folio begins with its first page. */
	if (strcmp(symbol->owner, "struct folio") == 0 && strcmp(symbol->name, "page") == 0)
		return member_base(b, node);
	if (is_page_record(symbol->owner)) {
		struct gcv_flow *flow = b->flow;

		base = member_base(b, node);
		if (!base || !is_link(b, at))
			return 0;
		GCV_GROW(flow->uses, flow->nr_uses, flow->cap_uses);
		flow->uses[flow->nr_uses++] = (struct gcv_flow_use){ .function = b->fn->index,
								     .call = at,
								     .effect = GCV_FLOW_LISTED,
								     .name = symbol->name,
								     .place = base };
		return 0;
	}
	if (gcv_accessor_is_container(b->flow->input.accessors, symbol->owner)) {
		base = member_base(b, node);
		if (!base || b->classes[node->symbol] == GCV_TYPE_OTHER ||
		    (b->classes[node->symbol] == GCV_TYPE_MEMORY &&
		     !strchr(symbol->canonical, '[')))
			return base;
		temp = gcv_build_temp(b, at);
		gcv_graph_address(&b->flow->graph, base, symbol->name, temp, b->fn->index, at);
		return temp;
	}
	thing = gcv_build_field(b, symbol, at, GCV_FIELD_ADDRESS, &name);
	return gcv_build_thing_address(b, thing, name, GCV_PLACE_FIELD);
}

static uint32_t address(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const struct gcv_symbol *symbol;
	struct gcv_build_thing *thing;
	const char *name;

	switch (node->kind) {
	case GCV_NODE_REF:
		if (node->symbol == GCV_NONE)
			return 0;
		symbol = &b->body->symbols[node->symbol];
		if (symbol->kind == GCV_SYMBOL_LOCAL || symbol->kind == GCV_SYMBOL_PARAM)
			return local_address(b, node->symbol);
		if (symbol->kind != GCV_SYMBOL_GLOBAL && symbol->kind != GCV_SYMBOL_STATIC_LOCAL)
			return 0;
		thing = gcv_build_global(b, symbol, &name);
		return gcv_build_thing_address(b, thing, name, GCV_PLACE_GLOBAL);
	case GCV_NODE_MEMBER:
		return member_address(b, at);
	case GCV_NODE_INDEX:
		return node->nr_children ? gcv_build_value(b, node->children[0]) : 0;
	case GCV_NODE_UNARY:
		if (node->op == GCV_OP_DEREF || node->op == GCV_OP_EXTENSION)
			return gcv_build_value(b, node->children[0]);
		return 0;
	case GCV_NODE_CAST:
		return gcv_build_address(b, node->children[0]);
	default:
		return 0;
	}
}

uint32_t gcv_build_address(struct gcv_builder *b, uint32_t node)
{
	uint32_t place = 0;

	if (b->depth++ < GCV_BUILD_DEPTH)
		place = address(b, node);
	b->depth--;
	return place;
}

static uint32_t unary_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	switch (node->op) {
	case GCV_OP_ADDR:
		return gcv_build_address(b, node->children[0]);
	case GCV_OP_DEREF:
		return element(b, at, node->children[0]);
	case GCV_OP_NOT:
	case GCV_OP_LNOT:
	case GCV_OP_MINUS:
		return 0;
	default:
		return gcv_build_value(b, node->children[0]);
	}
}

/* vmemmap, mem_map and their kind: what is added to them is the number of the page. */
static bool is_base(const struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node;

	at = gcv_expr_plain(b->body, at);
	node = &b->body->nodes[at];
	if (node->kind == GCV_NODE_INT)
		return true;
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE)
		return gcv_expr_type(b->body, at).pointers <= 0;
	return b->body->symbols[node->symbol].kind == GCV_SYMBOL_GLOBAL ||
	       gcv_expr_type(b->body, at).pointers <= 0;
}

static bool is_pointer(const struct gcv_builder *b, uint32_t at)
{
	return gcv_expr_type(b->body, at).pointers > 0;
}

/* Only one side of a sum is the address, or the number made of a page; the other is a distance. */
static uint32_t sum_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	uint32_t left = node->children[0], right = node->children[1], both[2];

	if (node->op == GCV_OP_SUB) {
		/* The distance of two pages is no page; that from the first of all is a number. */
		if (is_pointer(b, left) && is_pointer(b, right) && !is_base(b, right))
			return 0;
		return gcv_build_value(b, left);
	}
	if (is_pointer(b, left))
		return gcv_build_value(b, is_base(b, left) ? right : left);
	if (is_pointer(b, right))
		return gcv_build_value(b, is_base(b, right) ? left : right);
	both[0] = gcv_build_value(b, left);
	both[1] = gcv_build_value(b, right);
	return join(b, at, both, 2);
}

static uint32_t binary_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	switch (node->op) {
	case GCV_OP_COMMA:
		return gcv_build_value(b, node->children[1]);
	case GCV_OP_ADD:
	case GCV_OP_SUB:
		return sum_value(b, at);
	case GCV_OP_AND:
	case GCV_OP_OR:
	case GCV_OP_SHL:
	case GCV_OP_SHR:
		return gcv_build_value(b, node->children[0]);
	default:
		return 0;
	}
}

static uint32_t condition_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	bool has_second = b->body->nodes[node->children[1]].kind != GCV_NODE_NONE;
	uint32_t both[2];

	both[0] = gcv_build_value(b, node->children[has_second ? 1 : 0]);
	both[1] = gcv_build_value(b, node->children[2]);
	return join(b, at, both, 2);
}

static uint32_t last_value(struct gcv_builder *b, const struct gcv_node *node)
{
	const struct gcv_node *compound = &b->body->nodes[node->children[0]];

	if (!compound->nr_children)
		return 0;
	return gcv_build_value(b, compound->children[compound->nr_children - 1]);
}

/* _Generic and its kind: what is chosen is one of the parts. */
static uint32_t any_value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	uint32_t *places = gcv_arena_alloc(&b->arena, sizeof(*places) * (node->nr_children + 1));
	uint32_t i;

	for (i = 0; i < node->nr_children; i++)
		places[i] = gcv_build_value(b, node->children[i]);
	return join(b, at, places, node->nr_children);
}

static uint32_t value(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	switch (node->kind) {
	case GCV_NODE_REF:
		return ref_value(b, at);
	case GCV_NODE_MEMBER:
		return member_value(b, at);
	case GCV_NODE_INDEX:
		return element(b, at, node->children[0]);
	case GCV_NODE_UNARY:
		return unary_value(b, at);
	case GCV_NODE_BINARY:
		return binary_value(b, at);
	case GCV_NODE_ASSIGN:
		return gcv_build_value(b, node->children[node->op == GCV_OP_ASSIGN ? 1 : 0]);
	case GCV_NODE_COND:
		return condition_value(b, at);
	case GCV_NODE_CAST:
		return gcv_build_value(b, node->children[0]);
	case GCV_NODE_CALL:
		return gcv_build_call(b, at);
	case GCV_NODE_STMT_EXPR:
		return last_value(b, node);
	case GCV_NODE_UNKNOWN:
		return any_value(b, at);
	case GCV_NODE_COMPOUND_LITERAL:
	case GCV_NODE_INIT_LIST:
		/* A transparent union around an argument: release_pages() takes pages or folios. */
		return node->nr_children == 1 ? gcv_build_value(b, node->children[0]) : 0;
	default:
		return 0;
	}
}

uint32_t gcv_build_value(struct gcv_builder *b, uint32_t node)
{
	uint32_t place = 0;

	if (b->memo[node])
		return b->memo[node] - 1;
	if (b->depth++ < GCV_BUILD_DEPTH)
		place = value(b, node);
	b->depth--;
	b->memo[node] = place + 1;
	return place;
}

uint32_t gcv_build_variable(struct gcv_builder *b, uint32_t symbol)
{
	struct gcv_build_thing *thing;
	const char *name;

	if (b->body->symbols[symbol].kind != GCV_SYMBOL_STATIC_LOCAL)
		return local_address(b, symbol);
	thing = gcv_build_global(b, &b->body->symbols[symbol], &name);
	return gcv_build_thing_address(b, thing, name, GCV_PLACE_GLOBAL);
}

void gcv_build_declare(struct gcv_builder *b, uint32_t symbol, uint32_t from, uint32_t at)
{
	struct gcv_build_thing *thing;
	const char *name;
	uint32_t to = 0;

	if (b->body->symbols[symbol].kind == GCV_SYMBOL_STATIC_LOCAL) {
		thing = gcv_build_global(b, &b->body->symbols[symbol], &name);
		to = gcv_build_thing_use(b, thing, name, GCV_PLACE_GLOBAL);
	} else if (b->def_at[at] && b->classes[symbol] != GCV_TYPE_OTHER) {
		to = def_place(b, b->def_at[at] - 1);
	}
	gcv_graph_flow(&b->flow->graph, from, to, GCV_STEP_ASSIGN, b->fn->index, at);
}

/* Where a field gets what is assigned to it. */
static uint32_t member_target(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_symbol *symbol = &b->body->symbols[b->body->nodes[at].symbol];
	struct gcv_build_thing *thing;
	const char *name;

	thing = gcv_build_field(b, symbol, at, GCV_FIELD_WRITE, &name);
	return gcv_build_thing_use(b, thing, name, GCV_PLACE_FIELD);
}

void gcv_build_assign(struct gcv_builder *b, uint32_t target, uint32_t from, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[target];
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t fn = b->fn->index, to;

	while (node->kind == GCV_NODE_CAST && node->nr_children) {
		target = node->children[0];
		node = &b->body->nodes[target];
	}
	if (!from)
		return;
	if (node->kind == GCV_NODE_REF && node->symbol != GCV_NONE &&
	    b->body->symbols[node->symbol].kind != GCV_SYMBOL_GLOBAL &&
	    b->body->symbols[node->symbol].kind != GCV_SYMBOL_STATIC_LOCAL) {
		if (b->def_at[at] && b->classes[node->symbol] != GCV_TYPE_OTHER)
			gcv_graph_flow(graph, from, def_place(b, b->def_at[at] - 1),
				       GCV_STEP_ASSIGN, fn, at);
		return;
	}
	if (node->kind == GCV_NODE_MEMBER && node->symbol != GCV_NONE &&
	    gcv_accessor_is_container(b->flow->input.accessors,
				      b->body->symbols[node->symbol].owner)) {
		if (b->classes[node->symbol] != GCV_TYPE_OTHER)
			gcv_graph_store(graph, member_base(b, node),
					b->body->symbols[node->symbol].name, from, fn, at);
		return;
	}
	if (node->kind == GCV_NODE_INDEX ||
	    (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_DEREF)) {
		to = is_narrow(b, target) ? 0 : gcv_build_value(b, node->children[0]);
		gcv_graph_store(graph, to, GCV_CELL_ELEMENT, from, fn, at);
		return;
	}
	if (node->kind == GCV_NODE_REF || node->kind == GCV_NODE_MEMBER) {
		to = gcv_build_value(b, target);
		if (to && node->kind == GCV_NODE_MEMBER)
			to = member_target(b, target);
		gcv_graph_flow(graph, from, to, GCV_STEP_STORE, fn, at);
	}
}

static void designated(struct gcv_builder *b, uint32_t address_of, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	uint32_t last = node->children[node->nr_children - 1], from, fn = b->fn->index;
	const struct gcv_node *field = &b->body->nodes[node->children[node->nr_children - 2]];
	struct gcv_graph *graph = &b->flow->graph;
	const struct gcv_symbol *symbol;
	struct gcv_build_thing *thing;
	const char *name;

	if (b->body->nodes[last].kind == GCV_NODE_INIT_LIST) {
		gcv_build_initialiser(b, address_of, last);
		return;
	}
	from = gcv_build_value(b, last);
	if (field->kind != GCV_NODE_REF || field->symbol == GCV_NONE) {
		gcv_graph_store(graph, address_of, GCV_CELL_ELEMENT, from, fn, at);
		return;
	}
	symbol = &b->body->symbols[field->symbol];
	if (gcv_accessor_is_container(b->flow->input.accessors, symbol->owner)) {
		gcv_graph_store(graph, address_of, symbol->name, from, fn, at);
		return;
	}
	thing = gcv_build_field(b, symbol, GCV_NONE, GCV_FIELD_WRITE, &name);
	if (thing->class != GCV_TYPE_MEMORY)
		gcv_graph_flow(graph, from, gcv_build_thing_value(b, thing, name, GCV_PLACE_FIELD),
			       GCV_STEP_STORE, fn, at);
}

void gcv_build_initialiser(struct gcv_builder *b, uint32_t address_of, uint32_t list)
{
	const struct gcv_node *node = &b->body->nodes[list];
	uint32_t i;

	for (i = 0; b->depth < GCV_BUILD_DEPTH && i < node->nr_children; i++) {
		uint32_t at = node->children[i];
		const struct gcv_node *child = &b->body->nodes[at];

		b->depth++;
		if (child->kind == GCV_NODE_INIT_LIST)
			gcv_build_initialiser(b, address_of, at);
		else if (child->kind != GCV_NODE_DESIGNATED)
			gcv_graph_store(&b->flow->graph, address_of, GCV_CELL_ELEMENT,
					gcv_build_value(b, at), b->fn->index, at);
		else if (child->nr_children >= 2)
			designated(b, address_of, at);
		b->depth--;
	}
}
