/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Variables and references of the form $(NAME) and $(function,arguments), as Makefiles and Kconfig
 * files have them. Nothing is executed; what a function yields is the caller's business.
 *
 *	struct gcv_macros macros = { .call = my_functions, .ctx = me };
 *
 *	gcv_macros_set(&macros, "src", 3, "mm", false);
 *	gcv_macros_expand(&macros, "-I$(src)/include", &out);
 *	gcv_macros_release(&macros);
 *
 * References that go in circles and ones that multiply are cut off at a fixed amount of work.
 */
#ifndef GCV_PARSE_MACRO_H
#define GCV_PARSE_MACRO_H

#include "base/intern.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct gcv_macro_var;

/**
 * struct gcv_macros - variables; zeroed but for the callbacks it is ready for use
 * @call: appends to @ret what "$(@name @args)" yields; @args is expanded, without the separator
 * @lookup: appends the value of a variable that was not set; may be NULL
 * @ctx: passed to both
 * @names: names of the variables; their numbers index @vars
 * @vars: the variables
 * @vars_cap: allocated length
 */
struct gcv_macros {
	void (*call)(void *ctx, const char *name, size_t name_len, const char *args,
		     struct gcv_strbuf *ret);
	void (*lookup)(void *ctx, const char *name, size_t name_len, struct gcv_strbuf *ret);
	void *ctx;
	struct gcv_intern names;
	struct gcv_macro_var *vars;
	uint32_t vars_cap;
};

/**
 * gcv_macros_set() - define a variable
 * @macros: the variables
 * @name: its name
 * @name_len_bytes: length of the name
 * @value: its value
 * @is_lazy: expand @value at each use ("=") rather than never (it already is, ":=")
 */
void gcv_macros_set(struct gcv_macros *macros, const char *name, size_t name_len_bytes,
		    const char *value, bool is_lazy);

/**
 * gcv_macros_append() - "+=": add to a variable, or define it as a lazy one
 * @macros: the variables
 * @name: its name
 * @name_len_bytes: length of the name
 * @value: not yet expanded; is expanded at once where the variable is not lazy
 */
void gcv_macros_append(struct gcv_macros *macros, const char *name, size_t name_len_bytes,
		       const char *value);

/**
 * gcv_macros_is_set() - is the variable defined and not empty?
 * @macros: the variables
 * @name: its name
 * @name_len_bytes: length of the name
 *
 * Return: true where it is; @lookup is not asked.
 */
bool gcv_macros_is_set(const struct gcv_macros *macros, const char *name, size_t name_len_bytes);

/**
 * gcv_macros_expand() - append a text with its references replaced
 * @macros: the variables
 * @text: the text
 * @ret: where the result goes; a string that is at least empty afterwards
 */
void gcv_macros_expand(const struct gcv_macros *macros, const char *text, struct gcv_strbuf *ret);

/**
 * gcv_macros_release() - free everything; the callbacks stay
 * @macros: the variables
 */
void gcv_macros_release(struct gcv_macros *macros);

#endif
