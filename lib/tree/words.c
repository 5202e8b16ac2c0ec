// SPDX-License-Identifier: GPL-2.0-only
#include "tree/words.h"

#include <endian.h>
#include <string.h>

/** BYTES_PER_CELL - so much text has one cell; some twelve different identifiers share three */
#define BYTES_PER_CELL 128

/* Bytes of a text that are looked at together: a bit of a number each. */
#define BLOCK 64
typedef uint8_t vec __attribute__((vector_size(16)));
typedef uint64_t lanes __attribute__((vector_size(16)));

/* In a number of eight bytes of 0 or 255: a bit of each, and how to move them into the top byte. */
#define BIT_OF_EACH 0x8040201008040201u
#define TO_TOP_BYTE 0x0101010101010101u

/* An identifier sets four bits of one cell. */
struct gcv_words {
	uint32_t nr_cells;
	uint64_t cells[];
};

static uint64_t load(const char *at, size_t len)
{
	uint64_t value = 0;

	memcpy(&value, at, len);
	return le64toh(value);
}

/* @head: the first eight bytes, or all and zeros; @tail: the last eight, or zero. */
static uint64_t mix(uint64_t head, uint64_t tail, size_t len)
{
	uint64_t h = (head ^ (tail * 0x9e3779b97f4a7c15u)) + len;

	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	return h * 0xd6e8feb86659fd93u;
}

uint64_t gcv_words_hash(const char *name, size_t len)
{
	if (len < 8)
		return mix(load(name, len), 0, len);
	return mix(load(name, 8), load(name + len - 8, 8), len);
}

static uint32_t cell_of(const struct gcv_words *words, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * words->nr_cells >> 32);
}

static uint64_t bits_of(uint64_t hash)
{
	return (uint64_t)1 << (hash & 63) | (uint64_t)1 << (hash >> 6 & 63) |
	       (uint64_t)1 << (hash >> 12 & 63) | (uint64_t)1 << (hash >> 18 & 63);
}

bool gcv_words_may_have(const struct gcv_words *words, uint64_t hash)
{
	return !(bits_of(hash) & ~words->cells[cell_of(words, hash)]);
}

/* Which bytes of a block belong to identifiers: 255 each. */
static vec word_bytes(const char *at)
{
	vec v, lower;

	memcpy(&v, at, sizeof(v));
	lower = v | 0x20;
	return (vec)(lower - 'a' < 26) | (vec)(v - '0' < 10) | (vec)(v == '_');
}

/* The same as 64 bits, the first byte being the lowest; @at has BLOCK bytes. */
static uint64_t word_bits(const char *at)
{
	uint64_t bits = 0;
	unsigned int i, k;

	for (i = 0; i < BLOCK / 16; i++) {
		lanes v = (lanes)word_bytes(at + 16 * i);

		for (k = 0; k < 2; k++)
			bits |= ((le64toh(v[k]) & BIT_OF_EACH) * TO_TOP_BYTE >> 56)
				<< (16 * i + 8 * k);
	}
	return bits;
}

/**
 * struct maker - the making
 * @words: what is made
 * @buf: the text
 * @len: its length
 * @start: where the identifier begins that a block ends with
 * @inside: there is one
 */
struct maker {
	struct gcv_words *words;
	const char *buf;
	size_t len, start;
	bool inside;
};

static void add(struct maker *m, size_t start, size_t end)
{
	size_t len = end - start;
	uint64_t hash;

	if (len < 8 && m->len - start >= 8)
		hash = mix(load(m->buf + start, 8) & (((uint64_t)1 << 8 * len) - 1), 0, len);
	else
		hash = gcv_words_hash(m->buf + start, len);
	m->words->cells[cell_of(m->words, hash)] |= bits_of(hash);
}

/* @at: offset of the block that @bits are of */
static void add_block(struct maker *m, size_t at, uint64_t bits)
{
	uint64_t edges = bits ^ (bits << 1 | m->inside);

	while (edges) {
		size_t edge = at + (size_t)__builtin_ctzll(edges);

		edges &= edges - 1;
		if (m->inside)
			add(m, m->start, edge);
		m->start = edge;
		m->inside = !m->inside;
	}
}

const struct gcv_words *gcv_words_new(const char *buf, size_t len, struct gcv_arena *arena)
{
	uint32_t nr_cells = (uint32_t)(len / BYTES_PER_CELL + 1);
	struct maker m = { .buf = buf, .len = len };
	char last[BLOCK] = { 0 };
	size_t at;

	m.words = gcv_arena_alloc(arena, sizeof(*m.words) + nr_cells * sizeof(m.words->cells[0]));
	m.words->nr_cells = nr_cells;
	for (at = 0; len - at >= BLOCK; at += BLOCK)
		add_block(&m, at, word_bits(buf + at));
	memcpy(last, buf + at, len - at);
	/* Zeros end the last identifier. */
	add_block(&m, at, word_bits(last));
	return m.words;
}
