// SPDX-License-Identifier: GPL-2.0-only
#include "edit/signature.h"

#include "tree/api_words.h"

#include <string.h>

static bool is_about_itself(const struct gcv_api_pair *pair)
{
	return pair->shape == GCV_API_PAIR_BRANCH && pair->needs != GCV_API_ARG_OTHER &&
	       pair->nr_from == 2 && strcmp(pair->from[0], pair->to) == 0;
}

const struct gcv_api_pair *gcv_signature_pair(const struct gcv_api_conversion *conversion,
					      const char *name)
{
	size_t i;

	for (i = 0; i < conversion->nr_pairs; i++)
		if (is_about_itself(&conversion->pairs[i]) &&
		    (!name || strcmp(conversion->pairs[i].to, name) == 0))
			return &conversion->pairs[i];
	return NULL;
}

bool gcv_signature_is_goal(const struct gcv_api_conversion *conversion)
{
	return gcv_signature_pair(conversion, NULL);
}

/* The signature of the table that has one parameter more, behind those of the tree. */
static const struct gcv_api_signature *extended(const struct gcv_api_function *function,
						const struct gcv_api_signature *from,
						enum gcv_api_arg role)
{
	size_t i, k;

	for (i = 0; i < function->nr_signatures; i++) {
		const struct gcv_api_signature *to = &function->signatures[i];

		if (to->nr_params != from->nr_params + 1 || to->arg[role] != (int)from->nr_params ||
		    strcmp(to->returns, from->returns) != 0)
			continue;
		for (k = 0; k < from->nr_params; k++)
			if (to->params[k].role != from->params[k].role ||
			    strcmp(to->params[k].type, from->params[k].type) != 0)
				break;
		if (k == from->nr_params)
			return to;
	}
	return NULL;
}

/* "make-dirty" → "make_dirty" */
const char *gcv_signature_parameter(const struct gcv_api_pair *pair, struct gcv_arena *arena)
{
	char *name = gcv_arena_strdup(arena, gcv_api_word(GCV_API_WORD_ARG, pair->needs));
	char *at;

	for (at = name; *at; at++)
		if (*at == '-')
			*at = '_';
	return name;
}

static void fill_after(const struct gcv_era *era, const struct gcv_era_entry *entry,
		       struct gcv_arena *arena, struct gcv_signature_change *ret)
{
	struct gcv_era_entry *entries = gcv_arena_alloc(arena, sizeof(*entries) * era->nr_entries);

	memcpy(entries, era->entries, sizeof(*entries) * era->nr_entries);
	entries[entry - era->entries].signature = ret->to;
	ret->after = *era;
	ret->after.entries = entries;
}

static enum gcv_status look_at(const struct gcv_goal *goal, const struct gcv_api_pair *pair,
			       struct gcv_arena *arena, struct gcv_signature_change *ret,
			       bool *ret_is_found, struct gcv_err *err)
{
	const struct gcv_era_entry *entry = gcv_era_find(goal->era, pair->to, strlen(pair->to));
	const struct gcv_era_entry *plain =
		gcv_era_find(goal->era, pair->from[1], strlen(pair->from[1]));
	struct gcv_signature_change change = { 0 };

	if (!entry || entry->state == GCV_ERA_ABSENT)
		return GCV_OK;
	if (entry->signature && entry->signature->arg[pair->needs] >= 0)
		return GCV_OK;
	if (entry->differs)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "the headers declare %s() in different ways", pair->to);
	if (entry->state != GCV_ERA_KNOWN || !entry->signature || !entry->decl ||
	    entry->decl->is_macro)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "the headers declare %s() as the table does not know it",
				   pair->to);
	if (!plain || plain->state != GCV_ERA_KNOWN)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "the tree has no %s(), which %s() is to be without the argument",
				   pair->from[1], pair->to);
	change.function = entry->function;
	change.from = entry->signature;
	change.to = extended(entry->function, entry->signature, pair->needs);
	if (!change.to)
		return gcv_err_set(
			err, GCV_ERR_NOT_FOUND,
			"the table knows no %s() with one parameter more than in the tree",
			pair->to);
	change.type = change.to->params[change.from->nr_params].type;
	change.name = gcv_signature_parameter(pair, arena);
	change.plain = plain->function;
	change.plain_signature = plain->signature;
	change.decl = entry->decl;
	*ret = change;
	fill_after(goal->era, entry, arena, ret);
	*ret_is_found = true;
	return GCV_OK;
}

enum gcv_status gcv_signature_find(const struct gcv_goal *goal, struct gcv_arena *arena,
				   struct gcv_signature_change *ret, bool *ret_is_found,
				   struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	size_t i;

	*ret_is_found = false;
	for (i = 0; st == GCV_OK && !*ret_is_found && i < goal->conversion->nr_pairs; i++)
		if (is_about_itself(&goal->conversion->pairs[i]))
			st = look_at(goal, &goal->conversion->pairs[i], arena, ret, ret_is_found,
				     err);
	return st;
}
