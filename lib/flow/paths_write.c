// SPDX-License-Identifier: GPL-2.0-only
/* What the nodes of a path write into the places that are followed. */
#include "flow/expr.h"
#include "flow/paths_state.h"

/* Forget what is reached from @symbol, and the variable itself if @whole. */
static void forget(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t symbol,
		   bool whole)
{
	uint32_t i;

	for (i = 0; i < w->nr_places; i++)
		if (w->places[i].symbol == symbol && (whole || w->places[i].nr_fields))
			facts->values[i] = gcv_paths_unknown();
}

/* The requested count is not that expression's value any more. */
static void spoil_requested(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			    uint32_t symbol)
{
	if (w->input->count != GCV_NONE &&
	    gcv_expr_uses_symbol(w->input->body, w->input->count, symbol))
		facts->is_requested_valid = false;
}

static struct gcv_paths_value stepped(struct gcv_paths_value value, bool is_up)
{
	static const uint8_t up[] = { 0, 3, 4, 7, 4, 7, 4, 7 };
	static const uint8_t down[] = { 0, 1, 1, 1, 6, 7, 7, 7 };

	value.signs = is_up ? up[value.signs & 7] : down[value.signs & 7];
	return (struct gcv_paths_value){ .signs = value.signs, .is_counter = true };
}

static struct gcv_paths_value assigned(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts,
				       const struct gcv_node *node)
{
	struct gcv_paths_value old, new = gcv_paths_value(w, facts, node->children[1]);
	bool is_constant = new.is_constant;

	if (node->op == GCV_OP_ASSIGN)
		return new;
	old = gcv_paths_value(w, facts, node->children[0]);
	if (node->op != GCV_OP_ADD)
		return gcv_paths_unknown();
	new = gcv_paths_sum(old, new);
	/* In a loop a sum of constants would be another one each time. */
	if (is_constant && new.signs != GCV_PATH_0)
		new.is_constant = false, new.constant = 0;
	return new;
}

/* What a call that takes the place of the result has to do with it; GCV_PATHS_TAG_NONE where it
 * does not take its place.
 */
static enum gcv_paths_tag successor(const struct gcv_paths_walk *w,
				    const struct gcv_paths_facts *facts, uint32_t value,
				    uint8_t place)
{
	const struct gcv_body *body = w->input->body;
	enum gcv_paths_tag tag = GCV_PATHS_TAG_STALE;
	uint32_t i, end;

	value = gcv_expr_plain(body, value);
	if (place != w->result_place || !facts->is_current ||
	    body->nodes[value].kind != GCV_NODE_CALL || value == w->input->call ||
	    gcv_paths_value(w, facts, value).tag != GCV_PATHS_TAG_NONE)
		return GCV_PATHS_TAG_NONE;
	end = gcv_expr_end(body, value);
	for (i = value; i < end; i++) {
		enum gcv_paths_tag told = w->place_of[i] == GCV_PATHS_NO_PLACE
						  ? GCV_PATHS_TAG_NONE
						  : facts->values[w->place_of[i]].tag;

		if (told == GCV_PATHS_TAG_RESULT || told == GCV_PATHS_TAG_REQUESTED)
			tag = GCV_PATHS_TAG_DERIVED;
		else if (told != GCV_PATHS_TAG_NONE)
			return GCV_PATHS_TAG_NONE;
	}
	return tag;
}

static void write_place(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			uint32_t node, uint8_t place)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	enum gcv_paths_tag tag = GCV_PATHS_TAG_NONE;
	struct gcv_paths_value value;

	if (at->kind == GCV_NODE_VAR)
		value = w->input->body->nodes[at->children[0]].kind == GCV_NODE_NONE
				? gcv_paths_unknown()
				: gcv_paths_value(w, facts, at->children[0]);
	else if (at->kind == GCV_NODE_ASSIGN)
		value = assigned(w, facts, at);
	else
		value = stepped(facts->values[place],
				at->op == GCV_OP_POST_INC || at->op == GCV_OP_PRE_INC);
	if (at->kind == GCV_NODE_ASSIGN && at->op == GCV_OP_ASSIGN)
		tag = successor(w, facts, at->children[1], place);
	if (tag != GCV_PATHS_TAG_NONE)
		value.tag = (uint8_t)tag;
	/* Another object: its fields have other values. */
	if (!w->places[place].nr_fields)
		forget(w, facts, w->places[place].symbol, false);
	facts->values[place] = value;
}

/* A write to a place that is not followed, but may be the base of one, or part of the count. */
static void write_other(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			uint32_t node)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	uint32_t target = node;

	if (at->kind != GCV_NODE_VAR)
		target = gcv_expr_plain(w->input->body, at->children[0]);
	if (w->input->body->nodes[target].symbol == GCV_NONE)
		return;
	if (w->input->body->nodes[target].kind != GCV_NODE_MEMBER)
		forget(w, facts, w->input->body->nodes[target].symbol, true);
	spoil_requested(w, facts, w->input->body->nodes[target].symbol);
}

/* A call may write what it gets the address of, and fields of objects that it gets. */
static void write_by_call(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			  uint32_t node)
{
	const struct gcv_body *body = w->input->body;
	const struct gcv_node *at = &body->nodes[node];
	uint32_t i, arg, inner;
	uint8_t place;

	for (i = 1; i < at->nr_children; i++) {
		arg = gcv_expr_plain(body, at->children[i]);
		if (body->nodes[arg].kind == GCV_NODE_REF) {
			forget(w, facts, body->nodes[arg].symbol, false);
			continue;
		}
		if (body->nodes[arg].kind != GCV_NODE_UNARY || body->nodes[arg].op != GCV_OP_ADDR)
			continue;
		inner = gcv_expr_plain(body, body->nodes[arg].children[0]);
		if (body->nodes[inner].symbol == GCV_NONE)
			continue;
		place = w->place_of[inner];
		if (place != GCV_PATHS_NO_PLACE)
			facts->values[place] = gcv_paths_unknown();
		if (body->nodes[inner].kind == GCV_NODE_REF)
			forget(w, facts, body->nodes[inner].symbol, true);
		spoil_requested(w, facts, body->nodes[inner].symbol);
	}
}

static void write_by_asm(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			 uint32_t node)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	uint32_t i;

	for (i = 0; i < at->nr_children; i++)
		if (w->place_of[at->children[i]] != GCV_PATHS_NO_PLACE)
			facts->values[w->place_of[at->children[i]]] = gcv_paths_unknown();
}

/* The number of pages is put where others may find it: obj->nr_pages = n, *pinned += n */
static void note_record(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			uint32_t node)
{
	const struct gcv_body *body = w->input->body;
	const struct gcv_node *at = &body->nodes[node];
	const struct gcv_node *target;
	struct gcv_paths_value value;

	if (facts->outcome != GCV_PATH_PARTIAL && facts->outcome != GCV_PATH_FULL)
		return;
	target = &body->nodes[gcv_expr_plain(body, at->children[0])];
	if (target->kind == GCV_NODE_REF)
		return;
	if (facts->is_recorded) {
		/* And taken back: obj->nr_pages = 0 */
		if (facts->record && at->kind == GCV_NODE_ASSIGN && at->op == GCV_OP_ASSIGN &&
		    gcv_expr_is_int(body, at->children[1], 0) &&
		    gcv_expr_equal(body, at->children[0], body->nodes[facts->record].children[0]))
			facts->is_recorded = 0, facts->record = 0;
		return;
	}
	if (at->kind == GCV_NODE_ASSIGN) {
		value = gcv_paths_value(w, facts, at->children[1]);
		if ((value.tag == GCV_PATHS_TAG_NONE || value.tag == GCV_PATHS_TAG_STALE ||
		     value.tag == GCV_PATHS_TAG_DERIVED) &&
		    !(value.is_constant && w->requested && value.constant == w->requested))
			return;
	}
	facts->is_recorded = true;
	facts->record = node <= GCV_PATHS_RECORD_MAX ? (uint16_t)node : 0;
}

void gcv_paths_write(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node)
{
	const struct gcv_node *at = &w->input->body->nodes[node];
	uint8_t place = gcv_paths_written(w, node);
	bool is_step = at->kind == GCV_NODE_UNARY && at->op >= GCV_OP_POST_INC &&
		       at->op <= GCV_OP_PRE_DEC;

	if (at->kind == GCV_NODE_ASSIGN || is_step)
		note_record(w, facts, node);
	if (place != GCV_PATHS_NO_PLACE)
		write_place(w, facts, node, place);
	if (at->kind == GCV_NODE_VAR || at->kind == GCV_NODE_ASSIGN || is_step)
		if (place == GCV_PATHS_NO_PLACE)
			write_other(w, facts, node);
		else
			spoil_requested(w, facts,
					w->places[place].nr_fields ? w->places[place].fields[0]
								   : w->places[place].symbol);
	else if (at->kind == GCV_NODE_CALL)
		write_by_call(w, facts, node);
	else if (at->kind == GCV_NODE_ASM)
		write_by_asm(w, facts, node);
}
