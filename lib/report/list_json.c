// SPDX-License-Identifier: GPL-2.0-only
#include "report/list_json.h"

#include "report/json_head.h"
#include "report/json_row.h"
#include "report/result_json.h"
#include "report/site_json.h"

void gcv_list_json_begin(struct gcv_json_stream *s, const struct gcv_snapshot_row *snapshot,
			 const char *conversion, const char *version, const char *list)
{
	gcv_json_open(s, NULL, '{');
	gcv_json_put_head(s, "gupconv-list", 1, version, snapshot, conversion ? conversion : "");
	gcv_json_open(s, list, '[');
}

void gcv_list_json_site(struct gcv_json_stream *s, const struct gcv_site *site)
{
	gcv_json_row_open(s, NULL, '{');
	gcv_site_json_put(s, site, true);
	gcv_json_row_text(s, "role", site->role);
	gcv_json_row_bool(s, "namesake", site->homonym);
	gcv_result_json_put(s, site, NULL);
	gcv_json_row_close(s);
}

void gcv_list_json_occurrence(struct gcv_json_stream *s,
			      const struct gcv_occurrence_row *occurrence)
{
	gcv_json_put(s, NULL, gcv_occurrence_json(occurrence));
}

enum gcv_status gcv_list_json_end(struct gcv_json_stream *s, struct gcv_err *err)
{
	gcv_json_close(s);
	gcv_json_close(s);
	return gcv_json_end(s, err);
}
