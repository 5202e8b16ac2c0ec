/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who sends a series, and when: from the environment as git reads it, else from git's
 *configuration.
 *
 *	struct gcv_identity me;
 *
 *	if (gcv_identity_get(tree.root, &arena, &me, err) != GCV_OK)
 *		…
 */
#ifndef GCV_EDIT_IDENTITY_H
#define GCV_EDIT_IDENTITY_H

#include "edit/address.h"

#include <stdint.h>

/**
 * struct gcv_identity - a person at a time
 * @address: the person
 * @when_s: seconds since 1970
 * @offset_min: the zone's minutes east of Greenwich
 */
struct gcv_identity {
	struct gcv_address address;
	int64_t when_s;
	int offset_min;
};

/**
 * gcv_identity_get() - the author of what is written now
 * @tree_root: a folder whose own git configuration counts where it is a repository; may be NULL
 * @arena: owns the strings
 * @ret: the person
 * @err: sentence on failure
 *
 * GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL and GIT_AUTHOR_DATE ("[@]SECONDS [+-]HHMM" or ISO 8601), else
 * user.name and user.email of git's configuration, and SOURCE_DATE_EPOCH or the clock.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (nobody said who), GCV_ERR_FORMAT (a name or an address that a
 * mail cannot hold, or a date that is none).
 */
enum gcv_status gcv_identity_get(const char *tree_root, struct gcv_arena *arena,
				 struct gcv_identity *ret, struct gcv_err *err) GCV_MUST_CHECK;

#endif
