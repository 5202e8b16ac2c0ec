// SPDX-License-Identifier: GPL-2.0-only
/*
 * gupconv-parse: the program that loads libclang. It reads messages from its standard input and
 * writes the answers to its standard output (parse/protocol.h); gupconv starts and ends it.
 */
#include "base/heap.h"
#include "cmd/worker/reading.h"
#include "parse/clang/session.h"
#include "parse/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

static bool write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* Deal with all whole messages that were received. */
static bool serve(struct gcv_session *session, struct gcv_strbuf *in, int out)
{
	struct gcv_strbuf reply = { 0 };
	struct gcv_wire payload;
	bool sound = true;
	size_t used;
	int got;

	while (sound && (got = gcv_message_next(in->buf, in->len, &payload, &used)) != 0) {
		sound = got == 1 && gcv_session_message(session, &payload, &reply);
		if (!sound)
			break;
		sound = write_all(out, reply.buf, reply.len);
		gcv_strbuf_clear(&reply);
		memmove(in->buf, in->buf + used, in->len - used);
		in->len -= used;
	}
	gcv_strbuf_release(&reply);
	return sound;
}

/* libclang prints crash reports and the like: they must not get between the messages. */
static int take_stdout(void)
{
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		close(null);
	}
	return out;
}

/*
 * Each parse takes some 50 MB and gives them back. Keep them in this process instead of having the
 * kernel clear them again for the next one, and parse in this thread, whose stack is in use
 * already: page faults are a quarter of the time otherwise.
 */
static void keep_memory(void)
{
	gcv_heap_keep((size_t)192 << 20, (size_t)32 << 20);
	setenv("LIBCLANG_NOTHREADS", "1", 1);
}

int main(void)
{
	struct rlimit no_core = { 0, 0 };
#ifndef __SANITIZE_ADDRESS__
	/* Some 250 MB are usual; a bomb of macros must not take the machine down. */
	struct rlimit memory = { (rlim_t)4 << 30, (rlim_t)4 << 30 };
#endif
	struct gcv_session *session;
	struct gcv_strbuf in = { 0 };
	bool sound = true;
	int out;

	if (isatty(STDIN_FILENO)) {
		fputs("gupconv-parse is started by gupconv and is of no use by itself\n", stderr);
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &no_core);
#ifndef __SANITIZE_ADDRESS__
	setrlimit(RLIMIT_AS, &memory);
#endif
	keep_memory();
	out = take_stdout();
	session = gcv_session_new();
	gcv_reading_start(session);
	while (sound) {
		char buf[65536];
		ssize_t n = read(STDIN_FILENO, buf, sizeof(buf));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		gcv_strbuf_add(&in, buf, (size_t)n);
		sound = serve(session, &in, out);
	}
	gcv_strbuf_release(&in);
	gcv_reading_end();
	gcv_session_free(session);
	return sound ? 0 : 1;
}
