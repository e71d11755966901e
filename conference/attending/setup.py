"""What the programme's templates may call: what stands around a session or talk."""

from conference.attending import shown


def set_up(app):
    """Make it known to templates."""
    app.add_template_global(shown.around_session)
    app.add_template_global(shown.around_talk)
