// SPDX-License-Identifier: GPL-2.0-only
#include "parse/era_facts.h"

#include <string.h>

static const char *copy(struct gcv_arena *arena, const char *text)
{
	return gcv_arena_strdup(arena, text);
}

static struct gcv_era_decl take_decl(struct gcv_arena *arena, const struct gcv_facts *facts,
				     const struct gcv_fact_decl *decl)
{
	const char **types = gcv_arena_alloc(arena, sizeof(*types) * decl->nr_params);
	const char **params = gcv_arena_alloc(arena, sizeof(*params) * decl->nr_params);
	size_t len = strlen(decl->type);
	uint32_t i;

	for (i = 0; i < decl->nr_params; i++) {
		types[i] = copy(arena, decl->param_types[i]);
		params[i] = copy(arena, decl->param_names[i]);
	}
	return (struct gcv_era_decl){
		.name = copy(arena, decl->name),
		.result = decl->is_macro ? NULL : copy(arena, decl->result),
		.types = types,
		.params = params,
		.nr_params = decl->nr_params,
		.file = copy(arena, facts->files[decl->file].path),
		.line = decl->line,
		.is_variadic = len > 5 && strcmp(decl->type + len - 5, " ...)") == 0,
		.is_macro = decl->is_macro,
	};
}

/* A flag stands where its own declaration is; its value may come from the constant made of it. */
static void take_constant(struct gcv_arena *arena, const struct gcv_facts *facts,
			  const struct gcv_fact_decl *decl, struct gcv_era_constant *constants,
			  size_t *nr)
{
	size_t skip = strncmp(decl->name, GCV_ERA_VALUE_PREFIX, strlen(GCV_ERA_VALUE_PREFIX)) == 0
			      ? strlen(GCV_ERA_VALUE_PREFIX)
			      : 0;
	const char *name = decl->name + skip;
	size_t i;

	for (i = 0; i < *nr && strcmp(constants[i].name, name) != 0; i++)
		;
	if (i == *nr) {
		constants[(*nr)++] =
			(struct gcv_era_constant){ .name = copy(arena, name), .file = "" };
	}
	if (!skip) {
		constants[i].file = copy(arena, facts->files[decl->file].path);
		constants[i].line = decl->line;
		constants[i].is_macro = decl->is_macro;
	}
	if (!decl->is_macro)
		constants[i].value = decl->value;
}

static bool is_flag(const char *name)
{
	if (strncmp(name, GCV_ERA_VALUE_PREFIX, strlen(GCV_ERA_VALUE_PREFIX)) == 0)
		return true;
	return strncmp(name, "FOLL_", 5) == 0;
}

void gcv_era_of_facts(const struct gcv_api *api, const struct gcv_facts *facts,
		      struct gcv_arena *arena, struct gcv_era *ret)
{
	struct gcv_era_decl *decls = gcv_arena_alloc(arena, sizeof(*decls) * facts->nr_decls);
	struct gcv_era_constant *constants =
		gcv_arena_alloc(arena, sizeof(*constants) * facts->nr_decls);
	size_t nr_decls = 0, nr_constants = 0;
	uint32_t i;

	for (i = 0; i < facts->nr_decls; i++) {
		const struct gcv_fact_decl *decl = &facts->decls[i];

		if (is_flag(decl->name))
			take_constant(arena, facts, decl, constants, &nr_constants);
		else if (!decl->is_enum)
			decls[nr_decls++] = take_decl(arena, facts, decl);
	}
	gcv_era_match(api, decls, nr_decls, constants, nr_constants, ret);
}
