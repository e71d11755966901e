"""What may have a rate of tax of its own: add-ons and types of membership, by their codes, over all meetings."""

from sqlalchemy import func, select
from wtforms.fields import SelectChoice

from conference import membership, registration
from conference.kernel import db


def choices():
    """[SelectChoice] of each, by name; an add-on that several meetings have is one."""
    return [SelectChoice(value_of(kind, code), title) for kind, code, title in _all()]


def titles():
    """{(kind, code): name} of every item."""
    return {(kind, code): title for kind, code, title in _all()}


def value_of(kind, code):
    """What stands for an item in a form; empty for none."""
    return f"{kind}:{code}" if code else ""


def parted(value):
    """(kind, code) of what stands for an item in a form."""
    kind, _colon, code = value.partition(":")
    return kind, code


def kind_of(value):
    """The kind of line that an item is sold by."""
    return parted(value)[0]


def _all():
    extra, type_ = registration.AddOn, membership.MembershipType
    for kind, code, name in (("add_on", extra.code, extra.title), ("dues", type_.code, type_.name)):
        title = func.max(name)
        for known, called in db.session.execute(select(code, title).group_by(code).order_by(title, code)):
            yield kind, known, called
