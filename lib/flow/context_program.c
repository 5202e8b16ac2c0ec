// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_program.h"

#include <stdlib.h>
#include <string.h>

static bool is_header(const char *path)
{
	size_t len = strlen(path);

	return len >= 2 && strcmp(path + len - 2, ".h") == 0;
}

/* A driver's own function that bears a name of the table: static, and written in a .c file. */
static bool is_namesake(const struct gcv_program *program, const struct gcv_symbol *callee,
			const struct gcv_context_call *call)
{
	uint32_t i;

	if (strcmp(callee->owner, "static") != 0 || !call->nr_targets)
		return false;
	for (i = 0; i < call->nr_targets; i++)
		if (is_header(program->facts.functions[call->targets[i]].file))
			return false;
	return true;
}

/* fn(x) in iterate(x, fn) reaches what is handed to "iterate(1)". */
static struct gcv_program_targets handed_over(const struct gcv_program *program,
					      const struct gcv_function *fn,
					      const struct gcv_symbol *param)
{
	GCV_STRBUF_AUTO struct gcv_strbuf where = { 0 };

	gcv_strbuf_addf(&where, "%s(%lld)", fn->name, (long long)param->value);
	return gcv_program_stored(program, where.buf);
}

/* A callback that runs in a context of its own, whoever it is that starts it. */
static bool is_apart(const struct gcv_accessors *accessors, const struct gcv_symbol *field)
{
	GCV_STRBUF_AUTO struct gcv_strbuf where = { 0 };
	const struct gcv_accessor_callback *callback;

	gcv_strbuf_addf(&where, "%s.%s", field->owner, field->name);
	callback = gcv_accessor_callback_find(accessors, where.buf);
	return callback && callback->context == GCV_CONTEXT_MAY_SLEEP;
}

static struct gcv_context_call describe(const struct gcv_contexts *contexts,
					const struct gcv_function *fn, uint32_t node)
{
	const struct gcv_symbol *callee = gcv_body_callee(fn->body, node);
	const struct gcv_accessors *accessors = contexts->input.accessors;
	const struct gcv_program *program = contexts->input.program;
	struct gcv_context_call call = { .node = node };
	struct gcv_program_targets targets = { 0 };

	if (!callee)
		return call;
	if (callee->kind == GCV_SYMBOL_PARAM)
		targets = handed_over(program, fn, callee);
	else if (callee->kind != GCV_SYMBOL_FIELD || !is_apart(accessors, callee))
		targets = gcv_program_callees(program, fn, node);
	call.targets = targets.functions;
	call.nr_targets = targets.nr;
	call.is_direct = callee->kind == GCV_SYMBOL_FUNCTION;
	if (call.is_direct && !is_namesake(program, callee, &call))
		call.lock = gcv_accessor_lock_find(accessors, callee->name);
	return call;
}

static void find_calls(struct gcv_contexts *contexts, const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; i < fn->body->nr_nodes; i++) {
		if (fn->body->nodes[i].kind != GCV_NODE_CALL)
			continue;
		GCV_GROW(contexts->calls, contexts->nr_calls, contexts->cap_calls);
		contexts->calls[contexts->nr_calls++] = describe(contexts, fn, i);
	}
}

enum gcv_status gcv_context_load(struct gcv_contexts *contexts, struct gcv_err *err)
{
	struct gcv_program *program = contexts->input.program;
	uint32_t i;

	for (i = 0; i < program->facts.nr_functions; i++) {
		struct gcv_function *fn = &program->facts.functions[i];
		enum gcv_status st;

		contexts->first_call[i] = contexts->nr_calls;
		if (fn->kind != GCV_DEF_FUNCTION)
			continue;
		st = gcv_program_body(program, fn, err);
		if (st != GCV_OK)
			return st;
		find_calls(contexts, fn);
	}
	contexts->first_call[i] = contexts->nr_calls;
	return GCV_OK;
}

/* Return: the summary is another one than before. */
static bool analyse(struct gcv_contexts *contexts, uint32_t function)
{
	uint32_t first = contexts->first_call[function];
	uint32_t nr = contexts->first_call[function + 1] - first;
	struct gcv_context_summary summary = { .sleeps = false }, old;
	struct gcv_context_local local;

	gcv_context_sites(&local, &contexts->input,
			  &contexts->input.program->facts.functions[function],
			  contexts->calls + first, nr);
	if (gcv_context_is_busy(&local)) {
		gcv_context_solve(&local);
		gcv_context_record(&local);
		gcv_context_summarise(&local, &summary);
	}
	gcv_context_local_release(&local);
	old = contexts->summaries[function];
	contexts->summaries[function] = summary;
	return summary.sleeps != old.sleeps || summary.may_open != old.may_open ||
	       summary.may_close != old.may_close || summary.param != old.param ||
	       summary.opens[0] != old.opens[0] || summary.opens[1] != old.opens[1] ||
	       summary.closes[0] != old.closes[0] || summary.closes[1] != old.closes[1];
}

/* Does a function call one of those that are marked? */
static bool is_concerned(const struct gcv_contexts *contexts, uint32_t function, const bool *marked)
{
	uint32_t i, k;

	for (i = contexts->first_call[function]; i < contexts->first_call[function + 1]; i++) {
		const struct gcv_context_call *call = &contexts->calls[i];

		if (!call->is_direct || call->lock || call->nr_targets > GCV_CONTEXT_MAX_TARGETS)
			continue;
		for (k = 0; k < call->nr_targets; k++)
			if (marked[call->targets[k]])
				return true;
	}
	return false;
}

static bool has_locks(const struct gcv_contexts *contexts, uint32_t function)
{
	uint32_t i;

	for (i = contexts->first_call[function]; i < contexts->first_call[function + 1]; i++)
		if (contexts->calls[i].lock)
			return true;
	return false;
}

void gcv_context_locals(struct gcv_contexts *contexts)
{
	uint32_t nr = contexts->input.program->facts.nr_functions, round, i;
	bool *changed = gcv_zalloc(nr, sizeof(*changed)), *before;
	bool is_changed = true;

	for (i = 0; i < nr; i++)
		changed[i] = has_locks(contexts, i) && analyse(contexts, i);
	for (round = 0; round < GCV_CONTEXT_MAX_ROUNDS && is_changed; round++) {
		before = changed;
		changed = gcv_zalloc(nr, sizeof(*changed));
		is_changed = false;
		for (i = 0; i < nr; i++) {
			changed[i] = is_concerned(contexts, i, before) && analyse(contexts, i);
			is_changed |= changed[i];
		}
		free(before);
	}
	free(changed);
}
