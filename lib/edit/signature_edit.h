/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How declarations and the definition of a function are written with one parameter more.
 *
 *	st = gcv_signature_edit_prototype(&change, &header, offset, &header_edit, group, err);
 *	st = gcv_signature_edit_definition(&change, &form, &file_edit, group, err);
 */
#ifndef GCV_EDIT_SIGNATURE_EDIT_H
#define GCV_EDIT_SIGNATURE_EDIT_H

#include "edit/change.h"
#include "edit/form.h"
#include "edit/signature.h"

/**
 * gcv_signature_edit_prototype() - add the parameter to a declaration
 * @change: the parameter
 * @source: the file that declares
 * @offset: of the function's name there
 * @edit: the changes of the file
 * @group: number of the group of changes
 * @err: sentence on failure, with file and line
 *
 * The text decides, so that a declaration that no configuration sees can be changed, too. A
 * parameter list without names gets none. Where the line becomes too long, the parameter goes below
 * the first one.
 *
 * Return: GCV_OK, GCV_ERR_LIMIT (no parameter list of as many parameters stands there, or a
 * directive in it), or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_signature_edit_prototype(const struct gcv_signature_change *change,
					     const struct gcv_source *source, uint32_t offset,
					     struct gcv_file_edit *edit, uint32_t group,
					     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_signature_edit_definition() - add the parameter to the definition, and heed it
 * @change: the parameter
 * @form: the definition
 * @edit: the changes of its file
 * @group: number of the group of changes
 * @err: sentence on failure, with file and line
 *
 * Where the argument is false, the function does first and only what @change->plain does. A
 * definition that does nothing (for a configuration without the feature) goes on doing that. A
 * kernel-doc comment with lines for the parameters gets one for the new one.
 *
 * Return: GCV_OK, GCV_ERR_LIMIT (it cannot return early: it returns a value, an initialiser has
 * side effects, the name is taken, or a macro makes it), or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_signature_edit_definition(const struct gcv_signature_change *change,
					      const struct gcv_form *form,
					      struct gcv_file_edit *edit, uint32_t group,
					      struct gcv_err *err) GCV_MUST_CHECK;

#endif
