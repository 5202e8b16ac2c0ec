/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The paths of an acquire through its function: what becomes of the pages where the call fails,
 * gets nothing, gets a part, or gets all, up to each exit.
 *
 *	struct gcv_paths_input input = { .body = body, .cfg = &cfg, .reach = &reach, .call = call,
 *					 .signature = sig, .event = event, .ctx = ctx };
 *
 *	gcv_paths_build(&input, &arena, &paths);
 *	for (i = 0; i < paths.nr; i++)
 *		if (paths.paths[i].end == GCV_PATH_LEAKED)
 *			…paths.paths[i].outcome, .exit, .trail…
 *
 * The walk starts at the function's entry. At the call it splits by outcome; from there on it knows
 * for each outcome how the result compares with 0, with constants and with the requested count, and
 * follows copies and sums of it, status variables and flags, so that branches that contradict the
 * outcome are not taken. What is not known is taken both ways: a path that is reported may be
 * impossible, but none that is possible is missing, as long as callees write only what they get the
 * address of, and fields only of objects that they get. A loop is walked until nothing new is
 * learned.
 *
 * Of a call that is made again and again one execution is followed, any of them.
 */
#ifndef GCV_FLOW_PATHS_H
#define GCV_FLOW_PATHS_H

#include "flow/reach.h"
#include "tree/api.h"

/** GCV_PATHS_MAX_STATES - states of a walk; more than this are not looked at */
#define GCV_PATHS_MAX_STATES 20000u
/** GCV_PATHS_PER_BLOCK - states of a block that are told apart; beyond it, what differs is
 * forgotten */
#define GCV_PATHS_PER_BLOCK 64u
/** GCV_PATHS_MAX_PATHS - paths that are told apart in the result */
#define GCV_PATHS_MAX_PATHS 400u
/** GCV_PATHS_TRAIL - edges of a path that are kept, the last ones */
#define GCV_PATHS_TRAIL 32u

/**
 * enum gcv_paths_effect - what a node does to the page set
 * @GCV_PATHS_NOTHING: nothing
 * @GCV_PATHS_RELEASE: releases it, or some of its pages
 * @GCV_PATHS_HAND_OVER: hands it over: stored in a field, global or *param, returned, passed to a
 * callee that keeps it
 * @GCV_PATHS_RENEW: another acquire puts its pages in the place of these
 * @GCV_PATHS_FREE: frees the memory that they are in
 * @GCV_PATHS_REPLACE: puts something else into the variable that the call put them into
 */
enum gcv_paths_effect {
	GCV_PATHS_NOTHING,
	GCV_PATHS_RELEASE,
	GCV_PATHS_HAND_OVER,
	GCV_PATHS_RENEW,
	GCV_PATHS_FREE,
	GCV_PATHS_REPLACE,
};

/**
 * struct gcv_paths_event - what a node does to the page set
 * @effect: what
 * @loop: for a release of one page after the other the FOR, WHILE or DO that runs over the pages;
 * GCV_NONE for a call that releases by itself
 * @count: expression of the number of pages (bound of the loop), GCV_NONE for one page
 * @is_signed: of a call: a negative count stops it before it does anything
 * @is_endless: of a loop: it does not stop at a negative count, whatever the type: while (n--)
 * @is_all: releases whatever there is (a container, a wrapper that knows the count)
 * @is_null_checked: empty slots are skipped, or end the loop
 * @is_placed: @first and @more are known
 * @is_indexed: they count from the beginning of an array that the acquire fills page by page
 * @is_shared: other pages are in the same array
 * @is_some: of a loop: there are rounds that release nothing, or the loop may be left before it is
 * through. Set by the walk
 * @is_indirect: finds the pages only through what they are put into: before they are handed over it
 * cannot find them
 * @offset: with another first page than a constant tells: what is to be added to the index of the
 * first one acquired; else GCV_NONE
 * @first: first page that is released, counted from the first one acquired
 * @more: what is to be added to @count (to 0 for one page) for the page behind the last one
 * released
 */
struct gcv_paths_event {
	enum gcv_paths_effect effect;
	uint32_t loop;
	uint32_t count;
	bool is_signed, is_endless;
	bool is_all;
	bool is_null_checked;
	bool is_placed, is_indexed, is_shared, is_some, is_indirect;
	uint32_t offset;
	int32_t first, more;
};

/**
 * struct gcv_paths_input - what to walk
 * @body: body of the function
 * @cfg: its graph
 * @reach: its definitions
 * @call: CALL of the acquire
 * @result: what the result means (of the signature)
 * @count: argument with the requested number of pages (or bytes), GCV_NONE where one page is asked
 * for
 * @pages: argument for the page array or the page, or GCV_NONE
 * @requested: without @count: the number of pages where it is known, else 0
 * @event: asked once for each node that is evaluated and may have an effect; fills @ret_event,
 * which is zeroed with @loop, @count and @offset GCV_NONE. The acquire itself is not asked about
 * @ctx: first argument of @event
 */
struct gcv_paths_input {
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	const struct gcv_reach *reach;
	uint32_t call;
	enum gcv_api_result result;
	uint32_t count, pages;
	int64_t requested;
	void (*event)(void *ctx, uint32_t node, struct gcv_paths_event *ret_event);
	void *ctx;
};

/**
 * enum gcv_path_outcome - what came of the call
 * @GCV_PATH_NOT_CALLED: the call was not reached, yet something was released that is taken for its
 * pages; other paths around the call are not told about
 * @GCV_PATH_ERROR: negative errno or ERR_PTR()
 * @GCV_PATH_ZERO: nothing: 0 pages, NULL, false. Most get_user_pages*() functions return 0 only
 * where none were asked for, or where a fault is to be retried
 * @GCV_PATH_PARTIAL: fewer pages than asked for
 * @GCV_PATH_FULL: all
 */
enum gcv_path_outcome {
	GCV_PATH_NOT_CALLED,
	GCV_PATH_ERROR,
	GCV_PATH_ZERO,
	GCV_PATH_PARTIAL,
	GCV_PATH_FULL,
	GCV_PATH_OUTCOMES,
};

/**
 * enum gcv_path_end - what becomes of the pages
 * @GCV_PATH_NOTHING: there are none, and nothing was released
 * @GCV_PATH_LEAKED: neither released nor handed over
 * @GCV_PATH_FREED: neither, and the memory that they were in is freed: nobody else can find them
 * @GCV_PATH_HANDED_OVER: handed over, not released
 * @GCV_PATH_RELEASED: released
 * @GCV_PATH_RELEASED_TWICE: released, and then again
 * @GCV_PATH_RELEASED_NOTHING: something was released though the call gave no pages; weak evidence
 * where @match is GCV_PATH_MATCH_UNKNOWN: that count may well be 0
 */
enum gcv_path_end {
	GCV_PATH_NOTHING,
	GCV_PATH_LEAKED,
	GCV_PATH_FREED,
	GCV_PATH_HANDED_OVER,
	GCV_PATH_RELEASED,
	GCV_PATH_RELEASED_TWICE,
	GCV_PATH_RELEASED_NOTHING,
};

/**
 * enum gcv_path_count - what a release is told to release
 * @GCV_PATH_COUNT_NONE: no release
 * @GCV_PATH_COUNT_ALL: whatever there is
 * @GCV_PATH_COUNT_RETURNED: the result of the call
 * @GCV_PATH_COUNT_SUM: a sum that the result was added to
 * @GCV_PATH_COUNT_REQUESTED: the number that was asked for
 * @GCV_PATH_COUNT_CONSTANT: a constant; one page
 * @GCV_PATH_COUNT_OTHER: something else
 * @GCV_PATH_COUNT_STALE: what a later call put into the variable that the result was in
 * @GCV_PATH_COUNT_DERIVED: the same of a call that was told the number of pages: it may tell how
 * many of them are left
 */
enum gcv_path_count {
	GCV_PATH_COUNT_NONE,
	GCV_PATH_COUNT_ALL,
	GCV_PATH_COUNT_RETURNED,
	GCV_PATH_COUNT_SUM,
	GCV_PATH_COUNT_REQUESTED,
	GCV_PATH_COUNT_CONSTANT,
	GCV_PATH_COUNT_OTHER,
	GCV_PATH_COUNT_STALE,
	GCV_PATH_COUNT_DERIVED,
};

/**
 * enum gcv_path_match - that number against the pages there are
 * @GCV_PATH_MATCH_UNKNOWN: cannot be told
 * @GCV_PATH_MATCH_SAME: as many
 * @GCV_PATH_MATCH_MORE: more: slots beyond the last page are released
 * @GCV_PATH_MATCH_FEWER: fewer
 */
enum gcv_path_match {
	GCV_PATH_MATCH_UNKNOWN,
	GCV_PATH_MATCH_SAME,
	GCV_PATH_MATCH_MORE,
	GCV_PATH_MATCH_FEWER,
};

/** GCV_PATH_NEGATIVE - in @returned: the value may be negative */
#define GCV_PATH_NEGATIVE 1u
/** GCV_PATH_0 - in @returned: the value may be 0 (NULL) */
#define GCV_PATH_0 2u
/** GCV_PATH_POSITIVE - in @returned: the value may be positive (a pointer) */
#define GCV_PATH_POSITIVE 4u

/**
 * struct gcv_path - paths of one outcome that end alike
 * @outcome: what came of the call
 * @end: what became of the pages
 * @exit: RETURN that they leave by; GCV_NONE for the end of the body; the call itself where it is
 * made again and takes the place of the pages
 * @release: node of the (last) release, or GCV_NONE
 * @first_release: for GCV_PATH_RELEASED_TWICE the one before
 * @count: what @release releases
 * @match: whether that is right
 * @is_negative: the count may be negative at @release
 * @is_unsure: nothing is known of the count's sign at @release
 * @may_be_empty: @release may meet slots without a page: more are released than were acquired
 * @is_null_checked: but it skips them
 * @handed_over: node that hands over, or GCV_NONE (also where they were released afterwards)
 * @is_early: @release finds pages only through what they are put into, and they were not put there
 * @is_recorded: a number of pages was written to memory that others may find
 * @is_indexed: @release counts from the beginning of an array that the call fills page by page
 * @returned: or-ed GCV_PATH_…: what the function returns there; 0 where it is void or unknown
 * @is_result: it returns the call's result as it is
 * @trail: the edges with conditions of one such path, in order: indices into the graph's edges
 * @nr_trail: how many
 */
struct gcv_path {
	enum gcv_path_outcome outcome;
	enum gcv_path_end end;
	uint32_t exit;
	uint32_t release, first_release;
	enum gcv_path_count count;
	enum gcv_path_match match;
	bool is_negative, is_unsure;
	bool may_be_empty;
	bool is_null_checked;
	bool is_early, is_recorded, is_indexed;
	uint32_t handed_over;
	unsigned int returned;
	bool is_result;
	uint32_t *trail;
	uint32_t nr_trail;
};

/**
 * struct gcv_paths - see above
 * @paths: by outcome, then by exit
 * @nr: how many
 * @nr_states: how many states were looked at
 * @is_exact: no limit was reached: no fact was forgotten
 * @is_complete: false where GCV_PATHS_MAX_STATES or GCV_PATHS_MAX_PATHS was reached, or the graph
 * is not complete behind the call: paths may be missing
 */
struct gcv_paths {
	struct gcv_path *paths;
	uint32_t nr;
	uint32_t nr_states;
	bool is_exact, is_complete;
};

/**
 * gcv_paths_variable() - the variable that a call puts its pages into
 * @input: @body and @pages count
 *
 * Return: symbol of "pages" or "&pages", or GCV_NONE.
 */
uint32_t gcv_paths_variable(const struct gcv_paths_input *input);

/**
 * gcv_paths_input_init() - the parts of an input that the signature tells
 * @body: the body
 * @call: CALL of the acquire
 * @signature: its signature in the tree
 * @ret_input: @body, @call, @result, @count and @pages are set, the rest is zeroed
 */
void gcv_paths_input_init(const struct gcv_body *body, uint32_t call,
			  const struct gcv_api_signature *signature,
			  struct gcv_paths_input *ret_input);

/**
 * gcv_paths_build() - walk the paths
 * @input: what to walk
 * @arena: owns the result
 * @ret_paths: the paths; none where the call cannot be reached
 */
void gcv_paths_build(const struct gcv_paths_input *input, struct gcv_arena *arena,
		     struct gcv_paths *ret_paths);

/**
 * gcv_path_outcome_name() - a word for people
 * @outcome: the outcome
 *
 * Return: "not called", "error", "nothing", "a part", "all".
 */
const char *gcv_path_outcome_name(enum gcv_path_outcome outcome);

/**
 * gcv_path_end_name() - a word for people
 * @end: the end
 *
 * Return: "leaked", "released twice" and so on.
 */
const char *gcv_path_end_name(enum gcv_path_end end);

#endif
