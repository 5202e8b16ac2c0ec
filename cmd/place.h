/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which tree and which database a command works on.
 *
 *	struct gcv_tree tree;
 *	char *db_path;
 *
 *	st = gcv_open_tree(cli, &tree, &err);
 *	st = gcv_database_path(cli, true, &db_path, &err);
 */
#ifndef GCV_CMD_PLACE_H
#define GCV_CMD_PLACE_H

#include "cmd/option.h"
#include "tree/tree.h"

struct gcv_db;

/**
 * gcv_open_tree() - open the tree that the command line names
 * @cli: the command line: -C, else the working directory or the nearest kernel tree above it
 * @ret_tree: for gcv_tree_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_tree_open() says.
 */
enum gcv_status gcv_open_tree(const struct gcv_cli *cli, struct gcv_tree *ret_tree,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_warn_unfinished() - say where files of a tree are half replaced
 * @cli: the command line
 * @tree: the tree
 *
 * Another process changes them now, or did until it was killed.
 */
void gcv_warn_unfinished(const struct gcv_cli *cli, const struct gcv_tree *tree);

/**
 * gcv_database_path() - path of the database that the command line names
 * @cli: the command line: --db, else .gupconv/index.db in the tree
 * @tree: the tree; needed only without --db
 * @create: make the folder .gupconv where it is missing
 * @ret_path: for the caller to free()
 * @err: sentence on failure
 *
 * Return: GCV_OK, or GCV_ERR_IO.
 */
enum gcv_status gcv_database_path(const struct gcv_cli *cli, const struct gcv_tree *tree,
				  bool create, char **ret_path, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_database_open_read() - open the database of the command line for reading
 * @cli: the command line
 * @ret_db: for gcv_db_close()
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what opening tree or database says; where there is none yet, the sentence
 * tells to scan first.
 */
enum gcv_status gcv_database_open_read(const struct gcv_cli *cli, struct gcv_db **ret_db,
				       struct gcv_err *err) GCV_MUST_CHECK;

#endif
