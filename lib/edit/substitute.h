/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of an expression with other expressions in the place of variables: what stands in a
 * function as its caller would write it.
 *
 *	struct gcv_substitute with[] = { { .symbol = param, .text = "&req->chunk[i]", … } };
 *
 *	text = gcv_substitute(&form, node, with, 1, &arena);	"req->chunk[i].pages"
 */
#ifndef GCV_EDIT_SUBSTITUTE_H
#define GCV_EDIT_SUBSTITUTE_H

#include "edit/form.h"

/**
 * struct gcv_substitute - what stands for a variable
 * @symbol: the variable
 * @text: what stands for it
 * @is_primary: @text needs no parentheses in front of -> and [
 * @is_prefix: @text is an operator in front of a primary expression: *size, &page, -1
 * @pointee: where @text is the address of something, that; else NULL
 * @negated: what is true where @text is false
 */
struct gcv_substitute {
	uint32_t symbol;
	const char *text;
	bool is_primary, is_prefix;
	const char *pointee;
	const char *negated;
};

/**
 * gcv_substitute_is_bare() - may it stand in the place of the variable without parentheses?
 * @with: what stands for the variable
 * @source: text in which the variable stands, in an expression
 * @begin: where it begins
 * @end: behind it
 *
 * Return: true where nobody can misread it.
 */
bool gcv_substitute_is_bare(const struct gcv_substitute *with, const struct gcv_source *source,
			    uint32_t begin, uint32_t end);

/**
 * gcv_substitute_fill() - an expression as what stands for a variable
 * @form: the function that holds the expression
 * @node: the expression
 * @symbol: the variable, of this or another function
 * @arena: owns the texts
 * @ret: the substitute
 */
void gcv_substitute_fill(const struct gcv_form *form, uint32_t node, uint32_t symbol,
			 struct gcv_arena *arena, struct gcv_substitute *ret);

/**
 * gcv_substitute_is_primary() - can -> and [ stand behind an expression as it is?
 * @form: the function
 * @node: the expression
 *
 * Return: true where they can.
 */
bool gcv_substitute_is_primary(const struct gcv_form *form, uint32_t node);

/**
 * gcv_substitute() - the text of an expression
 * @form: the function that holds it
 * @node: the expression
 * @with: what stands for variables
 * @nr: how many
 * @arena: owns the text
 *
 * Return: the text on one line; NULL where a macro makes a part of it.
 */
const char *gcv_substitute(const struct gcv_form *form, uint32_t node,
			   const struct gcv_substitute *with, uint32_t nr, struct gcv_arena *arena);

#endif
