"""Exhibitors on the site: one with a badge and a letter, a kind of booth that nobody has, a checked file and an imported one."""

from conference import checkout, registration
from conference.kernel import transaction
from conference.registration import Wish, exhibitors, groups
from tests.site import people

KIND = {
    "basis": "per_area", "badges": 2, "per_area": 9, "unit": "m2", "rounding": "begun", "minimum": 1, "maximum": 9, "company_most": 2,
    "late": "late_fee", "late_fee_minor": 2500, "remind_days": None, "with_add_ons": False, "budget_code": "Κ-1", "position": 0,
}  # fmt: skip
BOOTH = {"booth_count": 1, "area": 1800, "override": None, "override_reason": "", "note": "Σημείωση"}
CSV = "company,email,kind,booths,area\nΝέα,nea@example.org,expo,8,9\n"
CONTACTS = ("checkout.add_company_badges", "checkout.collecting_list", "badges.of_group", "badges.group_paper")
FILES = ("exhibitor_file", "faults_of_exhibitors", "undo_exhibitors")


def of_exhibitors(meeting, now):
    """{key: value} for the addresses of exhibitors; the group is Ada's."""
    with transaction():
        kind, spare = (_kind(meeting, code, now) for code in ("expo", "spare"))
        ada = people.person("ada")
        acme, gone = (_exhibitor(meeting, kind, name, ada.email, now) for name in ("Ακμή", "Λήξη"))
        exhibitors.write(acme.id, exhibitors.LetterKind.INVITATION, now=now)
        for each in (kind, spare):
            exhibitors.change_kind(each, names_until=meeting.windows[0].ends_at, by=None, now=now)
    group = exhibitors.queries.by_ref(meeting, acme.ref).group
    with transaction():
        facts = {"wish": Wish("expo"), "by": ada, "now": now}
        groups.add_seat(group, email="booth@example.org", given_name="Νίκη", **facts)
        groups.add_unnamed(group, institution=acme.company, count=1, **facts)
        checkout.place_group(group, by=ada, now=now)
        groups.add_seat(group, email="later@example.org", **facts)
    with transaction():
        done, open_ = (
            exhibitors.files.check(meeting, name="crowd.csv", text=CSV.replace("Νέα", name), now=now)
            for name in ("Νέα", "Νέο")
        )
        exhibitors.files.bring_in(meeting, done, by=ada, now=now)
    return {
        "table": "badges",
        "kind_id": kind.id,
        "staff.remove_booth_kind.kind_id": spare.id,
        **{
            f"staff.{view}.ref": acme.ref
            for view in ("exhibitor", "edit_exhibitor", "change_exhibitor", "write_to_exhibitor")
        },
        "staff.remove_exhibitor.ref": gone.ref,
        **{f"staff.{view}.ref": done.ref for view in FILES},
        "staff.import_exhibitors.ref": open_.ref,
        **{f"{view}.group_ref": group.ref for view in CONTACTS},
    }


def _kind(meeting, code, now):
    category = registration.category_by_code(meeting, "expo")
    if category is None:
        pool = registration.categories_of(meeting)[0].pool
        category = registration.add_category(meeting, code="expo", name="Εκθέτης", pool=pool, is_on_offer=False)
        for window in meeting.windows:
            registration.set_price(category, window, amount_minor=30000)
    facts = {**KIND, "code": code, "name": "Περίπτερο", "category_id": category.id, "names_until": None}
    return exhibitors.add_kind(meeting, by=None, now=now, **facts)


def _exhibitor(meeting, kind, company, email, now):
    return exhibitors.add(meeting, kind=kind, email=email, company=company, booths="214", by=None, now=now, **BOOTH)
