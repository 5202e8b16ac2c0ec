// SPDX-License-Identifier: GPL-2.0-only
#include "parse/args.h"
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add_owned(struct gcv_args *args, const char *arg)
{
	const char **grown;

	if (args->nr == args->cap) {
		args->cap = args->cap ? args->cap * 2 : 32;
		grown = gcv_arena_alloc(args->arena, args->cap * sizeof(*grown));
		if (args->nr)
			memcpy(grown, args->argv, args->nr * sizeof(*grown));
		args->argv = grown;
	}
	args->argv[args->nr++] = arg;
}

void gcv_args_add(struct gcv_args *args, const char *arg)
{
	add_owned(args, gcv_arena_strdup(args->arena, arg));
}

void gcv_args_addf(struct gcv_args *args, const char *fmt, ...)
{
	char *text;
	va_list ap, again;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = gcv_arena_alloc(args->arena, (size_t)(len < 0 ? 0 : len) + 1);
	vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, fmt, ap);
	va_end(ap);
	add_owned(args, text);
}

void gcv_args_add_words(struct gcv_args *args, const char *words)
{
	size_t len;

	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		len = strcspn(words, " ");
		add_owned(args, gcv_arena_strndup(args->arena, words, len));
		words += len;
	}
}

void gcv_args_add_tolerant(struct gcv_args *args)
{
	gcv_args_add_words(args, "-w -ferror-limit=0 -fno-spell-checking -fno-builtin");
}

bool gcv_args_has(const struct gcv_args *args, const char *arg)
{
	size_t i;

	for (i = 0; i < args->nr; i++)
		if (strcmp(args->argv[i], arg) == 0)
			return true;
	return false;
}
