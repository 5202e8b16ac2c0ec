// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/analyse.h"

#include "db/program.h"
#include "flow/demand.h"
#include "report/analysis.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t cpu_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static void count(const struct gcv_classification *c, struct gcv_analyse_sums *sums)
{
	const struct gcv_program_facts *facts = &c->flow->input.program->facts;
	uint32_t i;

	for (i = 0; i < c->nr_sites; i++)
		if (strcmp(facts->sites[i].role, "acquire") == 0)
			sums->verdicts[c->sites[i].verdict]++;
}

static enum gcv_status classify(struct gcv_db *db, const char *label, const struct gcv_tree *tree,
				const struct gcv_flow_input *input,
				const struct gcv_result_set *files, struct gcv_analyse_sums *sums,
				struct gcv_err *err)
{
	struct gcv_classification *classification = NULL;
	struct gcv_arena arena = { 0 };
	struct gcv_result_set set;
	struct gcv_lines lines;
	struct gcv_flow *flow;
	enum gcv_status st;

	st = gcv_flow_new(input, &flow, err);
	if (st != GCV_OK)
		return st;
	sums->nr_functions = flow->nr_functions;
	sums->is_limited = flow->graph.is_limited;
	sums->conversion = gcv_classify_default(input->era);
	st = gcv_classify(flow, sums->conversion, &classification, err);
	if (st == GCV_OK) {
		gcv_lines_init(&lines, tree);
		gcv_analysis_results(classification, &lines, &arena, &set);
		set.files = files->files;
		set.nr_files = files->nr_files;
		set.key = files->key;
		st = gcv_db_results_put(db, label, &set, err);
		gcv_lines_release(&lines);
		count(classification, sums);
	}
	gcv_classification_free(classification);
	gcv_flow_free(flow);
	gcv_arena_release(&arena);
	return st;
}

/* Everything up to the program; the caller releases, also after a failure. */
struct program {
	struct gcv_accessors accessors;
	struct gcv_program_source source;
	struct gcv_program *program;
};

static void program_release(struct program *p)
{
	gcv_program_free(p->program);
	gcv_db_program_source_release(&p->source);
	gcv_accessors_release(&p->accessors);
}

static enum gcv_status list_demands(struct gcv_analyse_demand *demand, const struct gcv_flow *flow,
				    struct gcv_scan_demands *ret)
{
	struct gcv_flow_demand *demands;
	const char **names;
	uint32_t nr, i, nr_new = 0;

	gcv_flow_demand(flow, &demand->arena, &demands, &nr);
	names = gcv_arena_alloc(&demand->arena, sizeof(*names) * (nr + 1));
	for (i = 0; i < nr; i++) {
		uint32_t before = demand->names.nr;

		if (gcv_intern_add(&demand->names, demands[i].name, strlen(demands[i].name)) !=
		    before)
			continue;
		GCV_GROW(demand->reasons, demand->nr_reasons, demand->cap_reasons);
		demand->reasons[demand->nr_reasons++] = demands[i].reason;
		names[nr_new++] = gcv_intern_str(&demand->names, before);
	}
	ret->names = names;
	ret->nr = nr_new;
	return GCV_OK;
}

enum gcv_status gcv_analyse_ask(void *ctx, struct gcv_scan *scan, struct gcv_scan_demands *ret,
				struct gcv_err *err)
{
	struct gcv_analyse_demand *demand = ctx;
	struct program p = { 0 };
	struct gcv_flow_input input = { .era = &scan->era, .accessors = &p.accessors };
	struct gcv_flow *flow = NULL;
	uint64_t start = cpu_ms();
	enum gcv_status st = gcv_accessors_load(&p.accessors, err);

	gcv_db_program_source_units(demand->db, scan->units, scan->nr_units, &p.source);
	if (st == GCV_OK)
		st = gcv_program_load(&p.source, &p.program, err);
	if (st == GCV_OK) {
		p.program->cache = &demand->bodies;
		input.program = p.program;
		st = gcv_flow_new(&input, &flow, err);
	}
	if (st == GCV_OK)
		st = list_demands(demand, flow, ret);
	gcv_flow_free(flow);
	program_release(&p);
	demand->cpu_ms += cpu_ms() - start;
	return st;
}

void gcv_analyse_demand_release(struct gcv_analyse_demand *demand)
{
	gcv_intern_release(&demand->names);
	gcv_body_cache_release(&demand->bodies);
	gcv_arena_release(&demand->arena);
	free(demand->reasons);
	free(demand->last);
}

static void list_files(const struct gcv_scan *scan, const struct gcv_analyse_demand *demand,
		       struct gcv_arena *arena, struct gcv_result_set *ret)
{
	struct gcv_result_file *files =
		gcv_arena_alloc(arena, sizeof(*files) * (scan->nr_demanded + 1));
	uint32_t i, at;

	for (i = 0; i < scan->nr_demanded; i++) {
		const struct gcv_scan_demanded *file = &scan->demanded[i];

		at = gcv_intern_find(&demand->names, file->name, strlen(file->name));
		files[i] = (struct gcv_result_file){ .path = file->path,
						     .reason = at == GCV_INTERN_NONE
								       ? file->name
								       : demand->reasons[at] };
	}
	ret->files = files;
	ret->nr_files = scan->nr_demanded;
}

enum gcv_status gcv_analyse(struct gcv_db *db, const char *label, const struct gcv_tree *tree,
			    const struct gcv_scan *scan, struct gcv_analyse_demand *demand,
			    const struct gcv_hash *key, struct gcv_analyse_sums *ret_sums,
			    struct gcv_err *err)
{
	struct program p = { 0 };
	struct gcv_flow_input input = { .era = &scan->era, .accessors = &p.accessors };
	struct gcv_analyse_sums sums = { .nr_demanded = scan->nr_demanded };
	struct gcv_result_set files = { 0 };
	struct gcv_arena arena = { 0 };
	uint64_t start = cpu_ms();
	enum gcv_status st;

	st = gcv_accessors_load(&p.accessors, err);
	if (st == GCV_OK)
		st = gcv_db_program_source(db, label, &p.source, err);
	if (st == GCV_OK)
		st = gcv_program_load(&p.source, &p.program, err);
	if (st == GCV_OK) {
		p.program->cache = &demand->bodies;
		input.program = p.program;
		list_files(scan, demand, &arena, &files);
		files.key = key ? key->b : NULL;
		st = classify(db, label, tree, &input, &files, &sums, err);
	}
	program_release(&p);
	gcv_arena_release(&arena);
	sums.cpu_ms = cpu_ms() - start + demand->cpu_ms;
	if (st == GCV_OK)
		*ret_sums = sums;
	return st;
}

static enum gcv_status take_file(void *data, const struct gcv_result_file *file,
				 struct gcv_err *err)
{
	struct gcv_analyse_demand *demand = data;

	(void)err;
	GCV_GROW(demand->last, demand->nr_last, demand->cap_last);
	demand->last[demand->nr_last++] = gcv_arena_strdup(&demand->arena, file->path);
	return GCV_OK;
}

enum gcv_status gcv_analyse_remember(struct gcv_analyse_demand *demand, const char *label,
				     struct gcv_err *err)
{
	enum gcv_status st =
		gcv_db_results_key(demand->db, label, demand->known.b, &demand->has_known, err);

	if (st == GCV_OK && demand->has_known)
		st = gcv_db_result_files(demand->db, label, NULL, take_file, demand, err);
	return st;
}

bool gcv_analyse_knows(void *ctx, const struct gcv_scan *scan, const int64_t *units,
		       uint32_t nr_units)
{
	const struct gcv_analyse_demand *demand = ctx;
	struct gcv_hash key;

	return demand->has_known && gcv_analysis_key(&demand->basis, scan, units, nr_units, &key) &&
	       gcv_hash_equal(&key, &demand->known);
}

static enum gcv_status count_kept(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct gcv_analyse_sums *sums = data;
	unsigned int i;

	(void)err;
	for (i = 0; site->result && i < GCV_VERDICTS; i++)
		if (strcmp(site->result->verdict, gcv_verdict_name(i)) == 0)
			sums->verdicts[i]++;
	return GCV_OK;
}

/** struct conversion - the first conversion of a snapshot */
struct conversion {
	struct gcv_arena *arena;
	const char *name;
};

static enum gcv_status take_conversion(void *data, const char *name, struct gcv_err *err)
{
	struct conversion *first = data;

	(void)err;
	if (!first->name)
		first->name = gcv_arena_strdup(first->arena, name);
	return GCV_OK;
}

enum gcv_status gcv_analyse_kept(struct gcv_db *db, const char *label, const struct gcv_scan *scan,
				 struct gcv_arena *arena, struct gcv_analyse_sums *ret_sums,
				 struct gcv_err *err)
{
	const struct gcv_site_filter acquires = { .role = "acquire" };
	struct gcv_analyse_sums sums = { .nr_demanded = scan->nr_demanded };
	struct conversion first = { .arena = arena };
	enum gcv_status st = gcv_db_conversions(db, label, take_conversion, &first, err);

	sums.conversion = first.name;
	sums.is_kept = first.name;
	if (st == GCV_OK && sums.is_kept)
		st = gcv_db_sites(db, label, &acquires, count_kept, &sums, err);
	if (st == GCV_OK)
		*ret_sums = sums;
	return st;
}
