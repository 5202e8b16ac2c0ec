// SPDX-License-Identifier: GPL-2.0-only
#include "flow/accessor_words.h"

#include <ctype.h>
#include <string.h>

struct word_list {
	const char *const *words;
	int nr;
};

#define LIST(array)                                              \
	{                                                        \
		array, (int)(sizeof(array) / sizeof((array)[0])) \
	}

static const char *const origins[] = {
	[GCV_ORIGIN_NONE] = NULL,
	[GCV_ORIGIN_NEW] = "new",
	[GCV_ORIGIN_ALLOCATED] = "allocated",
	[GCV_ORIGIN_PAGE_CACHE] = "page-cache",
	[GCV_ORIGIN_PAGE_TABLE] = "page-table",
	[GCV_ORIGIN_KERNEL] = "kernel",
	[GCV_ORIGIN_OWNED] = "owned",
};

static const char *const effects[] = {
	[GCV_EFFECT_GET] = "get",
	[GCV_EFFECT_RELEASE] = "release",
	[GCV_EFFECT_TRANSFER] = "transfer",
	[GCV_EFFECT_DMA] = "dma",
	[GCV_EFFECT_KERNEL_MAP] = "kernel-map",
	[GCV_EFFECT_READ] = "read",
	[GCV_EFFECT_WRITE] = "write",
	[GCV_EFFECT_FACTS] = "facts",
	[GCV_EFFECT_USER_MAP] = "user-map",
	[GCV_EFFECT_DIRTY] = "dirty",
	[GCV_EFFECT_DIRTY_LOCK] = "dirty-lock",
	[GCV_EFFECT_LOCK] = "lock",
	[GCV_EFFECT_UNLOCK] = "unlock",
	[GCV_EFFECT_UNMAP] = "unmap",
	[GCV_EFFECT_FREE] = "free",
	[GCV_EFFECT_LONGTERM] = "longterm",
	[GCV_EFFECT_CLEAR] = "clear",
	[GCV_EFFECT_DIRTY_TEST] = "dirty-test",
	[GCV_EFFECT_CURRENT] = "current",
	[GCV_EFFECT_KERNEL_ITERATOR] = "kernel-iterator",
	[GCV_EFFECT_USER_ITERATOR] = "user-iterator",
	[GCV_EFFECT_NOTIFIER_RETRY] = "notifier-retry",
};

static const char *const contexts[] = {
	[GCV_CONTEXT_SPINLOCK] = "spinlock",
	[GCV_CONTEXT_IRQS_OFF] = "irqs-off",
	[GCV_CONTEXT_PREEMPT_OFF] = "preempt-off",
	[GCV_CONTEXT_RCU] = "rcu",
	[GCV_CONTEXT_HARDIRQ] = "hardirq",
	[GCV_CONTEXT_SOFTIRQ] = "softirq",
	[GCV_CONTEXT_NMI] = "nmi",
	[GCV_CONTEXT_NOTIFIER] = "notifier",
	[GCV_CONTEXT_PAGE_LOCK] = "page-lock",
	[GCV_CONTEXT_MAY_SLEEP] = "may-sleep",
};

_Static_assert(sizeof(effects) / sizeof(effects[0]) == GCV_EFFECTS, "a word for each effect");
_Static_assert(sizeof(contexts) / sizeof(contexts[0]) == GCV_CONTEXTS, "a word for each context");

static const struct word_list lists[] = {
	[GCV_ACCESSOR_WORD_ORIGIN] = LIST(origins),
	[GCV_ACCESSOR_WORD_EFFECT] = LIST(effects),
	[GCV_ACCESSOR_WORD_CONTEXT] = LIST(contexts),
};

const char *gcv_accessor_word(enum gcv_accessor_word_set set, int value)
{
	if (value < 0 || value >= lists[set].nr || !lists[set].words[value])
		return "?";
	return lists[set].words[value];
}

int gcv_accessor_word_value(enum gcv_accessor_word_set set, const char *word)
{
	for (int i = 0; i < lists[set].nr; i++)
		if (lists[set].words[i] && strcmp(lists[set].words[i], word) == 0)
			return i;
	return -1;
}

/* Length of the identifier that a text begins with. */
static size_t identifier_len(const char *s)
{
	size_t len = 0;

	if (isdigit((unsigned char)*s))
		return 0;
	while (isalnum((unsigned char)s[len]) || s[len] == '_')
		len++;
	return len;
}

/* "result" or "argN"; NULL where it is neither. */
static const char *parse_root(const char *s, int *ret_arg)
{
	int arg = 0;

	if (strncmp(s, "result", 6) == 0) {
		*ret_arg = -1;
		return s + 6;
	}
	if (strncmp(s, "arg", 3) != 0 || !isdigit((unsigned char)s[3]))
		return NULL;
	for (s += 3; isdigit((unsigned char)*s); s++) {
		arg = arg * 10 + (*s - '0');
		if (arg > GCV_ACCESSOR_MAX_ARG)
			return NULL;
	}
	*ret_arg = arg;
	return s;
}

bool gcv_accessor_place_parse(const char *text, struct gcv_arena *arena,
			      struct gcv_accessor_place *ret_place)
{
	const char *path[GCV_ACCESSOR_MAX_PATH];
	struct gcv_accessor_place place = { 0 };
	const char *s = parse_root(text, &place.arg);
	const char **copy;

	if (!s)
		return false;
	while (*s) {
		size_t len = 2;

		if (place.nr_path == GCV_ACCESSOR_MAX_PATH)
			return false;
		if (*s == '.')
			len = identifier_len(++s);
		else if (strncmp(s, "[]", 2) != 0)
			return false;
		if (!len)
			return false;
		path[place.nr_path++] = gcv_arena_strndup(arena, s, len);
		s += len;
	}
	copy = gcv_arena_alloc(arena, (place.nr_path + 1) * sizeof(*copy));
	memcpy(copy, path, place.nr_path * sizeof(*copy));
	place.path = copy;
	*ret_place = place;
	return true;
}
