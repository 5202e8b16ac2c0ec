// SPDX-License-Identifier: GPL-2.0-only
#include "report/utf8.h"

#include <stdbool.h>

/* A few lead bytes allow less than 80 to bf behind them. */
static bool second_is_valid(unsigned char lead, unsigned char second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return second >= 0x80 && second <= 0xbf;
	}
}

size_t gcv_utf8_len(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t len, i;

	if (p[0] < 0x80)
		return p[0] != 0;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (!second_is_valid(p[0], p[1]))
		return 0;
	for (i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

void gcv_utf8_add(struct gcv_strbuf *sb, const char *text)
{
	size_t good = 0, len;

	while (text[good]) {
		len = gcv_utf8_len(text + good);
		if (len) {
			good += len;
			continue;
		}
		gcv_strbuf_add(sb, text, good);
		gcv_strbuf_addstr(sb, "\xef\xbf\xbd");
		text += good + 1;
		good = 0;
	}
	gcv_strbuf_add(sb, text, good);
}
