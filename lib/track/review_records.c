// SPDX-License-Identifier: GPL-2.0-only
/* Which patches are ours, and which of ours were not sent. */
#include "track/review_build.h"

#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Drivers may be changed by the same lines: the files are needed to tell them apart. */
static void add_key(struct gcv_strbuf *key, const struct gcv_hash *hash, const char *const *files,
		    uint32_t nr)
{
	GCV_AUTOFREE const char **sorted = gcv_zalloc(nr + 1, sizeof(*sorted));
	uint32_t i;

	if (nr) {
		memcpy(sorted, files, nr * sizeof(*sorted));
		qsort(sorted, nr, sizeof(*sorted), by_text);
	}
	gcv_strbuf_clear(key);
	gcv_strbuf_add(key, hash->b, sizeof(hash->b));
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(key, "%s\n", sorted[i]);
}

void gcv_review_records_sort(struct gcv_review_build *b)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t i, k;

	for (i = 0; i < b->nr_records; i++) {
		for (k = 0; k < b->records[i].nr_patches; k++) {
			const struct gcv_series_record_patch *p = &b->records[i].patches[k];
			uint32_t id, before = b->same.nr;

			add_key(&key, &p->hash, p->files, p->nr_files);
			id = gcv_intern_add(&b->same, key.buf, key.len);
			if (id == before) {
				GCV_GROW(b->same_heads, before, b->cap_same);
				b->same_heads[id] = 0;
			}
			GCV_GROW(b->same_links, b->nr_same, b->cap_links);
			b->same_links[b->nr_same] =
				(struct gcv_review_same){ { &b->records[i], k + 1 },
							  b->same_heads[id] };
			b->same_heads[id] = ++b->nr_same;
		}
	}
	b->is_sent = gcv_zalloc(b->same.nr + 1, sizeof(*b->is_sent));
}

void gcv_review_records_add(struct gcv_review_build *b, struct gcv_review_patch *patch)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t id, at;

	if (!patch->mail->has_diff || !b->nr_records)
		return;
	add_key(&key, &patch->mail->hash, patch->mail->files, patch->mail->nr_files);
	id = gcv_intern_find(&b->same, key.buf, key.len);
	if (id == GCV_INTERN_NONE)
		return;
	b->is_sent[id] = true;
	for (at = b->same_heads[id]; at; at = b->same_links[at - 1].next) {
		GCV_GROW(patch->records, patch->nr_records, patch->cap_records);
		patch->records[patch->nr_records++] = b->same_links[at - 1].record;
	}
}

static bool is_newest(const struct gcv_review_build *b, const struct gcv_series_record *record)
{
	uint32_t i;

	for (i = 0; i < b->nr_records; i++)
		if (strcmp(b->records[i].conversion, record->conversion) == 0 &&
		    strcmp(b->records[i].scope, record->scope) == 0 &&
		    b->records[i].version > record->version)
			return false;
	return true;
}

static void add_left(struct gcv_review_build *b, const struct gcv_series_record *record,
		     uint32_t number)
{
	struct gcv_reviews *r = b->reviews;
	struct gcv_review_patch *patch;

	GCV_GROW(r->patches, r->nr_patches, r->cap_patches);
	patch = &r->patches[r->nr_patches++];
	*patch = (struct gcv_review_patch){
		.number = number,
		.version = record->version,
		.title = record->patches[number - 1].subject,
		.message_id = "",
	};
	GCV_GROW(patch->records, patch->nr_records, patch->cap_records);
	patch->records[patch->nr_records++] = (struct gcv_review_record){ record, number };
	gcv_review_sites_link(r, r->nr_patches - 1);
}

static void add_left_of(struct gcv_review_build *b, const struct gcv_series_record *record)
{
	struct gcv_reviews *r = b->reviews;
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t first = r->nr_patches, i;

	for (i = 0; i < record->nr_patches; i++) {
		const struct gcv_series_record_patch *p = &record->patches[i];

		add_key(&key, &p->hash, p->files, p->nr_files);
		if (!b->is_sent[gcv_intern_find(&b->same, key.buf, key.len)])
			add_left(b, record, i + 1);
	}
	if (r->nr_patches == first)
		return;
	GCV_GROW(r->list, r->nr, r->cap);
	r->list[r->nr++] = (struct gcv_review_series){
		.title = gcv_arena_printf(&r->arena, "%s%s%s", record->conversion,
					  *record->scope ? " of " : "", record->scope),
		.name = "",
		.address = "",
		.message_id = "",
		.version = record->version,
		.total = r->nr_patches - first,
		.first = first,
		.nr = r->nr_patches - first,
	};
}

void gcv_review_records_left(struct gcv_review_build *b)
{
	uint32_t i;

	for (i = 0; i < b->nr_records; i++)
		if (is_newest(b, &b->records[i]))
			add_left_of(b, &b->records[i]);
}
