/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the analysis found out about a site, as keys of the site's JSON object.
 *
 *	gcv_site_json_put(&stream, site, true);
 *	gcv_result_json_put(&stream, site, &(struct gcv_result_json){ .dirty = "never" });
 */
#ifndef GCV_REPORT_RESULT_JSON_H
#define GCV_REPORT_RESULT_JSON_H

#include "report/json_stream.h"
#include "report/site.h"

/**
 * struct gcv_result_json - what is known besides the result
 * @dirty: of a release: what the API says about dirtying where the result does not tell, or NULL
 * @put_reasons: writes the elements of the list of reasons, in rows; NULL: those of the result
 * @ctx: for @put_reasons
 */
struct gcv_result_json {
	const char *dirty;
	void (*put_reasons)(void *ctx, struct gcv_json_stream *s);
	void *ctx;
};

/**
 * gcv_result_json_put() - the keys of an acquire's or release's result
 * @s: the document, the site's object open as a row
 * @site: the site; without a result all keys are null and the list of reasons is empty
 * @more: what is known besides; NULL: nothing
 *
 * The keys are described in gupconv-report(5).
 */
void gcv_result_json_put(struct gcv_json_stream *s, const struct gcv_site *site,
			 const struct gcv_result_json *more);

#endif
