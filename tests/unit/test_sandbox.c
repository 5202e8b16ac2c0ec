// SPDX-License-Identifier: GPL-2.0-only
/* sources: cmd/worker/sandbox.c cmd/worker/landlock.c */
/* packages: SECCOMP */
/*
 * The worker's sandbox, by trying what it must not let through: each attempt is made in a process
 * of its own, whose exit status tells what came of it.
 */
#include "cmd/worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Exit statuses of an attempt besides errno. */
#define DONE	0
#define UNKNOWN 254

static char folder[64], path[160];

static const char *in_folder(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static int result(bool done)
{
	return done ? DONE : errno;
}

static int open_for(const char *name, int flags)
{
	int fd = open(name, flags | O_CLOEXEC, 0600);

	return result(fd >= 0);
}

static int read_tree(void)
{
	return open_for(in_folder("tree/a.h"), O_RDONLY);
}

static int read_elsewhere(void)
{
	return open_for("/etc/passwd", O_RDONLY);
}

static int read_by_link(void)
{
	return open_for(in_folder("tree/link.h"), O_RDONLY);
}

static int list_elsewhere(void)
{
	return open_for("/etc", O_RDONLY | O_DIRECTORY);
}

static int write_tree(void)
{
	return open_for(in_folder("tree/a.h"), O_WRONLY);
}

static int create_in_tree(void)
{
	return open_for(in_folder("tree/new.c"), O_WRONLY | O_CREAT);
}

static int create_elsewhere(void)
{
	return open_for(in_folder("new"), O_WRONLY | O_CREAT);
}

static int remove_from_tree(void)
{
	return result(unlink(in_folder("tree/a.h")) == 0);
}

/* As LLVM writes a precompiled header. */
static int write_scratch(void)
{
	char other[sizeof(path)];
	int fd = open(in_folder("scratch/x-123.pch"), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1 || close(fd) != 0)
		return errno;
	memcpy(other, path, sizeof(other));
	return result(rename(other, in_folder("scratch/x.pch")) == 0 && unlink(path) == 0);
}

static int run_program(void)
{
	char *const argv[] = { (char *)"/bin/true", NULL };

	execve(argv[0], argv, NULL);
	return errno;
}

static int start_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return result(pid > 0);
}

static void *nothing(void *data)
{
	return data;
}

static int start_thread(void)
{
	pthread_t thread;
	int rc = pthread_create(&thread, NULL, nothing, NULL);

	return rc ? rc : pthread_join(thread, NULL);
}

static int connect_out(void)
{
	return result(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int connect_local(void)
{
	return result(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int signal_parent(void)
{
	return result(kill(getppid(), SIGCONT) == 0);
}

static int trace_parent(void)
{
	return result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static int run_own_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return UNKNOWN;
	return result(mprotect(at, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int raise_limit(void)
{
	struct rlimit limit = { 1 << 20, 1 << 20 };

	return result(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

static int open_many(void)
{
	int nr;

	for (nr = 0; nr < 10000; nr++)
		if (dup(0) < 0 && fcntl(0, F_DUPFD, 0) < 0)
			return errno;
	return DONE;
}

static int take_memory(void)
{
#ifdef __SANITIZE_ADDRESS__
	return ENOMEM;
#else
	return result(mmap(NULL, (size_t)1 << 30, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
#endif
}

struct attempt {
	const char *name;
	int (*run)(void);
	int landlock, seccomp; /* what comes of it by that guard alone, DONE for nothing */
};

/* What happens where both guards are there: seccomp is asked first. */
static const struct attempt attempts[] = {
	{ "read the tree", read_tree, DONE, DONE },
	{ "read elsewhere", read_elsewhere, EACCES, DONE },
	{ "read by a link", read_by_link, EACCES, DONE },
	{ "list elsewhere", list_elsewhere, EACCES, DONE },
	{ "write in the tree", write_tree, EACCES, DONE },
	{ "create in the tree", create_in_tree, EACCES, DONE },
	{ "create elsewhere", create_elsewhere, EACCES, DONE },
	{ "write in scratch", write_scratch, DONE, DONE },
	{ "remove from the tree", remove_from_tree, EACCES, DONE },
	{ "run a program", run_program, EACCES, EPERM },
	{ "start a process", start_process, DONE, EPERM },
	{ "start a thread", start_thread, DONE, DONE },
	{ "connect", connect_out, DONE, EPERM },
	{ "connect locally", connect_local, DONE, EPERM },
	{ "signal the parent", signal_parent, DONE, EPERM },
	{ "trace the parent", trace_parent, EPERM, EPERM },
	{ "run code of its own", run_own_code, DONE, EPERM },
	{ "raise a limit", raise_limit, DONE, EPERM },
	{ "open many files", open_many, EMFILE, EMFILE },
	{ "take memory", take_memory, ENOMEM, ENOMEM },
};

static int try_in_sandbox(const struct attempt *attempt, char missing[GCV_SANDBOX_MISSING_MAX])
{
	char tree[sizeof(path)], scratch[sizeof(path)];
	struct gcv_setup setup = { .root = tree, .scratch = scratch, .build = "" };

	setup.memory_mib = 1024;
	snprintf(tree, sizeof(tree), "%s", in_folder("tree"));
	snprintf(scratch, sizeof(scratch), "%s", in_folder("scratch"));
	gcv_sandbox_begin();
	gcv_sandbox_enter(&setup, missing);
	return attempt ? attempt->run() : DONE;
}

static int run(const struct attempt *attempt)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		char missing[GCV_SANDBOX_MISSING_MAX];

		_exit(try_in_sandbox(attempt, missing));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : UNKNOWN;
}

/* What a process says that is missing; it is one of four texts. */
static void find_guards(bool *ret_landlock, bool *ret_seccomp)
{
	char missing[GCV_SANDBOX_MISSING_MAX] = "";
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		try_in_sandbox(NULL, missing);
		_exit(write(STDOUT_FILENO, missing, sizeof(missing)) != sizeof(missing));
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], missing, sizeof(missing)), sizeof(missing));
	close(ends[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	*ret_landlock = !strstr(missing, "Landlock");
	*ret_seccomp = !strstr(missing, "seccomp");
	if (*missing)
		print_message("the kernel has no %s\n", missing);
}

static void test_attempts(void **state)
{
	bool has_landlock, has_seccomp;
	size_t i;

	(void)state;
	find_guards(&has_landlock, &has_seccomp);
	for (i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		const struct attempt *a = &attempts[i];
		int want = has_seccomp && a->seccomp ? a->seccomp : has_landlock ? a->landlock : 0;
		int got = run(a);

		/* What no guard is there for depends on who runs the test. */
		if (!has_seccomp && (a->seccomp || a->landlock))
			continue;
		if (!has_landlock && a->landlock && !a->seccomp)
			continue;
		if (got != want)
			fail_msg("%s: %s instead of %s", a->name, strerror(got), strerror(want));
	}
	assert_int_equal(access(in_folder("tree/a.h"), F_OK), 0);
	assert_int_equal(access(in_folder("tree/new.c"), F_OK), -1);
	assert_int_equal(access(in_folder("new"), F_OK), -1);
}

static int begin(void **state)
{
	int fd;

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/gupconv-sandbox-XXXXXX");
	if (!mkdtemp(folder) || mkdir(in_folder("tree"), 0755) != 0 ||
	    mkdir(in_folder("scratch"), 0755) != 0)
		return -1;
	fd = open(in_folder("tree/a.h"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	close(fd);
	return symlink("/etc/passwd", in_folder("tree/link.h"));
}

static int end(void **state)
{
	static const char *const names[] = { "tree/a.h", "tree/link.h", "tree/new.c", "new" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_folder(names[i]));
	rmdir(in_folder("tree"));
	rmdir(in_folder("scratch"));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_attempts, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
