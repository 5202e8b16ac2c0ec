/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values given to macros, in order to see what one configuration hides.
 *
 *	struct gcv_setting setting = { "CONFIG_MMU", { .state = GCV_VALUE_UNDEFINED } };
 *	struct gcv_assignment assignment = { &setting, 1, 1 };
 *	struct gcv_assigned assigned = { &assignment, &base };
 *	struct gcv_valuation valuation = { gcv_assigned_lookup, &assigned };
 *
 *	gcv_assignment_text(&assignment, &text);	("CONFIG_MMU=n")
 */
#ifndef GCV_TREE_ASSIGNMENT_H
#define GCV_TREE_ASSIGNMENT_H

#include "base/strbuf.h"
#include "tree/condition.h"

/**
 * struct gcv_setting - a macro and its value
 * @name: the macro; for an @assumed one the text of a call
 * @value: its value, never GCV_VALUE_UNKNOWN
 * @changed: differs from the configuration that the assignment starts from
 * @assumed: no option of the compiler can bring this about, only rewriting the conditions can
 */
struct gcv_setting {
	const char *name;
	struct gcv_value value;
	bool changed, assumed;
};

/**
 * struct gcv_assignment - several of them
 * @settings: each macro at most once
 * @nr: how many
 * @nr_changed: how many of them are changed
 */
struct gcv_assignment {
	const struct gcv_setting *settings;
	uint32_t nr, nr_changed;
};

/**
 * struct gcv_assigned - an assignment on top of other values
 * @assignment: asked first
 * @base: asked for what is not in it; NULL where all else is unknown
 */
struct gcv_assigned {
	const struct gcv_assignment *assignment;
	const struct gcv_valuation *base;
};

/**
 * gcv_assigned_lookup() - for struct gcv_valuation
 * @assigned: a struct gcv_assigned
 * @name: the macro
 *
 * Return: its value.
 */
struct gcv_value gcv_assigned_lookup(void *assigned, const char *name);

/**
 * gcv_assignment_text() - append an assignment as a person would write it
 * @assignment: the assignment
 * @ret: for example "CONFIG_MMU=n CONFIG_PVR2_DMA=m __BIG_ENDIAN=undefined"; of CONFIG_X and
 *	CONFIG_X_MODULE the one that says more
 */
void gcv_assignment_text(const struct gcv_assignment *assignment, struct gcv_strbuf *ret);

/**
 * gcv_is_module_of() - does @module stand for @symbol=m, as CONFIG_X_MODULE does for CONFIG_X?
 * @symbol: a macro
 * @module: another
 *
 * Return: true where it does.
 */
bool gcv_is_module_of(const char *symbol, const char *module);

#endif
