// SPDX-License-Identifier: GPL-2.0-only
/* Under which configuration a file is built at all. */
#include "parse/kbuild_folder.h"
#include "parse/relpath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Settings on the way of one object, and objects that are made of objects. */
#define SETTINGS_MAX 8
#define DEPTH_MAX    6
/* Rules looked at for one file; composite objects could otherwise multiply. */
#define WORK_MAX 20000

/* One way to have an object built. @is_complete: it ends in obj-y, lib-y or the like. */
struct way {
	struct gcv_config_setting settings[SETTINGS_MAX];
	size_t nr;
	bool found, is_complete;
};

struct search {
	const struct gcv_kbuild *kb;
	const struct gcv_kbuild_folder *folder;
	unsigned int work;
};

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);
	const char *p = words;

	while ((p = strstr(p, word))) {
		if ((p == words || p[-1] == ' ' || p[-1] == '\t') &&
		    (p[len] == ' ' || p[len] == '\t' || !p[len]))
			return true;
		p += len;
	}
	return false;
}

static void add_setting(struct way *way, const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < way->nr; i++)
		if (strcmp(way->settings[i].name, name) == 0)
			return;
	if (way->nr < SETTINGS_MAX)
		way->settings[way->nr++] = (struct gcv_config_setting){ name, value };
}

/* The symbol that replaces the list after @rule by one without @object; NULL where none is on. */
static const char *find_replacement(const struct search *s, const struct gcv_kbuild_rule *rule,
				    const char *object)
{
	const struct gcv_kbuild_rule *later;

	for (later = rule->next; later; later = later->next)
		if (later->overwrites && later->symbol && strcmp(later->stem, rule->stem) == 0 &&
		    gcv_kconfig_is_on(s->kb->kconfig, later->symbol) &&
		    !has_word(later->words, object))
			return later->symbol;
	return NULL;
}

static bool is_better(const struct way *a, const struct way *b)
{
	if (!b->found)
		return true;
	if (a->is_complete != b->is_complete)
		return a->is_complete;
	return a->nr < b->nr;
}

/* Lists that the build itself reads (scripts/Makefile.build, top Makefile). */
static bool is_root_list(const char *stem)
{
	static const char *const roots[] = { "obj",  "lib",  "subdir", "core",	 "drivers",
					     "libs", "virt", "net",    "always", "extra" };
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (strcmp(stem, roots[i]) == 0)
			return true;
	return false;
}

static void find_way(struct search *s, const char *object, unsigned int depth, struct way *best)
{
	const struct gcv_kbuild_rule *rule;
	const char *replacement;
	char composite[256];
	struct way way, up;
	size_t i;

	for (rule = s->folder->rules; rule && s->work < WORK_MAX; rule = rule->next) {
		s->work++;
		if (!has_word(rule->words, object))
			continue;
		memset(&way, 0, sizeof(way));
		way.found = true;
		replacement = rule->symbol ? NULL : find_replacement(s, rule, object);
		if (rule->symbol && !gcv_kconfig_is_on(s->kb->kconfig, rule->symbol))
			add_setting(&way, rule->symbol, "y");
		if (replacement)
			add_setting(&way, replacement, "n");
		way.is_complete = is_root_list(rule->stem);
		if (!way.is_complete && depth < DEPTH_MAX) {
			memset(&up, 0, sizeof(up));
			snprintf(composite, sizeof(composite), "%.250s.o", rule->stem);
			if (strcmp(composite, object) != 0)
				find_way(s, composite, depth + 1, &up);
			way.is_complete = up.is_complete;
			for (i = 0; i < up.nr; i++)
				add_setting(&way, up.settings[i].name, up.settings[i].value);
		}
		if (is_better(&way, best))
			*best = way;
	}
}

const struct gcv_config_setting *gcv_kbuild_unmet(struct gcv_kbuild *kbuild, const char *rel,
						  struct gcv_arena *arena, size_t *ret_nr)
{
	char path[GCV_RELPATH_MAX], folder[GCV_RELPATH_MAX], object[GCV_RELPATH_MAX + 2];
	struct gcv_config_setting *ret;
	struct way all = { 0 }, way;
	bool named = false;
	size_t i, len;

	*ret_nr = 0;
	if (!gcv_relpath_fold("", rel, path))
		return NULL;
	strcpy(folder, path);
	while (gcv_relpath_folder(folder) && folder[0]) {
		struct search s = { .kb = kbuild, .folder = gcv_kbuild_get_folder(kbuild, folder) };
		const char *inside = path + strlen(folder) + 1;

		memset(&way, 0, sizeof(way));
		len = strlen(inside);
		if (!named && len > 2 && strcmp(inside + len - 2, ".c") == 0) {
			snprintf(object, sizeof(object), "%.*s.o", (int)(len - 2), inside);
			find_way(&s, object, 0, &way);
			named = way.found;
		}
		if (!way.found && strchr(inside, '/')) {
			snprintf(object, sizeof(object), "%.*s/", (int)strcspn(inside, "/"),
				 inside);
			find_way(&s, object, 0, &way);
		}
		for (i = 0; i < way.nr; i++)
			add_setting(&all, way.settings[i].name, way.settings[i].value);
	}
	ret = gcv_arena_alloc(arena, (all.nr + 1) * sizeof(*ret));
	for (i = 0; i < all.nr; i++) {
		ret[i].name = gcv_arena_strdup(arena, all.settings[i].name);
		ret[i].value = all.settings[i].value;
	}
	*ret_nr = all.nr;
	return ret;
}
