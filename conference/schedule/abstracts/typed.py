"""Between an abstract's rows and its form: what stands is shown, what was typed is read as a value."""

from flask_babel import gettext as _

from conference.kernel import Refusal, clean_line
from conference.schedule.abstracts import instants, institutions
from conference.schedule.abstracts.abstract_form import (
    MOST_AFFILIATIONS,
    MOST_AUTHORS,
    MOST_LINKS,
    MOST_SECTIONS,
    AbstractForm,
)
from conference.schedule.formats import text as texts
from conference.schedule.formats.embargo import GROUPS, Embargo
from conference.schedule.formats.programme import AbstractItem, AffiliationItem, Link, Section
from conference.schedule.rules import numbered_affiliations

SPARE = {"sections": 1, "affiliations": 2, "authors": 3, "links": 1}
USUAL_HEADINGS = ("Background", "Methods", "Results", "Conclusion")
_PLACE = ("institution", "department", "city", "state", "country", "ror")


def filled(row, item, meeting):
    """The form of an abstract's row and value, with spare rows to add to."""
    affiliations, marks = numbered_affiliations(item.authors)
    form = AbstractForm(
        version=row.version,
        **{name: getattr(item, name) for name in ("title", "status", "late_breaking", "award")},
        topics="\n".join(item.topics),
        sections=[
            {"place": place, "heading": part.heading, "text": texts.as_typed(part.text)}
            for place, part in enumerate(item.sections, start=1)
        ],
        affiliations=[{name: getattr(place, name) for name in _PLACE} for place in affiliations],
        authors=[_author(*each) for each in zip(range(1, 1 + len(row.authors)), row.authors, marks, strict=True)],
        links=[{"url": link.url, "title": link.title, "kind": link.kind} for link in item.links],
        **{f"{group}_at": instants.shown(item.embargo.of(group), meeting.zone) for group in GROUPS},
    )
    return with_spare_rows(form)


def keep_embargoes(form, item, meeting):
    """After somebody was faster: an empty field takes what stands now, so that saving again ends no embargo that nobody saw."""
    for group in GROUPS:
        if form[f"{group}_at"].data is None and item.embargo.of(group):
            form[f"{group}_at"].process_data(instants.shown(item.embargo.of(group), meeting.zone))
            form[f"{group}_at"].raw_data = None


def refuse_too_long(item):
    """Refusal for an abstract with more rows than its form has."""
    affiliations, _marks = numbered_affiliations(item.authors)
    lists = ((item.authors, MOST_AUTHORS), (affiliations, MOST_AFFILIATIONS), (item.sections, MOST_SECTIONS))
    if any(len(rows) > most for rows, most in (*lists, (item.links, MOST_LINKS))):
        raise Refusal(
            _(
                "This abstract has more authors, places, parts or links than a form can hold. Change it in the desk's whole file, and import that."
            )
        )


def empty():
    """The form of a new abstract, with the usual headings."""
    sections = [{"place": place, "heading": heading} for place, heading in enumerate(USUAL_HEADINGS, start=1)]
    return with_spare_rows(AbstractForm(status="accepted", version=0, sections=sections))


def with_spare_rows(form):
    """The form with empty rows at the end of each list, as far as it may grow."""
    for name, most in SPARE.items():
        rows = form[name]
        for _turn in range(most):
            if len(rows) < rows.max_entries:
                rows.append_entry()
    return form


def item_of(form, *, guid, meeting, stood=None, sent=()):
    """(AbstractItem without authors, [(row of the form, its affiliations)]) of what was typed.

    `stood` is the item as it was: an embargo whose field was not `sent` stays, and one that was not touched stays to the second.
    """
    affiliations = [_affiliation(row.form) for row in form.affiliations]
    authors = [
        (row, tuple(affiliations[mark - 1] for mark in row.marks))
        for row in _kept(form.authors, lambda row: row.name.data)
    ]
    item = AbstractItem(
        guid=guid,
        title=form.title.data,
        status=form.status.data,
        late_breaking=form.late_breaking.data,
        award=form.award.data,
        sections=tuple(_sections(form)),
        topics=tuple(dict.fromkeys(filter(None, (clean_line(each)[:200] for each in form.topics.data.split("\n"))))),
        links=tuple(
            Link(row.form.url.data, row.form.title.data, row.form.kind.data) for row in form.links if row.form.url.data
        ),
        embargo=_embargo(form, meeting, stood.embargo if stood else Embargo(), sent),
    )
    return item, authors


def _author(place, row, marks):
    return {
        "place": place,
        "known": row.contributor.number,
        "name": row.contributor.name,
        "at": ", ".join(str(mark) for mark in marks),
        "presenting": row.presenting,
        "corresponding": row.corresponding,
    }


def _sections(form):
    for row in _kept(form.sections, lambda row: row.text.data):
        yield Section(row.heading.data, texts.rich(row.text.data))


def _kept(rows, is_filled):
    """The forms of rows that stay, by their places; those without one after all others."""
    found = [row.form for row in rows if is_filled(row.form) and not row.form.gone.data]
    return sorted(found, key=lambda row: int(row.place.data) if row.place.data else 10**6)


def _affiliation(row):
    facts = {name: row[name].data for name in _PLACE}
    return AffiliationItem(**facts | {"country": row.country_code, "ror": institutions.typed(row.ror.data) or ""})


def _embargo(form, meeting, stood, sent):
    times = {}
    for group in GROUPS:
        name = f"{group}_at"
        times[group] = (
            instants.read(form[name].data, meeting.zone, stood.of(group)) if name in sent else stood.of(group)
        )
    return Embargo(**times)
