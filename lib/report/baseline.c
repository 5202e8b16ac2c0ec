// SPDX-License-Identifier: GPL-2.0-only
#include "report/baseline.h"

#include "base/strbuf.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/** LARGEST - bytes of a document at most */
#define LARGEST ((size_t)1 << 30)

static enum gcv_status read_file(const char *path, struct gcv_strbuf *text, struct gcv_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum gcv_status st;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", path);
	st = gcv_strbuf_read_fd(text, fd, LARGEST, path, err);
	close(fd);
	return st;
}

static enum gcv_status fail_syntax(const char *path, const struct gcv_strbuf *text,
				   size_t off_bytes, struct gcv_err *err)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < off_bytes; i++)
		line += text->buf[i] == '\n';
	return gcv_err_set(err, GCV_ERR_FORMAT, "%s:%u: not valid JSON", path, line);
}

static bool is_document(const cJSON *top)
{
	const char *format = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(top, "format"));

	return format &&
	       (strcmp(format, "gupconv-check") == 0 || strcmp(format, "gupconv-report") == 0);
}

/* A document of a version that had no checks has null. */
static enum gcv_status take_ids(const char *path, const cJSON *list, struct gcv_intern *ids,
				struct gcv_err *err)
{
	const cJSON *finding;
	unsigned int nr = 0;

	if (list && !cJSON_IsArray(list) && !cJSON_IsNull(list))
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s: findings must be a list", path);
	cJSON_ArrayForEach(finding, list)
	{
		const char *id =
			cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "id"));

		if (!id)
			return gcv_err_set(err, GCV_ERR_FORMAT, "%s: finding %u has no id", path,
					   nr);
		gcv_intern_add(ids, id, strlen(id));
		nr++;
	}
	return GCV_OK;
}

static enum gcv_status read_document(const char *path, const cJSON *top, struct gcv_intern *ids,
				     struct gcv_err *err)
{
	enum gcv_status st;

	if (!is_document(top))
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "%s is no document of 'gupconv check --json'", path);
	st = take_ids(path, cJSON_GetObjectItemCaseSensitive(top, "findings"), ids, err);
	if (st == GCV_OK)
		st = take_ids(path, cJSON_GetObjectItemCaseSensitive(top, "silenced"), ids, err);
	return st;
}

enum gcv_status gcv_baseline_read(const char *path, struct gcv_intern *ids, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	enum gcv_status st = read_file(path, &text, err);
	const char *end = NULL;
	cJSON *top;

	if (st != GCV_OK)
		return st;
	gcv_strbuf_addstr(&text, "");
	top = cJSON_ParseWithLengthOpts(text.buf, text.len, &end, false);
	if (top)
		st = read_document(path, top, ids, err);
	else
		st = fail_syntax(path, &text,
				 end >= text.buf && end <= text.buf + text.len
					 ? (size_t)(end - text.buf)
					 : 0,
				 err);
	cJSON_Delete(top);
	return st;
}
