// SPDX-License-Identifier: GPL-2.0-only
#include "flow/accessor_read.h"
#include "flow/accessor_words.h"
#include "tree/json_table.h"

#include <string.h>

#define FORMAT_NAME    "gupconv-accessors"
#define FORMAT_VERSION 1

/**
 * struct filling - a table that is being filled; a reader's @ctx
 * @table: the table
 * @cap_functions: room for its functions
 * @cap_locks: for its locks
 * @cap_callbacks: for its callbacks
 */
struct filling {
	struct gcv_accessors *table;
	uint32_t cap_functions, cap_locks, cap_callbacks;
};

static enum gcv_status word_of(struct gcv_table *r, const cJSON *object, const char *at,
			       const char *key, enum gcv_accessor_word_set set, int *ret)
{
	const char *word = gcv_table_item(object, key)->valuestring;
	int value = gcv_accessor_word_value(set, word);

	if (value < 0)
		return gcv_table_fail_word(r, gcv_table_place(r, at, key), "unknown word", word);
	*ret = value;
	return GCV_OK;
}

static enum gcv_status place_of(struct gcv_table *r, const cJSON *object, const char *at,
				const char *key, struct gcv_accessor_place *ret)
{
	const char *text = gcv_table_item(object, key)->valuestring;

	if (!gcv_accessor_place_parse(text, r->arena, ret))
		return gcv_table_fail_word(r, gcv_table_place(r, at, key), "not a place:", text);
	return GCV_OK;
}

/* "struct vm_area_struct.vm_pgoff" */
static bool is_field(const char *s)
{
	const char *dot = strchr(s, '.');

	return strncmp(s, "struct ", 7) == 0 && dot && gcv_table_is_identifier(dot + 1);
}

/* "struct mmu_notifier_ops.release" or "request_irq(1)" */
static bool is_where(const char *s)
{
	size_t len;

	if (strncmp(s, "struct ", 7) == 0 || strncmp(s, "union ", 6) == 0) {
		const char *dot = strchr(s, '.');

		return dot && gcv_table_is_identifier(dot + 1);
	}
	len = strcspn(s, "(");
	return len && s[len] == '(' && strspn(s + len + 1, "0123456789") > 0 &&
	       strcmp(s + len + 1 + strspn(s + len + 1, "0123456789"), ")") == 0;
}

static bool is_record(const char *s)
{
	return (strncmp(s, "struct ", 7) == 0 && gcv_table_is_identifier(s + 7)) ||
	       (strncmp(s, "union ", 6) == 0 && gcv_table_is_identifier(s + 6));
}

static enum gcv_status read_flow(struct gcv_table *r, const cJSON *item, const char *at, void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "to", cJSON_String, true },
		{ "from", cJSON_String, true },
	};
	struct gcv_accessor_flow *flow = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	int origin;

	if (status == GCV_OK)
		status = place_of(r, item, at, "to", &flow->to);
	if (status != GCV_OK)
		return status;
	origin = gcv_accessor_word_value(GCV_ACCESSOR_WORD_ORIGIN,
					 gcv_table_item(item, "from")->valuestring);
	if (origin < 0)
		return place_of(r, item, at, "from", &flow->from);
	flow->origin = (enum gcv_origin)origin;
	return GCV_OK;
}

static enum gcv_status read_effect(struct gcv_table *r, const cJSON *item, const char *at,
				   void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "effect", cJSON_String, true },
		{ "on", cJSON_String, true },
		{ "owner", cJSON_String, false },
	};
	struct gcv_accessor_effect *effect = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	int value = 0;

	if (status == GCV_OK)
		status = word_of(r, item, at, "effect", GCV_ACCESSOR_WORD_EFFECT, &value);
	if (status == GCV_OK)
		status = place_of(r, item, at, "on", &effect->arg);
	if (status != GCV_OK)
		return status;
	effect->effect = (enum gcv_effect)value;
	effect->owner = gcv_table_string(r, item, "owner");
	if ((effect->effect == GCV_EFFECT_TRANSFER) != (effect->owner != NULL))
		return gcv_table_fail(r, at,
				      "\"owner\" goes with a transfer and with nothing else");
	return GCV_OK;
}

/* Room for one more element at the end of a list in the arena. */
static void *append(struct gcv_table *r, void *list, uint32_t *nr, uint32_t *cap, size_t size_bytes)
{
	if (*nr == *cap) {
		uint32_t bigger = *cap ? *cap * 2 : 64;
		void *all = gcv_arena_alloc(r->arena, bigger * size_bytes);

		if (*nr)
			memcpy(all, list, *nr * size_bytes);
		*cap = bigger;
		list = all;
	}
	++*nr;
	return list;
}

static enum gcv_status add_function(struct gcv_table *r, const char *at,
				    const struct gcv_accessor *function)
{
	struct filling *filling = r->ctx;
	struct gcv_accessors *table = filling->table;
	size_t len = strlen(function->name);

	if (gcv_intern_find(&table->index, function->name, len) != GCV_INTERN_NONE)
		return gcv_table_fail_word(r, at, "name given twice:", function->name);
	gcv_intern_add(&table->index, function->name, len);
	table->functions = append(r, table->functions, &table->nr_functions,
				  &filling->cap_functions, sizeof(*function));
	table->functions[table->nr_functions - 1] = *function;
	return GCV_OK;
}

static enum gcv_status read_function(struct gcv_table *r, const cJSON *item, const char *at,
				     void *unused)
{
	static const struct gcv_table_key keys[] = {
		{ "names", cJSON_Array, true },	 { "source", cJSON_String, true },
		{ "flows", cJSON_Array, false }, { "effects", cJSON_Array, false },
		{ "note", cJSON_String, false },
	};
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	struct gcv_accessor function = { 0 };
	void *flows = NULL, *effects = NULL;
	const char **names = NULL;
	uint32_t nr = 0;

	(void)unused;
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "names", gcv_table_is_identifier,
					   "not a name:", &names, &nr);
	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "flows", read_flow,
					    sizeof(struct gcv_accessor_flow), &flows,
					    &function.nr_flows);
	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "effects", read_effect,
					    sizeof(struct gcv_accessor_effect), &effects,
					    &function.nr_effects);
	if (status != GCV_OK)
		return status;
	function.flows = flows;
	function.effects = effects;
	function.source = gcv_table_string(r, item, "source");
	for (uint32_t i = 0; i < nr && status == GCV_OK; i++) {
		function.name = names[i];
		status = add_function(r, at, &function);
	}
	return status;
}

static void add_locks(struct gcv_table *r, const struct gcv_accessor_lock *lock,
		      const char *const *names, uint32_t nr)
{
	struct filling *filling = r->ctx;
	struct gcv_accessors *table = filling->table;

	for (uint32_t i = 0; i < nr; i++) {
		table->locks = append(r, table->locks, &table->nr_locks, &filling->cap_locks,
				      sizeof(*lock));
		table->locks[table->nr_locks - 1] = *lock;
		table->locks[table->nr_locks - 1].name = names[i];
	}
}

static enum gcv_status read_lock_words(struct gcv_table *r, const cJSON *item, const char *at,
				       struct gcv_accessor_lock *lock)
{
	const cJSON *arg = gcv_table_item(item, "lock_arg");
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
			return gcv_table_fail(r, gcv_table_place(r, at, "lock_arg"),
					      "not the position of an argument");
		lock->lock_arg = (int)arg->valuedouble;
	}
	lock->is_scoped = cJSON_IsTrue(gcv_table_item(item, "scoped"));
	lock->source = gcv_table_string(r, item, "source");
	lock->result = gcv_table_string(r, item, "result");
	if (lock->result && strcmp(lock->result, "true") != 0 && strcmp(lock->result, "zero") != 0)
		return gcv_table_fail_word(r, gcv_table_place(r, at, "result"), "unknown word",
					   lock->result);
	return GCV_OK;
}

static enum gcv_status read_lock(struct gcv_table *r, const cJSON *item, const char *at,
				 void *unused)
{
	static const struct gcv_table_key keys[] = {
		{ "open", cJSON_Array, false },	   { "close", cJSON_Array, false },
		{ "context", cJSON_String, true }, { "lock_arg", cJSON_Number, false },
		{ "result", cJSON_String, false }, { "scoped", cJSON_True | cJSON_False, false },
		{ "source", cJSON_String, true },
	};
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	struct gcv_accessor_lock lock = { 0 };
	const char **open = NULL, **close = NULL;
	uint32_t nr_open = 0, nr_close = 0;

	(void)unused;
	if (status == GCV_OK)
		status = read_lock_words(r, item, at, &lock);
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "open", gcv_table_is_identifier,
					   "not a name:", &open, &nr_open);
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "close", gcv_table_is_identifier,
					   "not a name:", &close, &nr_close);
	if (status != GCV_OK)
		return status;
	if (lock.result && nr_close)
		return gcv_table_fail(r, at, "\"result\" goes with \"open\" only");
	lock.is_open = true;
	add_locks(r, &lock, open, nr_open);
	lock.is_open = false;
	add_locks(r, &lock, close, nr_close);
	return GCV_OK;
}

static enum gcv_status read_callback(struct gcv_table *r, const cJSON *item, const char *at,
				     void *unused)
{
	static const struct gcv_table_key keys[] = {
		{ "where", cJSON_Array, true },
		{ "context", cJSON_String, true },
		{ "source", cJSON_String, true },
	};
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	struct filling *filling = r->ctx;
	struct gcv_accessors *table = filling->table;
	struct gcv_accessor_callback callback = { 0 };
	const char **where = NULL;
	int context = 0;
	uint32_t nr = 0;

	(void)unused;
	if (status == GCV_OK)
		status = word_of(r, item, at, "context", GCV_ACCESSOR_WORD_CONTEXT, &context);
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "where", is_where, "not a name:", &where,
					   &nr);
	if (status != GCV_OK)
		return status;
	callback.context = (enum gcv_context)context;
	callback.source = gcv_table_string(r, item, "source");
	for (uint32_t i = 0; i < nr; i++) {
		callback.where = where[i];
		table->callbacks = append(r, table->callbacks, &table->nr_callbacks,
					  &filling->cap_callbacks, sizeof(callback));
		table->callbacks[table->nr_callbacks - 1] = callback;
	}
	return GCV_OK;
}

static enum gcv_status read_lifecycle(struct gcv_table *r, const cJSON *item, const char *at,
				      void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "members", cJSON_Array, true },
		{ "object", cJSON_String, true },
		{ "source", cJSON_String, true },
	};
	struct gcv_accessor_lifecycle *lifecycle = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));

	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "members", is_where,
					   "not a name:", &lifecycle->members,
					   &lifecycle->nr_members);
	if (status != GCV_OK)
		return status;
	lifecycle->object = gcv_table_string(r, item, "object");
	lifecycle->source = gcv_table_string(r, item, "source");
	if (!lifecycle->nr_members || !is_where(lifecycle->object))
		return gcv_table_fail(r, at, "needs members and the member that gets the object");
	return GCV_OK;
}

static enum gcv_status read_numbers(struct gcv_table *r, const cJSON *item, const char *at,
				    void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "fields", cJSON_Array, true },
		{ "source", cJSON_String, true },
	};
	struct gcv_accessor_numbers *numbers = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));

	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "fields", is_field,
					   "not a name:", &numbers->fields, &numbers->nr_fields);
	if (status == GCV_OK)
		numbers->source = gcv_table_string(r, item, "source");
	return status;
}

static enum gcv_status check_format(struct gcv_table *r, const cJSON *top)
{
	const char *format = gcv_table_item(top, "format")->valuestring;

	if (strcmp(format, FORMAT_NAME) != 0)
		return gcv_table_fail_word(r, "format", "must be \"" FORMAT_NAME "\", not", format);
	if (gcv_table_item(top, "version")->valuedouble != FORMAT_VERSION)
		return gcv_table_fail(r, "version", "there is no such version");
	return GCV_OK;
}

static enum gcv_status read_top(struct gcv_table *r, const cJSON *top)
{
	static const struct gcv_table_key keys[] = {
		{ "format", cJSON_String, true },     { "version", cJSON_Number, true },
		{ "containers", cJSON_Array, false }, { "functions", cJSON_Array, false },
		{ "locks", cJSON_Array, false },      { "callbacks", cJSON_Array, false },
		{ "lifecycles", cJSON_Array, false }, { "numbers", cJSON_Array, false },
	};
	const struct filling *filling = r->ctx;
	struct gcv_accessors *table = filling->table;
	enum gcv_status status = gcv_table_check(r, top, "", GCV_TABLE_KEYS(keys));
	void *unused, *lifecycles = NULL, *numbers = NULL;
	uint32_t nr;

	if (status == GCV_OK)
		status = check_format(r, top);
	if (status == GCV_OK)
		status = gcv_table_strings(r, top, "", "containers", is_record,
					   "not a name:", &table->containers,
					   &table->nr_containers);
	if (status == GCV_OK)
		status =
			gcv_table_elements(r, top, "", "functions", read_function, 0, &unused, &nr);
	if (status == GCV_OK)
		status = gcv_table_elements(r, top, "", "locks", read_lock, 0, &unused, &nr);
	if (status == GCV_OK)
		status =
			gcv_table_elements(r, top, "", "callbacks", read_callback, 0, &unused, &nr);
	if (status == GCV_OK)
		status = gcv_table_elements(r, top, "", "lifecycles", read_lifecycle,
					    sizeof(struct gcv_accessor_lifecycle), &lifecycles,
					    &table->nr_lifecycles);
	if (status == GCV_OK)
		status = gcv_table_elements(r, top, "", "numbers", read_numbers,
					    sizeof(struct gcv_accessor_numbers), &numbers,
					    &table->nr_numbers);
	table->lifecycles = lifecycles;
	table->numbers = numbers;
	return status;
}

enum gcv_status gcv_accessors_fill(struct gcv_accessors *table, const char *file, const char *text,
				   size_t len_bytes, struct gcv_err *err)
{
	struct filling filling = { .table = table };
	struct gcv_table reader = {
		.arena = &table->arena, .file = file, .err = err, .ctx = &filling
	};

	return gcv_table_read(&reader, text, len_bytes, read_top);
}
