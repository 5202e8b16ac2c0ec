// SPDX-License-Identifier: GPL-2.0-only
#include "edit/tidy.h"

#include <string.h>

static bool is_deleted(const struct gcv_form *form, const struct gcv_file_edit *edit, uint32_t node)
{
	uint32_t begin = gcv_form_begin(form, node), end = gcv_form_end(form, node), i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin <= begin && end <= edit->changes[i].end &&
		    !edit->changes[i].text[0])
			return true;
	return false;
}

/* Is there nothing left between two places but white space? */
static bool is_blank_now(const struct gcv_source *source, const struct gcv_file_edit *edit,
			 uint32_t begin, uint32_t end)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];

		if (change->text[0] || change->begin < begin || change->end > end)
			continue;
		if (!gcv_source_is_blank(source, begin, change->begin))
			return false;
		begin = change->end;
	}
	return gcv_source_is_blank(source, begin, end);
}

/* The change that replaces all statements that a block still has, by one line. */
static const struct gcv_change *single_line_of(const struct gcv_form *form,
					       const struct gcv_file_edit *edit, uint32_t block)
{
	const struct gcv_node *n = &form->body->nodes[block];
	uint32_t first = 0, i, begin, end;

	while (first < n->nr_children && is_deleted(form, edit, n->children[first]))
		first++;
	if (first == n->nr_children)
		return NULL;
	begin = gcv_form_begin(form, n->children[first]);
	end = gcv_form_end(form, n->children[n->nr_children - 1]);
	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin == begin && end <= edit->changes[i].end &&
		    edit->changes[i].text[0] && !strchr(edit->changes[i].text, '\n') &&
		    memchr(form->source->text + begin, '\n', end - begin))
			return &edit->changes[i];
	return NULL;
}

/* Where one branch of an if has braces, both have. */
static bool may_lack_braces(const struct gcv_body *body, uint32_t block)
{
	uint32_t parent = body->nodes[block].parent;
	const struct gcv_node *p;

	if (parent == GCV_NONE)
		return false;
	p = &body->nodes[parent];
	switch (p->kind) {
	case GCV_NODE_FOR:
	case GCV_NODE_WHILE:
		return true;
	case GCV_NODE_IF:
		if (p->children[1] == block)
			return body->nodes[p->children[2]].kind == GCV_NODE_NONE;
		return p->children[2] == block &&
		       body->nodes[p->children[1]].kind != GCV_NODE_COMPOUND;
	default:
		return false;
	}
}

static enum gcv_status unbrace(const struct gcv_form *form, struct gcv_file_edit *edit,
			       uint32_t block, const struct gcv_change *inner, struct gcv_err *err)
{
	const struct gcv_source *s = form->source;
	uint32_t open = gcv_form_begin(form, block), close = gcv_form_end(form, block) - 1;
	uint32_t begin = open, group = inner->group;
	enum gcv_status st;

	if (s->text[open] != '{' || s->text[close] != '}' || !gcv_source_ends_line(s, open + 1) ||
	    !gcv_source_starts_line(s, close) || !gcv_source_ends_line(s, close + 1) ||
	    gcv_source_starts_line(s, open) || !is_blank_now(s, edit, open + 1, inner->begin) ||
	    !gcv_source_is_blank(s, inner->end, close))
		return GCV_OK;
	while (begin > 0 && (s->text[begin - 1] == ' ' || s->text[begin - 1] == '\t'))
		begin--;
	close = gcv_source_line_begin(s, close);
	st = gcv_file_edit_add(edit, begin, open + 1, "", group, err);
	if (st == GCV_OK)
		st = gcv_file_edit_add(edit, close, gcv_source_next_line(s, close), "", group, err);
	return st;
}

/* What stands between the branches: "} else {" on a line of its own. */
static bool is_else_line(const struct gcv_source *s, uint32_t close, uint32_t open)
{
	uint32_t at = gcv_source_word(s, close, open, "else");

	return gcv_source_starts_line(s, close) && gcv_source_ends_line(s, open + 1) &&
	       gcv_source_line_end(s, close) > open && at < open &&
	       gcv_source_is_blank(s, close + 1, at) && gcv_source_is_blank(s, at + 4, open);
}

static bool is_alone(const struct gcv_form *form, const struct gcv_file_edit *edit,
		     const struct gcv_change *inner, uint32_t block)
{
	const struct gcv_source *s = form->source;

	return is_blank_now(s, edit, gcv_form_begin(form, block) + 1, inner->begin) &&
	       gcv_source_is_blank(s, inner->end, gcv_form_end(form, block) - 1);
}

/* A block that was one call on a line before, and still is. */
static bool is_one_call(const struct gcv_form *form, const struct gcv_file_edit *edit,
			uint32_t block)
{
	const struct gcv_node *n = &form->body->nodes[block];
	const struct gcv_source *s = form->source;
	uint32_t begin, end, i;

	if (n->nr_children != 1 || form->body->nodes[n->children[0]].kind != GCV_NODE_CALL)
		return false;
	begin = gcv_form_begin(form, n->children[0]);
	end = gcv_source_statement_end(s, gcv_form_end(form, n->children[0]));
	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin >= begin && edit->changes[i].end <= end &&
		    strchr(edit->changes[i].text, '\n'))
			return false;
	return gcv_source_line_end(s, begin) >= end &&
	       gcv_source_is_blank(s, gcv_form_begin(form, block) + 1, begin) &&
	       gcv_source_is_blank(s, end, gcv_form_end(form, block) - 1);
}

static bool is_one_line(const struct gcv_form *form, const struct gcv_file_edit *edit,
			const struct gcv_change *inner, uint32_t block)
{
	return inner ? is_alone(form, edit, inner, block) : is_one_call(form, edit, block);
}

/* Where both branches of an if are one line now, neither has braces. */
static enum gcv_status unbrace_both(const struct gcv_form *form, struct gcv_file_edit *edit,
				    uint32_t yes, uint32_t no, struct gcv_err *err)
{
	const struct gcv_source *s = form->source;
	const struct gcv_change *first = single_line_of(form, edit, yes);
	const struct gcv_change *second = single_line_of(form, edit, no);
	uint32_t open = gcv_form_begin(form, yes), middle = gcv_form_end(form, yes) - 1;
	uint32_t end = gcv_form_end(form, no), begin = open, group;
	enum gcv_status st;

	if ((!first && !second) || !is_one_line(form, edit, first, yes) ||
	    !is_one_line(form, edit, second, no) ||
	    !is_else_line(s, middle, gcv_form_begin(form, no)) ||
	    !gcv_source_ends_line(s, open + 1) || gcv_source_starts_line(s, open) ||
	    !gcv_source_starts_line(s, end - 1) || !gcv_source_ends_line(s, end))
		return GCV_OK;
	while (begin > 0 && (s->text[begin - 1] == ' ' || s->text[begin - 1] == '\t'))
		begin--;
	group = first ? first->group : second->group;
	st = gcv_file_edit_add(edit, begin, open + 1, "", group, err);
	if (st == GCV_OK)
		st = gcv_file_edit_add(edit, middle, gcv_form_begin(form, no) + 1, "else", group,
				       err);
	if (st == GCV_OK)
		st = gcv_file_edit_add(edit, gcv_source_line_begin(s, end - 1),
				       gcv_source_next_line(s, end), "", group, err);
	return st;
}

static bool has_two_blocks(const struct gcv_form *form, uint32_t node)
{
	const struct gcv_node *nodes = form->body->nodes, *n = &nodes[node];

	return n->kind == GCV_NODE_IF && nodes[n->children[1]].kind == GCV_NODE_COMPOUND &&
	       nodes[n->children[2]].kind == GCV_NODE_COMPOUND &&
	       gcv_form_is_written(form, n->children[1]) &&
	       gcv_form_is_written(form, n->children[2]);
}

enum gcv_status gcv_tidy_braces(const struct gcv_form *form, struct gcv_file_edit *edit,
				struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < form->body->nr_nodes; i++) {
		const struct gcv_change *inner;

		if (has_two_blocks(form, i)) {
			st = unbrace_both(form, edit, form->body->nodes[i].children[1],
					  form->body->nodes[i].children[2], err);
			continue;
		}
		if (form->body->nodes[i].kind != GCV_NODE_COMPOUND ||
		    !gcv_form_is_written(form, i) || !may_lack_braces(form->body, i))
			continue;
		inner = single_line_of(form, edit, i);
		if (inner)
			st = unbrace(form, edit, i, inner, err);
	}
	return st;
}

static bool is_touched(const struct gcv_file_edit *edit, const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin >= fn->begin && edit->changes[i].end <= fn->end)
			return true;
	return false;
}

static enum gcv_status tidy_function(struct gcv_plan *plan, struct gcv_plan_file *file,
				     struct gcv_function *fn, struct gcv_err *err)
{
	enum gcv_status st;
	struct gcv_form form;

	if (!is_touched(&file->edit, fn))
		return GCV_OK;
	st = gcv_program_body(plan->input.program, fn, err);
	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, &file->source);
	st = gcv_tidy_variables(&form, &file->edit, err);
	if (st == GCV_OK)
		st = gcv_tidy_braces(&form, &file->edit, err);
	gcv_form_release(&form);
	/* What another form of the function has cleaned up already stays as it is. */
	return st == GCV_ERR_USAGE ? GCV_OK : st;
}

enum gcv_status gcv_plan_tidy(struct gcv_plan *plan, struct gcv_err *err)
{
	return gcv_plan_each_function(plan, tidy_function, err);
}
