/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Postings that are versions of one series.
 *
 *	struct gcv_lineages l;
 *
 *	gcv_lineages_build(&mails, &threads, &l);
 *	printf("posting %u is of series %u\n", posting, l.series[posting]);
 *	gcv_lineages_release(&l);
 */
#ifndef GCV_TRACK_LINEAGE_H
#define GCV_TRACK_LINEAGE_H

#include "track/thread.h"

/**
 * struct gcv_posting - a version of a series, as far as it was sent at once
 * @leader: its cover letter, or its patch of the lowest number: index of the mail
 * @first: index of its first mail in @mails of the lineages; the others follow, by number
 * @nr: how many mails, cover letters included
 * @version: its version
 * @total: patches that it says it has; 0 where it does not say
 * @has_cover: @leader is a cover letter
 */
struct gcv_posting {
	uint32_t leader, first, nr, version, total;
	bool has_cover;
};

/**
 * struct gcv_lineages - postings and the series that they are versions of
 * @postings: by number of the posting
 * @mails: patches and cover letters: indexes of mails, by posting and number
 * @series: by number of the posting the number of its series
 * @order: postings by series, the newest version first
 * @nr: how many postings
 */
struct gcv_lineages {
	struct gcv_posting *postings;
	uint32_t *mails, *series, *order;
	uint32_t nr;
};

/**
 * gcv_lineages_build() - find the versions of series
 * @mails: the mails
 * @threads: how they hang together
 * @ret: for gcv_lineages_release()
 *
 * Postings of one sender are of one series where the titles of their leaders are the same, or where
 * one was sent as a reply to the other.
 */
void gcv_lineages_build(const struct gcv_mails *mails, const struct gcv_threads *threads,
			struct gcv_lineages *ret);

/**
 * gcv_lineages_release() - free what gcv_lineages_build() made
 * @l: the lineages
 */
void gcv_lineages_release(struct gcv_lineages *l);

#endif
