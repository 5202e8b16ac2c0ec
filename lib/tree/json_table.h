/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables in JSON that people write: the API names of tree/api.h, the accessors of flow/accessor.h.
 *
 *	static enum gcv_status read_top(struct gcv_table *table, const cJSON *top)
 *	{
 *		static const struct gcv_table_key keys[] = { { "names", cJSON_Array, true } };
 *		enum gcv_status status = gcv_table_check(table, top, "", GCV_TABLE_KEYS(keys));
 *		…
 *	}
 *
 *	struct gcv_table table = { .arena = &arena, .file = "my.json", .err = err, .ctx = &ret };
 *
 *	status = gcv_table_read(&table, text, len, read_top);
 *
 * Everything is checked: unknown keys, keys twice, wrong types. A message names the file and the
 * place in it, such as "functions[3].flows[0].to".
 */
#ifndef GCV_TREE_JSON_TABLE_H
#define GCV_TREE_JSON_TABLE_H

#include "base/alloc.h"
#include "base/err.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct gcv_table - a table that is being read
 * @arena: owns what is taken from it
 * @file: name for messages
 * @err: where messages go
 * @ctx: the reader's
 * @places: for gcv_table_place(); gcv_table_read() frees them
 */
struct gcv_table {
	struct gcv_arena *arena;
	const char *file;
	struct gcv_err *err;
	void *ctx;
	struct gcv_arena places;
};

/**
 * struct gcv_table_key - a key that an object may have
 * @name: the key
 * @type: or-ed cJSON types that its value may be of
 * @is_required: the object must have it
 */
struct gcv_table_key {
	const char *name;
	int type;
	bool is_required;
};

/** GCV_TABLE_KEYS() - an array of keys and its length, for gcv_table_check() */
#define GCV_TABLE_KEYS(array) array, sizeof(array) / sizeof((array)[0])

/**
 * typedef gcv_table_top_fn - read the object at the top
 *
 * Return: GCV_OK or an error, which ends the reading.
 */
typedef enum gcv_status gcv_table_top_fn(struct gcv_table *table, const cJSON *top);

/**
 * typedef gcv_table_element_fn - read an element of an array
 *
 * Gets the element, its place for messages, and zeroed room for what it holds.
 *
 * Return: GCV_OK or an error, which ends the reading.
 */
typedef enum gcv_status gcv_table_element_fn(struct gcv_table *table, const cJSON *item,
					     const char *at, void *ret);

/**
 * gcv_table_read() - read a table
 * @table: arena, file, err and ctx are set
 * @text: JSON, and nothing behind it but blanks
 * @len_bytes: its length
 * @read: reads what is at the top
 *
 * Return: GCV_OK, GCV_ERR_FORMAT with line and column for what is no JSON, or what @read returns.
 */
enum gcv_status gcv_table_read(struct gcv_table *table, const char *text, size_t len_bytes,
			       gcv_table_top_fn *read) GCV_MUST_CHECK;

/**
 * gcv_table_fail() - say what is wrong
 * @table: the table
 * @at: place, "" for the top
 * @what: what is wrong there
 *
 * Return: GCV_ERR_FORMAT.
 */
enum gcv_status gcv_table_fail(const struct gcv_table *table, const char *at, const char *what);

/**
 * gcv_table_fail_word() - say what is wrong with a word
 * @table: the table
 * @at: place, "" for the top
 * @what: what is wrong there
 * @word: the word, which is quoted
 *
 * Return: GCV_ERR_FORMAT.
 */
enum gcv_status gcv_table_fail_word(const struct gcv_table *table, const char *at, const char *what,
				    const char *word);

/**
 * gcv_table_place() - the place of a key's value
 * @table: the table
 * @at: place of the object
 * @key: the key
 *
 * Return: a text that lives as long as the reading.
 */
const char *gcv_table_place(struct gcv_table *table, const char *at, const char *key);

/**
 * gcv_table_place_nr() - the place of an element
 * @table: the table
 * @at: place of the array
 * @i: position of the element
 *
 * Return: a text that lives as long as the reading.
 */
const char *gcv_table_place_nr(struct gcv_table *table, const char *at, size_t i);

/**
 * gcv_table_check() - is something an object with these keys?
 * @table: the table
 * @object: what there is, or NULL
 * @at: its place
 * @keys: all keys that it may have
 * @nr: how many
 *
 * Return: GCV_OK or GCV_ERR_FORMAT: no object, a key that is unknown, missing or there twice, or a
 * value of another type.
 */
enum gcv_status gcv_table_check(struct gcv_table *table, const cJSON *object, const char *at,
				const struct gcv_table_key *keys, size_t nr) GCV_MUST_CHECK;

/**
 * gcv_table_item() - the value of a key
 * @object: a checked object
 * @key: the key
 *
 * Return: the value, or NULL.
 */
const cJSON *gcv_table_item(const cJSON *object, const char *key);

/**
 * gcv_table_string() - a string
 * @table: the table
 * @object: a checked object
 * @key: the key of a string
 *
 * Return: a copy in the arena, or NULL where there is no such key.
 */
const char *gcv_table_string(struct gcv_table *table, const cJSON *object, const char *key);

/**
 * gcv_table_bool() - a truth value
 * @object: a checked object
 * @key: the key
 *
 * Return: true where it is there and true.
 */
bool gcv_table_bool(const cJSON *object, const char *key);

/**
 * gcv_table_strings() - an array of strings
 * @table: the table
 * @object: a checked object
 * @at: its place
 * @key: the key of the array; none means an empty one
 * @test: what each string has to pass
 * @what: message for one that does not
 * @ret: copies in the arena
 * @ret_nr: how many
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_table_strings(struct gcv_table *table, const cJSON *object, const char *at,
				  const char *key, bool (*test)(const char *), const char *what,
				  const char ***ret, uint32_t *ret_nr) GCV_MUST_CHECK;

/**
 * gcv_table_elements() - an array of objects
 * @table: the table
 * @object: a checked object
 * @at: its place
 * @key: the key of the array; none means an empty one
 * @read: reads one element
 * @size_bytes: of what it reads one into; may be 0
 * @ret: the array, in the arena
 * @ret_nr: its length
 *
 * Return: GCV_OK or what @read returns.
 */
enum gcv_status gcv_table_elements(struct gcv_table *table, const cJSON *object, const char *at,
				   const char *key, gcv_table_element_fn *read, size_t size_bytes,
				   void **ret, uint32_t *ret_nr) GCV_MUST_CHECK;

/**
 * gcv_table_is_identifier() - is a string a name of C?
 * @s: the string
 *
 * Return: true where it is.
 */
bool gcv_table_is_identifier(const char *s);

#endif
