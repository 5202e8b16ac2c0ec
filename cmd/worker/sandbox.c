// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/worker/sandbox.h"
#include "cmd/worker/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/** FILE_MAX_MIB - a precompiled header is some 30 MiB */
#define FILE_MAX_MIB 1024

/** OPEN_MAX_NR - libclang has few files open at a time */
#define OPEN_MAX_NR 256

/** STACK_MIB - what LLVM thinks that it has */
#define STACK_MIB 8

/*
 * What libclang, the C library and the sanitizers of a development build call, found by strace.
 * Everything that has a path is Landlock's affair, and an address space is limited anyway.
 */
static const char *const allowed[] = {
	/* files */
	"read",
	"readv",
	"pread64",
	"preadv",
	"write",
	"writev",
	"pwrite64",
	"lseek",
	"_llseek",
	"close",
	"open",
	"openat",
	"fstat",
	"fstat64",
	"stat",
	"stat64",
	"lstat",
	"lstat64",
	"newfstatat",
	"fstatat64",
	"statx",
	"access",
	"faccessat",
	"faccessat2",
	"readlink",
	"readlinkat",
	"getcwd",
	"getdents",
	"getdents64",
	"statfs",
	"statfs64",
	"fstatfs",
	"fstatfs64",
	"fadvise64",
	"fadvise64_64",
	"arm_fadvise64_64",
	"fsync",
	"fdatasync",
	/* precompiled headers */
	"rename",
	"renameat",
	"renameat2",
	"unlink",
	"unlinkat",
	"ftruncate",
	"ftruncate64",
	"umask",
	"fcntl",
	"fcntl64",
	"flock",
	/* memory */
	"brk",
	"munmap",
	"mremap",
	"madvise",
	/* threads and signals of its own */
	"futex",
	"futex_time64",
	"set_robust_list",
	"rseq",
	"rt_sigaction",
	"rt_sigprocmask",
	"rt_sigreturn",
	"sigreturn",
	"sigaltstack",
	"sched_yield",
	"sched_getaffinity",
	"membarrier",
	"exit",
	"exit_group",
	"restart_syscall",
	"set_tid_address",
	/* time and who it is */
	"clock_gettime",
	"clock_gettime64",
	"clock_getres",
	"clock_nanosleep",
	"nanosleep",
	"gettimeofday",
	"time",
	"times",
	"getrusage",
	"getpid",
	"gettid",
	"getppid",
	"getuid",
	"getuid32",
	"geteuid",
	"geteuid32",
	"getgid",
	"getgid32",
	"getegid",
	"getegid32",
	"uname",
	"sysinfo",
	"getrlimit",
	"ugetrlimit",
	"getrandom",
	"getcpu",
};

static void set_limit(int what, rlim_t value)
{
	struct rlimit limit;

	if (getrlimit(what, &limit) != 0)
		return;
	limit.rlim_cur = value;
	if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value)
		limit.rlim_max = value;
	else
		limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(what, &limit);
}

void gcv_sandbox_begin(void)
{
	static const char *const variables[] = { "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH",
						 "OBJC_INCLUDE_PATH", "LIBCLANG_TIMING" };
	size_t i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	set_limit(RLIMIT_CORE, 0);
	close_range(STDERR_FILENO + 1, ~0u, 0);
	for (i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		unsetenv(variables[i]);
}

static void set_limits(unsigned int memory_mib)
{
	/* The shadow memory of the sanitizer is larger than any limit. */
#ifndef __SANITIZE_ADDRESS__
	if (memory_mib)
		set_limit(RLIMIT_AS, (rlim_t)memory_mib << 20);
#else
	(void)memory_mib;
#endif
	set_limit(RLIMIT_FSIZE, (rlim_t)FILE_MAX_MIB << 20);
	set_limit(RLIMIT_NOFILE, OPEN_MAX_NR);
	set_limit(RLIMIT_STACK, (rlim_t)STACK_MIB << 20);
}

static bool enter_landlock(const struct gcv_setup *setup)
{
	struct gcv_landlock lock;

	if (!gcv_landlock_begin(&lock))
		return false;
	gcv_landlock_allow(&lock, setup->root, false);
	gcv_landlock_allow(&lock, GCV_CLANG_RESOURCE_INCLUDE, false);
	if (*setup->build)
		gcv_landlock_allow(&lock, setup->build, false);
	if (*setup->scratch)
		gcv_landlock_allow(&lock, setup->scratch, true);
	gcv_landlock_allow(&lock, "/dev/null", true);
	/* The sanitizers look up where they are, LLVM how an open file is called. */
	gcv_landlock_allow(&lock, "/proc/self", false);
	return gcv_landlock_enter(&lock);
}

static int allow(scmp_filter_ctx filter, const char *name)
{
	int nr = seccomp_syscall_resolve_name(name);

	/* A name that this architecture does not have. */
	return nr == __NR_SCMP_ERROR || nr < 0 ? 0
					       : seccomp_rule_add(filter, SCMP_ACT_ALLOW, nr, 0);
}

/* Calls of which only some are harmless; the numbers of the arguments are those of the call. */
static int allow_in_part(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp no_exec =
		SCMP_A2_64(SCMP_CMP_MASKED_EQ, (scmp_datum_t)PROT_EXEC, 0);
	const struct scmp_arg_cmp thread = SCMP_CMP64(
#if defined(__s390__) || defined(__CRIS__)
		1,
#else
		0,
#endif
		SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM);
	const struct scmp_arg_cmp own = SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
	const struct scmp_arg_cmp this_one = SCMP_A0_64(SCMP_CMP_EQ, 0, 0);
	const struct scmp_arg_cmp asks = SCMP_A2_64(SCMP_CMP_EQ, 0, 0);
	int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec);

	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap2), 1, no_exec);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread);
	/* Its flags are out of our sight; the C library then takes the older one. */
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, own);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, this_one,
				      asks);
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
				      SCMP_A0_64(SCMP_CMP_EQ, PR_SET_NAME, 0));
	return rc;
}

/* What is not in the list fails, as if the user had no right to it: libclang is prepared for that.
 */
static bool enter_seccomp(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter ? 0 : -ENOMEM;
	size_t i;

	for (i = 0; rc == 0 && i < sizeof(allowed) / sizeof(*allowed); i++)
		rc = allow(filter, allowed[i]);
	if (rc == 0)
		rc = allow_in_part(filter);
	/* A switch that costs time on older kernels, and guards secrets that a worker has not. */
	if (rc == 0)
		(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	if (rc == 0)
		(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc == 0;
}

void gcv_sandbox_enter(const struct gcv_setup *setup, char ret_missing[GCV_SANDBOX_MISSING_MAX])
{
	bool has_landlock, has_seccomp;

	set_limits(setup->memory_mib);
	has_landlock = enter_landlock(setup);
	has_seccomp = enter_seccomp();
	/* It counts all processes of the user, threads too: only where nothing better is at hand.
	 */
	if (!has_seccomp)
		set_limit(RLIMIT_NPROC, 0);
	snprintf(ret_missing, GCV_SANDBOX_MISSING_MAX, "%s%s%s", has_landlock ? "" : "Landlock",
		 has_landlock || has_seccomp ? "" : " and ", has_seccomp ? "" : "seccomp");
}
