// SPDX-License-Identifier: GPL-2.0-only
#include "report/findings.h"

#include "report/site.h"

#include <stdlib.h>
#include <string.h>

static const char *copy(struct gcv_findings *f, const char *text)
{
	return gcv_arena_strdup(&f->arena, text);
}

static const struct gcv_result_note *copy_notes(struct gcv_findings *f,
						const struct gcv_result_fault *fault)
{
	struct gcv_result_note *notes =
		gcv_arena_alloc(&f->arena, sizeof(*notes) * (fault->nr_notes + 1));
	uint32_t i;

	for (i = 0; i < fault->nr_notes; i++) {
		notes[i] = fault->notes[i];
		notes[i].file = copy(f, notes[i].file);
		notes[i].function = copy(f, notes[i].function);
		notes[i].text = copy(f, notes[i].text);
	}
	return notes;
}

void gcv_findings_add(struct gcv_findings *f, const struct gcv_result_fault *fault)
{
	struct gcv_result_fault *to;

	GCV_GROW(f->list, f->nr, f->cap);
	f->list[f->nr] = (struct gcv_told_fault){ .fault = *fault, .state = GCV_FAULT_STANDS };
	to = &f->list[f->nr++].fault;
	to->id = copy(f, fault->id);
	to->check = copy(f, fault->check);
	to->severity = copy(f, fault->severity);
	to->confidence = copy(f, fault->confidence);
	to->site_id = copy(f, fault->site_id);
	to->api = copy(f, fault->api);
	to->file = copy(f, fault->file);
	to->function = copy(f, fault->function);
	to->text = copy(f, fault->text);
	to->notes = copy_notes(f, fault);
}

void gcv_findings_add_ignore(struct gcv_findings *f, const struct gcv_result_ignore *ignore)
{
	GCV_GROW(f->ignores, f->nr_ignores, f->cap_ignores);
	f->ignores[f->nr_ignores++] = (struct gcv_told_ignore){
		.ignore = {
			.file = copy(f, ignore->file),
			.line = ignore->line,
			.target = ignore->target,
			.check = copy(f, ignore->check),
			.reason = copy(f, ignore->reason),
		},
	};
}

static void apply(struct gcv_findings *f, struct gcv_told_ignore *at)
{
	const struct gcv_result_ignore *ignore = &at->ignore;
	uint32_t i;

	for (i = 0; i < f->nr; i++) {
		struct gcv_told_fault *finding = &f->list[i];

		if (finding->fault.line != ignore->target ||
		    strcmp(finding->fault.file, ignore->file) != 0 ||
		    strcmp(finding->fault.check, ignore->check) != 0)
			continue;
		finding->state = GCV_FAULT_SILENCED;
		finding->silenced = ignore->reason;
		at->is_used = true;
	}
}

void gcv_findings_silence(struct gcv_findings *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_ignores; i++)
		if (*f->ignores[i].ignore.reason)
			apply(f, &f->ignores[i]);
}

static bool has_check(const struct gcv_findings_filter *filter, const char *check)
{
	uint32_t i;

	for (i = 0; i < filter->nr_checks; i++)
		if (strcmp(filter->checks[i], check) == 0)
			return true;
	return !filter->nr_checks;
}

/* A word that this program does not know is that of a newer one: such a finding is shown. */
static bool is_bad_enough(const struct gcv_findings_filter *filter, const char *severity)
{
	unsigned int i;

	for (i = filter->severity + 1; i < GCV_SEVERITIES; i++)
		if (strcmp(severity, gcv_severity_name(i)) == 0)
			return false;
	return true;
}

static bool is_sure_enough(const struct gcv_findings_filter *filter, const char *confidence)
{
	unsigned int i;

	for (i = filter->confidence + 1; i < GCV_CONFIDENCES; i++)
		if (strcmp(confidence, gcv_confidence_name(i)) == 0)
			return false;
	return true;
}

static bool leads_through_change(const struct gcv_findings_filter *filter,
				 const struct gcv_result_fault *fault)
{
	uint32_t i;

	if (!filter->is_changed || filter->is_changed(filter->ctx, fault->file, fault->line))
		return true;
	for (i = 0; i < fault->nr_notes; i++)
		if (filter->is_changed(filter->ctx, fault->notes[i].file, fault->notes[i].line))
			return true;
	return false;
}

static bool is_known(const struct gcv_findings_filter *filter, const char *id)
{
	return filter->known && gcv_intern_find(filter->known, id, strlen(id)) != GCV_INTERN_NONE;
}

static enum gcv_fault_state state_of(const struct gcv_findings_filter *filter,
				     const struct gcv_told_fault *finding)
{
	const struct gcv_result_fault *fault = &finding->fault;
	const struct gcv_site_filter paths = { .paths = filter->paths,
					       .nr_paths = filter->nr_paths };
	const struct gcv_site site = { .file = fault->file };

	if (!gcv_site_is_wanted(&site, &paths) || !has_check(filter, fault->check) ||
	    !is_bad_enough(filter, fault->severity) || !leads_through_change(filter, fault))
		return GCV_FAULT_OTHER;
	if (is_known(filter, fault->id))
		return GCV_FAULT_KNOWN;
	if (!is_sure_enough(filter, fault->confidence))
		return GCV_FAULT_UNSURE;
	return finding->silenced ? GCV_FAULT_SILENCED : GCV_FAULT_STANDS;
}

void gcv_findings_filter(struct gcv_findings *f, const struct gcv_findings_filter *filter)
{
	uint32_t i;

	for (i = 0; i < f->nr; i++)
		f->list[i].state = state_of(filter, &f->list[i]);
}

uint32_t gcv_findings_count(const struct gcv_findings *f, enum gcv_fault_state state)
{
	uint32_t i, nr = 0;

	for (i = 0; i < f->nr; i++)
		nr += f->list[i].state == state;
	return nr;
}

void gcv_findings_release(struct gcv_findings *f)
{
	free(f->list);
	free(f->ignores);
	gcv_arena_release(&f->arena);
}
