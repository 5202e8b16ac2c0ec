/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the program and its workers say to each other over a pair of pipes.
 *
 * A message is its length in four bytes (little endian), then a byte for its type, then the fields.
 * The program sends one SETUP, which the worker answers with GUARDS, then for each environment an
 * ENV before the first job that uses it, then JOBs one at a time; the worker answers each JOB with
 * one RESULT.
 *
 *	gcv_message_job(&out, &job);		program
 *	gcv_message_next(&in, &payload);	worker
 *	gcv_job_decode(&payload, &arena, &job);
 */
#ifndef GCV_PARSE_PROTOCOL_H
#define GCV_PARSE_PROTOCOL_H

#include "base/intern.h"
#include "base/strbuf.h"
#include "parse/wire.h"
#include "tree/overlay.h"

/** GCV_MESSAGE_MAX - a longer message is taken as damage */
#define GCV_MESSAGE_MAX (512u << 20)

/**
 * enum gcv_message_type - kinds of message
 * @GCV_MESSAGE_SETUP: what is the same for all jobs
 * @GCV_MESSAGE_ENV: flags and virtual headers of an architecture
 * @GCV_MESSAGE_JOB: parse something
 * @GCV_MESSAGE_RESULT: answer to a job
 * @GCV_MESSAGE_GUARDS: what the kernel does not do to guard others against the worker
 */
enum gcv_message_type {
	GCV_MESSAGE_SETUP = 1,
	GCV_MESSAGE_ENV,
	GCV_MESSAGE_JOB,
	GCV_MESSAGE_RESULT,
	GCV_MESSAGE_GUARDS,
};

/**
 * struct gcv_setup - what is the same for all jobs
 * @root: absolute real path of the tree
 * @names: API names
 * @candidates: headers (relative to the tree) whose definitions are wanted
 * @prefixes: prefixes of names that an era job reports
 * @scratch: absolute real path of the folder for precompiled headers, the only one that a worker
 *	writes to; NULL or "" for none
 * @build: absolute real path of a build folder, which a worker may read beside the tree; NULL or
 *	"" for none
 * @memory_mib: memory in MiB that a worker may have at all, or 0
 * @overlay: files of the tree that libclang shall see in another form, main files and headers
 */
struct gcv_setup {
	const char *root, *scratch, *build;
	unsigned int memory_mib;
	struct gcv_intern names, candidates, prefixes;
	struct gcv_overlay overlay;
};

/**
 * struct gcv_memory_file - a file that exists in memory only
 * @path: absolute path under which libclang finds it
 * @text: its bytes
 * @len: how many
 */
struct gcv_memory_file {
	const char *path;
	const char *text;
	size_t len;
};

/**
 * struct gcv_job_env - flags and virtual headers that many jobs share
 * @id: number chosen by the program, from 0 on
 * @args: compiler arguments
 * @files: virtual headers
 * @nr_args: how many
 * @nr_files: how many
 */
struct gcv_job_env {
	uint32_t id;
	const char **args;
	struct gcv_memory_file *files;
	uint32_t nr_args, nr_files;
};

/**
 * enum gcv_job_kind - what a job is for
 * @GCV_JOB_FACTS: facts of a translation unit
 * @GCV_JOB_PCH: write a precompiled header
 * @GCV_JOB_ERA: what the headers declare
 */
enum gcv_job_kind { GCV_JOB_FACTS, GCV_JOB_PCH, GCV_JOB_ERA };

/**
 * struct gcv_job - something to parse
 * @id: number chosen by the program
 * @kind: what for
 * @env: id of the environment
 * @main: main file, relative to the tree or virtual ("/gupconv-virtual/…")
 * @pch: absolute path of the precompiled header to use, or to write; "" for none
 * @args: further arguments for this file
 * @nr_args: how many
 * @want_skips: report the ranges that the preprocessor leaves out, which costs a twentieth more
 * @files: texts that libclang shall see instead of a file's (paths like @main), or virtual files
 * @nr_files: how many
 */
struct gcv_job {
	uint32_t id;
	enum gcv_job_kind kind;
	uint32_t env;
	const char *main;
	const char *pch;
	const char **args;
	uint32_t nr_args;
	bool want_skips;
	struct gcv_memory_file *files;
	uint32_t nr_files;
};

/**
 * struct gcv_result - answer to a job
 * @id: the job's number
 * @failed: no facts; @message says why
 * @message: sentence, or ""
 * @cpu_us: CPU time of the job in microseconds
 * @rss_kib: largest resident size of the worker so far
 * @facts: encoded facts (parse/facts.h)
 * @facts_len: their length in bytes
 */
struct gcv_result {
	uint32_t id;
	bool failed;
	const char *message;
	uint64_t cpu_us, rss_kib;
	const char *facts;
	size_t facts_len;
};

/**
 * gcv_message_setup() - append a SETUP message
 * @out: where
 * @setup: what to send
 */
void gcv_message_setup(struct gcv_strbuf *out, const struct gcv_setup *setup);

/**
 * gcv_message_env() - append an ENV message
 * @out: where
 * @env: what to send
 */
void gcv_message_env(struct gcv_strbuf *out, const struct gcv_job_env *env);

/**
 * gcv_message_job() - append a JOB message
 * @out: where
 * @job: what to send
 */
void gcv_message_job(struct gcv_strbuf *out, const struct gcv_job *job);

/**
 * gcv_message_result() - append a RESULT message
 * @out: where
 * @result: what to send
 */
void gcv_message_result(struct gcv_strbuf *out, const struct gcv_result *result);

/**
 * gcv_message_guards() - append a GUARDS message
 * @out: where
 * @missing: what the kernel does not do, in words for a person, or ""
 */
void gcv_message_guards(struct gcv_strbuf *out, const char *missing);

/**
 * gcv_message_next() - find the next whole message in received bytes
 * @data: bytes received
 * @len_bytes: how many
 * @ret_payload: its type and fields
 * @ret_used_bytes: bytes to drop when it was dealt with
 *
 * Return: 1 for a message, 0 where more bytes are needed, -1 for damage.
 */
int gcv_message_next(const char *data, size_t len_bytes, struct gcv_wire *ret_payload,
		     size_t *ret_used_bytes);

/**
 * gcv_setup_decode() - read the fields of a SETUP message
 * @in: reader behind the type
 * @arena: owns the strings
 * @ret_setup: a zeroed one; release it with gcv_setup_release(), after damage too
 *
 * Return: false for damage, also where a file of the overlay lies outside of the tree.
 */
bool gcv_setup_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_setup *ret_setup);

/**
 * gcv_setup_release() - free the sets of names and the list of files
 * @setup: the setup
 */
void gcv_setup_release(struct gcv_setup *setup);

/**
 * gcv_env_decode() - read the fields of an ENV message
 * @in: reader behind the type
 * @arena: owns the result
 * @ret_env: the environment
 *
 * Return: false for damage.
 */
bool gcv_env_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_job_env *ret_env);

/**
 * gcv_job_decode() - read the fields of a JOB message
 * @in: reader behind the type
 * @arena: owns the result
 * @ret_job: the job
 *
 * Return: false for damage.
 */
bool gcv_job_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_job *ret_job);

/**
 * gcv_result_decode() - read the fields of a RESULT message
 * @in: reader behind the type
 * @arena: owns the message; @ret_result->facts points into the reader's bytes
 * @ret_result: the result
 *
 * Return: false for damage.
 */
bool gcv_result_decode(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_result *ret_result);

/**
 * gcv_guards_decode() - read the fields of a GUARDS message
 * @in: reader behind the type
 * @arena: owns the result
 * @ret_missing: what the kernel does not do, or ""
 *
 * Return: false for damage.
 */
bool gcv_guards_decode(struct gcv_wire *in, struct gcv_arena *arena, const char **ret_missing);

#endif
