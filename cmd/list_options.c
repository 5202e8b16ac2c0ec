// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"
#include "cmd/site_options.h"

const struct gcv_option gcv_list_options[] = {
	{ "role", 0, GCV_ARG_REQUIRED, "ROLE", "only sites of this role: acquire or release",
	  GCV_COMPLETE_WORDS, "acquire release", false },
	{ "name", 0, GCV_ARG_REQUIRED, "NAME", "only sites of the API function NAME",
	  GCV_COMPLETE_NONE, NULL, true },
	GCV_SITE_OPTIONS,
	{ "ledger", 0, GCV_ARG_OPTIONAL, "CLASS", "every occurrence, or those of one CLASS",
	  GCV_COMPLETE_WORDS,
	  "call declaration macro-body address-taken other-name comment string directive "
	  "build-file inactive not-analysed",
	  false },
	{ "json", 0, GCV_ARG_NONE, NULL, "print JSON, one document", GCV_COMPLETE_NONE, NULL,
	  false },
	{ 0 },
};
