/* SPDX-License-Identifier: GPL-2.0-only */
/* The explanation of a site: facts, reasons, the other ends, and the ways of its pages. */
"use strict";

function fact(list, name, value) {
	if (value === null || value === undefined || value === "" || value.length === 0)
		return;
	list.append(el("dt", null, name), el("dd", null, value));
}

function facts_of(site) {
	const row = site.row;
	const list = el("dl", { class: "facts" });

	fact(list, "flags", row.flags ? row.flags.replace(/\s+/g, " ") : null);
	fact(list, "case", CASES[row.case]);
	if (row.longterm !== null && row.longterm !== undefined)
		fact(list, "FOLL_LONGTERM", row.longterm ? "is due" : "is not due");
	fact(list, "provenance", row.provenance);
	fact(list, "dirties", row.dirty);
	if (row.macro)
		fact(list, "in macro", row.macro.file ? [row.macro.name + ", ", place(row.macro.file, row.macro.line)]
						       : row.macro.name);
	fact(list, "configurations", row.configurations.join(", "));
	if (reviews.has(row.id))
		fact(list, "review", `${reviews.get(row.id).status}: ${reviews.get(row.id).about}`);
	fact(list, "id", row.id);
	return list;
}

function reason_item(reason) {
	const item = el("li", null, el("span", { class: "code" }, reason.code), ": " + reason.text);

	if (reason.file)
		item.append(" ", el("span", { class: "where" }, place(reason.file, reason.line)));
	return item;
}

function partner_item(id) {
	const other = site_by_id.get(id);

	if (!other)
		return el("li", null, el("span", { class: "code" }, id), " (not in this report)");
	return el("li", null,
		  el("a", { href: `#id=${id}`, class: "code" }, `${other.row.file}:${other.row.line}`),
		  ` ${other.row.function ? other.row.function + "(): " : ""}${other.row.api}() `,
		  badge(other.verdict));
}

/* A step; its place only where it is another one than that of the step before. */
function step_item(step, before) {
	const item = el("li", { class: step.kind }, step.text);

	if (!step.file)
		return item;
	const same_function = before && before.file === step.file && before.function === step.function;
	const where = el("span", { class: "where" }, " \u2014 ");

	if (same_function && !url_of(step.file, step.line))
		where.append(`line ${step.line}`);
	else
		where.append(place(step.file, step.line),
			     step.function && !same_function ? ` in ${shown(step.function)}()` : "");
	item.append(where);
	return item;
}

/* The tree below steps; ways that part become lists in each other, however deep. */
function tree_of(steps, roots) {
	const below = steps.map(() => []);

	steps.forEach((step, i) => {
		if (step.parent >= 0 && step.kind !== "use")
			below[step.parent].push(i);
	});
	const top = el("ol", { class: "steps" });
	const waiting = roots.map((at) => ({ at, list: top, before: null })).reverse();

	while (waiting.length) {
		const { at, list, before } = waiting.pop();

		list.append(step_item(steps[at], before));
		if (below[at].length === 1) {
			waiting.push({ at: below[at][0], list, before: steps[at] });
			continue;
		}
		const branches = below[at].map((next) => ({ at: next, list: el("ol", { class: "steps" }),
							    before: steps[at] }));

		list.append(...branches.map((branch) => el("li", { class: "branch" }, branch.list)));
		waiting.push(...branches.reverse());
	}
	return top;
}

function ways_of_acquire(steps) {
	const roots = steps.map((step, i) => i)
		.filter((i) => steps[i].parent < 0 && steps[i].kind !== "use");
	const uses = steps.filter((step) => step.kind === "use");
	const parts = [];

	if (roots.length)
		parts.push(el("h3", null, "Where the pages go"), tree_of(steps, roots));
	if (uses.length) {
		const list = el("ol", { class: "steps" });

		uses.forEach((use, i) => list.append(step_item(use, uses[i - 1])));
		parts.push(el("h3", null, "What is done to them"), list);
	}
	return parts;
}

/* The steps from the beginning of a way to one of its steps. */
function path_to(steps, at) {
	const path = [];

	for (let i = at; i >= 0; i = steps[i].parent)
		path.unshift(steps[i]);
	return path;
}

function path_list(path) {
	const list = el("ol", { class: "steps" });

	path.forEach((step, i) => list.append(step_item(step, path[i - 1])));
	return list;
}

/* The release step of an acquire that stands for a release site, or -1. */
function step_for(steps, row) {
	let best = -1, distance = Infinity;

	steps.forEach((step, i) => {
		const now = Math.abs(step.line - row.line);

		if (step.kind === "release" && step.file === row.file &&
		    step.function === (row.function || "") && step.text.includes(row.api + "(") &&
		    now < distance) {
			best = i;
			distance = now;
		}
	});
	return best;
}

function ways_of_release(site) {
	const parts = [];
	const own = steps_of(site.row.id);

	for (const id of site.row.acquires || []) {
		const steps = steps_of(id);
		const at = step_for(steps, site.row);

		if (at >= 0)
			parts.push(path_list(path_to(steps, at)));
	}
	own.forEach((step, i) => {
		if (step.kind === "release")
			parts.push(path_list(path_to(own, i)));
	});
	return parts.length ? [el("h3", null, "Where the pages come from"), ...parts] : [];
}

/* All there is to say about a site, for the row below it. */
function detail_of(site) {
	const row = site.row;
	const others = (site.role === "acquire" ? row.releases : row.acquires) || [];
	const box = el("div", { class: "detail" });

	if ((row.reasons || []).length)
		box.append(el("h3", null, "Reasons"), el("ul", null, row.reasons.map(reason_item)));
	if (others.length)
		box.append(el("h3", null, site.role === "acquire" ? "Releases" : "Acquires"),
			   el("ul", null, others.map(partner_item)));
	box.append(...(site.role === "acquire" ? ways_of_acquire(steps_of(row.id)) : ways_of_release(site)));
	box.append(el("h3", null, "Facts"), facts_of(site));
	return box;
}
