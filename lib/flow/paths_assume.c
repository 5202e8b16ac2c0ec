// SPDX-License-Identifier: GPL-2.0-only
/* What is learned from the edge that a path takes, and whether it can take it at all. */
#include "flow/expr.h"
#include "flow/paths_state.h"

/* The place that an expression is, or that it has just assigned. */
static uint8_t place_of(const struct gcv_paths_walk *w, uint32_t node)
{
	node = gcv_expr_plain(w->input->body, node);
	if (w->input->body->nodes[node].kind == GCV_NODE_ASSIGN)
		return gcv_paths_written(w, node);
	if (w->input->body->nodes[node].kind == GCV_NODE_UNARY &&
	    (w->input->body->nodes[node].op == GCV_OP_PRE_INC ||
	     w->input->body->nodes[node].op == GCV_OP_PRE_DEC))
		return gcv_paths_written(w, node);
	return w->place_of[node];
}

static void set_constant(struct gcv_paths_value *value, int32_t constant)
{
	value->is_constant = true;
	value->constant = constant;
	if (value->tag == GCV_PATHS_TAG_INDEX)
		value->tag = GCV_PATHS_TAG_NONE;
}

/* Keep those signs of a place. @return false where none is left. */
static bool keep_signs(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node,
		       unsigned int signs)
{
	uint8_t place = place_of(w, node);
	struct gcv_paths_value *value;

	if (place == GCV_PATHS_NO_PLACE)
		return true;
	value = &facts->values[place];
	value->signs &= (uint8_t)signs;
	if (value->signs == GCV_PATH_0)
		set_constant(value, 0);
	return value->signs != 0;
}

/* Learn about @left from its relation to @other. */
static bool refine_by(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t left,
		      struct gcv_paths_value other, unsigned int allowed, bool is_unsigned)
{
	uint8_t place = place_of(w, left);
	unsigned int sign, signs = 0;
	struct gcv_paths_value *value;

	if (place == GCV_PATHS_NO_PLACE)
		return true;
	value = &facts->values[place];
	for (sign = 1; sign <= GCV_PATH_POSITIVE; sign <<= 1)
		if ((value->signs & sign) &&
		    (gcv_paths_compare_sign(sign, *value, other, is_unsigned) & allowed))
			signs |= sign;
	if (!keep_signs(w, facts, left, signs))
		return false;
	if (allowed == GCV_PATHS_EQUAL && other.is_constant)
		set_constant(value, other.constant);
	return true;
}

/* if (get_user_pages(…) != 1) tells how many there are. */
static void learn_number(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			 struct gcv_paths_value a, struct gcv_paths_value b, unsigned int wanted)
{
	struct gcv_paths_value number = b.is_constant ? b : a, other = b.is_constant ? a : b;
	bool is_result = other.tag == GCV_PATHS_TAG_RESULT &&
			 (w->input->result == GCV_API_RESULT_COUNT ||
			  w->input->result == GCV_API_RESULT_COUNT_OR_ERRNO);

	if (wanted != GCV_PATHS_EQUAL || !number.is_constant || number.constant <= 0)
		return;
	if ((is_result &&
	     (facts->outcome == GCV_PATH_FULL || facts->outcome == GCV_PATH_PARTIAL)) ||
	    (other.tag == GCV_PATHS_TAG_REQUESTED && facts->outcome == GCV_PATH_FULL)) {
		facts->known = number.constant;
		gcv_paths_learned(w, facts);
	}
}

static bool refine(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node,
		   bool is_true)
{
	const struct gcv_node *at;
	struct gcv_paths_value a, b;
	unsigned int wanted, errors;
	bool is_unsigned;

	node = gcv_expr_plain(w->input->body, node);
	at = &w->input->body->nodes[node];
	errors = at->kind == GCV_NODE_CALL ? gcv_paths_error_signs(w->input->body, node) : 0;
	if (errors && at->nr_children > 1)
		return keep_signs(w, facts, at->children[1], is_true ? errors : ~errors);
	if (at->kind != GCV_NODE_BINARY || !gcv_paths_wanted(at->op))
		return keep_signs(w, facts, node,
				  is_true ? GCV_PATH_NEGATIVE | GCV_PATH_POSITIVE : GCV_PATH_0);
	wanted = is_true ? gcv_paths_wanted(at->op)
			 : ~gcv_paths_wanted(at->op) &
				   (GCV_PATHS_LESS | GCV_PATHS_EQUAL | GCV_PATHS_GREATER);
	is_unsigned = gcv_paths_is_unsigned(w, node);
	a = gcv_paths_value(w, facts, at->children[0]);
	b = gcv_paths_value(w, facts, at->children[1]);
	/* What is positive, and not more than 1, is 1. */
	if (a.is_constant || b.is_constant)
		wanted &= gcv_paths_compare(w, facts, a, b, is_unsigned);
	learn_number(w, facts, a, b, wanted);
	return refine_by(w, facts, at->children[0], b, wanted, is_unsigned) &&
	       refine_by(w, facts, at->children[1], a, gcv_paths_flip(wanted), is_unsigned);
}

/* Nesting of a constant expression beyond which its value is not known. */
#define MAX_DEPTH 12

static bool fold(const struct gcv_body *body, uint32_t at, unsigned int depth, int64_t *ret_value);

static bool fold_binary(const struct gcv_body *body, const struct gcv_node *node,
			unsigned int depth, int64_t *ret_value)
{
	int64_t a, b;

	if (!fold(body, node->children[0], depth, &a) ||
	    !fold(body, node->children[1], depth, &b) || a < INT32_MIN || a > UINT32_MAX ||
	    b < INT32_MIN || b > UINT32_MAX)
		return false;
	switch (node->op) {
	case GCV_OP_ADD:
		*ret_value = a + b;
		return true;
	case GCV_OP_SUB:
		*ret_value = a - b;
		return true;
	case GCV_OP_OR:
		*ret_value = a | b;
		return true;
	case GCV_OP_AND:
		*ret_value = a & b;
		return true;
	case GCV_OP_SHL:
		*ret_value = (int64_t)((uint64_t)a << (b & 31));
		return a >= 0 && b >= 0 && b < 32;
	case GCV_OP_EQ:
		*ret_value = a == b;
		return true;
	case GCV_OP_LT:
		*ret_value = a < b;
		return true;
	case GCV_OP_LAND:
		*ret_value = a && b;
		return true;
	default:
		return false;
	}
}

/* What _IOWR() and its like are made of. */
static bool fold(const struct gcv_body *body, uint32_t at, unsigned int depth, int64_t *ret_value)
{
	const struct gcv_node *node;
	int64_t condition;

	at = gcv_expr_plain(body, at);
	node = &body->nodes[at];
	if (gcv_expr_int(body, at, ret_value))
		return true;
	if (!depth--)
		return false;
	if (node->kind == GCV_NODE_SIZEOF && node->value > 0) {
		*ret_value = node->value;
		return true;
	}
	if (node->kind == GCV_NODE_BINARY)
		return fold_binary(body, node, depth, ret_value);
	return node->kind == GCV_NODE_COND && fold(body, node->children[0], depth, &condition) &&
	       body->nodes[node->children[1]].kind != GCV_NODE_NONE &&
	       fold(body, node->children[condition ? 1 : 2], depth, ret_value);
}

/* The value of a CASE; not constant for a range. */
static struct gcv_paths_value value_of_label(const struct gcv_paths_walk *w,
					     const struct gcv_paths_facts *facts, uint32_t node)
{
	const struct gcv_node *label = &w->input->body->nodes[node];
	int64_t value;

	if (w->input->body->nodes[label->children[1]].kind != GCV_NODE_NONE)
		return gcv_paths_unknown();
	/* An unsigned int is kept as the int of the same bits. */
	if (fold(w->input->body, label->children[0], MAX_DEPTH, &value) && value >= INT32_MIN &&
	    value <= UINT32_MAX)
		return gcv_paths_constant((int32_t)(uint32_t)value);
	return gcv_paths_value(w, facts, label->children[0]);
}

static bool assume_case(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			const struct gcv_cfg_edge *edge)
{
	struct gcv_paths_value value = gcv_paths_value(w, facts, edge->condition);
	struct gcv_paths_value wanted = value_of_label(w, facts, edge->label);

	if (!wanted.is_constant)
		return true;
	if (!(gcv_paths_compare(w, facts, value, wanted, false) & GCV_PATHS_EQUAL))
		return false;
	return refine_by(w, facts, edge->condition, wanted, GCV_PATHS_EQUAL, false);
}

/* The default is not taken where the value is that of a case. */
static bool assume_default(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			   const struct gcv_cfg_edge *edge)
{
	const struct gcv_cfg_block *block = &w->input->cfg->blocks[edge->from];
	struct gcv_paths_value value = gcv_paths_value(w, facts, edge->condition);
	uint32_t i;

	for (i = 0; i < block->nr_out && value.is_constant; i++) {
		const struct gcv_cfg_edge *other = &w->input->cfg->edges[block->out[i]];
		struct gcv_paths_value label;

		if (other->sense != GCV_CFG_CASE)
			continue;
		label = value_of_label(w, facts, other->label);
		if (label.is_constant && label.constant == value.constant)
			return false;
	}
	return true;
}

bool gcv_paths_assume(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		      const struct gcv_cfg_edge *edge)
{
	struct gcv_paths_value value;

	switch (edge->sense) {
	case GCV_CFG_TRUE:
	case GCV_CFG_FALSE:
		value = gcv_paths_value(w, facts, edge->condition);
		if (edge->sense == GCV_CFG_TRUE ? !gcv_paths_can_be_true(value)
						: !gcv_paths_can_be_false(value))
			return false;
		return refine(w, facts, edge->condition, edge->sense == GCV_CFG_TRUE);
	case GCV_CFG_CASE:
		return assume_case(w, facts, edge);
	case GCV_CFG_DEFAULT:
		return assume_default(w, facts, edge);
	default:
		return true;
	}
}
