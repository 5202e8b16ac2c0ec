/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of API names: which function acquires or releases pages, what its arguments mean, which
 * FOLL_ flags exist, and which function replaces which in a conversion. It is data
 * (data/api.json); what is in force is decided by the scanned tree's headers (parse/era.h).
 *
 *	struct gcv_api api;
 *
 *	if (gcv_api_load(&api, &err) == GCV_OK) {
 *		status = gcv_api_add_file(&api, "my-tree.json", &err);
 *		f = gcv_api_find(&api, "put_page", 8);
 *		gcv_api_release(&api);
 *	}
 *
 * A name is no identity: a driver may have a function of its own by an API's name. Whether a call
 * means the API is decided by the declaration that it resolves to.
 */
#ifndef GCV_TREE_API_H
#define GCV_TREE_API_H

#include "base/err.h"
#include "base/intern.h"

#include <stdbool.h>

/** GCV_API_FILE_LIMIT - largest user table in bytes */
#define GCV_API_FILE_LIMIT (1u << 20)

/** enum gcv_api_role - what a call does to page references */
enum gcv_api_role { GCV_API_ACQUIRE, GCV_API_RELEASE, GCV_API_OTHER };

/** enum gcv_api_family - names that belong together (words of the table's "family") */
enum gcv_api_family {
	GCV_API_FAMILY_GUP,
	GCV_API_FAMILY_PIN,
	GCV_API_FAMILY_IOV,
	GCV_API_FAMILY_DUMP,
	GCV_API_FAMILY_FOLLOW,
	GCV_API_FAMILY_FRAME_VECTOR,
	GCV_API_FAMILY_MEMFD,
	GCV_API_FAMILY_KERNEL_PAGE,
	GCV_API_FAMILY_BIO,
	GCV_API_FAMILY_PUT_USER,
	GCV_API_FAMILY_UNPIN,
	GCV_API_FAMILY_PUT,
};

/**
 * enum gcv_api_shape - in what form the pages of a call come
 * @GCV_API_SHAPE_NONE: no pages at all
 * @GCV_API_SHAPE_PAGE: one page, as a result, an argument or through a struct page **
 * @GCV_API_SHAPE_ARRAY: an array of struct page * that the caller owns, and a count
 * @GCV_API_SHAPE_ALLOCATED_ARRAY: the same through a struct page ***; the callee may allocate it
 * @GCV_API_SHAPE_RANGE: a first page and a count of pages that follow it
 * @GCV_API_SHAPE_FOLIO: one folio
 * @GCV_API_SHAPE_FOLIO_ARRAY: an array of struct folio * and a count
 * @GCV_API_SHAPE_VECTOR: inside a struct frame_vector
 * @GCV_API_SHAPE_BIO: inside a struct bio
 * @GCV_API_SHAPE_BVECS: inside an array of struct bio_vec
 */
enum gcv_api_shape {
	GCV_API_SHAPE_NONE,
	GCV_API_SHAPE_PAGE,
	GCV_API_SHAPE_ARRAY,
	GCV_API_SHAPE_ALLOCATED_ARRAY,
	GCV_API_SHAPE_RANGE,
	GCV_API_SHAPE_FOLIO,
	GCV_API_SHAPE_FOLIO_ARRAY,
	GCV_API_SHAPE_VECTOR,
	GCV_API_SHAPE_BIO,
	GCV_API_SHAPE_BVECS,
};

/**
 * enum gcv_api_reference - the kind of reference that is handed out or given back
 * @GCV_API_REFERENCE_NONE: none
 * @GCV_API_REFERENCE_GET: an ordinary reference (FOLL_GET)
 * @GCV_API_REFERENCE_PIN: a pin (FOLL_PIN), where there is any
 * @GCV_API_REFERENCE_EITHER: told by a flag, or differs from tree to tree
 */
enum gcv_api_reference {
	GCV_API_REFERENCE_NONE,
	GCV_API_REFERENCE_GET,
	GCV_API_REFERENCE_PIN,
	GCV_API_REFERENCE_EITHER,
};

/** enum gcv_api_dirty - whether a release also dirties the pages */
enum gcv_api_dirty { GCV_API_DIRTY_NEVER, GCV_API_DIRTY_ALWAYS, GCV_API_DIRTY_BY_ARGUMENT };

/**
 * enum gcv_api_result - what the result of a call means
 * @GCV_API_RESULT_VOID: there is none
 * @GCV_API_RESULT_COUNT: number of pages, never negative
 * @GCV_API_RESULT_COUNT_OR_ERRNO: number of pages, perhaps fewer than asked for, or -errno
 * @GCV_API_RESULT_ZERO_OR_ERRNO: 0 or -errno
 * @GCV_API_RESULT_BYTES_OR_ERRNO: number of bytes or -errno
 * @GCV_API_RESULT_PAGE_OR_NULL: a page or NULL
 * @GCV_API_RESULT_PAGE_OR_ERR: a page, ERR_PTR() or, from follow_page(), NULL
 * @GCV_API_RESULT_BOOL: true for success
 * @GCV_API_RESULT_OTHER: something else
 */
enum gcv_api_result {
	GCV_API_RESULT_VOID,
	GCV_API_RESULT_COUNT,
	GCV_API_RESULT_COUNT_OR_ERRNO,
	GCV_API_RESULT_ZERO_OR_ERRNO,
	GCV_API_RESULT_BYTES_OR_ERRNO,
	GCV_API_RESULT_PAGE_OR_NULL,
	GCV_API_RESULT_PAGE_OR_ERR,
	GCV_API_RESULT_BOOL,
	GCV_API_RESULT_OTHER,
};

/**
 * enum gcv_api_arg - what a parameter means
 *
 * GCV_API_ARG_PAGES is the page array (struct page ** or ***), GCV_API_ARG_PAGE a single page.
 * GCV_API_ARG_FLAGS holds FOLL_ flags, GCV_API_ARG_WRITE the older int or bool "write".
 */
enum gcv_api_arg {
	GCV_API_ARG_OTHER,
	GCV_API_ARG_START,
	GCV_API_ARG_END,
	GCV_API_ARG_COUNT,
	GCV_API_ARG_COUNT_OUT,
	GCV_API_ARG_MAX_BYTES,
	GCV_API_ARG_OFFSET_OUT,
	GCV_API_ARG_FLAGS,
	GCV_API_ARG_WRITE,
	GCV_API_ARG_EXTRACTION_FLAGS,
	GCV_API_ARG_MAKE_DIRTY,
	GCV_API_ARG_PAGES,
	GCV_API_ARG_PAGE,
	GCV_API_ARG_FOLIOS,
	GCV_API_ARG_FOLIO,
	GCV_API_ARG_VECTOR,
	GCV_API_ARG_BIO,
	GCV_API_ARG_BVECS,
	GCV_API_ARG_ITER,
	GCV_API_ARG_KVEC,
	GCV_API_ARG_TASK,
	GCV_API_ARG_MM,
	GCV_API_ARG_VMA,
	GCV_API_ARG_VMAS,
	GCV_API_ARG_LOCKED,
	GCV_API_ARG_NR
};

/**
 * struct gcv_api_param - a parameter
 * @type: as C spells it, for example "struct page **"
 * @role: what it means
 */
struct gcv_api_param {
	const char *type;
	enum gcv_api_arg role;
};

/**
 * struct gcv_api_signature - one of the prototypes that a function had
 * @era: kernel releases that have it, for people; nothing is decided by it
 * @source: commit or file that brought it, or NULL
 * @returns: result type
 * @result: what the result means
 * @dirty: of a release: never, always, or told by the GCV_API_ARG_MAKE_DIRTY argument
 * @params: the parameters
 * @nr_params: how many
 * @arg: by enum gcv_api_arg the index of the first parameter with this meaning, or -1
 */
struct gcv_api_signature {
	const char *era;
	const char *source;
	const char *returns;
	enum gcv_api_result result;
	enum gcv_api_dirty dirty;
	const struct gcv_api_param *params;
	uint32_t nr_params;
	int arg[GCV_API_ARG_NR];
};

/**
 * struct gcv_api_function - an API name
 * @name: the identifier
 * @source: header that declares it, or the file that defines an internal one
 * @note: what else is to be known, or NULL
 * @role: acquires, releases or neither
 * @family: what it belongs to
 * @shape: form of its pages
 * @reference: kind of its references
 * @dirty: of a release, for signatures without a GCV_API_ARG_MAKE_DIRTY parameter
 * @internal: static or private to mm/, lib/ or block/: not expected in the headers
 * @null_pages: a NULL page array is legal; then nothing is acquired
 * @page_lock: takes the page lock where it dirties
 * @signatures: known prototypes; may be none in a user table
 * @nr_signatures: how many
 */
struct gcv_api_function {
	const char *name;
	const char *source;
	const char *note;
	enum gcv_api_role role;
	enum gcv_api_family family;
	enum gcv_api_shape shape;
	enum gcv_api_reference reference;
	enum gcv_api_dirty dirty;
	bool internal;
	bool null_pages;
	bool page_lock;
	const struct gcv_api_signature *signatures;
	uint32_t nr_signatures;
};

/**
 * struct gcv_api_refusal - functions that refuse a flag
 * @by: "get", "pin", "fast" or "locked": the get_user_pages*() functions, the pin_user_pages*()
 *	functions, the _fast ones, those that take or imply a locked argument
 * @since: first release that refuses, or NULL for always; for people
 * @until: last release that refuses, or NULL; for people
 * @source: where the kernel says so
 */
struct gcv_api_refusal {
	const char *by;
	const char *since;
	const char *until;
	const char *source;
};

/**
 * struct gcv_api_flag - a FOLL_ flag
 * @name: for example "FOLL_WRITE"
 * @note: what it means
 * @source: headers that define it
 * @drop_on_pin: must go when get_user_pages*() becomes pin_user_pages*()
 * @refused: who refuses it
 * @nr_refused: how many entries
 */
struct gcv_api_flag {
	const char *name;
	const char *note;
	const char *source;
	bool drop_on_pin;
	const struct gcv_api_refusal *refused;
	uint32_t nr_refused;
};

/** enum gcv_api_pair_shape - in what form the calls to be replaced stand */
enum gcv_api_pair_shape {
	GCV_API_PAIR_ACQUIRE,
	GCV_API_PAIR_SINGLE,
	GCV_API_PAIR_LOOP,
	GCV_API_PAIR_ARRAY,
	GCV_API_PAIR_BRANCH,
};

/**
 * struct gcv_api_pair - calls and what replaces them
 * @from: names of the calls that are folded into one, in their order
 * @nr_from: how many
 * @to: the replacement; the pair is in force where the tree declares it
 * @shape: an acquire, one call, a loop over an array, a call with an array, two branches
 * @needs: a parameter that the replacement's signature must have, or GCV_API_ARG_OTHER
 * @guard: function whose answer must decide about the call, or NULL
 * @note: a condition for people, or NULL
 * @flags_add: flags that the replacement needs in addition
 * @nr_flags_add: how many
 */
struct gcv_api_pair {
	const char *const *from;
	uint32_t nr_from;
	const char *to;
	enum gcv_api_pair_shape shape;
	enum gcv_api_arg needs;
	const char *guard;
	const char *note;
	const char *const *flags_add;
	uint32_t nr_flags_add;
};

/**
 * struct gcv_api_conversion - a named goal
 * @name: as in "rewrite --conversion NAME"
 * @note: a sentence about it
 * @source: commit or document
 * @pairs: what replaces what
 * @nr_pairs: how many
 */
struct gcv_api_conversion {
	const char *name;
	const char *note;
	const char *source;
	const struct gcv_api_pair *pairs;
	uint32_t nr_pairs;
};

/**
 * struct gcv_api - the table
 * @arena: owns everything below
 * @index: numbers of the function names are indices into @functions
 * @functions: in the order of the table; user tables replace by name or append
 * @nr_functions: how many
 * @names: their names, for a text search
 * @flags: FOLL_ flags
 * @nr_flags: how many
 * @conversions: goals
 * @nr_conversions: how many
 * @headers: tree-relative paths whose declarations decide about the era; some trees lack some
 * @nr_headers: how many
 * @prefixes: a declared name that begins so (leading underscores aside) belongs to the family
 * @nr_prefixes: how many
 */
struct gcv_api {
	struct gcv_arena arena;
	struct gcv_intern index;
	struct gcv_api_function *functions;
	uint32_t nr_functions;
	const char **names;
	struct gcv_api_flag *flags;
	uint32_t nr_flags;
	struct gcv_api_conversion *conversions;
	uint32_t nr_conversions;
	const char **headers;
	uint32_t nr_headers;
	const char **prefixes;
	uint32_t nr_prefixes;
};

/**
 * gcv_api_load() - the built-in table
 * @ret: the table; the caller gives it to gcv_api_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK, or GCV_ERR_FORMAT where the table that was built in is damaged.
 */
enum gcv_status gcv_api_load(struct gcv_api *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_api_add_file() - merge a user's table: same names replace, new names append
 * @api: the table; unchanged on failure
 * @path: a regular file of at most GCV_API_FILE_LIMIT bytes
 * @err: names the file and the place in it
 *
 * Return: GCV_OK, GCV_ERR_IO, GCV_ERR_LIMIT, GCV_ERR_NEWER (format of a later version) or
 * GCV_ERR_FORMAT (no JSON, unknown or missing keys, wrong types, a name twice).
 */
enum gcv_status gcv_api_add_file(struct gcv_api *api, const char *path,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_api_add_text() - the same from memory
 * @api: the table; unchanged on failure
 * @file: name for messages
 * @text: JSON
 * @len_bytes: its length
 * @err: names the file and the place in it
 *
 * Return: as gcv_api_add_file(), without GCV_ERR_IO and GCV_ERR_LIMIT.
 */
enum gcv_status gcv_api_add_text(struct gcv_api *api, const char *file, const char *text,
				 size_t len_bytes, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_api_find() - the function of a name
 * @api: the table
 * @name: bytes, not necessarily terminated
 * @len_bytes: how many
 *
 * Return: the function, or NULL.
 */
const struct gcv_api_function *gcv_api_find(const struct gcv_api *api, const char *name,
					    size_t len_bytes);

/**
 * gcv_api_find_flag() - a FOLL_ flag by name
 * @api: the table
 * @name: NUL-terminated
 *
 * Return: the flag, or NULL.
 */
const struct gcv_api_flag *gcv_api_find_flag(const struct gcv_api *api, const char *name);

/**
 * gcv_api_find_conversion() - a conversion by name
 * @api: the table
 * @name: NUL-terminated
 *
 * Return: the conversion, or NULL.
 */
const struct gcv_api_conversion *gcv_api_find_conversion(const struct gcv_api *api,
							 const char *name);

/**
 * gcv_api_has_prefix() - does a name look like one of the family?
 * @api: the table
 * @name: NUL-terminated; leading underscores do not count
 *
 * Return: the prefix that fits, or NULL.
 */
const char *gcv_api_has_prefix(const struct gcv_api *api, const char *name);

/**
 * gcv_api_index_args() - fill @arg and @dirty of a signature from its parameters
 * @sig: with @params and @nr_params set
 * @dirty: what holds without a GCV_API_ARG_MAKE_DIRTY parameter
 */
void gcv_api_index_args(struct gcv_api_signature *sig, enum gcv_api_dirty dirty);

/**
 * gcv_api_release() - free a table
 * @api: the table; a zeroed one is allowed
 */
void gcv_api_release(struct gcv_api *api);

#endif
