// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where clang has no target for an architecture, its inline assembler names registers and
 * constraints that the target which stands in does not know. So it vanishes: "asm(…)" behind a
 * declaration or as a statement becomes nothing, and of "asm volatile(…)" an empty template
 * remains. Register variables become ordinary ones.
 */
#include "parse/arch.h"

#include <string.h>

#define WITHOUT_ASSEMBLER                    \
	"#define asm(...)\n"                 \
	"#define __asm(...)\n"               \
	"#define __asm__(...)\n"             \
	"#define volatile(...) (\"\")\n"     \
	"#define __volatile(...) (\"\")\n"   \
	"#define __volatile__(...) (\"\")\n" \
	"#define goto(...) (\"\")\n"         \
	"#define register\n"

static const struct {
	const char *arch, *text;
} builtins[] = {
	{ "arc", WITHOUT_ASSEMBLER "#define __builtin_arc_lr(reg) ((unsigned int)(reg))\n"
				   "#define __builtin_arc_sr(val, reg) ((void)(val), (void)(reg))\n"
				   "#define __builtin_arc_fls(x) ((int)(x))\n"
				   "#define __builtin_arc_ffs(x) ((int)(x))\n"
				   "#define __builtin_arc_norm(x) ((int)(x))\n"
				   "#define __builtin_arc_sync() ((void)0)\n"
				   "#define __builtin_arc_nop() ((void)0)\n"
				   "#define __builtin_arc_sleep(x) ((void)(x))\n"
				   "#define __builtin_arc_flag(x) ((void)(x))\n" },
	{ "alpha", WITHOUT_ASSEMBLER
	  "#define __builtin_alpha_rpcc() 0ul\n#define __builtin_alpha_amask(x) (x)\n"
	  "#define __builtin_alpha_implver() 0ul\n#define __builtin_alpha_cmpbge(a, b) (a)\n"
	  "#define __builtin_alpha_extbl(a, b) (a)\n#define __builtin_alpha_extwl(a, b) (a)\n"
	  "#define __builtin_alpha_extqh(a, b) (a)\n#define __builtin_alpha_extql(a, b) (a)\n"
	  "#define __builtin_alpha_insbl(a, b) (a)\n#define __builtin_alpha_inswl(a, b) (a)\n"
	  "#define __builtin_alpha_insql(a, b) (a)\n#define __builtin_alpha_insqh(a, b) (a)\n"
	  "#define __builtin_alpha_mskbl(a, b) (a)\n#define __builtin_alpha_zap(a, b) (a)\n"
	  "#define __builtin_alpha_zapnot(a, b) (a)\n#define __builtin_alpha_umulh(a, b) (a)\n" },
	{ "nios2", WITHOUT_ASSEMBLER "#define __builtin_rdctl(reg) ((int)(reg))\n"
				     "#define __builtin_wrctl(reg, val) ((void)(val))\n" },
};

const char *gcv_arch_standin_header(const struct gcv_arch *arch)
{
	size_t i;

	if (!arch->is_stand_in)
		return NULL;
	for (i = 0; i < sizeof(builtins) / sizeof(*builtins); i++)
		if (strcmp(builtins[i].arch, arch->name) == 0)
			return builtins[i].text;
	return WITHOUT_ASSEMBLER;
}
