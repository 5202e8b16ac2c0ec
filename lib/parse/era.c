// SPDX-License-Identifier: GPL-2.0-only
#include "parse/era.h"
#include "base/strbuf.h"
#include "parse/era_type.h"

#include <stdlib.h>
#include <string.h>

const struct gcv_api_signature *gcv_era_signature(const struct gcv_api_function *function,
						  const struct gcv_era_decl *decl)
{
	if (decl->is_macro || decl->is_variadic)
		return NULL;
	for (size_t i = 0; i < function->nr_signatures; i++) {
		const struct gcv_api_signature *sig = &function->signatures[i];
		size_t k = 0;

		if (sig->nr_params != decl->nr_params ||
		    !gcv_era_type_equal(sig->returns, decl->result))
			continue;
		while (k < sig->nr_params &&
		       gcv_era_type_equal(sig->params[k].type, decl->types[k]))
			k++;
		if (k == sig->nr_params)
			return sig;
	}
	return NULL;
}

/* A known signature beats an unknown one, and a function beats a macro of the same name. */
static void take_decl(struct gcv_era_entry *entry, const struct gcv_era_decl *decl)
{
	static const int rank[] = {
		[GCV_ERA_ABSENT] = 0,
		[GCV_ERA_MACRO] = 1,
		[GCV_ERA_CHANGED] = 2,
		[GCV_ERA_KNOWN] = 3,
	};
	const struct gcv_api_signature *sig = gcv_era_signature(entry->function, decl);
	enum gcv_era_state state = GCV_ERA_CHANGED;

	if (sig)
		state = GCV_ERA_KNOWN;
	else if (decl->is_macro)
		state = GCV_ERA_MACRO;
	if (entry->decl && (entry->state != state || entry->signature != sig))
		entry->differs = true;
	if (rank[state] <= rank[entry->state])
		return;
	entry->state = state;
	entry->signature = sig;
	entry->decl = decl;
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_era_unknown *ua = a, *ub = b;
	int order = strcmp(ua->decl->file, ub->decl->file);

	if (order)
		return order;
	if (ua->decl->line != ub->decl->line)
		return ua->decl->line < ub->decl->line ? -1 : 1;
	return strcmp(ua->decl->name, ub->decl->name);
}

static void match_decls(struct gcv_era *era, const struct gcv_era_decl *decls, size_t nr)
{
	struct gcv_intern seen = { 0 };

	era->unknown = gcv_arena_alloc(&era->arena, (nr + 1) * sizeof(*era->unknown));
	for (size_t i = 0; i < nr; i++) {
		const struct gcv_era_decl *decl = &decls[i];
		size_t len = strlen(decl->name);
		const struct gcv_api_function *f = gcv_api_find(era->api, decl->name, len);
		const char *prefix;

		if (f) {
			take_decl(&era->entries[f - era->api->functions], decl);
			continue;
		}
		prefix = gcv_api_has_prefix(era->api, decl->name);
		if (!prefix || gcv_intern_add(&seen, decl->name, len) != era->nr_unknown)
			continue;
		era->unknown[era->nr_unknown].decl = decl;
		era->unknown[era->nr_unknown++].prefix = prefix;
	}
	gcv_intern_release(&seen);
}

static void guess_signatures(struct gcv_era *era)
{
	for (size_t i = 0; i < era->nr_entries; i++) {
		struct gcv_era_entry *entry = &era->entries[i];

		if (entry->state == GCV_ERA_CHANGED)
			entry->signature = gcv_era_guess(&era->arena, entry->function, entry->decl);
	}
	for (size_t i = 0; i < era->nr_unknown; i++) {
		struct gcv_era_unknown *unknown = &era->unknown[i];

		if (!unknown->decl->is_macro)
			unknown->signature = gcv_era_guess(&era->arena, NULL, unknown->decl);
	}
	qsort(era->unknown, era->nr_unknown, sizeof(*era->unknown), by_place);
}

static void match_flags(struct gcv_era *era, const struct gcv_era_constant *constants, size_t nr)
{
	const struct gcv_api *api = era->api;
	struct gcv_intern seen = { 0 };

	era->flags = gcv_arena_alloc(&era->arena, (api->nr_flags + nr + 1) * sizeof(*era->flags));
	for (size_t i = 0; i < api->nr_flags; i++)
		era->flags[i].flag = &api->flags[i];
	era->nr_flags = api->nr_flags;
	for (size_t i = 0; i < nr; i++) {
		const struct gcv_era_constant *c = &constants[i];
		const struct gcv_api_flag *flag;

		if (strncmp(c->name, "FOLL_", 5) != 0 ||
		    gcv_intern_find(&seen, c->name, strlen(c->name)) != GCV_INTERN_NONE)
			continue;
		gcv_intern_add(&seen, c->name, strlen(c->name));
		flag = gcv_api_find_flag(api, c->name);
		era->flags[flag ? (size_t)(flag - api->flags) : era->nr_flags++].constant = c;
	}
	gcv_intern_release(&seen);
}

void gcv_era_match(const struct gcv_api *api, const struct gcv_era_decl *decls, size_t nr_decls,
		   const struct gcv_era_constant *constants, size_t nr_constants,
		   struct gcv_era *ret)
{
	struct gcv_era era = { .api = api, .nr_entries = api->nr_functions };

	era.entries = gcv_arena_alloc(&era.arena, (era.nr_entries + 1) * sizeof(*era.entries));
	for (size_t i = 0; i < era.nr_entries; i++)
		era.entries[i].function = &api->functions[i];
	match_decls(&era, decls, nr_decls);
	guess_signatures(&era);
	match_flags(&era, constants, nr_constants);
	*ret = era;
}

const struct gcv_era_entry *gcv_era_find(const struct gcv_era *era, const char *name,
					 size_t len_bytes)
{
	const struct gcv_api_function *f = gcv_api_find(era->api, name, len_bytes);

	return f ? &era->entries[f - era->api->functions] : NULL;
}

bool gcv_era_has(const struct gcv_era *era, const char *name)
{
	const struct gcv_era_entry *entry = gcv_era_find(era, name, strlen(name));

	return entry && entry->state == GCV_ERA_KNOWN;
}

bool gcv_era_pair_in_force(const struct gcv_era *era, const struct gcv_api_pair *pair)
{
	const struct gcv_era_entry *to = gcv_era_find(era, pair->to, strlen(pair->to));

	if (!to || to->state != GCV_ERA_KNOWN)
		return false;
	if (pair->needs != GCV_API_ARG_OTHER && to->signature->arg[pair->needs] < 0)
		return false;
	return !pair->guard || gcv_era_has(era, pair->guard);
}

const char *gcv_era_prototype(struct gcv_arena *arena, const struct gcv_era_decl *decl)
{
	GCV_STRBUF_AUTO struct gcv_strbuf sb = { 0 };

	if (decl->is_macro)
		return gcv_arena_strdup(arena, decl->name);
	gcv_strbuf_addf(&sb, "%s%s%s(", decl->result, strchr(decl->result, '*') ? "" : " ",
			decl->name);
	for (size_t i = 0; i < decl->nr_params; i++) {
		const char *name = decl->params ? decl->params[i] : NULL;
		const char *type = decl->types[i];

		gcv_strbuf_addf(&sb, "%s%s", i ? ", " : "", type);
		if (name && *name)
			gcv_strbuf_addf(&sb, "%s%s", strchr(type, '*') ? "" : " ", name);
	}
	if (decl->is_variadic)
		gcv_strbuf_addstr(&sb, decl->nr_params ? ", ..." : "...");
	else if (!decl->nr_params)
		gcv_strbuf_addstr(&sb, "void");
	gcv_strbuf_addch(&sb, ')');
	return gcv_arena_strdup(arena, sb.buf);
}

void gcv_era_release(struct gcv_era *era)
{
	gcv_arena_release(&era->arena);
	memset(era, 0, sizeof(*era));
}
