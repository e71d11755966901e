"""Style sheets, scripts and pictures: named by their content, kept for ever, never outside static/."""

import re
from pathlib import Path

import pytest

from conference.web import assets

STATIC = Path(__file__).parents[2] / "static"
SHEETS = sorted((STATIC / "css").rglob("*.css"))


def test_the_joined_sheet_names_its_layers_first_and_holds_every_component():
    css = assets.read_assets(STATIC).css.decode()

    assert css.startswith("@layer reset, tokens, base, layout, components, print;")
    assert css.rindex("@layer print {") > css.rindex("@layer components {")
    assert all(sheet.read_text() in css for sheet in SHEETS)


def test_a_change_of_content_changes_the_address():
    files = {"css/layers.css": b"a", "css/components/b.css": b"b"}

    assert assets.join_sheets(files) != assets.join_sheets({**files, "css/components/b.css": b"c"})


def test_the_style_sheet_is_kept_for_ever_and_answers_304(client):
    address = _linked(client, "/assets/site-")

    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (again.status_code, again.data) == (304, b"")


def test_an_outdated_address_still_works_but_is_not_kept(client):
    answer = client.get("/assets/site-0000000000000000.css")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_modules_are_found_beside_the_script_that_imports_them(client):
    script = _linked(client, "/assets/js-")

    behaviour = client.get(script.replace("site.js", "behaviours/star.js"))

    assert behaviour.mimetype == "text/javascript"
    assert "immutable" in behaviour.headers["Cache-Control"]


def test_a_picture_has_the_hash_of_its_content(app, client):
    with app.test_request_context():
        address = app.jinja_env.globals["static_url"]("img/logo.svg")

    answer = client.get(address)

    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["../config.py", "..%2fconfig.py", "/etc/passwd", "css", "img/none.svg", "%00", "js/../../config.py"]
)
def test_nothing_outside_static_is_served(client, name):
    assert client.get(f"/static/{name}").status_code in (404, 308)
    assert client.get(f"/assets/js-0/{name}").status_code in (404, 308)


def test_assets_set_no_cookie(client):
    answer = client.get(_linked(client, "/assets/society.css"))

    assert "Set-Cookie" not in answer.headers
    assert "--accent:" in answer.text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_the_tokens_hold_colours(sheet):
    allowed = sheet.name in ("tokens.css", "print.css", "qr_figure.css")

    raw = re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)\(", sheet.read_text().split("*/", 1)[-1])

    assert allowed or not [value for value in raw if value]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_stands_in_a_layer(sheet):
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S).strip()

    assert rules.startswith("@layer ")


def _linked(client, start):
    """The address on the design page that begins with `start`."""
    return re.search(rf'"({re.escape(start)}[^"]+)"', client.get("/design/").text)[1].replace("&amp;", "&")
