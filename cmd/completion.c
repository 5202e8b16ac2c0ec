// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/completion.h"
#include "cmd/terminal.h"
#include <string.h>

void gcv_completion_put_quoted(FILE *out, const char *text, const char *escape)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else if (*text == '\\' || strchr(escape, *text))
			fprintf(out, "\\%c", *text);
		else
			fputc(*text, out);
	}
}

void gcv_completion_put_global_args(FILE *out, const char *separator)
{
	const char *before = "";

	for (const struct gcv_option *opt = gcv_global_options; opt->name; opt++) {
		if (opt->has_arg != GCV_ARG_REQUIRED)
			continue;
		fprintf(out, "%s--%s", before, opt->name);
		before = separator;
		if (opt->letter)
			fprintf(out, "%s-%c", before, opt->letter);
	}
}

int gcv_cmd_completion(struct gcv_cli *cli)
{
	const char *shell = cli->operand_nr ? cli->operands[0] : NULL;

	if (!shell)
		return gcv_cli_usage_error(cli, "completion needs a shell: bash, zsh or fish");
	if (strcmp(shell, "bash") == 0)
		gcv_completion_bash(stdout);
	else if (strcmp(shell, "zsh") == 0)
		gcv_completion_zsh(stdout);
	else
		gcv_completion_fish(stdout);
	return GCV_EXIT_DONE;
}
