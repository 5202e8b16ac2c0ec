/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values of which a document has very many, such as sites and steps, written as they come: each is
 * a row, one line with all that is below it, and nothing is built in memory.
 *
 *	gcv_json_row_open(&s, NULL, '{');
 *	gcv_json_row_text(&s, "file", site->file);
 *	gcv_json_row_number(&s, "line", site->line);
 *	gcv_json_row_open(&s, "configurations", '[');
 *	gcv_json_row_text(&s, NULL, "x86");
 *	gcv_json_row_close(&s);
 *	gcv_json_row_close(&s);
 *
 * What is written is the same as gcv_json_put() writes for a cJSON value. Keys are constants that
 * need no escaping.
 */
#ifndef GCV_REPORT_JSON_ROW_H
#define GCV_REPORT_JSON_ROW_H

#include "report/json_stream.h"

#include <stdint.h>

/**
 * gcv_json_row_open() - begin an object or a list; the outermost one begins the row
 * @s: the document
 * @key: its key; NULL in a list
 * @opener: '{' or '['
 */
void gcv_json_row_open(struct gcv_json_stream *s, const char *key, char opener);

/**
 * gcv_json_row_close() - end the innermost object or list of the row
 * @s: the document
 */
void gcv_json_row_close(struct gcv_json_stream *s);

/**
 * gcv_json_row_text() - a text of unknown encoding
 * @s: the document, a row open
 * @key: its key; NULL in a list
 * @text: NUL-terminated; see gcv_utf8_add()
 */
void gcv_json_row_text(struct gcv_json_stream *s, const char *key, const char *text);

/**
 * gcv_json_row_text_or_null() - the same with null for an empty text
 * @s: the document, a row open
 * @key: its key; NULL in a list
 * @text: NUL-terminated
 */
void gcv_json_row_text_or_null(struct gcv_json_stream *s, const char *key, const char *text);

/**
 * gcv_json_row_number() - a number
 * @s: the document, a row open
 * @key: its key; NULL in a list
 * @number: the number
 */
void gcv_json_row_number(struct gcv_json_stream *s, const char *key, int64_t number);

/**
 * gcv_json_row_number_or_null() - the same with null for 0
 * @s: the document, a row open
 * @key: its key; NULL in a list
 * @number: the number
 */
void gcv_json_row_number_or_null(struct gcv_json_stream *s, const char *key, int64_t number);

/**
 * gcv_json_row_bool() - true or false
 * @s: the document, a row open
 * @key: its key; NULL in a list
 * @value: which
 */
void gcv_json_row_bool(struct gcv_json_stream *s, const char *key, bool value);

/**
 * gcv_json_row_null() - null
 * @s: the document, a row open
 * @key: its key; NULL in a list
 */
void gcv_json_row_null(struct gcv_json_stream *s, const char *key);

#endif
