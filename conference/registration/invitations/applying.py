"""An invitation for somebody who has paid already: their lines as they are sold anew, and the use of its code. Money is moved above, in checkout."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit
from conference.kernel import Money, db
from conference.payments import NewLine
from conference.registration import codes, discounts, invited
from conference.registration import queries as catalogue
from conference.registration import words as reasons
from conference.registration.discounts import Redeemed
from conference.registration.models import Registration
from conference.registration.rules import QuoteLine

# What a code has written into a line's rule.
_OF_CODE = {"code", "effect", "percent", "because", "list_minor", "off_minor", "most_minor"}


def covered_lines(sold, invitation):
    """Those of the sold lines that an invitation is about: the ticket first, then the add-ons that it names."""
    also = set(invitation.code.also)
    return [line for line in sold if line.kind == "registration" or _code_of(line) in also]


def resold(lines, invitation):
    """[NewLine] by which sold lines are sold anew: at their list price of then, less what the invitation takes off; a former code gives way."""
    discount = codes.as_discount(invitation.code)
    quoted = tuple(_at_list_price(line, waived=bool(discount.waived)) for line in lines)
    reduced = discounts.reduced(quoted, discount, category=invitation.category.code)
    return [_anew(line, new, invitation) for line, new in zip(lines, reduced, strict=True)]


def use_for(invitation, entry, *, off, by, now):
    """The registration uses the invitation's code from now on, instead of the one that it used before, and wears its ribbon."""
    codes.give_back(entry)
    codes.use(entry, Redeemed(invitation.code.code, off, invitation.code.version), now=now)
    codes.keep(entry)
    mine = update(Registration).where(Registration.id == entry.id).values(discount_code=invitation.code.code)
    db.session.execute(mine, execution_options={"synchronize_session": False})
    db.session.refresh(entry, ["discount_code"])
    invited.settled(entry)
    told = {"after": {"off": off.decimal_text, "registration": entry.ref}}
    audit.record(by=by, verb="applied the invitation", subject=invitation, now=now, **told)


def _at_list_price(line, *, waived):
    """The line as it was quoted once; a price that waited for a proof waits no more when the invitation waives it."""
    dropped = _OF_CODE | ({"pending"} if waived else set())
    rule = {name: value for name, value in line.rule.items() if name not in dropped}
    full = Money(line.rule.get("list_minor", line.amount_minor), line.currency)
    return QuoteLine(line.kind, _code_of(line), full, (), rule)


def _anew(line, new, invitation):
    former = line.rule.get("code")
    kept = [text for text in line.why if not former or former not in text]
    told = [reasons.why(key, facts, invitation.meeting) for key, facts in new.why]
    rule = {**new.rule, "price_until": None, "instead_of": line.id}
    return NewLine(line.kind, line.reference, line.title, new.amount, (*kept, *told), rule)


def _code_of(line):
    if line.kind == "registration":
        return line.rule["category"]
    return catalogue.add_ons_by_id([line.reference])[line.reference].code


def label(invitation):
    """Why the change is made, for its letter."""
    return _("Invited as %(kind)s", kind=invitation.kind.name)
