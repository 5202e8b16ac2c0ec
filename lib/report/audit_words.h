/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an audit of a posted series finds, by name: what gupconv-check(1) promises, what SARIF calls
 * rules.
 *
 *	name = gcv_audit_name(GCV_AUDIT_LEFT_OUT);	"series-left-out"
 */
#ifndef GCV_REPORT_AUDIT_WORDS_H
#define GCV_REPORT_AUDIT_WORDS_H

#include "check/words.h"

/** enum gcv_audit_kind - what is wrong with a patch; see gcv_audit_text() for each */
enum gcv_audit_kind {
	GCV_AUDIT_HUNK_FAILS,
	GCV_AUDIT_LEFT_OUT,
	GCV_AUDIT_OTHER_PAGES,
	GCV_AUDIT_OWN_REFERENCE,
	GCV_AUDIT_ERROR_PATH,
	GCV_AUDIT_MAY_SLEEP,
	GCV_AUDIT_UNPROVEN,
	GCV_AUDIT_NEW_FAULT,
	GCV_AUDIT_NEW_ERROR,
	GCV_AUDIT_KINDS,
};

/**
 * gcv_audit_name() - stable id of a kind
 * @kind: the kind
 *
 * Return: kebab-case name, which begins with "series-".
 */
const char *gcv_audit_name(enum gcv_audit_kind kind);

/**
 * gcv_audit_text() - what it means, in a sentence
 * @kind: the kind
 *
 * Return: the sentence, without a full stop.
 */
const char *gcv_audit_text(enum gcv_audit_kind kind);

/**
 * gcv_audit_find() - a kind by its name
 * @name: the name
 * @ret: the kind
 *
 * Return: true, or false where there is none of that name.
 */
bool gcv_audit_find(const char *name, enum gcv_audit_kind *ret);

/**
 * gcv_audit_help() - what to do about it
 * @kind: the kind
 *
 * Return: one or two sentences.
 */
const char *gcv_audit_help(enum gcv_audit_kind kind);

/**
 * gcv_audit_severity() - how bad that is
 * @kind: the kind
 *
 * Return: the severity.
 */
enum gcv_severity gcv_audit_severity(enum gcv_audit_kind kind);

#endif
