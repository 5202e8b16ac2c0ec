// SPDX-License-Identifier: GPL-2.0-only
#include "track/review.h"

#include "base/strbuf.h"
#include "track/review_build.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NONE GCV_INTERN_NONE

/**
 * struct same - patches of a series that have a title or a diff in common
 * @keys: titles and diffs
 * @heads: by the number of a key the first of @links, plus 1
 * @links: mails; two for each: by title, and by diff
 * @cap_heads: allocated length
 * @cap_links: allocated length
 * @nr_links: how many
 */
struct same {
	struct gcv_intern keys;
	uint32_t *heads;
	struct link {
		uint32_t mail, next;
	} * links;
	uint32_t cap_heads, cap_links, nr_links;
};

static void add_same_key(const struct gcv_review_build *b, uint32_t mail, bool by_diff,
			 struct gcv_strbuf *key)
{
	const struct gcv_mail *m = &b->mails->list[mail];
	const char *at;

	gcv_strbuf_clear(key);
	if (by_diff) {
		gcv_strbuf_addch(key, '#');
		gcv_strbuf_add(key, m->hash.b, sizeof(m->hash.b));
		gcv_strbuf_addstr(key, m->nr_files ? m->files[0] : "");
		return;
	}
	for (at = b->threads.subjects[mail].title; *at; at++)
		gcv_strbuf_addch(key, (char)tolower((unsigned char)*at));
}

static void add_same(const struct gcv_review_build *b, struct same *s, uint32_t mail, bool by_diff)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t id, before = s->keys.nr;

	if (by_diff && !b->mails->list[mail].has_diff)
		return;
	add_same_key(b, mail, by_diff, &key);
	id = gcv_intern_add(&s->keys, key.buf ? key.buf : "", key.len);
	if (id == before) {
		GCV_GROW(s->heads, before, s->cap_heads);
		s->heads[id] = 0;
	}
	GCV_GROW(s->links, s->nr_links, s->cap_links);
	s->links[s->nr_links] = (struct link){ mail, s->heads[id] };
	s->heads[id] = ++s->nr_links;
}

static bool has_same_diff(const struct gcv_mail *a, const struct gcv_mail *b)
{
	uint32_t i;

	if (!a->has_diff || !b->has_diff || !gcv_hash_equal(&a->hash, &b->hash) ||
	    a->nr_files != b->nr_files)
		return false;
	for (i = 0; i < a->nr_files; i++)
		if (strcmp(a->files[i], b->files[i]) != 0)
			return false;
	return true;
}

static void add_version(struct gcv_review_patch *patch, uint32_t version)
{
	uint32_t i, at = patch->nr_versions;

	for (i = 0; i < patch->nr_versions; i++)
		if (patch->versions[i] == version)
			return;
	if (patch->nr_versions > 2 * GCV_REVIEW_OLDER)
		return;
	for (; at && patch->versions[at - 1] > version; at--)
		patch->versions[at] = patch->versions[at - 1];
	patch->versions[at] = version;
	patch->nr_versions++;
}

/* Earlier versions: by title, or by a diff that moved to another title. */
static void add_older(struct gcv_review_build *b, const struct same *s, uint32_t at, uint32_t mail)
{
	struct gcv_review_patch *patch = &b->reviews->patches[at];
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t round, link, nr, id;

	for (round = 0; round < 2; round++) {
		if (round && !patch->mail->has_diff)
			break;
		add_same_key(b, mail, round, &key);
		id = gcv_intern_find(&s->keys, key.buf ? key.buf : "", key.len);
		link = id == NONE ? 0 : s->heads[id];
		for (nr = 0; link && nr < GCV_REVIEW_OLDER; nr++, link = s->links[link - 1].next) {
			uint32_t other = s->links[link - 1].mail;

			if (other == mail || b->threads.subjects[other].version > patch->version)
				continue;
			add_version(patch, b->threads.subjects[other].version);
			if (has_same_diff(patch->mail, &b->mails->list[other]))
				gcv_review_replies_add(b, at, other);
		}
	}
}

static void add_patch(struct gcv_review_build *b, const struct same *s, uint32_t mail)
{
	struct gcv_reviews *r = b->reviews;
	const struct gcv_subject *subject = &b->threads.subjects[mail];
	uint32_t at = r->nr_patches;
	struct gcv_review_patch *patch;

	GCV_GROW(r->patches, r->nr_patches, r->cap_patches);
	patch = &r->patches[r->nr_patches++];
	*patch = (struct gcv_review_patch){
		.number = subject->number,
		.version = subject->version,
		.title = subject->title,
		.message_id = b->mails->list[mail].message_id,
		.mail = &b->mails->list[mail],
		.versions = gcv_arena_alloc(&r->arena,
					    sizeof(*patch->versions) * (2 * GCV_REVIEW_OLDER + 2)),
	};
	add_version(patch, subject->version);
	gcv_review_replies_add(b, at, mail);
	add_older(b, s, at, mail);
	gcv_review_replies_count(b, at, mail);
	gcv_review_records_add(b, patch);
	gcv_review_sites_link(r, at);
}

/* @return whether the posting is about what we look at. */
static bool is_ours(struct gcv_review_build *b, uint32_t posting)
{
	const struct gcv_posting *p = &b->lineages.postings[posting];
	struct gcv_review_patch probe;
	uint32_t i, nr;

	for (i = 0; i < p->nr; i++) {
		const struct gcv_mail *mail = &b->mails->list[b->lineages.mails[p->first + i]];

		if (mail->nr_changes)
			return true;
		probe = (struct gcv_review_patch){ .mail = mail };
		gcv_review_records_add(b, &probe);
		nr = probe.nr_records;
		free(probe.records);
		if (nr)
			return true;
	}
	return false;
}

/** struct chosen - mails that are patches of the newest version of a series */
struct chosen {
	struct gcv_intern there;
	uint32_t *mails;
	uint32_t nr, cap;
};

/* Patches of a posting, without those whose number is there already: sent twice, or newer. */
static void choose(const struct gcv_review_build *b, uint32_t posting, struct chosen *c)
{
	const struct gcv_posting *p = &b->lineages.postings[posting];
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t i, before;

	for (i = 0; i < p->nr; i++) {
		uint32_t mail = b->lineages.mails[p->first + i];
		const struct gcv_subject *subject = &b->threads.subjects[mail];

		if (gcv_subject_is_cover(subject))
			continue;
		gcv_strbuf_clear(&key);
		if (subject->number)
			gcv_strbuf_addf(&key, "%u", subject->number);
		else
			gcv_strbuf_addf(&key, "- %s", subject->title);
		before = c->there.nr;
		gcv_intern_add(&c->there, key.buf, key.len);
		if (c->there.nr == before)
			continue;
		GCV_GROW(c->mails, c->nr, c->cap);
		c->mails[c->nr++] = mail;
	}
}

static int by_patch_number(const void *x, const void *y, void *data)
{
	const struct gcv_review_build *b = data;
	const struct gcv_subject *s = &b->threads.subjects[*(const uint32_t *)x];
	const struct gcv_subject *t = &b->threads.subjects[*(const uint32_t *)y];

	if (s->number != t->number)
		return s->number < t->number ? -1 : 1;
	return strcmp(s->title, t->title);
}

/* A single patch of a series is often sent anew: the others are those of the version before. */
static void add_series(struct gcv_review_build *b, const struct same *s, const uint32_t *order,
		       uint32_t nr)
{
	struct gcv_reviews *r = b->reviews;
	const struct gcv_posting *newest = &b->lineages.postings[order[0]], *p = newest;
	uint32_t first = r->nr_patches, leader = p->leader, i;
	struct chosen c = { 0 };

	choose(b, order[0], &c);
	for (i = 1; i < nr && i < GCV_REVIEW_OLDER && !p->has_cover && c.nr < newest->total; i++) {
		if (b->lineages.postings[order[i]].total != newest->total)
			continue;
		p = &b->lineages.postings[order[i]];
		leader = p->leader;
		choose(b, order[i], &c);
	}
	if (c.nr)
		qsort_r(c.mails, c.nr, sizeof(*c.mails), by_patch_number, b);
	for (i = 0; i < c.nr; i++)
		add_patch(b, s, c.mails[i]);
	gcv_intern_release(&c.there);
	free(c.mails);
	GCV_GROW(r->list, r->nr, r->cap);
	r->list[r->nr++] = (struct gcv_review_series){
		.title = b->threads.subjects[leader].title,
		.name = b->mails->list[leader].name,
		.address = b->mails->list[leader].address,
		.message_id = b->mails->list[leader].message_id,
		.date_s = b->mails->list[newest->leader].date_s,
		.version = newest->version,
		.total = newest->total > r->nr_patches - first ? newest->total
							       : r->nr_patches - first,
		.first = first,
		.nr = r->nr_patches - first,
	};
}

static void add_lineage(struct gcv_review_build *b, const uint32_t *order, uint32_t nr)
{
	const struct gcv_lineages *l = &b->lineages;
	struct same s = { 0 };
	bool is_wanted = false;
	uint32_t i, k;

	for (i = 0; i < nr; i++)
		is_wanted |= is_ours(b, order[i]);
	if (!is_wanted) {
		b->reviews->left_out++;
		return;
	}
	/* The newest are the first of their lists. */
	for (i = nr; i--;) {
		const struct gcv_posting *p = &l->postings[order[i]];

		for (k = 0; k < p->nr; k++) {
			if (gcv_subject_is_cover(&b->threads.subjects[l->mails[p->first + k]]))
				continue;
			add_same(b, &s, l->mails[p->first + k], false);
			add_same(b, &s, l->mails[p->first + k], true);
		}
	}
	add_series(b, &s, order, nr);
	gcv_intern_release(&s.keys);
	free(s.heads);
	free(s.links);
}

static int by_date(const void *a, const void *b)
{
	const struct gcv_review_series *x = a, *y = b;
	int c;

	if (!*x->address != !*y->address)
		return *x->address ? -1 : 1;
	if (x->date_s != y->date_s)
		return x->date_s < y->date_s ? -1 : 1;
	c = strcmp(x->title, y->title);
	return c ? c : strcmp(x->message_id, y->message_id);
}

static void release(struct gcv_review_build *b)
{
	gcv_threads_release(&b->threads);
	gcv_lineages_release(&b->lineages);
	gcv_intern_release(&b->people);
	gcv_intern_release(&b->tags);
	gcv_intern_release(&b->taken);
	gcv_intern_release(&b->same);
	free(b->of);
	free(b->replies);
	free(b->state);
	free(b->same_heads);
	free(b->same_links);
	free(b->is_sent);
}

void gcv_reviews_build(const struct gcv_mails *mails, const struct gcv_series_record *records,
		       uint32_t nr_records, struct gcv_reviews *ret)
{
	struct gcv_review_build b = {
		.mails = mails, .reviews = ret, .records = records, .nr_records = nr_records
	};
	uint32_t i, end;

	*ret = (struct gcv_reviews){ 0 };
	gcv_threads_build(mails, &b.threads);
	gcv_lineages_build(mails, &b.threads, &b.lineages);
	gcv_review_replies_sort(&b);
	gcv_review_records_sort(&b);
	for (i = 0; i < b.lineages.nr; i = end) {
		const uint32_t *order = b.lineages.order, *series = b.lineages.series;

		for (end = i + 1; end < b.lineages.nr && series[order[end]] == series[order[i]];)
			end++;
		add_lineage(&b, order + i, end - i);
	}
	gcv_review_records_left(&b);
	if (ret->nr)
		qsort(ret->list, ret->nr, sizeof(*ret->list), by_date);
	release(&b);
}

void gcv_reviews_release(struct gcv_reviews *reviews)
{
	uint32_t i;

	for (i = 0; i < reviews->nr_patches; i++) {
		free(reviews->patches[i].tags);
		free(reviews->patches[i].records);
		free(reviews->patches[i].sites);
	}
	free(reviews->list);
	free(reviews->patches);
	free(reviews->heads);
	free(reviews->links);
	gcv_intern_release(&reviews->keys);
	gcv_arena_release(&reviews->arena);
	*reviews = (struct gcv_reviews){ 0 };
}

void gcv_review_facts_release(struct gcv_review_facts *facts)
{
	gcv_mails_release(&facts->mails);
	gcv_arena_release(&facts->arena);
	*facts = (struct gcv_review_facts){ 0 };
}
