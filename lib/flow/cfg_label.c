// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which label a goto means. Labels are matched by name, not by symbol: the stored symbols of a
 * label and of the goto that names it may differ. A name can stand for several labels (__label__ in
 * a macro that is used more than once); then the one that is nearest in the tree is meant.
 */
#include "flow/cfg_build.h"

#include <stdlib.h>
#include <string.h>

struct label {
	const char *name;
	uint32_t node;
};

static int compare_labels(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* Parents stand before their children, so the one with the higher number climbs. */
static uint32_t common_parent(const struct gcv_body *body, uint32_t a, uint32_t b)
{
	while (a != b)
		if (a > b)
			a = body->nodes[a].parent;
		else
			b = body->nodes[b].parent;
	return a;
}

static uint32_t find_label(const struct gcv_body *body, const struct label *labels, uint32_t nr,
			   uint32_t at)
{
	const char *name = body->symbols[body->nodes[at].symbol].name;
	uint32_t low = 0, high = nr, best = GCV_NONE, best_parent = 0;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (strcmp(labels[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < nr && strcmp(labels[low].name, name) == 0; low++) {
		uint32_t parent = common_parent(body, at, labels[low].node);

		if (best == GCV_NONE || parent > best_parent) {
			best = labels[low].node;
			best_parent = parent;
		}
	}
	return best;
}

void gcv_cfg_find_labels(struct gcv_cfg_builder *b)
{
	const struct gcv_body *body = b->body;
	struct label *labels = NULL;
	uint32_t nr = 0, cap = 0, i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_LABEL) {
			GCV_GROW(labels, nr, cap);
			labels[nr++] =
				(struct label){ body->symbols[body->nodes[i].symbol].name, i };
		}
	if (nr)
		qsort(labels, nr, sizeof(*labels), compare_labels);
	for (i = 0; i < body->nr_nodes; i++) {
		bool is_goto = body->nodes[i].kind == GCV_NODE_GOTO;
		uint32_t label;

		if (!is_goto && body->nodes[i].kind != GCV_NODE_ADDR_LABEL)
			continue;
		label = find_label(body, labels, nr, i);
		b->label_of[i] = label;
		if (label != GCV_NONE)
			b->marks[label] |= is_goto ? GCV_CFG_MARK_GOTO : GCV_CFG_MARK_ADDRESS;
		else
			b->is_lost = true;
	}
	free(labels);
}

uint32_t gcv_cfg_label_block(struct gcv_cfg_builder *b, uint32_t label)
{
	if (b->label_of[label] == GCV_NONE)
		b->label_of[label] = gcv_cfg_block_new(b);
	return b->label_of[label];
}

/* Labels that an asm goto may lead to, or that a computed goto may. */
static bool is_hidden_target(const struct gcv_cfg_builder *b, uint32_t at, bool is_asm)
{
	if (b->body->nodes[at].kind != GCV_NODE_LABEL || b->label_of[at] == GCV_NONE)
		return false;
	return is_asm ? !(b->marks[at] & (GCV_CFG_MARK_GOTO | GCV_CFG_MARK_ADDRESS))
		      : (b->marks[at] & GCV_CFG_MARK_ADDRESS);
}

void gcv_cfg_lead_to_labels(struct gcv_cfg_builder *b, uint32_t from, bool is_asm)
{
	uint32_t i;

	if (from == GCV_NONE)
		return;
	for (i = 0; i < b->body->nr_nodes; i++)
		if (is_hidden_target(b, i, is_asm))
			gcv_cfg_edge_add(b, (struct gcv_cfg_edge){ .from = from,
								   .to = b->label_of[i],
								   .condition = GCV_NONE,
								   .label = GCV_NONE });
}
