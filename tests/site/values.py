"""A real value for every argument of every address, by `endpoint.argument`, `blueprint.argument` or `argument` alone."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from conference import accounts, books, checkout, door, mail, membership, payments, registration, society
from conference.kernel import Money, clock, db, transaction
from conference.payments import payouts
from conference.payments.payouts import PayoutSeen, RowSeen
from conference.payments.refunds import accepted
from conference.payments.rules import RefundSeen, RefundState
from tests.registration.eligibility.documents import a_document
from tests.schedule.programmes import a_schedule_xml
from tests.site import desk_values, people, programme_values
from tests.site.desk_values import made

LETTER = (
    "From: office@example.org\r\nTo: ada@example.org\r\nSubject: =?utf-8?b?zpPOtc65zqw=?=\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    "Καλημέρα\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nα\r\n--b--\r\n"
)
PRIVATE = ("private_list", "export_private")
LETTER_NAME = "20261123T120000000000-0123abcd"
CSV = (
    "email,given_name,family_name,degrees,institution,country,category,paid\nneo@example.org,Νέο,Δοκιμή,,,GR,full,no\n"
)


def of_everything(site, meeting, orders, now):
    """{key: value}; what the desk makes (uploads, print runs, a refund) is made on the way."""
    found = {"code": meeting.code, "day": "2027-05-11", **_of_the_web(site.app), **_of_the_society()}
    found |= (
        programme_values.of_the_programme(site, meeting) | _of_ada(meeting, orders["ada"], now) | _of_money(orders, now)
    )
    found |= _uploads(site, meeting) | desk_values.bulks(site, meeting) | desk_values.badges(site, meeting)
    found |= _of_sales(meeting)
    with transaction():
        entry = registration.registration_in(meeting, people.person("gus"))
        door.check_in(entry=entry, meeting=meeting, by=people.person("door"), way="search", now=now)
    found |= (
        desk_values.views(site, meeting)
        | desk_values.warnings(site, meeting)
        | _waits(meeting, now)
        | {"subject": "category", "kind": "csv"}
    )
    return found | {"accounts_staff.ref": people.person("ivy").ref, "role": "door"}


def _of_the_web(app):
    folder = Path(app.config["INSTANCE_PATH"]) / "mail"
    folder.mkdir(exist_ok=True)
    (folder / f"{LETTER_NAME}.eml").write_text(LETTER, encoding="utf-8")
    assets = app.extensions["assets"]
    return {
        "demo.name": LETTER_NAME,
        "demo.number": 1,
        "version": assets.css_hash,
        "assets.script.version": assets.js_hash,
        "assets.script.name": "site.js",
        "assets.file.name": "img/favicon.svg",
    }


def _of_the_society():
    page = society.page_by_slug("goals")
    return {
        "home.page.slug": page.slug,
        "home.download.slug": "plan",
        "home.number": 1,
        "slug": "plan",
        "page_id": page.id,
    }


def _of_ada(meeting, order, now):
    ada = people.person("ada")
    account = accounts.of_person(ada)
    with transaction():
        token = accounts.make_link(account=account, now=now).rpartition("/")[2]
        accounts.begin(account=account, way="code", now=now, user_agent="Firefox/140 Windows")
    entry, member = registration.registration_in(meeting, ada), membership.member_of(ada)
    letter, enclosure = db.session.execute(select(mail.Letter, mail.Enclosure).join(mail.Letter.enclosures)).first()
    about_her = (
        *("registration", "details", "change_details", "address", "mend_address", "private_answers"),
        *("resend", "send_payment_link", "set_ribbons"),
        *("change", "check_change", "do_change"),
        *("serve_walk_in", "undo_walk_in"),
    )
    return {
        "token": token,
        "accounts.ref": accounts.sign_ins_of(account, now)[-1].ref,
        "checkout.ref": order.ref,
        "staff.ref": order.ref,
        "door.ref": entry.ref,
        "badges_staff.ref": entry.ref,
        **{f"staff.{view}.ref": entry.ref for view in about_her},
        "mail_staff.ref": letter.ref,
        "enclosure_id": enclosure.id,
        "membership_staff.number": member.member_number,
        "term_id": membership.terms_of(member)[0].id,
    }


def _of_money(orders, now):
    gus = orders["gus"]
    with transaction():
        amount = Money(1000, gus.currency)
        (refund,) = payments.promise_refund(order=gus, amount=amount, reason="Λάθος", now=now)
        no = RefundSeen("re_1", refund.ref, RefundState.FAILED, "expired_card", "pi_gus", 1000, gus.currency)
        accepted(refund.id, no, now=now)
        payments.note_event(event_id="evt_1", kind="refund.failed", object_id="re_1", now=now)
    _at_stripe(now)
    return {
        **{f"staff.{view}.name": "po_1" for view in ("payout", "payout_file")},
        **{f"staff.{view}.name": "txn_open" for view in ("balance_row", "explain_row")},
        "staff.reopen_row.name": "txn_told",
        **{f"staff.{view}.ref": _a_dispute(gus, now) for view in ("dispute", "dispute_evidence", "decide_place")},
        "month": books.month_of(now),
        "staff.repeat_refund.ref": refund.ref,
        "staff.sent_by_hand.ref": refund.ref,
        **{f"staff.{view}.ref": orders["eve"].ref for view in ("cancel_order", "mark_paid")},
        **{f"staff.{view}.ref": orders["fay"].ref for view in ("decide", "decided", "note_done")},
        "event_id": db.session.scalar(select(payments.Event.id)),
    }


def _a_dispute(order, now):
    """The reference of a dispute over what was paid for an order."""
    (payment,) = payments.payments_of(order)
    seen = payments.DisputeSeen(
        dispute_id="du_site", payment_intent=payment.provider_ref, amount=1000, currency=order.currency, reason="fraudulent",
        state="needs_response", opened_at=now, evidence_due_at=now + timedelta(days=7), is_refundable=False, fee_currency="USD",
        movements=(payments.dispute_rules.Movement("txn_site", -1000, 1500),),
    )  # fmt: skip
    with transaction():
        return checkout.disputes.note(seen, now=now).ref


def _of_sales(meeting):
    with transaction():
        half = registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Ομιλητές")
        until = meeting.windows[-1].ends_at
        steps = [{"kind": str(kind), "until": until, "percent": 10} for kind in registration.changes.ASKED]
        registration.changes.set_steps(meeting, steps, by=None, now=until)
    return {
        "code_id": half.id,
        "step_id": registration.changes.step_rows(meeting)[0].id,
        "add_on_id": registration.add_ons_of(meeting)[0].id,
        "pool_id": registration.categories_of(meeting)[0].pool_id,
        "category_id": registration.categories_of(meeting)[0].id,
        **_of_eligibility(meeting),
        "question_id": registration.questions_of(meeting)[0].id,
        "section_id": registration.questions_of(meeting)[-1].section_id,
        **{f"staff.{view}.question_id": registration.questions_of(meeting)[-1].id for view in PRIVATE},
    }


def _of_eligibility(meeting):
    """Ada's category asks for a letter; one of hers waits, one was declined a moment ago."""
    ada, cleo, now = people.person("ada"), people.person("registration"), clock.now()
    eligibility = registration.eligibility
    category = registration.registration_in(meeting, ada).category
    line = payments.orders_of(people.person("hal"))[0].lines[0]
    with transaction():
        fallback = next(
            each for each in registration.categories_of(meeting, all_of_them=True) if each.id != category.id
        )
        eligibility.require(category, by=cleo, now=now, proof="letter", fallback_id=fallback.id)
        facts = {"person": ada, "meeting": meeting, "category": category, "document": a_document(), "now": now}
        declined = eligibility.proofs.hand_in(**facts)
        eligibility.proofs.decide(declined, eligibility.ProofState.DECLINED, by=cleo, now=now, reason="Δυσανάγνωστο")
        waiting = eligibility.proofs.hand_in(**facts)
        unpaid = eligibility.Provision(
            registration_id=line.reference, line_id=line.id, kind="letter", policy="lower_with_deadline", other_minor=1,
            until=now, state="unpaid", due_at=now, made_at=now,
        )  # fmt: skip
        db.session.add(unpaid)
        found = eligibility.tiers.put_in_force({"ET": "low"}, name="Κατάλογος", valid_from=now.date(), by=cleo, now=now)
    return {
        "list_id": found.id,
        "provision_id": unpaid.id,
        "checkout.proof_file.ref": waiting.ref,
        **{f"staff.{view}.ref": waiting.ref for view in ("review_proof", "proof_document", "decide_proof")},
        "staff.undo_proof.ref": declined.ref,
    }


def _at_stripe(now):
    """A payout with a row that nobody knows, and one that somebody has explained."""
    rows = [
        RowSeen(
            f"txn_{name}", "charge", "charge", f"ch_{name}", "", 100, 3, 97, "USD", 100, "USD", 1_795_000_000, "Λάθος"
        )
        for name in ("open", "told")
    ]
    with transaction():
        payout = payouts.keep_payout(
            PayoutSeen("po_1", 194, "USD", "paid", True, True, 1_795_000_000, 1_795_000_000, "")
        )
        payouts.keep_itemised(payout, rows, now=now)
        payouts.explain(payouts.row_by_id("txn_told"), words="Δώρο", by=people.person("finance"), now=now)


def _uploads(site, meeting):
    programme = {"file": (BytesIO(a_schedule_xml()), "programme.xml")}
    crowd = {"file": (BytesIO(CSV.encode()), "crowd.csv")}
    files = {
        view: made(site, "registration", f"/staff/registrations/{meeting.code}/import", {
            "file": (BytesIO(CSV.replace("neo", view).encode()), "crowd.csv")
        })
        for view in ("look_at_undoing", "undo_upload", "faults_of_upload")
    }  # fmt: skip
    for view in ("look_at_undoing", "undo_upload"):
        site.browser("registration").post(f"/staff/registrations/{meeting.code}/import/{files[view]}")
    return {
        **{f"staff.{view}.ref": ref for view, ref in files.items()},
        "schedule_staff.ref": made(site, "programme", f"/staff/schedule/{meeting.code}/upload", programme),
        **desk_values.prints(site, meeting),
        "staff.checked_upload.ref": made(site, "registration", f"/staff/registrations/{meeting.code}/import", crowd),
        "staff.import_upload.ref": made(site, "registration", f"/staff/registrations/{meeting.code}/import", {
            "file": (BytesIO(CSV.replace("neo", "nea").encode()), "crowd.csv")
        }),
    }  # fmt: skip


def _waits(meeting, now):
    """Ada and Gus wait for what has no place."""
    with transaction():
        full = registration.offer_add_on(meeting, code="boat", title="Βόλτα", amount_minor=2000, places=0)
        mine, theirs = (
            registration.waiting.join(registration.registration_in(meeting, people.person(name)), add_on=full, now=now)
            for name in ("ada", "gus")
        )
    own = ("waiting_place", "take_offer", "leave_waiting")
    return {"wait_ref": theirs.ref, "act": "move", **{f"checkout.{view}.ref": mine.ref for view in own}}
