/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function whose text is edited, in one of the forms in which configurations see it: its body
 * beside its text, and what may be taken out of it without being missed.
 *
 *	gcv_form_init(&form, fn, &source);
 *	if (gcv_form_is_dead_after(&form, index, loop))
 *		…nobody looks at what the loop leaves in its index…
 *	gcv_form_release(&form);
 */
#ifndef GCV_EDIT_FORM_H
#define GCV_EDIT_FORM_H

#include "edit/source.h"
#include "flow/program.h"
#include "flow/reach.h"

/**
 * struct gcv_form - see above
 * @fn: the function, with its body decoded
 * @body: its body
 * @source: the file that holds it
 * @arena: owns @cfg and @reach
 * @cfg: control flow
 * @reach: which assignments a use can see
 */
struct gcv_form {
	const struct gcv_function *fn;
	const struct gcv_body *body;
	const struct gcv_source *source;
	struct gcv_arena arena;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

/**
 * gcv_form_init() - look at a function
 * @form: for gcv_form_release()
 * @fn: the function; its body was decoded
 * @source: its file, as it was scanned
 */
void gcv_form_init(struct gcv_form *form, const struct gcv_function *fn,
		   const struct gcv_source *source);

/**
 * gcv_form_release() - free what belongs to it
 * @form: the form
 */
void gcv_form_release(struct gcv_form *form);

/**
 * gcv_form_begin() - where a node begins
 * @form: the form
 * @node: the node
 *
 * Return: offset in the file.
 */
uint32_t gcv_form_begin(const struct gcv_form *form, uint32_t node);

/**
 * gcv_form_end() - where a node ends
 * @form: the form
 * @node: the node
 *
 * Return: offset in the file behind its last byte; a statement's semicolon is not part of it.
 */
uint32_t gcv_form_end(const struct gcv_form *form, uint32_t node);

/**
 * gcv_form_is_written() - does a node stand in the text as it is?
 * @form: the form
 * @node: the node, or GCV_NONE
 *
 * Return: false where a macro makes it or it stands in another file.
 */
bool gcv_form_is_written(const struct gcv_form *form, uint32_t node);

/**
 * gcv_form_text() - append the text of an expression, on one line
 * @form: the form
 * @node: the expression
 * @out: where
 */
void gcv_form_text(const struct gcv_form *form, uint32_t node, struct gcv_strbuf *out);

/**
 * gcv_form_operand() - append the text of an expression as an operand of + or -
 * @form: the form
 * @node: the expression
 * @is_right: it is what is subtracted: sums get parentheses, too
 * @out: where
 */
void gcv_form_operand(const struct gcv_form *form, uint32_t node, bool is_right,
		      struct gcv_strbuf *out);

/**
 * gcv_form_is_parenthesised() - do parentheses stand around an expression?
 * @form: the form
 * @node: the expression
 *
 * Return: true where its range begins and ends with them.
 */
bool gcv_form_is_parenthesised(const struct gcv_form *form, uint32_t node);

/**
 * gcv_form_is_dead_after() - does nobody look at what a part of the function leaves in a variable?
 * @form: the form
 * @symbol: the variable
 * @node: the part
 *
 * Return: true where no use outside of @node sees a value that is assigned in it.
 */
bool gcv_form_is_dead_after(const struct gcv_form *form, uint32_t symbol, uint32_t node);

/**
 * gcv_form_comes_back() - can what a loop leaves in a variable be what it finds the next time?
 * @form: the form
 * @symbol: the variable
 * @loop: the loop
 *
 * Return: true where a path leads from the end of the loop to its head on which the variable is not
 * set anew: the loop stands in another one, or behind a label, and starts where it stopped.
 */
bool gcv_form_comes_back(const struct gcv_form *form, uint32_t symbol, uint32_t loop);

/**
 * gcv_form_variable_word() - find a word that may be a variable's name
 * @form: the form
 * @begin: where to look; must not stand inside a comment or a string
 * @end: where to stop
 * @name: the word
 *
 * Return: its offset in the file, or @end. Names of members and tags are passed over.
 */
uint32_t gcv_form_variable_word(const struct gcv_form *form, uint32_t begin, uint32_t end,
				const char *name);

/**
 * enum gcv_form_owner - whose name a word is
 * @GCV_FORM_OWN: the variable's
 * @GCV_FORM_OTHERS: that of another variable
 * @GCV_FORM_UNSEEN: not known: this form of the function does not see it
 */
enum gcv_form_owner {
	GCV_FORM_OWN,
	GCV_FORM_OTHERS,
	GCV_FORM_UNSEEN,
};

/**
 * gcv_form_whose() - is a word of the function a variable's name?
 * @form: the form
 * @symbol: the variable
 * @at: offset in the file of its name, from gcv_form_variable_word()
 *
 * Return: whose it is.
 */
enum gcv_form_owner gcv_form_whose(const struct gcv_form *form, uint32_t symbol, uint32_t at);

/**
 * gcv_form_is_needed_unseen() - would a variable be unused without a part, but not in all forms?
 * @form: the form
 * @symbol: the variable
 * @node: the part
 *
 * Return: true where only code that this form does not see uses it outside of @node, so that its
 * declaration can neither stay nor go.
 */
bool gcv_form_is_needed_unseen(const struct gcv_form *form, uint32_t symbol, uint32_t node);

/**
 * gcv_form_callee() - the name of the function that a call names
 * @form: the form
 * @call: a CALL
 *
 * Return: its name, or "".
 */
const char *gcv_form_callee(const struct gcv_form *form, uint32_t call);

/**
 * gcv_form_find_call() - the call at a place
 * @form: the form
 * @offset: of its first byte in the file
 * @name: name of the function that is called
 *
 * Return: the CALL, or GCV_NONE.
 */
uint32_t gcv_form_find_call(const struct gcv_form *form, uint32_t offset, const char *name);

/**
 * gcv_form_name_offset() - where a call's function is named
 * @form: the form
 * @call: the CALL
 * @ret_offset: offset in the file
 *
 * Return: false where the name does not stand there, because a macro makes the call.
 */
bool gcv_form_name_offset(const struct gcv_form *form, uint32_t call, uint32_t *ret_offset);

#endif
