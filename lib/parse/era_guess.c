// SPDX-License-Identifier: GPL-2.0-only
/* The meaning of parameters that the table does not know, from their types and names. */
#include "parse/era.h"
#include "parse/era_type.h"

#include <string.h>

/* Types that mean one thing wherever they stand. */
static const struct {
	const char *type;
	enum gcv_api_arg role;
} by_type[] = {
	{ "struct page **", GCV_API_ARG_PAGES },
	{ "struct page ***", GCV_API_ARG_PAGES },
	{ "release_pages_arg", GCV_API_ARG_PAGES },
	{ "struct page *", GCV_API_ARG_PAGE },
	{ "struct folio **", GCV_API_ARG_FOLIOS },
	{ "struct folio *", GCV_API_ARG_FOLIO },
	{ "struct frame_vector *", GCV_API_ARG_VECTOR },
	{ "struct bio *", GCV_API_ARG_BIO },
	{ "struct bio_vec *", GCV_API_ARG_BVECS },
	{ "struct iov_iter *", GCV_API_ARG_ITER },
	{ "struct kvec *", GCV_API_ARG_KVEC },
	{ "struct task_struct *", GCV_API_ARG_TASK },
	{ "struct mm_struct *", GCV_API_ARG_MM },
	{ "struct vm_area_struct *", GCV_API_ARG_VMA },
	{ "struct vm_area_struct **", GCV_API_ARG_VMAS },
	{ "iov_iter_extraction_t", GCV_API_ARG_EXTRACTION_FLAGS },
};

/* Names that the kernel gives to parameters of plain types. */
static const struct {
	const char *name;
	enum gcv_api_arg role;
	bool pointer;
} by_name[] = {
	{ "start", GCV_API_ARG_START, false },
	{ "addr", GCV_API_ARG_START, false },
	{ "address", GCV_API_ARG_START, false },
	{ "vaddr", GCV_API_ARG_START, false },
	{ "uaddr", GCV_API_ARG_START, false },
	{ "end", GCV_API_ARG_END, false },
	{ "nr_pages", GCV_API_ARG_COUNT, false },
	{ "npages", GCV_API_ARG_COUNT, false },
	{ "nr", GCV_API_ARG_COUNT, false },
	{ "count", GCV_API_ARG_COUNT, false },
	{ "nr_frames", GCV_API_ARG_COUNT, false },
	{ "nr_pfns", GCV_API_ARG_COUNT, false },
	{ "nr_segs", GCV_API_ARG_COUNT, false },
	{ "nfolios", GCV_API_ARG_COUNT, false },
	{ "npins", GCV_API_ARG_COUNT, false },
	{ "pins", GCV_API_ARG_COUNT, false },
	{ "refs", GCV_API_ARG_COUNT, false },
	{ "maxpages", GCV_API_ARG_COUNT, false },
	{ "max_pages", GCV_API_ARG_COUNT, false },
	{ "max_folios", GCV_API_ARG_COUNT, false },
	{ "max_vecs", GCV_API_ARG_COUNT, false },
	{ "nr", GCV_API_ARG_COUNT_OUT, true },
	{ "nr_vecs", GCV_API_ARG_COUNT_OUT, true },
	{ "gup_flags", GCV_API_ARG_FLAGS, false },
	{ "foll_flags", GCV_API_ARG_FLAGS, false },
	{ "flags", GCV_API_ARG_FLAGS, false },
	{ "extraction_flags", GCV_API_ARG_EXTRACTION_FLAGS, false },
	{ "write", GCV_API_ARG_WRITE, false },
	{ "make_dirty", GCV_API_ARG_MAKE_DIRTY, false },
	{ "mark_dirty", GCV_API_ARG_MAKE_DIRTY, false },
	{ "dirty", GCV_API_ARG_MAKE_DIRTY, false },
	{ "maxsize", GCV_API_ARG_MAX_BYTES, false },
	{ "max_size", GCV_API_ARG_MAX_BYTES, false },
	{ "locked", GCV_API_ARG_LOCKED, true },
	{ "offset", GCV_API_ARG_OFFSET_OUT, true },
	{ "offset0", GCV_API_ARG_OFFSET_OUT, true },
};

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static enum gcv_api_arg guess_param(const char *type, const char *name)
{
	bool pointer = strpbrk(type, "*[") != NULL;

	for (size_t i = 0; i < NR(by_type); i++)
		if (gcv_era_type_equal(type, by_type[i].type))
			return by_type[i].role;
	/* a pointer or struct of some other kind: its name says nothing */
	if (strstr(type, "struct ") || strstr(type, "union "))
		return GCV_API_ARG_OTHER;
	for (size_t i = 0; name && i < NR(by_name); i++)
		if (strcmp(name, by_name[i].name) == 0 && pointer == by_name[i].pointer)
			return by_name[i].role;
	return GCV_API_ARG_OTHER;
}

static enum gcv_api_result guess_result(const struct gcv_api_function *function, const char *type)
{
	for (size_t i = 0; function && i < function->nr_signatures; i++)
		if (gcv_era_type_equal(type, function->signatures[i].returns))
			return function->signatures[i].result;
	if (gcv_era_type_equal(type, "void"))
		return GCV_API_RESULT_VOID;
	if (gcv_era_type_equal(type, "bool"))
		return GCV_API_RESULT_BOOL;
	if (gcv_era_type_equal(type, "ssize_t"))
		return GCV_API_RESULT_BYTES_OR_ERRNO;
	if (gcv_era_type_equal(type, "struct page *"))
		return GCV_API_RESULT_PAGE_OR_ERR;
	if (gcv_era_type_equal(type, "int") || gcv_era_type_equal(type, "long"))
		return GCV_API_RESULT_COUNT_OR_ERRNO;
	return GCV_API_RESULT_OTHER;
}

const struct gcv_api_signature *gcv_era_guess(struct gcv_arena *arena,
					      const struct gcv_api_function *function,
					      const struct gcv_era_decl *decl)
{
	struct gcv_api_signature *sig = gcv_arena_alloc(arena, sizeof(*sig));
	struct gcv_api_param *params;
	bool seen[GCV_API_ARG_NR] = { false };

	params = gcv_arena_alloc(arena, (decl->nr_params + 1) * sizeof(*params));
	for (size_t i = 0; i < decl->nr_params; i++) {
		enum gcv_api_arg role;

		role = guess_param(decl->types[i], decl->params ? decl->params[i] : NULL);
		params[i].type = decl->types[i];
		params[i].role = seen[role] ? GCV_API_ARG_OTHER : role;
		seen[role] = true;
	}
	sig->era = "guessed";
	sig->returns = decl->result;
	sig->result = guess_result(function, decl->result);
	sig->params = params;
	sig->nr_params = decl->nr_params;
	gcv_api_index_args(sig, function ? function->dirty : GCV_API_DIRTY_NEVER);
	return sig;
}
