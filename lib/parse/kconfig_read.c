// SPDX-License-Identifier: GPL-2.0-only
/* From Kconfig files to the model. */
#include "parse/kconfig_model.h"
#include "parse/relpath.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WARNINGS_MAX 100
#define FILES_MAX    20000
#define BYTES_MAX    ((size_t)128 << 20)
#define NESTING_MAX  200

/* What surrounds a line. */
struct scope {
	const struct gcv_kc_expr *dep, *visible;
	struct gcv_kc_choice *choice;
};

enum block { BLOCK_NONE, BLOCK_CONFIG, BLOCK_MENU, BLOCK_CHOICE };

struct reader {
	struct gcv_kc_model *model;
	const char *path;
	const char *text, *end;
	unsigned int line;
	struct gcv_strbuf raw, words;
	struct scope scope, *stack;
	size_t nesting, stack_cap;
	enum block block;
	struct gcv_kc_symbol *symbol;
	struct gcv_kc_entry *entry;
};

void gcv_kc_warn(struct gcv_kc_model *model, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (model->warnings_nr >= WARNINGS_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	GCV_GROW(model->warnings, model->warnings_nr, model->warnings_cap);
	model->warnings[model->warnings_nr++] = gcv_arena_strdup(&model->arena, text);
}

uint32_t gcv_kc_symbol_id(struct gcv_kc_model *model, const char *name, size_t len_bytes)
{
	uint32_t id = gcv_intern_add(&model->names, name, len_bytes);
	uint32_t old = model->symbols_cap;

	if (id >= old) {
		model->symbols_cap = old ? old * 2 : 4096;
		model->symbols = gcv_realloc_array(model->symbols, model->symbols_cap,
						   sizeof(*model->symbols));
		memset(model->symbols + old, 0,
		       (model->symbols_cap - old) * sizeof(*model->symbols));
	}
	return id;
}

static void complain(struct reader *r, const char *what)
{
	gcv_kc_warn(r->model, "%s:%u: %s", r->path, r->line, what);
}

/* The next physical line, without its newline; false at the end of the file. */
static bool raw_line(struct reader *r, const char **ret, size_t *ret_len)
{
	const char *nl;

	if (r->text >= r->end)
		return false;
	nl = memchr(r->text, '\n', (size_t)(r->end - r->text));
	*ret = r->text;
	*ret_len = (size_t)((nl ? nl : r->end) - r->text);
	r->text = nl ? nl + 1 : r->end;
	r->line++;
	return true;
}

/* The next line with its continuation lines in r->raw, always NUL-terminated. */
static bool logical_line(struct reader *r)
{
	const char *line;
	size_t len;
	bool more = true, any = false;

	gcv_strbuf_clear(&r->raw);
	while (more && raw_line(r, &line, &len)) {
		any = true;
		if (len && line[len - 1] == '\r')
			len--;
		more = len && line[len - 1] == '\\';
		gcv_strbuf_add(&r->raw, line, more ? len - 1 : len);
	}
	gcv_strbuf_add(&r->raw, "", 0);
	return any;
}

static size_t indentation(const char *line, size_t len, size_t *ret_blanks)
{
	size_t i, column = 0;

	for (i = 0; i < len && (line[i] == ' ' || line[i] == '\t'); i++)
		column = line[i] == '\t' ? (column | 7) + 1 : column + 1;
	*ret_blanks = i;
	return column;
}

/* Help text ends at the first line that is indented less than its first one. */
static void skip_help(struct reader *r)
{
	const char *line, *before = r->text;
	size_t len, column, blanks, first = 0;
	bool seen = false;

	while (raw_line(r, &line, &len)) {
		column = indentation(line, len, &blanks);
		if (blanks == len || line[blanks] == '\r') {
			before = r->text;
			continue;
		}
		if (!seen)
			first = column;
		seen = true;
		if (!column || column < first) {
			r->text = before;
			r->line--;
			return;
		}
		before = r->text;
	}
}

/* Cut a comment off; '#' in quotes is text. */
static void cut_comment(char *line)
{
	char quote = 0;

	for (; *line; line++) {
		if (quote) {
			if (*line == '\\' && line[1])
				line++;
			else if (*line == quote)
				quote = 0;
		} else if (*line == '"' || *line == '\'') {
			quote = *line;
		} else if (*line == '#') {
			*line = '\0';
			return;
		}
	}
}

static char *trim(char *s)
{
	size_t len;

	s += strspn(s, " \t\r");
	len = strlen(s);
	while (len && strchr(" \t\r", s[len - 1]))
		s[--len] = '\0';
	return s;
}

/* Split "value if condition"; the result points behind the "if" or is NULL. */
static char *split_if(char *s)
{
	char quote = 0;
	char *p;

	for (p = s; *p; p++) {
		if (quote) {
			if (*p == '\\' && p[1])
				p++;
			else if (*p == quote)
				quote = 0;
		} else if (*p == '"' || *p == '\'') {
			quote = *p;
		} else if (strncmp(p, "if", 2) == 0 && (p == s || strchr(" \t\"'", p[-1])) &&
			   strchr(" \t(!\"'", p[2]) && p[2]) {
			*p = '\0';
			return p + 2;
		}
	}
	return NULL;
}

static const struct gcv_kc_expr *parse_expr(struct reader *r, const char *text)
{
	const struct gcv_kc_expr *e = NULL;

	if (!gcv_kc_expr_parse(r->model, text, &e))
		complain(r, "damaged expression, left out");
	return e;
}

static const struct gcv_kc_expr *parse_cond(struct reader *r, char *cond)
{
	return cond ? parse_expr(r, cond) : NULL;
}

static void read_file(struct gcv_kc_model *model, const char *path, const struct scope *scope,
		      bool is_optional);

static void source_glob(struct reader *r, const char *path, bool is_optional)
{
	struct gcv_arena arena = { 0 };
	struct gcv_tree_entry *entries;
	char folder[GCV_RELPATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t i, nr;

	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) : 0, path);
	if (gcv_tree_list(r->model->tree, folder, &arena, &entries, &nr, NULL) != GCV_OK) {
		if (!is_optional)
			complain(r, "no folder for this pattern");
		nr = 0;
	}
	for (i = 0; i < nr; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf file = { 0 };

		if (entries[i].is_folder ||
		    fnmatch(slash ? slash + 1 : path, entries[i].name, FNM_PERIOD) != 0)
			continue;
		gcv_strbuf_addf(&file, "%s%s%s", folder, *folder ? "/" : "", entries[i].name);
		read_file(r->model, file.buf, &r->scope, is_optional);
	}
	gcv_arena_release(&arena);
}

static void do_source(struct reader *r, const char *keyword, char *arg)
{
	bool is_optional = keyword[0] == 'o';
	bool is_relative = strstr(keyword, "rsource") != NULL;
	char base[GCV_RELPATH_MAX] = "", path[GCV_RELPATH_MAX];
	size_t len;

	arg = trim(arg);
	len = strlen(arg);
	if (len >= 2 && (arg[0] == '"' || arg[0] == '\'') && arg[len - 1] == arg[0]) {
		arg[len - 1] = '\0';
		arg++;
	}
	if (is_relative) {
		snprintf(base, sizeof(base), "%s", r->path);
		gcv_relpath_folder(base);
	}
	if (!gcv_relpath_fold(base, arg, path) || !path[0])
		complain(r, "source leads out of the tree, left out");
	else if (strpbrk(path, "*?["))
		source_glob(r, path, is_optional);
	else
		read_file(r->model, path, &r->scope, is_optional);
	r->block = BLOCK_NONE;
}

static void push_scope(struct reader *r)
{
	if (r->nesting >= NESTING_MAX) {
		complain(r, "blocks are nested too deeply");
		return;
	}
	GCV_GROW(r->stack, r->nesting, r->stack_cap);
	r->stack[r->nesting++] = r->scope;
}

static void pop_scope(struct reader *r)
{
	r->block = BLOCK_NONE;
	if (!r->nesting) {
		complain(r, "end of a block that was not opened");
		return;
	}
	r->scope = r->stack[--r->nesting];
}

static void do_config(struct reader *r, const char *name)
{
	struct gcv_kc_model *m = r->model;
	struct gcv_kc_member *member;
	size_t len =
		strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
	uint32_t id;

	if (!len || name[len]) {
		complain(r, "config without a proper name, left out");
		r->block = BLOCK_NONE;
		return;
	}
	id = gcv_kc_symbol_id(m, name, len);
	r->symbol = &m->symbols[id];
	r->entry = gcv_arena_alloc(&m->arena, sizeof(*r->entry));
	r->entry->dep = r->scope.dep;
	r->entry->defaults_end = &r->entry->defaults;
	r->entry->ranges_end = &r->entry->ranges;
	if (!r->symbol->entries_end)
		r->symbol->entries_end = &r->symbol->entries;
	*r->symbol->entries_end = r->entry;
	r->symbol->entries_end = &r->entry->next;
	r->block = BLOCK_CONFIG;
	if (r->scope.choice) {
		r->symbol->choice = r->scope.choice;
		member = gcv_arena_alloc(&m->arena, sizeof(*member));
		member->symbol = id;
		*r->scope.choice->members_end = member;
		r->scope.choice->members_end = &member->next;
	}
}

/* gcv_kc_symbol_id() may move the symbols while a block is read; r->entry stays. */
static void set_type(struct reader *r, const char *name, size_t name_len, enum gcv_kc_type type)
{
	uint32_t id = gcv_intern_find(&r->model->names, name, name_len);

	if (id != GCV_INTERN_NONE && !r->model->symbols[id].type)
		r->model->symbols[id].type = type;
}

static void do_choice(struct reader *r)
{
	struct gcv_kc_choice *choice = gcv_arena_alloc(&r->model->arena, sizeof(*choice));

	push_scope(r);
	choice->dep = r->scope.dep;
	choice->defaults_end = &choice->defaults;
	choice->members_end = &choice->members;
	*r->model->choices_end = choice;
	r->model->choices_end = &choice->next;
	r->scope.choice = choice;
	r->block = BLOCK_CHOICE;
}

static void do_depends(struct reader *r, char *arg)
{
	const struct gcv_kc_expr *e;

	if (strncmp(arg, "on", 2) == 0 && strchr(" \t(!\"", arg[2]))
		arg += 2;
	e = parse_expr(r, arg);
	if (r->block == BLOCK_CONFIG) {
		r->entry->dep = gcv_kc_expr_and(r->model, r->entry->dep, e);
	} else if (r->block == BLOCK_MENU || r->block == BLOCK_CHOICE) {
		r->scope.dep = gcv_kc_expr_and(r->model, r->scope.dep, e);
		if (r->block == BLOCK_CHOICE)
			r->scope.choice->dep = r->scope.dep;
	}
}

static void do_default(struct reader *r, char *arg)
{
	struct gcv_kc_default *def;
	char *cond = split_if(arg);

	/* A default that came from a command, such as $(cc-version), is empty here. */
	if ((r->block != BLOCK_CONFIG && r->block != BLOCK_CHOICE) || !*trim(arg))
		return;
	def = gcv_arena_alloc(&r->model->arena, sizeof(*def));
	if (!gcv_kc_expr_parse(r->model, arg, &def->value)) {
		complain(r, "damaged default, left out");
		return;
	}
	def->cond = parse_cond(r, cond);
	if (r->block == BLOCK_CONFIG) {
		*r->entry->defaults_end = def;
		r->entry->defaults_end = &def->next;
	} else {
		*r->scope.choice->defaults_end = def;
		r->scope.choice->defaults_end = &def->next;
	}
}

static void do_prompt(struct reader *r, char *arg)
{
	char *cond = split_if(arg);

	arg = trim(arg);
	if (r->block == BLOCK_CHOICE) {
		r->scope.choice->dep =
			gcv_kc_expr_and(r->model, r->scope.choice->dep, parse_cond(r, cond));
	} else if (r->block == BLOCK_CONFIG && *arg) {
		r->entry->has_prompt = true;
		r->entry->prompt_cond =
			gcv_kc_expr_and(r->model, r->scope.visible, parse_cond(r, cond));
	}
}

static void do_select(struct reader *r, char *arg, bool is_weak)
{
	struct gcv_kc_select *sel;
	char *cond = split_if(arg);

	arg = trim(arg);
	if (r->block != BLOCK_CONFIG || !*arg)
		return;
	sel = gcv_arena_alloc(&r->model->arena, sizeof(*sel));
	sel->target = gcv_kc_symbol_id(r->model, arg, strcspn(arg, " \t"));
	sel->is_weak = is_weak;
	sel->cond = parse_cond(r, cond);
	sel->next = r->entry->selects;
	r->entry->selects = sel;
}

static void do_range(struct reader *r, char *arg)
{
	struct gcv_kc_range *range;
	char *cond = split_if(arg);
	char *high;

	arg = trim(arg);
	high = arg + strcspn(arg, " \t");
	if (r->block != BLOCK_CONFIG || !*high)
		return;
	*high++ = '\0';
	range = gcv_arena_alloc(&r->model->arena, sizeof(*range));
	range->low = parse_expr(r, arg);
	range->high = parse_expr(r, high);
	range->cond = parse_cond(r, cond);
	if (!range->low || !range->high)
		return;
	*r->entry->ranges_end = range;
	r->entry->ranges_end = &range->next;
}

static void do_visible(struct reader *r, char *arg)
{
	if (strncmp(arg, "if", 2) == 0 && r->block == BLOCK_MENU)
		r->scope.visible =
			gcv_kc_expr_and(r->model, r->scope.visible, parse_expr(r, arg + 2));
}

/* "NAME = value" and "NAME := value" at the left of no keyword. */
static void do_assignment(struct reader *r, const char *line)
{
	size_t name_len = strcspn(line, " \t=:");
	const char *p = line + name_len + strspn(line + name_len, " \t");
	GCV_STRBUF_AUTO struct gcv_strbuf value = { 0 };
	bool is_lazy = *p == '=';

	if (!is_lazy && strncmp(p, ":=", 2) != 0) {
		if (*line != '$')
			complain(r, "unknown keyword, left out");
		return;
	}
	p += is_lazy ? 1 : 2;
	p += strspn(p, " \t");
	if (is_lazy)
		gcv_strbuf_addstr(&value, p);
	else
		gcv_macros_expand(&r->model->macros, p, &value);
	gcv_strbuf_add(&value, "", 0);
	gcv_macros_set(&r->model->macros, line, name_len, value.buf, is_lazy);
}

enum keyword {
	KW_BOOL,
	KW_CHOICE,
	KW_COMMENT,
	KW_CONFIG,
	KW_DEF_BOOL,
	KW_DEFAULT,
	KW_DEPENDS,
	KW_END,
	KW_HELP,
	KW_HEX,
	KW_IF,
	KW_IGNORED,
	KW_IMPLY,
	KW_INT,
	KW_MENU,
	KW_PROMPT,
	KW_RANGE,
	KW_SELECT,
	KW_SOURCE,
	KW_STRING,
	KW_VISIBLE,
	KW_NONE,
};

static enum keyword find_keyword(const char *word, size_t len)
{
	static const struct {
		const char *name;
		enum keyword keyword;
	} keywords[] = {
		{ "config", KW_CONFIG },
		{ "select", KW_SELECT },
		{ "depends", KW_DEPENDS },
		{ "help", KW_HELP },
		{ "tristate", KW_BOOL },
		{ "bool", KW_BOOL },
		{ "default", KW_DEFAULT },
		{ "source", KW_SOURCE },
		{ "def_bool", KW_DEF_BOOL },
		{ "if", KW_IF },
		{ "endif", KW_END },
		{ "menu", KW_MENU },
		{ "endmenu", KW_END },
		{ "menuconfig", KW_CONFIG },
		{ "int", KW_INT },
		{ "prompt", KW_PROMPT },
		{ "imply", KW_IMPLY },
		{ "comment", KW_COMMENT },
		{ "choice", KW_CHOICE },
		{ "endchoice", KW_END },
		{ "range", KW_RANGE },
		{ "hex", KW_HEX },
		{ "string", KW_STRING },
		{ "visible", KW_VISIBLE },
		{ "def_tristate", KW_DEF_BOOL },
		{ "optional", KW_IGNORED },
		{ "option", KW_IGNORED },
		{ "modules", KW_IGNORED },
		{ "transitional", KW_IGNORED },
		{ "mainmenu", KW_COMMENT },
		{ "---help---", KW_HELP },
		{ "rsource", KW_SOURCE },
		{ "osource", KW_SOURCE },
		{ "orsource", KW_SOURCE },
	};
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (*keywords[i].name == *word && strncmp(keywords[i].name, word, len) == 0 &&
		    !keywords[i].name[len])
			return keywords[i].keyword;
	return KW_NONE;
}

/* Attributes of the block that is open. */
static void do_attribute(struct reader *r, enum keyword kw, char *arg)
{
	switch (kw) {
	case KW_BOOL:
	case KW_INT:
	case KW_HEX:
	case KW_STRING:
	case KW_PROMPT:
		do_prompt(r, arg);
		break;
	case KW_DEF_BOOL:
	case KW_DEFAULT:
		do_default(r, arg);
		break;
	case KW_DEPENDS:
		do_depends(r, arg);
		break;
	case KW_SELECT:
	case KW_IMPLY:
		do_select(r, arg, kw == KW_IMPLY);
		break;
	case KW_RANGE:
		do_range(r, arg);
		break;
	case KW_VISIBLE:
		do_visible(r, arg);
		break;
	default:
		break;
	}
}

static enum gcv_kc_type keyword_type(enum keyword kw)
{
	switch (kw) {
	case KW_BOOL:
	case KW_DEF_BOOL:
		return GCV_KC_BOOL;
	case KW_INT:
		return GCV_KC_INT;
	case KW_HEX:
		return GCV_KC_HEX;
	case KW_STRING:
		return GCV_KC_STRING;
	default:
		return GCV_KC_UNKNOWN;
	}
}

/* Returns false where @kw opens or closes no block. */
static bool do_block(struct reader *r, enum keyword kw, const char *word, char *arg)
{
	switch (kw) {
	case KW_CONFIG:
		do_config(r, arg);
		return true;
	case KW_SOURCE:
		do_source(r, word, arg);
		return true;
	case KW_IF:
		push_scope(r);
		r->scope.dep = gcv_kc_expr_and(r->model, r->scope.dep, parse_expr(r, arg));
		r->block = BLOCK_NONE;
		return true;
	case KW_MENU:
		push_scope(r);
		r->block = BLOCK_MENU;
		return true;
	case KW_CHOICE:
		do_choice(r);
		return true;
	case KW_END:
		pop_scope(r);
		return true;
	case KW_COMMENT:
		r->block = BLOCK_NONE;
		return true;
	default:
		return false;
	}
}

static void do_line(struct reader *r, char *line, const char **symbol_name)
{
	size_t len = strcspn(line, " \t\"'(");
	enum keyword kw = find_keyword(line, len);
	enum gcv_kc_type type = keyword_type(kw);
	char *arg;

	if (kw == KW_HELP) {
		skip_help(r);
		return;
	}
	if (kw == KW_NONE) {
		do_assignment(r, line);
		return;
	}
	gcv_strbuf_clear(&r->words);
	gcv_strbuf_add(&r->words, "", 0);
	if (strchr(line + len, '$'))
		gcv_macros_expand(&r->model->macros, line + len, &r->words);
	else
		gcv_strbuf_addstr(&r->words, line + len);
	arg = trim(r->words.buf);
	line[len] = '\0';
	if (type && r->block == BLOCK_CONFIG && *symbol_name)
		set_type(r, *symbol_name, strlen(*symbol_name), type);
	if (do_block(r, kw, line, arg)) {
		*symbol_name = NULL;
		if (kw == KW_CONFIG && r->block == BLOCK_CONFIG)
			*symbol_name =
				gcv_intern_str(&r->model->names,
					       gcv_intern_find(&r->model->names, arg, strlen(arg)));
		return;
	}
	do_attribute(r, kw, arg);
}

static void read_text(struct gcv_kc_model *model, const char *path, const struct gcv_strbuf *text,
		      const struct scope *scope)
{
	struct reader reader = {
		.model = model,
		.path = path,
		.text = text->buf,
		.end = text->buf + text->len,
		.scope = *scope,
	};
	struct reader *r = &reader;
	const char *symbol_name = NULL;
	char *line;

	while (logical_line(r)) {
		line = trim(r->raw.buf);
		cut_comment(line);
		line = trim(line);
		if (*line)
			do_line(r, line, &symbol_name);
	}
	if (r->nesting)
		complain(r, "a block is not closed at the end of the file");
	gcv_strbuf_release(&r->raw);
	gcv_strbuf_release(&r->words);
	free(r->stack);
}

static void read_file(struct gcv_kc_model *model, const char *path, const struct scope *scope,
		      bool is_optional)
{
	struct gcv_strbuf *text = &model->texts[model->depth];
	struct gcv_err err = { 0 };

	unsigned int i;

	for (i = 0; i < model->depth && strcmp(model->open_paths[i], path) != 0; i++)
		;
	if (i < model->depth || model->depth >= GCV_KC_SOURCE_DEPTH_MAX) {
		gcv_kc_warn(model, "%s: %s", path,
			    i < model->depth ? "sources itself" : "sourced too deeply");
		return;
	}
	if (model->files_nr >= FILES_MAX || model->bytes >= BYTES_MAX)
		return;
	gcv_strbuf_clear(text);
	if (gcv_tree_read(model->tree, path, text, &err) != GCV_OK) {
		if (!is_optional)
			gcv_kc_warn(model, "%s: %s", path, err.text);
		return;
	}
	model->files_nr++;
	model->bytes += text->len;
	if (model->files_nr == FILES_MAX || model->bytes >= BYTES_MAX)
		gcv_kc_warn(model, "%s: too many Kconfig files, the rest is left out", path);
	if (!text->len)
		return;
	model->open_paths[model->depth++] = path;
	read_text(model, path, text, scope);
	model->depth--;
}

void gcv_kc_read(struct gcv_kc_model *model)
{
	const struct scope scope = { 0 };

	model->choices_end = &model->choices;
	gcv_kc_macros_init(model);
	if (gcv_tree_exists(model->tree, "Kconfig"))
		read_file(model, "Kconfig", &scope, false);
}

void gcv_kc_model_release(struct gcv_kc_model *model)
{
	unsigned int i;

	for (i = 0; i <= GCV_KC_SOURCE_DEPTH_MAX; i++)
		gcv_strbuf_release(&model->texts[i]);
	gcv_intern_release(&model->names);
	gcv_macros_release(&model->macros);
	free(model->symbols);
	free(model->warnings);
	gcv_arena_release(&model->arena);
	memset(model, 0, sizeof(*model));
}
