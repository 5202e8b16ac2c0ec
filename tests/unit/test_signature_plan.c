// SPDX-License-Identifier: GPL-2.0-only
/* links: edit clang */
/*
 * A function gets one more parameter, in the files of tests/unit/signature_plan: each is a tree of
 * its own, and what becomes of it stands beside it in NAME.want. With GCV_TEST_REWRITE in the
 * environment these are written anew.
 */
#include "parsed_text.h"

#include "edit/plan.h"

/** struct fixture - a file as a tree */
struct fixture {
	struct parsed_text p;
	const char *name;
	struct gcv_api api;
	struct gcv_era era;
	struct gcv_accessors accessors;
	struct gcv_program *program;
	struct gcv_plan_occurrence occurrences[64];
	uint32_t nr_occurrences;
	struct gcv_plan plan;
};

static const char *const dirty_lock = "put_user_pages_dirty_lock";
static const uint32_t the_unit[] = { 0 }, no_headers[] = { GCV_NONE };

static const char *const page_types[] = { "struct page *" };
static const char *const pages_types[] = { "struct page **", "unsigned long", "bool" };

static const struct gcv_era_decl declarations[] = {
	{ .name = "put_user_page", .result = "void", .types = page_types, .nr_params = 1 },
	{ .name = "put_user_pages", .result = "void", .types = pages_types, .nr_params = 2 },
	{ .name = "put_user_pages_dirty_lock",
	  .result = "void",
	  .types = pages_types,
	  .nr_params = 2 },
	{ .name = "put_user_pages_dirty_lock",
	  .result = "void",
	  .types = pages_types,
	  .nr_params = 3 },
};

static void load_sites(const struct fixture *f, struct gcv_arena *arena,
		       struct gcv_program_facts *ret)
{
	const struct gcv_facts *facts = &f->p.facts;
	uint32_t i;

	ret->sites = gcv_arena_alloc(arena, (facts->nr_calls + 1) * sizeof(*ret->sites));
	for (i = 0; i < facts->nr_calls; i++) {
		const struct gcv_fact_call *call = &facts->calls[i];
		uint32_t *place = gcv_arena_alloc(arena, 2 * sizeof(*place));

		if (strcmp(call->callee, dirty_lock) != 0 || call->macro[0])
			continue;
		place[0] = call->def;
		place[1] = call->begin;
		ret->sites[ret->nr_sites++] = (struct gcv_program_site){
			.id = "",
			.role = "release",
			.file = f->name,
			.line = call->line,
			.function = facts->defs[call->def].name,
			.api = dirty_lock,
			.nr_calls = 1,
			.calls = place,
			.offsets = place + 1,
		};
	}
}

static enum gcv_status load(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
			    struct gcv_err *err)
{
	const struct fixture *f = ctx;
	const struct gcv_facts *facts = &f->p.facts;
	uint32_t i;

	(void)err;
	*ret = (struct gcv_program_facts){ .nr_functions = facts->nr_defs,
					   .nr_units = 1,
					   .unit_headers = no_headers };
	ret->functions = gcv_arena_alloc(arena, (facts->nr_defs + 1) * sizeof(*ret->functions));
	for (i = 0; i < facts->nr_defs; i++)
		ret->functions[i] = (struct gcv_function){ .id = i,
							   .kind = facts->defs[i].kind,
							   .name = facts->defs[i].name,
							   .file = f->name,
							   .type = facts->defs[i].type,
							   .begin = facts->defs[i].begin,
							   .end = facts->defs[i].end,
							   .line = facts->defs[i].line,
							   .linkage = facts->defs[i].linkage,
							   .from_macro = facts->defs[i].from_macro,
							   .units = the_unit,
							   .nr_units = 1 };
	load_sites(f, arena, ret);
	return GCV_OK;
}

static enum gcv_status load_body(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	const struct gcv_fact_def *def = &((struct fixture *)ctx)->p.facts.defs[id];

	(void)err;
	gcv_strbuf_add(out, def->body, def->body_len);
	return GCV_OK;
}

static enum gcv_status read_file(void *ctx, const char *path, struct gcv_strbuf *out,
				 struct gcv_err *err)
{
	const struct fixture *f = ctx;

	(void)err;
	assert_string_equal(path, f->name);
	gcv_strbuf_addstr(out, f->p.text);
	return GCV_OK;
}

static const char *class_of(const struct fixture *f, const struct gcv_source *source, uint32_t at)
{
	uint32_t line = gcv_source_line_begin(source, at), i;

	for (i = 0; i < f->p.facts.nr_calls; i++)
		if (f->p.facts.calls[i].name_offset == at)
			return "call";
	if (source->text[line] == '#')
		return "macro-body";
	while (at > line && source->text[at - 1] == ' ')
		at--;
	return strchr("=(,", source->text[at - 1]) ? "address-taken" : "declaration";
}

/* The ledger, but for comments. */
static void find_occurrences(struct fixture *f)
{
	struct gcv_source s = { f->name, f->p.text, (uint32_t)strlen(f->p.text) };
	uint32_t at = gcv_source_word(&s, 0, s.len, dirty_lock);

	for (; at < s.len;
	     at = gcv_source_word(&s, at + (uint32_t)strlen(dirty_lock), s.len, dirty_lock)) {
		assert_in_range(f->nr_occurrences, 0, 63);
		f->occurrences[f->nr_occurrences++] = (struct gcv_plan_occurrence){
			.file = f->name,
			.offset = at,
			.line = gcv_source_line(&s, at),
			.name = dirty_lock,
			.class_name = class_of(f, &s, at),
		};
	}
}

/* @has_argument: the tree has the argument already */
static void open_fixture(struct fixture *f, const char *name, bool has_argument)
{
	struct gcv_program_source source = { load, load_body, f };
	struct gcv_plan_input input = { .read = read_file, .ctx = f };
	struct gcv_era_decl decls[3];
	struct gcv_err err = { 0 };

	memset(f, 0, sizeof(*f));
	f->name = name;
	parse_text(&f->p, name);
	find_occurrences(f);
	memcpy(decls, declarations, sizeof(decls));
	decls[2] = declarations[has_argument ? 3 : 2];
	if (gcv_api_load(&f->api, &err) != GCV_OK ||
	    gcv_accessors_load(&f->accessors, &err) != GCV_OK ||
	    gcv_program_load(&source, &f->program, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_era_match(&f->api, decls, 3, NULL, 0, &f->era);
	input.program = f->program;
	input.era = &f->era;
	input.accessors = &f->accessors;
	input.conversion = gcv_api_find_conversion(&f->api, "make-dirty");
	input.occurrences = f->occurrences;
	input.nr_occurrences = f->nr_occurrences;
	assert_non_null(input.conversion);
	gcv_plan_init(&f->plan, &input);
	if (gcv_plan_make(&f->plan, &err) != GCV_OK)
		fail_msg("%s: %s", name, err.text);
}

static void close_fixture(struct fixture *f)
{
	gcv_plan_release(&f->plan);
	gcv_program_free(f->program);
	gcv_accessors_release(&f->accessors);
	gcv_era_release(&f->era);
	gcv_api_release(&f->api);
	parsed_release(&f->p);
}

static void compare(struct fixture *f, const struct gcv_strbuf *text)
{
	char *stem = gcv_arena_strdup(&f->p.arena, f->name), *want;

	*strrchr(stem, '.') = '\0';
	want = gcv_arena_printf(&f->p.arena, "%s.want", stem);
	if (getenv("GCV_TEST_REWRITE")) {
		FILE *out = fopen(gcv_arena_printf(&f->p.arena, "%s/%s", GCV_TEST_DATA, want), "w");

		assert_non_null(out);
		fwrite(text->buf, 1, text->len, out);
		assert_int_equal(fclose(out), 0);
	}
	assert_string_equal(text->buf, parsed_file(&f->p.arena, want));
}

static void converts(const char *name)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct fixture f;

	open_fixture(&f, name, false);
	if (f.plan.nr_refusals)
		fail_msg("%s:%u: %s", name, f.plan.refusals[0].line, f.plan.refusals[0].text);
	assert_int_equal(f.plan.nr_files, 1);
	assert_null(f.plan.note);
	gcv_file_edit_apply(&f.plan.files[0].edit, &text);
	compare(&f, &text);
	close_fixture(&f);
}

static void refuses(const char *name, uint32_t line, const char *why)
{
	struct fixture f;

	open_fixture(&f, name, false);
	if (f.plan.nr_refusals != 1)
		fail_msg("%s is not refused", name);
	assert_string_equal(f.plan.refusals[0].file, name);
	assert_int_equal(f.plan.refusals[0].line, line);
	assert_string_equal(f.plan.refusals[0].code, "not-editable");
	if (!strstr(f.plan.refusals[0].text, why))
		fail_msg("%s: %s", name, f.plan.refusals[0].text);
	assert_int_equal(f.plan.nr_files, 0);
	close_fixture(&f);
}

static void changes_calls(void **state)
{
	(void)state;
	converts("calls.c");
}

static void changes_definitions(void **state)
{
	(void)state;
	converts("definition.c");
	converts("bare_definition.c");
	converts("stub.c");
}

static void removes_wrappers(void **state)
{
	(void)state;
	converts("wrappers.c");
}

static void refuses_what_cannot_get_it(void **state)
{
	(void)state;
	refuses("macro.c", 6, "macro-body");
	refuses("address.c", 9, "address-taken");
	refuses("side_effect.c", 4, "side effects");
	refuses("name_taken.c", 4, "cannot return early");
	refuses("value.c", 4, "cannot return early");
	refuses("other_parameters.c", 4, "other parameters");
	refuses("macro_call.c", 9, "a macro makes the call");
}

static void leaves_what_is_done(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "plain.c", true);
	assert_non_null(f.plan.note);
	assert_int_equal(f.plan.nr_files, 0);
	assert_int_equal(f.plan.nr_refusals, 0);
	close_fixture(&f);
}

/* A function of its own by that name is not meant. */
static void leaves_namesakes(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "namesake.c", false);
	assert_int_equal(f.plan.nr_files, 0);
	assert_int_equal(f.plan.nr_refusals, 0);
	close_fixture(&f);
}

/* Verification may give the group up, and then nothing is left. */
static void is_given_up_as_a_whole(void **state)
{
	struct gcv_err err = { 0 };
	struct fixture f;

	(void)state;
	open_fixture(&f, "calls.c", false);
	assert_int_equal(f.plan.nr_groups, 1);
	assert_int_equal(f.plan.groups[0], 0);
	gcv_plan_drop(&f.plan, 0, "check-failed", "it does not compile");
	assert_int_equal(gcv_plan_make(&f.plan, &err), GCV_OK);
	assert_int_equal(f.plan.nr_files, 0);
	assert_int_equal(f.plan.nr_refusals, 1);
	assert_int_not_equal(f.plan.refusals[0].site, GCV_NONE);
	assert_string_equal(f.plan.refusals[0].file, "calls.c");
	close_fixture(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_calls),
		cmocka_unit_test(changes_definitions),
		cmocka_unit_test(removes_wrappers),
		cmocka_unit_test(refuses_what_cannot_get_it),
		cmocka_unit_test(leaves_what_is_done),
		cmocka_unit_test(leaves_namesakes),
		cmocka_unit_test(is_given_up_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
