"""Statements kept: first what a file would add, then its lines, each once, with the order that it most likely pays."""

import hashlib

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload, undefer

from conference import audit, jobs, people
from conference.kernel import Refusal, claimed, clean_line, db, fold, in_parts, insert_missing, insert_once, new_ref
from conference.payments.bank.candidates import candidates
from conference.payments.bank.finding import Finder, is_sure
from conference.payments.bank.models import Account, Statement, StatementLine
from conference.payments.bank.reading import read, refuse_too_large
from conference.payments.bank.rules import LineState, Why, occurrences

AT_ONCE = 500_000  # bytes that are read while somebody waits for the page; about a thousand lines
MOST_TRIES = 3
MOST_NAMED = 200  # lines that a report names one by one
MOST_SHOWN = 20  # new lines that a report shows: a wrong file or column is seen before anything is kept


def keep(account, *, name, content, by, now):
    """Remember a file of an account, and read it: the Statement, the one of before when the file is known. Refusal as of `read`.

    A long one is read by the worker.
    """
    refuse_too_large(content)
    digest = hashlib.sha256(content).hexdigest()
    is_long = len(content) > AT_ONCE
    report = {} if is_long else facts_of(account, _read(account, content, now))
    values = {
        "ref": new_ref(),
        "account_id": account.id,
        "person_id": by.id,
        "name": clean_line(name)[:300] or "–",
        "sha256": digest,
        "content": content,
        "made_at": now,
        "report": report,
        "doing": "check" if is_long else "",
        "tries": 0,
        "failure": "",
    }
    is_new = insert_once(Statement.__table__, values)
    found = db.session.scalars(_whole().where(Statement.account_id == account.id, Statement.sha256 == digest)).one()
    if not is_new and found.imported_at is None and not found.doing:
        found.report, found.failure = report, ""
        if is_long:  # it may have failed before, and the account has been put right
            found.doing, found.tries = "check", 0
    if is_long:
        jobs.soon("statements")
    db.session.flush()
    return found


def facts_of(account, found):
    """What Contents would add, as it is kept: counts, balances, days, lines that are known and those that are odd."""
    marked = list(_marked(found))
    known = known_among(account, {mark for mark, _nth, _each in marked})
    old = [each.number for mark, nth, each in marked if (mark, nth) in known]
    new = [each for mark, nth, each in marked if (mark, nth) not in known]
    alike = [each.number for _mark, nth, each in marked if nth > 1]
    days = [each.booked_on.isoformat() for each in found.bookings]
    return {
        "format": found.format,
        "currency": found.currency,
        "read": len(marked),
        "new": len(new),
        "first": [_shown(each) for each in new[:MOST_SHOWN]],
        "known": old[:MOST_NAMED],
        "known_count": len(old),
        "alike": alike[:MOST_NAMED],
        "odd": [vars(each) for each in found.odd[:MOST_NAMED]],
        "odd_count": len(found.odd),
        "opening": found.opening,
        "closing": found.closing,
        "from": min(days, default=""),
        "to": max(days, default=""),
        "in": sum(each.minor for each in found.bookings if each.minor > 0 and each.currency == found.currency),
        "out": -sum(each.minor for each in found.bookings if each.minor < 0 and each.currency == found.currency),
    }


def _shown(each):
    facts = {"number": each.number, "day": each.booked_on.isoformat(), "minor": each.minor, "currency": each.currency}
    return facts | {"name": each.name, "text": each.text[:200]}


def bring_in(statement, *, by, now, was_read=None):
    """Keep the lines of a file that are not known yet, once; how many. Refusal when that was done before, or as of `read`.

    `was_read`: its Contents, where they were read before.
    """
    # Two files of an account that overlap wait for each other.
    db.session.execute(select(Account.id).where(Account.id == statement.account_id).with_for_update())
    mine = update(Statement).where(Statement.id == statement.id, Statement.imported_at.is_(None))
    # Who keeps the lines has brought them in: what another has only looked at may be read as something else by now.
    brought = {"person_id": by.id} if by else {}
    if not claimed(mine.values(imported_at=now, doing="", failure="", **brought)):
        raise Refusal(_("The lines of this file were kept already."))
    found = db.session.scalars(_whole().options(undefer(Statement.content)).where(Statement.id == statement.id)).one()
    account, contents = found.account, was_read or _read(found.account, found.content, now)
    found.report = facts_of(account, contents)
    found.opening_minor, found.closing_minor = contents.opening, contents.closing
    rows = _rows(found, account, contents, now)
    for some in in_parts(rows):
        insert_missing(StatementLine.__table__, some)
    added = db.session.scalar(select(func.count()).where(StatementLine.statement_id == found.id))
    facts = {"file": found.name, "account": account.name, "lines": added}
    audit.record(by=by, verb="brought in a bank statement", subject=found, now=now, after=facts)
    db.session.flush()
    jobs.soon("statements")
    return added


def known_among(account, marks):
    """{(fingerprint, occurrence)} of lines of an account that have one of these fingerprints."""
    found = set()
    for some in in_parts(sorted(marks)):
        columns = select(StatementLine.fingerprint, StatementLine.occurrence)
        rows = columns.where(StatementLine.account_id == account.id, StatementLine.fingerprint.in_(some))
        found |= {tuple(row) for row in db.session.execute(rows)}
    return found


def ask_to_bring_in(statement, *, by):
    """Have the worker keep the lines of a file, for whoever asks; Refusal when that was done or asked for before."""
    mine = update(Statement).where(Statement.id == statement.id, Statement.imported_at.is_(None), Statement.doing == "")
    if not claimed(mine.values(doing="import", person_id=by.id, failure="", tries=0)):
        raise Refusal(_("The lines of this file were kept already."))
    jobs.soon("statements")


def asked():
    """Keys of the files that wait for the worker, the one that has waited longest first."""
    return list(db.session.scalars(select(Statement.id).where(Statement.doing != "").order_by(Statement.id)))


def read_asked(statement_id, *, now):
    """(Contents of a file that waits for the worker, version of the account that said how to read it), or None. Refusal as of `read`.

    Long files take seconds: nothing is locked meanwhile.
    """
    found = db.session.scalar(_asked(statement_id).options(undefer(Statement.content)))
    return (_read(found.account, found.content, now), found.account.version) if found else None


def work_on(statement_id, was_read, *, now):
    """Do what was asked of a file, with what `read_asked` found: report it, or keep its lines; whether there was something to do.

    When the account was changed meanwhile it is read again in a minute.
    """
    found = db.session.scalar(_asked(statement_id))
    contents, version = was_read or (None, None)
    if found is None or found.account.version != version:
        return False
    if found.doing == "import":
        bring_in(found, by=people.by_id(found.person_id), now=now, was_read=contents)
    else:
        found.report, found.doing = facts_of(found.account, contents), ""
    db.session.flush()
    return True


def fail(statement_id, reason):
    """Nothing came of what the worker was asked: somebody has to look at why."""
    mine = update(Statement).where(Statement.id == statement_id, Statement.doing != "")
    db.session.execute(mine.values(doing="", failure=reason))


def put_back(statement_id):
    """It broke for a reason that nobody foresaw: it is tried again, and after some tries somebody has to look at why."""
    mine = update(Statement).where(Statement.id == statement_id, Statement.doing != "")
    tries = db.session.scalar(mine.values(tries=Statement.tries + 1).returning(Statement.tries))
    if tries is not None and tries >= MOST_TRIES:
        fail(statement_id, _("Something went wrong. The log of the worker knows more."))


def _read(account, content, now):
    facts = {"currency": account.currency, "iban": account.iban, "mapping": account.mapping}
    return read(content, today=now.date(), **facts)


def _marked(contents):
    """(fingerprint, occurrence, booking) of each."""
    for each, nth in occurrences(contents.bookings):
        yield hashlib.sha256(each.said.encode()).hexdigest(), nth, each


def _rows(statement, account, contents, now):
    marked = list(_marked(contents))
    known = known_among(account, {mark for mark, _nth, _each in marked})
    new = [one for one in marked if one[:2] not in known]
    finder = Finder(candidates(now, [each.text for _mark, _nth, each in new])) if new else None
    return [_row(statement, account, one, finder) for one in new]


def _row(statement, account, one, finder):
    mark, nth, each = one
    row = {
        "ref": new_ref(),
        "account_id": account.id,
        "statement_id": statement.id,
        "number": each.number,
        "fingerprint": mark,
        "occurrence": nth,
        "booked_on": each.booked_on,
        "amount_minor": each.minor,
        "currency": each.currency,
        "text": each.text,
        "name": each.name,
        "iban": each.iban,
        "bank_ref": each.bank_ref,
        "folded": fold(f"{each.name} {each.text} {each.iban} {each.bank_ref}"),
        "is_reversal": each.is_reversal,
        "state": str(LineState.OUT if each.minor <= 0 and not each.is_reversal else LineState.OPEN),
        "matched_minor": 0,
        "returned_minor": 0,
        "note": "",
    }
    return row | _guess(account, each, finder)


def _guess(account, each, finder):
    """The order that a line most likely pays, how sure that is, and what is to be known; what is sure is booked by itself."""
    if each.is_reversal:
        return {"suggested_id": None, "score": 0, "why": str(Why.REVERSAL), "is_sure": True}
    facts = {"minor": each.minor, "currency": each.currency, "text": each.text, "name": each.name}
    found = finder.suggestions(best=2, **facts) if each.minor > 0 else []
    if not found:
        why = Why.CURRENCY if each.currency != account.currency else Why.NOTHING
        return {"suggested_id": None, "score": 0, "why": str(why), "is_sure": False}
    first = found[0]
    sure = account.books_exact and is_sure(found)
    return {"suggested_id": first.order_id, "score": first.score, "why": str(first.why), "is_sure": sure}


def _asked(statement_id):
    wanted = _whole().where(Statement.id == statement_id, Statement.doing != "")
    return wanted.execution_options(populate_existing=True)


def _whole():
    return select(Statement).options(joinedload(Statement.account))
