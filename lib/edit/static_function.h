/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a static function that is to go: itself, what stands on top of it and behind it, and
 * its prototypes.
 *
 *	if (gcv_static_function_find(&source, fn, &text) &&
 *	    gcv_static_function_count(&source, &text, fn->name) == nr_calls)
 *		st = gcv_static_function_remove(&text, &file_edit, group, err);
 */
#ifndef GCV_EDIT_STATIC_FUNCTION_H
#define GCV_EDIT_STATIC_FUNCTION_H

#include "edit/change.h"
#include "edit/source.h"
#include "flow/program.h"

/** GCV_STATIC_FUNCTION_PROTOTYPES - a function with more of them stays */
#define GCV_STATIC_FUNCTION_PROTOTYPES 4

/**
 * struct gcv_text_range - some text of a file
 * @begin: offset of its first byte
 * @end: offset behind its last one
 */
struct gcv_text_range {
	uint32_t begin, end;
};

/**
 * struct gcv_static_function - see above
 * @ranges: the function, then its prototypes; whole lines
 * @nr_ranges: how many
 * @has_kernel_doc: the comment on top is kernel-doc
 */
struct gcv_static_function {
	struct gcv_text_range ranges[GCV_STATIC_FUNCTION_PROTOTYPES + 1];
	uint32_t nr_ranges;
	bool has_kernel_doc;
};

/**
 * gcv_static_function_is_candidate() - may a function go at all?
 * @fn: the function
 *
 * Return: true for a static function that was seen whole and stands in a .c file.
 */
bool gcv_static_function_is_candidate(const struct gcv_function *fn);

/**
 * gcv_static_function_find() - find the text of a function
 * @source: its file
 * @fn: the function
 * @ret: the text
 *
 * Return: false where it cannot be taken out as whole lines, where a condition of the preprocessor
 * would be left with nothing in it, or where a comment speaks of a prototype.
 */
bool gcv_static_function_find(const struct gcv_source *source, const struct gcv_function *fn,
			      struct gcv_static_function *ret);

/**
 * gcv_static_function_has() - is a byte part of it?
 * @text: the text
 * @at: offset in the file
 *
 * Return: true where it is.
 */
bool gcv_static_function_has(const struct gcv_static_function *text, uint32_t at);

/**
 * gcv_static_function_count() - how often a name stands in the file outside of the text
 * @source: the file
 * @text: the text
 * @name: the name
 *
 * Return: how often, comments and strings and all.
 */
uint32_t gcv_static_function_count(const struct gcv_source *source,
				   const struct gcv_static_function *text, const char *name);

/**
 * gcv_static_function_remove() - take the text out
 * @text: the text
 * @edit: changes of its file; those within the text are taken back
 * @group: number of the group of sites that does it
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_static_function_remove(const struct gcv_static_function *text,
					   struct gcv_file_edit *edit, uint32_t group,
					   struct gcv_err *err) GCV_MUST_CHECK;

#endif
