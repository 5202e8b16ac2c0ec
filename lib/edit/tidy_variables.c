// SPDX-License-Identifier: GPL-2.0-only
#include "edit/tidy.h"

#include "flow/expr.h"

#include <string.h>

static const struct gcv_change *change_around(const struct gcv_file_edit *edit, uint32_t begin,
					      uint32_t end)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin <= begin && end <= edit->changes[i].end)
			return &edit->changes[i];
	return NULL;
}

/* Does a variable still stand in the function, outside of [begin, end)? */
static bool is_named(const struct gcv_form *form, const struct gcv_file_edit *edit, uint32_t symbol,
		     uint32_t begin, uint32_t end)
{
	const struct gcv_source *source = form->source;
	const char *name = form->body->symbols[symbol].name;
	uint32_t at = form->fn->begin, i;

	while (at < form->fn->end) {
		at = gcv_form_variable_word(form, at, form->fn->end, name);
		if (at < form->fn->end && (at < begin || at >= end) &&
		    gcv_form_whose(form, symbol, at) != GCV_FORM_OTHERS &&
		    !change_around(edit, at, at + 1))
			return true;
		at += (uint32_t)strlen(name);
	}
	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];
		struct gcv_source text = { source->path, change->text,
					   (uint32_t)strlen(change->text) };

		if (change->begin >= form->fn->begin && change->end <= form->fn->end &&
		    gcv_source_word(&text, 0, text.len, name) < text.len)
			return true;
	}
	return false;
}

/* Was it used in something that was replaced? What was unused before is not ours to remove. */
static const struct gcv_change *was_used(const struct gcv_form *form,
					 const struct gcv_file_edit *edit, uint32_t symbol)
{
	const struct gcv_body *body = form->body;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_change *change;

		if (body->nodes[i].kind != GCV_NODE_REF || body->nodes[i].symbol != symbol)
			continue;
		change = change_around(edit, gcv_form_begin(form, i), gcv_form_end(form, i));
		if (change)
			return change;
	}
	return NULL;
}

/* The declarators of a declaration, as ranges of the text: "int i, *p = NULL" has "i", "*p = NULL".
 */
struct declarator {
	uint32_t begin, end, name;
	const struct gcv_change *why; /* it goes because of this change; NULL: it stays */
};

static uint32_t back_over_stars(const struct gcv_source *s, uint32_t at, uint32_t begin)
{
	uint32_t back = at;

	while (back > begin && (s->text[back - 1] == '*' || s->text[back - 1] == ' ')) {
		back--;
		if (s->text[back] == '*')
			at = back;
	}
	return at;
}

static uint32_t end_of_declarator(const struct gcv_source *s, uint32_t at, uint32_t end)
{
	struct gcv_token token = { GCV_TOKEN_OTHER, at, at };
	int depth = 0;

	for (;;) {
		char ch;

		token = gcv_source_next(s, token.end, end);
		if (token.kind == GCV_TOKEN_END)
			return end;
		ch = s->text[token.begin];
		if (token.kind != GCV_TOKEN_OTHER)
			continue;
		if (ch == '(' || ch == '[' || ch == '{')
			depth++;
		else if (ch == ')' || ch == ']' || ch == '}')
			depth--;
		else if (depth == 0 && (ch == ',' || ch == ';'))
			return token.begin;
	}
}

static bool is_removable(const struct gcv_form *form, const struct gcv_file_edit *edit,
			 uint32_t var, struct declarator *d)
{
	const struct gcv_node *n = &form->body->nodes[var];
	const struct gcv_symbol *symbol = &form->body->symbols[n->symbol];

	d->why = NULL;
	if (symbol->kind != GCV_SYMBOL_LOCAL ||
	    (n->nr_children && form->body->nodes[n->children[0]].kind != GCV_NODE_NONE &&
	     !gcv_expr_is_pure(form->body, n->children[0])))
		return false;
	d->why = was_used(form, edit, n->symbol);
	if (d->why &&
	    is_named(form, edit, n->symbol, d->name, d->name + (uint32_t)strlen(symbol->name)))
		d->why = NULL;
	return d->why;
}

#define MAX_DECLARATORS 32

static uint32_t split(const struct gcv_form *form, const struct gcv_file_edit *edit, uint32_t decl,
		      struct declarator *out, uint32_t *ret_nr_removed)
{
	const struct gcv_node *n = &form->body->nodes[decl];
	uint32_t at = gcv_form_begin(form, decl), nr = 0, i;
	uint32_t end = gcv_source_statement_end(form->source, gcv_form_end(form, decl));

	*ret_nr_removed = 0;
	if (n->nr_children > MAX_DECLARATORS || !gcv_source_is_plain(form->source, at, end))
		return 0;
	for (i = 0; i < n->nr_children; i++, nr++) {
		const struct gcv_node *var = &form->body->nodes[n->children[i]];

		if (var->kind != GCV_NODE_VAR || var->symbol == GCV_NONE)
			return 0;
		out[i].name = gcv_form_variable_word(form, at, end,
						     form->body->symbols[var->symbol].name);
		if (out[i].name == end)
			return 0;
		out[i].begin = back_over_stars(form->source, out[i].name, at);
		out[i].end = end_of_declarator(form->source, out[i].name, end);
		at = out[i].end;
		*ret_nr_removed += is_removable(form, edit, n->children[i], &out[i]);
	}
	return nr;
}

/* Where a block has no declarations left, the empty line behind them goes, too. */
static uint32_t end_with_blank(const struct gcv_source *s, uint32_t begin, uint32_t end)
{
	uint32_t before = begin ? gcv_source_line_begin(s, begin - 1) : 0;
	uint32_t next = gcv_source_line_end(s, end), last = begin;

	while (last > before && (s->text[last - 1] == '\n' || s->text[last - 1] == '\t' ||
				 s->text[last - 1] == ' ' || s->text[last - 1] == '\r'))
		last--;
	if (end < s->len && last > before && s->text[last - 1] == '{' &&
	    gcv_source_is_blank(s, end, next) && next < s->len)
		return next + 1;
	return end;
}

static enum gcv_status remove_whole(const struct gcv_form *form, struct gcv_file_edit *edit,
				    uint32_t decl, uint32_t group, struct gcv_err *err)
{
	const struct gcv_source *s = form->source;
	uint32_t begin = gcv_form_begin(form, decl);
	uint32_t end = gcv_source_statement_end(s, gcv_form_end(form, decl));

	if (!gcv_source_starts_line(s, begin) || !gcv_source_ends_line(s, end))
		return GCV_OK;
	begin = gcv_source_line_begin(s, begin);
	end = end_with_blank(s, begin, gcv_source_next_line(s, end));
	return gcv_file_edit_add(edit, begin, end, "", group, err);
}

/*
 * checkpatch.pl wants "unsigned int" for a bare "unsigned" on lines that a patch touches.
 * Return: where "int" is missing, or 0.
 */
static uint32_t end_of_bare_unsigned(const struct gcv_source *s, uint32_t begin, uint32_t end)
{
	static const char word[] = "unsigned";
	const uint32_t len = sizeof(word) - 1;
	const char *at;

	while (end > begin && (s->text[end - 1] == ' ' || s->text[end - 1] == '\t'))
		end--;
	if (end - begin < len)
		return 0;
	at = s->text + end - len;
	if (memcmp(at, word, len) != 0 || (end - begin > len && at[-1] != ' ' && at[-1] != '\t'))
		return 0;
	return end;
}

/*
 * Each run of declarators that go is cut out by itself: what stands in the others may be changed,
 * too. The declaration begins at @decl.
 */
static enum gcv_status remove_some(const struct gcv_source *source, uint32_t decl,
				   struct gcv_file_edit *edit, const struct declarator *list,
				   uint32_t nr, struct gcv_err *err)
{
	uint32_t i, end, bare = end_of_bare_unsigned(source, decl, list[0].begin);
	enum gcv_status st = GCV_OK;

	for (i = 0; st == GCV_OK && i < nr; i = end) {
		end = i + 1;
		if (!list[i].why)
			continue;
		while (end < nr && list[end].why)
			end++;
		st = gcv_file_edit_add(edit, end < nr ? list[i].begin : list[i - 1].end,
				       end < nr ? list[end].begin : list[end - 1].end, "",
				       list[i].why->group, err);
		if (st == GCV_OK && bare)
			st = gcv_file_edit_add(edit, bare, bare, " int", list[i].why->group, err);
		bare = 0;
	}
	return st;
}

enum gcv_status gcv_tidy_variables(const struct gcv_form *form, struct gcv_file_edit *edit,
				   struct gcv_err *err)
{
	const struct gcv_body *body = form->body;
	struct declarator list[MAX_DECLARATORS];
	enum gcv_status st = GCV_OK;
	uint32_t i, nr, nr_removed;

	for (i = 0; st == GCV_OK && i < body->nr_nodes; i++) {
		if (body->nodes[i].kind != GCV_NODE_DECL || !gcv_form_is_written(form, i) ||
		    change_around(edit, gcv_form_begin(form, i), gcv_form_end(form, i)))
			continue;
		nr = split(form, edit, i, list, &nr_removed);
		if (nr && nr_removed == nr)
			st = remove_whole(form, edit, i, list[0].why->group, err);
		else if (nr && nr_removed)
			st = remove_some(form->source, gcv_form_begin(form, i), edit, list, nr,
					 err);
	}
	return st;
}
