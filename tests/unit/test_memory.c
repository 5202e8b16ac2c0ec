// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where there is no memory the program ends with a word, in whatever library code is made of ours
 * by macros, too: each allocation fails once, in a process of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/intern.h"

/** NR_NAMES - so many that the table of names grows more than once */
#define NR_NAMES 2000

static unsigned int nr_allocations, failing;

static bool fails(void)
{
	return ++nr_allocations == failing;
}

/* The linker's --wrap puts these in the place of the functions, and gives the functions other
 * names. */
#define WRAP(name, params, ...)                                     \
	void *__real_##name params;                                 \
	void *__wrap_##name params;                                 \
	void *__wrap_##name params                                  \
	{                                                           \
		return fails() ? NULL : __real_##name(__VA_ARGS__); \
	}
WRAP(malloc, (size_t size), size)
WRAP(calloc, (size_t nr, size_t size), nr, size)
WRAP(realloc, (void *ptr, size_t size), ptr, size)
WRAP(reallocarray, (void *ptr, size_t nr, size_t size), ptr, nr, size)

static void intern_names(void)
{
	struct gcv_intern names = { 0 };
	char name[16];
	unsigned int i;

	for (i = 0; i < NR_NAMES; i++) {
		snprintf(name, sizeof(name), "name_%u", i);
		if (gcv_intern_add(&names, name, strlen(name)) != i)
			_exit(1);
	}
	gcv_intern_release(&names);
}

/* Do it in a process in which an allocation fails. @return whether it got so far */
static bool dies_of(void (*work)(void), unsigned int at)
{
	char said[256] = { 0 };
	int ends[2], status;
	ssize_t nr;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		dup2(ends[1], STDERR_FILENO);
		nr_allocations = 0;
		failing = at;
		work();
		_exit(0);
	}
	close(ends[1]);
	nr = read(ends[0], said, sizeof(said) - 1);
	assert_true(nr >= 0);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return false;
	assert_string_equal(said, "gupconv: out of memory\n");
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	return true;
}

static void names_die_with_a_word(void **state)
{
	unsigned int at = 1;

	(void)state;
	while (dies_of(intern_names, at))
		at++;
	/* The table, its first buckets, and those that it grew to. */
	assert_true(at > 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_die_with_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
