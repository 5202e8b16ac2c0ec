// SPDX-License-Identifier: GPL-2.0-only
#include "parse/protocol.h"

#include <string.h>

static size_t begin_message(struct gcv_strbuf *out, enum gcv_message_type type)
{
	size_t start = out->len;

	gcv_strbuf_add(out, "\0\0\0\0", 4);
	gcv_strbuf_addch(out, (char)type);
	return start;
}

static void end_message(struct gcv_strbuf *out, size_t start)
{
	size_t len = out->len - start - 4;
	unsigned int i;

	for (i = 0; i < 4; i++)
		out->buf[start + i] = (char)(len >> (8 * i));
}

static void put_set(struct gcv_strbuf *out, const struct gcv_intern *set)
{
	uint32_t i;

	gcv_wire_put_uint(out, set->nr);
	for (i = 0; i < set->nr; i++)
		gcv_wire_put_str(out, gcv_intern_str(set, i));
}

static void get_set(struct gcv_wire *in, struct gcv_intern *set)
{
	uint32_t nr = gcv_wire_get_count(in, 1), i;

	for (i = 0; i < nr; i++) {
		size_t len;
		const char *text = gcv_wire_get_bytes(in, &len);

		gcv_intern_add(set, text, len);
	}
}

static void put_args(struct gcv_strbuf *out, const char **args, uint32_t nr)
{
	uint32_t i;

	gcv_wire_put_uint(out, nr);
	for (i = 0; i < nr; i++)
		gcv_wire_put_str(out, args[i]);
}

static const char **get_args(struct gcv_wire *in, struct gcv_arena *arena, uint32_t *ret_nr)
{
	const char **args;
	uint32_t i;

	*ret_nr = gcv_wire_get_count(in, 1);
	args = gcv_arena_alloc(arena, sizeof(*args) * *ret_nr);
	for (i = 0; i < *ret_nr; i++)
		args[i] = gcv_wire_get_str(in, arena);
	return args;
}

static void put_overlay(struct gcv_strbuf *out, const struct gcv_overlay *overlay)
{
	uint32_t i;

	gcv_wire_put_uint(out, overlay->nr_files);
	for (i = 0; i < overlay->nr_files; i++) {
		gcv_wire_put_str(out, overlay->files[i].path);
		gcv_wire_put_bytes(out, overlay->files[i].text, overlay->files[i].len);
	}
}

/* libclang wants a NUL behind each text. */
static bool get_overlay(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_overlay *overlay)
{
	uint32_t nr = gcv_wire_get_count(in, 2), i;

	for (i = 0; i < nr; i++) {
		const char *path = gcv_wire_get_str(in, arena), *text;
		size_t len;

		text = gcv_wire_get_bytes(in, &len);
		if (in->failed ||
		    gcv_overlay_add(overlay, path, gcv_arena_strndup(arena, text, len), len,
				    NULL) != GCV_OK)
			return false;
	}
	return !in->failed;
}

void gcv_message_setup(struct gcv_strbuf *out, const struct gcv_setup *setup)
{
	size_t start = begin_message(out, GCV_MESSAGE_SETUP);

	gcv_wire_put_str(out, setup->root);
	put_set(out, &setup->names);
	put_set(out, &setup->candidates);
	put_set(out, &setup->prefixes);
	gcv_wire_put_str(out, setup->scratch ? setup->scratch : "");
	gcv_wire_put_str(out, setup->build ? setup->build : "");
	gcv_wire_put_uint(out, setup->memory_mib);
	put_overlay(out, &setup->overlay);
	end_message(out, start);
}

bool gcv_setup_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_setup *ret_setup)
{
	ret_setup->root = gcv_wire_get_str(in, arena);
	get_set(in, &ret_setup->names);
	get_set(in, &ret_setup->candidates);
	get_set(in, &ret_setup->prefixes);
	ret_setup->scratch = gcv_wire_get_str(in, arena);
	ret_setup->build = gcv_wire_get_str(in, arena);
	ret_setup->memory_mib = gcv_wire_get_u32(in);
	return get_overlay(in, arena, &ret_setup->overlay);
}

void gcv_setup_release(struct gcv_setup *setup)
{
	gcv_intern_release(&setup->names);
	gcv_intern_release(&setup->candidates);
	gcv_intern_release(&setup->prefixes);
	gcv_overlay_release(&setup->overlay);
}

static void put_files(struct gcv_strbuf *out, const struct gcv_memory_file *files, uint32_t nr)
{
	uint32_t i;

	gcv_wire_put_uint(out, nr);
	for (i = 0; i < nr; i++) {
		gcv_wire_put_str(out, files[i].path);
		gcv_wire_put_bytes(out, files[i].text, files[i].len);
	}
}

static struct gcv_memory_file *get_files(struct gcv_wire *in, struct gcv_arena *arena,
					 uint32_t *ret_nr)
{
	struct gcv_memory_file *files;
	uint32_t i;

	*ret_nr = gcv_wire_get_count(in, 2);
	files = gcv_arena_alloc(arena, sizeof(*files) * *ret_nr);
	for (i = 0; i < *ret_nr; i++) {
		const char *text;

		files[i].path = gcv_wire_get_str(in, arena);
		text = gcv_wire_get_bytes(in, &files[i].len);
		files[i].text = gcv_arena_strndup(arena, text, files[i].len);
	}
	return files;
}

void gcv_message_env(struct gcv_strbuf *out, const struct gcv_job_env *env)
{
	size_t start = begin_message(out, GCV_MESSAGE_ENV);

	gcv_wire_put_uint(out, env->id);
	put_args(out, env->args, env->nr_args);
	put_files(out, env->files, env->nr_files);
	end_message(out, start);
}

bool gcv_env_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_job_env *ret_env)
{
	ret_env->id = gcv_wire_get_u32(in);
	ret_env->args = get_args(in, arena, &ret_env->nr_args);
	ret_env->files = get_files(in, arena, &ret_env->nr_files);
	return !in->failed;
}

void gcv_message_job(struct gcv_strbuf *out, const struct gcv_job *job)
{
	size_t start = begin_message(out, GCV_MESSAGE_JOB);

	gcv_wire_put_uint(out, job->id);
	gcv_wire_put_uint(out, job->kind);
	gcv_wire_put_uint(out, job->env);
	gcv_wire_put_str(out, job->main);
	gcv_wire_put_str(out, job->pch);
	put_args(out, job->args, job->nr_args);
	gcv_wire_put_uint(out, job->want_skips);
	put_files(out, job->files, job->nr_files);
	end_message(out, start);
}

bool gcv_job_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_job *ret_job)
{
	uint32_t kind;

	ret_job->id = gcv_wire_get_u32(in);
	kind = gcv_wire_get_u32(in);
	if (kind > GCV_JOB_ERA)
		return false;
	ret_job->kind = (enum gcv_job_kind)kind;
	ret_job->env = gcv_wire_get_u32(in);
	ret_job->main = gcv_wire_get_str(in, arena);
	ret_job->pch = gcv_wire_get_str(in, arena);
	ret_job->args = get_args(in, arena, &ret_job->nr_args);
	ret_job->want_skips = gcv_wire_get_uint(in);
	ret_job->files = get_files(in, arena, &ret_job->nr_files);
	return !in->failed;
}

void gcv_message_result(struct gcv_strbuf *out, const struct gcv_result *result)
{
	size_t start = begin_message(out, GCV_MESSAGE_RESULT);

	gcv_wire_put_uint(out, result->id);
	gcv_wire_put_uint(out, result->failed);
	gcv_wire_put_str(out, result->message);
	gcv_wire_put_uint(out, result->cpu_us);
	gcv_wire_put_uint(out, result->rss_kib);
	gcv_wire_put_bytes(out, result->facts, result->facts_len);
	end_message(out, start);
}

bool gcv_result_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_result *ret_result)
{
	ret_result->id = gcv_wire_get_u32(in);
	ret_result->failed = gcv_wire_get_uint(in);
	ret_result->message = gcv_wire_get_str(in, arena);
	ret_result->cpu_us = gcv_wire_get_uint(in);
	ret_result->rss_kib = gcv_wire_get_uint(in);
	ret_result->facts = gcv_wire_get_bytes(in, &ret_result->facts_len);
	return !in->failed;
}

void gcv_message_guards(struct gcv_strbuf *out, const char *missing)
{
	size_t start = begin_message(out, GCV_MESSAGE_GUARDS);

	gcv_wire_put_str(out, missing);
	end_message(out, start);
}

bool gcv_guards_decode(struct gcv_wire *in, struct gcv_arena *arena, const char **ret_missing)
{
	*ret_missing = gcv_wire_get_str(in, arena);
	return !in->failed;
}

int gcv_message_next(const char *data, size_t len_bytes, struct gcv_wire *ret_payload,
		     size_t *ret_used_bytes)
{
	uint32_t len = 0;
	unsigned int i;

	if (len_bytes < 4)
		return 0;
	for (i = 0; i < 4; i++)
		len |= (uint32_t)(uint8_t)data[i] << (8 * i);
	if (len > GCV_MESSAGE_MAX || !len)
		return -1;
	if (len_bytes - 4 < len)
		return 0;
	*ret_payload = (struct gcv_wire){ .pos = data + 4, .end = data + 4 + len };
	*ret_used_bytes = 4 + (size_t)len;
	return 1;
}
