// SPDX-License-Identifier: GPL-2.0-only
#include "tree/chain.h"

static uint32_t count_links(const struct gcv_lexed *lexed, int32_t branch)
{
	uint32_t nr = 0;
	int32_t i;

	for (; branch >= 0 && nr <= GCV_CHAIN_MAX; branch = lexed->branches[branch].parent)
		for (i = branch; i >= 0 && nr <= GCV_CHAIN_MAX; i = lexed->branches[i].previous)
			nr++;
	return nr;
}

enum gcv_status gcv_chain_of(const struct gcv_lexed *lexed, int32_t branch, struct gcv_arena *arena,
			     struct gcv_chain *ret, struct gcv_err *err)
{
	uint32_t nr = count_links(lexed, branch), at = nr;
	struct gcv_chain_link *links;
	enum gcv_status status;
	int32_t i;

	if (nr > GCV_CHAIN_MAX)
		return gcv_err_set(err, GCV_ERR_LIMIT,
				   "line %u: below more than %d preprocessor conditions",
				   lexed->branches[branch].line, GCV_CHAIN_MAX);
	links = gcv_arena_alloc(arena, nr * sizeof(*links));
	for (; branch >= 0; branch = lexed->branches[branch].parent) {
		for (i = branch; i >= 0; i = lexed->branches[i].previous) {
			struct gcv_chain_link *link = &links[--at];

			link->want = i == branch;
			link->branch = i;
			status = gcv_condition_of_branch(&lexed->branches[i], arena,
							 &link->condition, err);
			if (status != GCV_OK)
				return status;
		}
	}
	*ret = (struct gcv_chain){ links, nr };
	return GCV_OK;
}

enum gcv_truth gcv_chain_eval(const struct gcv_chain *chain, const struct gcv_valuation *valuation)
{
	enum gcv_truth all = GCV_TRUE;
	uint32_t i;

	for (i = 0; i < chain->nr; i++) {
		enum gcv_truth truth = gcv_condition_eval(chain->links[i].condition, valuation);

		if (truth == GCV_UNKNOWN)
			all = GCV_UNKNOWN;
		else if ((truth == GCV_TRUE) != chain->links[i].want)
			return GCV_FALSE;
	}
	return all;
}

const char *gcv_branch_text(const struct gcv_lex_branch *branch, struct gcv_arena *arena)
{
	static const char *const words[] = {
		[GCV_LEX_IF] = "if",	       [GCV_LEX_IFDEF] = "ifdef",
		[GCV_LEX_IFNDEF] = "ifndef",   [GCV_LEX_ELIF] = "elif",
		[GCV_LEX_ELIFDEF] = "elifdef", [GCV_LEX_ELIFNDEF] = "elifndef",
		[GCV_LEX_ELSE] = "else",
	};

	return gcv_arena_printf(arena, "#%s%s%s", words[branch->kind], *branch->text ? " " : "",
				branch->text);
}
