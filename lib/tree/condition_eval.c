// SPDX-License-Identifier: GPL-2.0-only
#include "tree/condition.h"

/* A number that may be unknown. */
struct result {
	bool known;
	int64_t value;
};

static const struct result unknown = { false, 0 };

static struct result known(int64_t value)
{
	return (struct result){ true, value };
}

static struct result eval(const struct gcv_condition *node, const struct gcv_valuation *values);

static struct result eval_atom(const struct gcv_condition *node, const struct gcv_valuation *values)
{
	struct gcv_value value = values->lookup(values->ctx, node->name);

	if (value.state == GCV_VALUE_UNKNOWN)
		return unknown;
	if (node->op == GCV_COND_DEFINED)
		return known(value.state != GCV_VALUE_UNDEFINED);
	if (value.state == GCV_VALUE_UNDEFINED)
		return known(0);
	if (value.state == GCV_VALUE_TEXT)
		return unknown;
	return known(node->op == GCV_COND_IS_ONE ? value.number == 1 : value.number);
}

static struct result divide(enum gcv_condition_op op, int64_t a, int64_t b)
{
	if (!b || (a == INT64_MIN && b == -1))
		return unknown;
	return known(op == GCV_COND_DIV ? a / b : a % b);
}

static struct result shift(enum gcv_condition_op op, int64_t a, int64_t b)
{
	if (b < 0 || b > 63)
		return unknown;
	return known(op == GCV_COND_SHL ? (int64_t)((uint64_t)a << b) : a >> b);
}

static struct result calculate(enum gcv_condition_op op, int64_t a, int64_t b)
{
	int64_t value;

	switch (op) {
	case GCV_COND_MUL:
		return __builtin_mul_overflow(a, b, &value) ? unknown : known(value);
	case GCV_COND_ADD:
		return __builtin_add_overflow(a, b, &value) ? unknown : known(value);
	case GCV_COND_SUB:
		return __builtin_sub_overflow(a, b, &value) ? unknown : known(value);
	case GCV_COND_DIV:
	case GCV_COND_MOD:
		return divide(op, a, b);
	case GCV_COND_SHL:
	case GCV_COND_SHR:
		return shift(op, a, b);
	case GCV_COND_LT:
		return known(a < b);
	case GCV_COND_LE:
		return known(a <= b);
	case GCV_COND_GT:
		return known(a > b);
	case GCV_COND_GE:
		return known(a >= b);
	case GCV_COND_EQ:
		return known(a == b);
	case GCV_COND_NE:
		return known(a != b);
	case GCV_COND_BIT_AND:
		return known(a & b);
	case GCV_COND_BIT_XOR:
		return known(a ^ b);
	default:
		return known(a | b);
	}
}

static struct result eval_unary(const struct gcv_condition *node,
				const struct gcv_valuation *values)
{
	struct result a = eval(node->a, values);

	if (!a.known)
		return unknown;
	if (node->op == GCV_COND_NOT)
		return known(!a.value);
	if (node->op == GCV_COND_INVERT)
		return known(~a.value);
	return a.value == INT64_MIN ? unknown : known(-a.value);
}

/* One operand may decide, whatever the other is. */
static struct result eval_logic(const struct gcv_condition *node,
				const struct gcv_valuation *values)
{
	bool decides = node->op == GCV_COND_OR;
	struct result a = eval(node->a, values), b;

	if (a.known && !a.value != decides)
		return known(decides);
	b = eval(node->b, values);
	if (b.known && !b.value != decides)
		return known(decides);
	return a.known && b.known ? known(!decides) : unknown;
}

static struct result eval_choice(const struct gcv_condition *node,
				 const struct gcv_valuation *values)
{
	struct result a = eval(node->a, values), b, c;

	if (a.known)
		return eval(a.value ? node->b : node->c, values);
	b = eval(node->b, values);
	c = eval(node->c, values);
	return b.known && c.known && b.value == c.value ? b : unknown;
}

static struct result eval(const struct gcv_condition *node, const struct gcv_valuation *values)
{
	struct result a, b;

	switch (node->op) {
	case GCV_COND_NUMBER:
		return known(node->number);
	case GCV_COND_VALUE:
	case GCV_COND_DEFINED:
	case GCV_COND_IS_ONE:
	case GCV_COND_CALL:
		return eval_atom(node, values);
	case GCV_COND_NOT:
	case GCV_COND_INVERT:
	case GCV_COND_NEGATE:
		return eval_unary(node, values);
	case GCV_COND_AND:
	case GCV_COND_OR:
		return eval_logic(node, values);
	case GCV_COND_CHOOSE:
		return eval_choice(node, values);
	default:
		a = eval(node->a, values);
		b = eval(node->b, values);
		return a.known && b.known ? calculate(node->op, a.value, b.value) : unknown;
	}
}

enum gcv_truth gcv_condition_eval(const struct gcv_condition *condition,
				  const struct gcv_valuation *valuation)
{
	struct result result = eval(condition, valuation);

	if (!result.known)
		return GCV_UNKNOWN;
	return result.value ? GCV_TRUE : GCV_FALSE;
}
