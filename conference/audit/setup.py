"""Gives templates the words of the trail."""

from conference.audit import words


def set_up(app):
    """Filters of the same names."""
    app.add_template_filter(words.verb_in_words)
    app.add_template_filter(words.field_in_words)
    app.add_template_filter(words.value_in_words)
