// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_list_options[] = {
	{ "role", 0, GCV_ARG_REQUIRED, "ROLE", "only sites of this role: acquire or release",
	  GCV_COMPLETE_WORDS, "acquire release", false },
	{ "name", 0, GCV_ARG_REQUIRED, "NAME", "only sites of the API function NAME",
	  GCV_COMPLETE_NONE, NULL, true },
	{ "conversion", 0, GCV_ARG_REQUIRED, "NAME", "verdicts for the conversion NAME",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "pattern", 0, GCV_ARG_REQUIRED, "PATTERN", "only sites whose releases have this shape",
	  GCV_COMPLETE_WORDS,
	  "none single single-dirty loop loop-dirty loop-conditional-dirty "
	  "loop-null-check loop-clear loop-kept count-down release-pages "
	  "array-at-offset if-dirty sg-loop bvec-loop number wrapper container",
	  false },
	{ "verdict", 0, GCV_ARG_REQUIRED, "VERDICT", "only sites with this verdict",
	  GCV_COMPLETE_WORDS,
	  "refused converted convertible keep nothing-acquired convert refuse unrelated", false },
	{ "reason", 0, GCV_ARG_REQUIRED, "REASON", "only sites with this reason",
	  GCV_COMPLETE_WORDS,
	  "never-gup mixed-provenance flagged-provenance unknown-provenance "
	  "release-not-found release-refused unconvertible-release partial-array holes-possible "
	  "count-may-be-negative count-not-the-returned-one atomic-context "
	  "page-lock-may-be-held own-reference ownership-transferred "
	  "ownership-leaves-kernel-view guarded-release unseen-code address-taken "
	  "wrapper-needs-callers case-3-notifier case-4-struct-page-only "
	  "read-only-peek mm-internal remote-access no-page-array already-converted "
	  "family-mismatch no-replacement no-case is-wrapper limit-reached",
	  false },
	{ "ledger", 0, GCV_ARG_OPTIONAL, "CLASS", "every occurrence, or those of one CLASS",
	  GCV_COMPLETE_WORDS,
	  "call declaration macro-body address-taken other-name comment string directive "
	  "build-file inactive not-analysed",
	  false },
	{ "json", 0, GCV_ARG_NONE, NULL, "print JSON, one document", GCV_COMPLETE_NONE, NULL,
	  false },
	{ 0 },
};
