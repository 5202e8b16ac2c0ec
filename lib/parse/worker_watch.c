// SPDX-License-Identifier: GPL-2.0-only
#include "parse/worker_watch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/** GRACE_S - so much later than we would does the kernel end a worker */
#define GRACE_S 5

/** SAID_MAX - no more of what a worker said is looked at */
#define SAID_MAX 65536

int gcv_worker_said_new(void)
{
	return memfd_create("gupconv-worker", MFD_CLOEXEC);
}

int64_t gcv_worker_cpu_ms(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
		return 0;
	return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* The limit counts from the start of the process, which has worked for other jobs already. */
void gcv_worker_limit_cpu(pid_t pid, unsigned int timeout_ms)
{
	struct rlimit limit;

	if (prlimit(pid, RLIMIT_CPU, NULL, &limit) != 0)
		return;
	limit.rlim_cur = (rlim_t)(gcv_worker_cpu_ms(pid) + timeout_ms + 999) / 1000 + GRACE_S;
	if (limit.rlim_cur < limit.rlim_max)
		(void)prlimit(pid, RLIMIT_CPU, &limit, NULL);
}

uint64_t gcv_worker_resident_mib(pid_t pid)
{
	unsigned long long pages;
	char path[64], text[128];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[len > 0 ? len : 0] = '\0';
	if (sscanf(text, "%*u %llu", &pages) != 1)
		return 0;
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) >> 20;
}

bool gcv_worker_wait(pid_t pid, siginfo_t *ret_info)
{
	const struct timespec while_ns = { .tv_nsec = 2000000 };
	unsigned int tries;

	for (tries = 0; tries < 50; tries++) {
		siginfo_t info = { 0 };

		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    info.si_pid == pid) {
			*ret_info = info;
			return true;
		}
		nanosleep(&while_ns, NULL);
	}
	return false;
}

/* LLVM, the C++ library and gupconv itself say so in the one or the other way. */
static bool ran_out_of_memory(int said)
{
	static const char *const words[] = { "bad_alloc", "out of memory", "Out of memory",
					     "out-of-memory" };
	char text[SAID_MAX];
	ssize_t len = said >= 0 ? pread(said, text, sizeof(text), 0) : 0;
	size_t i;

	for (i = 0; len > 0 && i < sizeof(words) / sizeof(*words); i++)
		if (memmem(text, (size_t)len, words[i], strlen(words[i])))
			return true;
	return false;
}

enum gcv_status gcv_worker_cause_memory(const struct gcv_worker_limits *limits,
					char ret_text[GCV_WORKER_CAUSE_MAX])
{
	snprintf(ret_text, GCV_WORKER_CAUSE_MAX,
		 "libclang needed more than its limit of %u MiB of memory", limits->memory_mib);
	return GCV_ERR_LIMIT;
}

enum gcv_status gcv_worker_cause_time(const struct gcv_worker_limits *limits,
				      char ret_text[GCV_WORKER_CAUSE_MAX])
{
	snprintf(ret_text, GCV_WORKER_CAUSE_MAX,
		 "libclang did not finish in its limit of %g seconds", limits->timeout_ms / 1e3);
	return GCV_ERR_TIMEOUT;
}

enum gcv_status gcv_worker_cause(const siginfo_t *info, int said,
				 const struct gcv_worker_limits *limits,
				 char ret_text[GCV_WORKER_CAUSE_MAX])
{
	int sig = info->si_code == CLD_EXITED ? 0 : info->si_status;
	const char *name = sigdescr_np(sig);

	if (ran_out_of_memory(said))
		return gcv_worker_cause_memory(limits, ret_text);
	if (sig == SIGXCPU)
		return gcv_worker_cause_time(limits, ret_text);
	if (sig == SIGKILL)
		snprintf(ret_text, GCV_WORKER_CAUSE_MAX,
			 "the worker was killed, as the kernel does where memory is short");
	else if (sig)
		snprintf(ret_text, GCV_WORKER_CAUSE_MAX, "libclang crashed: %s",
			 name ? name : "unknown signal");
	else
		snprintf(ret_text, GCV_WORKER_CAUSE_MAX, "libclang crashed: exit status %d",
			 info->si_status);
	return GCV_ERR_CRASH;
}
