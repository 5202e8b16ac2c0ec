// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/review_text.h"
#include "cmd/terminal.h"
#include "db/reviews.h"
#include "db/store.h"
#include "report/review_site.h"
#include "track/mail_read.h"
#include "track/thread.h"

/* Read all that the command line names; what has no mail in it is told. */
static enum gcv_status read_all(const struct gcv_cli *cli, struct gcv_mails *mails,
				uint32_t *ret_nr, struct gcv_err *err)
{
	struct gcv_api api = { 0 };
	enum gcv_status st = gcv_api_load(&api, err);
	uint32_t nr, before;
	size_t i;

	for (i = 0; st == GCV_OK && i < cli->operand_nr; i++) {
		before = mails->nr;
		st = gcv_mail_read_path(cli->operands[i], &api, mails, &nr, err);
		if (st != GCV_OK)
			break;
		*ret_nr += nr;
		if (!nr)
			gcv_cli_warn(cli, "%s: no mail in it", cli->operands[i]);
		gcv_cli_note(cli, 1, "%s: %u mails, %u of them new", cli->operands[i], nr,
			     mails->nr - before);
	}
	gcv_api_release(&api);
	return st;
}

/* Mails that have nothing to do with patches are not kept. */
static enum gcv_status store(struct gcv_db *db, const struct gcv_mails *mails, uint32_t first,
			     uint32_t *ret_nr, struct gcv_err *err)
{
	GCV_AUTOFREE bool *wanted = gcv_zalloc(mails->nr + 1, sizeof(*wanted));
	struct gcv_threads threads;
	uint32_t i;

	gcv_threads_build(mails, &threads);
	for (i = first; i < mails->nr; i++) {
		wanted[i] = gcv_threads_is_wanted(&threads, i);
		*ret_nr += wanted[i];
	}
	gcv_threads_release(&threads);
	return gcv_db_mails_put(db, mails, first, wanted, err);
}

/* The state is told of what is stored now. Without a scan there are no sites yet. */
static enum gcv_status show(const struct gcv_cli *cli, struct gcv_db *db, struct gcv_err *err)
{
	struct gcv_review_facts facts = { 0 };
	struct gcv_reviews reviews = { 0 };
	enum gcv_status st = gcv_db_review_facts(db, &facts, err);

	if (st == GCV_OK) {
		gcv_reviews_build(&facts.mails, facts.records, facts.nr_records, &reviews);
		st = gcv_db_sites(db, NULL, NULL, gcv_review_site_take, &reviews, err);
		if (st == GCV_ERR_NOT_FOUND)
			st = GCV_OK;
		gcv_reviews_finish(&reviews);
	}
	if (st == GCV_OK)
		st = gcv_db_review_tags_put(db, &reviews, err);
	if (st == GCV_OK && !cli->quiet)
		gcv_review_text_print(cli, &reviews);
	gcv_reviews_release(&reviews);
	gcv_review_facts_release(&facts);
	return st;
}

static enum gcv_status run(const struct gcv_cli *cli, struct gcv_db *db, struct gcv_err *err)
{
	struct gcv_review_facts facts = { 0 };
	uint32_t nr = 0, nr_kept = 0, first;
	enum gcv_status st = gcv_db_review_facts(db, &facts, err);

	first = facts.mails.nr;
	if (st == GCV_OK)
		st = read_all(cli, &facts.mails, &nr, err);
	if (st == GCV_OK)
		st = store(db, &facts.mails, first, &nr_kept, err);
	gcv_review_facts_release(&facts);
	if (st == GCV_OK && !cli->quiet)
		printf("%u mail%s read, %u about patches and new\n", nr, nr == 1 ? "" : "s",
		       nr_kept);
	return st == GCV_OK ? show(cli, db, err) : st;
}

int gcv_cmd_track(struct gcv_cli *cli)
{
	struct gcv_tree tree = { .fd = -1 };
	bool needs_tree = !gcv_cli_given(cli, "db");
	GCV_AUTOFREE char *path = NULL;
	struct gcv_db *db = NULL;
	struct gcv_err err;
	enum gcv_status st = GCV_OK;

	if (!cli->operand_nr)
		return gcv_cli_usage_error(cli, "which mails? Name an mbox, a maildir or '-'");
	if (needs_tree)
		st = gcv_open_tree(cli, &tree, &err);
	if (st == GCV_OK)
		st = gcv_database_path(cli, &tree, true, &path, &err);
	if (st == GCV_OK)
		st = gcv_db_open(path, GCV_DB_WRITE, &db, &err);
	if (st == GCV_OK)
		st = run(cli, db, &err);
	gcv_db_close(db);
	if (needs_tree)
		gcv_tree_release(&tree);
	return st == GCV_OK ? GCV_EXIT_DONE : gcv_cli_fail(cli, &err);
}
