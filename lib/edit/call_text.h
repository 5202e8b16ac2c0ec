/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statements as they are written anew: calls broken and aligned as the kernel's coding style has
 * it, with a guard or a choice around them.
 *
 *	struct gcv_call_text call = { .name = "unpin_user_pages" };
 *
 *	call.args[call.nr_args++] = "pages";
 *	call.args[call.nr_args++] = "n";
 *	gcv_call_text_write(&call, column, &out);
 */
#ifndef GCV_EDIT_CALL_TEXT_H
#define GCV_EDIT_CALL_TEXT_H

#include "base/strbuf.h"
#include <stdint.h>

/** GCV_CALL_TEXT_ARGS - arguments that a call can have */
#define GCV_CALL_TEXT_ARGS 10

/**
 * struct gcv_call_text - a call to be written
 * @name: function
 * @args: arguments, each on one line
 * @nr_args: how many
 * @tail: columns of what stands behind the closing parenthesis on its line; 0 for a semicolon
 */
struct gcv_call_text {
	const char *name;
	const char *args[GCV_CALL_TEXT_ARGS];
	uint32_t nr_args;
	unsigned int tail;
};

/**
 * gcv_call_text_write() - append a call without a semicolon
 * @call: the call
 * @column: column where it begins
 * @out: where; arguments that do not fit within GCV_SOURCE_COLUMNS go to further lines, below the
 * first argument
 */
void gcv_call_text_write(const struct gcv_call_text *call, unsigned int column,
			 struct gcv_strbuf *out);

/**
 * gcv_call_text_columns() - append the white space in front of a line that is aligned
 * @out: where
 * @columns: columns, written as tabs and then blanks
 */
void gcv_call_text_columns(struct gcv_strbuf *out, unsigned int columns);

#endif
