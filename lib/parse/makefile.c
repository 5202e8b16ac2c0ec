// SPDX-License-Identifier: GPL-2.0-only
#include "parse/makefile.h"
#include "parse/relpath.h"

#include <stdlib.h>
#include <string.h>

/* The kernel's largest Makefile has some 60 KiB. */
#define FILE_BYTES_MAX ((size_t)4 << 20)
#define FILES_MAX      64
#define INCLUDE_DEPTH  8
#define NESTING_MAX    64
/* Longest list of objects in one assignment. */
#define RULE_BYTES_MAX 65536

/* One open ifeq, ifdef, …; @taken: a branch of it was read already. */
struct branch {
	bool parent_active, active, taken;
};

struct reader {
	struct gcv_makefile *mk;
	const char *text, *end;
	struct gcv_strbuf line;
	struct branch stack[NESTING_MAX];
	unsigned int nesting, too_deep;
	bool active, in_define;
};

static void read_path(struct gcv_makefile *mk, const char *path, unsigned int depth);

static void call_function(void *ctx, const char *name, size_t name_len, const char *args,
			  struct gcv_strbuf *ret)
{
	(void)ctx;
	gcv_makefile_call(name, name_len, args, ret);
}

static void lookup_config(void *ctx, const char *name, size_t name_len, struct gcv_strbuf *ret)
{
	const struct gcv_makefile *mk = ctx;
	const char *value;
	char symbol[128];

	if (name_len < 8 || name_len >= sizeof(symbol) || memcmp(name, "CONFIG_", 7) != 0)
		return;
	memcpy(symbol, name + 7, name_len - 7);
	symbol[name_len - 7] = '\0';
	value = gcv_kconfig_value(mk->kconfig, symbol);
	if (value)
		gcv_strbuf_addstr(ret, value);
}

/* The next line with its continuation lines in r->line, comments cut off. */
static bool next_line(struct reader *r)
{
	const char *nl;
	char *hash;
	size_t len;
	bool more = true;

	if (r->text >= r->end)
		return false;
	gcv_strbuf_clear(&r->line);
	while (more && r->text < r->end) {
		nl = memchr(r->text, '\n', (size_t)(r->end - r->text));
		len = (size_t)((nl ? nl : r->end) - r->text);
		if (len && r->text[len - 1] == '\r')
			len--;
		more = len && r->text[len - 1] == '\\';
		gcv_strbuf_add(&r->line, r->text, more ? len - 1 : len);
		if (more)
			gcv_strbuf_addch(&r->line, ' ');
		r->text = nl ? nl + 1 : r->end;
	}
	gcv_strbuf_add(&r->line, "", 0);
	hash = r->line.buf;
	while ((hash = strchr(hash, '#')) && hash > r->line.buf && hash[-1] == '\\')
		hash++;
	if (hash)
		*hash = '\0';
	return true;
}

static char *trim(char *s)
{
	size_t len;

	s += strspn(s, " \t");
	len = strlen(s);
	while (len && strchr(" \t\r", s[len - 1]))
		s[--len] = '\0';
	return s;
}

static bool expand_equal(struct reader *r, char *a, char *b)
{
	GCV_STRBUF_AUTO struct gcv_strbuf x = { 0 }, y = { 0 };

	gcv_macros_expand(&r->mk->macros, trim(a), &x);
	gcv_macros_expand(&r->mk->macros, trim(b), &y);
	return strcmp(trim(x.buf), trim(y.buf)) == 0;
}

/* "(a,b)" with nested references, or two quoted words. */
static bool compare_args(struct reader *r, char *args)
{
	size_t level = 0;
	char *p, *comma = NULL, *close = NULL;
	char quote;

	args = trim(args);
	if (*args == '(') {
		for (p = args + 1; *p && !close; p++) {
			if (*p == '(')
				level++;
			else if (*p == ')' && !level)
				close = p;
			else if (*p == ')')
				level--;
			else if (*p == ',' && !level && !comma)
				comma = p;
		}
		if (!comma || !close)
			return false;
		*comma = *close = '\0';
		return expand_equal(r, args + 1, comma + 1);
	}
	quote = *args;
	p = quote == '"' || quote == '\'' ? strchr(args + 1, quote) : NULL;
	if (!p)
		return false;
	*p++ = '\0';
	p = trim(p);
	if ((*p != '"' && *p != '\'') || !(close = strchr(p + 1, *p)))
		return false;
	*close = '\0';
	return expand_equal(r, args + 1, p + 1);
}

static bool evaluate(struct reader *r, const char *word, char *args)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 }, value = { 0 };
	bool wanted = word[2] != 'n';

	if (strcmp(word, "ifeq") == 0 || strcmp(word, "ifneq") == 0)
		return compare_args(r, args) == wanted;
	gcv_macros_expand(&r->mk->macros, trim(args), &name);
	gcv_strbuf_addstr(&value, "$(");
	gcv_strbuf_addstr(&value, name.buf);
	gcv_strbuf_addch(&value, ')');
	gcv_strbuf_clear(&name);
	gcv_macros_expand(&r->mk->macros, value.buf, &name);
	return (name.len != 0) == wanted;
}

static bool is_condition(const char *word)
{
	return strcmp(word, "ifeq") == 0 || strcmp(word, "ifneq") == 0 ||
	       strcmp(word, "ifdef") == 0 || strcmp(word, "ifndef") == 0;
}

static void open_branch(struct reader *r, const char *word, char *args)
{
	struct branch *b;

	if (r->nesting >= NESTING_MAX) {
		r->too_deep++;
		return;
	}
	b = &r->stack[r->nesting++];
	b->parent_active = r->active;
	b->active = r->active && evaluate(r, word, args);
	b->taken = b->active;
	r->active = b->active;
}

static void else_branch(struct reader *r, char *args)
{
	struct branch *b;
	char *rest;

	if (!r->nesting || r->too_deep)
		return;
	b = &r->stack[r->nesting - 1];
	args = trim(args);
	rest = args + strcspn(args, " \t(");
	b->active = b->parent_active && !b->taken;
	if (b->active && *args) {
		GCV_STRBUF_AUTO struct gcv_strbuf word = { 0 };

		gcv_strbuf_add(&word, args, (size_t)(rest - args));
		b->active = is_condition(word.buf) && evaluate(r, word.buf, rest);
	}
	b->taken |= b->active;
	r->active = b->active;
}

static void close_branch(struct reader *r)
{
	if (r->too_deep) {
		r->too_deep--;
	} else if (r->nesting) {
		r->nesting--;
		r->active = r->stack[r->nesting].parent_active;
	}
}

/* Directives; returns false where the line is none. */
static bool do_directive(struct reader *r, char *line, unsigned int depth)
{
	size_t len = strcspn(line, " \t(");
	char word[16], *args = line + len;
	bool is_include;

	if (len >= sizeof(word))
		return false;
	memcpy(word, line, len);
	word[len] = '\0';
	if (is_condition(word)) {
		open_branch(r, word, args);
		return true;
	}
	if (strcmp(word, "else") == 0) {
		else_branch(r, args);
		return true;
	}
	if (strcmp(word, "endif") == 0) {
		close_branch(r);
		return true;
	}
	is_include = strcmp(word, "include") == 0 || strcmp(word, "-include") == 0 ||
		     strcmp(word, "sinclude") == 0;
	if (is_include && r->active) {
		GCV_STRBUF_AUTO struct gcv_strbuf paths = { 0 };
		char path[GCV_RELPATH_MAX], *p, *save = NULL;

		gcv_macros_expand(&r->mk->macros, args, &paths);
		for (p = strtok_r(paths.buf, " \t", &save); p; p = strtok_r(NULL, " \t", &save))
			if (gcv_relpath_fold("", p, path))
				read_path(r->mk, path, depth + 1);
	}
	return is_include;
}

/* Where the name ends and which operator follows: '=', ':', '+' or '?'; 0 for no assignment. */
static char find_operator(const char *line, size_t *ret_name_len, const char **ret_value)
{
	size_t level = 0;
	const char *p, *name_end;

	for (p = line; *p; p++) {
		if (*p == '(')
			level++;
		else if (*p == ')' && level)
			level--;
		else if (!level && (*p == '=' || *p == ':' || *p == '+' || *p == '?' || *p == ' ' ||
				    *p == '\t'))
			break;
	}
	name_end = p;
	p += strspn(p, " \t");
	*ret_name_len = (size_t)(name_end - line);
	if (*p == '=') {
		*ret_value = p + 1;
		return '=';
	}
	if (*p == ':' && p[1] == ':' && p[2] == '=')
		p++;
	if ((*p == ':' || *p == '+' || *p == '?') && p[1] == '=') {
		*ret_value = p + 2;
		return *p;
	}
	return 0;
}

static void assign(struct reader *r, const char *name, size_t len, char op, const char *value)
{
	struct gcv_macros *macros = &r->mk->macros;
	GCV_STRBUF_AUTO struct gcv_strbuf now = { 0 };

	value += strspn(value, " \t");
	if (op == '+') {
		gcv_macros_append(macros, name, len, value);
	} else if (op == ':') {
		gcv_macros_expand(macros, value, &now);
		gcv_macros_set(macros, name, len, now.buf, false);
	} else if (op == '=' || !gcv_macros_is_set(macros, name, len)) {
		gcv_macros_set(macros, name, len, value, true);
	}
}

/* Cut "-y", "-m", "-objs" and the like off the name of a list. */
static size_t stem_len(const char *name, size_t len)
{
	static const char *const suffixes[] = { "-y", "-m", "-objs", "-" };
	size_t i, n;
	bool again = true;

	while (again) {
		again = false;
		for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
			n = strlen(suffixes[i]);
			if (len > n && memcmp(name + len - n, suffixes[i], n) == 0) {
				len -= n;
				again = true;
			}
		}
	}
	return len;
}

static void add_rule(struct reader *r, const char *name, size_t len, char op, const char *value)
{
	struct gcv_makefile *mk = r->mk;
	const char *config = memmem(name, len, "-$(CONFIG_", 10), *close = NULL;
	struct gcv_makefile_rule *rule;
	size_t stem;

	if (config)
		close = memchr(config, ')', len - (size_t)(config - name));
	stem = stem_len(name, config ? (size_t)(config - name) : len);
	if ((!config && stem == len) || (config && !close) || memchr(name, '$', stem) ||
	    strlen(value) > RULE_BYTES_MAX)
		return;
	rule = gcv_arena_alloc(&mk->arena, sizeof(*rule));
	rule->stem = gcv_arena_strndup(&mk->arena, name, stem);
	if (config)
		rule->symbol =
			gcv_arena_strndup(&mk->arena, config + 10, (size_t)(close - config - 10));
	rule->overwrites = op != '+';
	rule->value = gcv_arena_strdup(&mk->arena, value);
	*mk->rules_end = rule;
	mk->rules_end = &rule->next;
}

static void do_assignment(struct reader *r, const char *line)
{
	GCV_STRBUF_AUTO struct gcv_strbuf raw = { 0 }, name = { 0 };
	const char *value;
	size_t len;
	char op;

	if (strncmp(line, "export ", 7) == 0 || strncmp(line, "override ", 9) == 0)
		line = strchr(line, ' ') + 1;
	op = find_operator(line, &len, &value);
	if (!op || !len)
		return;
	add_rule(r, line, len, op, value);
	gcv_strbuf_add(&raw, line, len);
	gcv_macros_expand(&r->mk->macros, raw.buf, &name);
	if (!name.len || strpbrk(name.buf, " \t"))
		return;
	if (strncmp(name.buf, "obj-", 4) == 0 || strncmp(name.buf, "lib-", 4) == 0 ||
	    strcmp(name.buf, "subdir-y") == 0 || strcmp(name.buf, "subdir-m") == 0)
		r->mk->has_objects = true;
	assign(r, name.buf, name.len, op, value);
}

static void do_line(struct reader *r, unsigned int depth)
{
	char *line = trim(r->line.buf);

	if (!*line)
		return;
	if (r->in_define || strncmp(line, "define ", 7) == 0) {
		r->in_define = strcmp(line, "endef") != 0;
		return;
	}
	if (!do_directive(r, line, depth) && r->active)
		do_assignment(r, line);
}

static void read_path(struct gcv_makefile *mk, const char *path, unsigned int depth)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct reader r = { .mk = mk, .active = true };

	if (depth > INCLUDE_DEPTH || mk->files_nr >= FILES_MAX)
		return;
	if (depth)
		gcv_intern_add(&mk->includes, path, strlen(path));
	if (gcv_tree_read(mk->tree, path, &text, NULL) != GCV_OK || !text.len ||
	    text.len > FILE_BYTES_MAX)
		return;
	mk->files_nr++;
	r.text = text.buf;
	r.end = text.buf + text.len;
	while (next_line(&r))
		do_line(&r, depth);
	gcv_strbuf_release(&r.line);
}

void gcv_makefile_read(struct gcv_makefile *ret, const struct gcv_tree *tree,
		       const struct gcv_kconfig *kconfig, const char *arch, const char *folder)
{
	const char *host = strcmp(arch, "um") == 0 ? "x86" : arch;
	const char *bits = gcv_kconfig_is_on(kconfig, "64BIT") ? "64" : "32";
	const struct {
		const char *name, *value;
	} vars[] = {
		{ "srctree", "." },	 { "objtree", "." },  { "src", folder },
		{ "obj", folder },	 { "SRCARCH", arch }, { "ARCH", arch },
		{ "SUBARCH", host },	 { "BITS", bits },    { "HEADER_ARCH", host },
		{ "UTS_MACHINE", arch }, { "comma", "," },
	};
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
	size_t i;

	memset(ret, 0, sizeof(*ret));
	ret->tree = tree;
	ret->kconfig = kconfig;
	ret->folder = folder;
	ret->rules_end = &ret->rules;
	ret->macros.call = call_function;
	ret->macros.lookup = lookup_config;
	ret->macros.ctx = ret;
	for (i = 0; i < sizeof(vars) / sizeof(*vars); i++)
		gcv_macros_set(&ret->macros, vars[i].name, strlen(vars[i].name), vars[i].value,
			       false);
	gcv_strbuf_addf(&path, "%s/Kbuild", folder);
	if (!gcv_tree_exists(tree, path.buf)) {
		gcv_strbuf_clear(&path);
		gcv_strbuf_addf(&path, "%s/Makefile", folder);
	}
	read_path(ret, path.buf, 0);
}

void gcv_makefile_release(struct gcv_makefile *mk)
{
	gcv_macros_release(&mk->macros);
	gcv_intern_release(&mk->includes);
	gcv_arena_release(&mk->arena);
}
