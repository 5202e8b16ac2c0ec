// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan.h"
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_TIMEOUT_MS 60000

/* A translation unit of the kernel needs some 250 MiB. */
#define DEFAULT_MEMORY_MIB 2048

/**
 * ADDRESS_SPACE_MIB - so much more may a worker have at all: what it maps without touching it, and
 * what it takes before we look again
 */
#define ADDRESS_SPACE_MIB 2048

/** INCLUDER_ROUNDS - how often files are looked for that include what is unseen */
#define INCLUDER_ROUNDS 4

static void report_walk(void *ctx, uint64_t nr_files, uint64_t nr_bytes)
{
	struct gcv_scan_state *s = ctx;

	(void)nr_bytes;
	if (s->options->progress.update)
		s->options->progress.update(s->options->progress.ctx, nr_files);
}

void gcv_scan_macros(const struct gcv_walk *walk, const struct gcv_api *api, struct gcv_intern *ret)
{
	uint32_t i, k;

	for (i = 0; i < walk->nr_files; i++) {
		const struct gcv_walk_file *file = &walk->files[i];

		if (file->kind != GCV_WALK_H || file->apart || !file->lexed)
			continue;
		for (k = 0; k < file->lexed->nr_occurrences; k++) {
			const struct gcv_lex_occurrence *o = &file->lexed->occurrences[k];

			if (o->class == GCV_LEX_DIRECTIVE && o->directive == GCV_LEX_DEFINE_BODY &&
			    o->macro && !gcv_api_find(api, o->macro, strlen(o->macro)))
				gcv_intern_add(ret, o->macro, strlen(o->macro));
		}
	}
}

static enum gcv_status macro_names(const struct gcv_scan_state *s, struct gcv_names **ret,
				   struct gcv_err *err)
{
	struct gcv_intern macros = { 0 };
	GCV_AUTOFREE const char **list = NULL;
	enum gcv_status st;
	uint32_t i;

	gcv_scan_macros(&s->scan->walk, s->options->api, &macros);
	list = gcv_zalloc(macros.nr, sizeof(*list));
	for (i = 0; i < macros.nr; i++)
		list[i] = gcv_intern_str(&macros, i);
	st = gcv_names_new(list, macros.nr, ret, err);
	gcv_intern_release(&macros);
	return st;
}

/* The headers tell which macros the source files are searched for besides the API names. */
static enum gcv_status read_files(struct gcv_scan_state *s, const struct gcv_walk_options *options,
				  struct gcv_walk_hits *ret_macro_users, struct gcv_err *err)
{
	const struct gcv_tree *tree = s->options->tree;
	struct gcv_walk *walk = &s->scan->walk;
	struct gcv_names *macros;
	enum gcv_status st;

	st = gcv_names_new(s->options->api->names, (uint32_t)s->options->api->nr_functions,
			   &s->names, err);
	if (st == GCV_OK && s->options->base)
		gcv_scan_base_walk(s, options, walk);
	else if (st == GCV_OK)
		st = gcv_walk(tree, s->names, options, walk, err);
	if (st == GCV_OK)
		st = macro_names(s, &macros, err);
	if (st != GCV_OK)
		return st;
	gcv_walk_finish(tree, walk, s->names, macros, options, ret_macro_users);
	gcv_names_free(macros);
	return GCV_OK;
}

static enum gcv_status walk_tree(struct gcv_scan_state *s, struct gcv_walk_hits *ret_macro_users,
				 struct gcv_err *err)
{
	const struct gcv_scan_options *options = s->options;
	struct gcv_intern hash_paths = { 0 };
	struct gcv_walk_options walk = {
		.paths = options->paths,
		.nr_paths = options->nr_paths,
		.hash_paths = &hash_paths,
		.defer = true,
		/* A scan of files that are known needs nothing else. */
		.words = options->demand.ask && !options->demand.nr_last,
		.threads = options->nr_workers,
		.progress = { report_walk, s },
	};
	enum gcv_status st;
	uint32_t i;

	if (options->progress.phase)
		options->progress.phase(options->progress.ctx, "read", 0);
	gcv_scan_stored_wanted(options, &hash_paths);
	st = read_files(s, &walk, ret_macro_users, err);
	gcv_intern_release(&hash_paths);
	if (st != GCV_OK)
		return st;
	s->scan->sums.files = s->scan->walk.nr_files;
	s->scan->sums.bytes = s->scan->walk.nr_bytes;
	for (i = 0; i < s->scan->walk.nr_failures; i++)
		gcv_scan_fail(s, s->scan->walk.failures[i].path, "",
			      s->scan->walk.failures[i].text);
	return GCV_OK;
}

static bool uses_in_code(const struct gcv_lexed *lexed)
{
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++)
		if (lexed->occurrences[i].class == GCV_LEX_CODE)
			return true;
	return false;
}

static const struct gcv_lexed no_names;

static void add_file(struct gcv_scan_state *s, const struct gcv_walk_file *walk)
{
	struct gcv_scan_file *file = &s->files[s->nr_files++];

	file->walk = walk;
	file->lexed = walk->lexed ? walk->lexed : &no_names;
	file->hash = walk->hash;
	file->marks = gcv_arena_alloc(&s->scan->arena, file->lexed->nr_occurrences + 1);
	file->main_path = walk->path;
	file->kind = GCV_UNIT_SOURCE;
}

void gcv_scan_add_demanded(struct gcv_scan_state *s, const struct gcv_walk_file *file)
{
	add_file(s, file);
	/* One that only speaks of API functions in comments is a candidate already. */
	s->files[s->nr_files - 1].lexed = &no_names;
}

/* Candidates by path: files with API names, and source files that use a macro that calls one. */
static void collect_files(struct gcv_scan_state *s, const struct gcv_walk_hits *macro_users)
{
	const struct gcv_walk *walk = &s->scan->walk;
	uint32_t i;

	/* Room for all: files that are asked for later join them, and attempts point to them. */
	s->files = gcv_zalloc(2 * (size_t)walk->nr_files + 1, sizeof(*s->files));
	for (i = 0; i < walk->nr_files; i++)
		if (walk->files[i].lexed ||
		    (macro_users->lexed[i] && uses_in_code(macro_users->lexed[i])))
			add_file(s, &walk->files[i]);
	s->nr_candidates = s->nr_files;
}

/* Does the syntax tree have something to say about the file? */
static bool needs_parse(const struct gcv_scan_file *file)
{
	uint32_t i;

	if (file->walk->apart)
		return false;
	for (i = 0; i < file->lexed->nr_occurrences; i++) {
		const struct gcv_lex_occurrence *o = &file->lexed->occurrences[i];

		if (o->class == GCV_LEX_CODE ||
		    (o->class == GCV_LEX_DIRECTIVE && o->directive == GCV_LEX_DEFINE_BODY))
			return true;
	}
	return !file->lexed->nr_occurrences;
}

static enum gcv_status fill_overlay(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_overlay *overlay = s->options->tree->overlay;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; overlay && i < overlay->nr_files && st == GCV_OK; i++)
		st = gcv_overlay_add(&s->setup.overlay, overlay->files[i].path,
				     overlay->files[i].text, overlay->files[i].len, err);
	return st;
}

static enum gcv_status fill_setup(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_api *api = s->options->api;
	GCV_STRBUF_AUTO struct gcv_strbuf all = { 0 };
	size_t i;

	s->setup.root = s->options->tree->root;
	for (i = 0; i < api->nr_functions; i++) {
		gcv_intern_add(&s->setup.names, api->names[i], strlen(api->names[i]));
		gcv_strbuf_add(&all, api->names[i], strlen(api->names[i]) + 1);
	}
	s->names_hash = gcv_hash_bytes(all.buf ? all.buf : "", all.len);
	for (i = 0; i < api->nr_prefixes; i++)
		gcv_intern_add(&s->setup.prefixes, api->prefixes[i], strlen(api->prefixes[i]));
	gcv_intern_add(&s->setup.prefixes, "FOLL_", 5);
	gcv_intern_add(&s->setup.prefixes, "gcv_value_", 10);
	for (i = 0; i < s->nr_files; i++)
		if (needs_parse(&s->files[i]))
			gcv_intern_add(&s->setup.candidates, s->files[i].walk->path,
				       strlen(s->files[i].walk->path));
	return fill_overlay(s, err);
}

static enum gcv_status start_pool(struct gcv_scan_state *s, struct gcv_err *err)
{
	struct gcv_pool_options options = {
		.program = s->options->worker,
		.nr_workers = s->options->nr_workers,
		.limits = s->options->limits,
		.setup = &s->setup,
	};

	if (!options.limits.timeout_ms)
		options.limits.timeout_ms = DEFAULT_TIMEOUT_MS;
	if (!options.limits.memory_mib)
		options.limits.memory_mib = DEFAULT_MEMORY_MIB;
	s->setup.scratch = s->options->scratch;
	s->setup.memory_mib = options.limits.memory_mib + ADDRESS_SPACE_MIB;
	return gcv_pool_new(&options, &s->pool, err);
}

/* Before the first worker is started, which is told what it may read. */
static enum gcv_status load_commands(struct gcv_scan_state *s, struct gcv_err *err)
{
	enum gcv_status st = gcv_scan_commands_load(s, err);

	if (st == GCV_OK && s->has_commands)
		s->setup.build = s->commands.build;
	return st;
}

bool gcv_scan_wants_arch(const struct gcv_scan_state *s, const char *arch, size_t len)
{
	const char *at = s->options->archs;

	if (!at)
		return true;
	for (; *at; at += strcspn(at, ","), at += *at == ',')
		if (strcspn(at, ",") == len && strncmp(at, arch, len) == 0)
			return true;
	return false;
}

static enum gcv_status check_archs(const struct gcv_scan_options *options, struct gcv_err *err)
{
	const char *at = options->archs;

	for (; at && *at; at += strcspn(at, ","), at += *at == ',') {
		size_t len = strcspn(at, ",");

		if (!gcv_arch_find(at, len))
			return gcv_err_set(err, GCV_ERR_USAGE, "there is no architecture '%.*s'",
					   (int)len, at);
	}
	return GCV_OK;
}

enum gcv_status gcv_scan_choose_env(struct gcv_scan_state *s, struct gcv_scan_file *file,
				    struct gcv_err *err)
{
	const struct gcv_arch *arch;
	enum gcv_status st;
	size_t nr;

	if (s->has_commands && gcv_compile_commands_find(&s->commands, file->walk->path, &nr)) {
		file->env = gcv_scan_env_commands(s);
		return GCV_OK;
	}
	st = gcv_scan_text(s, file, err);
	if (st != GCV_OK) {
		gcv_scan_fail(s, file->walk->path, "", err->text);
		return GCV_OK;
	}
	arch = gcv_arch_pick(s->options->tree, file->walk->path, file->text.buf, file->text.len);
	if (gcv_scan_wants_arch(s, arch->name, strlen(arch->name)))
		return gcv_scan_env_for(s, arch, &file->env, err);
	file->cause =
		gcv_arena_printf(&s->scan->arena, "architecture %s was not asked for", arch->name);
	return GCV_OK;
}

static int larger_first(const void *a, const void *b)
{
	const struct gcv_scan_file *x = *(struct gcv_scan_file *const *)a;
	const struct gcv_scan_file *y = *(struct gcv_scan_file *const *)b;

	if (x->walk->size_bytes != y->walk->size_bytes)
		return x->walk->size_bytes < y->walk->size_bytes ? 1 : -1;
	return strcmp(x->walk->path, y->walk->path);
}

/*
 * The files that a precompiled header of an environment is made of. One that goes on from the parts
 * of a scan has parsed the candidates elsewhere: the header is to be the one that they had.
 */
static uint32_t pch_files(struct gcv_scan_state *s, const struct gcv_scan_env *env,
			  struct gcv_scan_file **ret)
{
	uint32_t i, nr = 0;

	for (i = 0; s->options->shard.split && i < s->nr_candidates; i++)
		if (s->files[i].env == env && gcv_scan_is_source(s, &s->files[i]))
			ret[nr++] = &s->files[i];
	if (nr)
		qsort(ret, nr, sizeof(*ret), larger_first);
	return nr;
}

static enum gcv_status make_pchs(struct gcv_scan_state *s, struct gcv_scan_file **todo,
				 uint32_t nr_todo, struct gcv_err *err)
{
	GCV_AUTOFREE struct gcv_scan_file **mine = gcv_zalloc(s->nr_files, sizeof(*mine));
	GCV_AUTOFREE struct gcv_scan_file **parts = gcv_zalloc(s->nr_files, sizeof(*parts));
	enum gcv_status st = GCV_OK;
	uint32_t i, k, nr, nr_parts;

	for (i = 0; i < s->nr_envs && st == GCV_OK; i++) {
		bool is_used = false;

		for (k = 0, nr = 0; k < nr_todo; k++) {
			if (todo[k]->env != s->envs[i])
				continue;
			mine[nr++] = todo[k];
			is_used |= !gcv_scan_is_elsewhere(s, todo[k]);
		}
		if (is_used && (nr_parts = pch_files(s, s->envs[i], parts)) != 0)
			st = gcv_scan_env_pch(s, s->envs[i], parts, nr_parts, err);
		if (is_used && st == GCV_OK)
			st = gcv_scan_env_pch(s, s->envs[i], mine, nr, err);
	}
	return st;
}

bool gcv_scan_is_source(struct gcv_scan_state *s, const struct gcv_scan_file *file)
{
	return file->walk->kind == GCV_WALK_C && needs_parse(file) &&
	       !gcv_scan_base_leaves(s, file->walk->path);
}

/* Those of other parts of the scan count, so that a precompiled header is the same in all parts. */
enum gcv_status gcv_scan_sources(struct gcv_scan_state *s, uint32_t first, struct gcv_err *err)
{
	GCV_AUTOFREE struct gcv_scan_file **todo = gcv_zalloc(s->nr_files, sizeof(*todo));
	enum gcv_status st = GCV_OK;
	uint32_t i, nr_todo = 0, nr;

	for (i = first; i < s->nr_files && st == GCV_OK; i++) {
		struct gcv_scan_file *file = &s->files[i];

		if (!gcv_scan_is_source(s, file))
			continue;
		if (gcv_scan_is_elsewhere(s, file)) {
			if (file->env)
				todo[nr_todo++] = file;
			continue;
		}
		st = gcv_scan_stored_use(s, file, GCV_UNIT_SOURCE, file->walk->path, file->hash.b,
					 &nr, err);
		if (st == GCV_OK && nr) {
			file->base_done = true;
			st = gcv_scan_next(s, file, err);
			continue;
		}
		if (st == GCV_OK)
			st = gcv_scan_choose_env(s, file, err);
		/* Each environment takes a while to make: whoever has work may begin. */
		if (st == GCV_OK)
			st = gcv_pool_begin(s->pool, err);
		if (file->env)
			todo[nr_todo++] = file;
	}
	if (st == GCV_OK && nr_todo)
		qsort(todo, nr_todo, sizeof(*todo), larger_first);
	if (st == GCV_OK)
		st = make_pchs(s, todo, nr_todo, err);
	for (i = 0; i < nr_todo && st == GCV_OK; i++) {
		if (gcv_scan_is_elsewhere(s, todo[i]))
			continue;
		todo[i]->base_done = true;
		gcv_scan_parse(s, todo[i], todo[i]->env, true);
	}
	return st;
}

/* Public headers were parsed together; what is unseen in one of them is tried by itself. */
static enum gcv_status flip_headers(struct gcv_scan_state *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < s->nr_files && st == GCV_OK; i++)
		if (s->files[i].kind == GCV_UNIT_HEADERS && s->files[i].env)
			st = gcv_scan_next(s, &s->files[i], err);
	return st;
}

/* What stands in no source file of its own. */
static enum gcv_status parse_headers(struct gcv_scan_state *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (s->options->base)
		st = gcv_scan_stored_use_all(s, err);
	if (st == GCV_OK && !gcv_scan_base_leaves_kind(s, GCV_UNIT_ERA))
		st = gcv_scan_era(s, err);
	if (st == GCV_OK)
		st = gcv_pool_begin(s->pool, err);
	if (st == GCV_OK && !gcv_scan_base_leaves_kind(s, GCV_UNIT_HEADERS))
		st = gcv_scan_headers(s, err);
	return st;
}

static enum gcv_status parse_all(struct gcv_scan_state *s, struct gcv_err *err)
{
	enum gcv_status st = parse_headers(s, err);
	unsigned int round;
	bool any = true;

	if (st == GCV_OK)
		st = gcv_scan_sources(s, 0, err);
	if (st == GCV_OK)
		st = gcv_scan_work(s, "parse", err);
	if (st == GCV_OK)
		st = flip_headers(s, err);
	if (st == GCV_OK)
		st = gcv_scan_work(s, "headers", err);
	for (round = 0; round < INCLUDER_ROUNDS && any && st == GCV_OK; round++) {
		st = gcv_scan_includers(s, &any, err);
		if (st == GCV_OK)
			st = gcv_scan_work(s, "includers", err);
	}
	if (st == GCV_OK)
		st = gcv_scan_demanded(s, err);
	return st;
}

/* Headers that were parsed by themselves are the first part's. */
static enum gcv_status parse_shard(struct gcv_scan_state *s, struct gcv_err *err)
{
	bool is_first = s->options->shard.number == 1;
	enum gcv_status st = gcv_scan_shard_split(s, err);

	if (st == GCV_OK && is_first)
		st = parse_headers(s, err);
	if (st == GCV_OK)
		st = gcv_scan_sources(s, 0, err);
	if (st == GCV_OK)
		st = gcv_scan_work(s, "parse", err);
	if (st == GCV_OK && is_first)
		st = flip_headers(s, err);
	return st == GCV_OK ? gcv_scan_work(s, "headers", err) : st;
}

static enum gcv_status check_split(struct gcv_scan_state *s, struct gcv_err *err)
{
	const uint8_t *split = s->options->shard.split;

	s->scan->split = gcv_scan_split_hash(s);
	if (split && memcmp(split, s->scan->split.b, sizeof(s->scan->split.b)) != 0)
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "the parts are of another tree than %s, or were scanned with "
				   "other options or by another version",
				   s->options->tree->root);
	return GCV_OK;
}

static void release_state(struct gcv_scan_state *s)
{
	uint32_t i;

	if (s->pool) {
		gcv_pool_stop(s->pool);
		s->scan->sums.worker_cpu_us = gcv_pool_cpu_us(s->pool);
		s->scan->unguarded = gcv_arena_strdup(&s->scan->arena, gcv_pool_unguarded(s->pool));
	}
	gcv_pool_free(s->pool);
	for (i = 0; i < s->nr_envs; i++) {
		gcv_scan_pch_release(&s->envs[i]->pch);
		gcv_scan_pch_release(&s->envs[i]->common_pch);
		gcv_env_free(s->envs[i]->env);
	}
	for (i = 0; i < s->nr_files; i++) {
		gcv_strbuf_release(&s->files[i].text);
		gcv_intern_release(&s->files[i].configs);
	}
	for (i = 0; i < s->nr_attempts; i++)
		gcv_strbuf_release(&s->attempts[i]->kept);
	free(s->envs);
	free(s->files);
	free(s->attempts);
	free(s->stored_valid);
	free(s->elsewhere);
	free(s->stored_by_main);
	gcv_intern_release(&s->edited);
	gcv_intern_release(&s->configs);
	gcv_compile_commands_release(&s->commands);
	gcv_arch_symbols_free(s->symbols);
	gcv_setup_release(&s->setup);
	gcv_names_free(s->names);
	gcv_intern_release(&s->demanded);
}

enum gcv_status gcv_scan_run(const struct gcv_scan_options *options, struct gcv_scan **ret_scan,
			     struct gcv_err *err)
{
	struct gcv_scan *scan = gcv_zalloc(1, sizeof(*scan));
	struct gcv_scan_state s = { .options = options, .scan = scan };
	struct gcv_walk_hits macro_users = { 0 };
	enum gcv_status st = check_archs(options, err);

	if (st == GCV_OK)
		st = walk_tree(&s, &macro_users, err);
	if (st == GCV_OK) {
		collect_files(&s, &macro_users);
		st = fill_setup(&s, err);
	}
	if (st == GCV_OK) {
		gcv_scan_stored_prepare(&s);
		st = start_pool(&s, err);
	}
	if (st == GCV_OK && options->compile_commands)
		st = load_commands(&s, err);
	if (st == GCV_OK)
		st = check_split(&s, err);
	if (st == GCV_OK)
		st = options->shard.number ? parse_shard(&s, err) : parse_all(&s, err);
	if (st == GCV_OK) {
		if (!options->shard.number)
			gcv_scan_ledger(&s);
		scan->sums.configs = s.configs.nr;
		scan->sums.units = scan->nr_units;
	}
	gcv_walk_hits_release(&macro_users);
	release_state(&s);
	if (st == GCV_OK)
		*ret_scan = scan;
	else
		gcv_scan_free(scan);
	return st;
}

void gcv_scan_free(struct gcv_scan *scan)
{
	if (!scan)
		return;
	gcv_era_release(&scan->era);
	gcv_walk_release(&scan->walk);
	free(scan->rows);
	free(scan->units);
	free(scan->demanded);
	free(scan->failures);
	free(scan->warnings);
	gcv_arena_release(&scan->arena);
	free(scan);
}
