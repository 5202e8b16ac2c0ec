/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reasons in sentences that name what they are about.
 *
 *	text = gcv_reason_sentence(classification, site, reason, &arena);
 */
#ifndef GCV_REPORT_REASON_TEXT_H
#define GCV_REPORT_REASON_TEXT_H

#include "base/alloc.h"
#include "classify/classify.h"

/**
 * gcv_reason_sentence() - a reason of a site in words
 * @classification: the classification
 * @site: index of the site
 * @reason: one of its reasons
 * @arena: owns the sentence
 *
 * Return: a sentence without a full stop, which goes on well after "because".
 */
const char *gcv_reason_sentence(const struct gcv_classification *classification, uint32_t site,
				const struct gcv_reason_at *reason, struct gcv_arena *arena);

#endif
