// SPDX-License-Identifier: GPL-2.0-only
#include "flow/kind.h"

#include "flow/expr.h"
#include "flow/kind_find.h"

#include <stdlib.h>
#include <string.h>

uint32_t gcv_kinds_add(struct gcv_kinds *kinds, const char *name, uint32_t family)
{
	uint32_t nr = kinds->names.nr, id = gcv_intern_add(&kinds->names, name, strlen(name));

	if (id == nr) {
		GCV_GROW(kinds->kinds, id, kinds->cap_kinds);
		kinds->kinds[id] = (struct gcv_kind){ .family = family, .same = id };
	}
	return id;
}

struct gcv_kind_record *gcv_kinds_record(struct gcv_kinds *kinds, const char *name, uint32_t family)
{
	uint32_t nr = kinds->record_names.nr;
	uint32_t id = gcv_intern_add(&kinds->record_names, name, strlen(name));

	if (id == nr) {
		GCV_GROW(kinds->records, id, kinds->cap_records);
		kinds->records[id] = (struct gcv_kind_record){ .family = family };
	}
	return &kinds->records[id];
}

uint32_t gcv_kinds_root(const struct gcv_kinds *kinds, uint32_t kind)
{
	while (kinds->kinds[kind].same != kind)
		kind = kinds->kinds[kind].same;
	return kind;
}

bool gcv_kinds_table_of(const struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t node,
			uint32_t *ret_kind)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	const struct gcv_body *body = fn->body;
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];
	const struct gcv_symbol *symbol;
	uint32_t id;

	if (n->kind != GCV_NODE_UNARY || n->op != GCV_OP_ADDR)
		return false;
	n = &body->nodes[gcv_expr_plain(body, n->children[0])];
	if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE)
		return false;
	symbol = &body->symbols[n->symbol];
	if (symbol->kind != GCV_SYMBOL_GLOBAL)
		return false;
	if (strcmp(symbol->owner, "static") == 0)
		gcv_strbuf_addf(&name, "%s:", fn->file);
	gcv_strbuf_addstr(&name, symbol->name);
	id = gcv_intern_find(&kinds->names, name.buf, name.len);
	if (id == GCV_INTERN_NONE)
		return false;
	*ret_kind = gcv_kinds_root(kinds, id);
	return true;
}

uint32_t gcv_kinds_of(const struct gcv_kinds *kinds, const char *record, uint32_t *ret)
{
	uint32_t id = gcv_intern_find(&kinds->record_names, record, strlen(record)), nr = 0, i;

	if (id == GCV_INTERN_NONE || kinds->records[id].is_open)
		return 0;
	for (i = 0; i < kinds->names.nr; i++) {
		if (kinds->kinds[i].family != kinds->records[id].family ||
		    kinds->kinds[i].same != i)
			continue;
		if (nr == GCV_KINDS_MAX)
			return 0;
		ret[nr++] = i;
	}
	return nr > 1 ? nr : 0;
}

/* Memory that is allocated here, or what a converter makes of an object: to_foo(x). */
static bool is_own_call(const struct gcv_kinds *kinds, const struct gcv_body *body, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, call);
	const struct gcv_accessor *known;

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return false;
	known = gcv_accessor_find(kinds->accessors, symbol->name);
	if (known && known->nr_flows && known->flows[0].origin == GCV_ORIGIN_NEW)
		return true;
	return body->nodes[call].nr_children == 2;
}

/* Is an object the one that the function was called for, or that it makes? Not one that it finds.
 */
static bool is_own(const struct gcv_kinds *kinds, const struct gcv_body *body, uint32_t value)
{
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, value)];

	switch (node->kind) {
	case GCV_NODE_REF:
		return node->symbol != GCV_NONE &&
		       body->symbols[node->symbol].kind == GCV_SYMBOL_PARAM;
	case GCV_NODE_CALL:
		return is_own_call(kinds, body, gcv_expr_plain(body, value));
	case GCV_NODE_STMT_EXPR: /* container_of() */
		return true;
	default:
		return false;
	}
}

/* The only thing that a variable is ever set to, or GCV_NONE. */
static uint32_t only_value(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t at = GCV_NONE;
	const struct gcv_node *node;

	if (gcv_expr_count_writes(body, 0, symbol, &at) != 1)
		return GCV_NONE;
	node = &body->nodes[at];
	if (node->kind == GCV_NODE_VAR)
		return node->children[0];
	return node->kind == GCV_NODE_ASSIGN && node->op == GCV_OP_ASSIGN ? node->children[1]
									  : GCV_NONE;
}

/* Is the object of an access one that the function serves? */
static bool is_served(const struct gcv_kinds *kinds, const struct gcv_body *body, uint32_t symbol)
{
	uint32_t value;

	if (body->symbols[symbol].kind == GCV_SYMBOL_PARAM)
		return gcv_expr_count_writes(body, 0, symbol, NULL) == 0;
	value = only_value(body, symbol);
	return value != GCV_NONE && is_own(kinds, body, value);
}

/* The kind of the table that a constructor is given at a call. */
static uint32_t made_by(const struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t call)
{
	struct gcv_program_targets targets = gcv_program_callees(kinds->program, fn, call);
	const struct gcv_node *node = &fn->body->nodes[call];
	uint32_t i, k, kind;

	for (k = 1; k < node->nr_children; k++) {
		if (!gcv_kinds_table_of(kinds, fn, node->children[k], &kind))
			continue;
		for (i = 0; i < targets.nr; i++)
			if (gcv_map64_get(&kinds->makers, (uint64_t)targets.functions[i] << 32 |
								  (k - 1)) == GCV_MAP64_NONE)
				break;
		if (targets.nr && i == targets.nr)
			return kind;
	}
	return GCV_KIND_ANY;
}

/* The call that a variable's only value comes from: v = make(…), or make(…, &v). */
static uint32_t maker_of(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t at = GCV_NONE, parent;

	if (gcv_expr_count_writes(body, 0, symbol, &at) != 1)
		return GCV_NONE;
	if (body->nodes[at].kind != GCV_NODE_UNARY) {
		at = only_value(body, symbol);
		if (at == GCV_NONE)
			return GCV_NONE;
		at = gcv_expr_plain(body, at);
	} else {
		for (parent = body->nodes[at].parent;
		     parent != GCV_NONE && body->nodes[at].kind != GCV_NODE_CALL;
		     parent = body->nodes[at].parent)
			at = parent;
	}
	return body->nodes[at].kind == GCV_NODE_CALL ? at : GCV_NONE;
}

uint32_t gcv_kinds_at(const struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t member)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[member];
	uint32_t own = kinds->of_function[fn->index], id, symbol, call, kind, family;

	id = gcv_intern_find(&kinds->record_names, body->symbols[node->symbol].owner,
			     strlen(body->symbols[node->symbol].owner));
	if (id == GCV_INTERN_NONE || !node->nr_children)
		return GCV_KIND_ANY;
	family = kinds->records[id].family;
	node = &body->nodes[gcv_expr_plain(body, node->children[0])];
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE)
		return GCV_KIND_ANY;
	symbol = node->symbol;
	if (body->symbols[symbol].kind != GCV_SYMBOL_PARAM &&
	    body->symbols[symbol].kind != GCV_SYMBOL_LOCAL)
		return GCV_KIND_ANY;
	if (own && own != GCV_KIND_SEVERAL && kinds->kinds[own - 1].family == family)
		return is_served(kinds, body, symbol) ? gcv_kinds_root(kinds, own - 1)
						      : GCV_KIND_ANY;
	call = maker_of(body, symbol);
	kind = call == GCV_NONE ? GCV_KIND_ANY : made_by(kinds, fn, call);
	return kind != GCV_KIND_ANY && kinds->kinds[kind].family == family ? kind : GCV_KIND_ANY;
}

void gcv_kinds_build(const struct gcv_program *program, const struct gcv_accessors *accessors,
		     struct gcv_kinds *ret)
{
	*ret = (struct gcv_kinds){ .program = program, .accessors = accessors };
	ret->of_function = gcv_zalloc(program->facts.nr_functions + 1, sizeof(*ret->of_function));
	gcv_kinds_find_tables(ret);
	gcv_kinds_find_records(ret);
	gcv_kinds_find_functions(ret);
}

void gcv_kinds_release(struct gcv_kinds *kinds)
{
	gcv_intern_release(&kinds->families);
	gcv_intern_release(&kinds->names);
	gcv_intern_release(&kinds->record_names);
	gcv_map64_release(&kinds->makers);
	free(kinds->kinds);
	free(kinds->records);
	free(kinds->of_function);
}
