/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a series does to the sites of a tree; a part of audit.h.
 *
 *	gcv_audit_fates(audit);
 *	name = gcv_audit_puts_in(audit, site, takes_page_lock);
 */
#ifndef GCV_REPORT_AUDIT_FATE_H
#define GCV_REPORT_AUDIT_FATE_H

#include "report/audit.h"

/**
 * gcv_audit_fates() - set the fates of all sites
 * @audit: the audit
 *
 * A site is converted where its line goes, its name does not come back, and a call of the
 * conversion comes: in its place, else somewhere in the file by the same patch.
 */
void gcv_audit_fates(struct gcv_audit *audit);

/**
 * gcv_audit_call_fn - is a function what is looked for?
 * @function: function that the patch calls
 */
typedef bool gcv_audit_call_fn(const struct gcv_api_function *function);

/**
 * gcv_audit_puts_in() - does a call of some kind come in the place of a site?
 * @audit: the audit
 * @site: a site whose line goes
 * @is_wanted: what kind
 *
 * Return: name of the first such function, NULL where there is none, or none that was not there
 * before.
 */
const char *gcv_audit_puts_in(const struct gcv_audit *audit, const struct gcv_audit_site *site,
			      gcv_audit_call_fn *is_wanted);

/**
 * gcv_audit_asks_positive() - does what comes in the place of a site ask whether the count is
 * positive?
 * @audit: the audit
 * @site: a site whose line goes
 *
 * Return: true where the patch brings "if (COUNT > 0)", and behind it a release with that count.
 */
bool gcv_audit_asks_positive(const struct gcv_audit *audit, const struct gcv_audit_site *site);

#endif
