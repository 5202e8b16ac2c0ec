/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H
#include <linux/mm.h>
struct pipe_inode_info;
struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};
ssize_t add_to_pipe(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
#endif
