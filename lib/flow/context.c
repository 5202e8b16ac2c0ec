// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context.h"

#include "flow/accessor_words.h"
#include "flow/context_program.h"

#include <stdlib.h>
#include <string.h>

enum gcv_status gcv_contexts_new(struct gcv_program *program, const struct gcv_accessors *accessors,
				 struct gcv_contexts **ret_contexts, struct gcv_err *err)
{
	struct gcv_contexts *contexts = gcv_zalloc(1, sizeof(*contexts));
	uint32_t nr = program->facts.nr_functions;
	enum gcv_status st;

	contexts->first_call = gcv_zalloc((size_t)nr + 1, sizeof(*contexts->first_call));
	contexts->summaries = gcv_zalloc(nr, sizeof(*contexts->summaries));
	contexts->inherited = gcv_zalloc(nr, sizeof(*contexts->inherited));
	contexts->reasons = gcv_zalloc((size_t)nr * GCV_CONTEXTS, sizeof(*contexts->reasons));
	contexts->input = (struct gcv_context_input){ program, accessors, contexts->summaries };
	st = gcv_context_load(contexts, err);
	if (st != GCV_OK) {
		gcv_contexts_free(contexts);
		return st;
	}
	gcv_context_locals(contexts);
	gcv_context_spread(contexts);
	*ret_contexts = contexts;
	return GCV_OK;
}

void gcv_contexts_free(struct gcv_contexts *contexts)
{
	if (!contexts)
		return;
	free(contexts->calls);
	free(contexts->first_call);
	free(contexts->summaries);
	free(contexts->inherited);
	free(contexts->reasons);
	free(contexts);
}

static const struct gcv_context_call *find_call(const struct gcv_contexts *contexts,
						uint32_t function, uint32_t node)
{
	uint32_t low, high, end;

	if (function >= contexts->input.program->facts.nr_functions)
		return NULL;
	low = contexts->first_call[function];
	high = end = contexts->first_call[function + 1];
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (contexts->calls[mid].node < node)
			low = mid + 1;
		else
			high = mid;
	}
	return low < end && contexts->calls[low].node == node ? &contexts->calls[low] : NULL;
}

unsigned int gcv_contexts_at(const struct gcv_contexts *contexts, uint32_t function, uint32_t call)
{
	const struct gcv_context_call *found = find_call(contexts, function, call);
	uint32_t packed, mask = 0, c;

	if (!found)
		return 0;
	packed = gcv_context_effective(found, contexts->inherited[function]);
	for (c = 0; c < GCV_CONTEXTS; c++)
		if (gcv_context_count(packed, c))
			mask |= 1u << c;
	return mask;
}

/* Callers of callers that are asked for evidence. */
#define MAX_LEVELS 4

static bool is_only_called(const struct gcv_contexts *contexts, uint32_t function)
{
	const struct gcv_program_facts *facts = &contexts->input.program->facts;
	const struct gcv_function *fn = &facts->functions[function];
	uint32_t i;

	if (fn->linkage != GCV_LINKAGE_STATIC && fn->linkage != GCV_LINKAGE_STATIC_INLINE)
		return false;
	for (i = 0; i < facts->nr_addresses; i++)
		if (strcmp(facts->addresses[i].function, fn->name) == 0)
			return false;
	return true;
}

static bool calls(const struct gcv_context_call *call, uint32_t function)
{
	uint32_t i;

	for (i = 0; i < call->nr_targets; i++)
		if (call->targets[i] == function)
			return true;
	return false;
}

static bool is_process(const struct gcv_contexts *contexts, uint32_t function, uint32_t node,
		       unsigned int level)
{
	const unsigned int locked = GCV_CONTEXT_ATOMIC | 1u << GCV_CONTEXT_PAGE_LOCK |
				    1u << GCV_CONTEXT_NOTIFIER;
	const struct gcv_context_call *call = find_call(contexts, function, node);
	uint32_t nr = contexts->input.program->facts.nr_functions, nr_callers = 0, i, k;

	if (!call || (gcv_contexts_at(contexts, function, node) & locked))
		return false;
	if (call->is_process)
		return true;
	if (level == MAX_LEVELS || !is_only_called(contexts, function))
		return false;
	for (i = 0; i < nr; i++) {
		for (k = contexts->first_call[i]; k < contexts->first_call[i + 1]; k++) {
			if (!calls(&contexts->calls[k], function))
				continue;
			if (!is_process(contexts, i, contexts->calls[k].node, level + 1))
				return false;
			nr_callers++;
		}
	}
	return nr_callers > 0;
}

bool gcv_contexts_is_process(const struct gcv_contexts *contexts, uint32_t function, uint32_t call)
{
	return is_process(contexts, function, call, 0);
}

/* The call that opened a context in a function, or GCV_NONE; the analysis is made again for it. */
static uint32_t opened_by(const struct gcv_contexts *contexts, uint32_t function, uint32_t call,
			  enum gcv_context context)
{
	uint32_t first = contexts->first_call[function];
	uint32_t nr = contexts->first_call[function + 1] - first, found = GCV_NONE;
	const struct gcv_context_site *site;
	struct gcv_context_local local;

	gcv_context_sites(&local, &contexts->input,
			  &contexts->input.program->facts.functions[function],
			  contexts->calls + first, nr);
	if (gcv_context_is_busy(&local)) {
		gcv_context_solve(&local);
		site = gcv_context_since(&local, call, context);
		found = site ? site->call : GCV_NONE;
	}
	gcv_context_local_release(&local);
	return found;
}

/** struct chain - an explanation in the making */
struct chain {
	const struct gcv_contexts *contexts;
	struct gcv_arena *arena;
	struct gcv_context_step *steps;
	uint32_t nr;
};

static void add_step(struct chain *chain, uint32_t function, uint32_t node, uint32_t line,
		     const char *text)
{
	chain->steps[chain->nr++] = (struct gcv_context_step){ function, node, line, text };
}

static const char *name_of(const struct chain *chain, uint32_t function)
{
	return chain->contexts->input.program->facts.functions[function].name;
}

static bool add_lock(struct chain *chain, uint32_t function, uint32_t call,
		     enum gcv_context context)
{
	uint32_t node = opened_by(chain->contexts, function, call, context);
	const struct gcv_symbol *callee;

	if (node == GCV_NONE)
		return false;
	callee = gcv_body_callee(chain->contexts->input.program->facts.functions[function].body,
				 node);
	add_step(chain, function, node, 0,
		 gcv_arena_printf(chain->arena, "%s() holds %s() since here",
				  name_of(chain, function), callee ? callee->name : "?"));
	return true;
}

static void add_callback(struct chain *chain, uint32_t function, enum gcv_context context,
			 const struct gcv_context_reason *reason)
{
	add_step(chain, reason->function, GCV_NONE, reason->line,
		 gcv_arena_printf(chain->arena, "%s() is stored in %s: runs in context %s",
				  name_of(chain, function), reason->where,
				  gcv_accessor_word(GCV_ACCESSOR_WORD_CONTEXT, (int)context)));
}

struct gcv_context_step *gcv_contexts_why(const struct gcv_contexts *contexts, uint32_t function,
					  uint32_t node, enum gcv_context context,
					  struct gcv_arena *arena, uint32_t *ret_nr)
{
	struct chain chain = { .contexts = contexts, .arena = arena };

	chain.steps = gcv_arena_alloc(arena, GCV_CONTEXT_MAX_STEPS * sizeof(*chain.steps));
	*ret_nr = 0;
	if (!(gcv_contexts_at(contexts, function, node) >> context & 1))
		return chain.steps;
	while (chain.nr < GCV_CONTEXT_MAX_STEPS) {
		const struct gcv_context_call *call = find_call(contexts, function, node);
		const struct gcv_context_reason *reason;

		if (call && gcv_context_count(call->held, context) &&
		    add_lock(&chain, function, node, context))
			break;
		reason = &contexts->reasons[(size_t)function * GCV_CONTEXTS + context];
		if (reason->where) {
			add_callback(&chain, function, context, reason);
			break;
		}
		add_step(&chain, reason->function, reason->node, 0,
			 gcv_arena_printf(arena, "%s() is called by %s()",
					  name_of(&chain, function),
					  name_of(&chain, reason->function)));
		function = reason->function;
		node = reason->node;
	}
	*ret_nr = chain.nr;
	return chain.steps;
}
