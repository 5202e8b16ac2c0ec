// SPDX-License-Identifier: GPL-2.0-only
/* sources: cmd/progress.c cmd/terminal.c */
#include "cmd/progress.h"
#include "cmd/terminal.h"
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static void check(const char *expected, uint64_t done, uint64_t total, uint64_t elapsed_ms,
		  unsigned int width)
{
	struct gcv_strbuf sb = { 0 };

	gcv_progress_format(&sb, "parse", done, total, elapsed_ms, width);
	assert_string_equal(sb.buf, expected);
	gcv_strbuf_release(&sb);
}

static void text(void **state)
{
	(void)state;
	check("parse 0 of 200 (0 %)", 0, 200, 0, 80);
	check("parse 10 of 200 (5 %)", 10, 200, 400, 80);
	check("parse 50 of 200 (25 %), 25/s, 0:06 left", 50, 200, 2000, 80);
	check("parse 1 of 200 (0 %), 0.5/s, 6:38 left", 1, 200, 2000, 80);
	check("parse 200 of 200 (100 %), 100/s", 200, 200, 2000, 80);
	check("parse 50, 25/s", 50, 0, 2000, 80);
	check("parse 50 ", 50, 200, 2000, 10);
}

struct terminal {
	int master;
	FILE *out;
};

static void terminal_open(struct terminal *t)
{
	int slave;

	/* Some containers have no /dev/pts. */
	if (openpty(&t->master, &slave, NULL, NULL, NULL) != 0)
		skip();
	t->out = fdopen(slave, "w");
	assert_non_null(t->out);
}

/* Everything that was written so far, then the terminal is gone. */
static void terminal_close(struct terminal *t, char *ret_seen, size_t size)
{
	size_t len = 0;

	fputs("$", t->out);
	fflush(t->out);
	/* A pseudo terminal hands out what it has: read up to the mark. */
	do {
		ssize_t got = read(t->master, ret_seen + len, size - 1 - len);

		assert_true(got > 0);
		len += (size_t)got;
	} while (ret_seen[len - 1] != '$');
	ret_seen[len] = '\0';
	fclose(t->out);
	close(t->master);
}

static void line_is_cleared(void **state)
{
	struct gcv_progress progress;
	struct terminal t;
	char seen[4096];

	(void)state;
	setenv("TERM", "xterm", 1);
	terminal_open(&t);
	gcv_progress_init(&progress, t.out, false);
	gcv_progress_phase(&progress, "read", 7);
	gcv_progress_end(&progress);
	gcv_progress_update(&progress, 7);
	terminal_close(&t, seen, sizeof(seen));
	assert_string_equal(seen, "\rread 0 of 7 (0 %)\033[K\r\033[K$");
}

static void ten_updates_a_second(void **state)
{
	struct gcv_progress progress;
	struct terminal t;
	char seen[4096];
	struct timespec begin, end;
	int drawn = 0, tenths;

	(void)state;
	setenv("TERM", "xterm", 1);
	terminal_open(&t);
	gcv_progress_init(&progress, t.out, false);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	gcv_progress_phase(&progress, "read", 300);
	for (unsigned int i = 1; i <= 300; i++) {
		gcv_progress_update(&progress, i);
		usleep(1000);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	gcv_progress_end(&progress);
	terminal_close(&t, seen, sizeof(seen));
	for (const char *p = seen; (p = strstr(p, "read")); p++)
		drawn++;
	tenths =
		(int)((end.tv_sec - begin.tv_sec) * 10 + (end.tv_nsec - begin.tv_nsec) / 100000000);
	/* One at the start, then at most one each 0.1 s, of 301 that were asked for. */
	assert_in_range(drawn, 2, tenths + 2);
}

static void nothing_is_shown(bool quiet, const char *term)
{
	struct gcv_progress progress;
	struct terminal t;
	char seen[64];

	setenv("TERM", term, 1);
	terminal_open(&t);
	gcv_progress_init(&progress, t.out, quiet);
	gcv_progress_phase(&progress, "read", 7);
	gcv_progress_update(&progress, 7);
	gcv_progress_end(&progress);
	terminal_close(&t, seen, sizeof(seen));
	assert_string_equal(seen, "$");
}

static void quiet_or_dumb(void **state)
{
	(void)state;
	nothing_is_shown(true, "xterm");
	nothing_is_shown(false, "dumb");
}

static void no_terminal(void **state)
{
	struct gcv_progress progress;
	FILE *out = tmpfile();

	(void)state;
	setenv("TERM", "xterm", 1);
	gcv_progress_init(&progress, out, false);
	gcv_progress_phase(&progress, "read", 7);
	gcv_progress_update(&progress, 7);
	gcv_progress_end(&progress);
	assert_int_equal(ftell(out), 0);
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text),
		cmocka_unit_test(line_is_cleared),
		cmocka_unit_test(ten_updates_a_second),
		cmocka_unit_test(quiet_or_dumb),
		cmocka_unit_test(no_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
