// SPDX-License-Identifier: GPL-2.0-only
#include "tree/solve.h"

#include <string.h>

#define SETTINGS_MAX 256
/* Macros looked up in all, so that hostile conditions cost a fraction of a second at most. */
#define WORK_MAX 4000000
/* Decisions on top of each other; each is a frame of the C stack. */
#define LEVELS_MAX    2000
#define CONSTANTS_MAX 32
#define VALUES_MAX    (4 + 3 * CONSTANTS_MAX)

/* What is still to be made true or false; lives on the C stack. */
struct goal {
	const struct gcv_condition *condition;
	bool want;
	const struct goal *next;
};

struct search {
	const struct gcv_valuation *base;
	struct gcv_arena *arena;
	struct gcv_setting settings[SETTINGS_MAX];
	struct gcv_assignment now;
	struct gcv_assignment best[GCV_SOLVE_ALTERNATIVES_MAX];
	uint32_t nr_best, max;
	uint64_t work;
	uint32_t levels;
	/* Ran out of room or time; tried some numbers of many. */
	bool gave_up, guessed;
};

static void satisfy(struct search *s, const struct goal *goals);

static struct gcv_value base_value(const struct search *s, const char *name)
{
	return s->base->lookup(s->base->ctx, name);
}

static bool same_value(struct gcv_value a, struct gcv_value b)
{
	return a.state == b.state && (a.state != GCV_VALUE_NUMBER || a.number == b.number);
}

static const struct gcv_setting *find_setting(const struct gcv_assignment *assignment,
					      const char *name)
{
	uint32_t i;

	for (i = 0; i < assignment->nr; i++)
		if (!strcmp(assignment->settings[i].name, name))
			return &assignment->settings[i];
	return NULL;
}

static void push(struct search *s, const char *name, struct gcv_value value, bool assumed)
{
	bool changed = !same_value(base_value(s, name), value);

	s->settings[s->now.nr++] = (struct gcv_setting){ name, value, changed, assumed };
	s->now.nr_changed += changed;
}

static bool is_defined(struct gcv_value value)
{
	return value.state == GCV_VALUE_NUMBER || value.state == GCV_VALUE_TEXT;
}

/* CONFIG_X for CONFIG_X_MODULE and the other way round; NULL where there is no other. */
static const char *counterpart(struct search *s, const char *name)
{
	size_t len = strlen(name);

	if (strncmp(name, "CONFIG_", 7))
		return NULL;
	if (len > 14 && !strcmp(name + len - 7, "_MODULE"))
		return gcv_arena_strndup(s->arena, name, len - 7);
	return gcv_arena_printf(s->arena, "%s_MODULE", name);
}

/* What is built in is no module: undefine the other one, or fail where it is taken. */
static bool exclude_counterpart(struct search *s, const char *name)
{
	const char *other = counterpart(s, name);
	const struct gcv_setting *setting;

	if (!other)
		return true;
	setting = find_setting(&s->now, other);
	if (setting)
		return !is_defined(setting->value);
	if (s->now.nr == SETTINGS_MAX)
		return false;
	if (base_value(s, other).state != GCV_VALUE_UNDEFINED)
		push(s, other, (struct gcv_value){ .state = GCV_VALUE_UNDEFINED }, false);
	return true;
}

static bool assign(struct search *s, const char *name, struct gcv_value value, bool assumed)
{
	const struct gcv_setting *setting = find_setting(&s->now, name);

	if (setting)
		return same_value(setting->value, value);
	if (s->now.nr == SETTINGS_MAX) {
		s->gave_up = true;
		return false;
	}
	push(s, name, value, assumed);
	return !is_defined(value) || exclude_counterpart(s, name);
}

/* Try one value for a macro, then the goals; all is as before afterwards. */
static void try_value(struct search *s, const char *name, struct gcv_value value, bool assumed,
		      const struct goal *goals)
{
	struct gcv_assignment before = s->now;

	if (assign(s, name, value, assumed))
		satisfy(s, goals);
	s->now = before;
}

static bool is_atom(const struct gcv_condition *node)
{
	return node->op == GCV_COND_VALUE || node->op == GCV_COND_DEFINED ||
	       node->op == GCV_COND_IS_ONE || node->op == GCV_COND_CALL;
}

/* The first macro in an expression that has no value yet. */
static const struct gcv_condition *free_atom(const struct search *s,
					     const struct gcv_condition *node)
{
	const struct gcv_condition *found = NULL;

	if (is_atom(node))
		return find_setting(&s->now, node->name) ? NULL : node;
	if (node->a)
		found = free_atom(s, node->a);
	if (!found && node->b)
		found = free_atom(s, node->b);
	if (!found && node->c)
		found = free_atom(s, node->c);
	return found;
}

/* Is the number behind a macro asked for in an expression, not only whether it is defined? */
static bool uses_number(const struct gcv_condition *node, const char *name)
{
	if (node->op == GCV_COND_VALUE || node->op == GCV_COND_CALL)
		return !strcmp(node->name, name);
	return (node->a && uses_number(node->a, name)) || (node->b && uses_number(node->b, name)) ||
	       (node->c && uses_number(node->c, name));
}

static uint32_t collect_constants(const struct gcv_condition *node, int64_t ret[CONSTANTS_MAX],
				  uint32_t nr)
{
	if (node->op == GCV_COND_NUMBER && nr < CONSTANTS_MAX)
		ret[nr++] = node->number;
	if (node->a)
		nr = collect_constants(node->a, ret, nr);
	if (node->b)
		nr = collect_constants(node->b, ret, nr);
	if (node->c)
		nr = collect_constants(node->c, ret, nr);
	return nr;
}

/* Is a number asked for that is the same in every configuration? */
static bool is_fixed(const struct goal *goals, const char *name, struct gcv_value base)
{
	for (; base.is_fixed && goals; goals = goals->next)
		if (uses_number(goals->condition, name))
			return true;
	return false;
}

/*
 * Values worth a try: what the base has, undefined, 1, 0, and for each constant that stands with
 * the macro in this or a later expression the constant itself and its neighbours, which is enough
 * for comparisons.
 */
static uint32_t candidates(struct search *s, const struct goal *goals,
			   const struct gcv_condition *atom, struct gcv_value ret[VALUES_MAX])
{
	struct gcv_value base = base_value(s, atom->name);
	int64_t constants[CONSTANTS_MAX];
	uint32_t nr = 0, nr_constants = 0, i;
	int step;

	if (base.state != GCV_VALUE_UNKNOWN)
		ret[nr++] = base;
	if (is_fixed(goals, atom->name, base))
		return nr;
	if (atom->op != GCV_COND_CALL)
		ret[nr++] = (struct gcv_value){ .state = GCV_VALUE_UNDEFINED };
	ret[nr++] = (struct gcv_value){ .state = GCV_VALUE_NUMBER, .number = 1 };
	/* Nobody defines a configuration symbol as 0. */
	if (strncmp(atom->name, "CONFIG_", 7))
		ret[nr++] = (struct gcv_value){ .state = GCV_VALUE_NUMBER };
	for (; goals; goals = goals->next) {
		s->work += goals->condition->size;
		if (uses_number(goals->condition, atom->name))
			nr_constants = collect_constants(goals->condition, constants, nr_constants);
	}
	s->guessed |= nr_constants > 0;
	for (i = 0; i < nr_constants; i++) {
		for (step = 0; step < 3; step++) {
			/* The constant, one above, one below. */
			int64_t value = step == 2 ? -1 : step;

			if (!__builtin_add_overflow(value, constants[i], &value))
				ret[nr++] = (struct gcv_value){ .state = GCV_VALUE_NUMBER,
								.number = value };
		}
	}
	return nr;
}

static bool tried_before(const struct gcv_value *values, uint32_t i)
{
	uint32_t k;

	for (k = 0; k < i; k++)
		if (same_value(values[k], values[i]))
			return true;
	return false;
}

/* An atom or arithmetic: give its first free macro one value after the other. */
static void satisfy_values(struct search *s, const struct goal *goals)
{
	const struct gcv_condition *atom = free_atom(s, goals->condition);
	struct gcv_value values[VALUES_MAX];
	uint32_t nr, i;

	if (!atom)
		return;
	nr = candidates(s, goals, atom, values);
	for (i = 0; i < nr; i++)
		if (!tried_before(values, i))
			try_value(s, atom->name, values[i], atom->op == GCV_COND_CALL, goals);
}

/* a && b true, a || b false: both. Otherwise either, what the base has so first. */
static void satisfy_logic(struct search *s, const struct goal *goals)
{
	const struct gcv_condition *node = goals->condition;
	struct goal second = { node->b, goals->want, goals->next };
	struct goal first = { node->a, goals->want, goals->next };
	struct gcv_assigned assigned = { &s->now, s->base };
	struct gcv_valuation with_base = { gcv_assigned_lookup, &assigned };
	enum gcv_truth wanted = goals->want ? GCV_TRUE : GCV_FALSE;

	if ((node->op == GCV_COND_AND) == goals->want) {
		first.next = &second;
		satisfy(s, &first);
	} else if (gcv_condition_eval(node->b, &with_base) == wanted) {
		satisfy(s, &second);
		satisfy(s, &first);
	} else {
		satisfy(s, &first);
		satisfy(s, &second);
	}
}

static void satisfy_choice(struct search *s, const struct goal *goals)
{
	const struct gcv_condition *node = goals->condition;
	struct goal then = { node->b, goals->want, goals->next };
	struct goal otherwise = { node->c, goals->want, goals->next };
	struct goal yes = { node->a, true, &then };
	struct goal no = { node->a, false, &otherwise };

	satisfy(s, &yes);
	satisfy(s, &no);
}

static void split(struct search *s, const struct goal *goals)
{
	struct goal inner = { goals->condition->a, !goals->want, goals->next };

	switch (goals->condition->op) {
	case GCV_COND_NOT:
		satisfy(s, &inner);
		break;
	case GCV_COND_AND:
	case GCV_COND_OR:
		satisfy_logic(s, goals);
		break;
	case GCV_COND_CHOOSE:
		satisfy_choice(s, goals);
		break;
	default:
		satisfy_values(s, goals);
	}
}

/* The same macros defined and undefined: another number is no alternative worth a parse. */
static bool same_shape(const struct gcv_assignment *a, const struct gcv_assignment *b)
{
	uint32_t i;

	if (a->nr != b->nr)
		return false;
	for (i = 0; i < a->nr; i++) {
		const struct gcv_setting *other = find_setting(b, a->settings[i].name);

		if (!other || is_defined(other->value) != is_defined(a->settings[i].value))
			return false;
		if (other->assumed && !same_value(other->value, a->settings[i].value))
			return false;
	}
	return true;
}

static bool is_better(const struct gcv_assignment *a, const struct gcv_assignment *b)
{
	if (a->nr_changed != b->nr_changed)
		return a->nr_changed < b->nr_changed;
	return a->nr < b->nr;
}

/* Where the present assignment goes among the best; max where it does not. */
static uint32_t find_rank(struct search *s)
{
	uint32_t i, rank;

	for (i = 0; i < s->nr_best; i++) {
		if (!same_shape(&s->best[i], &s->now))
			continue;
		if (!is_better(&s->now, &s->best[i]))
			return s->max;
		memmove(&s->best[i], &s->best[i + 1], (s->nr_best - i - 1) * sizeof(s->best[0]));
		s->nr_best--;
		break;
	}
	for (rank = s->nr_best; rank && is_better(&s->now, &s->best[rank - 1]); rank--)
		;
	return rank;
}

static void record(struct search *s)
{
	uint32_t rank = find_rank(s);
	struct gcv_setting *copy;

	if (rank >= s->max)
		return;
	s->nr_best += s->nr_best < s->max;
	memmove(&s->best[rank + 1], &s->best[rank], (s->nr_best - rank - 1) * sizeof(s->best[0]));
	copy = gcv_arena_alloc(s->arena, s->now.nr * sizeof(*copy));
	memcpy(copy, s->settings, s->now.nr * sizeof(*copy));
	s->best[rank] = (struct gcv_assignment){ copy, s->now.nr, s->now.nr_changed };
}

static void satisfy(struct search *s, const struct goal *goals)
{
	struct gcv_assigned assigned = { &s->now, NULL };
	struct gcv_valuation decided = { gcv_assigned_lookup, &assigned };
	enum gcv_truth truth = GCV_TRUE;

	if (s->nr_best == s->max && s->now.nr_changed > s->best[s->max - 1].nr_changed)
		return;
	if (++s->work > WORK_MAX || s->levels == LEVELS_MAX) {
		s->gave_up = true;
		return;
	}
	/* Pass over what the values chosen so far bring about already. */
	for (; goals; goals = goals->next) {
		s->work += (uint64_t)goals->condition->size * (1 + s->now.nr / 8);
		truth = gcv_condition_eval(goals->condition, &decided);
		if (truth == GCV_UNKNOWN)
			break;
		if ((truth == GCV_TRUE) != goals->want)
			return;
	}
	s->levels++;
	if (goals)
		split(s, goals);
	else
		record(s);
	s->levels--;
}

/* Solve links @from up to @to (exclusive). */
static void run(struct search *s, const struct gcv_chain *chain, uint32_t from, uint32_t to,
		uint32_t max)
{
	struct goal goals[GCV_CHAIN_MAX];
	uint32_t i;

	s->now = (struct gcv_assignment){ s->settings, 0, 0 };
	s->nr_best = s->levels = 0;
	s->max = max;
	s->gave_up = s->guessed = false;
	for (i = from; i < to; i++)
		goals[i] = (struct goal){ chain->links[i].condition, chain->links[i].want,
					  i + 1 < to ? &goals[i + 1] : NULL };
	satisfy(s, from < to ? &goals[from] : NULL);
}

static enum gcv_status contradiction(const struct search *s, const struct gcv_lexed *lexed,
				     const struct gcv_chain_link *link, const char *how,
				     struct gcv_err *err)
{
	const struct gcv_lex_branch *branch = &lexed->branches[link->branch];
	const char *text = gcv_branch_text(branch, s->arena), *truth;

	truth = link->want ? "true" : "false";
	if (s->guessed)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "line %u: no values found that make '%.200s' %s%s", branch->line,
				   text, truth, how);
	return gcv_err_set(err, GCV_ERR_NOT_FOUND, "line %u: '%.200s' cannot be %s%s", branch->line,
			   text, truth, how);
}

/* Name the condition that is to blame: one that never holds, else the first that does not fit. */
static enum gcv_status explain(struct search *s, const struct gcv_lexed *lexed,
			       const struct gcv_chain *chain, struct gcv_err *err)
{
	uint32_t i;

	for (i = 0; i < chain->nr; i++) {
		run(s, chain, i, i + 1, 1);
		if (!s->nr_best && !s->gave_up)
			return contradiction(s, lexed, &chain->links[i], "", err);
	}
	for (i = 1; i < chain->nr; i++) {
		run(s, chain, 0, i, 1);
		if (!s->nr_best && !s->gave_up)
			break;
	}
	return contradiction(s, lexed, &chain->links[i - 1],
			     " together with the conditions before it", err);
}

enum gcv_status gcv_condition_solve(const struct gcv_lexed *lexed, int32_t branch,
				    const struct gcv_valuation *base, uint32_t max,
				    struct gcv_arena *arena, struct gcv_assignment **ret,
				    uint32_t *ret_nr, struct gcv_err *err)
{
	GCV_AUTOFREE struct search *s = gcv_zalloc(1, sizeof(*s));
	struct gcv_chain chain;
	enum gcv_status status;

	status = gcv_chain_of(lexed, branch, arena, &chain, err);
	if (status != GCV_OK)
		return status;
	s->base = base;
	s->arena = arena;
	max = max ? max : 1;
	run(s, &chain, 0, chain.nr,
	    max < GCV_SOLVE_ALTERNATIVES_MAX ? max : GCV_SOLVE_ALTERNATIVES_MAX);
	if (!s->nr_best && s->gave_up)
		return gcv_err_set(err, GCV_ERR_LIMIT,
				   "line %u: the conditions around it are too entangled",
				   lexed->branches[branch].line);
	if (!s->nr_best)
		return explain(s, lexed, &chain, err);
	*ret = gcv_arena_alloc(arena, s->nr_best * sizeof(**ret));
	memcpy(*ret, s->best, s->nr_best * sizeof(**ret));
	*ret_nr = s->nr_best;
	return GCV_OK;
}
