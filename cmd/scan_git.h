/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scans of the revisions of a git repository, a snapshot for each.
 *
 *	status = gcv_scan_git(&session);
 */
#ifndef GCV_CMD_SCAN_GIT_H
#define GCV_CMD_SCAN_GIT_H

#include "cmd/scan_tree.h"

/**
 * gcv_scan_git() - walk the revisions that --git and --every name, the oldest first
 * @session: @cli, @progress, @nr_workers and @start are set; what is opened is closed by the caller
 *
 * The revisions are put into a folder beside the database, one after the other. Those at the
 * beginning that the database has, in this order and made by this program, are passed over; from
 * the first other one on all are scanned, so that the order of snapshots is that of revisions.
 *
 * Return: GCV_EXIT_DONE, GCV_EXIT_PARTIAL where something was not analysed, GCV_EXIT_USAGE or
 * GCV_EXIT_FAILED after a message.
 */
int gcv_scan_git(struct gcv_scan_session *session);

#endif
