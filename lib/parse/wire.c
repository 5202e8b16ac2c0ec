// SPDX-License-Identifier: GPL-2.0-only
#include "parse/wire.h"

#include <string.h>

void gcv_wire_put_uint(struct gcv_strbuf *out, uint64_t value)
{
	char bytes[10];
	size_t nr = 0;

	while (value >= 0x80) {
		bytes[nr++] = (char)(value | 0x80);
		value >>= 7;
	}
	bytes[nr++] = (char)value;
	gcv_strbuf_add(out, bytes, nr);
}

void gcv_wire_put_int(struct gcv_strbuf *out, int64_t value)
{
	gcv_wire_put_uint(out, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

void gcv_wire_put_bytes(struct gcv_strbuf *out, const void *data, size_t len_bytes)
{
	gcv_wire_put_uint(out, len_bytes);
	gcv_strbuf_add(out, data, len_bytes);
}

void gcv_wire_put_str(struct gcv_strbuf *out, const char *text)
{
	if (!text)
		text = "";
	gcv_wire_put_bytes(out, text, strlen(text));
}

static uint64_t fail(struct gcv_wire *in)
{
	in->failed = true;
	in->pos = in->end;
	return 0;
}

uint64_t gcv_wire_get_uint(struct gcv_wire *in)
{
	uint64_t value = 0;
	unsigned int shift;

	for (shift = 0; shift < 70; shift += 7) {
		uint8_t byte;

		if (in->pos >= in->end)
			return fail(in);
		byte = (uint8_t)*in->pos++;
		if (shift == 63 && byte > 1)
			return fail(in);
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	return fail(in);
}

uint32_t gcv_wire_get_u32(struct gcv_wire *in)
{
	uint64_t value = gcv_wire_get_uint(in);

	return value > UINT32_MAX ? (uint32_t)fail(in) : (uint32_t)value;
}

int64_t gcv_wire_get_int(struct gcv_wire *in)
{
	uint64_t value = gcv_wire_get_uint(in);

	return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

uint32_t gcv_wire_get_count(struct gcv_wire *in, size_t min_bytes)
{
	uint32_t nr = gcv_wire_get_u32(in);

	return nr > (size_t)(in->end - in->pos) / min_bytes ? (uint32_t)fail(in) : nr;
}

const char *gcv_wire_get_bytes(struct gcv_wire *in, size_t *ret_len_bytes)
{
	uint64_t len = gcv_wire_get_uint(in);
	const char *data = in->pos;

	*ret_len_bytes = 0;
	if (len > (size_t)(in->end - in->pos)) {
		fail(in);
		return in->pos;
	}
	in->pos += len;
	*ret_len_bytes = (size_t)len;
	return data;
}

const char *gcv_wire_get_str(struct gcv_wire *in, struct gcv_arena *arena)
{
	size_t len;
	const char *data = gcv_wire_get_bytes(in, &len);

	return len ? gcv_arena_strndup(arena, data, len) : "";
}
