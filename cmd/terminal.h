/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What goes to a terminal: colours, widths, and messages that cannot take it over.
 *
 *	gcv_cli_warn(cli, "%s:%u: not analysed", path, line);
 *	return gcv_cli_fail(cli, &err);
 *
 *	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_PATH), stdout);
 *	gcv_terminal_put(stdout, path);
 *	fputs(gcv_terminal_color(cli->color_out, GCV_COLOR_RESET), stdout);
 */
#ifndef GCV_CMD_TERMINAL_H
#define GCV_CMD_TERMINAL_H

#include "cmd/option.h"
#include <stdio.h>

/**
 * enum gcv_color - roles of text
 * @GCV_COLOR_RESET: back to normal
 * @GCV_COLOR_ERROR: the word error
 * @GCV_COLOR_WARNING: the word warning
 * @GCV_COLOR_PATH: file and line of a site
 * @GCV_COLOR_NAME: a function or API name
 * @GCV_COLOR_DIM: what is of less interest
 */
enum gcv_color {
	GCV_COLOR_RESET,
	GCV_COLOR_ERROR,
	GCV_COLOR_WARNING,
	GCV_COLOR_PATH,
	GCV_COLOR_NAME,
	GCV_COLOR_DIM,
};

/**
 * gcv_terminal_color() - the bytes that switch to a colour
 * @on: cli->color_out or cli->color_err
 * @color: what is to come
 *
 * Return: an escape sequence, or "" where colours are off.
 */
const char *gcv_terminal_color(bool on, enum gcv_color color);

/**
 * gcv_terminal_wants_color() - decide whether a stream gets colours
 * @when: "always", "never", "auto" or NULL, which is "auto"
 * @fd: the stream's file descriptor
 *
 * "auto" means: a terminal, TERM is not "dumb", and NO_COLOR is unset or empty
 * (https://no-color.org).
 *
 * Return: true for colours.
 */
bool gcv_terminal_wants_color(const char *when, int fd);

/**
 * gcv_terminal_width() - columns of a terminal
 * @fd: its file descriptor
 *
 * Return: the width; 80 where it is not known.
 */
unsigned int gcv_terminal_width(int fd);

/**
 * gcv_terminal_put() - write text that comes from a scanned tree
 * @out: the stream
 * @text: a file name, say; control characters are written as \xNN, so that a hostile name can
 *	neither forge a line nor send escape sequences to a terminal
 */
void gcv_terminal_put(FILE *out, const char *text);

/**
 * gcv_cli_usage_error() - "gupconv scan: …", with a pointer to the help text
 * @cli: the command line
 * @fmt: printf format, without a full stop or newline
 *
 * Return: GCV_EXIT_USAGE.
 */
int gcv_cli_usage_error(const struct gcv_cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_cli_error() - "gupconv scan: error: …" on stderr
 * @cli: the command line
 * @fmt: printf format, without a full stop or newline
 */
void gcv_cli_error(const struct gcv_cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_cli_warn() - "gupconv scan: warning: …" on stderr, unless -q was given
 * @cli: the command line
 * @fmt: printf format, without a full stop or newline
 */
void gcv_cli_warn(const struct gcv_cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_cli_note() - "gupconv scan: …" on stderr, with -v only
 * @cli: the command line
 * @level: how many -v it takes
 * @fmt: printf format, without a full stop or newline
 */
void gcv_cli_note(const struct gcv_cli *cli, unsigned int level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * gcv_cli_fail() - print the sentence of a failed call as an error
 * @cli: the command line
 * @err: what the call said
 *
 * Return: GCV_EXIT_FAILED.
 */
int gcv_cli_fail(const struct gcv_cli *cli, const struct gcv_err *err);

/**
 * gcv_terminal_close_stdout() - write out what is buffered and see whether all output arrived
 * @status: exit status of the command so far
 *
 * A reader that closed the pipe has seen enough: that is no error.
 *
 * Return: @status, or GCV_EXIT_FAILED after a message where output was lost.
 */
int gcv_terminal_close_stdout(int status);

#endif
