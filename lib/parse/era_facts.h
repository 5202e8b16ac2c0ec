/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The era from the facts of a unit of kind GCV_UNIT_ERA, as a parse or the store hands them out.
 *
 *	st = store->decls(store->ctx, unit, &arena, &facts, err);
 *	gcv_era_of_facts(&api, &facts, &arena, &era);
 *	gcv_era_release(&era);
 */
#ifndef GCV_PARSE_ERA_FACTS_H
#define GCV_PARSE_ERA_FACTS_H

#include "parse/era.h"
#include "parse/facts.h"

/** GCV_ERA_VALUE_PREFIX - begins the name of a constant that tells the value of a FOLL_ flag, which
 * may be a macro */
#define GCV_ERA_VALUE_PREFIX "gcv_value_"

/**
 * gcv_era_of_facts() - the era that declarations tell of
 * @api: the table; must outlive @ret
 * @facts: only @files and @decls are looked at
 * @arena: owns what @ret refers to; must outlive it
 * @ret: the era, for gcv_era_release()
 */
void gcv_era_of_facts(const struct gcv_api *api, const struct gcv_facts *facts,
		      struct gcv_arena *arena, struct gcv_era *ret);

#endif
