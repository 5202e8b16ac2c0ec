// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/compile_commands.h"
#include "tests/fuzz/target.h"

#include <stdlib.h>
#include <string.h>

/* No dangerous option may come through, whatever the file says. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gcv_compile_wanted wanted = { .tree = "/proc/self",
					     .resource_include = "/usr/include" };
	struct gcv_compile_commands commands;
	size_t i, k;

	if (gcv_compile_commands_parse("fuzz", "/proc/self", (const char *)data, size, &wanted,
				       &commands, NULL) != GCV_OK)
		return 0;
	for (i = 0; i < commands.nr_commands; i++)
		for (k = 0; k < commands.commands[i].nr_args; k++) {
			const char *arg = commands.commands[i].argv[k];

			if (strstr(arg, "-fplugin") == arg || strstr(arg, "-load") == arg ||
			    *arg == '@' || strcmp(arg, "-Xclang") == 0)
				abort();
		}
	gcv_compile_commands_release(&commands);
	return 0;
}
