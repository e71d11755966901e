"""The design page is true: it shows every component, and nothing on it is shut out from anybody."""

import re
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).parents[2]
COMPONENTS = sorted(path.stem for path in (ROOT / "templates/components").glob("*.html"))
SHOWN_WITH_OTHERS = {
    "breadcrumbs": "figures",
    "choices": "field",
    "cell": "table",
    "form": "field",
    "link_button": "button",
}
PAGES = ("/design/", "/design/desk")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_shown(client, name):
    page = client.get("/design/").text

    assert f'id="{SHOWN_WITH_OTHERS.get(name, name)}"' in page


@pytest.mark.parametrize("path", PAGES)
def test_the_markup_is_valid_and_has_one_h1(client, path):
    page = client.get(path).text

    html5lib.HTMLParser(strict=True).parse(page)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline(client, path):
    page = client.get(path).text

    assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]* src=)', page)


@pytest.mark.parametrize("path", PAGES)
def test_every_behaviour_asked_for_exists(client, path):
    asked = {name for names in re.findall(r'data-behaviour="([^"]+)"', client.get(path).text) for name in names.split()}

    assert asked
    assert all((ROOT / f"static/js/behaviours/{name}.js").exists() for name in asked)


def test_a_refused_field_names_its_error_and_the_summary_leads_to_it(client):
    page = client.get("/design/").text

    assert 'href="#refused-name"' in page
    assert re.search(
        r'<input aria-describedby="refused-name-hint refused-name-error" aria-invalid="true"[^>]* id="refused-name"',
        page,
    )
    assert 'href="#refused-category-0"' in page
    assert 'id="refused-category-0"' in page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site, chromium, path, width, scheme):
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(site + path, wait_until="networkidle")

    found = Axe().run(page, options=RULES).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert not sideways
    assert faults == []


@pytest.mark.browser
def test_slash_jumps_to_the_search_box_and_j_walks_the_rows(site, chromium):
    page = chromium.new_page()
    page.goto(site + "/design/desk", wait_until="networkidle")

    page.keyboard.press("/")
    at_search = page.evaluate("document.activeElement.type")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    at_row = page.evaluate("document.activeElement.closest('tr').rowIndex")
    page.close()

    assert (at_search, at_row) == ("search", 2)
