/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Splitting a command line into words as a shell would, without executing or expanding anything.
 *
 *	struct gcv_args words = { .arena = &arena };
 *
 *	if (gcv_shell_split("gcc -DA='\"x y\"' -c a.c", &words))
 *		assert(strcmp(words.argv[1], "-DA=\"x y\"") == 0);
 */
#ifndef GCV_PARSE_SHELL_SPLIT_H
#define GCV_PARSE_SHELL_SPLIT_H

#include "parse/args.h"

/**
 * gcv_shell_split() - the words of a simple command
 * @command: the text; quotes and backslashes are taken off; $, ` and globs stay as they are
 * @ret: the words are appended; the text ends at the first unquoted ; & or |
 *
 * Return: false where a quote is not closed; then the words before it have been appended.
 */
bool gcv_shell_split(const char *command, struct gcv_args *ret);

#endif
