"""The search over what is released, as far as it is public now."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from conference.kernel import clean_line
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.search import looking, narrowing
from conference.schedule.search.question import understood
from conference.web import Page, allow, anyone, page_number

PER_PAGE = 25
LONGEST = 200


@bp.get("/schedule/search")
@allow(anyone)
def search(code):
    """Sessions, presentations and people that hold every word of a question, the best first."""
    place, programme = find(code)
    text = clean_line(request.args.get("q", "")[:LONGEST])
    question = understood(text)
    form = narrowing.NarrowForm(request.args)
    form.q.data = text
    hits = looking.all_hits(place, programme, question)
    left = narrowing.narrowed(programme, hits, form)
    page = _page(left.hits)
    is_in_vain = question.wanted and not hits
    near = looking.near(place, programme, question) if is_in_vain else []
    return render_template(
        "schedule/search.html",
        place=place,
        text=text,
        question=question,
        form=form,
        page=page,
        found=looking.shown(place, programme, page.items, question),
        near=looking.shown(place, programme, near, question),
        meant=looking.meant(place, programme, text) if is_in_vain else None,
        tabs=_tabs(place, form, left.counts),
        link=lambda number: _address(place, form, page=number),
        total=len(hits),
    )


def _page(hits):
    last = max(1, -(-len(hits) // PER_PAGE))
    number = min(page_number(), last)
    return Page(hits[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(hits), PER_PAGE)


def _tabs(place, form, counts):
    labels = {"": _("Everything"), "presentation": _("Presentations"), "session": _("Sessions"), "person": _("People")}
    numbers = {"": counts.total(), **counts}
    chosen = form.kind.data
    return [
        (label, _address(place, form, kind=kind), kind == chosen, numbers.get(kind, 0))
        for kind, label in labels.items()
    ]


def _address(place, form, **changed):
    asked = {**form.data, **changed}
    return url_for(".search", code=place.code, **{name: value for name, value in asked.items() if value})
