/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is gathered about acquires and releases before verdicts are spoken, and kept beside them for
 * who looks for faults.
 *
 *	facts = &classification->acquires[site];
 *	if (facts->is_walked && facts->outlives)
 *		…
 *	walk = &classification->walks[i];
 *	…walk->paths.paths[k].end…
 */
#ifndef GCV_CLASSIFY_SITE_FACTS_H
#define GCV_CLASSIFY_SITE_FACTS_H

#include "flow/context.h"
#include "flow/notifier.h"
#include "flow/paths.h"
#include "tree/api.h"

/**
 * struct gcv_acquire_facts - what is known of an acquire site
 * @api: what is called, or NULL where the flow did not meet it
 * @effects: or-ed 1 << enum gcv_effect of what is done to its pages
 * @is_null: its page array is NULL in all forms of the function
 * @is_internal: it stands in the implementation of the acquire functions
 * @nr_releases: releases that its pages reach, also such that are no sites
 * @is_walked: the paths of its function are known
 * @outlives: on some of them its pages are still there when the operation ends: its function, and
 * those that call this one
 * @is_accounted: memory is accounted as locked by its function, or by one that calls this one
 * @may_write: its flags may have FOLL_WRITE
 * @is_single: it is asked for one page
 * @is_exposed: a frame number or address of its pages is stored in a field
 * @is_told: the same, by a caller that its function returns the number to
 * @is_translated: a known function makes something else of its pages: a number, an address
 * @is_remote: it may ask for the memory of another process
 * @is_kernels: it asks an iterator over kernel memory, in all forms of the function, or its code
 * only makes sense for one
 * @hidden: call out of view by which an MMU notifier may come to one of its releases; its @callee
 * is NULL where there is none
 */
struct gcv_acquire_facts {
	const struct gcv_api_function *api;
	uint32_t effects;
	bool is_null, is_internal, is_walked, outlives, may_write, is_single, is_exposed, is_told;
	bool is_accounted, is_translated;
	bool is_remote, is_kernels;
	uint32_t nr_releases;
	struct gcv_unseen_call hidden;
};

/**
 * struct gcv_release_facts - what is known of a release site
 * @api: what is called, or NULL where the flow did not meet it
 * @nr_acquired: acquire atoms that reach it
 * @nr_other: other pages
 * @nr_unknown: pages of unknown origin
 * @is_notified: an MMU notifier may run it
 * @is_completing: the end of a transfer may run it: an interrupt or softirq
 */
struct gcv_release_facts {
	const struct gcv_api_function *api;
	uint32_t nr_acquired, nr_other, nr_unknown;
	bool is_notified, is_completing;
};

/**
 * struct gcv_acquire_walked - the paths of one acquire through a function
 * @acquire: number of the acquire in the flow
 * @function: index of the function: the one that holds the acquire, or one that calls it and gets
 * the pages in variables of its own
 * @call: CALL of the acquire in it, or of the function that leads there
 * @paths: its paths; nodes are those of the function's body
 * @is_caller: see @function
 * @is_kept: the pages are also found through memory that outlives the function
 */
struct gcv_acquire_walked {
	uint32_t acquire, function, call;
	struct gcv_paths paths;
	bool is_caller, is_kept;
};

#endif
