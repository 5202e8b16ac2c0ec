/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comments in the code that silence a finding, each with a reason. Behind the slash and the star
 * they say
 *
 *	gupconv: ignore double-release: the first one is of another page
 *
 * On a line of its own such a comment speaks of the line behind it, else of its own line.
 *
 *	gcv_ignores_read(&lines, &files, &arena, &ignores, &nr);
 */
#ifndef GCV_REPORT_IGNORES_H
#define GCV_REPORT_IGNORES_H

#include "report/lines.h"
#include "report/result.h"

/** GCV_IGNORES_MARK - every such comment has it */
#define GCV_IGNORES_MARK "gupconv:"

/**
 * gcv_ignores_read() - read them
 * @lines: lines of the tree; a file that cannot be read has none
 * @files: paths
 * @arena: owns the result
 * @ret_ignores: by file and line; what is no word of a check is handed over as it is
 * @ret_nr: how many
 */
void gcv_ignores_read(struct gcv_lines *lines, const struct gcv_intern *files,
		      struct gcv_arena *arena, const struct gcv_result_ignore **ret_ignores,
		      uint32_t *ret_nr);

#endif
