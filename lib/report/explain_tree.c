// SPDX-License-Identifier: GPL-2.0-only
#include "report/explain_state.h"

#include <stdlib.h>
#include <string.h>

/** struct order - steps on their way into a readable order */
struct order {
	struct gcv_explain_state *s;
	const struct gcv_result_step *steps;
	uint32_t nr;
	struct gcv_explain_way way;
};

static bool is_kind(const struct gcv_result_step *step, const char *kind)
{
	return strcmp(step->kind, kind) == 0;
}

/* Steps after which the way goes on, in another order than they were found; not the uses. */
static uint32_t children(const struct order *o, uint32_t parent, uint32_t *ret_first)
{
	uint32_t i, nr = 0;

	for (i = parent == GCV_NONE ? 0 : parent + 1; i < o->nr; i++) {
		if (o->steps[i].parent != parent || is_kind(&o->steps[i], "use"))
			continue;
		if (!nr++)
			*ret_first = i;
	}
	return nr;
}

static uint32_t next_child(const struct order *o, uint32_t at)
{
	uint32_t i;

	for (i = at + 1; i < o->nr; i++)
		if (o->steps[i].parent == o->steps[at].parent && !is_kind(&o->steps[i], "use"))
			return i;
	return GCV_NONE;
}

static bool is_same_line(const struct gcv_explain_place *place, const struct gcv_result_step *step)
{
	return place->line == step->line && strcmp(place->file, step->file) == 0 &&
	       strcmp(place->function, step->function) == 0;
}

/* A step that goes on in the line of the one before becomes part of it. */
static bool join(const struct order *o, const struct gcv_result_step *step, uint32_t parent)
{
	struct gcv_explain_step *last = o->way.nr_steps ? &o->way.steps[o->way.nr_steps - 1] : NULL;

	if (!last || parent != o->way.nr_steps - 1 || !is_same_line(&last->place, step) ||
	    strcmp(last->kind, "release") == 0)
		return false;
	if (is_kind(step, "release") && strcmp(last->kind, "flow") != 0)
		return false;
	last->text = gcv_arena_printf(&o->s->explain->arena, "%s, %s", last->text, step->text);
	if (is_kind(step, "release"))
		last->kind = "release";
	return true;
}

static enum gcv_status add(struct order *o, uint32_t at, uint32_t parent, uint32_t depth,
			   bool is_branch, struct gcv_err *err)
{
	const struct gcv_result_step *step = &o->steps[at];
	struct gcv_explain_step *made;

	if (!is_branch && join(o, step, parent))
		return GCV_OK;
	made = &o->way.steps[o->way.nr_steps++];
	*made = (struct gcv_explain_step){ .kind = step->kind,
					   .text = step->text,
					   .parent = parent,
					   .depth = depth,
					   .is_branch = is_branch,
					   .site = GCV_NONE };
	return gcv_explain_place(o->s, step->file, step->line, step->function, &made->place, err);
}

/** struct visit - a step whose turn is to come */
struct visit {
	uint32_t at, parent, depth;
	bool is_branch;
};

/* Depth first with a stack of its own: what the database says may be as deep as it is long. */
static enum gcv_status walk(struct order *o, uint32_t root, struct gcv_err *err)
{
	GCV_AUTOFREE struct visit *stack = gcv_zalloc(o->nr + 1, sizeof(*stack));
	uint32_t nr = 0, first = GCV_NONE, nr_children, made;
	enum gcv_status st;

	stack[nr++] = (struct visit){ root, GCV_NONE, 0, false };
	while (nr) {
		struct visit v = stack[--nr];
		uint32_t next = v.is_branch ? next_child(o, v.at) : GCV_NONE;

		if (next != GCV_NONE)
			stack[nr++] = (struct visit){ next, v.parent, v.depth, true };
		st = add(o, v.at, v.parent, v.depth, v.is_branch, err);
		if (st != GCV_OK)
			return st;
		made = o->way.nr_steps - 1;
		nr_children = children(o, v.at, &first);
		if (nr_children)
			stack[nr++] = (struct visit){ first, made, v.depth + (nr_children > 1),
						      nr_children > 1 };
	}
	return GCV_OK;
}

static void begin(struct order *o, struct gcv_explain_state *s, const struct gcv_result_step *steps,
		  uint32_t nr)
{
	*o = (struct order){ .s = s, .steps = steps, .nr = nr, .way.site = GCV_NONE };
	o->way.steps = gcv_arena_alloc(&s->explain->arena, sizeof(*o->way.steps) * (nr + 1));
}

enum gcv_status gcv_explain_tree(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t nr, struct gcv_explain_way *ret, struct gcv_err *err)
{
	struct order o;
	uint32_t i;

	begin(&o, s, steps, nr);
	for (i = 0; i < nr; i++) {
		enum gcv_status st;

		if (steps[i].parent != GCV_NONE || is_kind(&steps[i], "use"))
			continue;
		st = walk(&o, i, err);
		if (st != GCV_OK)
			return st;
	}
	*ret = o.way;
	return GCV_OK;
}

enum gcv_status gcv_explain_path(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t leaf, struct gcv_explain_way *ret, struct gcv_err *err)
{
	GCV_AUTOFREE uint32_t *path = gcv_zalloc(leaf + 1, sizeof(*path));
	uint32_t nr = 0, at;
	struct order o;

	begin(&o, s, steps, leaf + 1);
	for (at = leaf; at != GCV_NONE; at = steps[at].parent)
		path[nr++] = at;
	while (nr) {
		uint32_t parent = o.way.nr_steps ? o.way.nr_steps - 1 : GCV_NONE;
		enum gcv_status st = add(&o, path[--nr], parent, 0, false, err);

		if (st != GCV_OK)
			return st;
	}
	*ret = o.way;
	return GCV_OK;
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_explain_step *x = a, *y = b;
	int order = strcmp(x->place.file, y->place.file);

	if (order)
		return order;
	if (x->place.line != y->place.line)
		return x->place.line < y->place.line ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* What is done in one place is one step. */
static void merge(struct gcv_explain_state *s, struct gcv_explain_way *way)
{
	uint32_t i, nr = 0;

	for (i = 0; i < way->nr_steps; i++) {
		struct gcv_explain_step *last = nr ? &way->steps[nr - 1] : NULL;
		const struct gcv_explain_step *step = &way->steps[i];

		if (last && last->place.line == step->place.line &&
		    strcmp(last->place.file, step->place.file) == 0)
			last->text = gcv_arena_printf(&s->explain->arena, "%s, %s", last->text,
						      step->text);
		else
			way->steps[nr++] = *step;
	}
	way->nr_steps = nr;
}

enum gcv_status gcv_explain_uses(struct gcv_explain_state *s, const struct gcv_result_step *steps,
				 uint32_t nr, struct gcv_explain_way *ret, struct gcv_err *err)
{
	struct order o;
	uint32_t i;

	begin(&o, s, steps, nr);
	for (i = 0; i < nr; i++) {
		enum gcv_status st;

		if (!is_kind(&steps[i], "use"))
			continue;
		st = add(&o, i, GCV_NONE, 0, false, err);
		if (st != GCV_OK)
			return st;
	}
	if (o.way.nr_steps)
		qsort(o.way.steps, o.way.nr_steps, sizeof(*o.way.steps), by_place);
	merge(s, &o.way);
	*ret = o.way;
	return GCV_OK;
}
