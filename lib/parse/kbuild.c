// SPDX-License-Identifier: GPL-2.0-only
#include "parse/kbuild.h"
#include "parse/kbuild_folder.h"
#include "parse/makefile.h"
#include "parse/relpath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gcv_kbuild *gcv_kbuild_new(const struct gcv_tree *tree, const struct gcv_kconfig *kconfig,
				  const char *arch)
{
	struct gcv_kbuild *kb = gcv_zalloc(1, sizeof(*kb));

	kb->tree = tree;
	kb->kconfig = kconfig;
	kb->arch = gcv_arena_strdup(&kb->arena, arch);
	return kb;
}

/* The next word as the shell would see it, without quotes and backslashes. */
static bool next_word(const char **text, struct gcv_strbuf *word)
{
	const char *p = *text + strspn(*text, " \t");
	char quote = 0;

	gcv_strbuf_clear(word);
	gcv_strbuf_add(word, "", 0);
	if (!*p)
		return false;
	for (; *p && (quote || (*p != ' ' && *p != '\t')); p++) {
		if (quote && *p == quote)
			quote = 0;
		else if (!quote && (*p == '"' || *p == '\''))
			quote = *p;
		else if (*p == '\\' && p[1] && quote != '\'')
			gcv_strbuf_addch(word, *++p);
		else
			gcv_strbuf_addch(word, *p);
	}
	*text = p;
	return true;
}

/* make runs in the root; a few Makefiles mean their own folder. */
static bool resolve(const struct gcv_kbuild *kb, const char *folder, const char *path,
		    char ret[GCV_RELPATH_MAX])
{
	if (!*path)
		return false;
	if (gcv_relpath_fold("", path, ret) && gcv_tree_exists(kb->tree, ret[0] ? ret : "."))
		return true;
	return gcv_relpath_fold(folder, path, ret) && gcv_tree_exists(kb->tree, ret[0] ? ret : ".");
}

static void add_path(const struct gcv_kbuild *kb, const char *folder, const char *option,
		     const char *path, struct gcv_args *ret)
{
	char rel[GCV_RELPATH_MAX];
	const char *slash;

	if (!resolve(kb, folder, path, rel))
		return;
	slash = rel[0] ? "/" : "";
	if (strcmp(option, "-I") == 0) {
		gcv_args_addf(ret, "-I%s%s%s", kb->tree->root, slash, rel);
	} else {
		gcv_args_add(ret, option);
		gcv_args_addf(ret, "%s%s%s", kb->tree->root, slash, rel);
	}
}

/* Macros that the build or this program sets itself. */
static bool is_own_macro(const char *name)
{
	return strncmp(name, "KBUILD_", 7) == 0 || strncmp(name, "__KERNEL__", 10) == 0;
}

static void add_flags(const struct gcv_kbuild *kb, const char *folder, const char *flags,
		      struct gcv_args *ret)
{
	static const char *const path_options[] = { "-isystem", "-iquote", "-idirafter", "-include",
						    "-I" };
	GCV_STRBUF_AUTO struct gcv_strbuf word = { 0 }, value = { 0 };
	size_t i, len;

	while (next_word(&flags, &word)) {
		for (i = 0; i < sizeof(path_options) / sizeof(*path_options); i++) {
			len = strlen(path_options[i]);
			if (strncmp(word.buf, path_options[i], len) != 0)
				continue;
			if (word.buf[len])
				add_path(kb, folder, path_options[i], word.buf + len, ret);
			else if (next_word(&flags, &value))
				add_path(kb, folder, path_options[i], value.buf, ret);
			break;
		}
		if (word.buf[0] != '-' || (word.buf[1] != 'D' && word.buf[1] != 'U'))
			continue;
		if (!word.buf[2] && next_word(&flags, &value))
			gcv_strbuf_addstr(&word, value.buf);
		if (word.buf[2] && !is_own_macro(word.buf + 2))
			gcv_args_add(ret, word.buf);
	}
}

static void add_variable(const struct gcv_kbuild *kb, const struct gcv_makefile *mk,
			 const char *name, struct gcv_args *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf reference = { 0 }, flags = { 0 };

	gcv_strbuf_addf(&reference, "$(%s)", name);
	gcv_macros_expand(&mk->macros, reference.buf, &flags);
	add_flags(kb, mk->folder, flags.buf, ret);
}

static void add_object(struct gcv_kbuild *kb, const struct gcv_makefile *mk, const char *name,
		       struct gcv_kbuild_folder *ret)
{
	struct gcv_object_flags *object = gcv_arena_alloc(&kb->arena, sizeof(*object));

	object->args.arena = &kb->arena;
	object->object = gcv_arena_strdup(&kb->arena, name + strlen("CFLAGS_"));
	add_variable(kb, mk, name, &object->args);
	if (!object->args.nr)
		return;
	object->next = ret->objects;
	ret->objects = object;
}

static void add_rules(struct gcv_kbuild *kb, const struct gcv_makefile *mk,
		      struct gcv_kbuild_folder *ret)
{
	struct gcv_kbuild_rule **end = &ret->rules, *copy;
	const struct gcv_makefile_rule *rule;

	for (rule = mk->rules; rule; rule = rule->next) {
		GCV_STRBUF_AUTO struct gcv_strbuf words = { 0 };

		gcv_macros_expand(&mk->macros, rule->value, &words);
		if (!strstr(words.buf, ".o") && !strchr(words.buf, '/'))
			continue;
		copy = gcv_arena_alloc(&kb->arena, sizeof(*copy));
		copy->stem = gcv_arena_strdup(&kb->arena, rule->stem);
		if (rule->symbol)
			copy->symbol = gcv_arena_strdup(&kb->arena, rule->symbol);
		copy->words = gcv_arena_strdup(&kb->arena, words.buf);
		copy->overwrites = rule->overwrites;
		*end = copy;
		end = &copy->next;
	}
}

static void read_folder(struct gcv_kbuild *kb, const char *folder, struct gcv_kbuild_folder *ret)
{
	static const char *const variables[] = { "ccflags-y",	  "ccflags-m",	      "cppflags-y",
						 "EXTRA_CFLAGS",  "subdir-ccflags-y", "CFLAGS-y",
						 "KBUILD_CFLAGS", "KBUILD_CPPFLAGS" };
	struct gcv_makefile mk;
	const char *name;
	uint32_t i;

	gcv_makefile_read(&mk, kb->tree, kb->kconfig, kb->arch, folder);
	for (i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		add_variable(kb, &mk, variables[i], &ret->args);
	for (i = 0; i < mk.macros.names.nr; i++) {
		name = gcv_intern_str(&mk.macros.names, i);
		if (strncmp(name, "CFLAGS_", 7) == 0 && strlen(name) > 9 &&
		    strcmp(name + strlen(name) - 2, ".o") == 0)
			add_object(kb, &mk, name, ret);
	}
	add_rules(kb, &mk, ret);
	ret->is_part = mk.files_nr && !mk.has_objects;
	ret->includes_nr = mk.includes.nr;
	ret->includes = gcv_arena_alloc(&kb->arena, (mk.includes.nr + 1) * sizeof(*ret->includes));
	for (i = 0; i < mk.includes.nr; i++)
		ret->includes[i] = gcv_arena_strdup(&kb->arena, gcv_intern_str(&mk.includes, i));
	gcv_makefile_release(&mk);
}

struct gcv_kbuild_folder *gcv_kbuild_get_folder(struct gcv_kbuild *kb, const char *folder)
{
	uint32_t id = gcv_intern_add(&kb->names, folder, strlen(folder)), old = kb->cap;

	if (id >= old) {
		kb->cap = old ? old * 2 : 64;
		kb->folders = gcv_realloc_array(kb->folders, kb->cap, sizeof(*kb->folders));
		memset(kb->folders + old, 0, (kb->cap - old) * sizeof(*kb->folders));
	}
	if (!kb->folders[id]) {
		kb->folders[id] = gcv_arena_alloc(&kb->arena, sizeof(**kb->folders));
		kb->folders[id]->args.arena = &kb->arena;
		read_folder(kb, gcv_intern_str(&kb->names, id), kb->folders[id]);
	}
	return kb->folders[id];
}

/* Does the Makefile of @user include one of the files of @folder? */
static bool is_user(struct gcv_kbuild *kb, const char *user, const char *folder)
{
	const struct gcv_kbuild_folder *flags = gcv_kbuild_get_folder(kb, user);
	size_t len = strlen(folder);
	uint32_t i;

	for (i = 0; i < flags->includes_nr; i++)
		if (strncmp(flags->includes[i], folder, len) == 0 && flags->includes[i][len] == '/')
			return true;
	return false;
}

/*
 * A Makefile that names no objects of its own is part of another one, often of a folder beside it
 * or beside a folder above. That other Makefile's flags hold for its files.
 */
static const char *find_user(struct gcv_kbuild *kb, const char *folder)
{
	struct gcv_arena arena = { 0 };
	struct gcv_tree_entry *entries;
	char parent[GCV_RELPATH_MAX], sibling[2 * GCV_RELPATH_MAX];
	const char *found = NULL;
	size_t i, nr;

	snprintf(parent, sizeof(parent), "%s", folder);
	if (!gcv_relpath_folder(parent) || !parent[0] ||
	    gcv_tree_list(kb->tree, parent, &arena, &entries, &nr, NULL) != GCV_OK)
		nr = 0;
	for (i = 0; i < nr && !found; i++) {
		snprintf(sibling, sizeof(sibling), "%s/%s", parent, entries[i].name);
		if (entries[i].is_folder && strcmp(sibling, folder) != 0 &&
		    is_user(kb, sibling, folder))
			found = gcv_arena_strdup(&kb->arena, sibling);
	}
	gcv_arena_release(&arena);
	return found;
}

static void add_args(const struct gcv_args *from, struct gcv_args *ret)
{
	size_t i;
	bool is_pair;

	for (i = 0; i < from->nr; i++) {
		is_pair = from->argv[i][1] == 'i' && i + 1 < from->nr;
		if (gcv_args_has(ret, from->argv[is_pair ? i + 1 : i])) {
			i += is_pair;
			continue;
		}
		gcv_args_add(ret, from->argv[i]);
		if (is_pair)
			gcv_args_add(ret, from->argv[++i]);
	}
}

static void add_object_args(const struct gcv_kbuild_folder *flags, const char *folder,
			    const char *rel, struct gcv_args *ret)
{
	const char *inside = rel + strlen(folder) + 1, *slash = strrchr(rel, '/');
	const struct gcv_object_flags *object;
	size_t stem;

	for (object = flags->objects; object; object = object->next) {
		stem = strlen(object->object) - 2;
		if ((strncmp(inside, object->object, stem) == 0 &&
		     strcmp(inside + stem, ".c") == 0) ||
		    (slash && strncmp(slash + 1, object->object, stem) == 0 &&
		     strcmp(slash + 1 + stem, ".c") == 0))
			add_args(&object->args, ret);
	}
}

static void add_folder_args(struct gcv_kbuild *kb, const char *folder, const char *rel,
			    struct gcv_args *ret)
{
	struct gcv_kbuild_folder *flags = gcv_kbuild_get_folder(kb, folder);

	add_object_args(flags, folder, rel, ret);
	add_args(&flags->args, ret);
	if (!flags->is_part)
		return;
	if (!flags->user_known) {
		flags->user = find_user(kb, folder);
		flags->user_known = true;
	}
	if (flags->user)
		add_args(&gcv_kbuild_get_folder(kb, flags->user)->args, ret);
}

/* arch/X/Makefile is part of the top Makefile; the table of architectures stands for it. */
static bool is_arch_top(const struct gcv_kbuild *kb, const char *folder)
{
	char path[GCV_RELPATH_MAX + 16];

	if (strncmp(folder, "arch/", 5) != 0 || strchr(folder + 5, '/'))
		return false;
	snprintf(path, sizeof(path), "%s/Kbuild", folder);
	return !gcv_tree_exists(kb->tree, path);
}

void gcv_kbuild_file_args(struct gcv_kbuild *kbuild, const char *rel, struct gcv_args *ret)
{
	char path[GCV_RELPATH_MAX], folder[GCV_RELPATH_MAX];

	if (!gcv_relpath_fold("", rel, path))
		return;
	strcpy(folder, path);
	while (gcv_relpath_folder(folder) && folder[0])
		if (!is_arch_top(kbuild, folder))
			add_folder_args(kbuild, folder, path, ret);
}

void gcv_kbuild_free(struct gcv_kbuild *kbuild)
{
	if (!kbuild)
		return;
	gcv_intern_release(&kbuild->names);
	free(kbuild->folders);
	gcv_arena_release(&kbuild->arena);
	free(kbuild);
}
