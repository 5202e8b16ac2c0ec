// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/virtual.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

struct fixture {
	struct gcv_tree tree;
	struct gcv_kconfig *kconfig;
	struct gcv_virtual virtuals;
	const char *arch;
};

static void open_fixture(struct fixture *f, const char *tree, const char *arch)
{
	struct gcv_err err = { 0 };
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", GCV_TEST_DATA, tree);
	if (gcv_tree_open(path, false, &f->tree, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(gcv_kconfig_new(&f->tree, arch, &f->kconfig, &err), GCV_OK);
	f->arch = arch;
	gcv_virtual_make(&f->virtuals, &f->tree, gcv_arch_find(arch, strlen(arch)), f->kconfig);
}

static void close_fixture(struct fixture *f)
{
	gcv_virtual_release(&f->virtuals);
	gcv_kconfig_free(f->kconfig);
	gcv_tree_release(&f->tree);
}

static const char *text_of(const struct fixture *f, const char *rel)
{
	const struct gcv_virtual_file *file;
	char path[1024];

	snprintf(path, sizeof(path), GCV_VIRTUAL_ROOT "/%s/%s", f->arch, rel);
	file = gcv_virtual_find(&f->virtuals, path);
	if (!file)
		return NULL;
	assert_int_equal(strlen(file->text), file->len);
	return file->text;
}

static void assert_has(const struct fixture *f, const char *rel, const char *line)
{
	const char *text = text_of(f, rel);

	if (!text)
		fail_msg("no %s", rel);
	else if (!strstr(text, line))
		fail_msg("%s lacks %s", rel, line);
}

static void assert_lacks(const struct fixture *f, const char *rel, const char *part)
{
	const char *text = text_of(f, rel);

	assert_non_null(text);
	assert_null(strstr(text, part));
}

static void test_constants(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "x86");
	assert_has(&f, "gen/generated/autoconf.h", "#define CONFIG_HZ 1000\n");
	assert_has(&f, "gen/generated/bounds.h", "#define NR_PAGEFLAGS 5\n");
	assert_has(&f, "gen/generated/bounds.h", "#define MAX_NR_ZONES 3\n");
	assert_has(&f, "gen/generated/bounds.h", "#define NR_CPUS_BITS 7\n");
	assert_has(&f, "gen/generated/utsrelease.h", "\"6.2.7\"");
	assert_has(&f, "fallback/linux/version.h", "#define LINUX_VERSION_CODE 393735\n");
	/* The values that timeconst.bc gives for HZ=1000. */
	assert_has(&f, "gen/generated/timeconst.h", "#define HZ_TO_MSEC_MUL32 U64_C(0x80000000)\n");
	assert_has(&f, "gen/generated/timeconst.h", "#define HZ_TO_MSEC_SHR32 31\n");
	assert_has(&f, "gen/generated/timeconst.h", "#define USEC_TO_HZ_MUL32 U64_C(0x83126E98)\n");
	assert_has(&f, "gen/generated/timeconst.h",
		   "#define USEC_TO_HZ_ADJ32 U64_C(0x1FF7CED9168)\n");
	assert_has(&f, "gen/generated/timeconst.h", "#define USEC_TO_HZ_SHR32 41\n");
	assert_has(&f, "gen/generated/timeconst.h", "#define HZ_TO_USEC_NUM 1000\n");
	close_fixture(&f);
}

static void test_offsets(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "x86");
	assert_has(&f, "gen/generated/asm-offsets.h", "#define TASK_threadsp ");
	assert_has(&f, "gen/generated/asm-offsets.h", "#define PTREGS_SIZE ");
	assert_has(&f, "gen/generated/asm-offsets.h", "#define FROM_SECOND ");
	assert_lacks(&f, "gen/generated/asm-offsets.h", "NOT_THIS");
	assert_lacks(&f, "gen/generated/asm-offsets.h", "sizeof");
	close_fixture(&f);
}

static void test_wrappers(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "x86");
	assert_string_equal(text_of(&f, "gen/asm/must.h"), "#include <asm-generic/must.h>\n");
	assert_string_equal(text_of(&f, "gen/asm/listed.h"), "#include <asm-generic/listed.h>\n");
	assert_string_equal(text_of(&f, "gen/asm/made.h"), "");
	assert_string_equal(text_of(&f, "fallback/asm/rest.h"), "#include <asm-generic/rest.h>\n");
	/* The architecture has these itself. */
	assert_null(text_of(&f, "gen/asm/own.h"));
	assert_null(text_of(&f, "fallback/asm/own.h"));
	assert_null(text_of(&f, "fallback/asm/user.h"));
	assert_null(text_of(&f, "fallback/uapi/asm/user.h"));
	assert_null(text_of(&f, "gen/escape.h"));
	close_fixture(&f);
}

static void test_syscalls(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "x86");
	assert_has(&f, "gen/uapi/asm/unistd_64.h", "#define __NR_only64 1\n");
	assert_has(&f, "gen/uapi/asm/unistd_64.h", "#define __NR_syscalls 2\n");
	assert_lacks(&f, "gen/uapi/asm/unistd_64.h", "only32");
	assert_lacks(&f, "gen/uapi/asm/unistd_64.h", "evil");
	assert_lacks(&f, "gen/uapi/asm/unistd_64.h", "not_a_number");
	assert_has(&f, "gen/uapi/asm/unistd_x32.h",
		   "#define __NR_only32 (__X32_SYSCALL_BIT + 512)\n");
	assert_has(&f, "gen/uapi/asm/unistd_32.h", "#define __NR_write 4\n");
	assert_has(&f, "gen/asm/unistd_32_ia32.h", "#define __NR_ia32_write 4\n");
	assert_non_null(text_of(&f, "gen/uapi/asm/unistd_none.h"));
	close_fixture(&f);
	open_fixture(&f, "tree", "arm64");
	assert_has(&f, "gen/uapi/asm/unistd_64.h", "#define __NR_rlimit 6\n");
	assert_lacks(&f, "gen/uapi/asm/unistd_64.h", "__NR_not");
	assert_has(&f, "gen/asm/unistd_compat_32.h", "#define __NR_compat32_read 9\n");
	close_fixture(&f);
	open_fixture(&f, "tree", "mips");
	assert_has(&f, "gen/asm/unistd_nr_n64.h", "#define __NR_64_Linux_syscalls 4\n");
	close_fixture(&f);
}

static void test_arm64_tables(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "arm64");
	assert_string_equal(text_of(&f, "gen/asm/cpucap-defs.h"),
			    "#define ARM64_ALWAYS_BOOT 0\n#define ARM64_HAS_PAN 1\n"
			    "#define ARM64_NCAPS 2\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define SYS_OSLAR_EL1 sys_reg(2, 0, 1, 0, 4)\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define OSLAR_EL1_MODE_SHIFT 4\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define OSLAR_EL1_MODE_SIGNED false\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define OSLAR_EL1_MODE_ON UL(0b0001)\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define OSLAR_EL1_PAIR GENMASK(2, 1)\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define OSLAR_EL1_ONE_WIDTH 1\n");
	assert_has(&f, "gen/asm/sysreg-defs.h",
		   "#define OSLAR_EL1_RES0 (UL(0) | GENMASK_ULL(63, 8))\n");
	assert_has(&f, "gen/asm/sysreg-defs.h", "#define SHARED_FIELDS_LOW_MASK GENMASK(3, 0)\n");
	assert_lacks(&f, "gen/asm/sysreg-defs.h", "BAD");
	assert_lacks(&f, "gen/asm/sysreg-defs.h", "MAPPED_EL1_RES0");
	close_fixture(&f);
}

static void test_other_tables(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "tree", "arm");
	assert_has(&f, "gen/generated/mach-types.h", "#define MACH_TYPE_BOARD_A_TYPE 12\n");
	assert_has(&f, "gen/asm/mach-types.h", "#define machine_is_board_b() (0)\n");
	close_fixture(&f);
	open_fixture(&f, "tree", "sh");
	assert_has(&f, "gen/generated/machtypes.h", "#define mach_is_solution() (MACH_SOLUTION)\n");
	assert_has(&f, "standin.h", "#define asm(...)\n");
	close_fixture(&f);
	open_fixture(&f, "tree", "s390");
	assert_string_equal(text_of(&f, "gen/asm/facility-defs.h"), "#define FACILITIES_ALS 0UL\n");
	assert_null(text_of(&f, "standin.h"));
	close_fixture(&f);
	open_fixture(&f, "tree", "um");
	assert_non_null(text_of(&f, "host/uapi/asm/unistd_64.h"));
	close_fixture(&f);
}

static void test_bare_minimum(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "none", "x86");
	assert_has(&f, "gen/generated/autoconf.h", "#define CONFIG_MMU 1\n");
	assert_has(&f, "fallback/linux/version.h", "#define LINUX_VERSION_CODE 328703\n");
	assert_non_null(text_of(&f, "gen/generated/bounds.h"));
	assert_non_null(text_of(&f, "gen/generated/asm-offsets.h"));
	close_fixture(&f);
}

static void test_sorted_once(void **state)
{
	struct fixture f;
	size_t i;

	(void)state;
	open_fixture(&f, "tree", "x86");
	for (i = 1; i < f.virtuals.nr; i++)
		assert_true(strcmp(f.virtuals.files[i - 1].path, f.virtuals.files[i].path) < 0);
	close_fixture(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_constants),    cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_wrappers),     cmocka_unit_test(test_syscalls),
		cmocka_unit_test(test_arm64_tables), cmocka_unit_test(test_other_tables),
		cmocka_unit_test(test_bare_minimum), cmocka_unit_test(test_sorted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
