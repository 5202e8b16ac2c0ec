// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_program.h"

#include <stdlib.h>
#include <string.h>

/** struct spread - functions whose callees are to be looked at again */
struct spread {
	struct gcv_contexts *contexts;
	uint32_t *queue; /* a ring with room for all functions */
	bool *is_queued;
	uint32_t first, nr, cap;
};

static void enqueue(struct spread *spread, uint32_t function)
{
	if (spread->is_queued[function])
		return;
	spread->is_queued[function] = true;
	spread->queue[(spread->first + spread->nr++) % spread->cap] = function;
}

static uint32_t dequeue(struct spread *spread)
{
	uint32_t function = spread->queue[spread->first];

	spread->first = (spread->first + 1) % spread->cap;
	spread->nr--;
	spread->is_queued[function] = false;
	return function;
}

uint32_t gcv_context_effective(const struct gcv_context_call *call, uint32_t inherited)
{
	uint32_t packed = call->held, c;

	if (!call->held && !call->dropped && !call->is_process)
		return inherited;
	for (c = 0; c < GCV_CONTEXTS; c++) {
		uint32_t mine = gcv_context_count(inherited, c);
		uint32_t dropped = gcv_context_count(call->dropped, c);

		if (mine <= dropped || (call->is_process && GCV_CONTEXT_ATOMIC >> c & 1))
			continue;
		gcv_context_set_count(&packed, c, gcv_context_count(packed, c) + mine - dropped);
	}
	return packed;
}

/* Hand contexts on to a function; numbers only grow, so this ends. */
static void inherit(struct spread *spread, uint32_t function, uint32_t packed,
		    const struct gcv_context_reason *reason)
{
	uint32_t *inherited = &spread->contexts->inherited[function], old = *inherited, c;

	for (c = 0; c < GCV_CONTEXTS; c++) {
		uint32_t count = gcv_context_count(packed, c);

		if (count <= gcv_context_count(old, c))
			continue;
		if (!gcv_context_count(old, c))
			spread->contexts->reasons[(size_t)function * GCV_CONTEXTS + c] = *reason;
		gcv_context_set_count(inherited, c, count);
	}
	if (*inherited != old)
		enqueue(spread, function);
}

/* Bodies of functions that the table describes are of no interest, but those of what sleeps are. */
static bool is_followed(const struct gcv_context_call *call)
{
	return call->nr_targets && call->nr_targets <= GCV_CONTEXT_MAX_TARGETS &&
	       (!call->lock || call->lock->context == GCV_CONTEXT_MAY_SLEEP);
}

static void visit(struct spread *spread, uint32_t function)
{
	const struct gcv_contexts *contexts = spread->contexts;
	uint32_t i, k;

	for (i = contexts->first_call[function]; i < contexts->first_call[function + 1]; i++) {
		const struct gcv_context_call *call = &contexts->calls[i];
		struct gcv_context_reason reason = { .function = function, .node = call->node };
		uint32_t packed;

		if (!is_followed(call))
			continue;
		packed = gcv_context_effective(call, contexts->inherited[function]);
		for (k = 0; k < call->nr_targets && packed; k++)
			inherit(spread, call->targets[k], packed, &reason);
	}
}

static bool is_meant(const struct gcv_program *program, const struct gcv_program_address *address,
		     const struct gcv_function *fn)
{
	return strcmp(fn->name, address->function) == 0 &&
	       (fn->linkage == GCV_LINKAGE_EXTERNAL || fn->linkage == GCV_LINKAGE_EXTERN_INLINE ||
		strcmp(fn->file, program->facts.functions[address->in].file) == 0);
}

static void start_callback(struct spread *spread, const struct gcv_program_address *address,
			   const struct gcv_accessor_callback *callback)
{
	const struct gcv_program *program = spread->contexts->input.program;
	struct gcv_program_targets targets = gcv_program_stored(program, address->field);
	struct gcv_context_reason reason = { .function = address->in,
					     .node = GCV_NONE,
					     .line = address->line,
					     .where = callback->where };
	uint32_t packed = 0, i;

	gcv_context_set_count(&packed, callback->context, 1);
	for (i = 0; i < targets.nr; i++)
		if (is_meant(program, address, &program->facts.functions[targets.functions[i]]))
			inherit(spread, targets.functions[i], packed, &reason);
}

static void start_callbacks(struct spread *spread)
{
	const struct gcv_program_facts *facts = &spread->contexts->input.program->facts;
	uint32_t i;

	for (i = 0; i < facts->nr_addresses; i++) {
		const struct gcv_program_address *address = &facts->addresses[i];
		const struct gcv_accessor_callback *callback;

		if (!*address->field)
			continue;
		callback = gcv_accessor_callback_find(spread->contexts->input.accessors,
						      address->field);
		if (callback)
			start_callback(spread, address, callback);
	}
}

void gcv_context_spread(struct gcv_contexts *contexts)
{
	uint32_t nr = contexts->input.program->facts.nr_functions, i;
	struct spread spread = { .contexts = contexts, .cap = nr };

	spread.queue = gcv_zalloc(nr, sizeof(*spread.queue));
	spread.is_queued = gcv_zalloc(nr, sizeof(*spread.is_queued));
	start_callbacks(&spread);
	for (i = 0; i < nr; i++)
		visit(&spread, i);
	while (spread.nr)
		visit(&spread, dequeue(&spread));
	free(spread.queue);
	free(spread.is_queued);
}
