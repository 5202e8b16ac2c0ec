// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/analysis_key.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "flow/program_links.h"
#include "parse/wire.h"
#include "report/ignores.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** LARGEST - bytes of a program or a table at most */
#define LARGEST ((size_t)1 << 30)

static bool hash_file(const char *path, struct gcv_hash *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf bytes = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct gcv_err ignored;
	bool is_read;

	if (fd < 0)
		return false;
	is_read = gcv_strbuf_read_fd(&bytes, fd, LARGEST, path, &ignored) == GCV_OK;
	close(fd);
	if (is_read)
		*ret = gcv_hash_bytes(bytes.buf ? bytes.buf : "", bytes.len);
	return is_read;
}

void gcv_analysis_basis_init(struct gcv_analysis_basis *basis)
{
	basis->is_known = hash_file("/proc/self/exe", &basis->hash);
}

void gcv_analysis_basis_add(struct gcv_analysis_basis *basis, const char *path)
{
	struct gcv_hash both[2] = { basis->hash };

	basis->is_known = basis->is_known && hash_file(path, &both[1]);
	basis->hash = gcv_hash_bytes(both, sizeof(both));
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

bool gcv_analysis_key(const struct gcv_analysis_basis *basis, const struct gcv_scan *scan,
		      const int64_t *units, uint32_t nr_units, struct gcv_hash *ret_key)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_AUTOFREE int64_t *sorted = NULL;
	uint32_t i;

	if (!basis->is_known)
		return false;
	sorted = gcv_zalloc(nr_units + 1, sizeof(*sorted));
	if (nr_units) {
		memcpy(sorted, units, sizeof(*sorted) * nr_units);
		qsort(sorted, nr_units, sizeof(*sorted), by_number);
	}
	gcv_strbuf_add(&text, basis->hash.b, sizeof(basis->hash.b));
	gcv_strbuf_addf(&text, " %" PRIu64 " %u", scan->walk.digest, scan->sums.units_failed);
	for (i = 0; i < nr_units; i++)
		if (!i || sorted[i] != sorted[i - 1])
			gcv_strbuf_addf(&text, " %lld", (long long)sorted[i]);
	*ret_key = gcv_hash_bytes(text.buf, text.len);
	return true;
}

static void put_hash(struct gcv_strbuf *out, const struct gcv_hash *hash)
{
	gcv_strbuf_add(out, hash->b, sizeof(hash->b));
}

static void put_decl(struct gcv_strbuf *out, const struct gcv_era_decl *decl, bool has_places)
{
	struct gcv_arena arena = { 0 };

	gcv_wire_put_uint(out, decl != NULL);
	if (!decl)
		return;
	gcv_wire_put_str(out, gcv_era_prototype(&arena, decl));
	gcv_wire_put_uint(out, decl->is_variadic | decl->is_inline << 1 | decl->is_macro << 2);
	if (has_places) {
		gcv_wire_put_str(out, decl->file);
		gcv_wire_put_uint(out, decl->line);
	}
	gcv_arena_release(&arena);
}

static void put_era(struct gcv_strbuf *out, const struct gcv_era *era, bool has_places)
{
	size_t i;

	for (i = 0; i < era->nr_entries; i++) {
		const struct gcv_era_entry *entry = &era->entries[i];

		gcv_wire_put_str(out, entry->function->name);
		gcv_wire_put_uint(out, entry->state);
		gcv_wire_put_uint(out, entry->differs);
		put_decl(out, entry->decl, has_places);
	}
	for (i = 0; i < era->nr_unknown; i++)
		put_decl(out, era->unknown[i].decl, has_places);
	for (i = 0; i < era->nr_flags; i++) {
		const struct gcv_era_constant *constant = era->flags[i].constant;

		gcv_wire_put_str(out, constant ? constant->name : era->flags[i].flag->name);
		gcv_wire_put_uint(out, constant != NULL);
		gcv_wire_put_int(out, constant ? constant->value : 0);
	}
}

static void put_sites(struct gcv_strbuf *out, const struct gcv_program_facts *facts)
{
	uint32_t i, k;

	gcv_wire_put_uint(out, facts->nr_sites);
	for (i = 0; i < facts->nr_sites; i++) {
		const struct gcv_program_site *site = &facts->sites[i];

		gcv_wire_put_str(out, site->id);
		gcv_wire_put_str(out, site->role);
		gcv_wire_put_str(out, site->file);
		gcv_wire_put_str(out, site->function);
		gcv_wire_put_str(out, site->api);
		gcv_wire_put_uint(out, site->homonym);
		gcv_wire_put_uint(out, site->nr_calls);
		for (k = 0; k < site->nr_calls; k++) {
			gcv_wire_put_uint(out, site->calls[k]);
			gcv_wire_put_uint(out, site->offsets[k] -
						       facts->functions[site->calls[k]].begin);
		}
	}
}

enum gcv_status gcv_analysis_question(const struct gcv_analysis_basis *basis,
				      const struct gcv_era *era, struct gcv_program *program,
				      struct gcv_hash *ret_key, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const struct gcv_program_facts *facts = &program->facts;
	enum gcv_status st;
	uint32_t i;

	put_hash(&text, &basis->hash);
	put_era(&text, era, false);
	gcv_wire_put_uint(&text, facts->nr_functions);
	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		gcv_wire_put_uint(&text, fn->kind);
		gcv_wire_put_str(&text, fn->name);
		gcv_wire_put_str(&text, fn->file);
		gcv_wire_put_str(&text, fn->type);
		gcv_wire_put_uint(&text, fn->linkage);
		gcv_wire_put_uint(&text, fn->from_macro | fn->has_error << 1);
		put_hash(&text, &fn->body_hash);
	}
	gcv_wire_put_uint(&text, facts->nr_addresses);
	for (i = 0; i < facts->nr_addresses; i++) {
		gcv_wire_put_uint(&text, facts->addresses[i].in);
		gcv_wire_put_str(&text, facts->addresses[i].function);
		gcv_wire_put_str(&text, facts->addresses[i].field);
	}
	put_sites(&text, facts);
	st = gcv_program_links(program, &text, err);
	if (st == GCV_OK)
		*ret_key = gcv_hash_bytes(text.buf, text.len);
	return st;
}

/* The text of a file in which there is a definition that ends at @end, which is the last one. */
static bool put_text(struct gcv_strbuf *out, const struct gcv_tree *tree, const char *path,
		     uint32_t end, struct gcv_strbuf *text)
{
	struct gcv_err ignored;
	struct gcv_hash hash;
	size_t len = end;

	gcv_strbuf_clear(text);
	if (gcv_tree_read(tree, path, text, &ignored) != GCV_OK || !text->len)
		return false;
	if (len > text->len ||
	    memmem(text->buf + len, text->len - len, GCV_IGNORES_MARK, strlen(GCV_IGNORES_MARK)))
		len = text->len;
	hash = gcv_hash_bytes(text->buf, len);
	put_hash(out, &hash);
	return true;
}

/* Functions stand by file. */
static bool put_texts(struct gcv_strbuf *out, const struct gcv_program_facts *facts,
		      const struct gcv_tree *tree)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	bool is_read = true;
	uint32_t i, end = 0;

	for (i = 0; i < facts->nr_functions && is_read; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		end = fn->end > end ? fn->end : end;
		if (i + 1 < facts->nr_functions && strcmp(fn[1].file, fn->file) == 0)
			continue;
		is_read = put_text(out, tree, fn->file, end, &text);
		end = 0;
	}
	return is_read;
}

enum gcv_status gcv_analysis_facts(const struct gcv_analysis_basis *basis,
				   const struct gcv_scan *scan, struct gcv_program *program,
				   const struct gcv_tree *tree, struct gcv_hash *ret_key,
				   bool *ret_known, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const struct gcv_program_facts *facts = &program->facts;
	enum gcv_status st;
	bool is_known;
	uint32_t i;

	put_hash(&text, &basis->hash);
	put_era(&text, &scan->era, true);
	gcv_wire_put_uint(&text, scan->sums.units_failed);
	gcv_wire_put_uint(&text, scan->nr_demanded);
	for (i = 0; i < scan->nr_demanded; i++) {
		gcv_wire_put_str(&text, scan->demanded[i].path);
		gcv_wire_put_str(&text, scan->demanded[i].reason);
	}
	gcv_wire_put_uint(&text, facts->nr_functions);
	for (i = 0; i < facts->nr_functions; i++) {
		gcv_wire_put_str(&text, facts->functions[i].file);
		put_hash(&text, &facts->functions[i].content);
	}
	is_known = put_texts(&text, facts, tree);
	st = gcv_program_links(program, &text, err);
	if (st != GCV_OK)
		return st;
	*ret_key = gcv_hash_bytes(text.buf, text.len);
	*ret_known = is_known;
	return GCV_OK;
}
