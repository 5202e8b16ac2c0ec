// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/session.h"
#include "parse/clang/extract.h"
#include "parse/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/** NO_GCC - a folder that does not exist */
#define NO_GCC "/gupconv-virtual/no-gcc"

struct gcv_session {
	CXIndex index; /* declarations of a precompiled header are not visited */
	struct gcv_arena arena;
	struct gcv_setup setup;
	bool has_setup;
	struct gcv_job_env **envs;
	uint32_t nr_envs;
	struct gcv_filehash hashes;
};

struct gcv_session *gcv_session_new(void)
{
	struct gcv_session *session = gcv_zalloc(1, sizeof(*session));

	session->index = clang_createIndex(1, 0);
	return session;
}

void gcv_session_free(struct gcv_session *session)
{
	clang_disposeIndex(session->index);
	gcv_setup_release(&session->setup);
	gcv_arena_release(&session->arena);
	gcv_filehash_release(&session->hashes);
	free(session->envs);
	free(session);
}

const struct gcv_setup *gcv_session_setup(const struct gcv_session *session)
{
	return session->has_setup ? &session->setup : NULL;
}

static bool take_env(struct gcv_session *session, struct gcv_wire *payload)
{
	struct gcv_job_env *env = gcv_arena_alloc(&session->arena, sizeof(*env));

	if (!gcv_env_decode(payload, &session->arena, env) || env->id > 4096)
		return false;
	if (env->id >= session->nr_envs) {
		session->envs =
			gcv_realloc_array(session->envs, env->id + 1u, sizeof(*session->envs));
		while (session->nr_envs <= env->id)
			session->envs[session->nr_envs++] = NULL;
	}
	session->envs[env->id] = env;
	return true;
}

static uint64_t cpu_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (uint64_t)ts.tv_sec * 1000000u + (uint64_t)ts.tv_nsec / 1000u;
}

struct parse {
	struct gcv_session *session;
	const struct gcv_job *job;
	const struct gcv_job_env *env;
	struct gcv_arena arena;
	const char *path; /* absolute */
	CXTranslationUnit tu;
};

static const char *absolute_path(struct parse *p, const char *path)
{
	if (*path == '/')
		return path;
	return gcv_arena_printf(&p->arena, "%s/%s", p->session->setup.root, path);
}

/* -include and its file belong into a precompiled header, not beside it. */
static uint32_t fill_args(const struct parse *p, const char **args)
{
	bool with_pch = p->job->kind == GCV_JOB_FACTS && *p->job->pch;
	uint32_t nr = 0, i;

	/* Nothing of a GCC is used; the search for one asks for some 150 folders. */
	args[nr++] = "--gcc-toolchain=" NO_GCC;
	if (p->job->kind == GCV_JOB_PCH) {
		args[nr++] = "-x";
		args[nr++] = "c-header";
	}
	if (with_pch) {
		args[nr++] = "-include-pch";
		args[nr++] = p->job->pch;
		/* It was made a moment ago: spare looking at each of its 1,500 files again. */
		args[nr++] = "-Xclang";
		args[nr++] = "-fno-validate-pch";
	}
	for (i = 0; i < p->env->nr_args; i++) {
		if (with_pch && strcmp(p->env->args[i], "-include") == 0)
			i++;
		else
			args[nr++] = p->env->args[i];
	}
	for (i = 0; i < p->job->nr_args; i++)
		args[nr++] = p->job->args[i];
	return nr;
}

static struct CXUnsavedFile unsaved(struct parse *p, const char *path, const char *text, size_t len)
{
	return (struct CXUnsavedFile){ absolute_path(p, path), text, len };
}

static bool is_of_job(const struct parse *p, const char *path)
{
	uint32_t i;

	for (i = 0; i < p->job->nr_files; i++)
		if (strcmp(p->job->files[i].path, path) == 0)
			return true;
	return false;
}

/* A text of the job was made from that of the overlay, and takes its place. */
static struct CXUnsavedFile *fill_files(struct parse *p, uint32_t *ret_nr)
{
	const struct gcv_overlay *overlay = &p->session->setup.overlay;
	const struct gcv_job_env *env = p->env;
	const struct gcv_job *job = p->job;
	struct CXUnsavedFile *files =
		gcv_arena_alloc(&p->arena, sizeof(*files) * ((size_t)env->nr_files + job->nr_files +
							     overlay->nr_files));
	uint32_t i, nr = 0;

	for (i = 0; i < env->nr_files; i++)
		files[nr++] = unsaved(p, env->files[i].path, env->files[i].text, env->files[i].len);
	for (i = 0; i < job->nr_files; i++)
		files[nr++] = unsaved(p, job->files[i].path, job->files[i].text, job->files[i].len);
	for (i = 0; i < overlay->nr_files; i++)
		if (!is_of_job(p, overlay->files[i].path))
			files[nr++] = unsaved(p, overlay->files[i].path, overlay->files[i].text,
					      overlay->files[i].len);
	*ret_nr = nr;
	return files;
}

static const char *parse_error(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "libclang crashed";
	case CXError_InvalidArguments:
		return "libclang refused the arguments";
	case CXError_ASTReadError:
		return "libclang could not read the precompiled header";
	default:
		return "libclang could not parse it";
	}
}

static const char *parse_unit(struct parse *p)
{
	unsigned int options = CXTranslationUnit_KeepGoing;
	const char **args =
		gcv_arena_alloc(&p->arena, sizeof(*args) * (p->env->nr_args + p->job->nr_args + 7));
	uint32_t nr_args = fill_args(p, args), nr_files;
	struct CXUnsavedFile *files = fill_files(p, &nr_files);
	enum CXErrorCode code;

	/* The ranges that the preprocessor skipped, and macros, are part of its record. */
	if (p->job->want_skips || p->job->kind == GCV_JOB_ERA)
		options |= CXTranslationUnit_DetailedPreprocessingRecord;
	if (p->job->kind == GCV_JOB_ERA)
		options |= CXTranslationUnit_SkipFunctionBodies;
	if (p->job->kind == GCV_JOB_PCH)
		options = CXTranslationUnit_KeepGoing | CXTranslationUnit_SkipFunctionBodies |
			  CXTranslationUnit_ForSerialization | CXTranslationUnit_Incomplete;
	code = clang_parseTranslationUnit2(p->session->index, p->path, args, (int)nr_args, files,
					   nr_files, options, &p->tu);
	if (code != CXError_Success || !p->tu)
		return parse_error(code);
	if (p->job->kind == GCV_JOB_PCH &&
	    clang_saveTranslationUnit(p->tu, p->job->pch, clang_defaultSaveOptions(p->tu)) !=
		    CXSaveError_None)
		return "libclang could not write the precompiled header";
	return NULL;
}

static void collect(struct parse *p, struct gcv_strbuf *facts_bytes)
{
	struct gcv_extract_options options = {
		.root = p->session->setup.root,
		.main_path = p->job->main,
		.names = &p->session->setup.names,
		.candidates = &p->session->setup.candidates,
		.prefixes = &p->session->setup.prefixes,
		.hashes = &p->session->hashes,
		.overlay = &p->session->setup.overlay,
		.texts = p->job->files,
		.nr_texts = p->job->nr_files,
		.want_decls = p->job->kind == GCV_JOB_ERA,
		.files_only = p->job->kind != GCV_JOB_FACTS,
	};
	struct gcv_facts facts;

	gcv_extract_unit(p->tu, &options, &p->arena, &facts);
	gcv_facts_encode(&facts, facts_bytes);
}

static bool run_job(struct gcv_session *session, const struct gcv_job *job,
		    struct gcv_strbuf *reply)
{
	struct parse p = { .session = session, .job = job };
	struct gcv_strbuf bytes = { 0 };
	struct gcv_result result = { .id = job->id, .message = "", .facts = "" };
	const char *message;
	struct rusage usage;
	uint64_t start = cpu_us();

	if (!session->has_setup || job->env >= session->nr_envs || !session->envs[job->env])
		return false;
	p.env = session->envs[job->env];
	p.path = absolute_path(&p, job->main);
	message = parse_unit(&p);
	if (message) {
		result.failed = true;
		result.message = message;
	} else {
		collect(&p, &bytes);
		result.facts = bytes.buf;
		result.facts_len = bytes.len;
	}
	if (p.tu)
		clang_disposeTranslationUnit(p.tu);
	getrusage(RUSAGE_SELF, &usage);
	result.cpu_us = cpu_us() - start;
	result.rss_kib = (uint64_t)usage.ru_maxrss;
	gcv_message_result(reply, &result);
	gcv_strbuf_release(&bytes);
	gcv_arena_release(&p.arena);
	return true;
}

bool gcv_session_message(struct gcv_session *session, struct gcv_wire *payload,
			 struct gcv_strbuf *reply)
{
	struct gcv_arena arena = { 0 };
	struct gcv_job job;
	bool sound = false;

	switch (*payload->pos++) {
	case GCV_MESSAGE_SETUP:
		sound = !session->has_setup &&
			gcv_setup_decode(payload, &session->arena, &session->setup);
		session->has_setup = true;
		break;
	case GCV_MESSAGE_ENV:
		sound = take_env(session, payload);
		break;
	case GCV_MESSAGE_JOB:
		sound = gcv_job_decode(payload, &arena, &job) && run_job(session, &job, reply);
		break;
	default:
		break;
	}
	gcv_arena_release(&arena);
	return sound;
}
