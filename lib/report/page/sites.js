/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of sites: filters, sorting, pages, rows that unfold. The address keeps what is chosen. */
"use strict";

/** NONE - value of a filter for sites that have nothing there; no name of a tree is like that */
const NONE = "\u0000none";

/** MOST_PRINTED - rows that are printed; more would be hundreds of pages */
const MOST_PRINTED = 2000;

const FILTERS = {
	role: { label: "Role", of: (site) => [site.role] },
	verdict: { label: "Verdict", of: (site) => [site.verdict] },
	reason: { label: "Reason", of: (site) => [...site.codes] },
	subsystem: { label: "Subsystem", of: (site) => [site.subsystem] },
	pattern: { label: "Shape", of: (site) => [site.pattern] },
	review: { label: "Review", of: (site) => [review_of(site)] },
};

const COLUMNS = [
	{ key: "place", label: "Place", value: null },
	{ key: "function", label: "Function", value: (site) => site.row.function || "" },
	{ key: "api", label: "Call", value: (site) => site.row.api },
	{ key: "pattern", label: "Shape", value: (site) => site.pattern },
	{ key: "verdict", label: "Verdict", value: (site) => site.verdict },
	{ key: "reason", label: "Reason", value: (site) => site.reason },
	{ key: "subsystem", label: "Subsystem", value: (site) => site.subsystem },
	{ key: "review", label: "Review", value: review_of },
];

const start = { role: "acquire", verdict: "", reason: "", subsystem: "", pattern: "", review: "",
		q: "", sort: "place", down: "", page: "1", size: "50", id: "" };
const view = { ...start };
const open_ids = new Set();
let found = [];
let body = null;
let is_printing = false;

function review_of(site) {
	const review = reviews.get(site.row.id);

	return review ? review.status : "";
}

function has_reviews() {
	return report.series !== null && report.series.length > 0;
}

function columns() {
	return COLUMNS.filter((column) => column.key !== "review" || has_reviews());
}

function matches(site, words) {
	if (view.role && site.role !== view.role)
		return false;
	for (const key of ["verdict", "pattern", "subsystem"])
		if (view[key] && site[key] !== (view[key] === NONE ? "" : view[key]))
			return false;
	if (view.reason && !site.codes.has(view.reason) && !(view.reason === NONE && !site.codes.size))
		return false;
	if (view.review && review_of(site) !== (view.review === NONE ? "" : view.review))
		return false;
	return words.every((word) => site.text.includes(word));
}

/* Paths and lines are in order already; other columns fall back on that order. */
function compare(column) {
	const sign = view.down ? -1 : 1;

	if (!column.value)
		return (a, b) => sign * (a.row.file < b.row.file ? -1 : a.row.file > b.row.file ? 1
			: a.row.line - b.row.line || a.order - b.order);
	return (a, b) => {
		const of_a = column.value(a), of_b = column.value(b);

		/* What is empty stands behind, in either direction. */
		if (!of_a !== !of_b)
			return of_a ? -1 : 1;
		return of_a === of_b ? a.order - b.order : of_a < of_b ? -sign : sign;
	};
}

function find() {
	const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
	const column = COLUMNS.find((each) => each.key === view.sort) || COLUMNS[0];

	found = sites.filter((site) => matches(site, words)).sort(compare(column));
}

function nr_pages() {
	return Math.max(1, Math.ceil(found.length / Number(view.size)));
}

function detail_row(site, id) {
	return el("tr", { class: "detail", id }, el("td", { colspan: String(columns().length + 1) },
						     detail_of(site)));
}

function cell(column, site) {
	switch (column.key) {
	case "place":
		return el("td", { class: "place" }, place(site.row.file, site.row.line));
	case "verdict":
	case "review":
		return el("td", null, badge(column.value(site)));
	default:
		return el("td", { class: column.key }, breakable(column.value(site)));
	}
}

function site_row(site) {
	const id = `detail-${site.order}`;
	const toggle = el("button", { type: "button", "aria-controls": id, onclick: () => unfold(!is_open()) });
	const row = el("tr", { class: "site", "data-id": site.row.id }, el("td", { class: "unfold" }, toggle),
		       columns().map((column) => cell(column, site)));
	const is_open = () => open_ids.has(site.row.id);
	const show = () => {
		toggle.setAttribute("aria-expanded", String(is_open()));
		toggle.setAttribute("aria-label", shown(`${is_open() ? "Fold" : "Explain"} ` +
							`${site.row.file}:${site.row.line}`));
		toggle.textContent = is_open() ? "\u2212" : "+";
	};
	const unfold = (is_wanted) => {
		if (is_wanted)
			open_ids.add(site.row.id);
		else
			open_ids.delete(site.row.id);
		show();
		if (is_wanted)
			row.after(detail_row(site, id));
		else
			row.nextElementSibling.remove();
	};

	show();
	return is_open() ? [row, detail_row(site, id)] : [row];
}

function show_rows() {
	const size = Number(view.size);
	const first = is_printing ? 0 : (Number(view.page) - 1) * size;
	const last = is_printing ? Math.min(found.length, MOST_PRINTED) : Math.min(found.length, first + size);
	const all = sites.filter((site) => !view.role || site.role === view.role).length;

	body.replaceChildren(...found.slice(first, last).flatMap(site_row));
	document.getElementById("shown").textContent = found.length
		? `${number(first + 1)}\u2013${number(last)} of ${plural(found.length, "site")}` +
		  (found.length < all ? ` that match, of ${number(all)}` : "")
		: `No site matches; there are ${number(all)}.`;
}

function show_pages() {
	const nr = nr_pages();
	const turn = (to) => {
		view.page = String(to);
		show_sites();
		document.getElementById("sites").scrollIntoView();
	};
	const page = Number(view.page);
	const size = el("select", { "aria-label": "Rows a page", onchange: (event) => {
		view.size = event.target.value;
		view.page = "1";
		show_sites();
	} }, ["25", "50", "100", "500"].map((rows) => el("option", { value: rows, selected: rows === view.size },
						      `${rows} rows`)));

	fill("pages",
	     el("button", { type: "button", disabled: page <= 1, onclick: () => turn(page - 1) }, "Previous"),
	     el("span", null, `page ${number(page)} of ${number(nr)}`),
	     el("button", { type: "button", disabled: page >= nr, onclick: () => turn(page + 1) }, "Next"), size);
}

/* What is chosen, in the buttons that choose it and in the address. */
function show_choice() {
	for (const button of document.querySelectorAll("button[aria-pressed]"))
		button.setAttribute("aria-pressed", String(view[button.filter] === button.wanted));
	for (const head of document.querySelectorAll("th[data-key]"))
		head.setAttribute("aria-sort", head.dataset.key !== view.sort ? "none"
			: view.down ? "descending" : "ascending");
	for (const key of Object.keys(FILTERS)) {
		const select = document.getElementById(`filter-${key}`);

		if (select)
			select.selectedIndex = Math.max(0, [...select.options].findIndex(
				(option) => option.wanted === view[key]));
	}
	document.getElementById("filter-q").value = view.q;
	document.getElementById("reset").disabled =
		![...Object.keys(FILTERS), "q"].some((key) => view[key] !== start[key]);
	const chosen = Object.entries(view).filter(([key, value]) => value !== start[key]);
	const hash = new URLSearchParams(chosen).toString();

	history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function show_sites() {
	find();
	view.page = String(Math.min(Math.max(1, Number(view.page) || 1), nr_pages()));
	show_rows();
	show_pages();
	show_choice();
}

/* Set filters, go to the first page, and let go of the site that the address named. */
function choose(changes) {
	Object.assign(view, { page: "1", id: "" }, changes);
	show_sites();
}

/* What a bar or a tile does: acquires are what they count. */
function toggle_filter(key, value) {
	choose({ role: "acquire", [key]: view[key] === value ? "" : value });
}

function filter_button(key, value, title, ...children) {
	const button = el("button", { type: "button", title, "aria-pressed": "false",
				      onclick: () => toggle_filter(key, value) }, children);

	button.filter = key;
	button.wanted = value;
	return button;
}

function sort_by(key) {
	choose({ sort: key, down: view.sort === key && !view.down ? "1" : "" });
}

function options_of(key) {
	const counts = new Map();

	for (const site of sites)
		for (const value of FILTERS[key].of(site))
			counts.set(value, (counts.get(value) || 0) + 1);
	return [...counts].filter(([value]) => value !== "")
		.sort((a, b) => (a[0].toLowerCase() < b[0].toLowerCase() ? -1 : 1))
		.map(([value, count]) => [value, `${value} (${number(count)})`])
		.concat(counts.has("") ? [[NONE, `none (${number(counts.get(""))})`]] : []);
}

function select_for(key) {
	const choices = options_of(key);
	const select = el("select", { id: `filter-${key}`,
				      onchange: () => choose({ [key]: select.selectedOptions[0].wanted }) });

	for (const [value, label] of [["", "all"], ...choices]) {
		const option = el("option", null, label);

		option.wanted = value;
		select.append(option);
	}
	return el("label", null, FILTERS[key].label, select);
}

function make_filters() {
	const form = document.getElementById("filters");
	const search = el("input", { id: "filter-q", type: "search", placeholder: "path, function, call, id",
				     oninput: () => choose({ q: search.value }) });

	form.addEventListener("submit", (event) => event.preventDefault());
	fill(form, el("label", { class: "search" }, "Search", search),
	     Object.keys(FILTERS).filter((key) => key !== "review" || has_reviews()).map(select_for),
	     el("button", { type: "button", id: "reset",
			    onclick: () => choose(Object.fromEntries([...Object.keys(FILTERS), "q"]
				.map((key) => [key, start[key]]))) }, "Reset"));
}

function make_table() {
	const heads = columns().map((column) => el("th", { scope: "col", "data-key": column.key },
		el("button", { type: "button", onclick: () => sort_by(column.key) }, column.label)));

	body = el("tbody");
	fill("table", el("thead", null, el("tr", null,
		el("th", { class: "unfold", scope: "col", "aria-label": "Explanation" }), heads)), body);
}

/* The site that the address names: on its page, unfolded, in view. */
function show_named() {
	const site = site_by_id.get(view.id);

	if (!site)
		return;
	open_ids.add(site.row.id);
	find();
	if (!found.includes(site)) {
		for (const key of [...Object.keys(FILTERS), "q"])
			view[key] = start[key];
		view.role = site.role;
		find();
	}
	view.page = String(1 + Math.floor(found.indexOf(site) / Number(view.size)));
	show_sites();
	const row = body.querySelector(`tr[data-id="${CSS.escape(site.row.id)}"]`);

	row.scrollIntoView({ block: "start" });
	row.querySelector("button").focus({ preventScroll: true });
}

/* A link to a site names only that: what else is chosen stays. */
function read_address() {
	const given = new URLSearchParams(location.hash.slice(1));

	if ([...given.keys()].some((key) => key !== "id"))
		Object.assign(view, start);
	for (const [key, value] of given)
		if (key in start)
			view[key] = value;
	if (!["25", "50", "100", "500"].includes(view.size))
		view.size = start.size;
	show_sites();
	show_named();
}

function print_all(is_wanted) {
	is_printing = is_wanted;
	/* On paper nobody can press a button to see the rest of a list. */
	if (is_wanted)
		document.querySelectorAll("button.more").forEach((more) => more.click());
	show_rows();
}

function show_table() {
	make_filters();
	make_table();
	read_address();
	addEventListener("hashchange", () => {
		if (location.hash !== "#sites")
			read_address();
	});
	addEventListener("beforeprint", () => print_all(true));
	addEventListener("afterprint", () => print_all(false));
}
