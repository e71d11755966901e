"""Career stages in words."""

from flask_babel import lazy_gettext as _l

from conference.people.rules import Stage

STAGES = {
    Stage.STUDENT: _l("Student before a first degree"),
    Stage.GRADUATE: _l("Graduate or doctoral student"),
    Stage.POSTDOC: _l("Postdoc"),
    Stage.RESIDENT: _l("Resident or clinical fellow"),
    Stage.EARLY: _l("Early career, no longer in training"),
    Stage.ESTABLISHED: _l("Established"),
    Stage.RETIRED: _l("Retired"),
    Stage.OTHER: _l("Something else"),
}
