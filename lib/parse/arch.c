// SPDX-License-Identifier: GPL-2.0-only
#include "parse/arch.h"
#include "parse/relpath.h"

#include <stdio.h>
#include <string.h>

/* Includes of one file that decide its architecture; more are not looked at. */
#define INCLUDES_MAX 200

/*
 * In this order architectures are tried. Flags are those of arch/X/Makefile that change what the
 * preprocessor sees or which types there are.
 */
static const struct gcv_arch table[] = {
	{ .name = "x86",
	  .target64 = "x86_64-linux-gnu",
	  .target32 = "i386-linux-gnu",
	  .flags = "-DCC_USING_FENTRY",
	  .flags64 = "-m64 -mcmodel=kernel -mno-red-zone",
	  .flags32 = "-m32" },
	{ .name = "arm64", .target64 = "aarch64-linux-gnu" },
	{ .name = "powerpc",
	  .target64 = "powerpc64le-linux-gnu",
	  .target32 = "powerpc-linux-gnu",
	  .includes = "arch/powerpc" },
	{ .name = "sparc", .target64 = "sparc64-linux-gnu", .target32 = "sparc-linux-gnu" },
	{ .name = "s390",
	  .target64 = "s390x-linux-gnu",
	  .flags = "-march=z13 -D__PACK_STACK -DCC_USING_FENTRY" },
	{ .name = "mips",
	  .target64 = "mips64el-linux-gnuabi64",
	  .target32 = "mipsel-linux-gnu",
	  .includes = "arch/mips/include/asm/mach-generic" },
	{ .name = "arm",
	  .target32 = "arm-linux-gnueabi",
	  .flags = "-march=armv7-a -D__LINUX_ARM_ARCH__=7 -mfloat-abi=soft" },
	{ .name = "riscv", .target64 = "riscv64-linux-gnu", .target32 = "riscv32-linux-gnu" },
	{ .name = "loongarch",
	  .target64 = "loongarch64-linux-gnu",
	  .target32 = "loongarch32-linux-gnu",
	  .wants_compiler_headers = true },
	{ .name = "parisc",
	  .target64 = "mips64-linux-gnuabi64",
	  .target32 = "mips-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__hppa__ -D__hppa -U__mips__ -U__mips -Umips" },
	{ .name = "ia64",
	  .target64 = "x86_64-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__ia64__=1 -D__ia64=1 -U__x86_64__ -U__x86_64" },
	{ .name = "sh",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__sh__ -D__SH4__ -U__mips__ -U__mips -Umips",
	  .includes = "arch/sh/include/cpu-sh4 arch/sh/include/cpu-common "
		      "arch/sh/include/mach-common" },
	{ .name = "um",
	  .target64 = "x86_64-linux-gnu",
	  .target32 = "i386-linux-gnu",
	  .host = "x86",
	  .flags = "-D__arch_um__ -Derrno=kernel_errno -Dsigprocmask=kernel_sigprocmask "
		   "-Dmktime=kernel_mktime",
	  .includes = "arch/um/include/shared arch/x86/um/shared arch/um/include/shared/skas "
		      "arch/x86/um arch/x86/include arch/x86/include/uapi" },
	{ .name = "alpha",
	  .target64 = "x86_64-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__alpha__ -D__alpha -U__x86_64__ -U__x86_64" },
	{ .name = "m68k",
	  .target32 = "mips-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__mc68000__ -D__mc68020__ -D__m68k__ -U__mips__ -U__mips -Umips" },
	{ .name = "arc",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__arc__ -U__mips__ -U__mips -Umips" },
	{ .name = "xtensa",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__XTENSA__ -D__XTENSA_EL__ -D__XTENSA_WINDOWED_ABI__ -U__mips__ -U__mips "
		   "-Umips",
	  .includes = "arch/xtensa/variants/fsf/include arch/xtensa/platforms/iss/include" },
	{ .name = "csky",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__csky__ -D__CSKYABIV2__ -D__CSKYLE__ -U__mips__ -U__mips -Umips",
	  .includes = "arch/csky/abiv2/inc" },
	{ .name = "hexagon", .target32 = "hexagon-linux-musl", .flags = "-DTHREADINFO_REG=r19" },
	{ .name = "microblaze",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__MICROBLAZE__ -D__microblaze__ -D__MICROBLAZEEL__ -U__mips__ -U__mips "
		   "-Umips" },
	{ .name = "nios2",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__nios2__ -D__NIOS2__ -U__mips__ -U__mips -Umips" },
	{ .name = "openrisc",
	  .target32 = "mips-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__or1k__ -U__mips__ -U__mips -Umips" },
	{ .name = "nds32",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__nds32__ -D__NDS32_EL__ -U__mips__ -U__mips -Umips" },
	{ .name = "unicore32",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__unicore32__ -U__mips__ -U__mips -Umips" },
	{ .name = "h8300",
	  .target32 = "mips-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D__H8300H__ -U__mips__ -U__mips -Umips" },
	{ .name = "c6x",
	  .target32 = "mipsel-linux-gnu",
	  .is_stand_in = true,
	  .flags = "-D_TMS320C6X -U__mips__ -U__mips -Umips" },
};

#define TABLE_NR (sizeof(table) / sizeof(*table))
_Static_assert(TABLE_NR <= GCV_ARCH_MAX, "a set of architectures must fit in 64 bits");

const struct gcv_arch *gcv_arch_table(size_t *ret_nr)
{
	*ret_nr = TABLE_NR;
	return table;
}

const struct gcv_arch *gcv_arch_find(const char *name, size_t len_bytes)
{
	size_t i;

	for (i = 0; i < TABLE_NR; i++)
		if (strlen(table[i].name) == len_bytes &&
		    memcmp(table[i].name, name, len_bytes) == 0)
			return &table[i];
	return NULL;
}

bool gcv_arch_exists(const struct gcv_tree *tree, const struct gcv_arch *arch)
{
	char path[64];

	snprintf(path, sizeof(path), "arch/%s/include", arch->name);
	return gcv_tree_exists(tree, path);
}

const struct gcv_arch *gcv_arch_of_path(const char *rel)
{
	size_t len;

	if (strncmp(rel, "arch/", 5) != 0)
		return NULL;
	len = strcspn(rel + 5, "/");
	if (strncmp(rel + 5 + len, "/um/", 4) == 0)
		return gcv_arch_find("um", 2);
	return gcv_arch_find(rel + 5, len);
}

static bool exists_in(const struct gcv_tree *tree, const char *folder, const char *header)
{
	char path[GCV_RELPATH_MAX];

	if (!gcv_relpath_fold(folder, header, path))
		return false;
	return gcv_tree_exists(tree, path);
}

static bool exists_for_any(const struct gcv_tree *tree, const char *header)
{
	if (exists_in(tree, "include", header) || exists_in(tree, "include/uapi", header))
		return true;
	if (strncmp(header, "asm/", 4) != 0)
		return false;
	return exists_in(tree, "include/asm-generic", header + 4) ||
	       exists_in(tree, "include/uapi/asm-generic", header + 4);
}

static bool exists_for_arch(const struct gcv_tree *tree, const struct gcv_arch *arch,
			    const char *header)
{
	const char *p = arch->includes ? arch->includes : "";
	char folder[GCV_RELPATH_MAX];
	size_t len;

	snprintf(folder, sizeof(folder), "arch/%s/include", arch->name);
	if (exists_in(tree, folder, header))
		return true;
	snprintf(folder, sizeof(folder), "arch/%s/include/uapi", arch->name);
	if (exists_in(tree, folder, header))
		return true;
	for (; *p; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		snprintf(folder, sizeof(folder), "%.*s", (int)len, p);
		if (len && exists_in(tree, folder, header))
			return true;
	}
	return false;
}

/* The next "#include <NAME>" in the text; @name has GCV_RELPATH_MAX bytes. */
static bool next_include(const char **text, const char *end, char *name)
{
	const char *p = *text, *hash, *nl, *close;

	while ((hash = memchr(p, '#', (size_t)(end - p)))) {
		nl = memchr(hash, '\n', (size_t)(end - hash));
		nl = nl ? nl : end;
		p = hash + 1;
		while (p < nl && (*p == ' ' || *p == '\t'))
			p++;
		if (nl - p > 9 && memcmp(p, "include", 7) == 0) {
			p += 7;
			while (p < nl && (*p == ' ' || *p == '\t'))
				p++;
			close = p < nl && *p == '<' ? memchr(p, '>', (size_t)(nl - p)) : NULL;
			if (close && close - p < GCV_RELPATH_MAX) {
				memcpy(name, p + 1, (size_t)(close - p - 1));
				name[close - p - 1] = '\0';
				*text = nl;
				return true;
			}
		}
		p = nl;
	}
	return false;
}

/* Headers that the file includes and that not every architecture has. */
static size_t special_includes(const struct gcv_tree *tree, const char *text, size_t len,
			       struct gcv_arena *arena, const char **ret)
{
	const char *end = text + len;
	char name[GCV_RELPATH_MAX];
	size_t nr = 0;

	while (nr < INCLUDES_MAX && next_include(&text, end, name)) {
		/* linux/ is below include/ only: not worth a question to the system. */
		if (strncmp(name, "linux/", 6) != 0 && !exists_for_any(tree, name))
			ret[nr++] = gcv_arena_strdup(arena, name);
	}
	return nr;
}

const struct gcv_arch *gcv_arch_pick(const struct gcv_tree *tree, const char *rel, const char *text,
				     size_t len_bytes)
{
	const struct gcv_arch *best = gcv_arch_of_path(rel);
	const char *headers[INCLUDES_MAX];
	struct gcv_arena arena = { 0 };
	size_t nr, i, k, lacking, best_lacking = SIZE_MAX;

	if (best)
		return best;
	nr = special_includes(tree, text, len_bytes, &arena, headers);
	for (i = 0; i < TABLE_NR && best_lacking; i++) {
		if (!gcv_arch_exists(tree, &table[i]))
			continue;
		for (k = lacking = 0; k < nr; k++)
			lacking += !exists_for_arch(tree, &table[i], headers[k]);
		if (lacking < best_lacking) {
			best = &table[i];
			best_lacking = lacking;
		}
	}
	gcv_arena_release(&arena);
	return best ? best : &table[0];
}
