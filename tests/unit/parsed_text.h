/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests: the functions of a C file in the test's data folder, parsed by a session as the worker
 * does it.
 *
 *	parse_text(&p, "jumps.c");
 *	for (i = 0; i < p.facts.nr_defs; i++)
 *		…parsed_body(&p, i), p.text + p.facts.defs[i].begin…
 *	parsed_release(&p);
 */
#ifndef TEST_PARSED_TEXT_H
#define TEST_PARSED_TEXT_H

#include "parse/body.h"
#include "parse/clang/session.h"
#include "parse/facts.h"
#include "parse/protocol.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct parsed_text {
	struct gcv_arena arena;
	struct gcv_facts facts;
	struct gcv_strbuf reply;
	struct gcv_setup setup;
	const char *text;
};

static inline void parsed_send(struct gcv_session *session, struct gcv_strbuf *message,
			       struct gcv_strbuf *reply)
{
	struct gcv_wire payload;
	size_t used;

	assert_int_equal(gcv_message_next(message->buf, message->len, &payload, &used), 1);
	assert_true(gcv_session_message(session, &payload, reply));
	gcv_strbuf_clear(message);
}

static inline const char *parsed_file(struct gcv_arena *arena, const char *name)
{
	char *path = gcv_arena_printf(arena, "%s/%s", GCV_TEST_DATA, name);
	char *text = gcv_arena_alloc(arena, 1 << 17);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(text, 1, (1 << 17) - 1, f) < (1 << 17) - 1);
	fclose(f);
	return text;
}

static inline void parse_text(struct parsed_text *p, const char *name)
{
	static const char *args[] = { "-std=gnu11" };
	struct gcv_job_env env = { .args = args, .nr_args = 1 };
	struct gcv_job job = { .id = 1, .main = name, .pch = "" };
	struct gcv_session *session = gcv_session_new();
	struct gcv_strbuf message = { 0 };
	struct gcv_result result;
	struct gcv_wire payload;
	struct gcv_err err;
	size_t used;

	*p = (struct parsed_text){ 0 };
	p->text = parsed_file(&p->arena, name);
	p->setup.root = realpath(GCV_TEST_DATA, gcv_arena_alloc(&p->arena, PATH_MAX));
	assert_non_null(p->setup.root);
	gcv_message_setup(&message, &p->setup);
	parsed_send(session, &message, &p->reply);
	gcv_message_env(&message, &env);
	parsed_send(session, &message, &p->reply);
	gcv_message_job(&message, &job);
	parsed_send(session, &message, &p->reply);
	assert_int_equal(gcv_message_next(p->reply.buf, p->reply.len, &payload, &used), 1);
	assert_int_equal(*payload.pos++, GCV_MESSAGE_RESULT);
	assert_true(gcv_result_decode(&payload, &p->arena, &result));
	assert_false(result.failed);
	if (gcv_facts_decode(result.facts, result.facts_len, &p->arena, &p->facts, &err) != GCV_OK)
		fail_msg("%s", err.text);
	if (p->facts.nr_errors)
		fail_msg("%s:%u: %s", name, p->facts.errors[0].line, p->facts.errors[0].text);
	gcv_strbuf_release(&message);
	gcv_session_free(session);
}

static inline struct gcv_body *parsed_body(struct parsed_text *p, uint32_t def)
{
	struct gcv_body *body = gcv_arena_alloc(&p->arena, sizeof(*body));
	struct gcv_err err;

	if (gcv_body_decode(p->facts.defs[def].body, p->facts.defs[def].body_len, &p->arena, body,
			    &err) != GCV_OK)
		fail_msg("%s: %s", p->facts.defs[def].name, err.text);
	return body;
}

/* Source text of a node with white space folded. */
static inline const char *parsed_node_text(struct parsed_text *p, uint32_t def,
					   const struct gcv_node *node)
{
	const char *from = p->text + p->facts.defs[def].begin + node->begin;
	const char *end = p->text + p->facts.defs[def].begin + node->end;
	char *copy = gcv_arena_alloc(&p->arena, (size_t)(end - from) + 1), *to = copy;

	for (; from < end; from++)
		if (*from != '\n' && *from != '\t' && *from != ' ')
			*to++ = *from;
		else if (to > copy && to[-1] != ' ')
			*to++ = ' ';
	return copy;
}

/* The comment that ends before the definition, from behind its opening, "" where there is none. */
static inline const char *parsed_comment(struct parsed_text *p, uint32_t def)
{
	const char *at = p->text + p->facts.defs[def].begin, *end;

	while (at > p->text && strchr(" \t\n", at[-1]))
		at--;
	if (at < p->text + 2 || at[-1] != '/' || at[-2] != '*')
		return "";
	end = at - 2;
	for (at = end; at > p->text && strncmp(at, "/*", 2) != 0; at--)
		;
	return gcv_arena_strndup(&p->arena, at + 2, (size_t)(end - at - 2));
}

static inline void parsed_release(struct parsed_text *p)
{
	gcv_setup_release(&p->setup);
	gcv_strbuf_release(&p->reply);
	gcv_arena_release(&p->arena);
}

#endif
