/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A JSON document that is written piece by piece, so that memory stays bounded however long its
 * lists are. The pieces are cJSON values; what holds them is opened and closed here.
 *
 *	struct gcv_json_stream s = { .out = stdout };
 *
 *	gcv_json_open(&s, NULL, '{');
 *	gcv_json_put(&s, "format", cJSON_CreateString("gupconv-list"));
 *	gcv_json_open(&s, "sites", '[');
 *	gcv_json_put(&s, NULL, gcv_site_json(site));
 *	gcv_json_close(&s);
 *	gcv_json_close(&s);
 *	st = gcv_json_end(&s, err);
 *
 * Each piece is on a line of its own. All is valid UTF-8, and no control character is in it but the
 * newlines and tabs of the layout.
 */
#ifndef GCV_REPORT_JSON_STREAM_H
#define GCV_REPORT_JSON_STREAM_H

#include "base/strbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>

/** GCV_JSON_DEPTH - how deep objects and lists may be opened in each other */
#define GCV_JSON_DEPTH 8

/**
 * struct gcv_json_stream - a document on its way
 * @out: where it is written; this and @is_script are set by the caller, the others are 0
 * @is_script: it becomes part of an HTML page: <, >, & and line ends of Unicode are escaped, so
 * that no text in it can end the element that holds it or begin a comment
 * @closers: what closes each open object or list
 * @depth: how many are open
 * @has_member: the innermost one has a member already
 * @row_closers: as @closers, within the row that is being written (json_row.h)
 * @row_depth: how many are open in it; 0: no row is being written
 * @row_has_member: the innermost one has a member already
 * @failed: a piece could not be made, or what is opened and closed does not match
 */
struct gcv_json_stream {
	FILE *out;
	bool is_script;
	char closers[GCV_JSON_DEPTH];
	unsigned int depth;
	bool has_member;
	char row_closers[GCV_JSON_DEPTH];
	unsigned int row_depth;
	bool row_has_member;
	bool failed;
};

/**
 * gcv_json_open() - begin an object or a list
 * @s: the document
 * @key: its key; NULL in a list and for the document itself
 * @opener: '{' or '['
 */
void gcv_json_open(struct gcv_json_stream *s, const char *key, char opener);

/**
 * gcv_json_close() - end the innermost object or list
 * @s: the document
 */
void gcv_json_close(struct gcv_json_stream *s);

/**
 * gcv_json_put() - write a value into the innermost object or list
 * @s: the document
 * @key: its key; NULL in a list
 * @value: the value, which is freed
 */
void gcv_json_put(struct gcv_json_stream *s, const char *key, cJSON *value);

/**
 * gcv_json_begin() - what stands before a value of the innermost object or list
 * @s: the document
 * @key: its key; NULL in a list
 *
 * The value itself is to be written by whoever calls.
 */
void gcv_json_begin(struct gcv_json_stream *s, const char *key);

/**
 * gcv_json_is_hidden() - is a character beyond ASCII to be escaped?
 * @s: the document
 * @text: the character, in valid UTF-8
 *
 * C1 controls (U+0080 to U+009F) would take over a terminal on which the document is shown; U+2028
 * and U+2029 end a line for JavaScript. They can stand in strings only.
 *
 * Return: whether it is one of those.
 */
bool gcv_json_is_hidden(const struct gcv_json_stream *s, const unsigned char *text);

/**
 * gcv_json_end() - write out what is buffered and see whether all was written
 * @s: the document, everything closed
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO.
 */
enum gcv_status gcv_json_end(struct gcv_json_stream *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_json_text() - a text of unknown encoding as a value
 * @text: NUL-terminated; see gcv_utf8_add()
 *
 * Return: a string for the caller to cJSON_Delete().
 */
cJSON *gcv_json_text(const char *text);

/**
 * gcv_json_text_or_null() - the same with null for an empty text
 * @text: NUL-terminated
 *
 * Return: a string or null for the caller to cJSON_Delete().
 */
cJSON *gcv_json_text_or_null(const char *text);

/**
 * gcv_json_add_text() - add a text of unknown encoding to an object
 * @object: the object
 * @key: the key
 * @text: NUL-terminated; see gcv_utf8_add()
 */
void gcv_json_add_text(cJSON *object, const char *key, const char *text);

/**
 * gcv_json_add_text_or_null() - the same with null for an empty text
 * @object: the object
 * @key: the key
 * @text: NUL-terminated
 */
void gcv_json_add_text_or_null(cJSON *object, const char *key, const char *text);

#endif
