// SPDX-License-Identifier: GPL-2.0-only
#include "report/node_place.h"

struct gcv_place_in_file gcv_node_place(struct gcv_lines *lines,
					const struct gcv_function *function, uint32_t node)
{
	const struct gcv_body *body = function->body;
	uint32_t offset;

	while (body && node != GCV_NONE && (body->nodes[node].flags & GCV_NODE_ELSEWHERE))
		node = body->nodes[node].parent;
	if (!body || node == GCV_NONE)
		return (struct gcv_place_in_file){ .line = function->line };
	offset = function->begin + body->nodes[node].begin;
	return (struct gcv_place_in_file){ gcv_lines_at(lines, function->file, offset),
					   gcv_lines_column(lines, function->file, offset) };
}
