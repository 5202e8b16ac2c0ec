/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prepared statements: one for each value of enum gcv_stmt, prepared at first use and kept.
 *
 *	st = GCV_RUN(db, GCV_STMT_NAME_ADD, err, GCV_TEXT("put_page"));
 *	st = GCV_LOOK_UP(db, GCV_STMT_NAME_FIND, &id, err, GCV_TEXT("put_page"));
 *	st = GCV_EACH(db, GCV_STMT_SITES, row_fn, data, err, GCV_INT(snapshot), …);
 *
 * Every bind and step is checked, a statement is always reset, and values are only ever bound.
 */
#ifndef GCV_DB_STATEMENT_H
#define GCV_DB_STATEMENT_H

#include "base/alloc.h"
#include "base/err.h"
#include <stdbool.h>
#include <string.h>

struct gcv_db;

/* clang-format off */
/** enum gcv_stmt - the statements; their text is in statement_text.c */
enum gcv_stmt {
	GCV_STMT_NAME_FIND, GCV_STMT_NAME_ADD, GCV_STMT_NAME_TEXT, GCV_STMT_NAME_DELETE,
	GCV_STMT_FILE_FIND, GCV_STMT_FILE_ADD,
	GCV_STMT_CONFIG_FIND, GCV_STMT_CONFIG_ADD,
	GCV_STMT_UNIT_FIND, GCV_STMT_UNIT_ADD, GCV_STMT_UNIT_UPDATE, GCV_STMT_UNIT_IDENTITY,
	GCV_STMT_UNIT_EXISTS,
	GCV_STMT_UNIT_FILES_CLEAR, GCV_STMT_UNIT_SEEN_CLEAR, GCV_STMT_UNIT_SKIPS_CLEAR,
	GCV_STMT_UNIT_ERRORS_CLEAR, GCV_STMT_UNIT_DECLS_CLEAR, GCV_STMT_UNIT_PARAMS_CLEAR,
	GCV_STMT_UNIT_DEFINITIONS_CLEAR, GCV_STMT_UNIT_RECORDS_CLEAR,
	GCV_STMT_UNIT_FILE_ADD, GCV_STMT_UNIT_SEEN_ADD, GCV_STMT_UNIT_SKIP_ADD,
	GCV_STMT_UNIT_ERROR_ADD, GCV_STMT_DECL_ADD, GCV_STMT_DECL_PARAM_ADD,
	GCV_STMT_BODY_FIND, GCV_STMT_BODY_ADD, GCV_STMT_BODY_OF, GCV_STMT_BODIES,
	GCV_STMT_DEFINITION_FIND, GCV_STMT_DEFINITION_ADD, GCV_STMT_UNIT_DEFINITION_ADD,
	GCV_STMT_CALL_ADD, GCV_STMT_API_CALL_ADD, GCV_STMT_CALL_ARG_ADD,
	GCV_STMT_MEMBER_ADD, GCV_STMT_ADDRESS_ADD,
	GCV_STMT_RECORD_FIND, GCV_STMT_RECORD_ADD, GCV_STMT_FIELD_ADD, GCV_STMT_UNIT_RECORD_ADD,
	GCV_STMT_LOAD_FILES, GCV_STMT_LOAD_UNITS, GCV_STMT_LOAD_UNIT_FILES,
	GCV_STMT_LOAD_SEEN, GCV_STMT_LOAD_SKIPS, GCV_STMT_LOAD_CALLS,
	GCV_STMT_LOAD_DECLS, GCV_STMT_LOAD_PARAMS,
	GCV_STMT_UNUSED_NAMES,
	GCV_STMT_HEADERS_SET, GCV_STMT_LOAD_HEADERS,
	GCV_STMT_SNAPSHOT_ID, GCV_STMT_SNAPSHOT_RENAME, GCV_STMT_SNAPSHOT_DELETE,
	GCV_STMT_SNAPSHOT_ADD, GCV_STMT_SNAPSHOT_UNIT_ADD, GCV_STMT_SNAPSHOT_FILE, GCV_STMT_SNAPSHOT_ERA,
	GCV_STMT_SNAPSHOT_PCH_ADD, GCV_STMT_SNAPSHOT_API_ADD, GCV_STMT_OCCURRENCE_ADD,
	GCV_STMT_SITE_CALLS, GCV_STMT_SITE_ARG, GCV_STMT_SITE_ADD, GCV_STMT_SITE_CONFIG_ADD,
	GCV_STMT_SITE_CALL_ADD,
	GCV_STMT_SNAPSHOTS, GCV_STMT_SNAPSHOT_BY_LABEL, GCV_STMT_SNAPSHOT_NEWEST,
	GCV_STMT_SITES, GCV_STMT_SITE_CONFIGS, GCV_STMT_OCCURRENCES, GCV_STMT_APIS,
	GCV_STMT_SNAPSHOT_UNITS,
	GCV_STMT_SNAPSHOT_ERRORS,
	GCV_STMT_PROGRAM_FUNCTIONS, GCV_STMT_PROGRAM_UNITS, GCV_STMT_PROGRAM_SEEN,
	GCV_STMT_PROGRAM_ADDRESSES, GCV_STMT_PROGRAM_CALLS, GCV_STMT_NAMES,
	GCV_STMT_RESULT_SET_FIND, GCV_STMT_RESULT_SET_DELETE, GCV_STMT_RESULT_SET_ADD,
	GCV_STMT_RESULT_SET_KEY, GCV_STMT_RESULT_SET_KEEP, GCV_STMT_RESULT_SET_SAME,
	GCV_STMT_RESULT_SET_COPY, GCV_STMT_RESULT_COPY, GCV_STMT_RESULT_REASON_COPY,
	GCV_STMT_RESULT_PARTNER_COPY, GCV_STMT_RESULT_STEP_COPY, GCV_STMT_RESULT_FILE_COPY,
	GCV_STMT_RESULT_ADD, GCV_STMT_RESULT_REASON_ADD, GCV_STMT_RESULT_PARTNER_ADD,
	GCV_STMT_RESULT_STEP_ADD, GCV_STMT_RESULT_FILE_ADD, GCV_STMT_SITE_COUNT,
	GCV_STMT_RESULTS, GCV_STMT_RESULT, GCV_STMT_RESULT_REASONS, GCV_STMT_RESULT_PARTNERS,
	GCV_STMT_RESULT_STEPS, GCV_STMT_RESULT_ALL_STEPS, GCV_STMT_RESULT_FILES, GCV_STMT_CONVERSIONS,
	GCV_STMT_FAULT_SET_FIND, GCV_STMT_FAULT_SET_DELETE, GCV_STMT_FAULT_SET_ADD,
	GCV_STMT_FAULT_SET_KEEP, GCV_STMT_FAULT_SET_COPY, GCV_STMT_FAULT_COPY,
	GCV_STMT_FAULT_NOTE_COPY, GCV_STMT_FAULT_IGNORE_COPY, GCV_STMT_FAULT_ADD, GCV_STMT_FAULT_NOTE_ADD,
	GCV_STMT_FAULT_IGNORE_ADD, GCV_STMT_FAULTS, GCV_STMT_FAULT_NOTES, GCV_STMT_FAULT_IGNORES,
	GCV_STMT_SERIES_BY_VERSION, GCV_STMT_SERIES_DELETE, GCV_STMT_SERIES_ADD,
	GCV_STMT_SERIES_PATCH_ADD, GCV_STMT_SERIES_FILE_ADD, GCV_STMT_SERIES_SITE_ADD,
	GCV_STMT_SERIES_TAG_ADD, GCV_STMT_SERIES_PATCHES, GCV_STMT_SERIES_FILES,
	GCV_STMT_SERIES_SITES, GCV_STMT_SERIES_TAGS,
	GCV_STMT_SUBSYSTEM_CLEAR, GCV_STMT_SUBSYSTEM_ADD, GCV_STMT_SUBSYSTEM_PERSON_ADD,
	GCV_STMT_SUBSYSTEM_FILE_ADD, GCV_STMT_SUBSYSTEMS, GCV_STMT_SUBSYSTEM_PERSONS,
	GCV_STMT_SUBSYSTEM_FILES,
	GCV_STMT_SNAPSHOT_UNITS_CLEAR, GCV_STMT_SNAPSHOT_OLDEST_UNITS,
	GCV_STMT_QUESTION, GCV_STMT_QUESTION_NAMES, GCV_STMT_QUESTION_DELETE, GCV_STMT_QUESTION_ADD,
	GCV_STMT_QUESTION_NAME_ADD, GCV_STMT_QUESTIONS_TRIM, GCV_STMT_RESULT_FACTS,
	GCV_STMT_RESULT_FACTS_PUT, GCV_STMT_RESULT_FACTS_TRIM,
	GCV_STMT_SHARD_PUT, GCV_STMT_SHARDS, GCV_STMT_SHARDS_CLEAR,
	GCV_STMT_SERIES_ALL, GCV_STMT_SERIES_TAG_KEEP,
	GCV_STMT_MAIL_FIND, GCV_STMT_MAIL_ADD, GCV_STMT_MAIL_REFERENCE_ADD, GCV_STMT_MAIL_FILE_ADD,
	GCV_STMT_MAIL_CHANGE_ADD, GCV_STMT_MAIL_TAG_ADD, GCV_STMT_MAIL_TAKEN_ADD,
	GCV_STMT_MAILS, GCV_STMT_MAIL_REFERENCES, GCV_STMT_MAIL_FILES, GCV_STMT_MAIL_CHANGES,
	GCV_STMT_MAIL_TAGS, GCV_STMT_MAIL_TAKENS,
	GCV_STMT_COUNT
};
/* clang-format on */

/**
 * gcv_stmt_text() - the SQL of a statement
 * @stmt: which
 *
 * Return: a constant.
 */
const char *gcv_stmt_text(enum gcv_stmt stmt);

/**
 * struct gcv_value - a value to bind
 * @kind: what it is
 * @number: for a number
 * @data: for text and bytes; must stay until the statement has run
 * @len_bytes: length of @data
 */
struct gcv_value {
	enum { GCV_VALUE_NULL, GCV_VALUE_INT, GCV_VALUE_TEXT, GCV_VALUE_BLOB } kind;
	int64_t number;
	const void *data;
	size_t len_bytes;
};

/** GCV_INT() - a number */
#define GCV_INT(value_) ((struct gcv_value){ .kind = GCV_VALUE_INT, .number = (int64_t)(value_) })

/** GCV_ID() - the id of a row; NULL where it is 0 */
#define GCV_ID(value_) gcv_value_id(value_)

/** GCV_TEXT() - a NUL-terminated string */
#define GCV_TEXT(text_) GCV_TEXT_BYTES(text_, strlen(text_))

/** GCV_TEXT_BYTES() - a string of known length */
#define GCV_TEXT_BYTES(text_, len_) \
	((struct gcv_value){ .kind = GCV_VALUE_TEXT, .data = (text_), .len_bytes = (len_) })

/** GCV_OPTIONAL_TEXT() - a NUL-terminated string; NULL where it is empty */
#define GCV_OPTIONAL_TEXT(text_) gcv_value_optional_text(text_)

/** GCV_BLOB() - bytes */
#define GCV_BLOB(data_, len_) \
	((struct gcv_value){ .kind = GCV_VALUE_BLOB, .data = (data_), .len_bytes = (len_) })

/**
 * gcv_value_id() - behind GCV_ID()
 * @id: the id
 *
 * Return: the value.
 */
static inline struct gcv_value gcv_value_id(int64_t id)
{
	return (struct gcv_value){ .kind = id ? GCV_VALUE_INT : GCV_VALUE_NULL, .number = id };
}

/**
 * gcv_value_optional_text() - behind GCV_OPTIONAL_TEXT()
 * @text: the string; NULL counts as empty
 *
 * Return: the value.
 */
static inline struct gcv_value gcv_value_optional_text(const char *text)
{
	return text && *text ? GCV_TEXT(text) : (struct gcv_value){ .kind = GCV_VALUE_NULL };
}

/** GCV_VALUES() - values as an array and its length, for the functions below */
#define GCV_VALUES(...)                              \
	((const struct gcv_value[]){ __VA_ARGS__ }), \
		sizeof((const struct gcv_value[]){ __VA_ARGS__ }) / sizeof(struct gcv_value)

/** GCV_RUN() - gcv_stmt_run() with the values as arguments */
#define GCV_RUN(db, stmt, err, ...) gcv_stmt_run(db, stmt, err, GCV_VALUES(__VA_ARGS__))

/** GCV_LOOK_UP() - gcv_stmt_look_up() with the values as arguments */
#define GCV_LOOK_UP(db, stmt, ret, err, ...) \
	gcv_stmt_look_up(db, stmt, ret, err, GCV_VALUES(__VA_ARGS__))

/** GCV_EACH() - gcv_stmt_each() with the values as arguments */
#define GCV_EACH(db, stmt, fn, data, err, ...) \
	gcv_stmt_each(db, stmt, fn, data, err, GCV_VALUES(__VA_ARGS__))

/**
 * gcv_stmt_run() - run a statement to its end and drop its rows
 * @db: the handle
 * @stmt: which
 * @err: sentence on failure
 * @values: what to bind
 * @nr_values: how many
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_stmt_run(struct gcv_db *db, enum gcv_stmt stmt, struct gcv_err *err,
			     const struct gcv_value *values, size_t nr_values) GCV_MUST_CHECK;

/**
 * gcv_stmt_look_up() - the number in the first column of the first row
 * @db: the handle
 * @stmt: which
 * @ret: the number; 0 where there is no row
 * @err: sentence on failure
 * @values: what to bind
 * @nr_values: how many
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_stmt_look_up(struct gcv_db *db, enum gcv_stmt stmt, int64_t *ret,
				 struct gcv_err *err, const struct gcv_value *values,
				 size_t nr_values) GCV_MUST_CHECK;

/** struct gcv_row - a row that a statement yielded */
struct gcv_row;

/** gcv_row_fn - called for a row; anything else than GCV_OK ends the reading */
typedef enum gcv_status gcv_row_fn(void *data, const struct gcv_row *row, struct gcv_err *err);

/**
 * gcv_stmt_each() - run a statement and look at each row
 * @db: the handle
 * @stmt: which; must not be running already
 * @fn: called for each row
 * @data: for @fn
 * @err: sentence on failure
 * @values: what to bind
 * @nr_values: how many
 *
 * Return: GCV_OK, what @fn returned, GCV_ERR_USAGE (it is running already) or what gcv_db_fail()
 * makes of the failure.
 */
enum gcv_status gcv_stmt_each(struct gcv_db *db, enum gcv_stmt stmt, gcv_row_fn *fn, void *data,
			      struct gcv_err *err, const struct gcv_value *values,
			      size_t nr_values) GCV_MUST_CHECK;

/**
 * gcv_row_int() - a number of a row
 * @row: the row
 * @column: column from 0
 *
 * Return: the number; 0 for NULL.
 */
int64_t gcv_row_int(const struct gcv_row *row, int column);

/**
 * gcv_row_is_null() - is there no value?
 * @row: the row
 * @column: column from 0
 *
 * Return: true for NULL.
 */
bool gcv_row_is_null(const struct gcv_row *row, int column);

/**
 * gcv_row_u32() - a number of a row that should fit into 32 bits
 * @row: the row
 * @column: column from 0
 *
 * Return: the number; 0 for NULL and for a number out of range.
 */
uint32_t gcv_row_u32(const struct gcv_row *row, int column);

/**
 * gcv_row_text() - a string of a row
 * @row: the row
 * @column: column from 0
 *
 * Return: the string, until the row function returns; "" for NULL.
 */
const char *gcv_row_text(const struct gcv_row *row, int column);

/**
 * gcv_row_blob() - bytes of a row
 * @row: the row
 * @column: column from 0
 * @ret_len_bytes: how many
 *
 * Return: the bytes, until the row function returns; never NULL.
 */
const void *gcv_row_blob(const struct gcv_row *row, int column, size_t *ret_len_bytes);

/**
 * gcv_row_hash() - 16 bytes of a row
 * @row: the row
 * @column: column from 0
 * @ret: the bytes; zeros where the row has another number of them
 */
void gcv_row_hash(const struct gcv_row *row, int column, uint8_t ret[16]);

#endif
