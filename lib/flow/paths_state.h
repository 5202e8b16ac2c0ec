/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of flow/paths.h: what is known at a point of a path. Known are the values of some places:
 * scalar local variables, and fields of what they hold or point to (req->nr_pages).
 *
 *	gcv_paths_find_places(w);
 *	value = gcv_paths_value(w, state, node);
 *	if (gcv_paths_assume(w, state, condition, true))
 *		…possible; @state knows what follows from it…
 */
#ifndef GCV_FLOW_PATHS_STATE_H
#define GCV_FLOW_PATHS_STATE_H

#include "base/map64.h"
#include "flow/paths.h"

/** GCV_PATHS_PLACES - places that are followed */
#define GCV_PATHS_PLACES 32u
/** GCV_PATHS_RECORD_MAX - last node that a fact can name in 16 bits */
#define GCV_PATHS_RECORD_MAX 0xffffu
/** GCV_PATHS_NO_PLACE - no place that is followed */
#define GCV_PATHS_NO_PLACE 0xffu
/** GCV_PATHS_FIELDS - steps of a place: a->b.c has two */
#define GCV_PATHS_FIELDS 4u

/** GCV_PATHS_ANY_SIGN - nothing is known */
#define GCV_PATHS_ANY_SIGN (GCV_PATH_NEGATIVE | GCV_PATH_0 | GCV_PATH_POSITIVE)

/**
 * enum gcv_paths_tag - what a value stands for, besides its sign
 * @GCV_PATHS_TAG_NONE: nothing
 * @GCV_PATHS_TAG_RESULT: the call's result
 * @GCV_PATHS_TAG_SUM: a sum that the result was added to
 * @GCV_PATHS_TAG_REQUESTED: the requested count
 * @GCV_PATHS_TAG_INDEX: index of the slot that the call fills, plus a constant
 * @GCV_PATHS_TAG_STALE: what another call returned, in the place of the result
 * @GCV_PATHS_TAG_DERIVED: the same of a call that was told the number of pages
 */
enum gcv_paths_tag {
	GCV_PATHS_TAG_NONE,
	GCV_PATHS_TAG_RESULT,
	GCV_PATHS_TAG_SUM,
	GCV_PATHS_TAG_REQUESTED,
	GCV_PATHS_TAG_INDEX,
	GCV_PATHS_TAG_STALE,
	GCV_PATHS_TAG_DERIVED,
};

/**
 * struct gcv_paths_value - what is known of a value
 * @constant: it, where @is_constant; what was added, for GCV_PATHS_TAG_INDEX; else 0
 * @signs: or-ed GCV_PATH_NEGATIVE, GCV_PATH_0, GCV_PATH_POSITIVE: what it may be. A negative value
 * in an unsigned place keeps its sign, comparisons look at the types
 * @tag: enum gcv_paths_tag
 * @is_constant: exactly known
 * @is_counter: comes from ++ or --, so that in a loop it passes through all numbers
 */
struct gcv_paths_value {
	int32_t constant;
	uint8_t signs, tag, is_constant, is_counter;
};

/** struct gcv_paths_place - a local variable, or a field reached from it */
struct gcv_paths_place {
	uint32_t symbol;
	uint32_t nr_fields;
	uint32_t fields[GCV_PATHS_FIELDS];
};

/**
 * struct gcv_paths_facts - the part of a state that tells states apart
 * @outcome: enum gcv_path_outcome
 * @end: enum gcv_path_end, so far
 * @count: of @release
 * @match: of @release
 * @is_negative: of @release
 * @may_be_empty: of @release
 * @is_null_checked: of @release
 * @is_requested_valid: nothing was written that the requested count is made of
 * @was_called: the call was made before, by an execution that is not followed
 * @is_over: other pages took the place of these; what is released now is theirs
 * @had_others: the call was made before the execution that is followed: there are other pages, too
 * @is_current: the last execution of the call is the one that is followed
 * @is_unsure: of @release
 * @is_early: of @release
 * @is_recorded: as in struct gcv_path
 * @is_replaced: the pages were released, and then the variable that they were in got others
 * @record: node that @is_recorded speaks of; 0 where its number is too large, or there is none
 * @known: number of pages that were acquired, or 0
 * @returned: of the RETURN that was passed
 * @is_result: of it
 * @release: node or GCV_NONE
 * @first_release: node or GCV_NONE
 * @handed_over: node or GCV_NONE
 * @exit: node or GCV_NONE
 * @values: of the places; those behind the last place are all alike
 */
struct gcv_paths_facts {
	uint8_t outcome, end, count, match, is_negative, may_be_empty, is_null_checked;
	uint8_t is_requested_valid, was_called, had_others, is_current, returned, is_result;
	uint8_t is_over, is_unsure, is_early, is_recorded, is_replaced;
	uint16_t record;
	int32_t known;
	uint32_t release, first_release, handed_over, exit;
	struct gcv_paths_value values[GCV_PATHS_PLACES];
};

/**
 * struct gcv_paths_state - facts at the beginning of a block
 * @facts: the facts; there is no memory for values behind the last place
 * @block: the block
 * @parent: state that it comes from, or GCV_NONE
 * @edge: by which edge
 * @next: next state of the same block, or GCV_NONE
 */
struct gcv_paths_state {
	const struct gcv_paths_facts *facts;
	uint32_t block, parent, edge, next;
};

/**
 * struct gcv_paths_walk - a walk
 * @input: what is walked
 * @places: places that are followed
 * @nr_places: how many
 * @result_place: place that the call's result is assigned to, or GCV_PATHS_NO_PLACE
 * @place_of: for each node the place that it is, or GCV_PATHS_NO_PLACE
 * @live: for each block the places whose value at its beginning may be used, as bits
 * @events: for each node its event
 * @releases: nodes whose event is a release
 * @is_instead: for each of @releases: in a round of its loop it stands in for one before it
 * @nr_releases: how many
 * @states: all states
 * @kept: owns their facts
 * @first: for each block its first state, or GCV_NONE
 * @nr_in_block: for each block how many
 * @known: from a hash of block and facts to the first state that has it
 * @is_unsigned: for each comparison what gcv_paths_is_unsigned() found, plus 1, or 0
 * @requested: the requested count where it is a constant, else 0
 * @is_repeated: the call can be reached from itself
 */
struct gcv_paths_walk {
	const struct gcv_paths_input *input;
	struct gcv_paths_place places[GCV_PATHS_PLACES];
	uint32_t nr_places;
	uint8_t result_place;
	uint8_t *place_of;
	uint32_t *live;
	struct gcv_paths_event *events;
	uint32_t *releases;
	bool *is_instead;
	uint32_t nr_releases;
	struct gcv_paths_state *states;
	uint32_t nr_states, cap_states;
	struct gcv_arena kept;
	uint32_t *first, *nr_in_block;
	struct gcv_map64 known;
	uint8_t *is_unsigned;
	int64_t requested;
	bool is_repeated;
	struct gcv_arena *arena;
	struct gcv_paths *paths;
	uint32_t cap_paths;
};

/**
 * gcv_paths_find_rounds() - find out what the rounds of loops do that release
 * @w: with @events and @releases set; @is_instead and @is_some of the events are filled in
 */
void gcv_paths_find_rounds(struct gcv_paths_walk *w);

/**
 * gcv_paths_find_places() - choose the places to follow, and where they are live
 * @w: with @input, @events and zeroed arrays set
 */
void gcv_paths_find_places(struct gcv_paths_walk *w);

/**
 * gcv_paths_written() - the place that a node writes
 * @w: the walk
 * @node: any evaluated node
 *
 * Return: place of an assignment, declaration, ++ or --, or GCV_PATHS_NO_PLACE.
 */
uint8_t gcv_paths_written(const struct gcv_paths_walk *w, uint32_t node);

/**
 * gcv_paths_unknown() - a value that nothing is known of
 *
 * Return: the value.
 */
struct gcv_paths_value gcv_paths_unknown(void);

/**
 * gcv_paths_constant() - a value that is known
 * @value: it
 *
 * Return: the value.
 */
struct gcv_paths_value gcv_paths_constant(int64_t value);

/**
 * gcv_paths_result() - the value that the call returned
 * @w: the walk
 * @outcome: what came of it
 *
 * Return: the value.
 */
struct gcv_paths_value gcv_paths_result(const struct gcv_paths_walk *w,
					enum gcv_path_outcome outcome);

/**
 * gcv_paths_value() - what is known of an expression
 * @w: the walk
 * @facts: what is known
 * @node: the expression
 *
 * Return: its value.
 */
struct gcv_paths_value gcv_paths_value(const struct gcv_paths_walk *w,
				       const struct gcv_paths_facts *facts, uint32_t node);

/**
 * gcv_paths_sum() - the sum of two values
 * @a: one
 * @b: the other
 *
 * Return: its value; GCV_PATHS_TAG_SUM where the call's result is in it.
 */
struct gcv_paths_value gcv_paths_sum(struct gcv_paths_value a, struct gcv_paths_value b);

/**
 * gcv_paths_is_unsigned() - are the operands of a comparison compared as unsigned numbers?
 * @w: the walk
 * @node: BINARY node
 *
 * Return: true where they are.
 */
bool gcv_paths_is_unsigned(const struct gcv_paths_walk *w, uint32_t node);

/** GCV_PATHS_LESS - how two values may compare: the left one is less */
#define GCV_PATHS_LESS 1u
/** GCV_PATHS_EQUAL - they are equal */
#define GCV_PATHS_EQUAL 2u
/** GCV_PATHS_GREATER - the left one is greater */
#define GCV_PATHS_GREATER 4u

/**
 * gcv_paths_compare() - how two values may compare
 * @w: the walk
 * @facts: what is known
 * @left: one value
 * @right: the other
 * @is_unsigned: compared as unsigned numbers
 *
 * Return: or-ed GCV_PATHS_LESS, GCV_PATHS_EQUAL, GCV_PATHS_GREATER.
 */
unsigned int gcv_paths_compare(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			       struct gcv_paths_value left, struct gcv_paths_value right,
			       bool is_unsigned);

/**
 * gcv_paths_compare_sign() - the same if the left value has a certain sign
 * @sign: one of the signs of @left
 * @left: one value
 * @right: the other
 * @is_unsigned: compared as unsigned numbers
 *
 * Return: as gcv_paths_compare().
 */
unsigned int gcv_paths_compare_sign(unsigned int sign, struct gcv_paths_value left,
				    struct gcv_paths_value right, bool is_unsigned);

/**
 * gcv_paths_flip() - exchange left and right
 * @relation: or-ed GCV_PATHS_LESS, GCV_PATHS_EQUAL, GCV_PATHS_GREATER
 *
 * Return: what holds the other way round.
 */
unsigned int gcv_paths_flip(unsigned int relation);

/**
 * gcv_paths_wanted() - the relations for which a comparison is true
 * @op: an operator
 *
 * Return: or-ed GCV_PATHS_LESS, GCV_PATHS_EQUAL, GCV_PATHS_GREATER; 0 for other operators.
 */
unsigned int gcv_paths_wanted(enum gcv_op op);

/**
 * gcv_paths_error_signs() - the signs for which IS_ERR() or IS_ERR_OR_NULL() is true
 * @body: the body
 * @call: a CALL
 *
 * Return: or-ed signs; 0 for a call of something else.
 */
unsigned int gcv_paths_error_signs(const struct gcv_body *body, uint32_t call);

/**
 * gcv_paths_can_be_true() - may a value be other than 0?
 * @value: the value
 *
 * Return: true where it may.
 */
static inline bool gcv_paths_can_be_true(struct gcv_paths_value value)
{
	return value.signs & (GCV_PATH_NEGATIVE | GCV_PATH_POSITIVE);
}

/**
 * gcv_paths_can_be_false() - may a value be 0?
 * @value: the value
 *
 * Return: true where it may.
 */
static inline bool gcv_paths_can_be_false(struct gcv_paths_value value)
{
	return value.signs & GCV_PATH_0;
}

/**
 * gcv_paths_write() - do what a node writes
 * @w: the walk
 * @facts: changed
 * @node: any evaluated node, after its operands
 */
void gcv_paths_write(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node);

/**
 * gcv_paths_assume() - learn from an edge
 * @w: the walk
 * @facts: changed
 * @edge: the edge
 *
 * Return: false where it cannot be taken.
 */
bool gcv_paths_assume(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		      const struct gcv_cfg_edge *edge);

/**
 * gcv_paths_learned() - judge the last release once more: the number of pages is known now
 * @w: walk
 * @facts: @known was set; changed
 *
 * One page was too few while there could be more: put_page(pages[0]); if (nr > 1) …
 */
void gcv_paths_learned(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts);

/**
 * gcv_paths_event() - do what the event of a node does to the pages
 * @w: the walk
 * @facts: changed
 * @node: the node
 */
void gcv_paths_event(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t node);

/**
 * gcv_paths_begin() - the call returns, with an outcome, and is followed from here
 * @w: the walk
 * @facts: changed
 * @outcome: what comes of it
 */
void gcv_paths_begin(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		     enum gcv_path_outcome outcome);

/**
 * gcv_paths_is_possible() - can the call have an outcome?
 * @w: the walk
 * @outcome: the outcome
 *
 * Return: true where it can.
 */
bool gcv_paths_is_possible(const struct gcv_paths_walk *w, enum gcv_path_outcome outcome);

/**
 * gcv_paths_is_overwritten() - is the place of the pages written anew by the next call?
 * @w: the walk
 *
 * Return: true for a single page in a variable that nobody copies.
 */
bool gcv_paths_is_overwritten(const struct gcv_paths_walk *w);

/**
 * gcv_paths_join() - forget what differs
 * @w: the walk
 * @to: changed to what holds for both
 * @from: the other
 */
void gcv_paths_join(const struct gcv_paths_walk *w, struct gcv_paths_facts *to,
		    const struct gcv_paths_facts *from);

#endif
