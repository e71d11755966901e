"""Ada's saved card, and that she agreed to automatic renewal, in Greek words."""

from conference import checkout
from conference.kernel import db, transaction
from conference.payments import cards
from tests.site import people


def of_cards(now):
    """Nothing that an address needs: the page is one's own."""
    ada = people.person("ada")
    with transaction():
        begun = checkout.renewals.begin(ada, renews=False, now=now)
        seen = cards.CardSeen(
            begun.ref, "cs_card", "complete", is_saved=True, customer="cus_ada", method="pm_ada", brand="visa", last4="4242",
            exp_month=12, exp_year=2034,
        )  # fmt: skip
        checkout.renewals.kept(seen, now)
        facts = {"person_id": ada.id, "use": "dues", "is_given": True, "version": 1, "language": "el"}
        db.session.add(cards.Agreement(**facts, text="Συμφωνώ.", at=now))
    return {}
