// SPDX-License-Identifier: GPL-2.0-only
#include "report/sarif.h"

#include "base/strbuf.h"
#include "report/json_stream.h"

#include <string.h>

#define SCHEMA                                                                \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
	"sarif-schema-2.1.0.json"
/** BASE - what paths are relative to */
#define BASE "SRCROOT"

static void add_message(cJSON *json, const char *key, const char *text)
{
	gcv_json_add_text(cJSON_AddObjectToObject(json, key), "text", text);
}

static cJSON *rule_json(const char *name, const char *text, const char *help,
			enum gcv_severity severity)
{
	cJSON *json = cJSON_CreateObject(), *configuration;
	GCV_STRBUF_AUTO struct gcv_strbuf id = { 0 };

	gcv_strbuf_addf(&id, "gupconv-%s", name);
	cJSON_AddStringToObject(json, "id", id.buf);
	add_message(json, "shortDescription", text);
	add_message(json, "help", help);
	configuration = cJSON_AddObjectToObject(json, "defaultConfiguration");
	cJSON_AddStringToObject(configuration, "level", gcv_severity_name(severity));
	return json;
}

static void put_tool(struct gcv_json_stream *s, const char *version, bool is_audit)
{
	unsigned int i;

	gcv_json_open(s, "tool", '{');
	gcv_json_open(s, "driver", '{');
	gcv_json_put(s, "name", cJSON_CreateString("gupconv"));
	gcv_json_put(s, "version", cJSON_CreateString(version));
	gcv_json_open(s, "rules", '[');
	for (i = 0; !is_audit && i < GCV_CHECKS; i++)
		gcv_json_put(s, NULL,
			     rule_json(gcv_check_name(i), gcv_check_text(i), gcv_check_help(i),
				       gcv_check_severity(i)));
	for (i = 0; is_audit && i < GCV_AUDIT_KINDS; i++)
		gcv_json_put(s, NULL,
			     rule_json(gcv_audit_name(i), gcv_audit_text(i), gcv_audit_help(i),
				       gcv_audit_severity(i)));
	gcv_json_close(s);
	gcv_json_close(s);
	gcv_json_close(s);
}

static void put_tree(struct gcv_json_stream *s, const struct gcv_snapshot_row *snapshot)
{
	cJSON *json = cJSON_CreateObject();

	add_message(cJSON_AddObjectToObject(json, BASE), "description",
		    "The top of the kernel tree.");
	gcv_json_put(s, "originalUriBaseIds", json);
	json = cJSON_CreateObject();
	gcv_json_add_text_or_null(json, "kernel", snapshot->kernel);
	gcv_json_add_text_or_null(json, "revision", snapshot->revision);
	gcv_json_put(s, "properties", json);
}

/* A path as a URI reference (RFC 3986): what is not unreserved is written as bytes. */
static void add_uri(cJSON *json, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~/";
	GCV_STRBUF_AUTO struct gcv_strbuf uri = { 0 };

	gcv_strbuf_addstr(&uri, "");
	for (; *path; path++) {
		if (strchr(plain, *path))
			gcv_strbuf_addch(&uri, *path);
		else
			gcv_strbuf_addf(&uri, "%%%02X", (unsigned char)*path);
	}
	cJSON_AddStringToObject(json, "uri", uri.buf);
}

static cJSON *location_json(const char *file, uint32_t line, uint32_t column, const char *function,
			    const char *text)
{
	cJSON *json = cJSON_CreateObject(), *physical, *artifact, *region, *logical;

	physical = cJSON_AddObjectToObject(json, "physicalLocation");
	artifact = cJSON_AddObjectToObject(physical, "artifactLocation");
	add_uri(artifact, file);
	cJSON_AddStringToObject(artifact, "uriBaseId", BASE);
	if (line) {
		region = cJSON_AddObjectToObject(physical, "region");
		cJSON_AddNumberToObject(region, "startLine", line);
		if (column)
			cJSON_AddNumberToObject(region, "startColumn", column);
	}
	if (*function) {
		logical = cJSON_CreateObject();
		gcv_json_add_text(logical, "name", function);
		cJSON_AddStringToObject(logical, "kind", "function");
		cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "logicalLocations"), logical);
	}
	if (text)
		add_message(json, "message", text);
	return json;
}

static void add_step(cJSON *steps, cJSON *location)
{
	cJSON *step = cJSON_CreateObject();

	cJSON_AddItemToObject(step, "location", location);
	cJSON_AddItemToArray(steps, step);
}

/* The way to the fault, which ends where the fault stands. */
static void add_flow(cJSON *json, const struct gcv_result_fault *fault)
{
	cJSON *flow = cJSON_CreateObject(), *thread = cJSON_CreateObject(), *steps;
	const struct gcv_result_note *last = NULL;
	uint32_t i;

	cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "codeFlows"), flow);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(flow, "threadFlows"), thread);
	steps = cJSON_AddArrayToObject(thread, "locations");
	for (i = 0; i < fault->nr_notes; i++) {
		last = &fault->notes[i];
		add_step(steps, location_json(last->file, last->line, last->column, last->function,
					      last->text));
	}
	if (!last || last->line != fault->line || strcmp(last->file, fault->file) != 0)
		add_step(steps, location_json(fault->file, fault->line, fault->column,
					      fault->function, fault->text));
}

static void add_suppressions(cJSON *json, const struct gcv_told_fault *finding)
{
	cJSON *list = cJSON_AddArrayToObject(json, "suppressions"), *suppression;

	if (!finding->silenced)
		return;
	suppression = cJSON_CreateObject();
	cJSON_AddStringToObject(suppression, "kind", "inSource");
	gcv_json_add_text(suppression, "justification", finding->silenced);
	cJSON_AddItemToArray(list, suppression);
}

/* From 0 to 100. */
static double rank(const char *confidence)
{
	static const double ranks[GCV_CONFIDENCES] = { 90, 50, 10 };
	unsigned int i;

	for (i = 0; i < GCV_CONFIDENCES; i++)
		if (strcmp(confidence, gcv_confidence_name(i)) == 0)
			return ranks[i];
	return -1;
}

static cJSON *result_json(const struct gcv_told_fault *finding)
{
	const struct gcv_result_fault *fault = &finding->fault;
	GCV_STRBUF_AUTO struct gcv_strbuf id = { 0 };
	cJSON *json = cJSON_CreateObject(), *properties;
	enum gcv_check_id check;
	enum gcv_audit_kind kind;

	gcv_strbuf_addf(&id, "gupconv-%s", fault->check);
	gcv_json_add_text(json, "ruleId", id.buf);
	if (gcv_check_find(fault->check, &check))
		cJSON_AddNumberToObject(json, "ruleIndex", check);
	else if (gcv_audit_find(fault->check, &kind))
		cJSON_AddNumberToObject(json, "ruleIndex", kind);
	gcv_json_add_text(json, "level", fault->severity);
	cJSON_AddNumberToObject(json, "rank", rank(fault->confidence));
	add_message(json, "message", fault->text);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "locations"),
			     location_json(fault->file, fault->line, fault->column, fault->function,
					   NULL));
	add_flow(json, fault);
	gcv_json_add_text(cJSON_AddObjectToObject(json, "partialFingerprints"), "gupconvId/v1",
			  fault->id);
	add_suppressions(json, finding);
	properties = cJSON_AddObjectToObject(json, "properties");
	gcv_json_add_text(properties, "confidence", fault->confidence);
	return json;
}

enum gcv_status gcv_sarif_write(const struct gcv_findings *findings,
				const struct gcv_snapshot_row *snapshot, const char *version,
				const struct gcv_audit *audit, FILE *out, struct gcv_err *err)
{
	struct gcv_json_stream s = { .out = out };
	uint32_t i;

	gcv_json_open(&s, NULL, '{');
	gcv_json_put(&s, "$schema", cJSON_CreateString(SCHEMA));
	gcv_json_put(&s, "version", cJSON_CreateString("2.1.0"));
	gcv_json_open(&s, "runs", '[');
	gcv_json_open(&s, NULL, '{');
	put_tool(&s, version, audit != NULL);
	put_tree(&s, snapshot);
	gcv_json_open(&s, "results", '[');
	for (i = 0; i < findings->nr; i++)
		if (findings->list[i].state == GCV_FAULT_STANDS ||
		    findings->list[i].state == GCV_FAULT_SILENCED)
			gcv_json_put(&s, NULL, result_json(&findings->list[i]));
	gcv_json_close(&s);
	gcv_json_close(&s);
	gcv_json_close(&s);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}
