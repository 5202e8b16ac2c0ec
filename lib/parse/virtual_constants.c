// SPDX-License-Identifier: GPL-2.0-only
/* Constants that a build computes by compiling or calculating something. */
#include "parse/relpath.h"
#include "parse/virtual_make.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Page flags where they cannot be counted. */
#define PAGEFLAGS_GUESS 24
/* asm-offsets.h: the value is of no consequence to a parser; small and a power of two. */
#define OFFSET_VALUE	    8
#define OFFSETS_INCLUDE_MAX 8

struct flag_count {
	const struct gcv_virtual *v;
	bool in_enum, done;
	unsigned int nr, depth, inactive_depth;
};

/* "#if defined(CONFIG_A) && defined(CONFIG_B)", "#ifdef CONFIG_A", "#ifndef CONFIG_A". */
static bool condition_holds(const struct gcv_kconfig *kconfig, const char *line)
{
	bool any = strstr(line, "||") != NULL, result = !any, on;
	const char *p = line;
	char name[128];
	size_t len;

	while ((p = strstr(p, "CONFIG_"))) {
		p += 7;
		for (len = 0; isalnum((unsigned char)p[len]) || p[len] == '_'; len++)
			;
		snprintf(name, sizeof(name), "%.*s", (int)(len < 100 ? len : 100), p);
		on = gcv_kconfig_is_on(kconfig, name);
		result = any ? result || on : result && on;
		p += len;
	}
	return strncmp(line, "ifndef", 6) == 0 ? !result : result;
}

static void count_flag(void *ctx, char *line)
{
	struct flag_count *c = ctx;

	line += strspn(line, " \t");
	if (c->done || (!c->in_enum && strncmp(line, "enum pageflags", 14) != 0))
		return;
	c->in_enum = true;
	if (*line == '#') {
		line += 1 + strspn(line + 1, " \t");
		if (strncmp(line, "if", 2) == 0) {
			c->depth++;
			if (!c->inactive_depth && !condition_holds(c->v->kconfig, line))
				c->inactive_depth = c->depth;
		} else if (strncmp(line, "endif", 5) == 0 && c->depth) {
			if (c->inactive_depth == c->depth)
				c->inactive_depth = 0;
			c->depth--;
		}
	} else if (strncmp(line, "__NR_PAGEFLAGS", 14) == 0) {
		c->done = true;
	} else if (strncmp(line, "PG_", 3) == 0 && !c->inactive_depth) {
		c->nr += strchr(line, ',') && !strchr(line, '=');
	}
}

static unsigned int log2_up(long long n)
{
	unsigned int bits = 0;

	while (bits < 62 && (1ll << bits) < n)
		bits++;
	return bits;
}

static void add_bounds(struct gcv_virtual *v)
{
	static const char *const zones[] = { "ZONE_DMA", "ZONE_DMA32", "HIGHMEM", "ZONE_DEVICE" };
	bool lru_gen = gcv_kconfig_is_on(v->kconfig, "LRU_GEN");
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct flag_count flags = { .v = v };
	/* ZONE_NORMAL and ZONE_MOVABLE are always there. */
	unsigned int zones_nr = 2;
	size_t i;

	gcv_virtual_read(v, "include/linux/page-flags.h", count_flag, &flags);
	for (i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		zones_nr += gcv_kconfig_is_on(v->kconfig, zones[i]);
	gcv_strbuf_addf(
		&text,
		"#define NR_PAGEFLAGS %u\n#define MAX_NR_ZONES %u\n#define NR_CPUS_BITS %u\n"
		"#define SPINLOCK_SIZE 4\n#define LRU_GEN_WIDTH %d\n"
		"#define __LRU_REFS_WIDTH %d\n",
		flags.done ? flags.nr : PAGEFLAGS_GUESS, zones_nr,
		log2_up(gcv_kconfig_number(v->kconfig, "NR_CPUS", 1)), lru_gen ? 3 : 0,
		lru_gen ? 2 : 0);
	gcv_virtual_add(v, "gen/generated/bounds.h", text.buf, text.len);
}

static unsigned long long gcd(unsigned long long a, unsigned long long b)
{
	unsigned long long t;

	while (b) {
		t = b;
		b = a % b;
		a = t;
	}
	return a;
}

/* One direction: @n units are @d others; fmul(), fadj() and fmuls() of timeconst.bc. */
static void add_ratio(struct gcv_strbuf *text, const char *name, unsigned long long n,
		      unsigned long long d)
{
	unsigned long long common = gcd(n, d), mul = 0, adj;
	unsigned __int128 one;
	unsigned int shift;

	for (shift = 0; shift < 63; shift++) {
		one = (unsigned __int128)1 << shift;
		mul = (unsigned long long)((one * n + d - 1) / d);
		if (mul >= 1ull << 31)
			break;
	}
	one = (unsigned __int128)1 << shift;
	adj = (unsigned long long)(one * (d / common - 1) / (d / common));
	gcv_strbuf_addf(text,
			"#define %s_MUL32 U64_C(0x%llX)\n#define %s_ADJ32 U64_C(0x%llX)\n"
			"#define %s_SHR32 %u\n",
			name, mul, name, adj, name, shift);
}

static void add_fraction(struct gcv_strbuf *text, const char *unit, unsigned long long hz,
			 unsigned long long per_second)
{
	unsigned long long common = gcd(hz, per_second), num = per_second / common,
			   den = hz / common;

	gcv_strbuf_addf(text,
			"#define HZ_TO_%s_NUM %llu\n#define HZ_TO_%s_DEN %llu\n"
			"#define %s_TO_HZ_NUM %llu\n#define %s_TO_HZ_DEN %llu\n",
			unit, num, unit, den, unit, den, unit, num);
}

static void add_timeconst(struct gcv_virtual *v)
{
	long long hz = gcv_kconfig_number(v->kconfig, "HZ", 250);
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	unsigned long long h;

	if (hz < 2 || hz > 1000000)
		hz = 250;
	h = (unsigned long long)hz;
	add_ratio(&text, "HZ_TO_MSEC", 1000, h);
	add_ratio(&text, "MSEC_TO_HZ", h, 1000);
	add_fraction(&text, "MSEC", h, 1000);
	add_ratio(&text, "HZ_TO_USEC", 1000000, h);
	add_ratio(&text, "USEC_TO_HZ", h, 1000000);
	add_fraction(&text, "USEC", h, 1000000);
	add_fraction(&text, "NSEC", h, 1000000000);
	gcv_virtual_add(v, "gen/generated/timeconst.h", text.buf, text.len);
}

struct offsets {
	const struct gcv_virtual *v;
	struct gcv_strbuf text;
	const char *folder;
	unsigned int files;
};

static void read_offsets(struct offsets *o, const char *path);

/* "#include <…offsets.h>" or "…offsets_64.c": more of the same. */
static void follow_include(struct offsets *o, const char *name)
{
	static const struct {
		const char *before, *after;
	} folders[] = { { "arch/", "/include/shared" },
			{ "arch/", "/include" },
			{ "arch/x86/", "/shared" } };
	size_t len = strcspn(name, "\">"), i;
	char folder[128], file[256], path[GCV_RELPATH_MAX];

	if (len >= sizeof(file) || o->files >= OFFSETS_INCLUDE_MAX)
		return;
	memcpy(file, name, len);
	file[len] = '\0';
	if (!strstr(file, "offsets") || strncmp(file, "generated/", 10) == 0 ||
	    strncmp(file, "asm/", 4) == 0)
		return;
	if (gcv_relpath_fold(o->folder, file, path) && gcv_tree_exists(o->v->tree, path))
		read_offsets(o, path);
	for (i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(folder, sizeof(folder), "%s%s%s", folders[i].before, o->v->arch->name,
			 folders[i].after);
		if (gcv_relpath_fold(folder, file, path) && gcv_tree_exists(o->v->tree, path))
			read_offsets(o, path);
	}
}

/* "DEFINE(NAME, …)", "OFFSET(NAME, …)" and macros of that kind define NAME. */
static void offset_line(void *ctx, char *line)
{
	struct offsets *o = ctx;
	size_t macro, name;

	line += strspn(line, " \t");
	if (strncmp(line, "#include", 8) == 0) {
		line += strcspn(line, "\"<");
		if (*line)
			follow_include(o, line + 1);
		return;
	}
	macro = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	if (!macro || line[macro] != '(' || strncmp(line, "BUILD_BUG", 9) == 0)
		return;
	line += macro + 1;
	line += strspn(line, " \t");
	for (name = 0; isalnum((unsigned char)line[name]) || line[name] == '_'; name++)
		;
	if (!name || isdigit((unsigned char)*line) ||
	    line[name + strspn(line + name, " \t")] != ',')
		return;
	gcv_strbuf_addf(&o->text, "#ifndef %.*s\n#define %.*s %d\n#endif\n", (int)name, line,
			(int)name, line, OFFSET_VALUE);
}

static void read_offsets(struct offsets *o, const char *path)
{
	o->files++;
	gcv_virtual_read(o->v, path, offset_line, o);
}

static void add_offsets(struct gcv_virtual *v, const char *folder, const char *source,
			const char *header)
{
	struct offsets o = { .v = v };
	char path[256], rel[128];

	snprintf(path, sizeof(path), "%s/%s.c", folder, source);
	o.folder = folder;
	read_offsets(&o, path);
	snprintf(rel, sizeof(rel), "gen/generated/%s.h", header);
	gcv_virtual_add(v, rel, o.text.buf, o.text.len);
	gcv_strbuf_release(&o.text);
}

void gcv_virtual_add_constants(struct gcv_virtual *v)
{
	char folder[128];

	add_bounds(v);
	add_timeconst(v);
	snprintf(folder, sizeof(folder), "arch/%s/kernel", v->arch->name);
	add_offsets(v, folder, "asm-offsets", "asm-offsets");
	/* arch/x86/kvm/Makefile, kernel/sched/Makefile */
	snprintf(folder, sizeof(folder), "arch/%s/kvm", v->arch->name);
	add_offsets(v, folder, "kvm-asm-offsets", "kvm-asm-offsets");
	add_offsets(v, "kernel/sched", "rq-offsets", "rq-offsets");
	/* arch/um/Makefile, USER_OFFSETS */
	if (v->arch->host) {
		snprintf(folder, sizeof(folder), "arch/%s/um", v->arch->host);
		add_offsets(v, folder, "user-offsets", "user_constants");
	}
}
