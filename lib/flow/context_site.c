// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_local.h"

#include "flow/expr.h"

#include <string.h>

static const struct gcv_node *node_at(const struct gcv_context_local *local, uint32_t node)
{
	return &local->body->nodes[node];
}

static bool is_variable(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];

	return n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
	       (body->symbols[n->symbol].kind == GCV_SYMBOL_LOCAL ||
		body->symbols[n->symbol].kind == GCV_SYMBOL_PARAM);
}

/* The variable that the value of a call goes to, through casts: x = f(), T x = f(). */
static void find_writer(struct gcv_context_local *local, struct gcv_context_site *site)
{
	const struct gcv_body *body = local->body;
	uint32_t at = node_at(local, site->call)->parent, target;

	while (at != GCV_NONE && node_at(local, at)->kind == GCV_NODE_CAST)
		at = node_at(local, at)->parent;
	if (at == GCV_NONE)
		return;
	if (node_at(local, at)->kind == GCV_NODE_VAR) {
		site->variable = node_at(local, at)->symbol;
		site->writer = at;
		return;
	}
	if (node_at(local, at)->kind != GCV_NODE_ASSIGN ||
	    node_at(local, at)->op != GCV_OP_ASSIGN || node_at(local, at)->nr_children != 2)
		return;
	target = gcv_expr_plain(body, node_at(local, at)->children[0]);
	if (!is_variable(body, target) || gcv_expr_contains(body, target, site->call))
		return;
	site->variable = node_at(local, target)->symbol;
	site->writer = at;
}

/*
 * A lock below what only passes it on: &, casts, and functions of one argument such as
 * spinlock_check() and ptlock_ptr(), which are there on one side of a pair only.
 */
static uint32_t plain_lock(const struct gcv_body *body, uint32_t node)
{
	for (;;) {
		const struct gcv_node *n = &body->nodes[node = gcv_expr_plain(body, node)];

		if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR)
			node = n->children[0];
		else if (n->kind == GCV_NODE_CALL && n->nr_children == 2)
			node = n->children[1];
		else
			return node;
	}
}

/* Only these two have an identity; the others are states of the processor. */
static bool has_lock(enum gcv_context context)
{
	return context == GCV_CONTEXT_SPINLOCK || context == GCV_CONTEXT_PAGE_LOCK;
}

/* The lock that is the result of the call: ptl = pmd_lock(mm, pmd). */
static uint32_t lock_of_result(const struct gcv_context_local *local,
			       const struct gcv_context_site *site)
{
	const struct gcv_node *writer;

	if (site->writer == GCV_NONE)
		return GCV_NONE;
	writer = node_at(local, site->writer);
	return writer->kind == GCV_NODE_ASSIGN ? gcv_expr_plain(local->body, writer->children[0])
					       : site->writer;
}

/* A VAR stands for the variable that it declares. */
static bool is_same_lock(const struct gcv_body *body, uint32_t a, uint32_t b)
{
	const struct gcv_node *x = &body->nodes[a], *y = &body->nodes[b];

	if (x->kind == GCV_NODE_VAR || y->kind == GCV_NODE_VAR)
		return x->symbol == y->symbol &&
		       (x->kind == GCV_NODE_VAR || x->kind == GCV_NODE_REF) &&
		       (y->kind == GCV_NODE_VAR || y->kind == GCV_NODE_REF);
	return gcv_expr_equal(body, a, b);
}

static void find_scope(const struct gcv_context_local *local, struct gcv_context_site *site)
{
	uint32_t at = site->writer;

	if (at == GCV_NONE || node_at(local, at)->kind != GCV_NODE_VAR)
		return;
	at = node_at(local, at)->parent; /* DECL */
	if (at != GCV_NONE)
		at = node_at(local, at)->parent; /* COMPOUND, or FOR of scoped_guard() */
	if (at == GCV_NONE)
		return;
	site->scope = at;
	site->scope_end = gcv_expr_end(local->body, at);
}

static void add_site(struct gcv_context_local *local, struct gcv_context_site site, bool is_scoped)
{
	uint32_t *nr = site.is_open ? &local->nr_open : &local->nr_close, i;
	uint32_t *bits = site.is_open ? local->open : local->close;
	struct gcv_context_site *moved;

	find_writer(local, &site);
	if (is_scoped)
		find_scope(local, &site);
	if (!has_lock(site.context))
		site.class = 0;
	else if (site.lock == GCV_NONE && site.is_open && site.when == GCV_CONTEXT_ALWAYS)
		site.lock = lock_of_result(local, &site);
	/* More sites than bits: the last ones share one. */
	site.bit = *nr < GCV_CONTEXT_MAX_SITES ? (*nr)++ : GCV_CONTEXT_MAX_SITES - 1;
	bits[site.bit] = local->nr_sites;
	if (local->nr_sites == local->cap_sites) {
		local->cap_sites = local->cap_sites ? local->cap_sites * 2 : 8;
		moved = gcv_arena_alloc(&local->arena, local->cap_sites * sizeof(*moved));
		for (i = 0; i < local->nr_sites; i++)
			moved[i] = local->sites[i];
		local->sites = moved;
	}
	local->sites[local->nr_sites++] = site;
}

static struct gcv_context_site new_site(uint32_t call, enum gcv_context context, bool is_open)
{
	return (struct gcv_context_site){ .call = call,
					  .context = context,
					  .is_open = is_open,
					  .lock = GCV_NONE,
					  .class = GCV_NONE,
					  .variable = GCV_NONE,
					  .writer = GCV_NONE,
					  .scope = GCV_NONE };
}

static enum gcv_context_when when_of(const char *result)
{
	if (!result)
		return GCV_CONTEXT_ALWAYS;
	return strcmp(result, "zero") == 0 ? GCV_CONTEXT_IF_ZERO : GCV_CONTEXT_IF_NOT_ZERO;
}

static void add_sleeping(struct gcv_context_local *local, uint32_t node)
{
	uint32_t *moved, i;

	if (local->nr_sleeping == local->cap_sleeping) {
		local->cap_sleeping = local->cap_sleeping ? local->cap_sleeping * 2 : 8;
		moved = gcv_arena_alloc(&local->arena, local->cap_sleeping * sizeof(*moved));
		for (i = 0; i < local->nr_sleeping; i++)
			moved[i] = local->sleeping[i];
		local->sleeping = moved;
	}
	local->sleeping[local->nr_sleeping++] = node;
}

/* The table tells what the call does. */
static void add_locks(struct gcv_context_local *local, const struct gcv_context_call *call)
{
	const struct gcv_node *node = node_at(local, call->node);
	const struct gcv_accessor_lock *lock;

	for (lock = call->lock; lock;
	     lock = gcv_accessor_lock_next(local->input->accessors, lock)) {
		struct gcv_context_site site = new_site(call->node, lock->context, lock->is_open);
		uint32_t arg = (uint32_t)lock->lock_arg;

		if (lock->is_open && !lock->result &&
		    (lock->context == GCV_CONTEXT_MAY_SLEEP ||
		     lock->context == GCV_CONTEXT_PAGE_LOCK))
			add_sleeping(local, call->node);
		if (lock->context == GCV_CONTEXT_MAY_SLEEP)
			continue;
		site.when = when_of(lock->result);
		if (lock->lock_arg >= 0 && arg + 1 < node->nr_children)
			site.lock = plain_lock(local->body, node->children[arg + 1]);
		add_site(local, site, lock->is_scoped);
	}
}

/* What all forms of the callee do together. */
static struct gcv_context_summary summary_of(const struct gcv_context_local *local,
					     const struct gcv_context_call *call)
{
	struct gcv_context_summary all = { .sleeps = call->nr_targets > 0 };
	uint32_t i, c, r;

	for (i = 0; i < call->nr_targets; i++) {
		const struct gcv_context_summary *one = &local->input->summaries[call->targets[i]];

		all.sleeps = all.sleeps && one->sleeps;
		all.may_open |= one->may_open;
		all.may_close |= one->may_close;
		all.param = i == 0 || all.param == one->param ? one->param : 0;
		all.param_is_true = one->param_is_true;
		for (c = 0; c < GCV_CONTEXTS; c++) {
			for (r = 0; r < 2; r++) {
				uint32_t opens = gcv_context_count(one->opens[r], c);
				uint32_t closes = gcv_context_count(one->closes[r], c);

				if (opens > gcv_context_count(all.opens[r], c))
					gcv_context_set_count(&all.opens[r], c, opens);
				if (closes > gcv_context_count(all.closes[r], c))
					gcv_context_set_count(&all.closes[r], c, closes);
			}
		}
	}
	return all;
}

static void add_counted(struct gcv_context_local *local, uint32_t call, const uint32_t *packed,
			uint32_t context, bool is_open)
{
	uint32_t zero = gcv_context_count(packed[0], context);
	uint32_t other = gcv_context_count(packed[1], context), i;

	for (i = 0; i < zero || i < other; i++) {
		struct gcv_context_site site = new_site(call, (enum gcv_context)context, is_open);

		site.is_derived = true;
		if (i >= zero)
			site.when = GCV_CONTEXT_IF_NOT_ZERO;
		else if (i >= other)
			site.when = GCV_CONTEXT_IF_ZERO;
		add_site(local, site, false);
	}
}

/* f2fs_put_page(page, 1): -1 where the argument says no, 1 for yes, 0 where it cannot be told. */
static int decided(const struct gcv_context_local *local, uint32_t call,
		   const struct gcv_context_summary *summary)
{
	const struct gcv_node *node = node_at(local, call);
	int64_t value;

	if (!summary->param || summary->param >= node->nr_children ||
	    !gcv_expr_int(local->body, node->children[summary->param], &value))
		return 0;
	return (value != 0) == summary->param_is_true ? 1 : -1;
}

static void add_soft(struct gcv_context_local *local, uint32_t call,
		     const struct gcv_context_summary *summary)
{
	uint32_t mask = (uint32_t)(summary->may_open | summary->may_close), c;
	int decision = mask ? decided(local, call, summary) : -1;

	for (c = 0; c < GCV_CONTEXTS && decision >= 0; c++) {
		bool is_open = summary->may_open >> c & 1;
		struct gcv_context_site site = new_site(call, (enum gcv_context)c, is_open);

		/* Where forms of the callee differ, one may do both. */
		if (!(mask >> c & 1) || (is_open && summary->may_close >> c & 1))
			continue;
		site.is_derived = true;
		site.is_soft = decision == 0;
		add_site(local, site, false);
	}
}

/* The callee's body tells what the call does. */
static void add_summary(struct gcv_context_local *local, const struct gcv_context_call *call)
{
	struct gcv_context_summary summary;
	uint32_t c;

	if (!call->is_direct || !call->nr_targets || call->nr_targets > GCV_CONTEXT_MAX_TARGETS)
		return;
	summary = summary_of(local, call);
	if (summary.sleeps)
		add_sleeping(local, call->node);
	add_soft(local, call->node, &summary);
	if (!summary.opens[0] && !summary.opens[1] && !summary.closes[0] && !summary.closes[1])
		return;
	for (c = 0; c < GCV_CONTEXTS; c++) {
		add_counted(local, call->node, summary.closes, c, false);
		add_counted(local, call->node, summary.opens, c, true);
	}
}

/* Does a soft site have a partner that nothing else in the function pairs with? */
static bool has_partner(const struct gcv_context_local *local, const struct gcv_context_site *site)
{
	uint32_t i;

	for (i = 0; i < local->nr_sites; i++) {
		const struct gcv_context_site *other = &local->sites[i];

		if (other->is_open != site->is_open && other->context == site->context &&
		    (other->is_derived || other->is_alone))
			return true;
	}
	return false;
}

/** MAX_NAMED - sites of a function whose locks are compared; those of the others are not known */
#define MAX_NAMED 512

static void find_classes(struct gcv_context_local *local)
{
	uint32_t i, k;

	for (i = 0; i < local->nr_sites; i++) {
		struct gcv_context_site *site = &local->sites[i];

		if (i >= MAX_NAMED && has_lock(site->context))
			site->lock = GCV_NONE;
		if (site->lock == GCV_NONE || !has_lock(site->context))
			continue;
		for (k = 0; k < i && site->class == GCV_NONE; k++)
			if (local->sites[k].lock != GCV_NONE &&
			    local->sites[k].context == site->context &&
			    is_same_lock(local->body, local->sites[k].lock, site->lock))
				site->class = local->sites[k].class;
		if (site->class == GCV_NONE)
			site->class = i;
	}
	for (i = 0; i < local->nr_sites; i++) {
		struct gcv_context_site *site = &local->sites[i];

		site->is_alone = true;
		for (k = 0; k < local->nr_sites && site->is_alone; k++)
			site->is_alone = local->sites[k].is_open == site->is_open ||
					 local->sites[k].context != site->context ||
					 local->sites[k].class != site->class;
	}
	for (i = 0; i < local->nr_sites; i++)
		local->sites[i].is_void = local->sites[i].is_soft &&
					  !has_partner(local, &local->sites[i]);
}

unsigned int gcv_context_fit(const struct gcv_context_site *open,
			     const struct gcv_context_site *close)
{
	if (open->context != close->context)
		return 3;
	/* What may close or not is told as the end of a lock only for what it may belong to. */
	if (close->is_soft && !open->is_derived && open->lock != GCV_NONE)
		return 3;
	if (open->class == GCV_NONE || close->class == GCV_NONE)
		return 1;
	if (open->class == close->class)
		return 0;
	return open->is_alone && close->is_alone ? 2 : 3;
}

void gcv_context_sites(struct gcv_context_local *local, const struct gcv_context_input *input,
		       const struct gcv_function *fn, struct gcv_context_call *calls,
		       uint32_t nr_calls)
{
	uint32_t i;

	*local = (struct gcv_context_local){
		.input = input, .fn = fn, .body = fn->body, .calls = calls, .nr_calls = nr_calls
	};
	for (i = 0; i < nr_calls; i++) {
		if (calls[i].lock)
			add_locks(local, &calls[i]);
		else
			add_summary(local, &calls[i]);
	}
	find_classes(local);
}

void gcv_context_local_release(struct gcv_context_local *local)
{
	gcv_arena_release(&local->arena);
}
