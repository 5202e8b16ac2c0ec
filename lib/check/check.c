// SPDX-License-Identifier: GPL-2.0-only
#include "check/check.h"

#include "base/alloc.h"
#include "check/check_state.h"
#include "check/graphs.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/** NOTES - steps on the way to a fault that are kept */
#define NOTES 24

struct gcv_fault *gcv_check_tell(struct gcv_check_state *s, enum gcv_check_id check,
				 enum gcv_confidence confidence, uint32_t site, uint32_t function,
				 uint32_t node, const char *format, ...)
{
	struct gcv_faults *faults = s->faults;
	struct gcv_fault *fault;
	va_list args;

	GCV_GROW(faults->faults, faults->nr, faults->cap);
	fault = &faults->faults[faults->nr++];
	*fault = (struct gcv_fault){ .check = check,
				     .confidence = confidence,
				     .site = site,
				     .function = function,
				     .node = node };
	fault->notes = gcv_arena_alloc(&faults->arena, sizeof(*fault->notes) * NOTES);
	va_start(args, format);
	fault->text = gcv_arena_vprintf(&faults->arena, format, args);
	va_end(args);
	return fault;
}

void gcv_check_note(struct gcv_check_state *s, struct gcv_fault *fault, uint32_t function,
		    uint32_t node, const char *format, ...)
{
	va_list args;

	if (fault->nr_notes == NOTES)
		return;
	va_start(args, format);
	fault->notes[fault->nr_notes++] = (struct gcv_fault_note){
		.function = function,
		.node = node,
		.text = gcv_arena_vprintf(&s->faults->arena, format, args)
	};
	va_end(args);
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_fault *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	if (x->confidence != y->confidence)
		return x->confidence < y->confidence ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* What is told twice, of two forms of a function or on two paths, is kept once, with the best
 * confidence. */
static void keep_once(struct gcv_faults *faults)
{
	uint32_t i, nr = 0;

	if (faults->nr)
		qsort(faults->faults, faults->nr, sizeof(*faults->faults), by_place);
	for (i = 0; i < faults->nr; i++) {
		const struct gcv_fault *at = &faults->faults[i];
		const struct gcv_fault *last = nr ? &faults->faults[nr - 1] : NULL;

		if (!last || last->site != at->site || last->check != at->check ||
		    last->function != at->function || last->node != at->node)
			faults->faults[nr++] = *at;
	}
	faults->nr = nr;
}

void gcv_check(const struct gcv_classification *classification, struct gcv_faults *ret_faults)
{
	static void (*const checks[])(struct gcv_check_state * s) = {
		/* clang-format off */
		gcv_check_family,
		gcv_check_paths,
		gcv_check_twice,
		gcv_check_rest,
		gcv_check_flags,
		gcv_check_atomic,
		gcv_check_compare,
		gcv_check_dirty,
		gcv_check_unlocked,
		gcv_check_result,
		gcv_check_account,
		gcv_check_bvec,
		/* clang-format on */
	};
	struct gcv_check_graphs graphs = { 0 };
	struct gcv_faults faults = { 0 };
	struct gcv_check_state s = { .c = classification,
				     .flow = classification->flow,
				     .facts = &classification->flow->input.program->facts,
				     .faults = &faults,
				     .graphs = &graphs };
	size_t i;

	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		checks[i](&s);
	gcv_check_graphs_release(&graphs);
	keep_once(&faults);
	*ret_faults = faults;
}

void gcv_faults_release(struct gcv_faults *faults)
{
	free(faults->faults);
	gcv_arena_release(&faults->arena);
}
