// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"
#include "cmd/site_options.h"

const struct gcv_option gcv_report_options[] = {
	{ "json", 0, GCV_ARG_REQUIRED, "FILE", "write JSON to FILE, - for standard output",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "html", 0, GCV_ARG_REQUIRED, "FILE", "write one HTML page to FILE, - for standard output",
	  GCV_COMPLETE_FILE, NULL, false },
	{ "link-template", 0, GCV_ARG_REQUIRED, "URL",
	  "links to lines: %F file, %L line, %V kernel", GCV_COMPLETE_NONE, NULL, false },
	{ "since", 0, GCV_ARG_REQUIRED, "LABEL", "compare with the snapshot LABEL",
	  GCV_COMPLETE_NONE, NULL, false },
	GCV_SITE_OPTIONS,
	{ 0 },
};
