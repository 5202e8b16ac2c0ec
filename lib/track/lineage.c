// SPDX-License-Identifier: GPL-2.0-only
#include "track/lineage.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NONE GCV_INTERN_NONE

/** struct sorting - what mails and postings are sorted by */
struct sorting {
	const struct gcv_mails *mails;
	const struct gcv_threads *threads;
	struct gcv_lineages *l;
};

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* By posting, then number; of one number the first sent. */
static int by_number(const void *a, const void *b, void *data)
{
	const struct sorting *s = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int c = compare(s->threads->posting[x], s->threads->posting[y]);

	c = c ? c : compare(s->threads->subjects[x].number, s->threads->subjects[y].number);
	c = c ? c : compare((uint64_t)s->mails->list[x].date_s, (uint64_t)s->mails->list[y].date_s);
	c = c ? c : strcmp(s->mails->list[x].message_id, s->mails->list[y].message_id);
	return c ? c : compare(x, y);
}

/* By series, the newest version first. */
static int by_version(const void *a, const void *b, void *data)
{
	const struct sorting *s = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	const struct gcv_posting *p = &s->l->postings[x], *q = &s->l->postings[y];
	const struct gcv_mail *m = &s->mails->list[p->leader], *n = &s->mails->list[q->leader];
	int c = compare(s->l->series[x], s->l->series[y]);

	c = c ? c : compare(q->version, p->version);
	c = c ? c : compare((uint64_t)n->date_s, (uint64_t)m->date_s);
	c = c ? c : strcmp(m->message_id, n->message_id);
	return c ? c : compare(x, y);
}

static void list_postings(struct sorting *s)
{
	const struct gcv_threads *t = s->threads;
	struct gcv_lineages *l = s->l;
	uint32_t i, nr = 0;

	for (i = 0; i < t->nr; i++)
		if (t->posting[i] != NONE)
			l->mails[nr++] = i;
	qsort_r(l->mails, nr, sizeof(*l->mails), by_number, s);
	for (i = 0; i < nr; i++) {
		struct gcv_posting *p = &l->postings[t->posting[l->mails[i]]];
		const struct gcv_subject *subject = &t->subjects[l->mails[i]];

		if (!p->nr++)
			*p = (struct gcv_posting){
				.leader = l->mails[i],
				.first = i,
				.nr = 1,
				.version = subject->version,
				.total = subject->total,
				.has_cover = gcv_subject_is_cover(subject),
			};
	}
}

static uint32_t root_of(uint32_t *up, uint32_t at)
{
	while (up[at] != at) {
		up[at] = up[up[at]];
		at = up[at];
	}
	return at;
}

static void join(uint32_t *up, uint32_t a, uint32_t b)
{
	a = root_of(up, a);
	b = root_of(up, b);
	if (a < b)
		up[b] = a;
	else
		up[a] = b;
}

static void add_key(const struct sorting *s, uint32_t posting, struct gcv_strbuf *key)
{
	uint32_t leader = s->l->postings[posting].leader;
	const char *at;

	gcv_strbuf_clear(key);
	for (at = s->threads->subjects[leader].title; *at; at++)
		gcv_strbuf_addch(key, (char)tolower((unsigned char)*at));
	gcv_strbuf_addch(key, '\n');
	for (at = s->mails->list[leader].address; *at; at++)
		gcv_strbuf_addch(key, (char)tolower((unsigned char)*at));
}

/* The posting that a posting was sent as a reply to, if it is of the same sender and older. */
static uint32_t older_in_thread(const struct sorting *s, uint32_t posting)
{
	const struct gcv_threads *t = s->threads;
	const struct gcv_posting *p = &s->l->postings[posting];
	uint32_t up = t->parent[p->leader], about = up == NONE ? NONE : t->about[up];
	uint32_t older = about == NONE ? NONE : t->posting[about];

	if (older == NONE || older == posting || s->l->postings[older].version >= p->version ||
	    strcasecmp(s->mails->list[p->leader].address, s->mails->list[about].address) != 0)
		return NONE;
	return older;
}

static void join_versions(struct sorting *s)
{
	GCV_AUTOFREE uint32_t *first = gcv_zalloc(s->l->nr + 1, sizeof(*first));
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	struct gcv_intern keys = { 0 };
	uint32_t i, id, older, *up = s->l->series;

	for (i = 0; i < s->l->nr; i++)
		up[i] = i;
	for (i = 0; i < s->l->nr; i++) {
		add_key(s, i, &key);
		id = gcv_intern_add(&keys, key.buf, key.len);
		if (first[id])
			join(up, first[id] - 1, i);
		else
			first[id] = i + 1;
		older = older_in_thread(s, i);
		if (older != NONE)
			join(up, older, i);
	}
	for (i = 0; i < s->l->nr; i++)
		up[i] = root_of(up, i);
	gcv_intern_release(&keys);
}

void gcv_lineages_build(const struct gcv_mails *mails, const struct gcv_threads *threads,
			struct gcv_lineages *ret)
{
	struct sorting s = { mails, threads, ret };
	uint32_t i;

	*ret = (struct gcv_lineages){
		.postings = gcv_zalloc(threads->nr_postings + 1, sizeof(*ret->postings)),
		.mails = gcv_zalloc(mails->nr + 1, sizeof(*ret->mails)),
		.series = gcv_zalloc(threads->nr_postings + 1, sizeof(*ret->series)),
		.order = gcv_zalloc(threads->nr_postings + 1, sizeof(*ret->order)),
		.nr = threads->nr_postings,
	};
	list_postings(&s);
	join_versions(&s);
	for (i = 0; i < ret->nr; i++)
		ret->order[i] = i;
	qsort_r(ret->order, ret->nr, sizeof(*ret->order), by_version, &s);
}

void gcv_lineages_release(struct gcv_lineages *l)
{
	free(l->postings);
	free(l->mails);
	free(l->series);
	free(l->order);
	*l = (struct gcv_lineages){ 0 };
}
