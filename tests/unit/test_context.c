// SPDX-License-Identifier: GPL-2.0-only
/* links: flow clang */
/*
 * Contexts of the calls of put_page() in tests/unit/context. Each stands in a line with a comment
 * "in: " and the contexts, or "none".
 */
#include "parsed_text.h"

#include "flow/accessor_words.h"
#include "flow/context.h"

#define LOCK(context, open, close, rest)                                               \
	"{\"context\":\"" context "\",\"open\":[" open "],\"close\":[" close "]," rest \
	"\"source\":\"test\"}"

#define CALLBACK(context, where) \
	"{\"context\":\"" context "\",\"where\":[" where "],\"source\":\"test\"}"

static const char table[] =
	"{\"format\":\"gupconv-accessors\",\"version\":1,\"locks\":[" LOCK("spinlock", "\"spin_lock\",\"spin_lock_irqsave\"", "\"spin_unlock\",\"spin_unlock_irqrestore\"", "\"lock_arg\":0,") "," LOCK("irqs-off",
																									"\"spin_lock_irqsave\",\"local_irq_disable\"", "\"spin_unlock_irqrestore\",\"local_irq_enable\"", "") "," LOCK("spinlock", "\"spin_trylock\"", "", "\"lock_arg\":0,\"result\":\"true\",") "," LOCK("spinlock",
																																																	   "\"lock_if_zero\"",
																																																	   "", "\"lock_arg\":0,\"result\":\"zero\",") "," LOCK("spinlock",
																																																							       "\"lock_of_table\"",
																																																							       "", "") "," LOCK("spinlock",
																																																										"\"guard_ctor\"",
																																																										"", "\"lock_arg\":0,\"scoped\":true,") "," LOCK("preempt-off",
																																																																"\"kmap_atomic\",\"local_bh_disable\"",
																																																																"\"kunmap_atomic\"", "") "," LOCK("rcu", "\"rcu_read_lock\"", "\"rcu_read_unlock\"", "") "," LOCK("page-lock", "\"lock_page\"", "\"unlock_page\"",
																																																																												  "\"lock_arg\":0,") "," LOCK("page-lock",
																																																																															      "\"trylock_page\"",
																																																																															      "", "\"lock_arg\":0,\"result\":\"true\",") "," LOCK("may-sleep",
																																																																																						  "\"mutex_lock\"",
																																																																																						  "", "") "],\"callbacks\":[" CALLBACK("hardirq", "\"request_irq(1)\",\"request_threaded_irq(1)\"") "," CALLBACK("may-sleep", "\"request_threaded_irq(2)\",\"struct box_ops.work\"") "," CALLBACK("softirq", "\"struct box_ops.end\"") "," CALLBACK("notifier",
																																																																																																																				    "\"struct box_ops.release\"") "]}";

/** struct fixture - a file as a program, with its contexts */
struct fixture {
	struct parsed_text p;
	const char *name;
	struct gcv_program *program;
	struct gcv_accessors accessors;
	struct gcv_contexts *contexts;
};

static const uint32_t the_unit[] = { 0 }, no_headers[] = { GCV_NONE };

static enum gcv_status load(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
			    struct gcv_err *err)
{
	const struct gcv_facts *facts = &((struct fixture *)ctx)->p.facts;
	uint32_t i;

	(void)err;
	*ret = (struct gcv_program_facts){ .nr_functions = facts->nr_defs,
					   .nr_addresses = facts->nr_addresses,
					   .nr_units = 1,
					   .unit_headers = no_headers };
	ret->functions = gcv_arena_alloc(arena, facts->nr_defs * sizeof(*ret->functions));
	for (i = 0; i < facts->nr_defs; i++)
		ret->functions[i] = (struct gcv_function){ .id = i,
							   .kind = facts->defs[i].kind,
							   .name = facts->defs[i].name,
							   .file = "file.c",
							   .type = facts->defs[i].type,
							   .begin = facts->defs[i].begin,
							   .linkage = facts->defs[i].linkage,
							   .units = the_unit,
							   .nr_units = 1 };
	ret->addresses = gcv_arena_alloc(arena, facts->nr_addresses * sizeof(*ret->addresses));
	for (i = 0; i < facts->nr_addresses; i++)
		ret->addresses[i] = (struct gcv_program_address){ facts->addresses[i].def,
								  facts->addresses[i].function,
								  facts->addresses[i].field,
								  facts->addresses[i].line };
	return GCV_OK;
}

static enum gcv_status load_body(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	const struct gcv_fact_def *def = &((struct fixture *)ctx)->p.facts.defs[id];

	(void)err;
	gcv_strbuf_add(out, def->body, def->body_len);
	return GCV_OK;
}

static void open_fixture(struct fixture *f, const char *name)
{
	struct gcv_program_source source = { load, load_body, f };
	struct gcv_err err = { 0 };

	f->name = name;
	parse_text(&f->p, name);
	if (gcv_accessors_read(table, strlen(table), &f->accessors, &err) != GCV_OK ||
	    gcv_program_load(&source, &f->program, &err) != GCV_OK ||
	    gcv_contexts_new(f->program, &f->accessors, &f->contexts, &err) != GCV_OK)
		fail_msg("%s", err.text);
}

static void close_fixture(struct fixture *f)
{
	gcv_contexts_free(f->contexts);
	gcv_program_free(f->program);
	gcv_accessors_release(&f->accessors);
	parsed_release(&f->p);
}

static uint32_t line_of(const struct fixture *f, uint32_t offset)
{
	uint32_t line = 1, i;

	for (i = 0; i < offset; i++)
		line += f->p.text[i] == '\n';
	return line;
}

static bool is_put_page(const struct gcv_function *fn, uint32_t node)
{
	const struct gcv_symbol *callee;

	if (fn->body->nodes[node].kind != GCV_NODE_CALL)
		return false;
	callee = gcv_body_callee(fn->body, node);
	return callee && strcmp(callee->name, "put_page") == 0;
}

/* The words between "in: " and the end of the comment, in the line of an offset. */
static unsigned int expected(const struct fixture *f, uint32_t offset)
{
	const char *line_end = strchr(f->p.text + offset, '\n');
	const char *at = strstr(f->p.text + offset, "/* in: ");
	unsigned int mask = 0;

	if (!at || at > line_end)
		fail_msg("%s:%u: no expectation", f->name, line_of(f, offset));
	for (at += 7; *at != '*'; at += strcspn(at, " "), at += *at == ' ') {
		char word[32] = { 0 };
		int value;

		memcpy(word, at, strcspn(at, " ") < 31 ? strcspn(at, " ") : 31);
		if (strcmp(word, "none") == 0)
			continue;
		value = gcv_accessor_word_value(GCV_ACCESSOR_WORD_CONTEXT, word);
		if (value < 0)
			fail_msg("%s:%u: no context: %s", f->name, line_of(f, offset), word);
		mask |= 1u << value;
	}
	return mask;
}

/* Each context has a chain that starts at the call and ends at its cause. */
static void check_chain(struct fixture *f, uint32_t function, uint32_t call,
			enum gcv_context context)
{
	struct gcv_arena arena = { 0 };
	struct gcv_context_step *steps;
	uint32_t nr, i;

	steps = gcv_contexts_why(f->contexts, function, call, context, &arena, &nr);
	assert_true(nr > 0 && nr < GCV_CONTEXT_MAX_STEPS);
	for (i = 0; i < nr; i++) {
		bool is_last = i + 1 == nr;

		if (is_last != (strstr(steps[i].text, "is called by") == NULL))
			fail_msg("%s: step %u of %u: %s", f->name, i, nr, steps[i].text);
		assert_true(steps[i].function < f->program->facts.nr_functions);
	}
	gcv_arena_release(&arena);
}

static uint32_t check_calls(struct fixture *f, const struct gcv_function *fn)
{
	uint32_t nr_bad = 0, i, c;

	for (i = 0; fn->kind == GCV_DEF_FUNCTION && i < fn->body->nr_nodes; i++) {
		unsigned int want, got;

		if (!is_put_page(fn, i))
			continue;
		want = expected(f, fn->begin + fn->body->nodes[i].begin);
		got = gcv_contexts_at(f->contexts, fn->index, i);
		for (c = 0; c < GCV_CONTEXTS; c++) {
			if ((want ^ got) >> c & 1)
				print_error("%s:%u: %s: %s %s\n", f->name,
					    line_of(f, fn->begin + fn->body->nodes[i].begin),
					    fn->name, want >> c & 1 ? "missing" : "unexpected",
					    gcv_accessor_word(GCV_ACCESSOR_WORD_CONTEXT, (int)c));
			else if (got >> c & 1)
				check_chain(f, fn->index, i, (enum gcv_context)c);
		}
		nr_bad += want != got;
	}
	return nr_bad;
}

static void check_file(const char *name)
{
	struct fixture f = { .name = NULL };
	uint32_t nr_bad = 0, i;

	open_fixture(&f, name);
	for (i = 0; i < f.program->facts.nr_functions; i++)
		nr_bad += check_calls(&f, &f.program->facts.functions[i]);
	assert_int_equal(nr_bad, 0);
	close_fixture(&f);
}

static void test_locks(void **state)
{
	(void)state;
	check_file("locks.c");
}

static void test_callers(void **state)
{
	(void)state;
	check_file("callers.c");
}

static uint32_t find_put_page(const struct fixture *f, const char *name, uint32_t *ret_node)
{
	uint32_t i, k;

	for (i = 0; i < f->program->facts.nr_functions; i++) {
		const struct gcv_function *fn = &f->program->facts.functions[i];

		for (k = 0; strcmp(fn->name, name) == 0 && k < fn->body->nr_nodes; k++) {
			if (is_put_page(fn, k)) {
				*ret_node = k;
				return i;
			}
		}
	}
	*ret_node = 0;
	fail_msg("no put_page() in %s", name);
	return 0;
}

static void check_why(struct fixture *f, const char *function, enum gcv_context context,
		      const char *const *texts)
{
	struct gcv_arena arena = { 0 };
	struct gcv_context_step *steps;
	uint32_t node, nr, i, index = find_put_page(f, function, &node);

	steps = gcv_contexts_why(f->contexts, index, node, context, &arena, &nr);
	for (i = 0; i < nr && texts[i]; i++)
		assert_string_equal(steps[i].text, texts[i]);
	assert_int_equal(i, nr);
	assert_null(texts[i]);
	gcv_arena_release(&arena);
}

static void test_why(void **state)
{
	static const char *const deep[] = { "drop_deep() is called by middle()",
					    "middle() is called by far_caller()",
					    "far_caller() holds rcu_read_lock() since here", NULL };
	static const char *const irq[] = {
		"of_the_handler() is called by handler()",
		"handler() is stored in request_irq(1): runs in context hardirq", NULL
	};
	static const char *const wrapped[] = { "wrapped() holds box_lock() since here", NULL };
	static const char *const nothing[] = { NULL };
	struct fixture f = { .name = NULL };

	(void)state;
	open_fixture(&f, "callers.c");
	check_why(&f, "drop_deep", GCV_CONTEXT_RCU, deep);
	check_why(&f, "drop_deep", GCV_CONTEXT_SPINLOCK, nothing);
	check_why(&f, "of_the_handler", GCV_CONTEXT_HARDIRQ, irq);
	check_why(&f, "wrapped", GCV_CONTEXT_SPINLOCK, wrapped);
	close_fixture(&f);
}

static void test_what_is_no_call(void **state)
{
	struct fixture f = { .name = NULL };
	struct gcv_arena arena = { 0 };
	uint32_t nr;

	(void)state;
	open_fixture(&f, "callers.c");
	assert_int_equal(gcv_contexts_at(f.contexts, 0, 0), 0);
	assert_int_equal(gcv_contexts_at(f.contexts, 0, GCV_NONE), 0);
	assert_int_equal(gcv_contexts_at(f.contexts, GCV_NONE, 0), 0);
	gcv_contexts_why(f.contexts, GCV_NONE, 0, GCV_CONTEXT_RCU, &arena, &nr);
	assert_int_equal(nr, 0);
	gcv_arena_release(&arena);
	gcv_contexts_free(NULL);
	close_fixture(&f);
}

static enum gcv_status no_body(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	(void)ctx;
	(void)id;
	(void)out;
	return gcv_err_set(err, GCV_ERR_IO, "the disk is gone");
}

static void test_no_body(void **state)
{
	struct fixture f = { .name = NULL };
	struct gcv_contexts *contexts = NULL;
	struct gcv_err err = { 0 };

	(void)state;
	open_fixture(&f, "callers.c");
	f.program->source.body = no_body;
	f.program->facts.functions[0].body = NULL;
	assert_int_equal(gcv_contexts_new(f.program, &f.accessors, &contexts, &err), GCV_ERR_IO);
	assert_string_equal(err.text, "the disk is gone");
	assert_null(contexts);
	close_fixture(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locks),	cmocka_unit_test(test_callers),
		cmocka_unit_test(test_why),	cmocka_unit_test(test_what_is_no_call),
		cmocka_unit_test(test_no_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
