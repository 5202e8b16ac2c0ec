/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks: which values an argument may have, as far as constants tell, through
 * variables, conditions and the callers of the function.
 *
 *	gcv_check_bits(s, function, node, &bits);
 *	if (bits.is_known && !(bits.may & foll_write))
 *		…never asks for write access…
 */
#ifndef GCV_CHECK_VALUES_H
#define GCV_CHECK_VALUES_H

#include "check/graphs.h"

/** GCV_BITS_OTHER - in @values: some value outside of 0 to 62 */
#define GCV_BITS_OTHER ((uint64_t)1 << 63)

/**
 * struct gcv_bits - the values that an expression may have
 * @is_known: all of them are known
 * @may: bits that some of the known ones have
 * @must: bits that all have, known or not
 * @values: 1 << value for each of the known ones
 */
struct gcv_bits {
	bool is_known;
	int64_t may, must;
	uint64_t values;
};

/**
 * gcv_check_bits() - the values that an expression may have
 * @s: the state
 * @function: index of the function
 * @node: expression of its body, or GCV_NONE
 * @ret_bits: the values
 */
void gcv_check_bits(struct gcv_check_state *s, uint32_t function, uint32_t node,
		    struct gcv_bits *ret_bits);

/**
 * gcv_check_is_truth() - is an expression always the answer to a question, 0 or 1?
 * @s: the state
 * @function: index of the function
 * @node: expression of its body
 *
 * By its type (bool), by its operator, or by all that is assigned to the variable that it is.
 *
 * Return: true where it is; false for constants.
 */
bool gcv_check_is_truth(struct gcv_check_state *s, uint32_t function, uint32_t node);

/**
 * gcv_check_flag() - value of a flag in the tree
 * @s: the state
 * @name: for example "FOLL_WRITE"
 *
 * Return: the value, 0 where the tree does not have the flag.
 */
int64_t gcv_check_flag(const struct gcv_check_state *s, const char *name);

#endif
