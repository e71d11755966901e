"""An abstract as the audit trail tells it: each part in words, so that before and after can be read side by side."""

from conference.schedule.formats import text as texts
from conference.schedule.formats.embargo import GROUPS


def told(item, names):
    """{part: words} of an AbstractItem whose authors are called `names`."""
    return {
        **{name: getattr(item, name) for name in ("title", "status", "late_breaking", "award")},
        "topics": list(item.topics),
        **_sections(item),
        "authors": [_author(*each) for each in zip(item.authors, names, strict=True)],
        "links": [f"{link.title} {link.url}".strip() for link in item.links],
        **{f"{group}_at": _instant(item.embargo.of(group)) for group in GROUPS},
    }


def _sections(item):
    """Each part of the text by itself: a whole one would be cut before what differs."""
    found: dict = {}
    for part in item.sections:
        found.setdefault(f"§ {part.heading}".strip(), []).append(texts.plain(part.text))
    return {heading: "\n".join(parts) for heading, parts in found.items()}


def _author(author, name):
    marks = ("*" if author.presenting else "") + ("✉" if author.corresponding else "")
    places = "; ".join(
        ", ".join(
            filter(None, (place.department, place.institution, place.city, place.state, place.country, place.ror))
        )
        for place in author.affiliations
    )
    return f"{name}{marks}" + (f" ({places})" if places else "")


def _instant(at):
    return at.isoformat(timespec="minutes") if at else ""
