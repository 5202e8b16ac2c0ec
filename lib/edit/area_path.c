// SPDX-License-Identifier: GPL-2.0-only
#include "edit/area.h"

#include "base/strbuf.h"

#include <stdbool.h>
#include <string.h>

/* Folders of a path that are looked at; deeper ones do not tell drivers apart. */
#define FOLDERS_MAX 16

/*
 * How subjects begin in the kernel's log, by folder; of the rules that match a path that with the
 * most folders counts. "*" is any folder. In the templates %* is the last folder that "*" stands
 * for, %1 and %2 are the first and second folder below the rule's (%2 is %1 where there is but
 * one), %l is the last folder and %f the file's name up to the dot.
 */
static const struct rule {
	const char *folder;
	const char *file;  /* for a file in the folder itself */
	const char *below; /* for one in a folder below it */
} rules[] = {
	{ "*", "%*", "%*/%1" },
	{ "arch/*", "%*", "%*/%1" },
	{ "arch/*/kernel", "%*", "%*/%l" },
	{ "arch/*/kvm", "KVM: %*", "KVM: %*" },
	{ "block", "block", "block" },
	{ "crypto", "crypto: %f", "crypto: %1" },
	{ "Documentation", "docs", "docs: %1" },
	{ "drivers/*", "%*", "%*: %1" },
	{ "drivers/*/char", "%*", "%*: %1" },
	{ "drivers/*/devices", "%*", "%*: %1" },
	{ "drivers/block", "%f", "%1" },
	{ "drivers/char", "char: %f", "%1" },
	{ "drivers/crypto", "crypto: %f", "crypto: %1" },
	{ "drivers/dma", "dmaengine: %f", "dmaengine: %1" },
	{ "drivers/gpu/drm", "drm", "drm/%1" },
	{ "drivers/infiniband", "RDMA", "RDMA/%2" },
	{ "drivers/input", "Input", "Input: %f" },
	{ "drivers/iommu", "iommu", "iommu/%1" },
	{ "drivers/media", "media", "media: %2" },
	{ "drivers/media/platform", "media: platform", "media: %l" },
	{ "drivers/misc", "misc: %f", "misc: %1" },
	{ "drivers/net", "net: %f", "net: %1" },
	{ "drivers/net/ethernet", "net: ethernet", "net/%2" },
	{ "drivers/net/wireless", "wifi", "wifi: %2" },
	{ "drivers/platform", "platform", "platform/%1" },
	{ "drivers/scsi", "scsi: %f", "scsi: %1" },
	{ "drivers/staging/media", "media: staging", "media: %1" },
	{ "drivers/vfio", "vfio", "vfio/%1" },
	{ "drivers/virt", "virt: %f", "virt: %1" },
	{ "drivers/video/fbdev", "fbdev: %f", "fbdev: %1" },
	{ "fs", "fs/%f", "%1" },
	{ "include", "%f", "%f" },
	{ "kernel", "%f", "%1" },
	{ "lib", "lib/%f", "lib/%1" },
	{ "mm", "mm/%f", "mm/%1" },
	{ "security", "security", "%1" },
	{ "sound", "ALSA", "ALSA: %1" },
	{ "sound/soc", "ASoC", "ASoC: %1" },
	{ "tools/testing/selftests", "selftests", "selftests/%1" },
	{ "virt/kvm", "KVM", "KVM" },
};

/* A part of a path, between slashes. */
struct part {
	const char *text;
	size_t len;
};

struct parts {
	struct part folders[FOLDERS_MAX];
	size_t nr;
	struct part file;
};

static void split(const char *path, struct parts *ret)
{
	const char *slash;

	*ret = (struct parts){ 0 };
	while ((slash = strchr(path, '/'))) {
		if (ret->nr < FOLDERS_MAX && slash > path)
			ret->folders[ret->nr++] = (struct part){ path, (size_t)(slash - path) };
		path = slash + 1;
	}
	ret->file = (struct part){ path, strcspn(path, ".") };
	if (!ret->file.len)
		ret->file.len = strlen(path);
}

/* How many folders of the path the rule names, 0 where it does not match; what its "*" is. */
static size_t match(const char *folder, const struct parts *parts, struct part *ret_star)
{
	size_t i;

	for (i = 0; *folder; i++) {
		size_t len = strcspn(folder, "/");

		if (i == parts->nr)
			return 0;
		if (len == 1 && *folder == '*')
			*ret_star = parts->folders[i];
		else if (len != parts->folders[i].len ||
			 memcmp(folder, parts->folders[i].text, len) != 0)
			return 0;
		folder += len + (folder[len] == '/');
	}
	return i;
}

static struct part part_for(char letter, const struct parts *parts, size_t depth, struct part star)
{
	switch (letter) {
	case '1':
		return parts->folders[depth];
	case '2':
		return parts->folders[depth + (depth + 1 < parts->nr)];
	case 'l':
		return parts->folders[parts->nr - 1];
	case 'f':
		return parts->file;
	default:
		return star;
	}
}

/* A later rule wins over an earlier one of the same depth, so that "*" stands first. */
const char *gcv_area_of_path(const char *path, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	const struct rule *best = NULL;
	struct part star = { 0 };
	struct parts parts;
	size_t i, depth = 0;
	const char *at;

	split(path, &parts);
	for (i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct part found = { 0 };
		size_t nr = match(rules[i].folder, &parts, &found);

		if (nr && nr >= depth) {
			best = &rules[i];
			depth = nr;
			star = found;
		}
	}
	if (!best)
		return gcv_arena_strndup(arena, parts.file.text, parts.file.len);
	for (at = depth < parts.nr ? best->below : best->file; *at; at++) {
		struct part part = { at, 1 };

		if (*at == '%')
			part = part_for(*++at, &parts, depth, star);
		gcv_strbuf_add(&out, part.text, part.len);
	}
	return gcv_arena_strndup(arena, out.buf, out.len);
}
