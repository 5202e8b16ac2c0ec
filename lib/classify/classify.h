/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Verdicts: for each acquire and release site, what a conversion can do with it, and why.
 *
 *	st = gcv_classify(flow, conversion, &result, err);
 *	…result->sites[i] for program->facts.sites[i]…
 *	gcv_classification_free(result);
 *
 * A verdict is never better than its evidence: an acquire is convertible only if all its releases
 * are known, serve no other pages, and can be converted; what one release refuses holds for all
 * acquires that it serves, and for all their releases.
 */
#ifndef GCV_CLASSIFY_CLASSIFY_H
#define GCV_CLASSIFY_CLASSIFY_H

#include "classify/site_facts.h"
#include "classify/words.h"
#include "flow/flow.h"

/**
 * struct gcv_reason_at - a reason and the place that proves it
 * @reason: why
 * @is_refusing: it decides against a conversion; else it is a remark for people or for the
 * rewriting
 * @function: index of the function where the proof stands, or GCV_NONE
 * @node: node there, or GCV_NONE for the function itself; without a function the index of a site
 * @detail: name of what is called, of a field, or of another origin; or ""
 */
struct gcv_reason_at {
	enum gcv_reason reason;
	bool is_refusing;
	uint32_t function, node;
	const char *detail;
};

/** enum gcv_site_dirty - are the pages dirtied where they are released, by the call or beside it?
 */
enum gcv_site_dirty {
	GCV_SITE_DIRTY_UNKNOWN,
	GCV_SITE_DIRTY_NEVER,
	GCV_SITE_DIRTY_ALWAYS,
	GCV_SITE_DIRTY_BY_ARGUMENT,
	GCV_SITE_DIRTY_CONDITIONAL,
};

/**
 * struct gcv_site_class - the classification of a site
 * @verdict: what is to be done
 * @provenance: of a release: which pages it gives back
 * @pattern: of a release its shape; of an acquire that of its releases, if all have the same
 * @dirty: of a release
 * @case_nr: of an acquire: case 1 to 5 of pin_user_pages.rst, 0 where none could be told
 * @is_longterm: of an acquire: the pages stay beyond the system call
 * @exposed_in: of an acquire: field or variable in which a frame number or address of its pages is
 * kept for others, or NULL
 * @exposed_function: index of the function that puts it there
 * @exposed_node: node there
 * @is_seen: the flow analysis met the site
 * @reasons: why, the deciding ones first
 * @nr_reasons: how many
 * @partners: indices of sites: releases of an acquire, acquires of a release
 * @nr_partners: how many
 */
struct gcv_site_class {
	enum gcv_verdict verdict;
	enum gcv_provenance provenance;
	enum gcv_pattern pattern;
	enum gcv_site_dirty dirty;
	unsigned int case_nr;
	bool is_longterm;
	const char *exposed_in;
	uint32_t exposed_function, exposed_node;
	bool is_seen;
	struct gcv_reason_at *reasons;
	uint32_t nr_reasons, cap_reasons;
	uint32_t *partners;
	uint32_t nr_partners, cap_partners;
};

/**
 * struct gcv_classification - see above
 * @flow: what it was made from
 * @conversion: for which conversion
 * @arena: owns strings
 * @sites: one for each site of the program
 * @nr_sites: how many
 * @acquires: by site
 * @releases: by site
 * @contexts: in which contexts the calls of the program may run
 * @walks: acquires whose paths were followed, in the order of the flow
 * @nr_walks: how many
 */
struct gcv_classification {
	const struct gcv_flow *flow;
	const struct gcv_api_conversion *conversion;
	struct gcv_arena arena;
	struct gcv_site_class *sites;
	uint32_t nr_sites;
	struct gcv_acquire_facts *acquires;
	struct gcv_release_facts *releases;
	struct gcv_contexts *contexts;
	struct gcv_acquire_walked *walks;
	uint32_t nr_walks, cap_walks;
};

/**
 * gcv_classify_default() - the conversion that a tree is ready for
 * @era: what the tree declares
 *
 * Return: "pin-user-page" where the tree declares pin_user_pages*(), else "put-user-page".
 */
const char *gcv_classify_default(const struct gcv_era *era);

/**
 * gcv_classify() - decide about all sites
 * @flow: a solved flow; must outlive the result
 * @conversion: name of a conversion of the API table
 * @ret: for gcv_classification_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such conversion), or what gcv_program_body() returned.
 */
enum gcv_status gcv_classify(const struct gcv_flow *flow, const char *conversion,
			     struct gcv_classification **ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_classification_free() - free a classification
 * @classification: may be NULL
 */
void gcv_classification_free(struct gcv_classification *classification);

#endif
