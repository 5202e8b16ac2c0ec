/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a worker process uses up, and what it died of.
 *
 *	int said = gcv_worker_said_new();		becomes the worker's standard error
 *	gcv_worker_limit_cpu(pid, timeout_ms);		for each job
 *	if (gcv_worker_resident_mib(pid) > limits.memory_mib) …
 *	if (gcv_worker_wait(pid, &info))
 *		st = gcv_worker_cause(&info, said, &limits, text);
 */
#ifndef GCV_PARSE_WORKER_WATCH_H
#define GCV_PARSE_WORKER_WATCH_H

#include "base/err.h"

#include <stdbool.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

/** GCV_WORKER_CAUSE_MAX - no cause is longer, its NUL included */
#define GCV_WORKER_CAUSE_MAX 128

/**
 * struct gcv_worker_limits - what a job may use
 * @timeout_ms: CPU time in milliseconds
 * @memory_mib: resident memory in MiB
 */
struct gcv_worker_limits {
	unsigned int timeout_ms;
	unsigned int memory_mib;
};

/**
 * gcv_worker_said_new() - a file in memory for what a worker says before it dies
 *
 * Return: a descriptor that is closed on exec, or -1 where there is none to be had.
 */
int gcv_worker_said_new(void);

/**
 * gcv_worker_limit_cpu() - have the kernel end a worker that computes for too long
 * @pid: the worker
 * @timeout_ms: how long it may, from now on; some seconds are added, so that whoever waits for it
 *	is first unless he was stopped himself
 */
void gcv_worker_limit_cpu(pid_t pid, unsigned int timeout_ms);

/**
 * gcv_worker_cpu_ms() - CPU time of a worker since it was started
 * @pid: the worker
 *
 * Return: milliseconds, 0 where nobody knows.
 */
int64_t gcv_worker_cpu_ms(pid_t pid);

/**
 * gcv_worker_resident_mib() - how much memory a worker takes up
 * @pid: the worker
 *
 * Return: MiB, 0 where nobody knows.
 */
uint64_t gcv_worker_resident_mib(pid_t pid);

/**
 * gcv_worker_wait() - wait for the end of a worker that hung up
 * @pid: the worker; it is left for wait4()
 * @ret_info: how it ended
 *
 * Return: false where it is alive after a tenth of a second.
 */
bool gcv_worker_wait(pid_t pid, siginfo_t *ret_info);

/**
 * gcv_worker_cause() - why did a worker die?
 * @info: how it ended
 * @said: descriptor of what it said, or -1
 * @limits: what its job was allowed
 * @ret_text: a sentence of less than GCV_WORKER_CAUSE_MAX bytes
 *
 * Return: GCV_ERR_LIMIT for memory, GCV_ERR_TIMEOUT for CPU time, else GCV_ERR_CRASH.
 */
enum gcv_status gcv_worker_cause(const siginfo_t *info, int said,
				 const struct gcv_worker_limits *limits,
				 char ret_text[GCV_WORKER_CAUSE_MAX]);

/**
 * gcv_worker_cause_memory() - the sentence of a job that took too much memory
 * @limits: what it was allowed
 * @ret_text: the sentence
 *
 * Return: GCV_ERR_LIMIT.
 */
enum gcv_status gcv_worker_cause_memory(const struct gcv_worker_limits *limits,
					char ret_text[GCV_WORKER_CAUSE_MAX]);

/**
 * gcv_worker_cause_time() - the sentence of a job that took too long
 * @limits: what it was allowed
 * @ret_text: the sentence
 *
 * Return: GCV_ERR_TIMEOUT.
 */
enum gcv_status gcv_worker_cause_time(const struct gcv_worker_limits *limits,
				      char ret_text[GCV_WORKER_CAUSE_MAX]);

#endif
