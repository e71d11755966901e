"""How values are shown: money, instants, days, countries, languages, Markdown."""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import nh3
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_currency
from flask_babel import get_locale
from markdown_it import MarkdownIt
from markupsafe import Markup

from conference.kernel import Money, decimal_text, exponent, shown_decimals, smallest_step

MINUS = "\N{MINUS SIGN}"  # as wide as a digit, where a hyphen is narrow and may end a line
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def add_filters(app):
    """Make every public function below a template filter."""
    for filter_ in (
        money,
        when,
        last_minute,
        last_day,
        day,
        time_of_day,
        date_range,
        country,
        language,
        direction,
        markdown,
    ):
        app.add_template_filter(filter_)


def money(amount, currency=None):
    """ "440.00 USD" in the reader's way of writing numbers, a true minus when below zero; Money, or minor units and a currency."""
    amount = amount if isinstance(amount, Money) else Money(amount, currency)
    return _amount(amount.minor, amount.currency, _locale())


@lru_cache(maxsize=4096)  # a price list says the same few amounts again and again
def _amount(minor, currency, locale):
    places = exponent(currency) if minor % smallest_step(currency) else shown_decimals(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "") + " ¤¤"
    text = decimal_text(minor, currency)
    return format_currency(Decimal(text), currency, pattern, locale=locale, currency_digits=False).replace("-", MINUS)


def when(instant, zone="UTC", place=None):
    """ "Thu 13 May 2027, 09:00 (Baltimore, EDT)": an instant in a named zone."""
    local = instant.astimezone(ZoneInfo(zone))
    label = ", ".join(part for part in (place, local.tzname()) if part)
    return f"{day(local.date())}, {format_time(local, 'HH:mm', locale=_locale())} ({label})"


def last_minute(ends_at, zone="UTC", place=None):
    """The last minute before an exclusive end: "until 23:59" is what people understand."""
    return when(ends_at - timedelta(minutes=1), zone, place)


def last_day(ends_at, zone):
    """The day of the last minute before an exclusive end: one that is midnight ends the day before."""
    return day(ends_at - timedelta(minutes=1), zone)


def day(value, zone=None):
    """ "Thu 13 May 2027", "Do., 13. Mai 2027": a date, or an instant's date in a zone."""
    if zone is not None:
        value = value.astimezone(ZoneInfo(zone)).date()
    if _locale().language == "en":
        return format_date(value, "EEE d MMM y", locale=_locale())
    return format_skeleton("yMMMEd", value, locale=_locale())


def time_of_day(instant, zone):
    """ "09:00" in a zone."""
    return format_time(instant.astimezone(ZoneInfo(zone)), "HH:mm", locale=_locale())


def date_range(first, last):
    """ "May 7 – 11, 2024": the days of a meeting."""
    if first == last:
        return format_date(first, "long", locale=_locale())
    return format_interval(first, last, "yMMMMd", locale=_locale())


def country(code):
    """The country's name in the reader's language; empty for none."""
    return _locale().territories.get(code, code) if code else ""


def language(code):
    """The name of a language, such as "pt_BR" or "pt-BR", in the reader's."""
    return _parsed(code).get_display_name(_locale()) or code


def direction(code):
    """ "rtl" for a language that is written from right to left, else "ltr"."""
    return "rtl" if _parsed(code).text_direction == "rtl" else "ltr"


def _parsed(code):
    return Locale.parse(code.replace("-", "_"))


def markdown(text):
    """Markdown as safe HTML: no raw HTML, no pictures, links only to http, https, mailto and this site."""
    html = _MARKDOWN.render(text or "")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 — nh3 has just cleaned it


def _locale():
    return get_locale() or Locale("en")
