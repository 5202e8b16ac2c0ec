// SPDX-License-Identifier: GPL-2.0-only
#include "report/report.h"
#include "tree/api_words.h"

#include <string.h>

/* Parameters of "int f(int (*)(int, int), long)"; -1 where that is not how a function looks. */
static int count_params(const char *prototype, const char *name)
{
	const char *p = strstr(prototype, name);
	int depth = 1, commas = 0;

	if (!p || p[strlen(name)] != '(')
		return -1;
	p += strlen(name) + 1;
	if (*p == ')' || strncmp(p, "void)", 5) == 0)
		return 0;
	for (; *p && depth; p++) {
		depth += (*p == '(') - (*p == ')');
		commas += *p == ',' && depth == 1;
	}
	return depth ? -1 : commas + 1;
}

const char *gcv_report_dirty(const struct gcv_api *api, const struct gcv_snapshot_api *declared)
{
	const struct gcv_api_function *function =
		gcv_api_find(api, declared->name, strlen(declared->name));
	int nr_params = count_params(declared->prototype, declared->name);
	int dirty = -1;
	size_t i;

	if (!function || function->role != GCV_API_RELEASE)
		return NULL;
	if (!function->nr_signatures)
		return gcv_api_word(GCV_API_WORD_DIRTY, function->dirty);
	for (i = 0; i < function->nr_signatures; i++) {
		const struct gcv_api_signature *signature = &function->signatures[i];

		if (nr_params >= 0 && (size_t)nr_params != signature->nr_params)
			continue;
		if (dirty >= 0 && dirty != (int)signature->dirty)
			return NULL;
		dirty = (int)signature->dirty;
	}
	return dirty >= 0 ? gcv_api_word(GCV_API_WORD_DIRTY, dirty) : NULL;
}
