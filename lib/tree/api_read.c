// SPDX-License-Identifier: GPL-2.0-only
#include "tree/api_read.h"
#include "tree/api_words.h"
#include "tree/json_table.h"

#include <string.h>

/* The version of the format that this reader knows; a later minor only adds what may be left out.
 */
#define FORMAT_NAME  "gupconv-api"
#define FORMAT_MAJOR 1

static enum gcv_status word_of(struct gcv_table *r, const cJSON *object, const char *at,
			       const char *key, enum gcv_api_word_set set, int *ret)
{
	const cJSON *item = gcv_table_item(object, key);
	int value;

	if (!item)
		return GCV_OK;
	value = gcv_api_word_value(set, item->valuestring);
	if (value < 0)
		return gcv_table_fail_word(r, gcv_table_place(r, at, key), "unknown word",
					   item->valuestring);
	*ret = value;
	return GCV_OK;
}

/* Relative, and no component that could lead out of the tree. */
static bool is_tree_path(const char *s)
{
	if (!*s || *s == '/')
		return false;
	while (*s) {
		size_t len = strcspn(s, "/");

		if (!len || (len == 1 && s[0] == '.') || (len == 2 && s[0] == '.' && s[1] == '.'))
			return false;
		s += len;
		if (*s == '/' && !*++s)
			return false;
	}
	return true;
}

static enum gcv_status read_param(struct gcv_table *r, const cJSON *item, const char *at, void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "role", cJSON_String, true },
		{ "type", cJSON_String, true },
	};
	struct gcv_api_param *param = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	int role = GCV_API_ARG_OTHER;

	if (status == GCV_OK)
		status = word_of(r, item, at, "role", GCV_API_WORD_ARG, &role);
	if (status != GCV_OK)
		return status;
	param->type = gcv_table_string(r, item, "type");
	param->role = role;
	return GCV_OK;
}

static enum gcv_status check_roles(struct gcv_table *r, const struct gcv_api_signature *sig,
				   const char *at)
{
	for (size_t i = 0; i < sig->nr_params; i++) {
		enum gcv_api_arg role = sig->params[i].role;

		if (role != GCV_API_ARG_OTHER && sig->arg[role] != (int)i)
			return gcv_table_fail_word(r, gcv_table_place(r, at, "params"),
						   "two parameters with the role",
						   gcv_api_word(GCV_API_WORD_ARG, role));
	}
	return GCV_OK;
}

static enum gcv_status read_signature(struct gcv_table *r, const cJSON *item, const char *at,
				      void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "era", cJSON_String, true },	   { "returns", cJSON_String, true },
		{ "result", cJSON_String, true },  { "params", cJSON_Array, true },
		{ "source", cJSON_String, false },
	};
	struct gcv_api_signature *sig = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	int result = GCV_API_RESULT_OTHER;
	void *params = NULL;

	if (status == GCV_OK)
		status = word_of(r, item, at, "result", GCV_API_WORD_RESULT, &result);
	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "params", read_param,
					    sizeof(struct gcv_api_param), &params, &sig->nr_params);
	if (status != GCV_OK)
		return status;
	sig->era = gcv_table_string(r, item, "era");
	sig->source = gcv_table_string(r, item, "source");
	sig->returns = gcv_table_string(r, item, "returns");
	sig->result = result;
	sig->params = params;
	gcv_api_index_args(sig, GCV_API_DIRTY_NEVER);
	return check_roles(r, sig, at);
}

static enum gcv_status read_function_words(struct gcv_table *r, const cJSON *item, const char *at,
					   struct gcv_api_function *f)
{
	int role = 0, family = 0, shape = 0, reference = 0, dirty = 0;
	enum gcv_status status;

	status = word_of(r, item, at, "role", GCV_API_WORD_ROLE, &role);
	if (status == GCV_OK)
		status = word_of(r, item, at, "family", GCV_API_WORD_FAMILY, &family);
	if (status == GCV_OK)
		status = word_of(r, item, at, "shape", GCV_API_WORD_SHAPE, &shape);
	if (status == GCV_OK)
		status = word_of(r, item, at, "reference", GCV_API_WORD_REFERENCE, &reference);
	if (status == GCV_OK)
		status = word_of(r, item, at, "dirty", GCV_API_WORD_DIRTY, &dirty);
	f->role = role;
	f->family = family;
	f->shape = shape;
	f->reference = reference;
	f->dirty = dirty;
	return status;
}

static enum gcv_status read_function(struct gcv_table *r, const cJSON *item, const char *at,
				     void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "name", cJSON_String, true },
		{ "role", cJSON_String, true },
		{ "family", cJSON_String, true },
		{ "shape", cJSON_String, true },
		{ "reference", cJSON_String, true },
		{ "dirty", cJSON_String, false },
		{ "page_lock", cJSON_True | cJSON_False, false },
		{ "internal", cJSON_True | cJSON_False, false },
		{ "null_pages", cJSON_True | cJSON_False, false },
		{ "note", cJSON_String, false },
		{ "source", cJSON_String, true },
		{ "signatures", cJSON_Array, false },
	};
	struct gcv_api_function *f = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = read_function_words(r, item, at, f);
	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "signatures", read_signature,
					    sizeof(struct gcv_api_signature), &list,
					    &f->nr_signatures);
	if (status != GCV_OK)
		return status;
	f->name = gcv_table_string(r, item, "name");
	if (!gcv_table_is_identifier(f->name))
		return gcv_table_fail_word(r, gcv_table_place(r, at, "name"),
					   "not an identifier:", f->name);
	if (f->role == GCV_API_RELEASE && !cJSON_HasObjectItem(item, "dirty"))
		return gcv_table_fail_word(r, at, "a release needs the key", "dirty");
	f->source = gcv_table_string(r, item, "source");
	f->note = gcv_table_string(r, item, "note");
	f->internal = gcv_table_bool(item, "internal");
	f->null_pages = gcv_table_bool(item, "null_pages");
	f->page_lock = gcv_table_bool(item, "page_lock");
	for (size_t i = 0; i < f->nr_signatures; i++)
		gcv_api_index_args((struct gcv_api_signature *)list + i, f->dirty);
	f->signatures = list;
	return GCV_OK;
}

static enum gcv_status read_refusal(struct gcv_table *r, const cJSON *item, const char *at,
				    void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "by", cJSON_String, true },
		{ "since", cJSON_String, false },
		{ "until", cJSON_String, false },
		{ "source", cJSON_String, true },
	};
	static const char *const groups[] = { "get", "pin", "fast", "locked" };
	struct gcv_api_refusal *refusal = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));

	if (status != GCV_OK)
		return status;
	refusal->by = gcv_table_string(r, item, "by");
	refusal->since = gcv_table_string(r, item, "since");
	refusal->until = gcv_table_string(r, item, "until");
	refusal->source = gcv_table_string(r, item, "source");
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcmp(groups[i], refusal->by) == 0)
			return GCV_OK;
	return gcv_table_fail_word(r, gcv_table_place(r, at, "by"), "unknown word", refusal->by);
}

static enum gcv_status read_flag(struct gcv_table *r, const cJSON *item, const char *at, void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "name", cJSON_String, true },
		{ "note", cJSON_String, true },
		{ "drop_on_pin", cJSON_True | cJSON_False, false },
		{ "refused", cJSON_Array, false },
		{ "source", cJSON_String, true },
	};
	struct gcv_api_flag *flag = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "refused", read_refusal,
					    sizeof(struct gcv_api_refusal), &list,
					    &flag->nr_refused);
	if (status != GCV_OK)
		return status;
	flag->name = gcv_table_string(r, item, "name");
	flag->note = gcv_table_string(r, item, "note");
	flag->source = gcv_table_string(r, item, "source");
	flag->drop_on_pin = gcv_table_bool(item, "drop_on_pin");
	flag->refused = list;
	if (!gcv_table_is_identifier(flag->name))
		return gcv_table_fail_word(r, gcv_table_place(r, at, "name"),
					   "not an identifier:", flag->name);
	return GCV_OK;
}

static enum gcv_status read_pair(struct gcv_table *r, const cJSON *item, const char *at, void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "from", cJSON_Array, true },	     { "to", cJSON_String, true },
		{ "shape", cJSON_String, true },     { "needs", cJSON_String, false },
		{ "guard", cJSON_String, false },    { "note", cJSON_String, false },
		{ "flags_add", cJSON_Array, false },
	};
	struct gcv_api_pair *pair = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	int shape = 0, needs = GCV_API_ARG_OTHER;
	const char **from = NULL, **add = NULL;

	if (status == GCV_OK)
		status = word_of(r, item, at, "shape", GCV_API_WORD_PAIR_SHAPE, &shape);
	if (status == GCV_OK)
		status = word_of(r, item, at, "needs", GCV_API_WORD_ARG, &needs);
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "from", gcv_table_is_identifier,
					   "not an identifier:", &from, &pair->nr_from);
	if (status == GCV_OK)
		status = gcv_table_strings(r, item, at, "flags_add", gcv_table_is_identifier,
					   "not an identifier:", &add, &pair->nr_flags_add);
	if (status != GCV_OK)
		return status;
	if (!pair->nr_from)
		return gcv_table_fail(r, gcv_table_place(r, at, "from"), "must not be empty");
	pair->from = from;
	pair->to = gcv_table_string(r, item, "to");
	pair->shape = shape;
	pair->needs = needs;
	pair->guard = gcv_table_string(r, item, "guard");
	pair->note = gcv_table_string(r, item, "note");
	pair->flags_add = add;
	return gcv_table_is_identifier(pair->to)
		       ? GCV_OK
		       : gcv_table_fail_word(r, gcv_table_place(r, at, "to"),
					     "not an identifier:", pair->to);
}

static enum gcv_status read_conversion(struct gcv_table *r, const cJSON *item, const char *at,
				       void *ret)
{
	static const struct gcv_table_key keys[] = {
		{ "name", cJSON_String, true },
		{ "note", cJSON_String, true },
		{ "source", cJSON_String, true },
		{ "pairs", cJSON_Array, true },
	};
	struct gcv_api_conversion *conversion = ret;
	enum gcv_status status = gcv_table_check(r, item, at, GCV_TABLE_KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = gcv_table_elements(r, item, at, "pairs", read_pair,
					    sizeof(struct gcv_api_pair), &list,
					    &conversion->nr_pairs);
	if (status != GCV_OK)
		return status;
	conversion->name = gcv_table_string(r, item, "name");
	conversion->note = gcv_table_string(r, item, "note");
	conversion->source = gcv_table_string(r, item, "source");
	conversion->pairs = list;
	return GCV_OK;
}

/* Element structs open with their name: the table is small, so the square is cheap. */
static enum gcv_status check_unique(struct gcv_table *r, const char *key, const void *list,
				    size_t nr, size_t size_bytes)
{
	struct gcv_intern seen = { 0 };
	enum gcv_status status = GCV_OK;

	for (size_t i = 0; i < nr && status == GCV_OK; i++) {
		const char *name;

		memcpy(&name, (const char *)list + i * size_bytes, sizeof(name));
		if (gcv_intern_add(&seen, name, strlen(name)) != i)
			status = gcv_table_fail_word(r, gcv_table_place_nr(r, key, i),
						     "name given twice:", name);
	}
	gcv_intern_release(&seen);
	return status;
}

static enum gcv_status named_elements(struct gcv_table *r, const cJSON *top, const char *key,
				      gcv_table_element_fn *read, size_t size_bytes, void **ret,
				      uint32_t *ret_nr)
{
	enum gcv_status status = gcv_table_elements(r, top, "", key, read, size_bytes, ret, ret_nr);

	return status == GCV_OK ? check_unique(r, key, *ret, *ret_nr, size_bytes) : status;
}

static enum gcv_status check_version(struct gcv_table *r, const cJSON *top)
{
	static const struct gcv_table_key keys[] = {
		{ "major", cJSON_Number, true },
		{ "minor", cJSON_Number, true },
	};
	const cJSON *version = gcv_table_item(top, "version");
	const char *format = gcv_table_item(top, "format")->valuestring;
	enum gcv_status status = gcv_table_check(r, version, "version", GCV_TABLE_KEYS(keys));
	double major;

	if (strcmp(format, FORMAT_NAME) != 0)
		return gcv_table_fail_word(r, "format", "must be \"" FORMAT_NAME "\", not", format);
	if (status != GCV_OK)
		return status;
	major = gcv_table_item(version, "major")->valuedouble;
	if (major > FORMAT_MAJOR)
		return gcv_err_set(r->err, GCV_ERR_NEWER,
				   "%s: version.major: %g is newer than this program knows (%d)",
				   r->file, major, FORMAT_MAJOR);
	if (major != FORMAT_MAJOR)
		return gcv_table_fail(r, "version.major", "there is no such version");
	return GCV_OK;
}

static enum gcv_status read_top(struct gcv_table *r, const cJSON *top)
{
	static const struct gcv_table_key keys[] = {
		{ "format", cJSON_String, true },      { "version", cJSON_Object, true },
		{ "headers", cJSON_Array, false },     { "family_prefixes", cJSON_Array, false },
		{ "flags", cJSON_Array, false },       { "functions", cJSON_Array, false },
		{ "conversions", cJSON_Array, false },
	};
	struct gcv_api_part *part = r->ctx;
	enum gcv_status status = gcv_table_check(r, top, "", GCV_TABLE_KEYS(keys));
	void *functions = NULL, *flags = NULL, *conversions = NULL;

	if (status == GCV_OK)
		status = check_version(r, top);
	if (status == GCV_OK)
		status = gcv_table_strings(r, top, "", "headers", is_tree_path,
					   "not a path in the tree:", &part->headers,
					   &part->nr_headers);
	if (status == GCV_OK)
		status = gcv_table_strings(r, top, "", "family_prefixes", gcv_table_is_identifier,
					   "not an identifier:", &part->prefixes,
					   &part->nr_prefixes);
	if (status == GCV_OK)
		status = named_elements(r, top, "flags", read_flag, sizeof(struct gcv_api_flag),
					&flags, &part->nr_flags);
	if (status == GCV_OK)
		status = named_elements(r, top, "functions", read_function,
					sizeof(struct gcv_api_function), &functions,
					&part->nr_functions);
	if (status == GCV_OK)
		status = named_elements(r, top, "conversions", read_conversion,
					sizeof(struct gcv_api_conversion), &conversions,
					&part->nr_conversions);
	part->functions = functions;
	part->flags = flags;
	part->conversions = conversions;
	return status;
}

enum gcv_status gcv_api_read(struct gcv_arena *arena, const char *file, const char *text,
			     size_t len_bytes, struct gcv_api_part *ret, struct gcv_err *err)
{
	struct gcv_api_part part = { 0 };
	struct gcv_table table = { .arena = arena, .file = file, .err = err, .ctx = &part };
	enum gcv_status status = gcv_table_read(&table, text, len_bytes, read_top);

	if (status == GCV_OK)
		*ret = part;
	return status;
}
