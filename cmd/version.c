// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/worker_path.h"
#include <stdio.h>

int gcv_cmd_version(struct gcv_cli *cli)
{
	char *worker GCV_AUTOFREE = NULL;
	struct gcv_err err;

	printf("gupconv %s\n", GCV_VERSION);
	if (!cli->verbose)
		return GCV_EXIT_DONE;
	printf("compiler: %s\n", __VERSION__);
#ifdef __SANITIZE_ADDRESS__
	puts("sanitizers: address");
#else
	puts("sanitizers: none");
#endif
	if (gcv_worker_path(&worker, &err) == GCV_OK)
		printf("worker: %s\n", worker);
	else
		printf("worker: none: %s\n", err.text);
	printf("compiler headers: %s\n", GCV_CLANG_RESOURCE_INCLUDE);
	return GCV_EXIT_DONE;
}
