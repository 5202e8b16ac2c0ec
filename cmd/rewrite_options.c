// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_rewrite_options[] = {
	{ "conversion", 0, GCV_ARG_REQUIRED, "NAME", "the goal: put-user-page, pin-user-page, ...",
	  GCV_COMPLETE_WORDS, "put-user-page pin-user-page make-dirty", false },
	{ "in-place", 0, GCV_ARG_NONE, NULL, "change the files of the tree, all or none",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "series", 0, GCV_ARG_REQUIRED, "DIR", "write a series of mails into the new folder DIR",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "reroll", 0, GCV_ARG_REQUIRED, "N", "make version N of the series, with what changed",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "max-patches", 0, GCV_ARG_REQUIRED, "N", "patches that one series has at most (15)",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "signoff", 0, GCV_ARG_NONE, NULL, "add your Signed-off-by", GCV_COMPLETE_NONE, NULL,
	  false },
	{ "subsystem", 0, GCV_ARG_REQUIRED, "TITLE", "only what this entry of MAINTAINERS has",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "longterm", 0, GCV_ARG_NONE, NULL, "add FOLL_LONGTERM where it is due", GCV_COMPLETE_NONE,
	  NULL, false },
	{ "jobs", 'j', GCV_ARG_REQUIRED, "N", "worker processes for the check", GCV_COMPLETE_NONE,
	  NULL, false },
	{ "compile-commands", 0, GCV_ARG_REQUIRED, "FILE", "the file that scan was given",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "api", 0, GCV_ARG_REQUIRED, "FILE", "add a table of API names, as for scan",
	  GCV_COMPLETE_FILE, NULL, true },
	{ 0 },
};
