// SPDX-License-Identifier: GPL-2.0-only
#include "report/review_json.h"

#include <string.h>
#include <time.h>

static cJSON *date_json(int64_t when_s)
{
	time_t when = (time_t)when_s;
	char text[32];
	struct tm tm;

	if (!when_s || !gmtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		return cJSON_CreateNull();
	return cJSON_CreateString(text);
}

static void add_person(cJSON *json, const char *key, const char *name, const char *address)
{
	cJSON *person;

	if (!*name && !*address) {
		cJSON_AddNullToObject(json, key);
		return;
	}
	person = cJSON_AddObjectToObject(json, key);
	gcv_json_add_text_or_null(person, "name", name);
	gcv_json_add_text_or_null(person, "address", address);
}

static cJSON *tag_json(const struct gcv_review_tag *tag)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "tag", tag->tag.key);
	add_person(json, "person", tag->tag.name, tag->tag.address);
	cJSON_AddStringToObject(json, "source", tag->source);
	gcv_json_add_text_or_null(json, "sender", tag->sender);
	cJSON_AddNumberToObject(json, "version", tag->version);
	cJSON_AddBoolToObject(json, "counts", tag->counts);
	return json;
}

static void add_texts(cJSON *json, const char *key, const char *const *texts, uint32_t nr)
{
	cJSON *list = cJSON_AddArrayToObject(json, key);
	uint32_t i;

	for (i = 0; i < nr; i++)
		cJSON_AddItemToArray(list, gcv_json_text(texts[i]));
}

/* A patch of ours that was not sent has the files that we know. */
static void add_files(cJSON *json, const struct gcv_review_patch *patch)
{
	const struct gcv_series_record_patch *ours;

	if (patch->mail) {
		add_texts(json, "files", patch->mail->files, patch->mail->nr_files);
		return;
	}
	ours = &patch->records[0].series->patches[patch->records[0].number - 1];
	add_texts(json, "files", ours->files, ours->nr_files);
}

static cJSON *patch_json(const struct gcv_review_patch *patch)
{
	cJSON *json = cJSON_CreateObject(), *list;
	uint32_t i;

	if (patch->number)
		cJSON_AddNumberToObject(json, "number", patch->number);
	else
		cJSON_AddNullToObject(json, "number");
	gcv_json_add_text(json, "title", patch->title);
	cJSON_AddStringToObject(json, "status", gcv_review_status_name(patch->status));
	cJSON_AddNumberToObject(json, "version", patch->version);
	list = cJSON_AddArrayToObject(json, "versions");
	for (i = 0; i < patch->nr_versions; i++)
		cJSON_AddItemToArray(list, cJSON_CreateNumber(patch->versions[i]));
	gcv_json_add_text_or_null(json, "message_id", patch->message_id);
	list = cJSON_AddArrayToObject(json, "tags");
	for (i = 0; i < patch->nr_tags; i++)
		cJSON_AddItemToArray(list, tag_json(&patch->tags[i]));
	cJSON_AddNumberToObject(json, "replies", patch->replies);
	cJSON_AddNumberToObject(json, "waiting", patch->asked);
	cJSON_AddBoolToObject(json, "taken", patch->is_taken);
	cJSON_AddBoolToObject(json, "ours", patch->nr_records != 0);
	add_files(json, patch);
	add_texts(json, "sites", patch->sites, patch->nr_sites);
	return json;
}

static cJSON *sums_json(const struct gcv_review_series *series)
{
	cJSON *json = cJSON_CreateObject();
	int i;

	for (i = 0; i < GCV_REVIEW_STATUSES; i++)
		cJSON_AddNumberToObject(json, gcv_review_status_name(i), series->sums[i]);
	return json;
}

void gcv_review_json_put(struct gcv_json_stream *s, const struct gcv_reviews *reviews,
			 const struct gcv_review_series *series)
{
	cJSON *head = cJSON_CreateObject();
	uint32_t i;

	add_person(head, "from", series->name, series->address);
	gcv_json_open(s, NULL, '{');
	gcv_json_put(s, "title", gcv_json_text(series->title));
	gcv_json_put(s, "from", cJSON_DetachItemFromObject(head, "from"));
	gcv_json_put(s, "date", date_json(series->date_s));
	gcv_json_put(s, "message_id", gcv_json_text_or_null(series->message_id));
	gcv_json_put(s, "version", cJSON_CreateNumber(series->version));
	gcv_json_put(s, "total", cJSON_CreateNumber(series->total));
	gcv_json_put(s, "reviewed", cJSON_CreateNumber(series->reviewed));
	gcv_json_put(s, "acked", cJSON_CreateNumber(series->acked));
	gcv_json_put(s, "statuses", sums_json(series));
	gcv_json_open(s, "patches", '[');
	for (i = 0; i < series->nr; i++)
		gcv_json_put(s, NULL, patch_json(&reviews->patches[series->first + i]));
	gcv_json_close(s);
	gcv_json_close(s);
	cJSON_Delete(head);
}
