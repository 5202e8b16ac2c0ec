# SPDX-License-Identifier: GPL-2.0-only
"""A headless Chromium, driven by its own protocol over two pipes.

    with Browser(profile_folder) as browser:
        page = browser.open("file:///tmp/report.html")
        assert page.run("document.title") == "…"
        assert not page.complaints and page.requests == [page.url]

Nothing but Python's own library is needed. Messages are JSON texts that end with a NUL byte.
"""

import base64
import json
import os
import select
import subprocess
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
LIMIT_S = 120


def find():
    """Path of a Chromium, or None."""
    for name in NAMES:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK):
                return path
    return None


class Browser:
    def __init__(self, profile):
        self.profile = profile
        self.last_id = 0
        self.pages = {}
        self.rest = b""

    def __enter__(self):
        to_browser, self.to = os.pipe()
        self.come, from_browser = os.pipe()

        def wire():
            # 3 and 4 are what the browser reads and writes; the pipes may be just these.
            there, back = os.dup(to_browser), os.dup(from_browser)
            os.dup2(there, 3)
            os.dup2(back, 4)

        self.process = subprocess.Popen(
            [find(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
             "--user-data-dir=" + self.profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(3, 4), preexec_fn=wire)
        os.close(to_browser)
        os.close(from_browser)
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(20)
        except (OSError, EOFError, TimeoutError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.come)

    def read(self, until):
        """The next message."""
        while b"\0" not in self.rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.come], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            got = os.read(self.come, 1 << 20)
            if not got:
                raise EOFError("the browser is gone")
            self.rest += got
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def handle(self, message):
        page = self.pages.get(message.get("sessionId"))
        if page:
            page.handle(message["method"], message["params"])

    def call(self, method, session=None, **params):
        self.last_id += 1
        ours = {"id": self.last_id, "method": method, "params": params}
        if session:
            ours["sessionId"] = session
        data = json.dumps(ours).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        until = time.monotonic() + LIMIT_S
        while True:
            message = self.read(until)
            if message.get("id") != self.last_id:
                if "method" in message:
                    self.handle(message)
                continue
            if "error" in message:
                raise RuntimeError("%s: %s" % (method, message["error"]))
            return message["result"]

    def open(self, url, width=1280, height=900, dark=False):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, url)
        self.pages[session] = page
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(domain + ".enable")
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        page.size(width, height)
        page.dark(dark)
        page.go(url)
        return page


class Page:
    """complaints: what the console and the log said; requests: URLs that were asked for."""

    def __init__(self, browser, session, url):
        self.browser, self.session, self.url = browser, session, url
        self.complaints, self.requests = [], []

    def handle(self, method, params):
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append("console.%s: %s" % (params["type"], params["args"]))
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith("data:"):
                self.requests.append(url)
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append("a dialog: " + params["message"])

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def go(self, url):
        self.call("Page.navigate", url=url)
        until = time.monotonic() + LIMIT_S
        while not self.run("document.documentElement?.dataset.ready === '1'"):
            if self.complaints or time.monotonic() > until:
                raise RuntimeError("the page is not ready: %s" % self.complaints)
            time.sleep(0.05)

    def run(self, script):
        """Value of an expression; what it is is copied as JSON."""
        got = self.call("Runtime.evaluate", expression=script, returnByValue=True,
                        awaitPromise=True)
        if "exceptionDetails" in got:
            raise RuntimeError("%s: %s" % (script, got["exceptionDetails"]))
        return got["result"].get("value")

    def press(self, key, text=None):
        code = {"Tab": 9, "Enter": 13, " ": 32}.get(key, 0)
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code,
                  text=text or {"Enter": "\r", " ": " "}.get(key, ""))
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def size(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=False)

    def dark(self, is_dark):
        self.call("Emulation.setEmulatedMedia", media="", features=[
            {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}])

    def picture(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole,
                         **({"clip": dict(self.run(
                             "({x: 0, y: 0, width: innerWidth,"
                             " height: document.documentElement.scrollHeight})"), scale=1)}
                            if whole else {}))["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def pdf(self, path):
        data = self.call("Page.printToPDF", printBackground=False, preferCSSPageSize=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
