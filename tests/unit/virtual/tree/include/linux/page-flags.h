enum other { PG_not_this, };
enum pageflags {
	PG_one,		/* a comment, with a comma */
	PG_two,
#ifdef CONFIG_MMU
	PG_three,
#endif
#if defined(CONFIG_YOUNG) && defined(CONFIG_IDLE)
	PG_off,
#ifdef CONFIG_MMU
	PG_off_too,
#endif
#endif
#if defined(CONFIG_YOUNG) || defined(CONFIG_IDLE)
	PG_four,
#endif
#ifndef CONFIG_YOUNG
	PG_five,
#endif
	__NR_PAGEFLAGS,
	PG_alias = PG_one,
};
