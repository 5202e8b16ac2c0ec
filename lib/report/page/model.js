/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the page is made of: the documents in it, and elements made of their text. Whatever comes from
 * the tree becomes a text node, never HTML.
 */
"use strict";

function read_document(id) {
	return JSON.parse(document.getElementById(id).textContent);
}

const options = read_document("options");
const report = read_document("document");

/** VERDICTS - of acquires, what is done first, in the order in which all charts have them */
const VERDICTS = ["converted", "convertible", "refused", "keep", "nothing-acquired"];

/** VERDICT_HELP - what they mean, in a few words */
const VERDICT_HELP = {
	"converted": "have the wanted form",
	"convertible": "can be converted, with all their releases",
	"refused": "not to be converted by the tool; a reason says why",
	"keep": "stay as they are",
	"nothing-acquired": "no page array is given",
};

const CASES = {
	1: "CASE 1: direct I/O, the pages are used for a short time",
	2: "CASE 2: the pages stay for long, for example for RDMA",
	3: "CASE 3: an MMU notifier drops the pages",
	4: "CASE 4: only facts of struct page are used",
	5: "CASE 5: the data of the pages is written",
};

/* Characters that nobody sees, or that change how others are seen, are shown by their number. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function shown(text) {
	return String(text).replace(HIDDEN, (ch) => {
		const code = ch.codePointAt(0).toString(16);

		return code.length < 3 ? "\\x" + code.padStart(2, "0") : "\\u" + code.padStart(4, "0");
	});
}

/* el("td", { class: "number", onclick: f }, text or element, …) */
function el(name, attributes, ...children) {
	const made = document.createElement(name);

	for (const [key, value] of Object.entries(attributes || {})) {
		if (value === null || value === undefined || value === false)
			continue;
		if (typeof value === "function")
			made.addEventListener(key.slice(2), value);
		else
			made.setAttribute(key, value === true ? "" : shown(value));
	}
	for (const child of children.flat()) {
		if (child === null || child === undefined)
			continue;
		made.append(child instanceof Node ? child : document.createTextNode(shown(child)));
	}
	return made;
}

/* A name or a path as text that may be broken behind its parts, not within them. */
function breakable(text) {
	return shown(text).split(/(?<=[/_.-])/).flatMap((part, i) => (i ? [el("wbr"), part] : [part]));
}

function fill(id, ...children) {
	const holder = typeof id === "string" ? document.getElementById(id) : id;

	holder.replaceChildren(...children.flat().filter((child) => child !== null));
	return holder;
}

function number(value) {
	return value === null || value === undefined ? "?" : value.toLocaleString("en");
}

function plural(count, one, many) {
	return `${number(count)} ${count === 1 ? one : many || one + "s"}`;
}

function percent(part, whole) {
	if (!whole || part === whole)
		return whole ? "100 %" : "0 %";
	return `${Math.floor((100 * part) / whole)} %`;
}

/* The sites, with what the table needs to find them fast. */
const sites = [];
const site_by_id = new Map();

function add_site(row, role) {
	const first = row.reasons && row.reasons.length ? row.reasons[0] : null;
	const site = {
		row,
		role,
		order: sites.length,
		codes: new Set((row.reasons || []).map((reason) => reason.code)),
		reason: first ? first.code : "",
		verdict: row.verdict || "",
		pattern: row.pattern || "",
		subsystem: row.subsystem || "",
	};

	site.text = [row.file + ":" + row.line, row.function || "", row.api, row.id, row.flags || "",
		site.subsystem, site.pattern, site.verdict, ...site.codes].join("\n").toLowerCase();
	sites.push(site);
	site_by_id.set(row.id, site);
}

for (const row of report.acquires)
	add_site(row, "acquire");
for (const row of report.releases)
	add_site(row, "release");

/* What became of the patches that touch a site: id of the site → { status, about } */
const reviews = new Map();

for (const series of report.series || [])
	for (const patch of series.patches)
		for (const id of patch.sites)
			reviews.set(id, { status: patch.status, about: patch.title });

/* Steps are many: they are read when an explanation is unfolded first. */
let kept_steps = null;

/* The steps of a site: { kind, text, file, line, function, parent } */
function steps_of(id) {
	let file = "", name = "";

	kept_steps = kept_steps || new Map(read_document("steps"));

	return (kept_steps.get(id) || []).map((step) => {
		file = step[2] === 0 ? file : step[2];
		name = step[4] === 0 ? name : step[4];
		return { kind: step[0], text: step[1], file, line: step[3], function: name,
			 parent: step[5] };
	});
}

/* URL of a line, after the template that the page was made with; null where there is none. */
function url_of(file, line) {
	if (!options.link || !/^https?:\/\//.test(options.link))
		return null;
	const values = {
		F: file.split("/").map(encodeURIComponent).join("/"),
		L: String(line || 1),
		V: encodeURIComponent(report.tree.kernel || ""),
		R: encodeURIComponent(report.tree.revision || ""),
		"%": "%",
	};

	return options.link.replace(/%([FLVR%])/g, (whole, letter) => values[letter]);
}

/* FILE:LINE, a link where there is a template. */
function place(file, line) {
	const text = line ? `${file}:${line}` : file;
	const url = url_of(file, line);

	return url ? el("a", { href: url, rel: "noreferrer", class: "code" }, breakable(text))
		   : el("span", { class: "code" }, breakable(text));
}

function badge(word) {
	return word ? el("span", { class: `badge is-${word}` }, word) : null;
}

function dot(word) {
	return el("span", { class: `dot is-${word}`, "aria-hidden": "true" });
}
