/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which identifiers a file has, in little memory: who knows the names later need not read again
 * what certainly has none of them. (A Bloom filter.)
 *
 *	const struct gcv_words *words = gcv_words_new(buf, len, &arena);
 *
 *	if (gcv_words_may_have(words, gcv_words_hash("put_page", 8)))
 *		(look for it)
 */
#ifndef GCV_TREE_WORDS_H
#define GCV_TREE_WORDS_H

#include "base/alloc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gcv_words;

/**
 * gcv_words_new() - remember the identifiers in a text
 * @buf: the text; any bytes
 * @len: how many
 * @arena: owns the result
 *
 * An identifier is a run of ASCII letters, digits and underscores, as for gcv_names_next().
 *
 * Return: the identifiers, in about a sixteenth of @len.
 */
const struct gcv_words *gcv_words_new(const char *buf, size_t len, struct gcv_arena *arena);

/**
 * gcv_words_hash() - the number by which an identifier is asked for
 * @name: the identifier, not necessarily terminated
 * @len: its length
 *
 * Return: the number.
 */
uint64_t gcv_words_hash(const char *name, size_t len);

/**
 * gcv_words_may_have() - is an identifier there?
 * @words: of a file
 * @hash: of the identifier
 *
 * Return: false where it is not there for sure; true for about one in a thousand others, too.
 */
bool gcv_words_may_have(const struct gcv_words *words, uint64_t hash);

#endif
