// SPDX-License-Identifier: GPL-2.0-only
#include "track/thread.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NONE GCV_INTERN_NONE

/**
 * struct building - threads in the making
 * @mails: the mails
 * @t: the result
 * @state: of a mail whose chain is followed: 0 not yet, 1 on the way, 2 done
 * @chain: mails on the way
 * @postings: keys of the postings
 */
struct building {
	const struct gcv_mails *mails;
	struct gcv_threads *t;
	uint8_t *state;
	uint32_t *chain;
	struct gcv_intern postings;
};

bool gcv_threads_is_patch(const struct gcv_threads *t, uint32_t mail)
{
	return t->subjects[mail].is_patch && !t->subjects[mail].is_reply;
}

bool gcv_threads_is_wanted(const struct gcv_threads *t, uint32_t mail)
{
	return t->subjects[mail].is_patch || t->about[mail] != NONE;
}

static void find_parents(struct building *b)
{
	uint32_t i, k;

	for (i = 0; i < b->t->nr; i++) {
		const struct gcv_mail *mail = &b->mails->list[i];

		gcv_subject_parse(mail->subject, &b->t->subjects[i]);
		b->t->parent[i] = NONE;
		for (k = 0; k < mail->nr_references && b->t->parent[i] == NONE; k++)
			b->t->parent[i] = gcv_mails_find(b->mails, mail->references[k]);
		if (b->t->parent[i] == i)
			b->t->parent[i] = NONE;
	}
}

/* A subject with all that tells patches apart, in lower case. */
static void add_subject_key(struct gcv_strbuf *key, const struct gcv_subject *s)
{
	const char *at;

	gcv_strbuf_addf(key, "%u %u/%u ", s->version, s->number, s->total);
	for (at = s->title; *at; at++)
		gcv_strbuf_addch(key, (char)tolower((unsigned char)*at));
}

/* Numbers of subjects, and the first patch of each. */
static void find_by_subject(struct building *b)
{
	struct gcv_threads *t = b->t;
	struct gcv_intern keys = { 0 };
	GCV_AUTOFREE uint32_t *patches = gcv_zalloc(t->nr + 1, sizeof(*patches));
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t i, id;

	for (i = 0; i < t->nr; i++) {
		if (!gcv_threads_is_patch(t, i))
			continue;
		gcv_strbuf_clear(&key);
		add_subject_key(&key, &t->subjects[i]);
		id = gcv_intern_add(&keys, key.buf, key.len);
		if (!patches[id])
			patches[id] = i + 1;
	}
	for (i = 0; i < t->nr; i++) {
		if (t->about[i] != NONE || !t->subjects[i].is_patch || !t->subjects[i].is_reply)
			continue;
		gcv_strbuf_clear(&key);
		add_subject_key(&key, &t->subjects[i]);
		id = gcv_intern_find(&keys, key.buf, key.len);
		if (id != GCV_INTERN_NONE)
			t->about[i] = patches[id] - 1;
	}
	gcv_intern_release(&keys);
}

/* Follow the chain from a mail up to one that is known, and hand what is found down the chain. */
static void find_about(struct building *b, uint32_t mail)
{
	struct gcv_threads *t = b->t;
	uint32_t nr = 0, at = mail, found = NONE;

	while (at != NONE && b->state[at] == 0) {
		b->state[at] = 1;
		b->chain[nr++] = at;
		if (gcv_threads_is_patch(t, at))
			break;
		at = t->parent[at];
	}
	if (at != NONE && gcv_threads_is_patch(t, at))
		found = at;
	else if (at != NONE && b->state[at] == 2)
		found = t->about[at];
	while (nr) {
		at = b->chain[--nr];
		b->state[at] = 2;
		t->about[at] = found;
	}
}

static bool is_same_posting(const struct building *b, uint32_t x, uint32_t y)
{
	const struct gcv_subject *a = &b->t->subjects[x], *c = &b->t->subjects[y];

	return a->version == c->version && a->total == c->total && a->total &&
	       strcasecmp(b->mails->list[x].address, b->mails->list[y].address) == 0;
}

/* What the ids of one run of git send-email or b4 have in common: what is before "-3-". @return its
 * length, 0 for none. */
static size_t run_of(const char *id)
{
	size_t len = strcspn(id, "@"), end, at;

	for (end = len; end > 1; end--) {
		if (id[end - 1] != '-')
			continue;
		for (at = end - 1; at && isdigit((unsigned char)id[at - 1]); at--)
			;
		if (at < end - 1 && at > 1 && id[at - 1] == '-')
			return at - 1;
		end = at + 1;
	}
	return 0;
}

/* What patches of one posting have in common where none of them replies to another. A folder of
 * mails that were not sent yet has no ids. */
static void add_posting_key(const struct building *b, uint32_t mail, struct gcv_strbuf *key)
{
	const struct gcv_subject *s = &b->t->subjects[mail];
	const struct gcv_mail *m = &b->mails->list[mail];
	bool is_unsent = strstr(m->message_id, GCV_MAIL_NO_ID) != NULL;
	size_t run = run_of(m->message_id);

	if (!s->total || (gcv_subject_is_cover(s) && !run && !is_unsent)) {
		gcv_strbuf_addf(key, "mail %u", mail);
		return;
	}
	gcv_strbuf_addf(key, "%u/%u %s ", s->version, s->total, m->address);
	if (m->nr_references && !gcv_subject_is_cover(s))
		gcv_strbuf_addf(key, "to %s", m->references[m->nr_references - 1]);
	else if (run)
		gcv_strbuf_addf(key, "run %.*s", (int)run, m->message_id);
	else
		gcv_strbuf_addf(key, "day %lld", (long long)(m->date_s / 86400));
}

/* A patch is of the posting of the one that it replies to where they fit together. */
static void find_posting(struct building *b, uint32_t mail)
{
	struct gcv_threads *t = b->t;
	uint32_t nr = 0, at = mail, found;

	while (b->state[at] == 0) {
		uint32_t up = t->parent[at] == NONE ? NONE : t->about[t->parent[at]];

		b->state[at] = 1;
		b->chain[nr++] = at;
		if (gcv_subject_is_cover(&t->subjects[at]) || up == NONE || up == at ||
		    !is_same_posting(b, at, up))
			break;
		at = up;
	}
	found = b->state[at] == 2 ? t->posting[at] : NONE;
	if (found == NONE) {
		GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };

		add_posting_key(b, at, &key);
		found = gcv_intern_add(&b->postings, key.buf, key.len);
	}
	while (nr) {
		at = b->chain[--nr];
		b->state[at] = 2;
		t->posting[at] = found;
	}
}

void gcv_threads_build(const struct gcv_mails *mails, struct gcv_threads *ret)
{
	struct building b = { .mails = mails, .t = ret };
	uint32_t i;

	*ret = (struct gcv_threads){
		.subjects = gcv_zalloc(mails->nr + 1, sizeof(*ret->subjects)),
		.parent = gcv_zalloc(mails->nr + 1, sizeof(*ret->parent)),
		.about = gcv_zalloc(mails->nr + 1, sizeof(*ret->about)),
		.posting = gcv_zalloc(mails->nr + 1, sizeof(*ret->posting)),
		.nr = mails->nr,
	};
	b.state = gcv_zalloc(mails->nr + 1, sizeof(*b.state));
	b.chain = gcv_zalloc(mails->nr + 1, sizeof(*b.chain));
	find_parents(&b);
	for (i = 0; i < ret->nr; i++)
		find_about(&b, i);
	find_by_subject(&b);
	memset(b.state, 0, ret->nr);
	for (i = 0; i < ret->nr; i++) {
		if (gcv_threads_is_patch(ret, i))
			find_posting(&b, i);
		else
			ret->posting[i] = NONE;
	}
	ret->nr_postings = b.postings.nr;
	gcv_intern_release(&b.postings);
	free(b.state);
	free(b.chain);
}

void gcv_threads_release(struct gcv_threads *t)
{
	free(t->subjects);
	free(t->parent);
	free(t->about);
	free(t->posting);
	*t = (struct gcv_threads){ 0 };
}
