// SPDX-License-Identifier: GPL-2.0-only
/*
 * The flags of an acquire: what is passed must be FOLL_ flags, such as the function takes, and such
 * as fit what is done with the pages (Documentation/core-api/pin_user_pages.rst, mm/gup.c).
 */
#include "check/direction.h"
#include "flow/expr.h"

#include <string.h>

/**
 * struct flags - the flags of an acquire
 * @number: of the acquire in the flow
 * @acquire: the acquire
 * @body: body of its function
 * @node: the argument
 * @bits: its values
 */
struct flags {
	uint32_t number;
	const struct gcv_flow_acquire *acquire;
	const struct gcv_body *body;
	uint32_t node;
	struct gcv_bits bits;
};

static struct gcv_fault *tell(struct gcv_check_state *s, const struct flags *f,
			      enum gcv_check_id check, enum gcv_confidence confidence,
			      const char *text)
{
	return gcv_check_tell(s, check, confidence, f->acquire->site, f->acquire->function,
			      f->acquire->call, "%s() %s", f->acquire->api->name, text);
}

/* FOLL_ constants are what flags are made of; another enum's constants and variables are not. */
static bool is_other_enum(const struct gcv_check_state *s, const struct flags *f)
{
	const struct gcv_node *node = &f->body->nodes[gcv_expr_plain(f->body, f->node)];
	const struct gcv_symbol *symbol;

	if ((node->kind != GCV_NODE_REF && node->kind != GCV_NODE_MEMBER) ||
	    node->symbol == GCV_NONE)
		return false;
	symbol = &f->body->symbols[node->symbol];
	if (symbol->kind == GCV_SYMBOL_ENUM)
		return symbol->value && !gcv_check_flag(s, symbol->name);
	return strncmp(symbol->canonical, "enum ", 5) == 0 && symbol->canonical[5] != '(';
}

/* A number that is written out, where a name should stand. */
static bool is_bare_number(const struct flags *f)
{
	const struct gcv_node *node = &f->body->nodes[gcv_expr_plain(f->body, f->node)];

	return node->kind == GCV_NODE_INT && node->value && !(node->flags & GCV_NODE_MACRO);
}

static void check_type(struct gcv_check_state *s, const struct flags *f)
{
	if (gcv_check_is_truth(s, f->acquire->function, f->node))
		tell(s, f, GCV_CHECK_WRONG_GUP_FLAGS, GCV_CONFIDENCE_HIGH,
		     "gets a truth value where FOLL_ flags are expected");
	else if (is_other_enum(s, f))
		tell(s, f, GCV_CHECK_WRONG_GUP_FLAGS, GCV_CONFIDENCE_HIGH,
		     "gets a value of another enum where FOLL_ flags are expected");
	else if (is_bare_number(f))
		tell(s, f, GCV_CHECK_WRONG_GUP_FLAGS, GCV_CONFIDENCE_MEDIUM,
		     "gets a bare number where FOLL_ flags are expected");
}

/* Does an entry of the table speak of such functions? */
static bool is_spoken_of(const struct gcv_api_refusal *refusal, const struct gcv_api_function *api)
{
	if (strcmp(refusal->by, "pin") == 0)
		return api->reference == GCV_API_REFERENCE_PIN;
	if (strcmp(refusal->by, "get") == 0)
		return api->reference == GCV_API_REFERENCE_GET;
	return strcmp(refusal->by, "fast") == 0 && strstr(api->name, "_fast");
}

/*
 * The table tells since which release, the tree does not tell which it is. Sure is what was refused
 * from the first, and what the tree keeps from those who are not part of mm.
 */
static bool is_refused(const struct gcv_era_flag *flag, const struct gcv_api_function *api)
{
	const char *file = flag->constant->file ? flag->constant->file : "";
	bool is_private = strncmp(file, "mm/", 3) == 0;
	size_t i;

	for (i = 0; i < flag->flag->nr_refused; i++) {
		const struct gcv_api_refusal *refusal = &flag->flag->refused[i];
		bool is_first = !refusal->since || (api->reference == GCV_API_REFERENCE_PIN &&
						    strcmp(refusal->since, "v5.6") == 0);

		if (is_spoken_of(refusal, api) && !refusal->until && (is_first || is_private))
			return true;
	}
	return false;
}

static void check_refused(struct gcv_check_state *s, const struct flags *f)
{
	const struct gcv_era *era = s->flow->input.era;
	size_t i;

	for (i = 0; i < era->nr_flags; i++) {
		const struct gcv_era_flag *flag = &era->flags[i];
		struct gcv_fault *fault;

		if (!flag->flag || !flag->constant || !(f->bits.may & flag->constant->value) ||
		    !is_refused(flag, f->acquire->api))
			continue;
		fault = gcv_check_tell(s, GCV_CHECK_WRONG_GUP_FLAGS,
				       f->bits.must & flag->constant->value ? GCV_CONFIDENCE_HIGH
									    : GCV_CONFIDENCE_MEDIUM,
				       f->acquire->site, f->acquire->function, f->acquire->call,
				       "%s() refuses %s", f->acquire->api->name, flag->flag->name);
		gcv_check_note(s, fault, f->acquire->function, f->node, "%s is passed here",
			       flag->flag->name);
		return;
	}
}

/* Pages that a device writes to must be writable for their process. */
static void check_direction(struct gcv_check_state *s, const struct flags *f)
{
	int64_t foll_write = gcv_check_flag(s, "FOLL_WRITE");
	uint32_t i = gcv_check_first_use(s, f->number);

	if (!f->bits.is_known || f->bits.may & foll_write)
		return;
	for (; i != GCV_NONE; i = gcv_check_next_use(s, i)) {
		const struct gcv_flow_use *use = gcv_check_use(s, i);
		enum gcv_confidence confidence = GCV_CONFIDENCE_MEDIUM;
		struct gcv_fault *fault;
		uint64_t values;

		if (use->effect != GCV_EFFECT_DMA ||
		    !gcv_check_direction(s, use->function, use->call, &values) ||
		    values & 1u << GCV_DMA_TO_DEVICE)
			continue;
		if (values == 1u << GCV_DMA_FROM_DEVICE &&
		    gcv_check_is_alone(s, use->place, f->number))
			confidence = GCV_CONFIDENCE_HIGH;
		fault = tell(s, f, GCV_CHECK_WRONG_GUP_FLAGS, confidence,
			     "is called without FOLL_WRITE for pages that a device writes to");
		gcv_check_note(s, fault, f->acquire->function, f->acquire->call,
			       "the pages are acquired here, to be read only");
		gcv_check_note(s, fault, use->function, use->call,
			       "%s() maps them for a device to write to", use->name);
		return;
	}
}

/* Is memory counted as pinned where it is acquired, or by who asks for that? */
static bool is_counted(struct gcv_check_state *s, const struct flags *f)
{
	uint32_t function = f->acquire->function, i;

	if (s->c->acquires[f->acquire->site].is_accounted || gcv_check_counts_up(s, function))
		return true;
	i = gcv_check_first_caller(s, function);
	for (; i != GCV_NONE; i = gcv_check_next_caller(s, i))
		if (gcv_check_counts_up(s, s->flow->calls[i].function))
			return true;
	return false;
}

/* Not what the end of a transfer gives back, unless it is accounted like memory that stays. */
static bool outlives_call(struct gcv_check_state *s, const struct flags *f)
{
	const struct gcv_site_class *site = &s->c->sites[f->acquire->site];
	const struct gcv_acquire_facts *facts = &s->c->acquires[f->acquire->site];
	uint32_t i;

	if (f->acquire->api->reference != GCV_API_REFERENCE_PIN || !facts->outlives)
		return false;
	for (i = 0; !is_counted(s, f) && i < site->nr_partners; i++)
		if (s->c->releases[site->partners[i]].is_completing)
			return false;
	return true;
}

/* A pin for as long as user space likes must say so, or it is in the way of migration and DAX. */
static void check_longterm(struct gcv_check_state *s, const struct flags *f)
{
	int64_t foll_longterm = gcv_check_flag(s, "FOLL_LONGTERM");
	struct gcv_fault *fault;

	if (!foll_longterm || !f->bits.is_known || f->bits.may & foll_longterm ||
	    !outlives_call(s, f))
		return;
	fault = tell(s, f, GCV_CHECK_LONGTERM_MISSING,
		     is_counted(s, f) ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_LOW,
		     "is called without FOLL_LONGTERM for pages that stay beyond the system call");
	gcv_check_note(s, fault, f->acquire->function, f->acquire->call,
		       "the pages are pinned here");
}

void gcv_check_flags(struct gcv_check_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_acquires; i++) {
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[i];
		struct flags f = { .number = i, .acquire = acquire };

		if (acquire->site == GCV_NONE || !acquire->api || !acquire->signature ||
		    gcv_check_is_internal(s, acquire->site))
			continue;
		f.body = s->facts->functions[acquire->function].body;
		f.node = gcv_check_argument(f.body, acquire->call,
					    acquire->signature->arg[GCV_API_ARG_FLAGS]);
		if (f.node == GCV_NONE)
			continue;
		gcv_check_bits(s, acquire->function, f.node, &f.bits);
		check_type(s, &f);
		check_refused(s, &f);
		if (acquire->is_null)
			continue;
		check_direction(s, &f);
		check_longterm(s, &f);
	}
}
