"""Words and links of programme pages: days, times with their zone, people, affiliations."""

from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from conference import people
from conference.kernel import fold
from conference.schedule.formats.embargo import AWARD, FILES, GROUPS, LISTING, TEXT
from conference.schedule.headings import letter_of
from conference.schedule.rules import numbered_affiliations
from conference.schedule.zones import city_of

MOST_NAMES = 8


def title_of(item):
    """The title of a session or presentation, or the words that stand for one under embargo."""
    return _("Title under embargo") if LISTING in getattr(item, "closed", ()) else item.title


def held_back(published, place, talk):
    """[(what, from when)] of what is under embargo of a presentation, in words, for those who read it meanwhile."""
    names = {LISTING: _("Title and authors"), TEXT: _("Abstract"), FILES: _("Files and links"), AWARD: _("Award")}
    closed = [group for group in GROUPS if group in talk.closed and talk.embargo.of(group)]
    return [(names[group], moment(talk.embargo.of(group), published, place)) for group in closed]


def moment(instant, published, place):
    """ "30 September 2027, 16:30 (Baltimore, EDT)"."""
    local = instant.astimezone(published.zone)
    city = _city(published, place)
    day = format_date(local.date(), "d MMMM y", locale=get_locale())
    return f"{day}, {local:%H:%M} ({city}, {local.tzname()})"


def clock(instant, zone):
    """ "09:00" in the meeting's zone."""
    return f"{instant.astimezone(zone):%H:%M}"


def clock_on(published, instant, day):
    """ "09:00", or "10 May, 02:30" where the reader's date is not the meeting's `day`."""
    local = instant.astimezone(published.zone)
    if published.own_zone is None or local.date() == day:
        return f"{local:%H:%M}"
    date = format_date(local.date(), "d MMM", locale=get_locale()).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{date}, {local:%H:%M}"


def zone_label(published, place, day=None):
    """ "Baltimore, EDT": the venue's city, or its zone's, with the zone's abbreviation on a day of the meeting."""
    return _named(published, _city(published, place), published.zone, day)


def venue_label(published, place, day=None):
    """The same of the venue, whatever the reader has chosen."""
    name = published.programme.timezone
    return _named(published, place.city or city_of(name), ZoneInfo(name), day)


def zone_sentence(published, label):
    """In which zone the times of a page are."""
    if published.own_zone:
        return _("All times are in your time zone: %(zone)s.", zone=label)
    return _("All times are those of the venue: %(zone)s.", zone=label)


def _city(published, place):
    """What names the zone: the venue's city, or that of the reader's zone."""
    if published.own_zone:
        return city_of(published.own_zone)
    return place.city or city_of(published.programme.timezone)


def _named(published, city, zone, day):
    first = published.days[day][0] if day else next(iter(published.days.values()))[0]
    short = first.starts.astimezone(zone).tzname()
    return f"{city}, {short}" if short and short != city else city


def day_links(published, place, current=None):
    """The days for day_bar(): (weekday, date, href, current)."""
    locale = get_locale()
    return [
        (
            format_date(day, "EEE", locale=locale),
            format_date(day, "d MMM", locale=locale),
            url_for("schedule.day", code=place.code, day=day.isoformat()),
            day == current,
        )
        for day in published.days
    ]


def long_day(day):
    """ "Saturday 3 February 2024"."""
    return format_date(day, "EEEE d MMMM y", locale=get_locale())


def short_day(day):
    """ "Saturday 3 February"."""
    return format_date(day, "EEEE d MMMM", locale=get_locale())


def author_lines(published, place, talk):
    """(people, affiliations, their addresses) for authors(): names with numbers of affiliations in order of first appearance."""
    affiliations, marks = numbered_affiliations(talk.authors)
    people = [
        {
            "name": published.people[author.person].name,
            "marks": numbers,
            "presenting": author.presenting,
            "corresponding": author.corresponding,
            "href": person_href(published, place, author.person),
        }
        for author, numbers in zip(talk.authors, marks, strict=True)
    ]
    hrefs = [institution_href(published, place, each) for each in affiliations]
    return people, [affiliation_line(each) for each in affiliations], hrefs


def affiliation_lines(talk):
    """The affiliations of a talk's authors as lines, in order of first appearance."""
    return tuple(map(affiliation_line, numbered_affiliations(talk.authors)[0]))


def disclosures(published, guids):
    """[(name, what they disclose or None for nothing)] of those people who have said it, in order and each once."""
    told = [published.people[guid] for guid in dict.fromkeys(guids)]
    return [(person.name, person.disclosure or None) for person in told if person.disclosure is not None]


def affiliation_line(affiliation):
    """An affiliation as printed in a paper: department, institution, city, state, country."""
    country = people.country_name(affiliation.country, str(get_locale()))
    parts = (affiliation.department, affiliation.institution, affiliation.city, affiliation.state, country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def institution_href(published, place, affiliation):
    """The address of an institution's page; nothing for the desk, which sees more than has a page."""
    slug = published.institution_slugs.get((affiliation.institution, affiliation.ror))
    return (
        url_for("schedule.heading", code=place.code, index="institutions", slug=slug)
        if slug and not published.is_whole
        else ""
    )


def person_href(published, place, guid):
    """The address of a person's page."""
    return url_for("schedule.person", code=place.code, number=published.people[guid].number)


def person_link(published, place, guid):
    """(name, address, first affiliation) of a person."""
    lines = affiliations_of(published, guid)
    return published.people[guid].name, person_href(published, place, guid), lines[0] if lines else ""


def people_in_order(published):
    """Everybody in a programme by family name, sorted once."""
    if "people in order" not in published.kept:
        published.kept["people in order"] = sorted(published.programme.people, key=filed)
    return published.kept["people in order"]


def letter_of_person(person):
    """The letter under which somebody is filed."""
    return letter_of(filed(person))


def by_letter(entries, letter):
    """[(letter, its entries)] of entries that are in order."""
    letters = {}
    for entry in entries:
        letters.setdefault(letter(entry), []).append(entry)
    return list(letters.items())


def affiliations_of(published, guid):
    """The lines of somebody's affiliations, as given with their presentations."""
    places = [
        affiliation_line(each)
        for _role, _session, talk in published.parts.get(guid, [])
        if talk
        for author in talk.authors
        if author.person == guid
        for each in author.affiliations
    ]
    return list(dict.fromkeys(places))


def parts_of_session(published, place, session):
    """{role: [(name, address)]} of a session."""
    roles = {}
    for part in session.people:
        roles.setdefault(part.role, []).append(person_link(published, place, part.person)[:2])
    return roles


def when(published, place, starts, ends, day):
    """ "Saturday 3 February 2024, 09:30–10:15 (Brussels, CET)"."""
    venue = ZoneInfo(published.programme.timezone)
    there = f"{long_day(day)}, {clock(starts, venue)}–{clock(ends, venue)} ({venue_label(published, place, day)})"
    if published.own_zone is None:
        return there
    local = starts.astimezone(published.zone)
    hours = f"{local:%H:%M}–{clock(ends, published.zone)}"
    here = f"{long_day(local.date())}, {hours} ({_city(published, place)}, {local.tzname()})"
    return _("%(here)s your time; at the venue %(there)s", here=here, there=there)


def names_of(published, guids):
    """Names in a row; of many the first and the last."""
    names = [published.people[guid].name for guid in guids]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return ", ".join(names[: MOST_NAMES - 1]) + f" … {names[-1]}"


def filed(person):
    """The key by which people are sorted: family name first, without case and accents."""
    name = person.name
    return fold(person.family or name.rsplit(" ", 1)[-1]) + " " + fold(name)
