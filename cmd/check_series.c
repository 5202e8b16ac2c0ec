// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/check_series.h"

#include "cmd/analyse.h"
#include "cmd/place.h"
#include "db/results.h"
#include "db/store.h"
#include "edit/patch_apply.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** MAX_BYTES - the largest file of mails, in bytes */
#define MAX_BYTES ((size_t)256 << 20)

static enum gcv_status read_mails(struct gcv_check_series *s, const char *path, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum gcv_status st;

	if (fd < 0)
		return gcv_err_sys(err, "cannot open %s", path);
	st = gcv_strbuf_read_fd(&text, fd, MAX_BYTES, path, err);
	close(fd);
	if (st != GCV_OK || !text.len)
		return st;
	return gcv_patches_read(&s->patches, path, text.buf, text.len, err);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* By name: 0001-….patch comes first. */
static enum gcv_status read_folder(struct gcv_check_series *s, const char *path,
				   struct gcv_err *err)
{
	struct dirent **list = NULL;
	int nr = scandir(path, &list, is_visible, alphasort), i;
	enum gcv_status st = GCV_OK;

	if (nr < 0)
		return gcv_err_sys(err, "cannot read %s", path);
	for (i = 0; i < nr; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf file = { 0 };
		struct stat stat_buf;

		gcv_strbuf_addf(&file, "%s/%s", path, list[i]->d_name);
		free(list[i]);
		if (st == GCV_OK && stat(file.buf, &stat_buf) == 0 && S_ISREG(stat_buf.st_mode))
			st = read_mails(s, file.buf, err);
	}
	free(list);
	return st;
}

static enum gcv_status read_series(struct gcv_check_series *s, const struct gcv_cli *cli,
				   struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	const char *path, *first = NULL;
	size_t pos = 0;

	while (st == GCV_OK && (path = gcv_cli_next_value(cli, "series", &pos))) {
		struct stat stat_buf;

		first = first ? first : path;
		if (stat(path, &stat_buf) == 0 && S_ISDIR(stat_buf.st_mode))
			st = read_folder(s, path, err);
		else
			st = read_mails(s, path, err);
	}
	if (st != GCV_OK)
		return st;
	if (!s->patches.nr)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s: there is no patch in it", first);
	gcv_patches_sort(&s->patches);
	return GCV_OK;
}

/* What was found in the text is only worth something while it is that text. */
static enum gcv_status check_hash(struct gcv_db *db, const char *path, const struct gcv_strbuf *now,
				  struct gcv_err *err)
{
	struct gcv_hash then = { 0 }, hash = gcv_hash_bytes(now->buf ? now->buf : "", now->len);
	bool found = false;
	enum gcv_status st = gcv_db_file_hash(db, NULL, path, then.b, &found, err);

	if (st == GCV_OK && found && !gcv_hash_equal(&hash, &then))
		return gcv_err_set(err, GCV_ERR_IO,
				   "%s has changed since the scan: run 'gupconv scan' again", path);
	return st;
}

static enum gcv_status open_file(struct gcv_check_series *s, struct gcv_db *db, const char *path,
				 struct gcv_patched_file **ret, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	enum gcv_status st;
	uint32_t i;

	for (i = 0; i < s->audit.nr_files; i++)
		if (strcmp(s->files[i].path, path) == 0) {
			*ret = &s->files[i];
			return GCV_OK;
		}
	st = gcv_tree_read(&s->tree, path, &text, err);
	/* One that the series makes, or one that this tree does not have. */
	if (st == GCV_OK)
		st = check_hash(db, path, &text, err);
	else if (st == GCV_ERR_NOT_FOUND)
		st = GCV_OK;
	if (st != GCV_OK)
		return st;
	GCV_GROW(s->files, s->audit.nr_files, s->cap_files);
	*ret = &s->files[s->audit.nr_files++];
	gcv_patched_init(*ret, gcv_arena_strdup(&s->arena, path),
			 gcv_arena_strndup(&s->arena, text.buf ? text.buf : "", text.len),
			 text.len);
	return GCV_OK;
}

static enum gcv_status apply_file(struct gcv_check_series *s, struct gcv_db *db, uint32_t patch,
				  const struct gcv_patch_file *from, struct gcv_err *err)
{
	struct gcv_patched_file *file = NULL;
	enum gcv_status st = open_file(s, db, from->path, &file, err);
	int64_t drift = 0;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < from->nr_hunks; i++) {
		bool is_missing = !file->nr_lines;

		GCV_GROW(s->hunks, s->audit.nr_hunks, s->cap_hunks);
		s->hunks[s->audit.nr_hunks++] = (struct gcv_audit_hunk){
			.patch = patch,
			.path = file->path,
			.hunk = &from->hunks[i],
			.is_missing = is_missing,
			.fit = gcv_patched_apply(file, &from->hunks[i], patch, &drift),
		};
	}
	return st;
}

static enum gcv_status apply(struct gcv_check_series *s, struct gcv_db *db, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	for (i = 0; i < s->patches.nr; i++)
		for (k = 0; st == GCV_OK && k < s->patches.list[i].nr_files; k++)
			st = apply_file(s, db, i, &s->patches.list[i].files[k], err);
	return st;
}

static enum gcv_verdict find_verdict(const char *name)
{
	enum gcv_verdict verdict = 0;

	while (verdict < GCV_VERDICTS && strcmp(gcv_verdict_name(verdict), name) != 0)
		verdict++;
	return verdict;
}

static enum gcv_provenance find_provenance(const char *name)
{
	enum gcv_provenance provenance = 0;

	while (provenance < GCV_PROVENANCES && strcmp(gcv_provenance_name(provenance), name) != 0)
		provenance++;
	return provenance;
}

static void take_result(struct gcv_arena *arena, const struct gcv_result *result,
			struct gcv_audit_site *site)
{
	struct gcv_result_reason *reasons =
		gcv_arena_alloc(arena, sizeof(*reasons) * (result->nr_reasons + 1));
	uint32_t *partners = gcv_arena_alloc(arena, sizeof(*partners) * (result->nr_partners + 1));
	uint32_t i;

	for (i = 0; i < result->nr_reasons; i++)
		reasons[i] = (struct gcv_result_reason){
			.code = gcv_arena_strdup(arena, result->reasons[i].code),
			.text = gcv_arena_strdup(arena, result->reasons[i].text),
			.file = gcv_arena_strdup(arena, result->reasons[i].file),
			.line = result->reasons[i].line,
		};
	if (result->nr_partners)
		memcpy(partners, result->partners, sizeof(*partners) * result->nr_partners);
	site->verdict = find_verdict(result->verdict);
	site->provenance = find_provenance(result->provenance);
	site->reasons = reasons;
	site->nr_reasons = result->nr_reasons;
	site->partners = partners;
	site->nr_partners = result->nr_partners;
}

/* All of them, homonyms too: partners go by the number of the site. */
static enum gcv_status take_site(void *data, const struct gcv_site *row, struct gcv_err *err)
{
	struct gcv_check_series *s = data;
	struct gcv_audit_site *site;

	(void)err;
	GCV_GROW(s->sites, s->audit.nr_sites, s->cap_sites);
	site = &s->sites[s->audit.nr_sites++];
	*site = (struct gcv_audit_site){
		.id = gcv_arena_strdup(&s->arena, row->id),
		.file = gcv_arena_strdup(&s->arena, row->file),
		.function = gcv_arena_strdup(&s->arena, row->function),
		.api = gcv_arena_strdup(&s->arena, row->api),
		.offset = row->offset,
		.line = row->line,
		.column = row->column,
		.is_acquire = strcmp(row->role, "acquire") == 0,
		.is_homonym = row->homonym,
		.verdict = GCV_VERDICTS,
		.provenance = GCV_PROVENANCES,
	};
	site->name = *row->macro ? gcv_arena_strdup(&s->arena, row->macro) : site->api;
	if (row->result)
		take_result(&s->arena, row->result, site);
	return GCV_OK;
}

/* Those of the scan are for the conversion that the tree is ready for, which may be another one. */
static enum gcv_status make_results(struct gcv_check_series *s, const struct gcv_cli *cli,
				    struct gcv_db **db, struct gcv_err *err)
{
	const char *conversion = s->audit.conversion->name;
	GCV_AUTOFREE char *path = NULL;
	bool has_results = false;
	enum gcv_status st = gcv_db_has_results(*db, NULL, conversion, &has_results, err);

	if (st != GCV_OK || has_results)
		return st;
	gcv_db_close(*db);
	*db = NULL;
	st = gcv_database_path(cli, &s->tree, false, &path, err);
	if (st == GCV_OK)
		st = gcv_db_open(path, GCV_DB_WRITE, db, err);
	if (st == GCV_OK)
		st = gcv_analyse_stored(*db, NULL, &s->tree, &s->api, conversion, err);
	return st;
}

static enum gcv_status load_sites(struct gcv_check_series *s, const struct gcv_cli *cli,
				  struct gcv_db **db, struct gcv_err *err)
{
	struct gcv_site_filter filter = { 0 };
	enum gcv_status st = GCV_OK;

	if (s->audit.conversion) {
		filter.conversion = s->audit.conversion->name;
		st = make_results(s, cli, db, err);
	}
	if (st == GCV_OK)
		st = gcv_db_sites(*db, NULL, &filter, take_site, s, err);
	return st;
}

static enum gcv_status run(struct gcv_check_series *s, const struct gcv_cli *cli,
			   struct gcv_db **db, struct gcv_findings *findings, struct gcv_err *err)
{
	enum gcv_status st = read_series(s, cli, err);

	if (st == GCV_OK)
		st = gcv_open_tree(cli, &s->tree, err);
	if (st == GCV_OK)
		st = gcv_api_load(&s->api, err);
	if (st == GCV_OK)
		st = apply(s, *db, err);
	if (st != GCV_OK)
		return st;
	s->audit.conversion = gcv_audit_conversion(s->files, s->audit.nr_files, &s->api);
	st = load_sites(s, cli, db, err);
	if (st != GCV_OK)
		return st;
	s->audit.patches = &s->patches;
	s->audit.files = s->files;
	s->audit.hunks = s->hunks;
	s->audit.sites = s->sites;
	s->audit.api = &s->api;
	gcv_audit_run(&s->audit, findings);
	return GCV_OK;
}

enum gcv_status gcv_check_series_run(const struct gcv_cli *cli, struct gcv_db **db,
				     struct gcv_findings *findings, struct gcv_check_series **ret,
				     struct gcv_err *err)
{
	struct gcv_check_series *s = gcv_zalloc(1, sizeof(*s));
	enum gcv_status st;

	s->tree.fd = -1;
	st = run(s, cli, db, findings, err);
	if (st == GCV_OK)
		*ret = s;
	else
		gcv_check_series_free(s);
	return st;
}

void gcv_check_series_free(struct gcv_check_series *s)
{
	uint32_t i;

	if (!s)
		return;
	for (i = 0; i < s->audit.nr_files; i++)
		gcv_patched_release(&s->files[i]);
	free(s->files);
	free(s->hunks);
	free(s->sites);
	gcv_patches_release(&s->patches);
	gcv_api_release(&s->api);
	if (s->tree.root)
		gcv_tree_release(&s->tree);
	gcv_arena_release(&s->arena);
	free(s);
}
