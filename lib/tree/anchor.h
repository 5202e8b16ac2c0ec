/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Anchors: a few short byte strings such that each of many names holds at least one, and a search
 * for all of them in one pass at the speed of memory.
 *
 *	struct gcv_anchor_set set;
 *
 *	gcv_anchor_choose(&set, names, nr);
 *	while ((pos = gcv_anchor_next(&set, buf, len, pos)) < len)
 *		…
 *	gcv_anchor_release(&set);
 */
#ifndef GCV_TREE_ANCHOR_H
#define GCV_TREE_ANCHOR_H

#include <stddef.h>
#include <stdint.h>

/** GCV_ANCHOR_BYTES_MAX - length of the longest anchor */
#define GCV_ANCHOR_BYTES_MAX 8

/**
 * struct gcv_anchor - one anchor
 * @text: its bytes, not terminated
 * @len: how many
 * @rare: where its two rarest bytes are (the same place twice for an anchor of one byte)
 */
struct gcv_anchor {
	char text[GCV_ANCHOR_BYTES_MAX];
	uint8_t len;
	uint8_t rare[2];
};

/**
 * struct gcv_anchor_set - the anchors of some names
 * @anchors: the anchors
 * @nr: how many
 */
struct gcv_anchor_set {
	struct gcv_anchor *anchors;
	uint32_t nr;
};

/**
 * gcv_anchor_choose() - find anchors for names
 * @ret: the anchors, for gcv_anchor_release()
 * @names: NUL-terminated, none of them empty
 * @nr: how many
 */
void gcv_anchor_choose(struct gcv_anchor_set *ret, const char *const *names, uint32_t nr);

/**
 * gcv_anchor_next() - the next place where an anchor stands
 * @set: the anchors
 * @buf: bytes to search
 * @len: how many
 * @pos: where to begin
 *
 * Return: offset of the first anchor that begins at @pos or later; @len where there is none.
 */
size_t gcv_anchor_next(const struct gcv_anchor_set *set, const char *buf, size_t len, size_t pos);

/**
 * gcv_anchor_release() - free the anchors
 * @set: the anchors; a zeroed set is allowed
 */
void gcv_anchor_release(struct gcv_anchor_set *set);

#endif
