// SPDX-License-Identifier: GPL-2.0-only
/* Which sites a patch is about, and how far it is. */
#include "track/review_build.h"

#include "base/strbuf.h"
#include "classify/words.h"

#include <string.h>

static void add_link(struct gcv_reviews *r, const struct gcv_strbuf *key, uint32_t at,
		     const char *function, bool is_record)
{
	uint32_t before = r->keys.nr, id = gcv_intern_add(&r->keys, key->buf, key->len);

	if (id == before) {
		GCV_GROW(r->heads, before, r->cap_heads);
		r->heads[id] = 0;
	}
	GCV_GROW(r->links, r->nr_links, r->cap_links);
	r->links[r->nr_links] = (struct gcv_review_link){ at, r->heads[id], function, is_record };
	r->heads[id] = ++r->nr_links;
}

void gcv_review_sites_link(struct gcv_reviews *reviews, uint32_t at)
{
	const struct gcv_review_patch *patch = &reviews->patches[at];
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t i, k;

	for (i = 0; patch->mail && i < patch->mail->nr_changes; i++) {
		const struct gcv_mail_change *change = &patch->mail->changes[i];

		gcv_strbuf_clear(&key);
		gcv_strbuf_addf(&key, "%s\n%s", change->file, change->api);
		add_link(reviews, &key, at, change->function, false);
	}
	for (i = 0; i < patch->nr_records; i++) {
		const struct gcv_review_record *record = &patch->records[i];
		const struct gcv_series_record_patch *p =
			&record->series->patches[record->number - 1];

		for (k = 0; k < p->nr_sites; k++) {
			gcv_strbuf_clear(&key);
			gcv_strbuf_addstr(&key, p->sites[k]);
			add_link(reviews, &key, at, "", true);
		}
	}
}

static void add_site(struct gcv_reviews *r, uint32_t at, const struct gcv_review_site *site)
{
	struct gcv_review_patch *patch = &r->patches[at];

	if (patch->nr_sites && strcmp(patch->sites[patch->nr_sites - 1], site->id) == 0)
		return;
	GCV_GROW(patch->sites, patch->nr_sites, patch->cap_sites);
	patch->sites[patch->nr_sites++] = gcv_arena_strdup(&r->arena, site->id);
	if (strcmp(site->verdict, gcv_verdict_name(GCV_VERDICT_CONVERTED)) == 0)
		patch->converted++;
	else if (strcmp(site->verdict, gcv_verdict_name(GCV_VERDICT_KEEP)) != 0 &&
		 strcmp(site->verdict, gcv_verdict_name(GCV_VERDICT_UNRELATED)) != 0 &&
		 strcmp(site->verdict, gcv_verdict_name(GCV_VERDICT_NOTHING_ACQUIRED)) != 0)
		patch->open++;
}

void gcv_reviews_add_site(struct gcv_reviews *reviews, const struct gcv_review_site *site)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t round, id, at;

	for (round = 0; round < 2; round++) {
		gcv_strbuf_clear(&key);
		if (round)
			gcv_strbuf_addstr(&key, site->id);
		else
			gcv_strbuf_addf(&key, "%s\n%s", site->file, site->api);
		id = gcv_intern_find(&reviews->keys, key.buf, key.len);
		for (at = id == GCV_INTERN_NONE ? 0 : reviews->heads[id]; at;
		     at = reviews->links[at - 1].next) {
			const struct gcv_review_link *link = &reviews->links[at - 1];

			if (link->is_record || !*link->function ||
			    strcmp(link->function, site->function) == 0)
				add_site(reviews, link->patch, site);
		}
	}
}

static enum gcv_review_status status_of(const struct gcv_review_patch *patch)
{
	if (patch->converted && !patch->open)
		return GCV_REVIEW_APPLIED;
	if (!patch->mail)
		return GCV_REVIEW_NOT_SENT;
	if (patch->asked)
		return GCV_REVIEW_CHANGES_ASKED;
	if (patch->is_reviewed)
		return GCV_REVIEW_REVIEWED;
	return patch->is_acked ? GCV_REVIEW_ACKED : GCV_REVIEW_SENT;
}

void gcv_reviews_finish(struct gcv_reviews *reviews)
{
	uint32_t i, k;

	for (i = 0; i < reviews->nr; i++) {
		struct gcv_review_series *series = &reviews->list[i];

		series->reviewed = series->acked = 0;
		memset(series->sums, 0, sizeof(series->sums));
		for (k = 0; k < series->nr; k++) {
			struct gcv_review_patch *patch = &reviews->patches[series->first + k];

			patch->status = status_of(patch);
			series->sums[patch->status]++;
			series->reviewed += patch->is_reviewed;
			series->acked += patch->is_acked;
		}
	}
}

const char *gcv_review_status_name(enum gcv_review_status status)
{
	static const char *const names[GCV_REVIEW_STATUSES] = {
		[GCV_REVIEW_NOT_SENT] = "not-sent",
		[GCV_REVIEW_SENT] = "sent",
		[GCV_REVIEW_ACKED] = "acked",
		[GCV_REVIEW_REVIEWED] = "reviewed",
		[GCV_REVIEW_CHANGES_ASKED] = "changes-asked",
		[GCV_REVIEW_APPLIED] = "applied",
	};

	return names[status];
}
