"""The code of conduct at the desk."""

from flask_babel import gettext as _

from conference import registration
from conference.staff.access import registrar
from conference.staff.routes.asked_editing import back
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.staff.selling_forms import ConductForm
from conference.web import allow


@bp.get("/prices/<code>/conduct/new")
@allow(registrar)
def new_conduct_code(code):
    """A new version, begun from the text of the newest."""
    meeting = meeting_of(code)
    newest = registration.conduct_code_of(meeting)
    form = ConductForm(data={"text": newest.text if newest else ""})
    return show_editor(meeting, form, title=_("New version of the code of conduct"), back=back(meeting))


@bp.post("/prices/<code>/conduct/new")
@allow(registrar)
def publish_conduct_code(code):
    """Ask for it from now on; whoever accepted an older one has accepted that one."""
    meeting, form = meeting_of(code), ConductForm.of_request()
    return save(
        meeting,
        form,
        lambda by, now: registration.publish(meeting, by=by, now=now, **form.data),
        title=_("New version of the code of conduct"),
        back=back(meeting),
    )
