"""axe finds nothing on any page, wide and narrow, light and dark, and nothing scrolls sideways on the narrowest screen."""

from pathlib import Path

import axe_playwright_python
import pytest

from conference.kernel import db
from tests.serving import serving
from tests.site import addresses, walking

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": TAGS, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
SHAPES = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
# Each page is judged as the first of them who may open it sees it.
WHO = ("stranger", "ada", "ben", "administrator")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def served(site):
    """The address of the site, served from a thread of this process."""
    db.session.rollback()
    with serving(site.app) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("name", WHO)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site, served, chromium, name):
    paths = paths_of(site, name)
    page = _page(site, served, chromium, name)
    said = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))

    found = [fault for path in paths for fault in judge(page, path)]
    page.context.close()

    assert len(paths) > 2
    assert not found, "\n".join(found)
    assert said == []


def paths_of(site, name):
    """The pages that somebody is the first of WHO to see."""
    earlier = WHO[: WHO.index(name)]
    return [
        each.path
        for each in addresses.of_method(site, "GET")
        if addresses.expected(site, each.endpoint, name) == 200
        and not any(addresses.expected(site, each.endpoint, other) == 200 for other in earlier)
        and walking.ask(site.browser(name), each.path).page
    ]


def judge(page, path):
    """What is wrong with a page, in words."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    page.evaluate(AXE)
    yield from _violations(page, path, "wide", EVERYTHING)
    page.emulate_media(color_scheme="dark")
    yield from _violations(page, path, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    yield from _violations(page, path, "narrow", SHAPES)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield f"{path} narrow: scrolls sideways, {page.evaluate(WIDEST)}"


# The elements that stick out furthest.
WIDEST = """() => [...document.querySelectorAll('body *')]
    .map(each => [Math.round(each.getBoundingClientRect().right), each.outerHTML.slice(0, 90)])
    .filter(([right]) => right > 320).sort((a, b) => b[0] - a[0]).slice(0, 3).join(' | ')"""


def _violations(page, path, how, options):
    for rule in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        nodes = [f"{node['target']} {node['html'][:120]}" for node in rule["nodes"][:3]]
        yield f"{path} {how}: {rule['id']} {' | '.join(nodes)}"


def _page(site, served, chromium, name):
    context = chromium.new_context(base_url=served, reduced_motion="reduce")
    cookies = site.browser(name)._cookies or {}
    context.add_cookies([{"name": each.key, "value": each.value, "url": served} for each in cookies.values()])
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page
