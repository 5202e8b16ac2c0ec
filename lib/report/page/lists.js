/* SPDX-License-Identifier: GPL-2.0-only */
/* The head of the page, and its lists: posted series, changes, faults, what was analysed. */
"use strict";

function show_about() {
	const parts = [report.tree.kernel ? `Linux ${report.tree.kernel}` : null];

	if (report.tree.revision)
		parts.push(report.tree.revision);
	if (report.snapshot.label !== report.tree.kernel)
		parts.push(`snapshot ${report.snapshot.label}`);
	if (report.conversion)
		parts.push(`conversion ${report.conversion}`);
	fill("about", parts.filter(Boolean).map((part) => el("span", null, part)));
	document.title = `get_user_pages() conversion, ${shown(report.tree.kernel || report.snapshot.label)}`;
	fill("made", el("span", null, `Made by ${report.tool.name} ${report.tool.version}. This page is ` +
		"complete in itself: it loads nothing and sends nothing."));
}

function show_notice() {
	const notices = [];

	if (!report.snapshot.complete)
		notices.push("Only a part of the tree was scanned.");
	if (report.filter)
		notices.push("Only sites of " + Object.entries(report.filter)
			.map(([key, value]) => `${key} ${value}`).join(", ") + ".");
	if (!report.conversion)
		notices.push("The scan has no results: there are no verdicts.");
	fill("notice", el("span", null, notices.join(" ")));
	document.getElementById("notice").hidden = !notices.length;
}

function show_headline() {
	const verdicts = report.summary.verdicts;
	const all = report.summary.acquires;
	const title = document.getElementById("headline");

	if (!verdicts)
		return fill(title, el("strong", null, number(all)), el("span", null, " acquires"));
	const done = verdicts.converted || 0;
	const stay = (verdicts.keep || 0) + (verdicts["nothing-acquired"] || 0);
	const progress = fill("progress", VERDICTS.map((verdict) => {
		const part = el("span", { class: `is-${verdict}`,
					  title: `${verdicts[verdict] || 0} ${verdict}` });

		part.style.flex = `${verdicts[verdict] || 0} 1 0`;
		return verdicts[verdict] ? part : null;
	}));

	progress.setAttribute("role", "img");
	progress.setAttribute("aria-label", VERDICTS.map((verdict) =>
		`${verdicts[verdict] || 0} ${verdict}`).join(", "));
	fill(title, el("strong", null, percent(done, all - stay)),
	     el("span", null, ` converted: ${number(done)} of the ${plural(all - stay, "acquire")} that do not stay as they are`),
	     el("small", null, `${plural(all, "acquire")} in all, ${number(stay)} of them stay as they are; ` +
		`${plural(report.summary.releases, "release")}`));
	return fill("verdicts", VERDICTS.map((verdict) => el("li", null,
		filter_button("verdict", verdict, null,
			el("b", null, number(verdicts[verdict] || 0)), el("span", null, dot(verdict), verdict),
			el("small", null, VERDICT_HELP[verdict])))));
}

function person(who) {
	return who ? who.name || who.address || "" : "";
}

function patch_row(patch) {
	return el("tr", null, el("td", { class: "number" }, patch.number === null ? "" : patch.number),
		  el("td", null, patch.title), el("td", null, badge(patch.status)),
		  el("td", null, patch.tags.filter((tag) => tag.counts)
			.map((tag) => `${tag.tag}: ${person(tag.person)}`).join(", ")),
		  el("td", { class: "number" }, number(patch.sites.length)));
}

function series_item(series) {
	const title = [series.title, series.version > 1 ? `v${series.version}` : null, person(series.from)];

	return el("details", null,
		  el("summary", null, el("b", null, `${number(series.reviewed)} of ${number(series.total)} reviewed`),
		     ` ${title.filter(Boolean).join(", ")}`),
		  listing("patches", ["", "patch", "status", "tags", "sites"], series.patches, patch_row, 40));
}

function show_series() {
	const card = document.getElementById("series-card");

	card.hidden = !has_reviews();
	if (!card.hidden)
		fill("series", report.series.map(series_item));
}

const CHANGE_WORDS = {
	converted: "newly converted",
	regressed: "converted before, and not any more",
	appeared: "new",
	gone: "gone",
	moved: "moved to another file",
	verdict: "another verdict",
};

function change_row(change) {
	const here = site_by_id.has(change.id);
	const text = `${change.file}:${change.line}`;

	return el("tr", null, el("td", null, change.kind),
		  el("td", { class: "place" }, here ? el("a", { href: `#id=${change.id}` }, breakable(text)) : breakable(text),
		     change.old_file ? el("span", { class: "soft" }, ` from ${change.old_file}`) : null),
		  el("td", { class: "function" }, breakable(change.function || "")),
		  el("td", { class: "api" }, breakable(change.api)),
		  el("td", null, badge(change.before)), el("td", null, badge(change.after)));
}

function show_changes() {
	const changes = report.changes;

	if (!changes) {
		document.getElementById("changes-card").hidden = true;
		return;
	}
	document.getElementById("changes-title").textContent = `Changes since ${shown(changes.since)}`;
	const sums = Object.entries(changes.sums).filter((sum) => sum[1]);
	const parts = [el("p", null, sums.length
		? sums.map(([kind, nr]) => `${number(nr)} ${CHANGE_WORDS[kind] || kind}`).join(", ") + "."
		: "Nothing changed.")];

	if (!changes.same_conversion)
		parts.push(el("p", { class: "soft" }, "Verdicts of the two are for different conversions."));
	if (changes.acquires.length)
		parts.push(listing("changes", ["what", "place", "function", "call", "before", "now"],
				   changes.acquires, change_row, 12));
	fill("changes", parts);
}

/* A table of which the first rows are shown, and all after its button is pressed. */
function listing(name, head, rows, make, nr) {
	const body = el("tbody", null, rows.slice(0, nr).map(make));
	const box = el("div", null, el("div", { class: "scroll" }, el("table", null,
		el("thead", null, el("tr", null, head.map((text) => el("th", { scope: "col" }, text)))), body)));

	if (rows.length > nr) {
		const more = el("button", { type: "button", class: "more" }, `Show all ${rows.length} ${name}`);

		more.addEventListener("click", () => {
			body.append(...rows.slice(nr).map(make));
			more.remove();
		});
		box.append(more);
	}
	return box;
}

function note_item(note) {
	return el("li", null, note.text, " ", el("span", { class: "where" }, place(note.file, note.line)));
}

function finding_row(finding) {
	return el("tr", null,
		  el("td", null, el("span", { class: `badge is-${finding.severity}` }, finding.severity)),
		  el("td", null, el("span", { class: "code" }, breakable(finding.code))),
		  el("td", { class: "place" }, place(finding.file, finding.line),
		     finding.function ? el("span", { class: "soft" }, " ", breakable(finding.function + "()")) : null),
		  el("td", null, finding.text,
		     finding.silenced ? el("span", { class: "soft" }, ` (silenced: ${finding.silenced})`) : null,
		     finding.notes.length ? el("details", null, el("summary", null, "the way there"),
					       el("ol", null, finding.notes.map(note_item))) : null));
}

function show_findings() {
	if (!report.findings) {
		document.getElementById("findings-card").hidden = true;
		return;
	}
	if (!report.findings.length)
		return fill("findings", el("p", { class: "soft" }, "The checks found none."));
	const loud = report.findings.filter((finding) => !finding.silenced);
	const quiet = report.findings.length - loud.length;

	return fill("findings",
	     el("p", null, `${plural(loud.length, "fault")} in how pages are acquired and released` +
		(quiet ? `, and ${number(quiet)} that a comment in the code silences.` : ".")),
	     listing("faults", ["severity", "check", "place", "what is wrong"],
		     [...loud, ...report.findings.filter((finding) => finding.silenced)], finding_row, 10));
}

function show_seen() {
	const s = report.summary;
	const list = el("dl", { class: "facts" });

	fact(list, "files read", s.files_read === null ? null : number(s.files_read));
	fact(list, "translation units", `${number(s.units)} in ${plural(s.configurations, "configuration")}; ` +
		`${number(s.units_with_errors)} with errors, ${number(s.units_failed)} failed`);
	fact(list, "code seen", s.code === null ? null
		: `${number(s.code_seen)} of ${plural(s.code, "occurrence")} of API names that are code`);
	fact(list, "not seen", plural(report.ledger.inactive.length, "occurrence") + " in no configuration, " +
		`${number(report.ledger.not_analysed.length)} not analysed`);
	fact(list, "namesakes", plural(s.namesakes, "call") + " of functions that only bear an API's name");
	const parts = [list];

	if (report.failures.length)
		parts.push(listing("failures", ["file", "configuration", "cause"], report.failures,
			(failure) => el("tr", null, el("td", { class: "place" }, failure.file),
				el("td", null, failure.configuration || ""), el("td", null, failure.cause)), 10));
	const unseen = [...report.ledger.inactive, ...report.ledger.not_analysed];

	if (unseen.length)
		parts.push(listing("places", ["not seen at", "name", "cause"], unseen,
			(at) => el("tr", null, el("td", { class: "place" }, place(at.file, at.line)),
				el("td", { class: "api" }, at.api), el("td", null, at.cause)), 5));
	fill("seen", parts);
}

function show_lists() {
	show_about();
	show_notice();
	show_headline();
	show_series();
	show_changes();
	show_findings();
	show_seen();
}
