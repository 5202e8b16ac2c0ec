/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the classification: which part of an array of pages an acquire fills, and which part a
 * release of the same function gives back.
 *
 *	struct gcv_range_input range = { .body = body, .cfg = &cfg, .reach = &reach,
 *					 .call = call, .pages = pages };
 *
 *	gcv_release_shape_of(body, release, …, &shape);
 *	gcv_release_range(&range, &shape, &event);
 *	…event.is_placed, event.first, event.more…
 */
#ifndef GCV_CLASSIFY_RELEASE_RANGE_H
#define GCV_CLASSIFY_RELEASE_RANGE_H

#include "classify/release_shape.h"
#include "flow/paths.h"

/**
 * struct gcv_range_input - an acquire
 * @body: body of its function
 * @cfg: its graph
 * @reach: its definitions
 * @call: CALL of the acquire
 * @pages: argument that is the array
 */
struct gcv_range_input {
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	const struct gcv_reach *reach;
	uint32_t call, pages;
};

/**
 * gcv_release_range() - place a release beside an acquire
 * @input: the acquire
 * @shape: the release
 * @event: @count, @loop and @is_all are set; @is_placed, @is_indexed, @first, @more are filled in,
 * and @count where the loop's variable tells it better
 *
 * Nothing is set where the array is not surely the same, or an offset is not a constant.
 */
void gcv_release_range(const struct gcv_range_input *input, const struct gcv_release_shape *shape,
		       struct gcv_paths_event *event);

/**
 * gcv_release_shares() - do two acquires put pages into different parts of one array?
 * @input: an acquire
 * @pages: argument of the other
 *
 * Return: true where the array is the same, and the place in it is not.
 */
bool gcv_release_shares(const struct gcv_range_input *input, uint32_t pages);

/**
 * gcv_release_is_uncleared() - is what the acquire leaves of its array left as it came?
 * @input: the acquire
 *
 * Return: true for a variable's own array without an initialiser, and for memory from functions
 * like kmalloc_array() that is not cleared, if nothing else in the function writes to it.
 */
bool gcv_release_is_uncleared(const struct gcv_range_input *input);

#endif
