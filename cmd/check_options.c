// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_check_options[] = {
	{ "confidence", 0, GCV_ARG_REQUIRED, "LEVEL",
	  "only findings this sure or surer (default: medium)", GCV_COMPLETE_WORDS,
	  "high medium low", false },
	{ "severity", 0, GCV_ARG_REQUIRED, "LEVEL",
	  "only findings this bad or worse (default: note)", GCV_COMPLETE_WORDS,
	  "error warning note", false },
	{ "check", 0, GCV_ARG_REQUIRED, "CHECK", "only findings of this check", GCV_COMPLETE_WORDS,
	  "release-family-mismatch mixed-release errno-as-count signed-unsigned-compare "
	  "partial-not-released wrong-count-released leak-on-error-exit last-page-not-counted "
	  "double-release stale-count pins-per-bvec guard-mismatch release-after-failed-acquire "
	  "null-holes not-dirtied dirty-unlocked dirty-lock-in-atomic wrong-gup-flags "
	  "longterm-missing positive-count-returned accounting-mismatch error-overwritten "
	  "wrapper-path-missing",
	  true },
	{ "baseline", 0, GCV_ARG_REQUIRED, "FILE", "only findings that this document does not have",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "diff", 0, GCV_ARG_REQUIRED, "REV", "only findings of lines that differ from REV",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "series", 0, GCV_ARG_REQUIRED, "MBOX", "audit a posted series (mbox, folder or patch)",
	  GCV_COMPLETE_FILE, NULL, true },
	{ "sarif", 0, GCV_ARG_NONE, NULL, "print SARIF 2.1.0, one document", GCV_COMPLETE_NONE,
	  NULL, false },
	{ "json", 0, GCV_ARG_NONE, NULL, "print JSON, one document", GCV_COMPLETE_NONE, NULL,
	  false },
	{ 0 },
};
