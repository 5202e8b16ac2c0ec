/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A set of identifiers, made ready to be found in large texts.
 *
 *	struct gcv_names *names;
 *	uint32_t name;
 *	size_t pos = 0, offset;
 *
 *	if (gcv_names_new(list, nr, &names, err) != GCV_OK)
 *		…
 *	while (gcv_names_next(names, buf, len, &pos, &name, &offset))
 *		printf("%s at %zu\n", gcv_names_str(names, name), offset);
 *	gcv_names_free(names);
 */
#ifndef GCV_TREE_NAMES_H
#define GCV_TREE_NAMES_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** GCV_NAMES_NONE - the number of no name */
#define GCV_NAMES_NONE UINT32_MAX

struct gcv_names;

/**
 * gcv_names_new() - make a set of names
 * @list: C identifiers, NUL-terminated; copied
 * @nr: how many; 0 is allowed, such a set finds nothing
 * @ret: the set, for gcv_names_free()
 * @err: sentence on failure
 *
 * The number of a name is its index in @list; of a name that is there twice, its first index.
 *
 * Return: GCV_OK or GCV_ERR_USAGE (not an identifier).
 */
enum gcv_status gcv_names_new(const char *const *list, uint32_t nr, struct gcv_names **ret,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_names_next() - the next identifier in a text that is in the set
 * @names: the set; may be used by several threads at a time
 * @buf: the text; any bytes
 * @len: how many
 * @pos: in: where to begin, 0 at first; out: where to go on
 * @ret_name: number of the name
 * @ret_offset: where it begins
 *
 * Finds whole identifiers only, in ascending order, each once; linear in @len over all calls. An
 * identifier is a run of ASCII letters, digits and underscores. One that is cut by a backslash and
 * a newline is not found.
 *
 * Return: true where one was found.
 */
bool gcv_names_next(const struct gcv_names *names, const char *buf, size_t len, size_t *pos,
		    uint32_t *ret_name, size_t *ret_offset);

/**
 * gcv_names_id() - the number of a name
 * @names: the set
 * @text: the name, not necessarily terminated
 * @len: its length
 *
 * Return: its number or GCV_NAMES_NONE.
 */
uint32_t gcv_names_id(const struct gcv_names *names, const char *text, size_t len);

/**
 * gcv_names_str() - the name behind a number
 * @names: the set
 * @name: number of a name
 *
 * Return: NUL-terminated, owned by the set.
 */
const char *gcv_names_str(const struct gcv_names *names, uint32_t name);

/**
 * gcv_names_len() - the length of a name
 * @names: the set
 * @name: number of a name
 *
 * Return: length in bytes.
 */
size_t gcv_names_len(const struct gcv_names *names, uint32_t name);

/**
 * gcv_names_nr() - how many numbers there are
 * @names: the set
 *
 * Return: the @nr that gcv_names_new() was given.
 */
uint32_t gcv_names_nr(const struct gcv_names *names);

/**
 * gcv_names_free() - free the set
 * @names: the set or NULL
 */
void gcv_names_free(struct gcv_names *names);

#endif
