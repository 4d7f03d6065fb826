#!/usr/bin/env python3
"""Uses a report in headless Chromium and fails when it does not do what its reader needs.

    browse.py PAGE.html --screenshots DIRECTORY [--hostile] [--saved] [--most-milliseconds N]
"""

import argparse
import base64
import pathlib
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys

# Above this number of markers a reader prints a part of the report, and so does this test.
MOST_PRINTED = 300

VISIBLE = "[...document.querySelectorAll('#list > li')].filter(row => !row.hidden)"


class Page:
    """A report that is open in a browser, and the checks that have failed."""

    def __init__(self, path, screenshots):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(120)
        self.path, self.screenshots, self.failures, self.checks = path, screenshots, [], 0
        self.size(1300, 1000)
        begin = time.monotonic()
        self.driver.get(path.resolve().as_uri())
        self.run("document.body.offsetHeight")
        self.opened = (time.monotonic() - begin) * 1000

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, expression):
        return self.driver.execute_script(f"return {expression}")

    def check(self, holds, what):
        self.checks += 1
        if not holds:
            self.failures.append(what)
            print(f"  FAILED: {what}")

    def picture(self, name):
        data = self.command("Page.captureScreenshot", format="png")["data"]
        (self.screenshots / f"{self.path.stem}-{name}.png").write_bytes(base64.b64decode(data))
        return data

    def media(self, scheme="light", kind="screen"):
        self.command("Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def names(self):
        return self.run(VISIBLE + ".map(row => row.querySelector('.name').textContent)")

    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def timed(self, action):
        """Milliseconds from an action of the reader to the frame that shows its effect."""
        return self.driver.execute_async_script(
            f"const done = arguments[0], begin = performance.now(); {action};"
            "requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));"
        )


def check_quiet(page):
    messages = [entry["message"] for entry in page.driver.get_log("browser")]
    page.check(not messages, f"the console has {messages[:3]}")
    page.check(page.run("performance.getEntriesByType('resource').length") == 0, "the page loads nothing")


def check_filter(page):
    names = page.names()
    wanted = names[len(names) // 2]
    page.press("/")
    page.check(page.run("document.activeElement.id") == "filter", "'/' goes to the filter")
    page.press(wanted)
    left = page.names()
    page.check(wanted in left and (len(left) < len(names) or len(names) == 1), f"the filter '{wanted}' leaves {len(left)} of {len(names)}")
    page.press(" nothing-has-this")
    page.check(page.names() == [] and page.run("!document.getElementById('nothing').hidden"), "an empty answer is told")
    page.press(Keys.ESCAPE)
    page.check(page.names() == names, "Escape clears the filter")
    statuses = set(page.run(VISIBLE + ".map(row => row.className)"))
    page.press("1")
    rest = page.run(VISIBLE + ".map(row => row.className)")
    page.check("ok" not in rest, "'1' hides the markers that are ok")
    page.press("1")
    page.check(len(page.names()) == len(names), f"'1' shows them again, of {sorted(statuses)}")


def check_order(page):
    names = page.names()
    if len(names) < 3:
        return
    page.press("s")
    page.check(page.run("document.activeElement.id") == "sort", "'s' goes to the order")
    page.run("document.getElementById('direction').click()")
    page.check(page.names() != names and sorted(page.names()) == sorted(names), "the reverse has the same markers in another order")
    page.run("document.getElementById('direction').click()")
    page.run("(document.getElementById('sort').value = 'sites', document.getElementById('sort').dispatchEvent(new Event('change')))")
    counts = page.run(VISIBLE + ".map(row => parseInt(row.querySelector('.facts').textContent.match(/(\\d+) site/)[1]))")
    page.check(counts == sorted(counts), "the order by sites is one")
    page.run("(document.getElementById('sort').value = 'name', document.getElementById('sort').dispatchEvent(new Event('change')))")
    page.check(page.names() == names, "the first order comes back")


def check_keys(page, is_saved):
    names = page.names()
    focused = "document.activeElement.querySelector('.name')?.textContent ?? null"
    page.run("document.activeElement.blur()")
    page.press(Keys.HOME)
    page.check(page.run(focused) == names[0], "Home goes to the first marker")
    if len(names) > 2:
        page.press("j", Keys.ARROW_DOWN, "k")
        page.check(page.run(focused) == names[1], "j, down and k move")
        page.press(Keys.END)
        page.check(page.run(focused) == names[-1], "End goes to the last marker")
        page.press(Keys.HOME)
    page.press(Keys.ENTER)
    row = "document.activeElement.closest('li')"
    page.check(page.run("document.activeElement.getAttribute('aria-expanded')") == "true", "Enter opens the marker")
    page.check(page.run(f"{row}.querySelector('.part').offsetHeight") > 0, "what is behind it is shown")
    page.check(page.run("document.getElementById(document.activeElement.getAttribute('aria-controls')) !== null"), "the button names its part")
    page.press(Keys.ENTER)
    page.check(page.run(f"{row}.querySelector('.part').offsetHeight") == 0, "Enter closes it")
    page.press("?")
    page.check(page.run("document.getElementById('help').open"), "'?' opens the keys")
    page.picture("keys")
    page.press(Keys.ESCAPE)
    page.check(not page.run("document.getElementById('help').open"), "Escape closes them")
    if is_saved:
        page.check("no pictures" in page.run("document.querySelector('.builds').textContent"), "a saved report says that it has no pictures")


def open_picture(page):
    """Opens the first marker with lanes that have gaps, the better to look at."""
    page.run(
        "(() => { const data = JSON.parse(document.getElementById('data').textContent);"
        "const index = Math.max(0, data.markers.findIndex(marker => (marker.bodies ?? []).some(body => body.lanes.length > 1 && body.lanes.some(lane => lane.segments.length > 2))));"
        "const row = document.getElementById('marker-' + index), button = row.querySelector('button');"
        "if (button.getAttribute('aria-expanded') === 'false') button.click(); row.scrollIntoView(); })()"
    )


def check_pictures(page):
    drawn = page.run("document.querySelectorAll('svg').length")
    page.check(drawn > 0, "an open marker has a picture")
    page.check(page.run("[...document.querySelectorAll('svg')].every(svg => svg.getAttribute('aria-label').includes('marker stands on line'))"), "each is described")
    page.check(page.run("document.querySelectorAll('svg .site-line').length") > 0, "it shows the sites")
    outside = (
        "[...document.querySelectorAll('svg')].some(svg => [...svg.querySelectorAll('rect')].some(box => "
        "+box.getAttribute('x') < 0 || +box.getAttribute('x') + +box.getAttribute('width') > 1001 || Number.isNaN(+box.getAttribute('x'))))"
    )
    page.check(not page.run(outside), "nothing is drawn outside of it")


def check_colours(page):
    open_picture(page)
    light = page.picture("light")
    back = page.run("getComputedStyle(document.body).backgroundColor")
    page.media("dark")
    dark = page.picture("dark")
    page.check(light != dark and back != page.run("getComputedStyle(document.body).backgroundColor"), "dark and light differ")
    page.media("light")
    page.size(480, 1000)
    open_picture(page)
    page.picture("narrow")
    page.check(page.run("document.documentElement.scrollWidth <= 480"), "a narrow window needs no scrolling sideways")
    page.size(1300, 1000)


def check_print(page):
    if len(page.names()) > MOST_PRINTED:
        page.press("/")
        page.press(page.names()[0])
    page.media(kind="print")
    time.sleep(0.3)
    hidden = VISIBLE + ".filter(row => !(row.querySelector('.part')?.offsetHeight > 0) || getComputedStyle(row).contentVisibility !== 'visible').length"
    page.check(page.run(hidden) == 0, "print shows what is behind every marker")
    page.check(page.run("[...document.querySelectorAll('#list details')].every(details => details.open || details.closest('li').hidden)"), "print unfolds the notes")
    page.check(page.run("document.getElementById('tools').offsetHeight") == 0, "print leaves the tools out")
    page.check(page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "print is on white")
    pdf = base64.b64decode(page.command("Page.printToPDF", printBackground=True)["data"])
    (page.screenshots / f"{page.path.stem}.pdf").write_bytes(pdf)
    page.check(pdf.startswith(b"%PDF"), "it can be printed")
    page.media()
    time.sleep(0.3)
    page.press(Keys.ESCAPE)


def check_speed(page, most):
    change = "filter.dispatchEvent(new Event('input'))"
    figures = {
        f"filter '{text}'": page.timed(f"const filter = document.getElementById('filter'); filter.value = {text!r}; {change}")
        for text in ("a", "marker_0", "m209", "fs/ ret", "")
    }
    for key in ("file", "findings", "sites", "name"):
        figures[f"order by {key}"] = page.timed(
            f"const order = document.getElementById('sort'); order.value = {key!r}; order.dispatchEvent(new Event('change'))"
        )
    figures["open one"] = page.timed("document.querySelector('#list > li:nth-child(7) button').click()")
    slowest = max(figures, key=figures.get)
    print(f"  {len(page.names())} markers, {page.path.stat().st_size / 1e6:.1f} MB: open in {page.opened:.0f} ms; " + ", ".join(f"{name} {took:.0f} ms" for name, took in figures.items()))
    page.check(figures[slowest] <= most, f"{slowest} took {figures[slowest]:.0f} ms, more than {most}")


def check_harmless(page):
    page.check(page.run("typeof injected") == "undefined", "no text of a marker runs as a script")
    page.check(page.run("document.scripts.length") == 2, "no text adds a script")
    page.check(page.run("document.querySelectorAll('img, iframe, object, [onfocus], [onerror], [autofocus]').length") == 0, "no text adds an element or an attribute")
    page.run("document.querySelectorAll('#list button[aria-expanded=false]').forEach(button => button.click())")
    page.check(page.run("typeof injected") == "undefined" and page.run("document.scripts.length") == 2, "nor does an open marker")
    page.check(page.run("document.body.textContent.includes('injected=')"), "the texts are shown")
    page.check(not page.run("/[\\u001b\\u202e]/.test(document.documentElement.textContent)"), "no text steers the browser")
    page.run("document.querySelectorAll('#list button[aria-expanded=true]').forEach(button => button.click())")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path, required=True)
    parser.add_argument("--hostile", action="store_true", help="texts of the report try to be part of the page")
    parser.add_argument("--saved", action="store_true", help="a report of the page was saved and has no pictures")
    parser.add_argument("--most-milliseconds", type=int, default=1000, help="how long filter and order may take")
    options = parser.parse_args()
    page = Page(options.page, options.screenshots)
    try:
        page.picture("list")
        if options.hostile:
            check_harmless(page)
        check_filter(page)
        check_order(page)
        check_keys(page, options.saved)
        check_colours(page)
        check_pictures(page)
        check_speed(page, options.most_milliseconds)
        check_print(page)
        check_quiet(page)
    finally:
        page.driver.quit()
    print(f"  {page.checks - len(page.failures)} checks passed, {len(page.failures)} failed")
    sys.exit(1 if page.failures else 0)


if __name__ == "__main__":
    main()
