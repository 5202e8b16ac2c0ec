// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_scan_options[] = {
	{ "jobs", 'j', GCV_ARG_REQUIRED, "N", "worker processes (default: one for each processor)",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "label", 0, GCV_ARG_REQUIRED, "NAME",
	  "snapshot's name (default: release or git describe)", GCV_COMPLETE_NONE, NULL, false },
	{ "compile-commands", 0, GCV_ARG_REQUIRED, "FILE",
	  "take flags from this compile_commands.json", GCV_COMPLETE_FILE, NULL, false },
	{ "arch", 0, GCV_ARG_REQUIRED, "LIST", "only these architectures, as x86,arm64",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "api", 0, GCV_ARG_REQUIRED, "FILE", "add the API names of this JSON file",
	  GCV_COMPLETE_FILE, NULL, true },
	{ "git", 0, GCV_ARG_REQUIRED, "REV..REV", "scan these revisions of a git repository",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "every", 0, GCV_ARG_REQUIRED, "tag|N",
	  "of these those with a tag (default), or every Nth", GCV_COMPLETE_NONE, NULL, false },
	{ "shard", 0, GCV_ARG_REQUIRED, "K/N", "only the Kth of N parts, for gupconv merge",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "unit-time", 0, GCV_ARG_REQUIRED, "SECONDS",
	  "CPU time of a translation unit (default: 60)", GCV_COMPLETE_NONE, NULL, false },
	{ "unit-memory", 0, GCV_ARG_REQUIRED, "MIB", "memory of a translation unit (default: 2048)",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "force", 'f', GCV_ARG_NONE, NULL, "parse everything again, also what did not change",
	  GCV_COMPLETE_NONE, NULL, false },
	{ 0 },
};
