// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

void gcv_scan_add_unit(struct gcv_scan_state *s, int64_t unit, const char *config)
{
	struct gcv_scan *scan = s->scan;
	uint32_t i;

	for (i = 0; i < scan->nr_units; i++)
		if (scan->units[i] == unit)
			return;
	GCV_GROW(scan->units, scan->nr_units, scan->cap_units);
	scan->units[scan->nr_units++] = unit;
	gcv_intern_add(&s->configs, config, strlen(config));
}

void gcv_scan_fail(struct gcv_scan_state *s, const char *path, const char *config, const char *text)
{
	struct gcv_scan *scan = s->scan;
	struct gcv_arena *arena = &scan->arena;

	GCV_GROW(scan->failures, scan->nr_failures, scan->cap_failures);
	scan->failures[scan->nr_failures++] = (struct gcv_scan_failure){
		.path = gcv_arena_strdup(arena, path),
		.config = gcv_arena_strdup(arena, config),
		.text = gcv_arena_strdup(arena, text),
	};
}

void gcv_scan_warn(struct gcv_scan_state *s, const char *text)
{
	struct gcv_scan *scan = s->scan;
	uint32_t i;

	for (i = 0; i < scan->nr_warnings; i++)
		if (strcmp(scan->warnings[i], text) == 0)
			return;
	GCV_GROW(scan->warnings, scan->nr_warnings, scan->cap_warnings);
	scan->warnings[scan->nr_warnings++] = gcv_arena_strdup(&scan->arena, text);
}

static void apply_marks(struct gcv_scan_state *s, const struct gcv_facts *facts)
{
	uint32_t i;

	for (i = 0; i < facts->nr_skips; i++)
		gcv_scan_mark_skip(s, facts->files[facts->skips[i].file].path,
				   facts->skips[i].begin, facts->skips[i].end);
	for (i = 0; i < facts->nr_seen; i++)
		gcv_scan_mark(s, facts->files[facts->seen[i].file].path, facts->seen[i].offset,
			      1u << facts->seen[i].kind);
}

static void note_outside(struct gcv_scan_state *s, const struct gcv_facts *facts,
			 const char *main_path)
{
	const char *build = s->has_commands ? s->commands.build : NULL;
	char folded[PATH_MAX];
	uint32_t i;

	for (i = 0; i < facts->nr_outside; i++) {
		/* A build generates headers in its own folder. */
		if (build && gcv_compile_path(build, facts->outside[i], folded) &&
		    gcv_compile_inside(build, folded))
			continue;
		gcv_scan_warn(s, gcv_arena_printf(&s->scan->arena,
						  "%s includes %s, which lies outside of the tree",
						  main_path, facts->outside[i]));
	}
}

/* Why names may stay unseen in the file: its first error. */
static void note_cause(struct gcv_scan_state *s, struct gcv_scan_file *file,
		       const struct gcv_facts *facts)
{
	const struct gcv_fact_error *error;

	if (!file || file->cause || !facts->nr_errors_all)
		return;
	error = &facts->errors[0];
	file->cause =
		gcv_arena_printf(&s->scan->arena, "%s:%u: %s",
				 error->file == GCV_NONE ? "?" : facts->files[error->file].path,
				 error->line, error->text);
}

/*
 * libclang saw forced copies of some files, whose facts are about the files, and files that exist
 * in memory only, whose hash the worker does not know.
 */
static void restore_hashes(struct gcv_scan_state *s, const struct gcv_attempt *attempt,
			   const struct gcv_facts *facts)
{
	uint32_t i, k;

	for (i = 0; i < attempt->job.nr_files; i++) {
		const struct gcv_memory_file *memory = &attempt->job.files[i];
		const struct gcv_scan_file *file = gcv_scan_file_of(s, memory->path);
		struct gcv_hash hash = file ? file->hash
					    : gcv_hash_bytes(memory->text, memory->len);

		for (k = 0; k < facts->nr_files; k++)
			if (strcmp(facts->files[k].path, memory->path) == 0)
				memcpy(facts->files[k].hash, hash.b, sizeof(hash.b));
	}
}

/* Keep a unit: its facts go to the store, what it saw into the ledger. */
static enum gcv_status accept_unit(struct gcv_scan_state *s, struct gcv_attempt *attempt,
				   struct gcv_unit_info *info, const struct gcv_facts *facts,
				   int64_t *ret_unit, struct gcv_err *err)
{
	struct gcv_scan_sums *sums = &s->scan->sums;
	enum gcv_status st;
	int64_t unit;

	if (facts)
		restore_hashes(s, attempt, facts);
	if (facts && facts->nr_files && facts->files[0].is_main)
		memcpy(info->main_hash, facts->files[0].hash, sizeof(info->main_hash));
	info->status = !facts		       ? GCV_UNIT_FAILED
		       : facts->nr_errors_main ? GCV_UNIT_ERRORS
					       : GCV_UNIT_OK;
	st = s->options->store->put(s->options->store->ctx, info, facts, &unit, err);
	if (st != GCV_OK)
		return st;
	/* A precompiled header comes with the units that start from it. */
	if (info->kind != GCV_UNIT_PCH) {
		gcv_scan_add_unit(s, unit, info->config);
		sums->units_parsed++;
	}
	sums->units_failed += !facts;
	if (facts) {
		sums->units_with_errors += facts->nr_errors_main != 0;
		note_cause(s, attempt->file, facts);
		note_outside(s, facts, info->main_path);
		apply_marks(s, facts);
	}
	if (ret_unit)
		*ret_unit = unit;
	return GCV_OK;
}

static enum gcv_status release_waiting(struct gcv_scan_state *s, struct gcv_scan_pch *pch)
{
	uint32_t i;

	pch->is_building = false;
	for (i = 0; i < pch->nr_waiting; i++)
		gcv_scan_submit(s, pch->waiting[i]);
	pch->nr_waiting = 0;
	return GCV_OK;
}

static enum gcv_status take_pch(struct gcv_scan_state *s, struct gcv_attempt *attempt,
				const struct gcv_facts *facts, struct gcv_err *err)
{
	struct gcv_scan_pch *pch = attempt->pch;
	enum gcv_status st;

	/* Without it everything still works, only slower. */
	if (!facts)
		return release_waiting(s, pch);
	st = accept_unit(s, attempt, &attempt->info, facts, &pch->unit, err);
	if (st != GCV_OK)
		return st;
	pch->path = attempt->job.pch;
	return release_waiting(s, pch);
}

/*
 * The environment in which a file with errors is parsed again: the same, or where the Makefiles say
 * that the configuration does not build the file, one that does.
 */
static struct gcv_scan_env *env_that_builds(struct gcv_scan_state *s, struct gcv_attempt *attempt,
					    const char **ret_config)
{
	struct gcv_arena *arena = &s->scan->arena;
	const struct gcv_config_setting *unmet;
	const char *config = attempt->env->name;
	size_t nr = 0, i;

	*ret_config = attempt->info.config;
	if (!attempt->env->env)
		return attempt->env;
	unmet = gcv_env_unmet(attempt->env->env, attempt->job.main, arena, &nr);
	if (!nr)
		return attempt->env;
	for (i = 0; i < nr; i++)
		config = gcv_arena_printf(arena, "%s %s%s=%s", config,
					  strncmp(unmet[i].name, "CONFIG_", 7) ? "CONFIG_" : "",
					  unmet[i].name, unmet[i].value ? unmet[i].value : "n");
	*ret_config = config;
	return gcv_scan_env_override(s, attempt->env, config, unmet, nr);
}

/* The same once more; @env and @config may be others. */
static struct gcv_attempt *repeat(struct gcv_scan_state *s, struct gcv_attempt *attempt,
				  struct gcv_scan_env *env, const char *config)
{
	struct gcv_attempt *again = gcv_scan_attempt_new(s, attempt->file, env, attempt->info.kind,
							 attempt->job.main, NULL, config);

	again->job.files = attempt->job.files;
	again->job.nr_files = attempt->job.nr_files;
	gcv_scan_attempt_args(s, again);
	return again;
}

static enum gcv_status submit_again(struct gcv_scan_state *s, struct gcv_attempt *again)
{
	again->file->pending++;
	s->submitted++;
	gcv_scan_submit(s, again);
	return GCV_OK;
}

/*
 * Errors with a precompiled header may come from it, and others from a configuration that does not
 * build the file. Where nothing is different but that there was a precompiled header, the small one
 * is tried first.
 */
static enum gcv_status repeat_first(struct gcv_scan_state *s, struct gcv_attempt *attempt,
				    const struct gcv_answer *answer, uint32_t nr_errors,
				    bool *ret_submitted)
{
	const char *config;
	struct gcv_scan_env *env = env_that_builds(s, attempt, &config);
	struct gcv_attempt *again;

	*ret_submitted = attempt->pch || env != attempt->env;
	if (!*ret_submitted)
		return GCV_OK;
	again = repeat(s, attempt, env, config);
	if (env == attempt->env && !gcv_scan_attempt_is_special(again))
		again->pch = gcv_scan_env_common_pch(s, env);
	gcv_strbuf_add(&again->kept, answer->facts, answer->facts_len);
	again->kept_info = attempt->info;
	again->kept_errors = nr_errors;
	return submit_again(s, again);
}

/* The small precompiled header was in the way too; what was kept before it is kept on. */
static enum gcv_status repeat_whole(struct gcv_scan_state *s, struct gcv_attempt *attempt)
{
	struct gcv_attempt *again = repeat(s, attempt, attempt->env, attempt->info.config);

	again->kept = attempt->kept;
	attempt->kept = (struct gcv_strbuf){ 0 };
	again->kept_info = attempt->kept_info;
	again->kept_errors = attempt->kept_errors;
	return submit_again(s, again);
}

/*
 * The repetition of an attempt is answered: keep the better one. The first was not put into the
 * store until now.
 */
static enum gcv_status choose(struct gcv_scan_state *s, struct gcv_attempt *attempt,
			      const struct gcv_facts *facts, struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_facts kept;
	enum gcv_status st;

	if (facts && facts->nr_errors_main < attempt->kept_errors)
		return accept_unit(s, attempt, &attempt->info, facts, NULL, err);
	st = gcv_facts_decode(attempt->kept.buf, attempt->kept.len, &arena, &kept, err);
	if (st == GCV_OK)
		st = accept_unit(s, attempt, &attempt->kept_info, &kept, NULL, err);
	gcv_arena_release(&arena);
	return st;
}

static enum gcv_status take_facts(struct gcv_scan_state *s, struct gcv_attempt *attempt,
				  const struct gcv_answer *answer, const struct gcv_facts *facts,
				  struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	bool submitted = false;

	if (attempt->info.kind == GCV_UNIT_PCH)
		return take_pch(s, attempt, facts, err);
	if (attempt->info.kind == GCV_UNIT_ERA) {
		if (facts)
			gcv_scan_era_take(s, facts);
		return accept_unit(s, attempt, &attempt->info, facts, NULL, err);
	}
	if (attempt->kept.len && attempt->pch && (!facts || facts->nr_errors_main))
		return repeat_whole(s, attempt);
	if (attempt->kept.len)
		return choose(s, attempt, facts, err);
	/* Forced conditions bring errors of their own, which the whole tree parsed again keeps. */
	if (facts && attempt->info.kind == GCV_UNIT_SOURCE && facts->nr_errors_main &&
	    !strchr(attempt->info.config, ' '))
		st = repeat_first(s, attempt, answer, facts->nr_errors_main, &submitted);
	if (st != GCV_OK || submitted)
		return st;
	return accept_unit(s, attempt, &attempt->info, facts, NULL, err);
}

/* libclang refuses what compile_commands.json says of a file: our own flags are better than none.
 */
static enum gcv_status parse_without_command(struct gcv_scan_state *s, struct gcv_attempt *attempt,
					     const char *message, struct gcv_err *err)
{
	struct gcv_scan_file *file = attempt->file;
	enum gcv_status st = gcv_scan_text(s, file, err);

	gcv_scan_warn(s, gcv_arena_printf(&s->scan->arena,
					  "%s: the flags of the compile commands are not used: %s",
					  attempt->info.main_path, message));
	if (st == GCV_OK)
		st = gcv_scan_env_for(s,
				      gcv_arch_pick(s->options->tree, file->walk->path,
						    file->text.buf, file->text.len),
				      &file->env, err);
	if (st == GCV_OK)
		gcv_scan_parse(s, file, file->env, true);
	return st;
}

static enum gcv_status on_answer(const struct gcv_answer *answer, void *data, struct gcv_err *err)
{
	struct gcv_scan_state *s = data;
	struct gcv_attempt *attempt = s->attempts[answer->job->id];
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts;
	const char *message = answer->message;
	enum gcv_status st = answer->status;
	struct gcv_err damage;

	if (st == GCV_OK) {
		st = gcv_facts_decode(answer->facts, answer->facts_len, &arena, &facts, &damage);
		message = damage.text;
	}
	attempt->info.cpu_us = answer->cpu_us;
	attempt->info.max_rss_kib = answer->rss_kib;
	if (answer->rss_kib > s->scan->sums.worker_rss_kib)
		s->scan->sums.worker_rss_kib = answer->rss_kib;
	if (st == GCV_ERR_FORMAT && attempt->file && !attempt->env->env) {
		attempt->file->pending--;
		s->done++;
		return parse_without_command(s, attempt, message, err);
	}
	if (st != GCV_OK) {
		attempt->info.cause = gcv_arena_strdup(&s->scan->arena, message);
		gcv_scan_fail(s, attempt->info.main_path, attempt->info.config, message);
		if (attempt->file && !attempt->file->cause)
			attempt->file->cause = attempt->info.cause;
	}
	if (attempt->file)
		attempt->file->pending--;
	st = take_facts(s, attempt, answer, st == GCV_OK ? &facts : NULL, err);
	gcv_arena_release(&arena);
	gcv_strbuf_release(&attempt->kept);
	if (s->options->progress.update)
		s->options->progress.update(s->options->progress.ctx, ++s->done);
	if (st == GCV_OK && attempt->file)
		st = gcv_scan_next(s, attempt->file, err);
	return st;
}

enum gcv_status gcv_scan_work(struct gcv_scan_state *s, const char *phase, struct gcv_err *err)
{
	if (s->options->progress.phase)
		s->options->progress.phase(s->options->progress.ctx, phase, s->submitted - s->done);
	s->submitted -= s->done;
	s->done = 0;
	return gcv_pool_run(s->pool, on_answer, s, err);
}
