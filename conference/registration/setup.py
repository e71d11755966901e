"""What the registration templates may call: the small print beside each choice."""

from conference.registration import details


def set_up(app):
    """Make the details of choices known to templates."""
    for function in (details.category_details, details.add_on_details, details.dues_details):
        app.add_template_global(function)
