/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state that the parts of a scan share: files and what was seen in them (scan_seen.c),
 * environments (scan_env.c) and their precompiled headers (scan_pch.c), attempts to parse a file
 * (scan_attempt.c), answers (scan_answer.c), headers and files that others include
 * (scan_includer.c), the era (scan_era.c).
 *
 * A file is parsed again and again, each time in another configuration, until nothing in it is
 * unseen that could be seen; each of these parses is an attempt.
 */
#ifndef GCV_PARSE_SCAN_STATE_H
#define GCV_PARSE_SCAN_STATE_H

#include "parse/flags.h"
#include "parse/pool.h"
#include "parse/scan.h"
#include "tree/assignment.h"

/** GCV_VIRTUAL - folder of files that exist in memory only */
#define GCV_VIRTUAL "/gupconv-virtual/"

/** enum gcv_mark - what is known of an occurrence; bits, the first ones by enum gcv_seen_kind */
enum gcv_mark {
	GCV_MARK_CALL = 1 << GCV_SEEN_CALL,
	GCV_MARK_DECLARATION = 1 << GCV_SEEN_DECLARATION,
	GCV_MARK_DEFINITION = 1 << GCV_SEEN_DEFINITION,
	GCV_MARK_ADDRESS = 1 << GCV_SEEN_ADDRESS,
	GCV_MARK_MACRO = 1 << GCV_SEEN_MACRO,
	GCV_MARK_OTHER = 1 << GCV_SEEN_OTHER,
	GCV_MARK_SKIPPED = 1 << 6,  /* left out in the newest parse */
	GCV_MARK_GIVEN_UP = 1 << 7, /* nothing is left to try */
};

/** GCV_MARK_SEEN - the marks that account for an occurrence */
#define GCV_MARK_SEEN                                                                    \
	(GCV_MARK_CALL | GCV_MARK_DECLARATION | GCV_MARK_DEFINITION | GCV_MARK_ADDRESS | \
	 GCV_MARK_MACRO | GCV_MARK_OTHER)

/**
 * struct gcv_scan_pch - a precompiled header
 * @name: of its file, without suffix
 * @text: what it includes; NULL while it is not known to pay
 * @path: the file, "" while there is none
 * @unit: its unit
 * @is_asked: it was made, or tried, or is being made
 * @is_building: it is being made, attempts wait for it
 * @waiting: attempts that do
 */
struct gcv_scan_pch {
	const char *name;
	const char *text;
	const char *path;
	int64_t unit;
	bool is_asked, is_building;
	struct gcv_attempt **waiting;
	uint32_t nr_waiting, cap_waiting;
};

/**
 * struct gcv_scan_env - flags and virtual headers for one architecture
 * @name: first word of the configurations that use it: the architecture, or "compile-commands"
 * @arch: the architecture; NULL for compile-commands
 * @env: the flags; NULL for compile-commands
 * @job_env: the same for the workers
 * @hash: identity
 * @pch: the precompiled header
 * @common_pch: one of the headers that most files include, for files that have errors with @pch
 */
struct gcv_scan_env {
	const char *name;
	const struct gcv_arch *arch;
	struct gcv_env *env;
	struct gcv_job_env job_env;
	uint8_t hash[16];
	struct gcv_scan_pch pch, common_pch;
};

/**
 * struct gcv_scan_file - a candidate file
 * @walk: what the walk found
 * @lexed: the names in it; none for a file that only uses a macro of a header
 * @hash: of its contents
 * @marks: a byte of enum gcv_mark for each occurrence
 * @text: its text, once asked for
 * @env: environment it is parsed in first
 * @main_path: main file through which it is parsed: itself, a virtual one, or an includer
 * @main_text: text of a virtual main file, else NULL
 * @kind: GCV_UNIT_SOURCE or GCV_UNIT_HEADERS
 * @configs: configurations tried
 * @base_done: it was parsed (or tried) in its first configuration
 * @pending: attempts that are not answered
 * @cause: why occurrences stay unseen: first error or failure, or NULL
 */
struct gcv_scan_file {
	const struct gcv_walk_file *walk;
	const struct gcv_lexed *lexed;
	struct gcv_hash hash;
	uint8_t *marks;
	struct gcv_strbuf text;
	struct gcv_scan_env *env;
	const char *main_path;
	const char *main_text;
	enum gcv_unit_kind kind;
	struct gcv_intern configs;
	bool base_done;
	uint32_t pending;
	const char *cause;
};

/**
 * struct gcv_attempt - a parse of a file in a configuration
 * @job: what the worker is asked
 * @info: what the unit is
 * @file: the file, NULL for a precompiled header and for the era
 * @env: the environment
 * @pch: precompiled header that it starts from, or that it makes; NULL for none
 * @kept: facts of the attempt that this one repeats with fewer precompiled headers, or none
 * @kept_info: what that unit was
 * @kept_errors: its errors in the main file
 */
struct gcv_attempt {
	struct gcv_job job;
	struct gcv_unit_info info;
	struct gcv_scan_file *file;
	struct gcv_scan_env *env;
	struct gcv_scan_pch *pch;
	struct gcv_strbuf kept;
	struct gcv_unit_info kept_info;
	uint32_t kept_errors;
};

/**
 * struct gcv_scan_state - a running scan
 * @options: what and how
 * @scan: the result so far
 * @names: the API names, for the walk
 * @names_hash: identity of the API names: what a unit says depends on them
 * @setup: the same for the workers
 * @demanded: paths of files that were asked for
 * @pool: the workers
 * @envs: environments by name
 * @files: candidate files, by path, and behind them files that were asked for
 * @nr_candidates: how many are candidates
 * @attempts: all attempts, by job id
 * @stored_valid: for each stored unit whether all that it read is unchanged
 * @stored_by_main: numbers of the stored units, by path of the main file
 * @edited: with a base, main files that are to be parsed again
 * @commands: compile_commands.json
 * @has_commands: one is given
 * @symbols: which architecture declares which Kconfig symbol, once asked for
 * @configs: configurations of the units of the snapshot
 * @done: answers so far, for the progress
 * @elsewhere: for each candidate, whether another part of the scan parses it; NULL: none
 */
struct gcv_scan_state {
	const struct gcv_scan_options *options;
	struct gcv_scan *scan;
	struct gcv_names *names;
	struct gcv_hash names_hash;
	struct gcv_setup setup;
	struct gcv_intern demanded;
	struct gcv_pool *pool;
	struct gcv_scan_env **envs;
	uint32_t nr_envs, cap_envs;
	struct gcv_scan_file *files;
	uint32_t nr_files, nr_candidates;
	struct gcv_attempt **attempts;
	uint32_t nr_attempts, cap_attempts;
	bool *stored_valid;
	uint32_t *stored_by_main;
	struct gcv_intern edited;
	struct gcv_compile_commands commands;
	bool has_commands;
	struct gcv_scan_env *commands_env;
	struct gcv_arch_symbols *symbols;
	uint64_t done;
	uint64_t submitted;
	struct gcv_intern configs;
	bool *elsewhere;
};

/* scan_seen.c */

/**
 * gcv_scan_file_of() - a candidate by path
 * @s: the scan
 * @path: relative to the tree
 *
 * Return: the candidate or NULL.
 */
struct gcv_scan_file *gcv_scan_file_of(struct gcv_scan_state *s, const char *path);

/**
 * gcv_scan_mark() - an occurrence was seen
 * @s: the scan
 * @path: file it stands in
 * @offset: where
 * @marks: or-ed enum gcv_mark
 */
void gcv_scan_mark(struct gcv_scan_state *s, const char *path, uint32_t offset, unsigned int marks);

/**
 * gcv_scan_mark_skip() - a range was left out by the preprocessor
 * @s: the scan
 * @path: file
 * @begin: first byte
 * @end: behind the last byte
 */
void gcv_scan_mark_skip(struct gcv_scan_state *s, const char *path, uint32_t begin, uint32_t end);

/**
 * gcv_scan_is_code() - does an occurrence have to be seen in a syntax tree?
 * @occurrence: the occurrence
 *
 * Return: true for program text.
 */
bool gcv_scan_is_code(const struct gcv_lex_occurrence *occurrence);

/**
 * gcv_scan_unseen() - the first occurrence that could still be seen
 * @file: the file
 *
 * Return: its number, or UINT32_MAX.
 */
uint32_t gcv_scan_unseen(const struct gcv_scan_file *file);

/**
 * gcv_scan_ledger() - make the rows of the ledger and the sums
 * @s: the scan
 */
void gcv_scan_ledger(struct gcv_scan_state *s);

/* scan.c */

/**
 * gcv_scan_wants_arch() - was an architecture asked for?
 * @s: the scan
 * @arch: its name
 * @len: length of the name in bytes
 *
 * Return: true where --arch names it, or nothing.
 */
bool gcv_scan_wants_arch(const struct gcv_scan_state *s, const char *arch, size_t len);

/**
 * gcv_scan_is_source() - is a file parsed by itself?
 * @s: the scan
 * @file: the file
 *
 * Return: true for a source file that the syntax tree has something to say about.
 */
bool gcv_scan_is_source(struct gcv_scan_state *s, const struct gcv_scan_file *file);

/**
 * gcv_scan_choose_env() - choose the flags for a source file
 * @s: the scan
 * @file: its @env is set: from compile_commands.json, or by its architecture; NULL where it cannot
 * be read or is not wanted
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what gcv_scan_env_for() says.
 */
enum gcv_status gcv_scan_choose_env(struct gcv_scan_state *s, struct gcv_scan_file *file,
				    struct gcv_err *err) GCV_MUST_CHECK;

/* scan_shard.c */

/**
 * gcv_scan_split_hash() - what all parts of a scan must agree on
 * @s: the scan; its candidates are known
 *
 * Return: the hash.
 */
struct gcv_hash gcv_scan_split_hash(const struct gcv_scan_state *s);

/**
 * gcv_scan_shard_split() - find out which source files the part of the options parses
 * @s: the scan
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what gcv_scan_choose_env() says.
 */
enum gcv_status gcv_scan_shard_split(struct gcv_scan_state *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_is_elsewhere() - does another part of the scan parse a file?
 * @s: the scan
 * @file: a candidate
 *
 * Return: true where it does.
 */
bool gcv_scan_is_elsewhere(const struct gcv_scan_state *s, const struct gcv_scan_file *file);

/* scan_env.c */

/**
 * gcv_scan_identity() - identity of what a unit depends on besides files
 * @s: the scan
 * @flags: identity of flags and virtual headers
 *
 * Return: the same with the API names.
 */
struct gcv_hash gcv_scan_identity(const struct gcv_scan_state *s, struct gcv_hash flags);

/**
 * gcv_scan_env_for() - the environment of an architecture
 * @s: the scan
 * @arch: the architecture
 * @ret_env: the environment, made where it is new
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_env_new() says.
 */
enum gcv_status gcv_scan_env_for(struct gcv_scan_state *s, const struct gcv_arch *arch,
				 struct gcv_scan_env **ret_env, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_env_commands() - the environment of files that compile_commands.json lists
 * @s: the scan
 *
 * Return: the environment, which has neither flags nor headers of ours.
 */
struct gcv_scan_env *gcv_scan_env_commands(struct gcv_scan_state *s);

/**
 * gcv_scan_commands_load() - read the compile_commands.json of the options
 * @s: the scan; its files are known
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_compile_commands_load() says.
 */
enum gcv_status gcv_scan_commands_load(struct gcv_scan_state *s,
				       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_env_override() - an environment with some Kconfig symbols changed
 * @s: the scan
 * @base: environment to start from
 * @name: text that tells the changes
 * @settings: the changes
 * @nr: how many
 *
 * Return: the environment, made where it is new.
 */
struct gcv_scan_env *gcv_scan_env_override(struct gcv_scan_state *s, struct gcv_scan_env *base,
					   const char *name,
					   const struct gcv_config_setting *settings, size_t nr);

/* scan_pch.c */

/**
 * gcv_scan_env_pch() - have a precompiled header made where that pays
 * @s: the scan
 * @env: the environment
 * @files: the files that would use it
 * @nr_files: how many
 * @err: sentence on failure
 *
 * The headers that several of the files include go into it, also those that they include through
 * headers in their own folders.
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_scan_env_pch(struct gcv_scan_state *s, struct gcv_scan_env *env,
				 struct gcv_scan_file **files, uint32_t nr_files,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_env_common_pch() - have the small precompiled header made
 * @s: the scan
 * @env: the environment
 *
 * Names of a file clash with headers that it does not include but gcv_scan_env_pch() made known to
 * it. They seldom clash with those that most files include.
 *
 * Return: the precompiled header, ready or not, or NULL where @env has none.
 */
struct gcv_scan_pch *gcv_scan_env_common_pch(struct gcv_scan_state *s, struct gcv_scan_env *env);

/**
 * gcv_scan_pch_release() - remove the file and free what belongs to a precompiled header
 * @pch: the precompiled header
 */
void gcv_scan_pch_release(struct gcv_scan_pch *pch);

/* scan_attempt.c */

/**
 * gcv_scan_text() - text of a candidate
 * @s: the scan
 * @file: the file
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_tree_read() says.
 */
enum gcv_status gcv_scan_text(struct gcv_scan_state *s, struct gcv_scan_file *file,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_attempt_new() - an attempt without a job yet
 * @s: the scan
 * @file: the file or NULL
 * @env: the environment
 * @kind: of the unit
 * @main_path: main file
 * @main_text: its text where it is virtual, else NULL
 * @config: configuration
 *
 * Return: the attempt, owned by the scan.
 */
struct gcv_attempt *gcv_scan_attempt_new(struct gcv_scan_state *s, struct gcv_scan_file *file,
					 struct gcv_scan_env *env, enum gcv_unit_kind kind,
					 const char *main_path, const char *main_text,
					 const char *config);

/**
 * gcv_scan_command_hash() - identity of the flags that compile_commands.json has for a file
 * @s: the scan
 * @main_path: the file
 * @ret_hash: the identity
 *
 * Return: false where the file is not listed, or no compile_commands.json is given.
 */
bool gcv_scan_command_hash(struct gcv_scan_state *s, const char *main_path,
			   struct gcv_hash *ret_hash);

/**
 * gcv_scan_attempt_args() - the arguments of the main file, behind those of the environment
 * @s: the scan
 * @attempt: the attempt
 */
void gcv_scan_attempt_args(struct gcv_scan_state *s, struct gcv_attempt *attempt);

/**
 * gcv_scan_attempt_is_special() - has the file macros or forced headers of its own?
 * @attempt: the attempt, with its arguments
 *
 * Return: true where its Makefile adds -D, -U or -include, which a precompiled header does not see.
 */
bool gcv_scan_attempt_is_special(const struct gcv_attempt *attempt);

/**
 * gcv_scan_submit() - hand an attempt to the workers
 * @s: the scan
 * @attempt: the attempt; waits for the precompiled header where one is being made
 */
void gcv_scan_submit(struct gcv_scan_state *s, struct gcv_attempt *attempt);

/**
 * gcv_scan_parse() - parse a file through its main file in a configuration
 * @s: the scan
 * @file: the file, with @main_path, @main_text and @kind set
 * @env: the environment
 * @use_pch: with the environment's precompiled header, where there is one
 */
void gcv_scan_parse(struct gcv_scan_state *s, struct gcv_scan_file *file, struct gcv_scan_env *env,
		    bool use_pch);

/**
 * gcv_scan_next() - try the next thing for a file: use stored units, parse it, or give up
 * @s: the scan
 * @file: the file; nothing is done while attempts are pending
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_next(struct gcv_scan_state *s, struct gcv_scan_file *file,
			      struct gcv_err *err) GCV_MUST_CHECK;

/* scan_stored.c */

/**
 * gcv_scan_stored_prepare() - find out which stored units are still valid
 * @s: the scan; the walk is done
 */
void gcv_scan_stored_prepare(struct gcv_scan_state *s);

/**
 * gcv_scan_stored_wanted() - the paths that stored units read, to be hashed by the walk
 * @options: the options
 * @ret_paths: a zeroed set
 */
void gcv_scan_stored_wanted(const struct gcv_scan_options *options, struct gcv_intern *ret_paths);

/**
 * gcv_scan_stored_use() - take over the valid stored units of a main file
 * @s: the scan
 * @file: the file that is parsed through it; NULL for the era
 * @kind: of the units
 * @main_path: the main file
 * @main_hash: its contents; NULL where it does not matter
 * @ret_nr: how many were taken
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_stored_use(struct gcv_scan_state *s, struct gcv_scan_file *file,
				    enum gcv_unit_kind kind, const char *main_path,
				    const uint8_t *main_hash, uint32_t *ret_nr,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_stored_list() - the stored units that gcv_scan_stored_use() would take over
 * @s: the scan
 * @path: the main file, of kind GCV_UNIT_SOURCE
 * @hash: its contents
 * @units: a list that GCV_GROW() lengthens: their ids are appended
 * @nr: its length
 * @cap: its room
 */
void gcv_scan_stored_list(struct gcv_scan_state *s, const char *path, const uint8_t *hash,
			  int64_t **units, uint32_t *nr, uint32_t *cap);

/**
 * gcv_scan_stored_use_all() - take over all stored units that are valid
 * @s: the scan
 * @err: sentence on failure
 *
 * For a scan with a base: nothing of them is to be tried again.
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_stored_use_all(struct gcv_scan_state *s,
					struct gcv_err *err) GCV_MUST_CHECK;

/* scan_base.c */

/**
 * gcv_scan_base_walk() - list the files of the base, and read those that matter
 * @s: the scan
 * @options: as for gcv_walk()
 * @ret: the walk
 */
void gcv_scan_base_walk(struct gcv_scan_state *s, const struct gcv_walk_options *options,
			struct gcv_walk *ret);

/**
 * gcv_scan_base_prepare() - find out which units of the base the overlay leaves valid
 * @s: the scan; fills @stored_valid and @edited
 */
void gcv_scan_base_prepare(struct gcv_scan_state *s);

/**
 * gcv_scan_base_leaves() - does a scan leave a file as the base has it?
 * @s: the scan
 * @path: a main file
 *
 * Return: true where there is a base and the file need not be parsed.
 */
bool gcv_scan_base_leaves(const struct gcv_scan_state *s, const char *path);

/**
 * gcv_scan_base_leaves_kind() - does a scan leave all units of a kind as the base has them?
 * @s: the scan
 * @kind: the kind
 *
 * Return: true where there is a base and none of them is to be parsed again.
 */
bool gcv_scan_base_leaves_kind(const struct gcv_scan_state *s, enum gcv_unit_kind kind);

/* scan_header.c */

/**
 * gcv_scan_new_headers() - note the tree's headers, and which of them are new
 * @s: the scan; the walk is done
 * @ret_names: a zeroed set; gets the names of the new ones, without folder
 */
void gcv_scan_new_headers(struct gcv_scan_state *s, struct gcv_intern *ret_names);

/**
 * gcv_scan_is_shadowed() - may a new header be found in place of a file?
 * @names: names of the new ones
 * @path: a file that a unit read
 *
 * Return: true where one has its name.
 */
bool gcv_scan_is_shadowed(const struct gcv_intern *names, const char *path);

/**
 * gcv_scan_missed() - did a unit look in vain for a header that is there now?
 * @names: names of the new ones
 * @unit: the unit
 *
 * Return: true where it may be one of them.
 */
bool gcv_scan_missed(const struct gcv_intern *names, const struct gcv_stored_unit *unit);

/* scan_answer.c */

/**
 * gcv_scan_add_unit() - a unit belongs to the snapshot
 * @s: the scan
 * @unit: its id
 * @config: its configuration
 */
void gcv_scan_add_unit(struct gcv_scan_state *s, int64_t unit, const char *config);

/**
 * gcv_scan_fail() - note something that could not be analysed
 * @s: the scan
 * @path: file
 * @config: configuration
 * @text: cause
 */
void gcv_scan_fail(struct gcv_scan_state *s, const char *path, const char *config,
		   const char *text);

/**
 * gcv_scan_warn() - note something that the user should know, once
 * @s: the scan
 * @text: a sentence
 */
void gcv_scan_warn(struct gcv_scan_state *s, const char *text);

/**
 * gcv_scan_sources() - the first parse of source files, those without precompiled header first
 * @s: the scan
 * @first: index of the first file that counts
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store or of the workers.
 */
enum gcv_status gcv_scan_sources(struct gcv_scan_state *s, uint32_t first,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_add_demanded() - a file without API names joins the candidates
 * @s: the scan
 * @file: of the scan's walk; hashed
 */
void gcv_scan_add_demanded(struct gcv_scan_state *s, const struct gcv_walk_file *file);

/**
 * gcv_scan_demanded() - ask for more files, find and parse them, until nobody asks
 * @s: the scan
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the one who asks, the walk or the parse returned.
 */
enum gcv_status gcv_scan_demanded(struct gcv_scan_state *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_work() - run the workers until all attempts are answered
 * @s: the scan
 * @phase: name for the progress
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_work(struct gcv_scan_state *s, const char *phase,
			      struct gcv_err *err) GCV_MUST_CHECK;

/* scan_includer.c */

/**
 * gcv_scan_headers() - make one unit of the headers that each architecture's include folders hold
 * @s: the scan
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_headers(struct gcv_scan_state *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_includers() - parse files that are still unseen through a file that includes them
 * @s: the scan
 * @ret_any: attempts were made
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_includers(struct gcv_scan_state *s, bool *ret_any,
				   struct gcv_err *err) GCV_MUST_CHECK;

/* scan_era.c */

/**
 * gcv_scan_era() - find out what the tree's headers declare
 * @s: the scan
 * @err: sentence on failure
 *
 * Return: GCV_OK, or a status that ends the scan.
 */
enum gcv_status gcv_scan_era(struct gcv_scan_state *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_era_take() - use the declarations of the era's unit
 * @s: the scan
 * @facts: the unit's facts
 */
void gcv_scan_era_take(struct gcv_scan_state *s, const struct gcv_facts *facts);

#endif
