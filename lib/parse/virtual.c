// SPDX-License-Identifier: GPL-2.0-only
#include "base/intern.h"
#include "parse/virtual.h"
#include "parse/virtual_make.h"

#include <stdlib.h>
#include <string.h>

static const char *full_path(const struct gcv_virtual *v, const char *rel, struct gcv_strbuf *buf)
{
	gcv_strbuf_addf(buf, GCV_VIRTUAL_ROOT "/%s/%s", v->arch->name, rel);
	return buf->buf;
}

bool gcv_virtual_has(const struct gcv_virtual *v, const char *rel)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };

	full_path(v, rel, &path);
	return gcv_intern_find(v->paths, path.buf, path.len) != GCV_INTERN_NONE;
}

void gcv_virtual_add(struct gcv_virtual *v, const char *rel, const char *text, size_t len)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
	struct gcv_virtual_file *file;

	if (gcv_virtual_has(v, rel))
		return;
	full_path(v, rel, &path);
	gcv_intern_add(v->paths, path.buf, path.len);
	GCV_GROW(v->files, v->nr, v->cap);
	file = &v->files[v->nr++];
	file->path = gcv_arena_strdup(&v->arena, path.buf);
	file->text = gcv_arena_strndup(&v->arena, text ? text : "", len);
	file->len = len;
}

bool gcv_virtual_read(const struct gcv_virtual *v, const char *path,
		      void (*fn)(void *ctx, char *line), void *ctx)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	char *line, *nl, *end;

	if (gcv_tree_read(v->tree, path, &text, NULL) != GCV_OK)
		return false;
	if (!text.len)
		return true;
	end = text.buf + text.len;
	for (line = text.buf; line < end; line = nl + 1) {
		nl = memchr(line, '\n', (size_t)(end - line));
		if (!nl)
			nl = end;
		*nl = '\0';
		if (nl > line && nl[-1] == '\r')
			nl[-1] = '\0';
		fn(ctx, line);
	}
	return true;
}

static void add_autoconf(struct gcv_virtual *v)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_kconfig_autoconf(v->kconfig, &text);
	gcv_virtual_add(v, "gen/generated/autoconf.h", text.buf, text.len);
}

/* Source: Makefile, filechk_utsrelease.h and filechk_version.h; scripts/mkcompile_h. */
static void add_versions(struct gcv_virtual *v)
{
	const struct gcv_tree *t = v->tree;
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_strbuf_addf(&text, "#define UTS_RELEASE \"%u.%u.%u\"\n", t->version, t->patchlevel,
			t->sublevel);
	gcv_virtual_add(v, "gen/generated/utsrelease.h", text.buf, text.len);
	gcv_strbuf_clear(&text);
	gcv_strbuf_addf(&text,
			"#define LINUX_VERSION_CODE %u\n"
			"#define KERNEL_VERSION(a,b,c) (((a) << 16) + ((b) << 8) + "
			"((c) > 255 ? 255 : (c)))\n"
			"#define LINUX_VERSION_MAJOR %u\n#define LINUX_VERSION_PATCHLEVEL %u\n"
			"#define LINUX_VERSION_SUBLEVEL %u\n",
			gcv_tree_version_code(t), t->version, t->patchlevel, t->sublevel);
	/* Searched last: all headers of linux/ would be looked for beside it before the tree. */
	gcv_virtual_add(v, "fallback/linux/version.h", text.buf, text.len);
	gcv_strbuf_clear(&text);
	gcv_strbuf_addf(&text,
			"#define UTS_MACHINE \"%s\"\n#define UTS_VERSION \"#1\"\n"
			"#define LINUX_COMPILE_BY \"\"\n#define LINUX_COMPILE_HOST \"\"\n"
			"#define LINUX_COMPILER \"\"\n",
			v->arch->name);
	gcv_virtual_add(v, "gen/generated/compile.h", text.buf, text.len);
}

/* Headers that only have to be there, with the target in the kernel that makes them. */
static void add_small(struct gcv_virtual *v)
{
	static const struct {
		const char *rel, *text;
	} small[] = {
		/* init/Makefile */
		{ "gen/generated/utsversion.h", "#define UTS_VERSION \"#1\"\n" },
		/* Makefile, before 5.19 for CONFIG_TRIM_UNUSED_KSYMS */
		{ "gen/generated/autoksyms.h", "" },
		/* scripts/gcc-plugins/Makefile, scripts/basic/Makefile */
		{ "gen/generated/randstruct_hash.h", "#define RANDSTRUCT_HASHED_SEED \"\"\n" },
		/* Debian's packaging */
		{ "gen/generated/package.h", "#define LINUX_PACKAGE_ID \"\"\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(small) / sizeof(*small); i++)
		gcv_virtual_add(v, small[i].rel, small[i].text, strlen(small[i].text));
}

static int by_path(const void *a, const void *b)
{
	const struct gcv_virtual_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

void gcv_virtual_make(struct gcv_virtual *ret, const struct gcv_tree *tree,
		      const struct gcv_arch *arch, const struct gcv_kconfig *kconfig)
{
	const char *standin = gcv_arch_standin_header(arch);
	struct gcv_intern paths = { 0 };

	memset(ret, 0, sizeof(*ret));
	ret->tree = tree;
	ret->arch = arch;
	ret->kconfig = kconfig;
	ret->paths = &paths;
	add_autoconf(ret);
	add_versions(ret);
	add_small(ret);
	if (standin)
		gcv_virtual_add(ret, "standin.h", standin, strlen(standin));
	gcv_virtual_add_constants(ret);
	gcv_virtual_add_tables(ret);
	gcv_virtual_add_asm(ret);
	qsort(ret->files, ret->nr, sizeof(*ret->files), by_path);
	ret->paths = NULL;
	ret->tree = NULL;
	ret->kconfig = NULL;
	gcv_intern_release(&paths);
}

const struct gcv_virtual_file *gcv_virtual_find(const struct gcv_virtual *v, const char *path)
{
	struct gcv_virtual_file key = { .path = path };

	return v->nr ? bsearch(&key, v->files, v->nr, sizeof(key), by_path) : NULL;
}

void gcv_virtual_release(struct gcv_virtual *v)
{
	free(v->files);
	gcv_arena_release(&v->arena);
	memset(v, 0, sizeof(*v));
}
