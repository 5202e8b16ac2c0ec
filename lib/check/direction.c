// SPDX-License-Identifier: GPL-2.0-only
#include "check/direction.h"

#include "flow/program.h"

#include <string.h>

/* Before the direction had a type of its own everywhere: include/linux/pci-dma-compat.h. */
static const struct {
	const char *name;
	int argument;
} by_number[] = {
	{ "pci_map_page", 4 },
	{ "pci_map_single", 3 },
	{ "pci_map_sg", 3 },
};

/* Position of the parameter of a type in "int (struct device *, enum dma_data_direction)"; or -1.
 */
static int parameter_of(const char *type, const char *wanted)
{
	const char *open = strchr(type, '('), *p;
	size_t len = strlen(wanted);
	int depth = 0, position = 0;

	for (p = open; p && *p; p++) {
		depth += (*p == '(') - (*p == ')');
		if (depth == 1 && *p == ',')
			position++;
		if (depth == 1 && (*p == ',' || *p == '(') &&
		    strncmp(p + 1 + (p[1] == ' '), wanted, len) == 0)
			return position;
	}
	return -1;
}

static int argument_of(const struct gcv_symbol *callee)
{
	size_t i;

	for (i = 0; i < sizeof(by_number) / sizeof(by_number[0]); i++)
		if (strcmp(by_number[i].name, callee->name) == 0)
			return by_number[i].argument;
	return parameter_of(callee->canonical, "enum dma_data_direction");
}

bool gcv_check_direction(struct gcv_check_state *s, uint32_t function, uint32_t call,
			 uint64_t *ret_values)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct gcv_symbol *callee =
		body->nodes[call].kind == GCV_NODE_CALL ? gcv_body_callee(body, call) : NULL;
	struct gcv_bits bits;

	if (!callee)
		return false;
	gcv_check_bits(s, function, gcv_check_argument(body, call, argument_of(callee)), &bits);
	if (!bits.is_known || bits.values & GCV_BITS_OTHER)
		return false;
	*ret_values = bits.values;
	return true;
}
