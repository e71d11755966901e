"""Why an amount is what it is, in the reader's language: standing, window and date, each with its day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask_babel import get_locale
from flask_babel import gettext as _


def why(key, facts, meeting):
    """One reason as a sentence, or None for a key that is not about pricing."""
    say = _SENTENCES.get(key)
    return say(facts, meeting) if say else None


def last_minute(instant, meeting):
    """A window ends just before an instant: people are told the last minute that counts."""
    last = instant.astimezone(ZoneInfo(meeting.timezone))
    shown = datetime.fromtimestamp(last.timestamp() - 60, ZoneInfo(meeting.timezone))
    place = meeting.city or meeting.timezone
    return f"{format_datetime(shown, 'EEE d MMM y, HH:mm', locale=get_locale())} ({place}, {shown.tzname()})"


def day_of(text):
    """ "31 Dec 2026" of a date as it is kept."""
    return format_date(date.fromisoformat(text), "d MMM y", locale=get_locale())


def _member(facts, meeting):
    if "until" not in facts:
        return _("Member price: your membership is for life")
    until = day_of(facts["until"])
    if facts.get("kind") == "grace":
        return _("Member price: your membership ended on %(day)s and is in its days of grace", day=until)
    told = _("Member price: your membership is valid until %(day)s", day=until)
    return f"{told}{_needed(facts)}"


def _renewal(facts, meeting):
    return _("Member price: you renew in this order") + _lasting(facts)


def _joining(facts, meeting):
    return _("Member price: you join in this order") + _lasting(facts)


def _not_member(facts, meeting):
    if "on" not in facts:
        return _("Non-member price: no membership is valid today")
    return _("Non-member price: no membership is valid on %(day)s", day=day_of(facts["on"]))


def _lapsed(facts, meeting):
    if facts.get("kind") == "future":
        return _("Non-member price: your membership begins on %(day)s", day=day_of(facts["since"]))
    if "until" not in facts:
        return _("Non-member price: your membership has ended")
    return _("Non-member price: your membership ended on %(day)s", day=day_of(facts["until"]))


def _too_short(facts, meeting):
    return _(
        "Non-member price: your membership ends on %(until)s, and the member price asks for one that is valid until %(day)s",
        until=day_of(facts["until"]),
        day=day_of(facts["through"]),
    )


def _order_does_not_count(facts, meeting):
    return _("Non-member price: membership dues in the same order do not count for this meeting")


def _window(facts, meeting):
    when = last_minute(datetime.fromisoformat(facts["ends_at"]), meeting)
    return _("%(name)s price, until %(when)s", name=facts["name"], when=when)


def _submitted(facts, meeting):
    at = datetime.fromisoformat(facts["at"]).astimezone(ZoneInfo(meeting.timezone)).date()
    return _(
        "You registered on %(day)s: the %(name)s price is kept for you", day=day_of(at.isoformat()), **_name(facts)
    )


def _pay_by(facts, meeting):
    when = last_minute(datetime.fromisoformat(facts["until"]), meeting)
    return _("Counts when you begin to pay by %(when)s; later, the price of that day counts", when=when)


def _name(facts):
    return {"name": facts["name"]}


def _needed(facts):
    """How long a membership had to last, where that was asked for."""
    return _("; the meeting asks for one until %(day)s", day=day_of(facts["through"])) if "through" in facts else ""


def _lasting(facts):
    return _(", valid until %(day)s", day=day_of(facts["until"])) if "until" in facts else _(", for life")


_SENTENCES = {
    "member": _member,
    "renewal": _renewal,
    "joining": _joining,
    "not_member": _not_member,
    "lapsed": _lapsed,
    "too_short": _too_short,
    "order_does_not_count": _order_does_not_count,
    "window": _window,
    "submitted": _submitted,
    "pay_by": _pay_by,
}
