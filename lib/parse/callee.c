// SPDX-License-Identifier: GPL-2.0-only
#include "parse/callee.h"

#include <string.h>

/** MAX_PARAMS - no API function has more */
#define MAX_PARAMS 16

/* Take "long (int, struct page **)" apart. @return false for something that is no function type. */
static bool split_type(struct gcv_arena *arena, const char *type, struct gcv_era_decl *ret_decl)
{
	const char **types = gcv_arena_alloc(arena, sizeof(*types) * MAX_PARAMS);
	const char *open = strchr(type, '('), *at, *start;
	unsigned int depth = 0;
	size_t nr = 0;

	if (!open || open == type)
		return false;
	ret_decl->result =
		gcv_arena_strndup(arena, type, (size_t)(open - type) - (open[-1] == ' '));
	for (at = start = open + 1; *at && nr < MAX_PARAMS; at++) {
		if (*at == '(')
			depth++;
		if ((*at == ',' || *at == ')') && !depth && at != start) {
			types[nr++] = gcv_arena_strndup(arena, start, (size_t)(at - start));
			start = at[0] == ',' && at[1] == ' ' ? at + 2 : at + 1;
		}
		if (*at == ')' && !depth--)
			break;
	}
	if (nr == 1 && strcmp(types[0], "void") == 0)
		nr = 0;
	if (nr && strcmp(types[nr - 1], "...") == 0) {
		ret_decl->is_variadic = true;
		nr--;
	}
	ret_decl->types = types;
	ret_decl->nr_params = nr;
	return true;
}

const struct gcv_api_signature *gcv_callee_signature(const struct gcv_era *era, const char *name,
						     const char *type)
{
	const struct gcv_api_function *function = gcv_api_find(era->api, name, strlen(name));
	struct gcv_era_decl decl = { .name = name, .file = "" };
	const struct gcv_api_signature *signature = NULL;
	struct gcv_arena arena = { 0 };

	if (function && split_type(&arena, type, &decl))
		signature = gcv_era_signature(function, &decl);
	gcv_arena_release(&arena);
	return signature;
}

bool gcv_callee_is_homonym(const struct gcv_era *era, const char *name, const char *file,
			   const char *type, enum gcv_linkage linkage)
{
	const struct gcv_era_entry *entry = gcv_era_find(era, name, strlen(name));
	const size_t len = strlen(file);
	bool is_header;

	if (!entry)
		return true;
	if (linkage != GCV_LINKAGE_STATIC && linkage != GCV_LINKAGE_STATIC_INLINE)
		return false;
	is_header = len > 2 && strcmp(file + len - 2, ".h") == 0;
	if (is_header && entry->decl)
		return strcmp(entry->decl->file, file) != 0;
	if (!is_header && !entry->function->internal)
		return true;
	return !gcv_callee_signature(era, name, type);
}

int gcv_callee_flags_arg(const struct gcv_era *era, const char *name, const char *type)
{
	const struct gcv_api_signature *signature = gcv_callee_signature(era, name, type);
	const struct gcv_era_entry *entry = gcv_era_find(era, name, strlen(name));

	if (!signature && entry)
		signature = entry->signature;
	if (!signature)
		return -1;
	if (signature->arg[GCV_API_ARG_FLAGS] >= 0)
		return signature->arg[GCV_API_ARG_FLAGS];
	return signature->arg[GCV_API_ARG_WRITE];
}
