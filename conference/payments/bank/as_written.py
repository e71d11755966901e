"""Amounts, days and texts as banks write them."""

import re
from datetime import datetime
from functools import cache

from babel.numbers import list_currencies
from flask_babel import gettext as _

from conference.kernel import Refusal, clean_line, exponent
from conference.payments.bank.rules import LONGEST_TEXT, Odd

_BOMS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))


def minor_of(text, currency, mark):
    """Signed minor units of an amount as a bank writes it, with `mark` before the decimals; Refusal when it is not one.

    The other mark, blanks and apostrophes may part the thousands, and only them.
    """
    typed = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    sign = -1 if typed.startswith(("-", "−")) or typed.endswith(("-", "−")) else 1
    bare = typed.strip("+-−")
    other = re.escape("." if mark == "," else ",")
    whole, _mark, part = bare.partition(mark)
    grouped = re.fullmatch(rf"[0-9]{{1,12}}|[0-9]{{1,3}}({other}[0-9]{{3}}){{1,3}}", whole)
    places = exponent(currency)
    # Some banks write more decimals than a currency has, all of them zero.
    spare = part[places:]
    signs = re.findall("[-−+]", typed)
    if not grouped or len(signs) > 1 or not re.fullmatch(r"[0-9]*", part) or spare.strip("0") or len(part) > 6:
        raise Refusal(_("“%(text)s” is not an amount in %(currency)s", text=text.strip()[:40], currency=currency))
    kept = part[:places].ljust(places, "0")
    return sign * (int(re.sub(other, "", whole)) * 10**places + int(kept or "0"))


def currency_of(text):
    """A currency as ISO 4217 names it, such as "EUR"; Refusal when it is none."""
    if text not in _currencies():
        raise Refusal(_("“%(text)s” is not a currency", text=text[:10]))
    return text


@cache
def _currencies():
    return frozenset(list_currencies())


def decoded(content, encoding):
    """The text of bytes; a byte order mark says more than `encoding`. Refusal when they are something else."""
    chosen = next((name for name, mark in _BOMS if content.startswith(mark)), encoding or "utf-8")
    try:
        return content.decode(chosen)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            _(
                "Line %(line)s is not %(encoding)s. Choose another encoding at the account.",
                line=line,
                encoding=chosen.upper(),
            ),
            field="file",
        ) from None


def cut(text, number, odd):
    """A text as it is kept, and a word about what is too long."""
    clean = clean_line(text)
    if len(clean) > LONGEST_TEXT:
        odd.append(Odd(number, _("its text is longer than %(most)s characters and was cut", most=LONGEST_TEXT)))
    return clean[:LONGEST_TEXT]


def day_of(text, form="%Y-%m-%d"):
    """A day as `form` has it; Refusal when it is none."""
    try:
        return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day of the bank's calendar has no zone)
    except ValueError:
        raise Refusal(_("“%(text)s” is not a day", text=text.strip()[:40])) from None
