// SPDX-License-Identifier: GPL-2.0-only
#include "report/report.h"

#include <cjson/cJSON.h>
#include <stddef.h>

/* Above 2^53 a JSON number is no longer exact. */
#define LARGEST 9007199254740992.0

static const struct key {
	const char *name;
	size_t offset;
} keys[] = {
	{ "files_read", offsetof(struct gcv_report_numbers, files_read) },
	{ "bytes_read", offsetof(struct gcv_report_numbers, bytes_read) },
	{ "candidates", offsetof(struct gcv_report_numbers, candidates) },
	{ "candidates_apart", offsetof(struct gcv_report_numbers, candidates_apart) },
	{ "apart", offsetof(struct gcv_report_numbers, occurrences_apart) },
	{ "units", offsetof(struct gcv_report_numbers, units) },
	{ "configurations", offsetof(struct gcv_report_numbers, configurations) },
	{ "code", offsetof(struct gcv_report_numbers, code) },
	{ "code_seen", offsetof(struct gcv_report_numbers, code_seen) },
};

static enum gcv_status read_number(const struct gcv_snapshot_row *snapshot, const cJSON *json,
				   const struct key *key, struct gcv_report_numbers *ret,
				   struct gcv_err *err)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key->name);
	int64_t value = -1;

	if (item) {
		if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
		    item->valuedouble > LARGEST)
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "snapshot %s: its summary is damaged at %s",
					   snapshot->label, key->name);
		value = (int64_t)item->valuedouble;
	}
	*(int64_t *)((char *)ret + key->offset) = value;
	return GCV_OK;
}

enum gcv_status gcv_report_read_numbers(const struct gcv_snapshot_row *snapshot,
					struct gcv_report_numbers *ret_numbers, struct gcv_err *err)
{
	struct gcv_report_numbers numbers = { 0 };
	cJSON *json = cJSON_ParseWithOpts(snapshot->summary, NULL, true);
	enum gcv_status st = GCV_OK;
	size_t i;

	if (!cJSON_IsObject(json))
		st = gcv_err_set(err, GCV_ERR_FORMAT, "snapshot %s: its summary is damaged",
				 snapshot->label);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]) && st == GCV_OK; i++)
		st = read_number(snapshot, json, &keys[i], &numbers, err);
	cJSON_Delete(json);
	if (st == GCV_OK)
		*ret_numbers = numbers;
	return st;
}
