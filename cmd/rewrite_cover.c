// SPDX-License-Identifier: GPL-2.0-only
/* What a cover letter says: what is converted, what is not and why, and what changed. */
#include "classify/words.h"
#include "cmd/rewrite_series.h"
#include "edit/message.h"
#include "edit/signature.h"

#include <stdlib.h>
#include <string.h>

/** struct tally - how often a reason was given */
struct tally {
	const char *reason;
	uint32_t nr;
};

static int by_number(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	if (x->nr != y->nr)
		return x->nr < y->nr ? 1 : -1;
	return strcmp(x->reason, y->reason);
}

static void count(struct tally *list, uint32_t *nr, const char *reason)
{
	uint32_t i;

	for (i = 0; i < *nr && strcmp(list[i].reason, reason) != 0; i++)
		;
	if (i == *nr)
		list[(*nr)++] = (struct tally){ .reason = reason };
	list[i].nr++;
}

/* What was refused and why, in one paragraph. */
const char *gcv_sending_say_refusals(struct gcv_sending *s)
{
	struct gcv_rewrite *r = s->r;
	GCV_AUTOFREE struct tally *list =
		gcv_zalloc(r->nr_sites + r->plan.nr_refusals + 1, sizeof(*list));
	struct gcv_strbuf text = { 0 }, out = { 0 };
	uint32_t i, nr = 0, sum = 0;

	for (i = 0; i < r->nr_sites; i++)
		if (strcmp(r->program->facts.sites[i].role, "acquire") == 0 &&
		    strcmp(r->sites[i].verdict, gcv_verdict_name(GCV_VERDICT_REFUSED)) == 0)
			count(list, &nr, r->sites[i].reason);
	for (i = 0; i < r->plan.nr_refusals; i++)
		count(list, &nr, r->plan.refusals[i].code);
	if (!nr)
		return NULL;
	qsort(list, nr, sizeof(*list), by_number);
	for (i = 0; i < nr; i++)
		sum += list[i].nr;
	gcv_strbuf_addf(&text,
			"%u call%s not converted, because a person has to look at %s first: ", sum,
			sum == 1 ? " is" : "s are", sum == 1 ? "it" : "them");
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&text, "%s%s (%u)", i ? ", " : "", list[i].reason, list[i].nr);
	gcv_strbuf_addch(&text, '.');
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_release(&text);
	return gcv_sending_take(s, &out);
}

const char *gcv_sending_say_cover(struct gcv_sending *s, size_t batch)
{
	struct gcv_rewrite *r = s->r;
	struct gcv_strbuf text = { 0 }, out = { 0 };
	uint32_t i, nr_acquires = 0, nr_releases = 0;

	for (i = 0; i < r->nr_sites; i++) {
		if (!gcv_sending_is_converted(r, i))
			continue;
		if (strcmp(r->program->facts.sites[i].role, "acquire") == 0)
			nr_acquires++;
		else
			nr_releases++;
	}
	if (gcv_signature_is_goal(r->conversion)) {
		gcv_strbuf_addf(&text, "This is the conversion %s (%s; see %s) of Linux %s.",
				r->conversion->name, r->conversion->note, r->conversion->source,
				r->tree.release);
		gcv_message_wrap(text.buf, &out);
		gcv_strbuf_release(&text);
		return gcv_sending_take(s, &out);
	}
	gcv_strbuf_addf(&text,
			"This is the conversion %s (%s; see %s) of %u call%s that get%s pages of"
			" user memory, with the %u place%s where these are given back, in %u"
			" file%s.",
			r->conversion->name, r->conversion->note, r->conversion->source,
			nr_acquires, nr_acquires == 1 ? "" : "s", nr_acquires == 1 ? "s" : "",
			nr_releases, nr_releases == 1 ? "" : "s", r->plan.nr_files,
			r->plan.nr_files == 1 ? "" : "s");
	if (s->nr_batches > 1)
		gcv_strbuf_addf(&text,
				" It comes in %zu series, of which this is number %zu; each"
				" stands by itself.",
				s->nr_batches, batch + 1);
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_clear(&text);
	gcv_strbuf_addf(&text,
			"It needs the functions that it converts to, which Linux %s has; mm/gup.c"
			" and its headers are not changed. All releases of a page set are converted"
			" in the same patch.",
			r->tree.release);
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_release(&text);
	return gcv_sending_take(s, &out);
}

/* What the last version had, and this one has not. */
const char *gcv_sending_say_changes(struct gcv_sending *s)
{
	struct gcv_strbuf out = { 0 };
	uint32_t i, k, nr_same = 0, nr_new = 0;

	if (s->version < 2)
		return NULL;
	for (i = 0; i < s->nr_groups; i++) {
		const struct gcv_series_record_patch *before =
			gcv_sending_before(s, &s->patches[i]);

		nr_new += !before;
		nr_same += before && gcv_hash_equal(&before->hash, &s->patches[i].hash);
	}
	gcv_strbuf_addf(&out,
			"Changes since v%ld:\n- %u patches are the same, %zu have changed, %u are"
			" new",
			s->version - 1, nr_same, s->nr_groups - nr_same - nr_new, nr_new);
	for (i = 0; s->has_before && i < s->before.nr_patches; i++) {
		for (k = 0; k < s->nr_groups; k++)
			if (gcv_sending_shared_files(&s->before.patches[i], &s->patches[k]))
				break;
		if (k == s->nr_groups)
			gcv_strbuf_addf(&out, "\n- dropped: %s", s->before.patches[i].subject);
	}
	return gcv_sending_take(s, &out);
}
