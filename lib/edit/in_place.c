// SPDX-License-Identifier: GPL-2.0-only
#include "edit/in_place.h"

#include "edit/in_place_file.h"
#include "edit/in_place_journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/** enum state - what a file holds */
enum state { OTHER, OLD, NEW };

/** struct replacement - one file on its way */
struct replacement {
	const struct gcv_replaced_file *file;
	struct gcv_place place;
	enum state state; /* OTHER until it was looked at */
};

/** struct work - all files */
struct work {
	const struct gcv_tree *tree;
	struct replacement *files;
	uint32_t nr;
};

static bool is_text(const struct gcv_strbuf *text, const char *want, size_t len)
{
	return text->len == len && (!len || memcmp(text->buf, want, len) == 0);
}

/* Two at once would take each other's journal for one that was left. */
static enum gcv_status lock(const struct gcv_tree *tree, struct gcv_err *err)
{
	/* Where a file system knows no such lock, it goes without. */
	if (flock(tree->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return gcv_err_set(err, GCV_ERR_BUSY, "another gupconv changes files of %s",
				   tree->root);
	return GCV_OK;
}

static enum gcv_status look(struct replacement *r, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	enum gcv_status st = gcv_place_read(&r->place, &text, err);

	if (st != GCV_OK)
		return st;
	if (is_text(&text, r->file->old_text, r->file->old_len))
		r->state = OLD;
	else if (is_text(&text, r->file->new_text, r->file->new_len))
		r->state = NEW;
	else
		r->state = OTHER;
	return GCV_OK;
}

static enum gcv_status open_files(struct work *w, const struct gcv_tree *tree,
				  const struct gcv_replaced_file *files, uint32_t nr,
				  struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	*w = (struct work){ tree, gcv_zalloc((size_t)nr + 1, sizeof(*w->files)), nr };
	for (i = 0; i < nr; i++)
		w->files[i] = (struct replacement){ .file = &files[i], .place.folder = -1 };
	for (i = 0; st == GCV_OK && i < nr; i++) {
		st = gcv_place_open(&w->files[i].place, tree->fd, files[i].path, err);
		if (st == GCV_OK)
			st = look(&w->files[i], err);
	}
	return st;
}

static void close_files(struct work *w)
{
	uint32_t i;

	for (i = 0; i < w->nr; i++)
		gcv_place_close(&w->files[i].place);
	free(w->files);
}

/* Is what was renamed on the disk? */
static enum gcv_status flush(struct work *w, struct gcv_err *err)
{
	uint32_t i;

	for (i = 0; i < w->nr; i++)
		if (!gcv_place_sync(w->files[i].place.folder))
			return gcv_err_sys(err, "cannot flush the folder of %s",
					   w->files[i].file->path);
	return GCV_OK;
}

/* Then what lies beside the files goes, and the journal that would find it comes last. */
static enum gcv_status clean_up(struct work *w, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < w->nr; i++)
		st = gcv_place_discard(&w->files[i].place, err);
	return st == GCV_OK ? gcv_journal_remove(w->tree, err) : st;
}

static enum gcv_status restore(struct replacement *r, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (!r->place.is_exchanged)
		st = gcv_place_write(&r->place, r->file->old_text, r->file->old_len, err);
	return st == GCV_OK ? gcv_place_swap(&r->place, err) : st;
}

/* Files that are new get their old text again. */
static enum gcv_status put_back(struct work *w, struct gcv_err *err)
{
	enum gcv_status ret = GCV_OK;
	uint32_t i;

	for (i = 0; i < w->nr; i++) {
		struct replacement *r = &w->files[i];
		struct gcv_err why;

		if (r->state != NEW)
			continue;
		if (restore(r, &why) == GCV_OK)
			r->state = OLD;
		else
			ret = gcv_err_set(err, GCV_ERR_IO,
					  "%s was replaced and cannot be put back: %s",
					  r->file->path, why.text);
	}
	return ret;
}

static enum gcv_status swap_all(struct work *w, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < w->nr; i++)
		st = gcv_place_write(&w->files[i].place, w->files[i].file->new_text,
				     w->files[i].file->new_len, err);
	for (i = 0; st == GCV_OK && i < w->nr; i++) {
		st = gcv_place_swap(&w->files[i].place, err);
		if (st == GCV_OK)
			w->files[i].state = NEW;
	}
	return st;
}

/* A failure to put files back is worse than the one that led here, so it is the one that is told,
 * and the journal stays for the next attempt. One that cannot be deleted does no harm: it speaks of
 * files that are all new, or all as they were, which the next attempt sees. */
static enum gcv_status replace(struct work *w, const struct gcv_replaced_file *files,
			       struct gcv_err *err)
{
	enum gcv_status st = gcv_journal_write(w->tree, files, w->nr, err);
	struct gcv_err why;

	if (st != GCV_OK)
		return st;
	st = swap_all(w, err);
	if (st == GCV_OK)
		st = flush(w, err);
	if (st != GCV_OK && (put_back(w, err) != GCV_OK || flush(w, &why) != GCV_OK))
		return st;
	if (clean_up(w, &why) != GCV_OK && st != GCV_OK)
		return GCV_ERR_IO;
	return st;
}

enum gcv_status gcv_in_place_replace(const struct gcv_tree *tree,
				     const struct gcv_replaced_file *files, uint32_t nr,
				     struct gcv_err *err)
{
	enum gcv_status st = lock(tree, err);
	struct work w;
	uint32_t i;

	if (st != GCV_OK)
		return st;
	st = open_files(&w, tree, files, nr, err);
	for (i = 0; st == GCV_OK && i < nr; i++)
		if (w.files[i].state != OLD)
			st = gcv_err_set(err, GCV_ERR_IO, "%s has changed in the meantime",
					 files[i].path);
	if (st == GCV_OK && gcv_journal_exists(tree))
		st = gcv_err_set(err, GCV_ERR_BUSY, "%s/%s is there: a change was not finished",
				 tree->root, GCV_JOURNAL_NAME);
	if (st == GCV_OK && nr)
		st = replace(&w, files, err);
	close_files(&w);
	flock(tree->fd, LOCK_UN);
	return st;
}

bool gcv_in_place_is_unfinished(const struct gcv_tree *tree)
{
	return gcv_journal_exists(tree);
}

/* All old or all new is what was promised, whoever brought it about. */
static enum gcv_status put_in_order(struct work *w, bool *ret_put_back, struct gcv_err *err)
{
	uint32_t i, nr_new = 0;
	enum gcv_status st;

	for (i = 0; i < w->nr; i++) {
		if (w->files[i].state == OTHER)
			return gcv_err_set(err, GCV_ERR_IO,
					   "%s was changed after a change of %u files was broken "
					   "off: put them in order, and delete %s/%s",
					   w->files[i].file->path, w->nr, w->tree->root,
					   GCV_JOURNAL_NAME);
		nr_new += w->files[i].state == NEW;
	}
	*ret_put_back = nr_new && nr_new < w->nr;
	st = *ret_put_back ? put_back(w, err) : GCV_OK;
	if (st == GCV_OK)
		st = flush(w, err);
	return st == GCV_OK ? clean_up(w, err) : st;
}

static enum gcv_status recover(const struct gcv_tree *tree, bool *ret_put_back, struct gcv_err *err)
{
	struct gcv_journal journal = { 0 };
	enum gcv_status st = gcv_journal_read(tree, &journal, err);
	struct gcv_err why;
	struct work w;

	if (st != GCV_OK)
		return st;
	st = open_files(&w, tree, journal.files, journal.nr, &why);
	if (st == GCV_OK)
		st = put_in_order(&w, ret_put_back, err);
	else
		gcv_err_set(err, st, "a change of %u files was broken off, noted in %s/%s: %s",
			    journal.nr, tree->root, GCV_JOURNAL_NAME, why.text);
	close_files(&w);
	gcv_journal_release(&journal);
	return st;
}

enum gcv_status gcv_in_place_recover(const struct gcv_tree *tree, bool *ret_put_back,
				     struct gcv_err *err)
{
	bool is_put_back = false;
	enum gcv_status st;

	if (gcv_journal_exists(tree)) {
		st = lock(tree, err);
		if (st != GCV_OK)
			return st;
		st = recover(tree, &is_put_back, err);
		flock(tree->fd, LOCK_UN);
		/* Not found: another process was faster. */
		if (st != GCV_OK && st != GCV_ERR_NOT_FOUND)
			return st;
	}
	*ret_put_back = is_put_back;
	return GCV_OK;
}
