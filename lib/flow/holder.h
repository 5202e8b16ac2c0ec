/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which memory holds the pages of an acquire, and which functions may give them back: what the walk
 * over the paths of a function has to know of the rest of the program.
 *
 *	gcv_holders_build(flow, &holders);
 *	if (gcv_holders_has(&holders, place, acquire) && gcv_holders_is_kept(&holders, acquire))
 *		…
 *	gcv_holders_release(&holders);
 */
#ifndef GCV_FLOW_HOLDER_H
#define GCV_FLOW_HOLDER_H

#include "flow/flow.h"

/** GCV_HOLDER_LEVELS - pointers that are followed from a place to pages: table → list → page */
#define GCV_HOLDER_LEVELS 3

/**
 * struct gcv_holders - see above
 * @flow: a solved flow
 * @holds: (object atom, acquire) for memory that leads to pages of it
 * @holders: object atoms that hold pages of some acquire
 * @escaped: object atoms that fields or variables at file scope point to, or are
 * @releasers: (function, acquire) for functions that release pages of it or call one that does
 * @kept: (acquire) whose pages are put into such memory by the call itself
 * @loose: (acquire) whose pages are in fields, in variables at file scope, or in such memory
 */
struct gcv_holders {
	const struct gcv_flow *flow;
	struct gcv_map64 holds, holders, escaped, releasers, kept, loose;
};

/**
 * gcv_holders_build() - find them all
 * @flow: a solved flow; must outlive the result
 * @ret: for gcv_holders_release()
 */
void gcv_holders_build(const struct gcv_flow *flow, struct gcv_holders *ret);

/**
 * gcv_holders_has() - is a place a page of an acquire, or does it lead to one?
 * @holders: the result
 * @place: the place
 * @acquire: number of the acquire in the flow
 *
 * Return: true where it is or does.
 */
bool gcv_holders_has(const struct gcv_holders *holders, uint32_t place, uint32_t acquire);

/**
 * gcv_holders_has_any() - is a place a page of some acquire, or does it lead to one?
 * @holders: the result
 * @place: the place
 *
 * Return: true where it is or does.
 */
bool gcv_holders_has_any(const struct gcv_holders *holders, uint32_t place);

/**
 * gcv_holders_is_kept() - does the call put its pages where others find them?
 * @holders: the result
 * @acquire: number of the acquire in the flow
 *
 * Return: true for an array in a field, behind a parameter, or that a field already points to.
 */
bool gcv_holders_is_kept(const struct gcv_holders *holders, uint32_t acquire);

/**
 * gcv_holders_is_confined() - are the pages in local variables only?
 * @holders: the result
 * @acquire: number of the acquire in the flow
 *
 * Return: true where neither a field nor a variable at file scope leads to them.
 */
bool gcv_holders_is_confined(const struct gcv_holders *holders, uint32_t acquire);

/**
 * gcv_holders_leads() - does memory lead to pages of an acquire?
 * @holders: the result
 * @object: atom of the memory
 * @acquire: number of the acquire in the flow
 *
 * Return: true where it does.
 */
bool gcv_holders_leads(const struct gcv_holders *holders, uint32_t object, uint32_t acquire);

/**
 * gcv_holders_may_release() - may a function give pages of an acquire back?
 * @holders: the result
 * @function: index of the function
 * @acquire: number of the acquire in the flow
 *
 * Return: true where it or something that it calls holds such a release.
 */
bool gcv_holders_may_release(const struct gcv_holders *holders, uint32_t function,
			     uint32_t acquire);

/**
 * gcv_holders_release() - free the result
 * @holders: the result
 */
void gcv_holders_release(struct gcv_holders *holders);

#endif
