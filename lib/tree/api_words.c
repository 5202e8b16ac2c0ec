// SPDX-License-Identifier: GPL-2.0-only
#include "tree/api_words.h"

#include <string.h>

struct word_list {
	const char *const *words;
	int nr;
};

#define LIST(array)                                              \
	{                                                        \
		array, (int)(sizeof(array) / sizeof((array)[0])) \
	}

static const char *const roles[] = {
	[GCV_API_ACQUIRE] = "acquire",
	[GCV_API_RELEASE] = "release",
	[GCV_API_OTHER] = "other",
};

static const char *const families[] = {
	[GCV_API_FAMILY_GUP] = "gup",	    [GCV_API_FAMILY_PIN] = "pin",
	[GCV_API_FAMILY_IOV] = "iov",	    [GCV_API_FAMILY_DUMP] = "dump",
	[GCV_API_FAMILY_FOLLOW] = "follow", [GCV_API_FAMILY_FRAME_VECTOR] = "frame-vector",
	[GCV_API_FAMILY_MEMFD] = "memfd",   [GCV_API_FAMILY_KERNEL_PAGE] = "kernel-page",
	[GCV_API_FAMILY_BIO] = "bio",	    [GCV_API_FAMILY_PUT_USER] = "put-user",
	[GCV_API_FAMILY_UNPIN] = "unpin",   [GCV_API_FAMILY_PUT] = "put",
};

static const char *const shapes[] = {
	[GCV_API_SHAPE_NONE] = "none",
	[GCV_API_SHAPE_PAGE] = "page",
	[GCV_API_SHAPE_ARRAY] = "array",
	[GCV_API_SHAPE_ALLOCATED_ARRAY] = "allocated-array",
	[GCV_API_SHAPE_RANGE] = "range",
	[GCV_API_SHAPE_FOLIO] = "folio",
	[GCV_API_SHAPE_FOLIO_ARRAY] = "folio-array",
	[GCV_API_SHAPE_VECTOR] = "vector",
	[GCV_API_SHAPE_BIO] = "bio",
	[GCV_API_SHAPE_BVECS] = "bvecs",
};

static const char *const references[] = {
	[GCV_API_REFERENCE_NONE] = "none",
	[GCV_API_REFERENCE_GET] = "get",
	[GCV_API_REFERENCE_PIN] = "pin",
	[GCV_API_REFERENCE_EITHER] = "either",
};

static const char *const dirties[] = {
	[GCV_API_DIRTY_NEVER] = "never",
	[GCV_API_DIRTY_ALWAYS] = "always",
	[GCV_API_DIRTY_BY_ARGUMENT] = "by-argument",
};

static const char *const results[] = {
	[GCV_API_RESULT_VOID] = "void",
	[GCV_API_RESULT_COUNT] = "count",
	[GCV_API_RESULT_COUNT_OR_ERRNO] = "count-or-errno",
	[GCV_API_RESULT_ZERO_OR_ERRNO] = "zero-or-errno",
	[GCV_API_RESULT_BYTES_OR_ERRNO] = "bytes-or-errno",
	[GCV_API_RESULT_PAGE_OR_NULL] = "page-or-null",
	[GCV_API_RESULT_PAGE_OR_ERR] = "page-or-err",
	[GCV_API_RESULT_BOOL] = "bool",
	[GCV_API_RESULT_OTHER] = "other",
};

static const char *const args[] = {
	[GCV_API_ARG_OTHER] = "other",
	[GCV_API_ARG_START] = "start",
	[GCV_API_ARG_END] = "end",
	[GCV_API_ARG_COUNT] = "count",
	[GCV_API_ARG_COUNT_OUT] = "count-out",
	[GCV_API_ARG_MAX_BYTES] = "max-bytes",
	[GCV_API_ARG_OFFSET_OUT] = "offset-out",
	[GCV_API_ARG_FLAGS] = "flags",
	[GCV_API_ARG_WRITE] = "write",
	[GCV_API_ARG_EXTRACTION_FLAGS] = "extraction-flags",
	[GCV_API_ARG_MAKE_DIRTY] = "make-dirty",
	[GCV_API_ARG_PAGES] = "pages",
	[GCV_API_ARG_PAGE] = "page",
	[GCV_API_ARG_FOLIOS] = "folios",
	[GCV_API_ARG_FOLIO] = "folio",
	[GCV_API_ARG_VECTOR] = "vector",
	[GCV_API_ARG_BIO] = "bio",
	[GCV_API_ARG_BVECS] = "bvecs",
	[GCV_API_ARG_ITER] = "iter",
	[GCV_API_ARG_KVEC] = "kvec",
	[GCV_API_ARG_TASK] = "task",
	[GCV_API_ARG_MM] = "mm",
	[GCV_API_ARG_VMA] = "vma",
	[GCV_API_ARG_VMAS] = "vmas",
	[GCV_API_ARG_LOCKED] = "locked",
};

static const char *const pair_shapes[] = {
	[GCV_API_PAIR_ACQUIRE] = "acquire", [GCV_API_PAIR_SINGLE] = "single",
	[GCV_API_PAIR_LOOP] = "loop",	    [GCV_API_PAIR_ARRAY] = "array",
	[GCV_API_PAIR_BRANCH] = "branch",
};

static const struct word_list lists[] = {
	[GCV_API_WORD_ROLE] = LIST(roles),    [GCV_API_WORD_FAMILY] = LIST(families),
	[GCV_API_WORD_SHAPE] = LIST(shapes),  [GCV_API_WORD_REFERENCE] = LIST(references),
	[GCV_API_WORD_DIRTY] = LIST(dirties), [GCV_API_WORD_RESULT] = LIST(results),
	[GCV_API_WORD_ARG] = LIST(args),      [GCV_API_WORD_PAIR_SHAPE] = LIST(pair_shapes),
};

_Static_assert(sizeof(args) / sizeof(args[0]) == GCV_API_ARG_NR, "a word for each argument role");

const char *gcv_api_word(enum gcv_api_word_set set, int value)
{
	if (value < 0 || value >= lists[set].nr)
		return "?";
	return lists[set].words[value];
}

int gcv_api_word_value(enum gcv_api_word_set set, const char *word)
{
	for (int i = 0; i < lists[set].nr; i++)
		if (strcmp(lists[set].words[i], word) == 0)
			return i;
	return -1;
}
