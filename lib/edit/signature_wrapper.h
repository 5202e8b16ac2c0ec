/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A static function that did nothing but choose between two releases, and would now only hand its
 * arguments on: its callers call the function itself, and it goes.
 *
 *	gcv_signature_call_look(&call);
 *	st = gcv_signature_wrapper_remove(&call, program, &file_edit, group, &is_removed, err);
 *	if (st == GCV_OK && !is_removed)
 *		st = gcv_signature_call_edit(&call, &file_edit, group, err);
 */
#ifndef GCV_EDIT_SIGNATURE_WRAPPER_H
#define GCV_EDIT_SIGNATURE_WRAPPER_H

#include "edit/signature_call.h"

/**
 * gcv_signature_wrapper_remove() - remove the function that holds a call, if that is all it does
 * @c: the call; the function was seen in this form only
 * @program: finds the callers
 * @edit: the changes of its file
 * @group: number of the group of changes
 * @ret_is_removed: it is removed and its callers are changed; else nothing is
 * @err: sentence on failure
 *
 * It stays where its name stands anywhere in the file but in calls that are seen and written out,
 * where an argument would be evaluated more or less often or by another type than before, and where
 * it was one call before.
 *
 * Return: GCV_OK, or what gcv_program_body() or gcv_file_edit_add() returned.
 */
enum gcv_status gcv_signature_wrapper_remove(const struct gcv_signature_call *c,
					     struct gcv_program *program,
					     struct gcv_file_edit *edit, uint32_t group,
					     bool *ret_is_removed,
					     struct gcv_err *err) GCV_MUST_CHECK;

#endif
