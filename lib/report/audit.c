// SPDX-License-Identifier: GPL-2.0-only
#include "report/audit.h"

#include "base/strbuf.h"
#include "report/audit_fate.h"
#include "tree/hash.h"

#include <stdlib.h>
#include <string.h>

/** ID_DIGITS - hexadecimal digits of the id of a finding */
#define ID_DIGITS 16

/* What stays the same while lines move and the series is posted anew. */
static void make_id(const struct gcv_findings *findings, const struct gcv_result_fault *fault,
		    char ret[ID_DIGITS + 1])
{
	const char *const parts[] = { fault->check, fault->file, fault->function, fault->api };
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	char hex[GCV_HASH_HEX_BYTES];
	struct gcv_hash hash;
	uint32_t ordinal = 0, i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		gcv_strbuf_add(&key, parts[i], strlen(parts[i]) + 1);
	for (i = 0; i < findings->nr; i++) {
		const struct gcv_result_fault *other = &findings->list[i].fault;

		ordinal += strcmp(other->check, fault->check) == 0 &&
			   strcmp(other->file, fault->file) == 0 &&
			   strcmp(other->function, fault->function) == 0 &&
			   strcmp(other->api, fault->api) == 0;
	}
	gcv_strbuf_addf(&key, "%u", ordinal);
	hash = gcv_hash_bytes(key.buf, key.len);
	memcpy(ret, gcv_hash_hex(&hash, hex), ID_DIGITS);
	ret[ID_DIGITS] = '\0';
}

void gcv_audit_add(const struct gcv_audit *audit, struct gcv_findings *findings,
		   enum gcv_audit_kind kind, uint32_t patch, const struct gcv_result_fault *fault)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_result_fault copy = *fault;
	char id[ID_DIGITS + 1];

	if (patch < audit->patches->nr) {
		const struct gcv_patch *by = &audit->patches->list[patch];

		gcv_strbuf_addf(&text, "patch %u (%s): ", by->number ? by->number : patch + 1,
				by->subject);
	}
	gcv_strbuf_addstr(&text, fault->text);
	copy.text = text.buf;
	copy.check = gcv_audit_name(kind);
	copy.severity = gcv_severity_name(gcv_audit_severity(kind));
	make_id(findings, &copy, id);
	copy.id = id;
	gcv_findings_add(findings, &copy);
	findings->list[findings->nr - 1].patch = patch < audit->patches->nr ? patch + 1 : 0;
}

static int in_order(const void *a, const void *b)
{
	const struct gcv_told_fault *x = a, *y = b;
	int order;

	if (x->patch != y->patch)
		return x->patch < y->patch ? -1 : 1;
	order = strcmp(x->fault.file, y->fault.file);
	if (!order)
		order = (x->fault.line > y->fault.line) - (x->fault.line < y->fault.line);
	return order ? order : strcmp(x->fault.id, y->fault.id);
}

void gcv_audit_sort(struct gcv_findings *findings)
{
	if (findings->nr)
		qsort(findings->list, findings->nr, sizeof(*findings->list), in_order);
}

/** struct judgement - what a reason of the analysis means for a patch that converts the site */
struct judgement {
	enum gcv_reason reason;
	enum gcv_audit_kind kind;
	enum gcv_confidence confidence;
};

static const struct judgement judgements[] = {
	{ GCV_REASON_NEVER_GUP, GCV_AUDIT_OTHER_PAGES, GCV_CONFIDENCE_HIGH },
	{ GCV_REASON_MIXED_PROVENANCE, GCV_AUDIT_OTHER_PAGES, GCV_CONFIDENCE_HIGH },
	{ GCV_REASON_FLAGGED_PROVENANCE, GCV_AUDIT_OTHER_PAGES, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_OWN_REFERENCE, GCV_AUDIT_OWN_REFERENCE, GCV_CONFIDENCE_HIGH },
	{ GCV_REASON_PARTIAL_ARRAY, GCV_AUDIT_ERROR_PATH, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_HOLES_POSSIBLE, GCV_AUDIT_ERROR_PATH, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_COUNT_MAY_BE_NEGATIVE, GCV_AUDIT_ERROR_PATH, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_COUNT_NOT_THE_RETURNED_ONE, GCV_AUDIT_ERROR_PATH, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_GUARDED_RELEASE, GCV_AUDIT_ERROR_PATH, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_ATOMIC_CONTEXT, GCV_AUDIT_MAY_SLEEP, GCV_CONFIDENCE_HIGH },
	{ GCV_REASON_PAGE_LOCK_MAY_BE_HELD, GCV_AUDIT_MAY_SLEEP, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_PAGE_LOCK_MAY_BE_TAKEN, GCV_AUDIT_MAY_SLEEP, GCV_CONFIDENCE_LOW },
	{ GCV_REASON_UNKNOWN_PROVENANCE, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_MEDIUM },
	{ GCV_REASON_RELEASE_NOT_FOUND, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_LOW },
	{ GCV_REASON_OWNERSHIP_LEAVES_KERNEL_VIEW, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_LOW },
	{ GCV_REASON_UNSEEN_CODE, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_LOW },
	{ GCV_REASON_ADDRESS_TAKEN, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_LOW },
	{ GCV_REASON_LIMIT_REACHED, GCV_AUDIT_UNPROVEN, GCV_CONFIDENCE_LOW },
};

static const struct judgement *judge(const char *code)
{
	size_t i;

	for (i = 0; i < sizeof(judgements) / sizeof(judgements[0]); i++)
		if (strcmp(gcv_reason_name(judgements[i].reason), code) == 0)
			return &judgements[i];
	return NULL;
}

static bool takes_array(const struct gcv_api_function *function)
{
	return function->role == GCV_API_RELEASE && (function->shape == GCV_API_SHAPE_ARRAY ||
						     function->shape == GCV_API_SHAPE_FOLIO_ARRAY ||
						     function->shape == GCV_API_SHAPE_RANGE);
}

static bool takes_page_lock(const struct gcv_api_function *function)
{
	return function->role == GCV_API_RELEASE && function->page_lock;
}

/* A reason against folding says nothing where the patch does not fold, and so on. */
static bool applies(const struct gcv_audit *audit, const struct gcv_audit_site *site,
		    enum gcv_audit_kind kind)
{
	if (kind == GCV_AUDIT_ERROR_PATH)
		return gcv_audit_puts_in(audit, site, takes_array);
	if (kind == GCV_AUDIT_MAY_SLEEP)
		return gcv_audit_puts_in(audit, site, takes_page_lock);
	return true;
}

static struct gcv_result_fault fault_at(const struct gcv_audit_site *site,
					enum gcv_confidence confidence, const char *text)
{
	return (struct gcv_result_fault){
		.confidence = gcv_confidence_name(confidence),
		.site = GCV_NONE,
		.site_id = site->id,
		.api = site->api,
		.file = site->file,
		.line = site->line,
		.column = site->column,
		.function = site->function,
		.text = text,
	};
}

static struct gcv_result_note note_at(const struct gcv_audit_site *site, const char *text)
{
	return (struct gcv_result_note){
		.file = site->file,
		.line = site->line,
		.column = site->column,
		.function = site->function,
		.text = text,
	};
}

static bool has_reason(const struct gcv_audit_site *site, enum gcv_reason reason)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (strcmp(site->reasons[i].code, gcv_reason_name(reason)) == 0)
			return true;
	return false;
}

static void tell_reason(const struct gcv_audit *audit, const struct gcv_audit_site *site,
			const struct gcv_result_reason *reason, const struct judgement *judgement,
			struct gcv_findings *findings)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const struct gcv_result_note note = {
		.file = reason->file,
		.line = reason->line,
		.function = "",
		.text = "this is why",
	};
	struct gcv_result_fault fault;

	gcv_strbuf_addf(&text, "converts %s(), but %s", site->name, reason->text);
	/* Where an acquire of the pages is known, doubts are about what else there may be. */
	fault = fault_at(site,
			 judgement->kind == GCV_AUDIT_UNPROVEN && site->nr_partners
				 ? GCV_CONFIDENCE_LOW
				 : judgement->confidence,
			 text.buf);
	fault.notes = &note;
	fault.nr_notes = *reason->file &&
			 (reason->line != site->line || strcmp(reason->file, site->file) != 0);
	gcv_audit_add(audit, findings, judgement->kind, site->patch, &fault);
}

/**
 * struct objections - what was told about a site
 * @told: each kind once
 * @any: was there one?
 */
struct objections {
	bool told[GCV_AUDIT_KINDS];
	bool any;
};

/* The reasons of one site against a patch that converts @site, which may be another one. */
static void object(const struct gcv_audit *audit, const struct gcv_audit_site *site,
		   const struct gcv_audit_site *whose, bool unproven, struct objections *objections,
		   struct gcv_findings *findings)
{
	uint32_t i;

	for (i = 0; i < whose->nr_reasons; i++) {
		const struct gcv_result_reason *reason = &whose->reasons[i];
		const struct judgement *judgement = judge(reason->code);

		if (!judgement || (judgement->kind == GCV_AUDIT_UNPROVEN) != unproven ||
		    objections->told[judgement->kind] || !applies(audit, site, judgement->kind))
			continue;
		/* Converted with some care, it may be converted: the care is judged by its outcome.
		 */
		if (whose->verdict == GCV_VERDICT_CONVERT &&
		    judgement->reason != GCV_REASON_COUNT_MAY_BE_NEGATIVE &&
		    judgement->reason != GCV_REASON_HOLES_POSSIBLE &&
		    judgement->kind != GCV_AUDIT_MAY_SLEEP)
			continue;
		if (judgement->reason == GCV_REASON_COUNT_MAY_BE_NEGATIVE &&
		    gcv_audit_asks_positive(audit, site))
			continue;
		objections->told[judgement->kind] = true;
		objections->any = true;
		tell_reason(audit, site, reason, judgement, findings);
	}
}

static bool is_of_goal(const struct gcv_audit *audit, const char *name)
{
	const struct gcv_api_function *function = gcv_api_find(audit->api, name, strlen(name));
	size_t i;

	for (i = 0; function && i < audit->conversion->nr_pairs; i++) {
		const char *to = audit->conversion->pairs[i].to;
		const struct gcv_api_function *goal = gcv_api_find(audit->api, to, strlen(to));

		if (goal && goal->family == function->family)
			return true;
	}
	return false;
}

/* What the analysis has against it, each kind of objection once; doubts only where that is all. */
static void judge_site(const struct gcv_audit *audit, const struct gcv_audit_site *site,
		       struct gcv_findings *findings)
{
	struct objections objections = { 0 };
	uint32_t i;

	/* What was of the family before is only written in another way. */
	if (is_of_goal(audit, site->api))
		return;
	object(audit, site, site, false, &objections, findings);
	if (has_reason(site, GCV_REASON_RELEASE_REFUSED))
		for (i = 0; i < site->nr_partners && !objections.any; i++) {
			const struct gcv_audit_site *acquire = &audit->sites[site->partners[i]];

			if (acquire->verdict == GCV_VERDICT_REFUSED)
				object(audit, site, acquire, false, &objections, findings);
		}
	if (!objections.any)
		object(audit, site, site, true, &objections, findings);
}

static bool is_of_acquire(const struct gcv_audit_site *site)
{
	return !site->is_acquire && !site->is_homonym && site->verdict != GCV_VERDICT_UNRELATED &&
	       site->verdict != GCV_VERDICTS && !has_reason(site, GCV_REASON_OWN_REFERENCE);
}

/* The first release of an acquire that the series converts; NULL for none. */
static const struct gcv_audit_site *converted_release(const struct gcv_audit *audit,
						      const struct gcv_audit_site *acquire)
{
	uint32_t i;

	if (acquire->fate == GCV_FATE_CONVERTED)
		return acquire;
	for (i = 0; i < acquire->nr_partners; i++) {
		const struct gcv_audit_site *release = &audit->sites[acquire->partners[i]];

		if (release->fate == GCV_FATE_CONVERTED && is_of_acquire(release))
			return release;
	}
	return NULL;
}

static bool is_left(const struct gcv_audit_site *release)
{
	return release->fate == GCV_FATE_KEPT && is_of_acquire(release) &&
	       release->verdict != GCV_VERDICT_CONVERTED;
}

static enum gcv_confidence how_sure(const struct gcv_audit_site *acquire,
				    const struct gcv_audit_site *release)
{
	/* Then it is not known which of the releases are the acquire's. */
	if (has_reason(acquire, GCV_REASON_OWN_REFERENCE))
		return GCV_CONFIDENCE_LOW;
	return release->provenance == GCV_PROVENANCE_GUP ? GCV_CONFIDENCE_HIGH
							 : GCV_CONFIDENCE_MEDIUM;
}

/* @left are those that were not told of before, at least one. */
static void tell_left_out(const struct gcv_audit *audit, const struct gcv_audit_site *acquire,
			  const struct gcv_audit_site *other, const uint32_t *left, uint32_t nr,
			  struct gcv_findings *findings)
{
	const struct gcv_audit_site *first = &audit->sites[left[0]];
	struct gcv_result_note *notes = gcv_zalloc(nr + 1, sizeof(*notes));
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_result_fault fault;
	uint32_t i, nr_notes = 0;

	notes[nr_notes++] = note_at(acquire, other == acquire ? "the acquire is converted here"
							      : "the pages are acquired here");
	if (other != acquire)
		notes[nr_notes++] = note_at(other, "and this release of them is converted");
	gcv_strbuf_addf(&text, "leaves %s() out, which gives back the same pages", first->name);
	if (nr > 1)
		gcv_strbuf_addf(&text, ", and %u more", nr - 1);
	fault = fault_at(first, how_sure(acquire, first), text.buf);
	for (i = 1; i < nr; i++)
		notes[nr_notes++] =
			note_at(&audit->sites[left[i]], "and this one is left out, too");
	fault.notes = notes;
	fault.nr_notes = nr_notes;
	gcv_audit_add(audit, findings, GCV_AUDIT_LEFT_OUT, other->patch, &fault);
	free(notes);
}

/* All releases of an acquire, or none. */
static void judge_acquire(const struct gcv_audit *audit, const struct gcv_audit_site *acquire,
			  struct gcv_findings *findings)
{
	const struct gcv_audit_site *other = converted_release(audit, acquire);
	GCV_AUTOFREE uint32_t *left = gcv_zalloc(acquire->nr_partners + 1, sizeof(*left));
	uint32_t i, nr = 0;

	if (!other)
		return;
	for (i = 0; i < acquire->nr_partners; i++) {
		uint32_t partner = acquire->partners[i];

		if (!is_left(&audit->sites[partner]))
			continue;
		audit->sites[partner].fate = GCV_FATE_LEFT_OUT;
		left[nr++] = partner;
	}
	if (nr)
		tell_left_out(audit, acquire, other, left, nr, findings);
}

static void judge_hunk(const struct gcv_audit *audit, const struct gcv_audit_hunk *at,
		       struct gcv_findings *findings)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_result_fault fault = {
		.confidence = gcv_confidence_name(GCV_CONFIDENCE_HIGH),
		.site = GCV_NONE,
		.site_id = "",
		.api = "",
		.file = at->path,
		.line = at->hunk->old_line,
		.function = "",
	};

	if (at->fit != GCV_HUNK_FAILED && at->fit != GCV_HUNK_DONE)
		return;
	gcv_strbuf_addf(&text, "the hunk of line %u of %s %s", at->hunk->line,
			audit->patches->list[at->patch].source,
			at->is_missing		   ? "is for a file that the tree does not have"
			: at->fit == GCV_HUNK_DONE ? "is in the tree already"
						   : "does not apply");
	fault.text = text.buf;
	gcv_audit_add(audit, findings, GCV_AUDIT_HUNK_FAILS, at->patch, &fault);
}

void gcv_audit_run(struct gcv_audit *audit, struct gcv_findings *findings)
{
	uint32_t i;

	gcv_audit_fates(audit);
	for (i = 0; i < audit->nr_hunks; i++)
		judge_hunk(audit, &audit->hunks[i], findings);
	for (i = 0; i < audit->nr_sites; i++) {
		const struct gcv_audit_site *site = &audit->sites[i];

		if (site->is_acquire)
			judge_acquire(audit, site, findings);
		else if (site->fate == GCV_FATE_CONVERTED)
			judge_site(audit, site, findings);
	}
}

bool gcv_audit_is_untouched(const struct gcv_audit *audit, const struct gcv_audit_site *site)
{
	size_t i;

	if (site->is_homonym || site->fate != GCV_FATE_KEPT || !audit->conversion)
		return false;
	if (!site->is_acquire)
		return site->verdict == GCV_VERDICT_CONVERT;
	for (i = 0; i < audit->conversion->nr_pairs; i++)
		if (audit->conversion->pairs[i].shape == GCV_API_PAIR_ACQUIRE)
			return site->verdict == GCV_VERDICT_CONVERTIBLE;
	return false;
}
