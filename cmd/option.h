/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line: one table of options per command gives the parser, --help and the completions.
 *
 *	struct gcv_cli cli = { 0 };
 *	int status = gcv_cli_parse(&cli, argc, argv);
 *
 *	if (status == GCV_EXIT_DONE)
 *		status = cli.command->run(&cli);
 *	gcv_cli_release(&cli);
 *
 * A command asks for what it was given: gcv_cli_value(cli, "db"), gcv_cli_given(cli, "force"),
 * cli->operands[0]. Options are named by their long name, without the dashes.
 */
#ifndef GCV_CMD_OPTION_H
#define GCV_CMD_OPTION_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

/**
 * enum gcv_exit - exit statuses of the program, the same for all commands
 * @GCV_EXIT_DONE: done
 * @GCV_EXIT_FINDINGS: done, and something was found that the caller asked to be told of
 * @GCV_EXIT_USAGE: the command line is wrong
 * @GCV_EXIT_PARTIAL: done, but some files could not be analysed
 * @GCV_EXIT_FAILED: input, output or internal error
 */
enum gcv_exit {
	GCV_EXIT_DONE = 0,
	GCV_EXIT_FINDINGS = 1,
	GCV_EXIT_USAGE = 2,
	GCV_EXIT_PARTIAL = 3,
	GCV_EXIT_FAILED = 4,
};

/**
 * enum gcv_complete - what a shell offers for an argument
 * @GCV_COMPLETE_NONE: nothing
 * @GCV_COMPLETE_FILE: files and folders
 * @GCV_COMPLETE_DIR: folders
 * @GCV_COMPLETE_WORDS: the words of the table; the parser accepts no other
 * @GCV_COMPLETE_COMMAND: names of commands
 */
enum gcv_complete {
	GCV_COMPLETE_NONE,
	GCV_COMPLETE_FILE,
	GCV_COMPLETE_DIR,
	GCV_COMPLETE_WORDS,
	GCV_COMPLETE_COMMAND,
};

/**
 * enum gcv_option_arg - whether an option has an argument
 * @GCV_ARG_NONE: --force
 * @GCV_ARG_REQUIRED: --db=FILE, --db FILE, -j N, -jN
 * @GCV_ARG_OPTIONAL: --ledger, --ledger=CLASS; never in a word of its own
 */
enum gcv_option_arg { GCV_ARG_NONE, GCV_ARG_REQUIRED, GCV_ARG_OPTIONAL };

/**
 * struct gcv_option - one option; a table of them ends with a zeroed one
 * @name: long name without the dashes
 * @letter: short name, or 0
 * @has_arg: whether there is an argument
 * @arg: name of the argument in the help text, or NULL
 * @help: one line: what it does, lower case, no full stop
 * @complete: what a shell offers for the argument
 * @words: with GCV_COMPLETE_WORDS, the words separated by single spaces
 * @repeats: may be given several times, all count; for others the last one does
 */
struct gcv_option {
	const char *name;
	char letter;
	enum gcv_option_arg has_arg;
	const char *arg;
	const char *help;
	enum gcv_complete complete;
	const char *words;
	bool repeats;
};

/** gcv_global_options - the options that every command takes, before or after its name */
extern const struct gcv_option gcv_global_options[];

/**
 * struct gcv_option_use - an option as it was given
 * @option: which
 * @value: its argument; NULL where none was given
 */
struct gcv_option_use {
	const struct gcv_option *option;
	const char *value;
};

struct gcv_command;

/**
 * struct gcv_cli - a parsed command line
 * @command: what is to be run
 * @uses: the options in the order given
 * @use_nr: how many
 * @use_cap: allocated length of @uses
 * @operands: words that are no options, behind the command's name; strings of argv
 * @operand_nr: how many
 * @operand_cap: allocated length of @operands
 * @quiet: -q: only errors on stderr
 * @verbose: how often -v was given
 * @color_out: stdout gets colours
 * @color_err: stderr gets colours
 */
struct gcv_cli {
	const struct gcv_command *command;
	struct gcv_option_use *uses;
	size_t use_nr, use_cap;
	const char **operands;
	size_t operand_nr, operand_cap;
	bool quiet;
	unsigned int verbose;
	bool color_out, color_err;
};

/**
 * gcv_cli_parse() - parse the whole command line, without running anything
 * @cli: zeroed; release it with gcv_cli_release() whatever the outcome
 * @argc: as main() got it
 * @argv: as main() got it; reordered, and must outlive @cli
 *
 * --help and --version become the commands help and version. Messages go to stderr.
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_USAGE after a message.
 */
int gcv_cli_parse(struct gcv_cli *cli, int argc, char **argv) GCV_MUST_CHECK;

/**
 * gcv_cli_release() - free what gcv_cli_parse() allocated
 * @cli: the command line
 */
void gcv_cli_release(struct gcv_cli *cli);

/**
 * gcv_cli_given() - whether an option was given at all
 * @cli: the command line
 * @name: long name
 *
 * Return: true if it was.
 */
bool gcv_cli_given(const struct gcv_cli *cli, const char *name);

/**
 * gcv_cli_value() - the argument of an option; of several the last one counts
 * @cli: the command line
 * @name: long name
 *
 * Return: the argument, or NULL where the option or its argument was not given.
 */
const char *gcv_cli_value(const struct gcv_cli *cli, const char *name);

/**
 * gcv_cli_next_value() - go through the arguments of an option that may be repeated
 * @cli: the command line
 * @name: long name
 * @pos: where to go on; start with 0
 *
 * Return: the next argument, or NULL behind the last one.
 */
const char *gcv_cli_next_value(const struct gcv_cli *cli, const char *name, size_t *pos);

/**
 * gcv_cli_number() - the argument of an option as a decimal number
 * @cli: the command line
 * @name: long name
 * @min: smallest allowed
 * @max: greatest allowed
 * @ret_value: the number; untouched where the option was not given, so set the default before
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_USAGE after a message.
 */
int gcv_cli_number(const struct gcv_cli *cli, const char *name, long min, long max,
		   long *ret_value) GCV_MUST_CHECK;

/**
 * gcv_option_find() - an option of a table by its long name
 * @options: a table, or NULL for an empty one
 * @name: long name, exactly
 *
 * Return: the option or NULL.
 */
const struct gcv_option *gcv_option_find(const struct gcv_option *options, const char *name);

/**
 * gcv_words_have() - whether a word is in a list
 * @words: words separated by single spaces, or NULL
 * @word: what to look for
 *
 * Return: true if it is there, in full.
 */
bool gcv_words_have(const char *words, const char *word);

#endif
