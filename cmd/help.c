// SPDX-License-Identifier: GPL-2.0-only
#include "base/strbuf.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include <stdio.h>
#include <string.h>

/* Help lines start in this column; a left side that reaches into it gets a line of its own. */
#define HELP_COLUMN 30
#define HELP_WIDTH  80

/* The words that an argument may be, wrapped to the width of the help text. */
static void print_words(const char *words)
{
	size_t column = 0;

	while (*words) {
		size_t len = strcspn(words, " ");

		if (!column || column + 1 + len > HELP_WIDTH)
			column = (size_t)printf("%s%*s", column ? "\n" : "", HELP_COLUMN, "");
		else
			column += (size_t)printf(" ");
		column += (size_t)printf("%.*s", (int)len, words);
		words += len + (words[len] == ' ');
	}
	putchar('\n');
}

static void print_option(const struct gcv_option *option)
{
	struct gcv_strbuf left GCV_STRBUF_AUTO = { 0 };

	if (option->letter)
		gcv_strbuf_addf(&left, "  -%c, --%s", option->letter, option->name);
	else
		gcv_strbuf_addf(&left, "      --%s", option->name);
	if (option->has_arg == GCV_ARG_REQUIRED)
		gcv_strbuf_addf(&left, "=%s", option->arg);
	else if (option->has_arg == GCV_ARG_OPTIONAL)
		gcv_strbuf_addf(&left, "[=%s]", option->arg);
	if (left.len + 2 > HELP_COLUMN)
		printf("%s\n%*s%s\n", left.buf, HELP_COLUMN, "", option->help);
	else
		printf("%-*s%s\n", HELP_COLUMN, left.buf, option->help);
	/* Short lists stand in the help line already. */
	if (option->complete == GCV_COMPLETE_WORDS && option->has_arg == GCV_ARG_OPTIONAL)
		print_words(option->words);
}

static void print_options(const char *title, const struct gcv_option *options)
{
	if (!options || !options->name)
		return;
	printf("\n%s:\n", title);
	for (; options->name; options++)
		print_option(options);
}

static void print_overview(void)
{
	puts("usage: gupconv [OPTION...] COMMAND [OPTION...] [ARGUMENT...]\n"
	     "\n"
	     "Find where a Linux kernel tree acquires and releases get_user_pages() pages.\n"
	     "\n"
	     "Commands:");
	for (const struct gcv_command *command = gcv_commands; command->name; command++)
		if (!command->hidden)
			printf("  %-12s%s\n", command->name, command->summary);
	print_options("Options of all commands", gcv_global_options);
	puts("\n"
	     "Exit status: 0 done, 1 findings, 2 usage, 3 some files could not be analysed,\n"
	     "4 input/output or internal error.\n"
	     "\n"
	     "'gupconv help COMMAND' shows a command's options, 'man gupconv-COMMAND' more.");
}

static void print_command(const struct gcv_command *command)
{
	printf("usage: gupconv %s [OPTION...]%s%s\n\n%s\n", command->name,
	       *command->usage ? " " : "", command->usage, command->summary);
	print_options("Options", command->options);
	print_options("Options of all commands", gcv_global_options);
}

int gcv_cmd_help(struct gcv_cli *cli)
{
	const struct gcv_command *command;

	if (cli->operand_nr == 0) {
		print_overview();
		return GCV_EXIT_DONE;
	}
	command = gcv_command_find(cli->operands[0]);
	if (!command)
		return gcv_cli_usage_error(cli, "no command '%s'", cli->operands[0]);
	print_command(command);
	return GCV_EXIT_DONE;
}
