"""Many requests at once from several processes: one letter holds, and money after a refused visa is sent once."""

from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import db, transaction
from conference.registration import visa
from tests.cast import a_meeting, a_person
from tests.checkout import racing
from tests.checkout.test_races import settings, shares
from tests.checkout.visa.cast import a_policy, ask, registered
from tests.checkout.visa.racing import ask_and_refund
from tests.registration.eligibility.documents import a_document

__all__ = ["settings"]


def test_one_letter_holds_and_one_refund_is_sent(context, settings, now):
    facts = {"review": visa.Review.UNLISTED, "countries": ("IN",), "refund_rule": visa.RefundRule.FULL}
    with transaction():
        meeting = a_meeting(now, code="R1")
        ada, ben = (a_person(name, now) for name in ("Ada", "Ben"))
    a_policy(meeting, now, **facts)
    registered(meeting, ada, now)
    entry = registered(meeting, ben, now)
    ask(entry, now)
    with transaction():
        visa.refusals.ask(entry=entry, letter=a_document(), note="", by=ben, now=now)

    done = racing.in_processes(ask_and_refund, settings, shares(list(range(8))))

    db.session.rollback()
    live = visa.VisaRequest.state.in_(("waiting", "issued"))
    mine = visa.VisaRequest.registration_id == registration.registration_in(meeting, ada).id
    assert done.count("asked") >= 1
    assert db.session.scalar(select(func.count()).where(mine, live)) == 1
    assert db.session.scalar(select(func.count()).where(mine, ~live, visa.VisaRequest.passport.is_not(None))) == 0
    assert done.count("refunded") == 1
    assert db.session.scalar(select(func.sum(payments.Refund.amount_minor))) == 44000
    assert payments.differences() == []
