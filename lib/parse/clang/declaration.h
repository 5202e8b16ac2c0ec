/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations at file scope: definitions with their bodies, structs, and what headers declare.
 *
 *	gcv_extract_top(x, cursor, file_index, true);
 */
#ifndef GCV_PARSE_CLANG_DECLARATION_H
#define GCV_PARSE_CLANG_DECLARATION_H

#include "parse/clang/extract_state.h"

/**
 * gcv_extract_top() - keep a declaration at file scope
 * @x: the extraction
 * @cursor: the declaration
 * @file: index of the file it stands in
 * @definitions: functions and variables too, not only structs and unions
 */
void gcv_extract_top(struct gcv_extract *x, CXCursor cursor, uint32_t file, bool definitions);

/**
 * gcv_extract_decl() - report a function, enum constant or macro for finding the era
 * @x: the extraction
 * @cursor: the declaration
 * @file: index of the file it stands in
 */
void gcv_extract_decl(struct gcv_extract *x, CXCursor cursor, uint32_t file);

#endif
