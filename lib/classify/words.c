// SPDX-License-Identifier: GPL-2.0-only
#include "classify/words.h"

static const char *const patterns[GCV_PATTERNS] = {
	[GCV_PATTERN_NONE] = "none",
	[GCV_PATTERN_SINGLE] = "single",
	[GCV_PATTERN_SINGLE_DIRTY] = "single-dirty",
	[GCV_PATTERN_LOOP] = "loop",
	[GCV_PATTERN_LOOP_DIRTY] = "loop-dirty",
	[GCV_PATTERN_LOOP_COND_DIRTY] = "loop-conditional-dirty",
	[GCV_PATTERN_LOOP_NULL_CHECK] = "loop-null-check",
	[GCV_PATTERN_LOOP_CLEAR] = "loop-clear",
	[GCV_PATTERN_LOOP_KEPT] = "loop-kept",
	[GCV_PATTERN_COUNT_DOWN] = "count-down",
	[GCV_PATTERN_RELEASE_PAGES] = "release-pages",
	[GCV_PATTERN_ARRAY_AT_OFFSET] = "array-at-offset",
	[GCV_PATTERN_IF_DIRTY] = "if-dirty",
	[GCV_PATTERN_SG_LOOP] = "sg-loop",
	[GCV_PATTERN_BVEC_LOOP] = "bvec-loop",
	[GCV_PATTERN_NUMBER] = "number",
	[GCV_PATTERN_WRAPPER] = "wrapper",
	[GCV_PATTERN_CONTAINER] = "container",
};

static const char *const provenances[GCV_PROVENANCES] = {
	[GCV_PROVENANCE_UNKNOWN] = "unknown", [GCV_PROVENANCE_GUP] = "gup",
	[GCV_PROVENANCE_NEVER] = "never",     [GCV_PROVENANCE_MIXED] = "mixed",
	[GCV_PROVENANCE_FLAGGED] = "flagged",
};

static const char *const verdicts[GCV_VERDICTS] = {
	[GCV_VERDICT_REFUSED] = "refused",
	[GCV_VERDICT_CONVERTED] = "converted",
	[GCV_VERDICT_CONVERTIBLE] = "convertible",
	[GCV_VERDICT_KEEP] = "keep",
	[GCV_VERDICT_NOTHING_ACQUIRED] = "nothing-acquired",
	[GCV_VERDICT_CONVERT] = "convert",
	[GCV_VERDICT_REFUSE] = "refuse",
	[GCV_VERDICT_UNRELATED] = "unrelated",
};

static const struct {
	const char *name, *text;
} reasons[GCV_REASONS] = {
	[GCV_REASON_NEVER_GUP] = { "never-gup",
				   "the pages do not come from a get_user_pages function" },
	[GCV_REASON_MIXED_PROVENANCE] = { "mixed-provenance",
					  "the same release also gives back pages that do not come "
					  "from a get_user_pages function" },
	[GCV_REASON_FLAGGED_PROVENANCE] = { "flagged-provenance",
					    "a flag tells whether the pages come from a "
					    "get_user_pages function" },
	[GCV_REASON_UNKNOWN_PROVENANCE] = { "unknown-provenance",
					    "some of the pages could not be followed to where they "
					    "come from" },
	[GCV_REASON_RELEASE_NOT_FOUND] = { "release-not-found",
					   "no release of the pages was found" },
	[GCV_REASON_RELEASE_REFUSED] = { "release-refused",
					 "one of the releases of the pages cannot be converted: "
					 "all of them or none" },
	[GCV_REASON_UNCONVERTIBLE_RELEASE] = { "unconvertible-release",
					       "the pages are also given back by a function that "
					       "no conversion replaces" },
	[GCV_REASON_PARTIAL_ARRAY] = { "partial-array",
				       "it may give back only a part of the array" },
	[GCV_REASON_HOLES_POSSIBLE] = { "holes-possible", "the array may have empty slots, which "
							  "the release has to skip" },
	[GCV_REASON_COUNT_MAY_BE_NEGATIVE] = { "count-may-be-negative",
					       "the count may be a negative error code there, "
					       "which a release by unsigned count would take for a "
					       "huge number" },
	[GCV_REASON_COUNT_NOT_THE_RETURNED_ONE] = { "count-not-the-returned-one",
						    "another number of pages is given back than "
						    "was handed out" },
	[GCV_REASON_ATOMIC_CONTEXT] = { "atomic-context",
					"the release may run where sleeping is not allowed" },
	[GCV_REASON_PAGE_LOCK_MAY_BE_HELD] = { "page-lock-may-be-held",
					       "the page lock may be held where the release would "
					       "take it" },
	[GCV_REASON_PAGE_LOCK_MAY_BE_TAKEN] = { "page-lock-may-be-taken",
						"the pages are dirtied without the page lock, "
						"which "
						"can be taken there: every way to it may sleep" },
	[GCV_REASON_OWN_REFERENCE] = { "own-reference",
				       "the code takes a reference of its own on the same pages" },
	[GCV_REASON_OWNERSHIP_TRANSFERRED] = { "ownership-transferred",
					       "the reference moves to another counted owner" },
	[GCV_REASON_OWNERSHIP_LEAVES_KERNEL_VIEW] = { "ownership-leaves-kernel-view",
						      "the pages go where they cannot be "
						      "followed" },
	[GCV_REASON_GUARDED_RELEASE] = { "guarded-release", "the release stands under a condition "
							    "that the acquire does not have" },
	[GCV_REASON_UNSEEN_CODE] = { "unseen-code",
				     "code that takes part was not seen by the parser" },
	[GCV_REASON_ADDRESS_TAKEN] = { "address-taken", "a function on the way may be called "
							"through a pointer that was not followed" },
	[GCV_REASON_WRAPPER_NEEDS_CALLERS] = { "wrapper-needs-callers",
					       "the pages go to callers that are not all known" },
	[GCV_REASON_CASE_3_NOTIFIER] = { "case-3-notifier",
					 "an MMU notifier takes the pages away from the device "
					 "when they move, so that no pin is needed" },
	[GCV_REASON_CASE_4_STRUCT_PAGE_ONLY] = { "case-4-struct-page-only",
						 "only struct page is looked at and never the "
						 "data, so that no pin is needed" },
	[GCV_REASON_READ_ONLY_PEEK] = { "read-only-peek",
					"the data is only read and the page given back at once, so "
					"that no pin is needed" },
	[GCV_REASON_MM_INTERNAL] = { "mm-internal",
				     "this is part of how the get_user_pages functions are made" },
	[GCV_REASON_REMOTE_ACCESS] = { "remote-access",
				       "the memory of another process is looked at, as ptrace and "
				       "exec do, which is left as it is" },
	[GCV_REASON_NO_PAGE_ARRAY] = { "no-page-array", "NULL is given for the page array" },
	[GCV_REASON_ALREADY_CONVERTED] = { "already-converted",
					   "acquire and releases are of the same family" },
	[GCV_REASON_FAMILY_MISMATCH] = { "family-mismatch",
					 "the pages are given back by a function of another family "
					 "than that of the acquire" },
	[GCV_REASON_NO_REPLACEMENT] = { "no-replacement", "this conversion has nothing to put in "
							  "its place that the tree "
							  "declares" },
	[GCV_REASON_NO_CASE] = { "no-case",
				 "no use of the pages' data was found that asks for a pin" },
	[GCV_REASON_IS_WRAPPER] = { "is-wrapper", "it only hands on what a get_user_pages function "
						  "below it acquires: that one is converted" },
	[GCV_REASON_LIMIT_REACHED] = { "limit-reached", "the analysis stopped at one of its bounds "
							"before all was seen" },
};

const char *gcv_pattern_name(enum gcv_pattern pattern)
{
	return patterns[pattern];
}

const char *gcv_provenance_name(enum gcv_provenance provenance)
{
	return provenances[provenance];
}

const char *gcv_verdict_name(enum gcv_verdict verdict)
{
	return verdicts[verdict];
}

const char *gcv_reason_name(enum gcv_reason reason)
{
	return reasons[reason].name;
}

const char *gcv_reason_text(enum gcv_reason reason)
{
	return reasons[reason].text;
}
