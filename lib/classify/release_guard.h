/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conditions that stand before a release.
 *
 *	gcv_release_guards(body, &cfg, &shape, &guards);
 *	if (!guards.is_not_negative)
 *		…the count may be negative…
 */
#ifndef GCV_CLASSIFY_RELEASE_GUARD_H
#define GCV_CLASSIFY_RELEASE_GUARD_H

#include "classify/release_shape.h"
#include "flow/cfg.h"

/**
 * struct gcv_release_guards - see above
 * @is_not_negative: on all ways to the release a condition says that the count is not negative
 * @other: a condition that decides about the release, and is about neither the count nor the pages;
 * GCV_NONE where there is none
 */
struct gcv_release_guards {
	bool is_not_negative;
	uint32_t other;
};

/**
 * gcv_release_guards_of() - look for them in the release's function
 * @body: its body
 * @cfg: its graph
 * @shape: the release
 * @ret: the answer
 */
void gcv_release_guards_of(const struct gcv_body *body, const struct gcv_cfg *cfg,
			   const struct gcv_release_shape *shape, struct gcv_release_guards *ret);

/**
 * gcv_release_is_not_negative() - do conditions say that a number is not negative at some place?
 * @body: body of the function
 * @cfg: its graph
 * @number: the number
 * @at: node of the place
 *
 * Return: true where on all ways to it one does, and the number is not written behind that.
 */
bool gcv_release_is_not_negative(const struct gcv_body *body, const struct gcv_cfg *cfg,
				 uint32_t number, uint32_t at);

#endif
