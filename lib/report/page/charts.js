/* SPDX-License-Identifier: GPL-2.0-only */
/* The charts: the course over snapshots (drawn with D3), and bars that are buttons for filters. */
"use strict";

function count_of(row, verdict) {
	return (row.verdicts && row.verdicts[verdict]) || 0;
}

function trend_numbers() {
	const head = ["snapshot", "acquires", ...VERDICTS];
	const table = el("table", null, el("thead", null, el("tr", null,
		head.map((name, i) => el("th", { class: i ? "number" : null, scope: "col" }, name)))));
	const body = el("tbody");

	for (const row of report.history)
		body.append(el("tr", null, el("th", { scope: "row" }, row.label),
			el("td", { class: "number" }, number(row.acquires)),
			VERDICTS.map((verdict) => el("td", { class: "number" },
				row.verdicts ? number(count_of(row, verdict)) : "?"))));
	table.append(body);
	return el("details", { class: "more" }, el("summary", null, "The numbers"),
		  el("div", { class: "scroll" }, table));
}

/* Every so many labels, so that they do not run into each other. */
function thinned(labels, width) {
	const longest = Math.max(...labels.map((label) => label.length));
	const room = Math.max(1, Math.floor(width / (longest * 7.2 + 10)));
	const each = Math.ceil(labels.length / room);

	return labels.filter((label, i) => (labels.length - 1 - i) % each === 0);
}

function draw_trend(holder, width) {
	const rows = report.history;
	const height = 250, left = 36, right = 8, top = 20, bottom = 26;
	const labels = rows.map((row, i) => String(i));
	const x = d3.scaleBand().domain(labels).range([left, width - right]).padding(0.28);
	const most = Math.max(1, ...rows.map((row) => row.acquires));
	const y = d3.scaleLinear().domain([0, most]).nice(5).range([height - bottom, top]);
	const band = Math.min(x.bandwidth(), 90);
	const at = (label) => x(label) + (x.bandwidth() - band) / 2;
	const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img")
		.attr("aria-label", "Acquires by verdict in each snapshot; the numbers are in the table below");
	const names = rows.map((row) => shown(row.label) + (row.complete ? "" : "*"));
	const seen = new Set(thinned(names, width - left));
	const stacked = d3.stack().keys(VERDICTS).value(count_of)(rows);

	svg.append("g").attr("transform", `translate(${left},0)`)
		.call(d3.axisLeft(y).ticks(5).tickSize(-(width - left - right)));
	svg.append("g").attr("transform", `translate(0,${height - bottom})`)
		.call(d3.axisBottom(x).tickSize(0).tickPadding(8)
			.tickFormat((label) => seen.has(names[label]) ? names[label] : ""));
	svg.selectAll("g.layer").data(stacked).enter().append("g")
		.attr("class", (layer) => layer.key)
		.selectAll("rect").data((layer) => layer.map((part) => ({ part, key: layer.key })))
		.enter().append("rect")
		.attr("x", (d, i) => at(String(i))).attr("width", band)
		.attr("y", (d) => y(d.part[1])).attr("height", (d) => y(d.part[0]) - y(d.part[1]))
		.append("title").text((d, i) => `${names[i]}: ${d.part[1] - d.part[0]} ${d.key}`);
	svg.selectAll("rect.unknown").data(rows.map((row, i) => ({ row, i })).filter((d) => !d.row.verdicts))
		.enter().append("rect").attr("class", "unknown")
		.attr("x", (d) => at(String(d.i))).attr("width", band)
		.attr("y", (d) => y(d.row.acquires)).attr("height", (d) => y(0) - y(d.row.acquires));
	svg.selectAll("text.total").data(rows).enter().append("text").attr("class", "total")
		.attr("text-anchor", "middle").attr("x", (row, i) => at(String(i)) + band / 2)
		.attr("y", (row) => y(row.acquires) - 6)
		.text((row) => (band >= 24 ? number(row.acquires) : ""));
	holder.replaceChildren(svg.node());
}

function show_trend() {
	const drawing = el("div");
	let width = 0;
	const draw = () => {
		const now = Math.max(280, Math.round(drawing.clientWidth));

		if (now !== width)
			draw_trend(drawing, width = now);
	};

	fill("trend", drawing,
	     el("p", { class: "soft" }, report.history.length < 2
		? "One snapshot so far: each scan with a --label of its own adds one."
		: "Acquires by verdict, the oldest snapshot first." +
		  (report.history.some((row) => !row.complete) ? " * only a part of the tree." : "")),
	     trend_numbers());
	draw();
	new ResizeObserver(() => requestAnimationFrame(draw)).observe(drawing);
}

/* parts: [[word, count]…]; @most is the length of the longest bar of the list. */
function bar(parts, most) {
	const sum = parts.reduce((total, part) => total + part[1], 0);
	const scale = d3.scaleLinear().domain([0, most]).range([0, 100]);
	const stack = el("span", { class: "stack", "aria-hidden": "true" });

	for (const [word, count] of parts) {
		if (!count)
			continue;
		const part = el("span", { class: `is-${word}` });

		part.style.width = `${scale(count)}%`;
		stack.append(part);
	}
	return sum ? stack : null;
}

/* A bar with its name and number: a button that sets a filter. */
function bar_item(name, count, parts, most, filter, value, title, text) {
	return el("li", null, filter_button(filter, value, title,
		el("span", { class: "name" }, name), el("span", { class: "count" }, number(count)),
		bar(parts, most), text ? el("small", null, text) : null));
}

/* A list of which the first are shown, and all after a button is pressed. */
function shortened(items, nr, class_name) {
	const list = el("ul", { class: class_name }, items.slice(0, nr));

	if (items.length <= nr)
		return [list];
	const more = el("button", { type: "button", class: "more" }, `Show all ${items.length}`);

	more.addEventListener("click", () => {
		list.append(...items.slice(nr));
		more.remove();
	});
	return [list, more];
}

function show_counts(id, counts, filter, word, none, texts) {
	const rows = Object.entries(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	const most = rows.length ? rows[0][1] : 1;

	if (!rows.length)
		return fill(id, el("p", { class: "soft" }, none));
	return fill(id, shortened(rows.map(([name, count]) =>
		bar_item(name, count, [[word, count]], most, filter, name, null, texts && texts[name])),
		12, "bars"));
}

function persons(row) {
	return [...row.maintainers, ...row.reviewers, ...row.lists];
}

function show_subsystems() {
	const rows = report.subsystems.filter((row) => row.acquires);
	const most = Math.max(1, ...rows.map((row) => row.acquires));

	if (!rows.length)
		return fill("subsystems", el("p", { class: "soft" }, "No acquires."));
	return fill("subsystems", shortened(rows.map((row) =>
		bar_item(row.name === null ? "in no entry of MAINTAINERS" : row.name, row.acquires,
			 row.verdicts ? VERDICTS.map((verdict) => [verdict, count_of(row, verdict)])
				      : [["none", row.acquires]],
			 most, "subsystem", row.name === null ? NONE : row.name,
			 [row.status, ...persons(row)].filter(Boolean).join(" \u00b7 "))), 24, "bars columns"));
}

function show_charts() {
	show_trend();
	show_counts("reasons", report.summary.refusals, "reason", "refused", "None is refused.",
		    options.reasons);
	show_counts("patterns", report.summary.patterns, "pattern", "keep", "Nothing is known of them.");
	show_subsystems();
}
