/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mail addresses, as MAINTAINERS, git's configuration and tags have them.
 *
 *	struct gcv_address address;
 *
 *	if (gcv_address_parse("Ada Foo <ada@example.org>", &arena, &address, err) != GCV_OK)
 *		…
 *
 * Nothing that is not one address gets in: no line break, no second address, no control character.
 */
#ifndef GCV_EDIT_ADDRESS_H
#define GCV_EDIT_ADDRESS_H

#include "base/alloc.h"
#include "base/err.h"

/**
 * struct gcv_address - one mail address
 * @name: the person's name in UTF-8, without quotes; "" where there is none
 * @email: local@domain in ASCII
 */
struct gcv_address {
	const char *name, *email;
};

/**
 * gcv_address_parse() - read an address
 * @text: "Name <local@domain>", "local@domain" or either with a comment behind it; the name may
 * stand in quotes and may be anything: bytes that are no UTF-8 are taken for ISO 8859-1, control
 *        characters become blanks
 * @arena: owns the result
 * @ret: the address
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (no address, or one with blanks, control characters, angle
 * brackets, commas or bytes that are not ASCII, which headers cannot hold).
 */
enum gcv_status gcv_address_parse(const char *text, struct gcv_arena *arena,
				  struct gcv_address *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_address_clean_name() - a name as one line of UTF-8
 * @text: bytes; those that are no UTF-8 are taken for ISO 8859-1
 * @len: how many
 * @arena: owns the result
 *
 * Return: the name; control characters and runs of blanks became one blank each.
 */
const char *gcv_address_clean_name(const char *text, size_t len, struct gcv_arena *arena);

#endif
