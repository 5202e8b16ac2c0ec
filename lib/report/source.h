/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where reports take their rows from. The library knows no database; who has one fills this in.
 *
 *	static enum gcv_status sites(void *ctx, const char *label,
 *				     const struct gcv_site_filter *filter, gcv_site_fn *fn,
 *				     void *data, struct gcv_err *err)
 *	{
 *		return gcv_db_sites(ctx, label, filter, fn, data, err);
 *	}
 *
 *	struct gcv_report_source source = { .ctx = db, .sites = sites, … };
 */
#ifndef GCV_REPORT_SOURCE_H
#define GCV_REPORT_SOURCE_H

#include "report/findings.h"
#include "report/site.h"
#include "track/review.h"

/* These are the types of the callbacks in db/store.h, which the library does not include. */

/** gcv_snapshot_fn - called for a snapshot */
typedef enum gcv_status gcv_snapshot_fn(void *data, const struct gcv_snapshot_row *row,
					struct gcv_err *err);
/** gcv_site_fn - called for a site */
typedef enum gcv_status gcv_site_fn(void *data, const struct gcv_site *site, struct gcv_err *err);
/** gcv_occurrence_fn - called for an occurrence */
typedef enum gcv_status gcv_occurrence_fn(void *data, const struct gcv_occurrence_row *row,
					  struct gcv_err *err);
/** gcv_api_fn - called for an API name */
typedef enum gcv_status gcv_api_fn(void *data, const struct gcv_snapshot_api *api,
				   struct gcv_err *err);
/** gcv_unit_fn - called for a unit */
typedef enum gcv_status gcv_unit_fn(void *data, const struct gcv_unit_row *row,
				    struct gcv_err *err);

/**
 * struct gcv_report_source - readers of a database
 * @ctx: first argument of all
 * @snapshots: all snapshots, the oldest first
 * @sites: sites of a snapshot, by path and offset
 * @occurrences: its ledger, or one class of it, by path and offset
 * @apis: its API names, by name
 * @units: its translation units, by main file, kind and configuration
 * @findings: faults of a snapshot and the comments that silence them, and whether it was checked at
 * all; NULL: it was not
 * @reviews: mails about series, and series that were made; NULL: there are none
 *
 * Each calls @fn once for each row, and ends with the status of an @fn that did not return GCV_OK.
 */
struct gcv_report_source {
	void *ctx;
	enum gcv_status (*snapshots)(void *ctx, gcv_snapshot_fn *fn, void *data,
				     struct gcv_err *err);
	enum gcv_status (*sites)(void *ctx, const char *label, const struct gcv_site_filter *filter,
				 gcv_site_fn *fn, void *data, struct gcv_err *err);
	enum gcv_status (*occurrences)(void *ctx, const char *label, const char *class_name,
				       gcv_occurrence_fn *fn, void *data, struct gcv_err *err);
	enum gcv_status (*apis)(void *ctx, const char *label, gcv_api_fn *fn, void *data,
				struct gcv_err *err);
	enum gcv_status (*units)(void *ctx, const char *label, gcv_unit_fn *fn, void *data,
				 struct gcv_err *err);
	enum gcv_status (*findings)(void *ctx, const char *label, struct gcv_findings *findings,
				    bool *ret_checked, struct gcv_err *err);
	enum gcv_status (*reviews)(void *ctx, struct gcv_review_facts *ret, struct gcv_err *err);
};

#endif
