// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"
#include "tree/force.h"
#include "tree/solve.h"

#include <stdlib.h>
#include <string.h>

/** ALTERNATIVES - sets of conditions that are tried for one occurrence */
#define ALTERNATIVES 4

enum gcv_status gcv_scan_text(struct gcv_scan_state *s, struct gcv_scan_file *file,
			      struct gcv_err *err)
{
	if (file->text.buf)
		return GCV_OK;
	return gcv_tree_read(s->options->tree, file->walk->path, &file->text, err);
}

/* Does a condition stand around any of the names? */
static bool has_conditions(const struct gcv_scan_file *file)
{
	uint32_t i;

	for (i = 0; i < file->lexed->nr_occurrences; i++)
		if (gcv_scan_is_code(&file->lexed->occurrences[i]) &&
		    file->lexed->occurrences[i].branch >= 0)
			return true;
	return false;
}

struct gcv_attempt *gcv_scan_attempt_new(struct gcv_scan_state *s, struct gcv_scan_file *file,
					 struct gcv_scan_env *env, enum gcv_unit_kind kind,
					 const char *main_path, const char *main_text,
					 const char *config)
{
	struct gcv_arena *arena = &s->scan->arena;
	struct gcv_attempt *attempt = gcv_arena_alloc(arena, sizeof(*attempt));
	const struct gcv_walk_file *walk = gcv_walk_find(&s->scan->walk, main_path);
	struct gcv_hash hash = { 0 };

	GCV_GROW(s->attempts, s->nr_attempts, s->cap_attempts);
	attempt->job.id = s->nr_attempts;
	s->attempts[s->nr_attempts++] = attempt;
	attempt->file = file;
	attempt->env = env;
	attempt->job.env = env->job_env.id;
	attempt->job.main = gcv_arena_strdup(arena, main_path);
	attempt->job.pch = "";
	if (main_text) {
		struct gcv_memory_file *text = gcv_arena_alloc(arena, 2 * sizeof(*text));

		*text = (struct gcv_memory_file){ attempt->job.main, main_text, strlen(main_text) };
		attempt->job.files = text;
		attempt->job.nr_files = 1;
		hash = gcv_hash_bytes(main_text, strlen(main_text));
	} else if (walk && walk->has_hash) {
		hash = walk->hash;
	}
	attempt->info = (struct gcv_unit_info){ .kind = kind,
						.main_path = attempt->job.main,
						.config = gcv_arena_strdup(arena, config),
						.cause = "",
						.tool = s->options->tool };
	memcpy(attempt->info.main_hash, hash.b, sizeof(attempt->info.main_hash));
	memcpy(attempt->info.env, env->hash, sizeof(attempt->info.env));
	attempt->job.want_skips = !file || has_conditions(file);
	if (file)
		gcv_intern_add(&file->configs, config, strlen(config));
	return attempt;
}

bool gcv_scan_command_hash(struct gcv_scan_state *s, const char *main_path,
			   struct gcv_hash *ret_hash)
{
	GCV_STRBUF_AUTO struct gcv_strbuf all = { 0 };
	const struct gcv_compile_command *command;
	size_t nr = 0, i;

	if (!s->has_commands)
		return false;
	command = gcv_compile_commands_find(&s->commands, main_path, &nr);
	if (!nr)
		return false;
	for (i = 0; i < command->nr_args; i++)
		gcv_strbuf_add(&all, command->argv[i], strlen(command->argv[i]) + 1);
	gcv_strbuf_add(&all, (const char *)s->commands.stamp.b, sizeof(s->commands.stamp.b));
	*ret_hash = gcv_scan_identity(s, gcv_hash_bytes(all.buf ? all.buf : "", all.len));
	return true;
}

/* The arguments that compile_commands.json has for the file; they are the unit's identity too. */
static void add_command(struct gcv_scan_state *s, struct gcv_attempt *attempt,
			struct gcv_args *args)
{
	size_t nr, i;
	const struct gcv_compile_command *command =
		gcv_compile_commands_find(&s->commands, attempt->job.main, &nr);
	struct gcv_hash hash = { 0 };

	for (i = 0; nr && i < command->nr_args; i++)
		gcv_args_add(args, command->argv[i]);
	gcv_scan_command_hash(s, attempt->job.main, &hash);
	memcpy(attempt->info.env, hash.b, sizeof(attempt->info.env));
}

void gcv_scan_attempt_args(struct gcv_scan_state *s, struct gcv_attempt *attempt)
{
	struct gcv_args args = { .arena = &s->scan->arena };
	const char *main_path = attempt->job.main, *dot;

	if (*main_path == '/' && attempt->file)
		main_path = attempt->file->walk->path;
	if (attempt->env->env)
		gcv_env_file_args(attempt->env->env, main_path, &args);
	else
		add_command(s, attempt, &args);
	dot = strrchr(attempt->job.main, '.');
	if (attempt->job.kind != GCV_JOB_PCH && (!dot || strcmp(dot, ".c") != 0)) {
		gcv_args_add(&args, "-x");
		gcv_args_add(&args, "c");
	}
	gcv_args_add(&args, "-iquote");
	gcv_args_add(&args, s->options->tree->root);
	attempt->job.args = args.argv;
	attempt->job.nr_args = (uint32_t)args.nr;
}

bool gcv_scan_attempt_is_special(const struct gcv_attempt *attempt)
{
	uint32_t i;

	for (i = 0; i < attempt->job.nr_args; i++) {
		const char *arg = attempt->job.args[i];

		if (strncmp(arg, "-D", 2) == 0 || strncmp(arg, "-U", 2) == 0 ||
		    strcmp(arg, "-include") == 0)
			return true;
	}
	return false;
}

void gcv_scan_submit(struct gcv_scan_state *s, struct gcv_attempt *attempt)
{
	struct gcv_scan_pch *pch = attempt->pch;

	if (pch && pch->is_building) {
		GCV_GROW(pch->waiting, pch->nr_waiting, pch->cap_waiting);
		pch->waiting[pch->nr_waiting++] = attempt;
		return;
	}
	if (pch && *pch->path) {
		attempt->job.pch = pch->path;
		attempt->info.pch = pch->unit;
	} else {
		attempt->pch = NULL;
	}
	gcv_pool_submit(s->pool, &attempt->job);
}

/* struct lookup - where values of macros are looked up */
struct lookup {
	const struct gcv_tree *tree;
	const struct gcv_scan_env *env;
};

static struct gcv_value lookup_config(void *ctx, const char *name)
{
	const struct lookup *lookup = ctx;
	const struct gcv_scan_env *env = lookup->env;
	struct gcv_value value = { .state = GCV_VALUE_UNKNOWN };
	const char *text;
	char *end;

	if (strcmp(name, "LINUX_VERSION_CODE") == 0)
		return (struct gcv_value){ .state = GCV_VALUE_NUMBER,
					   .number = gcv_tree_version_code(lookup->tree),
					   .is_fixed = true };
	if (strncmp(name, "CONFIG_", 7) != 0 || !env->env)
		return value;
	text = gcv_kconfig_value(gcv_env_kconfig(env->env), name + 7);
	if (!text)
		return (struct gcv_value){ .state = GCV_VALUE_UNDEFINED };
	if (strcmp(text, "y") == 0)
		return (struct gcv_value){ .state = GCV_VALUE_NUMBER, .number = 1 };
	value.number = strtoll(text, &end, 0);
	value.state = end != text && !*end ? GCV_VALUE_NUMBER : GCV_VALUE_TEXT;
	return value;
}

/*
 * An assignment that sets a symbol which only some architectures have leads to one of them, unless
 * the path says what the file belongs to.
 */
static const struct gcv_arch *arch_for(struct gcv_scan_state *s, const struct gcv_scan_file *file,
				       const struct gcv_arch *arch,
				       const struct gcv_assignment *assignment)
{
	size_t nr, k;
	const struct gcv_arch *table = gcv_arch_table(&nr);
	uint32_t i;

	if (gcv_arch_of_path(file->walk->path))
		return arch;
	if (!s->symbols)
		s->symbols = gcv_arch_symbols_new(s->options->tree);
	for (i = 0; i < assignment->nr; i++) {
		const struct gcv_setting *setting = &assignment->settings[i];
		uint64_t archs;

		if (setting->value.state != GCV_VALUE_NUMBER || !setting->value.number)
			continue;
		archs = gcv_arch_symbols_find(s->symbols, setting->name);
		if (!archs || (archs >> (arch - table) & 1))
			continue;
		for (k = 0; k < nr; k++)
			if ((archs >> k & 1) && gcv_arch_exists(s->options->tree, &table[k]))
				return &table[k];
	}
	return arch;
}

/* The main file as it is, and the file itself with the conditions of the assignment forced. */
static enum gcv_status force(struct gcv_scan_state *s, struct gcv_attempt *attempt, int32_t branch,
			     const struct gcv_assignment *assignment, struct gcv_err *err)
{
	struct gcv_scan_file *file = attempt->file;
	GCV_STRBUF_AUTO struct gcv_strbuf forced = { 0 };
	struct gcv_memory_file *files;
	enum gcv_status st = gcv_scan_text(s, file, err);

	if (st == GCV_OK)
		st = gcv_force_conditions(file->text.buf, file->text.len, file->lexed, assignment,
					  branch, NULL, &forced, err);
	if (st != GCV_OK)
		return st;
	files = gcv_arena_alloc(&s->scan->arena, 2 * sizeof(*files));
	if (attempt->job.nr_files)
		files[0] = attempt->job.files[0];
	files[attempt->job.nr_files++] = (struct gcv_memory_file){
		.path = file->walk->path,
		.text = gcv_arena_strndup(&s->scan->arena, forced.buf, forced.len),
		.len = forced.len,
	};
	attempt->job.files = files;
	return GCV_OK;
}

static bool is_tried(const struct gcv_scan_file *file, const char *config)
{
	return gcv_intern_find(&file->configs, config, strlen(config)) != GCV_INTERN_NONE;
}

static struct gcv_attempt *new_attempt(struct gcv_scan_state *s, struct gcv_scan_file *file,
				       struct gcv_scan_env *env, const char *config)
{
	struct gcv_attempt *attempt = gcv_scan_attempt_new(
		s, file, env, file->kind, file->main_path, file->main_text, config);

	gcv_scan_attempt_args(s, attempt);
	return attempt;
}

static void submit(struct gcv_scan_state *s, struct gcv_attempt *attempt)
{
	attempt->file->pending++;
	s->submitted++;
	gcv_scan_submit(s, attempt);
}

void gcv_scan_parse(struct gcv_scan_state *s, struct gcv_scan_file *file, struct gcv_scan_env *env,
		    bool use_pch)
{
	struct gcv_attempt *attempt = new_attempt(s, file, env, env->name);

	attempt->pch = use_pch ? &env->pch : NULL;
	submit(s, attempt);
}

static struct gcv_config_setting *
settings_of(struct gcv_scan_state *s, const struct gcv_assignment *assignment, size_t *ret_nr)
{
	struct gcv_arena *arena = &s->scan->arena;
	struct gcv_config_setting *settings =
		gcv_arena_alloc(arena, sizeof(*settings) * assignment->nr);
	uint32_t i;

	for (i = 0, *ret_nr = 0; i < assignment->nr; i++) {
		const struct gcv_setting *setting = &assignment->settings[i];
		const struct gcv_value *value = &setting->value;
		const char *text = "y";

		if (strncmp(setting->name, "CONFIG_", 7) != 0)
			continue;
		if (value->state == GCV_VALUE_UNDEFINED)
			text = "n";
		else if (value->state == GCV_VALUE_NUMBER && value->number != 1)
			text = gcv_arena_printf(arena, "%lld", (long long)value->number);
		settings[(*ret_nr)++] =
			(struct gcv_config_setting){ .name = gcv_arena_strdup(arena, setting->name),
						     .value = text };
	}
	return settings;
}

/*
 * Try one assignment, in three steps from cheap to thorough: the architecture it asks for as it is;
 * the conditions forced in the file; the whole tree with the symbols set. Say whether something was
 * submitted.
 */
static enum gcv_status try_assignment(struct gcv_scan_state *s, struct gcv_scan_file *file,
				      int32_t branch, const struct gcv_assignment *assignment,
				      bool *ret_submitted, struct gcv_err *err)
{
	const struct gcv_arch *own = file->env->arch ? file->env->arch : gcv_arch_find("x86", 3);
	const struct gcv_arch *arch = arch_for(s, file, own, assignment);
	GCV_STRBUF_AUTO struct gcv_strbuf config = { 0 };
	struct gcv_config_setting *settings;
	struct gcv_scan_env *env, *changed;
	struct gcv_attempt *attempt;
	enum gcv_status st = gcv_scan_env_for(s, arch, &env, err);
	size_t nr;

	if (st != GCV_OK)
		return st;
	*ret_submitted = true;
	if (!is_tried(file, env->name)) {
		gcv_scan_parse(s, file, env, file->kind == GCV_UNIT_SOURCE);
		return GCV_OK;
	}
	gcv_strbuf_addf(&config, "%s ", env->name);
	gcv_assignment_text(assignment, &config);
	if (!is_tried(file, config.buf)) {
		attempt = new_attempt(s, file, env, config.buf);
		attempt->pch = file->kind == GCV_UNIT_SOURCE ? &env->pch : NULL;
		st = force(s, attempt, branch, assignment, err);
		if (st == GCV_OK)
			submit(s, attempt);
		return st;
	}
	gcv_strbuf_addstr(&config, " (whole)");
	*ret_submitted = !is_tried(file, config.buf) && assignment->nr;
	if (!*ret_submitted)
		return GCV_OK;
	settings = settings_of(s, assignment, &nr);
	changed = gcv_scan_env_override(s, env, config.buf, settings, nr);
	attempt = new_attempt(s, file, changed, config.buf);
	st = force(s, attempt, branch, assignment, err);
	if (st == GCV_OK)
		submit(s, attempt);
	return st;
}

/* Find a configuration in which an occurrence is compiled, and submit a parse in it. */
static enum gcv_status try_occurrence(struct gcv_scan_state *s, struct gcv_scan_file *file,
				      uint32_t i, bool *ret_submitted, struct gcv_err *err)
{
	const struct gcv_lexed *lexed = file->lexed;
	struct lookup lookup = { s->options->tree, file->env };
	struct gcv_valuation base = { lookup_config, &lookup };
	int32_t branch = lexed->occurrences[i].branch;
	struct gcv_assignment *alternatives;
	struct gcv_arena arena = { 0 };
	struct gcv_err unsolved;
	enum gcv_status st;
	uint32_t nr, k;

	*ret_submitted = false;
	if (branch < 0 || !(file->marks[i] & GCV_MARK_SKIPPED))
		return GCV_OK;
	st = gcv_condition_solve(lexed, branch, &base, ALTERNATIVES, &arena, &alternatives, &nr,
				 &unsolved);
	/* Not to be solved is no failure: the row of the ledger shows the conditions. */
	if (st != GCV_OK)
		nr = 0;
	for (k = 0, st = GCV_OK; k < nr && st == GCV_OK && !*ret_submitted; k++) {
		st = try_assignment(s, file, branch, &alternatives[k], ret_submitted, err);
		if (st == GCV_ERR_LIMIT) {
			*ret_submitted = false;
			st = GCV_OK;
		}
	}
	gcv_arena_release(&arena);
	return st;
}

enum gcv_status gcv_scan_next(struct gcv_scan_state *s, struct gcv_scan_file *file,
			      struct gcv_err *err)
{
	uint32_t i;

	while (!file->pending && (i = gcv_scan_unseen(file)) != UINT32_MAX) {
		bool submitted;
		enum gcv_status st = try_occurrence(s, file, i, &submitted, err);

		if (st != GCV_OK)
			return st;
		if (!submitted)
			file->marks[i] |= GCV_MARK_GIVEN_UP;
	}
	if (!file->pending)
		gcv_strbuf_release(&file->text);
	return GCV_OK;
}
