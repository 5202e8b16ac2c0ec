/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which acquires, releases and calls have to do with each other, found without looking at all of
 * them.
 *
 *	releases = gcv_lists_of(&flow->served.releases, acquire, &nr);
 *	for (i = 0; i < nr; i++)
 *		…flow->releases[releases[i]] may get pages of the acquire…
 */
#ifndef GCV_FLOW_SERVED_H
#define GCV_FLOW_SERVED_H

#include "base/lists.h"

struct gcv_flow;

/**
 * struct gcv_flow_served - see above
 * @releases: for each acquire of a flow the releases at whose place its pages are
 * @site_acquires: for each site of the program its acquires
 * @site_releases: for each site of the program its releases
 */
struct gcv_flow_served {
	struct gcv_lists releases, site_acquires, site_releases;
};

/**
 * gcv_flow_served_build() - find them
 * @flow: a solved flow
 * @ret: for gcv_flow_served_release()
 */
void gcv_flow_served_build(const struct gcv_flow *flow, struct gcv_flow_served *ret);

/**
 * gcv_flow_calls_of() - the calls of functions in view that a function has
 * @flow: a flow
 * @function: index of the function
 * @ret_end: behind the last of them
 *
 * Return: the first of them in the calls of the flow.
 */
uint32_t gcv_flow_calls_of(const struct gcv_flow *flow, uint32_t function, uint32_t *ret_end);

/**
 * gcv_flow_first_release() - the first release in a function
 * @flow: a flow
 * @function: index of the function
 *
 * Return: its number, or that of the first one in a later function; the others stand behind it.
 */
uint32_t gcv_flow_first_release(const struct gcv_flow *flow, uint32_t function);

/**
 * gcv_flow_first_acquire() - the first acquire in a function
 * @flow: a flow
 * @function: index of the function
 *
 * Return: its number, or that of the first one in a later function; the others stand behind it.
 */
uint32_t gcv_flow_first_acquire(const struct gcv_flow *flow, uint32_t function);

/**
 * gcv_flow_served_release() - free them
 * @served: the result; a zeroed one is allowed
 */
void gcv_flow_served_release(struct gcv_flow_served *served);

#endif
