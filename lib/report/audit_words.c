// SPDX-License-Identifier: GPL-2.0-only
#include "report/audit_words.h"

#include <string.h>

static const struct {
	const char *name, *text;
	enum gcv_severity severity;
} kinds[GCV_AUDIT_KINDS] = {
	[GCV_AUDIT_HUNK_FAILS] = { "series-hunk-fails",
				   "a hunk does not apply to the tree that was scanned",
				   GCV_SEVERITY_WARNING },
	[GCV_AUDIT_LEFT_OUT] = { "series-left-out",
				 "the series converts a part of what belongs to an acquire and "
				 "leaves the rest as it is",
				 GCV_SEVERITY_ERROR },
	[GCV_AUDIT_OTHER_PAGES] = { "series-other-pages",
				    "a patch converts a release that also, or only, gives back "
				    "pages which no converted acquire handed out",
				    GCV_SEVERITY_ERROR },
	[GCV_AUDIT_OWN_REFERENCE] = { "series-own-reference",
				      "a patch converts a release that drops a reference which "
				      "the code took itself",
				      GCV_SEVERITY_ERROR },
	[GCV_AUDIT_ERROR_PATH] = { "series-error-path",
				   "a patch folds a release whose count or slots are not proven "
				   "on every path, so that an error path behaves differently",
				   GCV_SEVERITY_ERROR },
	[GCV_AUDIT_MAY_SLEEP] = { "series-may-sleep",
				  "a patch puts a call that takes the page lock where the code "
				  "must not sleep, or may hold that lock",
				  GCV_SEVERITY_ERROR },
	[GCV_AUDIT_UNPROVEN] = { "series-unproven",
				 "a patch converts a release of which not all is known",
				 GCV_SEVERITY_NOTE },
	[GCV_AUDIT_NEW_FAULT] = { "series-new-fault",
				  "a check finds in the patched tree what it does not find in the "
				  "tree as it is",
				  GCV_SEVERITY_ERROR },
	[GCV_AUDIT_NEW_ERROR] = { "series-new-error",
				  "the compiler finds in the patched tree an error that it does "
				  "not find in the tree as it is",
				  GCV_SEVERITY_ERROR },
};

const char *gcv_audit_name(enum gcv_audit_kind kind)
{
	return kinds[kind].name;
}

const char *gcv_audit_text(enum gcv_audit_kind kind)
{
	return kinds[kind].text;
}

enum gcv_severity gcv_audit_severity(enum gcv_audit_kind kind)
{
	return kinds[kind].severity;
}

bool gcv_audit_find(const char *name, enum gcv_audit_kind *ret)
{
	unsigned int i;

	for (i = 0; i < GCV_AUDIT_KINDS; i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		*ret = i;
		return true;
	}
	return false;
}

const char *gcv_audit_help(enum gcv_audit_kind kind)
{
	static const char *const help[GCV_AUDIT_KINDS] = {
		[GCV_AUDIT_HUNK_FAILS] = "Scan the tree that the series was made for, or rebase "
					 "the series.",
		[GCV_AUDIT_LEFT_OUT] = "Convert all releases of the acquire, on all paths and in "
				       "all files, or none of them.",
		[GCV_AUDIT_OTHER_PAGES] = "Leave the release as it is, or tell the two kinds of "
					  "pages apart before it.",
		[GCV_AUDIT_OWN_REFERENCE] = "Leave the release that belongs to the other "
					    "reference as it is.",
		[GCV_AUDIT_ERROR_PATH] = "Release what was returned, only where that is above 0, "
					 "or keep the loop with its conditions.",
		[GCV_AUDIT_MAY_SLEEP] = "Keep the call that dirties the page as it is, and "
					"convert the release alone.",
		[GCV_AUDIT_UNPROVEN] = "Say in the patch where the pages come from.",
		[GCV_AUDIT_NEW_FAULT] = "See gupconv-check(1) for the check that is named.",
		[GCV_AUDIT_NEW_ERROR] = "Compile the file that is named.",
	};

	return help[kind];
}
