// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <string.h>

#define VALUE_PREFIX "gcv_value_"

/*
 * The virtual file that includes the headers, and gives each FOLL_ flag, which may be a macro, to
 * an enum constant whose value libclang tells.
 */
static const char *era_text(struct gcv_scan_state *s)
{
	const struct gcv_api *api = s->options->api;
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	size_t i;

	for (i = 0; i < api->nr_headers; i++)
		if (gcv_tree_exists(s->options->tree, api->headers[i]))
			gcv_strbuf_addf(&text, "#include \"%s\"\n", api->headers[i]);
	for (i = 0; i < api->nr_flags; i++)
		gcv_strbuf_addf(&text, "#ifdef %s\nenum { " VALUE_PREFIX "%s = %s };\n#endif\n",
				api->flags[i].name, api->flags[i].name, api->flags[i].name);
	return gcv_arena_strndup(&s->scan->arena, text.buf ? text.buf : "", text.len);
}

enum gcv_status gcv_scan_era(struct gcv_scan_state *s, struct gcv_err *err)
{
	const char *text = era_text(s);
	struct gcv_hash hash = gcv_hash_bytes(text, strlen(text));
	struct gcv_attempt *attempt;
	struct gcv_scan_env *env;
	enum gcv_status st;
	uint32_t nr = 0;

	st = gcv_scan_env_for(s, gcv_arch_pick(s->options->tree, "include/linux/mm.h", "", 0), &env,
			      err);
	if (st == GCV_OK)
		st = gcv_scan_stored_use(s, NULL, GCV_UNIT_ERA, GCV_VIRTUAL "era.c", hash.b, &nr,
					 err);
	if (st != GCV_OK || nr)
		return st;
	attempt = gcv_scan_attempt_new(s, NULL, env, GCV_UNIT_ERA, GCV_VIRTUAL "era.c", text,
				       env->name);
	attempt->job.kind = GCV_JOB_ERA;
	gcv_scan_attempt_args(s, attempt);
	s->submitted++;
	gcv_scan_submit(s, attempt);
	return GCV_OK;
}

static const char *copy(struct gcv_scan_state *s, const char *text)
{
	return gcv_arena_strdup(&s->scan->arena, text);
}

static struct gcv_era_decl take_decl(struct gcv_scan_state *s, const struct gcv_facts *facts,
				     const struct gcv_fact_decl *decl)
{
	const char **types = gcv_arena_alloc(&s->scan->arena, sizeof(*types) * decl->nr_params);
	const char **params = gcv_arena_alloc(&s->scan->arena, sizeof(*params) * decl->nr_params);
	size_t len = strlen(decl->type);
	uint32_t i;

	for (i = 0; i < decl->nr_params; i++) {
		types[i] = copy(s, decl->param_types[i]);
		params[i] = copy(s, decl->param_names[i]);
	}
	return (struct gcv_era_decl){
		.name = copy(s, decl->name),
		.result = decl->is_macro ? NULL : copy(s, decl->result),
		.types = types,
		.params = params,
		.nr_params = decl->nr_params,
		.file = copy(s, facts->files[decl->file].path),
		.line = decl->line,
		.is_variadic = len > 5 && strcmp(decl->type + len - 5, " ...)") == 0,
		.is_macro = decl->is_macro,
	};
}

/* A flag stands where its own declaration is; its value may come from the constant made of it. */
static void take_constant(struct gcv_scan_state *s, const struct gcv_facts *facts,
			  const struct gcv_fact_decl *decl, struct gcv_era_constant *constants,
			  size_t *nr)
{
	size_t skip = strncmp(decl->name, VALUE_PREFIX, strlen(VALUE_PREFIX)) == 0
			      ? strlen(VALUE_PREFIX)
			      : 0;
	const char *name = decl->name + skip;
	size_t i;

	for (i = 0; i < *nr && strcmp(constants[i].name, name) != 0; i++)
		;
	if (i == *nr) {
		constants[(*nr)++] = (struct gcv_era_constant){ .name = copy(s, name), .file = "" };
	}
	if (!skip) {
		constants[i].file = copy(s, facts->files[decl->file].path);
		constants[i].line = decl->line;
		constants[i].is_macro = decl->is_macro;
	}
	if (!decl->is_macro)
		constants[i].value = decl->value;
}

static bool is_flag(const char *name)
{
	if (strncmp(name, VALUE_PREFIX, strlen(VALUE_PREFIX)) == 0)
		return true;
	return strncmp(name, "FOLL_", 5) == 0;
}

void gcv_scan_era_take(struct gcv_scan_state *s, const struct gcv_facts *facts)
{
	struct gcv_arena *arena = &s->scan->arena;
	struct gcv_era_decl *decls = gcv_arena_alloc(arena, sizeof(*decls) * facts->nr_decls);
	struct gcv_era_constant *constants =
		gcv_arena_alloc(arena, sizeof(*constants) * facts->nr_decls);
	size_t nr_decls = 0, nr_constants = 0;
	uint32_t i;

	for (i = 0; i < facts->nr_decls; i++) {
		const struct gcv_fact_decl *decl = &facts->decls[i];

		if (is_flag(decl->name))
			take_constant(s, facts, decl, constants, &nr_constants);
		else if (!decl->is_enum)
			decls[nr_decls++] = take_decl(s, facts, decl);
	}
	gcv_era_release(&s->scan->era);
	gcv_era_match(s->options->api, decls, nr_decls, constants, nr_constants, &s->scan->era);
}
