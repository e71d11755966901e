"""Letters as text: templates whose inserted values cannot pretend to be links."""

from flask import current_app

from conference.mail.rules import unlinked


def write(template, **values):
    """The text of a letter from a plain-text template. What is inserted may link to our own site and nowhere else."""
    app = current_app
    if "letters" not in app.extensions:
        own = app.config["BASE_URL"]
        app.extensions["letters"] = app.jinja_env.overlay(
            autoescape=False, finalize=lambda value: unlinked(value, own) if isinstance(value, str) else value
        )
    app.update_template_context(values)
    return app.extensions["letters"].get_template(template).render(values).strip() + "\n"


def harmless(text):
    """`text` from a stranger, such as a name, in which nothing looks like a link to a mail program."""
    return unlinked(text, current_app.config["BASE_URL"])
