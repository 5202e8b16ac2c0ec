// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_merge_options[] = {
	{ "jobs", 'j', GCV_ARG_REQUIRED, "N", "worker processes (default: one for each processor)",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "label", 0, GCV_ARG_REQUIRED, "NAME",
	  "snapshot's name (default: release or git describe)", GCV_COMPLETE_NONE, NULL, false },
	{ "compile-commands", 0, GCV_ARG_REQUIRED, "FILE",
	  "the compile_commands.json that the parts had", GCV_COMPLETE_FILE, NULL, false },
	{ "arch", 0, GCV_ARG_REQUIRED, "LIST", "the architectures that the parts had",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "api", 0, GCV_ARG_REQUIRED, "FILE", "an API table that the parts had", GCV_COMPLETE_FILE,
	  NULL, true },
	{ 0 },
};
