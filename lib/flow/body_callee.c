// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program.h"

const struct gcv_symbol *gcv_body_callee(const struct gcv_body *body, uint32_t call)
{
	const struct gcv_node *node = &body->nodes[call];

	if (node->kind != GCV_NODE_CALL || !node->nr_children)
		return NULL;
	for (node = &body->nodes[node->children[0]];;) {
		bool is_pass = node->kind == GCV_NODE_CAST ||
			       (node->kind == GCV_NODE_UNARY &&
				(node->op == GCV_OP_DEREF || node->op == GCV_OP_ADDR ||
				 node->op == GCV_OP_EXTENSION));

		if (!is_pass || !node->nr_children)
			break;
		node = &body->nodes[node->children[0]];
	}
	if ((node->kind == GCV_NODE_REF || node->kind == GCV_NODE_MEMBER) &&
	    node->symbol != GCV_NONE)
		return &body->symbols[node->symbol];
	return NULL;
}
