// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_summary.h"
#include "cmd/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static double seconds(const struct timeval *tv)
{
	return (double)tv->tv_sec + (double)tv->tv_usec / 1e6;
}

static void print_cost(const struct gcv_scan *scan, const struct timespec *start)
{
	struct timespec now;
	struct rusage self;

	clock_gettime(CLOCK_MONOTONIC, &now);
	getrusage(RUSAGE_SELF, &self);
	printf("  %-22s %.1f s, %.1f s of CPU time (%.1f s in workers)\n", "time",
	       (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9,
	       seconds(&self.ru_utime) + seconds(&self.ru_stime) +
		       (double)scan->sums.worker_cpu_us / 1e6,
	       (double)scan->sums.worker_cpu_us / 1e6);
	printf("  %-22s %ld MiB, largest worker %" PRIu64 " MiB\n", "memory", self.ru_maxrss / 1024,
	       scan->sums.worker_rss_kib / 1024);
}

static void print_ledger(const struct gcv_scan_sums *sums)
{
	unsigned int i;

	printf("ledger\n");
	for (i = 0; i < GCV_LEDGER_CLASSES; i++)
		printf("  %-22s %u\n", gcv_ledger_class_name(i), sums->classes[i]);
	printf("  %-22s %u\n", "tools, Documentation", sums->classes_apart);
	printf("  %-22s %u of %u (%.2f %%)\n", "code seen", sums->code_seen, sums->code,
	       sums->code ? 100.0 * sums->code_seen / sums->code : 100.0);
}

static void print_findings(const struct gcv_analyse_sums *analysis)
{
	uint32_t high = analysis->faults[GCV_CONFIDENCE_HIGH];
	uint32_t nr = high + analysis->faults[GCV_CONFIDENCE_MEDIUM];

	printf("  %-22s %u", "findings", nr);
	if (nr)
		printf(", %u of high confidence (gupconv check shows them)", high);
	putchar('\n');
}

static void print_analysis(const struct gcv_analyse_sums *analysis)
{
	unsigned int i;

	printf("acquires, for the conversion %s\n", analysis->conversion);
	for (i = 0; i <= GCV_VERDICT_NOTHING_ACQUIRED; i++)
		printf("  %-22s %u\n", gcv_verdict_name(i), analysis->verdicts[i]);
	printf("  %-22s %u\n", "files asked for", analysis->nr_demanded);
	print_findings(analysis);
	if (analysis->is_kept) {
		printf("  %-22s that of an earlier scan: nothing it depends on has changed\n",
		       "analysis");
		return;
	}
	printf("  %-22s %.1f s of CPU time for %u functions%s\n", "analysis",
	       (double)analysis->cpu_ms / 1000, analysis->nr_functions,
	       analysis->is_limited ? "; stopped at its bound" : "");
}

static int print_failures(const struct gcv_cli *cli, const struct gcv_scan *scan)
{
	uint32_t i;

	for (i = 0; i < scan->nr_warnings; i++)
		gcv_cli_warn(cli, "%s", scan->warnings[i]);
	if (scan->unguarded && *scan->unguarded)
		gcv_cli_note(cli, 1, "the kernel does not guard us against workers by %s",
			     scan->unguarded);
	for (i = 0; i < scan->era.nr_unknown; i++)
		gcv_cli_note(cli, 1, "%s:%u declares %s(), which the API table does not know",
			     scan->era.unknown[i].decl->file, scan->era.unknown[i].decl->line,
			     scan->era.unknown[i].decl->name);
	if (!scan->nr_failures)
		return GCV_EXIT_DONE;
	printf("not analysed\n");
	for (i = 0; i < scan->nr_failures; i++) {
		const struct gcv_scan_failure *failure = &scan->failures[i];

		fputs("  ", stdout);
		gcv_terminal_put(stdout, failure->path);
		printf("%s%s%s: ", *failure->config ? " [" : "", failure->config,
		       *failure->config ? "]" : "");
		gcv_terminal_put(stdout, failure->text);
		putchar('\n');
	}
	return GCV_EXIT_PARTIAL;
}

int gcv_scan_summary_print(const struct gcv_cli *cli, const struct gcv_scan *scan,
			   const struct gcv_scan_calls *calls,
			   const struct gcv_analyse_sums *analysis, const struct timespec *start)
{
	const struct gcv_scan_sums *sums = &scan->sums;

	if (!cli->quiet) {
		printf("scan\n");
		printf("  %-22s %" PRIu64 " (%.0f MB)\n", "files read", sums->files,
		       (double)sums->bytes / 1e6);
		printf("  %-22s %u\n", "candidates", sums->candidates);
		printf("  %-22s %u (%u parsed, %u from earlier scans; %u with errors, %u failed)\n",
		       "translation units", sums->units, sums->units_parsed, sums->units_stored,
		       sums->units_with_errors, sums->units_failed);
		printf("  %-22s %u\n", "configurations", sums->configs);
		printf("  %-22s %u\n", "acquire calls", calls->acquire);
		printf("  %-22s %u\n", "release calls", calls->release);
		print_cost(scan, start);
		print_ledger(sums);
		print_analysis(analysis);
	}
	return print_failures(cli, scan);
}

int gcv_scan_summary_print_shard(const struct gcv_cli *cli, const struct gcv_scan *scan,
				 const struct gcv_scan_shard *shard, const struct timespec *start)
{
	const struct gcv_scan_sums *sums = &scan->sums;

	if (!cli->quiet) {
		printf("scan, part %u of %u\n", shard->number, shard->total);
		printf("  %-22s %" PRIu64 " (%.0f MB)\n", "files read", sums->files,
		       (double)sums->bytes / 1e6);
		printf("  %-22s %u (%u parsed, %u from earlier scans; %u with errors, %u failed)\n",
		       "translation units", sums->units, sums->units_parsed, sums->units_stored,
		       sums->units_with_errors, sums->units_failed);
		print_cost(scan, start);
	}
	return print_failures(cli, scan);
}
