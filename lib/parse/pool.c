// SPDX-License-Identifier: GPL-2.0-only
#include "parse/pool.h"
#include "parse/worker_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_TRIES 2

/** PIPE_BYTES - what a pipe to a worker is to hold; as much as everybody may ask for */
#define PIPE_BYTES (1 << 20)

/** WATCH_MS - so often is it looked at how much memory a worker takes up */
#define WATCH_MS 100

/**
 * WAIT_TIMES - so many times its limit of CPU time may a job take by the clock: a machine that is
 * busy with other things is no reason to give it up, one that waits for something is
 */
#define WAIT_TIMES 4

struct queued_job {
	struct gcv_job job;
	unsigned int tries;
};

struct worker {
	pid_t pid;   /* 0: not running */
	int in, out; /* our ends: we write to in, read from out */
	int said;    /* its standard error, a file in memory */
	struct queued_job *current;
	int64_t deadline_ms, look_ms, cpu_limit_ms;
	bool *has_env;
	uint32_t nr_has_env;
	struct gcv_strbuf to_send, received;
	size_t sent;
};

struct gcv_pool {
	struct gcv_pool_options options;
	struct worker *workers;
	struct gcv_job_env **envs;
	uint32_t nr_envs, cap_envs;
	struct queued_job **queue;
	uint32_t nr_queue, cap_queue, next;
	uint64_t cpu_us;
	char *unguarded;
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

enum gcv_status gcv_pool_new(const struct gcv_pool_options *options, struct gcv_pool **ret_pool,
			     struct gcv_err *err)
{
	struct gcv_pool *pool;

	if (access(options->program, X_OK) != 0)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "cannot execute the worker %s: %s",
				   options->program, strerror(errno));
	pool = gcv_zalloc(1, sizeof(*pool));
	pool->options = *options;
	pool->workers = gcv_zalloc(options->nr_workers, sizeof(*pool->workers));
	*ret_pool = pool;
	return GCV_OK;
}

void gcv_pool_add_env(struct gcv_pool *pool, struct gcv_job_env *env)
{
	env->id = pool->nr_envs;
	GCV_GROW(pool->envs, pool->nr_envs, pool->cap_envs);
	pool->envs[pool->nr_envs++] = env;
}

void gcv_pool_submit(struct gcv_pool *pool, const struct gcv_job *job)
{
	struct queued_job *queued = gcv_zalloc(1, sizeof(*queued));

	queued->job = *job;
	GCV_GROW(pool->queue, pool->nr_queue, pool->cap_queue);
	pool->queue[pool->nr_queue++] = queued;
}

/* Take back what a worker held and wait for its end. */
static void reap(struct gcv_pool *pool, struct worker *w)
{
	struct rusage usage;

	close(w->in);
	close(w->out);
	if (wait4(w->pid, NULL, 0, &usage) == w->pid)
		pool->cpu_us +=
			(uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000u +
			(uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
	free(w->has_env);
	gcv_strbuf_release(&w->to_send);
	gcv_strbuf_release(&w->received);
	if (w->said >= 0)
		close(w->said);
	*w = (struct worker){ 0 };
}

static enum gcv_status spawn_with(struct gcv_pool *pool, struct worker *w, int to[2], int from[2],
				  struct gcv_err *err)
{
	char *argv[] = { (char *)pool->options.program, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t defaults;
	extern char **environ;
	int rc;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, to[0], 0);
	posix_spawn_file_actions_adddup2(&actions, from[1], 1);
	if (w->said >= 0)
		posix_spawn_file_actions_adddup2(&actions, w->said, 2);
	posix_spawnattr_init(&attr);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawn(&w->pid, pool->options.program, &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	if (rc == 0)
		return GCV_OK;
	w->pid = 0;
	errno = rc;
	return gcv_err_sys(err, "cannot start the worker %s", pool->options.program);
}

static enum gcv_status start_worker(struct gcv_pool *pool, struct worker *w, struct gcv_err *err)
{
	int to[2], from[2];
	enum gcv_status st;

	if (pipe2(to, O_CLOEXEC) != 0)
		return gcv_err_sys(err, "cannot make a pipe");
	if (pipe2(from, O_CLOEXEC) != 0) {
		close(to[0]);
		close(to[1]);
		return gcv_err_sys(err, "cannot make a pipe");
	}
	w->said = gcv_worker_said_new();
	st = spawn_with(pool, w, to, from, err);
	close(to[0]);
	close(from[1]);
	if (st != GCV_OK) {
		if (w->said >= 0)
			close(w->said);
		close(to[1]);
		close(from[0]);
		return st;
	}
	w->in = to[1];
	w->out = from[0];
	fcntl(w->in, F_SETFL, O_NONBLOCK);
	fcntl(w->out, F_SETFL, O_NONBLOCK);
	/* Room for a job with its environment, so that a worker begins while we do something else.
	 */
	(void)fcntl(w->in, F_SETPIPE_SZ, PIPE_BYTES);
	gcv_message_setup(&w->to_send, pool->options.setup);
	return GCV_OK;
}

enum gcv_status gcv_pool_start(struct gcv_pool *pool, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	unsigned int i;

	for (i = 0; i < pool->options.nr_workers && st == GCV_OK; i++)
		if (!pool->workers[i].pid)
			st = start_worker(pool, &pool->workers[i], err);
	return st;
}

static void send_env(struct gcv_pool *pool, struct worker *w, uint32_t env)
{
	if (w->nr_has_env < pool->nr_envs) {
		w->has_env = gcv_realloc_array(w->has_env, pool->nr_envs, sizeof(*w->has_env));
		memset(w->has_env + w->nr_has_env, 0, pool->nr_envs - w->nr_has_env);
		w->nr_has_env = pool->nr_envs;
	}
	if (w->has_env[env])
		return;
	gcv_message_env(&w->to_send, pool->envs[env]);
	w->has_env[env] = true;
}

static void set_deadline(const struct gcv_worker_limits *limits, struct worker *w)
{
	int64_t now = now_ms();

	gcv_worker_limit_cpu(w->pid, limits->timeout_ms);
	w->cpu_limit_ms = gcv_worker_cpu_ms(w->pid) + limits->timeout_ms;
	w->look_ms = now + WATCH_MS;
	w->deadline_ms = now + (int64_t)WAIT_TIMES * limits->timeout_ms;
}

static enum gcv_status hand_out(struct gcv_pool *pool, struct gcv_err *err)
{
	unsigned int i;

	for (i = 0; i < pool->options.nr_workers && pool->next < pool->nr_queue; i++) {
		struct worker *w = &pool->workers[i];
		enum gcv_status st;

		if (w->current)
			continue;
		if (!w->pid) {
			st = start_worker(pool, w, err);
			if (st != GCV_OK)
				return st;
		}
		w->current = pool->queue[pool->next++];
		w->current->tries++;
		send_env(pool, w, w->current->job.env);
		gcv_message_job(&w->to_send, &w->current->job);
		set_deadline(&pool->options.limits, w);
	}
	return GCV_OK;
}

/* Write what the pipe takes. Return false where the worker is gone. */
static bool flush_to(struct worker *w)
{
	while (w->sent < w->to_send.len) {
		ssize_t n = write(w->in, w->to_send.buf + w->sent, w->to_send.len - w->sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		w->sent += (size_t)n;
	}
	gcv_strbuf_clear(&w->to_send);
	w->sent = 0;
	return true;
}

/* Read what is there. Return false where the worker is gone. */
static bool receive(struct worker *w)
{
	char buf[65536];

	for (;;) {
		ssize_t n = read(w->out, buf, sizeof(buf));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		if (n == 0)
			return false;
		gcv_strbuf_add(&w->received, buf, (size_t)n);
	}
}

enum gcv_status gcv_pool_begin(struct gcv_pool *pool, struct gcv_err *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	enum gcv_status st;
	unsigned int i;

	sigaction(SIGPIPE, &ignore, &before);
	st = hand_out(pool, err);
	/* A worker that is gone already is noticed by who reads its answer. */
	for (i = 0; i < pool->options.nr_workers && st == GCV_OK; i++)
		if (pool->workers[i].pid)
			(void)flush_to(&pool->workers[i]);
	sigaction(SIGPIPE, &before, NULL);
	return st;
}

struct run {
	enum gcv_status (*on_answer)(const struct gcv_answer *, void *, struct gcv_err *);
	void *data;
	struct gcv_err *err;
};

/* A worker is lost: try its job once more, or answer for it. */
static enum gcv_status lose(struct gcv_pool *pool, struct worker *w, enum gcv_status why,
			    const char *message, struct run *run)
{
	struct queued_job *job = w->current;
	struct gcv_answer answer = { .status = why, .message = message, .facts = "" };
	enum gcv_status st;

	kill(w->pid, SIGKILL);
	reap(pool, w);
	if (!job)
		return GCV_OK;
	if (job->tries < MAX_TRIES) {
		GCV_GROW(pool->queue, pool->nr_queue, pool->cap_queue);
		pool->queue[pool->nr_queue++] = job;
		return GCV_OK;
	}
	answer.job = &job->job;
	st = run->on_answer(&answer, run->data, run->err);
	free(job);
	return st;
}

/* A worker hung up: what of? */
static enum gcv_status lose_dead(struct gcv_pool *pool, struct worker *w, struct run *run)
{
	char text[GCV_WORKER_CAUSE_MAX] = "the worker hung up";
	enum gcv_status why = GCV_ERR_CRASH;
	siginfo_t info = { 0 };

	if (gcv_worker_wait(w->pid, &info))
		why = gcv_worker_cause(&info, w->said, &pool->options.limits, text);
	return lose(pool, w, why, text, run);
}

/*
 * Take an answer. The worker gets its next job before the answer is dealt with, so that it does not
 * wait for us.
 */
static enum gcv_status deliver(struct gcv_pool *pool, struct worker *w, struct gcv_wire *payload,
			       struct run *run, bool *ret_sound)
{
	struct gcv_arena arena = { 0 };
	struct gcv_result result;
	struct queued_job *job = w->current;
	struct gcv_answer answer;
	enum gcv_status st = GCV_OK;

	*ret_sound = job && *payload->pos++ == GCV_MESSAGE_RESULT &&
		     gcv_result_decode(payload, &arena, &result) && result.id == job->job.id;
	if (*ret_sound) {
		answer = (struct gcv_answer){ .job = &job->job,
					      .status = result.failed ? GCV_ERR_FORMAT : GCV_OK,
					      .message = result.message,
					      .cpu_us = result.cpu_us,
					      .rss_kib = result.rss_kib,
					      .facts = result.facts,
					      .facts_len = result.facts_len };
		w->current = NULL;
		st = hand_out(pool, run->err);
		if (st == GCV_OK) {
			flush_to(w);
			st = run->on_answer(&answer, run->data, run->err);
		}
		free(job);
	}
	gcv_arena_release(&arena);
	return st;
}

/* What the kernel did not do for a worker; all say the same. */
static bool note_guards(struct gcv_pool *pool, struct gcv_wire *payload)
{
	struct gcv_arena arena = { 0 };
	const char *missing;
	bool sound;

	payload->pos++;
	sound = gcv_guards_decode(payload, &arena, &missing);
	if (sound && *missing && !pool->unguarded)
		pool->unguarded = gcv_strdup(missing);
	gcv_arena_release(&arena);
	return sound;
}

static enum gcv_status take_answers(struct gcv_pool *pool, struct worker *w, struct run *run)
{
	struct gcv_wire payload;
	size_t used;
	int got;

	while ((got = gcv_message_next(w->received.buf, w->received.len, &payload, &used)) == 1) {
		bool sound;
		enum gcv_status st = GCV_OK;

		if (*payload.pos == GCV_MESSAGE_GUARDS)
			sound = note_guards(pool, &payload);
		else
			st = deliver(pool, w, &payload, run, &sound);
		if (st != GCV_OK)
			return st;
		if (!sound) {
			got = -1;
			break;
		}
		memmove(w->received.buf, w->received.buf + used, w->received.len - used);
		w->received.len -= used;
	}
	if (got < 0)
		return lose(pool, w, GCV_ERR_CRASH, "the worker sent damaged data", run);
	return GCV_OK;
}

static enum gcv_status keep_to_limits(struct gcv_pool *pool, struct worker *w, struct run *run)
{
	const struct gcv_worker_limits *limits = &pool->options.limits;
	char text[GCV_WORKER_CAUSE_MAX];
	int64_t now = now_ms();

	if (now < w->look_ms && now <= w->deadline_ms)
		return GCV_OK;
	w->look_ms = now + WATCH_MS;
	if (gcv_worker_resident_mib(w->pid) > limits->memory_mib)
		return lose(pool, w, gcv_worker_cause_memory(limits, text), text, run);
	if (now > w->deadline_ms || gcv_worker_cpu_ms(w->pid) > w->cpu_limit_ms)
		return lose(pool, w, gcv_worker_cause_time(limits, text), text, run);
	return GCV_OK;
}

static enum gcv_status serve(struct gcv_pool *pool, struct worker *w, const struct pollfd *fds,
			     struct run *run)
{
	bool alive = true;
	enum gcv_status st;

	if (fds[0].revents & (POLLOUT | POLLERR))
		alive = flush_to(w);
	if (fds[1].revents & (POLLIN | POLLHUP | POLLERR))
		alive = receive(w) && alive;
	st = w->received.len ? take_answers(pool, w, run) : GCV_OK;
	if (st != GCV_OK || !w->pid)
		return st;
	if (!alive)
		return lose_dead(pool, w, run);
	return w->current ? keep_to_limits(pool, w, run) : GCV_OK;
}

static bool is_busy(const struct gcv_pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->options.nr_workers; i++)
		if (pool->workers[i].current)
			return true;
	return pool->next < pool->nr_queue;
}

static enum gcv_status run_once(struct gcv_pool *pool, struct pollfd *fds, struct run *run)
{
	unsigned int nr = pool->options.nr_workers, i;
	enum gcv_status st = hand_out(pool, run->err);

	if (st != GCV_OK)
		return st;
	for (i = 0; i < nr; i++) {
		struct worker *w = &pool->workers[i];

		fds[2 * i] = (struct pollfd){ .fd = -1 };
		fds[2 * i + 1] = (struct pollfd){ .fd = -1 };
		if (!w->pid)
			continue;
		fds[2 * i].fd = w->to_send.len ? w->in : -1;
		fds[2 * i].events = POLLOUT;
		fds[2 * i + 1].fd = w->out;
		fds[2 * i + 1].events = POLLIN;
	}
	if (poll(fds, 2 * nr, WATCH_MS) < 0 && errno != EINTR)
		return gcv_err_sys(run->err, "cannot wait for the workers");
	for (i = 0; i < nr && st == GCV_OK; i++)
		if (pool->workers[i].pid)
			st = serve(pool, &pool->workers[i], &fds[2 * i], run);
	return st;
}

/* While nobody listened, a worker may have waited for us rather than we for it. */
static void restart_clocks(struct gcv_pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->options.nr_workers; i++)
		pool->workers[i].deadline_ms = now_ms() + pool->options.limits.timeout_ms;
}

enum gcv_status gcv_pool_run(struct gcv_pool *pool,
			     enum gcv_status (*on_answer)(const struct gcv_answer *, void *,
							  struct gcv_err *),
			     void *data, struct gcv_err *err)
{
	struct run run = { .on_answer = on_answer, .data = data, .err = err };
	struct pollfd *fds = gcv_zalloc(2 * pool->options.nr_workers, sizeof(*fds));
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	enum gcv_status st = GCV_OK;

	/* A worker that dies while we write to it must not take us with it. */
	sigaction(SIGPIPE, &ignore, &before);
	restart_clocks(pool);
	while (st == GCV_OK && is_busy(pool))
		st = run_once(pool, fds, &run);
	sigaction(SIGPIPE, &before, NULL);
	free(fds);
	if (pool->next == pool->nr_queue)
		pool->next = pool->nr_queue = 0;
	return st;
}

uint64_t gcv_pool_cpu_us(const struct gcv_pool *pool)
{
	return pool->cpu_us;
}

const char *gcv_pool_unguarded(const struct gcv_pool *pool)
{
	return pool->unguarded ? pool->unguarded : "";
}

void gcv_pool_stop(struct gcv_pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->options.nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		if (!w->pid)
			continue;
		/* An idle worker ends by itself when its input does; libclang's tear-down is not
		 * worth waiting for. */
		kill(w->pid, SIGKILL);
		free(w->current);
		reap(pool, w);
	}
}

void gcv_pool_free(struct gcv_pool *pool)
{
	if (!pool)
		return;
	gcv_pool_stop(pool);
	while (pool->next < pool->nr_queue)
		free(pool->queue[pool->next++]);
	free(pool->queue);
	free(pool->envs);
	free(pool->workers);
	free(pool->unguarded);
	free(pool);
}
