// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that a device or the kernel writes to must be marked dirty before they are given back
 * (Documentation/core-api/pin_user_pages.rst).
 */
#include "check/direction.h"

#include <string.h>

/** ANY_DIRECTION - what a direction that is not known may be */
#define ANY_DIRECTION \
	(1u << GCV_DMA_BIDIRECTIONAL | 1u << GCV_DMA_TO_DEVICE | 1u << GCV_DMA_FROM_DEVICE)

/** struct writing - evidence that somebody writes to pages */
struct writing {
	const struct gcv_flow_use *use;
	enum gcv_confidence confidence;
};

static bool is_dirtying(enum gcv_effect effect)
{
	return effect == GCV_EFFECT_DIRTY || effect == GCV_EFFECT_DIRTY_LOCK;
}

/* Code that was not seen may do it, and another owner has to. */
static bool is_out_of_sight(unsigned int effect)
{
	return effect == GCV_EFFECT_TRANSFER || effect == GCV_FLOW_UNSEEN ||
	       effect == GCV_FLOW_LISTED || effect == GCV_FLOW_POINTER || effect == GCV_FLOW_LIMIT;
}

/* A driver is taken for what stands in one folder. */
static bool is_near(const struct gcv_check_state *s, uint32_t a, uint32_t b)
{
	const char *x = s->facts->functions[a].file, *y = s->facts->functions[b].file;
	const char *end = strrchr(x, '/');
	size_t len = end ? (size_t)(end - x) + 1 : 0;

	return strncmp(x, y, len) == 0 && !strchr(y + len, '/');
}

/* Is what happens at a use sure to happen to pages of the acquire? */
static bool is_sure(const struct gcv_check_state *s, const struct gcv_flow_use *use,
		    uint32_t acquire)
{
	return is_near(s, use->function, s->flow->acquires[acquire].function) &&
	       gcv_check_is_alone(s, use->place, acquire);
}

/*
 * Both ways, or either, counts as writing only for pages that are asked for to be written, and so
 * does a mapping for the kernel, which may write without a call.
 */
static bool is_written(struct gcv_check_state *s, const struct gcv_flow_use *use, uint32_t acquire,
		       const struct gcv_bits *flags, struct writing *ret)
{
	int64_t foll_write = gcv_check_flag(s, "FOLL_WRITE");
	bool is_sole = is_sure(s, use, acquire);
	uint64_t values = ANY_DIRECTION;

	*ret = (struct writing){ use, GCV_CONFIDENCE_MEDIUM };
	if (use->effect == GCV_EFFECT_WRITE && is_sole)
		ret->confidence = GCV_CONFIDENCE_HIGH;
	if (use->effect == GCV_EFFECT_WRITE)
		return true;
	if (use->effect == GCV_EFFECT_KERNEL_MAP)
		return is_sole && flags->must & foll_write;
	if (use->effect != GCV_EFFECT_DMA)
		return false;
	gcv_check_direction(s, use->function, use->call, &values);
	if (values & 1u << GCV_DMA_TO_DEVICE) {
		/* Asked for only now and then: then it is for a reason. */
		ret->confidence = GCV_CONFIDENCE_HIGH;
		return is_sole && values & 1u << GCV_DMA_FROM_DEVICE && flags->may & foll_write &&
		       !(flags->must & foll_write);
	}
	if (is_sole && (values == 1u << GCV_DMA_FROM_DEVICE || flags->must & foll_write))
		ret->confidence = GCV_CONFIDENCE_HIGH;
	return values & 1u << GCV_DMA_FROM_DEVICE || flags->must & foll_write;
}

/*
 * The best evidence. False where there is none, or where the pages are, or may be, dirtied. That
 * pages are asked for to be written, and nothing is done with them in view, is the weakest: others
 * may write by the user's address, or they are only to be made present.
 */
static bool find_writing(struct gcv_check_state *s, uint32_t acquire, const struct gcv_bits *flags,
			 struct writing *ret)
{
	uint32_t i = gcv_check_first_use(s, acquire);
	bool is_unseen = false;
	struct writing found;

	*ret = (struct writing){ NULL, GCV_CONFIDENCE_MEDIUM };
	if (i == GCV_NONE)
		return flags->is_known && flags->must & gcv_check_flag(s, "FOLL_WRITE");
	for (; i != GCV_NONE; i = gcv_check_next_use(s, i)) {
		const struct gcv_flow_use *use = gcv_check_use(s, i);

		if (is_dirtying(use->effect))
			return false;
		is_unseen |= is_out_of_sight(use->effect);
		if (is_written(s, use, acquire, flags, &found) &&
		    (!ret->use || found.confidence < ret->confidence))
			*ret = found;
	}
	if (is_unseen)
		ret->confidence = GCV_CONFIDENCE_LOW;
	return ret->use;
}

static bool is_clean(struct gcv_check_state *s, const struct gcv_flow_release *release)
{
	const struct gcv_site_class *site = &s->c->sites[release->site];
	struct gcv_bits bits;

	if (site->dirty == GCV_SITE_DIRTY_NEVER)
		return true;
	if (site->dirty != GCV_SITE_DIRTY_BY_ARGUMENT || !release->signature)
		return false;
	gcv_check_bits(s, release->function,
		       gcv_check_argument(s->facts->functions[release->function].body,
					  release->call,
					  release->signature->arg[GCV_API_ARG_MAKE_DIRTY]),
		       &bits);
	return bits.is_known && !bits.may;
}

/* The pages of an acquire reach a release: were the two not told apart afterwards? */
static bool is_release_of(const struct gcv_check_state *s, const struct gcv_flow_release *release,
			  const struct gcv_flow_acquire *acquire)
{
	const struct gcv_site_class *site = &s->c->sites[acquire->site];
	uint32_t i;

	if (release->site == GCV_NONE)
		return false;
	for (i = 0; i < site->nr_partners; i++)
		if (site->partners[i] == release->site)
			return true;
	return false;
}

/*
 * Is a release of the acquiring function one that comes behind the writing, if that is in view, and
 * no error exit?
 */
static bool is_behind(struct gcv_check_state *s, const struct gcv_flow_release *release,
		      const struct gcv_flow_acquire *acquire, const struct gcv_flow_use *use)
{
	uint32_t i, k;

	if (release->function != acquire->function)
		return true;
	if (use && use->function == release->function &&
	    !gcv_cfg_reaches(&gcv_check_graph(s, release->function)->cfg, use->call, release->call))
		return false;
	for (i = gcv_check_first_walk(s, (uint32_t)(acquire - s->flow->acquires)); i != GCV_NONE;
	     i = gcv_check_next_walk(s, i)) {
		const struct gcv_paths *paths = &s->c->walks[i].paths;

		for (k = 0; k < paths->nr; k++)
			if (paths->paths[k].release == release->call &&
			    paths->paths[k].outcome == GCV_PATH_FULL &&
			    paths->paths[k].returned != GCV_PATH_NEGATIVE)
				return true;
	}
	return false;
}

/* The release where dirtying is missing; NULL where some release dirties. */
static const struct gcv_flow_release *find_clean(struct gcv_check_state *s,
						 const struct gcv_flow_acquire *acquire,
						 const struct gcv_flow_use *use)
{
	const struct gcv_flow_release *found = NULL;
	uint32_t number = (uint32_t)(acquire - s->flow->acquires), nr, i;
	const uint32_t *releases = gcv_lists_of(&s->flow->served.releases, number, &nr);

	for (i = 0; i < nr; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[releases[i]];

		if (!is_release_of(s, release, acquire))
			continue;
		if (!release->api || !is_clean(s, release))
			return NULL;
		if (!found && is_behind(s, release, acquire, use))
			found = release;
	}
	return found;
}

/*
 * Releases that the acquire shares with pages of another kind may be those of the other pages. The
 * memory of another process may be such as only the kernel knows of yet.
 */
static enum gcv_confidence confidence_of(const struct gcv_check_state *s,
					 const struct gcv_flow_acquire *acquire,
					 const struct gcv_flow_release *release,
					 const struct writing *writing)
{
	const struct gcv_acquire_facts *at = &s->c->acquires[acquire->site];
	const struct gcv_release_facts *facts = &s->c->releases[release->site];

	if (writing->confidence == GCV_CONFIDENCE_LOW ||
	    acquire->api->family == GCV_API_FAMILY_IOV || !at->is_walked || at->is_remote)
		return GCV_CONFIDENCE_LOW;
	/* A part of the array: those that were written to may be the others. */
	if (s->c->sites[release->site].pattern == GCV_PATTERN_ARRAY_AT_OFFSET)
		return GCV_CONFIDENCE_LOW;
	if (facts->nr_other || facts->nr_unknown)
		return GCV_CONFIDENCE_MEDIUM;
	return writing->confidence;
}

static void note_use(struct gcv_check_state *s, struct gcv_fault *fault,
		     const struct gcv_flow_use *use)
{
	if (use)
		gcv_check_note(s, fault, use->function, use->call, "%s() %s", use->name,
			       use->effect == GCV_EFFECT_WRITE ? "writes to them"
			       : use->effect == GCV_EFFECT_DMA
				       ? "makes them known to a device that may write to them"
				       : "maps them for the kernel");
}

static void check_written(struct gcv_check_state *s, uint32_t number)
{
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[number];
	const struct gcv_body *body = s->facts->functions[acquire->function].body;
	int64_t foll_write = gcv_check_flag(s, "FOLL_WRITE");
	const struct gcv_flow_release *release;
	struct gcv_bits bits;
	struct gcv_fault *fault;
	struct writing writing;

	gcv_check_bits(s, acquire->function,
		       gcv_check_argument(body, acquire->call,
					  acquire->signature->arg[GCV_API_ARG_FLAGS]),
		       &bits);
	if ((bits.is_known && !(bits.may & foll_write)) ||
	    !find_writing(s, number, &bits, &writing))
		return;
	release = find_clean(s, acquire, writing.use);
	if (!release)
		return;
	fault = gcv_check_tell(s, GCV_CHECK_NOT_DIRTIED,
			       confidence_of(s, acquire, release, &writing), release->site,
			       release->function, release->call,
			       "pages of %s() that %s are given back by %s() and never marked "
			       "dirty",
			       acquire->api->name,
			       writing.use ? "were written to" : "are asked for to be written to",
			       release->name);
	gcv_check_note(s, fault, acquire->function, acquire->call,
		       "the pages are acquired here, to be written to");
	note_use(s, fault, writing.use);
	gcv_check_note(s, fault, release->function, release->call, "%s() gives them back",
		       release->name);
}

void gcv_check_dirty(struct gcv_check_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_acquires; i++) {
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[i];

		if (acquire->site != GCV_NONE && acquire->signature && !acquire->is_null &&
		    !gcv_check_is_internal(s, acquire->site))
			check_written(s, i);
	}
}
