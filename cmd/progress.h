/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A progress line on stderr: phase, done of total, rate, time left. Only on a terminal, at most ten
 * times a second, and gone at the end.
 *
 *	struct gcv_progress progress;
 *
 *	gcv_progress_init(&progress, stderr, cli->quiet);
 *	gcv_progress_phase(&progress, "parse", file_nr);
 *	while (…)
 *		gcv_progress_update(&progress, done);
 *	gcv_progress_end(&progress);
 *
 * Call gcv_progress_clear() before a message goes to stderr; the next update draws the line again.
 */
#ifndef GCV_CMD_PROGRESS_H
#define GCV_CMD_PROGRESS_H

#include "base/strbuf.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct gcv_progress - the state of the line
 * @out: stream of the terminal, NULL where nothing is to be shown
 * @phase: what is being done; not owned
 * @total: how many there will be, 0 where that is not known
 * @start_ns: when the phase began, monotonic clock
 * @shown_ns: when the line was last drawn
 * @visible: something stands on the line
 */
struct gcv_progress {
	FILE *out;
	const char *phase;
	uint64_t total;
	uint64_t start_ns, shown_ns;
	bool visible;
};

/**
 * gcv_progress_init() - find out whether there is somebody to show it to
 * @progress: filled in
 * @out: where the line goes; nothing is shown where this is no terminal, or a dumb one
 * @quiet: show nothing in any case
 */
void gcv_progress_init(struct gcv_progress *progress, FILE *out, bool quiet);

/**
 * gcv_progress_phase() - begin a phase; rate and time left count from here
 * @progress: the line
 * @phase: one word; must live until the next phase
 * @total: how many there will be, 0 where that is not known
 */
void gcv_progress_phase(struct gcv_progress *progress, const char *phase, uint64_t total);

/**
 * gcv_progress_update() - tell how far it is; cheap enough for every file
 * @progress: the line
 * @done: how many are done
 */
void gcv_progress_update(struct gcv_progress *progress, uint64_t done);

/**
 * gcv_progress_clear() - remove the line
 * @progress: the line
 */
void gcv_progress_clear(struct gcv_progress *progress);

/**
 * gcv_progress_end() - remove the line for good
 * @progress: the line
 */
void gcv_progress_end(struct gcv_progress *progress);

/**
 * gcv_progress_format() - the text of the line, without a terminal
 * @sb: what it is appended to
 * @phase: one word
 * @done: how many are done
 * @total: of how many, 0 where that is not known
 * @elapsed_ms: since the phase began
 * @width: columns; a longer text is cut
 */
void gcv_progress_format(struct gcv_strbuf *sb, const char *phase, uint64_t done, uint64_t total,
			 uint64_t elapsed_ms, unsigned int width);

#endif
