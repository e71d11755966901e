"""Sessions and presentations as they are set in print: plain values for the templates of paper."""

import re
from types import SimpleNamespace

from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from conference import pdf
from conference.schedule import words
from conference.schedule.rules import numbered_affiliations

_MAY_BE_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def shown(published):
    """{day: [sessions in order of time and room]}: what is printed, cancelled ones too."""
    rooms = {room.name: place for place, room in enumerate(published.programme.rooms)}
    return {
        day: sorted(held, key=lambda each: (each.starts, rooms.get(each.room, len(rooms)), each.ends))
        for day, held in published.days.items()
    }


def session_of(published, session):
    """A session's heading."""
    return SimpleNamespace(
        anchor=f"s{session.number}",
        title=session.title,
        rtl=is_rtl(session.title),
        subtitle=session.subtitle,
        kind=session.kind,
        time=f"{words.clock(session.starts, published.zone)}–{words.clock(session.ends, published.zone)}",
        room=session.room,
        track=session.track,
        withdrawn=session.withdrawn,
        people=_roles(published, session),
        disclosures=words.disclosures(published, [part.person for part in session.people]),
        parent=_parent(published, session),
        text=session.abstract + session.description,
        text_rtl=is_rtl(session.abstract + session.description),
    )


def talk_of(published, place, talk):
    """A presentation with its authors, affiliations by number, and its text in sections."""
    abstract = _abstracts(published).get(talk.submission)
    time = published.times[talk.guid]
    return SimpleNamespace(
        anchor=f"p{talk.number}",
        number=number_of(published, talk),
        title=words.title_of(talk),
        rtl=is_rtl(talk.title),
        kind=talk.kind,
        time=words.clock(time[0], published.zone) if time else "",
        board=talk.board,
        hall=talk.hall,
        award=talk.award,
        late_breaking=talk.late_breaking,
        withdrawn=talk.withdrawn,
        sections=_sections(talk, abstract),
        topics=talk.keywords,
        disclosures=words.disclosures(published, [author.person for author in talk.authors]),
        held_back=words.held_back(published, place, talk),
        **_authors(published, talk),
    )


def presenters(published, talk):
    """The names of who presents, or of the first author where nobody is said to."""
    presenting = [each.person for each in talk.authors if each.presenting] or [each.person for each in talk.authors[:1]]
    return ", ".join(published.people[guid].name for guid in presenting)


def number_of(published, talk):
    """The number that stands in print: that of the abstract, which never changes, else of the presentation."""
    abstract = _abstracts(published).get(talk.submission)
    return (abstract and abstract.number) or talk.number


def is_rtl(text):
    """Whether a text is read from right to left."""
    return bool(text and _MAY_BE_RTL.search(text) and pdf.is_rtl(re.sub("<[^>]*>", " ", text)))


def sheet(name, **values):
    """The HTML of a part."""
    return render_template(f"pdf/programme/{name}.html", language=str(get_locale()), **values)


def filed_name(person):
    """A name as an index has it."""
    given = " ".join(filter(None, (person.given, person.middle)))
    return f"{person.family}, {given}" if person.family and given else person.name


def _abstracts(published):
    kept = published.kept
    if "abstracts" not in kept:
        kept["abstracts"] = {each.guid: each for each in published.programme.abstracts}
    return kept["abstracts"]


def _parent(published, session):
    if not session.parent:
        return ""
    return next((each.title for each in published.programme.sessions if each.guid == session.parent), "")


def _roles(published, session):
    roles = {}
    for part in session.people:
        roles.setdefault(part.role, []).append(published.people[part.person].name)
    return list(roles.items())


def _authors(published, talk):
    affiliations, marks = numbered_affiliations(talk.authors)
    many = len(affiliations) > 1
    people = [
        (published.people[each.person].name, ",".join(map(str, numbers)) if many else "", each)
        for each, numbers in zip(talk.authors, marks, strict=True)
    ]
    lines = [words.affiliation_line(each) for each in affiliations]
    return {"people": people, "affiliations": lines, "many_affiliations": many}


def _sections(talk, abstract):
    if abstract and abstract.sections:
        parts = [(part.heading, part.text) for part in abstract.sections]
    else:
        parts = [("", talk.abstract)] if talk.abstract else []
    return [SimpleNamespace(heading=heading, text=_run_in(heading, text), rtl=is_rtl(text)) for heading, text in parts]


def _run_in(heading, text):
    """The heading of a section stands at the beginning of its first paragraph, where there is one."""
    if not heading:
        return text
    head = Markup("<b>{}</b> ").format(heading if heading.endswith((":", ".", "?")) else f"{heading}:")
    return text.replace("<p>", f"<p>{head}", 1) if text.startswith("<p>") else f"<p>{head}</p>{text}"
