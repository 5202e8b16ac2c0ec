// SPDX-License-Identifier: GPL-2.0-only
#include "flow/kind_find.h"

#include <stdlib.h>
#include <string.h>

/** struct call - a call of a static function */
struct call {
	uint32_t from, to;
};

/** struct calls - all of them */
struct calls {
	struct call *calls;
	uint32_t nr, cap;
};

static void add_calls(const struct gcv_kinds *kinds, const struct gcv_function *fn,
		      struct calls *to)
{
	const struct gcv_body *body = fn->body;
	uint32_t i, k;

	for (i = 0; body && i < body->nr_nodes; i++) {
		const struct gcv_symbol *symbol;
		struct gcv_program_targets targets;

		if (body->nodes[i].kind != GCV_NODE_CALL)
			continue;
		symbol = gcv_body_callee(body, i);
		if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
			continue;
		targets = gcv_program_callees(kinds->program, fn, i);
		for (k = 0; k < targets.nr; k++) {
			GCV_GROW(to->calls, to->nr, to->cap);
			to->calls[to->nr++] = (struct call){ fn->index, targets.functions[k] };
		}
	}
}

static uint32_t root_of(const struct gcv_kinds *kinds, uint32_t of)
{
	return of && of != GCV_KIND_SEVERAL ? gcv_kinds_root(kinds, of - 1) + 1 : of;
}

/* Who calls a function calls it for its own objects. */
static bool spread(struct gcv_kinds *kinds, const struct call *call)
{
	uint32_t from = root_of(kinds, kinds->of_function[call->from]);
	uint32_t to = root_of(kinds, kinds->of_function[call->to]);

	if (!from || to == GCV_KIND_SEVERAL || from == to || call->from == call->to ||
	    gcv_kinds_is_pinned(kinds, call->to))
		return false;
	kinds->of_function[call->to] = to ? GCV_KIND_SEVERAL : from;
	return true;
}

void gcv_kinds_find_functions(struct gcv_kinds *kinds)
{
	const struct gcv_program_facts *facts = &kinds->program->facts;
	GCV_AUTOFREE bool *is_called = gcv_zalloc(facts->nr_functions + 1, sizeof(*is_called));
	struct calls calls = { 0 };
	bool is_more = true;
	uint32_t i;

	for (i = 0; i < facts->nr_functions; i++)
		if (facts->functions[i].kind == GCV_DEF_FUNCTION)
			add_calls(kinds, &facts->functions[i], &calls);
	for (i = 0; i < calls.nr; i++)
		is_called[calls.calls[i].to] = true;
	/* Others that nobody sees may call what is not static, and what nobody calls runs for all.
	 */
	for (i = 0; i < facts->nr_functions; i++)
		if (!kinds->of_function[i] &&
		    (facts->functions[i].linkage != GCV_LINKAGE_STATIC || !is_called[i]))
			kinds->of_function[i] = GCV_KIND_SEVERAL;
	while (is_more) {
		is_more = false;
		for (i = 0; i < calls.nr; i++)
			is_more |= spread(kinds, &calls.calls[i]);
	}
	free(calls.calls);
}
