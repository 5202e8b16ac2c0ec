// SPDX-License-Identifier: GPL-2.0-only
#include "report/analysis.h"

#include "flow/trace.h"
#include "report/node_place.h"
#include "report/reason_text.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct reached - releases, or uses, that the pages of each acquire reach
 * @first: for each acquire its first entry, or GCV_NONE
 * @entries: index of a release or use, and the next entry
 * @nr: how many
 * @cap: room
 */
struct reached {
	uint32_t *first;
	struct reached_entry {
		uint32_t index, next;
	} * entries;
	uint32_t nr, cap;
};

/**
 * struct maker - state
 * @c: what results are made of
 * @releases: what the pages of acquires reach
 * @uses: the same
 * @acquires_of: for each site its first acquire, or GCV_NONE
 * @releases_of: for each site its first release, or GCV_NONE
 * @next_acquire: for each acquire the next one of the same site
 * @next_release: for each release the same
 * @lines: for line numbers
 * @arena: owns the results
 * @steps: steps of the acquire at hand
 * @nr_steps: how many
 * @cap_steps: room
 */
struct maker {
	const struct gcv_classification *c;
	struct reached releases, uses;
	uint32_t *acquires_of, *releases_of, *next_acquire, *next_release;
	struct gcv_lines *lines;
	struct gcv_arena *arena;
	struct gcv_result_step *steps;
	uint32_t nr_steps, cap_steps;
};

/* Put an entry in front of those of each acquire whose pages are at a place. */
static void reach(const struct gcv_flow *flow, struct reached *reached, uint32_t at, uint32_t index)
{
	const struct gcv_place *place = &flow->graph.places[at];
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &flow->graph.atoms[place->atoms[i].atom];

		if (atom->kind != GCV_ATOM_ACQUIRED)
			continue;
		GCV_GROW(reached->entries, reached->nr, reached->cap);
		reached->entries[reached->nr] =
			(struct reached_entry){ index, reached->first[atom->site] };
		reached->first[atom->site] = reached->nr++;
	}
}

static uint32_t *all_none(size_t nr)
{
	uint32_t *ret = gcv_zalloc(nr + 1, sizeof(*ret));

	memset(ret, 0xff, (nr + 1) * sizeof(*ret));
	return ret;
}

/* From the last on, so that what comes first is found first. */
static void index_flow(struct maker *m)
{
	const struct gcv_flow *flow = m->c->flow;
	uint32_t i;

	m->releases.first = all_none(flow->nr_acquires);
	m->uses.first = all_none(flow->nr_acquires);
	m->acquires_of = all_none(m->c->nr_sites);
	m->releases_of = all_none(m->c->nr_sites);
	m->next_acquire = all_none(flow->nr_acquires);
	m->next_release = all_none(flow->nr_releases);
	for (i = flow->nr_releases; i-- > 0;) {
		reach(flow, &m->releases, flow->releases[i].place, i);
		if (flow->releases[i].site == GCV_NONE)
			continue;
		m->next_release[i] = m->releases_of[flow->releases[i].site];
		m->releases_of[flow->releases[i].site] = i;
	}
	for (i = flow->nr_uses; i-- > 0;)
		reach(flow, &m->uses, flow->uses[i].place, i);
	for (i = flow->nr_acquires; i-- > 0;) {
		if (flow->acquires[i].site == GCV_NONE)
			continue;
		m->next_acquire[i] = m->acquires_of[flow->acquires[i].site];
		m->acquires_of[flow->acquires[i].site] = i;
	}
}

static void release_index(struct maker *m)
{
	free(m->releases.first);
	free(m->releases.entries);
	free(m->uses.first);
	free(m->uses.entries);
	free(m->acquires_of);
	free(m->releases_of);
	free(m->next_acquire);
	free(m->next_release);
}

static const struct gcv_function *function_at(const struct maker *m, uint32_t function)
{
	return &m->c->flow->input.program->facts.functions[function];
}

static uint32_t line_of(const struct maker *m, uint32_t function, uint32_t node)
{
	return gcv_node_place(m->lines, function_at(m, function), node).line;
}

static uint32_t add_step(struct maker *m, const char *kind, const char *text, uint32_t function,
			 uint32_t node, uint32_t parent)
{
	const struct gcv_function *fn = function_at(m, function);
	uint32_t line = line_of(m, function, node), i;

	for (i = parent == GCV_NONE ? 0 : parent + 1; i < m->nr_steps; i++) {
		const struct gcv_result_step *step = &m->steps[i];

		if (step->parent == parent && step->line == line && strcmp(step->text, text) == 0 &&
		    strcmp(step->file, fn->file) == 0)
			return i;
	}
	if (m->nr_steps == GCV_ANALYSIS_STEPS)
		return parent;
	GCV_GROW(m->steps, m->nr_steps, m->cap_steps);
	m->steps[m->nr_steps] = (struct gcv_result_step){ .kind = kind,
							  .text = text,
							  .file = fn->file,
							  .line = line,
							  .function = fn->name,
							  .parent = parent };
	return m->nr_steps++;
}

/* The way of an atom that comes up at @node of @function to a release, as steps behind @root. */
static void add_way(struct maker *m, const struct gcv_flow_release *release, uint32_t atom,
		    uint32_t function, uint32_t node, uint32_t root)
{
	struct gcv_trace_step *steps;
	uint32_t nr, i, at = root;

	if (!gcv_graph_arrival(&m->c->flow->graph, release->place, atom))
		return;
	gcv_trace(m->c->flow, release->place, atom, m->arena, &steps, &nr);
	/* That pages of f() come through f() need not be told. */
	i = nr && steps[0].function == function && steps[0].node == node &&
	    strncmp(steps[0].text, "through ", 8) == 0;
	for (; i < nr; i++)
		at = add_step(m, "flow", steps[i].text, steps[i].function, steps[i].node, at);
	add_step(m, "release", gcv_arena_printf(m->arena, "%s() gives them back", release->name),
		 release->function, release->call, at);
}

static const char *use_text(struct maker *m, const struct gcv_flow_use *use)
{
	static const char *const words[GCV_EFFECTS] = {
		[GCV_EFFECT_GET] = "takes another reference",
		[GCV_EFFECT_TRANSFER] = "hands the reference to another owner",
		[GCV_EFFECT_DMA] = "makes their address known to a device",
		[GCV_EFFECT_KERNEL_MAP] = "maps them for the kernel",
		[GCV_EFFECT_READ] = "reads their data",
		[GCV_EFFECT_WRITE] = "writes their data",
		[GCV_EFFECT_USER_MAP] = "maps them into a process",
		[GCV_EFFECT_DIRTY] = "marks them as dirty",
		[GCV_EFFECT_DIRTY_LOCK] = "marks them as dirty under the page lock",
	};

	if (use->effect == GCV_FLOW_LISTED)
		return gcv_arena_printf(m->arena, "put on a list by their own member %s",
					use->name);
	if (use->effect >= GCV_EFFECTS || !words[use->effect])
		return NULL;
	return gcv_arena_printf(m->arena, "%s() %s", use->name, words[use->effect]);
}

static void add_uses(struct maker *m, uint32_t acquire, uint32_t root)
{
	const struct gcv_flow *flow = m->c->flow;
	uint32_t at = m->uses.first[acquire];

	for (; at < m->uses.nr; at = m->uses.entries[at].next) {
		const struct gcv_flow_use *use = &flow->uses[m->uses.entries[at].index];
		const char *text = use_text(m, use);

		if (text)
			add_step(m, "use", text, use->function, use->call, root);
	}
}

/* What happens to the pages of an acquire, as a tree of steps. */
static void make_steps(struct maker *m, uint32_t number)
{
	const struct gcv_flow *flow = m->c->flow;
	const struct gcv_flow_acquire *acquire = &flow->acquires[number];
	const struct gcv_site_class *site;
	uint32_t root, i;

	root = add_step(m, "acquire",
			gcv_arena_printf(m->arena, "%s() hands out pages", acquire->api->name),
			acquire->function, acquire->call, GCV_NONE);
	for (i = m->releases.first[number]; i < m->releases.nr; i = m->releases.entries[i].next)
		add_way(m, &flow->releases[m->releases.entries[i].index], acquire->atom,
			acquire->function, acquire->call, root);
	add_uses(m, number, root);
	site = acquire->site == GCV_NONE ? NULL : &m->c->sites[acquire->site];
	if (site && site->exposed_in)
		add_step(m, "use",
			 gcv_arena_printf(m->arena,
					  "a frame number or an address of theirs is kept in %s",
					  site->exposed_in),
			 site->exposed_function, site->exposed_node, root);
}

static void fill_reasons(struct maker *m, const struct gcv_site_class *site,
			 struct gcv_result *result)
{
	struct gcv_result_reason *reasons =
		gcv_arena_alloc(m->arena, sizeof(*reasons) * (site->nr_reasons + 1));
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++) {
		const struct gcv_reason_at *reason = &site->reasons[i];

		reasons[i] = (struct gcv_result_reason){
			.code = gcv_reason_name(reason->reason),
			.text = gcv_reason_sentence(m->c, result->site, reason, m->arena),
			.file = "",
		};
		if (reason->function == GCV_NONE && reason->node != GCV_NONE) {
			const struct gcv_program_site *partner =
				&m->c->flow->input.program->facts.sites[reason->node];

			reasons[i].file = partner->file;
			reasons[i].line = partner->line;
		} else if (reason->function != GCV_NONE) {
			reasons[i].file = function_at(m, reason->function)->file;
			reasons[i].line = line_of(m, reason->function, reason->node);
		}
	}
	result->reasons = reasons;
	result->nr_reasons = site->nr_reasons;
}

static const char *dirty_word(enum gcv_site_dirty dirty)
{
	static const char *const words[] = {
		[GCV_SITE_DIRTY_UNKNOWN] = "",
		[GCV_SITE_DIRTY_NEVER] = "never",
		[GCV_SITE_DIRTY_ALWAYS] = "always",
		[GCV_SITE_DIRTY_BY_ARGUMENT] = "by-argument",
		[GCV_SITE_DIRTY_CONDITIONAL] = "conditional",
	};

	return words[dirty];
}

static bool is_of_other_origin(const struct gcv_atom *atom)
{
	return atom->kind == GCV_ATOM_UNKNOWN || atom->kind == GCV_ATOM_PARAM ||
	       atom->kind == GCV_ATOM_ORIGIN || atom->origin == GCV_ORIGIN_NEW;
}

/* The reason of a site that tells of the place where an atom comes up. */
static uint32_t reason_at(const struct gcv_site_class *site, const struct gcv_place *source)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].function == source->function &&
		    site->reasons[i].node == source->node)
			return i;
	return GCV_NONE;
}

/*
 * The way of pages to a release that are not of an acquire: one for each reason that names where
 * they come from. @told has a bit for each reason that has its way.
 */
static void add_origin(struct maker *m, const struct gcv_flow_release *release, uint32_t atom,
		       uint32_t *told)
{
	const struct gcv_flow *flow = m->c->flow;
	uint32_t source = gcv_trace_source(flow, release->place, atom);
	const struct gcv_place *place = &flow->graph.places[source];
	const char *name = gcv_trace_name(flow, source);
	const char *text = "pages that are in memory already";
	uint32_t reason = reason_at(&m->c->sites[release->site], place);

	if (!source || place->function == GCV_NONE || reason >= 32 || *told & 1u << reason)
		return;
	*told |= 1u << reason;
	if (place->kind == GCV_PLACE_PARAM)
		text = gcv_arena_printf(m->arena, "callers pass pages as %s", name);
	else if (*name && *name != '*' && *name != '[')
		text = gcv_arena_printf(m->arena, "pages of %s%s", name,
					place->kind == GCV_PLACE_TEMP ? "()" : "");
	add_way(m, release, atom, place->function, place->node,
		add_step(m, "origin", text, place->function, place->node, GCV_NONE));
}

static void make_origins(struct maker *m, const struct gcv_flow_release *release)
{
	const struct gcv_graph *graph = &m->c->flow->graph;
	const struct gcv_place *place = &graph->places[release->place];
	uint32_t i, told = 0;

	for (i = 0; i < place->nr_atoms; i++)
		if (is_of_other_origin(&graph->atoms[place->atoms[i].atom]))
			add_origin(m, release, place->atoms[i].atom, &told);
}

static void fill_steps(struct maker *m, uint32_t site, struct gcv_result *result)
{
	const struct gcv_flow *flow = m->c->flow;
	struct gcv_result_step *steps;
	uint32_t i;

	m->nr_steps = 0;
	for (i = m->acquires_of[site]; i != GCV_NONE; i = m->next_acquire[i])
		make_steps(m, i);
	for (i = m->releases_of[site]; i != GCV_NONE; i = m->next_release[i])
		make_origins(m, &flow->releases[i]);
	if (!m->nr_steps)
		return;
	steps = gcv_arena_alloc(m->arena, sizeof(*steps) * m->nr_steps);
	memcpy(steps, m->steps, sizeof(*steps) * m->nr_steps);
	result->steps = steps;
	result->nr_steps = m->nr_steps;
}

void gcv_analysis_results(const struct gcv_classification *c, struct gcv_lines *lines,
			  struct gcv_arena *arena, struct gcv_result_set *ret_set)
{
	const struct gcv_program_facts *facts = &c->flow->input.program->facts;
	struct gcv_result *results = gcv_arena_alloc(arena, sizeof(*results) * (c->nr_sites + 1));
	struct maker m = { .c = c, .lines = lines, .arena = arena };
	uint32_t i;

	index_flow(&m);
	for (i = 0; i < c->nr_sites; i++) {
		const struct gcv_site_class *site = &c->sites[i];
		bool is_acquire = strcmp(facts->sites[i].role, "acquire") == 0;

		results[i] = (struct gcv_result){
			.site = i,
			.pattern = gcv_pattern_name(site->pattern),
			.verdict = gcv_verdict_name(site->verdict),
			.provenance = is_acquire ? "" : gcv_provenance_name(site->provenance),
			.dirty = dirty_word(site->dirty),
			.pin_case = site->case_nr,
			.partners = site->partners,
			.nr_partners = site->nr_partners,
		};
		if (is_acquire && site->case_nr)
			results[i].longterm = site->is_longterm ? GCV_LONGTERM_DUE
								: GCV_LONGTERM_NO;
		fill_reasons(&m, site, &results[i]);
		fill_steps(&m, i, &results[i]);
	}
	free(m.steps);
	release_index(&m);
	*ret_set = (struct gcv_result_set){ .conversion = c->conversion->name,
					    .results = results,
					    .nr_results = c->nr_sites };
}
