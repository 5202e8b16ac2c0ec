// SPDX-License-Identifier: GPL-2.0-only
/* What becomes of the pages on a path: they are acquired, released, handed over. */
#include "flow/expr.h"
#include "flow/paths_state.h"

static bool has_pages(const struct gcv_paths_facts *facts)
{
	return facts->outcome == GCV_PATH_PARTIAL || facts->outcome == GCV_PATH_FULL;
}

static bool counts_pages(const struct gcv_paths_walk *w)
{
	return w->input->result == GCV_API_RESULT_COUNT ||
	       w->input->result == GCV_API_RESULT_COUNT_OR_ERRNO;
}

static bool is_one_page(const struct gcv_paths_walk *w)
{
	return w->input->count == GCV_NONE || w->requested == 1;
}

static enum gcv_path_match match_constant(const struct gcv_paths_walk *w,
					  const struct gcv_paths_facts *facts, int64_t count)
{
	int64_t requested = is_one_page(w) ? 1 : w->requested;

	if (!has_pages(facts))
		return GCV_PATH_MATCH_MORE;
	if (!requested)
		return GCV_PATH_MATCH_UNKNOWN;
	if (count > requested || (count == requested && facts->outcome == GCV_PATH_PARTIAL))
		return GCV_PATH_MATCH_MORE;
	if (facts->outcome == GCV_PATH_PARTIAL)
		return GCV_PATH_MATCH_UNKNOWN;
	return count == requested ? GCV_PATH_MATCH_SAME : GCV_PATH_MATCH_FEWER;
}

struct amount {
	enum gcv_path_count count;
	enum gcv_path_match match;
	bool is_negative, is_unsure, is_none;
};

static struct amount amount_of_value(const struct gcv_paths_walk *w,
				     const struct gcv_paths_facts *facts,
				     struct gcv_paths_value value)
{
	struct amount ret = { .count = GCV_PATH_COUNT_OTHER };

	ret.is_none = !(value.signs & GCV_PATH_POSITIVE);
	ret.is_unsure = value.signs & GCV_PATH_NEGATIVE;
	/* What may be negative as well as not is no evidence, if it is not the result itself. */
	ret.is_negative = value.signs == GCV_PATH_NEGATIVE ||
			  ((value.signs & GCV_PATH_NEGATIVE) && value.tag == GCV_PATHS_TAG_RESULT);
	if ((value.tag == GCV_PATHS_TAG_RESULT || value.tag == GCV_PATHS_TAG_SUM) &&
	    counts_pages(w)) {
		ret.count = value.tag == GCV_PATHS_TAG_RESULT ? GCV_PATH_COUNT_RETURNED
							      : GCV_PATH_COUNT_SUM;
		ret.match = has_pages(facts) || value.tag == GCV_PATHS_TAG_SUM
				    ? GCV_PATH_MATCH_SAME
				    : GCV_PATH_MATCH_MORE;
	} else if (value.tag == GCV_PATHS_TAG_REQUESTED) {
		ret.count = GCV_PATH_COUNT_REQUESTED;
		ret.match = facts->outcome == GCV_PATH_FULL ? GCV_PATH_MATCH_SAME
							    : GCV_PATH_MATCH_MORE;
	} else if (value.tag == GCV_PATHS_TAG_STALE) {
		ret.count = GCV_PATH_COUNT_STALE;
	} else if (value.tag == GCV_PATHS_TAG_DERIVED) {
		ret.count = GCV_PATH_COUNT_DERIVED;
	} else if (value.is_constant) {
		ret.count = w->requested && value.constant == w->requested
				    ? GCV_PATH_COUNT_REQUESTED
				    : GCV_PATH_COUNT_CONSTANT;
		ret.match = match_constant(w, facts, value.constant);
	}
	return ret;
}

/* The number of pages there are, or 0 where it is not known. */
static int64_t number_of_pages(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts)
{
	if (is_one_page(w))
		return 1;
	if (facts->known)
		return facts->known;
	return facts->outcome == GCV_PATH_PARTIAL ? 0 : w->requested;
}

/* The value of an expression without the constants that are added to it. */
static struct gcv_paths_value base_value(const struct gcv_paths_walk *w,
					 const struct gcv_paths_facts *facts, uint32_t node,
					 int64_t *ret_more)
{
	const struct gcv_body *body = w->input->body;
	int64_t constant;

	*ret_more = 0;
	node = gcv_expr_plain(body, node);
	while (w->place_of[node] == GCV_PATHS_NO_PLACE &&
	       body->nodes[node].kind == GCV_NODE_BINARY &&
	       (body->nodes[node].op == GCV_OP_ADD || body->nodes[node].op == GCV_OP_SUB) &&
	       gcv_expr_int(body, body->nodes[node].children[1], &constant) &&
	       constant >= INT16_MIN && constant <= INT16_MAX) {
		*ret_more += body->nodes[node].op == GCV_OP_ADD ? constant : -constant;
		node = gcv_expr_plain(body, body->nodes[node].children[0]);
	}
	return gcv_paths_value(w, facts, node);
}

/* Where a release ends: @rel pages behind the last one there is, or at least so many. */
struct range_end {
	int64_t rel;
	bool is_known, is_least;
};

static struct range_end end_of(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			       const struct gcv_paths_event *event)
{
	struct gcv_paths_value value = gcv_paths_constant(0);
	int64_t nr = number_of_pages(w, facts), more = 0;

	if (event->count != GCV_NONE)
		value = base_value(w, facts, event->count, &more);
	else if (event->loop != GCV_NONE)
		return (struct range_end){ 0 };
	more += event->more;
	if (value.tag == GCV_PATHS_TAG_RESULT && counts_pages(w))
		return (struct range_end){ .rel = more, .is_known = true };
	if (value.tag == GCV_PATHS_TAG_REQUESTED)
		return (struct range_end){ .rel = more + (facts->outcome == GCV_PATH_PARTIAL),
					   .is_known = true,
					   .is_least = facts->outcome == GCV_PATH_PARTIAL };
	if (!value.is_constant)
		return (struct range_end){ 0 };
	if (nr)
		return (struct range_end){ .rel = value.constant + more - nr, .is_known = true };
	if (facts->outcome == GCV_PATH_PARTIAL && w->requested)
		return (struct range_end){ .rel = value.constant + more - w->requested + 1,
					   .is_known = true,
					   .is_least = true };
	/* One page of several. */
	return (struct range_end){ .rel = -1,
				   .is_known = facts->outcome == GCV_PATH_FULL && counts_pages(w) &&
					       value.constant + more == 1 };
}

static enum gcv_path_match match_of(const struct gcv_paths_event *event, struct range_end end)
{
	if (!end.is_known)
		return GCV_PATH_MATCH_UNKNOWN;
	if (end.rel > 0)
		return GCV_PATH_MATCH_MORE;
	if (end.is_least)
		return GCV_PATH_MATCH_UNKNOWN;
	return end.rel < 0 || event->first > 0 ? GCV_PATH_MATCH_FEWER : GCV_PATH_MATCH_SAME;
}

static bool is_constant_end(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			    const struct gcv_paths_event *event, int64_t *ret_end)
{
	struct gcv_paths_value value = gcv_paths_constant(0);
	int64_t more = 0;

	if (event->count != GCV_NONE)
		value = base_value(w, facts, event->count, &more);
	else if (event->loop != GCV_NONE)
		return false;
	*ret_end = value.constant + more + event->more;
	return value.is_constant;
}

/* Pages behind these begin where these end. */
static bool is_count(struct gcv_paths_value value)
{
	return value.tag == GCV_PATHS_TAG_RESULT || value.tag == GCV_PATHS_TAG_REQUESTED;
}

/* A release of other slots of the same array. */
static bool is_beside(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		      const struct gcv_paths_event *event)
{
	int64_t nr = is_one_page(w) ? 1 : w->requested, end;

	if (event->offset != GCV_NONE)
		return has_pages(facts) && is_count(gcv_paths_value(w, facts, event->offset));
	if (!event->is_placed || event->is_indexed || event->is_all)
		return false;
	return (nr && event->first >= nr) ||
	       (is_constant_end(w, facts, event, &end) && end <= 0 && event->first < 0);
}

/* Of an array that is filled page by page: is the last page before the end of the release? */
static enum gcv_path_match match_indexed(const struct gcv_paths_walk *w,
					 const struct gcv_paths_facts *facts,
					 const struct gcv_paths_event *event)
{
	struct gcv_paths_value value;
	int64_t more;

	if (event->count == GCV_NONE)
		return GCV_PATH_MATCH_UNKNOWN;
	value = base_value(w, facts, event->count, &more);
	if (value.tag != GCV_PATHS_TAG_INDEX)
		return GCV_PATH_MATCH_UNKNOWN;
	more += value.constant + event->more;
	return more <= 0   ? GCV_PATH_MATCH_FEWER
	       : more == 1 ? GCV_PATH_MATCH_SAME
			   : GCV_PATH_MATCH_MORE;
}

/* How the released pages lie in the array beside those that there are. */
static struct amount placed(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			    const struct gcv_paths_event *event, struct amount amount)
{
	if (event->is_placed && !event->is_indexed && has_pages(facts) &&
	    amount.count != GCV_PATH_COUNT_SUM)
		amount.match = match_of(event, end_of(w, facts, event));
	if (event->is_placed && event->is_indexed && has_pages(facts) &&
	    amount.match == GCV_PATH_MATCH_UNKNOWN)
		amount.match = match_indexed(w, facts, event);
	if (event->is_shared && has_pages(facts) && amount.match == GCV_PATH_MATCH_MORE)
		amount.match = GCV_PATH_MATCH_UNKNOWN;
	return amount;
}

static struct amount amount_of(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			       const struct gcv_paths_event *event)
{
	struct amount amount = { .count = GCV_PATH_COUNT_OTHER };

	if (event->is_all)
		return (struct amount){ .count = GCV_PATH_COUNT_ALL, .match = GCV_PATH_MATCH_SAME };
	if (event->count != GCV_NONE)
		amount = amount_of_value(w, facts, gcv_paths_value(w, facts, event->count));
	else if (event->loop == GCV_NONE)
		amount = (struct amount){ .count = GCV_PATH_COUNT_CONSTANT,
					  .match = match_constant(w, facts, 1) };
	return placed(w, facts, event, amount);
}

void gcv_paths_learned(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts)
{
	const struct gcv_paths_event *event;

	if (facts->release == GCV_NONE || facts->match != GCV_PATH_MATCH_FEWER)
		return;
	event = &w->events[facts->release];
	if (event->is_placed && !event->is_indexed && event->count == GCV_NONE &&
	    event->loop == GCV_NONE)
		facts->match = match_of(event, end_of(w, facts, event));
}

/* The way back after a failed page, which does not reach the page before it. */
static bool is_short_way_back(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			      const struct gcv_paths_event *event)
{
	struct gcv_paths_value value;
	int64_t more;

	if (!event->is_indexed || event->count == GCV_NONE || !facts->had_others)
		return false;
	value = base_value(w, facts, event->count, &more);
	return value.tag == GCV_PATHS_TAG_INDEX && value.constant + more + event->more < 0;
}

/* Does a negative count stop the release before it does anything? */
static bool stops_at_negative(const struct gcv_paths_walk *w, const struct gcv_paths_event *event)
{
	unsigned int bits;

	if (event->loop == GCV_NONE)
		return event->is_signed;
	return !event->is_endless &&
	       gcv_expr_sign(w->input->body, event->count, &bits) != GCV_EXPR_UNSIGNED;
}

static void note_release(struct gcv_paths_facts *facts, uint32_t node,
			 const struct gcv_paths_event *event, struct amount amount)
{
	facts->release = node;
	facts->count = amount.count;
	facts->match = amount.match;
	facts->is_negative = amount.is_negative;
	facts->is_unsure = amount.is_unsure && !amount.is_negative;
	facts->is_null_checked = event->is_null_checked;
	facts->may_be_empty = amount.match == GCV_PATH_MATCH_MORE;
	facts->is_early = event->is_indirect && facts->handed_over == GCV_NONE && has_pages(facts);
}

/* Is it certain that both releases gave back the same pages? */
static bool is_twice(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		     uint32_t node, struct amount amount)
{
	return facts->end == GCV_PATH_RELEASED && facts->release != node &&
	       !w->events[facts->release].is_some && !w->events[node].is_some &&
	       (facts->match == GCV_PATH_MATCH_SAME || facts->match == GCV_PATH_MATCH_MORE) &&
	       (amount.match == GCV_PATH_MATCH_SAME || amount.match == GCV_PATH_MATCH_MORE);
}

uint32_t gcv_paths_variable(const struct gcv_paths_input *input)
{
	const struct gcv_node *node;

	if (input->pages == GCV_NONE)
		return GCV_NONE;
	node = &input->body->nodes[gcv_expr_plain(input->body, input->pages)];
	if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_ADDR)
		node = &input->body->nodes[gcv_expr_plain(input->body, node->children[0])];
	return node->kind == GCV_NODE_REF ? node->symbol : GCV_NONE;
}

/* Is it by the variable that has got other pages since that a release finds them? */
static bool is_of_others(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			 uint32_t node)
{
	return facts->is_replaced && facts->end == GCV_PATH_RELEASED &&
	       gcv_expr_uses_symbol(w->input->body, node, gcv_paths_variable(w->input));
}

static void release(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node)
{
	const struct gcv_paths_event *event = &w->events[node];
	struct amount amount;

	if (facts->is_over)
		return;
	if (is_beside(w, facts, event) || is_of_others(w, facts, node))
		return;
	amount = amount_of(w, facts, event);
	/* In pieces: what one of them leaves is another's. */
	if (facts->release != GCV_NONE && facts->release != node &&
	    (facts->match == GCV_PATH_MATCH_FEWER || amount.match == GCV_PATH_MATCH_FEWER))
		amount.match = GCV_PATH_MATCH_UNKNOWN;
	if (amount.is_none && (!amount.is_negative || stops_at_negative(w, event))) {
		/* Nothing is released, but it is worth knowing that the count was negative. */
		if (amount.is_negative && facts->release == GCV_NONE)
			note_release(facts, node, event, amount);
		return;
	}
	if (facts->release == node && facts->end != GCV_PATH_LEAKED &&
	    facts->end != GCV_PATH_NOTHING)
		return;
	if (!has_pages(facts)) {
		if (is_short_way_back(w, facts, event)) {
			amount.match = GCV_PATH_MATCH_FEWER;
			note_release(facts, node, event, amount);
			return;
		}
		/* Who releases whatever there is, releases nothing; or the pages of other rounds.
		 */
		if (event->is_all ||
		    (facts->had_others && amount.count != GCV_PATH_COUNT_RETURNED &&
		     amount.count != GCV_PATH_COUNT_REQUESTED))
			return;
		facts->end = GCV_PATH_RELEASED_NOTHING;
	} else if (is_twice(w, facts, node, amount)) {
		facts->first_release = facts->release;
		facts->end = GCV_PATH_RELEASED_TWICE;
	} else if (facts->end != GCV_PATH_RELEASED_TWICE) {
		facts->end = GCV_PATH_RELEASED;
	}
	note_release(facts, node, event, amount);
}

void gcv_paths_event(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node)
{
	switch (w->events[node].effect) {
	case GCV_PATHS_RELEASE:
		release(w, facts, node);
		break;
	case GCV_PATHS_HAND_OVER:
		if (!has_pages(facts))
			break;
		facts->handed_over = node;
		if (facts->end == GCV_PATH_LEAKED)
			facts->end = GCV_PATH_HANDED_OVER;
		break;
	case GCV_PATHS_FREE:
		if (facts->end == GCV_PATH_LEAKED)
			facts->end = GCV_PATH_FREED;
		break;
	case GCV_PATHS_REPLACE:
		facts->is_replaced = facts->end == GCV_PATH_RELEASED;
		break;
	case GCV_PATHS_RENEW:
		if (has_pages(facts))
			facts->is_over = true;
		break;
	default:
		break;
	}
}

bool gcv_paths_is_possible(const struct gcv_paths_walk *w, enum gcv_path_outcome outcome)
{
	static const unsigned int possible[] = {
		[GCV_API_RESULT_VOID] = 1u << GCV_PATH_FULL,
		[GCV_API_RESULT_COUNT] = 1u << GCV_PATH_ZERO | 1u << GCV_PATH_PARTIAL |
					 1u << GCV_PATH_FULL,
		[GCV_API_RESULT_ZERO_OR_ERRNO] = 1u << GCV_PATH_ERROR | 1u << GCV_PATH_FULL,
		[GCV_API_RESULT_PAGE_OR_NULL] = 1u << GCV_PATH_ZERO | 1u << GCV_PATH_FULL,
		[GCV_API_RESULT_PAGE_OR_ERR] = 1u << GCV_PATH_ERROR | 1u << GCV_PATH_FULL,
		[GCV_API_RESULT_BOOL] = 1u << GCV_PATH_ZERO | 1u << GCV_PATH_FULL,
	};
	unsigned int outcomes = 1u << GCV_PATH_ERROR | 1u << GCV_PATH_ZERO |
				1u << GCV_PATH_PARTIAL | 1u << GCV_PATH_FULL;

	if (w->input->result < sizeof(possible) / sizeof(possible[0]) && possible[w->input->result])
		outcomes = possible[w->input->result];
	if (is_one_page(w))
		outcomes &= ~(1u << GCV_PATH_PARTIAL);
	return outcomes >> outcome & 1;
}

/* The variable whose address the call gets for a single page, or GCV_NONE. */
static uint32_t page_variable(const struct gcv_paths_walk *w)
{
	const struct gcv_body *body = w->input->body;
	uint32_t at;

	if (w->input->pages == GCV_NONE || !is_one_page(w))
		return GCV_NONE;
	at = gcv_expr_plain(body, w->input->pages);
	if (body->nodes[at].kind != GCV_NODE_UNARY || body->nodes[at].op != GCV_OP_ADDR)
		return GCV_NONE;
	at = gcv_expr_plain(body, body->nodes[at].children[0]);
	return body->nodes[at].kind == GCV_NODE_REF ? at : GCV_NONE;
}

bool gcv_paths_is_overwritten(const struct gcv_paths_walk *w)
{
	const struct gcv_body *body = w->input->body;
	uint32_t variable = page_variable(w), i, value;

	if (variable == GCV_NONE)
		return false;
	for (i = 0; i < body->nr_nodes; i++) {
		if (body->nodes[i].kind != GCV_NODE_ASSIGN && body->nodes[i].kind != GCV_NODE_VAR)
			continue;
		value = body->nodes[i].children[body->nodes[i].kind == GCV_NODE_ASSIGN];
		if (gcv_expr_uses_symbol(body, value, body->nodes[variable].symbol) &&
		    !gcv_expr_contains(body, value, w->input->call))
			return false;
	}
	return true;
}

/* The page that came through a pointer: not NULL where there is one. */
static void set_page(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		     struct gcv_paths_value before)
{
	uint32_t variable = page_variable(w);
	uint8_t place;

	if (variable == GCV_NONE)
		return;
	place = w->place_of[variable];
	if (place == GCV_PATHS_NO_PLACE)
		return;
	facts->values[place] = before;
	if (has_pages(facts))
		facts->values[place] = (struct gcv_paths_value){ .signs = GCV_PATH_POSITIVE };
}

/*
 * The place that a variable was copied from, where only the assignment reaches the call and nothing
 * that stands between them writes it: i = obj->nr_pages;
 */
static uint8_t copied_from(const struct gcv_paths_walk *w, uint32_t variable)
{
	const struct gcv_body *body = w->input->body;
	const struct gcv_reach_def *def;
	uint32_t nr, i;
	const uint32_t *defs = gcv_reach_at(w->input->reach, variable, &nr);
	uint8_t place;

	if (nr != 1)
		return GCV_PATHS_NO_PLACE;
	def = &w->input->reach->defs[defs[0]];
	if (def->kind != GCV_REACH_ASSIGN || body->nodes[def->node].op != GCV_OP_ASSIGN ||
	    def->node > w->input->call)
		return GCV_PATHS_NO_PLACE;
	place = w->place_of[gcv_expr_plain(body, body->nodes[def->node].children[1])];
	for (i = def->node; place != GCV_PATHS_NO_PLACE && i < w->input->call; i++)
		if (gcv_paths_written(w, i) == place)
			return GCV_PATHS_NO_PLACE;
	return place;
}

/* Pages are acquired one by one into slots of an array: &pages[i], pages + i. */
static void set_index(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts)
{
	const struct gcv_body *body = w->input->body;
	const struct gcv_node *node;
	uint8_t place;

	if (w->input->pages == GCV_NONE || !is_one_page(w))
		return;
	node = &body->nodes[gcv_expr_plain(body, w->input->pages)];
	if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_ADDR)
		node = &body->nodes[gcv_expr_plain(body, node->children[0])];
	if (node->kind != GCV_NODE_INDEX &&
	    (node->kind != GCV_NODE_BINARY || node->op != GCV_OP_ADD))
		return;
	place = w->place_of[gcv_expr_plain(body, node->children[1])];
	if (place == GCV_PATHS_NO_PLACE || facts->values[place].is_constant)
		return;
	facts->values[place].tag = GCV_PATHS_TAG_INDEX;
	facts->values[place].constant = 0;
	place = copied_from(w, gcv_expr_plain(body, node->children[1]));
	if (place == GCV_PATHS_NO_PLACE || facts->values[place].is_constant)
		return;
	facts->values[place].tag = GCV_PATHS_TAG_INDEX;
	facts->values[place].constant = 0;
}

/* Who got pages has asked for some, and nobody asks for so many that an int turns negative. */
static unsigned int signs_of_requested(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts)
{
	unsigned int bits;

	if (has_pages(facts))
		return GCV_PATH_POSITIVE;
	if (gcv_expr_sign(w->input->body, w->input->count, &bits) == GCV_EXPR_UNSIGNED)
		return GCV_PATH_0 | GCV_PATH_POSITIVE;
	return GCV_PATHS_ANY_SIGN;
}

void gcv_paths_begin(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		     enum gcv_path_outcome outcome)
{
	struct gcv_paths_value before = gcv_paths_unknown();
	uint32_t variable = page_variable(w), count;
	uint8_t place;

	if (variable != GCV_NONE && w->place_of[variable] != GCV_PATHS_NO_PLACE)
		before = facts->values[w->place_of[variable]];
	gcv_paths_write(w, facts, w->input->call);
	facts->outcome = (uint8_t)outcome;
	facts->end = has_pages(facts) ? GCV_PATH_LEAKED : GCV_PATH_NOTHING;
	facts->release = facts->first_release = facts->handed_over = GCV_NONE;
	facts->count = facts->match = facts->is_negative = facts->may_be_empty = 0;
	facts->is_null_checked = facts->is_unsure = 0;
	facts->is_early = facts->is_recorded = facts->is_replaced = 0;
	facts->record = 0;
	facts->known = 0;
	facts->is_current = true;
	facts->is_requested_valid = true;
	set_page(w, facts, before);
	set_index(w, facts);
	if (w->input->count == GCV_NONE)
		return;
	count = gcv_expr_plain(w->input->body, w->input->count);
	place = w->place_of[count];
	if (place != GCV_PATHS_NO_PLACE && !facts->values[place].is_constant) {
		facts->values[place].tag = GCV_PATHS_TAG_REQUESTED;
		facts->values[place].signs &= (uint8_t)signs_of_requested(w, facts);
		if (!facts->values[place].signs)
			facts->values[place].signs = GCV_PATHS_ANY_SIGN;
	}
}
