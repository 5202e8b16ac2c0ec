// SPDX-License-Identifier: GPL-2.0-only
#include "report/changes.h"

#include "classify/words.h"

#include <stdlib.h>
#include <string.h>

/** struct known - an acquire of one of the snapshots */
struct known {
	const char *id, *file, *function, *api, *verdict;
	uint32_t line, ordinal;
	bool is_matched;
};

/** struct side - the acquires of one snapshot, and their conversion */
struct side {
	struct gcv_arena *arena;
	struct known *sites;
	uint32_t nr, cap;
	const char *conversion;
};

const char *gcv_change_name(enum gcv_change_kind kind)
{
	static const char *const names[GCV_CHANGES] = {
		[GCV_CHANGE_CONVERTED] = "converted", [GCV_CHANGE_REGRESSED] = "regressed",
		[GCV_CHANGE_APPEARED] = "appeared",   [GCV_CHANGE_GONE] = "gone",
		[GCV_CHANGE_MOVED] = "moved",	      [GCV_CHANGE_VERDICT] = "verdict",
	};

	return names[kind];
}

static enum gcv_status take_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct side *side = data;

	(void)err;
	if (site->homonym)
		return GCV_OK;
	if (site->result && !side->conversion)
		side->conversion = gcv_arena_strdup(side->arena, site->result->conversion);
	GCV_GROW(side->sites, side->nr, side->cap);
	side->sites[side->nr++] = (struct known){
		.id = gcv_arena_strdup(side->arena, site->id),
		.file = gcv_arena_strdup(side->arena, site->file),
		.function = gcv_arena_strdup(side->arena, site->function),
		.api = gcv_arena_strdup(side->arena, site->api),
		.verdict = gcv_arena_strdup(side->arena, site->result ? site->result->verdict : ""),
		.line = site->line,
		.ordinal = site->ordinal,
	};
	return GCV_OK;
}

static int by_id(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return strcmp(x->id, y->id);
}

/* What is the same wherever it stands. */
static int by_meaning(const void *a, const void *b)
{
	const struct known *x = *(const struct known *const *)a;
	const struct known *y = *(const struct known *const *)b;
	int order = strcmp(x->function, y->function);

	if (!order)
		order = strcmp(x->api, y->api);
	if (order)
		return order;
	return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static void add(struct gcv_report_changes *c, enum gcv_change_kind kind, const struct known *at,
		const char *before, const char *after, const char *old_file)
{
	GCV_GROW(c->changes, c->nr, c->cap);
	c->changes[c->nr++] = (struct gcv_report_change){
		.kind = kind,
		.id = at->id,
		.file = at->file,
		.line = at->line,
		.function = at->function,
		.api = at->api,
		.before = before,
		.after = after,
		.old_file = old_file,
	};
	c->sums[kind]++;
}

static void compare_verdicts(struct gcv_report_changes *c, const struct known *old,
			     const struct known *new)
{
	const char *converted = gcv_verdict_name(GCV_VERDICT_CONVERTED);
	enum gcv_change_kind kind = GCV_CHANGE_VERDICT;

	if (!c->is_same_conversion || strcmp(old->verdict, new->verdict) == 0)
		return;
	if (strcmp(new->verdict, converted) == 0)
		kind = GCV_CHANGE_CONVERTED;
	else if (strcmp(old->verdict, converted) == 0)
		kind = GCV_CHANGE_REGRESSED;
	add(c, kind, new, old->verdict, new->verdict, "");
}

static void match_ids(struct gcv_report_changes *c, struct side *old, struct side *new)
{
	uint32_t i = 0, k = 0;

	while (i < old->nr && k < new->nr) {
		int order = strcmp(old->sites[i].id, new->sites[k].id);

		if (order < 0) {
			i++;
		} else if (order > 0) {
			k++;
		} else {
			old->sites[i].is_matched = new->sites[k].is_matched = true;
			compare_verdicts(c, &old->sites[i++], &new->sites[k++]);
		}
	}
}

/* Those that have no partner, in an order. */
static struct known **unmatched(const struct side *side, int (*order)(const void *, const void *),
				uint32_t *ret_nr)
{
	struct known **ret = gcv_zalloc(side->nr + 1, sizeof(*ret));
	uint32_t i, nr = 0;

	for (i = 0; i < side->nr; i++)
		if (!side->sites[i].is_matched)
			ret[nr++] = &side->sites[i];
	if (nr)
		qsort(ret, nr, sizeof(*ret), order);
	*ret_nr = nr;
	return ret;
}

/* How many of the following are the same. */
static uint32_t run_of(struct known **sites, uint32_t at, uint32_t nr,
		       int (*order)(const void *, const void *))
{
	uint32_t end = at + 1;

	while (end < nr && order(&sites[at], &sites[end]) == 0)
		end++;
	return end - at;
}

static void add_run(struct gcv_report_changes *c, enum gcv_change_kind kind, struct known **sites,
		    uint32_t nr)
{
	uint32_t i;

	for (i = 0; i < nr; i++)
		add(c, kind, sites[i], kind == GCV_CHANGE_GONE ? sites[i]->verdict : "",
		    kind == GCV_CHANGE_GONE ? "" : sites[i]->verdict, "");
}

static int by_function(const void *a, const void *b)
{
	const struct known *x = *(const struct known *const *)a;
	const struct known *y = *(const struct known *const *)b;
	int order = strcmp(x->file, y->file);

	return order ? order : strcmp(x->function, y->function);
}

static int by_function_and_line(const void *a, const void *b)
{
	const struct known *x = *(const struct known *const *)a;
	const struct known *y = *(const struct known *const *)b;
	int order = by_function(a, b);

	if (order || x->line != y->line)
		return order ? order : x->line < y->line ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* Did a conversion, or its reversal, make the one call of the other? */
static bool is_conversion(const struct known *old, const struct known *new)
{
	const char *converted = gcv_verdict_name(GCV_VERDICT_CONVERTED);

	return strcmp(old->api, new->api) != 0 &&
	       (strcmp(old->verdict, converted) == 0) != (strcmp(new->verdict, converted) == 0);
}

/*
 * A conversion may change the name of what is called, and with it the id. As many calls as went
 * from a function came into it then.
 */
static void match_converted(struct gcv_report_changes *c, const struct side *old,
			    const struct side *new)
{
	uint32_t nr_gone, nr_come, i = 0, k = 0, j;
	GCV_AUTOFREE struct known **gone = unmatched(old, by_function_and_line, &nr_gone);
	GCV_AUTOFREE struct known **come = unmatched(new, by_function_and_line, &nr_come);

	while (c->is_same_conversion && i < nr_gone && k < nr_come) {
		uint32_t olds = run_of(gone, i, nr_gone, by_function);
		uint32_t news = run_of(come, k, nr_come, by_function);
		int order = by_function(&gone[i], &come[k]);

		for (j = 0; order == 0 && olds == news && j < olds; j++) {
			if (!is_conversion(gone[i + j], come[k + j]))
				continue;
			gone[i + j]->is_matched = come[k + j]->is_matched = true;
			compare_verdicts(c, gone[i + j], come[k + j]);
		}
		i += order <= 0 ? olds : 0;
		k += order >= 0 ? news : 0;
	}
}

static void match_moved(struct gcv_report_changes *c, const struct side *old,
			const struct side *new)
{
	uint32_t nr_gone, nr_come, i = 0, k = 0;
	GCV_AUTOFREE struct known **gone = unmatched(old, by_meaning, &nr_gone);
	GCV_AUTOFREE struct known **come = unmatched(new, by_meaning, &nr_come);

	while (i < nr_gone || k < nr_come) {
		uint32_t olds = i < nr_gone ? run_of(gone, i, nr_gone, by_meaning) : 0;
		uint32_t news = k < nr_come ? run_of(come, k, nr_come, by_meaning) : 0;
		int order = !olds ? 1 : !news ? -1 : by_meaning(&gone[i], &come[k]);

		if (order == 0 && olds == 1 && news == 1) {
			add(c, GCV_CHANGE_MOVED, come[k], gone[i]->verdict, come[k]->verdict,
			    gone[i]->file);
		} else {
			if (order <= 0)
				add_run(c, GCV_CHANGE_GONE, &gone[i], olds);
			if (order >= 0)
				add_run(c, GCV_CHANGE_APPEARED, &come[k], news);
		}
		i += order <= 0 ? olds : 0;
		k += order >= 0 ? news : 0;
	}
}

static int by_kind(const void *a, const void *b)
{
	const struct gcv_report_change *x = a, *y = b;
	int order;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	order = strcmp(x->file, y->file);
	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->id, y->id);
}

static enum gcv_status read_side(const struct gcv_report_source *source, const char *label,
				 const struct gcv_site_filter *filter, struct side *side,
				 struct gcv_err *err)
{
	struct gcv_site_filter acquires = filter ? *filter : (struct gcv_site_filter){ 0 };
	enum gcv_status st;

	acquires.role = "acquire";
	acquires.is_bare = true;
	st = source->sites(source->ctx, label, &acquires, take_site, side, err);
	if (side->nr)
		qsort(side->sites, side->nr, sizeof(*side->sites), by_id);
	return st;
}

enum gcv_status gcv_report_changes_collect(const struct gcv_report_source *source,
					   const char *before, const char *after,
					   const struct gcv_site_filter *filter,
					   struct gcv_report_changes *ret, struct gcv_err *err)
{
	struct gcv_report_changes changes = { 0 };
	struct side old = { .arena = &changes.arena }, new = { .arena = &changes.arena };
	enum gcv_status st = read_side(source, before, filter, &old, err);

	if (st == GCV_OK)
		st = read_side(source, after, filter, &new, err);
	if (st == GCV_OK) {
		changes.before = gcv_arena_strdup(&changes.arena, before);
		changes.is_same_conversion =
			old.conversion &&
			new.conversion &&strcmp(old.conversion, new.conversion) == 0;
		match_ids(&changes, &old, &new);
		match_converted(&changes, &old, &new);
		match_moved(&changes, &old, &new);
		if (changes.nr)
			qsort(changes.changes, changes.nr, sizeof(*changes.changes), by_kind);
		*ret = changes;
	} else {
		gcv_report_changes_release(&changes);
	}
	free(old.sites);
	free(new.sites);
	return st;
}

void gcv_report_changes_release(struct gcv_report_changes *changes)
{
	free(changes->changes);
	gcv_arena_release(&changes->arena);
	*changes = (struct gcv_report_changes){ 0 };
}
