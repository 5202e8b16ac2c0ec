// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/review_text.h"

#include "cmd/terminal.h"

#include <string.h>

static void print_patch(const struct gcv_review_patch *patch)
{
	uint32_t i;

	if (patch->number)
		printf("    %3u ", patch->number);
	else
		fputs("        ", stdout);
	printf("%-13s ", gcv_review_status_name(patch->status));
	gcv_terminal_put(stdout, patch->title);
	if (patch->is_taken && patch->status != GCV_REVIEW_APPLIED)
		fputs(" (taken)", stdout);
	putchar('\n');
	for (i = 0; i < patch->nr_tags; i++) {
		const struct gcv_review_tag *tag = &patch->tags[i];

		printf("        %s: ", tag->tag.key);
		gcv_terminal_put(stdout, *tag->tag.name ? tag->tag.name : tag->tag.address);
		if (!tag->counts && strcmp(tag->tag.key, "Nacked-by") != 0) {
			fputs(" (does not count: sent by ", stdout);
			gcv_terminal_put(stdout, *tag->sender ? tag->sender : "nobody");
			putchar(')');
		}
		putchar('\n');
	}
}

static void print_series(const struct gcv_review_series *series)
{
	static const enum gcv_review_status shown[] = { GCV_REVIEW_CHANGES_ASKED,
							GCV_REVIEW_APPLIED };
	size_t i;

	fputs("  ", stdout);
	gcv_terminal_put(stdout, series->title);
	if (series->version > 1)
		printf(", v%u", series->version);
	if (series->sums[GCV_REVIEW_NOT_SENT] == series->nr) {
		printf(": %u not sent\n", series->nr);
		return;
	}
	printf(": %u of %u reviewed", series->reviewed, series->total);
	if (series->acked)
		printf(", %u acked", series->acked);
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		if (series->sums[shown[i]])
			printf(", %u %s", series->sums[shown[i]],
			       shown[i] == GCV_REVIEW_APPLIED ? "applied" : "with changes asked");
	if (series->nr < series->total)
		printf(", %u not seen", series->total - series->nr);
	putchar('\n');
}

void gcv_review_text_print(const struct gcv_cli *cli, const struct gcv_reviews *reviews)
{
	uint32_t i, k;

	for (i = 0; i < reviews->nr; i++) {
		print_series(&reviews->list[i]);
		for (k = 0; cli->verbose && k < reviews->list[i].nr; k++)
			print_patch(&reviews->patches[reviews->list[i].first + k]);
	}
	if (reviews->left_out)
		printf("  %u series that change%s no call of an API function left out\n",
		       reviews->left_out, reviews->left_out == 1 ? "s" : "");
}
