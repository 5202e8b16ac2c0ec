// SPDX-License-Identifier: GPL-2.0-only
#include "flow/expr.h"
#include "flow/kind_find.h"
#include "flow/program_index.h"

#include <string.h>

/* The functions that an address may be of, as the index of addresses takes them. */
static struct gcv_program_targets targets_of(const struct gcv_kinds *kinds,
					     const struct gcv_program_address *address)
{
	struct gcv_program_index *index = kinds->program->by_name;
	uint32_t name =
		gcv_intern_find(&index->names, address->function, strlen(address->function));
	struct gcv_program_targets targets;

	targets = gcv_program_seen_by_function(index, address->in, name, true);
	if (!targets.nr)
		targets = gcv_program_seen_by_function(index, address->in, name, false);
	return targets;
}

/* The known pair that a member belongs to, or NULL. */
static const struct gcv_accessor_lifecycle *lifecycle_of(const struct gcv_kinds *kinds,
							 const char *field)
{
	const struct gcv_accessors *accessors = kinds->accessors;
	uint32_t i, k;

	for (i = 0; i < accessors->nr_lifecycles; i++)
		for (k = 0; k < accessors->lifecycles[i].nr_members; k++)
			if (strcmp(accessors->lifecycles[i].members[k], field) == 0)
				return &accessors->lifecycles[i];
	return NULL;
}

static uint32_t family_of(struct gcv_kinds *kinds, const char *field)
{
	const char *dot = strrchr(field, '.');

	return gcv_intern_add(&kinds->families, field, (size_t)(dot - field));
}

/* The kind of the objects that the functions of a member serve, or GCV_KIND_ANY. */
static uint32_t kind_of(struct gcv_kinds *kinds, const struct gcv_program_address *address)
{
	const struct gcv_function *in = &kinds->program->facts.functions[address->in];
	const struct gcv_accessor_lifecycle *pair;
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };

	if (!strchr(address->field, '.'))
		return GCV_KIND_ANY;
	pair = lifecycle_of(kinds, address->field);
	if (pair) {
		gcv_strbuf_addf(&name, "%s#", pair->members[0]);
		return gcv_kinds_add(kinds, name.buf, family_of(kinds, address->field));
	}
	if (in->kind == GCV_DEF_FUNCTION)
		return GCV_KIND_ANY;
	if (in->linkage == GCV_LINKAGE_STATIC)
		gcv_strbuf_addf(&name, "%s:", in->file);
	gcv_strbuf_addstr(&name, in->name);
	return gcv_kinds_add(kinds, name.buf, family_of(kinds, address->field));
}

/* The record of the objects: what the first argument of the pair's function is taken for. */
static void add_record(struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t kind)
{
	const struct gcv_body *body = fn->body;
	uint32_t i;

	for (i = 0; body && i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i], *init;
		GCV_STRBUF_AUTO struct gcv_strbuf record = { 0 };
		const char *type, *star;

		if (node->kind != GCV_NODE_VAR || node->symbol == GCV_NONE || !node->nr_children)
			continue;
		init = &body->nodes[gcv_expr_plain(body, node->children[0])];
		type = body->symbols[node->symbol].canonical;
		star = strstr(type, " *");
		if (init->kind != GCV_NODE_REF || init->symbol != 0 || !star || star[2] ||
		    strncmp(type, "struct ", 7) != 0)
			continue;
		gcv_strbuf_add(&record, type, (size_t)(star - type));
		gcv_kinds_record(kinds, record.buf, kinds->kinds[kind].family);
	}
}

/* A function of a known pair serves the objects of that pair, whoever else calls it. */
static void pin(struct gcv_kinds *kinds, const struct gcv_program_address *address)
{
	const struct gcv_accessor_lifecycle *pair = lifecycle_of(kinds, address->field);
	struct gcv_program_targets targets;
	uint32_t i, kind;

	if (!pair)
		return;
	targets = targets_of(kinds, address);
	kind = kind_of(kinds, address);
	for (i = 0; i < targets.nr; i++) {
		uint32_t *of = &kinds->of_function[targets.functions[i]];

		*of = !*of || *of == kind + 1 ? kind + 1 : GCV_KIND_SEVERAL;
		if (strcmp(pair->object, address->field) == 0)
			add_record(kinds, &kinds->program->facts.functions[targets.functions[i]],
				   kind);
	}
}

bool gcv_kinds_is_pinned(const struct gcv_kinds *kinds, uint32_t function)
{
	uint32_t of = kinds->of_function[function];

	return of && of != GCV_KIND_SEVERAL && strchr(gcv_intern_str(&kinds->names, of - 1), '#');
}

static void store(struct gcv_kinds *kinds, const struct gcv_program_address *address)
{
	struct gcv_program_targets targets = targets_of(kinds, address);
	uint32_t kind, i;

	if (!targets.nr)
		return;
	kind = kind_of(kinds, address);
	for (i = 0; i < targets.nr; i++) {
		uint32_t *of = &kinds->of_function[targets.functions[i]];

		if (gcv_kinds_is_pinned(kinds, targets.functions[i]))
			continue;
		if (kind == GCV_KIND_ANY)
			*of = GCV_KIND_SEVERAL;
		else
			*of = !*of || *of == kind + 1 ? kind + 1 : GCV_KIND_SEVERAL;
	}
}

void gcv_kinds_find_tables(struct gcv_kinds *kinds)
{
	const struct gcv_program_facts *facts = &kinds->program->facts;
	uint32_t i;

	for (i = 0; kinds->accessors->nr_lifecycles && i < facts->nr_addresses; i++)
		pin(kinds, &facts->addresses[i]);
	for (i = 0; i < facts->nr_addresses; i++)
		store(kinds, &facts->addresses[i]);
}
