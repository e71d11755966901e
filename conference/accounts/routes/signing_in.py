"""Signing in: an address, its code; or a password; or a link from the office. Signing out."""

from flask import flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import people
from conference.accounts import codes, queries, rules, sessions, signing_in, throttle
from conference.accounts.forms import CodeForm, PasswordSignInForm
from conference.accounts.routes import asking, known
from conference.accounts.routes.blueprint import bp
from conference.accounts.throttle import TooMany
from conference.kernel import Refusal, clock, transaction
from conference.web import allow, anyone, refuse_into

PURPOSE = rules.Purpose.SIGN_IN


@bp.get("/account/sign-in")
@allow(anyone)
def sign_in():
    return _already_in() or _entry(people.EmailForm(), is_new=False)


@bp.get("/account/sign-up")
@allow(anyone)
def sign_up():
    return _already_in() or _entry(people.EmailForm(), is_new=True)


@bp.post("/account/sign-in")
@allow(anyone)
def ask_for_code():
    return _ask(is_new=False)


@bp.post("/account/sign-up")
@allow(anyone)
def ask_for_first_code():
    return _ask(is_new=True)


@bp.get("/account/sign-in/code")
@allow(anyone)
def code():
    awaited = asking.awaited(PURPOSE)
    if awaited is None:
        return _already_in() or redirect(url_for(".sign_in", next=asking.wanted()), 303)
    return _code_page(CodeForm(), awaited)


@bp.post("/account/sign-in/code")
@allow(anyone)
def enter_code():
    awaited, form = asking.awaited(PURPOSE), CodeForm.of_request()
    if awaited is None:
        return _already_in() or redirect(url_for(".sign_in", next=asking.wanted()), 303)
    agent = asking.user_agent()
    token, status = asking.answer(
        form, awaited, lambda typed, now: codes.sign_in_by_code(awaited, typed, now=now, user_agent=agent)
    )
    return _arrive(token, awaited.email) if token else (_code_page(form, awaited), status)


@bp.post("/account/sign-in/code/new")
@allow(anyone)
def ask_again():
    awaited = asking.awaited(PURPOSE)
    if awaited is None:
        return redirect(url_for(".sign_in", next=asking.wanted()), 303)
    form = CodeForm()
    try:
        asking.send(awaited.email, PURPOSE)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _code_page(form, awaited), status, headers
    flash(_("A new code is on its way."))
    return redirect(url_for(".code", next=asking.wanted()), 303)


@bp.get("/account/sign-in/password")
@allow(anyone)
def password_sign_in():
    return _already_in() or _password_page(PasswordSignInForm())


@bp.post("/account/sign-in/password")
@allow(anyone)
def sign_in_by_password():
    form = PasswordSignInForm.of_request()
    if not form.validate():
        return _password_page(form), 422
    try:
        token = _token_of_password(form.email.normal, form.password.data)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _password_page(form), status, headers
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _password_page(form), 422
    return _arrive(token, form.email.normal)


@bp.get("/account/sign-in/link/<string(maxlength=100):token>")
@allow(anyone)
def link(token):
    """Only shows a button: programs that open every link of a letter must not use it up."""
    found = queries.link_of(token)
    is_open = found is not None and found.is_open(clock.now())
    page = render_template("accounts/link.html", email=found.email if is_open else None, token=token)
    return page, 200 if is_open else 404, {"Cache-Control": "no-store"}


@bp.post("/account/sign-in/link/<string(maxlength=100):token>")
@allow(anyone)
def use_link(token):
    try:
        with transaction():
            secret = codes.sign_in_by_link(token, now=clock.now(), user_agent=asking.user_agent())
    except codes.WrongCode:
        return redirect(url_for(".link", token=token), 303)
    return _arrive(secret, queries.link_of(token).email)


@bp.post("/account/sign-out")
@allow(anyone)
def sign_out():
    if current_user.is_authenticated:
        with transaction():
            sessions.end(account=asking.me(), ref=g.sign_in.ref, now=clock.now())
    known.forget_all_else()
    g.sign_in = None
    flash(_("You are signed out."))
    return redirect("/", 303)


def carry(token, email):
    """Let this browser's cookie carry a new token and nothing of before; from now on it is known for the address."""
    session.clear()
    session["_user_id"] = token
    known.remember(email)
    g.sign_in = None


def _ask(*, is_new):
    form = people.EmailForm.of_request()
    if not form.validate():
        return _entry(form, is_new=is_new), 422
    try:
        asking.send(form.email.normal, PURPOSE)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _entry(form, is_new=is_new), status, headers
    return redirect(url_for(".code", next=asking.wanted()), 303)


def _token_of_password(email, password):
    """Hashing takes its tenth of a second outside of any transaction, so that nobody else waits for it."""
    now = clock.now()
    with transaction():
        signing_in.claim_password_try(email=email, client=throttle.client(), is_known=known.is_known(email), now=now)
    account = signing_in.account_of_password(email, password)
    with transaction():
        return signing_in.sign_in_by_password(account, password, now=now, user_agent=asking.user_agent())


def _already_in():
    return redirect(asking.wanted() or asking.MY_PAGE, 303) if current_user.is_authenticated else None


def _arrive(token, email):
    """Signed in: a sign-in that this browser had before ends with it."""
    before = g.get("sign_in")
    if current_user.is_authenticated and before is not None:
        with transaction():
            sessions.end(account=asking.me(), ref=before.ref, now=clock.now())
    target = asking.wanted() or asking.MY_PAGE
    carry(token, email)
    return redirect(target, 303)


def _entry(form, *, is_new):
    wanted = asking.wanted()
    return render_template(
        "accounts/sign_in.html",
        form=form,
        is_new=is_new,
        wanted=wanted,
        is_registering=rules.leads_to_registration(wanted),
    )


def _code_page(form, awaited):
    wanted = asking.wanted()
    return render_template(
        "accounts/code.html",
        form=form,
        awaited=awaited,
        is_open=awaited.is_open(clock.now()),
        is_registering=rules.leads_to_registration(wanted),
        action=url_for(".enter_code", next=wanted),
        again=url_for(".ask_again", next=wanted),
        other=url_for(".sign_in", next=wanted),
    )


def _password_page(form):
    return render_template("accounts/password_sign_in.html", form=form, wanted=asking.wanted())
