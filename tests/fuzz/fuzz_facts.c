// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/body.h"
#include "parse/facts.h"
#include "tests/fuzz/target.h"

#include <stdlib.h>

/* What a worker sends is not trusted: decode, and what decodes must encode again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gcv_arena arena = { 0 };
	struct gcv_strbuf again = { 0 };
	struct gcv_facts facts, twice;
	struct gcv_body body;

	if (gcv_facts_decode((const char *)data, size, &arena, &facts, NULL) == GCV_OK) {
		gcv_facts_encode(&facts, &again);
		if (gcv_facts_decode(again.buf, again.len, &arena, &twice, NULL) != GCV_OK)
			abort();
	}
	if (gcv_body_decode((const char *)data, size, &arena, &body, NULL) == GCV_OK &&
	    !body.nr_nodes)
		abort();
	gcv_strbuf_release(&again);
	gcv_arena_release(&arena);
	return 0;
}
