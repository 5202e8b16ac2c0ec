// SPDX-License-Identifier: GPL-2.0-only
/* Which architectures declare a Kconfig symbol: a shallow look at arch/X/Kconfig and its parts. */
#include "base/intern.h"
#include "parse/arch.h"
#include "parse/relpath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_PER_ARCH_MAX 500

struct gcv_arch_symbols {
	struct gcv_intern names;
	uint64_t *sets;
	uint32_t cap;
};

struct look {
	struct gcv_arch_symbols *symbols;
	const struct gcv_tree *tree;
	struct gcv_intern files;
	const char *arch;
	uint64_t bit;
};

static void add_symbol(struct look *look, const char *name, size_t len)
{
	struct gcv_arch_symbols *s = look->symbols;
	uint32_t id = gcv_intern_add(&s->names, name, len), old = s->cap;

	if (id >= old) {
		s->cap = old ? old * 2 : 1024;
		s->sets = gcv_realloc_array(s->sets, s->cap, sizeof(*s->sets));
		memset(s->sets + old, 0, (s->cap - old) * sizeof(*s->sets));
	}
	s->sets[id] |= look->bit;
}

/* Put arch/X for arch/$(SRCARCH), in either spelling, and queue the file where it is below arch/X.
 */
static void add_source(struct look *look, const char *arg, size_t len)
{
	char text[512], path[GCV_RELPATH_MAX], prefix[64];
	const char *rest;

	if (len >= sizeof(text))
		return;
	memcpy(text, arg, len);
	text[len] = '\0';
	rest = strchr(text, '/');
	snprintf(prefix, sizeof(prefix), "arch/%s/", look->arch);
	if (rest && strncmp(text, "arch/$", 6) == 0) {
		rest = strchr(rest + 1, '/');
		if (!rest || !gcv_relpath_fold(prefix, rest + 1, path))
			return;
	} else if (!gcv_relpath_fold("", text, path)) {
		return;
	}
	if (strncmp(path, prefix, strlen(prefix)) == 0)
		gcv_intern_add(&look->files, path, strlen(path));
}

static void look_at_line(struct look *look, const char *line, size_t len)
{
	const char *arg, *end = line + len;
	size_t word;

	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	for (word = 0; line + word < end && line[word] != ' ' && line[word] != '\t'; word++)
		;
	for (arg = line + word; arg < end && strchr(" \t\"'", *arg); arg++)
		;
	for (len = 0; arg + len < end && !strchr(" \t\r\"'#", arg[len]); len++)
		;
	if (!len)
		return;
	if ((word == 6 && memcmp(line, "config", 6) == 0) ||
	    (word == 10 && memcmp(line, "menuconfig", 10) == 0))
		add_symbol(look, arg, len);
	else if (word == 6 && memcmp(line, "source", 6) == 0)
		add_source(look, arg, len);
}

static void look_at_file(struct look *look, const char *path)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const char *p, *nl, *end;

	if (gcv_tree_read(look->tree, path, &text, NULL) != GCV_OK || !text.len)
		return;
	end = text.buf + text.len;
	for (p = text.buf; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		look_at_line(look, p, (size_t)(nl - p));
	}
}

struct gcv_arch_symbols *gcv_arch_symbols_new(const struct gcv_tree *tree)
{
	struct gcv_arch_symbols *symbols = gcv_zalloc(1, sizeof(*symbols));
	const struct gcv_arch *table;
	char path[64];
	size_t i, nr;
	uint32_t file;

	table = gcv_arch_table(&nr);
	for (i = 0; i < nr; i++) {
		struct look look = {
			.symbols = symbols,
			.tree = tree,
			.arch = table[i].name,
			.bit = (uint64_t)1 << i,
		};

		snprintf(path, sizeof(path), "arch/%s/Kconfig", table[i].name);
		gcv_intern_add(&look.files, path, strlen(path));
		/* The list grows while it is read; each file is in it once. */
		for (file = 0; file < look.files.nr && file < FILES_PER_ARCH_MAX; file++)
			look_at_file(&look, gcv_intern_str(&look.files, file));
		gcv_intern_release(&look.files);
	}
	return symbols;
}

uint64_t gcv_arch_symbols_find(const struct gcv_arch_symbols *symbols, const char *name)
{
	uint32_t id;

	if (strncmp(name, "CONFIG_", 7) == 0)
		name += 7;
	id = gcv_intern_find(&symbols->names, name, strlen(name));
	return id == GCV_INTERN_NONE ? 0 : symbols->sets[id];
}

void gcv_arch_symbols_free(struct gcv_arch_symbols *symbols)
{
	if (!symbols)
		return;
	gcv_intern_release(&symbols->names);
	free(symbols->sets);
	free(symbols);
}
