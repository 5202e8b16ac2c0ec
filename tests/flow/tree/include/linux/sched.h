/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H
#include <linux/mm_types.h>
struct task_struct *get_current(void);
#define current get_current()
#endif
