/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks: who writes to the pages of an acquire, seen from the calls that map them
 * for a device.
 *
 *	if (gcv_check_direction(s, use->function, use->call, &values) &&
 *	    values == 1u << GCV_DMA_FROM_DEVICE)
 *		…the device writes…
 */
#ifndef GCV_CHECK_DIRECTION_H
#define GCV_CHECK_DIRECTION_H

#include "check/values.h"

/** enum gcv_dma_direction - as in include/linux/dma-direction.h of every tree */
enum gcv_dma_direction {
	GCV_DMA_BIDIRECTIONAL,
	GCV_DMA_TO_DEVICE,
	GCV_DMA_FROM_DEVICE,
};

/**
 * gcv_check_direction() - in which directions a call maps pages for a device
 * @s: the state
 * @function: index of the function
 * @call: CALL of its body
 * @ret_values: 1 << enum gcv_dma_direction for each that is possible; unchanged on failure
 *
 * Return: true where the called function has such a parameter and all its values are known.
 */
bool gcv_check_direction(struct gcv_check_state *s, uint32_t function, uint32_t call,
			 uint64_t *ret_values);

#endif
