// SPDX-License-Identifier: GPL-2.0-only
#include "parse/macro.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 24
#define BYTES_MAX 262144
/* References that one expansion may follow; the kernel's own files need some hundred at most. */
#define WORK_MAX 20000

struct gcv_macro_var {
	struct gcv_strbuf value;
	bool is_lazy;
};

struct expansion {
	const struct gcv_macros *macros;
	unsigned int depth, work, open_nr;
	/* Variables whose values are being expanded: none may refer to itself. */
	uint32_t open[DEPTH_MAX];
};

static void expand_into(struct expansion *x, const char *text, size_t len, struct gcv_strbuf *ret);

static void expand_name(struct expansion *x, const char *name, size_t len, struct gcv_strbuf *ret)
{
	const struct gcv_macros *macros = x->macros;
	uint32_t id = gcv_intern_find(&macros->names, name, len);
	const struct gcv_macro_var *var;
	unsigned int i;

	if (id == GCV_INTERN_NONE) {
		if (macros->lookup)
			macros->lookup(macros->ctx, name, len, ret);
		return;
	}
	var = &macros->vars[id];
	if (!var->is_lazy) {
		gcv_strbuf_add(ret, var->value.buf, var->value.len);
		return;
	}
	for (i = 0; i < x->open_nr; i++)
		if (x->open[i] == id)
			return;
	if (x->open_nr == DEPTH_MAX)
		return;
	x->open[x->open_nr++] = id;
	expand_into(x, var->value.buf, var->value.len, ret);
	x->open_nr--;
}

/* Length of "(…)" or "{…}" at @text with nested ones, or 0 where it is not closed. */
static size_t bracket_len(const char *text, size_t len)
{
	const char open = text[0], close = open == '(' ? ')' : '}';
	size_t i, level = 0;

	for (i = 0; i < len; i++) {
		if (text[i] == open)
			level++;
		else if (text[i] == close && --level == 0)
			return i + 1;
	}
	return 0;
}

/* @inside is what stands in the brackets, expanded: "NAME" or "function arguments". */
static void expand_reference(struct expansion *x, const char *inside, struct gcv_strbuf *ret)
{
	size_t len = strcspn(inside, ", \t");
	const char *args = inside + len;

	if (!*args) {
		expand_name(x, inside, len, ret);
		return;
	}
	args += 1 + strspn(args + 1, " \t");
	if (x->macros->call)
		x->macros->call(x->macros->ctx, inside, len, args, ret);
}

/* Expand the reference whose '$' is at @text; return how many bytes it takes. */
static size_t expand_dollar(struct expansion *x, const char *text, size_t len,
			    struct gcv_strbuf *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf inside = { 0 };
	size_t n;

	if (len > 1 && (text[1] == '(' || text[1] == '{')) {
		n = bracket_len(text + 1, len - 1);
		if (!n)
			return len;
		expand_into(x, text + 2, n - 2, &inside);
		if (inside.len)
			expand_reference(x, inside.buf, ret);
		return n + 1;
	}
	if (len > 1 && text[1] == '$') {
		gcv_strbuf_addch(ret, '$');
		return 2;
	}
	for (n = 1; n < len && (isalnum((unsigned char)text[n]) || text[n] == '_'); n++)
		;
	expand_name(x, text + 1, n - 1, ret);
	return n;
}

static void expand_into(struct expansion *x, const char *text, size_t len, struct gcv_strbuf *ret)
{
	const char *dollar;
	size_t i, n;

	if (x->depth >= DEPTH_MAX)
		return;
	x->depth++;
	for (i = 0; i < len && ret->len < BYTES_MAX && x->work < WORK_MAX; i += n) {
		dollar = memchr(text + i, '$', len - i);
		n = dollar ? (size_t)(dollar - text) - i : len - i;
		gcv_strbuf_add(ret, text + i, n);
		if (dollar) {
			x->work++;
			n += expand_dollar(x, dollar, len - i - n, ret);
		}
	}
	x->depth--;
}

void gcv_macros_expand(const struct gcv_macros *macros, const char *text, struct gcv_strbuf *ret)
{
	struct expansion x = { .macros = macros };

	gcv_strbuf_add(ret, "", 0);
	expand_into(&x, text, strlen(text), ret);
}

static struct gcv_macro_var *find_or_add(struct gcv_macros *macros, const char *name, size_t len)
{
	uint32_t id = gcv_intern_add(&macros->names, name, len), old = macros->vars_cap;

	if (id >= old) {
		macros->vars_cap = old ? old * 2 : 64;
		macros->vars =
			gcv_realloc_array(macros->vars, macros->vars_cap, sizeof(*macros->vars));
		memset(macros->vars + old, 0, (macros->vars_cap - old) * sizeof(*macros->vars));
	}
	return &macros->vars[id];
}

void gcv_macros_set(struct gcv_macros *macros, const char *name, size_t name_len_bytes,
		    const char *value, bool is_lazy)
{
	struct gcv_macro_var *var = find_or_add(macros, name, name_len_bytes);

	gcv_strbuf_clear(&var->value);
	gcv_strbuf_addstr(&var->value, value);
	var->is_lazy = is_lazy;
}

void gcv_macros_append(struct gcv_macros *macros, const char *name, size_t name_len_bytes,
		       const char *value)
{
	struct gcv_macro_var *var = find_or_add(macros, name, name_len_bytes);
	GCV_STRBUF_AUTO struct gcv_strbuf now = { 0 };

	if (!var->value.buf)
		var->is_lazy = true;
	if (var->value.len > BYTES_MAX)
		return;
	if (!var->is_lazy) {
		gcv_macros_expand(macros, value, &now);
		value = now.buf;
	}
	if (var->value.len)
		gcv_strbuf_addch(&var->value, ' ');
	gcv_strbuf_addstr(&var->value, value);
}

bool gcv_macros_is_set(const struct gcv_macros *macros, const char *name, size_t name_len_bytes)
{
	uint32_t id = gcv_intern_find(&macros->names, name, name_len_bytes);

	return id != GCV_INTERN_NONE && macros->vars[id].value.len;
}

void gcv_macros_release(struct gcv_macros *macros)
{
	uint32_t i;

	for (i = 0; i < macros->names.nr; i++)
		gcv_strbuf_release(&macros->vars[i].value);
	gcv_intern_release(&macros->names);
	free(macros->vars);
	macros->vars = NULL;
	macros->vars_cap = 0;
}
