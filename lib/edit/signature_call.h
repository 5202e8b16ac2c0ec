/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A call of a function that gets one more parameter. What stood in two branches becomes one call
 * with the condition as its argument; a loop that did so page by page, one call for the array.
 *
 *	struct gcv_signature_call call = { .change = &change, .form = &form, .call = node, … };
 *
 *	gcv_signature_call_look(&call);
 *	st = gcv_signature_call_edit(&call, &file_edit, group, err);
 */
#ifndef GCV_EDIT_SIGNATURE_CALL_H
#define GCV_EDIT_SIGNATURE_CALL_H

#include "classify/release_shape.h"
#include "edit/call_text.h"
#include "edit/change.h"
#include "edit/form.h"
#include "edit/signature.h"
#include "edit/substitute.h"

/**
 * struct gcv_signature_call - a call in one form of its function
 * @change: the parameter
 * @conversion: the conversion
 * @accessors: known functions
 * @form: the function
 * @call: the CALL
 * @is_shallow: only add the argument
 * @shape: on return of gcv_signature_call_look(), as what follows: the code around the call
 * @unit: what is written anew: the CALL, the IF around it and its partner, or the loop around that
 * @condition: argument that is added; GCV_NONE for true
 * @is_inverted: its opposite
 * @args: the other arguments by position; GCV_NONE for what is to be found in @shape alone
 * @nr_args: how many
 */
struct gcv_signature_call {
	const struct gcv_signature_change *change;
	const struct gcv_api_conversion *conversion;
	const struct gcv_accessors *accessors;
	const struct gcv_form *form;
	uint32_t call;
	bool is_shallow;
	struct gcv_release_shape shape;
	uint32_t unit;
	uint32_t condition;
	bool is_inverted;
	uint32_t args[GCV_CALL_TEXT_ARGS];
	uint32_t nr_args;
};

/**
 * gcv_signature_call_look() - find out what becomes of a call
 * @c: the call
 *
 * An if is folded where the other branch gives the same pages back without dirtying them, by a
 * function of the same family, and its condition can be evaluated among the arguments.
 */
void gcv_signature_call_look(struct gcv_signature_call *c);

/**
 * gcv_signature_call_edit() - change a call
 * @c: after gcv_signature_call_look()
 * @edit: the changes of its file
 * @group: number of the group of changes
 * @err: sentence on failure, with file and line
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (a macro makes the call), or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_signature_call_edit(const struct gcv_signature_call *c,
					struct gcv_file_edit *edit, uint32_t group,
					struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_signature_condition() - a condition as the text of an argument
 * @condition: the condition
 * @is_inverted: its opposite is meant
 *
 * Return: the text; "true" and "false" for 1 and 0.
 */
const char *gcv_signature_condition(const struct gcv_substitute *condition, bool is_inverted);

#endif
