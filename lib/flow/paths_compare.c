// SPDX-License-Identifier: GPL-2.0-only
/* How two values may compare, by their signs and by what they stand for. */
#include "flow/paths_state.h"
#include "flow/program.h"

#include <string.h>

/* MAX_ERRNO of include/linux/err.h: errors are the last so many numbers. */
#define LAST_ERRNO 4095

static unsigned int compare_signs(unsigned int left, unsigned int right, bool is_unsigned,
				  bool is_counter)
{
	if (left == right)
		return left == GCV_PATH_0 ? GCV_PATHS_EQUAL
					  : GCV_PATHS_LESS | GCV_PATHS_EQUAL | GCV_PATHS_GREATER;
	/* A counter that runs upwards without a sign comes to the largest numbers in the end. */
	if (is_unsigned && is_counter && (left | right) == (GCV_PATH_NEGATIVE | GCV_PATH_POSITIVE))
		return GCV_PATHS_LESS | GCV_PATHS_EQUAL | GCV_PATHS_GREATER;
	/* Seen as unsigned, negative numbers are the largest. */
	if (is_unsigned && left == GCV_PATH_NEGATIVE)
		return GCV_PATHS_GREATER;
	if (is_unsigned && right == GCV_PATH_NEGATIVE)
		return GCV_PATHS_LESS;
	return left < right ? GCV_PATHS_LESS : GCV_PATHS_GREATER;
}

unsigned int gcv_paths_flip(unsigned int relation)
{
	return (relation & GCV_PATHS_EQUAL) | (relation & GCV_PATHS_LESS ? GCV_PATHS_GREATER : 0) |
	       (relation & GCV_PATHS_GREATER ? GCV_PATHS_LESS : 0);
}

/* A single sign against a constant of the same sign. */
static unsigned int compare_near(unsigned int sign, struct gcv_paths_value left, int64_t right)
{
	if (left.is_constant)
		return left.constant < right   ? GCV_PATHS_LESS
		       : left.constant > right ? GCV_PATHS_GREATER
					       : GCV_PATHS_EQUAL;
	if (sign == GCV_PATH_0)
		return GCV_PATHS_EQUAL;
	if (sign == GCV_PATH_POSITIVE && right == 1)
		return GCV_PATHS_EQUAL | GCV_PATHS_GREATER;
	if (sign == GCV_PATH_NEGATIVE && right == -1)
		return GCV_PATHS_EQUAL | GCV_PATHS_LESS;
	if (sign == GCV_PATH_NEGATIVE && right == -LAST_ERRNO && left.tag == GCV_PATHS_TAG_RESULT)
		return GCV_PATHS_EQUAL | GCV_PATHS_GREATER;
	return GCV_PATHS_LESS | GCV_PATHS_EQUAL | GCV_PATHS_GREATER;
}

unsigned int gcv_paths_compare_sign(unsigned int sign, struct gcv_paths_value left,
				    struct gcv_paths_value right, bool is_unsigned)
{
	unsigned int relation = 0, other;

	for (other = 1; other <= GCV_PATH_POSITIVE; other <<= 1) {
		if (!(right.signs & other))
			continue;
		if (right.is_constant && other == sign)
			relation |= compare_near(sign, left, right.constant);
		else if (left.is_constant && other == sign)
			relation |= gcv_paths_flip(compare_near(other, right, left.constant));
		else
			relation |= compare_signs(sign, other, is_unsigned,
						  left.is_counter || right.is_counter);
	}
	return relation;
}

/* The result against the requested count. */
static unsigned int compare_result(enum gcv_path_outcome outcome, bool is_unsigned)
{
	switch (outcome) {
	case GCV_PATH_ERROR:
		return is_unsigned ? GCV_PATHS_GREATER : GCV_PATHS_LESS;
	case GCV_PATH_ZERO:
	case GCV_PATH_PARTIAL:
		return GCV_PATHS_LESS;
	default:
		return GCV_PATHS_EQUAL;
	}
}

static bool is_counting(const struct gcv_paths_walk *w)
{
	return w->input->result == GCV_API_RESULT_COUNT ||
	       w->input->result == GCV_API_RESULT_COUNT_OR_ERRNO ||
	       w->input->result == GCV_API_RESULT_BYTES_OR_ERRNO;
}

/* A part of the pages is fewer than their number, where that is a constant. */
static bool is_short_of(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			struct gcv_paths_value result, struct gcv_paths_value number)
{
	return result.tag == GCV_PATHS_TAG_RESULT && facts->outcome == GCV_PATH_PARTIAL &&
	       is_counting(w) && w->requested && number.is_constant &&
	       number.constant >= w->requested;
}

/* Is everything with that tag the same number? */
static bool is_one_value(unsigned int tag)
{
	return tag == GCV_PATHS_TAG_RESULT || tag == GCV_PATHS_TAG_REQUESTED ||
	       tag == GCV_PATHS_TAG_INDEX;
}

unsigned int gcv_paths_compare(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			       struct gcv_paths_value left, struct gcv_paths_value right,
			       bool is_unsigned)
{
	unsigned int sign, relation = 0;

	if (left.tag == GCV_PATHS_TAG_RESULT && right.tag == GCV_PATHS_TAG_REQUESTED &&
	    is_counting(w))
		return compare_result(facts->outcome, is_unsigned);
	if (right.tag == GCV_PATHS_TAG_RESULT && left.tag == GCV_PATHS_TAG_REQUESTED &&
	    is_counting(w))
		return gcv_paths_flip(compare_result(facts->outcome, is_unsigned));
	if (left.tag == right.tag && is_one_value(left.tag) &&
	    (left.tag != GCV_PATHS_TAG_INDEX || left.constant == right.constant))
		return GCV_PATHS_EQUAL;
	if (is_short_of(w, facts, left, right))
		return GCV_PATHS_LESS;
	if (is_short_of(w, facts, right, left))
		return GCV_PATHS_GREATER;
	for (sign = 1; sign <= GCV_PATH_POSITIVE; sign <<= 1)
		if (left.signs & sign)
			relation |= gcv_paths_compare_sign(sign, left, right, is_unsigned);
	return relation;
}

/* The relations that make a comparison true; 0 for other operators. */
unsigned int gcv_paths_wanted(enum gcv_op op)
{
	switch (op) {
	case GCV_OP_LT:
		return GCV_PATHS_LESS;
	case GCV_OP_LE:
		return GCV_PATHS_LESS | GCV_PATHS_EQUAL;
	case GCV_OP_GT:
		return GCV_PATHS_GREATER;
	case GCV_OP_GE:
		return GCV_PATHS_GREATER | GCV_PATHS_EQUAL;
	case GCV_OP_EQ:
		return GCV_PATHS_EQUAL;
	case GCV_OP_NE:
		return GCV_PATHS_LESS | GCV_PATHS_GREATER;
	default:
		return 0;
	}
}

/* Functions of include/linux/err.h, by the signs for which they are true. */
unsigned int gcv_paths_error_signs(const struct gcv_body *body, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, call);
	const char *name = symbol && symbol->kind == GCV_SYMBOL_FUNCTION ? symbol->name : "";

	if (strcmp(name, "IS_ERR") == 0)
		return GCV_PATH_NEGATIVE;
	if (strcmp(name, "IS_ERR_OR_NULL") == 0)
		return GCV_PATH_NEGATIVE | GCV_PATH_0;
	return 0;
}
