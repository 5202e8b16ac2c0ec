// SPDX-License-Identifier: GPL-2.0-only
/* What is decided for symbols whatever the Kconfig files say, and why. */
#include "parse/kconfig_model.h"

#include <string.h>

static const struct group {
	enum gcv_kc_policy policy;
	const char *reason, *names;
} groups[] = {
	{ GCV_KC_ON, "they open menus that hide code of other machines and expert options",
	  "COMPILE_TEST EXPERT" },
	{ GCV_KC_ON, "true of the compiler that parses; Kconfig finds out by running it",
	  "CC_IS_CLANG CC_HAS_INT128 CC_HAS_ASM_GOTO CC_HAS_ASM_GOTO_OUTPUT CC_HAS_ASM_INLINE "
	  "AS_IS_LLVM LD_IS_LLD" },
	{ GCV_KC_OFF, "instrumentation that redefines memory functions and adds attributes",
	  "KASAN KCSAN KMSAN UBSAN KCOV GCOV_KERNEL KFENCE" },
	{ GCV_KC_OFF, "lock and object checking turns locks into macros over hidden fields",
	  "LOCKDEP PROVE_LOCKING LOCK_STAT DEBUG_LOCK_ALLOC DEBUG_SPINLOCK DEBUG_MUTEXES "
	  "DEBUG_RWSEMS DEBUG_WW_MUTEX_SLOWPATH DEBUG_RT_MUTEXES DEBUG_PREEMPT TRACE_IRQFLAGS "
	  "DEBUG_OBJECTS DEBUG_VIRTUAL DEBUG_ATOMIC_SLEEP IRQSOFF_TRACER FTRACE_STARTUP_TEST" },
	{ GCV_KC_OFF, "branch profiling redefines the keyword if",
	  "TRACE_BRANCH_PROFILING PROFILE_ALL_BRANCHES PROFILE_ANNOTATED_BRANCHES" },
	{ GCV_KC_OFF,
	  "debugging aids that wrap each message, check or allocation in a statement with a static "
	  "object of its own; the call that is meant drowns in it",
	  "DYNAMIC_DEBUG DYNAMIC_DEBUG_CORE PRINTK_INDEX MEM_ALLOC_PROFILING DEBUG_VM "
	  "DEBUG_VM_PGFLAGS DEBUG_BUGVERBOSE" },
	{ GCV_KC_OFF, "they need a compiler plugin, another language or a whole-program build",
	  "GCC_PLUGINS RANDSTRUCT RANDSTRUCT_FULL RUST LTO_CLANG CFI_CLANG TRIM_UNUSED_KSYMS "
	  "MODVERSIONS DEBUG_INFO_BTF" },
	{ GCV_KC_OFF, "wrappers around string and copy functions hide their arguments",
	  "FORTIFY_SOURCE HARDENED_USERCOPY" },
	{ GCV_KC_OFF, "they replace the usual kind of lock or allocator",
	  "PREEMPT_RT PREEMPT_RT_FULL SLOB UCLAMP_TASK" },
	{ GCV_KC_OFF, "the rarer variant of an architecture; its code is reached by an override",
	  "X86_32 CPU_BIG_ENDIAN NOMMU BROKEN CC_OPTIMIZE_FOR_SIZE WERROR" },
	{ GCV_KC_OFF,
	  "each TRACE_EVENT() makes some hundred lines that have nothing to do with pages; without "
	  "them trace_x() is an empty inline function (include/linux/tracepoint.h)",
	  "FTRACE TRACEPOINTS EVENT_TRACING" },
	{ GCV_KC_WANTED, "of what only tracing selects it is no tracing, and takes pages",
	  "UPROBES" },
	{ GCV_KC_OFF, "they name a compiler, assembler or linker that is not the one that parses",
	  "CC_IS_GCC AS_IS_GNU LD_IS_BFD" },
};

/* The versions that scripts/cc-version.sh and its kin would print. */
static const struct {
	const char *name, *value;
} versions[] = {
	{ "GCC_VERSION", "0" },	      { "CLANG_VERSION", "190100" }, { "AS_VERSION", "190100" },
	{ "LD_VERSION", "0" },	      { "LLD_VERSION", "190100" },   { "PAHOLE_VERSION", "0" },
	{ "RUSTC_VERSION", "0" },     { "RUSTC_LLVM_VERSION", "0" }, { "CC_VERSION_TEXT", "clang" },
	{ "RUSTC_VERSION_TEXT", "" },
};

/* Enough of a 64-bit kernel with an MMU for the headers of a miniature tree. */
static const struct {
	const char *name, *value;
} minimum[] = {
	{ "MMU", "y" },
	{ "SMP", "y" },
	{ "64BIT", "y" },
	{ "PRINTK", "y" },
	{ "BUG", "y" },
	{ "MODULES", "y" },
	{ "NET", "y" },
	{ "BLOCK", "y" },
	{ "PCI", "y" },
	{ "HAS_DMA", "y" },
	{ "HAS_IOMEM", "y" },
	{ "SPARSEMEM", "y" },
	{ "MIGRATION", "y" },
	{ "SWAP", "y" },
	{ "HUGETLB_PAGE", "y" },
	{ "ZONE_DEVICE", "y" },
	{ "HZ", "250" },
	{ "NR_CPUS", "64" },
	{ "NODES_SHIFT", "6" },
	{ "CC_IS_CLANG", "y" },
	{ "PGTABLE_LEVELS", "4" },
	{ "PAGE_SHIFT", "12" },
	{ "HAVE_FAST_GUP", "y" },
	{ "ILLEGAL_POINTER_VALUE", "0xdead000000000000" },
};

void gcv_kc_policy_each(void (*fn)(void *ctx, const char *name, enum gcv_kc_policy policy,
				   const char *value),
			void *ctx)
{
	char name[64];
	const char *p;
	size_t i, len;

	for (i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		for (p = groups[i].names; *p; p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			memcpy(name, p, len);
			name[len] = '\0';
			fn(ctx, name, groups[i].policy, NULL);
		}
	}
	for (i = 0; i < sizeof(versions) / sizeof(*versions); i++)
		fn(ctx, versions[i].name, GCV_KC_FORCED, versions[i].value);
}

void gcv_kc_minimum_each(const char *arch,
			 void (*fn)(void *ctx, const char *name, const char *value), void *ctx)
{
	size_t i;

	for (i = 0; i < sizeof(minimum) / sizeof(*minimum); i++)
		fn(ctx, minimum[i].name, minimum[i].value);
	if (strcmp(arch, "x86") == 0) {
		fn(ctx, "X86", "y");
		fn(ctx, "X86_64", "y");
	} else if (strcmp(arch, "arm64") == 0) {
		fn(ctx, "ARM64", "y");
	}
}
