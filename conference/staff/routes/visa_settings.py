"""How a meeting deals with visa letters, and what they say: the policy, the texts, a sample of each."""

from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout
from conference.kernel import Refusal, clock, transaction
from conference.registration import visa
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import as_posted, rows_after, seen_of
from conference.staff.routes.registrations import meeting_of
from conference.staff.stamps import refuse_stale
from conference.staff.visa_form import VisaPolicyForm, VisaTextForm
from conference.web import allow, refuse_into

VERBS = ("decided on visa letters of", "wrote the visa letter of")


@bp.get("/visa/<code>/policy")
@allow(registrar)
def visa_policy(code):
    """Whether letters are offered, who gets one, how long data is kept, what goes back."""
    meeting = meeting_of(code)
    return _show(meeting, VisaPolicyForm().of(meeting).filled(visa.queries.policy_of(meeting)))


@bp.post("/visa/<code>/policy")
@allow(registrar)
def set_visa_policy(code):
    """Decide it."""
    meeting = meeting_of(code)
    form = VisaPolicyForm.of_request().of(meeting)
    if not form.validate():
        return _show(meeting, form), 422
    try:
        with transaction():
            by, now = current_user.person, clock.now()
            visa.set_policy(meeting, seen=form.version.data or 0, by=by, now=now, **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.version.data, form.version.raw_data = visa.queries.policy_of(meeting).version, None
        return _show(meeting, form), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".visa_policy", code=meeting.code), 303)


@bp.get("/visa/<code>/text")
@allow(registrar)
def visa_text(code):
    """The text in the language of the address, ready to be changed."""
    meeting = meeting_of(code)
    texts = visa.queries.texts_of(meeting)
    wanted = request.args.get("language", "")
    first = visa.first_text(meeting)
    known = wanted if wanted in visa.words.LANGUAGES else next(iter(texts), "en")
    shown = texts.get(known) or SimpleNamespace(language=known, body=first.body if known == "en" else "", is_used=True)
    return _show_text(meeting, VisaTextForm(obj=shown).of(texts))


@bp.post("/visa/<code>/text")
@allow(registrar)
def save_visa_text(code):
    """Keep it as a new version, for letters issued from now on; with `sample`, only show what a letter looks like."""
    meeting = meeting_of(code)
    form, now = VisaTextForm.of_request().of(visa.queries.texts_of(meeting)), clock.now()
    if not form.validate():
        return _show_text(meeting, form, as_posted), 422
    try:
        if request.form.get("sample"):
            visa.refuse_wrong(form.language.data, form.body.data)
            return _sample(meeting, form, now)
        with transaction():
            refuse_stale(meeting, _texts(meeting), request.form.get("seen", ""))
            saved = visa.save_text(meeting, by=current_user.person, now=now, **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_text(meeting, form, rows_after(refusal, _texts(meeting))), 422 if refusal.field else 409
    flash(_("Saved as version %(number)s. Letters that were issued keep what they say.", number=saved.version), "good")
    return redirect(url_for(".visa_text", code=meeting.code, language=saved.language), 303)


def _sample(meeting, form, now):
    """A letter of nobody, as a file."""
    text = visa.VisaText(meeting_id=meeting.id, version=0, **form.facts())
    nobody = SimpleNamespace(
        meeting=meeting,
        person=SimpleNamespace(institution=_("Example institute")),
        category=SimpleNamespace(name=_("Example")),
    )
    return checkout.pdf_response(visa.sample(text, nobody, now), f"sample-{form.language.data}.pdf")


def _show(meeting, form):
    stories = [story for story in audit.story_of(meeting) if story.verb in VERBS]
    return render_template("staff/visa/policy.html", meeting=meeting, form=form, happenings=audit.happenings(stories))


def _texts(meeting):
    """What the page shows and saves: every text that is in use."""
    return lambda: [text for _language, text in sorted(visa.queries.texts_of(meeting).items())]


def _show_text(meeting, form, rows=None):
    texts = visa.queries.texts_of(meeting)
    return render_template(
        "staff/visa/text.html",
        meeting=meeting,
        form=form,
        texts=texts,
        text=texts.get(form.language.data),
        places=visa.wording.PLACES,
        needed=visa.wording.NEEDED,
        seen=seen_of(rows or _texts(meeting)),
    )
