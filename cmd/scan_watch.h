/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a scan depends on, so that a change of the tree can be told to make no difference to it.
 *
 *	struct gcv_scan_watch watch;
 *
 *	st = gcv_scan_watch_init(&watch, &scan, &read, err);
 *	st = gcv_scan_watch_path(&watch, "fs/foo.c", &matters, err);
 *	matters = matters || gcv_scan_watch_text(&watch, &old_text) || …
 *	gcv_scan_watch_release(&watch);
 *
 * A file matters that a unit has read, or the program itself for the flags of units; and one that
 * has an API name, a macro that stands for one, or an identifier that the analysis asked for, in
 * its old text or its new one.
 */
#ifndef GCV_CMD_SCAN_WATCH_H
#define GCV_CMD_SCAN_WATCH_H

#include "cmd/scan_tree.h"
#include "tree/names.h"

/**
 * struct gcv_scan_watch - what a scan depends on
 * @scan: the scan
 * @read: paths that the program read
 * @names: identifiers that make a difference
 */
struct gcv_scan_watch {
	const struct gcv_scan_tree *scan;
	const struct gcv_intern *read;
	struct gcv_names *names;
};

/**
 * gcv_scan_watch_init() - find out what a scan depends on
 * @watch: for gcv_scan_watch_release()
 * @scan: the scan, of a whole tree; must outlive @watch
 * @read: paths that gcv_tree_read() was asked for in it; must outlive @watch
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_USAGE (a name that is no identifier).
 */
enum gcv_status gcv_scan_watch_init(struct gcv_scan_watch *watch, const struct gcv_scan_tree *scan,
				    const struct gcv_intern *read,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_watch_path() - can it be told by the path alone that a change of a file matters?
 * @watch: the watch
 * @path: the file
 * @ret: it matters; if not, its texts may still tell
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_scan_watch_path(const struct gcv_scan_watch *watch, const char *path, bool *ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_watch_text() - does a text have a name that makes a difference?
 * @watch: the watch
 * @text: of a file that does not matter by its path
 *
 * Return: true where it has.
 */
bool gcv_scan_watch_text(const struct gcv_scan_watch *watch, const struct gcv_strbuf *text);

/**
 * gcv_scan_watch_release() - free the names
 * @watch: the watch; a zeroed one is allowed
 */
void gcv_scan_watch_release(struct gcv_scan_watch *watch);

#endif
