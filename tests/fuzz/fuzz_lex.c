// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tests/fuzz/target.h"
#include "tree/force.h"
#include "tree/lex.h"
#include "tree/solve.h"

#include <stdlib.h>

static struct gcv_value nothing(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return (struct gcv_value){ .state = GCV_VALUE_UNDEFINED };
}

/* Lex, solve for the innermost branch of each name, force it: the copy must keep its length. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const list[] = { "put_page", "get_user_pages" };
	const char *buf = (const char *)data;
	struct gcv_valuation base = { nothing, NULL };
	struct gcv_arena arena = { 0 };
	struct gcv_names *names;
	struct gcv_lexed lexed;
	uint32_t i, nr;

	if (gcv_names_new(list, 2, &names, NULL) != GCV_OK)
		abort();
	gcv_lex(names, GCV_LEX_C, buf, size, &arena, &lexed);
	for (i = 0; i < lexed.nr_occurrences && i < 8; i++) {
		int32_t branch = lexed.occurrences[i].branch;
		GCV_STRBUF_AUTO struct gcv_strbuf forced = { 0 };
		struct gcv_assignment *found;

		if (gcv_condition_solve(&lexed, branch, &base, 2, &arena, &found, &nr, NULL) !=
		    GCV_OK)
			continue;
		if (gcv_force_conditions(buf, size, &lexed, &found[0], branch, NULL, &forced,
					 NULL) == GCV_OK &&
		    forced.len != size)
			abort();
	}
	gcv_arena_release(&arena);
	gcv_names_free(names);
	return 0;
}
