// SPDX-License-Identifier: GPL-2.0-only
#include "tree/api_read.h"
#include "tree/api_words.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

/* The version of the format that this reader knows; a later minor only adds what may be left out.
 */
#define FORMAT_NAME  "gupconv-api"
#define FORMAT_MAJOR 1

struct reader {
	struct gcv_arena *arena;
	struct gcv_arena places;
	const char *file;
	struct gcv_err *err;
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

static const struct key *find_key(const struct key *keys, size_t nr, const char *name)
{
	for (size_t i = 0; i < nr; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

/* cJSON keeps a key that comes twice: refuse it, as the reader would see the first one only. */
static bool key_before(const cJSON *object, const cJSON *item)
{
	for (const cJSON *i = object->child; i != item; i = i->next)
		if (strcmp(i->string, item->string) == 0)
			return true;
	return false;
}

static enum gcv_status check_object(struct reader *r, const cJSON *object, const char *at,
				    const struct key *keys, size_t nr)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return fail(r, at, "must be an object");
	cJSON_ArrayForEach(item, object)
	{
		const struct key *key = find_key(keys, nr, item->string);

		if (!key)
			return fail_word(r, at, "unknown key", item->string);
		if (key_before(object, item))
			return fail_word(r, at, "key given twice:", item->string);
		if (!(item->type & key->type))
			return fail(r, place(r, at, key->name), type_name(key->type));
	}
	for (size_t i = 0; i < nr; i++)
		if (keys[i].required && !cJSON_GetObjectItemCaseSensitive(object, keys[i].name))
			return fail_word(r, at, "missing key", keys[i].name);
	return GCV_OK;
}

static const char *string_of(struct reader *r, const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return item ? gcv_arena_strdup(r->arena, item->valuestring) : NULL;
}

static bool bool_of(const cJSON *object, const char *key)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static enum gcv_status word_of(struct reader *r, const cJSON *object, const char *at,
			       const char *key, enum gcv_api_word_set set, int *ret)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	int value;

	if (!item)
		return GCV_OK;
	value = gcv_api_word_value(set, item->valuestring);
	if (value < 0)
		return fail_word(r, place(r, at, key), "unknown word", item->valuestring);
	*ret = value;
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

/* An array of strings that all pass a test; absent means empty. */
static enum gcv_status strings_of(struct reader *r, const cJSON *object, const char *at,
				  const char *key, bool (*test)(const char *), const char *what,
				  const char ***ret, size_t *ret_nr)
{
	const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, key);
	size_t nr = (size_t)cJSON_GetArraySize(array), i = 0;
	const char **list = gcv_arena_alloc(r->arena, (nr + 1) * sizeof(*list));
	const cJSON *item;

	at = place(r, at, key);
	cJSON_ArrayForEach(item, array)
	{
		if (!cJSON_IsString(item))
			return fail(r, place_nr(r, at, i), "must be a string");
		if (!test(item->valuestring))
			return fail_word(r, place_nr(r, at, i), what, item->valuestring);
		list[i++] = gcv_arena_strdup(r->arena, item->valuestring);
	}
	*ret = list;
	*ret_nr = nr;
	return GCV_OK;
}

/* Reads one element of an array of objects into a zeroed struct whose first member is a name. */
typedef enum gcv_status (*read_element)(struct reader *, const cJSON *, const char *at, void *ret);

static enum gcv_status elements_of(struct reader *r, const cJSON *object, const char *at,
				   const char *key, read_element read, size_t size_bytes,
				   void **ret, size_t *ret_nr)
{
	const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, key);
	size_t nr = (size_t)cJSON_GetArraySize(array), i = 0;
	char *list = gcv_arena_alloc(r->arena, (nr + 1) * size_bytes);
	const cJSON *item;

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

static enum gcv_status read_param(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "role", cJSON_String, true },
		{ "type", cJSON_String, true },
	};
	struct gcv_api_param *param = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	int role = GCV_API_ARG_OTHER;

	if (status == GCV_OK)
		status = word_of(r, item, at, "role", GCV_API_WORD_ARG, &role);
	if (status != GCV_OK)
		return status;
	param->type = string_of(r, item, "type");
	param->role = role;
	return GCV_OK;
}

static enum gcv_status check_roles(struct reader *r, const struct gcv_api_signature *sig,
				   const char *at)
{
	for (size_t i = 0; i < sig->nr_params; i++) {
		enum gcv_api_arg role = sig->params[i].role;

		if (role != GCV_API_ARG_OTHER && sig->arg[role] != (int)i)
			return fail_word(r, place(r, at, "params"), "two parameters with the role",
					 gcv_api_word(GCV_API_WORD_ARG, role));
	}
	return GCV_OK;
}

static enum gcv_status read_signature(struct reader *r, const cJSON *item, const char *at,
				      void *ret)
{
	static const struct key keys[] = {
		{ "era", cJSON_String, true },	   { "returns", cJSON_String, true },
		{ "result", cJSON_String, true },  { "params", cJSON_Array, true },
		{ "source", cJSON_String, false },
	};
	struct gcv_api_signature *sig = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	int result = GCV_API_RESULT_OTHER;
	void *params = NULL;

	if (status == GCV_OK)
		status = word_of(r, item, at, "result", GCV_API_WORD_RESULT, &result);
	if (status == GCV_OK)
		status = elements_of(r, item, at, "params", read_param,
				     sizeof(struct gcv_api_param), &params, &sig->nr_params);
	if (status != GCV_OK)
		return status;
	sig->era = string_of(r, item, "era");
	sig->source = string_of(r, item, "source");
	sig->returns = string_of(r, item, "returns");
	sig->result = result;
	sig->params = params;
	gcv_api_index_args(sig, GCV_API_DIRTY_NEVER);
	return check_roles(r, sig, at);
}

static enum gcv_status read_function_words(struct reader *r, const cJSON *item, const char *at,
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

static enum gcv_status read_function(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
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
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = read_function_words(r, item, at, f);
	if (status == GCV_OK)
		status = elements_of(r, item, at, "signatures", read_signature,
				     sizeof(struct gcv_api_signature), &list, &f->nr_signatures);
	if (status != GCV_OK)
		return status;
	f->name = string_of(r, item, "name");
	if (!is_identifier(f->name))
		return fail_word(r, place(r, at, "name"), "not an identifier:", f->name);
	if (f->role == GCV_API_RELEASE && !cJSON_HasObjectItem(item, "dirty"))
		return fail_word(r, at, "a release needs the key", "dirty");
	f->source = string_of(r, item, "source");
	f->note = string_of(r, item, "note");
	f->internal = bool_of(item, "internal");
	f->null_pages = bool_of(item, "null_pages");
	f->page_lock = bool_of(item, "page_lock");
	for (size_t i = 0; i < f->nr_signatures; i++)
		gcv_api_index_args((struct gcv_api_signature *)list + i, f->dirty);
	f->signatures = list;
	return GCV_OK;
}

static enum gcv_status read_refusal(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "by", cJSON_String, true },
		{ "since", cJSON_String, false },
		{ "until", cJSON_String, false },
		{ "source", cJSON_String, true },
	};
	static const char *const groups[] = { "get", "pin", "fast", "locked" };
	struct gcv_api_refusal *refusal = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));

	if (status != GCV_OK)
		return status;
	refusal->by = string_of(r, item, "by");
	refusal->since = string_of(r, item, "since");
	refusal->until = string_of(r, item, "until");
	refusal->source = string_of(r, item, "source");
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcmp(groups[i], refusal->by) == 0)
			return GCV_OK;
	return fail_word(r, place(r, at, "by"), "unknown word", refusal->by);
}

static enum gcv_status read_flag(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "name", cJSON_String, true },
		{ "note", cJSON_String, true },
		{ "drop_on_pin", cJSON_True | cJSON_False, false },
		{ "refused", cJSON_Array, false },
		{ "source", cJSON_String, true },
	};
	struct gcv_api_flag *flag = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = elements_of(r, item, at, "refused", read_refusal,
				     sizeof(struct gcv_api_refusal), &list, &flag->nr_refused);
	if (status != GCV_OK)
		return status;
	flag->name = string_of(r, item, "name");
	flag->note = string_of(r, item, "note");
	flag->source = string_of(r, item, "source");
	flag->drop_on_pin = bool_of(item, "drop_on_pin");
	flag->refused = list;
	if (!is_identifier(flag->name))
		return fail_word(r, place(r, at, "name"), "not an identifier:", flag->name);
	return GCV_OK;
}

static enum gcv_status read_pair(struct reader *r, const cJSON *item, const char *at, void *ret)
{
	static const struct key keys[] = {
		{ "from", cJSON_Array, true },	     { "to", cJSON_String, true },
		{ "shape", cJSON_String, true },     { "needs", cJSON_String, false },
		{ "guard", cJSON_String, false },    { "note", cJSON_String, false },
		{ "flags_add", cJSON_Array, false },
	};
	struct gcv_api_pair *pair = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	int shape = 0, needs = GCV_API_ARG_OTHER;
	const char **from = NULL, **add = NULL;

	if (status == GCV_OK)
		status = word_of(r, item, at, "shape", GCV_API_WORD_PAIR_SHAPE, &shape);
	if (status == GCV_OK)
		status = word_of(r, item, at, "needs", GCV_API_WORD_ARG, &needs);
	if (status == GCV_OK)
		status = strings_of(r, item, at, "from", is_identifier, "not an identifier:", &from,
				    &pair->nr_from);
	if (status == GCV_OK)
		status = strings_of(r, item, at, "flags_add", is_identifier,
				    "not an identifier:", &add, &pair->nr_flags_add);
	if (status != GCV_OK)
		return status;
	if (!pair->nr_from)
		return fail(r, place(r, at, "from"), "must not be empty");
	pair->from = from;
	pair->to = string_of(r, item, "to");
	pair->shape = shape;
	pair->needs = needs;
	pair->guard = string_of(r, item, "guard");
	pair->note = string_of(r, item, "note");
	pair->flags_add = add;
	return is_identifier(pair->to)
		       ? GCV_OK
		       : fail_word(r, place(r, at, "to"), "not an identifier:", pair->to);
}

static enum gcv_status read_conversion(struct reader *r, const cJSON *item, const char *at,
				       void *ret)
{
	static const struct key keys[] = {
		{ "name", cJSON_String, true },
		{ "note", cJSON_String, true },
		{ "source", cJSON_String, true },
		{ "pairs", cJSON_Array, true },
	};
	struct gcv_api_conversion *conversion = ret;
	enum gcv_status status = check_object(r, item, at, KEYS(keys));
	void *list = NULL;

	if (status == GCV_OK)
		status = elements_of(r, item, at, "pairs", read_pair, sizeof(struct gcv_api_pair),
				     &list, &conversion->nr_pairs);
	if (status != GCV_OK)
		return status;
	conversion->name = string_of(r, item, "name");
	conversion->note = string_of(r, item, "note");
	conversion->source = string_of(r, item, "source");
	conversion->pairs = list;
	return GCV_OK;
}

/* Element structs open with their name: the table is small, so the square is cheap. */
static enum gcv_status check_unique(struct reader *r, const char *key, const void *list, size_t nr,
				    size_t size_bytes)
{
	struct gcv_intern seen = { 0 };
	enum gcv_status status = GCV_OK;

	for (size_t i = 0; i < nr && status == GCV_OK; i++) {
		const char *name;

		memcpy(&name, (const char *)list + i * size_bytes, sizeof(name));
		if (gcv_intern_add(&seen, name, strlen(name)) != i)
			status = fail_word(r, place_nr(r, key, i), "name given twice:", name);
	}
	gcv_intern_release(&seen);
	return status;
}

static enum gcv_status named_elements(struct reader *r, const cJSON *top, const char *key,
				      read_element read, size_t size_bytes, void **ret,
				      size_t *ret_nr)
{
	enum gcv_status status = elements_of(r, top, "", key, read, size_bytes, ret, ret_nr);

	return status == GCV_OK ? check_unique(r, key, *ret, *ret_nr, size_bytes) : status;
}

static enum gcv_status check_version(struct reader *r, const cJSON *top)
{
	static const struct key keys[] = {
		{ "major", cJSON_Number, true },
		{ "minor", cJSON_Number, true },
	};
	const cJSON *version = cJSON_GetObjectItemCaseSensitive(top, "version");
	const char *format = cJSON_GetObjectItemCaseSensitive(top, "format")->valuestring;
	enum gcv_status status = check_object(r, version, "version", KEYS(keys));
	double major;

	if (strcmp(format, FORMAT_NAME) != 0)
		return fail_word(r, "format", "must be \"" FORMAT_NAME "\", not", format);
	if (status != GCV_OK)
		return status;
	major = cJSON_GetObjectItemCaseSensitive(version, "major")->valuedouble;
	if (major > FORMAT_MAJOR)
		return gcv_err_set(r->err, GCV_ERR_NEWER,
				   "%s: version.major: %g is newer than this program knows (%d)",
				   r->file, major, FORMAT_MAJOR);
	if (major != FORMAT_MAJOR)
		return fail(r, "version.major", "there is no such version");
	return GCV_OK;
}

static enum gcv_status read_top(struct reader *r, const cJSON *top, struct gcv_api_part *part)
{
	static const struct key keys[] = {
		{ "format", cJSON_String, true },      { "version", cJSON_Object, true },
		{ "headers", cJSON_Array, false },     { "family_prefixes", cJSON_Array, false },
		{ "flags", cJSON_Array, false },       { "functions", cJSON_Array, false },
		{ "conversions", cJSON_Array, false },
	};
	enum gcv_status status = check_object(r, top, "", KEYS(keys));
	void *functions = NULL, *flags = NULL, *conversions = NULL;

	if (status == GCV_OK)
		status = check_version(r, top);
	if (status == GCV_OK)
		status = strings_of(r, top, "", "headers", is_tree_path,
				    "not a path in the tree:", &part->headers, &part->nr_headers);
	if (status == GCV_OK)
		status = strings_of(r, top, "", "family_prefixes", is_identifier,
				    "not an identifier:", &part->prefixes, &part->nr_prefixes);
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

enum gcv_status gcv_api_read(struct gcv_arena *arena, const char *file, const char *text,
			     size_t len_bytes, struct gcv_api_part *ret, struct gcv_err *err)
{
	struct reader r = { .arena = arena, .file = file, .err = err };
	struct gcv_api_part part = { 0 };
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
		status = read_top(&r, top, &part);
	cJSON_Delete(top);
	gcv_arena_release(&r.places);
	if (status == GCV_OK)
		*ret = part;
	return status;
}
