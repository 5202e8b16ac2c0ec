// SPDX-License-Identifier: GPL-2.0-only
/* Runs a fuzz target over files, where the compiler has no fuzzer: the kept corpus in CTest. */
#include "base/strbuf.h"
#include "tests/fuzz/target.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct gcv_err err;
	int i;

	for (i = 1; i < argc; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
		int fd = open(argv[i], O_RDONLY | O_CLOEXEC);

		if (fd < 0 || gcv_strbuf_read_fd(&text, fd, 1 << 20, argv[i], &err) != GCV_OK) {
			perror(argv[i]);
			return 1;
		}
		close(fd);
		LLVMFuzzerTestOneInput((const uint8_t *)(text.buf ? text.buf : ""), text.len);
	}
	printf("%d inputs\n", argc - 1);
	return argc > 1 ? 0 : 1;
}
