/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Subjects of patches: "Re: [RFC PATCH v2 03/34] mm: convert".
 *
 *	struct gcv_subject s;
 *
 *	gcv_subject_parse(mail->subject, &s);
 *	if (s.is_patch && !s.is_reply)
 *		printf("%u of %u, version %u: %s\n", s.number, s.total, s.version, s.title);
 */
#ifndef GCV_TRACK_SUBJECT_H
#define GCV_TRACK_SUBJECT_H

#include <stdbool.h>
#include <stdint.h>

/** GCV_SUBJECT_MOST - no series has more patches, and no patch more versions */
#define GCV_SUBJECT_MOST 9999

/**
 * struct gcv_subject - a subject taken apart
 * @is_reply: begins with "Re:" or the like
 * @is_patch: has "PATCH" in brackets
 * @version: 1 where it does not say
 * @number: of the patch; 0 is the cover letter where @total is set
 * @total: patches of the series; 0 where it does not say, or says what cannot be
 * @title: what is left, within the subject
 */
struct gcv_subject {
	bool is_reply, is_patch;
	uint32_t version, number, total;
	const char *title;
};

/**
 * gcv_subject_parse() - take a subject apart
 * @subject: the subject; must outlive the result
 * @ret: its parts
 *
 * A number that is greater than the total, or than GCV_SUBJECT_MOST, is a mistake or a lie: the
 * mail then counts as a patch by itself.
 */
void gcv_subject_parse(const char *subject, struct gcv_subject *ret);

/**
 * gcv_subject_is_cover() - is it that of a cover letter?
 * @s: the subject's parts
 *
 * Return: true for "[PATCH 0/34] …" that is no reply.
 */
bool gcv_subject_is_cover(const struct gcv_subject *s);

#endif
