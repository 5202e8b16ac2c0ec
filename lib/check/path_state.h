/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks over paths: one acquire's walk through a function, whether a path of it can
 * be taken at all, and how it is told.
 *
 *	gcv_check_paths(s);	all checks of this kind: for each walk
 *		gcv_check_feasible(&check, path);
 *		gcv_check_tell_path(&check, id, confidence, path, node, "…");
 */
#ifndef GCV_CHECK_PATH_STATE_H
#define GCV_CHECK_PATH_STATE_H

#include "check/check_state.h"
#include "flow/reach.h"

/**
 * struct gcv_check_walk - a walk, and its function
 * @s: the state
 * @walk: the walk
 * @acquire: its acquire
 * @fn: its function
 * @cfg: graph of it; the trails of paths are edges of it
 * @reach: its definitions
 */
struct gcv_check_walk {
	struct gcv_check_state *s;
	const struct gcv_acquire_walked *walk;
	const struct gcv_flow_acquire *acquire;
	const struct gcv_function *fn;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

/**
 * enum gcv_check_way - can a path be taken?
 * @GCV_CHECK_WAY_OPEN: nothing stands against it
 * @GCV_CHECK_WAY_GUARDED: it passes by a release of the pages because of a condition that is not
 * about them
 * @GCV_CHECK_WAY_DOUBTFUL: two conditions on it are hardly true together, or not all of it is known
 * @GCV_CHECK_WAY_CLOSED: it cannot: it takes a condition both ways, or a loop over the pages ends
 * before it begins
 */
enum gcv_check_way {
	GCV_CHECK_WAY_OPEN,
	GCV_CHECK_WAY_GUARDED,
	GCV_CHECK_WAY_DOUBTFUL,
	GCV_CHECK_WAY_CLOSED,
};

/**
 * gcv_check_feasible() - can a path be taken?
 * @w: the walk
 * @path: a path of it
 * @ret_guard: for GCV_CHECK_WAY_GUARDED the edge of the graph with the condition; may be NULL
 *
 * Return: see the enum.
 */
enum gcv_check_way gcv_check_feasible(const struct gcv_check_walk *w, const struct gcv_path *path,
				      uint32_t *ret_guard);

/**
 * gcv_check_first_step() - the first condition behind the acquire
 * @w: the walk
 * @path: a path of it
 *
 * Return: index into its trail, @nr_trail where there is none.
 */
uint32_t gcv_check_first_step(const struct gcv_check_walk *w, const struct gcv_path *path);

/**
 * enum gcv_check_same - has an expression the same value at two places?
 * @GCV_CHECK_SAME: it is made of local variables, which no assignment in between changes
 * @GCV_CHECK_SAME_UNKNOWN: it reads memory, or calls
 * @GCV_CHECK_CHANGED: an assignment in between changes one of its variables
 */
enum gcv_check_same { GCV_CHECK_SAME, GCV_CHECK_SAME_UNKNOWN, GCV_CHECK_CHANGED };

/**
 * gcv_check_same_value() - has an expression the same value at two places of a function?
 * @w: the walk
 * @a: the expression at the first place
 * @b: the same expression at the second
 *
 * Return: see the enum.
 */
enum gcv_check_same gcv_check_same_value(const struct gcv_check_walk *w, uint32_t a, uint32_t b);

/**
 * gcv_check_tell_path() - tell a fault of a path, with the way there
 * @w: the walk
 * @check: which check
 * @confidence: how sure; what the kind of acquire leaves open is taken off
 * @path: the path
 * @node: node of the function where the fault stands; GCV_NONE for the end of its body
 * @format: as of printf()
 */
void gcv_check_tell_path(const struct gcv_check_walk *w, enum gcv_check_id check,
			 enum gcv_confidence confidence, const struct gcv_path *path, uint32_t node,
			 const char *format, ...) __attribute__((format(printf, 6, 7)));

/**
 * gcv_check_has_pages() - are there pages on a path?
 * @path: the path
 *
 * Return: true where all or a part of them were handed out.
 */
static inline bool gcv_check_has_pages(const struct gcv_path *path)
{
	return path->outcome == GCV_PATH_FULL || path->outcome == GCV_PATH_PARTIAL;
}

/**
 * gcv_check_release_at() - the release that a call is
 * @w: the walk
 * @call: CALL of its function, or GCV_NONE
 *
 * Return: the release, or NULL where a function of the tree does it, or none is.
 */
const struct gcv_flow_release *gcv_check_release_at(const struct gcv_check_walk *w, uint32_t call);

/**
 * gcv_check_leak() - leak-on-error-exit, partial-not-released, last-page-not-counted,
 * guard-mismatch, wrapper-path-missing
 * @w: the walk
 * @path: a path of it
 */
void gcv_check_leak(const struct gcv_check_walk *w, const struct gcv_path *path);

/**
 * gcv_check_count() - errno-as-count, wrong-count-released, null-holes, stale-count,
 * release-after-failed-acquire, double-release
 * @w: the walk
 * @path: a path of it
 */
void gcv_check_count(const struct gcv_check_walk *w, const struct gcv_path *path);

#endif
