// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that are stored in a container and called with it: bio->bi_end_io = done, and somewhere
 * bio->bi_end_io(bio). Where the function is stored tells which containers it gets; the call, which
 * is made for everybody's, tells nothing.
 */
#include "flow/builder.h"
#include "flow/expr.h"

#include <string.h>

/* Does a function get a pointer to a record first? */
static bool takes_record(const struct gcv_function *fn, const char *record)
{
	const char *open = strchr(fn->type, '(');
	size_t len = strlen(record);

	return open && strncmp(open + 1, record, len) == 0 &&
	       strncmp(open + 1 + len, " *", 2) == 0 && strchr(",)", open[len + 3]);
}

/* The member of a container that an expression is, if functions are stored in it, or NULL. */
static const struct gcv_symbol *callback_of(const struct gcv_builder *b,
					    const struct gcv_node *node)
{
	const struct gcv_symbol *symbol;

	if (node->kind != GCV_NODE_MEMBER || node->symbol == GCV_NONE || !node->nr_children)
		return NULL;
	symbol = &b->body->symbols[node->symbol];
	return strstr(symbol->canonical, "(*)(") &&
			       gcv_accessor_is_container(b->flow->input.accessors, symbol->owner)
		       ? symbol
		       : NULL;
}

/* The functions that a value may be; all that are ever stored in the member where it does not tell.
 */
static struct gcv_program_targets targets_of(struct gcv_builder *b, uint32_t value,
					     const struct gcv_symbol *member)
{
	const struct gcv_program *program = b->flow->input.program;
	struct gcv_program_targets named = { 0 };
	const struct gcv_node *node = &b->body->nodes[value];
	const struct gcv_symbol *symbol;

	if (node->kind == GCV_NODE_INT)
		return named;
	if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_ADDR)
		node = &b->body->nodes[gcv_expr_plain(b->body, node->children[0])];
	symbol = node->kind == GCV_NODE_REF && node->symbol != GCV_NONE
			 ? &b->body->symbols[node->symbol]
			 : NULL;
	if (symbol && symbol->kind == GCV_SYMBOL_FUNCTION)
		return gcv_program_named(program, b->fn->file, symbol->name,
					 strcmp(symbol->owner, "static") == 0);
	/* Others may call what is not static, and pass what they were passed. */
	if (symbol && symbol->kind == GCV_SYMBOL_PARAM && b->fn->linkage == GCV_LINKAGE_STATIC)
		named = gcv_program_stored(program,
					   gcv_arena_printf(&b->arena, "%s(%lld)", b->fn->name,
							    (long long)symbol->value));
	if (named.nr)
		return named;
	return gcv_program_stored(program, gcv_arena_printf(&b->arena, "%s.%s", member->owner,
							    member->name));
}

void gcv_build_callback(struct gcv_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const struct gcv_node *target = &b->body->nodes[gcv_expr_plain(b->body, node->children[0])];
	const struct gcv_program *program = b->flow->input.program;
	const struct gcv_symbol *member = callback_of(b, target);
	struct gcv_program_targets targets;
	uint32_t base, i;

	if (!member)
		return;
	base = target->flags & GCV_NODE_ARROW ? gcv_build_value(b, target->children[0])
					      : gcv_build_address(b, target->children[0]);
	targets = targets_of(b, gcv_expr_plain(b->body, node->children[1]), member);
	for (i = 0; i < targets.nr && targets.nr <= GCV_BUILD_TARGETS; i++)
		if (takes_record(&program->facts.functions[targets.functions[i]], member->owner))
			gcv_graph_flow(&b->flow->graph, base,
				       gcv_build_param(b, targets.functions[i], 0),
				       GCV_STEP_ARGUMENT, b->fn->index, at);
}

bool gcv_build_is_called_back(const struct gcv_builder *b, uint32_t call, uint32_t argument)
{
	const struct gcv_node *node = &b->body->nodes[call];
	const struct gcv_node *callee = &b->body->nodes[gcv_expr_plain(b->body, node->children[0])];

	if (callee->kind == GCV_NODE_UNARY && callee->op == GCV_OP_DEREF)
		callee = &b->body->nodes[gcv_expr_plain(b->body, callee->children[0])];
	return argument == 0 && node->nr_children > 1 && callback_of(b, callee) &&
	       callee->flags & GCV_NODE_ARROW &&
	       gcv_expr_equal(b->body, gcv_expr_plain(b->body, callee->children[0]),
			      gcv_expr_plain(b->body, node->children[1]));
}
