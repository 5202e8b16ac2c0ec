// SPDX-License-Identifier: GPL-2.0-only
/* Headers of <asm/…> that are not in the tree: wrappers of asm-generic headers and generated ones.
 */
#include "parse/makefile.h"
#include "parse/virtual_make.h"

#include <stdio.h>
#include <string.h>

/* The lists of one Kbuild file: names of headers. */
struct lists {
	struct gcv_intern generic, generated, mandatory;
};

static void add_names(const struct gcv_makefile *mk, const char *variable, struct gcv_intern *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	char *name, *save = NULL;

	gcv_macros_expand(&mk->macros, variable, &text);
	for (name = strtok_r(text.buf, " \t", &save); name; name = strtok_r(NULL, " \t", &save))
		if (!strchr(name, '/') && strstr(name, ".h"))
			gcv_intern_add(ret, name, strlen(name));
}

static void read_lists(const struct gcv_virtual *v, const char *folder, struct lists *ret)
{
	struct gcv_makefile mk;

	gcv_makefile_read(&mk, v->tree, v->kconfig, v->arch->name, folder);
	add_names(&mk, "$(generic-y)", &ret->generic);
	add_names(&mk, "$(generated-y)", &ret->generated);
	add_names(&mk, "$(syscall-y)", &ret->generated);
	add_names(&mk, "$(mandatory-y)", &ret->mandatory);
	gcv_makefile_release(&mk);
}

static void release_lists(struct lists *lists)
{
	gcv_intern_release(&lists->generic);
	gcv_intern_release(&lists->generated);
	gcv_intern_release(&lists->mandatory);
}

static bool exists(const struct gcv_virtual *v, const char *folder, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return gcv_tree_exists(v->tree, path);
}

/* "#include <asm-generic/X.h>", as cmd_wrap writes it. */
static void wrap(struct gcv_virtual *v, const char *rel_folder, const char *name)
{
	char rel[512], text[512];
	int len;

	snprintf(rel, sizeof(rel), "%s/%s", rel_folder, name);
	len = snprintf(text, sizeof(text), "#include <asm-generic/%s>\n", name);
	if (len > 0 && (size_t)len < sizeof(text))
		gcv_virtual_add(v, rel, text, (size_t)len);
}

/* Headers whose contents are known without a table; all others are made empty. */
static const char *known_text(const char *name)
{
	static const struct {
		const char *name, *text;
	} known[] = {
		/* scripts/Makefile.vmlinux_o and tools/objtool: a hash of the ORC entry. */
		{ "orc_hash.h", "#define ORC_HASH 0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\n" },
		/* arch/x86/tools/cpufeaturemasks.awk: nothing is required or disabled. */
		{ "cpufeaturemasks.h",
		  "#define REQUIRED_MASK_BIT_SET(x) 0\n#define DISABLED_MASK_BIT_SET(x) 0\n"
		  "#define SSE_MASK 0\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].text;
	return "";
}

static void add_generated(struct gcv_virtual *v, const char *arch, const char *rel_folder,
			  const char *name)
{
	const char *text = known_text(name);
	char rel[512];

	snprintf(rel, sizeof(rel), "%s/%s", rel_folder, name);
	if (!gcv_virtual_has(v, rel) && !gcv_virtual_add_syscalls(v, name, rel_folder, arch))
		gcv_virtual_add(v, rel, text, strlen(text));
}

/*
 * Headers that some architectures generate without naming them in a Kbuild file, with the target
 * that makes them. Only those whose reader in the tree lacks them do any harm when absent.
 */
static void add_unlisted(struct gcv_virtual *v, const char *arch, const char *rel_folder)
{
	static const struct {
		const char *arch, *name;
	} unlisted[] = {
		{ "x86", "cpufeaturemasks.h" },
		{ "s390", "dis-defs.h" },
		{ "arm", "unistd-nr.h" },
	};
	char folder[128];
	size_t i;

	for (i = 0; i < sizeof(unlisted) / sizeof(*unlisted); i++) {
		snprintf(folder, sizeof(folder), "arch/%s/include/asm", arch);
		if (strcmp(unlisted[i].arch, arch) == 0 && !exists(v, folder, unlisted[i].name))
			add_generated(v, arch, rel_folder, unlisted[i].name);
	}
}

/* One half (kernel or user) of the asm headers of @arch. */
static void add_half(struct gcv_virtual *v, const char *arch, const char *uapi,
		     const char *rel_folder, bool with_mandatory)
{
	struct lists own = { 0 }, common = { 0 };
	char folder[128], generic[64];
	const char *name;
	uint32_t i;

	snprintf(folder, sizeof(folder), "arch/%s/include/%sasm", arch, uapi);
	snprintf(generic, sizeof(generic), "include/%sasm-generic", uapi);
	read_lists(v, folder, &own);
	if (with_mandatory)
		read_lists(v, generic, &common);
	for (i = 0; i < own.generated.nr; i++) {
		name = gcv_intern_str(&own.generated, i);
		if (!exists(v, folder, name))
			add_generated(v, arch, rel_folder, name);
	}
	for (i = 0; i < own.generic.nr; i++) {
		name = gcv_intern_str(&own.generic, i);
		if (!exists(v, folder, name))
			wrap(v, rel_folder, name);
	}
	for (i = 0; i < common.mandatory.nr; i++) {
		name = gcv_intern_str(&common.mandatory, i);
		if (!exists(v, folder, name))
			wrap(v, rel_folder, name);
	}
	release_lists(&own);
	release_lists(&common);
}

static bool arch_has(const struct gcv_virtual *v, const char *uapi, const char *name)
{
	char folder[128];

	snprintf(folder, sizeof(folder), "arch/%s/include/%sasm", v->arch->name, uapi);
	if (exists(v, folder, name))
		return true;
	if (!v->arch->host)
		return false;
	snprintf(folder, sizeof(folder), "arch/%s/include/%sasm", v->arch->host, uapi);
	return exists(v, folder, name);
}

/*
 * Generic headers that the lists do not name, for trees and files that no build would combine: last
 * in the search order, so that they never hide anything.
 */
static void add_fallbacks(struct gcv_virtual *v, const char *uapi)
{
	struct gcv_arena arena = { 0 };
	struct gcv_tree_entry *entries;
	char folder[64], rel[512];
	size_t i, nr;

	snprintf(folder, sizeof(folder), "include/%sasm-generic", uapi);
	if (gcv_tree_list(v->tree, folder, &arena, &entries, &nr, NULL) != GCV_OK)
		nr = 0;
	for (i = 0; i < nr; i++) {
		if (entries[i].is_folder || !strstr(entries[i].name, ".h") ||
		    strlen(entries[i].name) > 200)
			continue;
		if (*uapi && !arch_has(v, "uapi/", entries[i].name))
			wrap(v, "fallback/uapi/asm", entries[i].name);
		snprintf(rel, sizeof(rel), "gen/asm/%s", entries[i].name);
		if (arch_has(v, "", entries[i].name) || arch_has(v, "uapi/", entries[i].name) ||
		    gcv_virtual_has(v, rel))
			continue;
		snprintf(rel, sizeof(rel), "gen/uapi/asm/%s", entries[i].name);
		if (!gcv_virtual_has(v, rel))
			wrap(v, "fallback/asm", entries[i].name);
	}
	gcv_arena_release(&arena);
}

void gcv_virtual_add_asm(struct gcv_virtual *v)
{
	bool is_um = v->arch->host != NULL;

	/* um lists all it wants; include/asm-generic/Kbuild is not read for it. */
	add_half(v, v->arch->name, "", "gen/asm", !is_um);
	add_half(v, v->arch->name, "uapi/", "gen/uapi/asm", !is_um);
	add_unlisted(v, v->arch->name, "gen/asm");
	if (is_um) {
		add_half(v, v->arch->host, "", "host/asm", true);
		add_half(v, v->arch->host, "uapi/", "host/uapi/asm", true);
		add_unlisted(v, v->arch->host, "host/asm");
	}
	add_fallbacks(v, "");
	add_fallbacks(v, "uapi/");
}
