"""Style sheets, scripts and pictures: read once when the process starts, named by their content, cached for ever."""

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, url_for

from conference.kernel import colour
from conference.web.access import allow, anyone

bp = Blueprint("assets", __name__)

FOREVER = "public, max-age=31536000, immutable"
DEFAULT_ACCENT = "#0f5a73"
# The furthest that a ground stands from white or black in tokens.css: what reads on it reads on paper too.
LIGHT_GROUND = "#eff0ee"
DARK_GROUND = "#262a31"
_FIRST_SHEETS = ("layers", "reset", "tokens", "base", "layout")
_LAST_SHEETS = ("print",)


@dataclass(frozen=True)
class Assets:
    """Everything below static/, read into memory: `files` by name, their hashes, and the joined style sheet."""

    files: dict
    hashes: dict
    css: bytes
    css_hash: str
    js_hash: str


def read_assets(folder):
    """The Assets of a static folder."""
    folder = Path(folder)
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    css = join_sheets(files)
    scripts = b"".join(body for name, body in files.items() if name.startswith("js/"))
    hashes = {name: _hash(body) for name, body in files.items()}
    return Assets(files=files, hashes=hashes, css=css, css_hash=_hash(css), js_hash=_hash(scripts))


def join_sheets(files):
    """One style sheet: layers, tokens and base first, then every component by name, print last."""
    components = [name for name in files if name.startswith("css/components/")]
    names = [f"css/{name}.css" for name in _FIRST_SHEETS] + components + [f"css/{name}.css" for name in _LAST_SHEETS]
    return b"\n".join(files[name] for name in names if name in files)


def society_sheet(accent):
    """The society's accent as custom properties, in shades that read on light and on dark paper, and the ink on them."""
    accent = accent if colour.is_hex(accent or "") else DEFAULT_ACCENT
    light = colour.readable_on(LIGHT_GROUND, accent)
    dark = colour.readable_on(DARK_GROUND, accent, enough=6.0)
    properties = {
        "--brand": accent,
        "--brand-ink": colour.ink_on(accent),
        "--accent": f"light-dark({light}, {dark})",
        "--accent-ink": f"light-dark({colour.ink_on(light)}, {colour.ink_on(dark)})",
        "--accent-strong": f"light-dark({colour.mix(light, colour.BLACK, 0.2)}, {colour.mix(dark, colour.WHITE, 0.2)})",
    }
    return ":root {" + " ".join(f"{name}: {value};" for name, value in properties.items()) + "}\n"


def accent_from(app, reader):
    """Let `reader()`, called in an application context, say the society's accent ("#rrggbb" or none)."""
    app.extensions["society_accent"] = reader


@bp.app_template_global()
def asset_url(kind):
    """Address of the whole style sheet ("css"), the society's colours ("society") or the script ("js")."""
    if kind == "css":
        return url_for("assets.site_sheet", version=_assets().css_hash)
    if kind == "society":
        return url_for("assets.society", v=_hash(society_sheet(_accent()).encode()))
    return url_for("assets.script", version=_assets().js_hash, name="site.js")


@bp.app_template_global()
def static_url(name):
    """Address of one file below static/, such as "img/logo.svg", with the hash of its content."""
    return url_for("assets.file", name=name, v=_assets().hashes[name])


def script_file(name):
    """(bytes, tag) of one file below static/js."""
    assets = _assets()
    return assets.files[f"js/{name}"], assets.hashes[f"js/{name}"]


def page_files(*behaviours):
    """The addresses of all that a public page with these behaviours loads: style sheets, icon, logo, modules."""
    modules = ["site.js", "keys.js", *(f"behaviours/{name}.js" for name in behaviours)]
    scripts = [url_for("assets.script", version=_assets().js_hash, name=name) for name in modules]
    return [asset_url("css"), asset_url("society"), static_url("img/favicon.svg"), static_url("img/logo.svg"), *scripts]


@bp.get("/assets/site-<version>.css")
@allow(anyone)
def site_sheet(version):
    assets = _assets()
    return _answer(assets.css, "text/css", assets.css_hash, is_current=version == assets.css_hash)


@bp.get("/assets/society.css")
@allow(anyone)
def society():
    body = society_sheet(_accent()).encode()
    version = _hash(body)
    return _answer(body, "text/css", version, is_current=request.args.get("v") == version)


@bp.get("/assets/js-<version>/<path:name>")
@allow(anyone)
def script(version, name):
    """A module; modules import each other by relative addresses, so one hash in the path names them all."""
    assets = _assets()
    body = assets.files.get(f"js/{name}") or abort(404)
    return _answer(body, "text/javascript", assets.hashes[f"js/{name}"], is_current=version == assets.js_hash)


@bp.get("/static/<path:name>")
@allow(anyone)
def file(name):
    assets = _assets()
    body = assets.files.get(name) or abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _answer(body, kind, assets.hashes[name], is_current=request.args.get("v") == assets.hashes[name])


@bp.get("/favicon.ico")
@allow(anyone)
def favicon():
    return file("img/favicon.svg")


@bp.record_once
def _read_at_start(state):
    state.app.extensions["assets"] = read_assets(_folder(state.app))


def _assets():
    if current_app.debug:
        return read_assets(_folder(current_app))
    return current_app.extensions["assets"]


def _folder(app):
    return Path(app.root_path) / "static"


def _accent():
    reader = current_app.extensions.get("society_accent")
    return reader() if reader else None


def _answer(body, kind, etag, *, is_current):
    """The bytes; an address with an outdated hash still works, but is not kept."""
    response = Response(body, mimetype=kind)
    response.headers["Cache-Control"] = FOREVER if is_current else "no-cache"
    response.set_etag(etag)
    return response.make_conditional(request)


def _hash(body):
    return sha256(body).hexdigest()[:16]
