"""Who may sign in to the demo: one of each role, with passwords made at random and kept in a file only its owner reads."""

from pathlib import Path

from conference import accounts, people

WHO = (
    ("admin@example.org", "Robin", "Ashgrove", ("administrator",), "everything"),
    ("desk@example.org", "Noor", "Castellane", ("registration",), "registrations"),
    ("programme@example.org", "Ida", "Falkenrath", ("programme",), "the programme"),
    ("finance@example.org", "Teodor", "Grimsby", ("finance",), "money"),
    ("door@example.org", "Wren", "Holloway", ("door",), "check-in"),
    ("lab@example.org", "Ottilie", "Brandvold", (), "somebody who pays for a lab: the group in every state"),
    (
        "booth@example.org",
        "Marlo",
        "Quist",
        (),
        "the contact of an exhibitor: badges free of charge, extra ones, another name",
    ),
    ("member@example.org", "Solveig", "Aaltonen", (), "a member whose dues renew with a saved card"),
    ("attendee@example.org", "Ayasha", "Littlefeather", (), "an attendee who has not registered yet"),
)
FILE = "sign-ins.txt"


def build_sign_ins(now, instance):
    """Accounts for the cast, and their passwords in `instance`/sign-ins.txt (mode 600); the lines of that file."""
    lines = ["Demo sign-ins (fictional people; any other address gets a code by letter):"]
    for email, given, family, roles, what in WHO:
        password = accounts.random_password()
        person = people.enter(
            email=email, given_name=given, family_name=family, country="US", institution="The society’s office",
            is_fictional=True, now=now,
        )  # fmt: skip
        account = accounts.create(email=person.email, now=now, roles=roles)
        accounts.set_password(account, password, now=now, letter=False)
        lines.append(f"  {email:<24} {password:<29} {what}")
    path = Path(instance) / FILE
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines
