"""The menus of the public pages as (label, address, whether it is this page)."""

from flask_babel import gettext as _

from conference.society import Section


def main_menu(site, path):
    """The meeting and its programme, the society's pages, the strategic plan by its first page, membership."""
    entries = [*_meeting(site.meeting), *_pages(site.in_section(Section.MENU)), *_plan(site)]
    entries.append((_("Membership"), "/members/join"))
    here = _nearest(entries, site, path)
    return [(label, href, href == here) for label, href in entries]


def foot_menu(site):
    """Pages for the foot of every page, and the list of meetings."""
    return [*_pages(site.in_section(Section.FOOT)), (_("All meetings"), "/meetings/")]


def _meeting(meeting):
    if meeting is None:
        return []
    home = f"/meetings/{meeting.code}/"
    return [(_("Annual meeting"), home), (_("Programme"), home + "schedule")]


def _pages(pages):
    return [(page.title, f"/pages/{page.slug}") for page in pages]


def _plan(site):
    """Of the plan only its first page stands in the menu; the others are reached from there."""
    return _pages(site.in_section(Section.PLAN)[:1])


def _nearest(entries, site, path):
    """The entry that a path lies under: the longest that begins it; pages of the plan lie under its first."""
    plan = site.in_section(Section.PLAN)
    if plan and path in {f"/pages/{page.slug}" for page in plan}:
        return f"/pages/{plan[0].slug}"
    under = [href for _label, href in entries if path.startswith(href)]
    return max(under, key=len, default=None)
