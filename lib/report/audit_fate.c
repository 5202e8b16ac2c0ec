// SPDX-License-Identifier: GPL-2.0-only
#include "report/audit_fate.h"

#include "edit/source.h"

#include <string.h>

/** enum side - lines that a patch took out, or such as came and stayed */
enum side { REMOVED, ADDED };

static bool is_of(const struct gcv_patched_line *line, enum side side, uint32_t patch)
{
	if (side == REMOVED)
		return line->begin != GCV_PATCHED_NONE && line->removed == patch;
	return line->begin == GCV_PATCHED_NONE && line->removed == GCV_PATCHED_NONE &&
	       (patch == GCV_PATCHED_NONE || line->added == patch);
}

static uint32_t count_in_line(const struct gcv_patched_line *line, const char *word)
{
	const struct gcv_source source = { .path = "", .text = line->text, .len = line->len };
	uint32_t pos = 0, nr = 0;

	while ((pos = gcv_source_word(&source, pos, source.len, word)) < source.len) {
		pos += (uint32_t)strlen(word);
		nr++;
	}
	return nr;
}

/* How often a word stands in lines of a run. */
static uint32_t count(const struct gcv_patched_file *file, struct gcv_patched_run run,
		      enum side side, uint32_t patch, const char *word)
{
	uint32_t i, nr = 0;

	for (i = run.first; i < run.end; i++)
		if (is_of(&file->lines[i], side, patch))
			nr += count_in_line(&file->lines[i], word);
	return nr;
}

static struct gcv_patched_run whole(const struct gcv_patched_file *file)
{
	return (struct gcv_patched_run){ 0, file->nr_lines };
}

static bool brings_goal(const struct gcv_audit *audit, const struct gcv_patched_file *file,
			struct gcv_patched_run run, uint32_t patch)
{
	size_t i;

	for (i = 0; i < audit->conversion->nr_pairs; i++) {
		const char *to = audit->conversion->pairs[i].to;

		if (count(file, run, ADDED, patch, to) > count(file, run, REMOVED, patch, to))
			return true;
	}
	return false;
}

static const struct gcv_patched_file *find_file(const struct gcv_audit *audit, const char *path)
{
	uint32_t i;

	for (i = 0; i < audit->nr_files; i++)
		if (strcmp(audit->files[i].path, path) == 0)
			return &audit->files[i];
	return NULL;
}

static void set_fate(const struct gcv_audit *audit, const struct gcv_patched_file *file,
		     struct gcv_audit_site *site)
{
	uint32_t at = gcv_patched_at(file, site->offset), patch;
	struct gcv_patched_run run, all = whole(file);

	if (at == file->nr_lines || file->lines[at].removed == GCV_PATCHED_NONE)
		return;
	run = gcv_patched_run(file, at);
	patch = file->lines[at].removed;
	if (count(file, run, ADDED, GCV_PATCHED_NONE, site->name) >=
	    count(file, run, REMOVED, patch, site->name))
		return;
	site->patch = patch;
	if (brings_goal(audit, file, run, patch)) {
		site->fate = GCV_FATE_CONVERTED;
		return;
	}
	/* The code may have moved, or a function with the new call stands elsewhere. */
	if (count(file, all, ADDED, patch, site->name) >=
	    count(file, all, REMOVED, patch, site->name))
		return;
	site->fate = brings_goal(audit, file, all, patch) ? GCV_FATE_CONVERTED : GCV_FATE_GONE;
}

void gcv_audit_fates(struct gcv_audit *audit)
{
	const struct gcv_patched_file *file = NULL;
	uint32_t i;

	for (i = 0; i < audit->nr_sites; i++) {
		struct gcv_audit_site *site = &audit->sites[i];

		site->fate = GCV_FATE_KEPT;
		site->patch = GCV_PATCHED_NONE;
		/* They come by file. */
		if (!i || strcmp(site->file, audit->sites[i - 1].file) != 0)
			file = find_file(audit, site->file);
		if (file && audit->conversion && !site->is_homonym)
			set_fate(audit, file, site);
	}
}

/* The lines that come for a site: in its place, else in the file, which is where a helper is. */
static struct gcv_patched_run run_of(const struct gcv_audit *audit,
				     const struct gcv_patched_file *file,
				     const struct gcv_audit_site *site)
{
	struct gcv_patched_run run = gcv_patched_run(file, gcv_patched_at(file, site->offset));

	return brings_goal(audit, file, run, site->patch) ? run : whole(file);
}

const char *gcv_audit_puts_in(const struct gcv_audit *audit, const struct gcv_audit_site *site,
			      gcv_audit_call_fn *is_wanted)
{
	const struct gcv_patched_file *file = find_file(audit, site->file);
	struct gcv_patched_run run;
	size_t i;

	if (!file)
		return NULL;
	run = run_of(audit, file, site);
	for (i = 0; i < audit->api->nr_functions; i++) {
		const struct gcv_api_function *function = &audit->api->functions[i];

		if (is_wanted(function) &&
		    count(file, run, ADDED, site->patch, function->name) >
			    count(file, run, REMOVED, site->patch, function->name))
			return function->name;
	}
	return NULL;
}

/* The expression of "if (EXPRESSION > 0)" in a line, @ret_len bytes; NULL where it is no such line.
 */
static const char *asked_of(const struct gcv_patched_line *line, size_t *ret_len)
{
	static const char opening[] = "if (", closing[] = " > 0)";
	const char *begin = memmem(line->text, line->len, opening, strlen(opening)), *end;

	if (!begin)
		return NULL;
	begin += strlen(opening);
	end = memmem(begin, (size_t)(line->text + line->len - begin), closing, strlen(closing));
	if (!end || end == begin)
		return NULL;
	*ret_len = (size_t)(end - begin);
	return begin;
}

/* Do lines of a run that come from the patch hold the last argument of a call, which ends it? */
static bool ends_call(const struct gcv_patched_file *file, struct gcv_patched_run run,
		      uint32_t patch, const char *argument, size_t len)
{
	const char *hit, *end;
	uint32_t i;

	for (i = run.first; i < run.end; i++) {
		const struct gcv_patched_line *line = &file->lines[i];

		if (!is_of(line, ADDED, patch))
			continue;
		end = line->text + line->len;
		for (hit = line->text; (hit = memmem(hit, (size_t)(end - hit), argument, len));
		     hit++)
			/* A name that only ends like it is another one. */
			if (hit > line->text && (hit[-1] == ' ' || hit[-1] == '\t') &&
			    hit + len < end && (hit[len] == ')' || hit[len] == ','))
				return true;
	}
	return false;
}

bool gcv_audit_asks_positive(const struct gcv_audit *audit, const struct gcv_audit_site *site)
{
	const struct gcv_patched_file *file = find_file(audit, site->file);
	struct gcv_patched_run run;
	const char *asked;
	size_t len;
	uint32_t i;

	if (!file)
		return false;
	run = run_of(audit, file, site);
	for (i = run.first; i < run.end; i++) {
		if (!is_of(&file->lines[i], ADDED, site->patch))
			continue;
		asked = asked_of(&file->lines[i], &len);
		if (asked && ends_call(file, (struct gcv_patched_run){ i + 1, run.end },
				       site->patch, asked, len))
			return true;
	}
	return false;
}

const struct gcv_api_conversion *gcv_audit_conversion(const struct gcv_patched_file *files,
						      uint32_t nr_files, const struct gcv_api *api)
{
	const struct gcv_api_conversion *best = NULL;
	uint32_t most = 0;
	size_t i, k;

	for (i = 0; i < api->nr_conversions; i++) {
		const struct gcv_api_conversion *conversion = &api->conversions[i];
		uint32_t nr = 0, f;

		for (k = 0; k < conversion->nr_pairs; k++)
			for (f = 0; f < nr_files; f++) {
				const char *to = conversion->pairs[k].to;
				uint32_t nr_in = count(&files[f], whole(&files[f]), ADDED,
						       GCV_PATCHED_NONE, to);

				/* A pair a shape: a name that several have counts once. */
				if (k && strcmp(conversion->pairs[k - 1].to, to) == 0)
					continue;
				nr += nr_in;
			}
		if (nr > most) {
			most = nr;
			best = conversion;
		}
	}
	return best;
}
