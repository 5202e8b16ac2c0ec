// SPDX-License-Identifier: GPL-2.0-only
#include "tests/unit/small_body.h"

#include "parse/body.h"

void small_body(struct gcv_strbuf *ret, const char *name)
{
	const struct gcv_symbol symbol = { GCV_SYMBOL_LOCAL, name, "int", "int", "", 0 };
	const struct gcv_node root = { .kind = GCV_NODE_COMPOUND, .end = 9 };
	struct gcv_body_writer writer = { 0 };

	gcv_strbuf_clear(ret);
	gcv_body_add_symbol(&writer, &symbol);
	gcv_body_add_node(&writer, &root);
	gcv_body_finish(&writer, ret);
	gcv_body_writer_release(&writer);
}
