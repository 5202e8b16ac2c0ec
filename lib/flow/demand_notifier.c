// SPDX-License-Identifier: GPL-2.0-only
#include "flow/demand_notifier.h"

#include "flow/notifier.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct search - state
 * @flow: where
 * @arena: owns the result
 * @list: the result
 * @folders: folders of the releases
 * @members: members of tables by which code out of view may come to those that have a notifier near
 * @open: functions near a notifier by which it may
 * @notifiers: what notifiers run
 */
struct search {
	const struct gcv_flow *flow;
	struct gcv_arena *arena;
	struct gcv_demand_list *list;
	struct gcv_intern folders, members, open;
	struct gcv_notifiers notifiers;
};

static const struct gcv_function *function_at(const struct search *s, uint32_t function)
{
	return &s->flow->input.program->facts.functions[function];
}

static void add(struct search *s, struct gcv_flow_demand demand)
{
	GCV_GROW(s->list->demands, s->list->nr, s->list->cap);
	s->list->demands[s->list->nr++] = demand;
}

/* Names as one string, each ended by a newline. */
static const char *lines_of(const struct search *s, const struct gcv_intern *names)
{
	GCV_STRBUF_AUTO struct gcv_strbuf lines = { 0 };
	uint32_t i;

	for (i = 0; i < names->nr; i++)
		gcv_strbuf_addf(&lines, "%s\n", gcv_intern_str(names, i));
	return gcv_arena_strdup(s->arena, lines.buf ? lines.buf : "");
}

/* Has a release pages of get_*() acquires that it does not call, and no others? */
static bool is_asked(const struct search *s, const struct gcv_flow_release *release)
{
	const struct gcv_graph *graph = &s->flow->graph;
	const struct gcv_place *place = &graph->places[release->place];
	bool is_elsewhere = false;
	uint32_t i;

	for (i = 0; release->api && i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &graph->atoms[place->atoms[i].atom];
		const struct gcv_flow_acquire *acquire;

		if (atom->kind == GCV_ATOM_ORIGIN || atom->kind == GCV_ATOM_UNKNOWN)
			return false;
		if (atom->kind != GCV_ATOM_ACQUIRED)
			continue;
		acquire = &s->flow->acquires[atom->site];
		if (acquire->api->reference != GCV_API_REFERENCE_GET ||
		    acquire->api->family != GCV_API_FAMILY_GUP)
			return false;
		is_elsewhere |=
			acquire->function != release->function &&
			!gcv_notifiers_calls(&s->notifiers, release->function, acquire->function);
	}
	return is_elsewhere;
}

static void look_at(struct search *s, const struct gcv_flow_release *release)
{
	const struct gcv_function *fn = function_at(s, release->function);
	const char *slash = strrchr(fn->file, '/');
	bool is_near = gcv_notifiers_are_near(&s->notifiers, release->function);
	struct gcv_way_in *ways;
	uint32_t nr = gcv_notifiers_ways(&s->notifiers, release->function, &ways), i;

	if (nr && slash)
		gcv_intern_add(&s->folders, fn->file, (size_t)(slash - fn->file));
	for (i = 0; is_near && i < nr; i++) {
		const char *name = function_at(s, ways[i].function)->name;

		if (ways[i].member)
			gcv_intern_add(&s->members, ways[i].member, strlen(ways[i].member));
		else if (gcv_notifiers_are_near(&s->notifiers, ways[i].function))
			gcv_intern_add(&s->open, name, strlen(name));
	}
	free(ways);
}

/* The tables whose members the callbacks of notifiers are: struct foo_ops of "struct foo_ops.bar".
 */
static void ask_for_tables(struct search *s)
{
	const struct gcv_accessors *accessors = s->flow->input.accessors;
	const char *folders = lines_of(s, &s->folders);
	struct gcv_intern tables = { 0 };
	uint32_t i;

	for (i = 0; i < accessors->nr_callbacks; i++) {
		const struct gcv_accessor_callback *callback = &accessors->callbacks[i];
		const char *dot = strchr(callback->where, '.');
		const char *name = strrchr(callback->where, ' ');
		uint32_t nr = tables.nr;

		if (callback->context != GCV_CONTEXT_NOTIFIER || !dot || !name || name > dot)
			continue;
		name = gcv_arena_strndup(s->arena, name + 1, (size_t)(dot - name - 1));
		if (gcv_intern_add(&tables, name, strlen(name)) != nr)
			continue;
		add(s, (struct gcv_flow_demand){
			       .name = name,
			       .reason = gcv_arena_printf(
				       s->arena, "pages may be dropped by callbacks of struct %s",
				       name),
			       .folders = folders,
		       });
	}
	gcv_intern_release(&tables);
}

static bool is_in_folder(const struct search *s, uint32_t callback)
{
	const char *file = function_at(s, s->notifiers.callbacks[callback])->file;
	const char *slash = strrchr(file, '/');

	return slash &&
	       gcv_intern_find(&s->folders, file, (size_t)(slash - file)) != GCV_INTERN_NONE;
}

static void ask_for_definitions(struct search *s)
{
	const char *members = lines_of(s, &s->members);
	uint32_t i, nr = 0;

	for (i = 0; i < s->notifiers.nr_unseen && nr < GCV_DEMAND_UNSEEN; i++) {
		const struct gcv_unseen_call *unseen = &s->notifiers.unseen[i];
		const struct gcv_function *callback =
			function_at(s, s->notifiers.callbacks[unseen->callback]);

		if (unseen->depth > GCV_DEMAND_DEPTH || !is_in_folder(s, unseen->callback) ||
		    unseen->callee->kind != GCV_SYMBOL_FUNCTION ||
		    strcmp(unseen->callee->owner, "static") == 0)
			continue;
		add(s, (struct gcv_flow_demand){
			       .name = gcv_arena_strdup(s->arena, unseen->callee->name),
			       .reason = gcv_arena_printf(
				       s->arena, "the notifier callback %s() comes to %s()",
				       callback->name, unseen->callee->name),
			       .is_definition = true,
			       .beside = members,
		       });
		nr++;
	}
}

static void ask_for_callers(struct search *s)
{
	uint32_t i;

	for (i = 0; i < s->open.nr; i++) {
		const char *name = gcv_arena_strdup(s->arena, gcv_intern_str(&s->open, i));

		add(s, (struct gcv_flow_demand){
			       .name = name,
			       .reason = gcv_arena_printf(
				       s->arena, "a notifier may come to a release by %s()", name),
		       });
	}
}

/* Without pins, where a notifier comes from does not decide what is done with an acquire. */
static bool has_pins(const struct gcv_era *era)
{
	size_t i;

	for (i = 0; i < era->nr_entries; i++)
		if (era->entries[i].state != GCV_ERA_ABSENT &&
		    era->entries[i].function->family == GCV_API_FAMILY_PIN)
			return true;
	return false;
}

void gcv_demand_notifiers(const struct gcv_flow *flow, struct gcv_arena *arena,
			  struct gcv_demand_list *list)
{
	struct search s = { .flow = flow, .arena = arena, .list = list };
	uint32_t i;

	gcv_notifiers_build(flow, &s.notifiers);
	for (i = 0; i < flow->nr_releases; i++)
		if (is_asked(&s, &flow->releases[i]))
			look_at(&s, &flow->releases[i]);
	if (s.folders.nr)
		ask_for_tables(&s);
	if (has_pins(flow->input.era)) {
		if (s.members.nr)
			ask_for_definitions(&s);
		ask_for_callers(&s);
	}
	gcv_notifiers_release(&s.notifiers);
	gcv_intern_release(&s.folders);
	gcv_intern_release(&s.members);
	gcv_intern_release(&s.open);
}
