// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "edit/change.h"
#include "tests/fuzz/target.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the input that are not used yet; zeros behind the end. */
struct input {
	const uint8_t *data;
	size_t size;
};

static uint32_t take(struct input *in)
{
	if (!in->size)
		return 0;
	in->size--;
	return *in->data++;
}

static void check_order(const struct gcv_file_edit *edit)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];

		if (change->begin > change->end || change->end > edit->old_len ||
		    (i && edit->changes[i - 1].end > change->begin))
			abort();
	}
}

/* What is left of the old text is found again, and the rest is what some change made. */
static void check_result(const struct gcv_file_edit *edit)
{
	GCV_STRBUF_AUTO struct gcv_strbuf now = { 0 };
	size_t kept = 0, made = 0;
	uint32_t i, at;

	gcv_file_edit_apply(edit, &now);
	for (i = 0; i < edit->old_len; i++) {
		if (!gcv_file_edit_map(edit, i, &at))
			continue;
		kept++;
		if (at >= now.len || now.buf[at] != edit->old_text[i] || gcv_file_edit_at(edit, at))
			abort();
	}
	for (i = 0; i < now.len; i++)
		made += gcv_file_edit_at(edit, i) != NULL;
	if (kept + made != now.len)
		abort();
}

static void add(struct gcv_file_edit *edit, struct input *in)
{
	uint32_t begin = take(in), end = begin + take(in) % 8, group = take(in) % 4;
	char text[9];
	size_t len = take(in) % sizeof(text), i;

	for (i = 0; i < len; i++)
		text[i] = (char)take(in);
	text[len] = '\0';
	/* One that overlaps or lies outside is refused, and nothing is added. */
	(void)!gcv_file_edit_add(edit, begin, end, text, group, NULL);
}

/* Everything of a group of one edit added to an empty one makes the same text. */
static void check_copy(const struct gcv_file_edit *edit)
{
	struct gcv_file_edit copy = { .path = edit->path,
				      .old_text = edit->old_text,
				      .old_len = edit->old_len };

	if (gcv_file_edit_add_all(&copy, edit, NULL) != GCV_OK ||
	    !gcv_file_edit_is_same(&copy, edit))
		abort();
	gcv_file_edit_release(&copy);
}

/* First the length of the text and the text, then orders: what to do, and with what. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct gcv_file_edit edit = { .path = "a.c" };
	uint32_t i;

	edit.old_len = take(&in);
	edit.old_len = edit.old_len < in.size ? edit.old_len : in.size;
	edit.old_text = (const char *)in.data;
	in.data += edit.old_len;
	in.size -= edit.old_len;
	while (in.size) {
		uint32_t what = take(&in) % 8;

		if (what == 0) {
			uint32_t group = take(&in) % 4;

			gcv_file_edit_drop(&edit, group);
			for (i = 0; i < edit.nr_changes; i++)
				if (gcv_change_is_of(&edit.changes[i], group))
					abort();
		} else if (what == 1) {
			uint32_t begin = take(&in);

			gcv_file_edit_cut(&edit, begin, begin + take(&in) % 16);
		} else {
			add(&edit, &in);
		}
		check_order(&edit);
	}
	check_result(&edit);
	check_copy(&edit);
	gcv_file_edit_release(&edit);
	return 0;
}
