// SPDX-License-Identifier: GPL-2.0-only
#include "flow/notifier.h"

#include <stdlib.h>
#include <string.h>

static const struct gcv_function *function_at(const struct gcv_notifiers *n, uint32_t function)
{
	return &n->flow->input.program->facts.functions[function];
}

static const struct gcv_accessor_callback *callback_of(const struct gcv_notifiers *n,
						       const struct gcv_program_address *address)
{
	return gcv_accessor_callback_find(n->flow->input.accessors, address->field);
}

static void add_callback(struct gcv_notifiers *n, uint32_t function)
{
	bool is_new;

	gcv_map64_add(&n->is_callback, function, &is_new);
	if (!is_new)
		return;
	GCV_GROW(n->callbacks, n->nr_callbacks, n->cap_callbacks);
	n->callbacks[n->nr_callbacks++] = function;
}

static void add_way(struct gcv_notifiers *n, uint32_t function, const char *dot)
{
	GCV_GROW(n->ways, n->nr_ways, n->cap_ways);
	n->ways[n->nr_ways++] = (struct gcv_way_in){ function, dot ? dot + 1 : NULL };
}

/* What is stored where the table knows when it is called is no way in for code out of view. */
static void look_at_address(struct gcv_notifiers *n, const struct gcv_program_address *address)
{
	const struct gcv_accessor_callback *callback = callback_of(n, address);
	struct gcv_program_targets stored =
		gcv_program_stored(n->flow->input.program, address->field);
	uint32_t i;

	for (i = 0; i < stored.nr; i++) {
		if (strcmp(function_at(n, stored.functions[i])->name, address->function) != 0)
			continue;
		if (callback && callback->context == GCV_CONTEXT_NOTIFIER)
			add_callback(n, stored.functions[i]);
		else if (!callback)
			add_way(n, stored.functions[i], strrchr(address->field, '.'));
	}
}

/** struct meeting - a function that a search has come to, and after how many calls */
struct meeting {
	uint32_t function, depth;
};

/** struct meetings - the functions that a search has come to, each once */
struct meetings {
	struct gcv_map64 is_met;
	struct meeting *list;
	uint32_t nr, cap;
};

static void meet(struct meetings *m, uint32_t function, uint32_t depth)
{
	bool is_new;

	gcv_map64_add(&m->is_met, function, &is_new);
	if (!is_new)
		return;
	GCV_GROW(m->list, m->nr, m->cap);
	m->list[m->nr++] = (struct meeting){ function, depth };
}

static void meetings_release(struct meetings *m)
{
	gcv_map64_release(&m->is_met);
	free(m->list);
}

static void find_calls(struct gcv_notifiers *n)
{
	const struct gcv_flow *flow = n->flow;
	uint32_t nr = flow->input.program->facts.nr_functions, i, at = 0;

	n->first = gcv_zalloc((size_t)nr + 1, sizeof(*n->first));
	n->first_in = gcv_zalloc((size_t)nr + 1, sizeof(*n->first_in));
	n->next_in = gcv_zalloc((size_t)flow->nr_calls + 1, sizeof(*n->next_in));
	for (i = 0; i <= nr; i++) {
		while (at < flow->nr_calls && flow->calls[at].function < i)
			at++;
		n->first[i] = at;
	}
	for (i = flow->nr_calls; i; i--) {
		n->next_in[i] = n->first_in[flow->calls[i - 1].target];
		n->first_in[flow->calls[i - 1].target] = i;
	}
}

/* A call that may reach everybody says nothing. */
static bool is_followed(const struct gcv_notifiers *n, uint32_t at)
{
	const struct gcv_flow_call *call = &n->flow->calls[at];
	uint32_t nr = 0, i;

	for (i = n->first[call->function]; i < n->first[call->function + 1]; i++)
		nr += n->flow->calls[i].node == call->node;
	return nr <= GCV_NOTIFIER_TARGETS;
}

static int by_function(const void *a, const void *b)
{
	const struct gcv_way_in *x = a, *y = b;

	return x->function < y->function ? -1 : x->function > y->function;
}

/* Functions that other files can call, and that nobody calls. Whoever names one of the API was
 * parsed. */
static void find_ways(struct gcv_notifiers *n)
{
	const struct gcv_program_facts *facts = &n->flow->input.program->facts;
	const struct gcv_api *api = n->flow->input.era->api;
	uint32_t i;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		if (fn->kind == GCV_DEF_FUNCTION && fn->linkage == GCV_LINKAGE_EXTERNAL &&
		    !n->first_in[i] && !gcv_api_find(api, fn->name, strlen(fn->name)))
			add_way(n, i, NULL);
	}
	if (n->nr_ways)
		qsort(n->ways, n->nr_ways, sizeof(*n->ways), by_function);
}

/* Is a call one of a function that is not in view, and of which nothing is known? */
static bool is_unseen(const struct gcv_flow *flow, const struct gcv_function *fn, uint32_t node,
		      const struct gcv_symbol *callee)
{
	if (callee->kind != GCV_SYMBOL_FUNCTION && callee->kind != GCV_SYMBOL_FIELD)
		return false;
	if (gcv_program_callees(flow->input.program, fn, node).nr)
		return false;
	return callee->kind == GCV_SYMBOL_FIELD ||
	       (!gcv_accessor_find(flow->input.accessors, callee->name) &&
		!gcv_accessor_lock_find(flow->input.accessors, callee->name) &&
		!gcv_era_find(flow->input.era, callee->name, strlen(callee->name)) &&
		strncmp(callee->name, "__builtin_", strlen("__builtin_")) != 0);
}

static void find_unseen(struct gcv_notifiers *n, uint32_t callback, uint32_t function,
			uint32_t depth)
{
	const struct gcv_function *fn = function_at(n, function);
	const struct gcv_symbol *callee;
	uint32_t i;

	for (i = 0; fn->body && i < fn->body->nr_nodes; i++) {
		if (fn->body->nodes[i].kind != GCV_NODE_CALL)
			continue;
		callee = gcv_body_callee(fn->body, i);
		if (!callee || !is_unseen(n->flow, fn, i, callee))
			continue;
		GCV_GROW(n->unseen, n->nr_unseen, n->cap_unseen);
		n->unseen[n->nr_unseen++] = (struct gcv_unseen_call){ .callback = callback,
								      .function = function,
								      .node = i,
								      .depth = depth,
								      .callee = callee };
	}
}

/* Everything that a callback runs, the nearest first. */
static void follow(struct gcv_notifiers *n, uint32_t callback)
{
	struct meetings m = { 0 };
	uint32_t first, at;

	meet(&m, n->callbacks[callback], 1);
	for (first = 0; first < m.nr; first++) {
		struct meeting met = m.list[first];

		n->is_run[met.function] = true;
		find_unseen(n, callback, met.function, met.depth);
		for (at = n->first[met.function]; at < n->first[met.function + 1]; at++)
			if (is_followed(n, at))
				meet(&m, n->flow->calls[at].target, met.depth + 1);
	}
	meetings_release(&m);
}

static size_t folder_len(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? (size_t)(slash - file) : 0;
}

/* The first call out of view for each folder that has a callback. */
static void find_folders(struct gcv_notifiers *n)
{
	uint32_t i, id;

	for (i = 0; i < n->nr_callbacks; i++) {
		const char *file = function_at(n, n->callbacks[i])->file;

		gcv_intern_add(&n->folders, file, folder_len(file));
	}
	n->first_unseen = gcv_zalloc((size_t)n->folders.nr + 1, sizeof(*n->first_unseen));
	for (i = n->nr_unseen; i-- > 0;) {
		const char *file = function_at(n, n->callbacks[n->unseen[i].callback])->file;

		id = gcv_intern_find(&n->folders, file, folder_len(file));
		n->first_unseen[id] = i + 1;
	}
}

void gcv_notifiers_build(const struct gcv_flow *flow, struct gcv_notifiers *ret)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	uint32_t i;

	*ret = (struct gcv_notifiers){ .flow = flow };
	ret->is_run = gcv_zalloc(facts->nr_functions + 1, sizeof(*ret->is_run));
	for (i = 0; i < facts->nr_addresses; i++)
		if (*facts->addresses[i].field)
			look_at_address(ret, &facts->addresses[i]);
	find_calls(ret);
	find_ways(ret);
	for (i = 0; i < ret->nr_callbacks; i++)
		follow(ret, i);
	find_folders(ret);
}

/* The number of the folder of a function, where there are callbacks in it, or GCV_INTERN_NONE. */
static uint32_t folder_of(const struct gcv_notifiers *n, uint32_t function)
{
	const char *file = function_at(n, function)->file;
	size_t len = folder_len(file);

	return len ? gcv_intern_find(&n->folders, file, len) : GCV_INTERN_NONE;
}

bool gcv_notifiers_are_near(const struct gcv_notifiers *n, uint32_t function)
{
	return folder_of(n, function) != GCV_INTERN_NONE;
}

/* The first of the ways into a function. */
static uint32_t first_way(const struct gcv_notifiers *n, uint32_t function)
{
	uint32_t low = 0, high = n->nr_ways;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (n->ways[mid].function < function)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A function and all that call it, also through others, up to one that is looked for. */
static void list_callers(const struct gcv_notifiers *n, uint32_t function, uint32_t wanted,
			 struct meetings *ret)
{
	uint32_t i, at;

	meet(ret, function, 0);
	for (i = 0; i < ret->nr; i++) {
		for (at = n->first_in[ret->list[i].function]; at; at = n->next_in[at])
			if (is_followed(n, at - 1))
				meet(ret, n->flow->calls[at - 1].function, 0);
		if (ret->list[ret->nr - 1].function == wanted)
			return;
	}
}

bool gcv_notifiers_calls(const struct gcv_notifiers *n, uint32_t caller, uint32_t function)
{
	struct meetings callers = { 0 };
	bool is_found = false;
	uint32_t i;

	list_callers(n, function, caller, &callers);
	for (i = 1; i < callers.nr && !is_found; i++)
		is_found = callers.list[i].function == caller;
	meetings_release(&callers);
	return is_found;
}

uint32_t gcv_notifiers_ways(const struct gcv_notifiers *n, uint32_t function,
			    struct gcv_way_in **ret_ways)
{
	struct meetings callers = { 0 };
	uint32_t nr = 0, cap = 0, i, at;

	*ret_ways = NULL;
	if (n->is_run[function])
		return 0;
	list_callers(n, function, GCV_NONE, &callers);
	for (i = 0; i < callers.nr; i++) {
		uint32_t caller = callers.list[i].function;

		for (at = first_way(n, caller); at < n->nr_ways && n->ways[at].function == caller;
		     at++) {
			GCV_GROW(*ret_ways, nr, cap);
			(*ret_ways)[nr++] = n->ways[at];
		}
	}
	meetings_release(&callers);
	return nr;
}

bool gcv_notifiers_may_hide(const struct gcv_notifiers *n, uint32_t function)
{
	struct gcv_way_in *ways;
	uint32_t nr = gcv_notifiers_ways(n, function, &ways);

	free(ways);
	return nr > 0;
}

const struct gcv_unseen_call *gcv_notifiers_unseen(const struct gcv_notifiers *n, uint32_t function)
{
	uint32_t folder = folder_of(n, function);

	if (folder == GCV_INTERN_NONE || !n->first_unseen[folder])
		return NULL;
	return &n->unseen[n->first_unseen[folder] - 1];
}

void gcv_notifiers_release(struct gcv_notifiers *n)
{
	free(n->callbacks);
	gcv_map64_release(&n->is_callback);
	gcv_intern_release(&n->folders);
	free(n->first_unseen);
	free(n->unseen);
	free(n->ways);
	free(n->is_run);
	free(n->first);
	free(n->first_in);
	free(n->next_in);
}
