// SPDX-License-Identifier: GPL-2.0-only
/* links: clang classify */
/*
 * The shapes of releases in small C files (tests/unit/release_shape), which say in comments what is
 * expected. A comment "shape: …" stands above the function whose release it speaks of, one for each
 * release in the order of the source; render() tells its words. A function without a release of the
 * API needs none.
 */
#include "classify/release_shape.h"
#include "flow/expr.h"
#include "flow/program.h"
#include "parse/clang/session.h"
#include "parse/protocol.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct parsed {
	struct gcv_arena arena;
	struct gcv_facts facts;
	struct gcv_strbuf reply;
	struct gcv_setup setup;
	struct gcv_api api;
	struct gcv_accessors accessors;
	const char *path;
	const char *text;
	unsigned int nr_wrong;
};

static void send(struct gcv_session *session, struct gcv_strbuf *message, struct gcv_strbuf *reply)
{
	struct gcv_wire payload;
	size_t used;

	assert_int_equal(gcv_message_next(message->buf, message->len, &payload, &used), 1);
	assert_true(gcv_session_message(session, &payload, reply));
	gcv_strbuf_clear(message);
}

static void fill_setup(struct parsed *p)
{
	static char root[PATH_MAX];
	size_t i;

	assert_non_null(realpath(GCV_TEST_DATA, root));
	p->setup.root = root;
	for (i = 0; i < p->api.nr_functions; i++)
		gcv_intern_add(&p->setup.names, p->api.names[i], strlen(p->api.names[i]));
}

static void parse(struct parsed *p)
{
	static const char *args[] = { "-std=gnu11" };
	struct gcv_job_env env = { .args = args, .nr_args = 1 };
	struct gcv_job job = { .id = 1, .main = p->path, .pch = "" };
	struct gcv_session *session = gcv_session_new();
	struct gcv_strbuf message = { 0 };
	struct gcv_result result;
	struct gcv_wire payload;
	struct gcv_err err;
	size_t used;

	gcv_message_setup(&message, &p->setup);
	send(session, &message, &p->reply);
	gcv_message_env(&message, &env);
	send(session, &message, &p->reply);
	gcv_message_job(&message, &job);
	send(session, &message, &p->reply);
	assert_int_equal(gcv_message_next(p->reply.buf, p->reply.len, &payload, &used), 1);
	assert_int_equal(*payload.pos++, GCV_MESSAGE_RESULT);
	assert_true(gcv_result_decode(&payload, &p->arena, &result));
	assert_false(result.failed);
	if (gcv_facts_decode(result.facts, result.facts_len, &p->arena, &p->facts, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(p->facts.nr_errors, 0);
	gcv_strbuf_release(&message);
	gcv_session_free(session);
}

static const char *read_file(struct parsed *p)
{
	char *path = gcv_arena_printf(&p->arena, "%s/%s", p->setup.root, p->path);
	FILE *f = fopen(path, "r");
	char *text = gcv_arena_alloc(&p->arena, 65536);

	assert_non_null(f);
	assert_true(fread(text, 1, 65535, f) < 65535);
	fclose(f);
	return text;
}

/* A release in a function. */
struct release {
	struct parsed *p;
	const struct gcv_fact_def *def;
	const struct gcv_body *body;
	struct gcv_release_shape shape;
};

static const char *text_of(const struct release *r, uint32_t node)
{
	const struct gcv_node *n = &r->body->nodes[node];

	return gcv_arena_printf(&r->p->arena, "%.*s", (int)(n->end - n->begin),
				r->p->text + r->def->begin + n->begin);
}

static const char *callee_of(const struct release *r, uint32_t call)
{
	return gcv_body_callee(r->body, call)->name;
}

static void say(const struct release *r, struct gcv_strbuf *out, const char *word, uint32_t node)
{
	if (node != GCV_NONE)
		gcv_strbuf_addf(out, ", %s %s", word, text_of(r, node));
}

static void say_if(struct gcv_strbuf *out, const char *word, bool holds)
{
	if (holds)
		gcv_strbuf_addf(out, ", %s", word);
}

/* What the loop runs over; where it has to stay, only what leads to that is worth a word. */
static void say_loop(const struct release *r, struct gcv_strbuf *out)
{
	const struct gcv_release_shape *s = &r->shape;
	bool is_kept = s->pattern == GCV_PATTERN_LOOP_KEPT;

	if (s->index != GCV_NONE && !is_kept)
		gcv_strbuf_addf(out, ", index %s", r->body->symbols[s->index].name);
	if (!is_kept)
		say(r, out, "array", s->array);
	say(r, out, "step", s->step);
	if (!is_kept) {
		say(r, out, "first", s->first);
		say(r, out, "offset", s->offset);
		say(r, out, "bound", s->bound);
	}
	say(r, out, "count", s->count);
	say_if(out, "element", s->is_element);
	say_if(out, "inclusive", s->is_inclusive && !is_kept);
	say_if(out, "signed", s->is_bound_signed && !is_kept);
	say_if(out, "down", s->is_down);
	if (!is_kept)
		say(r, out, "condition", s->condition);
	say_if(out, "null-check", s->null_check != GCV_NONE && !is_kept);
	say_if(out, "null-break", s->is_null_break && !is_kept);
}

static void say_dirty(const struct release *r, struct gcv_strbuf *out)
{
	const struct gcv_release_shape *s = &r->shape;

	if (s->dirty_call == GCV_NONE)
		return;
	gcv_strbuf_addf(out, ", dirty %s", callee_of(r, s->dirty_call));
	if (s->dirty_condition != GCV_NONE)
		gcv_strbuf_addf(out, " %s %s", s->is_dirty_inverted ? "unless" : "if",
				text_of(r, s->dirty_condition));
	say_if(out, "locked", s->is_dirty_locked);
	say_if(out, "per-page", s->is_condition_per_page);
	if (s->partner != GCV_NONE)
		gcv_strbuf_addf(out, ", partner %s", callee_of(r, s->partner));
}

static void render(const struct release *r, struct gcv_strbuf *out)
{
	const struct gcv_release_shape *s = &r->shape;

	gcv_strbuf_addstr(out, gcv_pattern_name(s->pattern));
	say_loop(r, out);
	say_dirty(r, out);
	say_if(out, "clear", s->clear != GCV_NONE);
	say(r, out, "other", s->other);
	if (s->guard != GCV_NONE)
		say(r, out, s->is_guard_else ? "guard-else" : "guard",
		    r->body->nodes[s->guard].children[0]);
	if (s->is_only_body)
		gcv_strbuf_addf(out, ", only-body %s", r->body->symbols[s->param].name);
}

/* The words of a shape, in any order. */
static bool has_word(const char *text, const char *word, size_t len)
{
	for (;;) {
		size_t n = strcspn(text, ",");

		if (n == len && memcmp(text, word, len) == 0)
			return true;
		if (!text[n])
			return false;
		text += n + 2;
	}
}

static bool is_same(const char *a, const char *b)
{
	const char *word = a;

	if (strlen(a) != strlen(b))
		return false;
	for (;;) {
		size_t n = strcspn(word, ",");

		if (!has_word(b, word, n))
			return false;
		if (!word[n])
			return true;
		word += n + 2;
	}
}

/* The next expectation between two offsets; moves *ret_from behind it. */
static const char *next_expected(struct parsed *p, uint32_t *ret_from, uint32_t to)
{
	const char *start = strstr(p->text + *ret_from, "/* shape: "), *end;

	if (!start || start >= p->text + to)
		return NULL;
	start += strlen("/* shape: ");
	end = strstr(start, " */");
	assert_non_null(end);
	*ret_from = (uint32_t)(end - p->text);
	return gcv_arena_printf(&p->arena, "%.*s", (int)(end - start), start);
}

static void check_release(struct release *r, uint32_t call, uint32_t *ret_from)
{
	const char *name = callee_of(r, call), *expected;
	const struct gcv_api_function *api = gcv_api_find(&r->p->api, name, strlen(name));
	const struct gcv_api_signature *sig = NULL;
	struct gcv_strbuf out = { 0 };
	size_t i;

	for (i = 0; i < api->nr_signatures && !sig; i++)
		if (api->signatures[i].nr_params == r->body->nodes[call].nr_children - 1)
			sig = &api->signatures[i];
	gcv_release_shape_of(r->body, call, api, sig, &r->p->api, &r->p->accessors, &r->shape);
	render(r, &out);
	expected = next_expected(r->p, ret_from, r->def->begin);
	if (!expected || !is_same(out.buf, expected)) {
		print_error("%s: %s():\n  expected %s\n  is       %s\n", r->p->path, r->def->name,
			    expected ? expected : "nothing", out.buf);
		r->p->nr_wrong++;
	}
	gcv_strbuf_release(&out);
}

static bool is_release(const struct parsed *p, const struct gcv_body *body, uint32_t node)
{
	const struct gcv_symbol *callee;
	const struct gcv_api_function *api;

	if (body->nodes[node].kind != GCV_NODE_CALL)
		return false;
	callee = gcv_body_callee(body, node);
	api = callee ? gcv_api_find(&p->api, callee->name, strlen(callee->name)) : NULL;
	return api && api->role == GCV_API_RELEASE;
}

static uint32_t check_def(struct parsed *p, const struct gcv_fact_def *def, uint32_t from)
{
	struct gcv_body body;
	struct release r = { .p = p, .def = def, .body = &body };
	struct gcv_err err;
	uint32_t i;

	if (gcv_body_decode(def->body, def->body_len, &p->arena, &body, &err) != GCV_OK)
		fail_msg("%s: %s", def->name, err.text);
	for (i = 0; i < body.nr_nodes; i++)
		if (is_release(p, &body, i))
			check_release(&r, i, &from);
	if (next_expected(p, &from, def->begin)) {
		print_error("%s: %s(): more is expected than there is\n", p->path, def->name);
		p->nr_wrong++;
	}
	return def->end;
}

static void check_file(const char *path, uint32_t nr_at_least)
{
	struct parsed p = { .path = path };
	struct gcv_err err;
	uint32_t from = 0, i;

	assert_int_equal(gcv_api_load(&p.api, &err), GCV_OK);
	assert_int_equal(gcv_accessors_load(&p.accessors, &err), GCV_OK);
	fill_setup(&p);
	parse(&p);
	p.text = read_file(&p);
	assert_true(p.facts.nr_defs >= nr_at_least);
	for (i = 0; i < p.facts.nr_defs; i++)
		if (p.facts.defs[i].file == 0)
			from = check_def(&p, &p.facts.defs[i], from);
	gcv_setup_release(&p.setup);
	gcv_strbuf_release(&p.reply);
	gcv_accessors_release(&p.accessors);
	gcv_api_release(&p.api);
	gcv_arena_release(&p.arena);
	assert_int_equal(p.nr_wrong, 0);
}

static void test_loops(void **state)
{
	(void)state;
	check_file("loops.c", 40);
}

static void test_ways(void **state)
{
	(void)state;
	check_file("ways.c", 28);
}

static void test_bodies(void **state)
{
	(void)state;
	check_file("bodies.c", 32);
}

static void test_singles(void **state)
{
	(void)state;
	check_file("singles.c", 44);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_singles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
