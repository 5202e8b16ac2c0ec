/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks: what each is given, and how it tells a fault.
 *
 *	struct gcv_fault *fault = gcv_check_tell(s, GCV_CHECK_DOUBLE_RELEASE, GCV_CONFIDENCE_HIGH,
 *						 site, function, node, "…%s…", name);
 *	gcv_check_note(s, fault, function, node, "acquired here");
 *
 * A check is a function of this header, in a file of its own or with its kin; check.c has the list.
 */
#ifndef GCV_CHECK_STATE_H
#define GCV_CHECK_STATE_H

#include "check/check.h"

struct gcv_check_graphs;

/**
 * struct gcv_check_state - see above
 * @c: what is checked
 * @flow: its flow
 * @facts: its program
 * @faults: what was found so far
 * @graphs: private to check/graphs.h
 */
struct gcv_check_state {
	const struct gcv_classification *c;
	const struct gcv_flow *flow;
	const struct gcv_program_facts *facts;
	struct gcv_faults *faults;
	struct gcv_check_graphs *graphs;
};

/**
 * gcv_check_tell() - tell a fault
 * @s: the state
 * @check: which check
 * @confidence: how sure
 * @site: index of the site that it is about
 * @function: index of the function where it stands
 * @node: node of its body
 * @format: as of printf(): what is wrong, a sentence without a full stop
 *
 * Return: the fault, to which notes can be added until the next one is told.
 */
struct gcv_fault *gcv_check_tell(struct gcv_check_state *s, enum gcv_check_id check,
				 enum gcv_confidence confidence, uint32_t site, uint32_t function,
				 uint32_t node, const char *format, ...)
	__attribute__((format(printf, 7, 8)));

/**
 * gcv_check_note() - add a step to the way to a fault
 * @s: the state
 * @fault: the fault that was told last
 * @function: index of the function
 * @node: node of its body, or GCV_NONE
 * @format: as of printf(): what happens there
 */
void gcv_check_note(struct gcv_check_state *s, struct gcv_fault *fault, uint32_t function,
		    uint32_t node, const char *format, ...) __attribute__((format(printf, 5, 6)));

/**
 * gcv_check_family() - releases of another family than their acquires: release-family-mismatch
 * @s: the state
 */
void gcv_check_family(struct gcv_check_state *s);

/**
 * gcv_check_paths() - what becomes of pages on the paths of their functions; see path_state.h
 * @s: the state
 */
void gcv_check_paths(struct gcv_check_state *s);

/**
 * gcv_check_twice() - pages that a function gives back before it fails, and its caller after that:
 * double-release
 * @s: the state
 */
void gcv_check_twice(struct gcv_check_state *s);

/**
 * gcv_check_rest() - a loop over pages is left, and the rest of them is given back from the wrong
 * one on: leak-on-error-exit, double-release
 * @s: the state
 */
void gcv_check_rest(struct gcv_check_state *s);

/**
 * gcv_check_flags() - flags that are none, or not those that the use of the pages needs:
 * wrong-gup-flags, longterm-missing
 * @s: the state
 */
void gcv_check_flags(struct gcv_check_state *s);

/**
 * gcv_check_atomic() - pages marked dirty where the code must not sleep: dirty-lock-in-atomic
 * @s: the state
 */
void gcv_check_atomic(struct gcv_check_state *s);

/**
 * gcv_check_compare() - errors that are compared as unsigned numbers: signed-unsigned-compare
 * @s: the state
 */
void gcv_check_compare(struct gcv_check_state *s);

/**
 * gcv_check_dirty() - pages that are written to and not marked dirty: not-dirtied
 * @s: the state
 */
void gcv_check_dirty(struct gcv_check_state *s);

/**
 * gcv_check_unlocked() - pages that are marked dirty without the page lock: dirty-unlocked
 * @s: the state
 */
void gcv_check_unlocked(struct gcv_check_state *s);

/**
 * gcv_check_result() - what a function returns after an acquire: positive-count-returned,
 * error-overwritten. Comes after gcv_check_compare().
 * @s: the state
 */
void gcv_check_result(struct gcv_check_state *s);

/**
 * gcv_check_account() - pages that are counted as pinned or locked, also after a failure:
 * accounting-mismatch
 * @s: the state
 */
void gcv_check_account(struct gcv_check_state *s);

/**
 * gcv_check_counts_up() - does a function count pages as pinned or locked?
 * @s: the state
 * @function: index of the function
 *
 * Return: true where it does so itself.
 */
bool gcv_check_counts_up(const struct gcv_check_state *s, uint32_t function);

/**
 * gcv_check_bvec() - numbers of pages that are made of a length alone: pins-per-bvec
 * @s: the state
 */
void gcv_check_bvec(struct gcv_check_state *s);

#endif
