// SPDX-License-Identifier: GPL-2.0-only
/* System call numbers from the .tbl files. */
#include "parse/virtual_make.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ABIS_MAX 256

/* Which rows of a table count, and how their numbers are written. */
struct header {
	const char *prefix, *offset;
	char abis[ABIS_MAX];
	unsigned long last;
	struct gcv_strbuf text;
};

/*
 * What the name of a header says where it is not "common" and the name itself. Sources: Makefiles
 * in arch/x86/entry/syscalls, arch/powerpc/kernel/syscalls, arch/mips/kernel/syscalls and
 * arch/arm/tools.
 */
static const struct {
	const char *arch, *abi, *abis, *prefix, *offset;
} rules[] = {
	{ "x86", "32", "i386", "", NULL },
	{ "x86", "64", "common 64", "", NULL },
	{ "x86", "x32", "common x32", "", "__X32_SYSCALL_BIT" },
	{ "x86", "32_ia32", "i386", "ia32_", NULL },
	{ "x86", "64_x32", "x32", "x32_", NULL },
	{ "powerpc", "32", "common nospu 32", "", NULL },
	{ "powerpc", "64", "common nospu 64", "", NULL },
	{ "mips", "n32", "n32", "", "__NR_Linux" },
	{ "mips", "n64", "n64", "", "__NR_Linux" },
	{ "mips", "o32", "o32", "", "__NR_Linux" },
	{ "arm", "eabi", "common eabi", "", "__NR_SYSCALL_BASE" },
	{ "arm", "oabi", "common oabi", "", "__NR_SYSCALL_BASE" },
	{ "ia64", "64", "common 64", "", "__NR_Linux" },
};

static bool has_abi(const char *abis, const char *abi, size_t len)
{
	const char *p = abis;

	while ((p = strstr(p, abi))) {
		if ((p == abis || p[-1] == ' ') && (p[len] == ' ' || !p[len]))
			return true;
		p += len;
	}
	return false;
}

static void table_line(void *ctx, char *line)
{
	struct header *h = ctx;
	char *save = NULL, *end, *abi, *name;
	unsigned long nr;

	abi = strtok_r(line, " \t", &save);
	if (!abi || !isdigit((unsigned char)*abi))
		return;
	nr = strtoul(abi, &end, 0);
	abi = strtok_r(NULL, " \t", &save);
	name = strtok_r(NULL, " \t", &save);
	if (*end || !abi || !name || !has_abi(h->abis, abi, strlen(abi)) || strpbrk(name, "#/\"\\"))
		return;
	h->last = nr;
	if (h->offset)
		gcv_strbuf_addf(&h->text, "#define __NR_%s%s (%s + %lu)\n", h->prefix, name,
				h->offset, nr);
	else
		gcv_strbuf_addf(&h->text, "#define __NR_%s%s %lu\n", h->prefix, name, nr);
}

struct extra {
	const char *abi;
	char *abis;
	char *table;
};

/* "syscall_abis_64 += renameat rlimit" and "syscalltbl = arch/arm64/tools/syscall_%.tbl". */
static void makefile_line(void *ctx, char *line)
{
	struct extra *x = ctx;
	size_t used = strlen(x->abis), len;
	const char *value = strchr(line, '=');

	if (!value)
		return;
	value += 1 + strspn(value + 1, " \t");
	if (strncmp(line, "syscall_abis_", 13) == 0) {
		len = strlen(x->abi);
		if (strncmp(line + 13, x->abi, len) == 0 && strchr(" \t+:=", line[13 + len]))
			snprintf(x->abis + used, ABIS_MAX - used, " %s", value);
	} else if (strncmp(line, "syscalltbl", 10) == 0) {
		const char *percent = strchr(value, '%');

		if (strncmp(value, "$(srctree)/", 11) == 0)
			value += 11;
		if (percent && percent >= value)
			snprintf(x->table, ABIS_MAX, "%.*s%s%s", (int)(percent - value), value,
				 x->abi, percent + 1);
		else
			snprintf(x->table, ABIS_MAX, "%s", value);
	}
}

static bool find_table(const struct gcv_virtual *v, const char *arch, const char *abi,
		       const char *named, char ret[ABIS_MAX])
{
	static const char *const folders[] = { "kernel/syscalls", "entry/syscalls", "tools" };
	const char *width = strstr(abi, "64") || strcmp(abi, "x32") == 0 ? "64" : "32";
	size_t i;

	if (*named && gcv_tree_exists(v->tree, named)) {
		snprintf(ret, ABIS_MAX, "%s", named);
		return true;
	}
	/* The 64 of "64_x32" is the table's. */
	for (i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(ret, ABIS_MAX, "arch/%s/%s/syscall_%s.tbl", arch, folders[i], abi);
		if (gcv_tree_exists(v->tree, ret))
			return true;
		snprintf(ret, ABIS_MAX, "arch/%s/%s/syscall_%s.tbl", arch, folders[i], width);
		if (gcv_tree_exists(v->tree, ret))
			return true;
		snprintf(ret, ABIS_MAX, "arch/%s/%s/syscall.tbl", arch, folders[i]);
		if (gcv_tree_exists(v->tree, ret))
			return true;
	}
	snprintf(ret, ABIS_MAX, "scripts/syscall.tbl");
	return gcv_tree_exists(v->tree, ret);
}

static void choose_rows(struct header *h, const char *arch, const char *abi)
{
	size_t i;

	h->prefix = "";
	snprintf(h->abis, sizeof(h->abis), "common %s", abi);
	for (i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		if (strcmp(rules[i].arch, arch) == 0 && strcmp(rules[i].abi, abi) == 0) {
			snprintf(h->abis, sizeof(h->abis), "%s", rules[i].abis);
			h->prefix = rules[i].prefix;
			h->offset = rules[i].offset;
		}
	}
}

/* unistd_nr.h and its kin hold only how many there are, under the name their reader wants. */
static void add_count(struct gcv_virtual *v, const char *rel, const char *abi, unsigned long last)
{
	const char *mips = strcmp(abi, "nr_n32") == 0	? "N32_"
			   : strcmp(abi, "nr_n64") == 0 ? "64_"
			   : strcmp(abi, "nr_o32") == 0 ? "O32_"
							: NULL;
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	if (mips)
		gcv_strbuf_addf(&text, "#define __NR_%sLinux_syscalls %lu\n", mips, last + 1);
	else
		gcv_strbuf_addf(&text, "#define NR_syscalls %lu\n#define __NR_syscalls %lu\n",
				last + 1, last + 1);
	gcv_virtual_add(v, rel, text.buf, text.len);
}

bool gcv_virtual_add_syscalls(struct gcv_virtual *v, const char *name, const char *rel_folder,
			      const char *arch)
{
	char abi[32], table[ABIS_MAX], named[ABIS_MAX] = "", rel[256], prefix[40], makefile[128];
	struct header h = { 0 };
	struct extra x = { .abis = h.abis, .table = named };
	const char *start = name + strlen("unistd_");
	size_t len = strcspn(name, ".");
	bool is_count;

	if (strncmp(name, "unistd", 6) != 0 || (name[6] != '_' && name[6] != '-') || len < 8 ||
	    len - 7 >= sizeof(abi))
		return false;
	snprintf(abi, sizeof(abi), "%.*s", (int)(len - 7), start);
	snprintf(rel, sizeof(rel), "%s/%s", rel_folder, name);
	is_count = strncmp(abi, "nr", 2) == 0;
	if (is_count)
		memmove(abi, abi[2] == '_' ? abi + 3 : "64",
			abi[2] == '_' ? strlen(abi + 3) + 1 : 3);
	choose_rows(&h, arch, abi);
	if (strncmp(abi, "compat_", 7) == 0) {
		snprintf(prefix, sizeof(prefix), "compat%s_", abi + 7);
		memmove(abi, abi + 7, strlen(abi + 7) + 1);
		choose_rows(&h, arch, abi);
		h.prefix = prefix;
	}
	if (is_count && strlen(h.abis) + 16 < sizeof(h.abis))
		strcat(h.abis, " eabi oabi 32 64");
	x.abi = abi;
	snprintf(makefile, sizeof(makefile), "arch/%s/kernel/Makefile.syscalls", arch);
	gcv_virtual_read(v, makefile, makefile_line, &x);
	if (!find_table(v, arch, abi, named, table) ||
	    !gcv_virtual_read(v, table, table_line, &h)) {
		gcv_strbuf_release(&h.text);
		return false;
	}
	if (is_count) {
		snprintf(prefix, sizeof(prefix), "nr_%s", abi);
		add_count(v, rel, prefix, h.last);
	} else {
		/* "--emit-nr" */
		gcv_strbuf_addf(&h.text, "#define __NR_%ssyscalls %lu\n", h.prefix, h.last + 1);
		gcv_virtual_add(v, rel, h.text.buf, h.text.len);
	}
	gcv_strbuf_release(&h.text);
	return true;
}
