/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One worker's libclang.
 *
 *	struct gcv_session *session = gcv_session_new();
 *
 *	gcv_session_message(session, &payload, &reply);	until the input ends
 *	gcv_session_free(session);
 */
#ifndef GCV_PARSE_CLANG_SESSION_H
#define GCV_PARSE_CLANG_SESSION_H

#include "base/strbuf.h"
#include "parse/protocol.h"
#include "parse/wire.h"

struct gcv_session;

/**
 * gcv_session_new() - load libclang
 *
 * Return: a session for gcv_session_free().
 */
struct gcv_session *gcv_session_new(void);

/**
 * gcv_session_message() - deal with one message
 * @session: the session
 * @payload: type and fields of the message
 * @reply: where the answer goes, for a message that has one
 *
 * Return: false where the message is damaged or out of order.
 */
bool gcv_session_message(struct gcv_session *session, struct gcv_wire *payload,
			 struct gcv_strbuf *reply);

/**
 * gcv_session_setup() - what all jobs have in common
 * @session: the session
 *
 * Return: NULL before the message that tells it; lives as long as the session.
 */
const struct gcv_setup *gcv_session_setup(const struct gcv_session *session);

/**
 * gcv_session_free() - give everything back
 * @session: the session
 */
void gcv_session_free(struct gcv_session *session);

#endif
