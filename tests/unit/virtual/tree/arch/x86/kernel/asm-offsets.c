#include "asm-offsets_64.c"
#include "../../../../../etc/offsets"
#define DEFINE(x, y) x
	OFFSET(TASK_threadsp, task_struct, thread.sp);
	DEFINE(PTREGS_SIZE, sizeof(struct pt_regs));
	BLANK();
	BUILD_BUG_ON(sizeof(int) != 4, 1);
	lower(NOT_THIS, 1);
