// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/site_options.h"

struct gcv_site_filter gcv_site_options_filter(const struct gcv_cli *cli)
{
	return (struct gcv_site_filter){
		.conversion = gcv_cli_value(cli, "conversion"),
		.pattern = gcv_cli_value(cli, "pattern"),
		.verdict = gcv_cli_value(cli, "verdict"),
		.reason = gcv_cli_value(cli, "reason"),
		.subsystem = gcv_cli_value(cli, "subsystem"),
		.maintainer = gcv_cli_value(cli, "maintainer"),
		.status = gcv_cli_value(cli, "status"),
	};
}
