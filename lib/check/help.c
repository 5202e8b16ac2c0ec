// SPDX-License-Identifier: GPL-2.0-only
#include "check/words.h"

static const char *const texts[GCV_CHECKS] = {
	[GCV_CHECK_RELEASE_FAMILY_MISMATCH] =
		"Give back by unpin_user_page*() what pin_user_pages*() acquired, and by "
		"put_page() "
		"what get_user_pages*() acquired: the kernel counts pins apart from references, "
		"and "
		"a wrong release leaves one of the two counts too high.",
	[GCV_CHECK_MIXED_RELEASE] =
		"Keep pages of different origins apart, or note beside them how each was acquired, "
		"and release each kind by its own function.",
	[GCV_CHECK_ERRNO_AS_COUNT] = "Tell a negative result from a number of pages before it "
				     "bounds a loop, is added or "
				     "becomes unsigned.",
	[GCV_CHECK_SIGNED_UNSIGNED_COMPARE] =
		"Ask first whether the result is negative, or compare signed values: converted to "
		"unsigned, an error is larger than every count.",
	[GCV_CHECK_PARTIAL_NOT_RELEASED] =
		"Where fewer pages came than were asked for and the call cannot go on with them, "
		"give back those that came.",
	[GCV_CHECK_WRONG_COUNT_RELEASED] =
		"Give back the number that the acquire returned, not the number that it was asked "
		"for.",
	[GCV_CHECK_LEAK_ON_ERROR_EXIT] =
		"Lead the error exit through the release, as the exits before and behind it.",
	[GCV_CHECK_LAST_PAGE_NOT_COUNTED] =
		"Count a page as soon as it is acquired, before anything that leaves the loop.",
	[GCV_CHECK_DOUBLE_RELEASE] =
		"Give each page back once: clear the pointer or the count with the first release, "
		"or leave it to one owner.",
	[GCV_CHECK_STALE_COUNT] =
		"Set the count anew with each acquire, and to 0 when its pages are given back.",
	[GCV_CHECK_PINS_PER_BVEC] =
		"Round up offset plus length to whole pages, and give back as many references as "
		"there are pages in the range.",
	[GCV_CHECK_GUARD_MISMATCH] =
		"Release under the condition under which the pages were acquired, as it was then.",
	[GCV_CHECK_RELEASE_AFTER_FAILED_ACQUIRE] =
		"Skip the release where the acquire failed: there is nothing to give back.",
	[GCV_CHECK_NULL_HOLES] =
		"Leave out the slots that were never filled, or release only as many as were.",
	[GCV_CHECK_NOT_DIRTIED] =
		"Mark pages that a device or the kernel wrote to as dirty before they are given "
		"back, by set_page_dirty_lock() or by a release that does both: else the data may "
		"be lost.",
	[GCV_CHECK_DIRTY_UNLOCKED] =
		"Use set_page_dirty_lock(), or a release that dirties under the page lock: a page "
		"that is truncated meanwhile has no mapping any more.",
	[GCV_CHECK_DIRTY_LOCK_IN_ATOMIC] = "Take the page lock only where the code may sleep: put "
					   "the release off to a worker, "
					   "or mark the pages dirty before.",
	[GCV_CHECK_WRONG_GUP_FLAGS] = "Pass FOLL_* flags: FOLL_WRITE where the pages are written "
				      "to, and neither FOLL_GET "
				      "nor FOLL_PIN, which are for mm/ alone.",
	[GCV_CHECK_LONGTERM_MISSING] =
		"Add FOLL_LONGTERM where user space decides when the pages are given back, so that "
		"they are moved out of regions that must stay movable.",
	[GCV_CHECK_POSITIVE_COUNT_RETURNED] = "Return 0 where all pages came: callers take "
					      "everything else for an error or hand it "
					      "on to user space.",
	[GCV_CHECK_ACCOUNTING_MISMATCH] = "Take back from pinned_vm or locked_vm what was added, "
					  "on every way out, and in the "
					  "same unit.",
	[GCV_CHECK_ERROR_OVERWRITTEN] = "Keep the error of the acquire until it is returned: clean "
					"up with a variable of its "
					"own.",
	[GCV_CHECK_WRAPPER_PATH_MISSING] =
		"Call the second function of the pair on every way out on which the first one "
		"succeeded.",
};

const char *gcv_check_help(enum gcv_check_id check)
{
	return texts[check];
}
