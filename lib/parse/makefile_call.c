// SPDX-License-Identifier: GPL-2.0-only
/* The text functions of make that flags are put together with. */
#include "parse/makefile.h"

#include <stdlib.h>
#include <string.h>

#define ARGS_MAX 4

struct call {
	const char *arg[ARGS_MAX];
	size_t len[ARGS_MAX];
	size_t nr;
};

static void split_args(const char *args, struct call *call)
{
	const char *comma;

	for (call->nr = 0; call->nr < ARGS_MAX;) {
		comma = call->nr + 1 < ARGS_MAX ? strchr(args, ',') : NULL;
		call->arg[call->nr] = args;
		call->len[call->nr] = comma ? (size_t)(comma - args) : strlen(args);
		call->nr++;
		if (!comma)
			return;
		args = comma + 1;
	}
}

/* The next word of @len bytes at *@p; 0 at the end. */
static size_t next_word(const char **p, const char *end)
{
	size_t len = 0;

	while (*p < end && strchr(" \t", **p))
		++*p;
	while (*p + len < end && !strchr(" \t", (*p)[len]))
		len++;
	return len;
}

static void add_word(struct gcv_strbuf *ret, const char *word, size_t len)
{
	if (ret->len && !strchr(" \t", ret->buf[ret->len - 1]))
		gcv_strbuf_addch(ret, ' ');
	gcv_strbuf_add(ret, word, len);
}

static void affix(const struct call *call, bool is_prefix, struct gcv_strbuf *ret)
{
	const char *p, *end;
	struct gcv_strbuf word = { 0 };
	size_t len;

	if (call->nr < 2)
		return;
	p = call->arg[1];
	for (end = p + call->len[1]; (len = next_word(&p, end)); p += len) {
		gcv_strbuf_clear(&word);
		if (is_prefix)
			gcv_strbuf_add(&word, call->arg[0], call->len[0]);
		gcv_strbuf_add(&word, p, len);
		if (!is_prefix)
			gcv_strbuf_add(&word, call->arg[0], call->len[0]);
		add_word(ret, word.buf, word.len);
	}
	gcv_strbuf_release(&word);
}

static void copy_words(const char *text, size_t text_len, struct gcv_strbuf *ret)
{
	const char *end = text + text_len;
	size_t len;

	for (; (len = next_word(&text, end)); text += len)
		add_word(ret, text, len);
}

static void subst(const struct call *call, struct gcv_strbuf *ret)
{
	const char *p, *end, *hit;

	if (call->nr < 3)
		return;
	p = call->arg[2];
	end = p + call->len[2];
	while (call->len[0] && (hit = memmem(p, (size_t)(end - p), call->arg[0], call->len[0]))) {
		gcv_strbuf_add(ret, p, (size_t)(hit - p));
		gcv_strbuf_add(ret, call->arg[1], call->len[1]);
		p = hit + call->len[0];
	}
	gcv_strbuf_add(ret, p, (size_t)(end - p));
}

static bool is_blank(const char *text, size_t len)
{
	return next_word(&text, text + len) == 0;
}

/* Does a word match one of the patterns, each with at most one '%'? */
static bool matches(const char *patterns, size_t patterns_len, const char *word, size_t word_len)
{
	const char *end = patterns + patterns_len, *percent;
	size_t len, head, tail;

	for (; (len = next_word(&patterns, end)); patterns += len) {
		percent = memchr(patterns, '%', len);
		head = percent ? (size_t)(percent - patterns) : len;
		tail = percent ? len - head - 1 : 0;
		if (percent ? word_len < head + tail : word_len != len)
			continue;
		if (memcmp(word, patterns, head) == 0 &&
		    memcmp(word + word_len - tail, patterns + len - tail, tail) == 0)
			return true;
	}
	return false;
}

static void filter(const struct call *call, bool keep, struct gcv_strbuf *ret)
{
	const char *p, *end;
	size_t len;

	if (call->nr < 2)
		return;
	p = call->arg[1];
	for (end = p + call->len[1]; (len = next_word(&p, end)); p += len)
		if (matches(call->arg[0], call->len[0], p, len) == keep)
			add_word(ret, p, len);
}

static void choose(const struct call *call, struct gcv_strbuf *ret)
{
	size_t k = is_blank(call->arg[0], call->len[0]) ? 2 : 1;

	if (k < call->nr)
		gcv_strbuf_add(ret, call->arg[k], call->len[k]);
}

static bool is(const char *name, size_t name_len, const char *wanted)
{
	return strlen(wanted) == name_len && memcmp(name, wanted, name_len) == 0;
}

void gcv_makefile_call(const char *name, size_t name_len, const char *args, struct gcv_strbuf *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct call call = { 0 };
	size_t i;

	split_args(args, &call);
	if (is(name, name_len, "addprefix") || is(name, name_len, "addsuffix")) {
		affix(&call, is(name, name_len, "addprefix"), &out);
	} else if (is(name, name_len, "strip") || is(name, name_len, "sort") ||
		   is(name, name_len, "abspath") || is(name, name_len, "realpath")) {
		copy_words(args, strlen(args), &out);
	} else if (is(name, name_len, "subst")) {
		subst(&call, &out);
	} else if (is(name, name_len, "filter") || is(name, name_len, "filter-out")) {
		filter(&call, is(name, name_len, "filter"), &out);
	} else if (is(name, name_len, "if")) {
		choose(&call, &out);
	} else if (is(name, name_len, "or")) {
		for (i = 0; i < call.nr && !out.len; i++)
			copy_words(call.arg[i], call.len[i], &out);
	} else if (is(name, name_len, "and")) {
		for (i = 0; i < call.nr && !is_blank(call.arg[i], call.len[i]); i++)
			;
		if (i == call.nr)
			copy_words(call.arg[i - 1], call.len[i - 1], &out);
	}
	gcv_strbuf_add(ret, out.buf, out.len);
}
