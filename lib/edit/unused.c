// SPDX-License-Identifier: GPL-2.0-only
#include "edit/unused.h"

#include "edit/static_function.h"

#include <string.h>

/** MAX_ROUNDS - how long a chain of functions that only call each other may be */
#define MAX_ROUNDS 8

static const struct gcv_change *change_around(const struct gcv_file_edit *edit, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin <= at && at < edit->changes[i].end)
			return &edit->changes[i];
	return NULL;
}

/* Did a use stand in what was replaced? Few functions are looked at any closer. */
static bool is_taken(const struct gcv_plan_file *file, const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; i < file->edit.nr_changes; i++) {
		const struct gcv_change *change = &file->edit.changes[i];

		if ((change->end <= fn->begin || change->begin >= fn->end) &&
		    gcv_source_word(&file->source, change->begin, change->end, fn->name) <
			    change->end)
			return true;
	}
	return false;
}

/* Does anything that was written name it? */
static bool is_written(const struct gcv_file_edit *edit, const struct gcv_static_function *text,
		       const char *name)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];
		struct gcv_source now = { edit->path, change->text,
					  (uint32_t)strlen(change->text) };

		if (!gcv_static_function_has(text, change->begin) &&
		    gcv_source_word(&now, 0, now.len, name) < now.len)
			return true;
	}
	return false;
}

/* The change that took the last use away; NULL where one is left, or there was none. */
static const struct gcv_change *last_taker(const struct gcv_plan_file *file,
					   const struct gcv_static_function *text, const char *name)
{
	const struct gcv_source *s = &file->source;
	const struct gcv_change *taker = NULL;
	uint32_t len = (uint32_t)strlen(name), at;

	for (at = gcv_source_word(s, 0, s->len, name); at < s->len;
	     at = gcv_source_word(s, at + len, s->len, name)) {
		if (gcv_static_function_has(text, at))
			continue;
		taker = change_around(&file->edit, at);
		if (!taker)
			return NULL;
	}
	return taker && !is_written(&file->edit, text, name) ? taker : NULL;
}

static enum gcv_status look_at(struct gcv_plan *plan, struct gcv_plan_file *file,
			       struct gcv_function *fn, struct gcv_err *err)
{
	const struct gcv_change *taker;
	struct gcv_static_function text;
	enum gcv_status st;

	(void)plan;
	if (!gcv_static_function_is_candidate(fn) || !is_taken(file, fn) ||
	    !gcv_static_function_find(&file->source, fn, &text))
		return GCV_OK;
	taker = last_taker(file, &text, fn->name);
	if (!taker)
		return GCV_OK;
	st = gcv_static_function_remove(&text, &file->edit, taker->group, err);
	/* Beside another change it stays: the check tells of it. */
	return st == GCV_ERR_USAGE ? GCV_OK : st;
}

/* How much of the old text is replaced: each function that goes makes it more. */
static uint64_t replaced_bytes(const struct gcv_plan *plan)
{
	uint64_t sum = 0;
	uint32_t i, k;

	for (i = 0; i < plan->nr_files; i++) {
		const struct gcv_file_edit *edit = &plan->files[i].edit;

		for (k = 0; k < edit->nr_changes; k++)
			sum += edit->changes[k].end - edit->changes[k].begin;
	}
	return sum;
}

enum gcv_status gcv_plan_remove_unused(struct gcv_plan *plan, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint64_t before;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < MAX_ROUNDS; i++) {
		before = replaced_bytes(plan);
		st = gcv_plan_each_function(plan, look_at, err);
		if (replaced_bytes(plan) == before)
			break;
	}
	return st;
}
