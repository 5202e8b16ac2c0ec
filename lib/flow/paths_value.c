// SPDX-License-Identifier: GPL-2.0-only
/* What is known of values: signs, constants, and what they have to do with the call's result. */
#include "flow/expr.h"
#include "flow/paths_state.h"
#include "flow/program.h"

#include <string.h>

/* Nesting of an expression beyond which nothing is known. */
#define MAX_DEPTH 30

struct gcv_paths_value gcv_paths_unknown(void)
{
	return (struct gcv_paths_value){ .signs = GCV_PATHS_ANY_SIGN };
}

static struct gcv_paths_value of_signs(unsigned int signs)
{
	struct gcv_paths_value value = { .signs = (uint8_t)signs };

	value.is_constant = signs == GCV_PATH_0;
	return value;
}

static unsigned int sign_of(int64_t value)
{
	return value < 0 ? GCV_PATH_NEGATIVE : value > 0 ? GCV_PATH_POSITIVE : GCV_PATH_0;
}

struct gcv_paths_value gcv_paths_constant(int64_t value)
{
	struct gcv_paths_value ret = { .signs = (uint8_t)sign_of(value) };

	if (value >= INT32_MIN && value <= INT32_MAX) {
		ret.is_constant = true;
		ret.constant = (int32_t)value;
	}
	return ret;
}

struct gcv_paths_value gcv_paths_result(const struct gcv_paths_walk *w,
					enum gcv_path_outcome outcome)
{
	struct gcv_paths_value value = of_signs(GCV_PATH_POSITIVE);

	switch (outcome) {
	case GCV_PATH_ERROR:
		value = of_signs(GCV_PATH_NEGATIVE);
		break;
	case GCV_PATH_ZERO:
		value = gcv_paths_constant(0);
		break;
	case GCV_PATH_FULL:
		if (w->input->result == GCV_API_RESULT_ZERO_OR_ERRNO)
			value = gcv_paths_constant(0);
		else if (w->input->result == GCV_API_RESULT_VOID)
			value = gcv_paths_unknown();
		else if (w->requested && (w->input->result == GCV_API_RESULT_COUNT ||
					  w->input->result == GCV_API_RESULT_COUNT_OR_ERRNO))
			value = gcv_paths_constant(w->requested);
		break;
	default:
		break;
	}
	value.tag = GCV_PATHS_TAG_RESULT;
	return value;
}

static struct gcv_paths_value truth(bool can_be_true, bool can_be_false)
{
	if (can_be_true && !can_be_false)
		return gcv_paths_constant(1);
	if (can_be_false && !can_be_true)
		return gcv_paths_constant(0);
	return of_signs(GCV_PATH_0 | GCV_PATH_POSITIVE);
}

static struct gcv_paths_value joined(struct gcv_paths_value a, struct gcv_paths_value b)
{
	struct gcv_paths_value ret = { .signs = a.signs | b.signs,
				       .is_counter = a.is_counter | b.is_counter };

	if (a.is_constant && b.is_constant && a.constant == b.constant) {
		ret.is_constant = true;
		ret.constant = a.constant;
	}
	if (a.tag == b.tag && (a.tag != GCV_PATHS_TAG_INDEX || a.constant == b.constant))
		ret.tag = a.tag;
	if (ret.tag == GCV_PATHS_TAG_INDEX)
		ret.constant = a.constant;
	return ret;
}

static unsigned int add_signs(unsigned int a, unsigned int b)
{
	unsigned int ret = 0;

	if (a & GCV_PATH_0)
		ret |= b;
	if (b & GCV_PATH_0)
		ret |= a;
	ret |= a & b & (GCV_PATH_NEGATIVE | GCV_PATH_POSITIVE);
	if (((a & GCV_PATH_NEGATIVE) && (b & GCV_PATH_POSITIVE)) ||
	    ((a & GCV_PATH_POSITIVE) && (b & GCV_PATH_NEGATIVE)))
		ret = GCV_PATHS_ANY_SIGN;
	return ret;
}

static struct gcv_paths_value negated(struct gcv_paths_value value)
{
	unsigned int signs = value.signs & GCV_PATH_0;

	if (value.is_constant)
		return gcv_paths_constant(-(int64_t)value.constant);
	if (value.signs & GCV_PATH_NEGATIVE)
		signs |= GCV_PATH_POSITIVE;
	if (value.signs & GCV_PATH_POSITIVE)
		signs |= GCV_PATH_NEGATIVE;
	return of_signs(signs);
}

/* GCV_PATHS_TAG_INDEX and a constant that is added. */
static struct gcv_paths_value moved(struct gcv_paths_value index, struct gcv_paths_value sum,
				    int32_t by)
{
	int64_t all = (int64_t)index.constant + by;

	if (sum.is_constant || all < INT16_MIN || all > INT16_MAX)
		return sum;
	sum.tag = GCV_PATHS_TAG_INDEX;
	sum.constant = (int32_t)all;
	return sum;
}

struct gcv_paths_value gcv_paths_sum(struct gcv_paths_value a, struct gcv_paths_value b)
{
	struct gcv_paths_value ret = of_signs(add_signs(a.signs, b.signs));
	bool has_result = a.tag == GCV_PATHS_TAG_RESULT || a.tag == GCV_PATHS_TAG_SUM ||
			  b.tag == GCV_PATHS_TAG_RESULT || b.tag == GCV_PATHS_TAG_SUM;

	if (a.is_constant && !a.constant)
		return b;
	if (b.is_constant && !b.constant)
		return a;
	if (a.tag == GCV_PATHS_TAG_INDEX && b.is_constant)
		return moved(a, ret, b.constant);
	if (b.tag == GCV_PATHS_TAG_INDEX && a.is_constant)
		return moved(b, ret, a.constant);
	/* A result plus a number (the last page of a range) is not the number of pages any more. */
	if (has_result && !(a.is_constant && a.tag == GCV_PATHS_TAG_NONE) &&
	    !(b.is_constant && b.tag == GCV_PATHS_TAG_NONE))
		ret.tag = GCV_PATHS_TAG_SUM;
	if (a.is_constant && b.is_constant) {
		uint8_t tag = ret.tag;

		ret = gcv_paths_constant((int64_t)a.constant + b.constant);
		ret.tag = tag;
	}
	return ret;
}

/* Arithmetic but for sums and comparisons. */
static struct gcv_paths_value arithmetic(enum gcv_op op, struct gcv_paths_value a,
					 struct gcv_paths_value b)
{
	bool is_positive = !((a.signs | b.signs) & GCV_PATH_NEGATIVE);

	switch (op) {
	case GCV_OP_ADD:
		return gcv_paths_sum(a, b);
	case GCV_OP_SUB:
		if (b.is_constant && !b.constant)
			return a;
		b = negated(b);
		b.tag = GCV_PATHS_TAG_NONE;
		if (a.tag != GCV_PATHS_TAG_INDEX)
			a.tag = GCV_PATHS_TAG_NONE;
		return gcv_paths_sum(a, b);
	case GCV_OP_MUL:
		if (a.is_constant && b.is_constant)
			return gcv_paths_constant((int64_t)a.constant * b.constant);
		return is_positive ? of_signs(a.signs | b.signs) : gcv_paths_unknown();
	case GCV_OP_SHL:
		if (a.is_constant && b.is_constant && b.constant >= 0 && b.constant < 31)
			return gcv_paths_constant(a.constant * ((int64_t)1 << b.constant));
		return gcv_paths_unknown();
	case GCV_OP_AND:
		if (!(a.signs & GCV_PATH_NEGATIVE) || !(b.signs & GCV_PATH_NEGATIVE))
			return of_signs(GCV_PATH_0 | GCV_PATH_POSITIVE);
		return gcv_paths_unknown();
	case GCV_OP_OR:
		return is_positive ? of_signs(a.signs | b.signs) : gcv_paths_unknown();
	case GCV_OP_DIV:
	case GCV_OP_REM:
	case GCV_OP_SHR:
		return is_positive ? of_signs(GCV_PATH_0 | GCV_PATH_POSITIVE) : gcv_paths_unknown();
	default:
		return gcv_paths_unknown();
	}
}

static struct gcv_paths_value value_at(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts, uint32_t node,
				       unsigned int depth);

/* Each state asks; the answer lies in the types. */
bool gcv_paths_is_unsigned(const struct gcv_paths_walk *w, uint32_t node)
{
	const struct gcv_body *body = w->input->body;
	const uint32_t *operands = body->nodes[node].children;

	if (!w->is_unsigned[node])
		w->is_unsigned[node] = 1 + (gcv_expr_sign_of_pair(body, operands[0], operands[1]) ==
					    GCV_EXPR_UNSIGNED);
	return w->is_unsigned[node] - 1;
}

/**
 * struct terms - the terms of a sum
 * @constant: those that are constants, together
 * @is_positive: one of the others is more than 0
 * @is_less: one of the others may be taken off, or less than 0
 */
struct terms {
	int64_t constant;
	bool is_positive, is_less;
};

static void add_terms(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		      uint32_t node, bool is_minus, unsigned int depth, struct terms *terms)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	bool is_sum = at->kind == GCV_NODE_BINARY && (at->op == GCV_OP_ADD || at->op == GCV_OP_SUB);
	struct gcv_paths_value value;
	unsigned int bits;

	if (depth && w->place_of[node] == GCV_PATHS_NO_PLACE &&
	    (is_sum || at->kind == GCV_NODE_CAST)) {
		add_terms(w, facts, at->children[0], is_minus, depth - 1, terms);
		if (is_sum)
			add_terms(w, facts, at->children[1], is_minus != (at->op == GCV_OP_SUB),
				  depth - 1, terms);
		return;
	}
	value = value_at(w, facts, node, depth);
	if (value.is_constant && value.tag == GCV_PATHS_TAG_NONE) {
		terms->constant += is_minus ? -(int64_t)value.constant : value.constant;
		return;
	}
	terms->is_positive |= value.signs == GCV_PATH_POSITIVE;
	terms->is_less |= is_minus ||
			  (value.signs & GCV_PATH_NEGATIVE &&
			   gcv_expr_sign(w->input->body, node, &bits) != GCV_EXPR_UNSIGNED);
}

/* (bytes + offset + PAGE_SIZE - 1) / PAGE_SIZE is a page at least, where there are bytes. */
static bool rounds_up(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		      const struct gcv_node *node, struct gcv_paths_value by, unsigned int depth)
{
	int64_t divisor = by.constant;
	struct terms terms = { 0 };

	if (!by.is_constant || by.constant <= 0)
		return false;
	if (node->op == GCV_OP_SHR)
		divisor = by.constant < 31 ? (int64_t)1 << by.constant : 0;
	add_terms(w, facts, node->children[0], false, depth, &terms);
	return divisor && terms.constant >= divisor - 1 && terms.is_positive && !terms.is_less;
}

static struct gcv_paths_value value_of_binary(const struct gcv_paths_walk *w,
					      const struct gcv_paths_facts *facts,
					      const struct gcv_node *node, unsigned int depth)
{
	struct gcv_paths_value a = value_at(w, facts, node->children[0], depth);
	struct gcv_paths_value b = value_at(w, facts, node->children[1], depth);
	unsigned int wanted = gcv_paths_wanted(node->op), relation;

	if (wanted) {
		uint32_t at = (uint32_t)(node - w->input->body->nodes);

		relation = gcv_paths_compare(w, facts, a, b, gcv_paths_is_unsigned(w, at));
		return truth(relation & wanted, relation & ~wanted);
	}
	if (node->op == GCV_OP_LAND)
		return truth(gcv_paths_can_be_true(a) && gcv_paths_can_be_true(b),
			     gcv_paths_can_be_false(a) || gcv_paths_can_be_false(b));
	if (node->op == GCV_OP_LOR)
		return truth(gcv_paths_can_be_true(a) || gcv_paths_can_be_true(b),
			     gcv_paths_can_be_false(a) && gcv_paths_can_be_false(b));
	if (node->op == GCV_OP_COMMA)
		return b;
	if ((node->op == GCV_OP_DIV || node->op == GCV_OP_SHR) &&
	    rounds_up(w, facts, node, b, depth))
		return of_signs(GCV_PATH_POSITIVE);
	return arithmetic(node->op, a, b);
}

static struct gcv_paths_value value_of_unary(const struct gcv_paths_walk *w,
					     const struct gcv_paths_facts *facts,
					     const struct gcv_node *node, unsigned int depth)
{
	struct gcv_paths_value value;

	switch (node->op) {
	case GCV_OP_ADDR:
		return of_signs(GCV_PATH_POSITIVE);
	case GCV_OP_PLUS:
	case GCV_OP_EXTENSION:
	case GCV_OP_PRE_INC:
	case GCV_OP_PRE_DEC:
		return value_at(w, facts, node->children[0], depth);
	case GCV_OP_MINUS:
		return negated(value_at(w, facts, node->children[0], depth));
	case GCV_OP_LNOT:
		value = value_at(w, facts, node->children[0], depth);
		return truth(gcv_paths_can_be_false(value), gcv_paths_can_be_true(value));
	default:
		return gcv_paths_unknown();
	}
}

static struct gcv_paths_value value_of_choice(const struct gcv_paths_walk *w,
					      const struct gcv_paths_facts *facts,
					      const struct gcv_node *node, unsigned int depth)
{
	struct gcv_paths_value condition = value_at(w, facts, node->children[0], depth);
	struct gcv_paths_value yes = condition, no = value_at(w, facts, node->children[2], depth);

	if (w->input->body->nodes[node->children[1]].kind != GCV_NODE_NONE)
		yes = value_at(w, facts, node->children[1], depth);
	else
		yes.signs &= (uint8_t)~GCV_PATH_0;
	if (!gcv_paths_can_be_false(condition))
		return yes;
	if (!gcv_paths_can_be_true(condition))
		return no;
	return joined(yes, no);
}

static const char *callee_of(const struct gcv_paths_walk *w, uint32_t node)
{
	const struct gcv_symbol *symbol = gcv_body_callee(w->input->body, node);

	return symbol && symbol->kind == GCV_SYMBOL_FUNCTION ? symbol->name : "";
}

static struct gcv_paths_value value_of_call(const struct gcv_paths_walk *w,
					    const struct gcv_paths_facts *facts, uint32_t at,
					    unsigned int depth)
{
	const struct gcv_node *node = &w->input->body->nodes[at];
	const char *name = callee_of(w, at);
	struct gcv_paths_value value;
	unsigned int signs;

	if (at == w->input->call)
		return facts->is_current ? gcv_paths_result(w, facts->outcome)
					 : gcv_paths_unknown();
	if (node->nr_children < 2)
		return gcv_paths_unknown();
	value = value_at(w, facts, node->children[1], depth);
	signs = gcv_paths_error_signs(w->input->body, at);
	if (signs)
		return truth(value.signs & signs, value.signs & ~signs);
	if (strcmp(name, "PTR_ERR_OR_ZERO") == 0)
		return value.signs == GCV_PATH_NEGATIVE
			       ? value
			       : of_signs((value.signs & GCV_PATH_NEGATIVE) | GCV_PATH_0);
	if (strcmp(name, "PTR_ERR") == 0 || strcmp(name, "ERR_PTR") == 0 ||
	    strcmp(name, "ERR_CAST") == 0 || strcmp(name, "compound_head") == 0 ||
	    strcmp(name, "_compound_head") == 0 || strcmp(name, "__builtin_expect") == 0)
		return value;
	return gcv_paths_unknown();
}

/* The last statement of ({ … }). */
static struct gcv_paths_value value_of_statements(const struct gcv_paths_walk *w,
						  const struct gcv_paths_facts *facts,
						  const struct gcv_node *node, unsigned int depth)
{
	const struct gcv_node *compound = &w->input->body->nodes[node->children[0]];

	if (compound->kind != GCV_NODE_COMPOUND || !compound->nr_children)
		return gcv_paths_unknown();
	return value_at(w, facts, compound->children[compound->nr_children - 1], depth);
}

static bool is_requested(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			 uint32_t node)
{
	return facts->is_requested_valid && w->input->count != GCV_NONE && !w->requested &&
	       gcv_expr_equal(w->input->body, node, w->input->count);
}

static bool is_written(const struct gcv_body *body, uint32_t array)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *to;

		if (body->nodes[i].kind != GCV_NODE_ASSIGN)
			continue;
		to = &body->nodes[gcv_expr_plain(body, body->nodes[i].children[0])];
		if ((to->kind == GCV_NODE_INDEX || to->kind == GCV_NODE_UNARY) &&
		    gcv_expr_equal(body, to->children[0], array))
			return true;
	}
	return false;
}

/* The first page in a local array that nobody but the call writes to. */
static bool is_first_page(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			  const struct gcv_node *node)
{
	const struct gcv_body *body = w->input->body;
	const struct gcv_node *array;

	if ((facts->outcome != GCV_PATH_PARTIAL && facts->outcome != GCV_PATH_FULL) ||
	    !facts->is_current || w->input->pages == GCV_NONE ||
	    !gcv_expr_equal(body, node->children[0], w->input->pages) ||
	    (node->kind == GCV_NODE_INDEX && !gcv_expr_is_int(body, node->children[1], 0)))
		return false;
	array = &body->nodes[gcv_expr_plain(body, w->input->pages)];
	return array->kind == GCV_NODE_REF && array->symbol != GCV_NONE &&
	       body->symbols[array->symbol].kind == GCV_SYMBOL_LOCAL &&
	       !is_written(body, w->input->pages);
}

static struct gcv_paths_value value_at(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts, uint32_t node,
				       unsigned int depth)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	struct gcv_paths_value value;

	if (w->place_of[node] != GCV_PATHS_NO_PLACE)
		return facts->values[w->place_of[node]];
	if (!depth--)
		return gcv_paths_unknown();
	switch (at->kind) {
	case GCV_NODE_INT:
		return gcv_paths_constant(at->value);
	case GCV_NODE_SIZEOF:
	case GCV_NODE_STRING:
		return of_signs(GCV_PATH_POSITIVE);
	case GCV_NODE_CAST:
		return value_at(w, facts, at->children[0], depth);
	case GCV_NODE_INDEX:
		value = is_first_page(w, facts, at) ? of_signs(GCV_PATH_POSITIVE)
						    : gcv_paths_unknown();
		break;
	case GCV_NODE_UNARY:
		if (at->op == GCV_OP_DEREF && is_first_page(w, facts, at))
			return of_signs(GCV_PATH_POSITIVE);
		return value_of_unary(w, facts, at, depth);
	case GCV_NODE_CALL:
		return value_of_call(w, facts, node, depth);
	case GCV_NODE_ASSIGN:
		value = value_at(w, facts, at->children[0], depth);
		return value.signs == GCV_PATHS_ANY_SIGN && at->op == GCV_OP_ASSIGN
			       ? value_at(w, facts, at->children[1], depth)
			       : value;
	case GCV_NODE_COND:
		return value_of_choice(w, facts, at, depth);
	case GCV_NODE_STMT_EXPR:
		return value_of_statements(w, facts, at, depth);
	case GCV_NODE_BINARY:
		value = value_of_binary(w, facts, at, depth);
		break;
	case GCV_NODE_REF:
		if (w->input->body->symbols[at->symbol].kind == GCV_SYMBOL_ENUM)
			return gcv_paths_constant(w->input->body->symbols[at->symbol].value);
		value = gcv_paths_unknown();
		break;
	default:
		value = gcv_paths_unknown();
		break;
	}
	if (!value.is_constant && is_requested(w, facts, node)) {
		value.tag = GCV_PATHS_TAG_REQUESTED;
		if ((value.signs & GCV_PATH_POSITIVE) &&
		    (facts->outcome == GCV_PATH_PARTIAL || facts->outcome == GCV_PATH_FULL))
			value.signs = GCV_PATH_POSITIVE;
	}
	return value;
}

struct gcv_paths_value gcv_paths_value(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts, uint32_t node)
{
	return value_at(w, facts, node, MAX_DEPTH);
}

void gcv_paths_join(const struct gcv_paths_walk *w, struct gcv_paths_facts *to,
		    const struct gcv_paths_facts *from)
{
	uint32_t i;

	for (i = 0; i < w->nr_places; i++)
		to->values[i] = joined(to->values[i], from->values[i]);
	if (to->known != from->known)
		to->known = 0;
	to->is_requested_valid &= from->is_requested_valid;
	to->returned |= from->returned;
	to->is_result &= from->is_result;
}
