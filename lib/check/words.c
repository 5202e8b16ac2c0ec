// SPDX-License-Identifier: GPL-2.0-only
#include "check/words.h"

#include <string.h>

static const struct {
	const char *name, *text;
	enum gcv_severity severity;
	bool is_of_result;
} checks[GCV_CHECKS] = {
	[GCV_CHECK_RELEASE_FAMILY_MISMATCH] = { "release-family-mismatch",
						"pages are given back by a function of another "
						"family than the one that acquired them",
						GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_MIXED_RELEASE] = { "mixed-release",
				      "pages of two kinds, which need different releases, are "
				      "given back by one call",
				      GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_ERRNO_AS_COUNT] = { "errno-as-count",
				       "a negative error code is used as a number of pages",
				       GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_SIGNED_UNSIGNED_COMPARE] = { "signed-unsigned-compare",
						"a result that may be negative is compared with an "
						"unsigned count, so that an error passes for a "
						"large number",
						GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_PARTIAL_NOT_RELEASED] = { "partial-not-released",
					     "fewer pages than asked for were acquired, and they "
					     "are not given back",
					     GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_WRONG_COUNT_RELEASED] = { "wrong-count-released",
					     "another number of pages is given back than was "
					     "acquired",
					     GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_LEAK_ON_ERROR_EXIT] = { "leak-on-error-exit",
					   "all pages were acquired, and an error exit leaves "
					   "without giving them back",
					   GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_LAST_PAGE_NOT_COUNTED] = { "last-page-not-counted",
					      "the loop that acquires is left before the last page "
					      "is counted, so that the cleanup misses it",
					      GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_DOUBLE_RELEASE] = { "double-release", "pages are given back twice",
				       GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_STALE_COUNT] = { "stale-count",
				    "the count that a release uses belongs to other pages by then",
				    GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_PINS_PER_BVEC] = { "pins-per-bvec",
				      "the number of pages is made from a length without offset "
				      "or rounding, or one reference is given back for a range of "
				      "several pages",
				      GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_GUARD_MISMATCH] = { "guard-mismatch",
				       "a release stands under a condition that the acquire does "
				       "not have",
				       GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_RELEASE_AFTER_FAILED_ACQUIRE] = { "release-after-failed-acquire",
						     "pages are given back although none were "
						     "acquired",
						     GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_NULL_HOLES] = { "null-holes", "a release may meet empty slots of the page array",
				   GCV_SEVERITY_WARNING, false },
	[GCV_CHECK_NOT_DIRTIED] = { "not-dirtied",
				    "pages that were written to are given back without being "
				    "marked dirty",
				    GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_DIRTY_UNLOCKED] = { "dirty-unlocked",
				       "set_page_dirty() is called on user pages without the page "
				       "lock",
				       GCV_SEVERITY_WARNING, false },
	[GCV_CHECK_DIRTY_LOCK_IN_ATOMIC] = { "dirty-lock-in-atomic",
					     "a call that takes the page lock stands where the "
					     "code "
					     "must not sleep",
					     GCV_SEVERITY_ERROR, false },
	[GCV_CHECK_WRONG_GUP_FLAGS] = { "wrong-gup-flags",
					"the flags of the acquire are not what the call, or the "
					"use of its pages, needs",
					GCV_SEVERITY_WARNING, false },
	[GCV_CHECK_LONGTERM_MISSING] = { "longterm-missing",
					 "pages stay pinned for as long as user space likes, "
					 "without FOLL_LONGTERM",
					 GCV_SEVERITY_WARNING, false },
	[GCV_CHECK_POSITIVE_COUNT_RETURNED] = { "positive-count-returned",
						"the number of pages is returned where callers "
						"expect 0 or an error",
						GCV_SEVERITY_WARNING, true },
	[GCV_CHECK_ACCOUNTING_MISMATCH] = { "accounting-mismatch",
					    "pages are counted as pinned or locked, and that is "
					    "not taken back",
					    GCV_SEVERITY_WARNING, false },
	[GCV_CHECK_ERROR_OVERWRITTEN] = { "error-overwritten",
					  "the error of the acquire is lost before it is returned",
					  GCV_SEVERITY_WARNING, true },
	[GCV_CHECK_WRAPPER_PATH_MISSING] = { "wrapper-path-missing",
					     "a path of a caller misses the second half of a pair "
					     "of functions that acquire and give back",
					     GCV_SEVERITY_ERROR, false },
};

const char *gcv_check_name(enum gcv_check_id check)
{
	return checks[check].name;
}

bool gcv_check_find(const char *name, enum gcv_check_id *ret)
{
	unsigned int i;

	for (i = 0; i < GCV_CHECKS; i++) {
		if (strcmp(checks[i].name, name) != 0)
			continue;
		*ret = i;
		return true;
	}
	return false;
}

const char *gcv_check_text(enum gcv_check_id check)
{
	return checks[check].text;
}

enum gcv_severity gcv_check_severity(enum gcv_check_id check)
{
	return checks[check].severity;
}

bool gcv_check_is_of_result(enum gcv_check_id check)
{
	return checks[check].is_of_result;
}

const char *gcv_severity_name(enum gcv_severity severity)
{
	static const char *const names[GCV_SEVERITIES] = { "error", "warning", "note" };

	return names[severity];
}

const char *gcv_confidence_name(enum gcv_confidence confidence)
{
	static const char *const names[GCV_CONFIDENCES] = { "high", "medium", "low" };

	return names[confidence];
}
