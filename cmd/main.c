// SPDX-License-Identifier: GPL-2.0-only
#include "base/json_memory.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const struct gcv_command gcv_commands[] = {
	{
		.name = "scan",
		.summary = "read a kernel tree into the database",
		.usage = "[PATH...]",
		.options = gcv_scan_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_scan,
	},
	{
		.name = "list",
		.summary = "list acquire and release sites, or the ledger",
		.usage = "[PATH...]",
		.options = gcv_list_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_list,
	},
	{
		.name = "explain",
		.summary = "tell why a site has its verdict, step by step",
		.usage = "FILE:LINE",
		.options = gcv_explain_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = 1,
		.run = gcv_cmd_explain,
	},
	{
		.name = "rewrite",
		.summary = "print, make or mail the hunks of a conversion",
		.usage = "[PATH...]",
		.options = gcv_rewrite_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_rewrite,
	},
	{
		.name = "check",
		.summary = "tell faults in how user pages are acquired and released",
		.usage = "[PATH...]",
		.options = gcv_check_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_check,
	},
	{
		.name = "report",
		.summary = "the state of the conversion",
		.usage = "",
		.options = gcv_report_options,
		.run = gcv_cmd_report,
	},
	{
		.name = "track",
		.summary = "read mails about posted series: versions, tags, answers",
		.usage = "MBOX...",
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_track,
	},
	{
		.name = "merge",
		.summary = "join parts of a scan, or databases with their snapshots",
		.usage = "OUT IN...",
		.options = gcv_merge_options,
		.operand_complete = GCV_COMPLETE_FILE,
		.operand_max = -1,
		.run = gcv_cmd_merge,
	},
	{
		.name = "version",
		.summary = "show the version; with -v how the program was built",
		.usage = "",
		.run = gcv_cmd_version,
	},
	{
		.name = "help",
		.summary = "show the commands, or the options of one",
		.usage = "[COMMAND]",
		.operand_complete = GCV_COMPLETE_COMMAND,
		.operand_max = 1,
		.run = gcv_cmd_help,
	},
	{
		.name = "completion",
		.summary = "print a completion script",
		.usage = "bash|zsh|fish",
		.operand_complete = GCV_COMPLETE_WORDS,
		.operand_words = "bash zsh fish",
		.operand_max = 1,
		.hidden = true,
		.run = gcv_cmd_completion,
	},
	{ 0 },
};

const struct gcv_command *gcv_command_find(const char *name)
{
	for (const struct gcv_command *command = gcv_commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

/*
 * A standard stream that was closed by the caller would give its number to the next file that is
 * opened, and output would end up in the database. Filled up for reading only, writes still fail.
 */
static void fill_standard_streams(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct gcv_cli cli = { 0 };
	int status;

	fill_standard_streams();
	gcv_json_memory_set();
	status = gcv_cli_parse(&cli, argc, argv);
	if (status == GCV_EXIT_DONE)
		status = cli.command->run(&cli);
	status = gcv_terminal_close_stdout(status);
	gcv_cli_release(&cli);
	return status;
}
