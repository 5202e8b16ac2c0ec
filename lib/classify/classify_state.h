/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the classification: what is gathered before verdicts are spoken.
 *
 *	gcv_classify_provenance(&state);	releases: which pages
 *	gcv_classify_uses(&state);		acquires: what happens to the pages
 *	gcv_classify_shapes(&state);		releases: what the code looks like
 *	gcv_classify_paths(&state);		acquires: what becomes of the pages on each path
 *	gcv_classify_hidden(&state);		acquires: who may release without being seen
 *	gcv_classify_verdicts(&state);		both
 */
#ifndef GCV_CLASSIFY_STATE_H
#define GCV_CLASSIFY_STATE_H

#include "classify/classify.h"
#include "classify/release_shape.h"

struct gcv_acquire_calls;
struct gcv_flag_writes;

/**
 * struct gcv_classify_question - where a function asks a notifier; private to notifier_retry.c
 * @own: in its own code
 * @near: there or in what it calls
 */
struct gcv_classify_question {
	uint32_t own, near;
};

/**
 * struct gcv_classify_state - see above
 * @result: what is made
 * @flow: what it is made from
 * @contexts: in which contexts its calls may run
 * @acquires: by site
 * @releases: by site
 * @calls: what calls do
 * @flags: assignments to fields
 * @questions: by function
 * @is_internal: by site: it stands in the implementation of the acquire functions
 */
struct gcv_classify_state {
	struct gcv_classification *result;
	const struct gcv_flow *flow;
	struct gcv_contexts *contexts;
	struct gcv_acquire_facts *acquires;
	struct gcv_release_facts *releases;
	const struct gcv_acquire_calls *calls;
	const struct gcv_flag_writes *flags;
	struct gcv_classify_question *questions;
	bool *is_internal;
};

/**
 * gcv_classify_reason() - add a reason to a site, once
 * @state: the state
 * @site: index of the site; GCV_NONE is allowed
 * @reason: the reason
 * @is_refusing: it decides
 * @function: where
 * @node: where
 * @detail: a name, or NULL
 */
void gcv_classify_reason(struct gcv_classify_state *state, uint32_t site, enum gcv_reason reason,
			 bool is_refusing, uint32_t function, uint32_t node, const char *detail);

/**
 * gcv_classify_partner() - tie an acquire and a release together, once
 * @state: the state
 * @a: index of a site
 * @b: index of the other
 */
void gcv_classify_partner(struct gcv_classify_state *state, uint32_t a, uint32_t b);

/**
 * gcv_classify_provenance() - tell for each release which pages it gives back
 * @state: the state
 */
void gcv_classify_provenance(struct gcv_classify_state *state);

/**
 * gcv_classify_uses() - tell for each acquire what happens to its pages
 * @state: the state
 */
void gcv_classify_uses(struct gcv_classify_state *state);

/**
 * gcv_classify_shapes() - tell patterns, and what rewriting has to mind
 * @state: the state, with provenances and uses
 */
void gcv_classify_shapes(struct gcv_classify_state *state);

/**
 * gcv_classify_untie() - a release is none of an acquire's, though its pages seemed to reach it
 * @state: the state, with provenances
 * @release: the release
 * @acquire: the acquire
 */
void gcv_classify_untie(struct gcv_classify_state *state, const struct gcv_flow_release *release,
			const struct gcv_flow_acquire *acquire);

/**
 * gcv_classify_flagged() - find out whether a flag tells the pages of a release apart
 * @state: the state, with provenances
 * @release: a release that pages of two kinds reach
 *
 * Where the flag is the one for the other pages, the release is untied from all acquires.
 */
void gcv_classify_flagged(struct gcv_classify_state *state, const struct gcv_flow_release *release);

/**
 * gcv_classify_paths() - tell what becomes of the pages on the paths of the acquiring function
 * @state: the state, with provenances and uses
 */
void gcv_classify_paths(struct gcv_classify_state *state);

/**
 * gcv_classify_hidden() - tell which acquires a notifier may drop the pages of without being seen
 * @state: the state, with shapes
 */
void gcv_classify_hidden(struct gcv_classify_state *state);

/**
 * gcv_classify_retry() - where the users of an acquire ask a notifier before they go on
 * @state: the state, with provenances
 * @acquire: index of the acquire site
 * @ret_function: function that asks, or that calls one that does
 * @ret_node: CALL node in it
 *
 * Looks at the functions that hold the acquire and its releases, and at those that they call.
 * Source: Documentation/mm/hmm.rst and CASE 3 of Documentation/core-api/pin_user_pages.rst: what is
 * established under such a check is taken back by the notifier, and the reference ends before.
 *
 * Return: false where none of them asks; the outputs stay as they are.
 */
bool gcv_classify_retry(const struct gcv_classify_state *state, uint32_t acquire,
			uint32_t *ret_function, uint32_t *ret_node);

/**
 * gcv_classify_verdicts() - decide
 * @state: the state
 */
void gcv_classify_verdicts(struct gcv_classify_state *state);

#endif
