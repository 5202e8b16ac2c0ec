/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a scan says in the end.
 *
 *	status = gcv_scan_summary_print(cli, scan, &calls, &start);
 */
#ifndef GCV_CMD_SCAN_SUMMARY_H
#define GCV_CMD_SCAN_SUMMARY_H

#include "cmd/analyse.h"
#include "cmd/option.h"
#include "parse/scan.h"

#include <time.h>

/**
 * gcv_scan_summary_json() - the sums as a JSON object, for the snapshot
 * @sums: the sums
 * @ret: the text is appended
 *
 * Nothing in it differs between two scans of the same tree.
 */
void gcv_scan_summary_json(const struct gcv_scan_sums *sums, struct gcv_strbuf *ret);

/**
 * struct gcv_scan_calls - call sites of the snapshot, namesakes left out
 * @acquire: acquire sites
 * @release: release sites
 */
struct gcv_scan_calls {
	uint32_t acquire, release;
};

/**
 * gcv_scan_summary_print() - print the summary and what was not analysed
 * @cli: the command line
 * @scan: the scan
 * @calls: call sites
 * @analysis: what the flow analysis said
 * @start: monotonic clock when the scan began
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_PARTIAL where something was not analysed.
 */
int gcv_scan_summary_print(const struct gcv_cli *cli, const struct gcv_scan *scan,
			   const struct gcv_scan_calls *calls,
			   const struct gcv_analyse_sums *analysis, const struct timespec *start);

/**
 * gcv_scan_summary_print_shard() - the same for a part of a scan
 * @cli: the command line
 * @scan: the scan
 * @shard: which part
 * @start: monotonic clock when the scan began
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_PARTIAL where something was not analysed.
 */
int gcv_scan_summary_print_shard(const struct gcv_cli *cli, const struct gcv_scan *scan,
				 const struct gcv_scan_shard *shard, const struct timespec *start);

#endif
