/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the classification: the walk over the paths of an acquire, in the function that holds
 * it and in those that call this function.
 *
 *	gcv_acquire_calls_init(&calls, flow);
 *	struct gcv_acquire_walk w = { .s = s, .holders = &holders, .calls = &calls, … };
 *	input.event = gcv_acquire_event;
 *	input.ctx = &w;
 *	gcv_paths_build(&input, &arena, &paths);
 *	gcv_acquire_calls_release(&calls);
 */
#ifndef GCV_CLASSIFY_ACQUIRE_WALK_H
#define GCV_CLASSIFY_ACQUIRE_WALK_H

#include "classify/classify_state.h"
#include "classify/release_range.h"
#include "flow/holder.h"
#include "flow/paths.h"

/**
 * struct gcv_acquire_calls - what calls do, by (function, call)
 * @releases: first release of each call
 * @moves: first use of each call that gives the pages to somebody else
 * @calls: first target of each call
 * @acquires: first acquire of each call
 * @next_release: for each release the next one of its call, or GCV_NONE
 * @next_move: for each use the same
 * @next_call: for each call
 * @next_acquire: for each acquire
 * @first_release: for each function its first release, or GCV_NONE; the others follow it
 * @first_caller: for each function the first call of it, or GCV_NONE
 * @next_caller: for each call the next one of the same function
 * @is_pointed: for each function whether it is named without being called, so that there may be
 * callers that are not in view
 */
struct gcv_acquire_calls {
	struct gcv_map64 releases, moves, calls, acquires;
	uint32_t *next_release, *next_move, *next_call, *next_acquire;
	uint32_t *first_release, *first_caller, *next_caller;
	bool *is_pointed;
};

/**
 * struct gcv_acquire_graphs - graph and definitions of the function that was looked at last
 * @fn: the function
 * @arena: owns them
 * @cfg: its graph
 * @reach: its definitions
 */
struct gcv_acquire_graphs {
	const struct gcv_function *fn;
	struct gcv_arena arena;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

/**
 * struct gcv_acquire_walk - the walk over the paths of one acquire through one function
 * @s: the state
 * @holders: who holds and who releases
 * @calls: what is done by calls
 * @graphs: where graphs are kept
 * @acquire: number of the acquire in the flow
 * @fn: the function that is walked
 * @pages: argument of the acquire there that gets the pages, or GCV_NONE
 * @range: the part of an array that it fills
 * @is_shared: other acquires fill other parts
 * @acquirers: of a walk through a caller: (function) that may come to the acquire; else NULL
 * @signs: by site, or-ed: what the paths say of the counts of releases
 */
struct gcv_acquire_walk {
	struct gcv_classify_state *s;
	const struct gcv_holders *holders;
	const struct gcv_acquire_calls *calls;
	struct gcv_acquire_graphs *graphs;
	uint32_t acquire;
	const struct gcv_function *fn;
	uint32_t pages;
	struct gcv_range_input range;
	bool is_shared;
	const struct gcv_map64 *acquirers;
	uint8_t *signs;
};

/**
 * gcv_acquire_calls_init() - list what calls do
 * @calls: for gcv_acquire_calls_release()
 * @flow: a solved flow
 */
void gcv_acquire_calls_init(struct gcv_acquire_calls *calls, const struct gcv_flow *flow);

/**
 * gcv_acquire_calls_release() - free the lists
 * @calls: the lists
 */
void gcv_acquire_calls_release(struct gcv_acquire_calls *calls);

/**
 * gcv_acquire_look_into() - make the graphs of a function, unless they are there
 * @graphs: zeroed, or of another function
 * @fn: the function, with a body
 */
void gcv_acquire_look_into(struct gcv_acquire_graphs *graphs, const struct gcv_function *fn);

/**
 * gcv_acquire_first_call() - the first target of a call
 * @w: the walk
 * @node: a node of its function
 *
 * Return: number in the flow's calls, the others follow by next_call; GCV_NONE where there is none.
 */
uint32_t gcv_acquire_first_call(const struct gcv_acquire_walk *w, uint32_t node);

/**
 * gcv_acquire_is_by_variable() - does a release get the pages by variables?
 * @w: the walk
 * @call: a node of its function: a release, or a call of what releases
 *
 * Of what is found in memory it is not certain that it is the same, or still there; a function that
 * puts the pages into memory and gives back what is in that memory may have been told not to.
 *
 * Return: true where they are passed as pages or arrays of them from function to function down to
 * a release, or where that is too deep to be seen.
 */
bool gcv_acquire_is_by_variable(const struct gcv_acquire_walk *w, uint32_t call);

/**
 * gcv_acquire_pages_at() - is something a page of the acquire, or does it lead to one?
 * @w: the walk
 * @node: an expression of its function
 *
 * Return: true where it is or does.
 */
bool gcv_acquire_pages_at(const struct gcv_acquire_walk *w, uint32_t node);

/**
 * gcv_acquire_release_at() - the release of the acquire's pages that a call is
 * @w: the walk
 * @node: a node of its function
 *
 * Return: the release, or NULL.
 */
const struct gcv_flow_release *gcv_acquire_release_at(const struct gcv_acquire_walk *w,
						      uint32_t node);

/**
 * struct gcv_acquire_wrapped - a release that a function does for its caller
 * @release: the release
 * @shape: its shape
 * @count: argument of the call for the number of pages
 */
struct gcv_acquire_wrapped {
	const struct gcv_flow_release *release;
	struct gcv_release_shape shape;
	uint32_t count;
};

/**
 * gcv_acquire_wrapped_at() - the release that a call does by a function of the tree
 * @w: the walk
 * @call: CALL of its function
 * @ret: what it does
 *
 * Return: true where a single function is called, it gives back the acquire's array at one place,
 * and the call tells the number of pages.
 */
bool gcv_acquire_wrapped_at(const struct gcv_acquire_walk *w, uint32_t call,
			    struct gcv_acquire_wrapped *ret);

/**
 * gcv_acquire_accessor_at() - the known function that a call calls
 * @w: the walk
 * @call: CALL of its function
 *
 * Return: the function, or NULL.
 */
const struct gcv_accessor *gcv_acquire_accessor_at(const struct gcv_acquire_walk *w, uint32_t call);

/**
 * gcv_acquire_is_transferred() - does a call give the pages to another counted owner?
 * @w: the walk
 * @node: a node of its function
 *
 * Return: true where it does.
 */
bool gcv_acquire_is_transferred(const struct gcv_acquire_walk *w, uint32_t node);

/**
 * gcv_acquire_is_local() - is an expression a local variable, or a part of one?
 * @body: the body
 * @node: the expression
 *
 * Return: true where it is.
 */
bool gcv_acquire_is_local(const struct gcv_body *body, uint32_t node);

/**
 * gcv_acquire_is_of_pages() - may an expression be pages, or lead to them, by its type?
 * @body: the body
 * @node: the expression
 *
 * Numbers and addresses that are made of pages are not the pages.
 *
 * Return: true where it may.
 */
bool gcv_acquire_is_of_pages(const struct gcv_body *body, uint32_t node);

/**
 * gcv_acquire_page_pointers() - is an expression a page or folio, or an array of them, by its type?
 * @body: the body
 * @node: the expression
 *
 * Return: levels of pointer, 1 for a page; 0 for anything else.
 */
int gcv_acquire_page_pointers(const struct gcv_body *body, uint32_t node);

/**
 * gcv_acquire_pages_of() - the argument of an acquire that gets the pages
 * @w: the walk; @acquire stands in its function
 * @acquire: an acquire
 *
 * Return: the node, or GCV_NONE.
 */
uint32_t gcv_acquire_pages_of(const struct gcv_acquire_walk *w,
			      const struct gcv_flow_acquire *acquire);

/**
 * gcv_acquire_is_other() - is a call another acquire, into the same variable or the same memory?
 * @w: the walk
 * @call: a node of its function
 *
 * Return: true where it is.
 */
bool gcv_acquire_is_other(const struct gcv_acquire_walk *w, uint32_t call);

/**
 * gcv_acquire_variable_may_hold() - may a variable have a page of this acquire?
 * @w: the walk through the acquiring function
 * @node: an expression of its function
 *
 * Return: false for a local variable that takes pages out of the array only before the acquire, or
 * behind another one that has filled it anew.
 */
bool gcv_acquire_variable_may_hold(const struct gcv_acquire_walk *w, uint32_t node);

/**
 * gcv_acquire_is_saved() - is the only page taken out of the array before that is filled anew?
 * @w: the walk through the acquiring function
 *
 * Return: true where one page is asked for and a local variable takes it.
 */
bool gcv_acquire_is_saved(const struct gcv_acquire_walk *w);

/**
 * gcv_acquire_event() - what a node does to the pages, for struct gcv_paths_input
 * @ctx: struct gcv_acquire_walk
 * @at: the node
 * @event: filled
 */
void gcv_acquire_event(void *ctx, uint32_t at, struct gcv_paths_event *event);

/**
 * gcv_acquire_ask_callers() - do pages that outlive the acquiring function outlive its callers?
 * @w: the walk through the acquiring function
 * @paths: its paths
 *
 * Goes up until the pages are given back, or nobody in view calls: sets @outlives of the acquire,
 * and the reason where a caller leaves pages behind in a variable of its own.
 */
void gcv_acquire_ask_callers(const struct gcv_acquire_walk *w, const struct gcv_paths *paths);

/**
 * gcv_acquire_is_count_given() - do all callers give a count that is not negative?
 * @s: the state
 * @graphs: where graphs are kept
 * @release: a release
 * @count: its count or the bound of its loop
 *
 * Return: true for a parameter of a static function that is only called, by callers that give a
 * constant or ask before.
 */
bool gcv_acquire_is_count_given(const struct gcv_classify_state *s,
				struct gcv_acquire_graphs *graphs,
				const struct gcv_flow_release *release, uint32_t count);

/**
 * gcv_acquire_has_pages() - are there pages on a path?
 * @path: the path
 *
 * Return: true where all or a part of them were handed out.
 */
static inline bool gcv_acquire_has_pages(const struct gcv_path *path)
{
	return path->outcome == GCV_PATH_FULL || path->outcome == GCV_PATH_PARTIAL;
}

#endif
