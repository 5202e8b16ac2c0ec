// SPDX-License-Identifier: GPL-2.0-only
#include "edit/mailmap.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct gcv_mailmap {
	git_mailmap *map;
};

enum gcv_status gcv_mailmap_load(const struct gcv_tree *tree, struct gcv_mailmap **ret,
				 struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_mailmap *map;
	git_mailmap *lines;

	if (gcv_tree_exists(tree, ".mailmap")) {
		enum gcv_status status = gcv_tree_read(tree, ".mailmap", &text, err);

		if (status != GCV_OK)
			return status;
	}
	if (git_libgit2_init() < 0)
		return gcv_err_set(err, GCV_ERR_IO, "libgit2 does not start");
	if (git_mailmap_from_buffer(&lines, text.buf ? text.buf : "", text.len) != 0) {
		git_libgit2_shutdown();
		return gcv_err_set(err, GCV_ERR_IO, "%s/.mailmap cannot be read", tree->root);
	}
	map = gcv_zalloc(1, sizeof(*map));
	map->map = lines;
	*ret = map;
	return GCV_OK;
}

static struct gcv_address now(const struct gcv_mailmap *map, struct gcv_address who,
			      struct gcv_arena *arena)
{
	const char *name, *email;
	struct gcv_address bare;

	if (git_mailmap_resolve(&name, &email, map->map, who.name, who.email) != 0 ||
	    gcv_address_parse(email, arena, &bare, NULL) != GCV_OK)
		return who;
	return (struct gcv_address){ gcv_address_clean_name(name, strlen(name), arena),
				     bare.email };
}

void gcv_mailmap_apply(const struct gcv_mailmap *map, struct gcv_recipients *people,
		       struct gcv_arena *arena)
{
	struct gcv_recipients mapped = { 0 };
	size_t where, i;

	if (!map)
		return;
	for (where = 0; where < GCV_RECIPIENT_NR; where++)
		for (i = 0; i < people->nr[where]; i++)
			people->list[where][i] = now(map, people->list[where][i], arena);
	/* Merging is what leaves out who is there already. */
	gcv_recipients_merge(&mapped, people);
	gcv_recipients_release(people);
	*people = mapped;
}

void gcv_mailmap_free(struct gcv_mailmap *map)
{
	if (!map)
		return;
	git_mailmap_free(map->map);
	git_libgit2_shutdown();
	free(map);
}
