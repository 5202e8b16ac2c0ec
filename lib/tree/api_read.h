/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A table of API names from JSON (format gupconv-api, data/gupconv-api.schema.json).
 *
 *	struct gcv_api_part part;
 *
 *	status = gcv_api_read(&arena, "my-tree.json", text, len, &part, &err);
 *
 * Everything is checked: unknown keys, keys twice, wrong types, unknown words, names twice.
 */
#ifndef GCV_TREE_API_READ_H
#define GCV_TREE_API_READ_H

#include "tree/api.h"

/**
 * struct gcv_api_part - what one JSON document holds; absent parts are empty
 * @functions: API names
 * @nr_functions: how many
 * @flags: FOLL_ flags
 * @nr_flags: how many
 * @conversions: goals
 * @nr_conversions: how many
 * @headers: tree-relative paths
 * @nr_headers: how many
 * @prefixes: beginnings of names
 * @nr_prefixes: how many
 */
struct gcv_api_part {
	struct gcv_api_function *functions;
	uint32_t nr_functions;
	struct gcv_api_flag *flags;
	uint32_t nr_flags;
	struct gcv_api_conversion *conversions;
	uint32_t nr_conversions;
	const char **headers;
	uint32_t nr_headers;
	const char **prefixes;
	uint32_t nr_prefixes;
};

/**
 * gcv_api_read() - read a table
 * @arena: owns the result, also what a failed call left
 * @file: name for messages
 * @text: JSON
 * @len_bytes: its length
 * @ret: the parts
 * @err: names the file and the place in it, such as "functions[3].signatures[0].result"
 *
 * Return: GCV_OK, GCV_ERR_FORMAT, or GCV_ERR_NEWER for a later major version.
 */
enum gcv_status gcv_api_read(struct gcv_arena *arena, const char *file, const char *text,
			     size_t len_bytes, struct gcv_api_part *ret,
			     struct gcv_err *err) GCV_MUST_CHECK;

#endif
