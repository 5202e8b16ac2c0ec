/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words in which a classification is told: patterns, provenances, verdicts and reasons, with
 * their stable kebab-case names. gupconv-report(5) promises these names.
 *
 *	name = gcv_pattern_name(GCV_PATTERN_LOOP_DIRTY);	"loop-dirty"
 *	text = gcv_reason_text(GCV_REASON_HOLES_POSSIBLE);	a sentence about it
 */
#ifndef GCV_CLASSIFY_WORDS_H
#define GCV_CLASSIFY_WORDS_H

#include <stdint.h>

/**
 * enum gcv_pattern - how the code that releases pages looks
 * @GCV_PATTERN_NONE: no release (an acquire without one), or not looked at
 * @GCV_PATTERN_SINGLE: one call for one page
 * @GCV_PATTERN_SINGLE_DIRTY: the same, dirtied before
 * @GCV_PATTERN_LOOP: a loop over an array that does nothing but release
 * @GCV_PATTERN_LOOP_DIRTY: a loop that dirties each page and releases it
 * @GCV_PATTERN_LOOP_COND_DIRTY: a loop that dirties under a condition and releases
 * @GCV_PATTERN_LOOP_NULL_CHECK: a loop that skips empty slots
 * @GCV_PATTERN_LOOP_CLEAR: a loop that also clears the slots
 * @GCV_PATTERN_LOOP_KEPT: a loop that has to stay, because it does other things, too
 * @GCV_PATTERN_COUNT_DOWN: a loop that counts down
 * @GCV_PATTERN_RELEASE_PAGES: a call that releases an array
 * @GCV_PATTERN_ARRAY_AT_OFFSET: pages from the middle of an array
 * @GCV_PATTERN_IF_DIRTY: if (dirty) one release, else another
 * @GCV_PATTERN_SG_LOOP: a loop over a scatterlist
 * @GCV_PATTERN_BVEC_LOOP: a loop over bio vectors
 * @GCV_PATTERN_NUMBER: a page made from a frame number or an address
 * @GCV_PATTERN_WRAPPER: a function that does nothing but release its argument
 * @GCV_PATTERN_CONTAINER: a call that releases the pages of a container (bio, frame vector)
 * @GCV_PATTERNS: number of patterns
 */
enum gcv_pattern {
	GCV_PATTERN_NONE,
	GCV_PATTERN_SINGLE,
	GCV_PATTERN_SINGLE_DIRTY,
	GCV_PATTERN_LOOP,
	GCV_PATTERN_LOOP_DIRTY,
	GCV_PATTERN_LOOP_COND_DIRTY,
	GCV_PATTERN_LOOP_NULL_CHECK,
	GCV_PATTERN_LOOP_CLEAR,
	GCV_PATTERN_LOOP_KEPT,
	GCV_PATTERN_COUNT_DOWN,
	GCV_PATTERN_RELEASE_PAGES,
	GCV_PATTERN_ARRAY_AT_OFFSET,
	GCV_PATTERN_IF_DIRTY,
	GCV_PATTERN_SG_LOOP,
	GCV_PATTERN_BVEC_LOOP,
	GCV_PATTERN_NUMBER,
	GCV_PATTERN_WRAPPER,
	GCV_PATTERN_CONTAINER,
	GCV_PATTERNS,
};

/**
 * enum gcv_provenance - which pages a release gives back
 * @GCV_PROVENANCE_UNKNOWN: the flow was lost
 * @GCV_PROVENANCE_GUP: only pages from acquire sites
 * @GCV_PROVENANCE_NEVER: no page from an acquire site
 * @GCV_PROVENANCE_MIXED: both
 * @GCV_PROVENANCE_FLAGGED: both, but a flag tells which
 * @GCV_PROVENANCES: number of words
 */
enum gcv_provenance {
	GCV_PROVENANCE_UNKNOWN,
	GCV_PROVENANCE_GUP,
	GCV_PROVENANCE_NEVER,
	GCV_PROVENANCE_MIXED,
	GCV_PROVENANCE_FLAGGED,
	GCV_PROVENANCES,
};

/**
 * enum gcv_verdict - what is to be done with a site
 * @GCV_VERDICT_REFUSED: acquire: not to be converted by the tool; a reason says why
 * @GCV_VERDICT_CONVERTED: already has the wanted form
 * @GCV_VERDICT_CONVERTIBLE: acquire: can be converted together with all its releases
 * @GCV_VERDICT_KEEP: stays as it is
 * @GCV_VERDICT_NOTHING_ACQUIRED: acquire: no page array is given
 * @GCV_VERDICT_CONVERT: release: goes with its acquires
 * @GCV_VERDICT_REFUSE: release: of an acquire that is refused, or itself the cause
 * @GCV_VERDICT_UNRELATED: release: of other pages
 * @GCV_VERDICTS: number of words
 */
enum gcv_verdict {
	GCV_VERDICT_REFUSED,
	GCV_VERDICT_CONVERTED,
	GCV_VERDICT_CONVERTIBLE,
	GCV_VERDICT_KEEP,
	GCV_VERDICT_NOTHING_ACQUIRED,
	GCV_VERDICT_CONVERT,
	GCV_VERDICT_REFUSE,
	GCV_VERDICT_UNRELATED,
	GCV_VERDICTS,
};

/** enum gcv_reason - why; see gcv_reason_text() for each */
enum gcv_reason {
	GCV_REASON_NEVER_GUP,
	GCV_REASON_MIXED_PROVENANCE,
	GCV_REASON_FLAGGED_PROVENANCE,
	GCV_REASON_UNKNOWN_PROVENANCE,
	GCV_REASON_RELEASE_NOT_FOUND,
	GCV_REASON_RELEASE_REFUSED,
	GCV_REASON_UNCONVERTIBLE_RELEASE,
	GCV_REASON_PARTIAL_ARRAY,
	GCV_REASON_HOLES_POSSIBLE,
	GCV_REASON_COUNT_MAY_BE_NEGATIVE,
	GCV_REASON_COUNT_NOT_THE_RETURNED_ONE,
	GCV_REASON_ATOMIC_CONTEXT,
	GCV_REASON_PAGE_LOCK_MAY_BE_HELD,
	GCV_REASON_PAGE_LOCK_MAY_BE_TAKEN,
	GCV_REASON_OWN_REFERENCE,
	GCV_REASON_OWNERSHIP_TRANSFERRED,
	GCV_REASON_OWNERSHIP_LEAVES_KERNEL_VIEW,
	GCV_REASON_GUARDED_RELEASE,
	GCV_REASON_UNSEEN_CODE,
	GCV_REASON_ADDRESS_TAKEN,
	GCV_REASON_WRAPPER_NEEDS_CALLERS,
	GCV_REASON_CASE_3_NOTIFIER,
	GCV_REASON_CASE_4_STRUCT_PAGE_ONLY,
	GCV_REASON_READ_ONLY_PEEK,
	GCV_REASON_MM_INTERNAL,
	GCV_REASON_REMOTE_ACCESS,
	GCV_REASON_NO_PAGE_ARRAY,
	GCV_REASON_ALREADY_CONVERTED,
	GCV_REASON_FAMILY_MISMATCH,
	GCV_REASON_NO_REPLACEMENT,
	GCV_REASON_NO_CASE,
	GCV_REASON_IS_WRAPPER,
	GCV_REASON_LIMIT_REACHED,
	GCV_REASONS,
};

/**
 * gcv_pattern_name() - stable name of a pattern
 * @pattern: the pattern
 *
 * Return: kebab-case name ("loop-dirty").
 */
const char *gcv_pattern_name(enum gcv_pattern pattern);

/**
 * gcv_provenance_name() - stable name of a provenance
 * @provenance: the provenance
 *
 * Return: kebab-case name ("gup").
 */
const char *gcv_provenance_name(enum gcv_provenance provenance);

/**
 * gcv_verdict_name() - stable name of a verdict
 * @verdict: the verdict
 *
 * Return: kebab-case name ("nothing-acquired").
 */
const char *gcv_verdict_name(enum gcv_verdict verdict);

/**
 * gcv_reason_name() - stable code of a reason
 * @reason: the reason
 *
 * Return: kebab-case code ("mixed-provenance").
 */
const char *gcv_reason_name(enum gcv_reason reason);

/**
 * gcv_reason_text() - what a reason means, in a sentence
 * @reason: the reason
 *
 * Return: the sentence, without a full stop.
 */
const char *gcv_reason_text(enum gcv_reason reason);

#endif
