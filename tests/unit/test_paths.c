// SPDX-License-Identifier: GPL-2.0-only
/* links: flow clang */
/*
 * Paths of the acquires in tests/unit/paths, against the comment above each function. A line of it:
 *
 *	OUTCOME: END [by RELEASE [of COUNT] [too many|too few|unknown] [negative] [empty slots]]
 *		[kept by NODE] at EXIT
 *
 * OUTCOME is error, nothing, a part, all, not called; EXIT the source text of the return, "end", or
 * "call" where the call is made again. The comment has to name all paths, but for those that end in
 * "nothing". A line "inexact" says that a limit was reached, "incomplete" that some may be missing.
 *
 * The acquires are get_pages(pages, n) → count or -errno, get_some(pages, n) → count,
 *get_all(pages, n) → 0 or -errno, get_page() → page or NULL, get_page_err() → page or ERR_PTR().
 *Pages are released by put_page(page), put_pages(pages, n) and put_all(x), handed over by
 *keep(pages), by storing "page" or "pages" in a member, and by returning "page".
 */
#include "parsed_text.h"

#include "flow/expr.h"
#include "flow/paths.h"
#include "flow/program.h"

struct walked {
	struct parsed_text *p;
	uint32_t def;
	struct gcv_body *body;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

static const char *callee(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, node);

	return symbol ? symbol->name : "";
}

static bool names_pages(const struct gcv_body *body, uint32_t node)
{
	node = gcv_expr_plain(body, node);
	return body->nodes[node].kind == GCV_NODE_REF &&
	       (strcmp(body->symbols[body->nodes[node].symbol].name, "page") == 0 ||
		strcmp(body->symbols[body->nodes[node].symbol].name, "pages") == 0);
}

/* The loops of the tests: for (…; i < COUNT; …), while (COUNT--), while (--COUNT >= 0). */
static uint32_t count_of_loop(const struct gcv_body *body, uint32_t loop)
{
	const struct gcv_node *node = &body->nodes[loop];

	node = &body->nodes[node->children[node->kind == GCV_NODE_FOR ? 1 : 0]];
	if (node->kind == GCV_NODE_BINARY && body->nodes[node->children[0]].kind == GCV_NODE_UNARY)
		node = &body->nodes[node->children[0]];
	return node->kind == GCV_NODE_UNARY ? node->children[0] : node->children[1];
}

static void tell_event(void *ctx, uint32_t at, struct gcv_paths_event *event)
{
	struct walked *walked = ctx;
	const struct gcv_body *body = walked->body;
	const struct gcv_node *node = &body->nodes[at];
	const char *name;

	if (node->kind == GCV_NODE_RETURN && names_pages(body, node->children[0]))
		event->effect = GCV_PATHS_HAND_OVER;
	if (node->kind == GCV_NODE_ASSIGN && names_pages(body, node->children[1]) &&
	    body->nodes[node->children[0]].kind == GCV_NODE_MEMBER)
		event->effect = GCV_PATHS_HAND_OVER;
	if (node->kind != GCV_NODE_CALL)
		return;
	name = callee(body, at);
	if (strcmp(name, "keep") == 0)
		event->effect = GCV_PATHS_HAND_OVER;
	if (strncmp(name, "put_", 4) != 0)
		return;
	event->effect = GCV_PATHS_RELEASE;
	event->is_all = strcmp(name, "put_all") == 0;
	if (strcmp(name, "put_pages") == 0)
		event->count = node->children[2];
	if (strcmp(name, "put_page") == 0 &&
	    body->nodes[node->children[1]].kind == GCV_NODE_INDEX) {
		event->loop = walked->cfg.blocks[walked->cfg.block_of[at]].loop;
		if (event->loop != GCV_NONE)
			event->count = count_of_loop(body, event->loop);
		event->is_null_checked = body->nodes[node->parent].kind == GCV_NODE_IF;
	}
}

/* Type and arguments of the test's acquires. */
static bool find_acquire(struct walked *walked, struct gcv_paths_input *input)
{
	static const struct {
		const char *name;
		enum gcv_api_result result;
	} acquires[] = {
		{ "get_pages", GCV_API_RESULT_COUNT_OR_ERRNO },
		{ "get_some", GCV_API_RESULT_COUNT },
		{ "get_all", GCV_API_RESULT_ZERO_OR_ERRNO },
		{ "get_page", GCV_API_RESULT_PAGE_OR_NULL },
		{ "get_page_err", GCV_API_RESULT_PAGE_OR_ERR },
	};
	struct gcv_api_signature signature = { 0 };
	uint32_t i, k;

	for (i = 0; i < walked->body->nr_nodes; i++)
		for (k = 0; k < sizeof(acquires) / sizeof(acquires[0]); k++) {
			if (walked->body->nodes[i].kind != GCV_NODE_CALL ||
			    strcmp(callee(walked->body, i), acquires[k].name) != 0)
				continue;
			memset(signature.arg, 0xff, sizeof(signature.arg));
			signature.result = acquires[k].result;
			if (k < 3) {
				signature.arg[GCV_API_ARG_PAGES] = 0;
				signature.arg[GCV_API_ARG_COUNT] = 1;
			}
			gcv_paths_input_init(walked->body, i, &signature, input);
			return true;
		}
	return false;
}

static const char *text_of(struct walked *walked, uint32_t node)
{
	return parsed_node_text(walked->p, walked->def, &walked->body->nodes[node]);
}

static const char *line_of(struct walked *walked, const struct gcv_paths_input *input,
			   const struct gcv_path *path)
{
	static const char *const counts[] = { "",	  " of all",	   " of returned",
					      " of sum",  " of requested", " of constant",
					      " of other" };
	static const char *const matches[] = { " unknown", "", " too many", " too few" };
	struct gcv_strbuf line = { 0 };
	const char *copy;

	gcv_strbuf_addf(&line, "%s: %s", gcv_path_outcome_name(path->outcome),
			gcv_path_end_name(path->end));
	if (path->release != GCV_NONE)
		gcv_strbuf_addf(&line, " by %s%s%s%s%s", text_of(walked, path->release),
				counts[path->count], matches[path->match],
				path->is_negative ? " negative" : "",
				path->may_be_empty && path->is_null_checked ? " checked" : "");
	if (path->handed_over != GCV_NONE)
		gcv_strbuf_addf(&line, " kept by %s", text_of(walked, path->handed_over));
	if (path->exit == input->call)
		gcv_strbuf_addstr(&line, " at call");
	else if (path->exit == GCV_NONE)
		gcv_strbuf_addstr(&line, " at end");
	else
		gcv_strbuf_addf(&line, " at %s", text_of(walked, path->exit));
	copy = gcv_arena_strdup(&walked->p->arena, line.buf);
	gcv_strbuf_release(&line);
	return copy;
}

/* Meet a line in the comment; what is left of it in the end was not met. */
static bool meet(char *comment, const char *line)
{
	size_t len = strlen(line);
	char *at;

	for (at = comment; (at = strstr(at, line)); at += len)
		if ((at[len] == '\n' || at[len] == '\0' || at[len] == ' ') && at >= comment + 1 &&
		    at[-1] == ' ' &&
		    (at[len] != ' ' || strspn(at + len, " ") == strlen(at + len))) {
			memset(at, ' ', len);
			return true;
		}
	return false;
}

static uint32_t check_function(struct parsed_text *p, uint32_t def)
{
	struct walked walked = { .p = p, .def = def, .body = parsed_body(p, def) };
	char *want = gcv_arena_strdup(&p->arena, parsed_comment(p, def));
	const char *name = p->facts.defs[def].name;
	struct gcv_paths_input input;
	struct gcv_paths paths;
	uint32_t nr_bad = 0, i;

	gcv_cfg_build(walked.body, &p->arena, &walked.cfg);
	gcv_reach_build(walked.body, &walked.cfg, &p->arena, &walked.reach);
	assert_true(find_acquire(&walked, &input));
	input.cfg = &walked.cfg;
	input.reach = &walked.reach;
	input.event = tell_event;
	input.ctx = &walked;
	gcv_paths_build(&input, &p->arena, &paths);
	assert_true(paths.nr > 0);
	if (!paths.is_exact && !meet(want, "inexact")) {
		print_error("%s: inexact\n", name);
		nr_bad++;
	}
	if (!paths.is_complete && !meet(want, "incomplete")) {
		print_error("%s: incomplete\n", name);
		nr_bad++;
	}
	for (i = 0; i < paths.nr; i++) {
		const char *line = line_of(&walked, &input, &paths.paths[i]);

		if (!meet(want, line) && (paths.paths[i].end != GCV_PATH_NOTHING ||
					  paths.paths[i].release != GCV_NONE)) {
			print_error("%s: not expected: %s\n", name, line);
			nr_bad++;
		}
	}
	if (strspn(want, " *\n") != strlen(want)) {
		print_error("%s: not there: %s\n", name, want + strspn(want, " *\n"));
		nr_bad++;
	}
	return nr_bad;
}

static void check_file(const char *name)
{
	uint32_t nr_bad = 0, i;
	struct parsed_text p;

	parse_text(&p, name);
	assert_true(p.facts.nr_defs > 2);
	for (i = 0; i < p.facts.nr_defs; i++)
		nr_bad += check_function(&p, i);
	parsed_release(&p);
	assert_int_equal(nr_bad, 0);
}

static void test_arrays(void **state)
{
	(void)state;
	check_file("arrays.c");
}

static void test_single(void **state)
{
	(void)state;
	check_file("single.c");
}

static void test_loops(void **state)
{
	(void)state;
	check_file("loops.c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arrays),
		cmocka_unit_test(test_single),
		cmocka_unit_test(test_loops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
