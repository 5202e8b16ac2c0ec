/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Completion scripts, made from the option tables. The hidden command "completion" prints them; the
 * build calls it and installs the result.
 *
 *	gcv_completion_bash(stdout);
 *	gcv_completion_zsh(stdout);
 *	gcv_completion_fish(stdout);
 */
#ifndef GCV_CMD_COMPLETION_H
#define GCV_CMD_COMPLETION_H

#include "cmd/command.h"
#include <stdio.h>

/**
 * gcv_completion_bash() - print the script for bash; it needs no bash-completion package
 * @out: where to
 */
void gcv_completion_bash(FILE *out);

/**
 * gcv_completion_zsh() - print the function file _gupconv for zsh
 * @out: where to
 */
void gcv_completion_zsh(FILE *out);

/**
 * gcv_completion_fish() - print the script for fish
 * @out: where to
 */
void gcv_completion_fish(FILE *out);

/**
 * gcv_completion_put_quoted() - write text inside single quotes of a POSIX shell
 * @out: where to
 * @text: the text, without the outer quotes
 * @escape: further characters that get a backslash before them
 */
void gcv_completion_put_quoted(FILE *out, const char *text, const char *escape);

/**
 * gcv_completion_put_global_args() - the spellings of global options whose argument is the next
 * word
 * @out: where to
 * @separator: what stands between two of them
 */
void gcv_completion_put_global_args(FILE *out, const char *separator);

#endif
