// SPDX-License-Identifier: GPL-2.0-only
#include "flow/accessor_read.h"
#include "flow/accessor_words.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#define FORMAT_NAME    "gupconv-accessors"
#define FORMAT_VERSION 1

struct reader {
	struct gcv_accessors *table;
	struct gcv_arena places;
	const char *file;
	struct gcv_err *err;
	uint32_t cap_functions, cap_locks, cap_callbacks;
};

/* A key that an object may have. */
struct key {
	const char *name;
	int type; /* cJSON type bits */
	bool required;
};

#define KEYS(array) array, sizeof(array) / sizeof((array)[0])

static enum gcv_status fail(const struct reader *r, const char *at, const char *what)
{
	return gcv_err_set(r->err, GCV_ERR_FORMAT, "%s: %s: %s", r->file, *at ? at : "top level",
			   what);
}

static enum gcv_status fail_word(const struct reader *r, const char *at, const char *what,
				 const char *word)
{
	return gcv_err_set(r->err, GCV_ERR_FORMAT, "%s: %s: %s \"%.80s\"", r->file,
			   *at ? at : "top level", what, word);
}

static const char *place(struct reader *r, const char *at, const char *key)
{
	return gcv_arena_printf(&r->places, "%s%s%s", at, *at ? "." : "", key);
}

static const char *place_nr(struct reader *r, const char *at, size_t i)
{
	return gcv_arena_printf(&r->places, "%s[%zu]", at, i);
}

static const cJSON *item_of(const cJSON *object, const char *key)
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
	case cJSON_Number:
		return "must be a number";
	default:
		return "must be true or false";
	}
}

static enum gcv_status check_key(struct reader *r, const cJSON *object, const cJSON *item,
				 const char *at, const struct key *keys, size_t nr)
{
	size_t k = 0;

	while (k < nr && strcmp(keys[k].name, item->string) != 0)
		k++;
	if (k == nr)
		return fail_word(r, at, "unknown key", item->string);
	/* cJSON keeps a key that comes twice, and finds the first */
	if (item_of(object, item->string) != item)
		return fail_word(r, at, "key given twice:", item->string);
	if (!(item->type & keys[k].type))
		return fail(r, place(r, at, item->string), type_name(keys[k].type));
	return GCV_OK;
}

static enum gcv_status check_object(struct reader *r, const cJSON *object, const char *at,
				    const struct key *keys, size_t nr)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return fail(r, at, "must be an object");
	cJSON_ArrayForEach(item, object)
	{
		enum gcv_status status = check_key(r, object, item, at, keys, nr);

		if (status != GCV_OK)
			return status;
	}
	for (size_t i = 0; i < nr; i++)
		if (keys[i].required && !item_of(object, keys[i].name))
			return fail_word(r, at, "missing key", keys[i].name);
	return GCV_OK;
}

static const char *string_of(struct reader *r, const cJSON *object, const char *key)
{
	const cJSON *item = item_of(object, key);

	return item ? gcv_arena_strdup(&r->table->arena, item->valuestring) : NULL;
}

static enum gcv_status word_of(struct reader *r, const cJSON *object, const char *at,
			       const char *key, enum gcv_accessor_word_set set, int *ret)
{
	const char *word = item_of(object, key)->valuestring;
	int value = gcv_accessor_word_value(set, word);

	if (value < 0)
		return fail_word(r, place(r, at, key), "unknown word", word);
	*ret = value;
	return GCV_OK;
}

static enum gcv_status place_of(struct reader *r, const cJSON *object, const char *at,
				const char *key, struct gcv_accessor_place *ret)
{
	const char *text = item_of(object, key)->valuestring;

	if (!gcv_accessor_place_parse(text, &r->table->arena, ret))
		return fail_word(r, place(r, at, key), "not a place:", text);
	return GCV_OK;
}

static bool is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

/* "struct vm_area_struct.vm_pgoff" */
static bool is_field(const char *s)
{
	const char *dot = strchr(s, '.');

	return strncmp(s, "struct ", 7) == 0 && dot && is_identifier(dot + 1);
}

/* "struct mmu_notifier_ops.release" or "request_irq(1)" */
static bool is_where(const char *s)
{
	size_t len;

	if (strncmp(s, "struct ", 7) == 0 || strncmp(s, "union ", 6) == 0) {
		const char *dot = strchr(s, '.');

		return dot && is_identifier(dot + 1);
	}
	len = strcspn(s, "(");
	return len && s[len] == '(' && strspn(s + len + 1, "0123456789") > 0 &&
	       strcmp(s + len + 1 + strspn(s + len + 1, "0123456789"), ")") == 0;
}

static bool is_record(const char *s)
{
	return (strncmp(s, "struct ", 7) == 0 && is_identifier(s + 7)) ||
	       (strncmp(s, "union ", 6) == 0 && is_identifier(s + 6));
}

/* An array of strings that all pass a test; absent means empty. */
static enum gcv_status strings_of(struct reader *r, const cJSON *object, const char *at,
				  const char *key, bool (*test)(const char *), const char ***ret,
				  uint32_t *ret_nr)
{
	const cJSON *array = item_of(object, key), *item;
	uint32_t nr = (uint32_t)cJSON_GetArraySize(array), i = 0;
	const char **list = gcv_arena_alloc(&r->table->arena, ((size_t)nr + 1) * sizeof(*list));

	at = place(r, at, key);
	cJSON_ArrayForEach(item, array)
	{
		if (!cJSON_IsString(item))
			return fail(r, place_nr(r, at, i), "must be a string");
		if (!test(item->valuestring))
			return fail_word(r, place_nr(r, at, i), "not a name:", item->valuestring);
		list[i++] = gcv_arena_strdup(&r->table->arena, item->valuestring);
	}
	*ret = list;
	*ret_nr = nr;
	return GCV_OK;
}

/* Reads one element of an array of objects; @ret is its place in the list, where there is one. */
typedef enum gcv_status (*read_element)(struct reader *, const cJSON *, const char *at, void *ret);

static enum gcv_status elements_of(struct reader *r, const cJSON *object, const char *at,
				   const char *key, read_element read, size_t size_bytes,
				   void **ret, uint32_t *ret_nr)
{
	const cJSON *array = item_of(object, key), *item;
	uint32_t nr = (uint32_t)cJSON_GetArraySize(array), i = 0;
	char *list = gcv_arena_alloc(&r->table->arena, ((size_t)nr + 1) * size_bytes);

	at = place(r, at, key);
	cJSON_ArrayForEach(item, array)
	{
		enum gcv_status status = read(r, item, place_nr(r, at, i), list + i * size_bytes);

		if (status != GCV_OK)
			return status;
		i++;
	}
	*ret = list;
	*ret_nr = nr;
	return GCV_OK;
}

static enum gcv_status read_flow(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "to", cJSON_String, true },
		{ "from", cJSON_String, true },
	};
	struct gcv_accessor_flow *flow = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	int origin;

	if (status == GCV_OK)
		status = place_of(r, item, at, "to", &flow->to);
	if (status != GCV_OK)
		return status;
	origin = gcv_accessor_word_value(GCV_ACCESSOR_WORD_ORIGIN,
					 item_of(item, "from")->valuestring);
	if (origin < 0)
		return place_of(r, item, at, "from", &flow->from);
	flow->origin = (enum gcv_origin)origin;
	return GCV_OK;
}

static enum gcv_status read_effect(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "effect", cJSON_String, true },
		{ "on", cJSON_String, true },
		{ "owner", cJSON_String, false },
	};
	struct gcv_accessor_effect *effect = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	int value = 0;

	if (status == GCV_OK)
		status = word_of(r, item, at, "effect", GCV_ACCESSOR_WORD_EFFECT, &value);
	if (status == GCV_OK)
		status = place_of(r, item, at, "on", &effect->arg);
	if (status != GCV_OK)
		return status;
	effect->effect = (enum gcv_effect)value;
	effect->owner = string_of(r, item, "owner");
	if ((effect->effect == GCV_EFFECT_TRANSFER) != (effect->owner != NULL))
		return fail(r, at, "\"owner\" goes with a transfer and with nothing else");
	return GCV_OK;
}

/* Room for one more element at the end of a list in the arena. */
static void *append(struct reader *r, void *list, uint32_t *nr, uint32_t *cap, size_t size_bytes)
{
	if (*nr == *cap) {
		uint32_t bigger = *cap ? *cap * 2 : 64;
		void *all = gcv_arena_alloc(&r->table->arena, bigger * size_bytes);

		if (*nr)
			memcpy(all, list, *nr * size_bytes);
		*cap = bigger;
		list = all;
	}
	++*nr;
	return list;
}

static enum gcv_status add_function(struct reader *r, const char *at,
				    const struct gcv_accessor *function)
{
	struct gcv_accessors *table = r->table;
	size_t len = strlen(function->name);

	if (gcv_intern_find(&table->index, function->name, len) != GCV_INTERN_NONE)
		return fail_word(r, at, "name given twice:", function->name);
	gcv_intern_add(&table->index, function->name, len);
	table->functions = append(r, table->functions, &table->nr_functions, &r->cap_functions,
				  sizeof(*function));
	table->functions[table->nr_functions - 1] = *function;
	return GCV_OK;
}

static enum gcv_status read_function(struct reader *r, const cJSON *item, const char *at,
				     void *unused)
{
	static const struct key keys[] = {
		{ "names", cJSON_Array, true },	 { "source", cJSON_String, true },
		{ "flows", cJSON_Array, false }, { "effects", cJSON_Array, false },
		{ "note", cJSON_String, false },
	};
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	struct gcv_accessor function = { 0 };
	void *flows = NULL, *effects = NULL;
	const char **names = NULL;
	uint32_t nr = 0;

	(void)unused;
	if (status == GCV_OK)
		status = strings_of(r, item, at, "names", is_identifier, &names, &nr);
	if (status == GCV_OK)
		status = elements_of(r, item, at, "flows", read_flow,
				     sizeof(struct gcv_accessor_flow), &flows, &function.nr_flows);
	if (status == GCV_OK)
		status = elements_of(r, item, at, "effects", read_effect,
				     sizeof(struct gcv_accessor_effect), &effects,
				     &function.nr_effects);
	if (status != GCV_OK)
		return status;
	function.flows = flows;
	function.effects = effects;
	function.source = string_of(r, item, "source");
	for (uint32_t i = 0; i < nr && status == GCV_OK; i++) {
		function.name = names[i];
		status = add_function(r, at, &function);
	}
	return status;
}

static void add_locks(struct reader *r, const struct gcv_accessor_lock *lock,
		      const char *const *names, uint32_t nr)
{
	struct gcv_accessors *table = r->table;

	for (uint32_t i = 0; i < nr; i++) {
		table->locks =
			append(r, table->locks, &table->nr_locks, &r->cap_locks, sizeof(*lock));
		table->locks[table->nr_locks - 1] = *lock;
		table->locks[table->nr_locks - 1].name = names[i];
	}
}

static enum gcv_status read_lock_words(struct reader *r, const cJSON *item, const char *at,
				       struct gcv_accessor_lock *lock)
{
	const cJSON *arg = item_of(item, "lock_arg");
	int context = 0;
	enum gcv_status status =
		word_of(r, item, at, "context", GCV_ACCESSOR_WORD_CONTEXT, &context);

	if (status != GCV_OK)
		return status;
	lock->context = (enum gcv_context)context;
	lock->lock_arg = -1;
	if (arg) {
		if (!(arg->valuedouble >= 0 && arg->valuedouble <= GCV_ACCESSOR_MAX_ARG) ||
		    arg->valuedouble != (int)arg->valuedouble)
			return fail(r, place(r, at, "lock_arg"), "not the position of an argument");
		lock->lock_arg = (int)arg->valuedouble;
	}
	lock->is_scoped = cJSON_IsTrue(item_of(item, "scoped"));
	lock->source = string_of(r, item, "source");
	lock->result = string_of(r, item, "result");
	if (lock->result && strcmp(lock->result, "true") != 0 && strcmp(lock->result, "zero") != 0)
		return fail_word(r, place(r, at, "result"), "unknown word", lock->result);
	return GCV_OK;
}

static enum gcv_status read_lock(struct reader *r, const cJSON *item, const char *at, void *unused)
{
	static const struct key keys[] = {
		{ "open", cJSON_Array, false },	   { "close", cJSON_Array, false },
		{ "context", cJSON_String, true }, { "lock_arg", cJSON_Number, false },
		{ "result", cJSON_String, false }, { "scoped", cJSON_True | cJSON_False, false },
		{ "source", cJSON_String, true },
	};
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	struct gcv_accessor_lock lock = { 0 };
	const char **open = NULL, **close = NULL;
	uint32_t nr_open = 0, nr_close = 0;

	(void)unused;
	if (status == GCV_OK)
		status = read_lock_words(r, item, at, &lock);
	if (status == GCV_OK)
		status = strings_of(r, item, at, "open", is_identifier, &open, &nr_open);
	if (status == GCV_OK)
		status = strings_of(r, item, at, "close", is_identifier, &close, &nr_close);
	if (status != GCV_OK)
		return status;
	if (lock.result && nr_close)
		return fail(r, at, "\"result\" goes with \"open\" only");
	lock.is_open = true;
	add_locks(r, &lock, open, nr_open);
	lock.is_open = false;
	add_locks(r, &lock, close, nr_close);
	return GCV_OK;
}

static enum gcv_status read_callback(struct reader *r, const cJSON *item, const char *at,
				     void *unused)
{
	static const struct key keys[] = {
		{ "where", cJSON_Array, true },
		{ "context", cJSON_String, true },
		{ "source", cJSON_String, true },
	};
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	struct gcv_accessors *table = r->table;
	struct gcv_accessor_callback callback = { 0 };
	const char **where = NULL;
	int context = 0;
	uint32_t nr = 0;

	(void)unused;
	if (status == GCV_OK)
		status = word_of(r, item, at, "context", GCV_ACCESSOR_WORD_CONTEXT, &context);
	if (status == GCV_OK)
		status = strings_of(r, item, at, "where", is_where, &where, &nr);
	if (status != GCV_OK)
		return status;
	callback.context = (enum gcv_context)context;
	callback.source = string_of(r, item, "source");
	for (uint32_t i = 0; i < nr; i++) {
		callback.where = where[i];
		table->callbacks = append(r, table->callbacks, &table->nr_callbacks,
					  &r->cap_callbacks, sizeof(callback));
		table->callbacks[table->nr_callbacks - 1] = callback;
	}
	return GCV_OK;
}

static enum gcv_status read_lifecycle(struct reader *r, const cJSON *item, const char *at,
				      void *ret)
{
	static const struct key keys[] = {
		{ "members", cJSON_Array, true },
		{ "object", cJSON_String, true },
		{ "source", cJSON_String, true },
	};
	struct gcv_accessor_lifecycle *lifecycle = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));

	if (status == GCV_OK)
		status = strings_of(r, item, at, "members", is_where, &lifecycle->members,
				    &lifecycle->nr_members);
	if (status != GCV_OK)
		return status;
	lifecycle->object = string_of(r, item, "object");
	lifecycle->source = string_of(r, item, "source");
	if (!lifecycle->nr_members || !is_where(lifecycle->object))
		return fail(r, at, "needs members and the member that gets the object");
	return GCV_OK;
}

static enum gcv_status read_numbers(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "fields", cJSON_Array, true },
		{ "source", cJSON_String, true },
	};
	struct gcv_accessor_numbers *numbers = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));

	if (status == GCV_OK)
		status = strings_of(r, item, at, "fields", is_field, &numbers->fields,
				    &numbers->nr_fields);
	if (status == GCV_OK)
		numbers->source = string_of(r, item, "source");
	return status;
}

static enum gcv_status check_format(struct reader *r, const cJSON *top)
{
	const char *format = item_of(top, "format")->valuestring;

	if (strcmp(format, FORMAT_NAME) != 0)
		return fail_word(r, "format", "must be \"" FORMAT_NAME "\", not", format);
	if (item_of(top, "version")->valuedouble != FORMAT_VERSION)
		return fail(r, "version", "there is no such version");
	return GCV_OK;
}

static enum gcv_status read_top(struct reader *r, const cJSON *top)
{
	static const struct key keys[] = {
		{ "format", cJSON_String, true },     { "version", cJSON_Number, true },
		{ "containers", cJSON_Array, false }, { "functions", cJSON_Array, false },
		{ "locks", cJSON_Array, false },      { "callbacks", cJSON_Array, false },
		{ "lifecycles", cJSON_Array, false }, { "numbers", cJSON_Array, false },
	};
	enum gcv_status status = check_object(r, top, "", KEYS(keys));
	void *unused, *lifecycles = NULL, *numbers = NULL;
	uint32_t nr;

	if (status == GCV_OK)
		status = check_format(r, top);
	if (status == GCV_OK)
		status = strings_of(r, top, "", "containers", is_record, &r->table->containers,
				    &r->table->nr_containers);
	if (status == GCV_OK)
		status = elements_of(r, top, "", "functions", read_function, 0, &unused, &nr);
	if (status == GCV_OK)
		status = elements_of(r, top, "", "locks", read_lock, 0, &unused, &nr);
	if (status == GCV_OK)
		status = elements_of(r, top, "", "callbacks", read_callback, 0, &unused, &nr);
	if (status == GCV_OK)
		status = elements_of(r, top, "", "lifecycles", read_lifecycle,
				     sizeof(struct gcv_accessor_lifecycle), &lifecycles,
				     &r->table->nr_lifecycles);
	if (status == GCV_OK)
		status = elements_of(r, top, "", "numbers", read_numbers,
				     sizeof(struct gcv_accessor_numbers), &numbers,
				     &r->table->nr_numbers);
	r->table->lifecycles = lifecycles;
	r->table->numbers = numbers;
	return status;
}

static enum gcv_status fail_syntax(const struct reader *r, const char *text, size_t off_bytes)
{
	unsigned line = 1, column = 1;

	for (size_t i = 0; i < off_bytes; i++) {
		column = text[i] == '\n' ? 1 : column + 1;
		line += text[i] == '\n';
	}
	return gcv_err_set(r->err, GCV_ERR_FORMAT, "%s:%u:%u: not valid JSON", r->file, line,
			   column);
}

enum gcv_status gcv_accessors_fill(struct gcv_accessors *table, const char *file, const char *text,
				   size_t len_bytes, struct gcv_err *err)
{
	struct reader r = { .table = table, .file = file, .err = err };
	const char *end = text;
	enum gcv_status status;
	cJSON *top;
	size_t used;

	top = cJSON_ParseWithLengthOpts(text, len_bytes, &end, false);
	used = end >= text && end <= text + len_bytes ? (size_t)(end - text) : 0;
	while (top && used < len_bytes && text[used] && strchr(" \t\r\n", text[used]))
		used++;
	if (!top || used < len_bytes)
		status = fail_syntax(&r, text, used);
	else
		status = read_top(&r, top);
	cJSON_Delete(top);
	gcv_arena_release(&r.places);
	return status;
}
