/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to lib/flow/demand.c: what has to be in view to tell whether a notifier drops pages. */
#ifndef GCV_FLOW_DEMAND_NOTIFIER_H
#define GCV_FLOW_DEMAND_NOTIFIER_H

#include "flow/demand.h"

/** GCV_DEMAND_UNSEEN - definitions that are asked for in one round, the nearest ones first */
#define GCV_DEMAND_UNSEEN 32

/** GCV_DEMAND_DEPTH - calls away from a notifier's callback at which nothing is asked for any more
 */
#define GCV_DEMAND_DEPTH 8

/** struct gcv_demand_list - what is asked for */
struct gcv_demand_list {
	struct gcv_flow_demand *demands;
	uint32_t nr, cap;
};

/**
 * gcv_demand_notifiers() - ask for MMU notifiers near releases, and for what their callbacks call
 * @flow: a solved flow
 * @arena: owns strings
 * @list: gets what is missing; a name may be there twice
 *
 * Only releases count that stand neither in the acquiring function nor in a caller of it, get pages
 * of get_*() acquires and no others (else nothing is converted anyway), and that a notifier may run
 * without being seen (gcv_notifiers_ways()). In a first round the files of their folders that fill
 * a table of notifier callbacks are asked for; where there are such, then the definitions of what
 * the callbacks call, if they stand in files that call the table's member that leads to the
 * release, and the callers of functions of that folder that nobody calls.
 */
void gcv_demand_notifiers(const struct gcv_flow *flow, struct gcv_arena *arena,
			  struct gcv_demand_list *list);

#endif
