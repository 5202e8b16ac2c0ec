// SPDX-License-Identifier: GPL-2.0-only
/* Containers by value: *to = *from, struct bio_vec bv = bvecs[i], f(*bv), memcpy(to, from, …). */
#include "flow/builder.h"
#include "flow/expr.h"

#include <string.h>

static bool is_container(const struct gcv_builder *b, const struct gcv_expr_type *type)
{
	char name[80];

	if (!type->len || type->len >= sizeof(name))
		return false;
	memcpy(name, type->base, type->len);
	name[type->len] = '\0';
	return gcv_accessor_is_container(b->flow->input.accessors, name);
}

bool gcv_build_is_container(const struct gcv_builder *b, uint32_t node, int pointers)
{
	struct gcv_expr_type type = gcv_expr_type(b->body, node);

	return type.pointers == pointers && is_container(b, &type);
}

/* Where a container is that an expression has the value of. */
static uint32_t container_at(struct gcv_builder *b, uint32_t node)
{
	switch (b->body->nodes[gcv_expr_plain(b->body, node)].kind) {
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
	case GCV_NODE_INDEX:
	case GCV_NODE_UNARY:
		return gcv_build_address(b, node);
	case GCV_NODE_CALL:
	case GCV_NODE_STMT_EXPR:
		return gcv_build_value(b, node);
	default:
		return 0;
	}
}

bool gcv_build_copy(struct gcv_builder *b, uint32_t to, uint32_t value, uint32_t at)
{
	if (!gcv_build_is_container(b, value, 0))
		return false;
	gcv_graph_copy(&b->flow->graph, container_at(b, value), to, b->fn->index, at);
	return true;
}

void gcv_build_copy_params(struct gcv_builder *b)
{
	uint32_t i;

	for (i = 0; i < b->body->nr_symbols; i++) {
		const struct gcv_symbol *symbol = &b->body->symbols[i];

		if (symbol->kind != GCV_SYMBOL_PARAM)
			break;
		if (b->classes[i] == GCV_TYPE_MEMORY && !strchr(symbol->canonical, '['))
			gcv_graph_copy(&b->flow->graph,
				       gcv_build_param(b, b->fn->index, (uint32_t)symbol->value),
				       gcv_build_variable(b, i), b->fn->index, 0);
	}
}
