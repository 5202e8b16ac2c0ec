// SPDX-License-Identifier: GPL-2.0-only
#include "report/result_json.h"
#include "report/json_row.h"

#include <string.h>

static const struct gcv_result no_result = {
	.conversion = "",
	.pattern = "",
	.verdict = "",
	.provenance = "",
	.dirty = "",
};

static void put_reason(struct gcv_json_stream *s, const struct gcv_result_reason *reason)
{
	gcv_json_row_open(s, NULL, '{');
	gcv_json_row_text(s, "code", reason->code);
	gcv_json_row_text(s, "text", reason->text);
	gcv_json_row_text_or_null(s, "file", reason->file);
	gcv_json_row_number_or_null(s, "line", reason->line);
	gcv_json_row_close(s);
}

static void put_reasons(struct gcv_json_stream *s, const struct gcv_result *result,
			const struct gcv_result_json *more)
{
	uint32_t i;

	gcv_json_row_open(s, "reasons", '[');
	if (more->put_reasons)
		more->put_reasons(more->ctx, s);
	for (i = 0; !more->put_reasons && i < result->nr_reasons; i++)
		put_reason(s, &result->reasons[i]);
	gcv_json_row_close(s);
}

static void put_partners(struct gcv_json_stream *s, const char *key,
			 const struct gcv_result *result)
{
	uint32_t i;

	if (result == &no_result) {
		gcv_json_row_null(s, key);
		return;
	}
	gcv_json_row_open(s, key, '[');
	for (i = 0; i < result->nr_partners; i++)
		gcv_json_row_text(s, NULL, result->partner_ids[i]);
	gcv_json_row_close(s);
}

static void put_acquire(struct gcv_json_stream *s, const struct gcv_result *result,
			const struct gcv_result_json *more)
{
	gcv_json_row_text_or_null(s, "pattern", result->pattern);
	gcv_json_row_text_or_null(s, "verdict", result->verdict);
	put_reasons(s, result, more);
	gcv_json_row_number_or_null(s, "case", result->pin_case);
	if (result->longterm == GCV_LONGTERM_UNKNOWN)
		gcv_json_row_null(s, "longterm");
	else
		gcv_json_row_bool(s, "longterm", result->longterm == GCV_LONGTERM_DUE);
	put_partners(s, "releases", result);
}

static void put_release(struct gcv_json_stream *s, const struct gcv_result *result,
			const struct gcv_result_json *more)
{
	gcv_json_row_text_or_null(s, "pattern", result->pattern);
	gcv_json_row_text_or_null(s, "dirty",
				  *result->dirty || !more->dirty ? result->dirty : more->dirty);
	gcv_json_row_text_or_null(s, "provenance", result->provenance);
	gcv_json_row_text_or_null(s, "verdict", result->verdict);
	put_reasons(s, result, more);
	put_partners(s, "acquires", result);
}

void gcv_result_json_put(struct gcv_json_stream *s, const struct gcv_site *site,
			 const struct gcv_result_json *more)
{
	static const struct gcv_result_json nothing;
	const struct gcv_result *result = site->result ? site->result : &no_result;

	if (strcmp(site->role, "acquire") == 0)
		put_acquire(s, result, more ? more : &nothing);
	else
		put_release(s, result, more ? more : &nothing);
}
