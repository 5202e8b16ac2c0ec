// SPDX-License-Identifier: GPL-2.0-only
#include "parse/compile_args.h"
#include "tree/beneath.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * How an option takes its value: not at all (the word is the whole option), behind it in the same
 * word (anything may follow), in the next word, or in either.
 */
enum form { WHOLE, JOINED, SEPARATE, EITHER };

/*
 * PATH options name folders, FILE_PATH one file; REFUSE is DROP with a warning, BACKEND the same
 * but for values that every kernel with sanitizers has.
 */
enum action { DROP, REFUSE, BACKEND, KEEP, MACRO, PATH, FILE_PATH, TARGET, LANGUAGE };

struct option {
	const char *text;
	enum form form;
	enum action action;
};

/* The first that fits counts, so longer names stand before their beginnings. */
static const struct option options[] = {
	/* run code, or hand words to another stage of the compiler */
	{ "-X", JOINED, REFUSE }, /* takes the next word, see next_word() */
	{ "-fplugin", JOINED, REFUSE },
	{ "-fpass-plugin", JOINED, REFUSE },
	{ "-load", EITHER, REFUSE },
	{ "-plugin", EITHER, REFUSE },
	{ "-mllvm", EITHER, BACKEND },
	{ "-wrapper", SEPARATE, REFUSE },
	{ "-specs", EITHER, REFUSE },
	{ "--specs", EITHER, REFUSE },
	{ "-B", EITHER, REFUSE },
	{ "-cc1", JOINED, REFUSE },
	{ "-ccc-", JOINED, REFUSE },
	{ "-fuse-ld", JOINED, REFUSE },
	{ "-no-integrated-cpp", WHOLE, REFUSE },
	/* read other files, or look for headers elsewhere */
	{ "@", JOINED, REFUSE },
	{ "--config", EITHER, REFUSE },
	{ "-fmodule", JOINED, REFUSE },
	{ "-fimplicit-module", JOINED, REFUSE },
	{ "-fprebuilt", JOINED, REFUSE },
	{ "-fpch", JOINED, REFUSE },
	{ "-include-pch", EITHER, REFUSE },
	{ "-ivfsoverlay", EITHER, REFUSE },
	{ "-vfsoverlay", EITHER, REFUSE },
	{ "-imacros", EITHER, REFUSE },
	{ "-isysroot", EITHER, REFUSE },
	{ "--sysroot", EITHER, REFUSE },
	{ "-isystem-after", EITHER, REFUSE },
	{ "-cxx-isystem", EITHER, REFUSE },
	{ "-iframework", EITHER, REFUSE },
	{ "-iprefix", EITHER, REFUSE },
	{ "-iwithprefix", EITHER, REFUSE },
	{ "-resource-dir", EITHER, REFUSE },
	{ "-gcc-toolchain", EITHER, REFUSE },
	{ "--gcc-toolchain", EITHER, REFUSE },
	{ "-working-directory", EITHER, REFUSE },
	{ "-F", EITHER, REFUSE },
	/* write files */
	{ "-serialize-diagnostics", EITHER, REFUSE },
	{ "--serialize-diagnostics", EITHER, REFUSE },
	{ "-index-", JOINED, REFUSE },
	{ "-emit-", JOINED, REFUSE },
	{ "-rewrite", JOINED, REFUSE },
	{ "-dump", JOINED, REFUSE },
	{ "-fdump", JOINED, REFUSE },
	{ "-ftime-trace", JOINED, REFUSE },
	{ "-fcrash", JOINED, REFUSE },
	{ "-save-temps", JOINED, REFUSE },
	{ "--save-temps", JOINED, REFUSE },
	{ "-MJ", EITHER, REFUSE },
	/* what a build needs and parsing does not */
	{ "-Wp,-M", JOINED, DROP },
	{ "-Wp,", JOINED, REFUSE },
	{ "-MF", EITHER, DROP },
	{ "-MT", EITHER, DROP },
	{ "-MQ", EITHER, DROP },
	{ "-M", JOINED, DROP },
	{ "-o", EITHER, DROP },
	{ "-L", EITHER, DROP },
	{ "-l", EITHER, DROP },
	{ "-T", EITHER, DROP },
	{ "-G", EITHER, DROP },
	{ "-u", EITHER, DROP },
	{ "-z", SEPARATE, DROP },
	{ "-e", SEPARATE, DROP },
	{ "-arch", SEPARATE, DROP },
	{ "--param", EITHER, DROP },
	/* what decides how the source reads */
	{ "--target", EITHER, TARGET },
	{ "-target", SEPARATE, TARGET },
	{ "-x", EITHER, LANGUAGE },
	{ "-D", EITHER, MACRO },
	{ "-U", EITHER, MACRO },
	{ "-I", EITHER, PATH },
	{ "-isystem", EITHER, PATH },
	{ "-iquote", EITHER, PATH },
	{ "-idirafter", EITHER, PATH },
	{ "-include", SEPARATE, FILE_PATH },
	{ "-nostdinc", WHOLE, KEEP },
	{ "-std=", JOINED, KEEP },
	{ "-O", WHOLE, KEEP }, /* __OPTIMIZE__ */
	{ "-O1", WHOLE, KEEP },
	{ "-O2", WHOLE, KEEP },
	{ "-O3", WHOLE, KEEP },
	{ "-Os", WHOLE, KEEP },
	{ "-funsigned-char", WHOLE, KEEP },
	{ "-fsigned-char", WHOLE, KEEP },
	{ "-fshort-wchar", WHOLE, KEEP },
	{ "-fshort-enums", WHOLE, KEEP },
	{ "-fno-short-enums", WHOLE, KEEP },
	{ "-fno-builtin", JOINED, KEEP },
	{ "-ffreestanding", WHOLE, KEEP },
	{ "-fms-extensions", WHOLE, KEEP },
	{ "-fgnu89-inline", WHOLE, KEEP },
	{ "-fno-asm", WHOLE, KEEP },
	{ "-fno-PIE", WHOLE, KEEP },
	{ "-fno-pie", WHOLE, KEEP },
	{ "-fno-PIC", WHOLE, KEEP },
	{ "-fno-pic", WHOLE, KEEP },
	{ "-fPIE", WHOLE, KEEP },
	{ "-fpie", WHOLE, KEEP },
	{ "-fPIC", WHOLE, KEEP },
	{ "-fpic", WHOLE, KEEP },
	{ "-m64", WHOLE, KEEP },
	{ "-m32", WHOLE, KEEP },
	{ "-m16", WHOLE, KEEP },
	{ "-m31", WHOLE, KEEP },
	{ "-march=", JOINED, KEEP },
	{ "-mcpu=", JOINED, KEEP },
	{ "-mcmodel=", JOINED, KEEP },
	{ "-mabi=", JOINED, KEEP },
	{ "-mregparm=", JOINED, KEEP },
	{ "-mfloat-abi=", JOINED, KEEP },
	{ "-mlittle-endian", WHOLE, KEEP },
	{ "-mbig-endian", WHOLE, KEEP },
	{ "-mgeneral-regs-only", WHOLE, KEEP },
	{ "-msoft-float", WHOLE, KEEP },
	{ "-marm", WHOLE, KEEP },
	{ "-mthumb", WHOLE, KEEP },
	{ "-mno-sse", WHOLE, KEEP },
	{ "-mno-sse2", WHOLE, KEEP },
	{ "-msse", WHOLE, KEEP },
	{ "-msse2", WHOLE, KEEP },
	{ "-mno-mmx", WHOLE, KEEP },
	{ "-mno-3dnow", WHOLE, KEEP },
	{ "-mno-avx", WHOLE, KEEP },
	{ "-mno-80387", WHOLE, KEEP },
	{ "-mno-altivec", WHOLE, KEEP },
	{ "-maltivec", WHOLE, KEEP },
	{ "-mno-vsx", WHOLE, KEEP },
};

/* One call of gcv_compile_args_clean(). */
struct cleaner {
	struct gcv_compile_roots *roots;
	const char *directory;
	gcv_compile_warn warn;
	void *ctx;
	struct gcv_args *out;
	const char *target;
};

bool gcv_compile_path(const char *directory, const char *path, char ret[PATH_MAX])
{
	char joined[PATH_MAX], folded[PATH_MAX];
	int len;

	len = path[0] == '/' ? snprintf(joined, sizeof(joined), "%s", path)
			     : snprintf(joined, sizeof(joined), "%s/%s", directory, path);
	if (len < 0 || (size_t)len >= sizeof(joined))
		return false;
	if (!gcv_beneath_fold(joined + strspn(joined, "/"), folded) ||
	    strlen(folded) + 2 > sizeof(folded))
		return false;
	ret[0] = '/';
	strcpy(ret + 1, strcmp(folded, ".") == 0 ? "" : folded);
	return true;
}

const char *gcv_compile_inside(const char *root, const char *path)
{
	size_t len = strlen(root);

	if (strncmp(root, path, len) != 0)
		return NULL;
	if (path[len] == '/')
		return path + len + 1;
	return path[len] ? NULL : path + len;
}

void gcv_compile_roots_release(struct gcv_compile_roots *roots)
{
	gcv_intern_release(&roots->seen);
	free(roots->verdicts);
	roots->verdicts = NULL;
	roots->cap = 0;
}

enum verdict { MISSING, THROUGH_LINK, IS_FOLDER, IS_FILE, IS_SPECIAL };

static enum verdict look_at(const char *path)
{
	char real[PATH_MAX];
	struct stat st;

	if (!realpath(path, real))
		return MISSING;
	if (strcmp(path, real) != 0)
		return THROUGH_LINK;
	if (stat(real, &st) < 0)
		return MISSING;
	if (S_ISDIR(st.st_mode))
		return IS_FOLDER;
	return S_ISREG(st.st_mode) ? IS_FILE : IS_SPECIAL;
}

/* The same few folders come with every file: each is looked at once. */
static enum verdict verdict_of(struct gcv_compile_roots *roots, const char *path)
{
	uint32_t known = roots->seen.nr;
	uint32_t id = gcv_intern_add(&roots->seen, path, strlen(path));

	if (id == known) {
		GCV_GROW(roots->verdicts, known, roots->cap);
		roots->verdicts[id] = (unsigned char)look_at(path);
	}
	return roots->verdicts[id];
}

static void warn(struct cleaner *c, const char *option, const char *value, const char *why)
{
	char sentence[512];

	snprintf(sentence, sizeof(sentence), "%s%s%s dropped: %s", option, *value ? " " : "", value,
		 why);
	c->warn(c->ctx, sentence);
}

/* The folder that a compiler keeps its own headers in (stdarg.h and the like). */
static bool is_compiler_folder(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail && strcmp(tail, "/include") == 0 &&
	       (strstr(path, "/gcc/") || strstr(path, "/gcc-cross/") || strstr(path, "/clang/"));
}

static void add_path(struct cleaner *c, const char *option, const char *path)
{
	if (strcmp(option, "-I") == 0) {
		gcv_args_addf(c->out, "-I%s", path);
		return;
	}
	gcv_args_add(c->out, option);
	gcv_args_add(c->out, path);
}

static void clean_path(struct cleaner *c, const struct option *option, const char *value)
{
	enum verdict wanted = option->action == PATH ? IS_FOLDER : IS_FILE, found;
	char path[PATH_MAX];

	if (!*value || !gcv_compile_path(c->directory, value, path)) {
		warn(c, option->text, value, "not a path");
		return;
	}
	if (!gcv_compile_inside(c->roots->tree, path) &&
	    !gcv_compile_inside(c->roots->build, path)) {
		if (option->action == PATH && is_compiler_folder(path))
			add_path(c, "-isystem", c->roots->resource_include);
		else
			warn(c, option->text, value, "outside the tree and the build folder");
		return;
	}
	found = verdict_of(c->roots, path);
	if (found == wanted)
		add_path(c, option->text, path);
	else if (found == THROUGH_LINK)
		warn(c, option->text, value, "reached through a symbolic link");
	else if (found != MISSING || option->action == FILE_PATH)
		warn(c, option->text, value,
		     found == MISSING ? "no such file" : "not the kind of file it should be");
}

static bool is_triple(const char *text)
{
	return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "0123456789-_.")] == '\0';
}

/* Settings of sanitizers; source: scripts/Makefile.kasan, Makefile.kmsan and Makefile.kcsan. */
static bool is_instrumentation(const char *value)
{
	static const char *const prefixes[] = { "-asan-", "-hwasan-", "-msan-", "-tsan-" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(value, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

static void clean_value(struct cleaner *c, const struct option *option, const char *value)
{
	switch (option->action) {
	case MACRO:
		if (*value)
			gcv_args_addf(c->out, "%s%s", option->text, value);
		break;
	case PATH:
	case FILE_PATH:
		clean_path(c, option, value);
		break;
	case TARGET:
		if (is_triple(value))
			c->target = value;
		else
			warn(c, option->text, value, "not a target");
		break;
	case LANGUAGE:
		if (strcmp(value, "c") == 0) {
			gcv_args_add(c->out, "-x");
			gcv_args_add(c->out, value);
		} else if (strncmp(value, "assembler", 9) != 0) {
			warn(c, option->text, value, "not C");
		}
		break;
	case BACKEND:
		if (is_instrumentation(value))
			break;
		__attribute__((fallthrough));
	case REFUSE:
		warn(c, option->text, value, "not safe for a foreign command");
		break;
	case KEEP:
	case DROP:
		break;
	}
}

static const struct option *find_option(const char *word)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const struct option *o = &options[i];
		size_t len = strlen(o->text);

		if (strncmp(word, o->text, len) != 0)
			continue;
		if (!word[len] || o->form == JOINED || o->form == EITHER)
			return o;
	}
	return NULL;
}

static bool next_word(const struct option *o, const char *word)
{
	/* -Xclang, -Xpreprocessor, -Xarch_x86_64: all take the next word */
	if (strcmp(o->text, "-X") == 0)
		return true;
	return o->form == SEPARATE || (o->form == EITHER && !word[strlen(o->text)]);
}

/* Return: how many words the option at @argv took. */
static size_t clean_option(struct cleaner *c, const char *const *argv, size_t nr)
{
	const struct option *o = find_option(argv[0]);
	const char *value;

	if (!o)
		return 1;
	if (o->action == KEEP) {
		gcv_args_add(c->out, argv[0]);
		return 1;
	}
	if (next_word(o, argv[0])) {
		if (nr < 2) {
			warn(c, argv[0], "", "its value is missing");
			return 1;
		}
		clean_value(c, o, argv[1]);
		return 2;
	}
	value = argv[0] + strlen(o->text);
	if (*value == '=' && strncmp(o->text, "--", 2) == 0)
		value++;
	clean_value(c, o, value);
	return 1;
}

/* "aarch64-linux-gnu" of ".../aarch64-linux-gnu-gcc-12", or NULL. */
static const char *cross_prefix(struct gcv_arena *arena, const char *compiler)
{
	static const char *const names[] = { "-gcc", "-clang", "-cc" };
	const char *base = strrchr(compiler, '/');

	base = base ? base + 1 : compiler;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *end = strstr(base, names[i]);
		char *triple;

		if (!end || end == base)
			continue;
		triple = gcv_arena_strndup(arena, base, (size_t)(end - base));
		/* "my-gcc" is no cross compiler: a triple has two dashes, or one and an OS */
		if (strchr(triple, '-') && is_triple(triple))
			return triple;
	}
	return NULL;
}

/* "ccache gcc -c x.c": several words may stand before the first option. */
static size_t skip_compiler(struct cleaner *c, const char *const *argv, size_t nr)
{
	size_t i = 0;

	for (; i < nr && argv[i][0] != '-' && argv[i][0] != '@'; i++)
		if (!c->target && !strchr(argv[i], '.'))
			c->target = cross_prefix(c->out->arena, argv[i]);
	return i;
}

void gcv_compile_args_clean(struct gcv_compile_roots *roots, const char *directory,
			    const char *const *argv, size_t nr, gcv_compile_warn warn_fn, void *ctx,
			    struct gcv_args *ret)
{
	struct gcv_args rest = { .arena = ret->arena };
	struct cleaner c = {
		.roots = roots, .directory = directory, .warn = warn_fn, .ctx = ctx, .out = &rest
	};
	size_t i = skip_compiler(&c, argv, nr);

	while (i < nr)
		i += argv[i][0] == '-' || argv[i][0] == '@' ? clean_option(&c, argv + i, nr - i)
							    : 1;
	if (c.target)
		gcv_args_addf(ret, "--target=%s", c.target);
	gcv_args_add_tolerant(ret);
	for (size_t k = 0; k < rest.nr; k++)
		gcv_args_add(ret, rest.argv[k]);
}
