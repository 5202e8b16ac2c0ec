// SPDX-License-Identifier: GPL-2.0-only
#include "parse/kconfig.h"
#include "parse/kconfig_model.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Conditions that contradict each other in a circle never settle; real trees need six. */
#define PASSES_MAX 12

struct state {
	bool on, selected, implied, is_winner;
	enum gcv_kc_policy policy;
	const char *text;
};

struct gcv_kconfig {
	struct gcv_kc_model *model;
	bool owns_model;
	struct gcv_arena arena;
	struct state *states;
	uint32_t nr;
	struct gcv_config_value *values;
	size_t values_nr, values_cap;
};

static const char *leaf_text(const struct gcv_kconfig *kc, const struct gcv_kc_expr *e)
{
	const struct gcv_kc_symbol *symbol;

	if (e->op == GCV_KC_TEXT)
		return e->text;
	if (e->op != GCV_KC_SYMBOL)
		return "";
	symbol = &kc->model->symbols[e->symbol];
	if (!symbol->entries)
		return gcv_intern_str(&kc->model->names, e->symbol);
	if (symbol->type >= GCV_KC_INT)
		return kc->states[e->symbol].text ? kc->states[e->symbol].text : "";
	return kc->states[e->symbol].on ? "y" : "n";
}

static bool parse_number(const char *text, long long *ret)
{
	char *end;

	*ret = (long long)strtoull(text, &end, 0);
	return end != text && !*end;
}

static bool compare(const struct gcv_kconfig *kc, const struct gcv_kc_expr *e)
{
	const char *a = leaf_text(kc, e->left), *b = leaf_text(kc, e->right);
	long long x, y;
	bool numbers = parse_number(a, &x) && parse_number(b, &y);
	int order = numbers ? (x > y) - (x < y) : strcmp(a, b);

	switch (e->op) {
	case GCV_KC_EQ:
		return order == 0;
	case GCV_KC_NE:
		return order != 0;
	case GCV_KC_LT:
		return numbers && order < 0;
	case GCV_KC_GT:
		return numbers && order > 0;
	case GCV_KC_LE:
		return numbers && order <= 0;
	default:
		return numbers && order >= 0;
	}
}

/* Modules count as built in: m is y. The depth of @e is bounded by GCV_KC_DEPTH_MAX. */
static bool holds(const struct gcv_kconfig *kc, const struct gcv_kc_expr *e)
{
	if (!e)
		return true;
	switch (e->op) {
	case GCV_KC_SYMBOL:
		return kc->states[e->symbol].on;
	case GCV_KC_TEXT:
		return strcmp(e->text, "y") == 0 || strcmp(e->text, "m") == 0;
	case GCV_KC_NOT:
		return !holds(kc, e->left);
	case GCV_KC_AND:
		return holds(kc, e->left) && holds(kc, e->right);
	case GCV_KC_OR:
		return holds(kc, e->left) || holds(kc, e->right);
	default:
		return compare(kc, e);
	}
}

static void mark_selected(struct gcv_kconfig *kc)
{
	const struct gcv_kc_entry *entry;
	const struct gcv_kc_select *sel;
	uint32_t i;

	for (i = 0; i < kc->nr; i++)
		kc->states[i].selected = kc->states[i].implied = false;
	for (i = 0; i < kc->nr; i++) {
		if (!kc->states[i].on)
			continue;
		for (entry = kc->model->symbols[i].entries; entry; entry = entry->next) {
			for (sel = entry->selects; sel; sel = sel->next) {
				if (!holds(kc, sel->cond))
					continue;
				if (sel->is_weak)
					kc->states[sel->target].implied = true;
				else
					kc->states[sel->target].selected = true;
			}
		}
	}
}

static bool is_visible(const struct gcv_kconfig *kc, uint32_t id)
{
	const struct gcv_kc_entry *entry;

	for (entry = kc->model->symbols[id].entries; entry; entry = entry->next)
		if (entry->has_prompt && holds(kc, entry->dep) && holds(kc, entry->prompt_cond))
			return true;
	return false;
}

/* Forced on, else the first default that can be had, else the first member that can. */
static void decide_choice(struct gcv_kconfig *kc, const struct gcv_kc_choice *choice)
{
	const struct gcv_kc_member *m;
	const struct gcv_kc_default *def;
	uint32_t winner = GCV_INTERN_NONE, first = GCV_INTERN_NONE;

	for (m = choice->members; m; m = m->next) {
		kc->states[m->symbol].is_winner = false;
		if (kc->states[m->symbol].policy == GCV_KC_OFF || !is_visible(kc, m->symbol))
			continue;
		if (first == GCV_INTERN_NONE)
			first = m->symbol;
		if (kc->states[m->symbol].policy == GCV_KC_ON)
			winner = m->symbol;
	}
	for (def = choice->defaults; def && winner == GCV_INTERN_NONE; def = def->next) {
		if (def->value->op != GCV_KC_SYMBOL || !holds(kc, def->cond))
			continue;
		for (m = choice->members; m; m = m->next)
			if (m->symbol == def->value->symbol && is_visible(kc, m->symbol) &&
			    kc->states[m->symbol].policy != GCV_KC_OFF)
				winner = m->symbol;
	}
	if (winner == GCV_INTERN_NONE)
		winner = first;
	if (winner != GCV_INTERN_NONE && holds(kc, choice->dep))
		kc->states[winner].is_winner = true;
}

/* The first default whose conditions hold; NULL where none does. */
static const struct gcv_kc_expr *find_default(const struct gcv_kconfig *kc, uint32_t id)
{
	const struct gcv_kc_entry *entry;
	const struct gcv_kc_default *def;

	for (entry = kc->model->symbols[id].entries; entry; entry = entry->next) {
		if (!entry->defaults || !holds(kc, entry->dep))
			continue;
		for (def = entry->defaults; def; def = def->next)
			if (holds(kc, def->cond))
				return def->value;
	}
	return NULL;
}

static bool is_reachable(const struct gcv_kconfig *kc, uint32_t id)
{
	const struct gcv_kc_entry *entry;

	for (entry = kc->model->symbols[id].entries; entry; entry = entry->next)
		if (holds(kc, entry->dep))
			return true;
	return false;
}

static bool decide_bool(const struct gcv_kconfig *kc, uint32_t id)
{
	const struct state *state = &kc->states[id];
	const struct gcv_kc_expr *value;

	if (state->policy == GCV_KC_OFF)
		return false;
	if (state->policy == GCV_KC_ON || state->policy == GCV_KC_FORCED)
		return true;
	if (state->policy == GCV_KC_WANTED && is_reachable(kc, id))
		return true;
	if (kc->model->symbols[id].choice)
		return state->is_winner;
	if (state->selected || is_visible(kc, id))
		return true;
	if (state->implied && is_reachable(kc, id))
		return true;
	value = find_default(kc, id);
	return value && holds(kc, value);
}

/* Keep a number within the range that holds; source: scripts/kconfig/symbol.c. */
static const char *limit_number(const struct gcv_kconfig *kc, uint32_t id, const char *text)
{
	const struct gcv_kc_entry *entry;
	const struct gcv_kc_range *range;
	long long value, low, high;

	for (entry = kc->model->symbols[id].entries; entry; entry = entry->next) {
		for (range = entry->ranges; range; range = range->next) {
			if (!holds(kc, entry->dep) || !holds(kc, range->cond))
				continue;
			if (!parse_number(text, &value) ||
			    !parse_number(leaf_text(kc, range->low), &low) ||
			    !parse_number(leaf_text(kc, range->high), &high))
				return text;
			if (value < low)
				return leaf_text(kc, range->low);
			return value > high ? leaf_text(kc, range->high) : text;
		}
	}
	return text;
}

static const char *decide_text(const struct gcv_kconfig *kc, uint32_t id)
{
	const struct gcv_kc_expr *value;
	const char *text = kc->model->symbols[id].type == GCV_KC_STRING ? "" : "0";

	if (kc->states[id].policy == GCV_KC_FORCED)
		return kc->states[id].text;
	if (kc->states[id].policy == GCV_KC_OFF || !is_reachable(kc, id))
		return NULL;
	value = find_default(kc, id);
	if (value)
		text = leaf_text(kc, value);
	return kc->model->symbols[id].type == GCV_KC_STRING ? text : limit_number(kc, id, text);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool evaluate_pass(struct gcv_kconfig *kc)
{
	const struct gcv_kc_choice *choice;
	bool changed = false, on;
	const char *text;
	uint32_t i;

	mark_selected(kc);
	for (choice = kc->model->choices; choice; choice = choice->next)
		decide_choice(kc, choice);
	for (i = 0; i < kc->nr; i++) {
		if (!kc->model->symbols[i].entries)
			continue;
		if (kc->model->symbols[i].type >= GCV_KC_INT) {
			text = decide_text(kc, i);
			changed |= !same_text(text, kc->states[i].text);
			kc->states[i].text = text;
		} else {
			on = decide_bool(kc, i);
			changed |= on != kc->states[i].on;
			kc->states[i].on = on;
		}
	}
	return changed;
}

static void add_value(struct gcv_kconfig *kc, const char *name, const char *value,
		      enum gcv_config_kind kind)
{
	GCV_GROW(kc->values, kc->values_nr, kc->values_cap);
	kc->values[kc->values_nr++] = (struct gcv_config_value){ name, value, kind };
}

static int by_name(const void *a, const void *b)
{
	const struct gcv_config_value *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void sort_values(struct gcv_kconfig *kc)
{
	if (kc->values_nr)
		qsort(kc->values, kc->values_nr, sizeof(*kc->values), by_name);
}

static void add_number(struct gcv_kconfig *kc, const char *name, const char *text, bool is_hex)
{
	long long number;

	if (!parse_number(text, &number)) {
		/* "default ff" of a hex symbol is written with the prefix. */
		text = gcv_arena_printf(&kc->arena, "0x%s", text);
		if (!is_hex || !parse_number(text, &number))
			return;
	} else if (is_hex && strncmp(text, "0x", 2) != 0 && strncmp(text, "0X", 2) != 0) {
		text = gcv_arena_printf(&kc->arena, "0x%s", text);
	}
	add_value(kc, name, text, GCV_CONFIG_NUMBER);
}

static void collect_values(struct gcv_kconfig *kc)
{
	const struct gcv_kc_symbol *symbol;
	const char *name;
	uint32_t i;

	for (i = 0; i < kc->nr; i++) {
		symbol = &kc->model->symbols[i];
		if (!symbol->entries)
			continue;
		name = gcv_intern_str(&kc->model->names, i);
		if (symbol->type < GCV_KC_INT) {
			if (kc->states[i].on)
				add_value(kc, name, "y", GCV_CONFIG_YES);
		} else if (!kc->states[i].text) {
			continue;
		} else if (symbol->type == GCV_KC_STRING) {
			add_value(kc, name, kc->states[i].text, GCV_CONFIG_STRING);
		} else {
			add_number(kc, name, kc->states[i].text, symbol->type == GCV_KC_HEX);
		}
	}
	sort_values(kc);
}

static void apply_policy(void *ctx, const char *name, enum gcv_kc_policy policy, const char *value)
{
	struct gcv_kconfig *kc = ctx;
	uint32_t id = gcv_intern_find(&kc->model->names, name, strlen(name));

	if (id == GCV_INTERN_NONE || id >= kc->nr)
		return;
	kc->states[id].policy = policy;
	if (policy == GCV_KC_FORCED)
		kc->states[id].text = value;
}

static void add_minimum(void *ctx, const char *name, const char *value)
{
	add_value(ctx, name, value, strcmp(value, "y") == 0 ? GCV_CONFIG_YES : GCV_CONFIG_NUMBER);
}

static struct gcv_kconfig *new_state(struct gcv_kc_model *model, bool owns_model)
{
	struct gcv_kconfig *kc = gcv_zalloc(1, sizeof(*kc));

	kc->model = model;
	kc->owns_model = owns_model;
	kc->nr = model->names.nr;
	kc->states = gcv_zalloc(kc->nr, sizeof(*kc->states));
	gcv_kc_policy_each(apply_policy, kc);
	return kc;
}

static void evaluate(struct gcv_kconfig *kc)
{
	unsigned int pass;

	for (pass = 0; pass < PASSES_MAX && evaluate_pass(kc); pass++)
		;
	collect_values(kc);
	if (!kc->model->files_nr) {
		gcv_kc_minimum_each(kc->model->arch, add_minimum, kc);
		sort_values(kc);
	}
}

enum gcv_status gcv_kconfig_new(const struct gcv_tree *tree, const char *arch,
				struct gcv_kconfig **ret, struct gcv_err *err)
{
	struct gcv_kc_model *model;

	if (!*arch || *arch == '.' || strlen(arch) > 32 || strpbrk(arch, "/ \t\n$()"))
		return gcv_err_set(err, GCV_ERR_USAGE, "'%s' is no architecture", arch);
	model = gcv_zalloc(1, sizeof(*model));
	model->tree = tree;
	model->arch = gcv_arena_strdup(&model->arena, arch);
	gcv_kc_read(model);
	model->tree = NULL;
	*ret = new_state(model, true);
	evaluate(*ret);
	return GCV_OK;
}

static const char *bare_name(const char *name)
{
	return strncmp(name, "CONFIG_", 7) == 0 ? name + 7 : name;
}

static bool is_off(const char *value)
{
	return !value || strcmp(value, "n") == 0;
}

static bool is_yes(const char *value)
{
	return strcmp(value, "y") == 0 || strcmp(value, "m") == 0;
}

/* Put @setting into the results whatever the evaluation says. */
static void force_value(struct gcv_kconfig *kc, const char *name, const char *value)
{
	struct gcv_config_value key = { name, NULL, GCV_CONFIG_YES };
	struct gcv_config_value *found;
	enum gcv_config_kind kind;
	long long number;

	found = kc->values_nr ? bsearch(&key, kc->values, kc->values_nr, sizeof(key), by_name)
			      : NULL;
	if (is_off(value)) {
		if (found) {
			memmove(found, found + 1,
				(size_t)(kc->values + kc->values_nr - found - 1) * sizeof(*found));
			kc->values_nr--;
		}
		return;
	}
	kind = is_yes(value)		      ? GCV_CONFIG_YES
	       : parse_number(value, &number) ? GCV_CONFIG_NUMBER
					      : GCV_CONFIG_STRING;
	value = kind == GCV_CONFIG_YES ? "y" : gcv_arena_strdup(&kc->arena, value);
	if (found) {
		found->value = value;
		found->kind = kind;
		return;
	}
	add_value(kc, gcv_arena_strdup(&kc->arena, name), value, kind);
	sort_values(kc);
}

static void wish(struct gcv_kconfig *kc, const char *name, const char *value)
{
	uint32_t id = gcv_intern_find(&kc->model->names, name, strlen(name));
	struct state *state;

	if (id == GCV_INTERN_NONE || id >= kc->nr)
		return;
	state = &kc->states[id];
	if (is_off(value)) {
		state->policy = GCV_KC_OFF;
	} else if (kc->model->symbols[id].type >= GCV_KC_INT) {
		state->policy = GCV_KC_FORCED;
		state->text = gcv_arena_strdup(&kc->arena, value);
	} else {
		state->policy = GCV_KC_ON;
	}
}

struct gcv_kconfig *gcv_kconfig_override(const struct gcv_kconfig *base,
					 const struct gcv_config_setting *settings, size_t nr)
{
	struct gcv_kconfig *kc = new_state(base->model, false);
	size_t i;

	for (i = 0; i < nr; i++)
		wish(kc, bare_name(settings[i].name), settings[i].value);
	evaluate(kc);
	for (i = 0; i < nr; i++)
		force_value(kc, bare_name(settings[i].name), settings[i].value);
	return kc;
}

static const struct gcv_config_value *find_value(const struct gcv_kconfig *kc, const char *name)
{
	struct gcv_config_value key = { name, NULL, GCV_CONFIG_YES };

	if (!kc->values_nr)
		return NULL;
	return bsearch(&key, kc->values, kc->values_nr, sizeof(key), by_name);
}

const char *gcv_kconfig_value(const struct gcv_kconfig *kc, const char *name)
{
	const struct gcv_config_value *value = find_value(kc, name);

	return value ? value->value : NULL;
}

bool gcv_kconfig_is_on(const struct gcv_kconfig *kc, const char *name)
{
	const struct gcv_config_value *value = find_value(kc, name);

	return value && value->kind == GCV_CONFIG_YES;
}

long long gcv_kconfig_number(const struct gcv_kconfig *kc, const char *name, long long fallback)
{
	const struct gcv_config_value *value = find_value(kc, name);
	long long number;

	if (!value || value->kind != GCV_CONFIG_NUMBER || !parse_number(value->value, &number))
		return fallback;
	return number;
}

bool gcv_kconfig_is_known(const struct gcv_kconfig *kc, const char *name)
{
	uint32_t id = gcv_intern_find(&kc->model->names, name, strlen(name));

	return id != GCV_INTERN_NONE && kc->model->symbols[id].entries;
}

static void add_quoted(struct gcv_strbuf *ret, const char *text)
{
	gcv_strbuf_addch(ret, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			gcv_strbuf_addch(ret, '\\');
		gcv_strbuf_addch(ret, *text);
	}
	gcv_strbuf_addch(ret, '"');
}

void gcv_kconfig_autoconf(const struct gcv_kconfig *kc, struct gcv_strbuf *ret)
{
	const struct gcv_config_value *v;

	for (v = kc->values; v < kc->values + kc->values_nr; v++) {
		gcv_strbuf_addf(ret, "#define CONFIG_%s ", v->name);
		if (v->kind == GCV_CONFIG_YES)
			gcv_strbuf_addch(ret, '1');
		else if (v->kind == GCV_CONFIG_NUMBER)
			gcv_strbuf_addstr(ret, v->value);
		else
			add_quoted(ret, v->value);
		gcv_strbuf_addch(ret, '\n');
	}
}

const char *const *gcv_kconfig_warnings(const struct gcv_kconfig *kc, size_t *ret_nr)
{
	*ret_nr = kc->model->warnings_nr;
	return kc->model->warnings;
}

void gcv_kconfig_free(struct gcv_kconfig *kc)
{
	if (!kc)
		return;
	if (kc->owns_model) {
		gcv_kc_model_release(kc->model);
		free(kc->model);
	}
	free(kc->states);
	free(kc->values);
	gcv_arena_release(&kc->arena);
	free(kc);
}
