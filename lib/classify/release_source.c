// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"

#include <string.h>

/* Records by which the parts of a scatterlist, or of a bio, are passed through. */
static const char *const sg_records[] = { "struct scatterlist",	     "struct sg_page_iter",
					  "struct sg_dma_page_iter", "struct sg_mapping_iter",
					  "struct sg_table",	     NULL };
static const char *const bvec_records[] = { "struct bio_vec",	    "struct bvec_iter",
					    "struct bvec_iter_all", "struct bio",
					    "struct folio_iter",    NULL };

static bool is_record(const char *const *records, const char *type, size_t len)
{
	for (; *records; records++)
		if (strlen(*records) == len && memcmp(*records, type, len) == 0)
			return true;
	return false;
}

/* Does a subtree name a variable or a field of such a record, or a field in it? */
static bool names_record(const struct gcv_body *body, uint32_t node, const char *const *records)
{
	uint32_t end = gcv_expr_end(body, node), i;

	for (i = node; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];
		struct gcv_expr_type type;

		if ((n->kind != GCV_NODE_REF && n->kind != GCV_NODE_MEMBER) ||
		    n->symbol == GCV_NONE || body->symbols[n->symbol].kind == GCV_SYMBOL_FUNCTION)
			continue;
		type = gcv_expr_type(body, i);
		if (is_record(records, type.base, type.len) ||
		    is_record(records, body->symbols[n->symbol].owner,
			      strlen(body->symbols[n->symbol].owner)))
			return true;
	}
	return false;
}

/* vmemmap + pfn, mem_map + pfn, written by a macro: the base is the macro's, not the user's. */
static bool is_page_base(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];
	struct gcv_expr_type type = gcv_expr_type(body, node);

	if (!(n->flags & GCV_NODE_MACRO) || !gcv_expr_type_is(&type, "struct page", 1))
		return false;
	n = &body->nodes[gcv_expr_plain(body, node)];
	return n->kind == GCV_NODE_INT ||
	       (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE && (n->flags & GCV_NODE_MACRO) &&
		body->symbols[n->symbol].kind == GCV_SYMBOL_GLOBAL);
}

static bool is_number(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_body *body = f->body;
	const struct gcv_node *n = &body->nodes[node];
	uint32_t arg;

	if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_ADD && (n->flags & GCV_NODE_MACRO))
		return is_page_base(body, n->children[0]) || is_page_base(body, n->children[1]);
	if (!gcv_finder_is_page(body, node))
		return false;
	arg = gcv_finder_returned(f, node, false);
	return arg != GCV_NONE && !gcv_finder_is_page(body, arg);
}

/* Is the page's variable stepped by the head of a for loop, as foreach macros do? */
static bool is_stepped_by_head(const struct gcv_finder *f, uint32_t loop)
{
	const struct gcv_node *n = &f->body->nodes[loop];

	return n->kind == GCV_NODE_FOR && f->header_var != GCV_NONE &&
	       gcv_expr_count_writes(f->body, loop, f->header_var, NULL) >
		       gcv_expr_count_writes(f->body, n->children[3], f->header_var, NULL);
}

static bool head_names_record(const struct gcv_finder *f, const char *const *records)
{
	uint32_t loop = f->shape->loop, i;

	if (loop == GCV_NONE || !is_stepped_by_head(f, loop))
		return false;
	for (i = 0; i < 3; i++)
		if (names_record(f->body, f->body->nodes[loop].children[i], records))
			return true;
	return false;
}

/* A call that is not known to hand out what it is given may have acquired the page. */
static bool is_element(const struct gcv_finder *f)
{
	return f->body->nodes[f->shape->source].kind != GCV_NODE_CALL ||
	       gcv_finder_returned(f, f->shape->source, true) != GCV_NONE;
}

enum gcv_finder_kind gcv_finder_source_kind(const struct gcv_finder *f)
{
	uint32_t source = f->shape->source;

	if (is_number(f, source))
		return GCV_FINDER_NUMBER;
	if (head_names_record(f, sg_records) ||
	    (is_element(f) && names_record(f->body, source, sg_records)))
		return GCV_FINDER_SG;
	if (head_names_record(f, bvec_records) ||
	    (is_element(f) && names_record(f->body, source, bvec_records)))
		return GCV_FINDER_BVEC;
	return GCV_FINDER_PLAIN;
}

/*
 * A foreach macro may set its variable only at the start, to something in an iterator that its
 * condition moves on: bio_for_each_segment_all().
 */
static bool is_set_by_foreach(const struct gcv_finder *f, uint32_t node, uint32_t loop)
{
	const struct gcv_node *n = &f->body->nodes[loop];
	uint32_t end = gcv_expr_end(f->body, node), i;

	if (n->kind != GCV_NODE_FOR || !(n->flags & GCV_NODE_MACRO))
		return false;
	for (i = node; i < end; i++)
		if (f->body->nodes[i].kind == GCV_NODE_REF &&
		    gcv_expr_count_writes(f->body, n->children[0], f->body->nodes[i].symbol, NULL))
			return true;
	return false;
}

/* pages[--(*nr)] */
static bool steps_itself(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];

	return (n->kind == GCV_NODE_INDEX ||
		(n->kind == GCV_NODE_UNARY && n->op == GCV_OP_DEREF)) &&
	       !gcv_expr_is_pure(body, node);
}

bool gcv_finder_varies(const struct gcv_finder *f, uint32_t loop)
{
	const struct gcv_release_shape *s = f->shape;

	if (is_stepped_by_head(f, loop))
		return true;
	if (s->assign != GCV_NONE && !gcv_expr_contains(f->body, loop, s->assign))
		return false;
	if (!f->is_pointed && (f->body->nodes[s->source].kind == GCV_NODE_REF || !is_element(f)))
		return false;
	return gcv_finder_changes(f, s->source, loop) || is_set_by_foreach(f, s->source, loop) ||
	       steps_itself(f->body, s->source);
}
