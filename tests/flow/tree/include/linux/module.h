/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H
#define EXPORT_SYMBOL_GPL(sym) \
	static const void *const __ksymtab_##sym __attribute__((__used__)) = &sym
#define EXPORT_SYMBOL(sym) EXPORT_SYMBOL_GPL(sym)
#endif
