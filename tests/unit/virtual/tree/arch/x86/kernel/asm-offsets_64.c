	OFFSET(FROM_SECOND, x, y);
#include "asm-offsets.c"
