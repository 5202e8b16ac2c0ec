// SPDX-License-Identifier: GPL-2.0-only
/* What people said of a patch: tags, questions, and that it was applied. */
#include "track/review_build.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NONE GCV_INTERN_NONE

/* What somebody has to do with a patch. */
enum { SILENT, WAITS, SETTLED };

static int by_subject_and_date(const void *a, const void *b, void *data)
{
	const struct gcv_review_build *build = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint32_t p = build->threads.about[x], q = build->threads.about[y];
	const struct gcv_mail *m = &build->mails->list[x], *n = &build->mails->list[y];
	int c;

	if (p != q)
		return p < q ? -1 : 1;
	if (m->date_s != n->date_s)
		return m->date_s < n->date_s ? -1 : 1;
	c = strcmp(m->message_id, n->message_id);
	return c ? c : x < y ? -1 : 1;
}

/* Mails that say what was applied: those patches of the posting that they list, or the one that
 * they answer. */
static void note_taken(struct gcv_review_build *b, uint32_t reply)
{
	const struct gcv_mail *mail = &b->mails->list[reply];
	uint32_t about = b->threads.about[reply], posting = b->threads.posting[about], i;
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };

	for (i = 0; i < mail->nr_taken; i++) {
		gcv_strbuf_clear(&key);
		gcv_strbuf_addf(&key, "%u/%u", posting, mail->taken[i]);
		gcv_intern_add(&b->taken, key.buf, key.len);
	}
	if (!mail->nr_taken) {
		if (gcv_subject_is_cover(&b->threads.subjects[about]))
			gcv_strbuf_addf(&key, "%u/", posting);
		else
			gcv_strbuf_addf(&key, "mail %u", about);
		gcv_intern_add(&b->taken, key.buf, key.len);
	}
}

void gcv_review_replies_sort(struct gcv_review_build *b)
{
	uint32_t i, nr = 0;

	b->of = gcv_zalloc(b->mails->nr + 1, sizeof(*b->of));
	b->replies = gcv_zalloc(b->mails->nr + 1, sizeof(*b->replies));
	for (i = 0; i < b->mails->nr; i++)
		if (b->threads.about[i] != NONE && b->threads.about[i] != i)
			b->replies[nr++] = i;
	qsort_r(b->replies, nr, sizeof(*b->replies), by_subject_and_date, b);
	for (i = 0; i < nr; i++) {
		struct gcv_review_replies *of = &b->of[b->threads.about[b->replies[i]]];

		if (!of->nr++)
			of->first = i;
		if (b->mails->list[b->replies[i]].is_taken)
			note_taken(b, b->replies[i]);
	}
}

/* Two people are one where their addresses are, or their names: people have several addresses. */
static bool is_sender(const struct gcv_mail_tag *tag, const struct gcv_mail *mail)
{
	return (*tag->address && strcasecmp(tag->address, mail->address) == 0) ||
	       (*tag->name && strcasecmp(tag->name, mail->name) == 0);
}

static bool is_author(const struct gcv_mail *patch, const char *address)
{
	return *address && strcasecmp(patch->address, address) == 0;
}

static void add_lower(struct gcv_strbuf *key, const char *text)
{
	for (; *text; text++)
		gcv_strbuf_addch(key, (char)tolower((unsigned char)*text));
}

/* A tag that was told already is told once more only where it counts now. */
static bool is_new_tag(struct gcv_review_build *b, uint32_t at, const struct gcv_mail_tag *tag,
		       bool counts)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t before = b->tags.nr;

	gcv_strbuf_addf(&key, "%u %s %d ", at, tag->key, counts);
	add_lower(&key, *tag->address ? tag->address : tag->name);
	gcv_intern_add(&b->tags, key.buf, key.len);
	return b->tags.nr != before;
}

static void add_tags(struct gcv_review_build *b, uint32_t at, uint32_t from, uint32_t version,
		     const char *source)
{
	struct gcv_review_patch *patch = &b->reviews->patches[at];
	const struct gcv_mail *mail = &b->mails->list[from];
	bool is_patch = strcmp(source, "patch") == 0;
	uint32_t i;

	for (i = 0; i < mail->nr_tags; i++) {
		const struct gcv_mail_tag *tag = &mail->tags[i];
		bool counts = (is_patch || is_sender(tag, mail)) &&
			      !is_author(patch->mail, tag->address) &&
			      strcmp(tag->key, "Nacked-by") != 0;

		if (!is_new_tag(b, at, tag, counts))
			continue;
		GCV_GROW(patch->tags, patch->nr_tags, patch->cap_tags);
		patch->tags[patch->nr_tags++] =
			(struct gcv_review_tag){ *tag, source, mail->address, version, counts };
		patch->is_acked |= counts && strcmp(tag->key, "Acked-by") == 0;
		patch->is_reviewed |= counts && strcmp(tag->key, "Reviewed-by") == 0;
		patch->is_tested |= counts && strcmp(tag->key, "Tested-by") == 0;
	}
}

/* The cover letter that a patch was sent with, or NONE. */
static uint32_t cover_of(const struct gcv_review_build *b, uint32_t mail)
{
	uint32_t posting = b->threads.posting[mail];
	const struct gcv_posting *p = &b->lineages.postings[posting];

	return p->has_cover && p->leader != mail ? p->leader : NONE;
}

void gcv_review_replies_add(struct gcv_review_build *b, uint32_t at, uint32_t mail)
{
	uint32_t version = b->threads.subjects[mail].version, cover = cover_of(b, mail), i, nr = 0;
	const struct gcv_review_replies *of = &b->of[mail];

	add_tags(b, at, mail, version, "patch");
	for (i = 0; i < of->nr; i++)
		add_tags(b, at, b->replies[of->first + i], version, "reply");
	if (cover == NONE)
		return;
	of = &b->of[cover];
	for (i = 0; i < of->nr && i < GCV_REVIEW_COVER_REPLIES; i++) {
		if (!b->mails->list[b->replies[of->first + i]].nr_tags)
			continue;
		if (nr++ == GCV_REVIEW_COVER_TAGS)
			break;
		add_tags(b, at, b->replies[of->first + i], version, "cover");
	}
}

/* What somebody has to do with a patch; changed by what is given back. */
static uint8_t *state_of(struct gcv_review_build *b, uint32_t at, const struct gcv_mail *mail)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t id, before = b->people.nr;

	gcv_strbuf_addf(&key, "%u ", at);
	add_lower(&key, *mail->address ? mail->address : mail->name);
	id = gcv_intern_add(&b->people, key.buf, key.len);
	if (id == before) {
		GCV_GROW(b->state, before, b->cap_state);
		b->state[id] = SILENT;
	}
	return &b->state[id];
}

static bool has_approval(const struct gcv_mail *mail)
{
	uint32_t i;

	for (i = 0; i < mail->nr_tags; i++)
		if (strcmp(mail->tags[i].key, "Nacked-by") != 0 && is_sender(&mail->tags[i], mail))
			return true;
	return false;
}

static void count_reply(struct gcv_review_build *b, uint32_t at, const struct gcv_mail *reply,
			bool only_nak)
{
	struct gcv_review_patch *patch = &b->reviews->patches[at];
	uint8_t *state = state_of(b, at, reply), now = *state;

	if (reply->is_nak)
		now = WAITS;
	else if (has_approval(reply))
		now = SETTLED;
	else if (!only_nak && now == SILENT && reply->has_text && !reply->nr_tags &&
		 !reply->is_taken)
		now = WAITS;
	patch->asked += now == WAITS;
	patch->asked -= *state == WAITS;
	*state = now;
}

static bool is_taken(const struct gcv_review_build *b, uint32_t mail)
{
	uint32_t posting = b->threads.posting[mail], number = b->threads.subjects[mail].number;
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	size_t i;

	for (i = 0; i < 3; i++) {
		gcv_strbuf_clear(&key);
		if (i == 0)
			gcv_strbuf_addf(&key, "%u/%u", posting, number);
		else if (i == 1)
			gcv_strbuf_addf(&key, "%u/", posting);
		else
			gcv_strbuf_addf(&key, "mail %u", mail);
		if (gcv_intern_find(&b->taken, key.buf, key.len) != NONE)
			return true;
	}
	return false;
}

void gcv_review_replies_count(struct gcv_review_build *b, uint32_t at, uint32_t mail)
{
	struct gcv_review_patch *patch = &b->reviews->patches[at];
	const struct gcv_review_replies *of = &b->of[mail];
	uint32_t cover = cover_of(b, mail), nr = 0, i;

	for (i = 0; i < of->nr; i++) {
		const struct gcv_mail *reply = &b->mails->list[b->replies[of->first + i]];

		if (is_author(patch->mail, reply->address))
			continue;
		patch->replies++;
		count_reply(b, at, reply, false);
	}
	of = cover == NONE ? NULL : &b->of[cover];
	for (i = 0; of && i < of->nr && i < GCV_REVIEW_COVER_REPLIES; i++) {
		const struct gcv_mail *reply = &b->mails->list[b->replies[of->first + i]];

		if ((!reply->is_nak && !reply->nr_tags) || is_author(patch->mail, reply->address))
			continue;
		if (nr++ == GCV_REVIEW_COVER_TAGS)
			break;
		count_reply(b, at, reply, true);
	}
	patch->is_taken = is_taken(b, mail);
}
