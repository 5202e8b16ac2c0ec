// SPDX-License-Identifier: GPL-2.0-only
#include "report/check_json.h"

#include "report/finding_json.h"
#include "report/json_head.h"

static void put_list(struct gcv_json_stream *s, const char *key,
		     const struct gcv_findings *findings, enum gcv_fault_state state)
{
	uint32_t i;

	gcv_json_open(s, key, '[');
	for (i = 0; i < findings->nr; i++)
		if (findings->list[i].state == state)
			gcv_json_put(s, NULL, gcv_finding_json(&findings->list[i]));
	gcv_json_close(s);
}

enum gcv_status gcv_check_json_write(const struct gcv_findings *findings,
				     const struct gcv_snapshot_row *snapshot, const char *version,
				     FILE *out, struct gcv_err *err)
{
	struct gcv_json_stream s = { .out = out };

	gcv_json_open(&s, NULL, '{');
	gcv_json_put_head(&s, "gupconv-check", 0, version, snapshot, NULL);
	put_list(&s, "findings", findings, GCV_FAULT_STANDS);
	put_list(&s, "silenced", findings, GCV_FAULT_SILENCED);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}
