/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who answers whom: for each mail the patch or cover letter that it is about, and for each of these
 * the posting that it belongs to.
 *
 *	struct gcv_threads t;
 *
 *	gcv_threads_build(&mails, &t);
 *	if (t.about[i] != GCV_INTERN_NONE)
 *		printf("%s is about %s\n", mails.list[i].subject, mails.list[t.about[i]].subject);
 *	gcv_threads_release(&t);
 *
 * Time and memory grow with the number of mails only, however long their chains are; mails that
 * refer to each other in a circle are about nothing.
 */
#ifndef GCV_TRACK_THREAD_H
#define GCV_TRACK_THREAD_H

#include "track/mail.h"
#include "track/subject.h"

/**
 * struct gcv_threads - how the mails of a set hang together; all by the index of the mail
 * @subjects: their subjects
 * @parent: the mail that it replies to, or GCV_INTERN_NONE
 * @about: the nearest patch or cover letter among itself and what it replies to, or GCV_INTERN_NONE
 * @posting: of a patch or cover letter the number of its posting, or GCV_INTERN_NONE
 * @nr: how many mails
 * @nr_postings: how many postings: a version of a series, as far as it was sent at once
 */
struct gcv_threads {
	struct gcv_subject *subjects;
	uint32_t *parent, *about, *posting;
	uint32_t nr, nr_postings;
};

/**
 * gcv_threads_build() - find out how mails hang together
 * @mails: the mails; must outlive the result
 * @ret: for gcv_threads_release()
 *
 * A reply whose parents are not there is about the patch of the same subject. Patches are of one
 * posting where they have the same sender, version and total, and one replies to the other or to
 * the same mail, or their ids are of one run of git send-email.
 */
void gcv_threads_build(const struct gcv_mails *mails, struct gcv_threads *ret);

/**
 * gcv_threads_is_patch() - is a mail a patch or a cover letter?
 * @t: the threads
 * @mail: its index
 *
 * Return: true where it is.
 */
bool gcv_threads_is_patch(const struct gcv_threads *t, uint32_t mail);

/**
 * gcv_threads_is_wanted() - has a mail to do with patches?
 * @t: the threads
 * @mail: its index
 *
 * Return: true for a patch, a cover letter, what is about them, and what could be once the patch is
 * known.
 */
bool gcv_threads_is_wanted(const struct gcv_threads *t, uint32_t mail);

/**
 * gcv_threads_release() - free what gcv_threads_build() made
 * @t: the threads
 */
void gcv_threads_release(struct gcv_threads *t);

#endif
