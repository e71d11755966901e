"""The whole strategic plan as one PDF, made from its pages as they stand."""

from flask import render_template
from flask_babel import gettext as _

from conference import pdf
from conference.kernel import Refusal
from conference.society import files, queries
from conference.society.rules import Section

SLUG = "strategic-plan"


def offer_plan(*, by, now):
    """Make the plan's PDF anew and offer it on the plan's first page; Refusal when there is no page of the plan."""
    pages = queries.front_pages(Section.PLAN)
    if not pages:
        raise Refusal(_("There is no public page in the strategic plan yet"))
    society = queries.current()
    html = render_template("society/plan.html", society=society, pages=pages, today=now)
    content = pdf.render(html, base_css=render_template("society/plan.css", accent=society.accent))
    title = f"{pages[0].title}, {society.short_name}"
    return files.offer(page=pages[0], slug=SLUG, title=title, content=content, by=by, now=now)
