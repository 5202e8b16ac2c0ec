/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a node of a function's body stands in the source.
 *
 *	struct gcv_place_in_file at = gcv_node_place(lines, function, node);
 *
 *	printf("%s:%u:%u", function->file, at.line, at.column);
 */
#ifndef GCV_REPORT_NODE_PLACE_H
#define GCV_REPORT_NODE_PLACE_H

#include "flow/program.h"
#include "report/lines.h"

/**
 * struct gcv_place_in_file - line and column
 * @line: from 1; 0 where the file cannot be read
 * @column: from 1, in bytes; 0 where only the line is known
 */
struct gcv_place_in_file {
	uint32_t line, column;
};

/**
 * gcv_node_place() - where a node begins
 * @lines: lines of the tree that was scanned
 * @function: the function, whose file the place is in
 * @node: node of its body, or GCV_NONE for the function itself
 *
 * What a macro of another file makes has no range of its own: that of its parent counts.
 *
 * Return: the place.
 */
struct gcv_place_in_file gcv_node_place(struct gcv_lines *lines,
					const struct gcv_function *function, uint32_t node);

#endif
