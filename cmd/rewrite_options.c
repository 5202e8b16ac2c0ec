// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_rewrite_options[] = {
	{ "conversion", 0, GCV_ARG_REQUIRED, "NAME", "the goal: put-user-page, pin-user-page, ...",
	  GCV_COMPLETE_WORDS, "put-user-page pin-user-page make-dirty", false },
	{ "longterm", 0, GCV_ARG_NONE, NULL, "add FOLL_LONGTERM where it is due", GCV_COMPLETE_NONE,
	  NULL, false },
	{ "api", 0, GCV_ARG_REQUIRED, "FILE", "add a table of API names, as for scan",
	  GCV_COMPLETE_FILE, NULL, true },
	{ 0 },
};
