// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_local.h"

#include "flow/expr.h"

#define BIT(nr) ((uint64_t)1 << (nr))

static const struct gcv_context_site *open_at(const struct gcv_context_local *local, uint32_t bit)
{
	return &local->sites[local->open[bit]];
}

/* The open site that a close ends: the best fit, and of these the latest. */
static const struct gcv_context_site *find_open(const struct gcv_context_local *local, uint64_t may,
						const struct gcv_context_site *close)
{
	const struct gcv_context_site *found = NULL;
	unsigned int best = 3;

	for (; may; may &= may - 1) {
		const struct gcv_context_site *open =
			open_at(local, (uint32_t)__builtin_ctzll(may));
		unsigned int fit = gcv_context_fit(open, close);

		if (fit == 3 || fit > best || (fit == best && open->order < found->order))
			continue;
		best = fit;
		found = open;
	}
	return found;
}

static void close_site(struct gcv_context_local *local, struct gcv_context_state *state,
		       const struct gcv_context_site *close)
{
	const struct gcv_context_site *open = find_open(local, state->may, close);
	uint64_t rest, ended;

	if (!open) {
		state->may_drop |= BIT(close->bit);
		if (!close->is_soft)
			state->must_drop |= BIT(close->bit);
		local->has_drops |= (GCV_CONTEXT_ATOMIC >> close->context & 1) != 0;
		return;
	}
	/* What is closed was open; then what is never open together with it was not. */
	ended = BIT(open->bit);
	for (rest = state->may & ~open->together; rest; rest &= rest - 1) {
		const struct gcv_context_site *other =
			open_at(local, (uint32_t)__builtin_ctzll(rest));

		if (other->context == open->context)
			ended |= BIT(other->bit);
	}
	state->may &= ~ended;
	state->must &= ~ended;
}

/* Taking again what was dropped of the caller's leads back to the state at the entry. */
static bool is_taken_back(const struct gcv_context_local *local, struct gcv_context_state *state,
			  const struct gcv_context_site *open)
{
	const struct gcv_context_site *found = NULL;
	uint64_t drops;

	for (drops = state->must_drop; drops; drops &= drops - 1) {
		const struct gcv_context_site *close =
			&local->sites[local->close[__builtin_ctzll(drops)]];

		if (gcv_context_fit(open, close) <= 1 && (!found || close->order > found->order))
			found = close;
	}
	if (!found)
		return false;
	state->may_drop &= ~BIT(found->bit);
	state->must_drop &= ~BIT(found->bit);
	return true;
}

/* Sites that share a bit share what the last of them has. */
static void set_together(struct gcv_context_local *local, const struct gcv_context_site *open,
			 uint64_t others)
{
	uint64_t *together = &local->sites[local->open[open->bit]].together;

	others &= ~BIT(open->bit);
	local->is_grown |= (others & ~*together) != 0;
	*together |= others;
	for (; others; others &= others - 1)
		local->sites[local->open[__builtin_ctzll(others)]].together |= BIT(open->bit);
}

static void open_site(struct gcv_context_local *local, struct gcv_context_state *state,
		      const struct gcv_context_site *open)
{
	set_together(local, open, state->may);
	if (is_taken_back(local, state, open)) {
		state->may &= ~BIT(open->bit);
		state->must &= ~BIT(open->bit);
		return;
	}
	state->may |= BIT(open->bit);
	state->must |= BIT(open->bit);
}

void gcv_context_apply(struct gcv_context_local *local, struct gcv_context_state *state,
		       uint32_t at, bool is_met)
{
	const struct gcv_context_site *site = &local->sites[at];

	if (site->is_open && is_met) {
		open_site(local, state, site);
	} else if (site->is_open) {
		state->may &= ~BIT(site->bit);
		state->must &= ~BIT(site->bit);
	} else if (is_met) {
		close_site(local, state, site);
	}
}

static void do_call(struct gcv_context_local *local, struct gcv_context_state *state, uint32_t call)
{
	uint32_t mark = local->marks[call], at = (mark & ~GCV_CONTEXT_MARK_SLEEPS) - 1;

	if (mark & GCV_CONTEXT_MARK_SLEEPS) {
		/* It may sleep here, so what would forbid it is not open on the way here. */
		state->may &= ~local->atomic | state->must;
		if (!(state->may & local->atomic))
			state->slept = true;
	}
	if (!(mark & ~GCV_CONTEXT_MARK_SLEEPS))
		return;
	for (; at < local->nr_sites && local->sites[at].call == call; at++) {
		const struct gcv_context_site *site = &local->sites[at];

		if (site->is_void) {
			continue;
		} else if (site->is_soft && site->is_open) {
			set_together(local, site, state->may);
			state->may |= BIT(site->bit);
		} else if (site->when == GCV_CONTEXT_ALWAYS && site->is_open)
			open_site(local, state, site);
		else if (site->when == GCV_CONTEXT_ALWAYS)
			close_site(local, state, site);
		else if (site->is_open) {
			set_together(local, site, state->may);
			state->may |= BIT(site->bit);
		}
	}
}

/* A variable that holds a result gets a value. */
static void do_write(const struct gcv_context_local *local, struct gcv_context_state *state,
		     uint32_t node)
{
	const struct gcv_node *n = &local->body->nodes[node];
	uint32_t target, symbol = n->symbol;
	uint64_t rest;

	if (n->kind != GCV_NODE_VAR) {
		if (!n->nr_children)
			return;
		target = gcv_expr_plain(local->body, n->children[0]);
		if (local->body->nodes[target].kind != GCV_NODE_REF)
			return;
		symbol = local->body->nodes[target].symbol;
	}
	if (symbol == GCV_NONE)
		return;
	for (rest = local->watched[symbol]; rest; rest &= rest - 1) {
		uint32_t at = (uint32_t)__builtin_ctzll(rest);

		if (local->sites[at].writer == node)
			state->fresh |= BIT(at);
		else if (gcv_expr_is_write(local->body, node, symbol))
			state->fresh &= ~BIT(at);
	}
}

static void end_scopes(const struct gcv_context_local *local, struct gcv_context_state *state,
		       uint32_t node)
{
	uint64_t rest;

	for (rest = state->may & local->scoped; rest; rest &= rest - 1) {
		const struct gcv_context_site *open =
			open_at(local, (uint32_t)__builtin_ctzll(rest));

		if (node >= open->scope && node < open->scope_end)
			continue;
		state->may &= ~BIT(open->bit);
		state->must &= ~BIT(open->bit);
	}
}

void gcv_context_step(struct gcv_context_local *local, struct gcv_context_state *state,
		      uint32_t node)
{
	const struct gcv_node *n = &local->body->nodes[node];

	if (state->may & local->scoped)
		end_scopes(local, state, node);
	if (n->kind == GCV_NODE_CALL && local->marks[node])
		do_call(local, state, node);
	else if (n->kind == GCV_NODE_VAR || n->kind == GCV_NODE_ASSIGN || n->kind == GCV_NODE_UNARY)
		do_write(local, state, node);
}

void gcv_context_follow(struct gcv_context_local *local, struct gcv_context_state *state,
			uint32_t edge)
{
	uint32_t at;

	for (at = local->first_result[edge]; at != GCV_NONE; at = local->results[at].next) {
		const struct gcv_context_result *result = &local->results[at];

		if (result->is_direct || (result->site < 64 && state->fresh & BIT(result->site)))
			gcv_context_apply(local, state, result->site, result->is_met);
	}
	state->may &= ~local->kills[edge];
	state->must &= state->may;
	if (local->cfg.edges[edge].to == local->cfg.exit) {
		state->may &= ~local->scoped;
		state->must &= ~local->scoped;
	}
}

/* Return: the state became larger. */
static bool join(struct gcv_context_state *to, const struct gcv_context_state *from)
{
	struct gcv_context_state old = *to;

	if (!to->is_set) {
		*to = *from;
		to->is_set = true;
		return true;
	}
	to->may |= from->may;
	to->may_drop |= from->may_drop;
	to->must &= from->must;
	to->must_drop &= from->must_drop;
	to->fresh &= from->fresh;
	to->slept = to->slept && from->slept;
	return to->may != old.may || to->may_drop != old.may_drop || to->must != old.must ||
	       to->must_drop != old.must_drop || to->fresh != old.fresh || to->slept != old.slept;
}

/* Return: a state at the begin of another block changed. */
static bool do_block(struct gcv_context_local *local, uint32_t block)
{
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];
	struct gcv_context_state state = local->in[block], out;
	bool is_changed = false;
	uint32_t i;

	for (i = 0; i < b->nr_nodes; i++)
		gcv_context_step(local, &state, b->nodes[i]);
	for (i = 0; i < b->nr_out; i++) {
		out = state;
		gcv_context_follow(local, &out, b->out[i]);
		is_changed |= join(&local->in[local->cfg.edges[b->out[i]].to], &out);
	}
	return is_changed;
}

/* States only grow, so this ends. */
static void do_blocks(struct gcv_context_local *local)
{
	bool is_changed = true;
	uint32_t i;

	local->in = gcv_arena_alloc(&local->arena, local->cfg.nr_blocks * sizeof(*local->in));
	local->in[0].is_set = true;
	while (is_changed) {
		local->is_grown = false;
		is_changed = false;
		for (i = 0; i < local->cfg.nr_order; i++)
			is_changed |= do_block(local, local->cfg.order[i]);
		is_changed |= local->is_grown;
	}
}

static bool is_sleeping_in(const struct gcv_context_local *local, uint32_t block)
{
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];
	uint32_t i;

	for (i = 0; i < b->nr_nodes; i++)
		if (local->marks[b->nodes[i]] & GCV_CONTEXT_MARK_SLEEPS)
			return true;
	return false;
}

/* All paths from the end of a block sleep; what does not return is no path. */
static void find_slept_after(struct gcv_context_local *local)
{
	const struct gcv_cfg *cfg = &local->cfg;
	bool is_changed = local->nr_sleeping > 0;
	uint32_t i, k;

	local->slept_after = gcv_arena_alloc(&local->arena, cfg->nr_blocks);
	for (i = 0; i < cfg->nr_blocks && local->nr_sleeping; i++)
		local->slept_after[i] = i != cfg->exit;
	while (is_changed) {
		is_changed = false;
		for (i = cfg->nr_order; i-- > 0;) {
			uint32_t block = cfg->order[i];
			bool all = local->slept_after[block];

			for (k = 0; k < cfg->blocks[block].nr_out && all; k++) {
				uint32_t to = cfg->edges[cfg->blocks[block].out[k]].to;

				all = local->slept_after[to] || is_sleeping_in(local, to);
			}
			is_changed |= all != local->slept_after[block];
			local->slept_after[block] = all;
		}
	}
}

/* Number the sites as they are evaluated. */
static void find_order(struct gcv_context_local *local)
{
	const struct gcv_cfg *cfg = &local->cfg;
	uint32_t order = 0, i, k, at;

	for (i = 0; i < cfg->nr_order; i++) {
		const struct gcv_cfg_block *b = &cfg->blocks[cfg->order[i]];

		for (k = 0; k < b->nr_nodes; k++) {
			at = (local->marks[b->nodes[k]] & ~GCV_CONTEXT_MARK_SLEEPS) - 1;
			for (; at < local->nr_sites && local->sites[at].call == b->nodes[k]; at++)
				local->sites[at].order = ++order;
		}
	}
}

static void set_marks(struct gcv_context_local *local)
{
	const struct gcv_body *body = local->body;
	uint32_t i;

	local->marks = gcv_arena_alloc(&local->arena, body->nr_nodes * sizeof(*local->marks));
	local->watched =
		gcv_arena_alloc(&local->arena, (body->nr_symbols + 1) * sizeof(*local->watched));
	for (i = local->nr_sites; i-- > 0;) {
		const struct gcv_context_site *site = &local->sites[i];

		local->marks[site->call] = i + 1;
		if (site->when != GCV_CONTEXT_ALWAYS && site->variable != GCV_NONE && i < 64)
			local->watched[site->variable] |= BIT(i);
		if (site->is_open && site->scope != GCV_NONE)
			local->scoped |= BIT(site->bit);
		if (site->is_open && GCV_CONTEXT_ATOMIC >> site->context & 1)
			local->atomic |= BIT(site->bit);
	}
	for (i = 0; i < local->nr_sleeping; i++)
		local->marks[local->sleeping[i]] |= GCV_CONTEXT_MARK_SLEEPS;
}

void gcv_context_solve(struct gcv_context_local *local)
{
	gcv_cfg_build(local->body, &local->arena, &local->cfg);
	set_marks(local);
	find_order(local);
	gcv_context_edges(local);
	do_blocks(local);
	find_slept_after(local);
}
