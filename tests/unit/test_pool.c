// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
/*
 * The pool, with this very program as its worker: with FAKE_WORKER in its environment it speaks the
 * protocol, and the name of a job's main file tells it what to do.
 */
#include "parse/pool.h"

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define FAKE_WORKER "GCV_TEST_FAKE_WORKER"
#define TIMEOUT_MS  100
#define MAX_JOBS    400

#ifdef __SANITIZE_ADDRESS__
#define MEMORY_MIB 200
#else
#define MEMORY_MIB 100
#endif

#define TEXT_OF(x)  TEXT_OF_(x)
#define TEXT_OF_(x) #x
#define TOO_MUCH    "libclang needed more than its limit of " TEXT_OF(MEMORY_MIB) " MiB of memory"

/* The worker. */

static void say(const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(STDOUT_FILENO, data, len);

		if (n <= 0)
			_exit(3);
		data += n;
		len -= (size_t)n;
	}
}

/* Is it the first time that this is asked? The path in the job's name is the memory. */
static bool is_first_time(const char *path)
{
	FILE *f = fopen(path, "wx");

	if (f)
		fclose(f);
	return f != NULL;
}

static void say_last(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		_exit(3);
}

/* More than it may, and then wait, so that nothing but the memory gives it away. */
static void eat(void)
{
	const size_t len = (size_t)(MEMORY_MIB + 50) << 20;

	if (mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1,
		 0) == MAP_FAILED)
		_exit(3);
	for (;;)
		pause();
}

static void misbehave(const char *how, const struct gcv_strbuf *reply)
{
	if (strcmp(how, "crash") == 0) {
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	} else if (strcmp(how, "abort") == 0) {
		signal(SIGABRT, SIG_DFL);
		abort();
	} else if (strcmp(how, "kill") == 0) {
		raise(SIGKILL);
	} else if (strcmp(how, "eat") == 0) {
		eat();
	} else if (strcmp(how, "bad_alloc") == 0) {
		/* As the C++ library does where an address space is used up. */
		say_last("terminate called after throwing an instance of 'std::bad_alloc'\n");
		abort();
	} else if (strcmp(how, "cpu") == 0) {
		/* As the kernel does where nobody else looked at the time. */
		raise(SIGXCPU);
	} else if (strcmp(how, "loop") == 0) {
		for (;;)
			(void)getppid();
	} else if (strcmp(how, "hang") == 0) {
		for (;;)
			pause();
	} else if (strcmp(how, "exit") == 0) {
		_exit(0);
	} else if (strcmp(how, "close") == 0) {
		close(STDOUT_FILENO);
		for (;;)
			pause();
	} else if (strcmp(how, "half") == 0) {
		say(reply->buf, reply->len / 2);
		_exit(0);
	} else if (strcmp(how, "half-hang") == 0) {
		say(reply->buf, reply->len / 2);
		for (;;)
			pause();
	} else if (strcmp(how, "endless") == 0) {
		say("\377\377\377\377\4", 5);
	} else if (strcmp(how, "empty") == 0) {
		say("\0\0\0\0", 4);
	} else if (strcmp(how, "garbage") == 0) {
		say("\3\0\0\0\4\377\377", 7);
	} else if (strcmp(how, "type") == 0) {
		say("\1\0\0\0\1", 5);
	} else if (strcmp(how, "twice") == 0) {
		say(reply->buf, reply->len);
		say(reply->buf, reply->len);
	} else {
		say(reply->buf, reply->len);
	}
}

struct fake {
	bool has_setup, has_env[8];
	struct gcv_strbuf in;
};

static void serve_job(const struct fake *fake, const struct gcv_job *job)
{
	static char large[300000];
	struct gcv_result result = { .id = job->id,
				     .message = "",
				     .cpu_us = 7,
				     .rss_kib = 11,
				     .facts = job->main,
				     .facts_len = strlen(job->main) };
	struct gcv_strbuf reply = { 0 };
	const char *how = job->main;

	if (strncmp(how, "once-crash ", 11) == 0)
		how = is_first_time(how + 11) ? "crash" : "";
	if (strcmp(how, "large") == 0) {
		memset(large, 'x', sizeof(large));
		result.facts = large;
		result.facts_len = sizeof(large);
	}
	if (strcmp(how, "id") == 0)
		result.id++;
	if (strcmp(how, "unguarded") == 0)
		gcv_message_guards(&reply, "Landlock");
	if (strcmp(how, "fail") == 0 || !fake->has_setup || job->env >= 8 ||
	    !fake->has_env[job->env]) {
		result.failed = true;
		result.message = strcmp(how, "fail") == 0 ? "it failed" : "out of order";
	}
	gcv_message_result(&reply, &result);
	misbehave(how, &reply);
	gcv_strbuf_release(&reply);
}

static void serve_message(struct fake *fake, struct gcv_wire *payload)
{
	struct gcv_arena arena = { 0 };
	struct gcv_setup setup = { 0 };
	struct gcv_job_env env;
	struct gcv_job job;

	switch (*payload->pos++) {
	case GCV_MESSAGE_SETUP:
		fake->has_setup = gcv_setup_decode(payload, &arena, &setup) &&
				  strcmp(setup.root, "/root") == 0;
		gcv_setup_release(&setup);
		break;
	case GCV_MESSAGE_ENV:
		if (!gcv_env_decode(payload, &arena, &env) || env.id >= 8 || fake->has_env[env.id])
			_exit(4);
		fake->has_env[env.id] = true;
		break;
	case GCV_MESSAGE_JOB:
		if (!gcv_job_decode(payload, &arena, &job))
			_exit(5);
		serve_job(fake, &job);
		break;
	default:
		_exit(6);
	}
	gcv_arena_release(&arena);
}

static int be_worker(void)
{
	struct rlimit no_core = { 0, 0 };
	struct fake fake = { 0 };
	struct gcv_wire payload;
	char buf[4096];
	size_t used;
	ssize_t n;

	setrlimit(RLIMIT_CORE, &no_core);
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		gcv_strbuf_add(&fake.in, buf, (size_t)n);
		while (gcv_message_next(fake.in.buf, fake.in.len, &payload, &used) == 1) {
			serve_message(&fake, &payload);
			memmove(fake.in.buf, fake.in.buf + used, fake.in.len - used);
			fake.in.len -= used;
		}
	}
	gcv_strbuf_release(&fake.in);
	return 0;
}

/* The tests. */

struct outcome {
	unsigned int nr;
	enum gcv_status status;
	char message[100];
	size_t facts_len;
	uint64_t cpu_us, rss_kib;
};

struct bench {
	struct gcv_pool *pool;
	struct gcv_setup setup;
	struct gcv_job_env envs[3];
	char program[PATH_MAX];
	struct outcome outcomes[MAX_JOBS];
	unsigned int nr_answers;
	uint32_t order[MAX_JOBS];
	/* what the receiver of answers does */
	uint32_t submit_more, stop_at;
};

static void set_up_for(struct bench *b, unsigned int nr_workers, unsigned int timeout_ms)
{
	struct gcv_pool_options options = { .program = b->program,
					    .nr_workers = nr_workers,
					    .limits = { timeout_ms, MEMORY_MIB },
					    .setup = &b->setup };
	ssize_t len = readlink("/proc/self/exe", b->program, sizeof(b->program) - 1);
	struct gcv_err err;
	size_t i;

	assert_true(len > 0);
	b->program[len] = '\0';
	b->setup.root = "/root";
	b->stop_at = UINT32_MAX;
	assert_int_equal(gcv_pool_new(&options, &b->pool, &err), GCV_OK);
	for (i = 0; i < 3; i++) {
		gcv_pool_add_env(b->pool, &b->envs[i]);
		assert_int_equal(b->envs[i].id, i);
	}
}

static void set_up(struct bench *b, unsigned int nr_workers)
{
	set_up_for(b, nr_workers, TIMEOUT_MS);
}

static void submit(struct bench *b, uint32_t id, const char *main_path)
{
	struct gcv_job job = { .id = id, .env = id % 3, .main = main_path, .pch = "" };

	assert_true(id < MAX_JOBS);
	gcv_pool_submit(b->pool, &job);
}

static enum gcv_status take(const struct gcv_answer *answer, void *data, struct gcv_err *err)
{
	struct bench *b = data;
	uint32_t id = answer->job->id;
	struct outcome *outcome = &b->outcomes[id];

	outcome->nr++;
	outcome->status = answer->status;
	outcome->facts_len = answer->facts_len;
	outcome->cpu_us = answer->cpu_us;
	outcome->rss_kib = answer->rss_kib;
	snprintf(outcome->message, sizeof(outcome->message), "%s", answer->message);
	if (answer->status == GCV_OK && strcmp(answer->job->main, "large") != 0)
		assert_memory_equal(answer->facts, answer->job->main, answer->facts_len);
	b->order[b->nr_answers++] = id;
	if (b->submit_more) {
		b->submit_more--;
		submit(b, 100 + b->submit_more, "answer");
	}
	if (id == b->stop_at)
		return gcv_err_set(err, GCV_ERR_LIMIT, "enough");
	return GCV_OK;
}

static enum gcv_status run(struct bench *b, struct gcv_err *err)
{
	return gcv_pool_run(b->pool, take, b, err);
}

static void check(const struct bench *b, uint32_t id, enum gcv_status status, const char *message)
{
	assert_int_equal(b->outcomes[id].nr, 1);
	assert_int_equal(b->outcomes[id].status, status);
	assert_string_equal(b->outcomes[id].message, message);
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void test_answers(void **state)
{
	static struct bench b;
	struct gcv_err err;
	uint32_t i;

	(void)state;
	set_up(&b, 3);
	assert_int_equal(gcv_pool_start(b.pool, &err), GCV_OK);
	for (i = 0; i < 50; i++)
		submit(&b, i, i == 20 ? "fail" : i == 30 ? "large" : "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	assert_int_equal(b.nr_answers, 50);
	for (i = 0; i < 50; i++)
		if (i != 20)
			check(&b, i, GCV_OK, "");
	check(&b, 20, GCV_ERR_FORMAT, "it failed");
	assert_int_equal(b.outcomes[30].facts_len, 300000);
	assert_int_equal(b.outcomes[1].cpu_us, 7);
	assert_int_equal(b.outcomes[1].rss_kib, 11);

	/* The pool is good for more, also after its workers were ended. */
	submit(&b, 60, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	check(&b, 60, GCV_OK, "");
	gcv_pool_stop(b.pool);
	assert_true(gcv_pool_cpu_us(b.pool) > 0);
	submit(&b, 61, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	check(&b, 61, GCV_OK, "");
	assert_int_equal(run(&b, &err), GCV_OK);
	gcv_pool_free(b.pool);
}

/* Work begins while nobody waits for it, and what goes wrong meanwhile is noticed afterwards. */
static void test_begin(void **state)
{
	static struct bench b;
	char folder[] = "/tmp/gcv-test-pool-XXXXXX", memory[64], crash[80];
	struct timespec pause = { 0, 2000000 };
	struct gcv_err err;
	unsigned int i;

	(void)state;
	set_up(&b, 2);
	assert_non_null(mkdtemp(folder));
	snprintf(memory, sizeof(memory), "%s/memory", folder);
	snprintf(crash, sizeof(crash), "once-crash %s", memory);
	assert_int_equal(gcv_pool_begin(b.pool, &err), GCV_OK);
	submit(&b, 0, crash);
	submit(&b, 1, "large");
	submit(&b, 2, "answer");
	assert_int_equal(gcv_pool_begin(b.pool, &err), GCV_OK);
	for (i = 0; i < 5000 && access(memory, F_OK) != 0; i++)
		nanosleep(&pause, NULL);
	assert_int_equal(access(memory, F_OK), 0);
	assert_int_equal(b.nr_answers, 0);
	/* Longer than a job may take. */
	pause.tv_nsec = (TIMEOUT_MS + 100) * 1000000;
	nanosleep(&pause, NULL);
	assert_int_equal(gcv_pool_begin(b.pool, &err), GCV_OK);
	assert_int_equal(run(&b, &err), GCV_OK);
	assert_int_equal(b.nr_answers, 3);
	for (i = 0; i < 3; i++)
		check(&b, i, GCV_OK, "");
	gcv_pool_free(b.pool);
	unlink(memory);
	rmdir(folder);
}

static void test_order(void **state)
{
	static struct bench b;
	struct gcv_err err;
	uint32_t i;

	(void)state;
	set_up(&b, 1);
	for (i = 0; i < 30; i++)
		submit(&b, i, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	for (i = 0; i < 30; i++)
		assert_int_equal(b.order[i], i);
	gcv_pool_free(b.pool);
}

/* Whatever a worker does, its job is answered once, and the others as if nothing had been. */
static void test_misbehaviour(void **state)
{
	static const struct {
		const char *how;
		enum gcv_status status;
		const char *message;
	} cases[] = {
		{ "crash", GCV_ERR_CRASH, "libclang crashed: Segmentation fault" },
		{ "abort", GCV_ERR_CRASH, "libclang crashed: Aborted" },
		{ "exit", GCV_ERR_CRASH, "libclang crashed: exit status 0" },
		{ "close", GCV_ERR_CRASH, "the worker hung up" },
		{ "half", GCV_ERR_CRASH, "libclang crashed: exit status 0" },
		{ "kill", GCV_ERR_CRASH,
		  "the worker was killed, as the kernel does where memory is short" },
		{ "bad_alloc", GCV_ERR_LIMIT, TOO_MUCH },
		{ "cpu", GCV_ERR_TIMEOUT, "libclang did not finish in its limit of 0.1 seconds" },
		{ "endless", GCV_ERR_CRASH, "the worker sent damaged data" },
		{ "empty", GCV_ERR_CRASH, "the worker sent damaged data" },
		{ "garbage", GCV_ERR_CRASH, "the worker sent damaged data" },
		{ "type", GCV_ERR_CRASH, "the worker sent damaged data" },
		{ "id", GCV_ERR_CRASH, "the worker sent damaged data" },
		{ "loop", GCV_ERR_TIMEOUT, "libclang did not finish in its limit of 0.1 seconds" },
		{ "hang", GCV_ERR_TIMEOUT, "libclang did not finish in its limit of 0.1 seconds" },
		{ "half-hang", GCV_ERR_TIMEOUT,
		  "libclang did not finish in its limit of 0.1 seconds" },
	};
	const uint32_t nr = sizeof(cases) / sizeof(cases[0]);
	struct gcv_err err;
	unsigned int workers;
	uint32_t i;

	(void)state;
	for (workers = 1; workers <= 3; workers += 2) {
		struct bench *b = calloc(1, sizeof(*b));

		set_up(b, workers);
		for (i = 0; i < nr; i++) {
			submit(b, 2 * i, cases[i].how);
			submit(b, 2 * i + 1, "answer");
		}
		assert_int_equal(run(b, &err), GCV_OK);
		assert_int_equal(b->nr_answers, 2 * nr);
		for (i = 0; i < nr; i++) {
			check(b, 2 * i, cases[i].status, cases[i].message);
			assert_int_equal(b->outcomes[2 * i].facts_len, 0);
			check(b, 2 * i + 1, GCV_OK, "");
		}
		gcv_pool_free(b->pool);
		free(b);
	}
}

/* A second answer to the same job is damage; whose job it costs is tried again. */
static void test_answer_too_many(void **state)
{
	static struct bench b;
	struct gcv_err err;
	uint32_t i;

	(void)state;
	set_up(&b, 1);
	submit(&b, 0, "twice");
	for (i = 1; i < 5; i++)
		submit(&b, i, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	for (i = 0; i < 5; i++)
		check(&b, i, GCV_OK, "");
	gcv_pool_free(b.pool);
}

static void test_second_try(void **state)
{
	char path[] = "/tmp/gcv-test-pool-XXXXXX", job[64];
	static struct bench b;
	struct gcv_err err;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	snprintf(job, sizeof(job), "once-crash %s", path);
	set_up(&b, 2);
	submit(&b, 0, job);
	submit(&b, 1, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	check(&b, 0, GCV_OK, "");
	check(&b, 1, GCV_OK, "");
	assert_int_equal(access(path, F_OK), 0);
	unlink(path);
	gcv_pool_free(b.pool);
}

/* One that hangs is waited for twice, no longer, and others work meanwhile. */
static void test_timeout(void **state)
{
	static struct bench b;
	struct gcv_err err;
	int64_t start, took_ms;
	uint32_t i;

	(void)state;
	set_up(&b, 2);
	start = now_ms();
	submit(&b, 0, "hang");
	for (i = 1; i < 20; i++)
		submit(&b, i, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	took_ms = now_ms() - start;
	check(&b, 0, GCV_ERR_TIMEOUT, "libclang did not finish in its limit of 0.1 seconds");
	assert_int_equal(b.order[19], 0);
	assert_true(took_ms >= TIMEOUT_MS);
	assert_true(took_ms < 100 * TIMEOUT_MS);
	gcv_pool_free(b.pool);
}

static void test_submit_from_answer(void **state)
{
	static struct bench b;
	struct gcv_err err;
	uint32_t i;

	(void)state;
	set_up(&b, 2);
	b.submit_more = 250;
	submit(&b, 0, "answer");
	submit(&b, 1, "crash");
	assert_int_equal(run(&b, &err), GCV_OK);
	assert_int_equal(b.nr_answers, 252);
	for (i = 0; i < 250; i++)
		check(&b, 100 + i, GCV_OK, "");
	check(&b, 1, GCV_ERR_CRASH, "libclang crashed: Segmentation fault");
	gcv_pool_free(b.pool);
}

/* It waits with what it took, so that nothing but the memory can be what it is ended for. */
static void test_memory(void **state)
{
	static struct bench b;
	struct gcv_err err;
	uint32_t i;

	(void)state;
	set_up_for(&b, 2, 300 * TIMEOUT_MS);
	submit(&b, 0, "eat");
	for (i = 1; i < 20; i++)
		submit(&b, i, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	check(&b, 0, GCV_ERR_LIMIT, TOO_MUCH);
	for (i = 1; i < 20; i++)
		check(&b, i, GCV_OK, "");
	gcv_pool_free(b.pool);
}

/* What the kernel does not have is told by the worker, and kept. */
static void test_unguarded(void **state)
{
	static struct bench b;
	struct gcv_err err;

	(void)state;
	set_up(&b, 2);
	assert_string_equal(gcv_pool_unguarded(b.pool), "");
	submit(&b, 0, "answer");
	submit(&b, 1, "unguarded");
	submit(&b, 2, "answer");
	assert_int_equal(run(&b, &err), GCV_OK);
	check(&b, 1, GCV_OK, "");
	assert_string_equal(gcv_pool_unguarded(b.pool), "Landlock");
	gcv_pool_free(b.pool);
}

/* The receiver's failure ends the run at once; the pool gives back what is left over. */
static void test_stop(void **state)
{
	static const char *const kinds[] = { "answer", "crash", "hang", "garbage" };
	struct gcv_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct bench *b = calloc(1, sizeof(*b));

		set_up(b, 2);
		b->stop_at = 3;
		submit(b, 3, kinds[i]);
		submit(b, 4, "hang");
		submit(b, 5, "answer");
		submit(b, 6, "answer");
		assert_int_equal(run(b, &err), GCV_ERR_LIMIT);
		assert_string_equal(err.text, "enough");
		assert_int_equal(b->outcomes[3].nr, 1);
		gcv_pool_free(b->pool);
		free(b);
	}
}

static void test_no_program(void **state)
{
	struct gcv_setup setup = { .root = "/" };
	struct gcv_pool_options options = { .program = "/nonexistent/gupconv-parse",
					    .nr_workers = 1,
					    .limits = { TIMEOUT_MS, MEMORY_MIB },
					    .setup = &setup };
	struct gcv_pool *pool = NULL;
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_pool_new(&options, &pool, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "/nonexistent/gupconv-parse"));
	assert_null(pool);
	gcv_pool_free(NULL);
}

/* A program that can be executed but is none: the run fails instead of trying for ever. */
static void test_bad_program(void **state)
{
	char path[] = "/tmp/gcv-test-pool-XXXXXX";
	struct gcv_setup setup = { .root = "/" };
	struct gcv_pool_options options = { .program = path,
					    .nr_workers = 2,
					    .limits = { TIMEOUT_MS, MEMORY_MIB },
					    .setup = &setup };
	static struct bench b;
	struct gcv_err err;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "\177no ELF file", 12), 12);
	assert_int_equal(fchmod(fd, 0700), 0);
	close(fd);
	b.stop_at = UINT32_MAX;
	assert_int_equal(gcv_pool_new(&options, &b.pool, &err), GCV_OK);
	gcv_pool_add_env(b.pool, &b.envs[0]);
	submit(&b, 0, "answer");
	assert_int_equal(run(&b, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(b.nr_answers, 0);
	gcv_pool_free(b.pool);
	unlink(path);
}

/* No worker outlives the pool, also none that hangs. */
static void test_no_orphans(void **state)
{
	static struct bench b;
	struct gcv_err err;

	(void)state;
	set_up(&b, 3);
	b.stop_at = 2;
	submit(&b, 0, "hang");
	submit(&b, 1, "close");
	submit(&b, 2, "answer");
	assert_int_equal(run(&b, &err), GCV_ERR_LIMIT);
	gcv_pool_free(b.pool);
	errno = 0;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_begin),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_misbehaviour),
		cmocka_unit_test(test_answer_too_many),
		cmocka_unit_test(test_second_try),
		cmocka_unit_test(test_timeout),
		cmocka_unit_test(test_submit_from_answer),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_unguarded),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_no_program),
		cmocka_unit_test(test_bad_program),
		cmocka_unit_test(test_no_orphans),
	};

	if (getenv(FAKE_WORKER))
		return be_worker();
	setenv(FAKE_WORKER, "1", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
