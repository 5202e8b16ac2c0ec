// SPDX-License-Identifier: GPL-2.0-only
#include "base/json_memory.h"
#include "base/alloc.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

void gcv_json_memory_set(void)
{
	cJSON_Hooks hooks = { .malloc_fn = gcv_malloc, .free_fn = free };

	cJSON_InitHooks(&hooks);
}
