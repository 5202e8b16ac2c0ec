// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/analyse.h"

#include "db/program.h"
#include "db/questions.h"
#include "flow/demand.h"
#include "parse/era_facts.h"
#include "report/analysis.h"
#include "report/faults.h"

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

/**
 * struct target - where results come from and go to
 * @input: what a scan is analysed by, or NULL
 * @skips_results: only faults are wanted
 * @skips_faults: they are there
 */
struct target {
	struct gcv_db *db;
	const char *label;
	const char *conversion;
	const struct gcv_tree *tree;
	const struct gcv_era *era;
	struct gcv_body_cache *bodies;
	const struct gcv_analyse_input *input;
	bool skips_results, skips_faults;
};

/* @set: files and key. */
static enum gcv_status put_results(const struct target *t,
				   const struct gcv_classification *classification,
				   struct gcv_lines *lines, struct gcv_result_set *set,
				   struct gcv_err *err)
{
	const struct gcv_result_set given = *set;
	struct gcv_arena arena = { 0 };
	enum gcv_status st;

	gcv_analysis_results(classification, lines, &arena, set);
	set->files = given.files;
	set->nr_files = given.nr_files;
	set->key = given.key;
	st = gcv_db_results_put(t->db, t->label, set, err);
	gcv_arena_release(&arena);
	return st;
}

static void count_fault(const struct gcv_result_fault *fault, struct gcv_analyse_sums *sums)
{
	unsigned int i;

	for (i = 0; i < GCV_CONFIDENCES; i++)
		if (strcmp(fault->confidence, gcv_confidence_name(i)) == 0)
			sums->faults[i]++;
}

static enum gcv_status put_faults(const struct target *t,
				  const struct gcv_classification *classification,
				  struct gcv_lines *lines, const uint8_t *key,
				  struct gcv_analyse_sums *sums, struct gcv_err *err)
{
	struct gcv_result_fault_set set;
	struct gcv_faults faults;
	struct gcv_arena arena = { 0 };
	enum gcv_status st;
	uint32_t i;

	gcv_check(classification, &faults);
	gcv_analysis_faults(classification, &faults, lines, &arena, &set);
	set.key = key;
	for (i = 0; i < set.nr_faults; i++)
		count_fault(&set.faults[i], sums);
	st = gcv_db_faults_put(t->db, t->label, &set, err);
	gcv_arena_release(&arena);
	gcv_faults_release(&faults);
	return st;
}

static enum gcv_status put(const struct target *t, const struct gcv_classification *classification,
			   struct gcv_result_set *set, struct gcv_analyse_sums *sums,
			   struct gcv_err *err)
{
	struct gcv_lines lines;
	enum gcv_status st = GCV_OK;

	gcv_lines_init(&lines, t->tree);
	if (!t->skips_results)
		st = put_results(t, classification, &lines, set, err);
	if (st == GCV_OK && !t->skips_faults)
		st = put_faults(t, classification, &lines, set->key, sums, err);
	gcv_lines_release(&lines);
	return st;
}

static enum gcv_status classify(const struct target *t, const struct gcv_flow_input *input,
				struct gcv_result_set *set, struct gcv_analyse_sums *sums,
				struct gcv_err *err)
{
	struct gcv_classification *classification = NULL;
	struct gcv_flow *flow;
	enum gcv_status st;

	st = gcv_flow_new(input, &flow, err);
	if (st != GCV_OK)
		return st;
	sums->nr_functions = flow->nr_functions;
	sums->is_limited = flow->graph.is_limited;
	sums->conversion = t->conversion ? t->conversion : gcv_classify_default(input->era);
	st = gcv_classify(flow, sums->conversion, &classification, err);
	if (st == GCV_OK) {
		st = put(t, classification, set, sums, err);
		count(classification, sums);
	}
	gcv_classification_free(classification);
	gcv_flow_free(flow);
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

/* What was not asked for before. */
static void list_demands(struct gcv_analyse_demand *demand, const struct gcv_db_question *question,
			 struct gcv_scan_demands *ret)
{
	struct gcv_scan_wanted *wanted =
		gcv_arena_alloc(&demand->arena, sizeof(*wanted) * (question->nr + 1));
	uint32_t i, nr_new = 0;

	for (i = 0; i < question->nr; i++) {
		const struct gcv_flow_demand *d = &question->demands[i];
		const char *key = gcv_arena_printf(&demand->arena, "%s %d %s", d->name,
						   d->is_definition, d->folders ? d->folders : "");
		uint32_t before = demand->names.nr;

		gcv_intern_add(&demand->wanted, d->name, strlen(d->name));
		if (gcv_intern_add(&demand->names, key, strlen(key)) == before)
			wanted[nr_new++] = (struct gcv_scan_wanted){
				.name = d->name,
				.reason = d->reason,
				.is_definition = d->is_definition,
				.folders = d->folders,
				.beside = d->beside,
			};
	}
	ret->wanted = wanted;
	ret->nr = nr_new;
}

/* Follow the pages as far as they are in view. */
static enum gcv_status follow(struct gcv_analyse_demand *demand, const struct gcv_flow_input *input,
			      struct gcv_db_question *ret, struct gcv_err *err)
{
	struct gcv_flow_demand *demands;
	struct gcv_flow *flow;
	enum gcv_status st = gcv_flow_new(input, &flow, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	gcv_flow_demand(flow, &demand->arena, &demands, &ret->nr);
	/* Names may be the program's, which is not kept. */
	for (i = 0; i < ret->nr; i++)
		demands[i].name = gcv_arena_strdup(&demand->arena, demands[i].name);
	ret->demands = demands;
	gcv_flow_free(flow);
	return GCV_OK;
}

/* A program that was asked once has answered. */
static enum gcv_status ask(struct gcv_analyse_demand *demand, const struct gcv_flow_input *input,
			   struct gcv_db_question *ret, struct gcv_err *err)
{
	bool is_known = demand->basis.is_known, is_found = false;
	enum gcv_status st = GCV_OK;

	if (is_known)
		st = gcv_analysis_question(&demand->basis, input->era, input->program, &ret->key,
					   err);
	if (st == GCV_OK && is_known && demand->uses_answers)
		st = gcv_db_question(demand->db, &ret->key, &demand->arena, ret, &is_found, err);
	if (st == GCV_OK && !is_found)
		st = follow(demand, input, ret, err);
	if (st == GCV_OK && is_known) {
		GCV_GROW(demand->asked, demand->nr_asked, demand->cap_asked);
		demand->asked[demand->nr_asked++] = *ret;
	}
	return st;
}

/* Everything that the units of a scan hold. */
static enum gcv_status load_units(struct gcv_analyse_demand *demand, const struct gcv_scan *scan,
				  struct program *p, struct gcv_err *err)
{
	enum gcv_status st = gcv_accessors_load(&p->accessors, err);

	gcv_db_program_source_units(demand->db, scan->units, scan->nr_units, &p->source);
	if (st == GCV_OK)
		st = gcv_program_load(&p->source, &p->program, err);
	if (st == GCV_OK)
		p->program->cache = &demand->bodies;
	return st;
}

enum gcv_status gcv_analyse_ask(void *ctx, struct gcv_scan *scan, struct gcv_scan_demands *ret,
				struct gcv_err *err)
{
	struct gcv_analyse_demand *demand = ctx;
	struct gcv_db_question question = { 0 };
	struct program p = { 0 };
	struct gcv_flow_input input = { .era = &scan->era, .accessors = &p.accessors };
	uint64_t start = cpu_ms();
	enum gcv_status st = load_units(demand, scan, &p, err);

	input.program = p.program;
	if (st == GCV_OK)
		st = ask(demand, &input, &question, err);
	if (st == GCV_OK)
		list_demands(demand, &question, ret);
	demand->has_asked = st == GCV_OK;
	program_release(&p);
	demand->cpu_ms += cpu_ms() - start;
	return st;
}

enum gcv_status gcv_analyse_facts(struct gcv_analyse_demand *demand, const struct gcv_scan *scan,
				  const struct gcv_tree *tree, struct gcv_hash *ret_facts,
				  bool *ret_known, struct gcv_err *err)
{
	struct program p = { 0 };
	uint64_t start = cpu_ms();
	enum gcv_status st;

	*ret_known = false;
	if (!demand->basis.is_known)
		return GCV_OK;
	st = load_units(demand, scan, &p, err);
	if (st == GCV_OK)
		st = gcv_analysis_facts(&demand->basis, scan, p.program, tree, ret_facts, ret_known,
					err);
	program_release(&p);
	demand->cpu_ms += cpu_ms() - start;
	return st;
}

void gcv_analyse_demand_release(struct gcv_analyse_demand *demand)
{
	gcv_intern_release(&demand->names);
	gcv_intern_release(&demand->wanted);
	gcv_body_cache_release(&demand->bodies);
	gcv_arena_release(&demand->arena);
	free(demand->asked);
	free(demand->last);
}

static void list_files(const struct gcv_scan *scan, struct gcv_arena *arena,
		       struct gcv_result_set *ret)
{
	struct gcv_result_file *files =
		gcv_arena_alloc(arena, sizeof(*files) * (scan->nr_demanded + 1));
	uint32_t i;

	for (i = 0; i < scan->nr_demanded; i++)
		files[i] = (struct gcv_result_file){ .path = scan->demanded[i].path,
						     .reason = scan->demanded[i].reason };
	ret->files = files;
	ret->nr_files = scan->nr_demanded;
}

/* What the next scan need not find out again. */
static enum gcv_status keep_answers(const struct gcv_analyse_input *input,
				    struct gcv_program *program, struct gcv_err *err)
{
	struct gcv_analyse_demand *demand = input->demand;
	struct gcv_hash facts;
	bool is_known = false;
	enum gcv_status st = GCV_OK;

	if (demand->nr_asked)
		st = gcv_db_questions_put(input->db, demand->asked, demand->nr_asked, err);
	demand->nr_asked = 0;
	if (st == GCV_OK && input->key)
		st = gcv_analysis_facts(&demand->basis, input->scan, program, input->tree, &facts,
					&is_known, err);
	if (st == GCV_OK && is_known)
		st = gcv_db_result_facts_put(input->db, &facts, input->key, err);
	return st;
}

static enum gcv_status analyse(const struct target *t, struct gcv_result_set *set,
			       struct gcv_analyse_sums *sums, struct gcv_err *err)
{
	struct program p = { 0 };
	struct gcv_flow_input input = { .era = t->era, .accessors = &p.accessors };
	enum gcv_status st = gcv_accessors_load(&p.accessors, err);

	if (st == GCV_OK)
		st = gcv_db_program_source(t->db, t->label, &p.source, err);
	if (st == GCV_OK)
		st = gcv_program_load(&p.source, &p.program, err);
	if (st == GCV_OK) {
		p.program->cache = t->bodies;
		input.program = p.program;
		st = classify(t, &input, set, sums, err);
	}
	if (st == GCV_OK && t->input)
		st = keep_answers(t->input, p.program, err);
	program_release(&p);
	return st;
}

enum gcv_status gcv_analyse(const struct gcv_analyse_input *input,
			    struct gcv_analyse_sums *ret_sums, struct gcv_err *err)
{
	const struct target target = {
		.db = input->db,
		.label = input->label,
		.conversion = input->conversion,
		.tree = input->tree,
		.era = &input->scan->era,
		.bodies = &input->demand->bodies,
		.input = input,
	};
	struct gcv_analyse_sums sums = { .nr_demanded = input->scan->nr_demanded };
	struct gcv_result_set set = { .key = input->key ? input->key->b : NULL };
	struct gcv_arena arena = { 0 };
	uint64_t start = cpu_ms();
	enum gcv_status st;

	list_files(input->scan, &arena, &set);
	st = analyse(&target, &set, &sums, err);
	gcv_arena_release(&arena);
	sums.cpu_ms = cpu_ms() - start + input->demand->cpu_ms;
	if (st == GCV_OK)
		*ret_sums = sums;
	return st;
}

/** struct stored - what a snapshot has already */
struct stored {
	struct gcv_arena arena;
	struct gcv_result_file *files;
	uint32_t nr_files, cap_files;
};

static enum gcv_status take_stored_file(void *data, const struct gcv_result_file *file,
					struct gcv_err *err)
{
	struct stored *s = data;

	(void)err;
	GCV_GROW(s->files, s->nr_files, s->cap_files);
	s->files[s->nr_files++] =
		(struct gcv_result_file){ gcv_arena_strdup(&s->arena, file->path),
					  gcv_arena_strdup(&s->arena, file->reason) };
	return GCV_OK;
}

static enum gcv_status analyse_anew(const struct target *of, const struct gcv_api *api,
				    struct stored *s, struct gcv_err *err)
{
	struct gcv_facts facts = { 0 };
	struct gcv_body_cache bodies = { 0 };
	struct gcv_analyse_sums sums = { 0 };
	struct gcv_result_set set = { 0 };
	struct gcv_era era = { 0 };
	struct target target = *of;
	enum gcv_status st = gcv_db_result_files(of->db, of->label, NULL, take_stored_file, s, err);

	if (st == GCV_OK)
		st = gcv_db_era_decls(of->db, of->label, &s->arena, &facts, err);
	if (st != GCV_OK)
		return st;
	gcv_era_of_facts(api, &facts, &s->arena, &era);
	target.era = &era;
	target.bodies = &bodies;
	set.files = s->files;
	set.nr_files = s->nr_files;
	st = analyse(&target, &set, &sums, err);
	gcv_era_release(&era);
	gcv_body_cache_release(&bodies);
	return st;
}

enum gcv_status gcv_analyse_stored(struct gcv_db *db, const char *label,
				   const struct gcv_tree *tree, const struct gcv_api *api,
				   const char *conversion, struct gcv_err *err)
{
	struct target target = { .db = db, .label = label, .conversion = conversion, .tree = tree };
	struct stored stored = { 0 };
	bool has_results = false;
	enum gcv_status st = gcv_db_has_results(db, label, conversion, &has_results, err);

	if (st == GCV_OK)
		st = gcv_db_has_faults(db, label, &target.skips_faults, err);
	if (st == GCV_OK && !has_results)
		st = analyse_anew(&target, api, &stored, err);
	free(stored.files);
	gcv_arena_release(&stored.arena);
	return st;
}

enum gcv_status gcv_analyse_stored_faults(struct gcv_db *db, const char *label,
					  const struct gcv_tree *tree, const struct gcv_api *api,
					  struct gcv_err *err)
{
	struct target target = { .db = db, .label = label, .tree = tree, .skips_results = true };
	struct stored stored = { 0 };
	enum gcv_status st = gcv_db_has_faults(db, label, &target.skips_faults, err);

	if (st == GCV_OK && !target.skips_faults)
		st = analyse_anew(&target, api, &stored, err);
	free(stored.files);
	gcv_arena_release(&stored.arena);
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

/* How names are looked for is a matter of the program, too. */
static struct gcv_hash search_key(const struct gcv_analyse_demand *demand,
				  const struct gcv_hash *key)
{
	const struct gcv_hash both[2] = { demand->basis.hash, *key };

	return gcv_hash_bytes(both, sizeof(both));
}

bool gcv_analyse_recall(void *ctx, const struct gcv_hash *key, struct gcv_intern *paths)
{
	struct gcv_analyse_demand *demand = ctx;
	struct gcv_hash search = search_key(demand, key);
	struct gcv_db_question question = { 0 };
	struct gcv_err ignored;
	bool is_found = false;
	uint32_t i;

	/* Without it they are looked for. */
	if (!demand->basis.is_known || !demand->uses_answers ||
	    gcv_db_question(demand->db, &search, &demand->arena, &question, &is_found, &ignored) !=
		    GCV_OK)
		return false;
	for (i = 0; i < question.nr; i++)
		gcv_intern_add(paths, question.demands[i].name, strlen(question.demands[i].name));
	return is_found;
}

void gcv_analyse_note(void *ctx, const struct gcv_hash *key, const struct gcv_intern *paths)
{
	struct gcv_analyse_demand *demand = ctx;
	struct gcv_flow_demand *files =
		gcv_arena_alloc(&demand->arena, sizeof(*files) * (paths->nr + 1));
	uint32_t i;

	if (!demand->basis.is_known)
		return;
	for (i = 0; i < paths->nr; i++)
		files[i] = (struct gcv_flow_demand){
			.name = gcv_arena_strdup(&demand->arena, gcv_intern_str(paths, i)),
			.reason = "",
		};
	GCV_GROW(demand->asked, demand->nr_asked, demand->cap_asked);
	demand->asked[demand->nr_asked++] = (struct gcv_db_question){
		.key = search_key(demand, key),
		.demands = files,
		.nr = paths->nr,
	};
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

static enum gcv_status count_kept_fault(void *data, const struct gcv_result_fault *fault,
					struct gcv_err *err)
{
	(void)err;
	count_fault(fault, data);
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
	bool is_checked = false;
	enum gcv_status st = gcv_db_conversions(db, label, take_conversion, &first, err);

	if (st == GCV_OK)
		st = gcv_db_has_faults(db, label, &is_checked, err);
	sums.conversion = first.name;
	sums.is_kept = first.name && is_checked;
	if (st == GCV_OK && sums.is_kept)
		st = gcv_db_sites(db, label, &acquires, count_kept, &sums, err);
	if (st == GCV_OK && sums.is_kept)
		st = gcv_db_faults(db, label, count_kept_fault, &sums, err);
	if (st == GCV_OK)
		*ret_sums = sums;
	return st;
}
