/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Worker processes that parse. A worker that dies or does not answer costs its job alone.
 *
 *	gcv_pool_new(&options, &pool, &err);
 *	gcv_pool_add_env(pool, &env);			may be called at any time
 *	gcv_pool_submit(pool, &job);			…more of them, the longest first
 *	gcv_pool_begin(pool, &err);			where there is more to do before
 *	gcv_pool_run(pool, on_result, data, &err);	until all are answered; on_result may submit
 *	gcv_pool_free(pool);
 */
#ifndef GCV_PARSE_POOL_H
#define GCV_PARSE_POOL_H

#include "base/err.h"
#include "parse/protocol.h"
#include "parse/worker_watch.h"

struct gcv_pool;

/**
 * struct gcv_pool_options - how workers are run
 * @program: path of the worker program
 * @nr_workers: how many, at least 1
 * @limits: a job that takes more is given up
 * @setup: what is the same for all jobs; must live as long as the pool
 */
struct gcv_pool_options {
	const char *program;
	unsigned int nr_workers;
	struct gcv_worker_limits limits;
	const struct gcv_setup *setup;
};

/**
 * struct gcv_answer - what became of a job
 * @job: the job
 * @status: GCV_OK, GCV_ERR_FORMAT (not parsed), GCV_ERR_CRASH, GCV_ERR_LIMIT (memory) or
 *	GCV_ERR_TIMEOUT
 * @message: why it failed, or ""
 * @cpu_us: CPU time in microseconds
 * @rss_kib: largest resident size of the worker
 * @facts: encoded facts where @status is GCV_OK
 * @facts_len: their length in bytes
 */
struct gcv_answer {
	const struct gcv_job *job;
	enum gcv_status status;
	const char *message;
	uint64_t cpu_us, rss_kib;
	const char *facts;
	size_t facts_len;
};

/**
 * gcv_pool_new() - a pool; workers are started when there is work
 * @options: how they are run
 * @ret_pool: the pool, for gcv_pool_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK, or GCV_ERR_NOT_FOUND where the worker program cannot be executed.
 */
enum gcv_status gcv_pool_new(const struct gcv_pool_options *options, struct gcv_pool **ret_pool,
			     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_pool_add_env() - make an environment known
 * @pool: the pool
 * @env: must live as long as the pool; its id is set
 */
void gcv_pool_add_env(struct gcv_pool *pool, struct gcv_job_env *env);

/**
 * gcv_pool_start() - start the workers now, so that they load libclang while others work
 * @pool: the pool
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_pool_start(struct gcv_pool *pool, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_pool_submit() - queue a job
 * @pool: the pool
 * @job: copied, its strings are not: they must live until the job is answered
 *
 * Jobs are handed out in the order of submission.
 */
void gcv_pool_submit(struct gcv_pool *pool, const struct gcv_job *job);

/**
 * gcv_pool_begin() - let idle workers begin with what is queued, and do not wait for them
 * @pool: the pool
 * @err: sentence on failure
 *
 * For who has something else to do before gcv_pool_run(), which takes the answers. The time that a
 * job has runs from there on.
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_pool_begin(struct gcv_pool *pool, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_pool_run() - work until every job is answered
 * @pool: the pool
 * @on_answer: called for each answer; may submit further jobs; a status other than GCV_OK ends the
 *             run with that status
 * @data: for @on_answer
 * @err: sentence on failure
 *
 * A job whose worker dies or does not answer in time is tried a second time, then answered as
 * failed.
 *
 * Return: GCV_OK, what @on_answer returned, or GCV_ERR_IO where workers cannot be started.
 */
enum gcv_status gcv_pool_run(struct gcv_pool *pool,
			     enum gcv_status (*on_answer)(const struct gcv_answer *, void *,
							  struct gcv_err *),
			     void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_pool_cpu_us() - CPU time of all worker processes that have ended
 * @pool: the pool
 *
 * Return: microseconds; complete after gcv_pool_stop().
 */
uint64_t gcv_pool_cpu_us(const struct gcv_pool *pool);

/**
 * gcv_pool_unguarded() - what the kernel did not do to guard us against a worker
 * @pool: the pool
 *
 * Return: words for a person, or "" where nothing is missing or no worker has spoken yet; valid
 * until gcv_pool_free().
 */
const char *gcv_pool_unguarded(const struct gcv_pool *pool);

/**
 * gcv_pool_stop() - end the workers; the pool can be used again
 * @pool: the pool
 */
void gcv_pool_stop(struct gcv_pool *pool);

/**
 * gcv_pool_free() - end the workers and free the pool
 * @pool: the pool or NULL
 */
void gcv_pool_free(struct gcv_pool *pool);

#endif
