// SPDX-License-Identifier: GPL-2.0-only
#include "tree/names.h"
#include "base/alloc.h"
#include "base/intern.h"
#include "tree/anchor.h"

#include <stdlib.h>
#include <string.h>

struct gcv_names {
	struct gcv_intern intern;
	/* By number in intern: the first index in the caller's list; and the way back. */
	uint32_t *first;
	uint32_t *id;
	uint32_t nr;
	struct gcv_anchor_set anchors;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool is_identifier(const char *text)
{
	size_t i;

	if (!*text || (*text >= '0' && *text <= '9'))
		return false;
	for (i = 0; text[i]; i++)
		if (!is_word(text[i]))
			return false;
	return true;
}

enum gcv_status gcv_names_new(const char *const *list, uint32_t nr, struct gcv_names **ret,
			      struct gcv_err *err)
{
	struct gcv_names *names;
	uint32_t i;

	for (i = 0; i < nr; i++)
		if (!is_identifier(list[i]))
			return gcv_err_set(err, GCV_ERR_USAGE, "'%.200s' is not an identifier",
					   list[i]);
	names = gcv_zalloc(1, sizeof(*names));
	names->first = gcv_zalloc(nr, sizeof(*names->first));
	names->id = gcv_zalloc(nr, sizeof(*names->id));
	names->nr = nr;
	for (i = 0; i < nr; i++) {
		uint32_t before = names->intern.nr;

		names->id[i] = gcv_intern_add(&names->intern, list[i], strlen(list[i]));
		if (names->id[i] == before)
			names->first[before] = i;
	}
	gcv_anchor_choose(&names->anchors, list, nr);
	*ret = names;
	return GCV_OK;
}

uint32_t gcv_names_id(const struct gcv_names *names, const char *text, size_t len)
{
	uint32_t id = gcv_intern_find(&names->intern, text, len);

	return id == GCV_INTERN_NONE ? GCV_NAMES_NONE : names->first[id];
}

bool gcv_names_next(const struct gcv_names *names, const char *buf, size_t len, size_t *pos,
		    uint32_t *ret_name, size_t *ret_offset)
{
	size_t from = *pos, start, end;

	if (!names->anchors.nr)
		return false;
	while ((start = gcv_anchor_next(&names->anchors, buf, len, from)) < len) {
		uint32_t name;

		/* Never back before the last identifier: else a long one would be read often. */
		end = start;
		while (start > from && is_word(buf[start - 1]))
			start--;
		while (end < len && is_word(buf[end]))
			end++;
		from = end;
		name = gcv_names_id(names, buf + start, end - start);
		if (name != GCV_NAMES_NONE) {
			*pos = from;
			*ret_name = name;
			*ret_offset = start;
			return true;
		}
	}
	*pos = len;
	return false;
}

const char *gcv_names_str(const struct gcv_names *names, uint32_t name)
{
	return gcv_intern_str(&names->intern, names->id[name]);
}

size_t gcv_names_len(const struct gcv_names *names, uint32_t name)
{
	return gcv_intern_len(&names->intern, names->id[name]);
}

uint32_t gcv_names_nr(const struct gcv_names *names)
{
	return names->nr;
}

void gcv_names_free(struct gcv_names *names)
{
	if (!names)
		return;
	gcv_intern_release(&names->intern);
	gcv_anchor_release(&names->anchors);
	free(names->first);
	free(names->id);
	free(names);
}
