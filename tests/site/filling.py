"""The forms that people find on their way, with what stands in them: the start of every post."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.exceptions import HTTPException

ROOT = Path(__file__).parents[2]
CHOSEN = ("radio", "checkbox")


@dataclass
class Form:
    """A form that posts to `path`: its filled fields, everything that a field could hold, and the names of its files."""

    path: str
    fields: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    files: list = field(default_factory=list)

    def pairs(self, **others):
        """[(name, value)] as a browser would send them, but for `others`."""
        return [(name, others.get(name, value)) for name, value in self.fields]


def forms_of(page):
    """Every Form of a page that is posted."""
    return [_form(page, each) for each in page.named("form") if each.get("method", "").lower() == "post"]


def by_endpoint(site, pages):
    """{endpoint: Form}: for every address that takes a post, the fullest form that the pages hold."""
    adapter, found = site.app.url_map.bind("localhost"), {}
    for form in (form for page in pages for form in forms_of(page)):
        try:
            endpoint, _values = adapter.match(form.path.partition("?")[0], method="POST")
        except HTTPException:
            continue
        if endpoint not in found or len(form.fields) > len(found[endpoint].fields):
            found[endpoint] = form
    return found


def parameters():
    """Every name that the program itself looks for in an address or a form."""
    text = "\n".join(path.read_text() for path in (ROOT / "conference").rglob("*.py"))
    return sorted(set(re.findall(r"(?:args|form|values)(?:\.get(?:list)?\(|\[)\"(\w+)\"", text)))


def _form(page, element):
    form = Form(page.address(element.get("action") or ""))
    for each in (each for each in element.iter() if isinstance(each.tag, str) and each.get("name")):
        if each.tag == "input" and each.get("type") == "file":
            form.files.append(each.get("name"))
            continue
        value = _value(each)
        form.options.setdefault(each.get("name"), []).extend(_all_values(each))
        if value is not None:
            form.fields.append((each.get("name"), value))
    known = {name for name, _value in form.fields}
    form.fields += [(name, options[0]) for name, options in form.options.items() if name not in known and options]
    return form


def _value(element):
    """What the control would send as it stands; None for one that is not chosen."""
    if element.tag == "textarea":
        return "".join(element.itertext()).removeprefix("\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = next((each for each in options if each.get("selected") is not None), options[0] if options else None)
        return chosen.get("value", "") if chosen is not None else ""
    if element.get("type") in CHOSEN and element.get("checked") is None:
        return None
    if element.tag == "button" or element.tag == "input":
        return element.get("value", "")
    return None


def _all_values(element):
    if element.tag == "select":
        return [each.get("value", "") for each in element.iter("option")]
    return [element.get("value", "")] if element.tag in ("input", "button", "textarea") else []
