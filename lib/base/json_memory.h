/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cJSON drops a member that it has no memory for, and says so to nobody: a document would lack it.
 *
 *	gcv_json_memory_set();		once, before there are threads
 */
#ifndef GCV_BASE_JSON_MEMORY_H
#define GCV_BASE_JSON_MEMORY_H

/**
 * gcv_json_memory_set() - let cJSON get its memory by gcv_malloc(), which ends the program where
 * there is none
 */
void gcv_json_memory_set(void);

#endif
