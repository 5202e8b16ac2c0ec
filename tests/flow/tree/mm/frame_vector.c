// SPDX-License-Identifier: GPL-2.0-only
/* What a frame vector is: the array and a flag that tells whose pages these are. */
#include <linux/annotated.h>
#include <media/frame_vector.h>

int get_vaddr_frames(unsigned long start, unsigned int nr_frames, bool write,
		     struct frame_vector *vec)
{
	int got;

	got = pin_user_pages_fast(start, nr_frames, write ? FOLL_WRITE | FOLL_LONGTERM : FOLL_LONGTERM, (struct page **)(vec->ptrs)); /* acquire: converted releases=put_vaddr_frames */
	vec->got_ref = true;
	vec->is_pfns = false;
	vec->nr_frames = got > 0 ? got : 0;
	return got;
}

void put_vaddr_frames(struct frame_vector *vec)
{
	struct page **pages;

	if (!vec->got_ref)
		return;
	pages = frame_vector_pages(vec);
	if (IS_ERR(pages))
		return;
	unpin_user_pages(pages, vec->nr_frames); /* release: converted provenance=gup acquires=get_vaddr_frames */
	vec->got_ref = false;
}
