/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sub-command, and the table of all of them in main.c.
 *
 * A new command is one file cmd/NAME.c with its run function, a row in the table of main.c, a man
 * page man/gupconv-NAME.1 and a test tests/cli/NAME.test. Its option table is parser, help and
 * completion at once:
 *
 *	int gcv_cmd_scan(struct gcv_cli *cli)
 *	{
 *		if (open_tree(gcv_cli_value(cli, "tree"), &tree, &err) != GCV_OK)
 *			return gcv_cli_fail(cli, &err);
 *		…
 *		return GCV_EXIT_DONE;
 *	}
 */
#ifndef GCV_CMD_COMMAND_H
#define GCV_CMD_COMMAND_H

#include "cmd/option.h"

/**
 * struct gcv_command - a sub-command
 * @name: what is typed
 * @summary: one line for the list of commands, lower case, no full stop
 * @usage: operands as the usage line shows them, or "" where there are none
 * @options: its own options, a zeroed entry at the end; NULL where there are none
 * @operand_complete: what a shell offers for an operand
 * @operand_words: with GCV_COMPLETE_WORDS, the words; the parser accepts no other
 * @operand_max: most operands allowed; -1 for no limit
 * @hidden: neither help nor completions show it
 * @run: does it; returns an enum gcv_exit
 */
struct gcv_command {
	const char *name;
	const char *summary;
	const char *usage;
	const struct gcv_option *options;
	enum gcv_complete operand_complete;
	const char *operand_words;
	int operand_max;
	bool hidden;
	int (*run)(struct gcv_cli *cli);
};

/** gcv_commands - all commands in the order of the help text; a zeroed entry ends the table */
extern const struct gcv_command gcv_commands[];

/** gcv_scan_options - options of scan: scan_options.c */
extern const struct gcv_option gcv_scan_options[];
/** gcv_merge_options - options of merge: merge_options.c */
extern const struct gcv_option gcv_merge_options[];
/** gcv_list_options - options of list: list_options.c */
extern const struct gcv_option gcv_list_options[];
/** gcv_explain_options - options of explain: explain_options.c */
extern const struct gcv_option gcv_explain_options[];
/** gcv_rewrite_options - options of rewrite: rewrite_options.c */
extern const struct gcv_option gcv_rewrite_options[];
/** gcv_check_options - options of check: check_options.c */
extern const struct gcv_option gcv_check_options[];
/** gcv_report_options - options of report: report_options.c */
extern const struct gcv_option gcv_report_options[];

/**
 * gcv_command_find() - a command by its name
 * @name: the name in full
 *
 * Return: the command, hidden ones included, or NULL.
 */
const struct gcv_command *gcv_command_find(const char *name);

/**
 * gcv_cmd_scan() - read a kernel tree into the database
 * @cli: the command line
 *
 * Return: an enum gcv_exit; GCV_EXIT_PARTIAL where files could not be analysed.
 */
int gcv_cmd_scan(struct gcv_cli *cli);

/**
 * gcv_cmd_list() - list acquire and release sites, or the ledger
 * @cli: the command line
 *
 * Return: an enum gcv_exit.
 */
int gcv_cmd_list(struct gcv_cli *cli);

/**
 * gcv_cmd_explain() - tell why a site has its verdict
 * @cli: the command line
 *
 * Return: an enum gcv_exit; GCV_EXIT_FAILED where there is no such site.
 */
int gcv_cmd_explain(struct gcv_cli *cli);

/**
 * gcv_cmd_rewrite() - print, make or mail the hunks of a conversion
 * @cli: the command line
 *
 * Return: an enum gcv_exit.
 */
int gcv_cmd_rewrite(struct gcv_cli *cli);

/**
 * gcv_cmd_check() - tell faults in how user pages are acquired and released
 * @cli: the command line
 *
 * Return: an enum gcv_exit; GCV_EXIT_FINDINGS where there are any.
 */
int gcv_cmd_check(struct gcv_cli *cli);

/**
 * gcv_cmd_report() - the state of the conversion
 * @cli: the command line
 *
 * Return: an enum gcv_exit.
 */
int gcv_cmd_report(struct gcv_cli *cli);

/**
 * gcv_cmd_merge() - join parts of a scan, or databases with their snapshots
 * @cli: the command line
 *
 * Return: an exit status.
 */
int gcv_cmd_merge(struct gcv_cli *cli);

/**
 * gcv_cmd_track() - read mails about series into the database
 * @cli: the command line
 *
 * Return: an enum gcv_exit.
 */
int gcv_cmd_track(struct gcv_cli *cli);

/**
 * gcv_cmd_version() - print the version
 * @cli: the command line
 *
 * Return: GCV_EXIT_DONE.
 */
int gcv_cmd_version(struct gcv_cli *cli);

/**
 * gcv_cmd_help() - print the list of commands, or the help text of one
 * @cli: the command line
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_USAGE where there is no such command.
 */
int gcv_cmd_help(struct gcv_cli *cli);

/**
 * gcv_cmd_completion() - print the completion script of a shell
 * @cli: the command line; the operand is bash, zsh or fish
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_USAGE without an operand.
 */
int gcv_cmd_completion(struct gcv_cli *cli);

#endif
