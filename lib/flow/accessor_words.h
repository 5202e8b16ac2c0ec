/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words and the places that the table of accessors (data/accessors.json) is written in.
 *
 *	value = gcv_accessor_word_value(GCV_ACCESSOR_WORD_EFFECT, "kernel-map");
 *	puts(gcv_accessor_word(GCV_ACCESSOR_WORD_CONTEXT, lock->context));
 *	if (!gcv_accessor_place_parse("arg0.sgl.page_link", &arena, &place))
 *		…not a place…
 */
#ifndef GCV_FLOW_ACCESSOR_WORDS_H
#define GCV_FLOW_ACCESSOR_WORDS_H

#include "flow/accessor.h"

/** GCV_ACCESSOR_MAX_ARG - highest position of an argument that a place can name */
#define GCV_ACCESSOR_MAX_ARG 31

/** GCV_ACCESSOR_MAX_PATH - most steps that a place can have */
#define GCV_ACCESSOR_MAX_PATH 8

/** enum gcv_accessor_word_set - whose words */
enum gcv_accessor_word_set {
	GCV_ACCESSOR_WORD_ORIGIN,
	GCV_ACCESSOR_WORD_EFFECT,
	GCV_ACCESSOR_WORD_CONTEXT,
};

/**
 * gcv_accessor_word() - the word for a value
 * @set: which enum
 * @value: a value of this enum
 *
 * Return: a static string such as "page-cache"; "?" for a value that has no word, as
 * GCV_ORIGIN_NONE.
 */
const char *gcv_accessor_word(enum gcv_accessor_word_set set, int value);

/**
 * gcv_accessor_word_value() - the value for a word
 * @set: which enum
 * @word: NUL-terminated
 *
 * Return: the value, or -1.
 */
int gcv_accessor_word_value(enum gcv_accessor_word_set set, const char *word);

/**
 * gcv_accessor_place_parse() - read a place
 * @text: "result" or "arg" and a number up to GCV_ACCESSOR_MAX_ARG, then up to
 * GCV_ACCESSOR_MAX_PATH times "[]" or a dot and a member
 * @arena: owns the path
 * @ret_place: the place
 *
 * Return: false where @text is none.
 */
bool gcv_accessor_place_parse(const char *text, struct gcv_arena *arena,
			      struct gcv_accessor_place *ret_place);

#endif
