// SPDX-License-Identifier: GPL-2.0-only
#include "tree/anchor.h"
#include "base/alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Four vectors of 16 bytes: what every 64-bit machine can do, compared without a branch. */
#define BLOCK 64
typedef uint8_t vec __attribute__((vector_size(16)));
typedef uint64_t lanes __attribute__((vector_size(16)));

/* For each place of a block: 0, or 255 where an anchor may begin. */
union places {
	vec v[BLOCK / 16];
	uint8_t byte[BLOCK];
};

/* Bytes of kernel source from the most to the least frequent; what is not listed is rarest. */
static const char by_frequency[] =
	" \t\nerti_sndacolpu0m,;f()g*hb->/v=.1xykw2\"#:IRETSADCNOMP&<LF\\%";

static unsigned int frequency(char c)
{
	const char *at = c ? strchr(by_frequency, c) : NULL;

	return at ? (unsigned int)(at - by_frequency) : (unsigned int)sizeof(by_frequency);
}

static void find_rare(struct gcv_anchor *anchor)
{
	uint8_t first = 0, second, i;

	for (i = 1; i < anchor->len; i++)
		if (frequency(anchor->text[i]) > frequency(anchor->text[first]))
			first = i;
	second = first ? 0 : anchor->len > 1;
	for (i = 0; i < anchor->len; i++)
		if (i != first && frequency(anchor->text[i]) > frequency(anchor->text[second]))
			second = i;
	anchor->rare[0] = first;
	anchor->rare[1] = second;
}

/*
 * Short anchors turn up by chance, and each costs a pass over the text: weigh the number of names
 * that one serves by its length. A name shorter than three bytes can only be its own anchor.
 */
static unsigned long weight(uint32_t nr_served, size_t len)
{
	static const unsigned int by_len[GCV_ANCHOR_BYTES_MAX + 1] = { 0,  1,  2,  8, 16,
								       24, 26, 27, 28 };

	return (unsigned long)nr_served * by_len[len];
}

static uint32_t count_served(const char *const *names, const bool *served, uint32_t nr,
			     const char *text, size_t len)
{
	char part[GCV_ANCHOR_BYTES_MAX + 1] = { 0 };
	uint32_t i, count = 0;

	memcpy(part, text, len);
	for (i = 0; i < nr; i++)
		count += !served[i] && strstr(names[i], part);
	return count;
}

/*
 * The best anchor for @name by what it does for the other names. Candidates are the substrings of
 * one name that still has none, so the work is bounded by its length, not by all names'.
 */
static struct gcv_anchor best_for(const char *const *names, const bool *served, uint32_t nr,
				  const char *name)
{
	struct gcv_anchor best = { 0 };
	unsigned long best_weight = 0;
	size_t name_len = strlen(name), at, len;

	for (at = 0; at < name_len; at++) {
		for (len = 1; len <= GCV_ANCHOR_BYTES_MAX && at + len <= name_len; len++) {
			unsigned long w;

			if (len < 3 && name_len >= 3)
				continue;
			w = weight(count_served(names, served, nr, name + at, len), len);
			if (w <= best_weight)
				continue;
			best_weight = w;
			memcpy(best.text, name + at, len);
			best.len = (uint8_t)len;
		}
	}
	return best;
}

void gcv_anchor_choose(struct gcv_anchor_set *ret, const char *const *names, uint32_t nr)
{
	GCV_AUTOFREE bool *served = gcv_zalloc(nr, sizeof(*served));
	struct gcv_anchor_set set = { 0 };
	uint32_t i, k, cap = 0;

	for (i = 0; i < nr; i++) {
		struct gcv_anchor anchor;
		char part[GCV_ANCHOR_BYTES_MAX + 1] = { 0 };

		if (served[i])
			continue;
		anchor = best_for(names, served, nr, names[i]);
		find_rare(&anchor);
		memcpy(part, anchor.text, anchor.len);
		for (k = i; k < nr; k++)
			served[k] = served[k] || strstr(names[k], part);
		GCV_GROW(set.anchors, set.nr, cap);
		set.anchors[set.nr++] = anchor;
	}
	*ret = set;
}

static bool anchor_at(const struct gcv_anchor_set *set, const char *buf, size_t len, size_t pos)
{
	uint32_t i;

	for (i = 0; i < set->nr; i++) {
		const struct gcv_anchor *anchor = &set->anchors[i];

		if (len - pos >= anchor->len && !memcmp(buf + pos, anchor->text, anchor->len))
			return true;
	}
	return false;
}

static vec load(const char *at)
{
	vec v;

	memcpy(&v, at, sizeof(v));
	return v;
}

/*
 * Mark in @hit where both rare bytes of an anchor stand, for the BLOCK places from @at on.
 * Reads up to GCV_ANCHOR_BYTES_MAX bytes behind the block. Return: is there any?
 */
static bool block_hits(const struct gcv_anchor_set *set, const char *at, union places *hit)
{
	lanes any;
	uint32_t i;
	int v;

	*hit = (union places){ 0 };
	for (i = 0; i < set->nr; i++) {
		const struct gcv_anchor *anchor = &set->anchors[i];
		const char *a = at + anchor->rare[0], *b = at + anchor->rare[1];
		const vec want_a = (vec){ 0 } + (uint8_t)anchor->text[anchor->rare[0]];
		const vec want_b = (vec){ 0 } + (uint8_t)anchor->text[anchor->rare[1]];

		for (v = 0; v < BLOCK / 16; v++)
			hit->v[v] |= (vec)(load(a + 16 * v) == want_a) &
				     (vec)(load(b + 16 * v) == want_b);
	}
	any = (lanes)(hit->v[0] | hit->v[1] | hit->v[2] | hit->v[3]);
	return any[0] | any[1];
}

size_t gcv_anchor_next(const struct gcv_anchor_set *set, const char *buf, size_t len, size_t pos)
{
	union places hit;
	size_t i;

	for (; len - pos >= BLOCK + GCV_ANCHOR_BYTES_MAX; pos += BLOCK) {
		if (!block_hits(set, buf + pos, &hit))
			continue;
		for (i = 0; i < BLOCK; i++)
			if (hit.byte[i] && anchor_at(set, buf, len, pos + i))
				return pos + i;
	}
	for (; pos < len; pos++)
		if (anchor_at(set, buf, len, pos))
			return pos;
	return len;
}

void gcv_anchor_release(struct gcv_anchor_set *set)
{
	free(set->anchors);
	*set = (struct gcv_anchor_set){ 0 };
}
