// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "base/strbuf.h"
#include "edit/area.h"
#include "edit/group.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static struct gcv_arena arena;
static char scratch[] = "/tmp/gupconv-area-XXXXXX";

static void by_the_layout_of_the_tree(void **state)
{
	static const char *const cases[][2] = {
		{ "mm/gup.c", "mm/gup" },
		{ "kernel/futex.c", "futex" },
		{ "kernel/events/uprobes.c", "events" },
		{ "fs/exec.c", "fs/exec" },
		{ "fs/nfs/direct.c", "nfs" },
		{ "net/socket.c", "net" },
		{ "net/rds/rdma.c", "net/rds" },
		{ "block/bio.c", "block" },
		{ "block/partitions/x.c", "block" },
		{ "lib/iov_iter.c", "lib/iov_iter" },
		{ "arch/x86/kvm/mmu.c", "KVM: x86" },
		{ "arch/x86/mm/fault.c", "x86/mm" },
		{ "arch/x86/kernel/process.c", "x86" },
		{ "arch/x86/kernel/cpu/sgx/main.c", "x86/sgx" },
		{ "arch/sparc/Kconfig", "sparc" },
		{ "virt/kvm/kvm_main.c", "KVM" },
		{ "drivers/net/tun.c", "net: tun" },
		{ "drivers/net/ethernet/foo/x.c", "net/foo" },
		{ "drivers/net/ethernet/intel/foo/main/x.c", "net/foo" },
		{ "drivers/net/wireless/vendor/foo/x.c", "wifi: foo" },
		{ "drivers/gpu/drm/drm_gem.c", "drm" },
		{ "drivers/gpu/drm/foo/gem/x.c", "drm/foo" },
		{ "drivers/media/pci/ivtv/x.c", "media: ivtv" },
		{ "drivers/media/v4l2-core/x.c", "media: v4l2-core" },
		{ "drivers/media/platform/vendor/foo/x.c", "media: foo" },
		{ "drivers/infiniband/core/umem.c", "RDMA/core" },
		{ "drivers/infiniband/hw/foo/x.c", "RDMA/foo" },
		{ "drivers/misc/foo.c", "misc: foo" },
		{ "drivers/misc/foo/bar/x.c", "misc: foo" },
		{ "drivers/vfio/vfio_iommu_type1.c", "vfio" },
		{ "drivers/vfio/pci/x.c", "vfio/pci" },
		{ "drivers/virt/x.c", "virt: x" },
		{ "drivers/xen/privcmd.c", "xen" },
		{ "drivers/rapidio/devices/x.c", "rapidio" },
		{ "drivers/sbus/char/x.c", "sbus" },
		{ "drivers/usb/gadget/function/x.c", "usb: gadget" },
		{ "drivers/scsi/st.c", "scsi: st" },
		{ "drivers/staging/foo/bar/x.c", "staging: foo" },
		{ "drivers/video/fbdev/pvr2fb.c", "fbdev: pvr2fb" },
		{ "drivers/platform/goldfish/x.c", "platform/goldfish" },
		{ "drivers/input/touchscreen/foo.c", "Input: foo" },
		{ "sound/soc/foo/x.c", "ASoC: foo" },
		{ "tools/testing/selftests/vm/x.c", "selftests/vm" },
		{ "tools/perf/x.c", "tools/perf" },
		{ "include/linux/mm.h", "mm" },
		{ "io_uring/rsrc.c", "io_uring" },
		{ "Makefile", "Makefile" },
		{ ".mailmap", ".mailmap" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(gcv_area_of_path(cases[i][0], &arena), cases[i][1]);
}

static void of_a_subject(void **state)
{
	static const char *const cases[][2] = {
		{ "mm: x", "mm" },
		{ "media: ivtv: convert put_page()\n\nbody: x", "media: ivtv" },
		{ "[media] ivtv: x", "ivtv" },
		{ "ARM: dts: am335x: foo: bar: x", "ARM: dts: am335x: foo" },
		{ "mm, oom: x", "mm, oom" },
		{ "drm/i915: Fix: this", "drm/i915: Fix" },
		{ "net/rds: a sentence of many words: and a colon", "net/rds" },
		{ "a:b", NULL },
		{ "a sentence of many words: and a colon", NULL },
		{ "no prefix\nmm: x", NULL },
		{ "Revert \"mm: x\"", NULL },
		{ "treewide: x", NULL },
		{ "tree-wide: mm: x", NULL },
		{ ": x", NULL },
		{ "mm:", NULL },
		{ "mm: ", NULL },
		{ "", NULL },
		{ "[x", NULL },
		{ "m\xc3\xa4: x", NULL },
		{ "a\tb: x", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *found = gcv_area_of_subject(cases[i][0], &arena);

		if (!cases[i][1] ? !!found : !found || strcmp(found, cases[i][1]) != 0)
			fail_msg("'%s': %s", cases[i][0], found ? found : "none");
	}
}

/* Each line: a file that a commit touches, and the commit's subject. */
static void make_history(const char *const (*commits)[2], size_t nr)
{
	char command[1024];
	size_t i;

	snprintf(command, sizeof(command),
		 "cd %s && git init -q . && git config user.name C && git config user.email c@x.org"
		 " && mkdir -p net/rds drivers/foo && git commit -q --allow-empty -m first",
		 scratch);
	assert_int_equal(system(command), 0);
	for (i = 0; i < nr; i++) {
		snprintf(command, sizeof(command),
			 "cd %s && echo %zu >>%s && git add -A && "
			 "GIT_COMMITTER_DATE='%zu +0000' git commit -qm '%s'",
			 scratch, i, commits[i][0], 1500000000 + i, commits[i][1]);
		assert_int_equal(system(command), 0);
	}
}

static void by_the_history(void **state)
{
	static const char *const commits[][2] = {
		{ "net/rds/rdma.c", "RDS: old style" },	   { "net/rds/rdma.c", "RDS: old style" },
		{ "net/rds/rdma.c", "net: rds: x" },	   { "net/rds/rdma.c", "net: rds: y" },
		{ "net/rds/rdma.c", "net: rds: z" },	   { "net/rds/rdma.c", "treewide: z" },
		{ "net/rds/ib.c", "rds/ib: z" },	   { "drivers/foo/x.c", "foo: only once" },
		{ "mm", "mm: a file where a folder was" },
	};
	static const char *const paths[] = { "net/rds/rdma.c",	"net/rds/ib.c", "net/rds/new.c",
					     "drivers/foo/x.c", "mm/gup.c",	"Makefile" };
	struct gcv_area_log *log;
	GCV_STRBUF_AUTO struct gcv_strbuf head = { 0 };
	struct gcv_err err;
	FILE *file;
	char command[256];

	(void)state;
	make_history(commits, sizeof(commits) / sizeof(*commits));
	gcv_area_log_read(scratch, paths, 6, 10000, &log);
	assert_string_equal(gcv_area_of_files(log, paths, 1, &arena), "net: rds");
	/* too little in the file's log: the folder's */
	assert_string_equal(gcv_area_of_files(log, paths + 1, 1, &arena), "net: rds");
	assert_string_equal(gcv_area_of_files(log, paths + 2, 1, &arena), "net: rds");
	assert_string_equal(gcv_area_of_files(log, paths, 3, &arena), "net: rds");
	/* too little at all: the path */
	assert_string_equal(gcv_area_of_files(log, paths + 3, 1, &arena), "foo");
	assert_string_equal(gcv_area_of_files(log, paths + 4, 1, &arena), "mm/gup");
	assert_string_equal(gcv_area_of_files(log, paths + 5, 1, &arena), "Makefile");
	snprintf(command, sizeof(command), "git -C %s rev-parse HEAD", scratch);
	file = popen(command, "r");
	assert_non_null(file);
	assert_int_equal(gcv_strbuf_read_fd(&head, fileno(file), 1000, "git", &err), GCV_OK);
	pclose(file);
	assert_int_equal(strcspn(head.buf, "\n"), 40);
	assert_memory_equal(gcv_area_log_head(log), head.buf, 40);
	gcv_area_log_free(log);
	/* a folder below the repository is none */
	snprintf(command, sizeof(command), "%s/net", scratch);
	gcv_area_log_read(command, paths, 1, 10000, &log);
	assert_null(gcv_area_log_head(log));
	assert_string_equal(gcv_area_of_files(log, paths, 1, &arena), "net/rds");
	gcv_area_log_free(log);
	/* no time, no answer from the log */
	gcv_area_log_read(scratch, paths, 1, 0, &log);
	assert_non_null(gcv_area_log_head(log));
	assert_string_equal(gcv_area_of_files(log, paths, 1, &arena), "net/rds");
	gcv_area_log_free(log);
	assert_string_equal(gcv_area_of_files(NULL, paths, 1, &arena), "net/rds");
	assert_null(gcv_area_log_head(NULL));
}

static void expect_groups(const char *maintainers, const char *const *paths, size_t nr,
			  const struct gcv_group_tie *ties, size_t nr_ties, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_maintainers *m;
	struct gcv_group *groups;
	size_t i, k, nr_groups;

	gcv_maintainers_parse(maintainers, strlen(maintainers), &m);
	gcv_group_files(m, paths, nr, ties, nr_ties, &arena, &groups, &nr_groups);
	for (i = 0; i < nr_groups; i++) {
		gcv_strbuf_addf(&out, "%s:", groups[i].entry ? groups[i].entry->title : "none");
		for (k = 0; k < groups[i].nr; k++)
			gcv_strbuf_addf(&out, " %s", paths[groups[i].files[k]]);
		gcv_strbuf_addch(&out, '\n');
	}
	assert_string_equal(out.buf ? out.buf : "", expected);
	gcv_maintainers_free(m);
}

static void one_patch_a_driver(void **state)
{
	static const char text[] = "DRM\nF:\tdrivers/gpu/drm/\n"
				   "FOO\nF:\tdrivers/gpu/drm/foo/\nF:\tinclude/drm/foo.h\n"
				   "BAR\nF:\tdrivers/misc/bar*\nF:\tinclude/linux/bar.h\n"
				   "REST\nF:\t*\nF:\t*/\n";
	static const char *const paths[] = {
		"mm/gup_test.c",
		"include/linux/bar.h",
		"drivers/misc/bar_b.c",
		"drivers/gpu/drm/foo/sub/y.c",
		"drivers/gpu/drm/via/via.c",
		"include/drm/foo.h",
		"drivers/gpu/drm/foo/x.c",
		"drivers/gpu/drm/ttm/a.c",
		"drivers/misc/bar_a.c",
		"net/rds/rdma.c",
		"net/rds/ib.c",
		"mm/other.c",
	};
	static const struct gcv_group_tie ties[] = { { 8, 2 } };

	(void)state;
	/* the header of BAR could go with either of its drivers: it stays alone */
	expect_groups(text, paths, 12, NULL, 0,
		      "FOO: drivers/gpu/drm/foo/sub/y.c drivers/gpu/drm/foo/x.c include/drm/foo.h\n"
		      "DRM: drivers/gpu/drm/ttm/a.c\n"
		      "DRM: drivers/gpu/drm/via/via.c\n"
		      "BAR: drivers/misc/bar_a.c\n"
		      "BAR: drivers/misc/bar_b.c\n"
		      "BAR: include/linux/bar.h\n"
		      "none: mm/gup_test.c\n"
		      "none: mm/other.c\n"
		      "none: net/rds/ib.c net/rds/rdma.c\n");
	/* unless these cannot be parted */
	expect_groups(text, paths, 9, ties, 1,
		      "FOO: drivers/gpu/drm/foo/sub/y.c drivers/gpu/drm/foo/x.c include/drm/foo.h\n"
		      "DRM: drivers/gpu/drm/ttm/a.c\n"
		      "DRM: drivers/gpu/drm/via/via.c\n"
		      "BAR: drivers/misc/bar_a.c drivers/misc/bar_b.c include/linux/bar.h\n"
		      "none: mm/gup_test.c\n");
	expect_groups(text, paths, 0, NULL, 0, "");
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(scratch))
		return -1;
	setenv("HOME", scratch, 1);
	setenv("XDG_CONFIG_HOME", scratch, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	gcv_arena_release(&arena);
	snprintf(command, sizeof(command), "rm -rf %s", scratch);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_the_layout_of_the_tree),
		cmocka_unit_test(of_a_subject),
		cmocka_unit_test(by_the_history),
		cmocka_unit_test(one_patch_a_driver),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
