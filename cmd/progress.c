// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/progress.h"
#include "cmd/terminal.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_MS UINT64_C(1000000)
#define REDRAW_MS 100
/* A rate from the first moments would only make the time left jump about. */
#define RATE_AFTER_MS 500

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 * NS_PER_MS + (uint64_t)ts.tv_nsec;
}

void gcv_progress_init(struct gcv_progress *progress, FILE *out, bool quiet)
{
	const char *term = getenv("TERM");
	bool dumb = !term || strcmp(term, "dumb") == 0;

	*progress = (struct gcv_progress){ 0 };
	if (!quiet && !dumb && isatty(fileno(out)))
		progress->out = out;
}

void gcv_progress_phase(struct gcv_progress *progress, const char *phase, uint64_t total)
{
	progress->phase = phase;
	progress->total = total;
	if (!progress->out)
		return;
	progress->start_ns = now_ns();
	progress->shown_ns = 0;
	gcv_progress_update(progress, 0);
}

void gcv_progress_format(struct gcv_strbuf *sb, const char *phase, uint64_t done, uint64_t total,
			 uint64_t elapsed_ms, unsigned int width)
{
	size_t start = sb->len;
	double rate = elapsed_ms ? (double)done * 1000.0 / (double)elapsed_ms : 0;

	gcv_strbuf_addf(sb, "%s %" PRIu64, phase, done);
	if (total)
		gcv_strbuf_addf(sb, " of %" PRIu64 " (%.0f %%)", total,
				100.0 * (double)done / (double)total);
	if (elapsed_ms >= RATE_AFTER_MS && done)
		gcv_strbuf_addf(sb, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate);
	if (elapsed_ms >= RATE_AFTER_MS && done && total > done) {
		uint64_t left_s = (uint64_t)((double)(total - done) / rate + 0.5);

		gcv_strbuf_addf(sb, ", %" PRIu64 ":%02" PRIu64 " left", left_s / 60, left_s % 60);
	}
	/* The last column stays free: some terminals wrap as soon as it is written. */
	if (width && sb->len - start >= width) {
		sb->len = start + width - 1;
		sb->buf[sb->len] = '\0';
	}
}

void gcv_progress_update(struct gcv_progress *progress, uint64_t done)
{
	struct gcv_strbuf line GCV_STRBUF_AUTO = { 0 };
	uint64_t now;

	if (!progress->out)
		return;
	/* Files that need another look turn up on the way. */
	if (progress->total && done > progress->total)
		progress->total = done;
	now = now_ns();
	if (progress->shown_ns && now - progress->shown_ns < REDRAW_MS * NS_PER_MS)
		return;
	gcv_progress_format(&line, progress->phase, done, progress->total,
			    (now - progress->start_ns) / NS_PER_MS,
			    gcv_terminal_width(fileno(progress->out)));
	fprintf(progress->out, "\r%s\033[K", line.buf);
	fflush(progress->out);
	progress->shown_ns = now;
	progress->visible = true;
}

void gcv_progress_clear(struct gcv_progress *progress)
{
	if (!progress->out || !progress->visible)
		return;
	fputs("\r\033[K", progress->out);
	fflush(progress->out);
	progress->visible = false;
	progress->shown_ns = 0;
}

void gcv_progress_end(struct gcv_progress *progress)
{
	gcv_progress_clear(progress);
	progress->out = NULL;
}
