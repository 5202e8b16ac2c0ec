// SPDX-License-Identifier: GPL-2.0-only
#include "edit/signature_edit.h"

#include "edit/call_text.h"
#include "flow/expr.h"

#include <string.h>

static enum gcv_status no_place(const struct gcv_signature_change *c,
				const struct gcv_source *source, uint32_t offset, const char *what,
				struct gcv_err *err)
{
	return gcv_err_set(err, GCV_ERR_LIMIT, "%s:%u: %s(): %s", source->path,
			   gcv_source_line(source, offset), c->function->name, what);
}

/* A parameter list in the text. */
struct parameters {
	uint32_t open, close;
	uint32_t last; /* first token of the last parameter */
	uint32_t nr;
};

static bool find_parameters(const struct gcv_source *source, uint32_t at, struct parameters *ret)
{
	struct gcv_token token = gcv_source_next(source, at, source->len);
	unsigned int depth = 1;

	if (token.kind != GCV_TOKEN_OTHER || source->text[token.begin] != '(')
		return false;
	*ret = (struct parameters){ .open = token.begin, .last = token.end, .nr = 1 };
	while (depth) {
		char ch;

		token = gcv_source_next(source, token.end, source->len);
		if (token.kind == GCV_TOKEN_END || token.kind == GCV_TOKEN_DIRECTIVE ||
		    token.kind == GCV_TOKEN_SPLICE)
			return false;
		if (token.kind != GCV_TOKEN_OTHER)
			continue;
		ch = source->text[token.begin];
		depth += ch == '(';
		depth -= ch == ')';
		if (ch == ',' && depth == 1) {
			ret->nr++;
			ret->last = token.end;
		}
	}
	ret->close = token.begin;
	return true;
}

static bool is_nameless(const struct gcv_signature_change *c, const struct gcv_source *source,
			const struct parameters *p)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const char *type = c->from->params[c->from->nr_params - 1].type;
	uint32_t begin = gcv_source_next(source, p->last, p->close).begin;

	gcv_source_fold(source, begin, p->close, &text);
	return text.buf && strcmp(text.buf, type) == 0;
}

/* Behind the last parameter, or on a line of its own below the first one. */
static void write_parameter(const struct gcv_source *source, const struct parameters *p,
			    const char *text, struct gcv_strbuf *out)
{
	uint32_t line = gcv_source_line_begin(source, p->close);
	uint32_t end = gcv_source_line_end(source, p->close);

	gcv_strbuf_addch(out, ',');
	if (gcv_source_column(source, end) + 2 + strlen(text) <= GCV_SOURCE_COLUMNS)
		gcv_strbuf_addch(out, ' ');
	else
		gcv_strbuf_addch(out, '\n');
	if (out->buf[out->len - 1] == '\n' && line > p->open)
		gcv_source_indent(source, p->close, out);
	else if (out->buf[out->len - 1] == '\n')
		gcv_call_text_columns(out, gcv_source_column(source, p->open) + 1);
	gcv_strbuf_addstr(out, text);
}

enum gcv_status gcv_signature_edit_prototype(const struct gcv_signature_change *c,
					     const struct gcv_source *source, uint32_t offset,
					     struct gcv_file_edit *edit, uint32_t group,
					     struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf parameter = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct parameters p;

	if (!gcv_source_is_at(source, offset, c->function->name) ||
	    !find_parameters(source, offset + (uint32_t)strlen(c->function->name), &p))
		return no_place(c, source, offset, "no parameter list stands behind the name", err);
	if (p.nr != c->from->nr_params)
		return no_place(c, source, offset, "it is declared with other parameters", err);
	gcv_strbuf_addstr(&parameter, c->type);
	if (!is_nameless(c, source, &p))
		gcv_strbuf_addf(&parameter, "%s%s", c->type[strlen(c->type) - 1] == '*' ? "" : " ",
				c->name);
	write_parameter(source, &p, parameter.buf, &out);
	return gcv_file_edit_add(edit, p.close, p.close, out.buf, group, err);
}

/* Where in a line of a comment "@name:" stands, or @end. */
static uint32_t find_mark(const struct gcv_source *source, uint32_t line, uint32_t end,
			  const char *name)
{
	uint32_t at = line, len = (uint32_t)strlen(name);

	while (at < end && strchr(" \t*", source->text[at]))
		at++;
	if (at + len + 2 <= end && source->text[at] == '@' &&
	    memcmp(source->text + at + 1, name, len) == 0 && source->text[at + 1 + len] == ':')
		return at;
	return end;
}

/* Does a line of a kernel-doc comment go on with what the line before it began? */
static bool is_continued(const struct gcv_source *source, uint32_t line, uint32_t end)
{
	uint32_t at = line, star;

	while (at < end && strchr(" \t", source->text[at]))
		at++;
	if (at == end || source->text[at] != '*')
		return false;
	star = at++;
	while (at < end && strchr(" \t", source->text[at]))
		at++;
	return at < end && !strchr("@/\r\n", source->text[at]) &&
	       (at - star > 2 || source->text[star + 1] == '\t');
}

static enum gcv_status edit_comment(const struct gcv_signature_change *c,
				    const struct gcv_form *form, const char *last,
				    struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_source *source = form->source;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	uint32_t line, begin, end, mark;

	if (!gcv_source_comment_above(source, form->fn->begin, &begin, &end) ||
	    strncmp(source->text + begin, "/**", 3) != 0)
		return GCV_OK;
	for (line = begin; line < end; line = gcv_source_next_line(source, line)) {
		mark = find_mark(source, line, end, last);
		if (mark == end)
			continue;
		gcv_strbuf_add(&out, source->text + line, mark - line);
		gcv_strbuf_addf(&out, "@%s: whether to mark the pages dirty\n", c->name);
		do
			line = gcv_source_next_line(source, line);
		while (line < end && is_continued(source, line, end));
		return line < end ? gcv_file_edit_add(edit, line, line, out.buf, group, err)
				  : GCV_OK;
	}
	return GCV_OK;
}

static const char *parameter_at(const struct gcv_form *form, int position)
{
	const struct gcv_body *body = form->body;
	uint32_t i;

	for (i = 0; i < body->nr_symbols; i++)
		if (body->symbols[i].kind == GCV_SYMBOL_PARAM &&
		    body->symbols[i].value == position && body->symbols[i].name[0])
			return body->symbols[i].name;
	return NULL;
}

static bool is_name_taken(const struct gcv_form *form, const char *name)
{
	uint32_t begin = gcv_form_begin(form, 0);

	return gcv_source_word(form->source, begin, form->fn->end, name) < form->fn->end;
}

static bool has_side_effects(const struct gcv_body *body, uint32_t declaration)
{
	const struct gcv_node *n = &body->nodes[declaration];
	uint32_t i;

	for (i = 0; i < n->nr_children; i++) {
		const struct gcv_node *var = &body->nodes[n->children[i]];

		if (var->nr_children && body->nodes[var->children[0]].kind != GCV_NODE_NONE &&
		    !gcv_expr_is_pure(body, var->children[0]))
			return true;
	}
	return false;
}

/* if (!make_dirty) { put_user_pages(pages, npages); return; } */
static bool write_early_return(const struct gcv_signature_change *c, const struct gcv_form *form,
			       struct gcv_strbuf *out)
{
	struct gcv_call_text call = { .name = c->plain->name };
	size_t i;

	if (c->plain_signature->nr_params > GCV_CALL_TEXT_ARGS)
		return false;
	for (i = 0; i < c->plain_signature->nr_params; i++) {
		int at = c->from->arg[c->plain_signature->params[i].role];
		const char *name = at < 0 ? NULL : parameter_at(form, at);

		if (!name)
			return false;
		call.args[call.nr_args++] = name;
	}
	gcv_strbuf_addf(out, "\tif (!%s) {\n\t\t", c->name);
	gcv_call_text_write(&call, 2 * GCV_SOURCE_TAB, out);
	gcv_strbuf_addstr(out, ";\n\t\treturn;\n\t}\n");
	return true;
}

static enum gcv_status edit_body(const struct gcv_signature_change *c, const struct gcv_form *form,
				 struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_source *source = form->source;
	const struct gcv_node *root = &form->body->nodes[0];
	uint32_t i, behind = gcv_form_begin(form, 0) + 1;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	for (i = 0; i < root->nr_children; i++) {
		if (form->body->nodes[root->children[i]].kind != GCV_NODE_DECL)
			break;
		if (has_side_effects(form->body, root->children[i]))
			return no_place(c, source, behind, "a declaration has side effects", err);
		behind = gcv_source_statement_end(source, gcv_form_end(form, root->children[i]));
	}
	if (i == root->nr_children)
		return GCV_OK;
	if (strncmp(form->fn->type, "void (", 6) != 0 || is_name_taken(form, c->name) ||
	    gcv_source_next_line(source, behind) >
		    gcv_source_line_begin(source, gcv_form_begin(form, root->children[i])))
		return no_place(c, source, behind, "it cannot return early", err);
	behind = gcv_source_next_line(source, behind);
	if (i)
		gcv_strbuf_addch(&out, '\n');
	if (!write_early_return(c, form, &out))
		return no_place(c, source, behind, "a parameter has no name", err);
	if (!i || !gcv_source_is_blank(source, behind, gcv_source_line_end(source, behind)))
		gcv_strbuf_addch(&out, '\n');
	return gcv_file_edit_add(edit, behind, behind, out.buf, group, err);
}

enum gcv_status gcv_signature_edit_definition(const struct gcv_signature_change *c,
					      const struct gcv_form *form,
					      struct gcv_file_edit *edit, uint32_t group,
					      struct gcv_err *err)
{
	const struct gcv_source *source = form->source;
	uint32_t begin = form->fn->begin, end = begin;
	const char *last = parameter_at(form, (int)c->from->nr_params - 1);
	enum gcv_status st;

	if (form->body->nodes[0].kind == GCV_NODE_COMPOUND)
		end = gcv_form_begin(form, 0);
	begin = gcv_source_word(source, begin, end, c->function->name);
	if (form->fn->from_macro || begin == end)
		return no_place(c, source, form->fn->begin, "a macro defines it", err);
	st = gcv_signature_edit_prototype(c, source, begin, edit, group, err);
	if (st == GCV_OK && last)
		st = edit_comment(c, form, last, edit, group, err);
	return st == GCV_OK ? edit_body(c, form, edit, group, err) : st;
}
