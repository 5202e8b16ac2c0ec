// SPDX-License-Identifier: GPL-2.0-only
/*
 * gupconv-parse: the program that loads libclang. It reads messages from its standard input and
 * writes the answers to its standard output (parse/protocol.h); gupconv starts and ends it.
 */
#include "base/heap.h"
#include "cmd/worker/reading.h"
#include "cmd/worker/sandbox.h"
#include "parse/clang/session.h"
#include "parse/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/*
 * What stands in the tree may be meant to take over the program that reads it: it gives up what it
 * has no need of as soon as it knows what it needs.
 */
static void answer_setup(const struct gcv_session *session, struct gcv_strbuf *reply)
{
	char missing[GCV_SANDBOX_MISSING_MAX];

	gcv_sandbox_enter(gcv_session_setup(session), missing);
	gcv_message_guards(reply, missing);
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
		char type = got == 1 ? *payload.pos : 0;

		sound = got == 1 && gcv_session_message(session, &payload, &reply);
		if (!sound)
			break;
		if (type == GCV_MESSAGE_SETUP)
			answer_setup(session, &reply);
		sound = write_all(out, reply.buf, reply.len);
		gcv_strbuf_clear(&reply);
		memmove(in->buf, in->buf + used, in->len - used);
		in->len -= used;
	}
	gcv_strbuf_release(&reply);
	return sound;
}

/*
 * What libclang prints must not get between the messages. Its last words go to standard error,
 * where the parent looks for them.
 */
static int take_stdout(void)
{
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDOUT_FILENO);
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
	/* After a crash it would go on with what is left of it; the parent starts a new worker. */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
}

int main(void)
{
	struct gcv_session *session;
	struct gcv_strbuf in = { 0 };
	bool sound = true;
	int out;

	if (isatty(STDIN_FILENO)) {
		fputs("gupconv-parse is started by gupconv and is of no use by itself\n", stderr);
		return 2;
	}
	gcv_sandbox_begin();
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
	/* Not by the way of exit(): the leak checker would want to trace us, which we gave up. */
	_exit(sound ? 0 : 1);
}
