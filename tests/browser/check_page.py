#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Hold a page in a browser against its JSON document.

    check_page.py PAGE.html REPORT.json TEMPLATE.html

The page is one made with --link-template='https://example.org/v%V/%F#L%L'. The template, with no
documents in it, becomes a page of 5,000 sites.
"""

import json
import os
import re
import sys
import tempfile
import time
from urllib.parse import quote

from browser import Browser

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
HEADS = ("place", "function", "api", "pattern", "verdict", "reason", "subsystem")
GENERATED = 5000


def shown(text):
    """A text as the page shows it."""
    return HIDDEN.sub(lambda m: ("\\x%02x" if ord(m.group()) < 256 else "\\u%04x") % ord(m.group()),
                      text)


def place(site):
    return "%s:%d" % (shown(site["file"]), site["line"])


def first_reason(site):
    return site["reasons"][0]["code"] if site["reasons"] else ""


KEYS = {
    "function": lambda s: s["function"] or "",
    "api": lambda s: s["api"],
    "pattern": lambda s: s["pattern"] or "",
    "verdict": lambda s: s["verdict"] or "",
    "reason": first_reason,
    "subsystem": lambda s: s["subsystem"] or "",
}


class Check:
    def __init__(self, page, report):
        self.page, self.report = page, report

    def text(self, selector):
        return self.page.run("[...document.querySelectorAll(%s)].map(e => e.textContent)"
                             % json.dumps(selector))

    def places(self):
        """Places of the rows, those of all pages of the table."""
        self.page.run("(view.page = '1', view.size = '500', show_sites(), 1)")
        found = []
        while True:
            found += self.text("tr.site td.place")
            if not self.page.run("(() => { const next = [...document.querySelectorAll('#pages button')][1];"
                                 " if (next.disabled) return false; next.click(); return true; })()"):
                return found

    def select(self, key, value):
        """Choose what begins with a value in the list of a filter."""
        self.page.run("(() => { const s = document.getElementById('filter-%s');"
                      " s.selectedIndex = [...s.options].findIndex(o => o.textContent.startsWith(%s));"
                      " s.dispatchEvent(new Event('change')); })()" % (key, json.dumps(value)))

    def search(self, text):
        self.page.run("(() => { const q = document.getElementById('filter-q'); q.value = %s;"
                      " q.dispatchEvent(new Event('input')); })()" % json.dumps(text))

    def reset(self):
        self.page.run("(document.getElementById('reset').click(), 1)")

    def same(self, wanted, what):
        got = self.places()
        want = [place(site) for site in wanted]
        assert got == want, "%s: %d rows, not %d: %s" % (
            what, len(got), len(want), next(p for p in zip(got + [None], want + [None]) if p[0] != p[1]))

    def numbers(self):
        summary = self.report["summary"]
        tiles = dict(zip(self.text("#verdicts button span:not(.dot)"), self.text("#verdicts b")))
        for verdict, count in tiles.items():
            assert int(count) == summary["verdicts"].get(verdict, 0), (verdict, count)
        assert sum(map(int, tiles.values())) == summary["acquires"]
        for bars, counts in (("reasons", summary["refusals"]), ("patterns", summary["patterns"]),
                             ("subsystems", {s["name"] or "in no entry of MAINTAINERS": s["acquires"]
                                             for s in self.report["subsystems"] if s["acquires"]})):
            self.page.run("(document.querySelector('#%s button.more')?.click(), 1)" % bars)
            got = dict(zip(self.text("#%s .name" % bars), map(int, self.text("#%s .count" % bars))))
            assert got == {shown(name): count for name, count in counts.items()}, (bars, got)
        rows = self.page.run("[...document.querySelectorAll('#trend tbody tr')]"
                             ".map(r => [...r.cells].map(c => c.textContent))")
        order = ("converted", "convertible", "refused", "keep", "nothing-acquired")
        assert rows == [[shown(h["label"]), str(h["acquires"])] +
                        [str(h["verdicts"].get(v, 0)) for v in order]
                        for h in self.report["history"]], rows
        # Each part of the chart is as high as its number.
        heights = self.page.run("[...document.querySelectorAll('#trend svg g rect')]"
                                ".map(r => [r.parentNode.getAttribute('class'), +r.getAttribute('height')])")
        each = [h["verdicts"].get(v, 0) for v in order for h in self.report["history"]]
        most = max(heights, key=lambda h: h[1])[1] / max(each)
        for (word, height), count, verdict in zip(
                heights, each, [v for v in order for _ in self.report["history"]]):
            assert word == verdict and abs(height - count * most) < 0.01, (word, height, count)
        assert len(heights) == len(each)
        faults = self.text("#findings tbody tr")
        assert len(faults) == min(10, len(self.report["findings"])), faults

    def filters(self):
        acquires, releases = self.report["acquires"], self.report["releases"]
        self.same(acquires, "acquires")
        self.select("role", "release")
        self.same(releases, "releases")
        self.select("role", "all")
        self.same(sorted(acquires + releases, key=lambda s: (s["file"].encode("utf-16-be"), s["line"])),
                  "all sites")
        self.reset()
        for verdict in self.report["summary"]["verdicts"]:
            self.select("verdict", verdict + " ")
            self.same([a for a in acquires if a["verdict"] == verdict], verdict)
        self.reset()
        codes = sorted({r["code"] for a in acquires for r in a["reasons"]})
        assert len(codes) > 5
        for code in codes[:6]:
            self.select("reason", code + " ")
            self.same([a for a in acquires if code in [r["code"] for r in a["reasons"]]], code)
        self.reset()
        for subsystem in {a["subsystem"] for a in acquires}:
            self.select("subsystem", shown(subsystem) + " (" if subsystem else "none (")
            self.same([a for a in acquires if a["subsystem"] == subsystem], str(subsystem))
        self.reset()
        self.search("DRIVERS/ get_user_pages_fast")
        fast = [a for a in acquires if "drivers/" in a["file"] and
                "get_user_pages_fast" in " ".join([a["api"], a["function"] or ""])]
        assert 10 < len(fast) < len(acquires)
        self.same(fast, "search")
        self.select("verdict", "refused ")
        self.same([a for a in fast if a["verdict"] == "refused"], "search and filter")
        self.search("no such thing")
        self.same([], "nothing")
        assert self.text("#shown")[0].startswith("No site matches")
        self.reset()
        # A tile is a filter, and pressed again none.
        self.page.run("(document.querySelector('#verdicts button').click(), 1)")
        assert self.page.run("document.querySelector('#verdicts button').getAttribute('aria-pressed')") == "true"
        self.same([a for a in acquires if a["verdict"] == "converted"], "tile")
        self.page.run("(document.querySelector('#verdicts button').click(), 1)")
        self.same(acquires, "tile again")

    def sorting(self):
        acquires = self.report["acquires"]
        for key, value in KEYS.items():
            for down in (False, True):
                self.page.run("(document.querySelector('th[data-key=%s] button').click(), 1)" % key)
                sort = self.page.run("[...document.querySelectorAll('th[data-key]')]"
                                     ".map(h => h.getAttribute('aria-sort'))")
                want = ["none"] * len(HEADS)
                want[HEADS.index(key)] = "descending" if down else "ascending"
                assert sort == want, (key, sort)
                full = sorted((a for a in acquires if value(a)), key=value)
                if down:
                    full.sort(key=value, reverse=True)
                self.same(full + [a for a in acquires if not value(a)], "sorted by " + key)
        self.page.run("(document.querySelector('th[data-key=place] button').click(), 1)")
        self.page.run("(document.querySelector('th[data-key=place] button').click(), 1)")
        assert self.places()[0] == place(max(acquires, key=lambda s: (s["file"].encode("utf-16-be"),
                                                                      s["line"])))
        self.page.run("(document.querySelector('th[data-key=place] button').click(), 1)")

    def unfolding(self):
        acquires = self.report["acquires"]
        one = next(a for a in acquires if a["releases"] and a["reasons"])
        row = "tr[data-id='%s']" % one["id"]
        self.places()
        self.page.run("view.page = '1', view.size = '500', show_sites()")
        button = "document.querySelector(%s)" % json.dumps(row + " button")
        self.page.run("(%s.focus(), 1)" % button)
        for key, want in (("Enter", "true"), (" ", "false"), (" ", "true")):
            self.page.press(key)
            assert self.page.run(button + ".getAttribute('aria-expanded')") == want, key
        detail = self.text(row + " + tr.detail")
        assert len(detail) == 1 and shown(one["reasons"][0]["text"]) in detail[0], detail
        assert "Where the pages go" in detail[0] and one["id"] in detail[0], detail
        assert len(self.text(row + " + tr.detail li.release")) >= 1
        # Each end leads to the other.
        self.page.run("(document.querySelector(%s).click(), new Promise(r => setTimeout(r, 200)))"
                      % json.dumps(row + " + tr.detail a[href='#id=%s']" % one["releases"][0]))
        there = "tr[data-id='%s']" % one["releases"][0]
        assert self.page.run("document.querySelector(%s).nextElementSibling.className"
                             % json.dumps(there)) == "detail"
        assert "Where the pages come from" in self.text(there + " + tr.detail")[0]
        self.reset()
        # Every explanation can be made.
        made = self.page.run("sites.map(s => detail_of(s).textContent.length)")
        assert len(made) == len(acquires) + len(self.report["releases"]) and min(made) > 20

    def address(self, browser, url):
        refused = [a for a in self.report["acquires"] if a["verdict"] == "refused"]
        page = browser.open(url + "#verdict=refused&sort=function&down=1")
        there = Check(page, self.report)
        there.same(sorted(refused, key=KEYS["function"], reverse=True), "address")
        page = browser.open(url + "#id=" + refused[-1]["id"])
        assert page.run("document.querySelector(\"tr[data-id='%s']\").nextElementSibling.className"
                        % refused[-1]["id"]) == "detail"

    def hostile(self):
        page = self.page
        assert page.run("document.querySelectorAll('img, iframe, object, embed, b:not(#verdicts b),"
                        " script:not([type])').length") == 2
        assert page.run("[...document.querySelectorAll('*')].every(e =>"
                        " ![...e.attributes].some(a => a.name.startsWith('on')))")
        names = self.places()
        for name in ("</script><img src=x onerror=alert(1)>.c", "&amp;/&lt;b&gt;.c", "<!--.c",
                     "{{steps}}.c", "new\\x0aline.c", "esc\\x1b[31m.c", "latin\ufffd.c", "csi\\x9b.c",
                     "line\\u2028end.c", "bidi\\u202ec.c"):
            assert any(n.startswith("drivers/" + name + ":") for n in names), name
        links = page.run("[...document.querySelectorAll('tr.site td.place a')].map(a => a.getAttribute('href'))")
        want = ["https://example.org/v%s/%s#L%d" % (
            self.report["tree"]["kernel"], quote(a["file"], safe="/!'()*-._~"), a["line"])
                for a in self.report["acquires"]]
        assert links == want, next(p for p in zip(links, want) if p[0] != p[1])

    def keyboard(self, browser, url):
        page = browser.open(url)
        page.press("Tab")
        assert page.run("document.activeElement.className") == "skip"
        assert page.run("document.activeElement.getBoundingClientRect().left") >= 0
        page.press("Tab")
        assert page.run("document.activeElement.matches('#verdicts button:focus-visible')")
        assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        unnamed = page.run("[...document.querySelectorAll('button, select, input, a')].filter(e =>"
                           " !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).length")
        assert unnamed == 0

    def looks(self):
        page = self.page
        light = page.run("getComputedStyle(document.body).backgroundColor")
        page.dark(True)
        assert page.run("getComputedStyle(document.body).backgroundColor") != light
        page.dark(False)
        page.size(360, 800)
        page.run("new Promise(r => setTimeout(r, 200))")
        assert page.run("document.documentElement.scrollWidth") <= 360
        page.size(1280, 900)
        page.run("(view.size = '25', show_sites(), dispatchEvent(new Event('beforeprint')), 1)")
        assert len(self.text("tr.site")) == len(self.report["acquires"])
        assert len(self.text("#findings tbody tr")) == len(self.report["findings"])
        page.run("(dispatchEvent(new Event('afterprint')), 1)")
        assert len(self.text("tr.site")) == 25


def generate(report, template, path):
    """A page of many sites, made of those of a report."""
    sites = report["acquires"]
    many = []
    for i in range(GENERATED):
        site = dict(sites[i % len(sites)])
        site.update(id="%016x" % i, file="drivers/%03d/%s" % (i % 997, site["file"]), line=i + 1)
        many.append(site)
    patch = {"number": 1, "title": "<b>one</b> & </script>", "version": 2, "versions": [1, 2],
             "message_id": None, "replies": 0, "waiting": 0, "taken": False, "ours": False, "files": []}
    tags = [{"tag": "Acked-by", "person": {"name": "<i>A</i>", "address": "a@example.org"},
             "source": "reply", "sender": None, "version": 2, "counts": True}]
    series = {"title": "a <b>series</b>", "from": None, "date": None, "message_id": None, "version": 2,
              "total": 2, "reviewed": 0, "acked": 1, "statuses": {"acked": 1, "sent": 1},
              "patches": [dict(patch, status="acked", tags=tags, sites=["%016x" % 7, "%016x" % 8]),
                          dict(patch, status="sent", tags=[], number=2, sites=["%016x" % 9])]}
    large = dict(report, acquires=sorted(many, key=lambda s: s["file"]), series=[series])
    with open(template, encoding="utf-8") as file:
        text = file.read()
    for mark, value in (("options", {"link": None, "reasons": {}}), ("document", large), ("steps", [])):
        text = text.replace("{{%s}}" % mark, json.dumps(value).replace("<", "\\u003c"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def time_many(browser, url):
    """Filters and sorting of a page of 5,000 sites. The times are told, not judged."""
    begin = time.monotonic()
    page = browser.open(url)
    print("%d sites: open %.0f ms" % (GENERATED, (time.monotonic() - begin) * 1000))
    for what, script in (("search", "choose({ q: 'drivers/01 fast' })"),
                         ("filter", "choose({ q: '', verdict: 'refused' })"),
                         ("sort", "choose({ verdict: '', sort: 'function' })"),
                         ("500 rows", "choose({ size: '500' })")):
        ms = page.run("(() => { const t = performance.now(); %s;"
                      " document.body.offsetHeight; return performance.now() - t; })()" % script)
        print("  %-8s %.0f ms" % (what, ms))
    assert page.run("found.length") == GENERATED and not page.complaints, page.complaints
    # Patches that were posted: a row of their own each, and a state of the sites that they touch.
    assert page.run("document.querySelector('#series summary').textContent") == \
        "0 of 2 reviewed a <b>series</b>, v2"
    rows = page.run("[...document.querySelectorAll('#series tbody tr')].map(r => [...r.cells].map(c => c.textContent))")
    assert rows == [["1", "<b>one</b> & </script>", "acked", "Acked-by: <i>A</i>", "2"],
                    ["2", "<b>one</b> & </script>", "sent", "", "1"]], rows
    page.run("choose({ review: 'acked' })")
    assert page.run("found.map(s => s.row.id).sort()") == ["%016x" % 7, "%016x" % 8]
    assert page.run("[...document.querySelectorAll('tr.site')].map(r => r.cells[r.cells.length - 1].textContent)") \
        == ["acked", "acked"]
    assert not page.complaints, page.complaints


def main():
    url = "file://" + os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        report = json.load(file)
    with tempfile.TemporaryDirectory() as folder, Browser(folder + "/profile") as browser:
        page = browser.open(url)
        check = Check(page, report)
        check.numbers()
        check.filters()
        check.sorting()
        check.unfolding()
        check.hostile()
        check.keyboard(browser, url)
        check.looks()
        check.address(browser, url)
        assert not page.complaints, page.complaints
        assert set(page.requests) == {url}, page.requests
        # The policy is in force: a script that got in would not run.
        page.run("(() => { const s = document.createElement('script'); s.textContent = 'hit = 1';"
                 " document.body.append(s); })()")
        assert page.run("typeof hit") == "undefined" and page.complaints
        generate(report, sys.argv[3], folder + "/many.html")
        time_many(browser, "file://" + folder + "/many.html")


main()
