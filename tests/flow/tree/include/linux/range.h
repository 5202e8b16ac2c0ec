/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RANGE_H
#define _LINUX_RANGE_H
#include <linux/types.h>
struct range {
	u64 start, end;
};
#endif
