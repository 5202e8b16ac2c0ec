// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"

const struct gcv_option gcv_explain_options[] = {
	{ "conversion", 0, GCV_ARG_REQUIRED, "NAME", "the verdict for the conversion NAME",
	  GCV_COMPLETE_NONE, NULL, false },
	{ "json", 0, GCV_ARG_NONE, NULL, "print JSON, one document", GCV_COMPLETE_NONE, NULL,
	  false },
	{ 0 },
};
