/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the Kconfig files say, before it is evaluated. Internal to kconfig*.c.
 *
 *	struct gcv_kc_model model = { .tree = &tree, .arch = "x86" };
 *
 *	gcv_kc_read(&model);
 *	…evaluate model.symbols…
 *	gcv_kc_model_release(&model);
 */
#ifndef GCV_PARSE_KCONFIG_MODEL_H
#define GCV_PARSE_KCONFIG_MODEL_H

#include "base/intern.h"
#include "parse/macro.h"
#include "tree/tree.h"

/** GCV_KC_DEPTH_MAX - deepest expression; conditions beyond it are dropped with a warning */
#define GCV_KC_DEPTH_MAX 500

/** GCV_KC_SOURCE_DEPTH_MAX - Kconfig files that may be open at a time */
#define GCV_KC_SOURCE_DEPTH_MAX 40

enum gcv_kc_op {
	GCV_KC_SYMBOL,
	GCV_KC_TEXT,
	GCV_KC_NOT,
	GCV_KC_AND,
	GCV_KC_OR,
	GCV_KC_EQ,
	GCV_KC_NE,
	GCV_KC_LT,
	GCV_KC_GT,
	GCV_KC_LE,
	GCV_KC_GE,
};

/**
 * struct gcv_kc_expr - an expression; NULL stands for "y"
 * @op: operator
 * @depth: height of the tree below it
 * @symbol: number of the symbol (GCV_KC_SYMBOL)
 * @text: constant (GCV_KC_TEXT)
 * @left: first operand
 * @right: second operand
 */
struct gcv_kc_expr {
	enum gcv_kc_op op;
	unsigned int depth;
	uint32_t symbol;
	const char *text;
	const struct gcv_kc_expr *left, *right;
};

/** struct gcv_kc_default - "default @value if @cond" */
struct gcv_kc_default {
	struct gcv_kc_default *next;
	const struct gcv_kc_expr *value, *cond;
};

/** struct gcv_kc_select - "select @target if @cond", or imply where @is_weak */
struct gcv_kc_select {
	struct gcv_kc_select *next;
	uint32_t target;
	bool is_weak;
	const struct gcv_kc_expr *cond;
};

/** struct gcv_kc_range - "range @low @high if @cond" */
struct gcv_kc_range {
	struct gcv_kc_range *next;
	const struct gcv_kc_expr *low, *high, *cond;
};

/** struct gcv_kc_entry - one config or menuconfig block; a symbol may have several */
struct gcv_kc_entry {
	struct gcv_kc_entry *next;
	const struct gcv_kc_expr *dep, *prompt_cond;
	bool has_prompt;
	struct gcv_kc_default *defaults, **defaults_end;
	struct gcv_kc_select *selects;
	struct gcv_kc_range *ranges, **ranges_end;
};

enum gcv_kc_type { GCV_KC_UNKNOWN, GCV_KC_BOOL, GCV_KC_INT, GCV_KC_HEX, GCV_KC_STRING };

/** struct gcv_kc_member - a symbol of a choice */
struct gcv_kc_member {
	struct gcv_kc_member *next;
	uint32_t symbol;
};

/** struct gcv_kc_choice - a choice block: exactly one member is on where @dep holds */
struct gcv_kc_choice {
	struct gcv_kc_choice *next;
	const struct gcv_kc_expr *dep;
	struct gcv_kc_default *defaults, **defaults_end;
	struct gcv_kc_member *members, **members_end;
};

/** struct gcv_kc_symbol - a word that occurs; @entries is NULL where no block declares it */
struct gcv_kc_symbol {
	enum gcv_kc_type type;
	struct gcv_kc_entry *entries, **entries_end;
	struct gcv_kc_choice *choice;
};

/**
 * struct gcv_kc_model - all that was read
 * @tree: where to read; NULL afterwards
 * @arch: architecture
 * @arena: owns everything below
 * @names: names of the symbols; the numbers index @symbols
 * @symbols: the symbols
 * @symbols_cap: allocated length of @symbols
 * @choices: the choices in the order of the files
 * @choices_end: where the next one goes
 * @macros: the variables
 * @warnings: sentences
 * @warnings_nr: how many
 * @warnings_cap: allocated length of @warnings
 * @files_nr: files read
 * @bytes: their size together
 * @depth: sources that are open
 * @texts: contents of the open files, one for each depth
 * @open_paths: their paths
 */
struct gcv_kc_model {
	const struct gcv_tree *tree;
	const char *arch;
	struct gcv_arena arena;
	struct gcv_intern names;
	struct gcv_kc_symbol *symbols;
	uint32_t symbols_cap;
	struct gcv_kc_choice *choices, **choices_end;
	struct gcv_macros macros;
	const char **warnings;
	size_t warnings_nr, warnings_cap;
	unsigned int files_nr;
	size_t bytes;
	unsigned int depth;
	struct gcv_strbuf texts[GCV_KC_SOURCE_DEPTH_MAX + 1];
	const char *open_paths[GCV_KC_SOURCE_DEPTH_MAX];
};

/**
 * gcv_kc_read() - read the top Kconfig file and all that it sources into the model
 * @model: with @tree and @arch set
 */
void gcv_kc_read(struct gcv_kc_model *model);

/**
 * gcv_kc_model_release() - free what the model owns
 * @model: the model
 */
void gcv_kc_model_release(struct gcv_kc_model *model);

/**
 * gcv_kc_warn() - keep a warning
 * @model: the model
 * @fmt: printf format
 */
void gcv_kc_warn(struct gcv_kc_model *model, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_kc_symbol_id() - the number of a symbol, which is added where it is new
 * @model: the model
 * @name: its name
 * @len_bytes: length of the name
 *
 * Return: the number; @model->symbols may have moved.
 */
uint32_t gcv_kc_symbol_id(struct gcv_kc_model *model, const char *name, size_t len_bytes);

/**
 * gcv_kc_expr_parse() - an expression from its text
 * @model: the model; owns the result
 * @text: for example "X86 && !(SMP || NR_CPUS > 8)", macros already expanded
 * @ret: the expression; untouched on failure
 *
 * Return: false where the text is damaged or nested too deeply.
 */
bool gcv_kc_expr_parse(struct gcv_kc_model *model, const char *text,
		       const struct gcv_kc_expr **ret);

/**
 * gcv_kc_expr_and() - both conditions
 * @model: the model; owns the result
 * @a: a condition or NULL
 * @b: a condition or NULL
 *
 * Return: the conjunction; only @a, with a warning, where it would be nested too deeply.
 */
const struct gcv_kc_expr *gcv_kc_expr_and(struct gcv_kc_model *model, const struct gcv_kc_expr *a,
					  const struct gcv_kc_expr *b);

/**
 * gcv_kc_macros_init() - give the variables the values that the build system exports
 * @model: the model with @arch set
 *
 * Functions that would run a command are answered by a table.
 */
void gcv_kc_macros_init(struct gcv_kc_model *model);

/**
 * enum gcv_kc_policy - what is decided for a symbol whatever the files say
 * @GCV_KC_FREE: nothing
 * @GCV_KC_WANTED: on where its dependencies hold, as if another symbol selected it
 * @GCV_KC_ON: on
 * @GCV_KC_OFF: off
 * @GCV_KC_FORCED: it has a certain value
 */
enum gcv_kc_policy { GCV_KC_FREE, GCV_KC_WANTED, GCV_KC_ON, GCV_KC_OFF, GCV_KC_FORCED };

/**
 * gcv_kc_policy_each() - the symbols that are decided beforehand
 * @fn: called for each; @value is NULL except for GCV_KC_FORCED
 * @ctx: passed on
 */
void gcv_kc_policy_each(void (*fn)(void *ctx, const char *name, enum gcv_kc_policy policy,
				   const char *value),
			void *ctx);

/**
 * gcv_kc_minimum_each() - the configuration of a tree that has no Kconfig file
 * @arch: the architecture
 * @fn: called for each symbol
 * @ctx: passed on
 */
void gcv_kc_minimum_each(const char *arch,
			 void (*fn)(void *ctx, const char *name, const char *value), void *ctx);

#endif
