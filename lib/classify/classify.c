// SPDX-License-Identifier: GPL-2.0-only
#include "classify/acquire_walk.h"
#include "classify/flag.h"

#include <stdlib.h>
#include <string.h>

/** REASONS - reasons of one kind that are kept for a site */
#define REASONS 4

const char *gcv_classify_default(const struct gcv_era *era)
{
	static const char *const pins[] = { "pin_user_pages", "pin_user_pages_fast" };
	size_t i;

	for (i = 0; i < sizeof(pins) / sizeof(pins[0]); i++) {
		const struct gcv_era_entry *entry = gcv_era_find(era, pins[i], strlen(pins[i]));

		if (entry && entry->state != GCV_ERA_ABSENT)
			return "pin-user-page";
	}
	return "put-user-page";
}

void gcv_classify_reason(struct gcv_classify_state *s, uint32_t at, enum gcv_reason reason,
			 bool is_refusing, uint32_t function, uint32_t node, const char *detail)
{
	struct gcv_site_class *site;
	uint32_t i, same = 0;

	if (at == GCV_NONE)
		return;
	site = &s->result->sites[at];
	for (i = 0; i < site->nr_reasons; i++) {
		struct gcv_reason_at *r = &site->reasons[i];

		if (r->reason != reason)
			continue;
		if (r->function == function && r->node == node) {
			r->is_refusing |= is_refusing;
			return;
		}
		if (++same == REASONS)
			return;
	}
	GCV_GROW(site->reasons, site->nr_reasons, site->cap_reasons);
	site->reasons[site->nr_reasons++] =
		(struct gcv_reason_at){ .reason = reason,
					.is_refusing = is_refusing,
					.function = function,
					.node = node,
					.detail = detail ? detail : "" };
}

static void add_partner(struct gcv_site_class *site, uint32_t partner)
{
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (site->partners[i] == partner)
			return;
	GCV_GROW(site->partners, site->nr_partners, site->cap_partners);
	site->partners[site->nr_partners++] = partner;
}

void gcv_classify_partner(struct gcv_classify_state *s, uint32_t a, uint32_t b)
{
	if (a == GCV_NONE || b == GCV_NONE)
		return;
	add_partner(&s->result->sites[a], b);
	add_partner(&s->result->sites[b], a);
}

static bool is_gup(enum gcv_api_family family)
{
	return family == GCV_API_FAMILY_GUP || family == GCV_API_FAMILY_PIN ||
	       family == GCV_API_FAMILY_IOV;
}

/* put_user_page() that is an inline function around put_page(), and its kind. */
static bool is_body_of_api(const struct gcv_classify_state *s, const struct gcv_program_site *site)
{
	const struct gcv_era_entry *entry =
		gcv_era_find(s->flow->input.era, site->function, strlen(site->function));

	return entry && entry->decl && strcmp(entry->decl->file, site->file) == 0;
}

/*
 * What stands in a file that defines functions which hand out user pages is their implementation:
 * the references there are not those of a caller.
 */
static void find_internal(struct gcv_classify_state *s)
{
	const struct gcv_program_facts *facts = &s->flow->input.program->facts;
	struct gcv_intern files = { 0 };
	uint32_t i;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];
		const struct gcv_era_entry *entry;

		if (fn->kind != GCV_DEF_FUNCTION || fn->linkage != GCV_LINKAGE_EXTERNAL)
			continue;
		entry = gcv_era_find(s->flow->input.era, fn->name, strlen(fn->name));
		if (entry && entry->function->role == GCV_API_ACQUIRE &&
		    is_gup(entry->function->family))
			gcv_intern_add(&files, fn->file, strlen(fn->file));
	}
	for (i = 0; i < facts->nr_sites; i++)
		s->is_internal[i] = is_body_of_api(s, &facts->sites[i]) ||
				    gcv_intern_find(&files, facts->sites[i].file,
						    strlen(facts->sites[i].file)) !=
					    GCV_INTERN_NONE;
	for (i = 0; i < facts->nr_sites; i++)
		s->acquires[i].is_internal = s->is_internal[i];
	gcv_intern_release(&files);
}

/* What makes a verdict without refusing anything. */
static bool is_keeping(enum gcv_reason reason)
{
	switch (reason) {
	case GCV_REASON_CASE_3_NOTIFIER:
	case GCV_REASON_CASE_4_STRUCT_PAGE_ONLY:
	case GCV_REASON_READ_ONLY_PEEK:
	case GCV_REASON_MM_INTERNAL:
	case GCV_REASON_REMOTE_ACCESS:
	case GCV_REASON_IS_WRAPPER:
		return true;
	default:
		return false;
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct gcv_reason_at *x = a, *y = b;

	if (x->is_refusing != y->is_refusing)
		return x->is_refusing ? -1 : 1;
	if (is_keeping(x->reason) != is_keeping(y->reason))
		return is_keeping(x->reason) ? -1 : 1;
	if (x->reason != y->reason)
		return x->reason < y->reason ? -1 : 1;
	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void sort_all(struct gcv_classification *result)
{
	uint32_t i;

	for (i = 0; i < result->nr_sites; i++) {
		struct gcv_site_class *site = &result->sites[i];

		if (site->nr_reasons)
			qsort(site->reasons, site->nr_reasons, sizeof(*site->reasons), by_weight);
		if (site->nr_partners)
			qsort(site->partners, site->nr_partners, sizeof(*site->partners),
			      by_number);
	}
}

enum gcv_status gcv_classify(const struct gcv_flow *flow, const char *conversion,
			     struct gcv_classification **ret, struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	struct gcv_acquire_calls calls;
	struct gcv_flag_writes flags;
	struct gcv_classify_state s = { .flow = flow, .calls = &calls, .flags = &flags };
	const struct gcv_api_conversion *goal =
		gcv_api_find_conversion(flow->input.era->api, conversion);
	enum gcv_status st;

	if (!goal)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "no conversion \"%s\"", conversion);
	st = gcv_contexts_new(flow->input.program, flow->input.accessors, &s.contexts, err);
	if (st != GCV_OK)
		return st;
	s.result = gcv_zalloc(1, sizeof(*s.result));
	s.result->flow = flow;
	s.result->conversion = goal;
	s.result->nr_sites = facts->nr_sites;
	s.result->sites = gcv_zalloc(facts->nr_sites + 1, sizeof(*s.result->sites));
	s.result->contexts = s.contexts;
	s.acquires = gcv_zalloc(facts->nr_sites + 1, sizeof(*s.acquires));
	s.releases = gcv_zalloc(facts->nr_sites + 1, sizeof(*s.releases));
	s.result->acquires = s.acquires;
	s.result->releases = s.releases;
	s.is_internal = gcv_zalloc(facts->nr_sites + 1, sizeof(*s.is_internal));
	s.questions = gcv_zalloc((size_t)facts->nr_functions + 1, sizeof(*s.questions));
	gcv_acquire_calls_init(&calls, flow);
	gcv_flag_writes_init(&flags, flow->input.program);
	find_internal(&s);
	gcv_classify_provenance(&s);
	gcv_classify_uses(&s);
	gcv_classify_shapes(&s);
	gcv_classify_paths(&s);
	gcv_classify_hidden(&s);
	gcv_classify_verdicts(&s);
	sort_all(s.result);
	gcv_acquire_calls_release(&calls);
	gcv_flag_writes_release(&flags);
	free(s.questions);
	free(s.is_internal);
	*ret = s.result;
	return GCV_OK;
}

void gcv_classification_free(struct gcv_classification *result)
{
	uint32_t i;

	if (!result)
		return;
	for (i = 0; i < result->nr_sites; i++) {
		free(result->sites[i].reasons);
		free(result->sites[i].partners);
	}
	free(result->sites);
	free(result->acquires);
	free(result->releases);
	free(result->walks);
	gcv_contexts_free(result->contexts);
	gcv_arena_release(&result->arena);
	free(result);
}
