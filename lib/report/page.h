/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report as one HTML page that opens from the file system and asks nothing of any network: a
 * template, which is put together at build time from lib/report/page/, and JSON documents in it:
 * options, the report's own, and the steps of its sites.
 *
 *	struct gcv_page page = { .report = &report, .source = &source, .steps = steps, … };
 *
 *	st = gcv_page_write(&page, out, err);
 */
#ifndef GCV_REPORT_PAGE_H
#define GCV_REPORT_PAGE_H

#include "base/alloc.h"
#include "report/report.h"

/* As in db/results.h, which the library does not include. */

/** gcv_steps_fn - called for the steps of a site, of which there is at least one */
typedef enum gcv_status gcv_steps_fn(void *data, uint32_t site, const char *id,
				     const struct gcv_result_step *steps, uint32_t nr,
				     struct gcv_err *err);

/**
 * struct gcv_page - what becomes a page
 * @report: as it was collected
 * @source: the same source
 * @version: version of the program
 * @link_template: URL of a line of the tree for gcv_page_check_link(), or NULL: no links
 * @steps: calls @fn for the steps of each site that has some, by number; its first argument is the
 * source's
 */
struct gcv_page {
	const struct gcv_report *report;
	const struct gcv_report_source *source;
	const char *version;
	const char *link_template;
	enum gcv_status (*steps)(void *ctx, const char *label, const char *conversion,
				 gcv_steps_fn *fn, void *data, struct gcv_err *err);
};

/**
 * gcv_page_check_link() - can a text be the URL of lines of a tree?
 * @link_template: a URL of http or https, in which %F is the file, %L the line, %V the release of
 * the kernel, %R the revision and %% a percent sign
 * @err: says what is wrong with it
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_page_check_link(const char *link_template, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_page_write() - write the page
 * @page: what it is made of
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * Sites and steps are read and written one by one, whatever their number. The same database gives
 * the same bytes.
 *
 * Return: GCV_OK, GCV_ERR_IO (not all was written) or what the source returned.
 */
enum gcv_status gcv_page_write(const struct gcv_page *page, FILE *out,
			       struct gcv_err *err) GCV_MUST_CHECK;

#endif
