// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/scan_state.h"
#include "tests/fuzz/target.h"

#include <stdlib.h>
#include <string.h>

/* The sums are those of the rows, and no occurrence is lost or counted twice. */
static void check(const struct gcv_scan *scan, const struct gcv_lexed *lexed)
{
	uint32_t sums[GCV_LEDGER_CLASSES] = { 0 }, i;

	if (scan->nr_rows != lexed->nr_occurrences)
		abort();
	for (i = 0; i < scan->nr_rows; i++) {
		const struct gcv_ledger_row *row = &scan->rows[i];

		if (row->occurrence != &lexed->occurrences[i] ||
		    (i && row->occurrence->offset <= row->occurrence[-1].offset) ||
		    (row->class == GCV_LEDGER_NOT_ANALYSED && !*row->detail) ||
		    (*row->condition && row->class != GCV_LEDGER_INACTIVE) ||
		    (!*row->condition && row->class == GCV_LEDGER_INACTIVE &&
		     row->occurrence->branch >= 0))
			abort();
		sums[row->class]++;
	}
	if (memcmp(sums, scan->sums.classes, sizeof(sums)) != 0 ||
	    scan->nr_failures != sums[GCV_LEDGER_NOT_ANALYSED] ||
	    scan->sums.code_seen > scan->sums.code)
		abort();
}

/* What a parse may say of the text: marks at offsets, ranges left out. */
static void mark(struct gcv_scan_state *s, const uint8_t *orders, size_t nr, size_t size)
{
	size_t i;

	for (i = 0; i + 3 <= nr; i += 3) {
		uint32_t at = size ? (uint32_t)(orders[i] * size / 256) : 0;
		const struct gcv_lexed *lexed = s->files[0].lexed;

		if (orders[i + 1] & 1)
			gcv_scan_mark_skip(s, "a.c", at, at + orders[i + 2]);
		else if (lexed->nr_occurrences)
			gcv_scan_mark(s, "a.c",
				      lexed->occurrences[orders[i] % lexed->nr_occurrences].offset,
				      1u << orders[i + 2] % 8);
		else
			gcv_scan_mark(s, "a.c", at, GCV_MARK_CALL);
	}
}

/* The first byte tells the language and how many orders follow, then comes the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const list[] = { "put_page", "get_user_pages" };
	size_t nr = size ? data[0] / 4u : 0, skip = size ? 1 + nr : 0;
	struct gcv_scan scan = { 0 };
	struct gcv_walk_file walk = { .path = "a.c" };
	struct gcv_scan_file file = { .walk = &walk };
	struct gcv_scan_state s = { .scan = &scan, .files = &file, .nr_files = 1 };
	struct gcv_lexed lexed;

	if (skip > size)
		return 0;
	if (gcv_names_new(list, 2, &s.names, NULL) != GCV_OK)
		abort();
	gcv_lex(s.names, size ? data[0] % 3u : 0, (const char *)data + skip, size - skip,
		&scan.arena, &lexed);
	file.lexed = &lexed;
	file.marks = gcv_zalloc(lexed.nr_occurrences + 1, 1);
	s.nr_candidates = 1;
	mark(&s, data + 1, skip ? nr : 0, size - skip);
	gcv_scan_ledger(&s);
	check(&scan, &lexed);
	free(file.marks);
	free(scan.rows);
	free(scan.failures);
	gcv_names_free(s.names);
	gcv_arena_release(&scan.arena);
	return 0;
}
