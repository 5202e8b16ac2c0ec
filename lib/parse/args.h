/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A vector of compiler arguments that lives in an arena.
 *
 *	struct gcv_args args = { .arena = &arena };
 *
 *	gcv_args_add(&args, "-nostdinc");
 *	gcv_args_addf(&args, "-I%s/%s", root, folder);
 *	parse(args.argv, args.nr);
 */
#ifndef GCV_PARSE_ARGS_H
#define GCV_PARSE_ARGS_H

#include "base/alloc.h"

#include <stdbool.h>

/**
 * struct gcv_args - the vector; zeroed but for @arena it is ready for use
 * @arena: owns vector and strings
 * @argv: the arguments; not terminated by NULL
 * @nr: how many
 * @cap: allocated length
 */
struct gcv_args {
	struct gcv_arena *arena;
	const char **argv;
	size_t nr, cap;
};

/**
 * gcv_args_add() - append a copy of an argument
 * @args: the vector
 * @arg: the argument
 */
void gcv_args_add(struct gcv_args *args, const char *arg);

/**
 * gcv_args_addf() - append a formatted argument
 * @args: the vector
 * @fmt: printf format
 */
void gcv_args_addf(struct gcv_args *args, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * gcv_args_add_words() - append each word of a list that blanks separate
 * @args: the vector
 * @words: for example "-m64 -mno-red-zone"; no quoting
 */
void gcv_args_add_words(struct gcv_args *args, const char *words);

/**
 * gcv_args_add_tolerant() - append what makes clang a patient reader of code for another compiler
 * @args: the vector
 *
 * No warnings, and all errors: by default clang gives up after 20 and what follows is lost. No
 * search for names that are spelled alike, which is slow and puts something else into the syntax
 * tree. A function of the C library has the type that the tree declares.
 */
void gcv_args_add_tolerant(struct gcv_args *args);

/**
 * gcv_args_has() - is an argument there already?
 * @args: the vector
 * @arg: the argument
 *
 * Return: true where it is.
 */
bool gcv_args_has(const struct gcv_args *args, const char *arg);

#endif
