// SPDX-License-Identifier: GPL-2.0-only
/*
 * A part of a scan. Every machine that has the tree splits the candidates in the same way; what
 * needs all of them (headers that nobody includes, files that the flow asks for, the ledger) is
 * left to the scan that goes on from the parts.
 */
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

/** HEADERS_COST - reading the common headers, in bytes of main file that take as long */
#define HEADERS_COST 60000

/**
 * struct share - what goes to one part as a whole: a file, or all files of a small environment
 * @files: numbers of the files
 * @nr: how many
 * @cost: in bytes
 */
struct share {
	uint32_t *files;
	uint32_t nr, cap;
	uint64_t cost;
};

/** struct split - the splitting at work */
struct split {
	struct gcv_scan_state *s;
	struct share *shares;
	uint32_t nr, cap;
};

bool gcv_scan_is_elsewhere(const struct gcv_scan_state *s, const struct gcv_scan_file *file)
{
	return s->elsewhere && s->elsewhere[file - s->files];
}

struct gcv_hash gcv_scan_split_hash(const struct gcv_scan_state *s)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	uint32_t i;

	gcv_strbuf_addstr(&key, s->options->tool);
	gcv_strbuf_addch(&key, '\0');
	gcv_strbuf_addstr(&key, s->options->archs ? s->options->archs : "");
	gcv_strbuf_addch(&key, '\0');
	gcv_strbuf_add(&key, (const char *)s->names_hash.b, sizeof(s->names_hash.b));
	for (i = 0; i < s->nr_candidates; i++) {
		const struct gcv_scan_file *file = &s->files[i];
		struct gcv_hash flags;

		gcv_strbuf_add(&key, file->walk->path, strlen(file->walk->path) + 1);
		gcv_strbuf_add(&key, (const char *)file->hash.b, sizeof(file->hash.b));
		if (gcv_scan_command_hash((struct gcv_scan_state *)s, file->walk->path, &flags))
			gcv_strbuf_add(&key, (const char *)flags.b, sizeof(flags.b));
	}
	return gcv_hash_bytes(key.buf, key.len);
}

static void add_to(struct split *split, uint32_t share, uint32_t file)
{
	struct share *at;

	while (share >= split->nr) {
		GCV_GROW(split->shares, split->nr, split->cap);
		split->shares[split->nr++] = (struct share){ 0 };
	}
	at = &split->shares[share];
	GCV_GROW(at->files, at->nr, at->cap);
	at->files[at->nr++] = file;
	at->cost += split->s->files[file].walk->size_bytes + HEADERS_COST;
}

static uint64_t cost_of(const struct split *split, const struct gcv_scan_env *env)
{
	uint64_t cost = 0;
	uint32_t i;

	for (i = 0; i < split->s->nr_candidates; i++)
		if (!env || split->s->files[i].env == env)
			cost += split->s->files[i].env
					? split->s->files[i].walk->size_bytes + HEADERS_COST
					: 0;
	return cost;
}

/*
 * Files of an architecture that is a small part of all stay together, since they share a
 * precompiled header; large ones go one by one.
 */
static void make_shares(struct split *split)
{
	struct gcv_scan_state *s = split->s;
	uint64_t fair = cost_of(split, NULL) / s->options->shard.total;
	uint32_t e, i, first;

	for (e = 0; e < s->nr_envs; e++) {
		bool is_whole = cost_of(split, s->envs[e]) <= fair / 2;

		first = split->nr;
		for (i = 0; i < s->nr_candidates; i++)
			if (s->files[i].env == s->envs[e])
				add_to(split, is_whole ? first : split->nr, i);
	}
}

static int costly_first(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? 1 : -1;
	return (x->files[0] > y->files[0]) - (x->files[0] < y->files[0]);
}

/* The costliest first, each to the part that has least. */
static void assign(struct split *split)
{
	struct gcv_scan_state *s = split->s;
	const struct gcv_scan_shard *shard = &s->options->shard;
	GCV_AUTOFREE uint64_t *loads = gcv_zalloc(shard->total, sizeof(*loads));
	uint32_t i, k, least;

	if (split->nr)
		qsort(split->shares, split->nr, sizeof(*split->shares), costly_first);
	for (i = 0; i < split->nr; i++) {
		for (k = 1, least = 0; k < shard->total; k++)
			if (loads[k] < loads[least])
				least = k;
		loads[least] += split->shares[i].cost;
		for (k = 0; k < split->shares[i].nr; k++)
			s->elsewhere[split->shares[i].files[k]] = least + 1 != shard->number;
	}
}

enum gcv_status gcv_scan_shard_split(struct gcv_scan_state *s, struct gcv_err *err)
{
	struct split split = { .s = s };
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < s->nr_candidates && st == GCV_OK; i++)
		if (gcv_scan_is_source(s, &s->files[i]))
			st = gcv_scan_choose_env(s, &s->files[i], err);
	if (st != GCV_OK)
		return st;
	s->elsewhere = gcv_zalloc(s->nr_candidates + 1, sizeof(*s->elsewhere));
	make_shares(&split);
	assign(&split);
	for (i = 0; i < split.nr; i++)
		free(split.shares[i].files);
	free(split.shares);
	return GCV_OK;
}
