/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A configuration of a tree without a .config: the Kconfig files of one architecture evaluated to a
 * consistent "all yes". Nothing is executed: what Kconfig asks a shell or a compiler is answered by
 * a table.
 *
 *	struct gcv_kconfig *kc;
 *
 *	if (gcv_kconfig_new(&tree, "x86", &kc, err) != GCV_OK)
 *		…
 *	if (gcv_kconfig_is_on(kc, "MMU"))
 *		…
 *	gcv_kconfig_autoconf(kc, &text);
 *	gcv_kconfig_free(kc);
 *
 * Damaged Kconfig files are no failure: what cannot be read is left out and named in the warnings.
 * Language: Documentation/kbuild/kconfig-language.rst and kconfig-macro-language.rst.
 */
#ifndef GCV_PARSE_KCONFIG_H
#define GCV_PARSE_KCONFIG_H

#include "tree/tree.h"

struct gcv_kconfig;

/**
 * enum gcv_config_kind - type of a symbol's value
 * @GCV_CONFIG_YES: bool or tristate that is on; the value is "y"
 * @GCV_CONFIG_NUMBER: int or hex; the value is a C integer constant
 * @GCV_CONFIG_STRING: the value is the string without quotes
 */
enum gcv_config_kind { GCV_CONFIG_YES, GCV_CONFIG_NUMBER, GCV_CONFIG_STRING };

/**
 * struct gcv_config_value - a symbol that is set
 * @name: without "CONFIG_"
 * @value: see enum gcv_config_kind
 * @kind: how to read it
 */
struct gcv_config_value {
	const char *name, *value;
	enum gcv_config_kind kind;
};

/**
 * struct gcv_config_setting - a wish for one symbol
 * @name: with or without "CONFIG_"
 * @value: "n" or NULL for not set, "y" or "m" for on, else the text of a number or string
 */
struct gcv_config_setting {
	const char *name, *value;
};

/**
 * gcv_kconfig_new() - read and evaluate the Kconfig files of a tree for one architecture
 * @tree: the tree; used only during the call
 * @arch: folder name below arch/, for example "x86"
 * @ret: the configuration, for gcv_kconfig_free()
 * @err: sentence on failure
 *
 * A tree without a top Kconfig file gets a built-in minimum (MMU, SMP, 64BIT, HZ and the like).
 *
 * Return: GCV_OK; GCV_ERR_USAGE where @arch is no plain name.
 */
enum gcv_status gcv_kconfig_new(const struct gcv_tree *tree, const char *arch,
				struct gcv_kconfig **ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_kconfig_override() - the same configuration with some symbols forced
 * @base: the configuration to start from; must live longer than the result
 * @settings: the wishes; a later one wins
 * @nr: how many
 *
 * Everything that depends on the symbols is evaluated again, so that the result is consistent. The
 * wishes themselves hold in any case, also for symbols that no Kconfig file knows.
 *
 * Return: the configuration, for gcv_kconfig_free().
 */
struct gcv_kconfig *gcv_kconfig_override(const struct gcv_kconfig *base,
					 const struct gcv_config_setting *settings, size_t nr);

/**
 * gcv_kconfig_value() - value of a symbol
 * @kc: the configuration
 * @name: without "CONFIG_"
 *
 * Return: "y", a number or a string; NULL where it is not set or not known.
 */
const char *gcv_kconfig_value(const struct gcv_kconfig *kc, const char *name);

/**
 * gcv_kconfig_is_on() - is a bool or tristate symbol set?
 * @kc: the configuration
 * @name: without "CONFIG_"
 *
 * Return: true where its value is "y".
 */
bool gcv_kconfig_is_on(const struct gcv_kconfig *kc, const char *name);

/**
 * gcv_kconfig_number() - integer value of a symbol
 * @kc: the configuration
 * @name: without "CONFIG_"
 * @fallback: result where the symbol has no number
 *
 * Return: the number.
 */
long long gcv_kconfig_number(const struct gcv_kconfig *kc, const char *name, long long fallback);

/**
 * gcv_kconfig_is_known() - is the symbol declared by a Kconfig file that was read?
 * @kc: the configuration
 * @name: without "CONFIG_"
 *
 * Return: true where it is.
 */
bool gcv_kconfig_is_known(const struct gcv_kconfig *kc, const char *name);

/**
 * gcv_kconfig_autoconf() - append the text of generated/autoconf.h
 * @kc: the configuration
 * @ret: where it goes
 *
 * Source: scripts/kconfig/confdata.c, conf_write_autoconf(); modules count as built in.
 */
void gcv_kconfig_autoconf(const struct gcv_kconfig *kc, struct gcv_strbuf *ret);

/**
 * gcv_kconfig_warnings() - what could not be read or understood
 * @kc: the configuration
 * @ret_nr: how many; after a hundred the rest is dropped
 *
 * Return: sentences that name file and line, owned by @kc.
 */
const char *const *gcv_kconfig_warnings(const struct gcv_kconfig *kc, size_t *ret_nr);

/**
 * gcv_kconfig_free() - free a configuration
 * @kc: may be NULL
 */
void gcv_kconfig_free(struct gcv_kconfig *kc);

#endif
