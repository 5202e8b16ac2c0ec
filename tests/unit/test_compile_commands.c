// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "base/strbuf.h"
#include "parse/compile_commands.h"
#include "parse/shell_split.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define RESOURCE "/opt/clang/include"

/* A tree and a build folder beside it, made anew for this program. */
struct place {
	char root[PATH_MAX];
	char tree[PATH_MAX + 8];
	char build[PATH_MAX + 8];
};

static struct place place;

static void make_file(const char *rel)
{
	char path[2 * PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", place.root, rel);
	for (char *slash = path + strlen(place.root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
}

static int setup(void **state)
{
	char dir[] = "/tmp/gcv-cc-XXXXXX";
	char link[2 * PATH_MAX];

	(void)state;
	if (!mkdtemp(dir) || !realpath(dir, place.root))
		return -1;
	snprintf(place.tree, sizeof(place.tree), "%s/tree", place.root);
	snprintf(place.build, sizeof(place.build), "%s/build", place.root);
	make_file("tree/mm/gup.c");
	make_file("tree/mm/swap.c");
	make_file("tree/include/linux/kconfig.h");
	make_file("tree/arch/x86/include/asm/page.h");
	make_file("build/include/generated/autoconf.h");
	make_file("outside/include/evil.h");
	snprintf(link, sizeof(link), "%s/link", place.tree);
	return symlink("../outside", link);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	(void)state;
	return nftw(place.root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Text with $T, $B and $R for the tree, the build folder and what holds both. */
static char *expand(const char *text)
{
	struct gcv_strbuf sb = { 0 };

	for (; *text; text++) {
		if (*text == '$' && text[1] && strchr("TBR", text[1])) {
			text++;
			gcv_strbuf_addstr(&sb, *text == 'T'   ? place.tree
					       : *text == 'B' ? place.build
							      : place.root);
		} else {
			gcv_strbuf_addch(&sb, *text);
		}
	}
	return gcv_strbuf_detach(&sb);
}

static void parse(const char *json, struct gcv_compile_commands *cc)
{
	static const char *const paths[] = { "mm/gup.c", "mm/swap.c", "mm/gone.c", "link/a.c" };
	const struct gcv_compile_wanted wanted = {
		.tree = place.tree, .resource_include = RESOURCE, .paths = paths, .nr_paths = 4
	};
	struct gcv_err err = { 0 };
	char *text = expand(json);

	assert_int_equal(gcv_compile_commands_parse("cc.json", place.build, text, strlen(text),
						    &wanted, cc, &err),
			 GCV_OK);
	free(text);
}

#define TOLERANT "-w -ferror-limit=0 -fno-spell-checking -fno-builtin"

/* The arguments of mm/gup.c when its command has @options, joined by blanks, but for TOLERANT. */
static char *cleaned(const char *options, struct gcv_compile_commands *cc)
{
	static const char tolerant[] = TOLERANT " ";
	char *hit;
	struct gcv_strbuf sb = { 0 };
	const struct gcv_compile_command *command;
	size_t nr;

	gcv_strbuf_addf(&sb, "[{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"command\":\"%s\"}]",
			options);
	parse(sb.buf, cc);
	gcv_strbuf_release(&sb);
	command = gcv_compile_commands_find(cc, "mm/gup.c", &nr);
	assert_int_equal(nr, 1);
	for (size_t i = 0; i < command->nr_args; i++)
		gcv_strbuf_addf(&sb, "%s ", command->argv[i]);
	hit = strstr(sb.buf, tolerant);
	assert_non_null(hit);
	memmove(hit, hit + strlen(tolerant), strlen(hit + strlen(tolerant)) + 1);
	sb.len -= strlen(tolerant);
	if (sb.len)
		sb.buf[--sb.len] = '\0';
	return gcv_strbuf_detach(&sb);
}

static void expect(const char *command, const char *want, size_t nr_warnings)
{
	struct gcv_compile_commands cc;
	char *got = cleaned(command, &cc);
	char *expanded = expand(want);

	assert_string_equal(got, expanded);
	if (cc.nr_warnings_all != nr_warnings)
		fail_msg("%zu warnings for %s: %s", cc.nr_warnings_all, command,
			 cc.nr_warnings ? cc.warnings[0] : "none");
	free(got);
	free(expanded);
	gcv_compile_commands_release(&cc);
}

static void test_a_kernel_command(void **state)
{
	(void)state;
	expect("gcc -Wp,-MMD,mm/.gup.o.d -nostdinc -I./arch/x86/include -I./include/generated "
	       "-I$B/include -include ./include/linux/kconfig.h -D__KERNEL__ -Wall -Wundef "
	       "-fshort-wchar -std=gnu11 -mno-sse -m64 -O2 -fno-stack-protector "
	       "-DKBUILD_BASENAME='\\\"gup\\\"' -pg -g -c -o mm/gup.o mm/gup.c",
	       "-nostdinc -I$T/arch/x86/include -I$B/include -include "
	       "$T/include/linux/kconfig.h -D__KERNEL__ -fshort-wchar -std=gnu11 -mno-sse -m64 "
	       "-O2 -DKBUILD_BASENAME=\"gup\"",
	       0);
}

static void test_sanitizers_are_usual(void **state)
{
	(void)state;
	expect("clang -mllvm -asan-stack=0 -fsanitize=kernel-address -mllvm -msan-kernel=1 -DA",
	       "-DA", 0);
	expect("clang -mllvm -load=x -mllvm=-load -DA", "-DA", 2);
}

static void test_targets(void **state)
{
	(void)state;
	expect("/opt/bin/aarch64-linux-gnu-gcc-12 -c mm/gup.c", "--target=aarch64-linux-gnu", 0);
	expect("ccache arm-linux-gnueabi-gcc mm/gup.c", "--target=arm-linux-gnueabi", 0);
	expect("clang -DA --target=s390x-linux-gnu", "--target=s390x-linux-gnu -DA", 0);
	expect("clang -target powerpc64le-linux-gnu", "--target=powerpc64le-linux-gnu", 0);
	expect("my-gcc -DA", "-DA", 0);
	expect("gcc --target=x/../y -DA", "-DA", 1);
}

static void test_forms_of_options(void **state)
{
	(void)state;
	expect("gcc -D A=1 -DB -U C -x c", "-DA=1 -DB -UC -x c", 0);
	expect("gcc -I include -isystem $B/include -iquotemm -idirafter include",
	       "-I$T/include -isystem $B/include -iquote $T/mm -idirafter $T/include", 0);
	expect("gcc -isystem /usr/lib/gcc/x86_64-linux-gnu/12/include -DA",
	       "-isystem " RESOURCE " -DA", 0);
	expect("gcc -I$T/mm/../include/./linux/", "-I$T/include/linux", 0);
	/* generated later, or a leftover */
	expect("gcc -Iinclude/generated/uapi -DA", "-DA", 0);
}

static void test_dangerous_options(void **state)
{
	static const char *const options[] = {
		"-fplugin=./evil.so",
		"-fplugin-arg-evil-x=1",
		"-fpass-plugin=evil.so",
		"-Xclang -load",
		"-Xpreprocessor -DX",
		"-Xarch_x86_64 -DX",
		"-load evil.so",
		"-mllvm -print-all",
		"@evil.rsp",
		"--config evil.cfg",
		"--config=evil.cfg",
		"-Bevil",
		"-B evil",
		"-specs=evil",
		"-wrapper evil",
		"-no-integrated-cpp",
		"-fmodule-file=evil.pcm",
		"-fmodules",
		"-ivfsoverlay evil.yaml",
		"-include-pch evil",
		"-imacros evil.h",
		"--sysroot=/evil",
		"-isysroot /evil",
		"-resource-dir /evil",
		"-working-directory /evil",
		"-Wp,-DX",
		"-MJ evil.json",
		"-save-temps=obj",
		"-serialize-diagnostics evil",
		"-dumpdir evil",
		"-x ir",
		"-Xclang",
		"-I/evil",
		"-I ../outside/include",
		"-I$T/link/include",
		"-isystem /usr/include",
		"-include /etc/passwd",
		"-include ../outside/include/evil.h",
		"-include link/include/evil.h",
		"-include include",
		"-Imm/gup.c",
		"-include include/missing.h",
		"-I../../../../../../../../../../etc",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		char command[256];

		snprintf(command, sizeof(command), "gcc -DA %s", options[i]);
		expect(command, "-DA", 1);
		if (strcmp(options[i], "-Xclang") == 0)
			continue;
		/* and takes nothing with it */
		snprintf(command, sizeof(command), "gcc %s -DA", options[i]);
		expect(command, "-DA", 1);
	}
}

static void test_warning_names_the_place(void **state)
{
	struct gcv_compile_commands cc;

	(void)state;
	free(cleaned("gcc -fplugin=evil.so", &cc));
	assert_int_equal(cc.nr_warnings, 1);
	assert_non_null(strstr(cc.warnings[0], "cc.json: entry 0 (mm/gup.c): -fplugin =evil.so"));
	gcv_compile_commands_release(&cc);
}

static void test_several_entries(void **state)
{
	struct gcv_compile_commands cc;
	const struct gcv_compile_command *command;
	size_t nr;

	(void)state;
	parse("[{\"directory\":\"$T\",\"file\":\"mm/swap.c\",\"arguments\":[\"gcc\",\"-DS\"]},"
	      "{\"directory\":\"$T/mm\",\"file\":\"../mm/gup.c\",\"arguments\":[\"gcc\",\"-DA\"]},"
	      "{\"directory\":\"../tree\",\"file\":\"$T/mm/gup.c\",\"command\":\"gcc -DB\"},"
	      "{\"directory\":\"$T\",\"file\":\"mm/not_wanted.c\",\"command\":\"gcc @x\"}]",
	      &cc);
	assert_int_equal(cc.nr_entries, 4);
	assert_int_equal(cc.nr_commands, 3);
	assert_int_equal(cc.nr_warnings_all, 0);
	command = gcv_compile_commands_find(&cc, "mm/gup.c", &nr);
	assert_int_equal(nr, 2);
	assert_string_equal(command[0].argv[command[0].nr_args - 1], "-DA");
	assert_string_equal(command[1].argv[command[1].nr_args - 1], "-DB");
	assert_int_equal(command[1].entry, 2);
	assert_null(gcv_compile_commands_find(&cc, "mm/gup", &nr));
	assert_int_equal(nr, 0);
	assert_non_null(gcv_compile_commands_find(&cc, "mm/swap.c", &nr));
	gcv_compile_commands_release(&cc);
}

static void test_entries_that_lie(void **state)
{
	static const char *const entries[] = {
		"7",
		"{}",
		"{\"directory\":\"$T\",\"file\":5,\"command\":\"gcc\"}",
		"{\"file\":\"mm/gup.c\",\"command\":\"gcc\"}",
		"{\"directory\":\"$T\",\"file\":\"/etc/passwd\",\"command\":\"gcc\"}",
		"{\"directory\":\"$T\",\"file\":\"../tree2/mm/gup.c\",\"command\":\"gcc\"}",
		"{\"directory\":\"$T\",\"file\":\"mm/gone.c\",\"command\":\"gcc\"}",
		"{\"directory\":\"$T\",\"file\":\"link/a.c\",\"command\":\"gcc\"}",
		"{\"directory\":\"$T\",\"file\":\"mm/gup.c\"}",
		"{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"command\":\"gcc 'open\"}",
		"{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"arguments\":[\"gcc\",3]}",
		"{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"arguments\":[]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		struct gcv_compile_commands cc;
		char json[1024];

		snprintf(json, sizeof(json), "[%s]", entries[i]);
		parse(json, &cc);
		if (cc.nr_commands != 0 || cc.nr_warnings_all != 1)
			fail_msg("%s: %zu commands, %zu warnings", json, cc.nr_commands,
				 cc.nr_warnings_all);
		gcv_compile_commands_release(&cc);
	}
}

static void test_warnings_are_bounded(void **state)
{
	struct gcv_strbuf sb = { 0 };
	struct gcv_compile_commands cc;

	(void)state;
	gcv_strbuf_addch(&sb, '[');
	for (int i = 0; i < 1000; i++)
		gcv_strbuf_addf(&sb,
				"%s{\"directory\":\"$T\",\"file\":\"mm/gup.c\","
				"\"command\":\"gcc -fplugin=%d.so\"}",
				i ? "," : "", i);
	gcv_strbuf_addch(&sb, ']');
	parse(sb.buf, &cc);
	assert_int_equal(cc.nr_warnings, GCV_COMPILE_WARNINGS_MAX);
	assert_int_equal(cc.nr_warnings_all, 1000);
	gcv_compile_commands_release(&cc);
	gcv_strbuf_release(&sb);
}

static void test_what_is_common_is_told_once(void **state)
{
	struct gcv_compile_commands cc;

	(void)state;
	parse("[1,{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"command\":\"gcc @x\"},"
	      "{\"directory\":\"$T\",\"file\":\"mm/swap.c\",\"command\":\"gcc @x\"},"
	      "{\"directory\":\"$T\",\"file\":\"mm/gup.c\",\"command\":\"gcc @x @y\"},2]",
	      &cc);
	assert_int_equal(cc.nr_warnings_all, 6);
	assert_int_equal(cc.nr_warnings, 3);
	assert_string_equal(cc.warnings[0], "cc.json: entry 0 and 1 more: skipped: \"file\" and "
					    "\"directory\" must be strings");
	assert_string_equal(cc.warnings[1], "cc.json: entry 1 (mm/gup.c) and 2 more: @ x dropped: "
					    "not safe for a foreign command");
	assert_non_null(strstr(cc.warnings[2], "cc.json: entry 3 (mm/gup.c): @ y dropped"));
	gcv_compile_commands_release(&cc);
}

static void test_damaged_json(void **state)
{
	static const struct {
		const char *text, *sentence;
	} bad[] = {
		{ "", "cc.json:1:1: not valid JSON" },
		{ "[\n {\"file\": }]", "cc.json:2:11" },
		{ "[] x", "cc.json:1:4" },
		{ "{}", "must be an array" },
		{ "[{\"file\":\"a", "not valid JSON" },
	};
	const struct gcv_compile_wanted wanted = { .tree = place.tree };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct gcv_compile_commands cc;
		struct gcv_err err = { 0 };

		assert_int_equal(gcv_compile_commands_parse("cc.json", place.build, bad[i].text,
							    strlen(bad[i].text), &wanted, &cc,
							    &err),
				 GCV_ERR_FORMAT);
		if (!strstr(err.text, bad[i].sentence))
			fail_msg("\"%s\" does not say \"%s\"", err.text, bad[i].sentence);
	}
}

static void test_load(void **state)
{
	const struct gcv_compile_wanted wanted = { .tree = place.tree,
						   .resource_include = RESOURCE };
	struct gcv_compile_commands cc;
	struct gcv_err err = { 0 };
	char path[PATH_MAX + 64];
	size_t nr;
	FILE *file;

	(void)state;
	snprintf(path, sizeof(path), "%s/compile_commands.json", place.build);
	assert_int_equal(gcv_compile_commands_load(path, &wanted, &cc, &err), GCV_ERR_IO);
	assert_int_equal(gcv_compile_commands_load(place.build, &wanted, &cc, &err),
			 GCV_ERR_FORMAT);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("[{\"directory\":\".\",\"file\":\"../tree/mm/gup.c\","
	      "\"command\":\"gcc -Iinclude/generated\"}]",
	      file);
	fclose(file);
	assert_int_equal(gcv_compile_commands_load(path, &wanted, &cc, &err), GCV_OK);
	assert_non_null(gcv_compile_commands_find(&cc, "mm/gup.c", &nr));
	assert_int_equal(cc.commands[0].nr_args, 5);
	assert_non_null(strstr(cc.commands[0].argv[4], "/build/include/generated"));
	gcv_compile_commands_release(&cc);
}

/* Loads the empty list in the build folder, whose configuration has the text. */
static struct gcv_hash stamp_of(const char *config)
{
	const struct gcv_compile_wanted wanted = { .tree = place.tree,
						   .resource_include = RESOURCE };
	char path[PATH_MAX + 64];
	struct gcv_compile_commands cc;
	struct gcv_err err = { 0 };
	struct gcv_hash stamp;
	FILE *file;

	snprintf(path, sizeof(path), "%s/include/generated/autoconf.h", place.build);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(config, file);
	fclose(file);
	snprintf(path, sizeof(path), "%s/compile_commands.json", place.build);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("[]", file);
	fclose(file);
	assert_int_equal(gcv_compile_commands_load(path, &wanted, &cc, &err), GCV_OK);
	assert_string_equal(cc.build, place.build);
	stamp = cc.stamp;
	gcv_compile_commands_release(&cc);
	return stamp;
}

static void test_configuration_of_the_build(void **state)
{
	static const struct gcv_hash none;
	struct gcv_hash yes = stamp_of("#define CONFIG_A 1\n"), again, no = stamp_of("");

	(void)state;
	again = stamp_of("#define CONFIG_A 1\n");
	assert_true(gcv_hash_equal(&yes, &again));
	assert_false(gcv_hash_equal(&yes, &no));
	assert_true(gcv_hash_equal(&no, &none));
}

static void split(const char *command, bool ok, const char *want)
{
	struct gcv_arena arena = { 0 };
	struct gcv_args words = { .arena = &arena };
	struct gcv_strbuf sb = { 0 };

	assert_int_equal(gcv_shell_split(command, &words), ok);
	for (size_t i = 0; i < words.nr; i++)
		gcv_strbuf_addf(&sb, "[%s]", words.argv[i]);
	assert_string_equal(sb.buf ? sb.buf : "", want);
	gcv_strbuf_release(&sb);
	gcv_arena_release(&arena);
}

static void test_shell_split(void **state)
{
	(void)state;
	split("", true, "");
	split("  gcc\t-c  a.c\n", true, "[gcc][-c][a.c]");
	split("a'b c'd\"e f\"", true, "[ab cde f]");
	split("-DX='\"y z\"' -DY=\\\"q\\\"", true, "[-DX=\"y z\"][-DY=\"q\"]");
	split("\"a\\\"b\\$c\\d\" '\\n'", true, "[a\"b$c\\d][\\n]");
	split("'' \"\"", true, "[][]");
	split("$HOME `id` *.c ~", true, "[$HOME][`id`][*.c][~]");
	split("gcc a.c; rm -rf x", true, "[gcc][a.c]");
	split("gcc a.c && rm x", true, "[gcc][a.c]");
	split("a\\ b \\\nc", true, "[a b][c]");
	split("gcc 'a", false, "[gcc]");
	split("gcc \"a", false, "[gcc]");
	split("gcc a\\", false, "[gcc]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_kernel_command),
		cmocka_unit_test(test_sanitizers_are_usual),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_forms_of_options),
		cmocka_unit_test(test_dangerous_options),
		cmocka_unit_test(test_warning_names_the_place),
		cmocka_unit_test(test_several_entries),
		cmocka_unit_test(test_entries_that_lie),
		cmocka_unit_test(test_warnings_are_bounded),
		cmocka_unit_test(test_what_is_common_is_told_once),
		cmocka_unit_test(test_damaged_json),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_configuration_of_the_build),
		cmocka_unit_test(test_shell_split),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
