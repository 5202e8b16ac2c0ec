// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/terminal.h"
#include "cmd/command.h"
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *gcv_terminal_color(bool on, enum gcv_color color)
{
	static const char *const sequences[] = {
		[GCV_COLOR_RESET] = "\033[0m",	    [GCV_COLOR_ERROR] = "\033[1;31m",
		[GCV_COLOR_WARNING] = "\033[1;35m", [GCV_COLOR_PATH] = "\033[35m",
		[GCV_COLOR_NAME] = "\033[1m",	    [GCV_COLOR_DIM] = "\033[2m",
	};

	return on ? sequences[color] : "";
}

bool gcv_terminal_wants_color(const char *when, int fd)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (when && strcmp(when, "always") == 0)
		return true;
	if (when && strcmp(when, "never") == 0)
		return false;
	if (no_color && *no_color)
		return false;
	return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

unsigned int gcv_terminal_width(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

void gcv_terminal_put(FILE *out, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	for (; *p; p++) {
		/* C1 controls are 80 to 9f as bytes, and c2 80 to c2 9f in UTF-8. */
		if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f) {
			fprintf(out, "\\xc2\\x%02x", p[1]);
			p++;
		} else if (*p < 0x20 || *p == 0x7f) {
			fprintf(out, "\\x%02x", *p);
		} else {
			fputc(*p, out);
		}
	}
}

/* The line goes out in one write: workers have the same stderr. */
static __attribute__((format(printf, 4, 0))) void put_message(const struct gcv_cli *cli,
							      enum gcv_color color,
							      const char *kind, const char *fmt,
							      va_list args)
{
	char *text = NULL, *line = NULL;
	size_t len_bytes = 0;
	FILE *out;

	if (vasprintf(&text, fmt, args) < 0)
		return;
	out = open_memstream(&line, &len_bytes);
	if (out) {
		fputs("gupconv", out);
		if (cli->command && !cli->command->hidden)
			fprintf(out, " %s", cli->command->name);
		fputs(": ", out);
		if (kind)
			fprintf(out, "%s%s:%s ", gcv_terminal_color(cli->color_err, color), kind,
				gcv_terminal_color(cli->color_err, GCV_COLOR_RESET));
		gcv_terminal_put(out, text);
		fputc('\n', out);
		fclose(out);
		fwrite(line, 1, len_bytes, stderr);
	}
	free(line);
	free(text);
}

int gcv_cli_usage_error(const struct gcv_cli *cli, const char *fmt, ...)
{
	const struct gcv_command *command = cli->command;
	va_list args;

	va_start(args, fmt);
	put_message(cli, GCV_COLOR_RESET, NULL, fmt, args);
	va_end(args);
	if (command && !command->hidden)
		fprintf(stderr, "try 'gupconv help %s'\n", command->name);
	else
		fputs("try 'gupconv help'\n", stderr);
	return GCV_EXIT_USAGE;
}

void gcv_cli_error(const struct gcv_cli *cli, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_message(cli, GCV_COLOR_ERROR, "error", fmt, args);
	va_end(args);
}

void gcv_cli_warn(const struct gcv_cli *cli, const char *fmt, ...)
{
	va_list args;

	if (cli->quiet)
		return;
	va_start(args, fmt);
	put_message(cli, GCV_COLOR_WARNING, "warning", fmt, args);
	va_end(args);
}

void gcv_cli_note(const struct gcv_cli *cli, unsigned int level, const char *fmt, ...)
{
	va_list args;

	if (cli->quiet || cli->verbose < level)
		return;
	va_start(args, fmt);
	put_message(cli, GCV_COLOR_RESET, NULL, fmt, args);
	va_end(args);
}

int gcv_cli_fail(const struct gcv_cli *cli, const struct gcv_err *err)
{
	gcv_cli_error(cli, "%s", err->text);
	return GCV_EXIT_FAILED;
}

/* Where SIGPIPE is ignored the closed pipe shows as an error here; stdio may have lost its errno.
 */
static bool reader_is_gone(int saved_errno)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return saved_errno == EPIPE || (poll(&out, 1, 0) == 1 && (out.revents & POLLERR));
}

int gcv_terminal_close_stdout(int status)
{
	bool failed;

	errno = 0;
	failed = fflush(stdout) != 0;
	failed |= ferror(stdout) != 0;
	if (!failed && close(STDOUT_FILENO) == 0)
		return status;
	if (reader_is_gone(errno))
		return status;
	fprintf(stderr, "gupconv: error: cannot write to standard output%s%s\n", errno ? ": " : "",
		errno ? strerror(errno) : "");
	return GCV_EXIT_FAILED;
}
