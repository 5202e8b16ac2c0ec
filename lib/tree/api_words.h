/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words that the API table, the JSON report and the database use for the enums of tree/api.h.
 *
 *	puts(gcv_api_word(GCV_API_WORD_FAMILY, f->family));
 *	role = gcv_api_word_value(GCV_API_WORD_ROLE, "acquire");
 *	if (role < 0)
 *		…
 */
#ifndef GCV_TREE_API_WORDS_H
#define GCV_TREE_API_WORDS_H

#include "tree/api.h"

/** enum gcv_api_word_set - whose words */
enum gcv_api_word_set {
	GCV_API_WORD_ROLE,
	GCV_API_WORD_FAMILY,
	GCV_API_WORD_SHAPE,
	GCV_API_WORD_REFERENCE,
	GCV_API_WORD_DIRTY,
	GCV_API_WORD_RESULT,
	GCV_API_WORD_ARG,
	GCV_API_WORD_PAIR_SHAPE,
};

/**
 * gcv_api_word() - the word for a value
 * @set: which enum
 * @value: a value of this enum
 *
 * Return: a static string such as "count-or-errno"; "?" for a value that the enum does not have.
 */
const char *gcv_api_word(enum gcv_api_word_set set, int value);

/**
 * gcv_api_word_value() - the value for a word
 * @set: which enum
 * @word: NUL-terminated
 *
 * Return: the value, or -1.
 */
int gcv_api_word_value(enum gcv_api_word_set set, const char *word);

#endif
