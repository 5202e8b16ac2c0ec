// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_git.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/terminal.h"
#include "db/faults.h"
#include "cmd/scan_watch.h"
#include "revision/change.h"
#include "revision/checkout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct walk - revisions on the way into the database
 * @session: the session
 * @arena: owns what lives as long as the walk
 * @repository: where they are from
 * @revisions: the revisions, the oldest first, with the labels of their snapshots
 * @nr: how many
 * @snapshots: what the database had when the walk began, the oldest first
 * @nr_snapshots: how many
 * @cap_snapshots: their room
 * @checkout: the folder
 * @before: label of the snapshot before
 * @tree: the folder as a tree, as long as @scan lasts
 * @scan: the scan of the revision before
 * @read: paths that were read in it
 * @held: its revision; NULL: there is none
 * @is_partial: something was not analysed
 */
struct walk {
	struct gcv_scan_session *session;
	struct gcv_arena arena;
	struct gcv_repository *repository;
	struct gcv_revision *revisions;
	uint32_t nr;
	struct gcv_snapshot_row *snapshots;
	uint32_t nr_snapshots, cap_snapshots;
	struct gcv_checkout checkout;
	const char *before;
	struct gcv_tree tree;
	struct gcv_scan_tree scan;
	struct gcv_intern read;
	const struct gcv_revision *held;
	bool is_partial;
};

/* 0 is every one that has a tag. */
static enum gcv_status read_every(const struct gcv_cli *cli, uint32_t *ret, struct gcv_err *err)
{
	const char *text = gcv_cli_value(cli, "every");
	size_t digits = text ? strspn(text, "0123456789") : 0;

	if (!text || strcmp(text, "tag") == 0) {
		*ret = 0;
		return GCV_OK;
	}
	if (!digits || digits > 9 || text[digits] || !strtoul(text, NULL, 10))
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "--every: '%.60s' is neither 'tag' nor a number above 0", text);
	*ret = (uint32_t)strtoul(text, NULL, 10);
	return GCV_OK;
}

static enum gcv_status check_options(const struct gcv_cli *cli, struct gcv_err *err)
{
	static const char *const others[] = { "label", "compile-commands" };
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (gcv_cli_given(cli, others[i]))
			return gcv_err_set(err, GCV_ERR_USAGE,
					   "--%s is for one tree and does not go with --git",
					   others[i]);
	return GCV_OK;
}

static enum gcv_status read_range(struct walk *w, struct gcv_err *err)
{
	const struct gcv_cli *cli = w->session->cli;
	const char *path = gcv_cli_value(cli, "tree");
	uint32_t every = 0, i;
	enum gcv_status st = check_options(cli, err);

	if (st == GCV_OK)
		st = read_every(cli, &every, err);
	if (st == GCV_OK)
		st = gcv_repository_open(path ? path : ".", !path, &w->repository, err);
	if (st == GCV_OK)
		st = gcv_repository_range(w->repository, gcv_cli_value(cli, "git"), every,
					  &w->arena, &w->revisions, &w->nr, err);
	for (i = 0; st == GCV_OK && i < w->nr; i++)
		w->revisions[i].label = gcv_scan_label(cli, w->revisions[i].label, &w->arena);
	return st;
}

/* The place of a plain scan's database; a repository without a work tree has no such place. */
static enum gcv_status database_path(struct walk *w, char **ret, struct gcv_err *err)
{
	const char *root = gcv_repository_work_tree(w->repository);
	struct gcv_tree tree = { .root = (char *)root };

	if (!root && !gcv_cli_given(w->session->cli, "db"))
		return gcv_err_set(
			err, GCV_ERR_USAGE,
			"the repository has no work tree to keep the database in: give --db");
	return gcv_database_path(w->session->cli, &tree, true, ret, err);
}

static enum gcv_status take_snapshot(void *data, const struct gcv_snapshot_row *row,
				     struct gcv_err *err)
{
	struct walk *w = data;

	(void)err;
	GCV_GROW(w->snapshots, w->nr_snapshots, w->cap_snapshots);
	w->snapshots[w->nr_snapshots++] = (struct gcv_snapshot_row){
		.id = row->id,
		.label = gcv_arena_strdup(&w->arena, row->label),
		.revision = gcv_arena_strdup(&w->arena, row->revision),
		.tool = gcv_arena_strdup(&w->arena, row->tool),
		.complete = row->complete,
	};
	return GCV_OK;
}

static enum gcv_status open_all(struct walk *w, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf folder = { 0 };
	GCV_AUTOFREE char *db_path = NULL;
	enum gcv_status st = read_range(w, err);

	if (st == GCV_OK)
		st = database_path(w, &db_path, err);
	if (st == GCV_OK)
		st = gcv_scan_session_open(w->session, db_path, err);
	if (st == GCV_OK)
		st = gcv_db_snapshots(w->session->db, take_snapshot, w, err);
	if (st != GCV_OK)
		return st;
	/* The lock of the database keeps other walks away from it. */
	gcv_strbuf_addf(&folder, "%s.tree", db_path);
	return gcv_checkout_init(&w->checkout, w->repository, folder.buf, err);
}

/* Its results are there, too, where the scan was not stopped before they were stored. */
static enum gcv_status is_done(struct walk *w, const struct gcv_revision *revision,
			       const struct gcv_snapshot_row *row, bool *ret, struct gcv_err *err)
{
	*ret = false;
	if (strcmp(row->label, revision->label) != 0 || strcmp(row->revision, revision->id) != 0 ||
	    !row->complete || strcmp(row->tool, gcv_scan_store_tool()) != 0)
		return GCV_OK;
	return gcv_db_has_faults(w->session->db, row->label, ret, err);
}

/* How many revisions at the beginning need no scan. */
static enum gcv_status count_done(struct walk *w, uint32_t *ret_nr, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, nr = 0;

	if (gcv_cli_given(w->session->cli, "force"))
		w->nr_snapshots = 0;
	for (i = 0; i < w->nr_snapshots && nr < w->nr && st == GCV_OK; i++) {
		bool done;

		st = is_done(w, &w->revisions[nr], &w->snapshots[i], &done, err);
		if (st == GCV_OK)
			nr += done;
	}
	if (st == GCV_OK)
		*ret_nr = nr;
	return st;
}

static void print_label(const struct gcv_revision *revision)
{
	gcv_terminal_put(stdout, revision->label);
	fputs(": ", stdout);
}

static void print_scan(const struct walk *w, const struct gcv_revision *revision,
		       const struct gcv_scan_tree *scan)
{
	const struct gcv_analyse_sums *a = &scan->analysis;
	const struct gcv_scan_sums *sums = &scan->scan->sums;

	if (w->session->cli->quiet)
		return;
	print_label(revision);
	printf("%u acquires, %u releases; %s: %u converted, %u convertible, %u refused, %u keep; "
	       "%u of %u units parsed",
	       scan->calls.acquire, scan->calls.release, a->conversion,
	       a->verdicts[GCV_VERDICT_CONVERTED], a->verdicts[GCV_VERDICT_CONVERTIBLE],
	       a->verdicts[GCV_VERDICT_REFUSED], a->verdicts[GCV_VERDICT_KEEP], sums->units_parsed,
	       sums->units);
	if (scan->scan->nr_failures)
		printf("; %u not analysed", scan->scan->nr_failures);
	putchar('\n');
	/* A walk takes long: what it has done is shown at once, also in a file. */
	fflush(stdout);
}

static void drop_scan(struct walk *w)
{
	gcv_scan_tree_release(&w->scan);
	w->scan = (struct gcv_scan_tree){ 0 };
	if (w->tree.root)
		gcv_tree_release(&w->tree);
	w->tree = (struct gcv_tree){ .fd = -1 };
	gcv_intern_release(&w->read);
	w->held = NULL;
}

/* What a change of a text that does not matter makes of the sums. */
static void add_sums(const struct walk *w, const char *path, const struct gcv_strbuf *old,
		     const struct gcv_strbuf *new, struct gcv_scan_step *step)
{
	const struct gcv_walk_file *file = gcv_walk_find(&w->scan.scan->walk, path);
	struct gcv_hash was, is;

	if (!file)
		return;
	step->more_bytes += (uint64_t) new->len - (uint64_t)old->len;
	if (file->kind != GCV_WALK_C || file->apart)
		return;
	was = gcv_hash_bytes(old->buf ? old->buf : "", old->len);
	is = gcv_hash_bytes(new->buf ? new->buf : "", new->len);
	step->more_digest += gcv_walk_digest(path, &is) - gcv_walk_digest(path, &was);
}

static enum gcv_status look_at(struct walk *w, const struct gcv_scan_watch *watch,
			       const struct gcv_revision_change *change, bool *ret_matters,
			       struct gcv_scan_step *step, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf old = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf new = { 0 };
	enum gcv_status st;

	*ret_matters = true;
	if (change->kind != GCV_CHANGED_TEXT)
		return GCV_OK;
	st = gcv_scan_watch_path(watch, change->path, ret_matters, err);
	if (st != GCV_OK || *ret_matters || !gcv_walk_find(&w->scan.scan->walk, change->path))
		return st;
	st = gcv_repository_text(w->repository, change->old_id, &old, err);
	if (st == GCV_OK)
		st = gcv_repository_text(w->repository, change->new_id, &new, err);
	if (st != GCV_OK)
		return st;
	*ret_matters = new.len > GCV_WALK_FILE_MAX || gcv_scan_watch_text(watch, &old) ||
		       gcv_scan_watch_text(watch, &new);
	if (!*ret_matters)
		add_sums(w, change->path, &old, &new, step);
	return GCV_OK;
}

/* Does a revision differ from the one before in nothing that a scan depends on? */
static enum gcv_status is_same(struct walk *w, const struct gcv_revision *revision, bool *ret,
			       struct gcv_scan_step *step, struct gcv_err *err)
{
	struct gcv_scan_watch watch = { 0 };
	struct gcv_revision_change *changes;
	struct gcv_arena arena = { 0 };
	bool matters = false;
	enum gcv_status st;
	uint32_t nr = 0, i;

	*ret = false;
	if (!w->held || !gcv_scan_tree_can_go_on(&w->scan))
		return GCV_OK;
	st = gcv_repository_changes(w->repository, w->held->id, revision->id, &arena, &changes, &nr,
				    err);
	if (st == GCV_OK)
		st = gcv_scan_watch_init(&watch, &w->scan, &w->read, err);
	for (i = 0; i < nr && st == GCV_OK && !matters; i++)
		st = look_at(w, &watch, &changes[i], &matters, step, err);
	gcv_scan_watch_release(&watch);
	gcv_arena_release(&arena);
	if (st == GCV_OK)
		*ret = !matters;
	return st;
}

static enum gcv_status scan_files(struct walk *w, const struct gcv_revision *revision,
				  struct gcv_err *err)
{
	enum gcv_status st;

	drop_scan(w);
	gcv_progress_phase(&w->session->progress, "check out", 0);
	st = gcv_checkout_update(&w->checkout, revision->id, err);
	if (st == GCV_OK && w->checkout.nr_odd)
		gcv_cli_warn(w->session->cli,
			     "%s: %u entries with a name or a size that no tree has are left out",
			     revision->label, w->checkout.nr_odd);
	if (st == GCV_OK)
		st = gcv_tree_open(w->checkout.path, false, &w->tree, err);
	if (st != GCV_OK)
		return st;
	/* Opening a tree reads this one for its version. */
	gcv_intern_add(&w->read, "Makefile", 8);
	w->tree.noted = &w->read;
	w->scan = (struct gcv_scan_tree){
		.session = w->session,
		.tree = &w->tree,
		.label = revision->label,
		.revision = revision->id,
		.before = w->before,
	};
	st = gcv_scan_tree_run(&w->scan, err);
	if (st == GCV_OK)
		w->held = revision;
	return st;
}

static enum gcv_status scan_revision(struct walk *w, const struct gcv_revision *revision,
				     struct gcv_err *err)
{
	struct gcv_scan_step step = { .label = revision->label, .revision = revision->id };
	bool same;
	enum gcv_status st = is_same(w, revision, &same, &step, err);

	if (st == GCV_OK && same) {
		gcv_cli_note(w->session->cli, 1,
			     "%s: nothing that the scan depends on is different", revision->label);
		w->held = revision;
		st = gcv_scan_tree_go_on(&w->scan, &step, err);
	} else if (st == GCV_OK) {
		st = scan_files(w, revision, err);
	}
	gcv_progress_end(&w->session->progress);
	if (st == GCV_OK) {
		print_scan(w, revision, &w->scan);
		w->is_partial |= w->scan.scan->nr_failures != 0;
		w->before = revision->label;
	}
	return st;
}

static enum gcv_status scan_all(struct walk *w, struct gcv_err *err)
{
	enum gcv_status st;
	struct gcv_err cause;
	uint32_t i, nr_done = 0;

	st = count_done(w, &nr_done, err);
	if (st != GCV_OK)
		return st;
	for (i = 0; i < nr_done && !w->session->cli->quiet; i++) {
		print_label(&w->revisions[i]);
		puts("there from an earlier scan");
	}
	w->before = nr_done	      ? w->revisions[nr_done - 1].label
		    : w->nr_snapshots ? w->snapshots[w->nr_snapshots - 1].label
				      : NULL;
	for (i = nr_done; i < w->nr && st == GCV_OK; i++) {
		st = scan_revision(w, &w->revisions[i], &cause);
		if (st != GCV_OK)
			gcv_err_set(err, st, "revision %s: %s", w->revisions[i].label, cause.text);
	}
	return st;
}

int gcv_scan_git(struct gcv_scan_session *session)
{
	struct walk w = { .session = session, .tree = { .fd = -1 } };
	struct gcv_err err;
	enum gcv_status st = open_all(&w, &err);
	int status;

	if (st == GCV_OK)
		st = scan_all(&w, &err);
	if (st == GCV_OK)
		status = w.is_partial ? GCV_EXIT_PARTIAL : GCV_EXIT_DONE;
	else
		status = gcv_scan_session_fail(session, st, &err);
	drop_scan(&w);
	gcv_checkout_release(&w.checkout);
	gcv_repository_free(w.repository);
	free(w.snapshots);
	gcv_arena_release(&w.arena);
	return status;
}
