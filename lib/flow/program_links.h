/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which definitions names mean where they are used, as bytes: what the translation units of a
 * program amount to. Units that are parsed again may see more or less of the headers without a
 * difference to any of their functions.
 *
 *	st = gcv_program_links(program, &bytes, err);
 */
#ifndef GCV_FLOW_PROGRAM_LINKS_H
#define GCV_FLOW_PROGRAM_LINKS_H

#include "base/strbuf.h"
#include "flow/program.h"

/**
 * gcv_program_links() - append the meaning of all names that functions and addresses use
 * @program: the program
 * @out: gets the bytes; programs whose functions and addresses are the same, in the same order, and
 * that have the same links have the same answers from gcv_program_callees(), gcv_program_named()
 * and gcv_program_stored() wherever the analysis asks
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_program_names() returned.
 */
enum gcv_status gcv_program_links(struct gcv_program *program, struct gcv_strbuf *out,
				  struct gcv_err *err) GCV_MUST_CHECK;

#endif
