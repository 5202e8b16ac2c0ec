/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The checks by name: what gupconv-check(1) promises, what SARIF calls rules.
 *
 *	name = gcv_check_name(GCV_CHECK_DOUBLE_RELEASE);	"double-release"
 *	text = gcv_check_text(GCV_CHECK_DOUBLE_RELEASE);	what it finds, in a sentence
 */
#ifndef GCV_CHECK_WORDS_H
#define GCV_CHECK_WORDS_H

#include <stdbool.h>

/** enum gcv_check_id - a check; see gcv_check_text() for each */
enum gcv_check_id {
	GCV_CHECK_RELEASE_FAMILY_MISMATCH,
	GCV_CHECK_MIXED_RELEASE,
	GCV_CHECK_ERRNO_AS_COUNT,
	GCV_CHECK_SIGNED_UNSIGNED_COMPARE,
	GCV_CHECK_PARTIAL_NOT_RELEASED,
	GCV_CHECK_WRONG_COUNT_RELEASED,
	GCV_CHECK_LEAK_ON_ERROR_EXIT,
	GCV_CHECK_LAST_PAGE_NOT_COUNTED,
	GCV_CHECK_DOUBLE_RELEASE,
	GCV_CHECK_STALE_COUNT,
	GCV_CHECK_PINS_PER_BVEC,
	GCV_CHECK_GUARD_MISMATCH,
	GCV_CHECK_RELEASE_AFTER_FAILED_ACQUIRE,
	GCV_CHECK_NULL_HOLES,
	GCV_CHECK_NOT_DIRTIED,
	GCV_CHECK_DIRTY_UNLOCKED,
	GCV_CHECK_DIRTY_LOCK_IN_ATOMIC,
	GCV_CHECK_WRONG_GUP_FLAGS,
	GCV_CHECK_LONGTERM_MISSING,
	GCV_CHECK_POSITIVE_COUNT_RETURNED,
	GCV_CHECK_ACCOUNTING_MISMATCH,
	GCV_CHECK_ERROR_OVERWRITTEN,
	GCV_CHECK_WRAPPER_PATH_MISSING,
	GCV_CHECKS,
};

/** enum gcv_severity - what a fault does to a system that meets it */
enum gcv_severity {
	/** GCV_SEVERITY_ERROR - data or memory is corrupted, or a reference is lost for good */
	GCV_SEVERITY_ERROR,
	/** GCV_SEVERITY_WARNING - wrong, with less harm */
	GCV_SEVERITY_WARNING,
	/** GCV_SEVERITY_NOTE - against the rules, harmless as things are */
	GCV_SEVERITY_NOTE,
	GCV_SEVERITIES,
};

/** enum gcv_confidence - how sure it is that the fault is real */
enum gcv_confidence {
	/** GCV_CONFIDENCE_HIGH - all that the finding rests on was seen */
	GCV_CONFIDENCE_HIGH,
	/** GCV_CONFIDENCE_MEDIUM - something was assumed that is so nearly always */
	GCV_CONFIDENCE_MEDIUM,
	/** GCV_CONFIDENCE_LOW - the place is worth a look */
	GCV_CONFIDENCE_LOW,
	GCV_CONFIDENCES,
};

/**
 * gcv_check_name() - stable id of a check
 * @check: the check
 *
 * Return: kebab-case name ("double-release").
 */
const char *gcv_check_name(enum gcv_check_id check);

/**
 * gcv_check_find() - a check by its name
 * @name: the name
 * @ret: the check
 *
 * Return: true, or false where there is none of that name.
 */
bool gcv_check_find(const char *name, enum gcv_check_id *ret);

/**
 * gcv_check_text() - what a check finds, in a sentence
 * @check: the check
 *
 * Return: the sentence, without a full stop.
 */
const char *gcv_check_text(enum gcv_check_id check);

/**
 * gcv_check_help() - what to do about it
 * @check: the check
 *
 * Return: one or two sentences.
 */
const char *gcv_check_help(enum gcv_check_id check);

/**
 * gcv_check_severity() - how bad its findings are
 * @check: the check
 *
 * Return: the severity.
 */
enum gcv_severity gcv_check_severity(enum gcv_check_id check);

/**
 * gcv_check_is_of_result() - does it speak of what a function returns, and not of its pages?
 * @check: the check
 *
 * No rewriting of acquires and releases touches that. Where such a fault is told of rewritten code
 * for the first time, it was there before and could not be told: a loop that is folded now had more
 * states than are told apart.
 *
 * Return: true where it does.
 */
bool gcv_check_is_of_result(enum gcv_check_id check);

/**
 * gcv_severity_name() - name of a severity
 * @severity: the severity
 *
 * Return: "error", "warning" or "note", as compilers and SARIF have it.
 */
const char *gcv_severity_name(enum gcv_severity severity);

/**
 * gcv_confidence_name() - name of a confidence
 * @confidence: the confidence
 *
 * Return: "high", "medium" or "low".
 */
const char *gcv_confidence_name(enum gcv_confidence confidence);

#endif
