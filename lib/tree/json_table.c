// SPDX-License-Identifier: GPL-2.0-only
#include "tree/json_table.h"

#include <ctype.h>
#include <string.h>

enum gcv_status gcv_table_fail(const struct gcv_table *table, const char *at, const char *what)
{
	return gcv_err_set(table->err, GCV_ERR_FORMAT, "%s: %s: %s", table->file,
			   *at ? at : "top level", what);
}

enum gcv_status gcv_table_fail_word(const struct gcv_table *table, const char *at, const char *what,
				    const char *word)
{
	return gcv_err_set(table->err, GCV_ERR_FORMAT, "%s: %s: %s \"%.80s\"", table->file,
			   *at ? at : "top level", what, word);
}

const char *gcv_table_place(struct gcv_table *table, const char *at, const char *key)
{
	return gcv_arena_printf(&table->places, "%s%s%s", at, *at ? "." : "", key);
}

const char *gcv_table_place_nr(struct gcv_table *table, const char *at, size_t i)
{
	return gcv_arena_printf(&table->places, "%s[%zu]", at, i);
}

const cJSON *gcv_table_item(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

static const char *type_name(int type)
{
	switch (type) {
	case cJSON_String:
		return "must be a string";
	case cJSON_Array:
		return "must be an array";
	case cJSON_Object:
		return "must be an object";
	case cJSON_Number:
		return "must be a number";
	default:
		return "must be true or false";
	}
}

static enum gcv_status check_key(struct gcv_table *table, const cJSON *object, const cJSON *item,
				 const char *at, const struct gcv_table_key *keys, size_t nr)
{
	size_t k = 0;

	while (k < nr && strcmp(keys[k].name, item->string) != 0)
		k++;
	if (k == nr)
		return gcv_table_fail_word(table, at, "unknown key", item->string);
	/* cJSON keeps a key that comes twice, and finds the first. */
	if (gcv_table_item(object, item->string) != item)
		return gcv_table_fail_word(table, at, "key given twice:", item->string);
	if (!(item->type & keys[k].type))
		return gcv_table_fail(table, gcv_table_place(table, at, item->string),
				      type_name(keys[k].type));
	return GCV_OK;
}

enum gcv_status gcv_table_check(struct gcv_table *table, const cJSON *object, const char *at,
				const struct gcv_table_key *keys, size_t nr)
{
	const cJSON *item;
	size_t i;

	if (!cJSON_IsObject(object))
		return gcv_table_fail(table, at, "must be an object");
	cJSON_ArrayForEach(item, object)
	{
		enum gcv_status status = check_key(table, object, item, at, keys, nr);

		if (status != GCV_OK)
			return status;
	}
	for (i = 0; i < nr; i++)
		if (keys[i].is_required && !gcv_table_item(object, keys[i].name))
			return gcv_table_fail_word(table, at, "missing key", keys[i].name);
	return GCV_OK;
}

const char *gcv_table_string(struct gcv_table *table, const cJSON *object, const char *key)
{
	const cJSON *item = gcv_table_item(object, key);

	return item ? gcv_arena_strdup(table->arena, item->valuestring) : NULL;
}

bool gcv_table_bool(const cJSON *object, const char *key)
{
	return cJSON_IsTrue(gcv_table_item(object, key));
}

bool gcv_table_is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

enum gcv_status gcv_table_strings(struct gcv_table *table, const cJSON *object, const char *at,
				  const char *key, bool (*test)(const char *), const char *what,
				  const char ***ret, uint32_t *ret_nr)
{
	const cJSON *array = gcv_table_item(object, key), *item;
	uint32_t nr = (uint32_t)cJSON_GetArraySize(array), i = 0;
	const char **list = gcv_arena_alloc(table->arena, ((size_t)nr + 1) * sizeof(*list));

	at = gcv_table_place(table, at, key);
	cJSON_ArrayForEach(item, array)
	{
		if (!cJSON_IsString(item))
			return gcv_table_fail(table, gcv_table_place_nr(table, at, i),
					      "must be a string");
		if (!test(item->valuestring))
			return gcv_table_fail_word(table, gcv_table_place_nr(table, at, i), what,
						   item->valuestring);
		list[i++] = gcv_arena_strdup(table->arena, item->valuestring);
	}
	*ret = list;
	*ret_nr = nr;
	return GCV_OK;
}

enum gcv_status gcv_table_elements(struct gcv_table *table, const cJSON *object, const char *at,
				   const char *key, gcv_table_element_fn *read, size_t size_bytes,
				   void **ret, uint32_t *ret_nr)
{
	const cJSON *array = gcv_table_item(object, key), *item;
	uint32_t nr = (uint32_t)cJSON_GetArraySize(array), i = 0;
	char *list = gcv_arena_alloc(table->arena, ((size_t)nr + 1) * size_bytes);

	at = gcv_table_place(table, at, key);
	cJSON_ArrayForEach(item, array)
	{
		enum gcv_status status =
			read(table, item, gcv_table_place_nr(table, at, i), list + i * size_bytes);

		if (status != GCV_OK)
			return status;
		i++;
	}
	*ret = list;
	*ret_nr = nr;
	return GCV_OK;
}

static enum gcv_status fail_syntax(const struct gcv_table *table, const char *text,
				   size_t off_bytes)
{
	unsigned int line = 1, column = 1;
	size_t i;

	for (i = 0; i < off_bytes; i++) {
		column = text[i] == '\n' ? 1 : column + 1;
		line += text[i] == '\n';
	}
	return gcv_err_set(table->err, GCV_ERR_FORMAT, "%s:%u:%u: not valid JSON", table->file,
			   line, column);
}

enum gcv_status gcv_table_read(struct gcv_table *table, const char *text, size_t len_bytes,
			       gcv_table_top_fn *read)
{
	const char *end = text;
	enum gcv_status status;
	cJSON *top;
	size_t used;

	top = cJSON_ParseWithLengthOpts(text, len_bytes, &end, false);
	used = end >= text && end <= text + len_bytes ? (size_t)(end - text) : 0;
	while (top && used < len_bytes && text[used] && strchr(" \t\r\n", text[used]))
		used++;
	if (!top || used < len_bytes)
		status = fail_syntax(table, text, used);
	else
		status = read(table, top);
	cJSON_Delete(top);
	gcv_arena_release(&table->places);
	return status;
}
