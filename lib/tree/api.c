// SPDX-License-Identifier: GPL-2.0-only
#include "tree/api.h"
#include "base/strbuf.h"
#include "tree/api_read.h"

#include <string.h>

/* data/api.json, put into the library at build time */
extern const char gcv_api_json[];

static void *arena_grow(struct gcv_arena *arena, const void *old, size_t nr_old, size_t nr_add,
			size_t size_bytes)
{
	void *array = gcv_arena_alloc(arena, (nr_old + nr_add) * size_bytes);

	if (nr_old)
		memcpy(array, old, nr_old * size_bytes);
	return array;
}

static void merge_functions(struct gcv_api *api, const struct gcv_api_part *part)
{
	struct gcv_api_function *all = arena_grow(&api->arena, api->functions, api->nr_functions,
						  part->nr_functions, sizeof(*all));

	for (size_t i = 0; i < part->nr_functions; i++) {
		const struct gcv_api_function *f = &part->functions[i];
		uint32_t id = gcv_intern_add(&api->index, f->name, strlen(f->name));

		all[id] = *f;
	}
	api->functions = all;
	api->nr_functions = api->index.nr;
	api->names = gcv_arena_alloc(&api->arena, (api->nr_functions + 1) * sizeof(*api->names));
	for (size_t i = 0; i < api->nr_functions; i++)
		api->names[i] = all[i].name;
}

static void merge_flags(struct gcv_api *api, const struct gcv_api_part *part)
{
	struct gcv_api_flag *all =
		arena_grow(&api->arena, api->flags, api->nr_flags, part->nr_flags, sizeof(*all));

	api->flags = all;
	for (size_t i = 0; i < part->nr_flags; i++) {
		const struct gcv_api_flag *old = gcv_api_find_flag(api, part->flags[i].name);

		all[old ? (size_t)(old - all) : api->nr_flags++] = part->flags[i];
	}
}

static void merge_conversions(struct gcv_api *api, const struct gcv_api_part *part)
{
	struct gcv_api_conversion *all = arena_grow(&api->arena, api->conversions,
						    api->nr_conversions, part->nr_conversions,
						    sizeof(*all));

	api->conversions = all;
	for (size_t i = 0; i < part->nr_conversions; i++) {
		const struct gcv_api_conversion *old;

		old = gcv_api_find_conversion(api, part->conversions[i].name);
		all[old ? (size_t)(old - all) : api->nr_conversions++] = part->conversions[i];
	}
}

static void merge_strings(struct gcv_arena *arena, const char ***list, uint32_t *nr,
			  const char **more, uint32_t nr_more)
{
	const char **all = arena_grow(arena, *list, *nr, nr_more, sizeof(*all));

	for (size_t i = 0; i < nr_more; i++) {
		size_t k = 0;

		while (k < *nr && strcmp(all[k], more[i]) != 0)
			k++;
		if (k == *nr)
			all[(*nr)++] = more[i];
	}
	*list = all;
}

enum gcv_status gcv_api_add_text(struct gcv_api *api, const char *file, const char *text,
				 size_t len_bytes, struct gcv_err *err)
{
	struct gcv_api_part part;
	enum gcv_status status;

	status = gcv_api_read(&api->arena, file, text, len_bytes, &part, err);
	if (status != GCV_OK)
		return status;
	merge_functions(api, &part);
	merge_flags(api, &part);
	merge_conversions(api, &part);
	merge_strings(&api->arena, &api->headers, &api->nr_headers, part.headers, part.nr_headers);
	merge_strings(&api->arena, &api->prefixes, &api->nr_prefixes, part.prefixes,
		      part.nr_prefixes);
	return GCV_OK;
}

enum gcv_status gcv_api_load(struct gcv_api *ret, struct gcv_err *err)
{
	struct gcv_api api = { 0 };
	enum gcv_status status;

	status = gcv_api_add_text(&api, "built-in API table", gcv_api_json, strlen(gcv_api_json),
				  err);
	if (status != GCV_OK) {
		gcv_api_release(&api);
		return status;
	}
	*ret = api;
	return GCV_OK;
}

enum gcv_status gcv_api_add_file(struct gcv_api *api, const char *path, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	enum gcv_status status = gcv_strbuf_read_file(&text, path, GCV_API_FILE_LIMIT, err);

	if (status != GCV_OK)
		return status;
	return gcv_api_add_text(api, path, text.buf ? text.buf : "", text.len, err);
}

const struct gcv_api_function *gcv_api_find(const struct gcv_api *api, const char *name,
					    size_t len_bytes)
{
	uint32_t id = gcv_intern_find(&api->index, name, len_bytes);

	return id == GCV_INTERN_NONE ? NULL : &api->functions[id];
}

const struct gcv_api_flag *gcv_api_find_flag(const struct gcv_api *api, const char *name)
{
	for (size_t i = 0; i < api->nr_flags; i++)
		if (strcmp(api->flags[i].name, name) == 0)
			return &api->flags[i];
	return NULL;
}

const struct gcv_api_conversion *gcv_api_find_conversion(const struct gcv_api *api,
							 const char *name)
{
	for (size_t i = 0; i < api->nr_conversions; i++)
		if (strcmp(api->conversions[i].name, name) == 0)
			return &api->conversions[i];
	return NULL;
}

const char *gcv_api_has_prefix(const struct gcv_api *api, const char *name)
{
	name += strspn(name, "_");
	for (size_t i = 0; i < api->nr_prefixes; i++)
		if (strncmp(name, api->prefixes[i], strlen(api->prefixes[i])) == 0)
			return api->prefixes[i];
	return NULL;
}

void gcv_api_index_args(struct gcv_api_signature *sig, enum gcv_api_dirty dirty)
{
	for (size_t i = 0; i < GCV_API_ARG_NR; i++)
		sig->arg[i] = -1;
	for (size_t i = sig->nr_params; i-- > 0;)
		sig->arg[sig->params[i].role] = (int)i;
	sig->dirty = sig->arg[GCV_API_ARG_MAKE_DIRTY] >= 0 ? GCV_API_DIRTY_BY_ARGUMENT : dirty;
}

void gcv_api_release(struct gcv_api *api)
{
	gcv_arena_release(&api->arena);
	gcv_intern_release(&api->index);
	memset(api, 0, sizeof(*api));
}
